"""Names that the tagger finds, kept or dropped by what surrounds them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.language.analysis import Candidate
from ingest.language.firms import ROLE, parts_by_role
from ingest.language.words import (
    CUES,
    ENDINGS,
    GENERIC,
    GOODS_AFTER,
    HOUSE_ENDING,
    PLACE_ENDING,
    TITLE,
    TITLE_HEAD,
)
from ingest.quantities.units import currency_words, per_words
from kg.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.language.analysis import Analysis, Unit
    from ingest.records import Token
    from kg.records import EntityType

_HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
_PERSON = re.compile(rf"{_HAN}{{2,4}}|{_HAN}+(?:[·•‧・.-]{_HAN}+)+|{_HAN}{{5,8}}")
_NAME = re.compile(rf"(?=.*{_HAN})[^\s，。；：、！？,;:!?“”‘’\"'《》<>\[\]【】]+")
_CALLING = re.compile(r"^..?(?:农|民|商|者|员|户|众|粉)$|^平均$")  # 果农: what people are, not who
# A calendar word and a measure that the tagger takes for a name: 周环比, 周净流入.
_MEASURE = re.compile(r"周(?:[环同]比|净|均|[涨跌]幅?|度|内|线)")
# 日美利(差): the short names of two countries are no part of a firm's name.
_TWO_COUNTRIES = re.compile(r"[中美日欧英德法俄印韩]{2}(?!.*(?:公司|集团|银行|协会|委员会|银|信))")
_FIRM_AFTER = re.compile(
    r"旗下|公司|集团|股价|市值|财报|营收|总部|子公司|高管|股东|门店|工厂|[（(](?:[A-Z]{1,5}|\d{4,6})[.)）A-Z]"
)
# What a person does in market news: the tagger alone takes coins, mines and adverbs for persons.
_ACTS = re.compile(
    rf"(?:[则也还曾将均已]|随后|同时|此前|近日|日前|在[^，。；]{{1,16}})?(?:{CUES}|出任|担任|接任|接替|辞任|辞去|卸任|"
    rf"当选|获任|上任|离任|致信|执掌|创办|创立|持有|减持|增持|套现|[（(][A-Za-z])"
)
_COMMON_BODY = re.compile(
    "[▍■●◆▶◼▪]*(?:大行|投行|大厂|[央国民外险车药房]企|航司|船公司|船司|船东|货代|[城农]商行|城农商行|股份行|"
    "村镇银行|地区|各地|两市|双方|官方|高层)"
)
# 中环银行界, 新工厂, 港元银团: circles, sites and loans.
_NO_BODY = re.compile(
    f"(?:报讯|日讯|日电|资本金|界|工厂|厂区|银团|人士|市场)$|^(?:{'|'.join(currency_words())})"
)
# 猪八戒网, to the tagger a proper noun: a firm by its web site.
_SITE_OF_FIRM = re.compile(
    rf"(?!.*(?:互联|物联|车联|电|官|局域|万维|以太|管|路|铁|公|内|外|中新|人民|新华|文书|票据|新闻|商业)网){_HAN}{{2,4}}网"
)
_PHASE = re.compile("[一二三四五]期")  # 国家集成电路产业投资基金三期
_CLOUD = re.compile(r"^[^风白青紫祥]{1,5}云$")
# 申万一级行业 is a classification, not the house that made it.
_NOT_A_BODY = re.compile(rf"[一二三]级|差(?![异距])|{GOODS_AFTER.pattern}")
_PLACE = re.compile(rf"(?!.*[期批轮届座存货价])(?:{_HAN}){{2,4}}")
_AT = re.compile(r"在|位于|于|赴|驻|来自|抵达|前往|落户|落地")
_SITE = re.compile(
    r"(?:的)?(?:工厂|厂区|基地|矿山|矿区|港口|园区|政府|当地|等地|机场|门店|二期|一期|三期)"
)
# Markets, bearings and pairs of countries that the tagger takes for places.
_NOT_A_PLACE = re.compile(
    r"[股债汇币]|市场|[上中下]游|经济体|^(?:国内|海外|境外|境内|全球|全国|当地|本地|各地|两岸|一线|内地|东西方|"
    r"[东南西北]?[东南西北]部|[中美日欧英德法俄印韩沪深港京]{2})$"
)
# What the tagger glues to a firm: its board, or the verb and object after it.
_PART_OF_FIRM = re.compile(
    r"(?<=..)(?:董事会|监事会|管理层|股东大会|股东|旗下|所持|所属|质押所|所|持有公司|质押公司|质押|联合中标.*|公?告|拟|合作|派发|"
    r"[一二两三四五六七八九十]家公司|机构投资者|子公司|母公司|参股公司|未派任)$"
)
# 浦发银行股份 are shares of it; 华帝股份 is a name, which has four characters.
_SHARES_OF = re.compile("(?<=银行|证券|科技|保险|互娱|资源|能源|地产|汽车|电子|实业|国际)股份$")
_QUANTITY = re.compile(
    r"(?:(?:基金|指数|股指|国债|利率|原油|黄金)期货|利差|价差|汇率|利率|溢价|折价|价格|销量|产量|成交额?|库存|占比|份额)$"
)
_STRAY = re.compile(
    r"^(?:[丨|:：的和与及、在是由对从]|\d)|(?:的|联席|则|等|和|与|及|在|已|将|个别|增长|下降|上升|下滑|回升)$"
)


def find_tagged(analysis: Analysis) -> None:
    """Add the tagger's persons, organisations and places to the candidates."""
    for unit in analysis.units:
        analysis.candidates += _candidates(analysis.text, unit)


def _candidates(text: str, unit: Unit) -> Iterator[Candidate]:
    for position, token in enumerate(unit.tokens):
        word = token.span.of(text)
        if token.tag == "PER" and _PERSON.fullmatch(word):
            following = unit.tokens[position + 1] if position + 1 < len(unit.tokens) else None
            after = following.span.of(text) if following else ""
            if _CALLING.search(word) or _MEASURE.match(text, token.span.start):
                continue
            titles = TITLE.finditer(
                text, max(unit.span.start, token.span.start - 8), token.span.end
            )
            held = [m.end() for m in titles if token.span.start < m.end() < token.span.end]
            if held:  # 首席|执行官黄, 策略|师诺拉: the tagger cut within the title
                yield Candidate(Span(held[-1], token.span.end), "person", "tagger", score=0.8)
                continue
            if "·" not in word and _FIRM_AFTER.match(text, token.span.end):
                yield Candidate(token.span, "company", "tagger", score=0.7)
                continue
            if not after[:1].isdigit() and after not in ("指数", "公司", "集团"):
                # In a headline or a table the tagger has no sentence to go by.
                weak = unit.kind not in ("paragraph", "bullet") or not (
                    _ACTS.match(text, token.span.end) or _holds_office(text, unit, token.span)
                )
                yield Candidate(token.span, "person", "tagger", weak=weak, score=0.8)
        elif token.tag == "ORG" and not _NOT_A_BODY.match(text, token.span.end):
            for part in parts_by_role(text, token.span):
                span = _completed(text, _trimmed(text, part))
                if (kind := _organisation(span.of(text))) is not None:
                    yield Candidate(span, kind, "tagger", score=0.8)
        elif (
            token.tag == "nz"
            and _SITE_OF_FIRM.fullmatch(word)
            and not _follows_noun(unit, position)
        ):
            yield Candidate(token.span, "company", "tagger", score=0.7)
        elif token.tag == "LOC" and len(word) > 1 and not _NOT_A_PLACE.search(word):
            before = unit.tokens[position - 1] if position else None
            if PLACE_ENDING.search(word) or _is_where(text, token, before):
                yield Candidate(token.span, "place", "tagger", score=0.7)


def _follows_noun(unit: Unit, position: int) -> bool:
    """Whether the word at *position* may be the end of a longer name: 观点|地产网."""
    if position == 0:
        return False
    before, word = unit.tokens[position - 1], unit.tokens[position]
    return before.tag in ("n", "nz", "vn", "ORG") and before.span.end == word.span.start


def _holds_office(text: str, unit: Unit, span: Span) -> bool:
    """Whether a title stands right before or behind *span*, or the house before 的."""
    if text.startswith("的", span.start - 1) and (
        HOUSE_ENDING.search(text, unit.span.start, span.start - 1) is not None
    ):
        return True
    before = TITLE.finditer(text, max(unit.span.start, span.start - 16), span.start)
    return TITLE.match(text, span.end) is not None or any(m.end() == span.start for m in before)


def _completed(text: str, span: Span) -> Span:
    """*span* with the last syllable of a public body that the tagger cut off: 航运交易|所."""
    phase = _PHASE.match(text, span.end)
    if phase is not None and span.of(text).endswith("基金"):
        return Span(span.start, phase.end())
    longer = Span(span.start, span.end + 1)
    if kind_by_ending(span.of(text)) is None and kind_by_ending(longer.of(text)) == "institution":
        return longer
    return span


def _is_where(text: str, token: Token, before: Token | None) -> bool:
    """Whether the words around *token* place something there: 在宜春, 江西宜春, 宜春矿山."""
    if _PLACE.fullmatch(token.span.of(text)) is None:
        return False
    led = before is not None and (before.tag == "LOC" or _AT.fullmatch(before.span.of(text)))
    return bool(led or _SITE.match(text, token.span.end))


def _trimmed(text: str, span: Span) -> Span:
    """*span* without stray words at its ends, and without an office glued to the house."""
    if text.startswith("股东", span.start - 1):
        span = Span(span.start + 1, span.end)  # 股|东江苏瑞华
    title = TITLE.search(text, span.start + 1, span.end)
    if title is not None and title.end() == span.end:
        span = Span(span.start, title.start())
    role = ROLE.match(text, span.start, span.end)
    if role is not None and span.end - role.end() >= 2 and role.end() > span.start + 1:
        span = Span(role.end(), span.end)
    elif role is not None and role.end() == span.end:
        return Span(span.start, span.start)
    if (part := _PART_OF_FIRM.search(text, span.start, span.end)) and part.end() == span.end:
        span = Span(span.start, part.start())
    if (shares := _SHARES_OF.search(span.of(text))) is not None:
        span = Span(span.start, span.start + shares.start())
    while span.start < span.end and (stray := _STRAY.search(span.of(text))):
        if stray[0] in "和与" and text[span.start - 1] in _NOTHING_TO_JOIN:
            break  # ，|和君咨询
        at_start = stray.start() == 0
        length = stray.end() - stray.start()
        span = (
            Span(span.start + length, span.end) if at_start else Span(span.start, span.end - length)
        )
    return span


_NOTHING_TO_JOIN = "与向对由被给，。；：,;:"


def _organisation(name: str) -> EntityType | None:
    """What kind of body *name* is, or nothing if it names none."""
    if len(name) < 2 or not _NAME.fullmatch(name) or GENERIC.fullmatch(name):
        return None
    if name.removeprefix("每") in per_words():
        return None  # 每|蒲式耳
    if (
        _NO_BODY.search(name)
        or TITLE_HEAD.fullmatch(name)
        or _COMMON_BODY.fullmatch(name)
        or _QUANTITY.search(name)
        or _TWO_COUNTRIES.match(name)
    ):
        return None
    if _CLOUD.fullmatch(name):
        return "product"
    kind = kind_by_ending(name)
    if kind in ("institution", "company", "index", "sector", "group"):
        return kind
    # A short body that the tagger alone vouches for is more often a firm than a public body.
    return "company" if len(name) >= 2 else None


def kind_by_ending(name: str) -> EntityType | None:
    """What the ending of *name* tells: 中岳证券 is a company, 世界黄金协会 an institution."""
    return next((kind for kind, ending in ENDINGS if ending.search(name)), None)
