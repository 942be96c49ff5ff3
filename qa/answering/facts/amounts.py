"""Values compared across units and signs, in exact decimals."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from ingest.quantities import render
from kg.records import Figure, Quantity

BASIS_POINTS: Final = {  # in one of a unit
    "basis_point": Decimal(1),
    "percentage_point": Decimal(100),
    "percent": Decimal(100),
}
POINT_UNITS: Final = frozenset({"percentage_point", "basis_point"})
_PAIR: Final = re.compile(r"[A-Z]{3}/[A-Z]{3}")
_ROUNDED: Final = Decimal("0.1")  # 约400 allows for a tenth
_EXACT: Final = Decimal("0.001")


def scale(unit: str) -> str:
    """What figures in *unit* can be ranked with: percentage points with basis points."""
    return "point" if unit in POINT_UNITS else unit


def same_scale(unit: str, asked: str) -> bool:
    """Whether a figure in *unit* can confirm or deny a claim in *asked*."""
    if unit in BASIS_POINTS and asked in BASIS_POINTS:
        return True
    return unit.partition("/")[0] == asked.partition("/")[0]


def size_of(unit: str, value: Decimal | None) -> Decimal | None:
    """*value* without its sign, percent and points in basis points; None for None."""
    return None if value is None else abs(value * BASIS_POINTS.get(unit, Decimal(1)))


def as_percent(figure: Figure) -> Decimal | None:
    """The size of a change that is told in points, in percentage points; else None."""
    if figure.unit not in POINT_UNITS or figure.value is None:
        return None
    return abs(figure.value) * BASIS_POINTS[figure.unit] / BASIS_POINTS["percent"]


def equal(figure: Figure, asked: Quantity) -> bool:
    """Whether *figure* has the value or the bounds of *asked*, signs apart."""
    if asked.value is None or figure.value is None:
        bounds = sorted(abs(x) for x in (figure.low, figure.high) if x is not None)
        claimed = sorted(abs(x) for x in (asked.low, asked.high) if x is not None)
        return bool(bounds) and bounds == claimed
    if scale(figure.unit) != scale(asked.unit) and {figure.unit, asked.unit} <= BASIS_POINTS.keys():
        return False  # 35% is not 35 percentage points
    return size_of(figure.unit, figure.value) == size_of(asked.unit, asked.value)


def within(figure: Figure, span: Figure) -> bool:
    """Whether *figure* lies within the range *span*."""
    values = [x for x in (figure.value, figure.low, figure.high) if x is not None]
    return all(
        (span.low is None or v >= span.low) and (span.high is None or v <= span.high)
        for v in values
    )


def gap(one: Figure, other: Figure) -> tuple[Decimal, str] | None:
    """One value less the other, with the unit of the gap; None where it cannot be told.

    The gap of two percentages is in percentage points.
    """
    if one.value is None or other.value is None or one.unit != other.unit:
        return None
    unit = "percentage_point" if one.unit == "percent" else one.unit
    return one.value - other.value, unit


def rate(base: Figure, other: Figure) -> Decimal | None:
    """The size of the change in percent from *base* to *other*, two amounts of one unit."""
    if base.unit == "percent" or base.unit != other.unit or not base.value or not other.value:
        return None
    one, two = abs(base.value), abs(other.value)
    return abs(two - one) / one * 100


def states_gap(stated: Figure, amount: Decimal, unit: str) -> bool:
    """Whether *stated* gives a gap of *amount*, as exactly as it is printed.

    True where the units cannot be compared.
    """
    value, size = size_of(stated.unit, stated.value), size_of(unit, amount)
    if value is None or size is None or not same_scale(stated.unit, unit):
        return True
    return abs(value - size) <= size * (_ROUNDED if stated.approximate else _EXACT)


def spoken(amount: Decimal, unit: str, *, like: str = "") -> str:
    """The size of an amount in words; percentage points in basis points too.

    *like* is the text of a figure whose measure word a count takes over.
    """
    size = _plain(abs(amount))
    if _PAIR.fullmatch(unit) and like.endswith("元"):  # 每美元148日元
        unit = unit.partition("/")[0]
    word = re.search(r"[\d万亿千百十]([^\d\s万亿千百十%.,，]{1,2})$", like)
    text = render(size, unit, noun=word[1] if word and unit == "count" else None)
    if unit == "percentage_point":
        text += f"（{render(_plain(size * 100), 'basis_point')}）"
    return text


def _plain(amount: Decimal) -> Decimal:
    """*amount* without closing zeros: 24.0 is 24."""
    short = amount.normalize()
    return short.quantize(Decimal(1)) if short == short.to_integral_value() else short
