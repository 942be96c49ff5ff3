"""Figures that no source states and that follow from those that it does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal, DivisionByZero, InvalidOperation
from itertools import combinations, pairwise

from kg.records import Quantity
from qa.gate.amounts import printed_step
from qa.gate.claimed import Claimed, Fault
from qa.gate.evidence import Fact, Line
from qa.gate.figures import governing
from qa.gate.reading import Atom, negations
from qa.gate.roles import role_of

_CUE = re.compile(
    "相差|差距|差额|差值|差[了为有]?$|高出|高于|低于|多出|少于|多于|合计|累计|一?共|总计|加起来|之和|平均|均值|倍|占|"
    "相当于|推算|折算|净增|净减|变动|变化|跑赢|跑输|领先|落后|比[^，。]{1,20}[多少高低]|[多少高低]了?$|降幅|增幅|幅度"
)
_SUMMED = re.compile("合计|一?共|总|累计|加起来|之和|平均|均值")
_PAIR = re.compile("[A-Z]{3}/[A-Z]{3}")
_POINT_UNITS = frozenset(("percentage_point", "basis_point"))
_CHANGE = re.compile(
    "收窄|扩大|走阔|缩小|上调|下调|上修|下修|削减|增长|上升|上涨|提高|增加|下降|下跌|减少|回落|下滑|降低|涨|跌|变动|变化|增幅|降幅|幅度"
)
_GAP = frozenset(("percent", "percentage_point", "basis_point"))
_POINTS = {"percentage_point": Decimal(100), "basis_point": Decimal(1), "percent": Decimal(100)}


def derivation(
    claim: Claimed,
    atom: Atom,
    facts: Sequence[Fact],
    told: Sequence[tuple[Atom, Fact]],
    *,
    stated: bool = False,
) -> str | None:
    """How *atom* follows from *facts*, or from the figures *told* beside it; None if it does not.

    *stated*: a passage has the same amount, of something else.
    *told* are figures of the sentence itself that its passages state: where there are two or more
    of one unit, it is they that are computed with.
    """
    if re.search("[至到]$", atom.near) or negations(atom.before):
        return None  # a level is stated, never computed
    words = atom.before + "\N{IDEOGRAPHIC SPACE}" + atom.after[:8]
    beside = _usable(fact.quantity for own, fact in told if _goes_with(atom, own))
    if len(beside) >= 2 and (_CUE.search(words) or _CHANGE.search(words)):
        return _explained(atom, beside)
    if not stated and (moved := _moved(atom, facts)):
        return moved
    gap = atom.quantity.unit in _POINT_UNITS
    if gap and any(f.quantity.unit in _POINT_UNITS and f.atom for f in facts):
        gap = False  # where the source tells the gap itself, no other is computed
    cued = _CUE.search(atom.before) or _CUE.search(atom.after[:8])
    if not cued and not (gap and _CHANGE.search(atom.before)):
        return None
    ids = {i for n in claim.reading.names for i in n.ids} | claim.subject
    about = [f for f in facts if not ids or (f.figure and f.figure.entity in ids)]
    return _explained(atom, _usable(fact.quantity for fact in about))


def _moved(atom: Atom, facts: Sequence[Fact]) -> str | None:
    """How *atom* follows from where a change set out and where it arrived, as a line tells them."""
    if not _CHANGE.search(atom.near):
        return None
    way = governing(atom)
    rising = way.get("move", way.get("spread", 0))
    for base in facts:
        if base.atom is None or role_of(base.atom) != "base" or base.quantity.value is None:
            continue
        for end in (fact for fact in facts if _is_arrival(fact, base)):
            gone = f"{end.quantity.text} − {base.quantity.text}"
            for unit, value, words in _results(end.quantity, base.quantity):
                factor = _factor(unit, atom.quantity.unit)
                if factor is None or gone not in words:
                    continue
                if rising and (value > 0) != (rising > 0):
                    continue
                size = abs(atom.quantity.value or Decimal(0))
                if abs(abs(value) * factor - size) * 2 <= printed_step(atom.quantity):
                    return words
    return None


def _is_arrival(end: Fact, base: Fact) -> bool:
    """Whether *end* is the figure beside *base* that the change has led to."""
    one, other = end.atom, base.atom
    return (
        one is not None
        and other is not None
        and end.line is base.line
        and end is not base
        and abs(one.clause - other.clause) <= 1
        and role_of(one) != "base"
        and end.quantity.value is not None
        and _comparable(end.quantity, base.quantity)
    )


def _goes_with(atom: Atom, other: Atom) -> bool:
    """Whether *other* may be an operand: of the measure that *atom* names, if it names one."""
    return not atom.measures or not other.measures or atom.measures[-1] in other.measures


def _usable(quantities: Iterable[Quantity]) -> list[Quantity]:
    return [q for q in quantities if q.value is not None]


def _explained(atom: Atom, operands: Sequence[Quantity]) -> str | None:
    wanted = atom.quantity
    if wanted.value is None or len(operands) < 2:
        return None
    size, step = abs(wanted.value), printed_step(wanted)
    rising = governing(atom).get("move", 0)
    for one, other in combinations(operands, 2):
        moved = "percent" in (one.unit, other.unit) and one.unit != other.unit
        if moved:
            one, other = _in_percent(one), _in_percent(other)
        if not _comparable(one, other):
            continue
        for unit, value, words in _results(one, other):
            factor = _factor("percent" if moved else unit, wanted.unit)
            if factor is None or abs(abs(value) * factor - size) * 2 > step:
                continue
            if "÷" in words and "−" in words and rising and (value > 0) != (rising > 0):
                continue  # a rise is counted from the smaller amount
            return words
    if not _SUMMED.search(atom.before):
        return None
    return _sum_or_mean(wanted, operands, size, step)


def _in_percent(moved: Quantity) -> Quantity:
    """A change in points as a percentage can be moved by it: 25个基点 as 0.25."""
    if moved.unit not in _POINT_UNITS or moved.value is None:
        return moved
    return replace(
        moved, value=moved.value * _POINTS[moved.unit] / _POINTS["percent"], unit="percent"
    )


def _comparable(one: Quantity, other: Quantity) -> bool:
    return one.unit == other.unit and (one.noun or "") == (other.noun or "")


def _factor(unit: str, wanted: str) -> Decimal | None:
    if unit == wanted:
        return Decimal(1)
    if "/" in unit and unit.partition("/")[0] == wanted:
        return Decimal(1)  # 310元 of 元/吨
    if wanted == "number" and _PAIR.fullmatch(unit):
        return Decimal(1)  # 2.38, of 153.80 and 151.42 of one pair of currencies
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


_WITHIN = re.compile(
    "(不|未|没有)?(?:处于|落|位于)?在?(?:该|此|这一?|上述)?(?:区间|范围)(?:之)?(内|外)"
)
_ABOVE, _BELOW = re.compile("高于|超过|多于|大于"), re.compile("低于|少于|小于|不及")


def contains(claim: Claimed, clause: int) -> bool:
    """Whether a clause like 不在该区间之内 is right of the last value and range before it."""
    found = _WITHIN.search(claim.reading.words(clause))
    start = claim.reading.clauses[clause].start
    before = [a.quantity for a in claim.reading.atoms if a.quantity.span.start < start]
    ranges = [q for q in before if q.low is not None and q.high is not None]
    if found is None or not ranges or len(before) < 2:
        return False
    span, value = ranges[-1], next((q for q in reversed(before) if q is not ranges[-1]), None)
    if value is None or value.unit != span.unit:
        return False
    sizes = [v for v in (value.value, value.low, value.high) if v is not None]
    inside = all(span.low <= v <= span.high for v in sizes)  # type: ignore[operator]
    return inside == ((found[1] is None) == (found[2] == "内"))


def miscompared(claim: Claimed) -> Fault | None:
    """Two values of the claim itself that it puts in the wrong order: 4%低于3%."""
    for one, other in pairwise(claim.reading.atoms):
        between = claim.reading.text[one.quantity.span.end : other.quantity.span.start]
        above, below = _ABOVE.search(between), _BELOW.search(between)
        if bool(above) == bool(below) or len(between) > _FAR or "，" not in between:
            continue
        a, b = _middle(one.quantity), _middle(other.quantity)
        if a is None or b is None or one.quantity.unit != other.quantity.unit or a == b:
            continue
        if one.measures != other.measures and one.measures and other.measures:
            continue
        if (a > b) != bool(above):
            return Fault(f"{one.quantity.text}与{other.quantity.text}比大小比反了")
    return None


_FAR = 40


def _middle(quantity: Quantity) -> Decimal | None:
    known = [v for v in (quantity.value, quantity.low, quantity.high) if v is not None]
    return sum(known, Decimal(0)) / len(known) if known else None
