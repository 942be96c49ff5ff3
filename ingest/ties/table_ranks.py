"""Ranks among the rows of a text table: a cell's remark, or a sentence below the table.

::

    理想汽车 | 33,939 | +32% | 交付量最高          电子行业涨幅最大。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.ties.ranks import COMPARED_WITH_PAST, LEADS, SUMS, TOP, WHAT, heads, named_sign, told_of
from ingest.ties.skeleton import FIGURE, Skeleton, pattern
from ingest.ties.words import is_point
from kg.records import Figure
from kg.ties import Sign, Tie

_CELL = re.compile(rf"[^|\t　{FIGURE}]+")
_LINKS = "(?:均|则|也|仍|还|最终|为|居|位居|位列|排名|排|列|处于)*"
_CALLED = rf"(?P<what>(?:{WHAT.pattern})?){_LINKS}(?P<top>{TOP})"
_REMARK = re.compile(_CALLED)
_KIND = re.compile("(?:行业|板块|概念|指数|公司|集团|品牌|个股|股份)$")
_OPENING = (
    "(?:(?:从|由)?(?:上?表|表格)(?:中|内|上)?(?:可以|可)?(?:看到?|见|显示)?|可以看到|可见|数据显示|具体来看|整体来看|总体来看|"
    "(?:分|从)(?:行业|板块|品种|公司|地区|车企|各?业务)(?:来)?看|[全本当](?:周|日|月|季)|其中)?"
)
_SENTENCE = pattern(rf"(?:^|[,;。]){_OPENING}(?P<name>~{{1,14}}?)的?{_CALLED}(?=[,;。]|$)")


def table_ranks(skeletons: Sequence[Skeleton], number: int) -> Iterator[Tie]:
    """What a row of a table, or a sentence directly below one, calls its highest or lowest."""
    skeleton = skeletons[number]
    if skeleton.sentence.kind == "table":
        yield from _remarks(skeletons, skeleton)
    elif rows := table_above(skeletons, skeleton):
        yield from _below(skeleton, rows)


def _remarks(skeletons: Sequence[Skeleton], row: Skeleton) -> Iterator[Tie]:
    for cell in _CELL.finditer(row.text):
        match = _REMARK.fullmatch(row.text, cell.start(), cell.end())
        if match is not None:
            yield from _ranked(row, match, row.figures, _rows_like(row, skeletons))


def _below(skeleton: Skeleton, rows: Sequence[Skeleton]) -> Iterator[Tie]:
    for match in _SENTENCE.finditer(skeleton.text):
        names = (match["name"], _KIND.sub("", match["name"]))
        mine = [f for row in rows for f in row.figures if f.subject in names]
        yield from _ranked(skeleton, match, mine, rows)


def _ranked(
    skeleton: Skeleton,
    match: re.Match[str],
    mine: Sequence[Figure],
    rows: Sequence[Skeleton],
) -> Iterator[Tie]:
    """The one figure of *mine* that is spoken of, among those of its column."""
    what = match["what"] or LEADS.get(match["top"], "")
    wanted = [f for f in mine if is_point(f) and what and told_of(f, what) and heads(f, what)]
    sign: Sign | None = None
    if len(wanted) == 1 and not COMPARED_WITH_PAST.search(match["what"] + match["top"]):
        sign = named_sign(match["top"], what, wanted[0])
    if sign is None:
        return
    others = [f for f in _column(wanted[0], rows) if not SUMS.search(f.subject)]
    if others:
        operands = [("ranked", wanted[0]), *(("other", f) for f in others)]
        yield skeleton.tie("rank", match.span("top"), operands, sign=sign)


def _column(ranked: Figure, rows: Sequence[Skeleton]) -> list[Figure]:
    """The other figures of the column; rows that lack a figure may be shifted and are left out."""
    (mine,) = [row for row in rows if ranked in row.figures]
    place = mine.figures.index(ranked)
    column = [row.figures[place] for row in rows if len(row.figures) == len(mine.figures)]
    return [f for f in column if f is not ranked and is_point(f) and f.unit == ranked.unit]


def table_above(skeletons: Sequence[Skeleton], skeleton: Skeleton) -> list[Skeleton]:
    """The rows of the table right above *skeleton*; its line of sources may stand between."""
    earlier = [
        s
        for s in skeletons[: skeleton.index]
        if s.sentence.block != skeleton.sentence.block and s.sentence.kind != "caption"
    ]
    if not earlier or earlier[-1].sentence.kind != "table":
        return []
    last = earlier[-1].sentence
    if last.section != skeleton.sentence.section:
        return []
    return _rows_like(earlier[-1], earlier)


def _rows_like(row: Skeleton, skeletons: Sequence[Skeleton]) -> list[Skeleton]:
    table = row.sentence.table
    return [s for s in skeletons if s.sentence.kind == "table" and s.sentence.table == table]
