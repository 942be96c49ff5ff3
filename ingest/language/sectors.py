"""Sectors that only their place in the sentence tells: 细分方向上，存储、设备和封测分别上涨….

A word that says what is listed (行业, 板块, 方向, 概念) makes sectors of everyday nouns, as the
word 板块 after them would.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.language.analysis import Candidate
from ingest.language.words import GENERIC
from kg.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.language.analysis import Analysis, Unit

_CLASS = r"(?:行业|板块|细分方向|方向|赛道|题材|概念|细分领域)"
_ITEM = r"[\u4e00-\u9fffA-Z]{2,8}?"
_JOINED = r"(?:、|和|与|及|以及)"
_LIST = rf"{_ITEM}(?:{_JOINED}{_ITEM})*"
_MOVES = (
    r"(?:等?[（(][+-]?\d|等?(?P<class>板块|行业|概念|方向)?(?:均|则|也|逆市|逆势|小幅|大幅|分别|涨幅|跌幅|领涨|领跌|上涨|下跌|收涨|收跌|居前|靠前|"
    r"走强|走弱|走高|走低|大涨|大跌|飘红|飘绿|净流[入出]|位居|涨|跌|回调|回落|居首|垫底|反弹|拉升|活跃))"
)
_CUE = re.compile(rf"{_CLASS}(?:上|里|中|内|层面|方面|表现|来看|看|之中)+[，,]")
_CLAUSE = re.compile(rf"(?:其中|而|但|不过|仅|只有)?[，,]?(?P<list>{_LIST})(?={_MOVES})")
_NAMED = re.compile(
    rf"(?:涨幅居前|跌幅居前|领涨|领跌|上涨|下跌|活跃|走强|走弱|收涨|收跌)的?{_CLASS}(?:分别|依次|主要)?(?:为|是|有|包括|：|:)"
    rf"(?P<list>{_LIST})(?P<class>板块|行业|概念|方向)?(?=[等，。；])"
)
_NOUN_TAGS = frozenset({"n", "nz", "nw", "vn", "an", "a", "ORG", "xc"})
_COMMA = re.compile("[，；,;]")
_PART = re.compile(rf"(?:^|{_JOINED})(?P<item>{_ITEM})(?={_JOINED}|$)")
_NO_SECTOR = re.compile(
    r"[个多各某其该此][^、]*|.*(?:指数|[涨跌]幅|个股|公司|成交|资金|分化|普|全线|多数|少数|整体|市场|大盘|两市|股价|主力|龙头|规模|幅度|行业|板块|方面|[一二三四五六七八九十]).*"
)


def find_sectors(analysis: Analysis) -> None:
    """Add the sectors told by their place to the candidates."""
    text = analysis.text
    known = {c.span: c for c in analysis.candidates if c.entry is not None and c.type == "sector"}
    for unit in analysis.units:
        for match in _lists(text, unit):
            items = list(_items(text, unit, match))
            # One word alone may be any noun, several have the class word in common.
            for span in items if len(items) > 1 else [s for s in items if s in known]:
                same = known.get(span)
                analysis.candidates.append(
                    replace(same, weak=False, score=0.9)
                    if same is not None
                    else Candidate(span, "sector", "pattern", score=0.9)
                )


def _lists(text: str, unit: Unit) -> Iterator[re.Match[str]]:
    yield from _NAMED.finditer(text, unit.span.start, unit.span.end)
    cue = _CUE.search(text, unit.span.start, unit.span.end)
    if cue is None:
        return
    starts = [cue.end(), *(m.end() for m in _COMMA.finditer(text, cue.end(), unit.span.end))]
    for start in starts:
        listed = _CLAUSE.match(text, start, unit.span.end)
        if listed is not None:
            yield listed


def _items(text: str, unit: Unit, match: re.Match[str]) -> Iterator[Span]:
    """The members of a list; the last not where a class word follows, which other rules read."""
    edges = {edge for t in unit.tokens for edge in (t.span.start, t.span.end)}
    for part in _PART.finditer(match["list"]):
        start = match.start("list")
        span = Span(start + part.start("item"), start + part.end("item"))
        if match["class"] and span.end == match.end("list"):
            continue
        nouns = all(
            t.tag in _NOUN_TAGS
            for t in unit.tokens
            if t.span.start < span.end and span.start < t.span.end
        )
        name = span.of(text)
        plain = not _NO_SECTOR.fullmatch(name) and not GENERIC.fullmatch(name)
        if nouns and plain and span.start in edges and span.end in edges:
            yield span
