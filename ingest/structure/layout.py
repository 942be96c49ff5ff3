"""What each line of a page is: the article's body by its place, the rest around it.

The body runs from the first line of running text that is the article's to the last one, and
takes in the lists, tables and headings that adjoin it.  Within it running text is never
furniture; before and behind it hardly anything else is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from ingest.structure.byline import is_bar, is_byline, is_trail
from ingest.structure.furniture import (
    is_boilerplate,
    is_control,
    is_furniture,
    is_of_page,
    is_tag_line,
    leads_away,
)
from ingest.structure.headings import (
    MARKDOWN_HEADING,
    MAX_RUN_IN,
    NUMBERED_HEADING,
    PREDICATE,
    has_run_ins,
    is_numbered_heading,
    led_across,
)
from ingest.structure.headline import pick_title
from ingest.structure.lines import (
    MARK,
    RawLine,
    bullet_length,
    ends_open,
    ends_sentence,
    has_mark,
    is_only_marks,
    is_prose,
    is_separator,
)
from ingest.structure.references import References
from ingest.structure.tables import Table, is_caption
from ingest.structure.zones import find_zones
from kg.records import LineKind

Place: TypeAlias = Literal["above", "amid", "below"]
"""Where a line of the body stands, measured by the first and the last running text."""

_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"[\d０-９]")
_MIN_CITED = 10
_MIN_ITEM = 6
_MIN_SENTENCE = 16
_MAX_HEADING = 40


@dataclass(frozen=True, slots=True)
class Layout:
    """The kind of each line, and which line gives the title."""

    kinds: tuple[LineKind, ...]
    title: int | None
    stocks: frozenset[int]  # lines of the block of related securities


def lay_out(
    lines: Sequence[RawLine], references: References, tables: Sequence[Table]
) -> Layout | None:
    """Tell the kind of every line; None where no line is the article's."""
    zones = find_zones(lines, references)
    head = _head(lines)
    tables = [
        table for table in tables if table.rows.start not in zones and table.rows.start not in head
    ]
    tabled = {row for table in tables for row in table.rows}
    captions = {index for table in tables for index in table.captions}
    # Rows without a header or a name beside the body may be the page's price ticker.
    framed = {
        r for table in tables if table.captions or table.header is not None for r in table.rows
    }
    outside = references.lines | zones.keys()

    prose = [
        index
        for index, line in enumerate(lines)
        if index not in outside
        and index not in tabled
        and (_is_cited(line.text) or (is_prose(line.text) and not is_boilerplate(line.text)))
    ]
    # Advertisements exclaim; only full stops show where the article begins and ends.
    body = [index for index in prose if not lines[index].text.endswith(("！", "!"))] or prose
    if not body:
        body = _unpunctuated_body(lines, outside, tabled)
    if not body:
        return None
    listed = {
        index
        for index, line in enumerate(lines)
        if index not in outside
        and (
            index in framed
            or index in captions
            or (
                bullet_length(line.text) > 0
                and not is_of_page(line.text)
                and not is_byline(line.text)
                and (index > body[0] or _is_item(line.text))
            )
        )
    }
    title = pick_title(lines, body[0], zones.keys() | listed | tabled)
    first = _first(lines, body[0], title, listed, outside)
    last = _last(lines, body[-1], listed | references.lines, zones.keys())
    subjects = has_run_ins(lines, body)
    across = led_across(lines, body)

    kinds: list[LineKind] = []
    for index, line in enumerate(lines):
        kind: LineKind
        if title is not None and line.text == lines[title].text and not first <= index <= last:
            kind = "title"
        elif index in references.lines:
            kind = "references"
        elif zones.get(index) == "stocks" and not is_separator(line.text):
            kind = "meta"
        elif is_separator(line.text) and index not in tabled:
            kind = "furniture"
        elif is_tag_line(line.text):
            kind = "meta"
        elif first <= index <= last and index not in zones:
            if index in tabled:
                kind = "table"
            elif index in captions:
                kind = "caption"
            else:
                kind = _body_kind(
                    lines,
                    index,
                    subjects=subjects,
                    across=across,
                    place=_place(index, body),
                )
        elif not is_prose(line.text) and (is_byline(line.text) or is_trail(line.text)):
            kind = "meta"
        else:
            kind = "furniture"
        kinds.append(kind)
    stocks = frozenset(index for index, zone in zones.items() if zone == "stocks")
    return Layout(tuple(kinds), title, stocks)


def _body_kind(
    lines: Sequence[RawLine],
    index: int,
    *,
    subjects: bool,
    across: Collection[int],
    place: Place,
) -> LineKind:
    """The kind of a line of the body.

    *subjects*: a short line right above a sentence is its subject by rule.  *across*: lines
    that are the subject of the sentence in the block below.
    """
    text = lines[index].text
    following = lines[index + 1] if index + 1 < len(lines) else None
    led = (
        following.text
        if following and following.block == lines[index].block and is_prose(following.text)
        else None
    )
    if is_only_marks(text):
        return "paragraph"
    if MARKDOWN_HEADING.match(text):
        return "run_in" if index in across else "heading"
    if len(text) <= _MAX_HEADING and not is_prose(text) and not has_mark(text):
        if NUMBERED_HEADING.match(text):
            return "heading"
        if bullet_length(text) and is_numbered_heading(lines, index):
            return "heading"
    if bullet_length(text):
        return "furniture" if leads_away(text) else "bullet"
    if is_prose(text):
        return "paragraph"
    if not led and (is_control(text) or leads_away(text)):
        return "furniture"
    if is_caption(text) and not led:
        return "caption"
    if is_byline(text):
        return "meta"
    if has_mark(text) or len(text) > _MAX_HEADING:
        return "paragraph"
    if place == "below" and _is_unpunctuated(text):
        return "paragraph"
    if place != "above" and _is_clause(text):
        return "paragraph"
    if index in across:
        return "run_in"
    if led and len(text) <= MAX_RUN_IN and not (ends_open(text) or ends_sentence(text)):
        return "run_in" if (subjects and place != "above") or PREDICATE.match(led) else "heading"
    return "paragraph" if place != "above" and _lists_data(lines, index) else "heading"


def _is_item(text: str) -> bool:
    """Whether a line with a bullet sign may be of the article where the page's own surround it."""
    return len(text) - bullet_length(text) >= _MIN_ITEM and not is_furniture(text)


def _head(lines: Sequence[RawLine]) -> frozenset[int]:
    """Lines above all running text that share their block with a byline."""
    prose = next((i for i, line in enumerate(lines) if is_prose(line.text)), len(lines))
    blocks = {line.block for line in lines if is_byline(line.text)}
    return frozenset(index for index in range(prose) if lines[index].block in blocks)


def _is_clause(text: str) -> bool:
    """Whether a short line says something rather than naming what follows.

    It announces a list (各家公布的数据如下：), or exclaims or asks in more than one clause.
    """
    several = len(text) >= _MIN_SENTENCE and "，" in text
    return several and (ends_open(text) or ends_sentence(text))


def _is_cited(text: str) -> bool:
    """Whether a line, with its full stop or without, rests on a source: pages do not cite."""
    words = MARK.sub("", text)
    return has_mark(text) and len(words) >= _MIN_CITED and not is_of_page(text)


def _place(index: int, body: Sequence[int]) -> Place:
    return "above" if index < body[0] else "below" if index > body[-1] else "amid"


def _lists_data(lines: Sequence[RawLine], index: int) -> bool:
    """Whether lines side by side give numbers without columns: 成交额：1.2万亿元."""
    return _DIGIT.search(lines[index].text) is not None and any(
        0 <= other < len(lines)
        and lines[other].block == lines[index].block
        and _DIGIT.search(lines[other].text) is not None
        and not is_prose(lines[other].text)
        for other in (index - 1, index + 1)
    )


def _may_be_heading(text: str) -> bool:
    return len(text) <= _MAX_HEADING and not (
        _LETTER.search(text) is None
        or is_prose(text)
        or is_furniture(text)
        or is_byline(text)
        or is_trail(text)
        or is_bar(text)
        or is_tag_line(text)
        or text.endswith(("！", "!"))
    )


def _first(
    lines: Sequence[RawLine],
    body: int,
    title: int | None,
    listed: Collection[int],
    outside: Collection[int],
) -> int:
    """Where the body begins: lists, tables and headings above its first running text included."""
    name = lines[title].text if title is not None else None
    above = []
    for index in range(body - 1, -1, -1):
        text = lines[index].text
        if index in outside or text == name or not (index in listed or _may_be_heading(text)):
            break
        above.append(index)
    first = min((index for index in above if index in listed), default=body)
    # Above all that, only what stands right above in the same block, or in a block of headings
    # alone, is its heading: the page's own words share their block with a byline.
    headings = [i for i in above if i < first]
    own = [i for i in headings if lines[i].block == lines[first].block]
    if own:
        return own[0] if lines[own[-1] - 1].block == lines[first].block else own[-1]
    block = [i for i, line in enumerate(lines[:first]) if line.block == lines[first].block - 1]
    return min(block) if block and set(block) <= set(headings) else first


def _last(
    lines: Sequence[RawLine], body: int, listed: Collection[int], zoned: Collection[int]
) -> int:
    """Where the body ends: what adjoins it and has no cue of the page included."""
    last = body
    for index in range(body + 1, len(lines)):
        text = lines[index].text
        if index in zoned:
            break
        if index in listed or (_is_unpunctuated(text) and not is_furniture(text)):
            last = index
        elif not _may_be_heading(text) or index - last > 2:
            break
    return last


def _is_unpunctuated(text: str) -> bool:
    """Whether a line reads like running text that forgoes its full stop."""
    if is_byline(text) or is_trail(text) or is_separator(text):
        return False
    # A short question or exclamation is how headlines of other articles end.
    return has_mark(text) or (len(text) >= 20 and "，" in text and not text.endswith(("？", "?")))


def _unpunctuated_body(
    lines: Sequence[RawLine], outside: Collection[int], tabled: Collection[int]
) -> list[int]:
    """Lines of a body without any full stop: tables, lists and long lines of several clauses."""
    return [
        index
        for index, line in enumerate(lines)
        if index not in outside
        and not is_furniture(line.text)
        and (
            index in tabled
            or (bullet_length(line.text) > 0 and _DIGIT.search(line.text) is not None)
            or (len(line.text) > _MAX_HEADING and "，" in line.text)
        )
    ]
