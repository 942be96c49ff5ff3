"""Records told in the places of the plain text, and in those of the stored text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.lexicon.name_index import simplified
from ingest.structure.plain import PlainText, plain_article, plain_text
from kg.records import (
    Argument,
    Article,
    CitationMark,
    Document,
    Entity,
    Extraction,
    Figure,
    Line,
    Mention,
    Metadata,
    Office,
    Relation,
    Sentence,
    Span,
    Statement,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.ties import Tie


def plain_document(document: Document) -> Document:
    """*document*, its places in the stored text, in those of the plain text."""
    plain = plain_text(document.article)
    if plain.is_stored:
        return document
    return _moved(
        document,
        plain_article(document.article),
        plain.from_stored,
        plain.from_stored,
        lambda words: simplified(words) if words and plain.traditional else words,
        lambda entry: entry,
    )


def stored_document(document: Document, article: Article) -> Document:
    """*document*, its places in the plain text of *article*, in those of the stored text."""
    plain = plain_text(article)
    if plain.is_stored:
        return replace(document, article=article)
    moved = _moved(
        document, article, plain.to_stored, plain.to_whole, plain.as_written, plain.whole_words
    )
    return replace(moved, metadata=_metadata(document.metadata, plain))


def stored_extraction(extraction: Extraction, document: Document) -> Extraction:
    """*extraction* of the plain text of *document*, in the places of the stored text."""
    plain = plain_text(document.article)
    if plain.is_stored:
        return replace(extraction, document=document)
    return Extraction(
        document=document,
        entities=tuple(_entity(entity, plain) for entity in extraction.entities),
        mentions=tuple(_mention(mention, plain) for mention in extraction.mentions),
        figures=tuple(_figure(figure, plain) for figure in extraction.figures),
        statements=tuple(_statement(statement, plain) for statement in extraction.statements),
        offices=tuple(_office(office, plain) for office in extraction.offices),
        supports=extraction.supports,
        relations=tuple(_relation(relation, plain) for relation in extraction.relations),
        ties=tuple(_tie(tie, plain) for tie in extraction.ties),
    )


def _moved(
    document: Document,
    article: Article,
    move: Callable[[Span], Span],
    whole: Callable[[Span], Span],
    write: Callable[[str | None], str | None],
    cite: Callable[[str], str],
) -> Document:
    text = article.text

    def sentence(one: Sentence) -> Sentence:
        return replace(
            one,
            span=whole(one.span),
            section=write(one.section),
            lead=one.lead and move(one.lead),
            table=one.table and move(one.table),
        )

    def mark(one: CitationMark) -> CitationMark:
        span = move(one.span)
        return replace(
            one,
            span=span,
            text=span.of(text),
            covers=move(one.covers),
            reference=one.reference and cite(one.reference),
        )

    def line(one: Line) -> Line:
        return replace(one, span=whole(one.span))

    return Document(
        article=article,
        metadata=document.metadata,
        lines=tuple(line(one) for one in document.lines),
        sentences=tuple(sentence(one) for one in document.sentences),
        marks=tuple(mark(one) for one in document.marks),
    )


def _metadata(metadata: Metadata, plain: PlainText) -> Metadata:
    return replace(
        metadata,
        title=plain.as_written(metadata.title),
        publisher=plain.as_written(metadata.publisher),
        author=plain.as_written(metadata.author),
        category=plain.as_written(metadata.category),
        tags=tuple(plain.as_written(tag) for tag in metadata.tags),
    )


def _entity(entity: Entity, plain: PlainText) -> Entity:
    return replace(
        entity,
        name=plain.as_written(entity.name, entity.first_start),
        aliases=tuple(plain.as_written(alias) for alias in entity.aliases),
        first_start=plain.to_stored(Span(entity.first_start, entity.first_start + 1)).start,
    )


def _mention(mention: Mention, plain: PlainText) -> Mention:
    span = plain.to_stored(mention.span)
    return replace(mention, span=span, text=span.of(plain.stored))


def _figure(figure: Figure, plain: PlainText) -> Figure:
    span = plain.to_stored(figure.span)
    near = max(figure.span.start - 200, 0)
    return replace(
        figure,
        span=span,
        text=span.of(plain.stored),
        subject=plain.as_written(figure.subject, near),
        metric_words=plain.as_written(figure.metric_words, near),
        basis=plain.as_written(figure.basis, near),
        comparator=plain.as_written(figure.comparator, near),
        speaker=plain.as_written(figure.speaker, near),
        period=plain.as_written(figure.period, near),
    )


def _statement(statement: Statement, plain: PlainText) -> Statement:
    span = plain.to_stored(statement.span)
    return replace(
        statement,
        span=span,
        text=span.of(plain.stored),
        cue=plain.as_written(statement.cue, statement.span.end),
    )


def _office(office: Office, plain: PlainText) -> Office:
    return replace(
        office,
        span=plain.to_stored(office.span),
        title=plain.as_written(office.title, office.span.start),
    )


def _relation(relation: Relation, plain: PlainText) -> Relation:
    span = plain.to_stored(relation.span)
    return replace(
        relation,
        span=span,
        text=span.of(plain.stored),
        cue=plain.to_stored(relation.cue),
        subject=_argument(relation.subject, plain),
        object=_argument(relation.object, plain),
        amount=relation.amount and plain.to_stored(relation.amount),
        place=relation.place and _argument(relation.place, plain),
        period=plain.as_written(relation.period, max(relation.span.start - 200, 0)),
    )


def _tie(tie: Tie, plain: PlainText) -> Tie:
    return replace(
        tie,
        cue=plain.to_stored(tie.cue),
        operands=tuple(
            replace(operand, span=plain.to_stored(operand.span)) for operand in tie.operands
        ),
    )


def _argument(argument: Argument, plain: PlainText) -> Argument:
    span = plain.to_stored(argument.span)
    return replace(argument, span=span, text=span.of(plain.stored))
