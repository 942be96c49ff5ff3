"""From overlapping candidates to names: one reading for each stretch of text."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.language.generic import without_passing
from ingest.language.known import LONGEST_PLAIN
from ingest.language.words import COMPANY_ENDING, DEPARTMENT, GENERIC, HOUSE_ENDING, TITLE, TRADE
from ingest.lexicon.folding import fold
from kg.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ingest.language.analysis import Analysis, Candidate
    from ingest.lexicon import Lexicon

_GLOSS = re.compile(
    "(?:(?!集团|股份|控股).){1,9}?(?:公司|银行|企业(?!管理|集团|发展|服务|咨询|投资|家|信用|孵化)|"
    "[一-龥]商(?![务业贸用城店标品银行誉])|券商|机构|巨头|龙头|同行|平台|独角兽|新势力)(?=.{3,})"
)
# 多家芯片公司, 某地方银行: nobody in particular.
_SOME = re.compile("(?:[多几数各每某]|[一两二三四五六七八九十]|部分|其他|另一)(?:家|大|些)$|某$")
_CLASS_END = re.compile("(?<!有限)(?:公司|企业|厂商)$")  # 激光雷达公司|弘川智能
_SENTENCE_GOES_ON = "向因将在对由被拟已"
_HOUSE = 3  # characters of a name short enough to open that of an arm
_WIDEST = 3  # characters of the longest of these words
_TRADE = re.compile("(?:设备|供应|制造|开发|发展|运营|生产|经销|服务|承包|租赁|零售|批发)$")
_NAME_GOES_ON = re.compile(rf"{TRADE.pattern}|行|[一二三四五六七八九十]+[局院厂]")
# What the tagger glues to a name, and is none of it: 微软|盘中, 某某|董事.
_GLUED = re.compile(
    "布局|分次|成功|失败|完成|计划|参与|进入|退出|加入|推出|启动|开始|继续|再次|首次|多次|大幅|持续|合计|累计|主要|"
    "已经|正在|或将|有望|此前|随后|同时|最终|直接|间接|共同|联合|携手|收购|并购|入股|增持|减持|出售|转让|质押|起诉|回应|"
    "否认|承认|澄清|披露|透露|估值|市值|营收|利润|销量|业务|产品|平台|用户|董事|监事|高管|总裁|股东|股价|股票|股权|官方|官网|官微|方面|内部|总部|旗下|管理|今日|昨日|近日|日前|今年|去年|盘[前中后]|[早午尾]盘|"
    "[涨跌].|.[涨跌]|.[系类型等级化]|[的与和及在].|[一二三四五六七八九十].|经营|业绩|财报|年报|季报|公告|发布|宣布|表示|相关|部分|"
    "全球|中国|美国|香港|国内|海外"
)
_NO_NAME_BEGINS = re.compile(
    rf"有限|股份|集团|责任|管理|服务|开发|[(（]|(?:{TRADE.pattern})(?:管理|开发|发展|投资|咨询|服务)*有限"
)
# Nouns that a firm's name stands in apposition to: 电商巨头|亚马逊, 权重股|苹果.
_APPOSED = re.compile(
    "(?:商|[巨龙]头|公司|企业|集团|股东?|品牌|势力|对手|客户|伙伴|同行|厂家?|方|机构|银行|券商|者|标的|母|车|手机|平台|国|月|日|年|讯|"
    "股市|盘[前后中]|市场|标题|其中|板块|行业|领域)$"
)
_LONGEST_TITLE = 16
_TITLED = re.compile(rf"的?(?:前|现任?)?{TITLE.pattern}、?(?:{TITLE.pattern})?")
_DESK_WORD = re.compile("(?:行业|研究[部所院]?|团队|部门?)$")
_NO_TOWN = re.compile(
    r"(?!中国).*国|.*洋|.*运河|.*海峡|[红黑黄东南里死]海|(?:地中|波罗的|加勒比)海|日本|印度|俄罗斯|欧[洲盟元]|亚洲|非洲|.美洲?|全球"
)
_RANK = {"lexicon": 2, "pattern": 1, "tagger": 0}


def select(analysis: Analysis, lexicon: Lexicon) -> list[Candidate]:
    """The candidates that stand, by place, not overlapping.

    The longest wins; at equal length the lexicon.  An everyday word that is also a name (weak)
    counts only where the document has a second sign of it: the entity under another name, or the
    tagger taking the word for such a name.
    """
    text = analysis.text
    _cut_glosses(analysis, lexicon)
    _drop_pieces(analysis)
    firms = {c.span.start for c in analysis.candidates if c.type == "company" and not c.weak}
    analysis.candidates = [
        c
        for c in analysis.candidates
        if c.entry
        or c.type != "company"
        or not (
            _SOME.search(text, max(c.span.start - _WIDEST, 0), c.span.start)
            or (c.span.end in firms and _CLASS_END.search(text, c.span.start, c.span.end))
        )
    ]
    bodies: dict[int, list[Span]] = {}
    for c in analysis.candidates:
        named = c.entry is not None or HOUSE_ENDING.search(c.span.of(text)) is not None
        if named and not c.weak and c.type in ("company", "institution"):
            bodies.setdefault(c.span.start, []).append(c.span)
    analysis.candidates = [
        c for c in analysis.candidates if not _is_desk(c, bodies.get(c.span.start, ()), text)
    ]
    analysis.candidates = without_passing(analysis, analysis.candidates)
    _settle_by_house(analysis, lexicon)
    strong = longest(c for c in analysis.candidates if not c.weak)
    sure: dict[str | None, int] = {}
    for c in strong:
        if c.entry is not None:
            sure.setdefault(c.entry, c.span.start)
    tagged = {(c.span, c.type) for c in analysis.candidates if c.source == "tagger"}
    persons = {c.span.of(analysis.text) for c in strong if c.type == "person"}
    backed = [
        c
        for c in analysis.candidates
        if c.weak
        and (
            _is_backed(c, sure)
            or (c.entry is not None and (c.span, c.type) in tagged and not _is_verb(analysis, c))
            or (c.entry is None and c.span.of(analysis.text) in persons)
        )
        and not _rivals(c, analysis, sure)
    ]
    return longest([*(c for c in analysis.candidates if not c.weak), *backed])


def _cut_glosses(analysis: Analysis, lexicon: Lexicon) -> None:
    """Take the glosses off the candidates, and off the names that parentheses explain."""
    moved: dict[Span, Span] = {}
    candidates = []
    for candidate in analysis.candidates:
        plain = _without_gloss(candidate, analysis.text, lexicon)
        moved[candidate.span] = plain.span
        candidates.append(plain)
    analysis.candidates = candidates
    analysis.namings = [replace(n, name=moved.get(n.name, n.name)) for n in analysis.namings]


def _drop_pieces(analysis: Analysis) -> None:
    """Drop what the tagger cut out of, or glued to, a name that is sure: 微软|盘, 衡川|传动."""
    text = analysis.text
    sure = sorted(
        (
            c.span
            for c in analysis.candidates
            if c.entry and not c.weak and not (c.type == "place" and _is_town(c.span.of(text)))
        ),
        key=lambda span: span.end,
    )
    known = {span.start: span for span in sure}  # the longest at each place
    houses = {
        c.span
        for c in analysis.candidates
        if c.type == "company" and c.span.end - c.span.start <= _HOUSE
    }
    firms = {c.span for c in analysis.candidates if c.type == "company" and c.entry and not c.weak}
    within = {  # of the names of bodies, behind their first character
        place: c.span.end
        for c in analysis.candidates
        if c.type in ("company", "institution") and c.entry and not c.weak
        for place in range(c.span.start + 1, c.span.end)
    }
    plain = {span for span in firms if span.end - span.start <= LONGEST_PLAIN}
    aliases = [n.other.of(text) for n in analysis.namings if n.how == "alias"]

    def is_piece(candidate: Candidate) -> bool:
        if candidate.source != "tagger" or candidate.entry is not None:
            return False
        start, end = candidate.span.start, candidate.span.end
        if candidate.type in ("company", "institution") and start in within and within[start] < end:
            return True  # 荷兰|合作银行农产品
        inner = known.get(start)
        after = None
        if inner is not None:
            joined = text.startswith(("和", "与", "及"), inner.end)  # 中铝|和|力拓
            after = known.get(inner.end + joined)
        if inner in firms and end > inner.end + 2 and text[inner.end] in _SENTENCE_GOES_ON:
            return True  # 中信证券|因…, 大唐发电|将控股…
        if after is not None and after.end == end:
            return True  # 长鑫科技|科创板
        if inner is not None and inner.end < end <= inner.end + 2:
            if text.startswith("股份", inner.end) and inner not in plain:
                return True  # 云南白药|股份
            arm = inner in houses and end > inner.end + 1  # 华润|万家
            if _GLUED.fullmatch(text, inner.end, end) is not None:
                arm = False
            return not arm and _NAME_GOES_ON.fullmatch(text, inner.end, end) is None
        words = text[start:end]
        return any(
            len(alias) > len(words) and text.startswith(alias, start - max(alias.find(words), 0))
            for alias in aliases
            if words in alias
        )

    analysis.candidates = [c for c in analysis.candidates if not is_piece(c)]


def _without_gloss(candidate: Candidate, text: str, lexicon: Lexicon) -> Candidate:
    """*candidate* without a common noun in apposition: 虚拟银行|岚湾银行, 发展商|鼎岸地产."""
    if candidate.entry is not None or candidate.type not in ("company", "institution"):
        return candidate
    start, end = candidate.span.start, candidate.span.end
    if text[start] == "商" and _TRADE.search(text, max(start - _WIDEST, 0), start):
        return replace(candidate, span=Span(start + 1, end))  # 设备|商砺川微电子
    gloss = _GLOSS.match(text, start, end)
    if gloss is None or fold(gloss.group()) in lexicon.by_name:
        return candidate
    rest = text[gloss.end() : end]
    if _NO_NAME_BEGINS.match(rest):
        return candidate  # 北京企业|有限公司, 房产开发商|务
    named = COMPANY_ENDING.search(rest)
    if named is None or named.start() < 2 or GENERIC.fullmatch(rest):
        return candidate
    return replace(candidate, span=Span(gloss.end(), end))


def _is_desk(candidate: Candidate, bodies: Iterable[Span], text: str) -> bool:
    """Whether *candidate* is a desk (互联网行业|分析师) or a body with one (海澜证券|汽车行业)."""
    if candidate.type == "sector":
        title = TITLE.match(text, candidate.span.start)
        if title is not None and title.end() > candidate.span.end:
            return True
    if candidate.entry is not None:
        return False
    titled = TITLE.match(text, candidate.span.end) is not None
    return any(
        body.end < candidate.span.end
        and (titled or _is_desk_of(body, candidate.span.end, text))
        and HOUSE_ENDING.search(text, body.end, candidate.span.end) is None
        for body in bodies
    )


def _is_town(place: str) -> bool:
    """Whether firms are called after *place* (香港|平安); after countries and waters few are."""
    return _NO_TOWN.fullmatch(place) is None


def _is_desk_of(body: Span, end: int, text: str) -> bool:
    """Whether a desk of *body* follows up to *end*, not the trade in its name (保利|地产)."""
    desk = text[body.end : end]
    called = HOUSE_ENDING.search(body.of(text)) is not None or _DESK_WORD.search(desk) is not None
    return called and DEPARTMENT.fullmatch(desk) is not None


def _is_verb(analysis: Analysis, candidate: Candidate) -> bool:
    """Whether a plain noun runs on into the everyday word (公路|联通): it is what that does."""
    if candidate.type != "company":
        return False
    start = candidate.span.start
    return any(
        token.span.end == start
        and token.tag == "n"
        and not _APPOSED.search(analysis.text, start - 4, start)
        for unit in analysis.units
        if unit.span.contains(candidate.span)
        for token in unit.tokens
    )


def _settle_by_house(analysis: Analysis, lexicon: Lexicon) -> None:
    """苹果CEO库克, 美联储理事库克: a person of a shared name is told by the house before it."""
    houses = [c for c in analysis.candidates if c.entry is not None and not c.weak]

    def settled(candidate: Candidate) -> Candidate:
        if candidate.entry is None or candidate.type != "person" or not candidate.weak:
            return candidate
        his = lexicon.entries[candidate.entry].broader
        start = candidate.span.start
        named = any(
            house.entry in his
            and house.span.end <= start <= house.span.end + _LONGEST_TITLE
            and _TITLED.fullmatch(analysis.text, house.span.end, start)
            for house in houses
        )
        return replace(candidate, weak=False, score=0.9) if named else candidate

    analysis.candidates = [settled(c) for c in analysis.candidates]


def _is_backed(candidate: Candidate, sure: dict[str | None, int]) -> bool:
    """Whether the document names the entity in full.

    Before the everyday word where that is a role that many hold (央行): it then refers back.
    """
    first = sure.get(candidate.entry)
    if candidate.entry is None or first is None:
        return False
    return candidate.type != "institution" or first < candidate.span.start


def _rivals(candidate: Candidate, analysis: Analysis, sure: dict[str | None, int]) -> bool:
    """Whether another entity of the same name has as much to be said for it."""
    return any(
        other.entry != candidate.entry
        and other.span == candidate.span
        and other.weak
        and (other.entry in sure) >= (candidate.entry in sure)
        for other in analysis.candidates
        if other.entry is not None
    )


def longest(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Candidates that do not overlap, the longest first chosen, by place."""
    ordered = sorted(
        candidates,
        key=lambda c: (c.span.start - c.span.end, -_RANK[c.source], -c.score, c.span.start),
    )
    taken: list[Candidate] = []
    occupied: set[int] = set()
    for candidate in ordered:
        places = range(candidate.span.start, candidate.span.end)
        if occupied.isdisjoint(places):
            occupied.update(places)
            taken.append(candidate)
    return sorted(taken, key=lambda c: c.span.start)


def overlaps(left: Span, right: Span) -> bool:
    """Whether two spans share a character."""
    return left.start < right.end and right.start < left.end
