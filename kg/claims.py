"""What articles claim, whatever its kind, in one form: who, what, of whom, where it stands.

A kind of claim is one entry of `KINDS`; exports and networks follow from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kg.records import Extraction, Modality, Span, Support


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One claim. *subject* and *object* are an `Entity.id`, or a name where it has none."""

    span: Span
    subject: str
    predicate: (
        str  # in the article's words: 表示, 首席执行官; of a relation its kind, whose way is fixed
    )
    object: str | None
    quoted: bool | None  # of somebody's words: verbatim, or reported
    negated: bool | None  # None of an office, of which neither is told
    modality: Modality | None
    sentence: int  # index into Document.sentences
    support: Support


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """A claim as it is exported; entities by their name in the document."""

    doc: str
    kind: str
    start: int
    end: int
    text: str
    subject: str
    predicate: str
    object: str | None
    quoted: bool | None
    negated: bool | None
    modality: str | None  # reported, forecast, hearsay …
    citations: tuple[str, ...]
    citation_scope: str


def _statements(extraction: Extraction) -> Iterator[Claim]:
    for statement in extraction.statements:
        yield Claim(
            span=statement.span,
            subject=statement.speaker,
            predicate=statement.cue,
            object=None,
            quoted=statement.quoted,
            negated=statement.negated,
            modality=statement.modality,
            sentence=statement.sentence,
            support=statement.support,
        )


def _offices(extraction: Extraction) -> Iterator[Claim]:
    for office in extraction.offices:
        yield Claim(
            span=office.span,
            subject=office.person,
            predicate=office.title,
            object=office.organisation,
            quoted=None,
            negated=None,
            modality=None,
            sentence=office.sentence,
            support=office.support,
        )


def _relations(extraction: Extraction) -> Iterator[Claim]:
    for relation in extraction.relations:
        yield Claim(
            span=relation.span,
            subject=relation.subject.entity or relation.subject.text,
            predicate=relation.kind,
            object=relation.object.entity or relation.object.text,
            quoted=None,
            negated=relation.negated,
            modality=relation.modality,
            sentence=relation.sentence,
            support=relation.support,
        )


KINDS: Mapping[str, Callable[[Extraction], Iterable[Claim]]] = MappingProxyType(
    {"statement": _statements, "office": _offices, "relation": _relations}
)
"""Every kind of claim but figures, which have their own form."""


def claim_rows(extraction: Extraction) -> tuple[ClaimRow, ...]:
    """The claims of a document, in the order of the text."""
    document = extraction.document
    names = {entity.id: entity.name for entity in extraction.entities}
    rows = (
        ClaimRow(
            doc=document.doc,
            kind=kind,
            start=claim.span.start,
            end=claim.span.end,
            text=claim.span.of(document.text),
            subject=names.get(claim.subject, claim.subject),
            predicate=claim.predicate,
            object=None if claim.object is None else names.get(claim.object, claim.object),
            quoted=claim.quoted,
            negated=claim.negated,
            modality=claim.modality,
            citations=claim.support.citations,
            citation_scope=claim.support.scope,
        )
        for kind, claims in KINDS.items()
        for claim in claims(extraction)
    )
    return tuple(sorted(rows, key=lambda row: (row.start, row.end, row.kind)))
