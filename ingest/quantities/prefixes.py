"""What stands before a numeral and belongs to it: 不低于, 约, 每瓶, HK$, a sign."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple, TypeAlias

from ingest.quantities.currencies import CURRENCY_MARKS
from ingest.quantities.units import match_per, per_words

Hedge: TypeAlias = Literal["at_least", "at_most", "about"]

_AT_LEAST = r"不得?(?:低于|少于|小于)|至少|最少|起码|≥"
_AT_MOST = r"不得?(?:超过|高于|多于|大于)|不得逾|不超|至多|最多|≤"
_ABOUT = (
    r"(?<![合条契签预纽节公制特隐解毁])(?:大约|约)[为合有占达在需]?|大概|(?:将|接)近"
    r"|(?<![最附逼临靠贴邻亲])近|(?<![不反赶])超过?了?|逾|几乎|差不多|不足|不到"
)
_HEDGE = rf"(?:(?P<at_least>{_AT_LEAST})|(?P<at_most>{_AT_MOST})|(?P<about>{_ABOUT})) ?"
_PER = rf"每(?P<per>{'|'.join(map(re.escape, per_words()))}) ?"
_MARK = "|".join(re.escape(mark) for mark in sorted(CURRENCY_MARKS, key=len, reverse=True))
_NAMED = r"(?:(?P<named>港币|港元|新台币|台币|人民币|日元|美元|[澳加新]币) ?(?=[$¥]))?"
_NAMES = {"港": "HKD", "新台": "TWD", "台": "TWD", "人民": "CNY", "日": "JPY", "美": "USD"} | {
    "澳": "AUD",
    "加": "CAD",
    "新": "SGD",
}
"""港币$39: the word before the sign tells which dollar."""
_PREFIX = re.compile(
    rf"(?:{_HEDGE})?(?:{_PER})?(?:{_HEDGE.replace('?P<', '?P<late_')})?"
    rf"(?P<early_sign>[+-])?{_NAMED}(?P<mark>(?<![A-Za-z])(?:{_MARK}))? ?(?P<sign>[+±-]|负|零下)?\Z"
)
_WINDOW = 18
_LAST_CHARACTERS = frozenset("于少过高多大小约近逾超到足乎概码为合有占达在需了下≥≤+-±负") | {
    word[-1] for word in (*per_words(), *CURRENCY_MARKS)
}


def _currency(named: str | None, mark: str | None) -> str | None:
    if named is not None:
        return _NAMES[named[:-1]]
    return CURRENCY_MARKS[mark] if mark else None


class Prefix(NamedTuple):
    """A read prefix; an empty one opens where the numeral does."""

    start: int
    hedge: Hedge | None = None
    per: str | None = None  # the unit of 每瓶 in English
    per_end: int = 0  # where what follows 每瓶 begins
    mark: str | None = None  # the currency of HK$
    sign: int = 0  # -1, 0 (none printed), 1, or 2 for ±


def read_prefix(text: str, start: int, floor: int) -> Prefix:
    """The prefix that ends at *start* and reaches back to *floor* at most."""
    before = start - 1
    if before >= floor and text[before] == " ":
        before -= 1
    if before < floor or text[before] not in _LAST_CHARACTERS:
        return Prefix(start)
    match = _PREFIX.search(text, max(floor, start - _WINDOW), start)
    if match is None or match.start() == start:
        return Prefix(start)
    opening, groups = match.start(), match.groupdict()
    printed = groups["early_sign"] or groups["sign"]
    if text[opening] in "+-" and text[max(0, opening - 1)] in "0123456789%-" and opening:
        return Prefix(start)  # a hyphen: 400-820
    hedges: tuple[Hedge, ...] = ("at_least", "at_most", "about")
    found = match_per(groups["per"], 0) if groups["per"] else None
    while text[opening] == " ":
        opening += 1
    return Prefix(
        opening,
        next((h for h in hedges if groups[h] or groups["late_" + h]), None),
        found[0] if found else None,
        match.end("per"),
        _currency(groups["named"], groups["mark"]),
        {None: 0, "+": 1, "±": 2}.get(printed, -1),
    )
