"""Stretches of a page that belong to something else than the article."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from ingest.structure.furniture import Zone, closes, is_boilerplate, zone_of
from ingest.structure.lines import RawLine, has_mark, is_prose, is_separator
from ingest.structure.references import References

TICKER = re.compile(
    r"(?<![A-Za-z\d.\-])(?!(?:SH|SZ|BJ|HK|US)(?![.\w]))(?:(?:SH|SZ|BJ|HK|sh|sz|bj|hk)\.?\d{5,6}|\d{4,6}(?:\.[A-Z]{1,2})?"
    r"|[A-Z]{1,5}(?:\.[A-Z]{1,2}|-[A-Z]{1,3})?)(?![A-Za-z\d]|\.\d)"
)
_QUOTE_FIELD = re.compile(r"[+\-−–]?[¥￥$]?[\d,]*\.?\d+[%％]?|--+|[+\-−–↑↓▲▼]+")
_MAX_QUOTE = 40
_MAX_NAME = 16
_TAIL_SHARE = 4

# How long running text must be to show that the article goes on, where no citation mark does.
# Notices are as long as paragraphs, so nothing but a mark ends them.
_RESUMING_LENGTH: dict[Zone, float] = {
    "related": 80,
    "comments": 150,
    "notices": float("inf"),
    "stocks": 0,
}


def find_zones(lines: Sequence[RawLine], references: References) -> dict[int, Zone]:
    """Tell for each line in a zone its kind; a zone's head belongs to it.

    A zone opens with a head on a line of its own (相关阅读, 热门评论, 免责声明) and ends where the
    article goes on: at running text that is long, or that has a citation mark in or behind it.
    Before the article's first running text a zone is one block long, the title may stand below.
    All behind the line that closes the article for good is a zone, a list of sources excepted.
    """
    zones: dict[int, Zone] = {}
    last_mark = max(
        (
            index
            for index, line in enumerate(lines)
            if has_mark(line.text) and index not in references.lines
        ),
        default=-1,
    )
    started = False
    index = 0
    while index < len(lines):
        line = lines[index]
        zone = zone_of(line.text) if index not in references.lines else None
        if zone is None:
            started = started or (is_prose(line.text) and not is_boilerplate(line.text))
            index += 1
            continue
        if zone == "stocks":
            stop = _end_of_quotes(lines, index + 1)
            stop = index if stop == index + 1 else stop
        elif started:
            stop = _end_of_zone(lines, index + 1, zone, last_mark, references)
        else:
            stop = _end_of_block(lines, index + 1)
        zones.update(dict.fromkeys(range(index, stop), zone))
        index = max(stop, index + 1)
    closing = _closing(lines, zones, references, last_mark)
    for index in range(closing, len(lines)):
        if index not in references.lines:
            zones.setdefault(index, "notices")
    return zones


def _closing(
    lines: Sequence[RawLine], zones: Collection[int], references: References, last_mark: int
) -> int:
    """The first line that closes the article for good, or the number of lines.

    Behind it nothing is cited, and what reads like running text is little beside the article's:
    what readers write, or how the next article begins.
    """
    lengths = [
        len(line.text)
        if index not in zones
        and index not in references.lines
        and is_prose(line.text)
        and not is_boilerplate(line.text)
        else 0
        for index, line in enumerate(lines)
    ]
    before, whole = 0, sum(lengths)
    for index, line in enumerate(lines):
        behind = whole - before - lengths[index]
        if index > last_mark and behind * _TAIL_SHARE < before and closes(line.text):
            return index
        before += lengths[index]
    return len(lines)


def _end_of_zone(
    lines: Sequence[RawLine], start: int, zone: Zone, last_mark: int, references: References
) -> int:
    for index in range(start, len(lines)):
        text = lines[index].text
        if index in references.lines:
            return index
        if not is_prose(text) or is_boilerplate(text):
            continue
        if index <= last_mark or len(text) >= _RESUMING_LENGTH[zone]:
            return _above(lines, index, start)
    return len(lines)


def _above(lines: Sequence[RawLine], index: int, start: int) -> int:
    """The first line of the headings right above the running text at *index*."""
    while index > start and lines[index - 1].block == lines[index].block:
        index -= 1
    single = index - 1 > start and lines[index - 2].block < lines[index - 1].block
    return index - 1 if single and len(lines[index - 1].text) <= _MAX_QUOTE else index


def _end_of_block(lines: Sequence[RawLine], start: int) -> int:
    """Behind the block of the head at ``start - 1``, or behind the next where it stands alone."""
    if start == len(lines):
        return start
    block = lines[start].block
    if is_prose(lines[start].text) and block != lines[start - 1].block:
        return start
    index = start
    while index < len(lines) and lines[index].block == block:
        index += 1
    return index


def _end_of_quotes(lines: Sequence[RawLine], start: int) -> int:
    index = start
    while index < len(lines) and (_is_quote(lines[index].text) or _is_name(lines, index)):
        index += 1
    return index


def _is_quote(text: str) -> bool:
    if len(text) > _MAX_QUOTE or is_prose(text):
        return False
    return (
        is_separator(text)
        or TICKER.search(text) is not None
        or all(_QUOTE_FIELD.fullmatch(field) for field in text.split())
    )


def _is_name(lines: Sequence[RawLine], index: int) -> bool:
    following = index + 1
    return (
        len(lines[index].text) <= _MAX_NAME
        and following < len(lines)
        and _is_quote(lines[following].text)
    )
