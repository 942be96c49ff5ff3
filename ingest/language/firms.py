"""Firms told by the form of a legal name, by their role in a deal, or by the company they keep.

云杉（集团）有限公司台州分公司, 全资子公司|朗溪电子, 珠海|银隆, and the third of three shares in a
list: what notices and market reports write and the tagger cuts at every bracket and place.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from ingest.language.analysis import Candidate
from ingest.language.words import COMPANY_ENDING, GENERIC, TRADE
from kg.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.language.analysis import Analysis, Unit

_HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
_BRACKETED = rf"[（(]{_HAN}{{2,4}}[）)]"
_LEGAL = r"(?:股份有限公司|有限责任公司|有限公司|合伙企业(?:[（(](?:有限|普通)合伙[）)])?)"
# 有限公司|在平安银行天津分行, 国美|也将开设分公司: where a sentence goes on, no branch is named.
_GOES_ON = "(?![在与及的于给由对也将已拟称是有因等兼]|和(?!平)|向(?!阳)|银行)"
_BRANCH = rf"(?:(?:{_GOES_ON}{_HAN}){{2,10}}?(?:分行|支行|分公司|营业部|分局))?"
LEGAL_NAME = re.compile(rf"(?:{_HAN}|[A-Za-z0-9]|{_BRACKETED}){{2,24}}?{_LEGAL}{_BRANCH}")
"""A firm by its legal form, with its branch: 云杉（集团）有限公司台州分公司."""

# Words that end what may be a name; brackets within a legal name do not.
_BREAKING_TAGS = frozenset({"p", "c", "u", "d", "r", "q", "TIME", "f", "m"})

_OPENER = re.compile(
    r"(?:[为是系向由与和及对给在从将把被经于即给拟接任致]+|所?持有?)(?=..)|[包囊]括|分别|收购|来自|接到|担任|"
    r"本报讯|早报讯|[^，。]{0,4}(?:对象|方|人|主要)(?:为|是)"
)

ROLE = re.compile(
    r"(?:(?:公司|本公司|上市公司|其|旗下|下属|间接|直接)?(?:控股|全资|参股|第[一二三四五]大|[大小二三]|并列)*"
    r"(?:股东|子公司|母公司|孙公司|公司|关联方|一致行动人|债权人|债务人|供应商|经销商)|标的公司|目标公司|交易对方|"
    r"收购方|受让方|转让方|重组方|代理方|委托方|出质人|质权人|被?担保人|被告|原告|(?:原审)?第三人|被?上诉人|被申请人|申请人|发行人|制作方|客户|对手)"
)
"""What a firm is to another: 控股股东, 全资子公司, 标的公司."""

_WITHIN = re.compile(
    r"(?<=..)(?:的|旗下|下属|所属|全资|控股|参股|核心|唯一|第[一二三四五]大)*"
    r"(?:系?旗下的?|下属|前身|原名|子公司|孙公司|子集团|参股公司|下属公司|关联方|(?:控股|[第大][一二三四五大]*)?股东)|"
    r"(?<=有限公司)(?=...)(?!.*(?:公司|[分支]行|营业部|中心|[厂店院所部组委会])$)|"
    r"(?<=..)(?P<verb>判决|裁定|须支付|仍?控股(?![（(]|集团|有限|股份|公司|投资|实业|子)(?=..+公司)|联姻|裁决|参股(?=..+公司)|收购|出售|[狂增]?减持|狂减|增持|并购|入主)(?=..)"
)
"""A role or a deal in the midst of what the tagger takes for one name."""

_NOT_JOINED = re.compile("(?:收购|所|日|讯|与|致|和|持|股东|公司|人)$")
_BY_ROLE = re.compile(
    rf"(?:股东|子公司|母公司|孙公司|参股公司|标的公司|关联方|下属公司|交易对方|一致行动人|原告|被告|制作方|供应商|上市公司|重组方|受让方|转让方)"
    rf"(?P<name>(?![的将拟已与和及在以]){_HAN}{{2,8}}?)(?=[，,。、；;（(“]|持有|持股|所持|所属|质押|减持|增持|拟|将|以|于|的|与|和|及|已|在|向|就|因|应|须|需|提供|签|支付|偿还|返还|赔偿|发生)"
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
    places = {c.span for c in analysis.candidates if c.entry is not None and c.type == "place"}
    houses = {c.span.end: c.span for c in analysis.candidates if c.type == "company" and not c.weak}
    for unit in analysis.units:
        analysis.candidates += _legal_names(text, unit)
        analysis.candidates += _by_role(text, unit)
        analysis.candidates += _glued_to_role(text, unit)
        analysis.candidates += _after_class(text, unit)
        analysis.candidates += _branches(text, unit, known)
        analysis.candidates += _arms(text, unit, houses)
        analysis.candidates += _with_warning(text, unit)
        analysis.candidates += _of_town(text, unit, known, places)
        analysis.candidates += _listed(text, unit, known, others)


def parts_by_role(text: str, span: Span) -> list[Span]:
    """*span* cut at the roles and deals within it: 人保集团|全资子公司|人保投资.

    What stands before a verb counts only if it ends like a firm (自有资金|收购|…).
    """
    parts, start = [], span.start
    for match in _WITHIN.finditer(text, span.start, span.end):
        head = Span(start, match.start())
        if match["verb"] is None or COMPANY_ENDING.search(head.of(text)) is not None:
            parts.append(head)
        start = match.end()
    shortest = 3 if parts or start > span.start else 2
    return [p for p in (*parts, Span(start, span.end)) if p.end - p.start >= shortest]


def _legal_names(text: str, unit: Unit) -> Iterator[Candidate]:
    breaks = [t.span.end for t in unit.tokens if _breaks(text[t.span.start : t.span.end], t.tag)]
    for match in LEGAL_NAME.finditer(text, unit.span.start, unit.span.end):
        form = re.search(_LEGAL, match[0])
        body = match.start() + (form.start() if form else 0)
        start = max([match.start(), *(b for b in breaks if b <= body - 2)])
        start = _bare(text, start, body)
        start = _bare(text, max(start, _tagged_start(text, unit, start, body)), body)
        start += text.startswith(("股东", "被告", "原告"), start - 1)  # 股|东江苏瑞华
        for part in parts_by_role(text, Span(start, match.end())):
            part = Span(_bare(text, part.start, part.end), part.end)
            if GENERIC.fullmatch(part.of(text)) is None and part.end - part.start >= 4:
                yield Candidate(part, "company", "pattern", score=0.9)


def _tagged_start(text: str, unit: Unit, start: int, body: int) -> int:
    """Where the tagger begins the name that runs on to *body*, with its town or house before it."""
    begin = start
    for before, token in pairwise((None, *unit.tokens)):
        if token is None or token.tag != "ORG" or not start < token.span.start <= body - 2:
            continue
        joined = (
            before is not None
            and before.tag in ("ORG", "LOC", "PER", "nz")
            and _NOT_JOINED.search(before.span.of(text)) is None
        )
        if token.span.end >= body and not joined:
            begin = token.span.start
    return begin


def _bare(text: str, start: int, end: int) -> int:
    """Where the name up to *end* begins once roles and little words before it are left out."""
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


def _glued_to_role(text: str, unit: Unit) -> Iterator[Candidate]:
    """股东东方集团/n: a role and a name that the tagger takes for one word."""
    for token in unit.tokens:
        role = _ROLE_GLUED.match(text, token.span.start, token.span.end)
        if token.tag in ("n", "nz", "vn") and role is not None:
            name = Span(role.end(), token.span.end)
            if COMPANY_ENDING.search(name.of(text)) and not GENERIC.fullmatch(name.of(text)):
                yield Candidate(name, "company", "pattern", score=0.8)


_ROLE_GLUED = re.compile(
    r"(?:[^有]{0,5}(?<!有限)(?<!股份)(?<!集团)公司|股东|子公司|母公司|重仓股|权重股|龙头股|个股|巨头)(?=...)"
)


def _after_class(text: str, unit: Unit) -> Iterator[Candidate]:
    """固态电池公司|衡曜新能源|宣布: what a firm is, its name up to its trade, and what it does."""
    for match in _CLASS_AND_NAME.finditer(text, unit.span.start, unit.span.end):
        name = match["name"]
        if GENERIC.fullmatch(name) is None and _TRADES.fullmatch(name) is None:
            yield Candidate(Span(*match.span("name")), "company", "pattern", score=0.75)


_TRADES = re.compile(rf"(?:{TRADE.pattern})+")  # 生物科技 is no firm's name
_CLASS_AND_NAME = re.compile(
    rf"{_HAN}{{2}}(?<!有限)(?<!股份)(?<!集团)(?:公司|企业|厂商|独角兽)(?P<name>{_HAN}{{2}}{_HAN}?(?:{TRADE.pattern}))"
    r"(?=[（(]|\d|宣布|完成|获得?|发布|表示|拟|将|近日|日前|周[一二三四五六日]|今日|昨日|推出|披露|公告|递交|与|的)"
)


def _branches(text: str, unit: Unit, known: set[Span]) -> Iterator[Candidate]:
    """中信证券|深圳科园路营业部: a house that we know and its branch."""
    for house in known:
        if unit.span.contains(house):
            branch = _BRANCH_OF.match(text, house.end, unit.span.end)
            if branch is not None:
                yield Candidate(Span(house.start, branch.end()), "company", "pattern", score=0.85)


def _arms(text: str, unit: Unit, firms: dict[int, Span]) -> Iterator[Candidate]:
    """绿庭|香港|通过…: a house and the region of its arm, as a party of the sentence."""
    for region, after in pairwise(unit.tokens):
        house = firms.get(region.span.start)
        if house and after.tag in _PARTY_GOES_ON and _REGION.fullmatch(region.span.of(text)):
            yield Candidate(Span(house.start, region.span.end), "company", "pattern", score=0.75)


_PARTY_GOES_ON = frozenset({"p", "c", "d"})
_REGION = re.compile("中国|香港|台湾|亚洲|亚太")


_BRANCH_OF = re.compile(
    rf"(?:股份有限公司)?(?:{_GOES_ON}{_HAN}){{2,12}}?(?:分行|支行|分公司|营业部|分部)"
)

# An exchange allows a short name eight half-width places: *ST and two characters, ST and three.
_WARNED = re.compile(
    rf"(?<![A-Za-z*])(?:(?:S\*ST|\*ST|SST|ST|S)(?P<two>{_HAN}{{2}})(?P<three>{_HAN})?[AB]?)(?![A-Za-z])"
)


def _with_warning(text: str, unit: Unit) -> Iterator[Candidate]:
    """*ST三联, ST厦华, S上石化: shares that the exchange marks, by the length of their names."""
    ends = {t.span.end for t in unit.tokens}
    for match in _WARNED.finditer(text, unit.span.start, unit.span.end):
        two = match.end("two")
        prefix = text[match.start() : match.start("two")]
        if match["three"] is None:
            end = match.end()
        elif prefix in ("S", "ST") and two not in ends and two + 1 in ends:
            end = two + 1
        else:
            end = two
        if end < unit.span.end and text[end] in "AB" and prefix != "S":
            end += 1
        yield Candidate(Span(match.start(), end), "company", "pattern", score=0.9)


_COINED = 2  # characters of a word that with its town names a firm


def _of_town(text: str, unit: Unit, known: set[Span], places: set[Span]) -> Iterator[Candidate]:
    """珠海/LOC 银隆/PER: a firm by its town, where the town is no country and the rest no firm."""
    for town, rest in pairwise(unit.tokens):
        placed = town.tag == "LOC" or (town.tag == "ORG" and town.span in places)
        if not placed or rest.tag not in ("PER", "ORG") or rest.span in known:
            continue
        words = text[town.span.start : rest.span.end]
        plain = re.fullmatch(rf"{_HAN}{{4,8}}", words) is not None
        if (
            plain
            and rest.span.end - rest.span.start == _COINED
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
