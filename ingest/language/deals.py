"""Firms told by what they do to one another: the short names of notices, which no list holds.

皖江|物流 公告, 收购 广州|品实 51%股权, 与 镇江恒顺 签订: the tagger takes such names for places,
persons or common nouns.  A name counts here if it has the form of one (a town or a coined word,
mostly with a trade: 亚星|客车) and a sign beside it that only firms have: shares, notices, deals.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.language.analysis import Candidate
from ingest.language.words import ANY_TRADE, GENERIC, PLACE_ENDING, SURNAME, TRADE
from kg.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from ingest.language.analysis import Analysis, Unit
    from ingest.records import Token

_HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
_HAN_WORD = re.compile(rf"{_HAN}+")

# --- signs ---------------------------------------------------------------------------------------

_ADVERBS = (
    r"(?:[昨今]日|[昨今]天|[昨今]晚|今早|晚间|近日|日前|此[次前]|最近|目前|当前|随后|再次|同时|正式|"
    r"分别|共同|合计|累计|先后|首次|计划|决定|打算|准备|有意|已经|已|将|曾|也|则|还|均|就|仍|又|再|并|未|共|欲|"
    r"通过[^，。；,;]{2,10}|在[^，。；,;]{1,10}[内后前]|[于在以]?\d[\d.]{0,9}[^，。；,;]{0,6}(?:日|月|年|元)){0,4}"
)
_SHARES = (
    r"(?:的|所持)?(?:部分|全部|剩余|合计|约|近)?(?:\d[\d.,]*[%％]|股权|股份|股票|控[股制]权|总股本)"
)
# What firms do and persons do not.
_ACTS = re.compile(
    rf"{_ADVERBS}(?:公告|发布[^，。；,;]{{0,12}}公告|披露|拟(?!议)|公布(?!的)|停牌|复牌|退市|上市|挂牌|增发|配股|收购|并购|借壳|入主|"
    rf"参股|中标|增资|注资|重组|签署|签订|签约|达成|与[^，。；,;]{{2,20}}?(?:签署|签订|签约|达成|设立|合资))"
)
_DEALS = re.compile(
    rf"{_ADVERBS}(?:增持|减持|持有|持股|认购|出资|斥资|受让|转让|质押|入股|起诉|募资|投资|控股|放弃|承诺|涉足|占用)"
)
_HAS = re.compile(
    rf"(?:{_SHARES}|及其一致行动人|所持|的持股|(?:的|原)?(?:股价|市值|净利润|净资产|营收|业绩|财报|年报|估值|债务|IPO|"
    r"董事长|董事会|监事会|总经理|副?总裁|董秘|首席|高管|(?:控股|大|第[一二三]大)?股东|旗下|"
    r"(?:全资|控股|参股)?子公司|母公司|股份|创始人)|[（(]\d{6}|方面(?:表示|称|透露|提供|的|认为)|(?:就|一|官方)?宣布)"
)
_WITH = re.compile(
    rf"{_ADVERBS}(?:[^，。；,;]{{0,8}})(?:签署|签订|签约|达成|合作|获悉|成立|设立|合资|举行|支付|借款|贷款|提供|提起)"
)
_TAKES = re.compile(
    r"(?:收购|并购|入股|参股|控股|增持|减持|持有|持有的|所持|所持有的|入主|借壳|举牌|受让|转让|质押|购买|购买了|收购了|"
    r"认购|托管|出售|剥离|起诉|认购了|全资子公司|控股子公司|子公司|参股公司|(?<!各)股东|标的公司|设立|旗下|旗下的)$"
)
_MEETS = re.compile(r"(?:[与和同向对由从被及]|以及|联合|携手)$")
_AFTER_TAKEN = re.compile(
    rf"{_SHARES}|[后时并等，。；、,;]|一[案事]|的(?:交易|议案|原因|消息|方案)"
)

# --- forms ---------------------------------------------------------------------------------------

_COINED = frozenset({"ORG", "PER", "nz", "nw"})
_COMMON = frozenset({"n", "vn", "v", "a", "an", "ad", "m", "q", "TIME", "s", "xc", "f"})
_COUNTRY = re.compile(
    r".*国|.*国.*|日本|印度|俄罗斯|加拿大|澳大利亚|澳洲|巴西|欧洲|亚洲|北美|全球|世界|国内|海外|境[内外]"
)
# What stands behind a town or before a sign, and names no firm.
_PLAIN = re.compile(
    r".*(?:公司|企业|股东|工厂|市场|政府|地区|分行|支行|机构|项目|部门|方面|工程|中心|员工|用户|客户|总部|门店|法院|"
    r"人士|投资者|基金|产品|业务|行业|板块|协议|合同|系统|平台|渠道|方案|计划|价格|需求|港口|机场|当地|等地|同时|"
    r"股本|资本金?|收入|利润|增发|模块|"
    r"人|者|方|家|地|厂|店|股|价|量|额|率|费|款|券|债|业务|时间|本报讯|讯|系|路|街|楼|厦|区|镇|港|湾|山|城|市|县|省)"
)
_SHARED = re.compile(_SHARES)
_REGION = re.compile("中国|香港|台湾|亚太|北美|大中华")
_COUNTED = re.compile(r"[一二两三四五六七八九十几多各某\d]+[家个大项]")
_LONGEST = 6


def find_deals(analysis: Analysis) -> None:
    """Add the firms told by their deals to the candidates."""
    text = analysis.text
    sure = [c for c in analysis.candidates if c.entry is not None and not c.weak]
    towns = {c.span for c in sure if c.type == "place" and not _COUNTRY.fullmatch(c.span.of(text))}
    known = {c.span for c in sure if c.type != "place"}
    for unit in analysis.units:
        analysis.candidates += _by_deal(text, unit, towns, known)


def _by_deal(
    text: str, unit: Unit, towns: AbstractSet[Span], known: AbstractSet[Span]
) -> Iterator[Candidate]:
    for first, token in enumerate(unit.tokens):
        for last in range(first, min(first + 3, len(unit.tokens))):
            words = unit.tokens[first : last + 1]
            span = Span(token.span.start, words[-1].span.end)
            name = span.of(text)
            if len(name) > _LONGEST or _HAN_WORD.fullmatch(name) is None:
                break
            if len(name) < 3 or span in known or GENERIC.fullmatch(name):
                continue
            sign = _sign(text, unit, span)
            if sign and _has_form(text, words, towns, known, sign):
                yield Candidate(span, "company", "pattern", score=0.7)


def _sign(text: str, unit: Unit, span: Span) -> int:
    """How much around *span* speaks for a firm: 2 what firms alone have or do, 1 a deal, 0 none."""
    end = unit.span.end
    before = text[max(unit.span.start, span.start - 6) : span.start]
    opens = not before or not before[-1].isalnum() or _TAKES.search(before) or _MEETS.search(before)
    if (_ACTS.match(text, span.end, end) or _HAS.match(text, span.end, end)) and _is_free(
        text, unit, span.start, before
    ):
        return 2
    if _TAKES.search(before) and _AFTER_TAKEN.match(text, span.end, end):
        return 2
    if _MEETS.search(before) and _WITH.match(text, span.end, end):
        return 2
    return 1 if opens and _DEALS.match(text, span.end, end) else 0


def _is_free(text: str, unit: Unit, start: int, before: str) -> bool:
    """Whether no noun runs on into *start*: a clause, a verb or a role ends there."""
    if not before or not before[-1].isalnum() or before[-1].isascii():
        return True
    previous = next((t for t in unit.tokens if t.span.end == start), None)
    if previous is None:
        return _TAKES.search(before) is not None
    return (
        previous.tag in {"p", "c", "v", "d", "u", "r", "TIME", "w", "f"}
        or _TAKES.search(before) is not None
        or _MEETS.search(before) is not None
        or previous.span.of(text) in {"日", "月", "年"}
    )


def _has_form(
    text: str,
    words: tuple[Token, ...],
    towns: AbstractSet[Span],
    known: AbstractSet[Span],
    sign: int,
) -> bool:
    """Whether *words* look like the name of a firm, by a sign so strong."""
    name = text[words[0].span.start : words[-1].span.end]
    head, tail = words[0], name[len(words[0].span.of(text)) :]
    if len(words) == 1:
        return _is_one_word_firm(text, head, towns, sign)
    if any(w.span in known for w in words[1:]) or _PLAIN.fullmatch(name):
        return False
    if head.tag == "a" and len(tail) == 2 and len(name) == 3:
        return words[-1].tag == "ORG" and sign == 2  # 新|中基, cut by the tagger
    trade = TRADE.fullmatch(tail)
    if head.tag == "LOC" and len(words) == 3 and words[1].tag in _COINED:
        trade = TRADE.fullmatch(words[-1].span.of(text))  # 苏州|云帆|投资
    if trade is None and (len(words) > 2 or len(words[-1].span.of(text)) < 2):
        return False
    if head.span in known:
        return trade is not None and words[-1].tag == "n" and sign == 2
    if head.tag in _COINED and _REGION.fullmatch(tail):
        return True  # 佳通|中国: a house's arm
    if head.tag in _COINED:
        return trade is not None or (sign == 2 and len(name) == 4 and words[-1].tag in _COMMON)
    if head.tag == "LOC":
        town = not _COUNTRY.fullmatch(head.span.of(text))
        plain = words[-1].tag not in _COMMON | _COINED | {"LOC"} or PLACE_ENDING.search(name)
        acts = words[-1].tag == "v" and not _SHARED.match(text, words[-1].span.end)
        return town and not plain and (trade is not None or (sign == 2 and not acts))
    named = trade is not None and ANY_TRADE.fullmatch(tail) is None and words[-1].tag == "n"
    return named and sign == 2 and len(name) <= 5 and _COUNTED.match(name) is None


def _is_one_word_firm(text: str, word: Token, towns: AbstractSet[Span], sign: int) -> bool:
    name = word.span.of(text)
    if _PLAIN.fullmatch(name):
        return False
    if word.tag == "LOC":
        town = next(
            (t for t in towns if t.start == word.span.start and t.end < word.span.end), None
        )
        closed = town is not None and 2 <= word.span.end - town.end <= 3
        if _COUNTRY.fullmatch(name) or PLACE_ENDING.search(name):
            return False
        return closed or (len(name) >= 4 and sign == 2)
    if word.tag == "PER":
        person = SURNAME.match(name) is not None and len(name) == 3
        return (sign == 2 and not person) or len(name) == 4
    return word.tag in ("nz", "nw") and sign == 2
