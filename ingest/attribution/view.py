"""A sentence as the attribution rules see it.

Quotation marks, white space, citation marks and bracketed aliases stand between
words that belong together (贵州茅台（600519.SH）营业收入).  A view leaves them out
and keeps, for every character, where it stands in the stored text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from ingest.records import Token
from kg.records import Mention, Period, Quantity, Span

Thing = TypeVar("Thing", Quantity, Period, Mention)

_FULL_WIDTH = str.maketrans(",;:!?()％", "，；：！？（）%")
_SILENT = frozenset("“”‘’\"'「」『』《》〈〉")
_BRACKETS = re.compile(r"[（(]([^（）()]{1,80})[）)]")
_TENOR = re.compile(r"\d+(?:年|天|个月|月|日|周)期(?:及?以上)?")
_CURRENCY = (
    "美元|欧元|日元|英镑|港元|瑞郎|澳元|加元|纽元|(?:离岸|在岸)?人民币|韩元|卢布|卢比|新台币"
)
_PAIR = re.compile(f"(?:{_CURRENCY})[兑对](?:{_CURRENCY})")
_WORD_WITH_BRACKET = re.compile(r"[\u3400-\u9fff]（[\u3400-\u9fff]{1,2}）(?=[\u3400-\u9fff])")
_COLLECTIVE = re.compile("(?:京?沪深)?[两三]市|[两二三四五六七八九十]大(?=[\u3400-\u9fff])")
# What a tagger may take for a name: a measure's basis, half of a currency pair.
_NO_NAME = re.compile(f"[同环]比$|^[周月日年]净|^(?:{_CURRENCY})[兑对]")
_NEW = re.compile("新增")
_CJK = re.compile(r"[\u3400-\u9fff]")
_NOMINAL_TAGS = frozenset("n nz nw vn an ORG LOC PER s xc nr ns nt".split())
_MODIFIER_TAGS = frozenset(("a", "b"))
_PUNCTUATION = frozenset("，,；;：:。！？!?、（）()—–-·…|/　")

NOMINAL, MODIFIER, OTHER, POINT = "N", "A", "X", "W"
QUANTITY, PERIOD, MENTION = "Q", "T", "M"


@dataclass(frozen=True, slots=True)
class Placed(Generic[Thing]):
    """A record at a stretch of a view's text."""

    start: int
    end: int
    record: Thing


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One sentence without what is silent.

    *classes* holds one letter for each character of *text*: quantity, period,
    mention, nominal, modifier, punctuation or other.
    """

    text: str
    offsets: tuple[int, ...]  # into the stored text, one for each character
    classes: str
    quantities: tuple[Placed[Quantity], ...]
    periods: tuple[Placed[Period], ...]
    mentions: tuple[Placed[Mention], ...]

    def within(self, start: int, end: int) -> tuple[Placed[Mention], ...]:
        """The mentions that lie between *start* and *end* of the view."""
        return tuple(m for m in self.mentions if start <= m.start and m.end <= end)


def view_of(
    text: str,
    span: Span,
    *,
    tokens: Sequence[Token] = (),
    quantities: Sequence[Quantity] = (),
    periods: Sequence[Period] = (),
    mentions: Sequence[Mention] = (),
    marks: Sequence[Span] = (),
) -> View:
    """The view of the sentence at *span* of the stored *text*.

    All spans given are offsets of the stored text; those outside *span* are ignored.
    """
    kept = _kept(text, span, quantities=quantities, mentions=mentions, marks=marks)
    view_text = "".join(text[offset] for offset in kept).translate(_FULL_WIDTH)
    classes = [POINT if char in _PUNCTUATION else OTHER for char in view_text]

    def place(where: Span) -> tuple[int, int]:
        return bisect_left(kept, where.start), bisect_left(kept, where.end)

    def mark(where: tuple[int, int], letter: str) -> None:
        for index in range(*where):
            classes[index] = letter

    for token in tokens:
        if token.tag in _NOMINAL_TAGS:
            mark(place(token.span), NOMINAL)
        elif token.tag in _MODIFIER_TAGS:
            mark(place(token.span), MODIFIER)
    for index, char in enumerate(view_text):
        if char in _PUNCTUATION:
            classes[index] = POINT
    for pattern in (_TENOR, _PAIR, _WORD_WITH_BRACKET, _COLLECTIVE):
        for found in pattern.finditer(view_text):
            mark(found.span(), NOMINAL)
    for found in _NEW.finditer(view_text):  # 新增就业 is a noun, 新增8万人 is not
        following = classes[found.end()] if found.end() < len(classes) else ""
        mark(found.span(), NOMINAL if following == NOMINAL else OTHER)

    def placed(records: Sequence[Thing], letter: str) -> tuple[Placed[Thing], ...]:
        result = []
        for record in records:
            if span.contains(record.span):
                start, end = place(record.span)
                if start < end:
                    mark((start, end), letter)
                    result.append(Placed(start, end, record))
        return tuple(sorted(result, key=lambda item: item.start))

    located_periods = placed(periods, PERIOD)
    located_mentions = placed([m for m in mentions if not _NO_NAME.search(m.text)], MENTION)
    located_quantities = placed(quantities, QUANTITY)
    return View(
        text=view_text,
        offsets=tuple(kept),
        classes="".join(classes),
        quantities=located_quantities,
        periods=located_periods,
        mentions=located_mentions,
    )


def _kept(
    text: str,
    span: Span,
    *,
    quantities: Sequence[Quantity],
    mentions: Sequence[Mention],
    marks: Sequence[Span],
) -> list[int]:
    """The offsets of the characters that the view keeps, ascending."""
    dropped = [False] * (span.end - span.start)

    def drop(start: int, end: int) -> None:
        for offset in range(max(start, span.start), min(end, span.end)):
            dropped[offset - span.start] = True

    for where in marks:
        drop(where.start, where.end)
    for found in _BRACKETS.finditer(text, span.start, span.end):
        if _is_aside(text, Span(*found.span()), quantities=quantities, mentions=mentions):
            drop(*found.span())
    for index, char in enumerate(text[span.start : span.end]):
        if char in _SILENT or char.isspace():
            dropped[index] = True
    return [span.start + index for index, gone in enumerate(dropped) if not gone]


def _is_aside(
    text: str, bracket: Span, *, quantities: Sequence[Quantity], mentions: Sequence[Mention]
) -> bool:
    """Whether a bracket can be left out: an alias or a remark, no figure and no part of a word."""
    if any(bracket.contains(quantity.span) for quantity in quantities):
        return False
    if any(mention.span.contains(bracket) for mention in mentions):
        return False
    inner = text[bracket.start + 1 : bracket.end - 1]
    outside = text[bracket.start - 1 : bracket.start], text[bracket.end : bracket.end + 1]
    inside_a_word = len(inner) <= 2 and all(map(_CJK.match, (inner[0], *filter(None, outside))))
    return not (inside_a_word and all(outside))
