"""Records to RDF: an `Extraction` as the quads of one named graph. `kg.restore` is the inverse."""

from __future__ import annotations

from bisect import bisect_right

from pyoxigraph import Literal, NamedNode, Quad

from kg import terms
from kg.building import GraphBuilder
from kg.errors import ShapeError
from kg.intervals import add_interval
from kg.iris import BASE, document_key, entity_node
from kg.records import Document, Extraction, Figure, Office, Relation, Sentence, Statement
from kg.relations import add_relations
from kg.tie_graph import add_ties
from kg.ties import Tie
from kg.units import unit_node
from kg.vocabulary import C4O, DCTERMS, DOCO, PROV, RDF, SCHEMA, YZ, coded

_CHANGES = frozenset(
    "price_change relative_return growth_yoy growth_qoq price_adjustment rate_change flow".split()
)


def to_quads(extraction: Extraction, *, base: str = BASE) -> list[Quad]:
    """All that one document asserts, as quads of its own graph, without blank nodes.

    The entry of a source number is kept once for the document: the first one given.

    :raises ShapeError: if the records contradict one another so that no graph can say them
        (a sentence that is not there, both a value and bounds, an ill-formed unit).
    """
    document = extraction.document
    _check(extraction)
    key = document_key(document.doc, document.article.sha256)
    graph = GraphBuilder(key, document.text, base=base)
    _article(graph, document)
    for index, node in graph.records("line", YZ.Line, [line.span for line in document.lines]):
        line = document.lines[index]
        graph.add(node, YZ.span, graph.span(line.span))
        graph.add(node, YZ.block, terms.integer(line.block))
        graph.add(node, YZ.lineKind, coded("kind", line.kind))
    sentences = _sentences(graph, extraction)
    _marks(graph, document)
    _entities(graph, extraction)
    _mentions(graph, extraction, sentences)
    _figures(graph, extraction.figures, sentences)
    _statements(graph, extraction.statements, sentences)
    _offices(graph, extraction.offices, sentences)
    add_relations(graph, extraction.relations, sentences)
    add_ties(graph, extraction.ties, sentences)
    return list(graph.quads)


def _check(extraction: Extraction) -> None:
    doc, count = extraction.document.doc, len(extraction.document.sentences)
    if len(extraction.supports) != count:
        raise ShapeError(
            f"{doc}: {len(extraction.supports)} supports for {count} sentences; one each is needed"
        )
    claims: list[Figure | Statement | Office | Relation | Tie] = [*extraction.figures]
    claims += [*extraction.statements, *extraction.offices, *extraction.relations]
    claims += extraction.ties
    for record in claims:
        if not 0 <= record.sentence < count:
            span = record.cue if isinstance(record, Tie) else record.span
            raise ShapeError(f"{doc}: sentence {record.sentence} of {span} is not there")
    for figure in extraction.figures:
        if figure.value is not None and (figure.low is not None or figure.high is not None):
            raise ShapeError(f"{doc}: '{figure.text}' has both a value and bounds; give one")
        try:
            unit_node(figure.unit, base=BASE)
        except ValueError as error:
            raise ShapeError(f"{doc}: '{figure.text}': {error}") from None


def _article(graph: GraphBuilder, document: Document) -> None:
    node, article, metadata = graph.document, document.article, document.metadata
    graph.add(node, RDF.type, SCHEMA.NewsArticle)
    graph.add_text(node, DCTERMS.identifier, article.doc)
    graph.add_text(node, SCHEMA.articleBody, article.text)
    graph.add_text(node, YZ.path, article.path)
    graph.add_text(node, YZ.sha256, article.sha256)
    graph.add_text(node, YZ.encoding, article.encoding)
    graph.add_text(node, SCHEMA.encodingFormat, article.media)
    graph.add_text(node, SCHEMA.headline, metadata.title)
    if metadata.published is not None:
        graph.add(node, SCHEMA.datePublished, terms.day(metadata.published))
    graph.add_text(node, SCHEMA.publisher, metadata.publisher)
    graph.add_text(node, SCHEMA.author, metadata.author)
    graph.add_text(node, SCHEMA.articleSection, metadata.category)
    graph.ordered(node, SCHEMA.keywords, YZ.keywordOrder, metadata.tags)
    graph.ordered(node, YZ.ticker, YZ.tickerOrder, metadata.tickers)


def _sentences(graph: GraphBuilder, extraction: Extraction) -> list[NamedNode]:
    sentences = extraction.document.sentences
    nodes = []
    for index, node in graph.records("sentence", DOCO.Sentence, [s.span for s in sentences]):
        sentence: Sentence = sentences[index]
        nodes.append(node)
        graph.add(node, YZ.span, graph.span(sentence.span))
        graph.add(node, YZ.block, terms.integer(sentence.block))
        graph.add(node, YZ.lineKind, coded("kind", sentence.kind))
        graph.add_text(node, YZ.section, sentence.section)
        if sentence.lead is not None:
            graph.add(node, YZ.lead, graph.span(sentence.lead))
        if sentence.table is not None:
            graph.add(node, YZ.tableHeader, graph.span(sentence.table))
        graph.support(node, extraction.supports[index])
    return nodes


def _marks(graph: GraphBuilder, document: Document) -> None:
    marks = document.marks
    entries: dict[str, str] = {}
    for index, node in graph.records(
        "mark", C4O.InTextReferencePointer, [mark.span for mark in marks]
    ):
        mark = marks[index]
        graph.add_text(node, C4O.hasContent, mark.text)
        graph.add(node, C4O.denotes, graph.source(mark.source))
        graph.add(node, YZ.span, graph.span(mark.span, exact=mark.text))
        graph.add(node, YZ.covers, graph.span(mark.covers))
        if mark.reference is not None:
            entries.setdefault(mark.source, mark.reference)
    for source, entry in entries.items():
        graph.add_text(graph.source(source), YZ.entry, entry)


def _entities(graph: GraphBuilder, extraction: Extraction) -> None:
    for index, entity in enumerate(extraction.entities):
        node = graph.node(f"entity-{index}")
        graph.add(node, RDF.type, YZ.DocumentEntity)
        graph.add(node, YZ.index, terms.integer(index))
        graph.add(node, YZ.denotes, entity_node(entity.id, base=graph.base))
        graph.add_text(node, YZ.name, entity.name)
        graph.ordered(node, YZ.alias, YZ.aliasOrder, entity.aliases)
        graph.add(node, YZ.entityType, coded("type", entity.type))
        graph.add_text(node, YZ.ticker, entity.ticker)
        graph.add(node, YZ.firstStart, terms.integer(entity.first_start))


def _mentions(graph: GraphBuilder, extraction: Extraction, sentences: list[NamedNode]) -> None:
    """Mentions, each with its sentence, if it stands in one, so that queries need no offsets."""
    mentions = extraction.mentions
    spans = [sentence.span for sentence in extraction.document.sentences]
    starts = [span.start for span in spans]
    for index, node in graph.records("mention", YZ.Mention, [m.span for m in mentions]):
        mention = mentions[index]
        graph.add(node, YZ.span, graph.span(mention.span, exact=mention.text))
        place = bisect_right(starts, mention.span.start) - 1
        if place >= 0 and spans[place].contains(mention.span):
            graph.add(node, YZ.sentence, sentences[place])
        graph.add(node, YZ.denotes, entity_node(mention.entity, base=graph.base))
        graph.add_text(node, YZ.how, mention.how)
        graph.add(node, YZ.score, Literal(mention.score))


def _figures(graph: GraphBuilder, figures: tuple[Figure, ...], sentences: list[NamedNode]) -> None:
    for index, node in graph.records("figure", YZ.FigureClaim, [f.span for f in figures]):
        figure = figures[index]
        if figure.entity is not None:
            graph.add(node, YZ.subject, entity_node(figure.entity, base=graph.base))
        graph.add_text(node, YZ.subjectName, figure.subject)
        graph.add(node, YZ.metric, coded("metric", figure.metric))
        graph.add_text(node, YZ.metricWords, figure.metric_words)
        graph.add_text(node, YZ.basis, figure.basis)
        graph.add_text(node, YZ.comparator, figure.comparator)
        _amount(graph, node, figure)
        graph.add(node, YZ.modality, coded("modality", figure.modality))
        graph.add_text(node, YZ.speakerName, figure.speaker)
        graph.add(node, YZ.negated, terms.boolean(figure.negated))
        graph.add_text(node, YZ.periodText, figure.period)
        add_interval(graph, node, figure.period_begin, figure.period_end)
        graph.add(node, PROV.wasDerivedFrom, graph.span(figure.span, exact=figure.text))
        graph.add(node, YZ.sentence, sentences[figure.sentence])
        graph.support(node, figure.support)


def _amount(graph: GraphBuilder, node: NamedNode, figure: Figure) -> None:
    """Bounds for every figure, so that one filter is right for points, ranges and falls alike."""
    low = figure.low if figure.value is None else figure.value
    high = figure.high if figure.value is None else figure.value
    for predicate, bound in ((YZ.low, low), (YZ.high, high), (YZ.value, figure.value)):
        if bound is not None:
            graph.add(node, predicate, terms.decimal(bound))
    graph.add(node, YZ.unit, unit_node(figure.unit, base=graph.base))
    graph.add(node, YZ.approximate, terms.boolean(figure.approximate))
    graph.add_text(node, YZ.lexical, figure.text)
    if figure.metric not in _CHANGES:
        return
    if low is not None and low > 0:
        graph.add(node, YZ.direction, coded("direction", "up"))
    elif high is not None and high < 0:
        graph.add(node, YZ.direction, coded("direction", "down"))
    elif low == high == 0:
        graph.add(node, YZ.direction, coded("direction", "flat"))


def _statements(
    graph: GraphBuilder, statements: tuple[Statement, ...], sentences: list[NamedNode]
) -> None:
    spans = [statement.span for statement in statements]
    for index, node in graph.records("statement", YZ.Statement, spans):
        statement = statements[index]
        graph.add(node, PROV.wasDerivedFrom, graph.span(statement.span, exact=statement.text))
        graph.add(node, YZ.speaker, entity_node(statement.speaker, base=graph.base))
        graph.add(node, YZ.quoted, terms.boolean(statement.quoted))
        graph.add_text(node, YZ.cue, statement.cue)
        if statement.addressee is not None:
            graph.add(node, YZ.addressee, entity_node(statement.addressee, base=graph.base))
        if statement.stance is not None:
            graph.add(node, YZ.stance, coded("stance", statement.stance))
        graph.add(node, YZ.negated, terms.boolean(statement.negated))
        graph.add(node, YZ.modality, coded("modality", statement.modality))
        graph.add(node, YZ.sentence, sentences[statement.sentence])
        graph.support(node, statement.support)


def _offices(graph: GraphBuilder, offices: tuple[Office, ...], sentences: list[NamedNode]) -> None:
    for index, node in graph.records("office", YZ.Office, [office.span for office in offices]):
        office = offices[index]
        graph.add(node, PROV.wasDerivedFrom, graph.span(office.span))
        graph.add(node, YZ.person, entity_node(office.person, base=graph.base))
        graph.add_text(node, YZ.title, office.title)
        if office.organisation is not None:
            organisation = entity_node(office.organisation, base=graph.base)
            graph.add(node, YZ.organisation, organisation)
        graph.add(node, YZ.sentence, sentences[office.sentence])
        graph.support(node, office.support)
