"""A sentence with each figure as one character, so that patterns read the words between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ingest.numerals import fold
from kg.records import Document, Figure, Sentence, Span
from kg.ties import Operand, Sign, Tie, TieKind

FIGURE = "\ue000"
"""Stands for a figure: a private character, which no text holds."""

_PUNCTUATION = str.maketrans("，；：（）！？", ",;:()!?")
_MARK = re.compile(r"[\[【][\d,\-—]{1,12}[\]】]")


def pattern(written: str) -> re.Pattern[str]:
    """A pattern in which ``#`` is a figure and ``~`` a character of the same clause.

    The skeleton is folded (`ingest.numerals.fold`), and its punctuation but the full stop ASCII.
    """
    return re.compile(written.replace("~", f"[^{FIGURE},;。]").replace("#", FIGURE))


@dataclass(frozen=True)
class Skeleton:
    """One sentence. *text* has `FIGURE` for each of *figures* and no citation marks."""

    index: int  # into Document.sentences
    sentence: Sentence
    text: str
    offsets: tuple[int, ...]  # of each character of *text* in the document; one more at the end
    figures: tuple[Figure, ...]  # in the order of their characters
    places: tuple[int, ...]  # of their characters

    @cached_property
    def _at(self) -> dict[int, int]:
        return {place: number for number, place in enumerate(self.places)}

    def number(self, place: int) -> int:
        """Which of *figures* stands at *place* of the skeleton."""
        return self._at[place]

    def figure(self, match: re.Match[str], group: str) -> Figure:
        """The figure that a group of one character matched."""
        return self.figures[self._at[match.start(group)]]

    def before(self, place: int) -> tuple[Figure, ...]:
        """The figures before *place*, in order."""
        return tuple(f for f, p in zip(self.figures, self.places, strict=True) if p < place)

    def after(self, place: int) -> tuple[Figure, ...]:
        """The figures behind *place*, in order."""
        return tuple(f for f, p in zip(self.figures, self.places, strict=True) if p > place)

    def place(self, figure: Figure) -> int:
        """Where *figure* stands."""
        return self.places[self.figures.index(figure)]

    def span(self, start: int, end: int) -> Span:
        """The stretch of the document for one of the skeleton."""
        return Span(self.offsets[start], self.offsets[end - 1] + 1)

    def tie(
        self,
        kind: TieKind,
        cue: tuple[int, int],
        operands: Sequence[tuple[str, Figure]],
        *,
        sign: Sign | None = None,
        detail: str | None = None,
    ) -> Tie:
        """A tie of figures whose words stand at *cue* of the skeleton."""
        return Tie(
            kind=kind,
            cue=self.span(*cue),
            operands=tuple(Operand(role=role, span=figure.span) for role, figure in operands),
            sign=sign,
            detail=detail,
            sentence=self.index,
        )


def folded_text(document: Document) -> str:
    """The text as patterns read it, character for character: folded, its punctuation ASCII."""
    return fold(document.text).translate(_PUNCTUATION)


def skeletons(document: Document, figures: Sequence[Figure]) -> list[Skeleton]:
    """The skeleton of each sentence of *document*."""
    mine: dict[int, dict[Span, Figure]] = {}
    for figure in figures:
        mine.setdefault(figure.sentence, {}).setdefault(figure.span, figure)
    folded = folded_text(document)
    return [
        _skeleton(folded, index, sentence, sorted(mine.get(index, {}).values(), key=_start))
        for index, sentence in enumerate(document.sentences)
    ]


def _skeleton(folded: str, index: int, sentence: Sentence, figures: Sequence[Figure]) -> Skeleton:
    characters: list[str] = []
    offsets: list[int] = []
    places: list[int] = []
    position, end = sentence.span.start, sentence.span.end
    waiting = list(figures)
    while position < end:
        if waiting and position == waiting[0].span.start:
            places.append(len(characters))
            characters.append(FIGURE)
            offsets.append(position)
            position = waiting.pop(0).span.end
        elif mark := _MARK.match(folded, position, end):
            position = mark.end()
        else:
            if not folded[position].isspace():
                characters.append(folded[position])
                offsets.append(position)
            position += 1
    kept = figures[: len(places)]
    return Skeleton(
        index=index,
        sentence=sentence,
        text="".join(characters),
        offsets=(*offsets, end),
        figures=tuple(kept),
        places=tuple(places),
    )


def _start(figure: Figure) -> int:
    return figure.span.start
