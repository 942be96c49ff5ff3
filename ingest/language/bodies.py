"""Bodies that no list knows, told by what stands beside their names.

An office (启明山资产|基金经理), a verb of speech (砺石研究院|则预计), a source formula
(东陵期货|数据显示), a country before a public body (美国|参议院).  The tagger cuts such names into
common nouns (青藤/n 资产/n) or glues them to the office (丰禾国际分析师/ORG), so the text between
the clause's start and the sign decides, not the tagger's words.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from ingest.language.analysis import Candidate, Naming
from ingest.language.generic import is_told
from ingest.language.tagged import kind_by_ending
from ingest.language.words import (
    ANY_TRADE,
    COMPANY_ENDING,
    CUES,
    DEPARTMENT,
    GENERIC,
    HOUSE_ENDING,
    TITLE,
    TRADE,
)
from kg.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from ingest.language.analysis import Analysis, Unit
    from ingest.records import Token
    from kg.records import EntityType

_HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
_NAME = re.compile(rf"(?:{_HAN}|[A-Za-z0-9]){{3,14}}")
_INDEFINITE = re.compile(
    r"个别|部分|多[家数]|各|某|其[他它余]|该|一[家些]|另|少数|大[型多]|不少|许多|众多|两家|几家|同|本|这|那"
)
_LONGEST = 24  # characters of a name with its office
# A word of one of these classes ends what may be a name; so do the openers below.
_BREAKING_TAGS = frozenset({"w", "p", "c", "u", "d", "r", "m", "q", "TIME", "f"})
_CLOSING_TAGS = frozenset({"w", "p", "c", "u", "d", "v", "TIME", "xc", "ad", "vd"})
_OPENERS = re.compile(
    r"(?:.*(?:据|根据|来自|援引|引述|例如|譬如|比如|包括|其中|另外|此外|而|但|与|和|及|由|对|被|把|在|向))?"
    r"(?:担任|出任|任|卸去|辞去|卸任|前|现任|时任|知名|另一家|一家|券商|机构|评级机构|研究机构|投行|咨询公司)?"
)
_SPEAKS = re.compile(
    rf"(?:[则也还曾都]|此前|随后|同时|近日|日前|在[^，。；]{{1,14}}中)?(?:{CUES}|测算|统计|整理|公布)"
)
_REPORTS = re.compile(
    r"(?:的|最新|发布的|公布的|提供的|[^，。；的]{0,6}月?)?(?:数据|统计|调查|报告|研报|监测|测算|报价)(?:显示|表明|称|指出|认为)"
)
# Those whose trade is judgement work for houses; of others any firm's ending will do.
_JUDGES = re.compile(r"分析师|策略师|经济学家|研究员|经理|合伙人|顾问|交易员|投资官|主管|总监")
_DESK = re.compile(rf"{_HAN}{{2,8}}")
_WORD = re.compile(rf"{_HAN}{{2,4}}")
_LAST_WORD = re.compile(
    r"公司|集团|股份|控股|证券|资本|资管|期货|信托|保险|科技|汽车|半导体|动力|生物|医药|制药|药业|能源|电子|"
    r"智能|光电|航空|航运|物流|矿业|锂业|重工|传媒|影视|网络|软件|通信|医疗|财险|人寿|置业|地产|建设|环境|环保|化学|化工|材料|食品|乳业|酒业|咨询|国际|研究院|研究所"
)
_PUBLIC_BODY = re.compile(
    r"(?:联邦|中央|国家|最高|公正|能源|金融|证券|商品期货|劳工|人口|经济|食品药品|贸易)*"
    r"(?:国家银行|储备银行|中央银行|高等法院|最高法院|参议院|众议院|国会|议会|内阁|财政部|财务省|商务部|劳工部|能源部|司法部|国防部|外交部|教育部|"
    r"统计局|普查局|分析局|监管局|管理局|税务局|信息署|能源署|环保署|金融厅|经产省|总务省|央行|最高法院|"
    r"法院|议院|统计厅|证监会|交易委员会|贸易委员会|委员会)"
)

_CHAMBER = re.compile(r"参议院|众议院|上议院|下议院|国会|议会")

# 四大云厂商, 三大航司: so many of a kind, called by their number.
_SO_MANY = re.compile(
    rf"[三四五六七八九十]大(?:{_HAN}|[A-Z]){{0,5}}?"
    r"(?:厂商|巨头|服务商|运营商|供应商|开发商|零售商|矿商|公司|银行|大行|投行|[车航矿油险药房酒]企|航司|券商|集团|原厂|平台|代工厂|CSP)"
)


def find_bodies(analysis: Analysis) -> None:
    """Add the bodies told by their surroundings to the candidates."""
    text = analysis.text
    known = {c.span for c in analysis.candidates if c.entry is not None and not c.weak}
    for unit in analysis.units:
        analysis.candidates += _before_office(text, unit)
        analysis.candidates += _before_verb(text, unit)
        analysis.candidates += _of_country(text, unit)
        analysis.candidates += _so_many(analysis, unit)
        analysis.candidates += _legislatures(text, unit)
        analysis.candidates += _of_two_words(text, unit, known)
    _join_places(analysis)


def _join_places(analysis: Analysis) -> None:
    """江西|宜春: an unknown place right after another lies in it, and is its short name."""
    places = [c for c in analysis.candidates if c.type == "place" and not c.weak]
    known = {c.span for c in places if c.entry is not None}
    by_start = {c.span.start: c.span for c in places if c.span not in known}
    for outer in places:
        inner = by_start.get(outer.span.end)
        if inner is not None:
            whole = Span(outer.span.start, inner.end)
            analysis.candidates.append(Candidate(whole, "place", "pattern", score=0.8))
            analysis.namings.append(Naming(whole, inner, "alias"))


def _before_office(text: str, unit: Unit) -> Iterator[Candidate]:
    """The house of an analyst, a manager, a partner: the shortest that leaves a whole title."""
    for title in TITLE.finditer(text, unit.span.start, unit.span.end):
        start = _front(text, unit, title.start())
        ending = HOUSE_ENDING if _JUDGES.search(title[0]) else COMPANY_ENDING
        house = _house(text, start, title.end(), ending) or _house(
            text, start, title.end(), HOUSE_ENDING
        )
        if house is None and _JUDGES.search(title[0]):
            house = _house_and_desk(text, start, title.start())
        if house is not None:
            yield _candidate(text, house, score=0.9)


def _house(text: str, start: int, end: int, ending: re.Pattern[str]) -> Span | None:
    for cut in range(start + 3, end - 1):
        if ending.search(text, start, cut) is None or not _names(text[start:cut]):
            continue
        desk = DEPARTMENT.match(text, cut, end)
        for place in dict.fromkeys((cut, desk.end() if desk else cut)):
            if TITLE.fullmatch(text, place, end) is not None:
                return Span(start, cut)
    return None


def _house_and_desk(text: str, start: int, end: int) -> Span | None:
    """The house before a desk of any name: 潮信证券|交通运输 before an analyst's title."""
    for cut in range(start + 3, end - 1):
        if HOUSE_ENDING.search(text, start, cut) is None or not _names(text[start:cut]):
            continue
        if _DESK.fullmatch(text, cut, end) and HOUSE_ENDING.search(text, cut, end) is None:
            return Span(start, cut)
    return None


def _before_verb(text: str, unit: Unit) -> Iterator[Candidate]:
    """A body that speaks or is a source: 野渡资本认为, 据海澜研究院数据显示."""
    for sign in (_SPEAKS, _REPORTS):
        for match in sign.finditer(text, unit.span.start, unit.span.end):
            start = _front(text, unit, match.start())
            name = text[start : match.start()]
            if HOUSE_ENDING.search(name) is not None and _names(name):
                yield _candidate(text, Span(start, match.start()), score=0.85)


def _of_country(text: str, unit: Unit) -> Iterator[Candidate]:
    """A public body with the country or town that it is of before it."""
    for token in unit.tokens:
        if token.tag not in ("LOC", "ORG", "ns") or token.span.end - token.span.start < 2:
            continue
        body = _PUBLIC_BODY.match(text, token.span.end, unit.span.end)
        if body is not None and kind_by_ending(token.span.of(text)) is None:
            yield Candidate(Span(token.span.start, body.end()), "institution", "pattern", score=0.8)
    for place, name in pairwise(unit.tokens):
        joined = place.tag == "LOC" and name.tag == "ORG" and place.span.end == name.span.start
        if joined and kind_by_ending(name.span.of(text)) == "institution":
            whole = Span(place.span.start, name.span.end)
            yield Candidate(whole, "institution", "pattern", score=0.8)


def _legislatures(text: str, unit: Unit) -> Iterator[Candidate]:
    """A chamber that the text names without its country: 参议院, and 国会 as a word of its own."""
    words = {t.span for t in unit.tokens}
    for match in _CHAMBER.finditer(text, unit.span.start, unit.span.end):
        span = Span(*match.span())
        if match[0].endswith("院") or span in words:
            yield Candidate(span, "institution", "pattern", score=0.7)


def _so_many(analysis: Analysis, unit: Unit) -> Iterator[Candidate]:
    """A group that is called by its number, where a figure is told of it."""
    for match in _SO_MANY.finditer(analysis.text, unit.span.start, unit.span.end):
        group = Candidate(Span(*match.span()), "group", "pattern", score=0.7)
        if is_told(analysis, group):
            yield group


def _is_trade(text: str, unit: Unit, word: Token) -> bool:
    """Whether *word* is the trade in a firm's name, not a verb or a noun before another."""
    if TRADE.fullmatch(text, word.span.start, word.span.end) is None:
        return False
    following = next((t for t in unit.tokens if t.span.start == word.span.end), None)
    if following is None or following.tag in _CLOSING_TAGS:
        return True
    return following.tag == "m" and word.tag != "v"


def _of_two_words(text: str, unit: Unit, known: AbstractSet[Span]) -> Iterator[Candidate]:
    """铭川/PER 汽车/n: what the tagger takes for a person or a place, and a firm's last word."""
    for token, last in pairwise(unit.tokens):
        house = token.tag == "LOC" and HOUSE_ENDING.search(last.span.of(text))
        coined = token.tag == "nz" and ANY_TRADE.fullmatch(last.span.of(text)) is None
        if token.tag not in ("PER", "ORG") and not house and not coined:
            continue
        name = text[token.span.start : last.span.end]
        closes = (
            token.tag != "nz"
            and last.tag in ("n", "nz", "vn")
            and _LAST_WORD.fullmatch(last.span.of(text)) is not None
        )
        if token.span not in known and (token.tag == "ORG" or last.tag == "n"):
            closes = closes or _is_trade(text, unit, last)
        first = token.span.of(text)
        plain = _WORD.fullmatch(first) and COMPANY_ENDING.search(first) is None
        if closes and plain and _names(name):
            yield _candidate(text, Span(token.span.start, last.span.end), score=0.75)


def _names(words: str) -> bool:
    if _INDEFINITE.match(words) is not None:
        return False
    return _NAME.fullmatch(words) is not None and GENERIC.fullmatch(words) is None


def _front(text: str, unit: Unit, end: int) -> int:
    """Where the noun phrase that closes at *end* begins."""
    start = unit.span.start
    for token, after in pairwise((*unit.tokens, None)):
        if token is None or token.span.end > end:
            break
        word = token.span.of(text)
        # The tagger takes syllables of unknown names for verbs, hardly ever whole words, unless
        # what makes a house of them follows: 汇衡/v 资本/n.
        opens = token.span.start == start and after is not None
        named = opens and after is not None and HOUSE_ENDING.fullmatch(after.span.of(text))
        verb = token.tag == "v" and len(word) > 1 and HOUSE_ENDING.fullmatch(word) is None
        verb = verb and not named
        if token.tag in _BREAKING_TAGS or verb or not word.strip():
            start = token.span.end
    start = max(start, end - _LONGEST)
    opener = _OPENERS.match(text, start, end)
    return opener.end() if opener else start


def _candidate(text: str, span: Span, *, score: float) -> Candidate:
    kind: EntityType = (
        "institution" if kind_by_ending(span.of(text)) == "institution" else "company"
    )
    return Candidate(span, kind, "pattern", score=score)
