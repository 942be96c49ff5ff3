"""The service description (https://www.w3.org/TR/sparql11-service-description/)."""

from __future__ import annotations

from pyoxigraph import BlankNode, Literal, NamedNode, Triple, serialize

from kg.formats import GRAPH_FORMATS, RESULT_FORMATS
from kg.vocabulary import RDF
from kg.worker.records import Limits

SD = "http://www.w3.org/ns/sparql-service-description#"
_DESCRIPTION = NamedNode("http://purl.org/dc/terms/description")


def service_description(endpoint: str, *, limits: Limits, format: str) -> bytes:
    """What the service at *endpoint* can do, as RDF in one of `GRAPH_FORMATS`."""
    service, dataset, graph = BlankNode("service"), BlankNode("dataset"), BlankNode("graph")
    triples = [
        Triple(service, RDF.type, _sd("Service")),
        Triple(service, _sd("endpoint"), NamedNode(endpoint)),
        Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query")),
        Triple(service, _sd("feature"), _sd("UnionDefaultGraph")),
        Triple(service, _sd("defaultDataset"), dataset),
        Triple(dataset, RDF.type, _sd("Dataset")),
        Triple(dataset, _sd("defaultGraph"), graph),
        Triple(graph, RDF.type, _sd("Graph")),
    ]
    results = [each.iri for each in RESULT_FORMATS.values()]
    graphs = [each.iri for each in GRAPH_FORMATS.values()]
    for iri in (*results, *graphs):
        triples.append(Triple(service, _sd("resultFormat"), NamedNode(iri)))
    for language, text in _limits_told(limits).items():
        triples.append(Triple(service, _DESCRIPTION, Literal(text, language=language)))
    prefixes = {"sd": SD, "dcterms": "http://purl.org/dc/terms/"}
    return serialize(triples, format=GRAPH_FORMATS[format], prefixes=prefixes) or b""


def _limits_told(limits: Limits) -> dict[str, str]:
    seconds, rows, size = limits.seconds, limits.rows, limits.bytes / (1 << 20)
    return {
        "zh": f"引证知识库，只读；每次查询不超过 {seconds:g} 秒、{rows} 行、{size:g} MB",
        "en": f"Knowledge base of Yinzheng, read-only; a query may take {seconds:g} s "
        f"and its result {rows} rows and {size:g} MB",
    }


def _sd(name: str) -> NamedNode:
    return NamedNode(SD + name)
