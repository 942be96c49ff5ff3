"""What a sentence of an answer can rest on: the sentences of documents, prepared for matching.

A document is one extraction, from the knowledge base or of a bare passage.  Its sentences are
read when they are first cited, and kept.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache

from ingest.lexicon.folding import fold
from kg.records import Extraction, Figure, Period, Quantity, Sentence, Span, Support
from qa.gate.names import Named, Names
from qa.gate.reading import MARK, Atom, Reading, read

_NEAR = 3  # sentences before one, in which its subject may stand


@dataclass(frozen=True, slots=True, eq=False)
class Fact:
    """A figure that a passage states. *atom* is None in tables, *figure* where ingest has none."""

    line: Line
    figure: Figure | None
    atom: Atom | None
    quantity: Quantity
    periods: tuple[Period, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """The source numbers that stand behind it."""
        return (self.figure.support if self.figure else self.line.support).citations

    @property
    def words(self) -> str:
        """The clause that tells it, or the row of the table."""
        if self.atom is None:
            return " ".join(self.line.text.split())
        at = self.line.reading.clauses[self.atom.clause]
        return self.line.reading.text[at.start : at.end].strip()


@dataclass(frozen=True, eq=False)
class Line:
    """One sentence of a document."""

    document: PreparedDocument
    index: int
    sentence: Sentence

    @property
    def text(self) -> str:
        """Its words as stored."""
        return self.sentence.span.of(self.document.text)

    @property
    def support(self) -> Support:
        """The sources behind it."""
        return self.document.extraction.supports[self.index]

    @property
    def place(self) -> str:
        """Where it stands, for a reader."""
        return self.document.place(self)

    @cached_property
    def reading(self) -> Reading:
        """The sentence as the gate reads it."""
        start = self.sentence.span.start
        named = [
            replace(n, start=n.start - start, end=n.end - start)
            for n in self.document.named_in(self.sentence.span)
        ]
        taken = {i for n in named for i in range(n.start, n.end)}
        found = self.document.names.find(self.text)
        named += [n for n in found if taken.isdisjoint(range(n.start, n.end))]
        named.sort(key=lambda n: n.start)
        return read(self.text, self.document.names, reference=self.document.published, given=named)

    @cached_property
    def ids(self) -> frozenset[str]:
        """Whom the sentence speaks of, references and subjects left out included."""
        found = {i for n in self.reading.names for i in n.ids}
        found |= {f.figure.entity for f in self.facts if f.figure and f.figure.entity}
        if self.sentence.lead:
            found |= {i for n in self.document.named_in(self.sentence.lead) for i in n.ids}
        return frozenset(found)

    @cached_property
    def context_ids(self) -> frozenset[str]:
        """Whom the text around speaks of, so that the sentence may mean them too."""
        lines = self.document.lines
        near = [
            other
            for other in lines[max(0, self.index - _NEAR) : self.index]
            if other.sentence.block == self.sentence.block
        ]
        found = {i for line in near for i in line.ids} | self.document.title_ids
        if self.sentence.section:
            found |= {i for n in self.document.names.find(self.sentence.section) for i in n.ids}
        return frozenset(found)

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """The figures of the sentence."""
        return tuple(_facts(self))

    @cached_property
    def setting(self) -> str:
        """The folded words above the sentence: heading, run-in heading, table header, title."""
        parts = [self.sentence.section or "", self.document.extraction.document.metadata.title]
        for span in (self.sentence.lead, self.sentence.table):
            if span is not None:
                parts.append(span.of(self.document.text))
        return fold("|".join(parts))

    @cached_property
    def folded(self) -> str:
        """The folded words, marks left out, with those of the run-in heading."""
        lead = self.sentence.lead
        head = fold(lead.of(self.document.text)) if lead else ""
        return head + self.reading.folded

    @cached_property
    def bare(self) -> frozenset[str]:
        """The sentence without points, and with its run-in heading."""
        return frozenset((bare_of(self.text), bare_of(self.folded)))

    @cached_property
    def grams(self) -> frozenset[str]:
        """The pairs of characters of the sentence and of its setting."""
        return grams(self.folded)

    @cached_property
    def clause_grams(self) -> tuple[frozenset[str], ...]:
        """Those of each clause, names, times and figures masked."""
        reading = self.reading
        return tuple(grams(reading.skeleton(i)) for i in range(len(reading.clauses)))

    @cached_property
    def all_grams(self) -> frozenset[str]:
        """Those of all clauses, masked."""
        return frozenset().union(*self.clause_grams)

    @cached_property
    def around(self) -> frozenset[str]:
        """The pairs of characters of the setting and of the block's other sentences."""
        near = self.document.block_lines(self.sentence.block)
        found = set(grams(self.setting))
        for other in near:
            found |= other.grams
        return frozenset(found)

    @cached_property
    def near_periods(self) -> tuple[Period, ...]:
        """The times that the block's sentences up to this one name, and those of its heading."""
        near = [o for o in self.document.block_lines(self.sentence.block) if o.index <= self.index]
        found = [p for line in near for p in line.reading.periods]
        setting = read(
            self.setting, self.document.names, reference=self.document.published, given=()
        )
        return (*found, *setting.periods)


class PreparedDocument:
    """The sentences of one document. *number* is set for a bare passage: its place in the list."""

    def __init__(
        self, extraction: Extraction, *, lexicon: bool = True, number: str | None = None
    ) -> None:
        self.extraction = extraction
        self.number = number
        self.names = Names(extraction.entities, lexicon=lexicon)
        self.lines = tuple(
            Line(self, index, sentence)
            for index, sentence in enumerate(extraction.document.sentences)
        )

    @property
    def doc(self) -> str:
        """The document's name."""
        return self.extraction.document.doc

    @property
    def text(self) -> str:
        """The stored text."""
        return self.extraction.document.text

    @cached_property
    def folded(self) -> str:
        """The text in half width and lower case."""
        return fold(self.text)

    @property
    def published(self) -> date | None:
        """The document's day."""
        return self.extraction.document.metadata.published

    def place(self, line: Line) -> str:
        """Where *line* stands, for a reader: document and offsets, or the passage's number."""
        if self.number is not None:
            return f"段落{self.number}"
        return f"{self.doc}:{line.sentence.span.start}-{line.sentence.span.end}"

    @cached_property
    def by_source(self) -> Mapping[str, tuple[Line, ...]]:
        """The sentences that rest on each source, wholly or in part."""
        found: dict[str, dict[int, Line]] = defaultdict(dict)
        for line in self.lines:
            for source in line.support.citations:
                found[source][line.index] = line
        figures = self.extraction.figures
        for figure in figures:
            for source in figure.support.citations:
                found[source][figure.sentence] = self.lines[figure.sentence]
        return {source: tuple(held[i] for i in sorted(held)) for source, held in found.items()}

    @cached_property
    def sources(self) -> frozenset[str]:
        """Every source number that the document's marks name."""
        return frozenset(m.source for m in self.extraction.document.marks)

    @cached_property
    def _by_block(self) -> Mapping[int, tuple[Line, ...]]:
        found: dict[int, list[Line]] = defaultdict(list)
        for line in self.lines:
            found[line.sentence.block].append(line)
        return {block: tuple(lines) for block, lines in found.items()}

    @cached_property
    def blocks(self) -> int:
        """How many blocks the text has."""
        return max((line.block for line in self.extraction.document.lines), default=0)

    def block_lines(self, block: int) -> tuple[Line, ...]:
        """The sentences of *block*."""
        return self._by_block.get(block, ())

    def lines_in(self, span: Span) -> tuple[Line, ...]:
        """The sentences that lie in *span*, or hold it."""
        return tuple(
            line
            for line in self.lines
            if line.sentence.span.start < span.end and span.start < line.sentence.span.end
        )

    @cached_property
    def _named(self) -> Sequence[Named]:
        by_span: dict[Span, set[str]] = defaultdict(set)
        pointing: set[Span] = set()
        for mention in self.extraction.mentions:
            by_span[mention.span].add(mention.entity)
            if mention.how == "reference":
                pointing.add(mention.span)
        return [
            Named(
                start=span.start,
                end=span.end,
                text=span.of(self.text),
                ids=frozenset(ids),
                type=self.names.types.get(min(ids)),
                known=True,
                pointing=span in pointing,
            )
            for span, ids in sorted(by_span.items(), key=lambda item: (item[0].start, item[0].end))
        ]

    def named_in(self, span: Span) -> list[Named]:
        """The names and references of *span*, at offsets of the stored text."""
        return [n for n in self._named if span.start <= n.start and n.end <= span.end]

    @cached_property
    def title_ids(self) -> frozenset[str]:
        """Whom the title names."""
        title = self.extraction.document.metadata.title
        return frozenset(i for n in self.names.find(title) for i in n.ids)

    @cached_property
    def figures_in(self) -> Mapping[int, tuple[Figure, ...]]:
        """The figures of each sentence."""
        found: dict[int, list[Figure]] = defaultdict(list)
        for figure in self.extraction.figures:
            found[figure.sentence].append(figure)
        return {index: tuple(figures) for index, figures in found.items()}


def _facts(line: Line) -> Iterable[Fact]:
    reading, start = line.reading, line.sentence.span.start
    atoms: dict[int, Atom] = {
        start + reading.offsets[atom.quantity.span.start]: atom for atom in reading.atoms
    }
    for figure in line.document.figures_in.get(line.index, ()):
        found = next((at for at in atoms if figure.span.start <= at < figure.span.end), None)
        atom = atoms.pop(found) if found is not None else None
        yield Fact(line, figure, atom, _quantity(figure, atom), _times(figure, atom))
    if line.sentence.kind != "table":
        for atom in atoms.values():
            yield Fact(line, None, atom, atom.quantity, atom.periods or reading.periods)


def _quantity(figure: Figure, atom: Atom | None) -> Quantity:
    """The figure's amount, with the measure word that its text has."""
    noun = atom.quantity.noun if atom else None
    return Quantity(
        span=figure.span, text=figure.text, value=figure.value, low=figure.low, high=figure.high,
        unit=figure.unit, approximate=figure.approximate, noun=noun,
    )  # fmt: skip


def _times(figure: Figure, atom: Atom | None) -> tuple[Period, ...]:
    own = atom.periods if atom else ()
    if figure.period is None:
        return own
    told = Period(
        span=figure.span, text=figure.period, kind="range",
        begin=figure.period_begin, end=figure.period_end,
    )  # fmt: skip
    return (told, *own)


@lru_cache(maxsize=65536)
def grams(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of *text* that are words, not points."""
    return frozenset(
        text[i : i + 2] for i in range(len(text) - 1) if text[i].isalnum() and text[i + 1].isalnum()
    )


_POINTS = re.compile(r"(?<!\d)[.,]|[.,](?!\d)|[^\w.,%+\-~$€¥£‰/]|_")


def bare_of(text: str) -> str:
    """*text* folded, without marks, and without points other than those of numbers."""
    return _POINTS.sub("", fold(MARK.sub("", text)))
