"""Parallel lists: 房地产、工业、金融板块分别上涨0.80%、0.73%和0.43%."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.attribution.frames import Frame
from ingest.attribution.naming import Namer
from ingest.attribution.phrases import Clause, Phrase
from ingest.attribution.view import View

_BETWEEN = re.compile(r"[^，。；、]{0,4}?(、|以及|和|与|及)[^，。；、]{0,4}?")
_REST = re.compile("其[他它]")


def listed_names(
    view: View, clauses: Sequence[Clause], frame: Frame, count: int, namer: Namer
) -> tuple[str, ...]:
    """The items that *count* figures from *frame* on are told of, one each; maybe none.

    房地产、工业、金融板块分别上涨0.80%、0.73%和0.43%: the items as written; 两家公司分别: the
    names that are taken up.
    """
    for at in range(frame.clause, max(frame.clause - 3, -1), -1):
        clause = clauses[at]
        end = frame.quantity.start if at == frame.clause else clause.end
        for plural in reversed(view.plurals):
            inside = clause.start <= plural.start and plural.end <= end
            if inside and len(plural.record.names) == count:
                return plural.record.names
        for items in _coordinations(view, clause, end):
            if len(items) == count:
                return items
            if len(items) == count + 1 and _REST.match(items[-1]):  # 欧洲及其他地区 may be one
                return (*items[:-2], _last_two(view, clause, items))
    return ()


def _last_two(view: View, clause: Clause, items: Sequence[str]) -> str:
    """The last two of *items* as the clause writes them, with their joint."""
    last = view.text.rfind(items[-1], clause.start, clause.end)
    begin = view.text.rfind(items[-2], clause.start, last)
    return view.text[begin : last + len(items[-1])]


def _coordinations(view: View, clause: Clause, end: int) -> list[tuple[str, ...]]:
    """The coordinated phrases of a clause before *end*, the last first."""
    found: list[tuple[str, ...]] = []
    phrases = [p for p in clause.phrases if p.end <= end]
    index = len(phrases) - 1
    while index > 0:
        run = [phrases[index]]
        while index > 0 and _joins(view, phrases[index - 1].end, phrases[index].start):
            index -= 1
            run.insert(0, phrases[index])
        if len(run) > 1:
            found.append(tuple(_items(view, run)))
        index -= 1
    return found


def _joins(view: View, start: int, end: int) -> bool:
    """Whether one joint, with pieces of words that were not read as nouns, stands between."""
    return _BETWEEN.fullmatch(view.text, start, end) is not None


def _items(view: View, run: Sequence[Phrase]) -> list[str]:
    """The words of each item, from joint to joint; the first from where its phrase starts."""
    items = []
    start = run[0].start
    for left, right in pairwise(run):
        joint = _BETWEEN.fullmatch(view.text, left.end, right.start)
        if joint is not None:
            items.append(view.text[start : joint.start(1)])
            start = joint.end(1)
    items.append(view.text[start : run[-1].end])
    return items
