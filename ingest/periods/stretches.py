"""Stretches of the calendar, and what the text around an expression tells about them.

What an expression leaves out is taken from the text before it (the year named in the same
sentence or paragraph, the month that 上月 looks back from) and then from the reference
date: a month, quarter or day without a year is the nearest one, the past being twice as
near as the future, since market reports mostly look back.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple, TypeAlias

from ingest.numerals import read_numeral

Parts: TypeAlias = dict[str, str]

_YEARS_AWAY = {"今": 0, "去": -1, "前": -2, "明": 1, "来": 1, "后": 2, "本": 0}
_NAMES_YEAR = {"year", "chinese_year", "short_year", "bare_year", "relative_year", "quarter_year"}
_LOOKS_BACK = {"which", "week", "side", "now"}


class Stretch(NamedTuple):
    """A kind of `Period` and its inclusive days, where they are known."""

    kind: str
    begin: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the text before an expression, and the document's date, tell about it."""

    reference: date | None
    sentence_year: int | None = None  # the year last named in this sentence
    paragraph_year: int | None = None
    focus: Stretch | None = None  # what the paragraph speaks of: the last stretch that was known

    def beyond(self, parts: Parts, stretch: Stretch) -> Context:
        """The context after an expression with *parts* that names *stretch*."""
        if stretch.begin is None or stretch.end is None or "same" in parts:
            return self
        focus = self.focus if _LOOKS_BACK & parts.keys() else stretch
        # A year that was itself inferred does not bind what follows.
        if stretch.begin.year != stretch.end.year or not _NAMES_YEAR & parts.keys():
            return replace(self, focus=focus)
        year = stretch.begin.year
        return replace(self, sentence_year=year, paragraph_year=year, focus=focus)


def year_before(stretch: Stretch) -> Stretch:
    """The same stretch one year earlier."""
    if stretch.begin is None or stretch.end is None:
        return stretch
    last = stretch.end.day == monthrange(stretch.end.year, stretch.end.month)[1]
    begin, end = same_day(stretch.begin, -12), same_day(stretch.end, -12)
    if last:
        end = days_of_month(end.year, end.month)[1]
    return stretch._replace(begin=begin, end=end)


def whole_number(word: str) -> int:
    """The whole number that *word* writes, 0 where it is none."""
    value = read_numeral(word)
    return 0 if value is None else int(value)


def days_of_month(year: int, month: int) -> tuple[date, date]:
    """The first and last day of a month."""
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def days_of_months(year: int, first: int, last: int) -> tuple[date, date]:
    """The days of the months from *first* to *last* of one year."""
    return days_of_month(year, first)[0], days_of_month(year, last)[1]


def same_day(day: date, months: int) -> date:
    """The day of the month that many *months* later, or the month's last."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def full_year(digits: str) -> int:
    """The year that two or four digits write."""
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def stated_year(parts: Parts, context: Context) -> int | None:
    """The year that the expression itself names, where the context tells which it is."""
    for name in ("year", "short_year", "bare_year", "western_year", "quarter_year", "half_year"):
        if name in parts:
            return full_year(parts[name])
    if "chinese_year" in parts:
        return whole_number(parts["chinese_year"])
    word = parts.get("relative_year")
    if word is None:
        return None
    if word[0] in _YEARS_AWAY:
        return None if context.reference is None else context.reference.year + _YEARS_AWAY[word[0]]
    named = context.paragraph_year
    if word[0] in "当同":
        return named
    if named is None:
        named = None if context.reference is None else context.reference.year
    return None if named is None else named + (-1 if word[0] == "上" else 1)


def _nearest(context: Context, first_month: int, last_month: int) -> int | None:
    """The year of the nearest such months to the reference, past counted twice as near."""
    reference = context.reference
    if reference is None:
        return None

    def distance(year: int) -> int:
        begin, end = days_of_months(year, first_month, last_month)
        if begin > reference:
            return 2 * (begin - reference).days
        return max((reference - end).days, 0)

    return min((reference.year + away for away in (-1, 0, 1)), key=distance)


def year_of(
    parts: Parts, context: Context, *, months: tuple[int, int], carried: int | None
) -> int | None:
    """The year of an expression: its own, the one carried over, else the nearest."""
    stated = stated_year(parts, context)
    if stated is not None or any(name.endswith("year") for name in parts):
        return stated
    reference = context.reference
    # 2026年的预期由9月时的1.8%上调: a year to come does not bind the months of the past.
    if carried is None or (reference and carried > reference.year):
        return _nearest(context, *months)
    return carried


def part_of_month(year: int, month: int, part: str | None) -> tuple[date, date]:
    """The days of a part of a month: 初, 上旬, 末, 前两周."""
    begin, end = days_of_month(year, month)
    if part in (None, "中", "全月"):
        return begin, end
    if part.startswith("前"):
        days = whole_number(part[1:-1]) * (7 if part.endswith("周") else 1)
        return begin, begin + timedelta(days=days - 1)
    if part.endswith("半月"):
        middle = begin.replace(day=15)
        return (begin, middle) if part[0] == "上" else (middle + timedelta(days=1), end)
    if part in ("初", "上旬"):
        return begin, begin.replace(day=10)
    if part == "中旬":
        return begin.replace(day=11), begin.replace(day=20)
    return (begin.replace(day=21), end) if part == "下旬" else (end, end)


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def latest(reference: date, weekday: int) -> date:
    """The last such weekday (0 is Monday) up to *reference*."""
    return reference - timedelta(days=(reference.weekday() - weekday) % 7)
