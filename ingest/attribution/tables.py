"""The figures of a text table's row: subject from its first cell, the rest from the header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from ingest.attribution.frames import Frame
from ingest.attribution.inheritance import Memory
from ingest.attribution.measures import is_measure
from ingest.attribution.metrics import read_metric
from ingest.attribution.names import Name
from ingest.attribution.naming import Namer
from ingest.attribution.sentences import Draft
from ingest.attribution.times import Time, names_report, tells_announcement
from ingest.attribution.view import Placed
from ingest.structure import cell_spans
from kg.records import Document, Period, Quantity, Span

_BRACKET = re.compile(r"[（(\[][^（）()\[\]]*[)）\]]")
_OF_WEEK = re.compile("^(?:本|当|全)?周(?:度|涨|跌|环|变|增|成交)")
_AS_OF_DAY = re.compile("^截[至止].*[日号]$")
_GROWTH = re.compile("(?:同比|环比)(?:增速|增长|变动|变化|增减|增幅|涨跌)?|增速|增幅")
_EXPECTED = re.compile("预测|预期|预计|目标|指引|[Ee]$")


def read_row(
    document: Document,
    index: int,
    namer: Namer,
    memory: Memory,
    *,
    quantities: Sequence[Quantity],
    periods: Sequence[Sequence[Period]],
) -> list[Draft]:
    """The figures of the table row that is sentence *index*, of its *quantities*.

    *periods* are those of every sentence.  Where rows are measures and columns
    companies or periods, the row names the metric and *memory* the subject.
    """
    text, sentence = document.text, document.sentences[index]
    cells = cell_spans(text, sentence.span)
    header = cell_spans(text, sentence.table) if sentence.table else ()
    if not cells or sentence.table == sentence.span:
        return []
    title = _BRACKET.sub("", cells[0].of(text)).strip()
    of_measure = is_measure(title)
    subject = memory.topic if of_measure else namer.of_words(title) or Name(title, None, 0)
    caption = _caption_time(document, index, periods) or memory.time
    drafts = []
    for quantity in quantities:
        column = next((i for i, cell in enumerate(cells) if cell.contains(quantity.span)), 0)
        head = header[column] if len(header) == len(cells) else None
        words = _BRACKET.sub("", head.of(text)).strip() if head else ""
        if head and _GROWTH.fullmatch(words):  # 营业收入 | 同比: of what stands to the left
            left = _BRACKET.sub("", header[column - 1].of(text)).strip()
            words = words if column < 2 or _GROWTH.fullmatch(left) else left + words
        name = subject
        if of_measure and words and (owner := namer.of_words(words)) and owner.entity:
            name = owner
        drafts.append(
            _draft(
                quantity,
                name,
                title + words if of_measure else words,
                _time_in(head, document, index, periods) or _of_week(caption, words),
            )
        )
    return drafts


def _draft(quantity: Quantity, name: Name | None, words: str, time: Time | None) -> Draft:
    frame = Frame(
        quantity=Placed(0, 0, quantity),
        clause=0,
        before=words,
        lead_in=words,
        after="",
        part="level",
        compared=False,
        listed=None,
    )
    foreseen = bool(_EXPECTED.search(words))
    return Draft(
        quantity=quantity,
        name=name,
        reading=read_metric(frame, carried=None, foreseen=foreseen),
        modality="forecast" if foreseen else "reported",
        speaker=None,
        negated=False,
        time=time,
    )


def _time_in(
    head: Span | None, document: Document, index: int, periods: Sequence[Sequence[Period]]
) -> Time | None:
    """The period that the column's header names."""
    table = document.sentences[index].table
    if head is None:
        return None
    for sentence, found in zip(document.sentences, periods, strict=True):
        if sentence.span == table:
            inside = [period for period in found if head.contains(period.span)]
            return Time.of(inside[-1]) if inside else None
    return None


def _of_week(caption: Time | None, words: str) -> Time | None:
    """The week that closes on the day of the caption, where the column is of a week."""
    if caption is None or not _OF_WEEK.search(words) or not _AS_OF_DAY.search(caption.text):
        return caption
    begin = caption.end - timedelta(days=6) if caption.end else None
    return Time(f"{caption.text}当周", begin, caption.end, "week")


def _caption_time(
    document: Document, index: int, periods: Sequence[Sequence[Period]]
) -> Time | None:
    """The period that the table's caption names, or the line above the table."""
    table = document.sentences[index].table
    start = table.start if table else document.sentences[index].span.start
    above = [i for i, s in enumerate(document.sentences[:index]) if s.span.end <= start]
    block = document.sentences[index].block
    for i in reversed(above):
        near = document.sentences[i].kind == "caption" or i == above[-1]
        if near and document.sentences[i].block >= block - 2 and periods[i]:
            # 同日披露一季报的公司2026年第一季度数据: theirs is not the day on which they were told.
            own = [
                p
                for p in periods[i]
                if not tells_announcement(document.text, p.span.end)
                and not names_report(document.text, p.span.end)
            ]
            return Time.of((own or periods[i])[0])
    return None
