"""What scoring hands back, and the arithmetic that all kinds share."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias, TypeVar

Texts: TypeAlias = Mapping[str, str]
"""The stored text of each document, for the sentence around an error."""

ItemT = TypeVar("ItemT")

_QUOTES = str.maketrans("", "", "\"'“”‘’「」『』《》〈〉")
_SENTENCE_END = "。！？!?\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """One error, in context."""

    doc: str  # the document; several, joined by a comma
    problem: str  # missing, spurious, or the fields that differ
    context: str  # the sentence around it, or the question
    expected: Mapping[str, Any] | None  # what gold says, None where it says nothing
    got: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """The scores of one kind of record.

    A score is a share from 0 to 1, or None where there was nothing to score.
    """

    kind: str
    n: int  # gold records
    scores: Mapping[str, float | None]
    errors: tuple[Slip, ...]


def ratio(part: int, whole: int) -> float | None:
    """``part / whole``, None where *whole* is 0."""
    return part / whole if whole else None


def f1(hits: int, gold: int, system: int) -> float | None:
    """The harmonic mean of precision and recall; None where there is nothing on either side."""
    return ratio(2 * hits, gold + system)


def bare(name: str) -> str:
    """A name without quotation marks, spaces, width and case."""
    folded = unicodedata.normalize("NFKC", name).casefold().translate(_QUOTES)
    return "".join(folded.split())


def same_number(one: Decimal | None, other: Decimal | None) -> bool:
    """Equal up to what a float forgets of a decimal."""
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)


def pair_up(
    gold: Sequence[ItemT], system: Sequence[ItemT], *, key: Callable[[ItemT], Hashable]
) -> tuple[list[tuple[ItemT, ItemT]], list[ItemT], list[ItemT]]:
    """Pair records of equal *key*, each at most once.

    Returns the pairs, the gold records left over and the system records left over.
    """
    waiting: dict[Hashable, list[ItemT]] = {}
    for record in system:
        waiting.setdefault(key(record), []).append(record)
    pairs: list[tuple[ItemT, ItemT]] = []
    missing: list[ItemT] = []
    for record in gold:
        found = waiting.get(key(record))
        if found:
            pairs.append((record, found.pop(0)))
        else:
            missing.append(record)
    return pairs, missing, [record for found in waiting.values() for record in found]


def plain(value: object) -> object:
    """*value* as JSON has it."""
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return float(value) if isinstance(value, Decimal) else value


def around(texts: Texts, doc: str, start: int, end: int) -> str:
    """The sentence that holds a span, the span in ⟦ ⟧; empty where the text is not at hand."""
    text = texts.get(doc, "")
    if not text:
        return ""
    begin = max(text.rfind(mark, 0, start) for mark in _SENTENCE_END) + 1
    stops = [place for mark in _SENTENCE_END if (place := text.find(mark, end)) >= 0]
    stop = min(stops, default=len(text)) + 1
    return f"{text[begin:start]}⟦{text[start:end]}⟧{text[end:stop]}".strip()


def slips(
    differences: Iterable[tuple[str, ItemT | None, ItemT | None]],
    *,
    place: Callable[[ItemT], tuple[str, int, int]],
    shown: Callable[[str, ItemT, ItemT | None], Mapping[str, Any]],
    texts: Texts,
) -> tuple[Slip, ...]:
    """Errors in reading order, each in its sentence.

    :param differences: what is wrong, the gold record, the system record.
    :param place: document, start and end of a record.
    :param shown: what a reader needs to see of one record beside the other.
    """
    placed: list[tuple[tuple[str, int, int], Slip]] = []
    for problem, expected, got in differences:
        where = place(next(side for side in (expected, got) if side is not None))
        slip = Slip(
            doc=where[0],
            problem=problem,
            context=around(texts, *where),
            expected=None if expected is None else shown(problem, expected, got),
            got=None if got is None else shown(problem, got, expected),
        )
        placed.append((where, slip))
    return tuple(slip for _, slip in sorted(placed, key=lambda each: each[0]))


_MARKER = re.compile(r"\[(?:[^\[\]\n]*:)?¶?\d+\]")
_DASHES = re.compile(r"[\u2010-\u2015\u2212\u2e3a\u2e3b\u301c\ufe58\ufe63\uff0d\u2500-]+")


def without_markers(answer: str) -> str:
    """*answer* without its references ``[5]``, ``[¶31]``, ``[DOC:5]``."""
    return _MARKER.sub("", answer)


def folded(text: str) -> str:
    """*text* with spaces, case, width and the kinds of dash made alike."""
    alike = unicodedata.normalize("NFKC", _DASHES.sub("-", text)).casefold()
    return "".join(_DASHES.sub("-", alike).split())
