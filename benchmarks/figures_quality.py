"""Quality of the figures against annotated articles, from the text to the attributed fact.

    python -m benchmarks.figures_quality [FOLDER …] [--errors]

A folder holds articles as ``NAME/article.txt`` with ``NAME/figures.jsonl`` beside, or as
``articles/NAME.txt`` with ``gold/NAME/figures.jsonl``; by default ``../shared/devset`` and
``corpus``.  Printed are F1 of spans, and of the gold figures the share whose span is found
with the right value and unit, subject, metric, all of these (attributed), approximation,
period by its words, and citations with their scope.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.extract import extract
from ingest.language import build_pipeline
from ingest.lexicon import load_lexicon
from ingest.reading import read_article
from ingest.structure import segment
from kg.records import Figure

if TYPE_CHECKING:
    from spacy.language import Language

ROOT = Path(__file__).resolve().parents[1]
Gold = dict[str, Any]


@dataclass
class Tally:
    """Counts of what was right, and the errors in words."""

    counts: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def shares(self) -> dict[str, float]:
        """F1 of the spans; for all else the share of the gold figures."""
        counts = self.counts
        found = {
            name: counts[name] / counts["gold"]
            for name in (
                "value", "subject", "metric", "attributed", "approximate", "period", "citations",
            )
        }  # fmt: skip
        return {"span": 2 * counts["span"] / (counts["gold"] + counts["system"]), **found}


def articles(folder: Path) -> Iterator[tuple[Path, Path]]:
    """The articles of *folder*, each with the file of its gold figures."""
    for gold in sorted(folder.rglob("figures.jsonl")):
        beside = gold.parent / "article.txt"
        apart = folder / "articles" / f"{gold.parent.name}.txt"
        article = beside if beside.exists() else apart
        if article.exists():
            yield article, gold


def compare(pairs: Iterable[tuple[Path, Path]], nlp: Language) -> Tally:
    """Read each article and compare its figures with the gold."""
    tally = Tally()
    for article, gold_file in pairs:
        gold = [json.loads(line) for line in gold_file.read_text("utf-8").splitlines() if line]
        extraction = extract(segment(read_article(article)), nlp)
        figures = {(f.span.start, f.span.end): f for f in extraction.figures}
        tally.counts["gold"] += len(gold)
        tally.counts["system"] += len(figures)
        for record in gold:
            figure = figures.pop((record["start"], record["end"]), None)
            _judge(tally, gold_file.parent.name, record, figure)
        name = gold_file.parent.name
        tally.errors += [f"{name}: not in the gold: {f.text}" for f in figures.values()]
    return tally


def _judge(tally: Tally, name: str, gold: Gold, figure: Figure | None) -> None:
    if figure is None:
        tally.errors.append(f"{name}: missed: {gold['text']}")
        return
    tally.counts["span"] += 1
    numbers = [None if gold[k] is None else Decimal(str(gold[k])) for k in ("value", "low", "high")]
    support = figure.support
    checks = {
        "value": ([figure.value, figure.low, figure.high], figure.unit) == (numbers, gold["unit"]),
        "subject": figure.subject == gold["subject"],
        "metric": figure.metric == gold["metric"],
        "approximate": figure.approximate == gold["approximate"],
        "period": figure.period == gold["period"],
        "citations": (sorted(support.citations), support.scope)
        == (sorted(gold["citations"]), gold["citation_scope"]),
    }
    checks["attributed"] = checks["value"] and checks["subject"] and checks["metric"]
    tally.counts.update(key for key, right in checks.items() if right)
    for key in ("value", "subject", "metric", "period", "citations"):
        if not checks[key]:
            said = support if key == "citations" else getattr(figure, key)
            tally.errors.append(f"{name}: {gold['text']}: {key} {said!s}, gold {gold[key]!s}")


def main() -> None:
    """Print the scores of each folder."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--errors", action="store_true", help="print what is wrong")
    options = parser.parse_args()
    nlp = build_pipeline(load_lexicon())
    for folder in options.folders or [ROOT.parent / "shared" / "devset", ROOT / "corpus"]:
        tally = compare(articles(folder), nlp)
        if not tally.counts["gold"]:
            print(f"{folder}: no annotated articles")
            continue
        shares = "  ".join(f"{key} {share:.3f}" for key, share in tally.shares().items())
        print(f"{folder.name}: {tally.counts['gold']} figures  {shares}")
        if options.errors:
            print("\n".join(tally.errors))


if __name__ == "__main__":
    main()
