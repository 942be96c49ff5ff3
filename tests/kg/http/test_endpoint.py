"""`/sparql` over HTTP, as the protocol has it and as people get it wrong."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from rdflib import Graph
from served import Served

from kg.records import Extraction
from kg.store import GraphReader, GraphWriter

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
COUNT = "SELECT (COUNT(?f) AS ?n) WHERE { ?f a yz:FigureClaim }"
JSON = "application/sparql-results+json"
# A quotation mark, a comma, both line ends, a sign beyond the first plane, an emoji, full width.
ODD = 'SELECT ("a\\"b,c\\r\\nd\\t𠮷😀％<&>" AS ?x) {}'


def counted(body: bytes) -> int:
    told = json.loads(body)
    return int(told["results"]["bindings"][0]["n"]["value"])


def test_a_query_in_all_its_forms(server: Served) -> None:
    form = urlencode({"query": COUNT})
    answers = [
        server.ask(COUNT),
        server.post(form, FORM),
        server.post(form, f"{FORM}; charset=UTF-8"),
        server.post(COUNT, QUERY),
        server.post(COUNT, f'{QUERY};charset="utf-8"'),
        server.post("\ufeff" + COUNT, QUERY),
    ]
    assert {(answer.status, answer.media, counted(answer.body)) for answer in answers} == {
        (200, JSON, 8)
    }
    assert {answer.headers["vary"] for answer in answers} == {"Accept"}


@pytest.mark.parametrize("name", ["output", "results", "_", "timeout"])
def test_parameters_of_others_are_left_alone(server: Served, name: str) -> None:
    assert counted(server.ask(COUNT, **{name: "json", "format": "no-such"}).body) == 8


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (None, JSON),
        ("*/*", JSON),
        ("text/csv", "text/csv"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv;q=0.5, text/tab-separated-values", "text/tab-separated-values"),
        ("application/*;q=0.2, text/*;q=0.1", JSON),
        ("application/json", "application/json"),
        ("text/html, application/xhtml+xml, */*;q=0.8", JSON),
        (f"{JSON};q=0, */*;q=0.1", "application/sparql-results+xml"),
        ("application/xml", "application/xml"),
    ],
)
def test_the_format_is_negotiated(server: Served, accept: str | None, media: str) -> None:
    answer = server.ask(COUNT, accept=accept)
    assert (answer.status, answer.media) == (200, media)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # of rdflib's parser
@pytest.mark.parametrize(
    ("accept", "media", "parser"),
    [
        ("*/*", "text/turtle", "turtle"),
        ("application/n-triples,*/*;q=0.9", "application/n-triples", "nt"),
        ("application/rdf+xml", "application/rdf+xml", "xml"),
        ("application/ld+json", "application/ld+json", "json-ld"),
        ("application/n-quads", "application/n-quads", "nt"),
        ("application/trig", "application/trig", "turtle"),
    ],
)
def test_graphs_are_read_back(server: Served, accept: str, media: str, parser: str) -> None:
    query = "CONSTRUCT { ?f yz:lexical ?t } WHERE { ?f yz:lexical ?t }"
    answer = server.ask(query, accept=accept)
    assert (answer.status, answer.media) == (200, media)
    graph = Graph().parse(data=answer.body, format=parser)
    assert {str(text) for text in graph.objects()} == {"约160亿美元", "35%", "3.64%", "63%-65%"}


def test_format_names_a_format_and_a_header_need_not(server: Served) -> None:
    answer = server.ask(ODD, format="csv", accept=JSON)
    assert answer.media == "text/csv"
    assert answer.body.decode() == 'x\r\n"a""b,c\r\nd\t𠮷😀％<&>"\r\n'
    assert server.ask("DESCRIBE entity:tsmc", format="nt").media == "application/n-triples"
    assert server.ask("DESCRIBE entity:tsmc", format="csv").media == "text/turtle"


def test_the_dataset_of_the_request_counts(server: Served, made_home: Path) -> None:
    graphs = {info.doc: info.graph for info in GraphReader.open(made_home).documents()}
    a, b = graphs["a"], graphs["b"]
    both = urlencode([("query", COUNT), ("default-graph-uri", a), ("default-graph-uri", b)])
    assert counted(server.send("GET", both).body) == 8
    assert counted(server.ask(COUNT, **{"default-graph-uri": a}).body) == 4
    assert counted(server.ask(COUNT, **{"named-graph-uri": a}).body) == 0
    assert counted(server.ask(COUNT, **{"default-graph-uri": "http://x.example/none"}).body) == 0
    from_b = COUNT.replace("WHERE", f"FROM <{b}> WHERE")
    assert counted(server.ask(from_b, **{"default-graph-uri": a}).body) == 4
    named = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?d a schema:NewsArticle } }"
    assert counted(server.ask(named, **{"named-graph-uri": b}).body) == 1
    assert counted(server.ask(named, **{"default-graph-uri": b}).body) == 0
    in_body = urlencode({"query": COUNT, "default-graph-uri": a})
    assert counted(server.post(in_body, FORM).body) == 4
    assert counted(server.post(COUNT, QUERY, address=urlencode({"default-graph-uri": a})).body) == 4


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("ASK {", 400, "line 1, column 6, at its end"),
        ("SELECT ?x {\n ?x 全角：y ?z }", 400, "line 2, column 10, at '?z }'"),
        ("SELECT ?x {\n ?x nope:y ?z }", 400, "line 2, column 11, at '?z }': Prefix not found"),
        ("", 400, "has no SELECT, ASK, CONSTRUCT or DESCRIBE"),
        ("SELECT * FROM <http://x.example/> {}", 400, "<http://x.example/>: no such graph"),
        ("SELECT * { SERVICE <http://x.example/> {} }", 403, "'SERVICE' is refused"),
        ("DROP ALL", 403, "'DROP' is refused"),
    ],
)
def test_a_query_that_cannot_be_run(server: Served, query: str, status: int, words: str) -> None:
    for answer in (server.ask(query), server.post(query, QUERY)):
        assert answer.status == status
        assert words in answer.detail


def test_the_place_of_a_fault_is_told(server: Served) -> None:
    told = server.ask("SELECT ?x {\n  ?x ?y }").json()
    assert (told["line"], told["column"], told["title"]) == (2, 10, "Bad Request")


@pytest.mark.parametrize(
    ("method", "address", "media", "body", "status", "words"),
    [
        ("GET", "query=ASK%7B%7D&query=ASK%7B%7D", None, None, 400, "more than one 'query'"),
        ("GET", "query=%FF", None, None, 400, "not UTF-8"),
        ("GET", "update=DROP%20ALL", None, None, 403, "updates are refused"),
        ("GET", "query=ASK%7B%7D&default-graph-uri=x", None, None, 400, "no absolute IRI: 'x'"),
        ("POST", "", QUERY, b"ASK { ?s ?p '\xff' }", 400, "not UTF-8 (byte 13)"),
        ("POST", "", f"{QUERY}; charset=gb18030", b"ASK {}", 415, "charset gb18030"),
        ("POST", "", "text/plain", b"ASK {}", 415, "text/plain: set Content-Type"),
        ("POST", "", None, b"ASK {}", 415, "of no type: set Content-Type"),
        ("POST", "", FORM, b"q=ASK", 400, "no 'query'"),
        ("POST", "query=ASK%7B%7D", QUERY, b"ASK {}", 400, "more than one 'query'"),
        ("POST", "", FORM, b"update=DROP+ALL", 403, "updates are refused"),
        ("POST", "", "application/sparql-update", b"DROP ALL", 403, "updates are refused"),
        ("PUT", "", QUERY, b"ASK {}", 405, "PUT is not for queries"),
        ("DELETE", "", None, None, 405, "DELETE is not for queries"),
        ("POST", "", QUERY, b"#" * (2 << 20), 413, "over 1 MB"),
        ("GET", "query=" + "x" * (1 << 20), None, None, 414, "over 1 MB"),
        ("GET", "&".join(["a=b"] * 1001), None, None, 400, "more than 1000 parameters"),
    ],
)
def test_a_request_that_breaks_the_protocol(
    server: Served,
    method: str,
    address: str,
    media: str | None,
    body: bytes | None,
    status: int,
    words: str,
) -> None:
    headers = {"Content-Type": media} if media else {}
    answer = server.send(method, address, body=body, headers=headers)
    assert answer.status == status
    assert words in answer.detail
    if status == 405:
        assert answer.headers["allow"] == "GET, HEAD, POST, OPTIONS"


@pytest.mark.parametrize(
    ("query", "accept", "words"),
    [
        (COUNT, "text/turtle", "a table, which comes as application/sparql-results+json"),
        ("DESCRIBE entity:tsmc", "text/csv", "a graph, which comes as text/turtle"),
        (COUNT, "image/png", "a table"),
        (COUNT, "*/*;q=0", "a table"),
        (None, "image/png", "a service description"),
    ],
)
def test_what_no_one_can_accept(server: Served, query: str | None, accept: str, words: str) -> None:
    answer = server.ask(query, accept=accept)
    assert answer.status == 406
    assert words in answer.detail


def test_head_and_options(server: Served) -> None:
    got, head = (server.send(method, urlencode({"query": COUNT})) for method in ("GET", "HEAD"))
    assert head.body == b"" and got.body
    same = ("content-type", "content-length", "vary")
    assert [head.headers[name] for name in same] == [got.headers[name] for name in same]
    options = server.send("OPTIONS")
    assert (options.status, options.headers["allow"]) == (204, "GET, HEAD, POST, OPTIONS")


def test_other_sites_may_not_read_unless_they_are_named(
    serve: Callable[..., Served], made_home: Path, server: Served
) -> None:
    origin = {"Origin": "https://notes.example"}
    asked = urlencode({"query": "ASK {}"})
    allowed = "access-control-allow-origin"
    assert allowed not in server.send("GET", asked, headers=origin).headers
    named = serve(made_home, "--allow-origin", "https://notes.example")
    assert named.send("GET", asked, headers=origin).headers[allowed] == "https://notes.example"
    other = {"Origin": "https://evil.example"}
    assert allowed not in named.send("GET", asked, headers=other).headers
    preflight = {**origin, "Access-Control-Request-Method": "POST"}
    preflight["Access-Control-Request-Headers"] = "content-type"
    told = named.send("OPTIONS", headers=preflight)
    assert told.status == 200 and "POST" in told.headers["access-control-allow-methods"]


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:80"])
def test_a_name_that_was_pointed_here_is_turned_away(server: Served, host: str) -> None:
    answer = server.send("GET", headers={"Host": host})
    assert answer.status == 421
    assert "does not answer for the host" in answer.detail


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:99", "127.0.0.1", "[::1]:8000"])
def test_its_own_names_are_known(server: Served, host: str) -> None:
    assert server.send("GET", headers={"Host": host}).status == 200


def test_other_addresses(server: Served) -> None:
    assert "/nope" in server.send("GET", path="/nope").detail
    assert server.send("GET", path="/nope").status == 404
    root = server.send("GET", path="/")
    assert (root.status, root.headers["location"]) == (307, "/sparql")
    outside = server.send("GET", path="/sparql/page/../../../pyproject.toml")
    assert outside.status == 404


def test_a_document_that_comes_later_is_seen(
    serve: Callable[..., Served], home: Path, make: Callable[..., Extraction]
) -> None:
    served = serve(home)  # a home that is not there yet reads as no documents
    assert counted(served.ask(COUNT).body) == 0
    with GraphWriter.open(home) as writer:
        for n, doc in enumerate("abc"):
            writer.replace(make(doc, extra="完" * n))
            writer.publish()
            assert {counted(served.ask(COUNT).body) for _ in range(4)} == {4 * (n + 1)}
        writer.remove("a")
        writer.publish()
    assert counted(served.ask(COUNT).body) == 8


def test_whoever_goes_away_takes_the_query_along(
    serve: Callable[..., Served], made_home: Path
) -> None:
    served = serve(made_home, "--workers=1", "--timeout=60")
    parts = urlsplit(served.url)
    endless = urlencode(
        {"query": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"}
    )
    with socket.create_connection((str(parts.hostname), parts.port or 80)) as connection:
        connection.sendall(f"GET /sparql?{endless} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        time.sleep(0.5)  # the only worker is at it
    answer = served.ask(COUNT)  # else it would wait for a minute, and be turned away
    assert answer.status == 200, answer.body
