"""Names in a row: 美光科技、西部数据和闪迪."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.relations.scene import Named, Scene

_AND = re.compile("、|和|与|及|以及|，|或")
_APART = re.compile("、|和|与|及|以及|或")


def row_before(scene: Scene, end: int) -> list[Named]:
    """The names that are joined up to *end*, in order; none if no name ends there."""
    row: list[Named] = []
    for name in reversed(scene.names):
        if name.end == end:
            row.append(name)
        elif row and name.end <= row[-1].start:
            if not _APART.fullmatch(scene.text, name.end, row[-1].start):
                break
            row.append(name)
    return row[::-1]


def row_after(scene: Scene, start: int, *, commas: bool = False) -> list[Named]:
    """The names that are joined from *start* on, in order; none if no name begins there."""
    row: list[Named] = []
    joint = _AND if commas else _APART
    for name in scene.names:
        if name.start == start and not row:
            row.append(name)
        elif row and name.start >= row[-1].end:
            if not joint.fullmatch(scene.text, row[-1].end, name.start):
                break
            row.append(name)
    return row
