"""The rows and cells of a CSV text, with their places in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.structure.lines import BLANK
from kg.records import Span

DELIMITERS = (",", "\t", ";", "，")


class BrokenTableError(ValueError):
    """What is wrong with a table, to be said after the file's name."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its *number* as a spreadsheet counts, from 1; quotes are no part of a cell."""

    number: int
    span: Span
    cells: tuple[Span, ...]


def split_rows(text: str, delimiter: str) -> Iterator[Row]:
    """The rows of *text* that are not blank. Cells come without outer white space and quotes.

    :raises BrokenTableError: for a quote that is not closed, or text behind a closing quote.
    """
    sign = re.escape(delimiter)
    quoted = re.compile(r'[ \u3000]*"(?P<cell>(?:[^"]|"")*)"[ \u3000]*')
    bare = re.compile(rf"[^{sign}\r\n]*")
    end = re.compile(r"\r\n|\r|\n|\Z")
    place, number = 0, 0
    while place < len(text):
        number += 1
        start = place
        cells: list[Span] = []
        while True:
            if found := quoted.match(text, place):
                cells.append(Span(*found.span("cell")))
            else:
                found = bare.match(text, place)
                cells.append(_trimmed(text, Span(*found.span())) if found else Span(place, place))
                if cells[-1].of(text).startswith('"'):
                    raise BrokenTableError(f"row {number}: a quote is not closed")
            place = found.end() if found else place
            if not text.startswith(delimiter, place):
                break
            place += len(delimiter)
        stop = end.match(text, place)
        if stop is None:
            raise BrokenTableError(f"row {number}: there is text behind a closing quote")
        if any(cell.start < cell.end for cell in cells):
            yield Row(number, _trimmed(text, Span(start, place)), tuple(cells))
        place = stop.end() or len(text)
        if stop.start() == stop.end():
            return


def _trimmed(text: str, span: Span) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip(BLANK))
    return Span(start, max(start, span.start + len(words.rstrip(BLANK))))
