"""Quality of figures, entities and references on annotated articles, without a knowledge base.

    python -m benchmarks.extraction [FOLDER …] [--errors] [--no-lexicon]

A folder holds articles as ``NAME/article.txt`` with the gold beside, or as ``articles/NAME.txt``
with the gold in ``gold/NAME``; by default ``../shared/devset`` with ``corpus``, ``tests/articles``,
and the passages of ``tests/ingest/language/gold``, which also holds the references of the devset.
The scores are those of `yinzheng eval`.  ``--no-lexicon`` reads with an empty lexicon: what form
and context alone carry.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.extract import extract
from ingest.language import build_pipeline
from ingest.lexicon import Lexicon, load_lexicon
from ingest.reading import read_article
from ingest.structure import segment
from kg.interchange import entity_rows, figure_rows, reference_rows
from qa.evaluation import (
    Scorecard,
    read_annotations,
    score_entities,
    score_figures,
    score_references,
)

if TYPE_CHECKING:
    from spacy.language import Language

ROOT = Path(__file__).resolve().parents[1]
REFERENCES = ROOT / "tests" / "ingest" / "language" / "gold"
_KINDS = ("figures", "entities", "references")


def annotated(folder: Path) -> Iterator[tuple[Path, Path]]:
    """The articles of *folder*, each with the folder of its gold."""
    for gold in sorted({file.parent for kind in _KINDS for file in folder.rglob(f"{kind}.jsonl")}):
        beside, apart = gold / "article.txt", folder / "articles" / f"{gold.name}.txt"
        article = beside if beside.exists() else apart
        if article.exists():
            yield article, gold


def gold_files(folder: Path) -> list[Path]:
    """The gold of one article: what *folder* holds, and the references that are kept apart."""
    places = [folder / f"{kind}.jsonl" for kind in _KINDS]
    places.append(REFERENCES / folder.name / "references.jsonl")
    return [place for place in dict.fromkeys(places) if place.exists()]


def score(pairs: Iterable[tuple[Path, Path]], nlp: Language) -> Iterator[Scorecard]:
    """Read each article and score its figures, entities and references, as far as gold has them."""
    pairs = list(pairs)
    gold = read_annotations(file for _, folder in pairs for file in gold_files(folder))
    read = [
        extract(segment(replace(read_article(article), doc=folder.name)), nlp)
        for article, folder in pairs
    ]
    texts = {extraction.document.doc: extraction.document.text for extraction in read}
    if gold.figures:
        figures = [row for extraction in read for row in figure_rows(extraction)]
        yield score_figures(gold.figures, figures, texts=texts)
    if gold.entities:
        entities = [row for extraction in read for row in entity_rows(extraction)]
        yield score_entities(gold.entities, entities, texts=texts)
    if gold.references:
        references = [row for extraction in read for row in reference_rows(extraction)]
        yield score_references(gold.references, references, texts=texts)


def main() -> None:
    """Print the scores of each folder."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--errors", action="store_true", help="print what is wrong")
    parser.add_argument("--no-lexicon", action="store_true", help="read with an empty lexicon")
    options = parser.parse_args()
    groups = [[folder] for folder in options.folders] or [
        [ROOT.parent / "shared" / "devset", ROOT / "corpus"],
        [ROOT / "tests" / "articles"],
        [REFERENCES],
    ]
    nlp = build_pipeline(Lexicon({}) if options.no_lexicon else load_lexicon())
    for folders in groups:
        label = " + ".join(folder.name for folder in folders)
        pairs = [pair for folder in folders for pair in annotated(folder)]
        if not pairs:
            print(f"{label}: no annotated articles")
            continue
        for card in score(pairs, nlp):
            shown = "  ".join(f"{name} {value:.3f}" for name, value in card.scores.items())
            print(f"{label}: {card.n} {card.kind}  {shown}")
            for slip in card.errors if options.errors else ():
                print(f"{slip.doc}: {slip.problem}: {slip.expected} | {slip.got} | {slip.context}")


if __name__ == "__main__":
    main()
