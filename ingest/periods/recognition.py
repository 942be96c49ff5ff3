"""Time expressions of a text, with the days that they stand for."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from ingest.numerals import fold
from ingest.periods.patterns import TIME, read
from ingest.periods.resolution import resolve
from ingest.periods.stretches import Context, Stretch, same_day, whole_number, year_before
from kg.records import Period, Span

_AS_OF = re.compile(r"截[至止](?:到|至)? ?\Z")
_SINCE = re.compile(r"[自从]\Z")
_JOIN = re.compile(r" ?起?(?:至|到|—|-|~) ?")
_AFTER_AS_OF = re.compile(
    r" ?(?:止(?:年度|的?(?P<to_months>三|六|九|十二|3|6|9|12)个?月)?|的?[当全一该]周|当[日月季年]"
    r"|的?(?P<months>三|六|九|十二|3|6|9|12)个月|的?(?:一年|财年|年度))"
)
_THAT_WEEK = re.compile(r"(?P<months>)(?P<to_months>)当周")
_UNTIL_NOW = re.compile(r"(?:以来|至今|迄今)")
_FROM = re.compile(r"(?:起(?![步诉草飞点伏源家码售跌涨])|开始)(?:每[日天周月季年]度?)?")


class _Found(NamedTuple):
    start: int
    end: int
    stretch: Stretch


def find_periods(text: str, *, reference: date | None = None) -> list[Period]:
    """The time expressions of *text*, by start, not overlapping, spans as written.

    Relative ones (上季度, 年初至今, a month without a year) are resolved against
    *reference*, the document's date, and what the text before them names; without either
    they keep their kind and have no days.  Linear in the length of *text*; raises nothing.
    """
    folded = fold(text)
    joined: list[_Found] = []
    for point in _points(folded, reference):
        whole = _join(folded, joined[-1], point) if joined else None
        if whole:
            joined[-1] = whole
        else:
            joined.append(point)
    found: list[_Found] = []
    for point in joined:
        if not found or point.start >= found[-1].end:  # 当周 of 截至…当周 is taken
            found.append(_extend(folded, point, reference))
    return [
        Period(
            span=Span(start, end),
            text=text[start:end],
            kind=stretch.kind,
            begin=stretch.begin,
            end=stretch.end,
        )
        for start, end, stretch in found
    ]


def _points(folded: str, reference: date | None) -> list[_Found]:
    context = Context(reference=reference)
    points: list[_Found] = []
    position = 0
    for match in TIME.finditer(folded):
        start, end = match.span()
        between = folded[position:start]
        if "\n" in between:
            context = Context(reference=reference)
        elif "。" in between:
            context = replace(context, sentence_year=None)
        form = match.lastgroup or ""
        parts = read(form, folded, start)
        previous = points[-1] if points else None
        if form == "weekday" and previous and between in ("", "(", "（"):
            stretch = previous.stretch  # 10月30日周一 is one day
        else:
            stretch = resolve(form, parts, context)
        if not _UNTIL_NOW.match(folded, end):
            context = context.beyond(parts, stretch)
        points.append(_Found(start, end, stretch))
        position = end
    return points


def _join(folded: str, first: _Found, second: _Found) -> _Found | None:
    """Two points with a dash or 至 between them are one range."""
    dash = _JOIN.fullmatch(folded, first.end, second.start)
    if dash is None or "relative" in (first.stretch.kind, second.stretch.kind):
        return None
    begin, end = first.stretch.begin, second.stretch.end
    if begin and end and begin > end:
        begin = begin.replace(year=begin.year - 1) if (begin.month, begin.day) != (2, 29) else None
    return _Found(first.start, second.end, Stretch("range", begin, end))


def _extend(folded: str, point: _Found, reference: date | None) -> _Found:
    """The point with 截至, 自…起 and 以来 around it."""
    start, end, stretch = point
    before = max(0, start - 4)
    as_of = _AS_OF.search(folded, before, start)
    if as_of:
        after = _AFTER_AS_OF.match(folded, end)
        if after is None:
            return _Found(as_of.start(), end, stretch)
        return _Found(as_of.start(), after.end(), _closing(after, stretch))
    if week := _THAT_WEEK.match(folded, end):
        if stretch.kind == "day":
            return _Found(start, week.end(), _closing(week, stretch))
        if stretch.kind == "range":  # 8月17日至21日当周
            return _Found(start, week.end(), Stretch("week", stretch.begin, stretch.end))
    until_now = _UNTIL_NOW.match(folded, end)
    since = _SINCE.search(folded, before, start)
    if until_now:
        opened = since.start() if since else start
        begin = stretch.begin
        if begin and reference and begin > reference:  # the nearest April may be the next one
            begin = year_before(stretch).begin
        return _Found(opened, until_now.end(), Stretch("to_date", begin, reference))
    after = _FROM.match(folded, end) if since else None
    if since and after:
        return _Found(since.start(), after.end(), Stretch("range", stretch.begin, None))
    return point


def _closing(words: re.Match[str], stretch: Stretch) -> Stretch:
    """The week, months or year that closes on a day."""
    day, written = stretch.end, words.group()
    if day is None:
        return Stretch("week" if "周" in written else "to_date")
    if "周" in written:
        return Stretch("week", day - timedelta(days=6), day)
    count = words["months"] or words["to_months"] or ("12" if "年" in written else None)
    if count is None:
        return Stretch("to_date", None, day)
    if (day + timedelta(days=1)).day == 1:
        return Stretch("range", same_day(day, 1 - whole_number(count)).replace(day=1), day)
    return Stretch("range", same_day(day, -whole_number(count)) + timedelta(days=1), day)
