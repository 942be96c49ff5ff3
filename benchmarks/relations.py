"""Quality of relations on annotated articles, without a knowledge base.

    python -m benchmarks.relations [--errors] [--speed]

The gold is ``corpus/gold/*/relations.jsonl``, and for articles of the public development set
``tests/qa/evaluation/devset/*/relations.jsonl``, where ``../shared/devset`` is there.  The scores
are those of `yinzheng eval`.  ``--speed`` prints what relations cost of the extraction of the
project's article, in processor time: the median of nine rounds.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.attribution import periods_of
from ingest.extract import extract
from ingest.language import build_pipeline, recognise
from ingest.lexicon import load_lexicon
from ingest.reading import read_article
from ingest.relations import relations_of
from ingest.structure import segment
from kg.interchange import relation_rows
from qa.evaluation import read_annotations, score_relations

if TYPE_CHECKING:
    from spacy.language import Language

ROOT = Path(__file__).resolve().parents[1]
DEVSET = ROOT.parent / "shared" / "devset"


def annotated() -> Iterator[tuple[Path, Path]]:
    """Each article that is there with its gold."""
    for gold in sorted((ROOT / "corpus" / "gold").glob("*/relations.jsonl")):
        yield ROOT / "corpus" / "articles" / f"{gold.parent.name}.txt", gold
    for gold in sorted((ROOT / "tests" / "qa" / "evaluation" / "devset").glob("*/relations.jsonl")):
        article = DEVSET / gold.parent.name / "article.txt"
        if article.exists():
            yield article, gold


def share(nlp: Language) -> None:
    """Print how much of extraction the relations take."""
    document = segment(read_article(next((ROOT / "corpus" / "articles").glob("*.txt"))))
    recognition, periods = recognise(document, nlp), periods_of(document)
    figures = extract(document, nlp).figures
    whole, part = [], []
    for _ in range(9):
        whole.append(timed(lambda: extract(document, nlp)))
        part.append(
            timed(lambda: relations_of(document, recognition, figures=figures, periods=periods))
        )
    one, other = statistics.median(part), statistics.median(whole)
    print(f"relations {one * 1000:.0f} ms of {other * 1000:.0f} ms: {one / other:.3f}")


def timed(call: Callable[[], object]) -> float:
    """Seconds of the processor that a call takes."""
    begun = time.process_time()
    call()
    return time.process_time() - begun


def main() -> None:
    """Print the scores of each article."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--errors", action="store_true", help="print what is wrong")
    parser.add_argument("--speed", action="store_true", help="print what they cost")
    options = parser.parse_args()
    nlp = build_pipeline(load_lexicon())
    if options.speed:
        share(nlp)
        return
    for article, gold in annotated():
        read = extract(segment(replace(read_article(article), doc=gold.parent.name)), nlp)
        card = score_relations(
            read_annotations([gold]).relations,
            relation_rows(read),
            texts={read.document.doc: read.document.text},
        )
        shown = "  ".join(f"{n} {v:.3f}" for n, v in card.scores.items() if v is not None)
        print(f"{gold.parent.name}: {card.n} relations  {shown}")
        for slip in card.errors if options.errors else ():
            print(f"  {slip.problem}: {slip.expected} | {slip.got} | {slip.context}")


if __name__ == "__main__":
    main()
