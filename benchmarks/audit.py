"""The audit on made articles: what it finds, what it invents, what it costs.

    python -m benchmarks.audit [--pairs 300] [--documents 1000] [--articles FOLDER]

1. Pairs of made articles (`benchmarks.audit_articles`), one of each with a planted fault: recall is
   the share of faults found with their kind, precision the share of findings that are one of them.
2. The faulty articles in one store, put in and audited one by one in two orders: the findings that
   are kept must be the same.
3. The audit of an article against its ingest.
4. One more document after so many, each of another day: what its audit costs beside that of all,
   how many documents it reads, and whether it leaves the rest as it was.

With 0 pairs the first three are left out, with 0 documents the last.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import reduce
from operator import xor
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import NamedNode, Store

from benchmarks.audit_articles import Made, articles
from ingest.extract import extract
from ingest.language import build_pipeline
from ingest.lexicon import with_own
from ingest.reading import read_article
from ingest.structure import segment
from kg.audit.rule import own_rules
from kg.audit.run import audit
from kg.documents import documents_of
from kg.home import read_home
from kg.reader import GraphReader
from kg.records import Extraction, Finding
from kg.writer import GraphWriter
from qa.knowledge_base import KnowledgeBase

OWN = Path(__file__).parents[1] / "corpus" / "articles" / "great-rotation-2026.txt"
BAR = 0.95
COST_BAR = 0.10


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=300)
    parser.add_argument("--documents", type=int, default=1000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        reader = Reader(root)
        if options.pairs:
            made = articles(options.pairs)
            faulty = [reader.read(each.name, each.faulty) for each in made]
            clean = [reader.read(f"{each.name}-clean", each.clean) for each in made]
            quality(root, made, faulty, clean)
            order(root, faulty)
            cost(root)
        if options.documents:
            one_more(root, reader, documents=options.documents)


class Reader:
    """Reads texts into records, one pipeline for all."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._language = build_pipeline(with_own(()))

    def read(self, name: str, text: str) -> Extraction:
        path = self._root / f"{name}.txt"
        path.write_text(text, "utf-8")
        return extract(segment(read_article(path)), self._language)


def quality(
    root: Path, made: Sequence[Made], faulty: Sequence[Extraction], clean: Sequence[Extraction]
) -> None:
    """Recall and precision within each article alone."""
    rules = [rule for rule in own_rules() if not rule.across]
    found = _audited(root / "faulty", faulty, rules)
    invented = _audited(root / "clean", clean, rules)
    hits: Counter[str] = Counter()
    wanted = Counter(f"{each.kind} {each.form}" for each in made)
    right = false = 0
    for each in made:
        kinds = [finding.kind for finding in found.get(each.name, ())]
        hits[f"{each.kind} {each.form}"] += each.kind in kinds
        right += each.kind in kinds
        false += len(kinds) - (each.kind in kinds)
        false += len(invented.get(f"{each.name}-clean", ()))
    for name, count in wanted.items():
        if hits[name] < count:
            print(f"  {name}: {hits[name]} of {count}")
    recall, precision = right / len(made), right / max(1, right + false)
    print(f"{len(made)} pairs: recall {recall:.3f}, precision {precision:.3f} (bars: {BAR})")


def _audited(
    home: Path, extractions: Sequence[Extraction], rules: Sequence[object]
) -> dict[str, list[Finding]]:
    with GraphWriter.open(home) as writer:
        for extraction in extractions:
            writer.replace(extraction)
        writer.audit([rule for rule in own_rules() if rule in rules])
    found: dict[str, list[Finding]] = {}
    for finding in GraphReader.open(home).findings():
        if finding.severity == "error":
            found.setdefault(finding.docs[0], []).append(finding)
    return found


def order(root: Path, extractions: Sequence[Extraction]) -> None:
    """One by one in two orders, across documents too."""
    some = list(extractions[:60])
    kept = []
    for number in range(2):
        random.Random(number).shuffle(some)
        home = root / f"order-{number}"
        with GraphWriter.open(home) as writer:
            for extraction in some:
                writer.replace(extraction)
                writer.audit(own_rules(), docs={extraction.document.doc})
        kept.append(set(GraphReader.open(home).findings()))
    same = kept[0] == kept[1]
    verdict = "the same" if same else "NOT the same"
    print(f"{len(some)} documents in two orders: {len(kept[0])} findings, {verdict}")


def cost(root: Path) -> None:
    """The audit of one article against its ingest, both warm."""
    shares = []
    for number in range(6):
        home = root / f"cost-{number}"
        start = time.perf_counter()
        KnowledgeBase.open(home).ingest([OWN])
        whole = time.perf_counter() - start
        with GraphWriter.open(home) as writer:
            start = time.perf_counter()
            writer.audit(own_rules(), docs={OWN.stem})
            spent = time.perf_counter() - start
        if number:  # the first loads the models and the calendar
            shares.append((spent, whole))
    spent, whole = (statistics.median(column) for column in zip(*shares, strict=True))
    took = f"{spent * 1000:.0f} ms of {whole * 1000:.0f} ms of ingest"
    print(f"audit of one article: {took}, {spent / whole:.1%} (bar: {COST_BAR:.0%})")


def one_more(root: Path, reader: Reader, *, documents: int) -> None:
    """The audit of one more document when there are many: what it costs, and what it touches."""
    home, rules = root / "many", own_rules()
    made = articles(documents + 1, seed=documents, days=documents + 1)
    *many, last = (reader.read(f"one-{each.name}", each.faulty) for each in made)
    name = last.document.doc
    with GraphWriter.open(home) as writer:
        for extraction in many:
            writer.replace(extraction)
        everything = _timed(lambda: writer.audit(rules))
    before = _kept(home)
    with GraphWriter.open(home) as writer:
        writer.replace(last)
        spent = _timed(lambda: writer.audit(rules, docs={name}))
    after = _kept(home)
    store = _opened(home)
    read = audit(store, documents_of(store), rules, docs={name})
    share = f"{spent / everything:.2%}"
    print(f"{documents} documents: all {everything:.1f} s, one more {spent * 1000:.0f} ms, {share}")
    others = {doc: told for doc, told in after.graphs.items() if doc != name}
    news = after.findings - before.findings
    print(
        f"  read {len(read.contents)} documents, made {len(news)} findings beside "
        f"{len(before.findings)}; others' graphs {_same(others == before.graphs)}, their findings "
        f"{_same(before.findings <= after.findings)}, news of others: "
        f"{sum(name not in finding.docs for finding in news)}"
    )


class Kept(NamedTuple):
    """What a home holds: a number for the content of each document's graph, and all findings."""

    graphs: dict[str, int]
    findings: frozenset[Finding]


def _kept(home: Path) -> Kept:
    store = _opened(home)
    graphs = {
        info.doc: reduce(
            xor, map(hash, store.quads_for_pattern(None, None, None, NamedNode(info.graph)))
        )
        for info in documents_of(store)
    }
    return Kept(graphs, frozenset(GraphReader.open(home).findings()))


def _opened(root: Path) -> Store:
    home = read_home(root)
    return Store.read_only(str(home.snapshot(home.generation())))


def _same(told: bool) -> str:
    return "the same" if told else "NOT the same"


def _timed(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
