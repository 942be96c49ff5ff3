"""Yes or no: the claim that a question makes, against the facts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final, Literal

from kg.records import Figure, Quantity, Span
from qa.answering.classes import AMOUNTS, MOVING
from qa.answering.draft import Draft, Line, Workspace, best_of, cite
from qa.answering.facts.amounts import equal, same_scale, scale, size_of
from qa.answering.facts.bearing import (
    beside_names,
    comes_near,
    in_another_place,
    points_away,
    says_subject,
)
from qa.answering.facts.changes import change_of
from qa.answering.facts.constraints import unmet
from qa.answering.facts.metrics import says_metric
from qa.answering.facts.naming import is_subject
from qa.answering.facts.sentences import best_passages
from qa.answering.facts.stance import contrary, stances, stances_of
from qa.answering.facts.timing import is_origin
from qa.answering.phrase import describe, sentence_words, value_text
from qa.answering.plans import measured
from qa.answering.plans.assertion import apart, assertion
from qa.answering.plans.compare import pick, superlative
from qa.answering.plans.difference import from_and_to
from qa.answering.plans.lookup import candidates
from qa.answering.plans.options import pair_by_words
from qa.answering.plans.people import TITLE, holder, office_of
from qa.answering.question.cues import MOST
from qa.answering.question.rewording import stated
from qa.answering.question.understand import Intent
from qa.answering.references import of_sentence
from qa.answering.text import coverage, fold
from qa.answering.view import Fact

_BELOW: Final = re.compile(r"(不到|低于|少于|不足|小于|未到|没到|不超过|以内)$")
_ABOVE: Final = re.compile(r"(超过|高于|大于|多于|逾|超出?|突破|不止)$")
_WITHIN: Final = ("以下", "以内", "之内")
_SPOKEN_OF: Final = 0.4  # of a claim's words
_UNDER: Final = ("不到", "不足", "低于", "未到")
_OVER: Final = ("逾", "超", "高于")
_ARRIVED: Final = re.compile(r"[涨跌升降调增减提]?[到至]了?|现在|目前|最新")
_GAINS: Final = re.compile(r"扭亏|盈利了|实现盈利|已经?盈利|赚钱|转盈")
_LOSES: Final = re.compile(r"亏损了?吗|亏了|由盈转亏|陷入亏损|出现亏损")
_NONE_GIVEN: Final = re.compile(
    r"未给出|没有给出|未公布|没有公布|未提供|未披露|没有上调|没有下调|未作|不予置评"
)
_MEASURED: Final = re.compile(r"预期|预测|比|较|高于|低于|超过|不及")
_SET: Final = re.compile("[两俩二三四五六七八九十][个家行者只项国地种]")
_HALF: Final = re.compile(r"(不到|低于|少于|不足|超过|高于|过|大于)?(一半|半数)")


def verify(workspace: Workspace, intent: Intent) -> Draft | None:
    """Judge the claim that a question makes."""
    intent = replace(intent, names=apart(intent))
    for plan in (
        _holder,
        _most,
        measured.of_two_metrics,
        _ordering,
        measured.of_expected,
        measured.of_gap,
    ):
        draft = plan(workspace, intent)
        if draft:
            return draft
    amounts = tuple(q for q in intent.quantities if not _SET.fullmatch(q.text))
    quantities = amounts or intent.quantities or _half(intent)  # 按两行的净息差: how many they are
    if quantities:
        for weighed in (_each, _amount, _told_elsewhere):
            if draft := weighed(workspace, intent, quantities):
                true = draft.lines[0].text.startswith("是的")
                return draft if true else measured.of_change(workspace, intent) or draft
        return measured.of_change(workspace, intent) or _denial(workspace, intent)
    if intent.kind == "consistency":
        return None
    plans = (_earning, _sign, assertion)
    if _MEASURED.search(intent.question):  # 比上年同期高, 不及预期: said in words beside a figure
        plans = (_earning, assertion, _sign)
    return next((draft for plan in plans if (draft := plan(workspace, intent))), None)


def _each(workspace: Workspace, intent: Intent, quantities: Sequence[Quantity]) -> Draft | None:
    """A净买入X，其中B买了Y: each amount of a claim whose clauses name whom each is of."""
    if len(quantities) < 2:
        return None
    drafts: list[Draft] = []
    for clause in re.finditer(r"[^，,；;]+", intent.question):
        here = Span(*clause.span())
        own = tuple(q for q in quantities if here.contains(q.span))
        names = tuple(name for name in intent.names if here.contains(name.span))
        if not own:
            continue
        if len(own) > 1 or not names:
            return None
        draft = _amount(workspace, replace(intent, names=names, quantities=own), own)
        if draft is None:
            return None
        drafts.append(draft)
    if len(drafts) < 2:
        return None
    false = next((d for d in drafts if not d.lines[0].text.startswith("是的")), None)
    if false is not None:
        return false
    first, *others = (line for draft in drafts for line in draft.lines)
    rest = (replace(line, text=line.text.removeprefix("是的，")) for line in others)
    return Draft(lines=(first, *rest), facts=tuple(f for draft in drafts for f in draft.facts))


def _amount(workspace: Workspace, intent: Intent, quantities: Sequence[Quantity]) -> Draft | None:
    loose = replace(intent, units=())
    found = candidates(workspace, loose)
    if not found and intent.names:
        found = [
            m
            for m in candidates(workspace, replace(loose, terms=(), hints=(), owner=None))
            if not intent.words
            or equal(m.fact.figure, quantities[-1])
            or coverage(intent.words, m.fact.whole)
        ]
    if not found:
        any_metric = candidates(workspace, replace(loose, metrics=()))
        found = [m for m in any_metric if says_metric(m.fact, intent) and comes_near(m, intent)]
    if not found:
        return None
    asked = quantities[-1]
    top = found[0].score
    bounded = _bounded(asked, intent)
    near = [
        m
        for m in found
        if m.score > top - 1.2 or (m.subject == 1.0 and equal(m.fact.figure, asked))
    ]
    near = found[:1] if bounded else near
    for m in near:
        verdict = _judge(m.fact.figure, asked, intent)
        arrived = verdict == "yes" and is_origin(m.fact) and _ARRIVED.search(intent.question)
        later = from_and_to(workspace, intent) if arrived else []
        reached = [fact for fact in later if not is_origin(fact)]
        if reached:  # 由7.98万元下调到7.38万元: it was that, it is this
            return _no(best_of(reached[0], workspace.facts))
        if verdict == "yes" and (
            in_another_place(m.fact, intent) or (not bounded and points_away(m.fact, asked, intent))
        ):
            return _no(best_of(m.fact, workspace.facts))
        if verdict == "yes":
            return _yes(best_of(m.fact, workspace.facts))
    comparable = [
        m
        for m in near
        if same_scale(m.fact.figure.unit, asked.unit) and says_subject(m.fact, intent)
    ]
    if not comparable:
        return None
    alike = [m for m in comparable if scale(m.fact.figure.unit) == scale(asked.unit)]
    ranged = [m for m in alike if (m.fact.figure.value is None) == (asked.value is None)]
    comparable = ranged or alike or comparable
    same = [m for m in comparable if equal(m.fact.figure, asked)]
    return _no(best_of((same or comparable)[0].fact, workspace.facts))


def _told_elsewhere(
    workspace: Workspace, intent: Intent, quantities: Sequence[Quantity]
) -> Draft | None:
    """A figure of the claim's value beside its names, whatever its subject and metric are.

    达美全年税前利润会少约5亿美元 stands as 全年税前利润将减少约5亿美元, which 达美航空测算.
    """
    asked = quantities[-1]
    found = [
        (coverage((*intent.terms, *intent.hints, *(w for w, _ in intent.metrics)), f.whole), f)
        for f in workspace.facts
        if same_scale(f.figure.unit, asked.unit)
        and (equal(f.figure, asked) or (_bounded(asked, intent) and f.figure.metric == "share"))
        and beside_names(f, intent)
        and not unmet(f, intent)
    ]
    if not found:
        return None
    share, fact = max(found, key=lambda one: one[0])
    if share < _SPOKEN_OF:
        return None
    fact = best_of(fact, workspace.facts)
    change = change_of(fact) if is_origin(fact) and _ARRIVED.search(intent.question) else None
    if change is not None and change.before is fact:
        return _no(change.after)  # 由7.98万元下调到7.38万元: it was that, it is this
    bounded = _bounded(asked, intent)
    false = (bounded and _judge(fact.figure, asked, intent) != "yes") or (
        not bounded and points_away(fact, asked, intent)
    )
    return _no(fact) if false else _yes(fact)


def _judge(figure: Figure, asked: Quantity, intent: Intent) -> Literal["yes", "no", "other"]:
    if not same_scale(figure.unit, asked.unit):
        return "other"
    value, claim = size_of(figure.unit, figure.value), _claimed(asked)
    least, most = size_of(figure.unit, figure.low), size_of(figure.unit, figure.high)
    side = _bounded(asked, intent)
    if side and claim is not None and value is None:  # 不低于800亿, against 800亿以下
        if side < 0:
            return "yes" if most is not None and most <= claim else "no"
        return "yes" if least is not None and least >= claim else "no"
    if value is None or claim is None:
        return "yes" if equal(figure, asked) else "no"
    if side:
        return "yes" if (value < claim if side < 0 else value > claim) else "no"
    if not equal(figure, asked):
        return "no"
    signed = figure.value or Decimal(0)
    if (
        intent.direction
        and signed
        and (signed > 0) != (intent.direction > 0)
        and figure.metric in MOVING
    ):
        return "no"
    return "yes"


def _bounded(asked: Quantity, intent: Intent) -> Literal[-1, 0, 1]:
    """Whether the claim is 不到X (-1), 超过X (1), or X itself (0)."""
    before, told = intent.question[: asked.span.start], asked.text
    if told.startswith(_UNDER) or told.endswith(_WITHIN):
        return -1
    if told.startswith(_OVER) or told.endswith("以上"):
        return 1
    if asked.kind == "at_most" or _BELOW.search(before):
        return -1
    return 1 if asked.kind == "at_least" or _ABOVE.search(before) else 0


def _claimed(asked: Quantity) -> Decimal | None:
    """The size that is claimed: the value, or the bound that is given."""
    known = [x for x in (asked.value, asked.low, asked.high) if x is not None]
    return size_of(asked.unit, known[0]) if len(known) == 1 else None


def _ordering(workspace: Workspace, intent: Intent) -> Draft | None:
    """A高于B吗: two facts set against each other."""
    up, down = measured.HIGHER.search(intent.question), measured.LOWER.search(intent.question)
    if not (up or down) or intent.quantities:
        return None
    facts = [fact for _, fact in pick(workspace, intent)]
    if len(facts) != 2:
        facts = pair_by_words(workspace, intent)
    if len(facts) != 2 or facts[0].figure.unit != facts[1].figure.unit:
        return None
    one, other = facts
    return measured.in_order(one, other, workspace, higher=bool(up))


def _most(workspace: Workspace, intent: Intent) -> Draft | None:
    """X跌得最多，对吗: against the superlative that the facts give."""
    if not MOST.search(intent.question) or not intent.names:
        return None
    types = tuple(t for name in intent.names for t in name.types)
    asked = replace(intent, names=(), quantities=(), group=types)
    found = superlative(workspace, asked)
    if found is None or not found.facts:
        return None
    fact = found.facts[0]
    if len({f.figure.entity for f in found.facts}) < 2:
        return None
    true = any(is_subject(fact, name) for name in intent.names)
    head = "是的" if true else "不对"
    line = found.lines[0]
    return replace(found, lines=(Line(f"{head}，{line.text}", line.evidence),))


def _holder(workspace: Workspace, intent: Intent) -> Draft | None:
    """X的首席执行官是Y，对吗: against the offices that the documents tell."""
    people = {e for n in intent.names if "person" in n.types for e in n.entities}
    if not people or not TITLE.search(fold(intent.question)):
        return None
    for view in workspace.views:
        office = office_of(
            view, replace(intent, names=tuple(n for n in intent.names if "person" not in n.types))
        )
        if office:
            held = holder(view, office)
            head = "是的" if office.person in people else "不对"
            line = held.lines[0]
            return replace(held, lines=(Line(f"{head}，{line.text}", line.evidence),))
    return None


def _sign(workspace: Workspace, intent: Intent) -> Draft | None:
    """业绩下滑了吗: the direction alone."""
    if not intent.direction or not intent.names:
        return None
    amounts = bool(intent.metric_classes & AMOUNTS)  # 利润下滑了吗: its growth tells too
    growth = replace(intent, metrics=(("同比", ("growth_yoy", "growth_qoq")), *intent.metrics))
    named = [
        m
        for asked in ((intent, growth) if amounts else (intent,))
        for m in candidates(workspace, replace(asked, units=()))
        if any(is_subject(m.fact, n) for n in intent.names) and m.fact.figure.metric in MOVING
    ]
    if not named or re.search(r"最", intent.question):
        return None
    fact = best_of(named[0].fact, workspace.facts)
    false = contrary(stances(fold(stated(intent.question))), stances_of(fact))
    return _no(fact) if false else _yes(fact)


def _earning(workspace: Workspace, intent: Intent) -> Draft | None:
    """X已经盈利了吗: the sign of its profit."""
    gains, loses = _GAINS.search(intent.question), _LOSES.search(intent.question)
    if not intent.names or bool(gains) == bool(loses):
        return None
    asked = replace(intent, metrics=(("利润", ("profit",)),), terms=(), hints=(), owner=None)
    found = [
        m
        for m in candidates(workspace, replace(asked, units=()))
        if m.fact.figure.metric == "profit" and any(is_subject(m.fact, n) for n in intent.names)
    ]
    if not found or found[0].fact.size == 0:
        return None
    fact = best_of(found[0].fact, workspace.facts)
    return _yes(fact) if (fact.size > 0) == bool(gains) else _no(fact)


def _denial(workspace: Workspace, intent: Intent) -> Draft | None:
    """A claim with a figure that no fact bears, against a sentence that says there is none."""
    loose = replace(intent, quantities=(), units=())
    for passage in best_passages(workspace, loose, needed=0.4)[:4]:
        view = passage.view
        clauses = re.split(r"[，,；;]", view.sentence_text(passage.index))
        names = {fold(n.surface) for n in intent.names}
        if any(_NONE_GIVEN.search(c) and any(n in fold(c) for n in names) for c in clauses):
            words = sentence_words(view.text, view.sentences[passage.index].span)
            return Draft(lines=(Line(f"不对，{words}", (of_sentence(view, passage.index),)),))
    return None


def _half(intent: Intent) -> tuple[Quantity, ...]:
    said = _HALF.search(intent.question)
    if not said:
        return ()
    start = said.start(2)
    return (
        Quantity(
            span=Span(start, said.end()),
            text=said[2],
            value=Decimal(50),
            low=None,
            high=None,
            unit="percent",
            approximate=False,
        ),
    )


def _yes(fact: Fact) -> Draft:
    return Draft(lines=(Line(f"是的，{describe(fact)}", cite(fact)),), facts=(fact,))


def _no(fact: Fact) -> Draft:
    words = describe(fact)
    if value_text(fact.figure) not in words and fact.figure.text not in words:
        words = f"{words}（{value_text(fact.figure)}）"
    return Draft(lines=(Line(f"不对，{words}", cite(fact)),), facts=(fact,))
