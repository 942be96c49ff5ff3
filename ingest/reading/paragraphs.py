"""Lines of pages, joined to paragraphs where only the layout broke them.

Of each line its place is known.  A line that fills its column runs on in the next one; one that
ends early ends its paragraph.  A gap wider than between the lines of a paragraph is a blank line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from ingest.structure.lines import MARK, bullet_length, ends_open, ends_sentence

_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[-–—\s·|]*(?:第\s*)?(?P<number>\d{1,4})\s*(?:页|頁)?\s*"
    r"(?:(?:[/／]|of|共|，共|,\s*共)\s*\d{1,4}\s*(?:页|頁)?)?[-–—\s·|]*"
    r"|(?:page|p\.)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?",
    re.IGNORECASE,
)
_HEADING_SIGN = re.compile(
    r"[一二三四五六七八九十]{1,3}\s*[、.．]|第[一二三四五六七八九十\d]{1,3}[章节部]|#"
)
_WORD = re.compile(r"[!-~]+")
# A mark that closes what stands before it; the entry of a list of sources has words behind it.
_CLOSING_MARK = re.compile(
    rf"(?:{MARK.pattern.replace('?P<sources>', '')}\s?)+(?:[。，；、,;.）)”]|$)"
)
_CLAUSE = re.compile(r"[，。；]|(?<!\d)[,;]|[,;](?!\d)")
_BROKEN_NUMBER = re.compile(r"\d\n(?:\d|[.,]\d|%)|\d[.,]\n\d")
_WORD_END = re.compile(r"[A-Za-z0-9.,;:!?)]")
_WORD_START = re.compile(r"[A-Za-z0-9(]")
_EDGE: Final = 0.12  # of a page's height, where headers and footers stand
_SAME_SIZE: Final = 0.15
_INDENT: Final = 1.2  # in units of the font size, as all lengths below
_MARGIN: Final = 1.3  # how far a full line may end before the column does
_WIDER_GAP: Final = 1.25
_NEIGHBOURS: Final = 30
_ALIGNED: Final = 0.4
_LONG_CELL: Final = 30  # characters
_LONG_LINE: Final = 20  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedLine:
    """A line of a page: lengths in points from the page's lower left corner."""

    text: str
    left: float
    right: float
    bottom: float
    size: float
    place: float  # of the page's height, 0 at its foot
    columns: tuple[tuple[float, float], ...] = ()  # left and right of what tabs in *text* divide


def join_lines(pages: Sequence[Sequence[PlacedLine]]) -> str:
    """The text of *pages*, furniture left out; blocks are divided by blank lines."""
    kept = [_with_rows(page) for page in _without_furniture(pages)]
    lines = [line for page in kept for line in page]
    firsts = {id(page[0]) for page in kept if page}
    columns = _columns(lines)
    leading = _leading(lines, firsts, columns)
    within_words = _breaks_words(lines)
    text = ""  # of the paragraphs before the last one
    paragraph = ""
    for index, line in enumerate(lines):
        if index:
            above = lines[index - 1]
            apart = id(line) in firsts
            if not _is_row(above) and _runs_on(
                replace(above, text=paragraph),
                line,
                columns[index - 1],
                leading=leading,
                apart=apart,
            ):
                paragraph += "" if within_words else _glue(above, line)
            else:
                text += paragraph + _break(above, line, leading=leading, apart=apart)
                paragraph = ""
        paragraph += line.text
    return f"{text}{paragraph}\n" if lines else ""


def _break(above: PlacedLine, line: PlacedLine, *, leading: float, apart: bool) -> str:
    wide = _distance(above, line) > leading * _WIDER_GAP
    indented = line.left > above.left + _INDENT * line.size and not _is_row(line)
    return "\n\n" if apart or wide or (indented and ends_sentence(above.text)) else "\n"


def _without_furniture(pages: Sequence[Sequence[PlacedLine]]) -> list[list[PlacedLine]]:
    """The lines of *pages* without page numbers and what several pages have at one place."""
    edges = Counter(
        key for page in pages for key in {_key(line) for line in page if _is_at_edge(line)}
    )
    needed = max(2, len(pages) // 2)
    return [
        [
            line
            for line in page
            if not (_is_at_edge(line) and (edges[_key(line)] >= needed or _is_number(line)))
        ]
        for page in pages
    ]


def _with_rows(page: Sequence[PlacedLine]) -> list[PlacedLine]:
    """*page*, where tabs are left to rows of tables: columns stand one below the other.

    The wide gaps of a justified line do not.
    """

    def is_row(index: int) -> bool:
        near = [n for n in (index - 2, index - 1, index + 1, index + 2) if 0 <= n < len(page)]
        line = page[index]
        if "。" in line.text or max(map(len, line.text.split("\t"))) > _LONG_CELL:
            return False
        return any(_aligned(line, page[n]) for n in near)

    return [
        line
        if not line.columns or is_row(index)
        else replace(line, text=line.text.replace("\t", " "), columns=())
        for index, line in enumerate(page)
    ]


def _aligned(line: PlacedLine, other: PlacedLine) -> bool:
    """Whether all columns of the line that has fewer of them stand in those of the other."""
    fewer, more = sorted((line.columns, other.columns), key=len)

    def stands(column: tuple[float, float]) -> bool:
        return any(
            min(abs(a - b) for a, b in ((left, column[0]), (right, column[1])))
            < _ALIGNED * line.size
            or abs(left + right - sum(column)) < 2 * _ALIGNED * line.size
            for left, right in more
        )

    return len(fewer) > 1 and all(stands(column) for column in fewer[1:])


def _is_at_edge(line: PlacedLine) -> bool:
    return not _EDGE < line.place < 1 - _EDGE


def _is_number(line: PlacedLine) -> bool:
    return _PAGE_NUMBER.fullmatch(line.text) is not None


def _key(line: PlacedLine) -> tuple[str, int]:
    return _DIGITS.sub("0", line.text), round(line.place * 50)


def _columns(lines: Sequence[PlacedLine]) -> list[float]:
    """The right edge of the column in which each line stands."""
    edges = []
    for index, line in enumerate(lines):
        near = lines[max(index - _NEIGHBOURS, 0) : index + _NEIGHBOURS]
        beside = [
            other.right
            for other in near
            if abs(other.left - line.left) <= 4 * line.size and not _is_row(other)
        ]
        edges.append(max(beside, default=line.right))
    return edges


def _leading(lines: Sequence[PlacedLine], firsts: set[int], columns: Sequence[float]) -> float:
    """The distance of a line from the one above it in a paragraph, in font sizes."""

    def distances(*, full: bool) -> Iterator[float]:
        for index, (above, line) in enumerate(pairwise(lines)):
            ends_early = columns[index] - above.right > _MARGIN * above.size
            if id(line) not in firsts and _distance(above, line) > 0 and not (full and ends_early):
                yield round(_distance(above, line), 1)

    found = Counter(distances(full=True)) or Counter(distances(full=False))
    # Of distances that are about as frequent the smaller one is that within paragraphs.
    most = max(found.values(), default=0)
    return min((d for d, times in found.items() if times * 2 >= most), default=1.5)


def _distance(above: PlacedLine, line: PlacedLine) -> float:
    return (above.bottom - line.bottom) / max(min(above.size, line.size), 1.0)


def _is_row(line: PlacedLine) -> bool:
    return "\t" in line.text


def _runs_on(
    above: PlacedLine, line: PlacedLine, column: float, *, leading: float, apart: bool
) -> bool:
    """Whether *line* goes on with the paragraph that *above* ends, its text all of it."""
    if _is_row(line):
        return False
    if _CLOSING_MARK.match(line.text):
        return True
    if abs(above.size - line.size) > _SAME_SIZE * above.size or _HEADING_SIGN.match(line.text):
        return False
    if not apart and not 0 < _distance(above, line) <= leading * _WIDER_GAP:
        return False
    if apart and ends_sentence(above.text):
        return False
    hanging = bullet_length(above.text) > 0
    if line.left > above.left + _INDENT * line.size and not hanging:
        return False
    word = _WORD.match(line.text)
    needed = (len(word.group()) * 0.55 if word else 1.0) * line.size
    room = column - above.right
    # A point may be that of a foreign name: 桑杰 at the end of one line, ·梅赫罗特拉 on the next.
    if bullet_length(line.text) and (room > line.size or ends_sentence(above.text)):
        return False
    if room < needed + _MARGIN * line.size:
        return True
    # Where lines are broken at spaces only, as in English, Chinese ones may end anywhere.
    said = above.text
    return (
        len(said) >= _LONG_LINE
        and _CLAUSE.search(said) is not None
        and not (ends_sentence(said) or ends_open(said) or bullet_length(line.text))
    )


def _breaks_words(lines: Sequence[PlacedLine]) -> bool:
    """Whether lines are broken at any character, as Chinese may be: within numbers too."""
    return any(
        _BROKEN_NUMBER.search(f"{above.text[-2:]}\n{line.text[:2]}") is not None
        for above, line in pairwise(lines)
        if len(above.text) >= _LONG_LINE and not (_is_row(above) or _is_row(line))
    )


def _glue(above: PlacedLine, line: PlacedLine) -> str:
    """The space between Latin words that a line break stands for."""
    return " " if _WORD_END.match(above.text[-1]) and _WORD_START.match(line.text) else ""
