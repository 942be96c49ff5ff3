"""Samples of running text with the figures that the grammar reads in it, to be judged by eye.

The sentences of a set are shuffled and cut into samples of one size, so that neighbouring
seeds share no sentence, whatever the grammar reads; where a set is used up, the next seed
shuffles it anew.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

from ingest.lexicon.name_index import simplified
from ingest.quantities import find_quantities
from kg.records import Quantity

SHARED = Path(__file__).parents[1].parent / "shared"
_FIELDS = {
    "uhgeval": ("uhgeval/*.jsonl", ("headLine", "newsBeginning", "newsRemainder")),
    "uhgeval-written": ("uhgeval/*.jsonl", ("hallucinatedContinuation",)),
    "fewfc": ("fewfc/*.jsonl", ("content",)),
    "fin_eva": ("fin_eva/*.jsonl", ("context", "question")),
    "drcd": ("drcd/*.jsonl", ("context",)),
    "cmrc2018": ("cmrc2018/*.jsonl", ("context",)),
    "c3": ("expmrc_zh/*.jsonl", ("article",)),
}
SETS = tuple(_FIELDS)
"""The sets of ``devdata``; uhgeval-written is what language models wrote in the style of news."""

_SENTENCE_END = re.compile(r"(?<=[。！？；])|\n")
_NUMERAL = re.compile(r"[0-9０-９二两三四五六七八九十百千万亿半]")


def _sentences(name: str) -> list[str]:
    files, fields = _FIELDS[name]
    sentences: dict[str, None] = {}
    for path in sorted((SHARED / "devdata").glob(files)):
        with path.open(encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                text = "\n".join(record.get(field, "") for field in fields)
                for part in _SENTENCE_END.split(simplified(text)):  # as ingest reads it
                    sentences.setdefault(part.strip())
    return [sentence for sentence in sentences if _NUMERAL.search(sentence)]


def sample(name: str, *, seed: int, size: int) -> Iterator[str]:
    """*size* sentences of the set *name* that hold numerals, then a count of their figures.

    Figures are marked ``⟦text=value unit⟧``, ``≈`` before an approximate value; what is not
    marked was read as no figure.  Where a set does not divide by *size* its last sample is
    the shorter.
    """
    sentences = _sentences(name)
    shuffle, place = divmod(seed, -(-len(sentences) // size))
    random.Random(shuffle).shuffle(sentences)
    found = 0
    for sentence in sentences[place * size :][:size]:
        quantities = find_quantities(sentence)
        found += len(quantities)
        yield _marked(sentence, quantities)
    yield f"{found} figures"


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
