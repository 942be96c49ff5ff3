"""The terms that the graph is written in, closed: a misspelt term is an `AttributeError`.

Standard vocabularies wherever one has the term, the rest in our own small ontology
(``ontology.ttl``, the same terms with labels and definitions in Chinese and English).
The codes of the records (metrics, entity types …) are nodes named ``yz:<scheme>-<code>``:
``yz:metric-price_change``, so that a code and its node are told from one another by rule.
"""

from __future__ import annotations

from inspect import get_annotations
from typing import Literal, TypeAlias

from pyoxigraph import NamedNode

NAMESPACE = "https://yinzheng.example/ns#"
ONTOLOGY_GRAPH = NamedNode(NAMESPACE.removesuffix("#"))

Scheme: TypeAlias = Literal[
    "metric",
    "type",
    "scope",
    "modality",
    "kind",
    "unit",
    "direction",
    "relation",
    "stance",
    "tie",
    "finding",
]


class Vocabulary:
    """A closed namespace: each annotated name of a subclass is a term of it."""

    def __init_subclass__(cls, *, iri: str) -> None:
        for name in get_annotations(cls):
            setattr(cls, name, NamedNode(iri + name))


class YZ(Vocabulary, iri=NAMESPACE):
    """Our own terms."""

    # classes
    FigureClaim: NamedNode
    Statement: NamedNode
    Office: NamedNode
    Relation: NamedNode
    RelationKind: NamedNode
    Argument: NamedNode
    Stance: NamedNode
    Mention: NamedNode
    DocumentEntity: NamedNode
    Line: NamedNode
    Metric: NamedNode
    EntityType: NamedNode
    Modality: NamedNode
    CitationScope: NamedNode
    LineKind: NamedNode
    Direction: NamedNode
    Unit: NamedNode
    Tie: NamedNode
    TieKind: NamedNode
    Operand: NamedNode
    Finding: NamedNode
    FindingKind: NamedNode
    # of a figure claim
    subject: NamedNode
    subjectName: NamedNode
    metric: NamedNode
    metricWords: NamedNode
    basis: NamedNode
    comparator: NamedNode
    direction: NamedNode
    low: NamedNode
    high: NamedNode
    value: NamedNode
    unit: NamedNode
    approximate: NamedNode
    lexical: NamedNode
    modality: NamedNode
    speakerName: NamedNode
    negated: NamedNode
    periodText: NamedNode
    period: NamedNode
    # of every claim and sentence
    sentence: NamedNode
    citation: NamedNode
    citationScope: NamedNode
    citationOrder: NamedNode
    # of statements and offices
    speaker: NamedNode
    cue: NamedNode
    quoted: NamedNode
    person: NamedNode
    title: NamedNode
    organisation: NamedNode
    addressee: NamedNode
    stance: NamedNode
    # of relations
    cueSpan: NamedNode
    amount: NamedNode
    place: NamedNode
    # of ties
    tieKind: NamedNode
    operand: NamedNode
    role: NamedNode
    detail: NamedNode
    # of findings
    findingKind: NamedNode
    severity: NamedNode
    rule: NamedNode
    about: NamedNode
    disputes: NamedNode
    preferred: NamedNode
    deprecated: NamedNode
    audited: NamedNode
    # of the text
    span: NamedNode
    covers: NamedNode
    block: NamedNode
    lineKind: NamedNode
    section: NamedNode
    lead: NamedNode
    tableHeader: NamedNode
    index: NamedNode
    sourceNumber: NamedNode
    entry: NamedNode
    path: NamedNode
    sha256: NamedNode
    encoding: NamedNode
    keywordOrder: NamedNode
    tickerOrder: NamedNode
    # of entities
    denotes: NamedNode
    name: NamedNode
    alias: NamedNode
    ambiguousLabel: NamedNode
    aliasOrder: NamedNode
    entityType: NamedNode
    ticker: NamedNode
    firstStart: NamedNode
    how: NamedNode
    score: NamedNode
    member: NamedNode
    country: NamedNode
    # of graphs
    contentHash: NamedNode
    generation: NamedNode
    writer: NamedNode
    extractor: NamedNode


class RDF(Vocabulary, iri="http://www.w3.org/1999/02/22-rdf-syntax-ns#"):
    """RDF."""

    type: NamedNode
    subject: NamedNode
    predicate: NamedNode
    object: NamedNode
    JSON: NamedNode


class XSD(Vocabulary, iri="http://www.w3.org/2001/XMLSchema#"):
    """XML Schema datatypes."""

    string: NamedNode
    boolean: NamedNode
    integer: NamedNode
    decimal: NamedNode
    double: NamedNode
    date: NamedNode
    dateTime: NamedNode


class PROV(Vocabulary, iri="http://www.w3.org/ns/prov#"):
    """Provenance."""

    Entity: NamedNode
    SoftwareAgent: NamedNode
    wasQuotedFrom: NamedNode
    wasDerivedFrom: NamedNode
    wasAttributedTo: NamedNode
    generatedAtTime: NamedNode


class OA(Vocabulary, iri="http://www.w3.org/ns/oa#"):
    """Web Annotation: spans and findings. Offsets are code points, end exclusive."""

    Annotation: NamedNode
    hasTarget: NamedNode
    bodyValue: NamedNode
    SpecificResource: NamedNode
    TextPositionSelector: NamedNode
    TextQuoteSelector: NamedNode
    hasSource: NamedNode
    hasSelector: NamedNode
    start: NamedNode
    end: NamedNode
    exact: NamedNode


class C4O(Vocabulary, iri="http://purl.org/spar/c4o/"):
    """In-text references."""

    InTextReferencePointer: NamedNode
    hasContent: NamedNode
    denotes: NamedNode


class CITO(Vocabulary, iri="http://purl.org/spar/cito/"):
    """What cites what."""

    citesAsEvidence: NamedNode


class BIRO(Vocabulary, iri="http://purl.org/spar/biro/"):
    """Entries of a list of references."""

    BibliographicReference: NamedNode


class DOCO(Vocabulary, iri="http://purl.org/spar/doco/"):
    """Parts of a document."""

    Sentence: NamedNode


class SCHEMA(Vocabulary, iri="https://schema.org/"):
    """schema.org."""

    NewsArticle: NamedNode
    articleBody: NamedNode
    articleSection: NamedNode
    encodingFormat: NamedNode
    headline: NamedNode
    datePublished: NamedNode
    inLanguage: NamedNode
    keywords: NamedNode
    publisher: NamedNode
    author: NamedNode
    tickerSymbol: NamedNode
    Corporation: NamedNode
    Person: NamedNode
    Organization: NamedNode
    Place: NamedNode
    Product: NamedNode
    Event: NamedNode


class DCTERMS(Vocabulary, iri="http://purl.org/dc/terms/"):
    """Dublin Core."""

    identifier: NamedNode


class SKOS(Vocabulary, iri="http://www.w3.org/2004/02/skos/core#"):
    """Names and schemes."""

    Concept: NamedNode
    prefLabel: NamedNode
    definition: NamedNode
    altLabel: NamedNode
    broader: NamedNode
    notation: NamedNode


class TIME(Vocabulary, iri="http://www.w3.org/2006/time#"):
    """OWL-Time. Beginnings and ends are inclusive days."""

    ProperInterval: NamedNode
    Instant: NamedNode
    hasBeginning: NamedNode
    hasEnd: NamedNode
    inXSDDate: NamedNode


FIBO_INDEX = NamedNode(
    "https://spec.edmcouncil.org/fibo/ontology/IND/MarketIndices/BasketIndices/EquityIndex"
)

PREFIXES: dict[str, str] = {
    "yz": NAMESPACE,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "c4o": "http://purl.org/spar/c4o/",
    "cito": "http://purl.org/spar/cito/",
    "biro": "http://purl.org/spar/biro/",
    "doco": "http://purl.org/spar/doco/",
    "schema": "https://schema.org/",
    "dcterms": "http://purl.org/dc/terms/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "unit": "http://qudt.org/vocab/unit/",
    "sh": "http://www.w3.org/ns/shacl#",
    "qb": "http://purl.org/linked-data/cube#",
}
"""The prefixes that every query may use undeclared."""


def coded(scheme: Scheme, code: str) -> NamedNode:
    """The node of a record's code: ``coded("metric", "profit")`` is ``yz:metric-profit``."""
    return NamedNode(f"{NAMESPACE}{scheme}-{code}")


def code_of(node: NamedNode, scheme: Scheme) -> str:
    """The code of a node made by `coded`.

    :raises ValueError: if the node is not of *scheme*.
    """
    prefix = f"{NAMESPACE}{scheme}-"
    if not node.value.startswith(prefix):
        raise ValueError(f"<{node.value}> is no {scheme} of the vocabulary")
    return node.value.removeprefix(prefix)
