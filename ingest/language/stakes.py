"""Firms told by a stake in them and by the lists they stand in.

出售|盛世骄阳|100%股权, 腾讯、|畅游|、网易等公司: what is held by shares is a firm, and so is each
member of a list that the text closes with a word for firms.  The words of such names are any
words, so what stands around them decides.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.language.analysis import Candidate
from ingest.language.words import GENERIC, PLACE_ENDING, TRADE
from kg.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from ingest.language.analysis import Analysis, Unit

_HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
_NAME = re.compile(rf"(?:{_HAN}|[A-Za-z]){{2,10}}")

# --- stakes --------------------------------------------------------------------------------------

_STAKE = re.compile(
    r"(?:所持(?:有)?)?的?(?:合计|约|剩余|全部|其余|另外)?"
    r"(?:\d[\d.]*\s?[%％](?:以上)?的?(?:股权|股份|股本|财产份额)|(?:全部|少数|部分|剩余|控股)股权)"
)
# Where the words before a stake cease to be a name.
_BEFORE_NAME = re.compile(
    r"[，。、；：:,;“”\"‘’'（）()《》【】\[\]\s—-]|持有|[的所将把以及其对向从由在于为与和或让给了持]|收购|购买|出售|转让|受让|"
    r"竞得|取得|获得|获取|拥有|抢下|控股|参股|入股|认购|增持|减持|质押|冻结|处置|剥离|置入|置出|注入|拿下|托管|间接|直接|合计|共计|"
    r"分别|通过|决定|减少|抛售|子公司|股东|旗下|标的|龙头|巨头|公司(?=..)|集团(?=..)"
)
_NO_FIRM = re.compile(
    r".*(?:股权|股份|股票|股本|股东|资产|比例|合计|共计|总计|累计|剩余|其余|全部|部分|少数|上述|前述|对应|相关|现有|名下|手中|各自|"
    r"[每各另约近逾超达占至该本此这那]|不足|不低于|不超过|超过|达到|至少|首批|流通|发行|配售|增发|协议|方式|完成|大宗|二级市场|个人|"
    r"公司|企业|合营|联营|项目|持有|分红|溢价|折价|金额|[一二三四五六七八九十两几多]).*|.*[人者方家]|[AHB]股?"
)

# --- lists ---------------------------------------------------------------------------------------

_ITEM = rf"(?:{_HAN}|[A-Za-z0-9]){{2,8}}?"
_OF_FIRMS = re.compile(
    rf"(?P<list>{_ITEM}(?:、{_ITEM})+(?:(?:和|与|及|以及){_ITEM})?)等"
    r"(?:在内的)?(?:[\d一二两三四五六七八九十百多数几若干]+余?(?:家|大|支))?[^，。；、：的地省市县国]{0,8}?"
    r"(?:公司|企业|集团|厂商|[车药房险央国民]企|券商|巨头|运营商|供应商|开发商|债权方|债权人|机构投资者|私募)"
)
_ENDS_ITEM = frozenset({"p", "c", "u", "d", "r", "TIME", "m", "q", "f", "w"})


# 宝能系|旗下: the firms of one owner. 系 of 系统 and 系列 is another word.
_CAMP = re.compile(
    r"系(?![统列数指由因])(?=旗下|资本|再|持股|[增减]持|举牌|入主|[以拟将已的、，”])"
)


def find_stakes(analysis: Analysis) -> None:
    """Add the firms told so to the candidates."""
    text = analysis.text
    firms = {c.span for c in analysis.candidates if c.type == "company" and not c.weak}
    others = {c.span for c in analysis.candidates if c.entry is not None} - firms
    for unit in analysis.units:
        analysis.candidates += _held(text, unit, others)
        analysis.candidates += _members(text, unit, firms, others)
        analysis.candidates += _camps(text, unit, firms)


def _held(text: str, unit: Unit, others: AbstractSet[Span]) -> Iterator[Candidate]:
    """What a stake is in: 昂立优培|10%股权."""
    starts = {t.span.start for t in unit.tokens}
    for stake in _STAKE.finditer(text, unit.span.start, unit.span.end):
        end, start = stake.start(), max(unit.span.start, stake.start() - 12)
        for mark in _BEFORE_NAME.finditer(text, start, end):
            start = mark.end()
        span = _object(text, unit, Span(start, end))
        if span.start in starts and span not in others and _may_be_firm(span.of(text)):
            yield Candidate(span, "company", "pattern", score=0.65)


def _object(text: str, unit: Unit, span: Span) -> Span:
    """*span* without the verbs before the name, empty if it ends in a quality: 竞拍|成功."""
    start = span.start
    for token in unit.tokens:
        if span.start <= token.span.start and token.span.end <= span.end:
            length = token.span.end - token.span.start
            trade = TRADE.fullmatch(text, token.span.end, span.end)
            verb = token.tag == "v" and length > 1 and token.span.start > span.start
            if verb and token.span.end < span.end - 1 and not trade:
                start = token.span.end
            elif token.tag == "TIME" or (token.tag in "ad" and token.span.end == span.end):
                start = token.span.end
    return Span(start, span.end)


def _may_be_firm(name: str) -> bool:
    return (
        _NAME.fullmatch(name) is not None
        and _NO_FIRM.fullmatch(name) is None
        and GENERIC.fullmatch(name) is None
        and PLACE_ENDING.search(name) is None
    )


def _members(
    text: str, unit: Unit, firms: AbstractSet[Span], others: AbstractSet[Span]
) -> Iterator[Candidate]:
    """The members of a list of firms, one of which at least is known as such."""
    edges = {edge for t in unit.tokens for edge in (t.span.start, t.span.end)}
    for match in _OF_FIRMS.finditer(text, unit.span.start, unit.span.end):
        items = []
        for part in re.finditer(r"[^、]+", match["list"]):
            start, end = match.start() + part.start(), match.start() + part.end()
            joined = (
                re.search("以及|和|与|及", text[start:end]) if end == match.end("list") else None
            )
            pieces = (
                [(start, start + joined.start()), (start + joined.end(), end)]
                if joined
                else [(start, end)]
            )
            items += [_bare(unit, Span(*piece), firms) for piece in pieces]
        if firms.isdisjoint(items):
            continue
        for item in items:
            new = item not in firms and item not in others
            if new and {item.start, item.end} <= edges and _may_be_firm(item.of(text)):
                yield Candidate(item, "company", "pattern", score=0.65)


def _camps(text: str, unit: Unit, firms: AbstractSet[Span]) -> Iterator[Candidate]:
    for firm in firms:
        if unit.span.contains(firm) and _CAMP.match(text, firm.end, unit.span.end):
            yield Candidate(Span(firm.start, firm.end + 1), "group", "pattern", score=0.9)


def _bare(unit: Unit, span: Span, firms: AbstractSet[Span]) -> Span:
    """*span* without the words before the name: 随着|通用, 近年来|腾讯."""
    start = span.start
    for place in range(span.start, span.end):
        if Span(place, span.end) in firms:
            return Span(place, span.end)
    for token in unit.tokens:
        inside = span.start <= token.span.start and token.span.end < span.end
        verb = token.tag == "v" and token.span.end - token.span.start > 1
        if inside and (token.tag in _ENDS_ITEM or verb):
            start = token.span.end
    return Span(start, span.end)
