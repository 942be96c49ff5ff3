"""Funds, bonds, repurchases and derivatives, told by the form of their names.

易方达创业板ETF, 3年期AAA级中票, 日本中长期国债, 隔夜指数掉期: the last word tells what it is, the
words before it whose and of what.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from ingest.language.analysis import Candidate
from ingest.language.patterns import name_start
from ingest.language.words import GENERIC
from kg.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ingest.language.analysis import Analysis, Unit
    from kg.records import EntityType

_HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
_ISSUER = (
    r"(?:美国|中国|德国|法国|英国|日本|意大利|西班牙|韩国|印度(?!尼)|澳大利亚|加拿大|印尼|印度尼西亚|泰国|越南|菲律宾"
    r"|马来西亚|新加坡|巴西|墨西哥|南非|土耳其|俄罗斯|瑞典|挪威|丹麦|瑞士|荷兰|希腊|葡萄牙|波兰|匈牙利|新西兰|以色列|智利)"
)
_BOND = (
    r"(?:国债|美债|德债|日债|英债|LPR|中期借贷便利|国开债|地方债|金融债|同业存单|中票|中期票据|信用债|企业债|公司债|"
    r"城投债|二级资本债|永续债|短融|政金债)"
)
_RATED = r"(?:A{1,3}[+-]?级)?"
_TENOR = re.compile(rf"{_ISSUER}?\d{{1,2}}年期(?:以上)?{_RATED}{_ISSUER}?{_BOND}")
_BY_LENGTH = re.compile(rf"{_ISSUER}(?:超长期|中长期|短期|中期|长期|通胀保值|浮息)(?:特别)?国债")
_REPO = re.compile(
    r"(?:\d{1,3}天期|\d{1,2}个?月期|买断式|隔夜)逆回购(?:操作)?(?:利率)?"
    r"|(?:\d{1,3}天期|隔夜)正?回购利率|(?:隔夜)?(?:存款|贷款)便利利率|(?:隔夜|现金)利率(?:目标)?"
)
_DERIVATIVE = re.compile(rf"{_HAN}{{2,8}}?(?:掉期|互换|期权)")

_FUND = re.compile(
    r"ETF(?:联接基金|联接)?|LOF|(?:债券|货币|指数|混合|股票?)基金|(?:比特币|以太坊|黄金|白银|迷你)信托|REITs?"
)
_LONGEST = 30  # characters of a fund's name
_FUND_TAGS = frozenset({"n", "nz", "nw", "vn", "ORG", "LOC", "PER", "a", "b", "xc"})
_LATIN = re.compile(r"[A-Za-z0-9&.+-]+ ?$")
# What speaks of a fund and is no part of its name: 旗下|…ETF, 规模最大的|….
_NO_PART = frozenset(
    "旗下 发行 公司 机构 市场 基金 产品 投资者 全市场 单只 首只 首批 首个 多只 相关 部分 规模 最大 "
    "主要 全部 其中 同类 境内 境外 上市 两市 现有 其他 其余 新发 新成立 存量".split()
)


def find_instruments(analysis: Analysis) -> None:
    """Add the instruments to the candidates."""
    text = analysis.text
    known: dict[int, int] = {}
    for candidate in analysis.candidates:
        if candidate.entry is not None:
            end = candidate.span.end
            known[end] = min(candidate.span.start, known.get(end, end))
    for unit in analysis.units:
        analysis.candidates += _bonds(text, unit)
        analysis.candidates += _derivatives(text, unit)
        analysis.candidates += _funds(text, unit, known)


def _bonds(text: str, unit: Unit) -> Iterator[Candidate]:
    for pattern in (_TENOR, _BY_LENGTH):
        for match in pattern.finditer(text, unit.span.start, unit.span.end):
            kind: EntityType = "policy" if match[0].endswith(("LPR", "便利")) else "product"
            yield Candidate(Span(*match.span()), kind, "pattern")
    for match in _REPO.finditer(text, unit.span.start, unit.span.end):
        yield Candidate(Span(*match.span()), "policy", "pattern")


def _derivatives(text: str, unit: Unit) -> Iterator[Candidate]:
    for match in _DERIVATIVE.finditer(text, unit.span.start, unit.span.end):
        # The form tells where the name ends; the words tell where it begins.
        begin = name_start(text, unit, match.end())
        if begin is not None and begin < match.end() - 3:
            name = text[begin : match.end()]
            if GENERIC.fullmatch(name) is None:
                yield Candidate(Span(begin, match.end()), "product", "pattern", score=0.7)


def _funds(text: str, unit: Unit, known: Mapping[int, int]) -> Iterator[Candidate]:
    for match in _FUND.finditer(text, unit.span.start, unit.span.end):
        begin = _fund_start(text, unit, match.start(), known)
        name = text[begin : match.end()]
        if begin < match.start() - 1 and GENERIC.fullmatch(name) is None:
            yield Candidate(Span(begin, match.end()), "product", "pattern", score=0.9)


def _fund_start(text: str, unit: Unit, end: int, known: Mapping[int, int]) -> int:
    """Where the fund's name begins: its house, index and asset, one after the other."""
    ends = [t.span.end for t in unit.tokens]
    begin = end
    while begin > max(unit.span.start, end - _LONGEST):
        place = bisect_left(ends, begin)
        token = unit.tokens[place] if place < len(ends) else None
        inside = token is not None and token.span.start < begin
        latin = _LATIN.search(text, unit.span.start, begin)
        if begin in known and text[known[begin] : begin] not in _NO_PART:
            begin = known[begin]
        elif latin is not None and latin.start() < begin and any(map(str.isalnum, latin[0])):
            begin = latin.start()
        elif inside and token is not None and token.tag in _FUND_TAGS:
            word = text[token.span.start : begin]
            if word in _NO_PART or not word.isalnum() or (token.tag == "a" and begin == end):
                break
            begin = token.span.start
        else:
            break
    return begin
