"""One document as planning sees it: facts with their contexts, sentences with their names."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final

from ingest.structure import cell_spans
from kg.records import AGENTS, Entity, Extraction, Figure, Finding, Sentence, Span, Support
from qa.answering.text import fold

if TYPE_CHECKING:
    from qa.answering.question.understand import Name

_CLAUSE = re.compile(r"(?<!\d),|,(?!\d)|[，;；:：。！？!?\n(（]")
BRACKET: Final = re.compile(r"[（(][^（）()]*[）)]")
"""What stands in brackets, with them."""
_CAPTION = 60  # characters of the line above a table: what a caption has
_OF_LEFT = re.compile(r"(同比|环比|增速|增幅|涨跌幅?|变动|变化|较上[年月周季])")
_SEGMENT = re.compile(r"[;；。！？!?\n]")


@dataclass(frozen=True, slots=True, eq=False)
class Fact:
    """A figure with what stands around it, folded for matching.

    *near* is its clause, *segment* what semicolons divide, *whole* its sentence
    with references resolved, *setting* the heading, the run-in heading, the
    table header and the title.
    """

    view: DocumentView
    figure: Figure
    subject: Entity | None
    near: str
    segment: str
    whole: str
    setting: str
    column: str = ""  # the folded header of its column, in a table

    @property
    def doc(self) -> str:
        """The document's name."""
        return self.view.doc

    @property
    def in_table(self) -> bool:
        """Whether it stands in a row of a text table."""
        return self.view.sentences[self.figure.sentence].kind == "table"

    @property
    def key(self) -> tuple[object, ...]:
        """What two mentions of one fact have in common."""
        f = self.figure
        return (f.entity or fold(f.subject), f.metric, f.value, f.low, f.high, f.unit)

    @property
    def size(self) -> float:
        """The value, or the middle of a range, or the bound that is known."""
        f = self.figure
        known = [x for x in (f.value, f.low, f.high) if x is not None]
        return float(sum(known) / len(known))


@dataclass(frozen=True, eq=False)
class DocumentView:
    """An extraction, prepared for answering. Built once for each version of a document."""

    extraction: Extraction
    audited: Callable[[], Sequence[Finding]] = tuple  # what the audit found in the document
    sectors: Callable[[], Mapping[str, frozenset[str]]] = dict  # of all that the registry knows

    @cached_property
    def findings(self) -> Sequence[Finding]:
        """What the audit found in the document; read when first asked for."""
        return self.audited()

    @property
    def doc(self) -> str:
        """The document's name."""
        return self.extraction.document.doc

    @property
    def text(self) -> str:
        """The stored text."""
        return self.extraction.document.text

    @property
    def sentences(self) -> Sequence[Sentence]:
        """The document's sentences."""
        return self.extraction.document.sentences

    @property
    def published(self) -> date | None:
        """The document's day."""
        return self.extraction.document.metadata.published

    @cached_property
    def title(self) -> str:
        """The folded title."""
        return fold(self.extraction.document.metadata.title)

    @cached_property
    def whole(self) -> str:
        """Title, sentences and headings, folded; not what the page says beside."""
        sections = dict.fromkeys(s.section or "" for s in self.sentences)
        return "|".join((self.title, fold("|".join(sections)), *self.resolved))

    @cached_property
    def entities(self) -> Mapping[str, Entity]:
        """The document's entities by id."""
        return {entity.id: entity for entity in self.extraction.entities}

    @cached_property
    def called(self) -> Mapping[str, frozenset[str]]:
        """The folded names of each entity, by its id."""
        return {
            entity.id: frozenset(map(fold, (entity.name, *entity.aliases)))
            for entity in self.extraction.entities
        }

    @cached_property
    def names_in(self) -> Mapping[int, frozenset[str]]:
        """The ids of the entities that each sentence speaks of, references included."""
        found: dict[int, set[str]] = defaultdict(set)
        spans = [Span(s.lead.start if s.lead else s.span.start, s.span.end) for s in self.sentences]
        at = 0
        for mention in sorted(self.extraction.mentions, key=lambda m: m.span.start):
            while at < len(spans) - 1 and spans[at].end <= mention.span.start:
                at += 1
            if spans and spans[at].contains(mention.span):
                found[at].add(mention.entity)
        for figure in self.extraction.figures:
            if figure.entity:
                found[figure.sentence].add(figure.entity)
        return {index: frozenset(ids) for index, ids in found.items()}

    def speaks_of(self, index: int, name: Name) -> bool:
        """Whether sentence *index* speaks of *name*: of an entity so called, or in these words."""
        named = not self.names_in.get(index, frozenset()).isdisjoint(name.entities)
        return named or fold(name.surface) in self.resolved[index]

    def sentence_text(self, index: int) -> str:
        """The words of sentence *index*."""
        return self.sentences[index].span.of(self.text)

    def support(self, index: int) -> Support:
        """The sources behind sentence *index*."""
        return self.extraction.supports[index]

    @cached_property
    def resolved(self) -> Sequence[str]:
        """Each sentence folded, with the names that its references stand for."""
        lines = [self.sentence_text(i) for i in range(len(self.sentences))]
        extra: dict[int, set[str]] = defaultdict(set)
        for index, ids in self.names_in.items():
            for entity in (self.entities[i] for i in ids if i in self.entities):
                extra[index].update((entity.name, *entity.aliases))
        return [
            fold(self._led(i))
            + fold(line)
            + "|"
            + "|".join(fold(name) for name in sorted(extra[i]))
            for i, line in enumerate(lines)
        ]

    def _led(self, index: int) -> str:
        """The run-in heading of the sentence's paragraph: what all of it is about."""
        return self._leads.get(self.sentences[index].block, "")

    @cached_property
    def _leads(self) -> Mapping[int, str]:
        return {s.block: s.lead.of(self.text) for s in self.sentences if s.lead}

    @cached_property
    def block_text(self) -> Mapping[int, str]:
        """The sentences of each block, folded."""
        found: dict[int, str] = defaultdict(str)
        for sentence, text in zip(self.sentences, self.resolved, strict=True):
            found[sentence.block] += text
        return found

    @cached_property
    def main_places(self) -> frozenset[str]:
        """The ids of the places that the document speaks of most: what is told is of them."""
        counts = Counter(i for ids in self.names_in.values() for i in ids if self.is_place(i))
        most = max(counts.values(), default=0)
        return frozenset(i for i, n in counts.items() if n == most)

    @cached_property
    def protagonist(self) -> str | None:
        """The id of the company or institution that two figures in five are of, if there is one."""
        counts = Counter(f.entity for f in self.extraction.figures if f.entity)
        first, n = next(iter(counts.most_common(1)), (None, 0))
        known = self.entities.get(first) if first else None
        agent = known is not None and known.type in ("company", "institution")
        return first if agent and n * 5 >= len(self.extraction.figures) * 2 else None

    @cached_property
    def main_agent(self) -> str | None:
        """The id of the company or institution that the document names most."""
        counts = Counter(
            m.entity
            for m in self.extraction.mentions
            if self.entities[m.entity].type in ("company", "institution")
        )
        return next((entity for entity, _ in counts.most_common(1)), None)

    def told_of(self, figure: Figure) -> str | None:
        """The id of the company or institution named last before *figure* in its paragraph."""
        return self._named_last(figure.sentence, figure.span.start)

    def of_another(self, index: int, name: Name) -> bool:
        """Whether sentence *index*, which does not name the agent *name*, is of another agent.

        Its figures are; or the paragraph, which does not name it either, named another last.
        What stands below a heading with the name is of it.
        """
        if not name.types or not set(name.types) <= AGENTS:
            return False
        if fold(name.surface) in fold(self.sentences[index].section or ""):
            return False
        agents = name.entities
        own = {
            f.entity
            for f in self.figures_in.get(index, ())
            if f.entity and self.entities[f.entity].type in AGENTS
        }
        beside = self.names_in_block.get(self.sentences[index].block, frozenset())
        if own or not beside.isdisjoint(agents):
            return bool(own) and own.isdisjoint(agents)
        return self._named_last(index, self.sentences[index].span.end) is not None

    @cached_property
    def figures_in(self) -> Mapping[int, Sequence[Figure]]:
        """The figures of each sentence that has any."""
        found: dict[int, list[Figure]] = defaultdict(list)
        for figure in self.extraction.figures:
            found[figure.sentence].append(figure)
        return found

    def _named_last(self, index: int, end: int) -> str | None:
        """The id of the company or institution named last before *end* in a paragraph."""
        named = self._houses_in_block.get(self.sentences[index].block, ())
        return next((entity for at, entity in reversed(named) if at < end), None)

    @cached_property
    def _houses_in_block(self) -> Mapping[int, Sequence[tuple[int, str]]]:
        """Where each block names a company or institution, with its id, in order."""
        starts = [s.span.start for s in self.sentences]
        found: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for m in sorted(self.extraction.mentions, key=lambda m: m.span.start):
            if self.entities[m.entity].type in ("company", "institution"):
                index = max(bisect_right(starts, m.span.start) - 1, 0)
                found[self.sentences[index].block].append((m.span.start, m.entity))
        return found

    @cached_property
    def places(self) -> frozenset[str]:
        """The ids of all places."""
        return frozenset(i for i in self.entities if self.is_place(i))

    def is_place(self, entity: str) -> bool:
        """Whether the entity with this id is a place."""
        return entity in self.entities and self.entities[entity].type == "place"

    def before(self, index: int) -> str:
        """The sentence before *index* in its block, folded; empty for the first."""
        if index == 0 or self.sentences[index - 1].block != self.sentences[index].block:
            return ""
        return self.resolved[index - 1]

    @cached_property
    def names_in_block(self) -> Mapping[int, frozenset[str]]:
        """The ids of the entities that each block speaks of."""
        found: dict[int, set[str]] = defaultdict(set)
        for index, ids in self.names_in.items():
            found[self.sentences[index].block] |= ids
        return {block: frozenset(ids) for block, ids in found.items()}

    def setting(self, index: int) -> str:
        """Headings, table header and title above sentence *index*, folded."""
        s = self.sentences[index]
        parts = [s.section or "", s.lead.of(self.text) if s.lead else "", self.title]
        if s.table:
            parts += [s.table.of(self.text), self._above(s.table)]
        return fold("|".join(parts))

    def _above(self, header: Span) -> str:
        """The line above a table, which says what it is of."""
        above = [line for line in self.extraction.document.lines if line.span.end < header.start]
        return above[-1].span.of(self.text)[:_CAPTION] if above else ""

    def _column(self, figure: Figure) -> str | None:
        """The folded header of the figure's column; None where rows do not meet the header."""
        sentence = self.sentences[figure.sentence]
        if sentence.table is None:
            return None
        header = cell_spans(self.text, sentence.table)
        row = cell_spans(self.text, sentence.span)
        found = [i for i, cell in enumerate(row) if cell.contains(figure.span)]
        if len(header) != len(row) or not found:
            return None
        own = fold(header[found[0]].of(self.text))
        if _OF_LEFT.match(own) and found[0] > 1:  # 在手订单 | 同比: what grew stands to the left
            return fold(header[found[0] - 1].of(self.text)) + own
        return own

    @cached_property
    def facts(self) -> Sequence[Fact]:
        """All figures, in the order of the text."""
        return tuple(self._fact(figure) for figure in self.extraction.figures)

    @cached_property
    def facts_in(self) -> Mapping[int, Sequence[Fact]]:
        """The facts of each sentence that has any."""
        found: dict[int, list[Fact]] = defaultdict(list)
        for fact in self.facts:
            found[fact.figure.sentence].append(fact)
        return found

    def _fact(self, figure: Figure) -> Fact:
        sentence = self.sentences[figure.sentence]
        subject = self.entities.get(figure.entity) if figure.entity else None
        names = "|".join(
            fold(name)
            for name in (
                figure.subject,
                *((subject.name, *subject.aliases) if subject else ()),
                figure.metric_words or "",
                figure.period or "",
            )
        )
        column = self._column(figure)
        header = fold(sentence.table.of(self.text)) if sentence.table else ""
        names = f"{header if column is None else column}|{names}"
        clause = "" if column else fold(around(self, figure, _CLAUSE).of(self.text))
        return Fact(
            view=self,
            figure=figure,
            subject=subject,
            near=f"{clause}|{names}",
            segment=fold(around(self, figure, _SEGMENT).of(self.text)) + "|" + names,
            whole=self.resolved[figure.sentence] + "|" + names,
            setting=self.setting(figure.sentence),
            column=column or "",
        )


def around(view: DocumentView, figure: Figure, ends: re.Pattern[str]) -> Span:
    """The stretch of the figure's sentence between *ends*.

    Those within marks ([1,6]), and within brackets that the figure stands outside of
    （HSBC，下称“汇丰”）, divide nothing.
    """
    sentence = view.sentences[figure.sentence].span
    marks = [m.span for m in view.extraction.document.marks if sentence.contains(m.span)]
    brackets = BRACKET.finditer(view.text, sentence.start, sentence.end)
    marks += [span for b in brackets if not (span := Span(*b.span())).contains(figure.span)]

    def stops(start: int, end: int) -> list[tuple[int, int]]:
        return [
            m.span()
            for m in ends.finditer(view.text, start, end)
            if not any(mark.start <= m.start() < mark.end for mark in marks)
        ]

    before, after = stops(sentence.start, figure.span.start), stops(figure.span.end, sentence.end)
    return Span(before[-1][1] if before else sentence.start, after[0][0] if after else sentence.end)
