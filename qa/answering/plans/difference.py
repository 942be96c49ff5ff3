"""Differences: as the source states them, and as two values give them, in exact decimals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from kg.records import Figure
from qa.answering.classes import MOVES, RATES
from qa.answering.draft import Draft, Line, Workspace, best_of, cite
from qa.answering.facts.amounts import POINT_UNITS, gap, rate, spoken, states_gap
from qa.answering.facts.bearing import beside_names
from qa.answering.facts.changes import Change, change_of, moved_by
from qa.answering.facts.matching import Match, unit_fits
from qa.answering.facts.timing import is_origin, period_fit
from qa.answering.phrase import describe, sentence_words
from qa.answering.plans.compare import alike, pick
from qa.answering.plans.lookup import candidates, lines_of, look_up, row_of
from qa.answering.plans.options import pair_by_words, set_apart
from qa.answering.question.understand import Intent
from qa.answering.question.wording import UNLISTED
from qa.answering.text import term_coverage
from qa.answering.view import Fact

_GAP: Final = re.compile(
    r"放量|缩量|高出|高于|低于|多出|少了|相差|差|缩小|扩大|收窄|回落|回升|下降|上升|提高|增加|减少|下调|上调|下修|上修"
    r"|高[约近]?\d|低[约近]?\d|多[约近]?\d|少[约近]?\d|领先|落后|跑赢|跑输"
)
_MOVED_BY: Final = re.compile(
    r"(增加?|减少?|下滑|滑落|下行|上行|提升|抬升|降低|削减|掉|上升|下降|升|降|涨|跌|上涨|下跌|收窄|扩大|缩小|缩水|提高|改善|回落|回升|走高|走低"
    r"|[上下]调|[上下]修|[调提下]高|砍|加|变化|变动|[高低多少])[了出掉过]*[大约]{0,2}(多少|几)"
)
_AGAINST_EXPECTED: Final = re.compile(
    r"(比|较|于|超出?|超过|不及|与)[^,，]{0,6}(预期|预测|预估)[^,，]{0,6}(多少|几)"
)
_AGAINST: Final = re.compile(r"(?<![同环占])[比较]|相对")
_STATED: Final = MOVES - {"other"} | {"relative_return"}
_OTHER: Final = -0.5  # of a period's fit: another one
_BY_RATE: Final = re.compile(r"幅(?:度(?!比|较)|(?![度比较]))|百分之|百分比|%")


def asks_move(intent: Intent) -> bool:
    """Whether a question asks by how much something moved: 增加了多少."""
    return bool(_MOVED_BY.search(intent.question) or _AGAINST_EXPECTED.search(intent.question))


def moved(workspace: Workspace, intent: Intent) -> Draft | None:
    """By how much something moved, where only the values that it had and has are told."""
    good = candidates(workspace, replace(intent, units=()))
    absolute = bool(intent.units) and intent.units[0] != "percent"
    stated = [m for m in good if m.fact.figure.metric in _STATED]
    against = _AGAINST_EXPECTED.search(intent.question)
    if stated and stated[0] is good[0] and not absolute and not against:
        return None
    amounts = of_amounts(intent)
    told = (replace(amounts, units=intent.units),) if absolute else ()
    for asked in (*told, replace(intent, units=()), amounts):
        change = told_change(candidates(workspace, asked)[:2], intent)
        if change and not any(
            m.fact not in change.facts
            and m.fact.figure.metric in _STATED
            and unit_fits(m.fact.figure.unit, intent.units or ("percent",))
            and m.fact.figure.unit != change.after.figure.unit
            and m.score > good[0].score - 0.5
            for m in good
        ):
            return _told(change.facts, workspace, intent)
    return None


def of_amounts(intent: Intent) -> Intent:
    """*intent* asking for the values that moved: 利润 of 利润同比减少了多少."""
    kept = tuple(
        (word, classes)
        for word, classes in intent.metrics
        if not set(classes) <= MOVES | {"price_adjustment", "level"} or classes == UNLISTED
    )
    levels = tuple(pair for pair in intent.metrics if pair[1] == ("level",))
    if not (kept or levels) and any("rate_change" in classes for _, classes in intent.metrics):
        kept = (("利率", ("level",)),)
    return replace(intent, metrics=kept or levels, units=(), hints=(), direction=0)


def difference(workspace: Workspace, intent: Intent) -> Draft | None:
    """A gap: as the source states it, and as its parts give it."""
    itself = asks_move(intent) and not _AGAINST.search(intent.question) and not row_of(intent)
    pairs = [("", f) for f in from_and_to(workspace, intent)] if itself else []
    if len(pairs) < 2:
        pairs = pick(workspace, intent)
    if len(pairs) < 2:
        pairs = [("", f) for f in pair_by_words(workspace, intent)]
    if len(pairs) < 2:
        pairs = [("", f) for f in from_and_to(workspace, intent)]
    if len(pairs) < 2 and len(intent.periods) == 2:
        pairs = _then_and_now(workspace, intent) or pairs
    if len(pairs) < 2:
        pairs = _by_tenor(workspace, intent)
    stated = _stated(workspace, intent)
    if any(stated is fact for _, fact in pairs):
        stated = None
    computed = gap(pairs[0][1].figure, pairs[1][1].figure) if len(pairs) == 2 else None
    if stated is not None and (computed is None or states_gap(stated.figure, *computed)):
        fact = best_of(stated, workspace.facts)
        return Draft(lines=lines_of([fact]), facts=(fact,))
    if computed is None:
        return None
    draft = _told((pairs[0][1], pairs[1][1]), workspace, intent)
    if draft is None or stated is None:
        return draft
    line = Line(f"但文中另说：{describe(stated)}", cite(stated))
    return replace(draft, lines=(*draft.lines, line), facts=(*draft.facts, stated))


def told_gap(workspace: Workspace, intent: Intent) -> Draft | None:
    """What is looked up, where each figure is told as a gap or a move, and no level answers."""
    draft = look_up(workspace, intent)
    gaps = draft is not None and all(
        _is_gap(fact) and beside_names(fact, intent) and _of_both(fact, intent)
        for fact in draft.facts
    )
    return draft if gaps else None


def _of_both(fact: Fact, intent: Intent) -> bool:
    """Whether the sentence speaks of both that are set apart: 服务器DRAM and 手机DRAM."""
    return all(term_coverage(side, fact.whole) == 1.0 for side in set_apart(intent) if side)


def _is_gap(fact: Fact) -> bool:
    moves = fact.figure.metric in _STATED or fact.figure.unit in POINT_UNITS
    return moves or moved_by(fact) or bool(_GAP.search(fact.near.split("|")[0]))


def _then_and_now(workspace: Workspace, intent: Intent) -> list[tuple[str, Fact]]:
    """The values of one thing at the two times that a question names."""
    for asked in (replace(intent, units=()), of_amounts(intent)):
        each = [candidates(workspace, replace(asked, periods=(p,)))[:1] for p in intent.periods]
        found = [m.fact for good in each for m in good]
        apart = len(found) == 2 and found[0].key != found[1].key and alike(found[0], found[1])
        if apart and _gap_fits(found[0].figure.unit, intent):
            return [("", fact) for fact in found]
    return []


def _gap_fits(unit: str, intent: Intent) -> bool:
    """Whether values in *unit* are apart by what is asked for: 多卖了多少万辆 by no money."""
    rates = bool(set(intent.units) & RATES)  # 百分点 of 5.1%, a rate of any two values
    return rates or unit_fits(unit, intent.units)


def _by_tenor(workspace: Workspace, intent: Intent) -> list[tuple[str, Fact]]:
    """The figures of the two tenors that a question names: 5年期以上和1年期差多少."""
    tenors = list(dict.fromkeys(re.findall(r"\d+年期", intent.question)))
    if len(tenors) != 2:
        return []
    good = [m.fact for m in candidates(workspace, replace(intent, units=()))]
    last = [f for f in good if f.figure.value is not None and not is_origin(f)]
    found = [next((f for f in last if t in f.figure.subject), None) for t in tenors]
    pairs = [(t, f) for t, f in zip(tenors, found, strict=True) if f is not None]
    return pairs if len(pairs) == 2 and alike(pairs[0][1], pairs[1][1]) else []


def _told(pair: tuple[Fact, Fact], workspace: Workspace, intent: Intent) -> Draft | None:
    """The gap of *pair*, or its rate where a rate is asked for, with both values."""
    computed = gap(pair[0].figure, pair[1].figure)
    change = (
        rate(*(f.figure for f in _base_first(pair))) if _BY_RATE.search(intent.question) else None
    )
    if computed is None:
        return None
    facts = tuple(best_of(fact, workspace.facts) for fact in pair)
    one, other = (describe(f) for f in sorted(facts, key=lambda f: f.figure.span.start))
    if (
        change_of(facts[0]) is not None
        and is_origin(facts[0])
        and not _tell_both(facts, one, other)
    ):
        view, figure = facts[0].view, facts[0].figure  # 由980美元上调至1,150美元 is told as one
        one = other = sentence_words(view.text, view.sentences[figure.sentence].span)
    parts = other if one in other else one if other in one else f"{one}，{other}"
    apart = f"相差{spoken(*computed, like=facts[0].figure.text)}"
    if change is not None:
        apart += f"，幅度约{change.quantize(Decimal('0.1'))}%"
    a, b = facts[0].figure.text, facts[1].figure.text
    return Draft(
        lines=(Line(f"{apart}（{parts}）", cite(*facts)),),
        facts=facts,
        arithmetic=f"|{a} − {b}| = {spoken(*computed)}",
    )


def _tell_both(facts: Sequence[Fact], *told: str) -> bool:
    """Whether one of the phrases gives both values."""
    return any(all(fact.figure.text in words for fact in facts) for words in told)


def _base_first(pair: tuple[Fact, Fact]) -> tuple[Fact, Fact]:
    """*pair* with what the other is measured against first: the earlier, or the second named."""
    change = change_of(pair[0])
    return pair if change is not None and change.before is pair[0] else (pair[1], pair[0])


def from_and_to(workspace: Workspace, intent: Intent) -> list[Fact]:
    """The earlier and the later value of what is asked, told by one sentence: 由A降至B."""
    loose = replace(intent, units=())
    for asked in (loose, of_amounts(intent), replace(loose, periods=())):
        change = told_change(candidates(workspace, asked), intent)
        if change and period_fit(change.after, intent.periods) > _OTHER:
            return list(change.facts)
    return []


def told_change(good: Sequence[Match], intent: Intent) -> Change | None:
    """The change that one of the best matches is an end of, in the unit that is asked for."""
    expected = _AGAINST_EXPECTED.search(intent.question) is not None
    found = (change_of(m.fact, expected=expected) for m in good[:8])
    return next(
        (c for c in found if c and _in_unit(c, intent) and (intent.forecast or not _foreseen(c))),
        None,
    )


def _foreseen(change: Change) -> bool:
    """Whether what changed is but an expectation: 把涨幅预测由4.2%下调至3.9%."""
    return not change.expected and all(f.figure.modality == "forecast" for f in change.facts)


def _in_unit(change: Change, intent: Intent) -> bool:
    units = {unit for fact in change.facts if (unit := fact.figure.unit)}
    return all(unit_fits(unit, intent.units) for unit in units) or "percent" in intent.units


def _stated(workspace: Workspace, intent: Intent) -> Fact | None:
    units = intent.units or ()
    good = [
        m
        for m in candidates(workspace, replace(intent, metrics=()))
        if unit_fits(m.fact.figure.unit, units) and _GAP.search(m.fact.near)
    ]
    for m in good:
        figure = m.fact.figure
        whole = m.fact.whole
        named = all(
            n.surface.lower() in whole
            or set(n.entities) & m.fact.view.names_in.get(figure.sentence, frozenset())
            for n in intent.names
        )
        gap_unit = figure.unit in POINT_UNITS or figure.metric in (
            "other",
            "relative_return",
            "valuation",
            "rate_change",
        )
        if named and gap_unit and not (intent.metrics and _another_valued(figure, intent)):
            return m.fact
    return None


def _another_valued(figure: Figure, intent: Intent) -> bool:
    """Whether a gap of valuations stands where one of something else is asked for."""
    return figure.metric == "valuation" and "valuation" not in intent.metric_classes


def against_itself(workspace: Workspace, intent: Intent) -> Draft | None:
    """Whether something rose or fell, in the words that tell both of its values."""
    pair = from_and_to(workspace, intent)
    if not pair or any(fact.figure.value is None for fact in pair):
        return None
    sentence = pair[0].view.sentences[pair[0].figure.sentence]
    words = sentence_words(pair[0].view.text, sentence.span)
    return Draft(lines=(Line(words, cite(pair[0])),), facts=tuple(pair))
