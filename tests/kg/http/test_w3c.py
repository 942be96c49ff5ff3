"""The W3C's own tests of the protocol and of the result formats, by their manifests."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store
from rdflib import RDF, RDFS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.query import Result
from rdflib.term import Node
from served import W3C, Answer, Served, serving

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
TABULAR = {
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
}
GRAPHS = {"text/turtle", "application/n-triples", "application/rdf+xml"}


def manifest(folder: str) -> Graph:
    path = W3C / folder / "manifest.ttl"
    return Graph().parse(path, publicID=path.as_uri()) if path.is_file() else Graph()


def entries(graph: Graph) -> list[Node]:
    lists = list(graph.objects(None, MF.entries))
    return [entry for each in lists for entry in Collection(graph, each)]


def named(entry: Node) -> str:
    return str(entry).partition("#")[2]


PROTOCOL = manifest("protocol")
FORMATS = [
    (graph, entry)
    for folder in ("json-res", "csv-tsv-res")
    for graph in [manifest(folder)]
    for entry in entries(graph)
]
skipped = pytest.mark.skipif(not W3C.is_dir(), reason="the W3C tests are not beside the project")


@pytest.fixture(scope="module")
def w3c_server(raw_home: Callable[[Store], Path]) -> Iterator[Served]:
    """All data of these tests: of the protocol under its own names, of the formats by its file."""
    store = Store()
    for data, label in PROTOCOL.subject_objects(RDFS.label):
        path = PROTOCOL.value(data, UT.graph)
        if path is not None:
            text = Path(str(path).removeprefix("file://")).read_bytes()
            store.load(text, format=RdfFormat.N_TRIPLES, to_graph=NamedNode(str(label)))
    for graph, entry in FORMATS:
        name = str(graph.value(graph.value(entry, MF.action), QT.data))
        text = Path(name.removeprefix("file://")).read_bytes()
        if not store.contains_named_graph(NamedNode(name)):
            store.load(text, format=RdfFormat.TURTLE, to_graph=NamedNode(name), base_iri=name)
    with serving(raw_home(store)) as served:
        yield served


def requests(entry: Node) -> list[Node]:
    connection = PROTOCOL.value(entry, MF.action)
    head = PROTOCOL.value(connection, HT.requests)
    assert head is not None
    return list(Collection(PROTOCOL, head))


def sent(server: Served, request: Node) -> Answer:
    def text(node: Node | None, name: URIRef) -> str:
        return str(PROTOCOL.value(node, name))

    headers = {}
    listed = PROTOCOL.value(request, HT.headers)
    if listed is not None:
        for header in Collection(PROTOCOL, listed):
            headers[text(header, HT.fieldName)] = text(header, HT.fieldValue)
    body = PROTOCOL.value(request, HT.body)
    data = None
    if body is not None:
        data = text(body, CNT.chars).encode(text(body, CNT.characterEncoding))
    _, _, address = text(request, HT.absolutePath).partition("?")
    method = text(request, HT.methodName)
    return server.send(method, address, body=data, headers=headers, path="/sparql/")


def is_update(request: Node) -> bool:
    told = " ".join(str(value) for _, _, value in PROTOCOL.triples((request, None, None)))
    listed = PROTOCOL.value(request, HT.headers)
    kinds = (
        []
        if listed is None
        else [str(PROTOCOL.value(header, HT.fieldValue)) for header in Collection(PROTOCOL, listed)]
    )
    body = str(PROTOCOL.value(PROTOCOL.value(request, HT.body), CNT.chars))
    return "update=" in told + body or any("sparql-update" in kind for kind in kinds)


@skipped
@pytest.mark.parametrize("entry", entries(PROTOCOL), ids=named)
def test_protocol(w3c_server: Served, entry: Node) -> None:
    """Each request gets what the manifest expects; an update that should be done gets a 403."""
    for request in requests(entry):
        answer = sent(w3c_server, request)
        expected = PROTOCOL.value(request, HT.resp)
        statuses = [str(code)[-3] for code in PROTOCOL.objects(expected, MF.expectedStatus)]
        if is_update(request) and "2" in statuses:
            assert answer.status == 403
            assert "only read" in answer.detail
            return
        assert str(answer.status)[0] in statuses, answer.body
        form = PROTOCOL.value(expected, MF.expectedFormat)
        if form is not None:
            fit = {"boolean": TABULAR, "tabular": TABULAR, "RDF": GRAPHS}[str(form)]
            assert answer.media in fit
        truth = PROTOCOL.value(expected, MF.expectedBoolean)
        if truth is not None:
            assert answer.json()["boolean"] is truth.toPython()  # type: ignore[attr-defined]


def terms(rows: Result, names: list[str]) -> list[tuple[str, ...]]:
    """Rows to compare: as N3, blank nodes all alike, numbers by value.

    The store keeps the value of a number and not how it was written (``negativeInteger``).
    """

    def told(term: Node | None) -> str:
        if isinstance(term, Literal) and isinstance(term.value, int | float | Decimal):
            return str(float(term.value))
        if isinstance(term, BNode):
            return "_:"
        return "" if term is None else term.n3()

    return sorted(tuple(told(row[name]) for name in names) for row in rows)


def cells(text: str) -> list[dict[str, str]]:
    """The rows of a CSV, in an order of their own; columns may stand in any."""

    def told(cell: str) -> str:
        if re.fullmatch(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?", cell):
            return str(float(cell))
        return "_:" if cell.startswith("_:") else cell

    rows = [
        {name: told(cell) for name, cell in row.items()}
        for row in csv.DictReader(io.StringIO(text))
    ]
    return sorted(rows, key=lambda row: sorted(row.items()))


@skipped
@pytest.mark.parametrize(("graph", "entry"), FORMATS, ids=lambda each: named(each) or "")
def test_result_formats(w3c_server: Served, graph: Graph, entry: Node) -> None:
    action = graph.value(entry, MF.action)
    query, expected = (
        Path(str(node).removeprefix("file://"))
        for node in (graph.value(action, QT.query), graph.value(entry, MF.result))
    )
    form = {".srj": "json", ".csv": "csv", ".tsv": "tsv"}[expected.suffix]
    data = {"default-graph-uri": str(graph.value(action, QT.data))}
    answer = w3c_server.ask(query.read_text("utf-8"), format=form, **data)
    assert answer.status == 200, answer.body
    wanted = expected.read_bytes()
    if form == "csv":
        ours, theirs = cells(answer.body.decode()), cells(wanted.decode())
        assert ours == theirs
        return
    if form == "json" and "boolean" in json.loads(wanted):
        assert answer.json()["boolean"] == json.loads(wanted)["boolean"]
        return
    right, found = (Result.parse(io.BytesIO(text), format=form) for text in (wanted, answer.body))
    assert right.vars is not None and found.vars is not None
    names = sorted(map(str, right.vars))
    assert sorted(map(str, found.vars)) == names
    assert terms(found, names) == terms(right, names)


@skipped
def test_the_manifests_were_read() -> None:
    assert (len(entries(PROTOCOL)), len(FORMATS)) == (34, 10)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # of rdflib's parser
@pytest.mark.parametrize("media", ["text/turtle", "application/rdf+xml", "application/ld+json"])
def test_service_description(server: Served, media: str) -> None:
    """The three tests of the service description: RDF, the endpoint itself, and its schema."""
    sd = Namespace("http://www.w3.org/ns/sparql-service-description#")
    answer = server.ask(accept=media)
    assert (answer.status, answer.media) == (200, media)
    described = Graph().parse(data=answer.body, format=media)
    (service,) = described.subjects(sd.endpoint, URIRef(server.url))
    assert (service, RDF.type, sd.Service) in described
    dataset = described.value(service, sd.defaultDataset)
    assert (dataset, RDF.type, sd.Dataset) in described
    assert (described.value(dataset, sd.defaultGraph), RDF.type, sd.Graph) in described
    assert set(described.objects(service, sd.supportedLanguage)) == {sd.SPARQL11Query}
    assert {term for term in described.predicates(service) if str(term).startswith(str(sd))} <= {
        sd.endpoint,
        sd.supportedLanguage,
        sd.feature,
        sd.defaultDataset,
        sd.resultFormat,
    }
    assert all(isinstance(form, URIRef) for form in described.objects(service, sd.resultFormat))
    told = {
        text.language: str(text)
        for text in described.objects(None, URIRef("http://purl.org/dc/terms/description"))
    }
    assert "20 秒" in told["zh"] and "20 s" in told["en"]
