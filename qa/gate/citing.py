"""An answer cut into sentences, each with the references that stand for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.numerals import fold
from ingest.structure.sentences import split_sentences
from kg.records import Span
from qa.gate.reading import MARK

_PART = re.compile(
    r"(?:(?P<doc>[^\[\]\n]{1,80}):)?\s*(?P<block>¶)?\s*(?P<first>\d+)(?:\s*[-‐‑–—~～]\s*(?:¶\s*)?(?P<last>\d+))?"
)
_DIVIDER = re.compile(r"\s*[,，、;；]\s*")
_BESIDE = re.compile(r"[\s,，、;；]*")
_BULLET = re.compile(
    r"\s*(?:[-*•·–]\s+|[-•·]|#+\s*|\d{1,2}[.、)）](?!\d)\s*|[（(]\d{1,2}[)）]\s*)?"
)
_ONLY_SOURCES = re.compile(
    r"\W*(?:参考|资料|数据|信息)?(?:来源|出处|引用|依据|Sources?|References?)?\W*", re.IGNORECASE
)
_MOST = 20  # sources of one range


@dataclass(frozen=True, slots=True)
class Ref:
    """One reference: source *number* of *doc*, or its block; of the answer's document if None."""

    doc: str | None
    number: str
    block: bool

    def __str__(self) -> str:
        doc = f"{self.doc}:" if self.doc else ""
        return f"[{doc}{'¶' if self.block else ''}{self.number}]"


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a sentence with the references that cover it."""

    span: Span  # in the sentence's text
    refs: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer, markers included, and its parts in order."""

    text: str
    parts: tuple[Part, ...]
    line: int  # number of its line in the answer, from 0
    heading: bool = False  # opens a list and says nothing itself

    @property
    def refs(self) -> tuple[Ref, ...]:
        """All its references, each once."""
        return tuple(dict.fromkeys(ref for part in self.parts for ref in part.refs))


def refs_of(mark: str) -> tuple[Ref, ...]:
    """The references of one marker: ``[1,4]``, ``[2-4]``, ``[¶31]``, ``[DOC:5]``."""
    found: list[Ref] = []
    doc = None
    for piece in _DIVIDER.split(fold(mark).strip()[1:-1]):
        part = _PART.fullmatch(piece.strip())
        if part is None:
            return ()
        doc = part["doc"] or doc
        if doc is not None and doc.isdigit():
            return ()  # 【10:30】 is a time of day
        first, last = int(part["first"]), int(part["last"] or part["first"])
        if not first <= last < first + _MOST:
            return ()
        found += [Ref(doc, str(n), bool(part["block"])) for n in range(first, last + 1)]
    return tuple(dict.fromkeys(found))


def sentences_of(answer: str) -> list[Sentence]:
    """The sentences of *answer*, line by line, with their references.

    A marker covers what stands before it in its sentence, back to the marker before it; what
    follows the last one belongs to that one.  A sentence without a marker takes the references
    that close its paragraph where no other sentence of the paragraph has any, or those of a
    closing line of sources where the answer has none but there; else it has none.
    """
    found: list[Sentence] = []
    closing: tuple[Ref, ...] = ()
    for number, line in enumerate(re.split(r"\r\n|\r|\n", answer)):
        bullet = _BULLET.match(line)
        body = line[bullet.end() if bullet else 0 :]
        if not body.strip():
            continue
        if _ONLY_SOURCES.fullmatch(MARK.sub("", body)):
            closing += tuple(r for m in MARK.finditer(body) for r in refs_of(m[0]))
            continue
        found += _paragraph(_sentences(body, number))
    if closing and not any(sentence.refs for sentence in found):
        found = [_with(sentence, closing) for sentence in found]
    return found


def _paragraph(sentences: list[Sentence]) -> list[Sentence]:
    """The sentences of one line; references at its very end stand for all of it."""
    cited = [s for s in sentences if s.refs]
    if len(cited) == 1 and cited[0] is sentences[-1] and len(sentences) > 1:
        return [s if s.refs else _with(s, cited[0].refs) for s in sentences]
    return sentences


def _with(sentence: Sentence, refs: Sequence[Ref]) -> Sentence:
    return replace(sentence, parts=(Part(Span(0, len(sentence.text)), tuple(refs)),))


def _sentences(body: str, number: int) -> list[Sentence]:
    # Marks of any form as such that the article's own splitter knows.
    plain = MARK.sub(lambda m: _plain_mark(len(m[0])) if refs_of(m[0]) else m[0], body)
    spans = split_sentences(plain, Span(0, len(plain)))
    found: list[Sentence] = []
    for span in spans:
        text = span.of(body)
        if not re.search(r"\w", MARK.sub("", text)) and found:
            text = found.pop().text + text  # marks alone belong to what stands before them
        found.append(Sentence(text, _parts(text), number, heading=_opens(text)))
    return [s for s in found if re.search(r"\w", MARK.sub("", s.text))]


def _plain_mark(length: int) -> str:
    """A marker of *length* characters in the form of an article's own: [1,1]."""
    inner = length - 2
    filled = ("1," * inner)[: inner - 1 + inner % 2]
    return f"[{'1' * (inner - len(filled))}{filled}]"


def _opens(text: str) -> bool:
    """Whether *text* only announces what follows: 主要有以下几点：."""
    bare = MARK.sub("", text).strip(" *_#")
    return bare.endswith(("：", ":")) and not re.search(r"\d", bare)


def _parts(text: str) -> tuple[Part, ...]:
    groups: list[tuple[int, int, tuple[Ref, ...]]] = []
    for mark in MARK.finditer(text):
        refs = refs_of(mark[0])
        if not refs:
            continue
        if groups and _BESIDE.fullmatch(text, groups[-1][1], mark.start()):
            start, _, held = groups.pop()
            groups.append((start, mark.end(), (*held, *refs)))
        else:
            groups.append((mark.start(), mark.end(), refs))
    parts: list[Part] = []
    position = 0
    for start, end, refs in groups:
        if re.search(r"\w", text[position:start]) or not parts:
            parts.append(Part(Span(position, start), refs))
        position = end
    if not parts:
        return (Part(Span(0, len(text)), ()),)
    last = parts[-1]
    if re.search(r"\w", text[position:]) or last.span.start == last.span.end:
        if last.span.start == last.span.end or not re.search(r"\w", last.span.of(text)):
            parts[-1] = Part(Span(last.span.start, len(text)), last.refs)
        else:
            parts.append(Part(Span(position, len(text)), last.refs))
    return tuple(parts)
