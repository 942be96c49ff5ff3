"""Verdicts on what is measured against something else: another metric, what was expected."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from qa.answering.classes import GROWTH, MOVES
from qa.answering.draft import Draft, Line, Workspace, best_of, cite
from qa.answering.facts.amounts import gap, same_scale, size_of, spoken
from qa.answering.facts.changes import Change, change_of
from qa.answering.facts.naming import is_subject
from qa.answering.phrase import describe, sentence_words
from qa.answering.plans.compare import pick
from qa.answering.plans.difference import from_and_to
from qa.answering.plans.lookup import candidates
from qa.answering.question.understand import Intent
from qa.answering.question.wording import Asked
from qa.answering.references import of_sentence
from qa.answering.view import Fact

HIGHER: Final = re.compile(
    r"高于|大于|多于|超过|领先|好于|强于|优于|跑赢|高过|快于|更高|更多|更大|更快|更强|胜过"
)
LOWER: Final = re.compile(
    r"低于|小于|少于|不如|落后|弱于|差于|跑输|慢于|更低|更少|更小|更慢|更弱|逊于"
)
_THAN: Final = re.compile(rf"{HIGHER.pattern}|{LOWER.pattern}|(?<![同环占])比")
_MORE: Final = re.compile(r"比.*[高大多快好强]")
_APART: Final = re.compile(r"相差|差距|差了|多[涨跌赚增]|高出|高了|低了")
_BY: Final = re.compile(r"[比较][^，,]*?[高低多少贵][\d约近逾]")
_HIGHER_BY: Final = re.compile(r"[比较][^，,]*?(?:高|多|贵|快|大)")
_LOWER_BY: Final = re.compile(r"[比较][^，,]*?(?:低|少|便宜|慢|小)")
_CHANGED: Final = re.compile(r"(?<![同环占])[比较].*(?:放量|缩量|[多少增减升降涨跌])")
_MORE_THAN: Final = re.compile(r"放量|[多增升涨]")
_LESS_THAN: Final = re.compile(r"缩量|[少减降跌]")
_EXPECTED: Final = re.compile(r"预期|预测|预估")
_MISSED: Final = re.compile(
    r"(?:没有?|未能?|不)(?:能|有)?(?:达|及|到|超|符合)|低于|不及|逊于|弱于|差于|少于|落空"
)
_MET: Final = re.compile(r"达到|达标|符合|超|高于|好于|优于|强于|多于|快于|胜过")


def of_two_metrics(workspace: Workspace, intent: Intent) -> Draft | None:
    """净利润增速快于收入增速吗: two metrics of one subject."""
    than = _THAN.search(intent.question)
    if than is None or len(intent.names) != 1 or intent.quantities:
        return None
    text = intent.question.lower()
    left, right = (
        tuple(pair for pair in intent.metrics if pair[0] in side)
        for side in (text[: than.start()], text[than.end() :])
    )
    if not left or not right or set(left) == set(right):
        return None
    left, right = _with_growth(left, right), _with_growth(right, left)
    facts = []
    for metrics in (left, right):
        asked = replace(intent, metrics=metrics, hints=(), units=(), direction=0)
        found = candidates(workspace, asked)
        facts += [m.fact for m in found if is_subject(m.fact, intent.names[0])][:1]
    if len(facts) != 2 or facts[0].figure.unit != facts[1].figure.unit:
        return None
    higher = HIGHER.search(intent.question) or _MORE.search(intent.question)
    return in_order(facts[0], facts[1], workspace, higher=bool(higher))


def _with_growth(own: Asked, other: Asked) -> Asked:
    """*own* with the growth that the other side names for both: 利润增速快于收入."""
    growth = tuple(pair for pair in other if set(pair[1]) <= GROWTH)
    grows = any(set(classes) <= MOVES for _, classes in own)
    return own if grows else (*own, *growth)


def in_order(one: Fact, other: Fact, workspace: Workspace, *, higher: bool) -> Draft | None:
    """Whether *one* is higher (or lower) than *other*; None where they are alike."""
    if one.size == other.size:
        return None
    true = (one.size > other.size) == higher
    relation = "高于" if one.size > other.size else "低于"
    facts = (best_of(one, workspace.facts), best_of(other, workspace.facts))
    head = "是的" if true else "不对"
    dated = facts[0].figure.period != facts[1].figure.period
    text = f"{head}，{describe(facts[0])}，{relation}{describe(facts[1], dated=dated)}"
    if describe(facts[0]) == describe(facts[1]):
        text = f"{head}，{describe(facts[0])}"
    return Draft(lines=(Line(text, cite(*facts)),), facts=facts)


def of_expected(workspace: Workspace, intent: Intent) -> Draft | None:
    """每股收益没达到预期，是吗: what came against what one sentence says was expected."""
    missed, met = _MISSED.search(intent.question), _MET.search(intent.question)
    if not _EXPECTED.search(intent.question) or not intent.names or not (missed or met):
        return None
    if intent.quantities or not intent.metrics:
        return None
    terms = tuple(t for t in intent.terms if t not in ("分析师", "市场", "华尔街", "机构"))
    asked = replace(intent, forecast=False, terms=terms, hints=(), direction=0)
    found = (
        change
        for m in candidates(workspace, asked)
        if any(is_subject(m.fact, name) for name in intent.names)
        if (change := change_of(m.fact, expected=True)) and _plain(change)
    )
    change = next(found, None)
    if change is None:
        return None
    above = change.after.size >= change.before.size
    head = "是的" if above != bool(missed) else "不对"
    view, index = change.after.view, change.after.figure.sentence
    words = sentence_words(view.text, view.sentences[index].span)
    line = Line(f"{head}，{words}", (of_sentence(view, index),))
    return Draft(lines=(line,), facts=change.facts)


def _plain(change: Change) -> bool:
    """Whether more is better: no loss and no fall is set against another."""
    return min(change.before.size, change.after.size) > 0


def of_change(workspace: Workspace, intent: Intent) -> Draft | None:
    """比前一日放量2,300亿元，对吗: the change of what only its two values are told of."""
    if not intent.quantities or not _CHANGED.search(intent.question):
        return None
    pair = from_and_to(workspace, replace(intent, quantities=(), hints=()))
    if len(pair) != 2:
        return None
    cues = _MORE_THAN, _LESS_THAN
    return _apart(workspace, intent, pair, cues=cues, more=pair[1].size > pair[0].size)


def of_gap(workspace: Workspace, intent: Intent) -> Draft | None:
    """A和B相差510个基点，对吗: the gap is computed."""
    apart = _APART.search(intent.question) or (
        _BY.search(intent.question) and any(name.compared for name in intent.names)
    )
    if not intent.quantities or not apart:
        return None
    pairs = pick(workspace, replace(intent, units=(), quantities=(), metrics=(), hints=()))
    if len(pairs) != 2:
        return None
    one, other = (fact for _, fact in pairs)
    cues = _HIGHER_BY, _LOWER_BY
    # 多跌 is of sizes: signs apart
    return _apart(workspace, intent, (one, other), cues=cues, more=abs(one.size) > abs(other.size))


def _apart(
    workspace: Workspace,
    intent: Intent,
    pair: Sequence[Fact],
    *,
    cues: tuple[re.Pattern[str], re.Pattern[str]],
    more: bool,
) -> Draft | None:
    """Whether the last quantity of a question is how far *pair* is apart.

    *cues* are those of a question that says more and of one that says less, *more* which is true.
    """
    asked, computed = intent.quantities[-1], gap(pair[0].figure, pair[1].figure)
    if computed is None or not same_scale(computed[1], asked.unit):
        return None
    size, told = size_of(asked.unit, asked.value), size_of(computed[1], computed[0])
    if size is None or told is None:
        return None
    says_more, says_less = (bool(cue.search(intent.question)) for cue in cues)
    turned = says_more != says_less and more != says_more
    head = "是的" if size == told and not turned else "不对"
    facts = tuple(best_of(fact, workspace.facts) for fact in pair)
    parts = "，".join(dict.fromkeys(describe(fact) for fact in facts))
    text = f"{head}，相差{spoken(*computed, like=facts[0].figure.text)}（{parts}）"
    return Draft(lines=(Line(text, cite(*facts)),), facts=facts)
