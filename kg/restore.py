"""RDF to records: the exact inverse of `kg.convert`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import cast

from pyoxigraph import NamedNode, Quad

from kg.errors import ShapeError
from kg.graph_view import GraphView
from kg.intervals import read_interval
from kg.iris import entity_id
from kg.records import (
    Article,
    CitationMark,
    Document,
    Encoding,
    Entity,
    EntityType,
    Extraction,
    Figure,
    Line,
    LineKind,
    MediaType,
    Mention,
    Metadata,
    Metric,
    Modality,
    Office,
    Sentence,
    Stance,
    Statement,
)
from kg.relations import read_relation
from kg.tie_graph import read_tie
from kg.units import unit_code
from kg.vocabulary import (
    C4O,
    DCTERMS,
    DOCO,
    PROV,
    SCHEMA,
    YZ,
)


def from_quads(quads: Iterable[Quad]) -> Extraction:
    """The records that the graph of one document version was made from.

    :raises ShapeError: if the quads are not such a graph.
    """
    graph = GraphView(quads)
    document = _document(graph)
    sentences = graph.instances(DOCO.Sentence)
    index = {node: place for place, node in enumerate(sentences)}

    def sentence_of(node: NamedNode) -> int:
        return index[graph.node(node, YZ.sentence)]

    return Extraction(
        document=document,
        entities=graph.records(YZ.DocumentEntity, lambda node: _entity(graph, node)),
        mentions=graph.records(YZ.Mention, lambda node: _mention(graph, node)),
        figures=graph.records(
            YZ.FigureClaim, lambda node: _figure(graph, node, sentence=sentence_of(node))
        ),
        statements=graph.records(
            YZ.Statement,
            lambda node: Statement(
                span=graph.span(node, PROV.wasDerivedFrom),
                text=graph.quote(node, PROV.wasDerivedFrom),
                speaker=entity_id(graph.node(node, YZ.speaker)),
                quoted=graph.flag(node, YZ.quoted),
                cue=graph.text(node, YZ.cue),
                sentence=sentence_of(node),
                support=graph.support(node),
                addressee=graph.entity(node, YZ.addressee),
                stance=_stance(graph, node),
                # A graph of before these were told says them of no statement.
                negated=graph.optional(node, YZ.negated) == "true",
                modality=_modality(graph, node),
            ),
        ),
        offices=graph.records(
            YZ.Office,
            lambda node: Office(
                span=graph.span(node, PROV.wasDerivedFrom),
                person=entity_id(graph.node(node, YZ.person)),
                title=graph.text(node, YZ.title),
                organisation=graph.entity(node, YZ.organisation),
                sentence=sentence_of(node),
                support=graph.support(node),
            ),
        ),
        supports=tuple(graph.support(node) for node in sentences),
        relations=graph.records(
            YZ.Relation, lambda node: read_relation(graph, node, sentence=sentence_of(node))
        ),
        ties=graph.records(YZ.Tie, lambda node: read_tie(graph, node, sentence=sentence_of(node))),
    )


def _document(graph: GraphView) -> Document:
    articles = graph.instances(SCHEMA.NewsArticle)
    if len(articles) != 1:
        raise ShapeError(f"a document's graph holds one article, this one {len(articles)}")
    node = articles[0]
    published = graph.optional(node, SCHEMA.datePublished)
    return Document(
        article=Article(
            doc=graph.text(node, DCTERMS.identifier),
            path=graph.text(node, YZ.path),
            text=graph.text(node, SCHEMA.articleBody),
            sha256=graph.text(node, YZ.sha256),
            encoding=cast(Encoding, graph.text(node, YZ.encoding)),
            media=cast(MediaType, graph.optional(node, SCHEMA.encodingFormat) or "text/plain"),
        ),
        metadata=Metadata(
            title=graph.text(node, SCHEMA.headline),
            published=None if published is None else date.fromisoformat(published),
            publisher=graph.optional(node, SCHEMA.publisher),
            author=graph.optional(node, SCHEMA.author),
            category=graph.optional(node, SCHEMA.articleSection),
            tags=graph.ordered(node, SCHEMA.keywords, YZ.keywordOrder),
            tickers=graph.ordered(node, YZ.ticker, YZ.tickerOrder),
        ),
        lines=graph.records(
            YZ.Line,
            lambda line: Line(
                span=graph.span(line, YZ.span),
                block=graph.number(line, YZ.block),
                kind=cast(LineKind, graph.code(line, YZ.lineKind, "kind")),
            ),
        ),
        sentences=graph.records(
            DOCO.Sentence,
            lambda sentence: Sentence(
                span=graph.span(sentence, YZ.span),
                block=graph.number(sentence, YZ.block),
                kind=cast(LineKind, graph.code(sentence, YZ.lineKind, "kind")),
                section=graph.optional(sentence, YZ.section),
                lead=graph.optional_span(sentence, YZ.lead),
                table=graph.optional_span(sentence, YZ.tableHeader),
            ),
        ),
        marks=graph.records(C4O.InTextReferencePointer, lambda mark: _mark(graph, mark)),
    )


def _mark(graph: GraphView, node: NamedNode) -> CitationMark:
    source = graph.node(node, C4O.denotes)
    return CitationMark(
        span=graph.span(node, YZ.span),
        text=graph.text(node, C4O.hasContent),
        source=graph.text(source, YZ.sourceNumber),
        covers=graph.span(node, YZ.covers),
        reference=graph.optional(source, YZ.entry),
    )


def _entity(graph: GraphView, node: NamedNode) -> Entity:
    return Entity(
        id=entity_id(graph.node(node, YZ.denotes)),
        name=graph.text(node, YZ.name),
        aliases=graph.ordered(node, YZ.alias, YZ.aliasOrder),
        type=cast(EntityType, graph.code(node, YZ.entityType, "type")),
        ticker=graph.optional(node, YZ.ticker),
        first_start=graph.number(node, YZ.firstStart),
    )


def _mention(graph: GraphView, node: NamedNode) -> Mention:
    return Mention(
        span=graph.span(node, YZ.span),
        text=graph.quote(node, YZ.span),
        entity=entity_id(graph.node(node, YZ.denotes)),
        how="reference" if graph.text(node, YZ.how) == "reference" else "name",
        score=float(graph.text(node, YZ.score)),
    )


def _figure(graph: GraphView, node: NamedNode, *, sentence: int) -> Figure:
    value = graph.decimal(node, YZ.value)
    begin, end = read_interval(graph, node)
    return Figure(
        span=graph.span(node, PROV.wasDerivedFrom),
        text=graph.text(node, YZ.lexical),
        value=value,
        low=graph.decimal(node, YZ.low) if value is None else None,
        high=graph.decimal(node, YZ.high) if value is None else None,
        unit=unit_code(graph.node(node, YZ.unit).value),
        approximate=graph.flag(node, YZ.approximate),
        subject=graph.text(node, YZ.subjectName),
        entity=graph.entity(node, YZ.subject),
        metric=cast(Metric, graph.code(node, YZ.metric, "metric")),
        metric_words=graph.optional(node, YZ.metricWords),
        basis=graph.optional(node, YZ.basis),
        comparator=graph.optional(node, YZ.comparator),
        modality=cast(Modality, graph.code(node, YZ.modality, "modality")),
        speaker=graph.optional(node, YZ.speakerName),
        negated=graph.flag(node, YZ.negated),
        period=graph.optional(node, YZ.periodText),
        period_begin=begin,
        period_end=end,
        sentence=sentence,
        support=graph.support(node),
    )


def _modality(graph: GraphView, node: NamedNode) -> Modality:
    if not graph.values(node, YZ.modality):
        return "reported"
    return cast(Modality, graph.code(node, YZ.modality, "modality"))


def _stance(graph: GraphView, node: NamedNode) -> Stance | None:
    if not graph.values(node, YZ.stance):
        return None
    return cast(Stance, graph.code(node, YZ.stance, "stance"))
