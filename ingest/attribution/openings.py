"""How clauses open: light words, and parties whose words are no plain noun phrase."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.attribution.cues import (
    MEASURE_RE,
    OWNING_END_RE,
)
from ingest.attribution.frames import Frame
from ingest.attribution.names import Name
from ingest.attribution.naming import Namer
from ingest.attribution.nouns import (
    BARE_NOUNS,
    CURRENCIES,
    CURRENCY_RE,
    GOODS_END_RE,
    MARKET_RE,
    QUALIFIERS_RE,
    TRAILING_RE,
)
from ingest.attribution.phrases import Clause
from ingest.attribution.view import PERIOD, View

STARTING = re.compile(
    r"(?:其中|同时|此外|另外|而|但|且|并|另据|分别|不过|与此同时|相比之下|相反|随后|当日|同期|其间|整个|以及|和|与|就连|即便|其次是|尤其是|包括|首先是|来自|旗下|[，、；：])*"
)
_PARTY = re.compile(
    r"((?:(?!公司|该|其|本|各)[^，。；的在将把对从由]){2,14}?(?:客户|企业|用户|家庭|居民|厂商))(?=面临|需|则|将|因|获|的|支付|仍?有|达|"
    + MEASURE_RE.pattern
    + ")"
)
_OPENING = re.compile(
    r"(?!该|此|这|那|本|其|占|持|净|尽管|虽|如|若|每|各|已|将|仍|全|销售|交付|生产|产出|出货|发货|运送|发送|承运|接待|输送|获)"
    rf"(?P<who>[^，。；：的在将把对从由比较]{{2,10}}?)(?:分别|合计|共计?|一共|[则也均已仅约拟将])*"
    rf"(?:实现|贡献|录得|售出|卖出|占|{MEASURE_RE.pattern}|\\d|$)"
)
_WHOLE = re.compile(
    "((?:上述|以上|前述|样本)[^，。的]{0,4}?(?:公司|企业|机构|银行|券商|品牌|车企|国家|地区|城市))的?"
    "[^，。]{0,6}(?:合计|共计?|总计|平均|整体)"
    "|(对(?!手|此|其|该)[\u3400-\u9fff]{1,3}(?:出口|进口|贸易顺差|投资))(?:额|总额)?(?:同比|环比)"
)
_ON = re.compile("对于|关于|至于|就|谈[及到]")
_ON_END = re.compile("(?:而言|来说|方面|的(?:走势|前景|展望))?")
_AGAINST = re.compile(f"[兑对](?:{CURRENCIES})")
_MOVES = re.compile(
    "(?:板块|股)?[则也却均]?(?:逆势|微|小幅|大幅)?(?:获|净|上涨|下跌|[收领微]?[涨跌]|走[高低强弱])"
)
_CLASS_END = re.compile("[险药单]$|[A-Za-z]$|(?:旅客|游客|乘客|人员|会员|学生)$")


def opening_party(view: View, clause: Clause, frame: Frame, namer: Namer) -> Name | None:
    """A party at the head of the clause whose words are no plain noun phrase: 高性能计算客户."""
    words = plain(view, clause.start, frame.quantity.start)
    found = _PARTY.match(STARTING.sub("", words, count=1))
    return namer.by_words(found.group(1)) if found else None


def opening_class(view: View, clause: Clause, frame: Frame, namer: Namer) -> Name | None:
    """A class of goods or parties at the head of the clause that the tagger cut: 仿制药, 人身险."""
    for mention in view.within(clause.start, frame.quantity.start):
        name = namer.by_mention(mention.record)
        place = name is not None and name.type == "place"
        if not place and mention.record.text != "其":
            return None
    words = STARTING.sub("", plain(view, clause.start, frame.quantity.start), count=1)
    words = re.sub("^其(?![他它余])", "", words)
    found = _OPENING.match(words)
    if found is None or _cuts_measure(words, found.end("who")):
        return None
    who = TRAILING_RE.sub("", found["who"])
    ends = OWNING_END_RE.search(who) or GOODS_END_RE.search(who) or _CLASS_END.search(who)
    bare = who in BARE_NOUNS or not QUALIFIERS_RE.sub("", who, count=1)
    if not ends or (bare and not MARKET_RE.fullmatch(who)):
        return None
    return namer.by_words(who)


def _cuts_measure(words: str, at: int) -> bool:
    """Whether a measure stands across *at* in *words*: 新业务|价值, 原保险|保费收入."""
    return any(found.start() < at < found.end() for found in MEASURE_RE.finditer(words))


def opening_pair(view: View, clause: Clause, frame: Frame, namer: Namer) -> Name | None:
    """The pair of a currency told of before and the one at the head: 日元垫底，兑美元跌至."""
    head = _AGAINST.match(STARTING.sub("", plain(view, clause.start, frame.quantity.start)))
    told = [*CURRENCY_RE.findall(view.text, 0, clause.start)] if head else []
    return namer.by_words(f"{told[-1]}{head.group()}") if head and told else None


def opening_sector(
    view: View, clause: Clause, frame: Frame, namer: Namer, previous: Sequence[Name]
) -> Name | None:
    """Another sector beside those told of, however common its word: 银行逆势上涨."""
    if not previous or previous[-1].type != "sector":
        return None
    for phrase in clause.phrases:
        if phrase.role == "main" and phrase.end <= frame.quantity.start:
            opened = STARTING.fullmatch(plain(view, clause.start, phrase.start))
            words = view.text[phrase.start : phrase.end]
            moved = _MOVES.match(view.text, phrase.end)
            if not opened or not moved:
                return None
            name = namer.by_words(words)
            return name if name.entity else replace(name, type="sector")
    return None


def opening_topic(view: View, clauses: Sequence[Clause], namer: Namer) -> Name | None:
    """What the sentence opens with as its topic: 对于碳价，…; 至于10年期美债收益率，…."""
    opened = _ON.match(view.text)
    phrases = clauses[0].phrases if len(clauses) > 1 else ()
    if opened is None or len(phrases) != 1 or phrases[0].start != opened.end():
        return None
    ends = _ON_END.fullmatch(view.text, phrases[0].end, clauses[0].end)
    return namer.of_phrase(view, phrases[0]) if ends else None


def opening_whole(view: View, clause: Clause, frame: Frame, namer: Namer) -> Name | None:
    """What opens the clause by words that taggers cut: 上述公司合计, 对美出口同比."""
    words = plain(view, clause.start, frame.quantity.start)
    found = _WHOLE.match(STARTING.sub("", words, count=1))
    return namer.by_words(found.group(1) or found.group(2)) if found else None


def plain(view: View, start: int, end: int) -> str:
    """The words from *start* to *end* without the periods among them."""
    return "".join(
        char
        for char, letter in zip(view.text[start:end], view.classes[start:end], strict=True)
        if letter != PERIOD
    )
