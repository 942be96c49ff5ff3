"""A relation before it is told how: what a family of patterns hands over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.relations.scene import Scene
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
    until: int | None = None  # where the words of *tail* end, if that is not at the cue
    conditional: bool = False  # told of a case that is only supposed


def caused(
    scene: Scene,
    cue: tuple[int, int],
    tail: int,
    cause: tuple[int, int],
    effect: tuple[int, int],
    *,
    conditional: bool = False,
) -> Draft:
    """The draft of a cause whose sides stand at *cause* and *effect*."""
    return Draft(
        kind="cause",
        cue=cue,
        tail=tail,
        subject=scene.argument(*cause),
        object=scene.argument(*effect),
        conditional=conditional,
    )
