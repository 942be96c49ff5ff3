"""Recall of company names on public sentences that were annotated by others.

    python -m benchmarks.company_names [--size N] [--seed S] [--errors] [--show N]

``../shared/devdata/finre`` (both ends of each relation) and ``../shared/devdata/fewfc`` (the
arguments that are organisations).  A name counts as found if a mention of a company,
institution or group has its very words; ``overlap`` counts those that it shares characters
with.  Precision has no gold: ``--show N`` prints the names found in N sentences, to be read by
hand.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ingest.language import build_pipeline, recognise
from ingest.lexicon import load_lexicon
from ingest.structure import segment
from kg.records import Article

if TYPE_CHECKING:
    from spacy.language import Language

DATA = Path(__file__).resolve().parents[2] / "shared" / "devdata"
BODIES = frozenset(("company", "institution", "group"))
ROLES = frozenset(("sub-org", "obj-org", "target-company"))


class Sample(NamedTuple):
    """A sentence and the names of bodies that its annotators marked."""

    text: str
    names: frozenset[str]


def finre() -> dict[str, set[str]]:
    """Names by sentence of FinRE."""
    found: dict[str, set[str]] = {}
    for row in _rows(DATA / "finre" / "relations.jsonl"):
        found.setdefault(row["text"], set()).update((row["head"], row["tail"]))
    return found


def fewfc() -> dict[str, set[str]]:
    """Names by sentence of FewFC."""
    found: dict[str, set[str]] = {}
    for row in _rows(DATA / "fewfc" / "events.jsonl"):
        names = found.setdefault(row["content"], set())
        names.update(
            mention["word"]
            for event in row["events"]
            for mention in event["mentions"]
            if mention["role"] in ROLES
        )
    return found


def _rows(path: Path) -> Iterator[dict[str, object] | dict[str, str] | dict]:  # type: ignore[type-arg]
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def names_in(text: str, nlp: Language) -> list[tuple[str, str]]:
    """The names of bodies in one sentence, each with its type."""
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
    return [
        (mention.text, types[mention.entity])
        for mention in found.mentions
        if mention.how == "name" and types[mention.entity] in BODIES
    ]


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
        samples = [
            Sample(text, frozenset(names)) for text, names in sorted(load().items()) if names
        ]
        random.Random(options.seed).shuffle(samples)  # which sentences, no secret
        exact = overlapping = total = 0
        for index, sample in enumerate(samples[: options.size]):
            found = {name for name, _ in names_in(sample.text, nlp)}
            total += len(sample.names)
            hit = sample.names & found
            near = {n for n in sample.names if any(n in f or f in n for f in found)}
            exact += len(hit)
            overlapping += len(near)
            if options.errors and sample.names - hit:
                print(
                    f"{label} missed {sorted(sample.names - hit)} found {sorted(found)}: "
                    f"{sample.text}"
                )
            if index < options.show:
                print(f"{label} {sorted(found)}: {sample.text}")
        print(
            f"{label}: {total} names in {min(options.size, len(samples))} sentences, "
            f"recall {exact / total:.3f}, by overlap {overlapping / total:.3f}"
        )


if __name__ == "__main__":
    main()
