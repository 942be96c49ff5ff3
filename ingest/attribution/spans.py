"""The quantities and periods of a document, sentence by sentence, at their offsets."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TypeVar

from ingest.attribution.frames import LENGTHS
from ingest.periods import find_periods
from ingest.quantities import find_quantities
from ingest.quantities.cells import read_cell, unit_of_header
from ingest.records import Recognition
from ingest.structure import cell_spans
from kg.records import Document, Period, Quantity, Sentence, Span

# 20年平均水平, 五年新高: the time is part of the statistic's name, like a tenor.
_OF_STATISTIC = re.compile(
    "以?来?内?的?(?:历史)?(?:移动)?(?:平均|均值|均线|中位数|新高|新低|高点|低点|最高|最低|高位|低位|分位)"
)

Moved = TypeVar("Moved", Quantity, Period)


def quantities_of(document: Document, recognition: Recognition) -> list[list[Quantity]]:
    """The quantities of each sentence of *document*; nothing inside a name is one.

    The cells of a text table are read one by one, with the units of its header.
    """
    names = [m.span for m in recognition.mentions if m.how == "name"]
    return [
        _of_row(document, sentence)
        if sentence.kind == "table"
        else _of_sentence(document, sentence, names)
        for sentence in document.sentences
    ]


def periods_of(document: Document) -> list[list[Period]]:
    """The time expressions of each sentence of *document*, resolved against its date."""
    published = document.metadata.published
    return [
        [
            _moved(period, sentence.span.start)
            for period in find_periods(sentence.span.of(document.text), reference=published)
        ]
        for sentence in document.sentences
    ]


def _of_sentence(document: Document, sentence: Sentence, names: list[Span]) -> list[Quantity]:
    start = sentence.span.start
    inside = [
        Span(name.start - start, name.end - start) for name in names if sentence.span.contains(name)
    ]
    text = sentence.span.of(document.text)
    return [
        _moved(quantity, start)
        for quantity in find_quantities(text, names=inside)
        if quantity.unit not in LENGTHS or not _OF_STATISTIC.match(text, quantity.span.end)
    ]


def _of_row(document: Document, sentence: Sentence) -> list[Quantity]:
    text, header = document.text, sentence.table
    if header is None or header == sentence.span:
        return [] if header else _cells(text, sentence.span, ())
    return _cells(text, sentence.span, cell_spans(text, header))


def _cells(text: str, row: Span, header: tuple[Span, ...]) -> list[Quantity]:
    cells = cell_spans(text, row)
    own = unit_of_header(cells[0].of(text)) if cells else None
    found = []
    for column, cell in enumerate(cells[1:], start=1):
        hint = own
        if len(header) == len(cells):
            hint = unit_of_header(header[column].of(text)) or own
        if (quantity := read_cell(cell.of(text), hint=hint)) is not None:
            found.append(_moved(quantity, cell.start))
    return found


def _moved(record: Moved, by: int) -> Moved:
    """*record* with its span counted from the start of the stored text."""
    return replace(record, span=Span(record.span.start + by, record.span.end + by))
