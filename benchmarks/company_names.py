"""Recall of company names on public sentences that were annotated by others.

    python -m benchmarks.company_names [--size N] [--seed S] [--errors] [--show N]

``../shared/devdata/finre`` (both ends of each relation) and ``../shared/devdata/fewfc`` (the
arguments that are organisations).  A name counts as found if a mention of a company,
institution or group has its very words; ``overlap`` counts those of which a found name is a part
or the reverse.  FinRE has ``<N>`` for every run of digits: a 3 stands in its place.
Precision has no gold: ``--show N`` prints the names found in N sentences, to be read by hand.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ingest.language import build_pipeline, recognise
from ingest.lexicon import load_lexicon
from ingest.structure import segment
from kg.records import Article

if TYPE_CHECKING:
    from spacy.language import Language

DATA = Path(__file__).resolve().parents[2] / "shared" / "devdata"
BODIES = frozenset(("company", "institution", "group"))
ROLES = frozenset(("sub-org", "obj-org", "target-company"))
DIGITS = "<N>"


class Sample(NamedTuple):
    """A sentence and the names of bodies that its annotators marked."""

    text: str
    names: frozenset[str]


@dataclass(slots=True)
class Tally:
    """Names that were looked for and found, in so many sentences."""

    sentences: int = 0
    names: int = 0
    exact: int = 0
    overlapping: int = 0

    def add(self, sample: Sample, found: set[str]) -> None:
        """Count the names of *sample* against those *found*."""
        near = [n for n in sample.names if any(n in f or f in n for f in found)]
        self.sentences += 1
        self.names += len(sample.names)
        self.exact += len(sample.names & found)
        self.overlapping += len(near)

    def __str__(self) -> str:
        names = max(self.names, 1)
        return (
            f"{self.names} names in {self.sentences} sentences, "
            f"recall {self.exact / names:.3f}, by overlap {self.overlapping / names:.3f}"
        )


def finre() -> list[Sample]:
    """The sentences of FinRE, in the order of their text."""
    found: dict[str, set[str]] = {}
    for row in _rows(DATA / "finre" / "relations.jsonl"):
        found.setdefault(row["text"], set()).update((row["head"], row["tail"]))
    return _samples(found)


def fewfc() -> list[Sample]:
    """The sentences of FewFC, in the order of their text."""
    found: dict[str, set[str]] = {}
    for row in _rows(DATA / "fewfc" / "events.jsonl"):
        names = found.setdefault(row["content"], set())
        names.update(
            mention["word"]
            for event in row["events"]
            for mention in event["mentions"]
            if mention["role"] in ROLES
        )
    return _samples(found)


def _samples(found: dict[str, set[str]]) -> list[Sample]:
    return [
        Sample(text.replace(DIGITS, "3"), frozenset(n.replace(DIGITS, "3") for n in names))
        for text, names in sorted(found.items())
        if names
    ]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def names_in(text: str, nlp: Language) -> set[str]:
    """The names of bodies in one sentence."""
    stored = f"公告摘要\n\n以下是原文。{text}\n"
    article = Article(
        doc="sentence",
        path="/sentence.txt",
        text=stored,
        sha256=hashlib.sha256(stored.encode()).hexdigest(),
        encoding="utf-8",
    )
    found = recognise(segment(article), nlp)
    types = {entity.id: entity.type for entity in found.entities}
    return {m.text for m in found.mentions if m.how == "name" and types[m.entity] in BODIES}


def main() -> None:
    """Print recall of each set."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--size", type=int, default=600, help="sentences of each set")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--errors", action="store_true", help="print what is missed")
    parser.add_argument("--show", type=int, default=0, help="print the names of so many sentences")
    options = parser.parse_args()
    nlp = build_pipeline(load_lexicon())
    for label, load in (("finre", finre), ("fewfc", fewfc)):
        if not (DATA / label).is_dir():
            print(f"{label}: not here")
            continue
        samples = load()
        random.Random(options.seed).shuffle(samples)
        tally = Tally()
        for sample in samples[: options.size]:
            found = names_in(sample.text, nlp)
            tally.add(sample, found)
            missed = sorted(sample.names - found)
            if options.errors and missed:
                print(f"{label} missed {missed} found {sorted(found)}: {sample.text}")
            if tally.sentences <= options.show:
                print(f"{label} {sorted(found)}: {sample.text}")
        print(f"{label}: {tally}")


if __name__ == "__main__":
    main()
