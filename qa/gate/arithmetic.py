"""Figures that no source states and that follow from those that it does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal, DivisionByZero, InvalidOperation
from itertools import combinations

from kg.records import Quantity
from qa.gate.amounts import printed_step
from qa.gate.evidence import Fact, Line
from qa.gate.figures import Claimed
from qa.gate.reading import Atom

_CUE = re.compile(
    "相差|差距|差额|差值|高出|高于|低于|多出|少于|多于|多|少|高|低|合计|共|总|加起来|之和|平均|均值|倍|占|比|相当于|"
    "净增|净减|变动|变化|增加|减少|上升|下降|提高|降低|幅度|扩大|缩小|跑赢|跑输|领先|落后|折合|差|即|增长|涨|跌"
)
_GAP = frozenset(("percent", "percentage_point", "basis_point"))
_POINTS = {"percentage_point": Decimal(100), "basis_point": Decimal(1), "percent": Decimal(100)}


def derivation(
    claim: Claimed, atom: Atom, facts: Sequence[Fact], told: Sequence[Quantity]
) -> str | None:
    """How *atom* follows from *facts*, or from the figures *told* beside it; None if it does not.

    *told* are figures of the sentence itself that its passages state: where there are two or more
    of one unit, it is they that are computed with.
    """
    if not _CUE.search(atom.before + atom.after[:8]):
        return None
    ids = {i for n in claim.reading.names for i in n.ids} | claim.subject
    about = [f for f in facts if f.figure and (f.figure.entity in ids)] or list(facts)
    for operands in (_usable(told), _usable(f.quantity for f in about)):
        if len(operands) < 2:
            continue
        found = _explained(atom.quantity, operands)
        if found or (operands is not None and len(_usable(told)) >= 2):
            return found
    return None


def _usable(quantities: Iterable[Quantity]) -> list[Quantity]:
    return [q for q in quantities if q.value is not None]


def _explained(wanted: Quantity, operands: Sequence[Quantity]) -> str | None:
    if wanted.value is None:
        return None
    size, step = abs(wanted.value), printed_step(wanted)
    for one, other in combinations(operands, 2):
        if one.value is None or other.value is None or not _comparable(one, other):
            continue
        for unit, value, words in _results(one, other):
            factor = _factor(unit, wanted.unit)
            if factor is not None and abs(abs(value) * factor - size) * 2 <= step:
                return words
    return _sum_or_mean(wanted, operands, size, step)


def _comparable(one: Quantity, other: Quantity) -> bool:
    return one.unit == other.unit and (one.noun or "") == (other.noun or "")


def _factor(unit: str, wanted: str) -> Decimal | None:
    if unit == wanted:
        return Decimal(1)
    if unit == "percentage_point" and wanted == "basis_point":
        return Decimal(100)
    return None


def _results(one: Quantity, other: Quantity) -> Iterable[tuple[str, Decimal, str]]:
    a, b = one.value or Decimal(0), other.value or Decimal(0)
    unit = "percentage_point" if one.unit == "percent" else one.unit
    yield unit, a - b, f"{one.text} − {other.text}"
    if a * b < 0:
        yield unit, abs(a) - abs(b), f"{one.text} − {other.text}"
    else:
        yield unit, a + b, f"{one.text} + {other.text}"
        if one.unit == "percent":
            yield "percent", a + b, f"{one.text} + {other.text}"
    for x, y, left, right in ((a, b, one, other), (b, a, other, one)):
        try:
            if one.unit not in _GAP:
                yield (
                    "percent",
                    (x - y) / abs(y) * 100,
                    f"({left.text} − {right.text}) ÷ {right.text}",
                )
                yield "percent", x / y * 100, f"{left.text} ÷ {right.text}"
            yield "multiple", x / y, f"{left.text} ÷ {right.text}"
        except (DivisionByZero, InvalidOperation):
            continue


def _sum_or_mean(
    wanted: Quantity, operands: Sequence[Quantity], size: Decimal, step: Decimal
) -> str | None:
    alike = [q for q in operands if q.unit == wanted.unit]
    if len(alike) < 3:
        return None
    total = sum((q.value or Decimal(0) for q in alike), Decimal(0))
    words = " + ".join(q.text for q in alike)
    if abs(abs(total) - size) * 2 <= step:
        return words
    if abs(abs(total / len(alike)) - size) * 2 <= step:
        return f"({words}) ÷ {len(alike)}"
    return None


def facts_of(lines: Sequence[Line]) -> list[Fact]:
    """All figures of *lines*."""
    return [fact for line in lines for fact in line.facts]
