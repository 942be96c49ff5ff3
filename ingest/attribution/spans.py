"""The quantities and periods of a document, sentence by sentence, at their offsets."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from typing import TypeVar

from ingest.attribution.frames import LENGTHS
from ingest.attribution.runs import cuts_run
from ingest.periods import find_periods
from ingest.quantities import find_quantities
from ingest.quantities.cells import read_cell, unit_of_header
from ingest.records import Recognition
from ingest.structure import cell_spans
from kg.records import Document, Period, Quantity, Sentence, Span

# 20年平均水平, 五年新高: the time is part of the statistic's name, like a tenor.
_OF_STATISTIC = re.compile(
    "以?来?内?的?(?:历史)?(?:移动)?(?:平均|均值|均线|中位数|新高|新低|高点|低点|最高|最低|高位|低位|分位)"
    "|累?计?(?:涨跌?幅|跌幅|成交[量额]|交易量|爆仓)"  # 24小时跌幅
)
# 隔夜逆回购, 七日年化: the time is part of an instrument's or a statistic's name.
_OF_NAME = re.compile("年化|逆回购|回购|拆借|指数掉期|[Ss][Hh][Ii][Bb][Oo][Rr]|SOFR|利率")
_SIZES = frozenset(("kilocalorie", "inch", "millimetre", "micrometre", "nanometre"))
_SIZED = re.compile("[\u3400-\u9fff](?<![的，。、；）])")  # 12英寸晶圆 is a product
_SHORT = re.compile("隔夜|[七7][日天]")
_SESSION = re.compile(
    r"盘[前后](?=[^，。；]{0,4}[涨跌升降])|\d+个?小时(?=累?计?(?:涨跌?幅|跌幅|成交|交易量|爆仓))|"
    r"(?<![\d一二三四五六七八九十今昨当交易])日内(?!瓦)|全[天日](?!候)|"
    r"(?<![\d一二三四五六七八九十])一周(?=累计?|[上下]?[涨跌]|分别)|[早午夜]盘(?!后|前)|尾盘"
)
_FEW = re.compile("[两二三四五六七八九十](?:家|只|者|国|地|人|大|款|支|方|所|座)")
_OPENS = re.compile("(?:^|[，。；：】\\]）])(?:这|上述|以上|但|而|不过|其中)?$")
_TAKEN_UP = re.compile("[^，。；、\\d]{0,6}?(?:都|均|也|各|则|同时|双双|合计|分别|的)")
_AND_ONE = re.compile("一[升降涨跌增减进出多少快慢]")
_QUOTED_AT = re.compile("(?:[（(][^（）()]{1,4}[)）])?[^，。；\\d]{0,4}[收尾早午][盘市][，,]")
_FROM = frozenset("自从")
_ON = re.compile("起(?!伏|初|步|到|点)")

Moved = TypeVar("Moved", Quantity, Period)


def quantities_of(document: Document, recognition: Recognition) -> list[list[Quantity]]:
    """The quantities of each sentence of *document*; nothing inside a name is one.

    Nor is the number of a plural that takes up what was named: 两家 of 两家公司.

    The cells of a text table are read one by one, with the units of its header.
    """
    text = document.text
    names = [
        m.span
        for m in recognition.mentions
        if m.how == "name" and not cuts_run(text, m.span.start, m.span.end)
    ]
    taken_up = {
        offset
        for m in recognition.mentions
        if m.how == "reference"
        for offset in range(m.span.start, m.span.end)
    }
    return [
        _of_row(document, sentence)
        if sentence.kind == "table"
        else [
            quantity
            for quantity in _of_sentence(document, sentence, names)
            if quantity.span.start not in taken_up
        ]
        for sentence in document.sentences
    ]


def periods_of(document: Document) -> list[list[Period]]:
    """The time expressions of each sentence of *document*, resolved against its date.

    To those of `find_periods` come the parts of a trading day (全天, 夜盘), joined to the
    day that stands before them; 自…起 is kept whole.
    """
    published = document.metadata.published
    found = []
    for sentence in document.sentences:
        text = sentence.span.of(document.text)
        periods = [
            period
            for period in find_periods(text, reference=published)
            if not (_SHORT.fullmatch(period.text) and _OF_NAME.match(text, period.span.end))
        ]
        periods = _with_sessions(text, periods)
        found.append([_moved(period, sentence.span.start) for period in periods])
    return found


def _with_sessions(text: str, periods: list[Period]) -> list[Period]:
    """*periods* of *text* with the sessions of a trading day, by start."""
    taken = {index for p in periods for index in range(p.span.start, p.span.end)}
    by_end = {p.span.end: p for p in periods}
    whole: list[Period] = []
    for found in _SESSION.finditer(text):
        start, end = found.span()
        day = by_end.get(start)
        if start in taken:
            continue
        if day is not None and day.kind == "day":
            whole.append(_widened(day, text, day.span.start, end))
            del by_end[start]
        else:
            span = Span(start, end)
            whole.append(
                Period(span=span, text=span.of(text), kind="relative", begin=None, end=None)
            )
    for period in by_end.values():
        start, end = period.span.start, period.span.end
        if text[start - 1 : start] == "同" and text[start] == "一":
            period = replace(period, kind="relative", begin=None, end=None)  # 同一季度
            start -= 1
        if text.startswith("截至", start) and _QUOTED_AT.match(text, end):
            start += 2  # 截至11月13日（周五）纽约尾盘: prices of that day
        if text[start - 1 : start] in _FROM and start and _ON.match(text, end):
            start, end = start - 1, end + 1
        whole.append(_widened(period, text, start, end))
    return sorted(whole, key=lambda period: period.span.start)


def _widened(period: Period, text: str, start: int, end: int) -> Period:
    return replace(period, span=Span(start, end), text=text[start:end])


def _of_sentence(document: Document, sentence: Sentence, names: list[Span]) -> list[Quantity]:
    start = sentence.span.start
    inside = [
        Span(name.start - start, name.end - start) for name in names if sentence.span.contains(name)
    ]
    begins, ends = {name.start for name in inside}, {name.end for name in inside}
    text = sentence.span.of(document.text)
    return [
        _moved(quantity, start)
        for quantity in find_quantities(text, names=inside)
        if not (quantity.unit in LENGTHS and _OF_STATISTIC.match(text, quantity.span.end))
        and not (quantity.unit in _SIZES and _SIZED.match(text, quantity.span.end))
        and not _refers_back(text, quantity)
        # 普氏62%铁矿石指数: the grade is part of the name
        and not (quantity.span.start in ends and quantity.span.end in begins)
    ]


def _refers_back(text: str, quantity: Quantity) -> bool:
    """Whether a small number takes up parties named before (两家公司均…) or pairs two verbs."""
    words = quantity.text
    if quantity.unit != "count" or not _FEW.fullmatch(words):
        return words[:1] == "一" and _AND_ONE.match(text, quantity.span.end) is not None
    start = quantity.span.start
    opens = _OPENS.search(text, max(start - 3, 0), start) is not None  # a mark and 上述
    return opens and _TAKEN_UP.match(text, quantity.span.end) is not None


def _of_row(document: Document, sentence: Sentence) -> list[Quantity]:
    text, header = document.text, sentence.table
    if header is None or header == sentence.span:
        return [] if header else _cells(document, sentence.span, ())
    return _cells(document, sentence.span, cell_spans(text, header))


def _cells(document: Document, row: Span, header: tuple[Span, ...]) -> list[Quantity]:
    text, cells = document.text, cell_spans(document.text, row)
    own = unit_of_header(cells[0].of(text)) if cells else None
    found = []
    for column, cell in enumerate(cells[1:], start=1):
        hint = own
        if len(header) == len(cells):
            hint = unit_of_header(header[column].of(text)) or own
        value = text[cell.start : _before_mark(document, cell)]
        if (quantity := read_cell(value, hint=hint)) is not None:
            found.append(_moved(quantity, cell.start))
    return found


def _before_mark(document: Document, cell: Span) -> int:
    """Where the value of *cell* ends, a citation mark behind it left out: +22.7%［4］."""
    at = bisect_right(document.marks, cell.start, key=lambda mark: mark.span.start)
    behind = document.marks[at : at + 1]
    return min(cell.end, behind[0].span.start) if behind else cell.end


def _moved(record: Moved, by: int) -> Moved:
    """*record* with its span counted from the start of the stored text."""
    return replace(record, span=Span(record.span.start + by, record.span.end + by))
