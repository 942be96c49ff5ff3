"""Clauses that rank or compare without a figure: checked by the figures of the passages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from qa.gate.claimed import Claimed, Fault
from qa.gate.evidence import Fact, Line
from qa.gate.names import Named
from qa.gate.reading import Atom, negations

_BETTER = re.compile("好于|高于|强于|超过|多于|大于|优于|领先|跑赢|快于")
_WORSE = re.compile("低于|弱于|逊于|不及|少于|小于|落后|跑输|慢于|差于")
_MOST = re.compile(
    "最[多大快猛高强好深]|领涨|居首|居前|之首|榜首|排名?第一|位居第一|领先|主力|表现最[佳好强]"
)
_LEAST = re.compile("最[少小慢低弱差]|垫底|末位|倒数")
_FALLING = re.compile("跌|降|减|亏|流出|负")
_AMONG = re.compile("在[^，。；]{1,12}[中里内]|[^，。；]{1,8}之中")
_TOLD = re.compile("最|居首|居前|之首|第一|垫底|领|榜首|末")


@dataclass(frozen=True, slots=True)
class Ranked:
    """What the figures of *line* say to a comparison."""

    faults: tuple[Fault, ...]
    line: Line


def judged(
    claim: Claimed, clause: int, lines: Sequence[Line], matched: Sequence[tuple[Atom, Fact]]
) -> Ranked | None:
    """Whether the figures of *lines* bear out a clause like 表现好于雪佛龙 or 涨得最多.

    None where the clause compares nothing, or the figures do not tell.
    """
    words = claim.reading.words(clause)
    names = claim.reading.names_in(clause)
    if negations(words):
        return None
    better, worse = _BETTER.search(words), _WORSE.search(words)
    if (better or worse) and names:
        return _compared(claim, clause, lines, matched, higher=better is not None)
    most, least = _MOST.search(words), _LEAST.search(words)
    if most or least:
        return _ranked(claim, clause, lines, matched, most=most is not None)
    return None


def _compared(
    claim: Claimed,
    clause: int,
    lines: Sequence[Line],
    matched: Sequence[tuple[Atom, Fact]],
    *,
    higher: bool,
) -> Ranked | None:
    other = claim.reading.names_in(clause)[-1]
    own = _before(claim, clause, matched)
    if own is None or own.figure is None or own.figure.entity in other.ids:
        return None
    for fact in _alike(own, lines):
        if fact.figure and fact.figure.entity in other.ids:
            a, b = _size(own), _size(fact)
            if a is None or b is None or a == b:
                return None
            if (a > b) == higher:
                return Ranked((), own.line)
            said = f"{own.quantity.text}与{fact.quantity.text}比大小比反了"
            return Ranked((Fault(said),), own.line)
    return None


def _ranked(
    claim: Claimed,
    clause: int,
    lines: Sequence[Line],
    matched: Sequence[tuple[Atom, Fact]],
    *,
    most: bool,
) -> Ranked | None:
    own = _told(claim, clause, lines, matched)
    if own is None:
        return None
    group = [f for f in _alike(own, [own.line]) if _size(f) is not None]
    size = _size(own)
    if len(group) < 3 or size is None:
        return Ranked((), own.line) if _TOLD.search(own.line.folded) else None
    sizes = [s for f in group if (s := _size(f)) is not None]
    words = claim.reading.words(clause)
    falling = _FALLING.search(words) is not None
    first = (min(sizes) if falling else max(sizes)) if most else min(sizes)
    if size == first:
        return Ranked((), own.line)
    return None


def _before(claim: Claimed, clause: int, matched: Sequence[tuple[Atom, Fact]]) -> Fact | None:
    """The fact that the last figure before the clause tells."""
    held = [fact for atom, fact in matched if atom.clause < clause]
    return held[-1] if held else None


def _told(
    claim: Claimed, clause: int, lines: Sequence[Line], matched: Sequence[tuple[Atom, Fact]]
) -> Fact | None:
    """The fact that the clause's subject is ranked by: one told beside it, of its own name."""
    names: Sequence[Named] = claim.reading.names_in(clause)
    ids = {i for n in names for i in n.ids}
    words = claim.reading.words(clause)
    if _AMONG.search(words):
        ids = set()  # 在三大航中最高: it names those among whom it ranks
    near = [f for _, f in matched if not ids or (f.figure and f.figure.entity in ids)]
    if near:
        return near[0]
    return None


def _alike(own: Fact, lines: Iterable[Line]) -> list[Fact]:
    """The facts of *lines* of the metric and unit of *own*."""
    figure = own.figure
    if figure is None:
        return []
    return [
        fact
        for line in lines
        for fact in line.facts
        if fact.figure and fact.figure.metric == figure.metric and fact.figure.unit == figure.unit
    ]


def _size(fact: Fact) -> Decimal | None:
    return fact.figure.value if fact.figure else None
