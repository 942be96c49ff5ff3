"""A total told below a text table of what its rows hold: 上述四家合计实现收入6,253亿元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ingest.ties.ranks import SUMS
from ingest.ties.skeleton import FIGURE, Skeleton, pattern
from ingest.ties.table_ranks import table_above
from ingest.ties.words import RATES, alike
from kg.records import Figure
from kg.ties import Tie

_TOTAL = pattern(
    rf"(?:上述|以上|上表|表[中内])(?P<whose>(?:~|{FIGURE}){{0,14}}?)(?P<cue>合计|共计|总计|一共)(?P<what>~{{0,14}}?){FIGURE}"
)
_COUNTED = re.compile(r"[两二三四五六七八九十]+(?=[家个只款大项类])")
_DIGITS = {digit: value for value, digit in enumerate("一二三四五六七八九十", start=1)} | {"两": 2}


def table_totals(skeletons: Sequence[Skeleton], number: int) -> Iterator[Tie]:
    """What a sentence directly below a table calls the total of its rows."""
    skeleton = skeletons[number]
    if skeleton.sentence.kind == "table":
        return
    for match in _TOTAL.finditer(skeleton.text):
        whole = skeleton.figures[skeleton.places.index(match.end() - 1)]
        rows = [row for row in table_above(skeletons, skeleton) if row.figures]
        if _counted(skeleton, match) not in (None, len(rows)):
            continue
        columns = [c for c in _columns(rows) if all(alike(f, whole) for f in c)]
        named = [c for c in columns if c[0].metric_words and c[0].metric_words in match["what"]]
        chosen = named if len(columns) > 1 else columns
        if len(chosen) == 1 and whole.unit not in RATES:
            operands = [*(("part", f) for f in chosen[0]), ("whole", whole)]
            yield skeleton.tie("sum", match.span("cue"), operands)


def _counted(skeleton: Skeleton, match: re.Match[str]) -> Decimal | int | None:
    """How many a sentence says that they are: 上述四家, where that is a figure or none."""
    for figure, place in zip(skeleton.figures, skeleton.places, strict=True):
        if match.start("whose") <= place < match.end("whose"):
            return figure.value
    found = _COUNTED.search(match["whose"])
    return _DIGITS.get(found[0]) if found else None


def _columns(rows: Sequence[Skeleton]) -> list[tuple[Figure, ...]]:
    """The columns of a table without a gap and without a row of totals; else none."""
    if len(rows) < 2 or any(SUMS.search(f.subject) for row in rows for f in row.figures):
        return []
    if len({len(row.figures) for row in rows}) > 1:
        return []
    return list(zip(*(row.figures for row in rows), strict=True))
