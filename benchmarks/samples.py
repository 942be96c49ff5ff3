"""Samples of running text with the figures that the grammar reads in it, to be judged by eye.

The sentences of a set are shuffled once and dealt into `HANDS` hands; a seed names a hand, so
that two seeds below `HANDS` share no sentence, whatever the grammar reads.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

from ingest.quantities import find_quantities
from kg.records import Quantity

SHARED = Path(__file__).parents[1].parent / "shared"
HANDS = 10
_FIELDS = {
    "uhgeval": ("xinhua.jsonl", ("headLine", "newsBeginning", "newsRemainder")),
    "fewfc": ("events.jsonl", ("content",)),
    "drcd": ("paragraphs.jsonl", ("context",)),
}
SETS = tuple(_FIELDS)
_SENTENCE_END = re.compile(r"(?<=[。！？；])|\n")
_NUMERAL = re.compile(r"[0-9０-９二两三四五六七八九十百半]")


def _sentences(name: str) -> list[str]:
    file, fields = _FIELDS[name]
    sentences: dict[str, None] = {}
    with (SHARED / "devdata" / name / file).open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            for part in _SENTENCE_END.split("\n".join(record[field] for field in fields)):
                sentences.setdefault(part.strip())
    return list(sentences)


def sample(name: str, *, seed: int, size: int) -> Iterator[str]:
    """Sentences of the set *name* that hold numerals, until *size* figures stand in them.

    Figures are marked ``⟦text=value unit⟧``, ``≈`` before an approximate value; what is not
    marked was read as no figure.
    """
    sentences = _sentences(name)
    random.Random(0).shuffle(sentences)
    found = 0
    for sentence in sentences[seed % HANDS :: HANDS]:
        if found >= size:
            return
        if _NUMERAL.search(sentence):
            quantities = find_quantities(sentence)
            found += len(quantities)
            yield _marked(sentence, quantities)


def _marked(sentence: str, quantities: list[Quantity]) -> str:
    parts, position = [], 0
    for quantity in quantities:
        parts.append(sentence[position : quantity.span.start])
        parts.append(f"⟦{quantity.text}={_value(quantity)} {quantity.unit}⟧")
        position = quantity.span.end
    return "".join((*parts, sentence[position:]))


def _value(quantity: Quantity) -> str:
    about = "≈" if quantity.approximate else ""
    if quantity.value is not None:
        return f"{about}{quantity.value}"
    return f"{about}{quantity.low}…{quantity.high}".replace("None", "")
