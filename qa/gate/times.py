"""Whether a claim is of the time that its source tells of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from kg.records import Period

_FILLER = re.compile(r"[的度份在于自从至起截止内期间当全该本这一\s,，]|以来|为止|年内|刚刚|过去")
_TO_DATE = re.compile("年初至今|今年以来|年初以来|年内|今年|年迄今|本年")
_THAT_DAY = re.compile("当日|当天|今日|今天|全天|日内|周[一二三四五六日]|星期[一二三四五六日天]")
_SAME = re.compile("同期|同月|同季|同日|当季|当月|当年|该季|该月|该年|同年|同一|当周|全周")


def agree(claimed: Period, stated: Iterable[Period]) -> bool:
    """Whether one of *stated* is the time that *claimed* names."""
    return any(_same(claimed, other) for other in stated)


def _same(one: Period, other: Period) -> bool:
    a, b = _plain(one.text), _plain(other.text)
    if a == b:
        return True
    if _days(one) and _days(other):
        if (one.begin, one.end) == (other.begin, other.end):
            return True
        if one.kind == other.kind == "to_date" or (
            _TO_DATE.search(one.text) and _TO_DATE.search(other.text)
        ):
            return one.begin == other.begin or one.begin is None or other.begin is None
        return _tail(a, b) and one.kind == other.kind
    if _TO_DATE.fullmatch(one.text) and _TO_DATE.fullmatch(other.text):
        return True
    if _SAME.search(one.text) or _SAME.search(other.text):
        return True
    return _tail(a, b)


def _tail(a: str, b: str) -> bool:
    """Whether one leaves out the beginning of the other: 第四季 of 2025年第四季."""
    short, long = sorted((a, b), key=len)
    return (
        bool(short)
        and long.endswith(short)
        and not re.match(r"\d", long[-len(short) - 1 :][:1] + "x")
    )


def covers(claimed: Period, day: date | None) -> bool:
    """Whether the time of *claimed* holds the document's own day."""
    if claimed.begin is None or claimed.end is None:
        return claimed.kind == "relative" or _THAT_DAY.search(claimed.text) is not None
    return day is not None and claimed.begin <= day <= claimed.end and claimed.kind != "to_date"


def _days(period: Period) -> bool:
    return period.begin is not None or period.end is not None


def _plain(text: str) -> str:
    """The time's words without what may be left out: 2025年第四季度 as 2025年第4季."""
    words = _FILLER.sub("", text)
    return (
        words.translate(str.maketrans("一二三四五六七八九", "123456789"))
        .replace("第", "")
        .replace("去年同", "上年同")
    )
