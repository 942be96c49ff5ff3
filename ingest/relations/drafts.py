"""A relation before it is told how: what a family of patterns hands over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.records import Argument, RelationKind, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A relation as its pattern found it. *cue* and *tail* count characters of the scene.

    *tail* is where the words begin that stand between the subject and the cue: auxiliaries,
    negations and adverbs, which tell how the relation is meant.
    """

    kind: RelationKind
    cue: tuple[int, int]
    tail: int
    subject: Argument
    object: Argument
    amount: Span | None = None
    place: Argument | None = None
    period: str | None = None
    conditional: bool = False  # told of a case that is only supposed
