"""The value before a change, where only the later one and the change are told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from qa.answering.draft import Draft, Line, Workspace, cite
from qa.answering.facts.amounts import POINT_UNITS, as_percent, spoken
from qa.answering.facts.changes import EXPECTED, MOVED_BY
from qa.answering.facts.stance import stances
from qa.answering.facts.timing import period_fit
from qa.answering.phrase import describe
from qa.answering.plans.lookup import candidates
from qa.answering.question.understand import Intent
from qa.answering.text import bigrams, fold
from qa.answering.view import Fact

_BASIS: Final = re.compile(
    rf"(?:较|比|与|从)(?P<when>[^,，;；。：:（(]{{1,16}}?)(?:相比|时)?[大小微略]?幅?{MOVED_BY.pattern}"
)
_ASKED: Final = re.compile(
    r"倒推|反推|推算|之前|以前|前一|上一|上个|上[周月季年]|去年|上年|此前|原先|原来|调整前|前夕|前的?(?!三|半|两)"
    r"|[0-9一二三四五六七八九十]+月"
)
_DERIVED: Final = re.compile("倒推|反推|推算")
_UNDONE: Final = re.compile(r"之前|以前|此前|原先|原来|[调息整]前")
_FAR: Final = 34  # characters between the value and the change
_NEEDED: Final = 0.5


@dataclass(frozen=True, slots=True)
class _Step:
    """A value with the change that led to it; *when* is what it changed from, in folded words."""

    later: Fact
    change: Fact
    when: str


def before_change(workspace: Workspace, intent: Intent) -> Draft | None:
    """The earlier value, computed: 9月末 of 10月末为7,446万盎司，较9月末增加5万盎司."""
    dated = any(p.kind == "year" for p in intent.periods)
    if not (_ASKED.search(intent.question) or dated) or EXPECTED.search(intent.question):
        return None
    question = fold(intent.question)
    if any(period_fit(m.fact, intent.periods) == 1.0 for m in candidates(workspace, intent)[:3]):
        return None  # it is told as well
    derived = _DERIVED.search(intent.question) is not None
    anytime = replace(
        intent, periods=(), direction=0, reached=False, question=_UNDONE.sub("", intent.question)
    )
    if derived:
        anytime = replace(anytime, metrics=(), terms=(), owner=None)
    for found in candidates(workspace, anytime)[:6]:
        foreseen = found.fact.figure.modality == "forecast"
        for step in () if foreseen and not derived else _steps(found.fact):
            if _meant(step, question, intent):
                return _told(step)
    return None


def _steps(later: Fact) -> Iterator[_Step]:
    """The changes of its own sentence that *later* may be the end of."""
    text, value = later.view.text, later.figure
    for change in later.view.facts:
        figure = change.figure
        if change is later or figure.sentence != value.sentence or not _fits(later, change):
            continue
        first, second = sorted((value.span, figure.span), key=lambda s: s.start)
        between = text[first.end : second.start]
        if len(between) > _FAR or re.search(r"[;；。]", between):
            continue
        if not MOVED_BY.search(text[max(0, figure.span.start - 8) : figure.span.start]):
            continue
        own = {f.figure.entity or f.figure.subject for f in (later, change)}
        if len(own) > 1:
            continue
        lead = between if second is figure.span else text[max(0, first.start - 16) : first.start]
        basis = _BASIS.search(lead)
        yield _Step(later, change, fold(basis["when"]) if basis else "")


def _fits(later: Fact, change: Fact) -> bool:
    """Whether *change* is told in what *later* can move by."""
    a, b = later.figure, change.figure
    if a.value is None or b.value is None:
        return False
    return (
        b.unit in POINT_UNITS
        if a.unit == "percent"
        else a.unit == b.unit and abs(b.value) < a.value
    )


def _meant(step: _Step, question: str, intent: Intent) -> bool:
    """Whether the question asks for the time that the change is counted from."""
    if not step.when:
        return bool(_UNDONE.search(question))
    if step.when in ("上年", "去年") and _year_before(step, intent):
        return True
    pieces = bigrams(step.when)
    said = sum(piece in question for piece in pieces) / len(pieces) if pieces else 0.0
    return said >= _NEEDED or _session_before(step, intent)


def _year_before(step: _Step, intent: Intent) -> bool:
    """Whether the question asks for the year before that of the value."""
    year = step.later.figure.period_end
    asked = {p.end.year for p in intent.periods if p.end is not None and p.kind == "year"}
    return year is not None and year.year - 1 in asked


def _session_before(step: _Step, intent: Intent) -> bool:
    """Whether the question names the day before that of the value: 11月11日 for 上一交易日."""
    day = step.later.figure.period_begin or step.later.view.published
    if "交易日" not in step.when or day is None:
        return False
    return any(p.end is not None and 0 < (day - p.end).days <= 4 for p in intent.periods)


def _told(step: _Step) -> Draft | None:
    later, change = step.later.figure, step.change.figure
    clause = step.change.near.split("|")[0]
    way = stances(clause, at=clause.find(fold(change.text))).get("more")
    if way is None or way.sign == 0 or later.value is None or change.value is None:
        return None
    size = as_percent(change) if later.unit == "percent" else abs(change.value)
    before = later.value - way.sign * (size or Decimal(0))
    amount = spoken(before, later.unit, like=later.text)
    parts = dict.fromkeys((describe(step.later), describe(step.change)))
    text = f"按文中数字推算为{amount}（{'，'.join(parts)}）"
    facts = (step.later, step.change)
    return Draft(
        lines=(Line(text, cite(*facts)),),
        facts=facts,
        arithmetic=f"{later.text} {'−' if way.sign > 0 else '+'} {change.text} = {amount}",
    )
