"""Stores by URL: what goes wrong on the way, who else writes, and what is sent."""

from __future__ import annotations

import base64
import gc
import random
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from oxigraph_server import send
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store, Variable

from kg.errors import HomeError, HomeLockedError, InputError, LimitError, QueryError
from kg.records import Extraction
from kg.remote.endpoints import Endpoints, basic, bearer, endpoints
from kg.remote.source import RemoteSource
from kg.store import GraphReader, GraphWriter

Make = Callable[..., Extraction]
EMPTY = b'{"head":{"vars":["graph","generation","writer","union"]},"results":{"bindings":[]}}'
JSON = "application/sparql-results+json"
REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass
class Scripted:
    """A server that says what a test has it say, and keeps what it was sent."""

    status: int = 200
    media: str = JSON
    body: bytes = EMPTY
    headers: dict[str, str] = field(default_factory=dict)
    wait: float = 0
    cut: bool = False  # ends before the length it has told
    seen: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture(autouse=True)
def collected() -> None:
    """What earlier tests left goes in this thread: a query's rows may not end in a server's."""
    gc.collect()


@contextmanager
def scripted(script: Scripted) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            told = {name.lower(): value for name, value in self.headers.items()}
            script.seen.append((self.command, self.path, told, body))
            time.sleep(script.wait)
            self.send_response(script.status)
            self.send_header("Content-Type", script.media)
            self.send_header("Content-Length", str(len(script.body) + 10 * script.cut))
            for name, value in script.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(script.body)

        do_GET = do_POST

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/ds"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


FAILURES = [
    ({"status": 401}, HomeError, r"/ds/query refuses access \(401\); set YINZHENG_STORE_USER and"),
    ({"status": 403}, HomeError, r"refuses access \(403\); set .* or YINZHENG_STORE_TOKEN"),
    ({"status": 404}, HomeError, r"there is no SPARQL 1.1 query endpoint at .*/ds/query \(404\)"),
    ({"status": 500, "media": "text/plain", "body": "坏了\n 一\r\n二".encode()}, HomeError,
     r"/ds/query failed \(500\): 坏了 一 二$"),
    ({"status": 500, "media": "text/html", "body": b"<html>" * 99}, HomeError, r"failed \(500\)$"),
    ({"status": 503, "media": "text/plain", "body": b"x" * 999}, HomeError, r"\(503\): x{200}…$"),
    ({"status": 302, "headers": {"Location": "http://elsewhere.example/q"}}, HomeError,
     "has moved to http://elsewhere.example/q; give that URL instead"),
    ({"media": "text/html", "body": b"<html>Welcome</html>"}, HomeError,
     "answers with text/html, not with RDF or SPARQL results; is it the URL of a SPARQL store"),
    ({"body": b""}, HomeError, "broke off its answer, or it is damaged"),
    ({"body": EMPTY[:-3]}, HomeError, "broke off its answer, or it is damaged"),
    ({"body": EMPTY[:-4] + b"The query was cancelled"}, HomeError, "broke off its answer"),
    ({"cut": True}, HomeError, "cannot be reached"),
    ({"wait": 1.5}, LimitError, "gave no answer within 0.5 s"),
    ({"status": 400, "media": "text/plain", "body": b"no such function\nx"}, QueryError,
     "refuses the query: no such function x$"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "kind", "message"), FAILURES)
def test_a_failure_is_one_line(
    said: dict[str, object], kind: type[Exception], message: str, tmp_path: Path
) -> None:
    with scripted(Scripted(**said)) as url:  # type: ignore[arg-type]
        there = replace(endpoints(url, authorization=basic("anna", "geheim")), seconds=0.5)
        with pytest.raises(kind, match=message) as caught:
            GraphReader.open(tmp_path, remote=there)
    assert type(caught.value) is kind
    told = str(caught.value)
    assert "\n" not in told and "geheim" not in told and "Basic" not in told


def test_a_store_that_is_not_there_is_told(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    there = endpoints(f"http://127.0.0.1:{port}")
    for open_ in (GraphReader.open, GraphWriter.open):
        with pytest.raises(HomeError, match=rf":{port} cannot be reached \(Connection refused\)"):
            open_(tmp_path / "kb", remote=there)
    with pytest.raises(HomeError, match="cannot be reached"):
        GraphReader.open(tmp_path, remote=endpoints("https://127.0.0.1:1/x"))


def test_a_failed_opening_leaves_no_lock(tmp_path: Path, remote: Endpoints) -> None:
    with pytest.raises(HomeError):
        GraphWriter.open(tmp_path, remote=endpoints("http://127.0.0.1:1"))
    with GraphWriter.open(tmp_path, remote=remote):
        pass


def test_what_is_sent(tmp_path: Path) -> None:
    script = Scripted()
    with scripted(script) as url:
        there = endpoints(url, authorization=basic("安娜", "π"))
        reader = GraphReader.open(tmp_path, remote=there)
        with pytest.raises(QueryError, match="broken in line 1"):
            reader.select("SELECT {")
        assert len(script.seen) == 1, "a broken query is not sent"
        reader.select('SELECT ("𠮷" AS ?x) {}')
    methods, paths, headers, bodies = zip(*script.seen, strict=True)
    assert set(methods) == {"POST"} and set(paths) == {"/ds/query"}
    assert {each["content-type"] for each in headers} == {"application/x-www-form-urlencoded"}
    secret = base64.b64encode("安娜:π".encode()).decode()
    assert {each["authorization"] for each in headers} == {f"Basic {secret}"}
    assert b"%F0%A0%AE%B7" in bodies[-1]


def test_a_password_is_not_shown(remote: Endpoints) -> None:
    there = replace(remote, authorization=bearer("geheim"))
    assert "geheim" not in f"{there} {there!r}"
    assert there.key == remote.key


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("", "'' is no URL of a store; give one like http://localhost:7878"),
        ("localhost:7878", "'localhost:7878' is no URL of a store"),
        ("ftp://x/y", "'ftp://x/y' is no URL"),
        ("http://", "'http://' is no URL"),
        ("http://x:99999/", "is no URL"),
        ("http://[::1/", "is no URL"),
        ("http://x/#a", "it holds what no endpoint's URL can"),
        ("http://x/ y", "it holds what no endpoint's URL can"),
        ("http://x/\r\nA: b", "is no URL|it holds what"),
        ("http://anna:geheim@x/", "holds a user or a password; give them as YINZHENG_STORE_USER"),
    ],
)
def test_a_bad_url_is_refused(url: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        endpoints(url)
    assert "geheim" not in str(caught.value)


def test_endpoints_are_beneath_the_url_or_where_they_are_said_to_be() -> None:
    there = endpoints("http://x:3030/ds", query="sparql", graphs="data")
    assert (there.query, there.update, there.graphs) == (
        "http://x:3030/ds/sparql",
        "http://x:3030/ds/update",
        "http://x:3030/ds/data",
    )
    there = endpoints("http://x/r/kb", query="http://x/r/kb", update="statements", graphs="")
    assert (there.query, there.update, there.graphs) == (
        "http://x/r/kb",
        "http://x/r/kb/statements",
        None,
    )


@pytest.mark.parametrize(
    ("url", "authorization", "expected"),
    [
        ("http://kb.example", "Bearer x", True),
        ("http://kb.example", None, False),
        ("https://kb.example", "Bearer x", False),
        ("http://127.0.0.1:7878", "Bearer x", False),
        ("http://localhost", "Bearer x", False),
    ],
)
def test_credentials_in_the_clear(url: str, authorization: str | None, expected: bool) -> None:
    assert endpoints(url, authorization=authorization).is_open is expected


@pytest.mark.parametrize("wrong", ["a\nb", "a b", "密", "\x7f"])
def test_a_token_that_no_header_can_have_is_refused_unseen(wrong: str) -> None:
    with pytest.raises(InputError, match="holds a character that no header can") as caught:
        bearer(wrong)
    assert wrong not in str(caught.value)
    with pytest.raises(InputError, match="holds a character that none can"):
        basic("a:b", "c")


def test_of_two_writers_one_is_refused(remote: Endpoints, tmp_path: Path, make: Make) -> None:
    with (
        GraphWriter.open(tmp_path / "here", remote=remote) as one,
        GraphWriter.open(tmp_path / "there", remote=remote) as other,
    ):
        one.replace(make("a"))
        with pytest.raises(HomeLockedError, match=r"written to by somebody else .*run it again"):
            other.replace(make("b", extra="别。"))
        assert [info.doc for info in other.documents()] == ["a"]
        other.replace(make("b", extra="别。"))
        with pytest.raises(HomeLockedError):
            one.remove("a")
        assert [info.doc for info in one.documents()] == ["a", "b"]
        one.remove("a")
    reader = GraphReader.open(tmp_path / "anywhere", remote=remote)
    assert [info.doc for info in reader.documents()] == ["b"]
    assert not (tmp_path / "anywhere").exists()


def test_many_writers_at_once_lose_nothing(remote: Endpoints, tmp_path: Path, make: Make) -> None:
    """Each tries until it is its turn; what was reported done is there."""
    with GraphWriter.open(tmp_path / "first", remote=remote):
        pass

    def write(number: int) -> None:
        with GraphWriter.open(tmp_path / str(number), remote=remote) as writer:
            for step in range(3):
                while True:
                    try:
                        writer.replace(make(f"d{number}-{step}", extra=f"{number}.{step}"))
                    except HomeLockedError:
                        continue
                    break

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    reader = GraphReader.open(tmp_path, remote=remote)
    expected = {f"d{number}-{step}" for number in range(4) for step in range(3)}
    assert {info.doc for info in reader.documents()} == expected
    assert reader.generation == 1 + len(expected)


def test_graphs_of_others_are_left_alone_and_not_seen(
    remote_url: str, remote: Endpoints, tmp_path: Path, make: Make
) -> None:
    theirs = "/store?graph=urn:theirs"
    send(remote_url, "PUT", theirs, "<urn:a> <urn:b> 1, 2 .", "text/turtle")
    with GraphWriter.open(tmp_path, remote=remote) as writer:
        writer.replace(make("a"))
        writer.remove("a")
    reader = GraphReader.open(tmp_path, remote=remote)
    assert reader.select("SELECT * { <urn:a> ?p ?o }") == []
    assert "urn:theirs" not in {quad.graph_name.value for quad in reader.quads()}
    assert send(remote_url, "GET", f"{theirs}&format=nt").count(b"<urn:b>") == 2


def test_what_others_put_by_the_graph_store_protocol_is_read(
    remote_url: str, remote: Endpoints, tmp_path: Path, make: Make
) -> None:
    """A graph goes out as a file and comes back by somebody else's hand: the records are the same.

    Blank nodes of strangers stay apart.
    """
    with GraphWriter.open(tmp_path, remote=remote) as writer:
        writer.replace(make("a"))
    reader = GraphReader.open(tmp_path, remote=remote)
    (info,) = reader.documents()
    path = f"/store?graph={info.graph}"
    text = send(remote_url, "GET", path).decode()
    send(remote_url, "DELETE", path)
    assert reader.documents() == ()
    send(remote_url, "PUT", path, text, "text/turtle")
    assert reader.extraction("a") == make("a")
    send(remote_url, "POST", path, "[] <urn:n> 1 . [] <urn:n> 2 .", "text/turtle")
    nodes = {quad.subject for quad in reader.quads("a") if quad.predicate.value == "urn:n"}
    assert len(nodes) == 2


def test_a_variable_given_stands_in_the_query_as_on_disk(remote: Endpoints) -> None:
    given = {Variable("a"): NamedNode("urn:a"), Variable("b"): Literal("台积电")}
    query = "SELECT ?a ?b ?c { VALUES (?a ?b ?c) { (<urn:a> '台积电' 1) (<urn:a> '美光' 2) } }"
    _, store = RemoteSource(remote).newest()
    for found in (
        store.query(query, substitutions=given),
        Store().query(query, substitutions=given),
    ):
        assert isinstance(found, QuerySolutions)
        assert [(str(row["a"]), row["b"], row["c"].value) for row in found] == [
            ("<urn:a>", Literal("台积电"), "1")
        ]


def test_a_store_of_two_knowledge_bases_is_refused(
    remote_url: str, remote: Endpoints, tmp_path: Path
) -> None:
    with GraphWriter.open(tmp_path, remote=remote):
        pass
    graph = "<https://other.example/graph/provenance>"
    row = f"{graph} yz:generation 1 ; yz:writer 'x'"
    update = (
        f"PREFIX yz: <https://yinzheng.example/ns#> INSERT DATA {{ GRAPH {graph} {{ {row} }} }}"
    )
    send(remote_url, "POST", "/update", update, "application/sparql-update")
    with pytest.raises(HomeError, match=r"holds 2 knowledge bases .*it should hold one"):
        GraphReader.open(tmp_path, remote=remote)


WRITER = """
import sys
from itertools import count
from pathlib import Path
sys.path[:0] = [{repository!r}, {tests!r}]
from kg.remote.endpoints import endpoints
from kg.store import GraphWriter
from made import make

with GraphWriter.open(Path(sys.argv[1]), remote=endpoints(sys.argv[2])) as writer:
    print("open", flush=True)
    for number in count():
        doc = f"d{{number % 3}}"
        extra = f"{{sys.argv[3]}}.{{number}}"
        writer.replace(make(doc, extra=extra))
        print(f"held {{doc}} {{extra}}", flush=True)
"""


@pytest.mark.slow
def test_a_writer_killed_at_any_moment_leaves_whole_documents(
    remote: Endpoints, tmp_path: Path, make: Make
) -> None:
    code = WRITER.format(repository=str(REPOSITORY), tests=str(Path(__file__).parent))
    chance = random.Random(20260117)
    told: dict[str, str] = {}
    for round_ in range(6):
        command = [sys.executable, "-c", code, str(tmp_path), remote.url, str(round_)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None and writer.stdout.readline() == "open\n"
            time.sleep(chance.uniform(0.05, 0.6))
            writer.kill()
            for line in writer.stdout.read().splitlines(keepends=True):
                if line.endswith("\n"):
                    _, doc, extra = line.split()
                    told[doc] = extra
        reader = GraphReader.open(tmp_path, remote=remote)
        in_flight = 0
        for info in reader.documents():
            held = reader.extraction(info.doc)
            extra = held.document.text.removeprefix(make(info.doc).document.text)
            assert held == make(info.doc, extra=extra)
            in_flight += extra != told.get(info.doc)
            told[info.doc] = extra
        assert told.keys() == {info.doc for info in reader.documents()}
        assert in_flight <= 1, "only the step that was cut off may differ from what was reported"
    assert told, "the writer was never given the time to write"
