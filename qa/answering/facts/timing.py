"""Whether a figure holds for the time that a question asks about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from kg.records import Figure, Period
from qa.answering.text import fold
from qa.answering.view import Fact

# Amounts over a stretch of time: a quarter's is no year's.
_OVER_TIME: Final = frozenset(
    {
        "profit",
        "revenue",
        "growth_yoy",
        "growth_qoq",
        "volume",
        "flow",
        "count",
        "margin",
        "rate_change",
        "forecast",
        "investment",
    }
)
_RETURNS: Final = frozenset({"price_change", "relative_return"})
_GRAINS: Final = frozenset({"month", "quarter", "half", "year", "fiscal_year"})
_LONG: Final = 200  # days: half a year and more
_OCCASION: Final = re.compile(r"假期?|长假|节|黄金周|大会|博览会")
_ON_WEEK: Final = re.compile(r"[较比](?:上|前)一?周")
_WEEKLY: Final = re.compile(r"[本全一]?周[涨跌]")  # a table's column
_QUARTER: Final = re.compile(r"(?<!\d)第?([一二三四1-4])季度?")
_YEARS: Final = frozenset({"year", "fiscal_year"})
_OF_QUARTER: Final = re.compile(r"第?([一二三四1-4])财?季")
_STALE: Final = 62  # days: what is older is named by its date


def period_fit(fact: Fact, wanted: Sequence[Period]) -> float:
    """1 the same, 0 nothing known against it, -1 another one."""
    if not wanted:
        return 0.0
    return max(_relation(fact.figure, fact, period) for period in wanted)


def _relation(figure: Figure, fact: Fact, wanted: Period) -> float:
    words = fold(wanted.text)
    if figure.period and _same_words(fold(figure.period), words):
        return 1.0
    if wanted.kind == "week" and _WEEKLY.search(fact.column or "") and wanted.text[0] in "本这当全":
        return 1.0
    if figure.period is None:
        if _stands(words, fact.whole + fact.setting):
            return 0.3
        if figure.metric in _RETURNS and not _basis_of(fact, wanted) and _bounded(wanted):
            return -1.0 if not _stands(words, _block(fact)) else -0.2
        return -1.0 if _far(wanted, fact.view.published) else -0.2
    if _basis_of(fact, wanted):
        return 0.5
    if _stands(words, fact.near.split("|")[0]):
        return 0.8
    if figure.period and words.startswith(fold(figure.period)) and figure.metric in _OVER_TIME:
        return -1.0
    quarters = _OF_QUARTER.search(figure.period), _OF_QUARTER.search(words)
    if quarters[0] and quarters[1] and quarters[0][1] != quarters[1][1]:
        return -1.0
    if wanted.kind in _YEARS and figure.metric in _OVER_TIME and _OF_QUARTER.search(figure.period):
        return -1.0
    if _years(words) and _years(figure.period) and not _years(words) & _years(figure.period):
        return -1.0
    begin, end = figure.period_begin, figure.period_end
    relative = re.match(r"(?:[上去](?!半)|前(?![三两半几]))\D*$", figure.period)
    if relative and not re.match(r"[上去前]", wanted.text):
        # 上月 may be the month before that of the sentence, which is none after the document's.
        if end and wanted.begin and end < wanted.begin:
            return -1.0
        return -1.0 if figure.metric in _OVER_TIME and _of_another_length(figure, wanted) else 0.0
    if begin and end and wanted.begin and wanted.end:
        if (begin, end) == (wanted.begin, wanted.end):
            return 1.0
        if end < wanted.begin or wanted.end < begin:
            return -1.0
        days = (end - begin).days + 1
        asked = (wanted.end - wanted.begin).days + 1
        if figure.metric in _RETURNS:
            if begin == wanted.begin and end == fact.view.published:
                return 0.8  # 今年 of a return from the year's start to the document's day
            return 0.5 if max(days, asked) <= 2 * min(days, asked) else -1.0
        if figure.metric in _OVER_TIME and wanted.kind in _GRAINS:
            if _of_another_length(figure, wanted) and min(days, asked) > 7:
                return -1.0
            if asked > _LONG and days <= 7:
                return 0.0
        return 0.5
    if _stands(words, fact.whole + fact.setting):
        return 0.2
    return -1.0 if _OCCASION.search(words) and figure.period is not None else -0.3


def _same_words(one: str, other: str) -> bool:
    """Whether both words name a time alike: 一季, 一季度 and 第一季度."""
    return _QUARTER.sub(r"第\1季度", one) == _QUARTER.sub(r"第\1季度", other)


def _of_another_length(figure: Figure, wanted: Period) -> bool:
    """Whether one period is half as long again as the other, or more."""
    if not (figure.period_begin and figure.period_end and wanted.begin and wanted.end):
        return False
    days = (figure.period_end - figure.period_begin).days + 1
    asked = (wanted.end - wanted.begin).days + 1
    return max(days, asked) > 1.5 * min(days, asked)


def _bounded(wanted: Period) -> bool:
    """Whether a move over *wanted* is another than that of a day: 全周, 年内, 3月."""
    return wanted.kind in ("week", "month", "quarter", "half", "year", "to_date")


def _basis_of(fact: Fact, wanted: Period) -> bool:
    """Whether a move is measured over *wanted*: 较上周下跌 of 本周."""
    moves = fact.figure.metric in _RETURNS or fact.figure.metric.startswith("growth")
    return (
        moves
        and wanted.kind == "week"
        and wanted.text[0] in "本这"
        and bool(_ON_WEEK.search(fact.near))
    )


def _block(fact: Fact) -> str:
    return fact.view.block_text[fact.view.sentences[fact.figure.sentence].block]


def _years(text: str) -> set[str]:
    return set(re.findall(r"20\d\d", text))


def _far(wanted: Period, published: date | None) -> bool:
    """Whether a period is none that a document of that day speaks of without saying so."""
    if published is None or wanted.begin is None or wanted.end is None:
        return False
    return wanted.begin > published or (published - wanted.end).days > _STALE


def _stands(words: str, text: str) -> bool:
    """Whether *words* stand in *text*, no digit cut: 1月 not in 11月."""
    return bool(re.search(rf"(?<!\d){re.escape(words)}", text))


def is_origin(fact: Fact) -> bool:
    """Whether the figure is where a change came from: 由3.0%降至2.9%, 较上月的1.9%."""
    text, start = fact.view.text, fact.figure.span.start
    return bool(
        re.search(
            r"(由|从|较|比|自)[^,，;；。]{0,12}(?<![至到])$", text[max(0, start - 14) : start]
        )
    )
