"""What a query costs through our layers and the killable worker, beside its engine and a peer.

    python -m benchmarks.sparql [--triples N] [--rounds N] [--cap SECONDS]

The graph is made from the project's own articles: each copy gets its own numbers, and every few
copies share companies and people of their own.  Each saved query runs on the same snapshot

* raw: `Store.query` of pyoxigraph in this process, written as JSON;
* worker: `QueryWorker.ask`, another process that checks, runs and writes, all limits on;
* rdflib: its memory store over the union of all graphs, rows read, nothing written; once, and
  for no more processor time than the cap (``--cap 0`` leaves it out).

Rounds of the first two alternate; the best of each is compared, by the clock and by processor
time (both processes), as a shared machine adds noise and never takes any away.  rdflib is
compared by processor time.
The bars: worker ≤ 1.15 × raw + 0.5 ms for each query; rdflib / worker ≥ 5 in the median.
"""

from __future__ import annotations

import argparse
import random
import signal
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import rdflib
from pyoxigraph import Literal, NamedNode, Quad, QueryResultsFormat, QueryTriples, RdfFormat, Store
from rdflib.util import from_n3

from ingest.extract import extract
from ingest.language import build_pipeline
from ingest.lexicon import load_lexicon
from ingest.reading import read_article
from ingest.structure import segment
from kg.convert import to_quads
from kg.home import make_home
from kg.saved import saved_queries
from kg.store import GraphWriter
from kg.vocabulary import DCTERMS, YZ
from kg.worker.client import QueryWorker
from kg.worker.records import Limits, QueryRequest

ROOT = Path(__file__).parents[1]
WORLD = 5  # copies that speak of the same companies and people
NAMES = {YZ.name, YZ.alias, YZ.subjectName, YZ.speakerName}
AMOUNTS = {YZ.value, YZ.low, YZ.high}
FACTOR, ALLOWANCE, PEER = 1.15, 0.0005, 5
PATIENCE = 10  # seconds for the rounds of one query; one there is always


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, default=2_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--cap", type=float, default=30)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch) / "home"
        store, count = build(home, options.triples)
        print(f"{count} triples in {len(list(store.named_graphs()))} graphs", flush=True)
        peer = load_peer(store) if options.cap else None
        with QueryWorker(home, limits=Limits(seconds=600)) as worker:
            compare(store, worker, peer, options.rounds, options.cap)


def build(home: Path, triples: int) -> tuple[Store, int]:
    """A home of at least that many triples; its snapshot, and their number."""
    lexicon = load_lexicon()
    with GraphWriter.open(home) as writer:
        writer.sync_registry(lexicon.entries.values())
    made = make_home(home, base=None)
    pipeline = build_pipeline(lexicon)
    articles = sorted((ROOT / "corpus" / "articles").glob("*.txt"))
    articles += sorted((ROOT / "tests" / "articles").glob("*/article.txt"))
    originals = [to_quads(extract(segment(read_article(path)), pipeline)) for path in articles]
    store = Store(str(made.graph))
    dice = random.Random(5)
    copy = 0
    while len(store) < triples:
        store.bulk_extend(quad for original in originals for quad in copied(original, copy, dice))
        copy += 1
    store.optimize()
    made.set_generation(made.generation() + 1)
    store.backup(str(made.snapshot(made.generation())))
    return Store.read_only(str(made.snapshot(made.generation()))), len(store)


def copied(quads: list[Quad], copy: int, dice: random.Random) -> Iterator[Quad]:
    """The quads of a document as those of another one."""
    world = copy // WORLD

    def node(old: NamedNode) -> NamedNode:
        if "/document/" in old.value:
            head, fragment, rest = old.value.partition("#")
            return NamedNode(f"{head}{copy}{fragment}{rest}")
        if "/entity/" in old.value and world:
            return NamedNode(f"{old.value}-w{world}")
        return old

    for quad in quads:
        subject, value = quad.subject, quad.object
        graph = NamedNode(f"{quad.graph_name.value}{copy}")
        if isinstance(subject, NamedNode):
            subject = node(subject)
        if isinstance(value, NamedNode):
            value = node(value)
        elif isinstance(value, Literal):
            value = changed(quad, value, copy, world, dice)
        yield Quad(subject, quad.predicate, value, graph)


def changed(quad: Quad, value: Literal, copy: int, world: int, dice: random.Random) -> Literal:
    predicate = quad.predicate
    if predicate == DCTERMS.identifier:
        key = quad.graph_name.value.rpartition("/")[2]  # articles of one file name are many
        return Literal(f"{value.value}-{key[:6]}-{copy}")
    if predicate in NAMES and world:
        return Literal(f"{value.value}{world}", language=value.language)
    if predicate in AMOUNTS:
        number = Decimal(value.value) * dice.randint(50, 150) / 100
        return Literal(format(number.normalize(), "f"), datatype=value.datatype)
    return value


def load_peer(store: Store) -> rdflib.Dataset:
    """The same graphs in rdflib's memory store, whose default graph is their union."""
    begun = time.perf_counter()
    peer = rdflib.Dataset(default_union=True)

    @cache
    def term(text: str) -> rdflib.URIRef | rdflib.Literal:
        return from_n3(text)

    for name in store.named_graphs():
        graph = peer.graph(rdflib.URIRef(name.value))
        for quad in store.quads_for_pattern(None, None, None, name):
            triple = (term(str(each)) for each in quad.triple)
            peer.store.add(tuple(triple), graph)
    print(f"rdflib took {time.perf_counter() - begun:.0f} s to take them in", flush=True)
    return peer


def compare(
    store: Store, worker: QueryWorker, peer: rdflib.Dataset | None, rounds: int, cap: float
) -> None:
    print(
        f"{'query':26} {'raw ms (CPU)':>20} {'worker ms (CPU)':>20} {'bar ms':>8} rdflib ms  times"
    )
    ratios: list[float] = []
    over: dict[str, list[str]] = {"wall": [], "CPU": []}
    for query in saved_queries():
        calls: dict[str, Callable[[], object]] = {
            "raw": lambda text=query.text: raw(store, text),
            "worker": lambda text=query.text: worker.ask(QueryRequest(query=text)),
        }
        wall: dict[str, list[float]] = {name: [] for name in calls}
        cpu: dict[str, list[float]] = {name: [] for name in calls}
        while not wall["raw"] or (
            len(wall["raw"]) < rounds and sum(map(sum, wall.values())) < PATIENCE
        ):
            for name, call in calls.items():
                used = spent(worker)
                wall[name].append(timed(call))
                cpu[name].append(spent(worker) - used)
        best = {name: min(taken) for name, taken in wall.items()}
        least = {name: min(taken) for name, taken in cpu.items()}
        for kind, taken in (("wall", best), ("CPU", least)):
            if taken["worker"] > FACTOR * taken["raw"] + ALLOWANCE:
                over[kind].append(query.name)
        shown = " ".join(f"{best[n] * 1000:9.2f} ({least[n] * 1000:8.2f})" for n in calls)
        line = f"{query.name:26} {shown} {(FACTOR * best['raw'] + ALLOWANCE) * 1000:8.2f}"
        if peer is not None:
            try:
                theirs = capped(lambda text=query.text: list(peer.query(text)), cap)
            except Exception as error:  # some queries are too much for it
                line += f"  {type(error).__name__}"
            else:
                ratios.append((theirs or cap) / least["worker"])
                mark = " " if theirs else ">"
                line += f" {mark}{(theirs or cap) * 1000:8.0f} {mark}{ratios[-1]:5.0f}"
        print(line, flush=True)
    for kind, names in over.items():
        print(f"over {FACTOR} × raw + 0.5 ms by {kind} time: {', '.join(names) or 'none'}")
    if ratios:
        print(
            f"rdflib takes {statistics.median(ratios):.0f} times as long in the median (bar {PEER})"
        )


def spent(worker: QueryWorker) -> float:
    """Seconds of processor that this process and the worker's have used."""
    theirs = Path(f"/proc/{worker.pid}/schedstat").read_text("ascii").split()[0]
    return time.process_time() + int(theirs) / 1e9


def raw(store: Store, text: str) -> bytes:
    result = store.query(text, use_default_graph_as_union=True)
    if isinstance(result, QueryTriples):
        return result.serialize(format=RdfFormat.TURTLE) or b""
    return result.serialize(format=QueryResultsFormat.JSON) or b""


def timed(call: Callable[[], object]) -> float:
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


def capped(call: Callable[[], object], cap: float) -> float | None:
    """The processor seconds of a call; ``None`` if it was stopped at the cap."""

    def stop(_signal: int, _frame: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, cap)
    begun = time.process_time()
    try:
        call()
        return time.process_time() - begun
    except TimeoutError:
        return None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


if __name__ == "__main__":
    main()
