"""What the components of the pipeline hand on while they read one document.

It travels in ``Doc.user_data``; nothing of it leaves the package but the frozen `Recognition`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

    from ingest.records import Token
    from kg.records import Document, Entity, EntityType, LineKind, Mention, Office, Span, Statement

_KEY = "yinzheng"


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of text that is read on its own: a sentence, a heading, a title."""

    span: Span
    kind: LineKind
    block: int  # number of its block in the document
    sentence: int | None  # index into Document.sentences
    tokens: tuple[Token, ...] = ()


def sentence_of(unit: Unit) -> int:
    """The index of the sentence that *unit* is; for units that are one."""
    if unit.sentence is None:
        raise ValueError(f"not a sentence: {unit.span}")
    return unit.sentence


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that may be a name. *weak* needs a second sign in the text."""

    span: Span
    type: EntityType
    source: Literal["lexicon", "pattern", "tagger"]
    entry: str | None = None  # id of the lexicon entry
    weak: bool = False
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Naming:
    """The text itself says that two names are one: 名称（English Name，下称“简称”）."""

    name: Span
    other: Span
    how: Literal["alias", "ticker"]


@dataclass(slots=True)
class Analysis:
    """A document as far as it has been read."""

    document: Document
    units: list[Unit] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    namings: list[Naming] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    offices: list[Office] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The stored text."""
        return self.document.text

    def types(self) -> dict[str, EntityType]:
        """Entity id → type."""
        return {entity.id: entity.type for entity in self.entities}

    def mentions_in(self, span: Span) -> list[Mention]:
        """The mentions that lie within *span*, by start."""
        return [m for m in self.mentions if span.contains(m.span)]

    def sentence_units(self) -> Iterator[Unit]:
        """The units that are sentences of the document, in order."""
        return (unit for unit in self.units if unit.sentence is not None)


def attach(doc: Doc, analysis: Analysis) -> None:
    """Lay *analysis* beside *doc*."""
    doc.user_data[_KEY] = analysis


def analysis_of(doc: Doc) -> Analysis:
    """What `attach` laid beside *doc*."""
    analysis: Analysis = doc.user_data[_KEY]
    return analysis
