"""One answer from a warm process over one article, beside the embedding of its question alone.

    python -m benchmarks.latency [--rounds N]

The source article's own questions, each asked as often as *rounds* says, in turn with the
embedding of the same words.  Of each the least time counts, as other programs only add to it.  A
question that the vectors were searched for is told apart from one that the graph answers.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from unittest.mock import patch

from benchmarks.folders import CORPUS, members, read_in
from qa.answering import answer
from qa.embedding import load_embeddings
from qa.evaluation import read_annotations
from qa.index.vectors import VectorIndex
from qa.knowledge_base import EMBEDDING

RATIO_BAR = 1.5
GRAPH_BAR = 15  # milliseconds


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    source = next(m for m in members() if m.article.is_relative_to(CORPUS))
    asked = [gold.asked for gold in read_annotations([source.questions]).questions]
    model = load_embeddings(EMBEDDING)
    with tempfile.TemporaryDirectory() as scratch:
        base = read_in([source], Path(scratch))
        for question in asked[:10]:  # warms the process
            answer(question, base)
        searched: list[tuple[float, float]] = []
        graph: list[float] = []
        for question in asked:
            with patch.object(VectorIndex, "search", autospec=True, side_effect=_SEARCH) as search:
                answer(question, base)
            took, alone = _least(
                rounds, partial(answer, question, base), partial(model.embed_query, question.text)
            )
            if search.called:
                searched.append((took, alone))
            else:
                graph.append(took)
        base.close()
    took, alone = (statistics.median(column) for column in zip(*searched, strict=True))
    ratios = statistics.median(took / alone for took, alone in searched)
    print(f"{len(asked)} questions on {source.doc}, least of {rounds} rounds each, medians:")
    print(
        f"  vectors searched ({len(searched)}): {took:.1f} ms, embedding alone {alone:.1f} ms, "
        f"{ratios:.2f} times (bar {RATIO_BAR})"
    )
    print(
        f"  the graph alone ({len(graph)}): {statistics.median(graph):.1f} ms (bar {GRAPH_BAR}), "
        f"{statistics.median(graph) / alone:.2f} times an embedding"
    )


_SEARCH = VectorIndex.search


def _least(rounds: int, *tasks: Callable[[], object]) -> list[float]:
    """The least milliseconds of each of *tasks*, done in turn."""
    best = [float("inf")] * len(tasks)
    for _ in range(rounds):
        for place, task in enumerate(tasks):
            start = time.perf_counter()
            task()
            best[place] = min(best[place], (time.perf_counter() - start) * 1000)
    return best


if __name__ == "__main__":
    main()
