from __future__ import annotations

import csv
import io
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, QueryResultsFormat, Store

from kg.errors import HomeError, LimitError, QueryError, RefusedQueryError
from kg.query_tokens import Dataset
from kg.records import Extraction
from kg.sparql import run
from kg.store import GraphReader, GraphWriter
from kg.worker.client import QueryWorker
from kg.worker.process import _ROWS, answer
from kg.worker.records import Limits, QueryRequest, UnfitFormatError

COUNT = "SELECT (COUNT(?f) AS ?n) WHERE { ?f a yz:FigureClaim }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="held on Linux alone")


@pytest.fixture
def worker(home: Path, reader: GraphReader) -> Iterator[QueryWorker]:
    limits = Limits(seconds=1, rows=100, bytes=100_000, memory=256 << 20)
    with QueryWorker(home, limits=limits) as started:
        yield started


def counted(worker: QueryWorker) -> int:
    told = json.loads(worker.ask(QueryRequest(query=COUNT)).body)
    return int(told["results"]["bindings"][0]["n"]["value"])


def test_it_replies_what_the_reader_would(worker: QueryWorker, reader: GraphReader) -> None:
    reply = worker.ask(QueryRequest(query=COUNT, table="csv"))
    assert (reply.kind, reply.body.decode()) == ("table", run(reader, COUNT, format="csv"))
    assert reply.generation == reader.generation
    text = worker.ask(QueryRequest(query=COUNT, text="table"))
    assert text.body.decode() == run(reader, COUNT)
    graph = worker.ask(QueryRequest(query="DESCRIBE entity:tsmc", graph="nt"))
    assert graph.kind == "graph"
    assert len(graph.body.splitlines()) == len(
        run(reader, "DESCRIBE entity:tsmc", format="nt").splitlines()
    )


def test_a_dataset_crosses_over(worker: QueryWorker, reader: GraphReader) -> None:
    graph = reader.documents()[0].graph
    for dataset, number in ((Dataset((graph,), ()), "4"), (Dataset((), (graph,)), "0")):
        reply = worker.ask(QueryRequest(query=COUNT, table="csv", dataset=dataset))
        assert reply.body.decode() == f"n\r\n{number}\r\n"


@pytest.mark.parametrize(
    ("query", "limit", "words"),
    [
        (ENDLESS, "time", "time limit of 1 s"),
        ("SELECT * { ?s ?p ?o } LIMIT 101", "rows", "limit of 100 rows"),
        (
            'SELECT * { ?s ?p ?o BIND("' + "x" * 10_000 + '" AS ?x) } LIMIT 50',
            "bytes",
            "0.0953674 MB",
        ),
        ("CONSTRUCT { ?s ?p ?o . ?o ?p ?q } WHERE { ?s ?p ?o . ?t ?p ?q }", "bytes", "MB"),
        pytest.param(
            "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?c) } ORDER BY ?i ?f ?c",
            "memory",
            "limit of 256 MB of memory",
            marks=LINUX,
        ),
        ("ASK " + "{" * 20_000 + "}" * 20_000, "nesting", "nested too deeply"),
    ],
)
def test_a_query_is_stopped_and_the_next_is_answered(
    worker: QueryWorker, query: str, limit: str, words: str
) -> None:
    with pytest.raises(LimitError) as caught:
        worker.ask(QueryRequest(query=query))
    assert caught.value.limit in (limit, "time")  # a busy machine may be late with anything
    assert words in str(caught.value) or caught.value.limit == "time"
    assert counted(worker) == 8


def test_a_query_may_have_less_time_than_the_limit(worker: QueryWorker) -> None:
    with pytest.raises(LimitError, match=r"time limit of 0.2 s; narrow it"):
        worker.ask(QueryRequest(query=ENDLESS), seconds=0.2)


def test_as_many_rows_as_the_limit_are_no_more(worker: QueryWorker) -> None:
    for form in ("csv", "tsv", "json", "xml"):
        assert worker.ask(QueryRequest(query="SELECT * { ?s ?p ?o } LIMIT 100", table=form))
        with pytest.raises(LimitError):
            worker.ask(QueryRequest(query="SELECT * { ?s ?p ?o } LIMIT 101", table=form))


CELLS = st.lists(st.text('a"\\\r\n,\t<>&{}[]: é𠮷😀', max_size=8), min_size=1, max_size=12)


@given(CELLS)
def test_rows_are_counted_whatever_they_hold(cells: list[str]) -> None:
    values = " ".join(str(Literal(cell)) for cell in cells)
    query = f"SELECT ?x ?y {{ VALUES ?x {{ {values} }} VALUES ?y {{ 1 }} }}"
    for form in ("csv", "tsv", "json", "xml"):
        start, counter = _ROWS[form]
        count = counter()
        oxigraph = getattr(QueryResultsFormat, form.upper())
        body = Store().query(query).serialize(format=oxigraph)
        for piece in (body[n : n + 5] for n in range(0, len(body), 5)):
            start += count(piece)
        assert start == len(cells) or (form == "json" and any("}},{" in cell for cell in cells))


def test_faults_come_back_as_they_are(worker: QueryWorker) -> None:
    with pytest.raises(QueryError, match="line 2, column 1") as caught:
        worker.ask(QueryRequest(query="ASK {\n"))
    assert (caught.value.line, caught.value.column) == (2, 1)
    with pytest.raises(RefusedQueryError, match="'SERVICE' is refused"):
        worker.ask(QueryRequest(query="ASK { SERVICE <http://x/> {} }"))
    with pytest.raises(UnfitFormatError) as unfit:
        worker.ask(QueryRequest(query=COUNT, table=None))
    assert unfit.value.kind == "table"
    with pytest.raises(UnfitFormatError):
        worker.ask(QueryRequest(query="DESCRIBE entity:tsmc", graph=None))


def test_a_process_that_was_killed_is_replaced(worker: QueryWorker) -> None:
    assert counted(worker) == 8
    before = worker.pid
    os.kill(before, signal.SIGKILL)
    os.waitid(os.P_PID, before, os.WEXITED | os.WNOWAIT)
    assert counted(worker) == 8
    assert worker.pid != before


def test_another_thread_may_stop_a_query(worker: QueryWorker) -> None:
    counted(worker)
    threading.Timer(0.2, worker.stop).start()
    with pytest.raises(LimitError, match="nobody waits for it") as caught:
        worker.ask(QueryRequest(query=ENDLESS))
    assert caught.value.limit == "none"
    assert counted(worker) == 8


def test_a_query_reads_one_snapshot_while_ingest_goes_on(
    home: Path, worker: QueryWorker, make: Callable[..., Extraction]
) -> None:
    """Each document has four figures: any other remainder is half a write."""

    def write() -> None:
        with GraphWriter.open(home) as writer:
            for n in range(12):
                writer.replace(make(f"d{n}", extra="新" * (n + 1)))
                writer.publish()

    thread = threading.Thread(target=write)
    thread.start()
    seen = [counted(worker)]
    while thread.is_alive():
        seen.append(counted(worker))
    thread.join()
    seen.append(counted(worker))
    assert seen == sorted(seen)
    assert {number % 4 for number in seen} == {0}
    assert seen[-1] == 8 + 48


def test_a_home_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "home.json").write_text("{}", "utf-8")
    with QueryWorker(tmp_path, limits=Limits()) as worker:
        for _ in range(2):
            with pytest.raises(HomeError, match="is damaged"):
                worker.ask(QueryRequest(query="ASK {}"))


def test_a_worker_ends_with_whoever_asks(home: Path, reader: GraphReader) -> None:
    """Killed, its parent cannot end it: the closed socket does, or the alarm if it is busy."""
    code = (
        "import sys; from pathlib import Path\n"
        "from kg.worker.client import QueryWorker\n"
        "from kg.worker.records import Limits, QueryRequest\n"
        "worker = QueryWorker(Path(sys.argv[1]), limits=Limits(seconds=1))\n"
        "worker.ask(QueryRequest(query='ASK {}'))\n"
        "print(worker.pid, flush=True)\n"
        f"worker.ask(QueryRequest(query={ENDLESS!r}))\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(home)],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[3],
        text=True,
    ) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.kill()
    end = time.monotonic() + 30
    while _is_running(pid):
        assert time.monotonic() < end, "the worker outlives its parent"
        time.sleep(0.05)


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text("utf-8")
    except (ProcessLookupError, FileNotFoundError):
        return False


@LINUX
def test_a_worker_has_no_network(tmp_path: Path) -> None:
    """The second line: a query that got past the first would reach nobody."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        code = (
            "import socket, sys; from kg.worker.process import leave_network\n"
            "left = leave_network()\n"
            f"print(left, socket.socket().connect_ex(('127.0.0.1', {port})))\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            cwd=Path(__file__).parents[3],
            text=True,
            check=True,
        )
    left, code = done.stdout.split()
    if left == "False":
        pytest.skip("this system lets no process leave the network")
    assert code != "0"


def test_the_store_itself_is_asked_within_the_process(reader: GraphReader) -> None:
    rows = answer(reader, QueryRequest(query=COUNT, table="csv"), Limits()).body.decode()
    assert list(csv.DictReader(io.StringIO(rows))) == [{"n": "8"}]
