"""Whether statements of the documents agree with each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from kg.records import Quantity
from qa.answering.classes import AMOUNTS, GROWTH, MOVES, RATES
from qa.answering.draft import Draft, Line, Workspace, cite
from qa.answering.facts.amounts import equal, gap, rate, same_scale, spoken, states_gap, within
from qa.answering.facts.changes import changes
from qa.answering.facts.matching import Match
from qa.answering.facts.naming import is_subject
from qa.answering.phrase import describe
from qa.answering.plans.compare import pick
from qa.answering.plans.difference import from_and_to
from qa.answering.plans.lookup import candidates, disputed
from qa.answering.question.understand import Intent
from qa.answering.view import Fact


def consistency(workspace: Workspace, intent: Intent) -> Draft | None:
    """Whether statements of the documents agree with each other."""
    return (
        _two_ranges(workspace, intent)
        or _range(workspace, intent)
        or _gap(workspace, intent)
        or _two_places(workspace, intent)
    )


def _range(workspace: Workspace, intent: Intent) -> Draft | None:
    """A value that should lie in a range: of the same subject, or of the same kind."""
    if not re.search(r"区间|范围|之间|以内|落在|都在", intent.question):
        return None
    loose = replace(intent, units=(), periods=(), metrics=(), terms=(), hints=())
    pool = [m.fact for m in candidates(workspace, loose)]
    ranges = [f for f in pool if f.figure.low is not None and f.figure.high is not None]
    for span in ranges:
        inside = [
            f
            for f in span.view.facts
            if f.figure.unit == span.figure.unit
            and (f.figure.metric == span.figure.metric or f.figure.entity == span.figure.entity)
            and f is not span
            and (
                f.figure.entity == span.figure.entity
                or f.figure.sentence in (span.figure.sentence, span.figure.sentence + 1)
            )
            and f.view.sentences[f.figure.sentence].block
            == span.view.sentences[span.figure.sentence].block
        ]
        outside = [f for f in inside if not within(f.figure, span.figure)]
        wanted = [
            f
            for f in inside
            if any(f.figure.period and p.text in f.figure.period for p in intent.periods)
        ]
        chosen = (outside or wanted or inside)[:1]
        if chosen and describe(chosen[0]) != describe(span):
            fact = chosen[0]
            head = "不一致" if outside else "一致"
            relation = "不在该区间之内" if outside else "在该区间之内"
            text = f"{head}：{describe(span)}，而{describe(fact)}，{relation}"
            return Draft(lines=(Line(text, cite(span, fact)),), facts=(span, fact))
    return None


def _two_ranges(workspace: Workspace, intent: Intent) -> Draft | None:
    """16-24%在3%至10%之内吗: two values that the question gives, both in the documents."""
    if len(intent.quantities) < 2 or not re.search(
        r"区间|范围|之间|以内|落在|之内", intent.question
    ):
        return None
    facts = [fact for asked in intent.quantities[-2:] if (fact := _stating(workspace, asked))]
    if len(facts) < 2:
        return None
    one, span = facts
    if span.figure.low is None and one.figure.low is not None:
        one, span = span, one
    inside = within(one.figure, span.figure)
    head = "一致" if inside else "不一致"
    relation = "在该区间之内" if inside else "不在该区间之内"
    text = f"{head}：{describe(span)}，而{describe(one)}，{relation}"
    return Draft(lines=(Line(text, cite(span, one)),), facts=(span, one))


def _gap(workspace: Workspace, intent: Intent) -> Draft | None:
    """A stated gap or rate against the values that it is made of."""
    stated = _claimed_fact(workspace, intent)
    names = intent.names
    if stated is not None:
        apart = tuple(n for n in names if not is_subject(stated, n))
        names = apart if len(apart) > 1 else names
    nouns = tuple(pair for pair in intent.metrics if not set(pair[1]) <= MOVES)
    loose = replace(intent, names=names, units=(), quantities=(), metrics=nouns, hints=(), terms=())
    grown = stated is not None and stated.figure.metric in GROWTH  # of one thing then and now
    pairs = [] if grown else pick(workspace, loose) or pick(workspace, replace(loose, metrics=()))
    pairs = [(n, f) for n, f in pairs if stated is None or f.key != stated.key]
    if len(pairs) != 2 and stated is not None:
        levels = [
            f
            for f in stated.view.facts
            if f.figure.sentence == stated.figure.sentence
            and f is not stated
            and f.figure.metric in (AMOUNTS | {"level", "count", stated.figure.metric})
        ]
        pairs = [("", f) for f in _ends_of(stated) or levels[:2]]
    if len(pairs) != 2:
        two = from_and_to(workspace, intent)
        pairs = [("", f) for f in two]
    if len(pairs) != 2:
        return None
    one, other = pairs[0][1], pairs[1][1]
    if stated is None:
        return None
    if (one.size < other.size) == ((stated.figure.value or Decimal(0)) < 0):
        one, other = other, one  # a fall is counted from the larger
    change = rate(one.figure, other.figure) if stated.figure.unit == "percent" else None
    part = _ratio(stated, one, other)
    if part is not None:
        agrees = abs(part - abs(stated.figure.value or Decimal(0))) <= Decimal("0.06")
        amount = f"占比为{part.quantize(Decimal('0.1'))}%"
    elif change is not None:
        agrees = abs(change - abs(stated.figure.value or Decimal(0))) <= Decimal("0.06")
        amount = f"变动幅度为{change.quantize(Decimal('0.1'))}%"
    else:
        computed = gap(one.figure, other.figure)
        if computed is None or not same_scale(stated.figure.unit, computed[1]):
            return None
        agrees = states_gap(stated.figure, *computed)
        amount = f"相差{spoken(*computed)}"
    head = "一致" if agrees else "不一致"
    told = describe(stated)
    values = "，".join(describe(f) for f in (one, other) if f.figure.text not in told)
    text = f"{head}：文中说{told}，{'而' if agrees else '但'}{f'{values}，' * bool(values)}{amount}"
    facts = (stated, one, other)
    return Draft(lines=(Line(text, cite(*facts)),), facts=facts, arithmetic=amount)


def _ends_of(stated: Fact) -> Sequence[Fact]:
    """The amounts that the sentence of *stated* sets against each other: 43吨，上年同期为61吨."""
    told = (
        c.facts for c in changes(stated.view) if c.after.figure.sentence == stated.figure.sentence
    )
    own = (facts for facts in told if facts[0].figure.unit not in RATES)
    return next((facts for facts in own if _of_one(facts[1], stated)), ())


def _of_one(fact: Fact, stated: Fact) -> bool:
    """Whether both figures are told of one subject."""
    a, b = fact.figure, stated.figure
    return (a.entity or a.subject) == (b.entity or b.subject)


def _ratio(stated: Fact, one: Fact, other: Fact) -> Decimal | None:
    """The smaller amount in percent of the larger, where *stated* is such a part: 利润率."""
    a, b = one.figure, other.figure
    if stated.figure.metric not in ("margin", "share") or not a.value or not b.value:
        return None
    if a.unit != b.unit or a.unit == "percent":
        return None
    small, large = sorted((abs(a.value), abs(b.value)))
    return small / large * 100


def _claimed_fact(workspace: Workspace, intent: Intent) -> Fact | None:
    for asked in reversed(intent.quantities):
        fact = _stating(workspace, asked)
        if fact:
            return fact
    return None


def _stating(workspace: Workspace, asked: Quantity) -> Fact | None:
    for fact in workspace.facts:
        if same_scale(fact.figure.unit, asked.unit) and equal(fact.figure, asked):
            return fact
    return None


def _two_places(workspace: Workspace, intent: Intent) -> Draft | None:
    """Two mentions of what should be one fact."""
    found = candidates(workspace, replace(intent, units=(), hints=()))
    for m in found:
        twin = disputed(m.fact, workspace.facts) or _again(m, found)
        if twin:
            same = twin[0].figure.value == m.fact.figure.value
            head = "一致" if same else "不一致"
            text = f"{head}：一处说{describe(m.fact)}，另一处说{describe(twin[0])}"
            facts = (m.fact, twin[0])
            return Draft(lines=(Line(text, cite(*facts)),), facts=facts)
    return None


def _again(match: Match, found: Sequence[Match]) -> list[Fact]:
    f = match.fact.figure
    return [
        other.fact
        for other in found
        if other.fact is not match.fact
        and other.fact.figure.entity == f.entity
        and other.fact.figure.metric == f.metric
        and other.fact.figure.unit == f.unit
        and other.fact.figure.sentence != f.sentence
    ][:1]
