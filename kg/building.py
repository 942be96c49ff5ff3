"""A graph in the making: quads of one named graph, each span written once."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad

from kg import terms
from kg.iris import document_node, graph_node, record_names, source_name, span_name
from kg.records import Span, Support
from kg.vocabulary import BIRO, CITO, OA, PROV, RDF, YZ, coded


class GraphBuilder:
    """Collects the quads of one document's graph.

    *key* is `kg.iris.document_key`, *text* the stored text.
    """

    def __init__(self, key: str, text: str, *, base: str) -> None:
        self.base = base
        self.text = text
        self.document = document_node(key, base=base)
        self.graph = graph_node(key, base=base)
        self.quads: dict[Quad, None] = {}  # a set that keeps its order
        self._spans: set[tuple[Span, str]] = set()
        self._sources: dict[str, NamedNode] = {}

    def node(self, name: str) -> NamedNode:
        """The node of a fragment of this document."""
        return NamedNode(f"{self.document.value}#{name}")

    def add(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> None:
        """One triple."""
        self.quads[Quad(subject, predicate, value, self.graph)] = None

    def add_text(self, subject: NamedNode, predicate: NamedNode, value: str | None) -> None:
        """One triple with a string, or none."""
        if value is not None:
            self.add(subject, predicate, Literal(value))

    def records(
        self, kind: str, class_: NamedNode, spans: Iterable[Span]
    ) -> Iterable[tuple[int, NamedNode]]:
        """The typed and numbered node of each record of one kind, with its index."""
        for index, name in enumerate(record_names(kind, spans)):
            node = self.node(name)
            self.add(node, RDF.type, class_)
            self.add(node, YZ.index, terms.integer(index))
            yield index, node

    def ordered(
        self,
        subject: NamedNode,
        predicate: NamedNode,
        order: NamedNode,
        values: tuple[str, ...],
    ) -> None:
        """Strings as values of *predicate*, and their order where sorting would not restore it."""
        distinct = terms.distinct(values)
        for value in distinct:
            self.add(subject, predicate, Literal(value))
        if list(values) != distinct:
            self.add(subject, order, terms.order(values))

    def span(self, span: Span, *, exact: str | None = None) -> NamedNode:
        """The node of a span, written out at its first use.

        *exact* is what the record says stands there: when that is not the text at the
        span, the quote contradicts the text and the shapes refuse the graph.
        """
        node = self.node(span_name(span))
        quote = span.of(self.text) if exact is None else exact
        if (span, quote) in self._spans:
            return node
        self._spans.add((span, quote))
        position = self.node(f"position-{span.start}-{span.end}")
        quotation = self.node(f"quote-{span.start}-{span.end}")
        self.add(node, RDF.type, OA.SpecificResource)
        self.add(node, OA.hasSource, self.document)
        self.add(node, PROV.wasQuotedFrom, self.document)
        self.add(node, OA.hasSelector, position)
        self.add(node, OA.hasSelector, quotation)
        self.add(position, RDF.type, OA.TextPositionSelector)
        self.add(position, OA.start, terms.integer(span.start))
        self.add(position, OA.end, terms.integer(span.end))
        self.add(quotation, RDF.type, OA.TextQuoteSelector)
        self.add(quotation, OA.exact, Literal(quote))
        return node

    def source(self, source: str) -> NamedNode:
        """The entry of a source number in the article's list of sources."""
        known = self._sources.get(source)
        if known is not None:
            return known
        node = self._sources[source] = self.node(source_name(source))
        self.add(node, RDF.type, BIRO.BibliographicReference)
        self.add(node, YZ.sourceNumber, Literal(source))
        self.add(self.document, CITO.citesAsEvidence, node)
        return node

    def support(self, subject: NamedNode, support: Support) -> None:
        """The sources behind a claim or sentence, and how near they stand."""
        distinct = terms.distinct(support.citations)
        for source in distinct:
            self.add(subject, YZ.citation, self.source(source))
        if list(support.citations) != distinct:
            self.add(subject, YZ.citationOrder, terms.order(support.citations))
        self.add(subject, YZ.citationScope, coded("scope", support.scope))
