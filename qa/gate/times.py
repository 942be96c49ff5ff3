"""Whether a claim is of the time that its source tells of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from kg.records import Period

_FILLER = re.compile(
    r"[的度份在于自从至起截止内期间当全该本这一\s,，]|以来|为止|年内|刚刚|过去|假期|期间"
)
_TO_DATE = re.compile("年初至今|今年以来|年初以来|年内|今年|年迄今|本年")
_THAT_DAY = re.compile("当日|当天|今日|今天|全天|日内|周[一二三四五六日]|星期[一二三四五六日天]")
_SAME = re.compile(
    "同期|同月|同季度?|同日|当季|当月|当年|该季度?|该月|该年|同年|同一[^，]{1,3}|当周|当日|当天"
)


def agree(claimed: Period, stated: Iterable[Period]) -> bool:
    """Whether one of *stated* is the time that *claimed* names.

    A bare 同期 counts only where nothing else is stated.
    """
    stated = list(stated)
    solid = [p for p in stated if not _SAME.fullmatch(p.text)] or stated
    if any(_same(claimed, other) for other in solid):
        return True
    return len(solid) < len(stated) and holds(claimed, solid)


def points(period: Period) -> bool:
    """Whether *period* only points at a time told elsewhere: 当周, 同期."""
    return _SAME.fullmatch(period.text) is not None


def holds(claimed: Period, stated: Iterable[Period]) -> bool:
    """Whether one of *stated* lies in the time that *claimed* names."""
    return any(_holds(claimed, other) for other in stated)


def _holds(claimed: Period, day: Period) -> bool:
    """Whether *claimed* is the month or year of *day*, which a bare 当月 beside it takes up."""
    return (
        _days(claimed)
        and _days(day)
        and (claimed.begin or date.max) <= (day.begin or date.min)
        and (day.end or date.max) <= (claimed.end or date.min)
    )


def _same(claimed: Period, stated: Period) -> bool:
    a, b = _plain(claimed.text), _plain(stated.text)
    if a == b:
        return True
    if _SAME.fullmatch(claimed.text) or (_SAME.fullmatch(stated.text) and not _days(stated)):
        return True  # it points at words that the gate does not see
    if _TO_DATE.fullmatch(claimed.text) and _TO_DATE.fullmatch(stated.text):
        return True
    if _days(claimed) and _days(stated):
        if (claimed.begin, claimed.end) == (stated.begin, stated.end):
            return True
        if claimed.kind == stated.kind == "to_date":
            return claimed.begin == stated.begin
        return _leaves_out(a, b)
    if not _days(claimed):
        a = _THAT_YEAR.sub("", a)  # 去年第四季度, where nothing tells which year it is
    return _leaves_out(a, b) or _leaves_out(b, a)


def _leaves_out(short: str, long: str) -> bool:
    """Whether *short* is *long* without its beginning: 4季 of 2025年4季."""
    before = long[: len(long) - len(short)][-1:]
    cut = before.isdigit() and short[:1].isdigit()
    return bool(short) and long.endswith(short) and not cut


def covers(claimed: Period, day: date | None) -> bool:
    """Whether the time of *claimed* holds the document's own day."""
    if claimed.begin is None or claimed.end is None:
        return claimed.kind == "relative" or _THAT_DAY.search(claimed.text) is not None
    return day is not None and claimed.begin <= day <= claimed.end and claimed.kind != "to_date"


def _days(period: Period) -> bool:
    return period.begin is not None or period.end is not None


def _plain(text: str) -> str:
    """The time's words without what may be left out: 2025年第四季度 as 2025年4季."""
    words = _YEAR_AGO.sub("上年同期", text)
    words = _FILLER.sub("", words.replace("财季", "季").replace("季度", "季"))
    return words.translate(_DIGITS).replace("第", "").replace("去年", "上年")


_THAT_YEAR = re.compile("^(?:上年|今年|本年|前年)(?!同期)")
_YEAR_AGO = re.compile("一年前|去年同期|上年同期|去年同月|上年同月")
_DIGITS = str.maketrans("一二三四五六七八九", "123456789")
