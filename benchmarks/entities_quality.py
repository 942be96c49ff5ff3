"""Quality of the entities against annotated articles, over the full extraction.

    python -m benchmarks.entities_quality [FOLDER …] [--errors] [--no-lexicon]

A folder holds articles as ``NAME/article.txt`` with ``NAME/entities.jsonl`` beside, or as
``articles/NAME.txt`` with ``gold/NAME/entities.jsonl``; by default ``../shared/devset`` with
``corpus``, and ``tests/articles``.  A gold entity is found if an entity of ours shares one of its
names; each of ours answers to one gold entity only.  Printed are recall, precision, and of the
found the share with the right type, of those that have a ticker on either side the share with the
right one.  ``--no-lexicon`` reads with an empty lexicon: what form and context alone carry.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.extract import extract
from ingest.language import build_pipeline
from ingest.lexicon import Lexicon, load_lexicon
from ingest.reading import read_article
from ingest.structure import segment

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.records import Entity, Extraction

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
Gold = dict[str, Any]


@dataclass
class Tally:
    """Counts of what was right, and the errors in words."""

    counts: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def shares(self) -> dict[str, float]:
        """Recall of the gold, precision of ours, type and ticker of the found."""
        counts = self.counts
        parts = {
            "recall": ("found", "gold"),
            "precision": ("found", "system"),
            "type": ("type", "found"),
            "ticker": ("ticker", "with_ticker"),
        }
        return {name: counts[a] / max(1, counts[b]) for name, (a, b) in parts.items()}


def articles(folder: Path) -> Iterator[tuple[Path, Path]]:
    """The articles of *folder*, each with the file of its gold entities."""
    for gold in sorted(folder.rglob("entities.jsonl")):
        beside = gold.parent / "article.txt"
        apart = folder / "articles" / f"{gold.parent.name}.txt"
        article = beside if beside.exists() else apart
        if article.exists():
            yield article, gold


def compare(pairs: Iterable[tuple[Path, Path]], nlp: Language) -> Tally:
    """Read each article and compare its entities with the gold."""
    tally = Tally()
    for article, gold_file in pairs:
        gold = [json.loads(line) for line in gold_file.read_text("utf-8").splitlines() if line]
        extraction = extract(segment(read_article(article)), nlp)
        _judge(tally, gold_file.parent.name, gold, extraction)
    return tally


def _judge(tally: Tally, name: str, gold: list[Gold], extraction: Extraction) -> None:
    text = extraction.document.text
    rest = list(extraction.entities)
    tally.counts["gold"] += len(gold)
    tally.counts["system"] += len(rest)
    for record in gold:
        names = {record["name"], *record["aliases"]}
        entity = max(rest, key=lambda e: len(names & _names(e)), default=None)
        if entity is None or not names & _names(entity):
            where = _context(text, record["first_start"], record["name"])
            tally.errors.append(f"{name}: missed {record['type']} {record['name']} | {where}")
            continue
        rest.remove(entity)
        tally.counts["found"] += 1
        with_ticker = record["ticker"] is not None or entity.ticker is not None
        tally.counts["with_ticker"] += with_ticker
        for key in ("type", "ticker"):
            said, wanted = getattr(entity, key), record[key]
            tally.counts[key] += said == wanted and (key == "type" or with_ticker)
            if said != wanted:
                tally.errors.append(f"{name}: {entity.name}: {key} {said}, gold {wanted}")
    mentioned = {mention.entity for mention in extraction.mentions}
    for entity in rest:
        origin = "named" if entity.id in mentioned else "subject of a figure"
        where = _context(text, entity.first_start, entity.name)
        tally.errors.append(f"{name}: extra {entity.type} {entity.name} ({origin}) | {where}")


def _names(entity: Entity) -> set[str]:
    return {entity.name, *entity.aliases}


def _context(text: str, start: int, name: str) -> str:
    return text[max(0, start - 20) : start + len(name) + 15].replace("\n", "⏎")


def main() -> None:
    """Print the scores of each folder."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--errors", action="store_true", help="print what is wrong")
    parser.add_argument("--no-lexicon", action="store_true", help="read with an empty lexicon")
    options = parser.parse_args()
    groups = [[folder] for folder in options.folders] or [
        [SHARED / "devset", ROOT / "corpus"],
        [ROOT / "tests" / "articles"],
    ]
    nlp = build_pipeline(Lexicon({}) if options.no_lexicon else load_lexicon())
    for folders in groups:
        tally = compare((pair for folder in folders for pair in articles(folder)), nlp)
        label = " + ".join(folder.name for folder in folders)
        if not tally.counts["gold"]:
            print(f"{label}: no annotated articles")
            continue
        shares = "  ".join(f"{key} {share:.3f}" for key, share in tally.shares().items())
        print(f"{label}: {tally.counts['gold']} entities  {shares}")
        if options.errors:
            print("\n".join(tally.errors))


if __name__ == "__main__":
    main()
