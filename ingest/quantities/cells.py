"""Figures of text tables, whose unit stands in the header of the column."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.numerals import EXACT, fold, read_numeral, times
from ingest.quantities.grammar import find_quantities
from ingest.quantities.units import match_per, match_unit
from kg.records import Quantity, Span

_BRACKETED = re.compile(r"[(（\[](?:单位[:：]?)?\s*([^()（）\[\]]{1,16})[)）\]]\s*\Z")
_AFTER_COMMA = re.compile(r"[,，/:：]\s*([^,，/:：\s]{1,8})\s*\Z")
_SCALE = re.compile(r"(?:[十百千]?(?:万亿|万|亿)|[百千])")
_NUMBER = re.compile(r"(?P<sign>[+-]?) ?(?P<digits>\d[\d,]{0,40}(?:\.\d{1,40})?)")
_LOSS = re.compile(r"\((?P<digits>\d[\d,]{0,40}(?:\.\d{1,40})?)\)")


@dataclass(frozen=True, slots=True)
class UnitHint:
    """The unit of a column: a bare number in it times *factor* is the value in *unit*."""

    unit: str
    factor: Decimal


def unit_of_header(text: str) -> UnitHint | None:
    """The unit that a table header states: 营业收入（亿元） is CNY times 1E8, 同比（%） percent.

    A header without a unit gives None, and so does one whose bracket holds something else
    （截至12月6日）.
    """
    folded = fold(text)
    bracket = _BRACKETED.search(folded) or _AFTER_COMMA.search(folded)
    return None if bracket is None else _unit_of_words(bracket[1].strip())


def _unit_of_words(words: str) -> UnitHint | None:
    scale = _SCALE.match(words)
    factor = Decimal(1)
    place = 0
    if scale is not None:
        factor, place = read_numeral("1" + scale.group()) or factor, scale.end()
    found = match_unit(words, place)
    if found is None:
        return None
    unit, end = found
    name = unit.name
    slash = re.compile(r" ?[/每] ?").match(words, end)
    if slash is not None:
        per = match_per(words, slash.end())
        if per is None:
            return None
        name, end = f"{name}/{per[0]}", per[1]
    return UnitHint(name, EXACT.multiply(factor, unit.factor)) if end == len(words) else None


def read_cell(text: str, *, hint: UnitHint | None = None) -> Quantity | None:
    """The figure of one table cell, its span counted within *text*; None for a cell of words.

    A cell that prints its own unit is read as running text is; a bare number takes the unit
    of *hint*, the header's, else the unit ``number``.  A number in brackets is negative, as
    in accounts.
    """
    stripped = text.strip()
    offset = text.index(stripped) if stripped else 0
    folded = fold(stripped)
    number = _NUMBER.fullmatch(folded) or (_LOSS.fullmatch(folded) if hint else None)
    if number is None:
        whole = [q for q in find_quantities(stripped) if q.text == stripped]
        if not whole:
            return None
        quantity = whole[0]
        return replace(quantity, span=Span(offset, offset + len(stripped)))
    value = read_numeral(number["digits"])
    if value is None:
        return None
    sign = number.groupdict().get("sign", "-")
    if hint is not None:
        value = times(value, hint.factor)
    if sign == "-":
        value = -value
    return Quantity(
        span=Span(offset, offset + len(stripped)),
        text=stripped,
        value=value,
        low=None,
        high=None,
        unit=hint.unit if hint else "number",
        approximate=False,
        signed=bool(sign),
    )
