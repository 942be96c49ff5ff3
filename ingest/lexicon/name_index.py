"""Finding known names in text: the longest match from left to right.

Light enough for a question typed by a user: no spaCy, and OpenCC only where the text holds a
character that folding does not know.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ingest.lexicon.folding import fold
from kg.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from opencc import OpenCC


class NameIndex:
    """Names and what they stand for, matched regardless of width, case and script.

    >>> index = NameIndex([("台积电", "tsmc"), ("TSMC", "tsmc")])
    >>> [(span.start, ids) for span, ids in index.find("臺積電與ＴＳＭＣ")]
    [(0, ('tsmc',)), (4, ('tsmc',))]
    """

    def __init__(self, names: Iterable[tuple[str, str]], *, simplify: bool = True) -> None:
        """*names* are (name, id) pairs; *simplify* lets traditional characters match."""
        self._simplify = simplify
        pairs = [(name.strip(), identifier) for name, identifier in names]
        folded = self._normal("\n".join(name.replace("\n", " ") for name, _ in pairs)).split("\n")
        found: dict[str, dict[str, None]] = {}
        for name, (_, identifier) in zip(folded if pairs else (), pairs, strict=True):
            if name:
                found.setdefault(name, {})[identifier] = None
        self._ids = {name: tuple(ids) for name, ids in found.items()}
        # By two characters: many hundred names share their first one, few share both.
        lengths: dict[str, set[int]] = {}
        for name in self._ids:
            if len(name) > 1:
                lengths.setdefault(name[:2], set()).add(len(name))
        self._lengths = {head: sorted(ns, reverse=True) for head, ns in lengths.items()}

    def find(self, text: str) -> list[tuple[Span, tuple[str, ...]]]:
        """The names in *text*, left to right, not overlapping, the longest at each place.

        Each with the ids that it stands for, in the order given.
        """
        found = []
        end = 0
        for span, ids in self.find_all(text):
            if span.start >= end:
                found.append((span, ids))
                end = span.end
        return found

    def find_all(self, text: str) -> Iterator[tuple[Span, tuple[str, ...]]]:
        """Every name at every place, overlapping ones too; the longest first at each place."""
        folded = self._normal(text)
        for start, first in enumerate(folded):
            for length in self._lengths.get(folded[start : start + 2], ()):
                end = start + length
                ids = self._ids.get(folded[start:end]) if end <= len(folded) else None
                if ids is not None and _whole(folded, start, end):
                    yield Span(start, end), ids
            ids = self._ids.get(first)
            if ids is not None and _whole(folded, start, start + 1):
                yield Span(start, start + 1), ids

    def _normal(self, text: str) -> str:
        folded = fold(text)
        return simplified(folded) if self._simplify else folded


def simplified(text: str) -> str:
    """*text* in simplified characters (OpenCC ``t2s``), of the same length."""
    if text.isascii():
        return text
    converter = _converter()
    result: str = converter.convert(text)
    if len(result) == len(text):
        return result
    # A phrase of another length: character by character, so that offsets hold.
    characters = (converter.convert(character) for character in text)
    return "".join(c if len(c) == 1 else t for c, t in zip(characters, text, strict=True))


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")


def _whole(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] cuts no Latin word and no number in two."""
    return not (
        (start and _run(text[start - 1], text[start]))
        or (end < len(text) and _run(text[end - 1], text[end]))
    )


def _run(left: str, right: str) -> bool:
    return left.isascii() and left.isalnum() and right.isascii() and right.isalnum()
