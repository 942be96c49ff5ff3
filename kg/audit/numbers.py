"""Printed numbers: between which values the true one may lie, and how to print another like it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

_NUMERAL = re.compile(r"[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?")
_SPOKEN = re.compile(r"点([零〇一二三四五六七八九]+)")
_UNDER = re.compile(r"近|接近|将近|不足|不到|不及|未到|未满|至多|最多")
_OVER = re.compile(r"逾|超|多|以上|有余|余|开外|至少|不止")
_FALL = re.compile("[-−－—负]")
_HALF = Decimal("0.5")
_LOOSE = Decimal("0.05")
_WIDE = Decimal("0.1")
_POINTS = {"percent": Decimal(1), "percentage_point": Decimal(1), "basis_point": Decimal("0.01")}


class Reach(NamedTuple):
    """Between which values a true value lies, both ends included; ``None``: without end."""

    low: Decimal | None
    high: Decimal | None

    def meets(self, other: Reach) -> bool:
        """Whether some value lies in both."""
        return not (self.below(other) or other.below(self))

    def below(self, other: Reach) -> bool:
        """Whether all of it is smaller than all of *other*."""
        return self.high is not None and other.low is not None and self.high < other.low

    def scaled(self, factor: Decimal) -> Reach:
        """Times a positive factor."""
        return Reach(*(None if end is None else end * factor for end in self))

    def __neg__(self) -> Reach:
        return Reach(*(None if end is None else -end for end in reversed(self)))

    def plus(self, other: Reach) -> Reach:
        """The sum."""
        return Reach(_sum(self.low, other.low), _sum(self.high, other.high))

    def minus(self, other: Reach) -> Reach:
        """The difference."""
        return self.plus(-other)

    def size(self) -> Reach:
        """Without the sign."""
        if self.low is not None and self.low >= 0:
            return self
        if self.high is not None and self.high <= 0:
            return -self
        ends = [None if end is None else abs(end) for end in self]
        return Reach(Decimal(0), None if None in ends else max(e for e in ends if e is not None))

    def over(self, other: Reach) -> Reach | None:
        """The quotient of two positive reaches; None where it has no bound."""
        if other.low is None or other.low <= 0 or self.low is None:
            return None
        low = Decimal(0) if other.high is None else self.low / other.high
        return Reach(low, None if self.high is None else self.high / other.low)


@dataclass(frozen=True, kw_only=True)
class Number:
    """One figure as a document prints it."""

    claim: str  # IRI
    doc: str
    start: int
    end: int
    printed: str
    low: Decimal | None
    high: Decimal | None
    unit: str  # code
    approximate: bool
    subject: str
    entity: str | None
    metric: str
    words: str | None
    basis: str | None
    modality: str
    period: str | None
    sentence: str  # IRI

    @property
    def value(self) -> Decimal | None:
        """The value; None of a range."""
        return self.low if self.low == self.high else None

    @cached_property
    def scale(self) -> Decimal:
        """What one of the printed number is worth: 一亿 in 1,826.4亿元."""
        numerals = _NUMERAL.findall(self.printed)
        known = [end for end in (self.low, self.high) if end is not None]
        if numerals and known:
            shown = abs(Decimal(_plain(numerals[0])))
            size = abs(known[-1] if known[-1] < 0 else known[0])
            if shown and size:
                return size / shown
        return Decimal(1)

    @cached_property
    def step(self) -> Decimal:
        """The last place that is printed: 0.1亿 in 1,826.4亿元; 0 of what was counted."""
        numerals = _NUMERAL.findall(self.printed)
        if not numerals:
            spoken = _SPOKEN.search(self.printed)
            if spoken:
                return Decimal(1).scaleb(-len(spoken[1]))
            if "成" in self.printed:
                return Decimal(10)
            return Decimal(1) if self.unit in _POINTS else Decimal(0)
        if len(numerals) > 1 and self.value is not None:  # 1亿2000万
            return abs(self.value) / 100
        places = _plain(numerals[0]).partition(".")[2]
        if not places and self.scale == 1 and self.unit not in _POINTS:
            return Decimal(0) if _counted(self.unit) else Decimal(1)
        return self.scale.scaleb(-len(places))

    @cached_property
    def coarse(self) -> Decimal:
        """The last place that is not a zero: 100 of 约400个基点."""
        numerals = _NUMERAL.findall(self.printed)
        if not numerals or "." in _plain(numerals[0]):
            return self.step
        digits = _plain(numerals[0]).lstrip("0") or "0"
        zeros = len(digits) - len(digits.rstrip("0"))
        return max(self.step, self.scale.scaleb(zeros)) if digits != "0" else self.step

    @property
    def reach(self) -> Reach:
        """Where the true value may lie: rounded to what is shown, and looser if it says so."""
        low, high = self.low, self.high
        if low is not None and high is not None and low == high:
            reach = self._around(abs(low))
            return -reach if low < 0 else reach
        half = self.step * _HALF
        return Reach(None if low is None else low - half, None if high is None else high + half)

    @property
    def size(self) -> Reach:
        """`reach` without the sign."""
        return self.reach.size()

    @property
    def points(self) -> Decimal:
        """What one of it is in percentage points; 1 of what is no rate."""
        return _POINTS.get(self.unit, Decimal(1))

    def _around(self, value: Decimal) -> Reach:
        half = self.step * _HALF
        if not self.approximate:
            return Reach(value - half, value + half)
        loose = max(half, self.coarse * _HALF, value * _LOOSE)
        if "翻" in self.printed:
            return Reach(value, None)
        if _UNDER.search(self.printed):
            return Reach(value - max(loose, value * _WIDE), value + half)
        if _OVER.search(self.printed):
            return Reach(value - half, value + max(loose, self.coarse, value * _WIDE))
        return Reach(value - loose, value + loose)

    @property
    def signed(self) -> str:
        """As printed, with the sign of a fall that the words around it tell."""
        falls = self.value is not None and self.value < 0
        told = falls and _FALL.search(self.printed) is None
        return f"-{self.printed}" if told and not self.approximate else self.printed

    def like(self, value: Decimal, *, places: int | None = None) -> str:
        """*value* printed as this number is: in its unit, with its decimals or one more."""
        numerals = _NUMERAL.findall(self.printed)
        tail = _tail(self.printed) if numerals else ""
        head = _head(self.printed) if numerals else ""
        if not numerals and self.unit in _POINTS:
            tail = {"percent": "%", "percentage_point": "个百分点", "basis_point": "个基点"}[
                self.unit
            ]
        shown = value / (self.scale if numerals else Decimal(1))
        wanted = len(_plain(numerals[0]).partition(".")[2]) if numerals else 1
        return f"{head}{plain(shown, places=wanted if places is None else places)}{tail}"


def plain(value: Decimal, *, places: int) -> str:
    """*value* with thousands separated: *places* decimals, one more where it is not exact."""
    text = f"{round(value, places + 1):,f}"
    return text[:-1].rstrip(".") if text.endswith("0") else text


def _counted(unit: str) -> bool:
    return unit == "count" or unit in ("day", "trading_day", "week", "month", "quarter", "year")


def _plain(numeral: str) -> str:
    wide = {0xFF10 + digit: str(digit) for digit in range(10)} | {ord("．"): "."}
    return numeral.translate(wide).replace(",", "").replace("，", "")


def _tail(printed: str) -> str:
    tail = _NUMERAL.split(printed)[-1]
    return re.sub(r"左右|以上|有余|上下|余|多", "", tail).strip()


def _head(printed: str) -> str:
    head = _NUMERAL.split(printed)[0]
    return "每" + head.partition("每")[2] if "每" in head else ""


def _sum(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one + other
