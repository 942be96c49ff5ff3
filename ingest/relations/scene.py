"""A sentence as the patterns of relations see it.

Quotation marks, blanks, citation marks and asides in brackets stand between words that belong
together (台积电(TSM)的业绩).  A scene leaves them out and keeps, for every character, where it
stands in the stored text; all positions below count the characters of the scene.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.records import Argument, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ingest.records import Token
    from kg.records import EntityType, Mention

_FULL_WIDTH = str.maketrans(",;:!?", "，；：！？")
_SILENT = frozenset("“”‘’\"'「」『』《》〈〉·•\u200b")
_ASIDE = re.compile(r"[（(][^（）()]{1,80}[）)]")
_CJK = re.compile(r"[\u3400-\u9fff]")
_BREAKS = frozenset("，；：。！？—")
_NOMINAL = frozenset("n nz nw vn an ORG LOC PER r s xc nr ns nt".split())


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the lexical analysis, with its LAC tag."""

    start: int
    end: int
    tag: str


@dataclass(frozen=True, slots=True)
class Named:
    """A mention, with the type of its entity."""

    start: int
    end: int
    mention: Mention
    type: EntityType


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch between two points. *opener* is the point before it, empty for the first."""

    start: int
    end: int
    opener: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One sentence without what is silent. *lead* is the run-in heading that is its subject."""

    source: str  # the stored text
    text: str
    offsets: tuple[int, ...]  # into the stored text, one for each character
    words: tuple[Word, ...]
    names: tuple[Named, ...]
    clauses: tuple[Clause, ...]
    lead: Argument | None

    def clause_of(self, position: int) -> int:
        """The index of the clause that holds *position*."""
        found = [i for i, clause in enumerate(self.clauses) if clause.start <= position]
        return found[-1] if found else 0

    def word_at(self, position: int) -> Word | None:
        """The word that begins at *position*."""
        at = bisect_left(self.words, position, key=lambda word: word.start)
        found = at < len(self.words) and self.words[at].start == position
        return self.words[at] if found else None

    def words_in(self, start: int, end: int) -> list[Word]:
        """The words that lie between *start* and *end*."""
        at = bisect_left(self.words, start, key=lambda word: word.start)
        found = []
        for word in self.words[at:]:
            if word.end > end:
                break
            found.append(word)
        return found

    def names_in(self, start: int, end: int) -> list[Named]:
        """The mentions that lie between *start* and *end*."""
        return [n for n in self.names if start <= n.start and n.end <= end]

    def name_at(self, start: int) -> Named | None:
        """The mention that begins at *start*."""
        return next((n for n in self.names if n.start == start), None)

    def has_noun(self, start: int, end: int) -> bool:
        """Whether anything between *start* and *end* is a thing."""
        return any(w.tag in _NOMINAL for w in self.words_in(start, end)) or bool(
            self.names_in(start, end)
        )

    def noun_end(self, start: int) -> int:
        """Where the run of nouns that begins at *start* ends; *start* if there is none."""
        end = start
        for word in self.words_in(start, len(self.text)):
            if word.start != end or word.tag not in _NOMINAL:
                break
            end = word.end
        return end

    def place(self, span: Span) -> tuple[int, int]:
        """A span of the stored text in this scene; empty if nothing of it was kept."""
        return bisect_left(self.offsets, span.start), bisect_left(self.offsets, span.end)

    def span(self, start: int, end: int) -> Span:
        """*start* to *end* in the stored text."""
        return Span(self.offsets[start], self.offsets[end - 1] + 1)

    def argument(self, start: int, end: int, *, of: Named | None = None) -> Argument:
        """A side of a relation; *of* names the entity where the words do not begin with it."""
        span = self.span(start, end)
        name = of or self.name_at(start)
        inside = name is not None and (of is not None or name.end <= end)
        return Argument(
            span=span,
            text=span.of(self.source),
            entity=name.mention.entity if name and inside else None,
        )

    def named(self, name: Named) -> Argument:
        """A side of a relation that is a name."""
        mention = name.mention
        return Argument(span=mention.span, text=mention.text, entity=mention.entity)


def scene_of(
    source: str,
    span: Span,
    *,
    tokens: Sequence[Token],
    mentions: Sequence[Mention],
    types: dict[str, EntityType],
    marks: Iterable[Span],
    lead: Argument | None,
) -> Scene:
    """The scene of the sentence at *span* of the stored text *source*."""
    kept = _kept(source, span, mentions=mentions, marks=marks)
    text = "".join(
        char if char in ",:" and source[at - 1].isdigit() else char.translate(_FULL_WIDTH)
        for at, char in ((at, source[at]) for at in kept)
    )

    def place(where: Span) -> tuple[int, int]:
        return bisect_left(kept, where.start), bisect_left(kept, where.end)

    names = []
    for mention in mentions:
        start, end = place(mention.span)
        if start < end and mention.entity in types:
            names.append(Named(start, end, mention, types[mention.entity]))
    words = []
    for token in tokens:
        start, end = place(token.span)
        if start < end:
            words.append(Word(start, end, token.tag))
    return Scene(
        source=source,
        text=text,
        offsets=tuple(kept),
        words=tuple(words),
        names=tuple(names),
        clauses=tuple(_clauses(text)),
        lead=lead,
    )


def _clauses(text: str) -> list[Clause]:
    clauses = []
    start, opener = 0, ""
    for at, char in enumerate(text):
        if char in _BREAKS:
            if at > start:
                clauses.append(Clause(start, at, opener))
            start, opener = at + 1, char
    if start < len(text):
        clauses.append(Clause(start, len(text), opener))
    return clauses


def _kept(
    source: str, span: Span, *, mentions: Sequence[Mention], marks: Iterable[Span]
) -> list[int]:
    dropped: set[int] = set()
    for mark in marks:
        dropped.update(range(mark.start, mark.end))
    for aside in _ASIDE.finditer(source, span.start, span.end):
        inner = source[aside.start() + 1 : aside.end() - 1]
        outside = source[aside.start() - 1 : aside.start()], source[aside.end() : aside.end() + 1]
        within = len(inner) <= 2 and all(_CJK.match(c) for c in (inner, *outside))  # 企（事）业
        named = any(m.span.start < aside.start() < m.span.end for m in mentions)
        if not within and not named:
            dropped.update(range(*aside.span()))
    return [
        at
        for at in range(span.start, span.end)
        if at not in dropped and source[at] not in _SILENT and not source[at].isspace()
    ]
