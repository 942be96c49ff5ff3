"""The plain text of an article: what a reader sees of it, for the analysis.

The stored text is the file's, with whatever markup stands in it.  Structure and language are
read from a copy without the inline markup of Markdown, with the lines joined that only a margin
broke, and, of an article in traditional characters, in simplified ones.  Each character of the
copy knows its place in the stored text, and everything found is told in the stored text's places
and in its own characters.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Final, TypeVar

from ingest.lexicon.name_index import simplified
from ingest.structure.lines import BULLET
from kg.records import Article, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from opencc import OpenCC

_URL = (
    r"(?:https?:|mailto:|www\.|[#/.]|[\w\-./]{1,80}\.\w{2,5}\b)"
    r"[^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,200})?"
)
_IMAGE = re.compile(rf"!\[[^\[\]\n]{{0,300}}\]\((?:{_URL})?(?:\s+\"[^\"\n]{{0,200}}\")?\)")
_LINK = re.compile(
    r"\[(?P<words>(?:\\[\[\]]|[^\[\]\n\\]|\[[^\[\]\n]{0,40}\]){1,300})\]"
    rf"\((?P<url>{_URL})(?:\s+\"[^\"\n]{{0,200}}\")?\)"
)
_NUMBER = re.compile(r"\^?\d{1,3}(?:\s?[,，\-–]\s?\d{1,3})*")
_SUPERSCRIPT = re.compile(r"<sup>\s*(?P<number>\d{1,3}(?:\s?[,，\-–]\s?\d{1,3})*)\s*</sup>", re.I)
_STRONG = re.compile(r"(\*\*|__|~~)(?=[^\s*_~])[^\n]{1,2000}?(?<=[^\s*_~])\1")
_COMMENT = re.compile(r"<!--(?:[^-]|-(?!->)){0,20000}-->")
_TAG = re.compile(
    r"</?(?:sup|sub|b|strong|i|em|u|s|del|span|a|br|font|mark|small|p|div|center)\b[^<>\n]{0,300}>",
    re.I,
)
_EMPHASIS = re.compile(
    r"(?<![*\\])\*(?=[^\s*])[^*\n]{1,500}(?<=[^\s*])\*(?!\*)"
    r"|(?<![\w\\])_(?=[^\s_])[^_\n]{1,500}(?<=[^\s_])_(?!\w)"
    r"|`(?=[^`\n])[^`\n]{1,500}`"
)
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])|\\(?=\r?\n)")
_PREFIX = re.compile(r"^[ \t]{0,3}(?:>[ \t]?)+", re.MULTILINE)
_TASK = re.compile(r"^[ \t]*[-*+][ \t]+(?P<box>\[[ xX]\][ \t]+)", re.MULTILINE)
_HINT = re.compile(r"\*\*|__|~~|\]\(|<[A-Za-z/!]")

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_UNJOINED = re.compile(
    r"\s*(?:[#|>]|```|~~~|[-=*_]{3,}\s*$|[\[［【]\s?\^?\d{1,3}\s?[\]］】]\s*[:：]|https?:)"
)
_STOP_END = re.compile(r"[。！？!?；;：:][”’\"'」』）)】\]\s]*$")
_URL_IN = re.compile(r"https?:|www\.")
_WORD_END: Final = re.compile(r"[A-Za-z0-9,.;:%)]")
_WORD_START: Final = re.compile(r"[A-Za-z0-9(]")
_NARROWEST, _WIDEST = 40, 130  # columns of text that somebody wrapped
_RAGGED: Final = 6  # columns that a full line may end before the margin
_FULL_LINES: Final = 3

_Words = TypeVar("_Words", str, "str | None")


@dataclass(frozen=True, eq=False)
class PlainText:
    """*text* with, for each of its characters, the *offsets* in *stored*."""

    stored: str
    text: str
    offsets: array[int]
    traditional: bool  # the characters of *text* are not those of *stored*

    @property
    def is_stored(self) -> bool:
        """Whether the plain text is the stored text itself."""
        return self.text == self.stored

    def to_stored(self, span: Span) -> Span:
        """The stretch of the stored text that *span* of the plain text stands for."""
        if span.start >= span.end:
            start = self.offsets[span.start] if span.start < len(self.offsets) else len(self.stored)
            return Span(start, start)
        return Span(self.offsets[span.start], self.offsets[span.end - 1] + 1)

    def to_whole(self, span: Span) -> Span:
        """As `to_stored`, with the markup that opens or closes the line at its ends."""
        inner = self.to_stored(span)
        before = self.offsets[span.start - 1] + 1 if span.start else 0
        after = self.offsets[span.end] if span.end < len(self.offsets) else len(self.stored)
        left = self.stored[before : inner.start].splitlines(keepends=True)[-1:]
        right = self.stored[inner.end : after].splitlines()[:1]
        opens = not before or before < inner.start - len("".join(left)) or self._blank(before - 1)
        closes = after == len(self.stored) or "\n" in self.stored[inner.end : after]
        closes = closes or self._blank(after)
        start = inner.start - (len(left[0].lstrip("> \t\r\n")) if left and opens else 0)
        return Span(start, inner.end + (len(right[0].rstrip()) if right and closes else 0))

    def _blank(self, place: int) -> bool:
        return self.stored[place].isspace()

    def from_stored(self, span: Span) -> Span:
        """The stretch of the plain text that is left of *span* of the stored text."""
        start = bisect_left(self.offsets, span.start)
        return Span(start, max(start, bisect_left(self.offsets, span.end)))

    def as_written(self, words: _Words, near: int = 0) -> _Words:
        """*words* of the plain text in the characters of the stored text.

        Taken from where they stand, first at or behind *near*; what stands nowhere is turned
        character by character.
        """
        if not words or not self.traditional:
            return words
        at = self.text.find(words, near)
        at = at if at >= 0 else self.text.find(words)
        if at >= 0:
            places = self.offsets[at : at + len(words)]
            return "".join(
                self.stored[place] if plain not in "[]" else plain
                for place, plain in zip(places, words, strict=True)
            )
        return "".join(self._characters.get(char, char) for char in words)

    def whole_words(self, words: str) -> str:
        """*words* of the plain text as they are stored, markup included: [路透社](address)."""
        at = self.text.rfind(words) if words and not self.is_stored else -1
        if at < 0:
            return self.as_written(words)
        return self.to_whole(Span(at, at + len(words))).of(self.stored)

    @cached_property
    def _characters(self) -> dict[str, str]:
        """For each simplified character the one that the article writes most."""
        pairs = Counter(
            (plain, self.stored[place])
            for plain, place in zip(self.text, self.offsets, strict=True)
            if plain != self.stored[place]
        )
        kept = Counter(
            plain
            for plain, place in zip(self.text, self.offsets, strict=True)
            if plain == self.stored[place]
        )
        ordered = sorted(pairs.items(), key=lambda item: item[1])
        return {plain: char for (plain, char), times in ordered if times > kept[plain]}


@lru_cache(maxsize=8)
def plain_text(article: Article) -> PlainText:
    """The plain text of *article*, by the kind of its file. Linear in its length.

    Markup is taken out of Markdown, and of plain text what cannot be meant otherwise
    (``**bold**``, ``[words](address)``); the text of web pages and PDFs has none.
    """
    stored = article.text
    kept = bytearray(b"\x01") * len(stored)
    instead: dict[int, str] = {}
    if article.media in ("text/plain", "text/markdown"):
        _drop_markup(stored, kept, instead, markdown=article.media == "text/markdown")
        _join_wrapped(stored, kept, instead)
    offsets = array("q", (place for place, keep in enumerate(kept) if keep))
    text = "".join(instead.get(place, stored[place]) for place in offsets)
    simple = simplified(text)
    traditional = _is_traditional(text, simple)
    return PlainText(stored, simple if traditional else text, offsets, traditional)


def plain_article(article: Article) -> Article:
    """*article* with its plain text for its text; itself where that is the same."""
    plain = plain_text(article)
    return article if plain.is_stored else replace(article, text=plain.text)


def without_markup(text: str) -> str:
    """*text*, a stretch of a stored text, as it is shown: without inline markup."""
    if not _HINT.search(text):
        return text
    kept = bytearray(b"\x01") * len(text)
    instead: dict[int, str] = {}
    _drop_markup(text, kept, instead, markdown=False)
    shown = "".join(instead.get(i, char) for i, char in enumerate(text) if kept[i])
    return shown.replace("**", "")  # the other half stands outside


def _is_traditional(text: str, simple: str) -> bool:
    """Whether more characters of *text* are traditional only than simplified only.

    *simple* is *text* in simplified characters.
    """
    if simple == text:
        return False
    turned: str = _to_traditional().convert(text)
    traditional = sum(one != other for one, other in zip(text, simple, strict=True))
    return traditional > sum(one != other for one, other in zip(text, turned, strict=False))


@cache
def _to_traditional() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("s2t")


def _drop_markup(text: str, kept: bytearray, instead: dict[int, str], *, markdown: bool) -> None:
    """Note in *kept* which characters of *text* are markup, in *instead* what one stands for."""

    def drop(start: int, end: int) -> None:
        kept[start:end] = bytes(end - start)

    if not markdown and not _HINT.search(text):
        return
    if markdown:
        for pattern in (_COMMENT, _PREFIX, _ESCAPE):
            for match in pattern.finditer(text):
                drop(*match.span())
        for match in _TASK.finditer(text):
            drop(*match.span("box"))
    for match in _IMAGE.finditer(text):
        drop(*match.span())
    for match in _LINK.finditer(text):
        words = match["words"]
        if _NUMBER.fullmatch(words):
            drop(match.end("words") + 1, match.end())  # [5](address) cites source 5
        else:
            drop(match.start(), match.start("words"))
            drop(match.end("words"), match.end())
    for match in _SUPERSCRIPT.finditer(text):
        instead |= {match.start(): "[", match.end() - 1: "]"}
        drop(match.start() + 1, match.start("number"))
        drop(match.end("number"), match.end() - 1)
    for match in _TAG.finditer(text):
        if match.start() not in instead and match.end() - 1 not in instead:
            drop(*match.span())
    for match in _STRONG.finditer(text):
        if markdown or match[1] != "__":
            drop(match.start(), match.start() + 2)
            drop(match.end() - 2, match.end())
    if markdown:
        shown = "".join(char if kept[i] else "\x01" for i, char in enumerate(text))
        for match in _EMPHASIS.finditer(shown):
            drop(match.start(), match.start() + 1)
            drop(match.end() - 1, match.end())


def _join_wrapped(text: str, kept: bytearray, instead: dict[int, str]) -> None:
    """Take out the line ends that only a margin made."""
    lines = [match.span() for match in _LINE.finditer(text) if match.end() > match.start()]
    widths = [_width(text[start:end]) for start, end in lines]
    margin = max(
        (w for w, (start, end) in zip(widths, lines, strict=True) if not _is_free(text[start:end])),
        default=0,
    )
    if not _NARROWEST <= margin <= _WIDEST:
        return
    full = [
        width >= margin - _RAGGED
        and not _is_free(text[start:end])
        and not _UNJOINED.match(text, start, end)
        for width, (start, end) in zip(widths, lines, strict=True)
    ]
    broken = [
        index
        for index in range(len(lines) - 1)
        if full[index] and _goes_on(text, lines[index], lines[index + 1])
    ]
    mid_sentence = [i for i in broken if not _STOP_END.search(text[slice(*lines[i])])]
    if len(mid_sentence) < _FULL_LINES:
        return
    for index in broken:
        _join(text, lines[index], lines[index + 1], kept, instead)


def _goes_on(text: str, line: tuple[int, int], following: tuple[int, int]) -> bool:
    """Whether the line below a full one may be its continuation."""
    words = text[slice(*following)].strip()
    return bool(words) and not (_UNJOINED.match(words) or BULLET.match(words))


def _join(
    text: str,
    line: tuple[int, int],
    following: tuple[int, int],
    kept: bytearray,
    instead: dict[int, str],
) -> None:
    end = line[0] + len(text[slice(*line)].rstrip())
    start = following[0] + len(text[slice(*following)]) - len(text[slice(*following)].lstrip())
    spaced = _WORD_END.match(text[end - 1]) and _WORD_START.match(text[start])
    kept[end:start] = bytes(start - end)
    if spaced:
        kept[end] = 1
        instead[end] = " "


def _is_free(line: str) -> bool:
    """Whether a line is as long as what it holds, whatever the margin: a row, an address."""
    return line.lstrip().startswith("|") or _URL_IN.search(line) is not None


def _width(line: str) -> int:
    """The columns that *line* takes on a screen, white space at its end left out."""
    return sum(_columns(line.rstrip()))


def _columns(words: str) -> Iterator[int]:
    return (2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in words)
