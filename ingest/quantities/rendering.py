"""Values in Chinese print, so that reading them back gives the same value."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from ingest.numerals import EXACT
from ingest.quantities.units import is_currency, unit_word

_SCALES: Final = ((Decimal(10**12), "万亿"), (Decimal(10**8), "亿"), (Decimal(10**4), "万"))
_MEASURES: Final = frozenset({"count", "share", "piece", "bottle", "box", "bag", "lot"})


def render(value: Decimal, unit: str, *, noun: str | None = None, approximate: bool = False) -> str:
    """*value* in *unit* (an interchange unit) as Chinese text prints it.

    16000000000 USD is 160亿美元, 510 basis_point 510个基点, 1620 CNY/bottle 每瓶1,620元.
    Nothing is rounded: `find_quantities` reads the very value back.  *noun* is the measure
    word of a count (个 without one), *approximate* puts 约 before it.  An exchange rate
    (JPY/USD) and a ``number`` are printed bare, an unknown unit after a space.
    """
    numerator, _, denominator = unit.partition("/")
    about = "约" if approximate else ""
    if unit == "number" or (is_currency(numerator) and is_currency(denominator)):
        return about + _grouped(value)
    word = noun if noun and numerator == "count" else unit_word(numerator)
    if word is None:
        return f"{about}{_grouped(value)} {unit}"
    scaled = _scales(numerator)
    amount = (_scaled(value) if scaled else _grouped(value)) + word
    if not denominator:
        return about + amount
    per = unit_word(denominator, per=True)
    if per is None:
        return f"{about}{_grouped(value)} {unit}"
    return f"每{per}{about}{amount}" if denominator in _MEASURES else f"{about}{amount}/{per}"


def _scales(unit: str) -> bool:
    """Whether large values of *unit* are told in 万 and 亿."""
    return not unit.endswith(("percent", "_point", "multiple")) and len(unit) > 1


def _scaled(value: Decimal) -> str:
    for scale, word in _SCALES:
        if abs(value) < scale:
            continue
        mantissa = EXACT.divide(value, scale).normalize(EXACT)
        decimals = -int(mantissa.as_tuple().exponent)
        # 90,061 is read more easily than 9.0061万, 507.3万 than 5,073,000.
        if word != "万" or decimals <= 2:
            return _grouped(mantissa) + word
    return _grouped(value)


def _grouped(value: Decimal) -> str:
    return f"{value:,f}"
