"""Quantities that are words: 翻一番, 腰斩, 过半."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from ingest.numerals import read_numeral

WORD = (
    r"翻了?(?:一倍|[一两二三四]?番|倍)|腰斩|(?<![“‘「])百分百|半成(?!品)"
    r"|(?:超?过|超|逾|将?近|接近|不足|不到|大约|约)?(?:一半|半数(?![据字码量]))(?:以上)?"
    r"|(?:超?过|逾|超|将?近|接近)半(?![年导月天小个夜路世分百米吨斤亩里块瓶杯尺寸桶箱层身]|公[里斤尺顷分])"
)
"""Expressions that hold their number and their unit, percent, in one."""

_FIXED = {"腰斩": -50, "百分百": 100, "半成": 5}
_PREFIXED = re.compile(r"过|近|逾|超|将近|接近|不足|不到|大?约")


class Word(NamedTuple):
    """What a word is worth, in percent."""

    value: Decimal
    approximate: bool


def read_word(word: str) -> Word:
    """The meaning of an expression that `WORD` matches."""
    if word.startswith("翻"):
        times = word.removeprefix("翻").removeprefix("了")
        doublings = 1 if times in ("倍", "一倍", "番") else int(read_numeral(times[0]) or 1)
        return Word(Decimal(2**doublings * 100 - 100), approximate=False)
    if word in _FIXED:
        return Word(Decimal(_FIXED[word]), approximate=False)
    return Word(Decimal(50), approximate=bool(_PREFIXED.match(word)) or word.endswith("以上"))
