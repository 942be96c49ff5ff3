"""Goods told by where they are traded or grown: 广州碳酸锂期货, 巴西大豆.

A contract is named by its exchange's place and a crop in trade by its origin; the lexicon holds
the goods themselves and the contracts that are quoted most.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.language.analysis import Candidate
from kg.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.language.analysis import Analysis

_VENUE = re.compile(
    r"(?:芝加哥|纽约|伦敦|大连|郑州|上海|广州|马来西亚|新加坡|东京|大阪|欧洲|美国|荷兰|英国|"
    r"CBOT|NYMEX|COMEX|CME|LME|ICE|BMD|SGX|DCE|Z?CZCE|SHFE|INE|GFEX|"
    r"[大郑芝]商所|[上广]期所|新交所|港交所)$"
)
_LONGEST_VENUE = 6
# Not the trade in them, a firm of it, or the contract of a month, which have names of their own.
_FUTURES = re.compile("期货(?!公司|市场|交易|投资|研究|分析|业务|品种|主力|合约|经纪|端)")
_CROP = re.compile(
    "小麦|大麦|玉米|高粱|大豆|豆粕|豆油|棕榈油|油?菜籽|菜籽油|葵花籽油|花生|棉花|原糖|白糖|食糖|咖啡豆?|可可豆?|"
    "大米|天然橡胶|橡胶|羊毛|牛肉|猪肉|奶粉|橙汁|原木"
)
# What is told of a harvest or of an exporter's goods; what lies in stock or is brought in is not.
_OF_ORIGIN = re.compile(
    "产量|单产|总产|播种|种植|收割|收获|优良率|出口|装[船运]|发运|离岸|现货|报价|价格|升贴水"
)


def find_goods(analysis: Analysis) -> None:
    """Add contracts by their place and crops by their origin to the candidates."""
    analysis.candidates += [*_contracts(analysis), *_crops(analysis)]


def _contracts(analysis: Analysis) -> Iterator[Candidate]:
    text = analysis.text
    for goods in _listed(analysis):
        futures = _FUTURES.match(text, goods.end)
        if futures is not None:
            venue = _VENUE.search(text, max(goods.start - _LONGEST_VENUE, 0), goods.start)
            begin = venue.start() if venue is not None else goods.start
            yield Candidate(Span(begin, futures.end()), "commodity", "pattern", score=0.9)


def _crops(analysis: Analysis) -> Iterator[Candidate]:
    text = analysis.text
    places = {c.span.end: c.span for c in analysis.candidates if c.type == "place" and c.entry}
    for goods in _listed(analysis):
        origin = places.get(goods.start)
        if origin and _CROP.fullmatch(goods.of(text)) and _OF_ORIGIN.match(text, goods.end):
            yield Candidate(Span(origin.start, goods.end), "commodity", "pattern", score=0.9)


def _listed(analysis: Analysis) -> list[Span]:
    """Where the lexicon's goods stand, everyday words among them."""
    return [c.span for c in analysis.candidates if c.entry is not None and c.type == "commodity"]
