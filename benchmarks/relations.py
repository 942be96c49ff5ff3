"""Quality of relations on annotated articles, without a knowledge base.

    python -m benchmarks.relations [--errors]

The gold is ``corpus/gold/*/relations.jsonl``, and for articles of the public development set
``tests/qa/evaluation/devset/*/relations.jsonl``, where ``../shared/devset`` is there.  The scores
are those of `yinzheng eval`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ingest.extract import extract
from ingest.language import build_pipeline
from ingest.lexicon import load_lexicon
from ingest.reading import read_article
from ingest.structure import segment
from kg.interchange import relation_rows
from qa.evaluation import read_annotations, score_relations

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


def main() -> None:
    """Print the scores of each article."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--errors", action="store_true", help="print what is wrong")
    options = parser.parse_args()
    nlp = build_pipeline(load_lexicon())
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
