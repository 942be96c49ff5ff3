"""Headings: what their form tells, and which of them are the subject of what follows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from ingest.structure.byline import is_byline, is_trail
from ingest.structure.furniture import is_of_page
from ingest.structure.lines import (
    RawLine,
    bullet_length,
    ends_open,
    ends_sentence,
    has_mark,
    is_prose,
)

MAX_RUN_IN = 30
"""The longest run-in heading, in characters."""

MARKDOWN_HEADING = re.compile(r"(?P<level>#{1,6})\s+\S")
NUMBERED_HEADING = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}\s*[、.．:：]"
    r"|第[一二三四五六七八九十\d]{1,3}[章节部分]{1,2}"
    r"|[（(][一二三四五六七八九十]{1,3}[)）]"
    r"|(?:[Pp]art|PART)\s*\d{1,2}\b"
    r"|0\d\s)"
)
# What a sentence opens with whose subject stands on the line above.
PREDICATE = re.compile(
    r"(?:[是则为将已仍也更在对给从与由以可或被把令使让有无未不均都再又正尚继续]|方面|的(?!确)|同样|依然|尽管|延续)"
)
# What only a sentence without its subject opens with; of the words above many open others too.
_SUBJECTLESS = re.compile(
    r"(?:的(?!确|士)|则|仍|方面|是(?!否|不是|谁|什么)|依然|同样(?!地)|延续|也(?!有|许|就是)|更(?![多何])"
    r"|将(?!于|在|来|近)|[高低]度[集分])"
)


def is_numbered_heading(lines: Sequence[RawLine], index: int) -> bool:
    """Whether a numbered line heads the text below rather than being an item of a list."""
    text = lines[index].text
    if not (text[0].isdigit() or text[0] in "（(") or len(text) > MAX_RUN_IN:
        return False
    above, below = lines[max(index - 1, 0)], lines[min(index + 1, len(lines) - 1)]
    continues_list = above.block == lines[index].block and index and bullet_length(above.text)
    return not (
        ends_sentence(text)
        or continues_list
        or bullet_length(below.text)
        or not is_prose(below.text)
    )


def has_run_ins(lines: Sequence[RawLine], body: Sequence[int]) -> bool:
    """Whether short lines right above a sentence are its subject by rule.

    Not on a page that divides its paragraphs by line ends alone, and not where of several such
    sentences none lacks a subject: there every heading stands right above its text.
    """
    blocks = Counter(lines[index].block for index in body)
    if sum(count for count in blocks.values() if count > 1) * 2 > len(body):
        return False
    led = [
        lines[index].text
        for index in body
        if index
        and lines[index - 1].block == lines[index].block
        and len(lines[index - 1].text) <= MAX_RUN_IN
    ]
    return len(led) < 3 or any(PREDICATE.match(text) for text in led)


def led_across(lines: Sequence[RawLine], body: Collection[int]) -> frozenset[int]:
    """Headings that are the subject of the sentence in the block below them.

    Where a page or Markdown sets run-in headings as headings, blank lines divide them from
    their sentence.  Some of a level then stand above sentences that cannot do without a
    subject (的占比继续提高); the others of that level count as much as such sentences may.
    """
    levels: dict[int, list[int]] = {}
    for index, line in enumerate(lines[:-1]):
        below = lines[index + 1]
        heading = MARKDOWN_HEADING.match(line.text)
        level = heading.end("level") if heading else 0
        words = line.text[level:].strip()
        if (
            index + 1 in body
            and below.block == line.block + 1
            and (index == 0 or lines[index - 1].block < line.block)
            and len(words) <= MAX_RUN_IN
            and not (is_prose(words) or has_mark(words) or ends_open(words) or ends_sentence(words))
            and not (is_byline(words) or is_trail(words) or is_of_page(words))
            and not NUMBERED_HEADING.match(words)
        ):
            levels.setdefault(level, []).append(index)
    led: set[int] = set()
    for level, indices in levels.items():
        needing = [i for i in indices if _SUBJECTLESS.match(lines[i + 1].text)]
        if not needing:
            continue
        if level and len(needing) * 3 >= len(indices):
            led |= set(indices)
        else:
            led |= {i for i in indices if PREDICATE.match(lines[i + 1].text)}
    return frozenset(led)
