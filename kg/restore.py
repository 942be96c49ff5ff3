"""RDF to records: the exact inverse of `kg.convert`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import TypeVar, cast

from pyoxigraph import Literal, NamedNode, Quad

from kg import terms
from kg.errors import ShapeError
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
    Scope,
    Sentence,
    Span,
    Statement,
    Support,
)
from kg.units import unit_code
from kg.vocabulary import (
    C4O,
    DCTERMS,
    DOCO,
    OA,
    PROV,
    RDF,
    SCHEMA,
    TIME,
    YZ,
    Scheme,
    code_of,
)

_Record = TypeVar("_Record")


class GraphView:
    """The triples of one graph by subject and predicate. Reads what the shapes promise."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._values: dict[NamedNode, dict[NamedNode, list[NamedNode | Literal]]] = {}
        for quad in quads:
            subject = cast(NamedNode, quad.subject)
            value = cast(NamedNode | Literal, quad.object)
            self._values.setdefault(subject, {}).setdefault(quad.predicate, []).append(value)

    def instances(self, class_: NamedNode) -> list[NamedNode]:
        """The nodes of a class, in the order of the records."""
        nodes = [s for s, values in self._values.items() if class_ in values.get(RDF.type, ())]
        return sorted(nodes, key=lambda node: int(self.optional(node, YZ.index) or 0))

    def records(
        self, class_: NamedNode, read: Callable[[NamedNode], _Record]
    ) -> tuple[_Record, ...]:
        """What *read* makes of each node of a class, in order."""
        return tuple(read(node) for node in self.instances(class_))

    def values(self, subject: NamedNode, predicate: NamedNode) -> list[NamedNode | Literal]:
        """All objects of a subject and predicate."""
        return self._values.get(subject, {}).get(predicate, [])

    def optional(self, subject: NamedNode, predicate: NamedNode) -> str | None:
        """The one value, as a string, or ``None``."""
        values = self.values(subject, predicate)
        return values[0].value if values else None

    def text(self, subject: NamedNode, predicate: NamedNode) -> str:
        """The one value, as a string.

        :raises ShapeError: if there is none.
        """
        return self._one(subject, predicate).value

    def node(self, subject: NamedNode, predicate: NamedNode) -> NamedNode:
        """The one node.

        :raises ShapeError: if there is none.
        """
        return cast(NamedNode, self._one(subject, predicate))

    def code(self, subject: NamedNode, predicate: NamedNode, scheme: Scheme) -> str:
        """The code of the one coded node."""
        return code_of(self.node(subject, predicate), scheme)

    def number(self, subject: NamedNode, predicate: NamedNode) -> int:
        """The one integer."""
        return int(self.text(subject, predicate))

    def decimal(self, subject: NamedNode, predicate: NamedNode) -> Decimal | None:
        """The one decimal, or ``None``."""
        value = self.optional(subject, predicate)
        return None if value is None else Decimal(value)

    def flag(self, subject: NamedNode, predicate: NamedNode) -> bool:
        """The one boolean."""
        return self.text(subject, predicate) == "true"

    def ordered(
        self, subject: NamedNode, predicate: NamedNode, order: NamedNode
    ) -> tuple[str, ...]:
        """Strings in the order in which they were given."""
        stated = self.optional(subject, order)
        if stated is not None:
            return tuple(json.loads(stated))
        return tuple(terms.distinct(value.value for value in self.values(subject, predicate)))

    def span(self, subject: NamedNode, predicate: NamedNode) -> Span:
        """The one span."""
        return self._selected(self.node(subject, predicate))

    def optional_span(self, subject: NamedNode, predicate: NamedNode) -> Span | None:
        """The one span, or ``None``."""
        return self.span(subject, predicate) if self.values(subject, predicate) else None

    def quote(self, subject: NamedNode, predicate: NamedNode) -> str:
        """The words at the one span."""
        for selector in self.values(self.node(subject, predicate), OA.hasSelector):
            exact = self.optional(cast(NamedNode, selector), OA.exact)
            if exact is not None:
                return exact
        raise ShapeError(f"<{subject.value}> has a span without its words")

    def support(self, subject: NamedNode) -> Support:
        """The sources behind a claim or sentence."""
        stated = self.optional(subject, YZ.citationOrder)
        if stated is not None:
            citations = tuple(json.loads(stated))
        else:
            sources = (cast(NamedNode, s) for s in self.values(subject, YZ.citation))
            citations = tuple(terms.distinct(self.text(s, YZ.sourceNumber) for s in sources))
        scope = cast(Scope, self.code(subject, YZ.citationScope, "scope"))
        return Support(citations=citations, scope=scope)

    def _one(self, subject: NamedNode, predicate: NamedNode) -> NamedNode | Literal:
        values = self.values(subject, predicate)
        if not values:
            raise ShapeError(f"<{subject.value}> lacks <{predicate.value}>")
        return values[0]

    def _selected(self, node: NamedNode) -> Span:
        for selector in self.values(node, OA.hasSelector):
            start = self.optional(cast(NamedNode, selector), OA.start)
            if start is not None:
                return Span(int(start), self.number(cast(NamedNode, selector), OA.end))
        raise ShapeError(f"<{node.value}> is no span: it has no position")


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
            ),
        ),
        offices=graph.records(
            YZ.Office,
            lambda node: Office(
                span=graph.span(node, PROV.wasDerivedFrom),
                person=entity_id(graph.node(node, YZ.person)),
                title=graph.text(node, YZ.title),
                organisation=_optional_entity(graph, node, YZ.organisation),
                sentence=sentence_of(node),
                support=graph.support(node),
            ),
        ),
        supports=tuple(graph.support(node) for node in sentences),
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
    begin, end = _period(graph, node)
    return Figure(
        span=graph.span(node, PROV.wasDerivedFrom),
        text=graph.text(node, YZ.lexical),
        value=value,
        low=graph.decimal(node, YZ.low) if value is None else None,
        high=graph.decimal(node, YZ.high) if value is None else None,
        unit=unit_code(graph.node(node, YZ.unit).value),
        approximate=graph.flag(node, YZ.approximate),
        subject=graph.text(node, YZ.subjectName),
        entity=_optional_entity(graph, node, YZ.subject),
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


def _period(graph: GraphView, node: NamedNode) -> tuple[date | None, date | None]:
    if not graph.values(node, YZ.period):
        return None, None
    interval = graph.node(node, YZ.period)
    days = []
    for predicate in (TIME.hasBeginning, TIME.hasEnd):
        instants = graph.values(interval, predicate)
        instant = cast(NamedNode, instants[0]) if instants else None
        days.append(
            None if instant is None else date.fromisoformat(graph.text(instant, TIME.inXSDDate))
        )
    return days[0], days[1]


def _optional_entity(graph: GraphView, node: NamedNode, predicate: NamedNode) -> str | None:
    return entity_id(graph.node(node, predicate)) if graph.values(node, predicate) else None
