"""Tables that are set as text: rows, the header row, captions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.structure.byline import is_byline
from ingest.structure.furniture import is_of_page
from ingest.structure.lines import (
    RawLine,
    bullet_length,
    cell_spans,
    ends_sentence,
    has_wide_gap,
    has_words,
    is_prose,
)
from kg.records import Span

_NUMERIC = re.compile(r"[^\w(（]{0,3}(?:约|近|逾|超)?[(（]?[+\-−–±]?\s?[¥￥$€£]?[\d０-９]")
_YEAR_OR_PERIOD = re.compile(r"(?:19|20)\d\d(?!\d|[.,，]\d)|[\dQHq]{1,4}[月季年日]")
_LABELLED = re.compile(r"\S{1,12}?[:：]")
_CAPTION = re.compile(
    r"(?:图?表|图|附表)\s*[\d一二三四五六七八九十]{1,3}\s*[:：.、\s]"
    r"|(?:数据|资料|图表|信息)?来源\s*[:：]|(?:备?注|说明|单位)\s*[:：]"
)
_TITLE = re.compile(r"[表（(]|一览|统计|情况|表现|对比|单位|[:：]$")
_MAX_CELL = 40
_MAX_TITLE = 40


@dataclass(frozen=True, slots=True)
class Table:
    """One table: indices of its lines, those of rules between rows included."""

    rows: range
    header: int | None
    captions: tuple[int, ...]  # lines of the same block that name it or its sources


def find_tables(lines: Sequence[RawLine]) -> list[Table]:
    """Find runs of lines that share columns and hold numbers, or are three or more.

    A run is of one block, or of lines that stand each in a block of its own.
    """
    tables = []
    start = 0
    while start < len(lines):
        stop = start
        while stop < len(lines) and _adjoins(lines, start, stop) and _is_row(lines[stop]):
            stop += 1
        rows = range(start - _is_narrow_header(lines, start, stop), stop)
        if len(rows) >= 2 and (table := _as_table(lines, rows)):
            tables.append(table)
        start = max(stop, start + 1)
    return tables


def is_caption(text: str) -> bool:
    """Whether a line opens as a table's title or its line of sources does."""
    return _CAPTION.match(text) is not None


def cells(text: str) -> list[str]:
    """The cells of one row, without the blanks around them."""
    return [cell.of(text) for cell in cell_spans(text, Span(0, len(text)))]


def _adjoins(lines: Sequence[RawLine], start: int, index: int) -> bool:
    if lines[index].block == lines[start].block:
        return True
    return _is_alone(lines, index) and _is_alone(lines, index - 1)


def _is_alone(lines: Sequence[RawLine], index: int) -> bool:
    block = lines[index].block
    return not any(
        0 <= other < len(lines) and lines[other].block == block for other in (index - 1, index + 1)
    )


def _is_row(line: RawLine) -> bool:
    if is_prose(line.text) or bullet_length(line.text):
        return False
    if not has_words(line.text):
        return "|" in line.text  # the rule below a Markdown header
    # a byline (作者：…　时间：…) has columns too
    if is_of_page(line.text) or is_byline(line.text):
        return False
    columns = cells(line.text)
    if not has_wide_gap(line.text) and _numbers(columns) < 2:
        return False
    return (
        len(columns) >= 2
        and all(len(cell) <= _MAX_CELL for cell in columns)
        and not (_LABELLED.match(columns[0]) and _LABELLED.match(columns[1]))
    )


def _is_narrow_header(lines: Sequence[RawLine], start: int, stop: int) -> bool:
    """Whether the line above the rows heads columns that single spaces divide."""
    if start in (0, stop) or lines[start - 1].block != lines[start].block:
        return False
    above, row = lines[start - 1].text, lines[start].text
    return (
        not has_wide_gap(row) and not is_prose(above) and len(cells(above)) == len(cells(row)) > 2
    )


def _numbers(columns: Sequence[str]) -> int:
    return sum(_NUMERIC.match(cell) is not None for cell in columns[1:])


def _as_table(lines: Sequence[RawLine], rows: range) -> Table | None:
    grid = {row: cells(lines[row].text) for row in rows if has_words(lines[row].text)}
    if len(grid) < 2:
        return None
    widths = [len(columns) for columns in grid.values()]
    usual = max(set(widths), key=widths.count)
    if sum(abs(width - usual) <= 1 for width in widths) * 4 < len(widths) * 3:
        return None
    numbers = {row: _numbers(columns) for row, columns in grid.items()}
    first, *others = grid
    periods = sum(_YEAR_OR_PERIOD.match(cell) is not None for cell in grid[first][1:])
    data = [numbers[row] for row in others]
    has_header = (
        not has_words(lines[rows[1]].text)  # the rule below a Markdown header
        or numbers[first] == periods
        or numbers[first] * 2 <= min(data)  # 24小时涨跌 is a name, not a number
    )
    if not has_header:
        data.append(numbers[first])
    if sum(count > 0 for count in data) * 2 < len(data) and (usual < 3 or len(grid) < 3):
        return None
    return Table(rows, first if has_header else None, _captions(lines, rows))


def _captions(lines: Sequence[RawLine], rows: range) -> tuple[int, ...]:
    """The lines that name a table or its sources: of its block, or next to it in their own."""
    block = lines[rows.start].block
    found = []
    above = rows.start - 1
    if above >= 0:
        own = lines[above].block == block and not ends_sentence(lines[above].text)
        if own or _names_table_below(lines, above):
            found.append(above)
    below = rows.stop
    if below < len(lines) and _is_alone(lines, below) and is_caption(lines[below].text):
        return (*found, below)
    for index in range(below, len(lines)):
        if lines[index].block != block or not is_caption(lines[index].text):
            break
        found.append(index)
    return tuple(found)


def _names_table_below(lines: Sequence[RawLine], index: int) -> bool:
    """Whether a line in a block of its own, as Markdown sets it, is the title of a table."""
    text = lines[index].text
    return (
        _is_alone(lines, index)
        and len(text) <= _MAX_TITLE
        and not text.startswith("#")
        and not is_prose(text)
        and _TITLE.search(text) is not None
    )
