"""Firms told by the form of a legal name, by their role in a deal, or by the company they keep.

云杉（集团）有限公司台州分公司, 全资子公司|朗溪电子, 珠海|银隆, and the third of three shares in a
list: what notices and market reports write and the tagger cuts at every bracket and place.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from ingest.language.analysis import Candidate
from ingest.language.words import COMPANY_ENDING, GENERIC
from kg.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.language.analysis import Analysis, Unit

_HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
_BRACKETED = rf"[（(]{_HAN}{{2,4}}[）)]"
_LEGAL = r"(?:股份有限公司|有限责任公司|有限公司|合伙企业(?:[（(](?:有限|普通)合伙[）)])?)"
_BRANCH = rf"(?:{_HAN}{{2,10}}?(?:分行|支行|分公司|营业部|分局))?"
_LEGAL_NAME = re.compile(rf"(?:{_HAN}|[A-Za-z0-9]|{_BRACKETED}){{2,24}}?{_LEGAL}{_BRANCH}")
# Words that end what may be a name; brackets within a legal name do not.
_BREAKING_TAGS = frozenset({"p", "c", "u", "d", "r", "q", "TIME", "f", "m"})

_OPENER = re.compile(r"[为是系向由与和及对给在从将把被经于即给拟]+|包括|分别|收购|来自|质押方为")

ROLE = re.compile(
    r"(?:(?:公司|本公司|上市公司|其|旗下|下属|间接|直接)?(?:控股|全资|参股|第[一二三四五]大|[大小二三]|并列)*"
    r"(?:股东|子公司|母公司|孙公司|公司|关联方|一致行动人|债权人|供应商|经销商)|标的公司|目标公司|交易对方|收购方|受让方|被告|原告|被申请人|申请人|发行人|制作方|客户|对手)"
)
"""What a firm is to another: 控股股东, 全资子公司, 标的公司."""

_BY_ROLE = re.compile(
    rf"(?:股东|子公司|母公司|孙公司|参股公司|标的公司|关联方|下属公司|交易对方|一致行动人|原告|被告|制作方)"
    rf"(?P<name>{_HAN}{{2,8}}?)(?=[，,。、；;（(“]|持有|持股|所持|所属|质押|减持|增持|拟|将|以|于|的|与|和|及|已|在|向|就|因|提供|签)"
)
_COUNTRY = re.compile(r".*国|日本|印度|俄罗斯|加拿大|澳大利亚|巴西|欧洲|亚洲|香港|台湾|全球")
_ITEM = re.compile(rf"(?:{_HAN}|[A-Za-z0-9*-]){{2,8}}")
_LIST = re.compile(rf"{_ITEM.pattern}(?:、{_ITEM.pattern}){{2,}}")
_ITEM_TAGS = frozenset({"LOC", "n", "nz", "nw", "PER", "ORG"})


def find_firms(analysis: Analysis) -> None:
    """Add the firms told so to the candidates."""
    text = analysis.text
    known = {c.span for c in analysis.candidates if c.type == "company" and not c.weak}
    others = {c.span for c in analysis.candidates if c.entry is not None} - known
    for unit in analysis.units:
        analysis.candidates += _legal_names(text, unit)
        analysis.candidates += _by_role(text, unit)
        analysis.candidates += _of_town(text, unit, known)
        analysis.candidates += _listed(text, unit, known, others)


def _legal_names(text: str, unit: Unit) -> Iterator[Candidate]:
    breaks = [t.span.end for t in unit.tokens if _breaks(text[t.span.start : t.span.end], t.tag)]
    for match in _LEGAL_NAME.finditer(text, unit.span.start, unit.span.end):
        form = re.search(_LEGAL, match[0])
        body = match.start() + (form.start() if form else 0)
        start = max([match.start(), *(b for b in breaks if b <= body - 2)])
        start = _bare(text, start, body)
        if GENERIC.fullmatch(text, start, match.end()) is None and body - start >= 2:
            yield Candidate(Span(start, match.end()), "company", "pattern", score=0.9)


def _bare(text: str, start: int, end: int) -> int:
    """Where the name begins once roles and little words before it are left out."""
    while (word := _OPENER.match(text, start, end) or ROLE.match(text, start, end)) is not None:
        if word.end() > end - 2:
            break
        start = word.end()
    return start


def _breaks(word: str, tag: str) -> bool:
    return tag in _BREAKING_TAGS or (tag == "v" and len(word) > 1) or word in "，,。、；;：:“”\"'"


def _by_role(text: str, unit: Unit) -> Iterator[Candidate]:
    for match in _BY_ROLE.finditer(text, unit.span.start, unit.span.end):
        name = match["name"]
        if COMPANY_ENDING.search(name) and len(name) >= 3 and not GENERIC.fullmatch(name):
            yield Candidate(Span(*match.span("name")), "company", "pattern", score=0.8)


def _of_town(text: str, unit: Unit, known: set[Span]) -> Iterator[Candidate]:
    """珠海/LOC 银隆/PER: a firm by its town, where the town is no country and the rest no firm."""
    for town, rest in pairwise(unit.tokens):
        if town.tag != "LOC" or rest.tag not in ("PER", "ORG") or rest.span in known:
            continue
        words = text[town.span.start : rest.span.end]
        plain = re.fullmatch(rf"{_HAN}{{4,8}}", words) is not None
        if (
            plain
            and rest.span.end - rest.span.start == 2
            and not _COUNTRY.fullmatch(town.span.of(text))
        ):
            yield Candidate(Span(town.span.start, rest.span.end), "company", "pattern", score=0.7)


def _listed(text: str, unit: Unit, known: set[Span], others: set[Span]) -> Iterator[Candidate]:
    """Items of a list beside known firms: 隆基绿能、上海机场、平安银行."""
    for match in _LIST.finditer(text, unit.span.start, unit.span.end):
        items = [
            Span(match.start() + m.start(), match.start() + m.end())
            for m in _ITEM.finditer(match[0])
        ]
        firms = [item for item in items if item in known]
        tokens = {t.span: t.tag for t in unit.tokens}
        for item in items:
            new = item not in known and item not in others and tokens.get(item) in _ITEM_TAGS
            if len(firms) >= 2 and new and 3 <= item.end - item.start <= 5:
                yield Candidate(item, "company", "pattern", score=0.7)
