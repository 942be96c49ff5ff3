"""A sentence as the attribution rules see it.

Quotation marks, white space, citation marks and bracketed aliases stand between
words that belong together (贵州茅台（600519.SH）营业收入).  A view leaves them out
and keeps, for every character, where it stands in the stored text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

from ingest.attribution.cues import MEASURE_END_RE, MEASURE_RE
from ingest.attribution.nouns import CURRENCIES, TENOR_RE
from ingest.attribution.runs import cuts_run
from ingest.records import Plural, Token
from kg.records import Mention, Period, Quantity, Span

Thing = TypeVar("Thing", Quantity, Period, Mention, Plural)

_FULL_WIDTH = str.maketrans(",;:!?()％", "，；：！？（）%")
_SILENT = frozenset("“”‘’\"'「」『』《》〈〉")
_WEEKDAY = re.compile("(?:周|星期|礼拜)[一二三四五六日天]|当地时间|当日|美东时间")
_BRACKETS = re.compile(r"[（(]([^（）()]{1,80})[）)]")
_PAIR = re.compile(f"(?:{CURRENCIES})[兑对](?:{CURRENCIES})")
_WORD_WITH_BRACKET = re.compile(r"[\u3400-\u9fff]（[\u3400-\u9fff]{1,2}）(?=[\u3400-\u9fff])")
_COLLECTIVE = re.compile("(?:京?沪深)?[两三]市|[两二三四五六七八九十]大(?=[\u3400-\u9fff])")
# What a tagger may take for a name: a measure's basis, half of a currency pair.
_NO_NAME = re.compile(f"^(?:Non-)?GAAP$|[同环]比$|^[周月日年]净|^(?:{CURRENCIES})(?:[兑对]|$)")
_PRONOUN = re.compile("[者方们人]$")
_MANY = re.compile("(?:全球|各国|多国|主要|外国|新兴市场|[一多]些|部分|[两二三四五六七八九十]国)$")
_NEW = re.compile("新增")
_STATES = "[美日中德欧英法韩印澳加港]"
_STATE_GAP = re.compile(f"{_STATES}{{2}}(?:国债|\\d+年期)?(?:收益率)?(?:利差|息差)")
# 二三线企业, 百强房企
_RANK = re.compile(
    r"(?:[内外中港]银(?=板块|股)|内房(?=板块|股)|[一二三四五六]{1,3}线|[前二三五]?[十百千]+强)(?=[\u3400-\u9fff])"
)
_GRADE = re.compile(r"\d+(?:\.\d+)?[%％](?=[\u3400-\u9fff])")  # 普氏62%铁矿石指数
_SIZE = re.compile(  # 65英寸电视面板, 28纳米晶圆
    r"\d+(?:\.\d+)?(?:英寸|纳米|微米|毫米|nm|大卡)(?=[\u3400-\u9fff])(?![的以及和与至到或])"
)
_LATIN = re.compile(r"[0-9A-Za-z.&+-]*[A-Za-z][0-9A-Za-z.&+-]*")
# What stands before a noun as its attribute although taggers take it for a verb or a pronoun.
_ATTRIBUTES = re.compile(
    r"(?:其[他它余]|无(?=担保|抵押|风险)|未(?:盈利|分配|交付|成交|平仓)|非(?:金融|银行?|农|国有|流通|标)?|加密|跨境|离岛(?:免税)?|免税|到[港岸]|[离在]岸|在[建售产研营]|未?上市|新[发建]行?|存续|[公私]募|注销|质押|限售|逾期|到期|流通|[车家军商民医]用|移动(?=D?RAM|LP?DDR)|可穿戴|折叠屏?|车载)(?=[\u3400-\u9fffA-Za-z])"
)
_VERBAL = re.compile("([\u3400-\u9fff]{2})(?:规模|金额|总额|数额|均价|周期|天数)")
_INSTALLED = re.compile("新增装机")
# 上涨个股 are shares of a class, not a rise.
MOVED_CLASS = re.compile(
    "(?:上涨|下跌|涨停|跌停|平盘|停牌|收涨|收跌|飘红|飘绿)的?"
    "(?:个股|股票|股|品种|标的|合约|行业|板块|家数|基金|转债|REITs?|ETF)"
)
_NOUNS = (
    TENOR_RE, _PAIR, _WORD_WITH_BRACKET, _COLLECTIVE, _LATIN, _RANK, MOVED_CLASS, _STATE_GAP,
    _GRADE, _SIZE,
)  # fmt: skip
_CJK = re.compile(r"[\u3400-\u9fff]")
_NOMINAL_TAGS = frozenset("n nz nw vn an ORG LOC PER s xc nr ns nt".split())
_MODIFIER_TAGS = frozenset(("a", "b"))
_PUNCTUATION = frozenset("，,；;：:。！？!?、（）()—–-·…|/　")

NOMINAL, MODIFIER, OTHER, POINT = "N", "A", "X", "W"
QUANTITY, PERIOD, MENTION = "Q", "T", "M"


@dataclass(frozen=True, slots=True)
class Placed(Generic[Thing]):
    """A record at a stretch of a view's text."""

    start: int
    end: int
    record: Thing


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One sentence without what is silent.

    *classes* holds one letter for each character of *text*: quantity, period,
    mention, nominal, modifier, punctuation or other.
    """

    text: str
    offsets: tuple[int, ...]  # into the stored text, one for each character
    classes: str
    quantities: tuple[Placed[Quantity], ...]
    periods: tuple[Placed[Period], ...]
    mentions: tuple[Placed[Mention], ...]
    plurals: tuple[Placed[Plural], ...] = ()
    words: tuple[int, ...] = ()  # where the words of the lexical analysis begin, ascending

    def written(self, start: int, end: int) -> str:
        """The words from *start* to *end*, with the blanks between Latin words."""
        pieces = [self.text[start:end][:1]]
        for index in range(start + 1, end):
            apart = self.offsets[index] - self.offsets[index - 1] > 1
            if apart and self.text[index - 1].isascii() and self.text[index].isascii():
                pieces.append(" ")
            pieces.append(self.text[index])
        return "".join(pieces)

    def last_word(self, start: int, end: int) -> str:
        """The last word between *start* and *end*, a single letter with the word before it."""
        at = bisect_left(self.words, end) - 1
        if at > 0 and end - self.words[at] == 1:  # 账户 + 数
            at -= 1
        return self.text[max(start, self.words[at] if at >= 0 else start) : end]

    def within(self, start: int, end: int) -> tuple[Placed[Mention], ...]:
        """The mentions that lie between *start* and *end* of the view."""
        return tuple(m for m in self.mentions if start <= m.start and m.end <= end)


_OF_POLICY = re.compile("(?:回购|便利|隔夜|基准|政策|现金)利率(?:目标)?$")


def view_of(
    text: str,
    span: Span,
    *,
    tokens: Sequence[Token] = (),
    quantities: Sequence[Quantity] = (),
    periods: Sequence[Period] = (),
    mentions: Sequence[Mention] = (),
    plurals: Sequence[Plural] = (),
    marks: Sequence[Span] = (),
) -> View:
    """The view of the sentence at *span* of the stored *text*.

    All spans given are offsets of the stored text; those outside *span* are ignored.
    """
    kept = _kept(text, span, quantities=quantities, mentions=mentions, marks=marks)
    view_text = "".join(text[offset] for offset in kept).translate(_FULL_WIDTH)
    classes = [POINT if char in _PUNCTUATION else OTHER for char in view_text]

    def place(where: Span) -> tuple[int, int]:
        return bisect_left(kept, where.start), bisect_left(kept, where.end)

    def mark(where: tuple[int, int], letter: str) -> None:
        for index in range(*where):
            classes[index] = letter

    for token in tokens:
        if token.tag in _NOMINAL_TAGS:
            mark(place(token.span), NOMINAL)
        elif token.tag in _MODIFIER_TAGS:
            mark(place(token.span), MODIFIER)
    for index, char in enumerate(view_text):
        if char in _PUNCTUATION:
            classes[index] = POINT
    for pattern in _NOUNS:
        for found in pattern.finditer(view_text):
            mark(found.span(), NOMINAL)
    for found in _ATTRIBUTES.finditer(view_text):
        if classes[found.end()] == NOMINAL:
            mark(found.span(), NOMINAL)
    for found in _NEW.finditer(view_text):  # 新增就业 is a noun, 新增8万人 is not
        following = classes[found.end()] if found.end() < len(classes) else ""
        mark(found.span(), NOMINAL if following == NOMINAL else OTHER)
    verbs = {place(token.span) for token in tokens if token.tag in ("v", "vn", "vd")}
    for found in _VERBAL.finditer(view_text):  # 回购规模, 干预金额
        if found.span(1) in verbs:
            mark(found.span(), NOMINAL)
    for found in _INSTALLED.finditer(view_text):
        mark(found.span(), NOMINAL)
    for found in MEASURE_RE.finditer(view_text):  # a tagger may cut 归母净利润 and 社会库存
        start, end = found.span()
        if NOMINAL in classes[start:end] and set(classes[start:end]) <= set("NAX"):
            mark((start, end), NOMINAL)
    for token in tokens:  # 内银股: a word of place cannot open a clause before a noun
        start, end = place(token.span)
        if token.tag == "f" and end == start + 1 < len(classes) and classes[end] == NOMINAL:
            if start == 0 or classes[start - 1] == POINT:
                mark((start, end), NOMINAL)

    def placed(records: Sequence[Thing], letter: str) -> tuple[Placed[Thing], ...]:
        result = []
        for record in records:
            if span.contains(record.span):
                start, end = place(record.span)
                if start < end:
                    mark((start, end), letter)
                    result.append(Placed(start, end, record))
        return tuple(sorted(result, key=lambda item: item.start))

    located_periods = placed(periods, PERIOD)
    pairs = {
        index: found.span()
        for pattern in (_STATE_GAP, _PAIR)
        for found in pattern.finditer(view_text)
        for index in range(*found.span())
    }

    # A common noun before another is its modifier, whatever it may name elsewhere: 新能源乘用车.
    modifiers = {
        left.span
        for left, right in pairwise(tokens)
        if left.tag == right.tag == "n" and left.span.end == right.span.start
    }

    def is_name(mention: Mention) -> bool:
        start, end = place(mention.span)
        pair = pairs.get(start) or pairs.get(end - 1)
        inside_a_pair = pair is not None and pair != (start, end)
        if view_text[max(0, start - 1) : start + 1] == "其中":
            return False  # 中国 in 其中国航
        if cuts_run(text, mention.span.start, mention.span.end):
            return False  # DDR5 16 in DDR5 16Gb颗粒
        if view_text[start:end] == "央行" and _MANY.search(view_text, 0, start):
            return False  # 全球央行 are not the one named before
        if any(p.start < end and start < p.end for p in located_periods):
            return False
        measure = MEASURE_END_RE.search(mention.text) and not _OF_POLICY.search(mention.text)
        if mention.entity.startswith("x-") and measure:
            return False  # 现货加工费 is a measure, 隔夜逆回购利率 an instrument
        if mention.entity.startswith("x-") and mention.span in modifiers:
            return False
        return not inside_a_pair and _NO_NAME.search(mention.text) is None

    located_mentions = placed([m for m in mentions if is_name(m)], MENTION)
    located_quantities = placed(quantities, QUANTITY)
    # 两家公司 is a noun phrase, 两者 in 两者利差 owns what follows.
    pronouns = [p for p in plurals if _PRONOUN.search(p.span.of(text))]
    located_plurals = (
        *placed([p for p in plurals if p not in pronouns], NOMINAL),
        *placed(pronouns, OTHER),
    )
    return View(
        text=view_text,
        offsets=tuple(kept),
        classes="".join(classes),
        quantities=located_quantities,
        periods=located_periods,
        mentions=located_mentions,
        plurals=located_plurals,
        words=tuple(place(token.span)[0] for token in tokens),
    )


def _kept(
    text: str,
    span: Span,
    *,
    quantities: Sequence[Quantity],
    mentions: Sequence[Mention],
    marks: Sequence[Span],
) -> list[int]:
    """The offsets of the characters that the view keeps, ascending."""
    dropped = [False] * (span.end - span.start)

    def drop(start: int, end: int) -> None:
        for offset in range(max(start, span.start), min(end, span.end)):
            dropped[offset - span.start] = True

    for where in marks:
        drop(where.start, where.end)
    for found in _BRACKETS.finditer(text, span.start, span.end):
        if _is_aside(text, Span(*found.span()), quantities=quantities, mentions=mentions):
            drop(*found.span())
    for index, char in enumerate(text[span.start : span.end]):
        if char in _SILENT or char.isspace():
            dropped[index] = True
    return [span.start + index for index, gone in enumerate(dropped) if not gone]


def _is_aside(
    text: str, bracket: Span, *, quantities: Sequence[Quantity], mentions: Sequence[Mention]
) -> bool:
    """Whether a bracket can be left out: an alias or a remark, no figure and no part of a word."""
    if any(bracket.contains(quantity.span) for quantity in quantities):
        return False
    if any(mention.span.contains(bracket) for mention in mentions):
        return False
    inner = text[bracket.start + 1 : bracket.end - 1]
    if _WEEKDAY.fullmatch(inner):
        return True
    outside = text[bracket.start - 1 : bracket.start], text[bracket.end : bracket.end + 1]
    inside_a_word = len(inner) <= 2 and all(map(_CJK.match, (inner[0], *filter(None, outside))))
    return not (inside_a_word and all(outside))
