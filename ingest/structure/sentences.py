"""Sentences of one line, with exact offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.structure.lines import BLANK, CLOSERS, MARK, STOPS, has_words, is_only_marks
from kg.records import Span

_PAIRS = {
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "（": "）",
    "(": ")",
    "【": "】",
    "《": "》",
    "〈": "〉",
}
_OPENERS = {closer: opener for opener, closer in _PAIRS.items()}
_BRACKETS = frozenset("（(【《〈")
_PAIRED = re.compile("[" + re.escape("".join(_PAIRS) + "".join(_OPENERS) + '"') + "]")
_STOP = re.compile(r"[。｡！？!?]+|\.(?=\s)")
_QUOTED_SPEECH = re.compile(
    r"[^，,。；;：:！？]{0,24}?(?:表示|认为|指出|强调|坦言|写道|说道|提到|补充|回应|介绍|预计|警告|说|称|道|问)"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Za-z]|Inc|Corp|Ltd|Co|Cos|Mr|Mrs|Ms|Dr|St|Jr|Sr|No|vs|Gov|Sen|Rep|Gen|Prof|approx|est|etc)"
    r"|[A-Za-z]\.[A-Za-z])$"
)
# No sentence is quoted whole for longer than this: the quotation marks are a slip.
_MAX_QUOTE = 400


def split_sentences(text: str, line: Span) -> list[Span]:
    """Divide the line at *line* of *text* into its sentences.

    A sentence ends at ``。！？!?`` outside quotation marks and brackets; at one inside where the
    quotation ends with it; at a full point between English sentences; and at the end of the line.
    What closes it (further stops, quotes, brackets, citation marks) belongs to it.  A quotation
    that fills the whole line is divided like plain text.  Time is linear in the line's length.

    :returns: spans without outer white space, in order; none for a line without words.
    """
    spans: list[Span] = []
    start = line.start
    for end in _ends(text, line):
        if (trimmed := trim(text, Span(start, end))) and has_words(trimmed.of(text)):
            if spans and is_only_marks(trimmed.of(text)):
                spans[-1] = Span(spans[-1].start, trimmed.end)
            elif not is_only_marks(trimmed.of(text)):
                spans.append(trimmed)
            start = end
    return spans


def trim(text: str, span: Span) -> Span | None:
    """*span* without the white space at its ends, None where nothing is left."""
    words = span.of(text)
    content = words.strip(BLANK)
    if not content:
        return None
    start = span.start + len(words) - len(words.lstrip(BLANK))
    return Span(start, start + len(content))


def _ends(text: str, line: Span) -> Iterator[int]:
    enclosures = _enclosures(text, line)
    closers = {span.end - 1 for span in enclosures}
    outer = iter(_outermost(enclosures))
    enclosure = next(outer, None)
    start, position = line.start, line.start
    while match := _STOP.search(text, position, line.end):
        stop, position = match.start(), match.end()
        if not _is_stop(text, match, line):
            continue
        position = _past_closers(text, position, line.end, closers)
        while enclosure and enclosure.end <= stop:
            enclosure = next(outer, None)
        inside = enclosure if enclosure and enclosure.start < stop else None
        if inside and (
            position < inside.end or not _closes(text, match[0], start, inside, position)
        ):
            continue
        yield position
        start = position
    yield line.end


def _is_stop(text: str, match: re.Match[str], line: Span) -> bool:
    after = text[match.end() : match.end() + 1] if match.end() < line.end else ""
    if match[0] == ".":
        before = text[max(line.start, match.start() - 8) : match.start()]
        following = text[match.end() : match.end() + 3].strip()
        return (
            not _ABBREVIATION.search(before)
            and not (before[-1:].isdigit() and following[:1].isdigit())
            and not (following[:1].isascii() and following[:1].islower())
            and before[-1:] != "."
        )
    # in an address (?id=1) or a name (Yahoo!Japan) it stops nothing
    return not (match[0] in ("!", "?") and after.isascii() and (after.isalnum() or after in "=&/"))


def _past_closers(text: str, position: int, end: int, closers: set[int]) -> int:
    while position < end:
        char = text[position]
        if char in STOPS or (char in CLOSERS and (char != '"' or position in closers)):
            position += 1
            continue
        ahead = position
        while ahead < end and text[ahead] in " \u3000\xa0":
            ahead += 1
        mark = MARK.match(text, ahead, end)
        if mark is None:
            return position
        position = mark.end()
    return position


def _closes(text: str, stop: str, start: int, enclosure: Span, position: int) -> bool:
    """Whether the sentence from *start* ends with the *enclosure* that its stop closes."""
    opens_sentence = not has_words(text[max(start, enclosure.start - _MAX_QUOTE) : enclosure.start])
    if text[enclosure.start] in _BRACKETS:
        return opens_sentence
    if opens_sentence:
        # “……。”苏晚亭表示: who said it belongs to what was said
        return _QUOTED_SPEECH.match(text, position, position + 40) is None
    # 市场在问“何时降息？”而…: a question that is a part of speech of another sentence
    introduced = text[enclosure.start - 1] in ":：,，"
    return introduced or "。" in stop or "｡" in stop


def _enclosures(text: str, line: Span) -> list[Span]:
    """Matched quotes and brackets of the line, those around all of it left out."""
    opened: dict[str, list[int]] = {opener: [] for opener in [*_PAIRS, '"']}
    found = []
    for match in _PAIRED.finditer(text, line.start, line.end):
        char = match[0]
        if char in _PAIRS or (char == '"' and not opened['"']):
            opened[char].append(match.start())
            continue
        opener = _OPENERS.get(char, '"')
        if opened[opener]:
            span = Span(opened[opener].pop(), match.end())
            if span.end - span.start <= _MAX_QUOTE and not _fills(text, span, line):
                found.append(span)
    return found


def _fills(text: str, span: Span, line: Span) -> bool:
    if span.start != line.start or line.end - span.end > 60:
        return False
    return not has_words(MARK.sub("", text[span.end : line.end]))


def _outermost(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged
