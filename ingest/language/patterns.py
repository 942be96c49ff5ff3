"""Names told by their form: what stands before a parenthesis, Latin runs, endings, tenors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.language.analysis import Candidate
from ingest.language.words import COMPANY_ENDING, CUES, GENERIC, NOT_NAMES, SURNAME, TITLE, TRIMS
from kg.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from ingest.language.analysis import Analysis, Unit
    from ingest.records import Token
    from kg.records import EntityType

_HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff]"

_LETTER = r"A-Za-zÀ-ÖØ-öø-ž"
_LATIN_WORD = (
    rf"\d{{1,2}}[A-Z][a-z]{{3,}}|[A-ZÀ-ÖØ-Þ][{_LETTER}0-9]*(?:[.'’&-][{_LETTER}0-9]+)*\+?"
    r"|[a-z]+[A-Z][A-Za-z0-9]*"
)
# What makes a number after a Latin word an amount of its own: C919 13架, tokens 3元.
_COUNTED = r"[\d.%A-Za-z元美港欧日人万亿千百个家只架辆台部款枚倍点块名次年月期]"
LATIN_RUN = re.compile(
    rf"(?<![A-Za-z0-9])(?:{_LATIN_WORD})(?:\s(?:{_LATIN_WORD}|&|of|and|de|von|\d{{1,4}}(?!{_COUNTED}))){{0,5}}"
)
_CONTRACT = re.compile(r"[A-Z]{1,2}\d{4}")  # LC2511: a delivery month, not a product
_PRODUCT_AFTER = re.compile("工具|平台|芯片|模型|大模型|系列|架构|应用|手机|显卡|处理器")
_PRODUCT_BEFORE = re.compile(
    "(?:芯片|模型|机器人|车型|手机|显卡|处理器|应用|新药|药物|疗法|游戏|代币|智能体|浏览器|操作系统)[“‘《]?$"
)
_LINE_AFTER = re.compile("系列(?!化)")  # THE MONSTERS系列
_DEVICES = frozenset("DRAM NAND SRAM HBM GPU CPU TPU SSD ETF ETN".split())  # PC DRAM: goods
_DIGIT_WITHIN = re.compile(r"(?<=.)\d")

_EVENT = re.compile(
    rf"(?:{_HAN}{{2,8}}?(?:大选|停摆|峰会|博览会|世博会|公投|罢工|飓风|地震|停火协议|贸易协定|贸易协议|车展|展览会|交易会|消博会|进博会|电影节|世界杯|奥运会))"
)
_COINED_EVENT = re.compile(
    r"[“‘\"「]([^“”‘’\"「」，。！？；\s]{1,8}(?:轮动|效应|行情|风波|事件|危机|泡沫|冲击|风暴|闪崩|时刻|革命|抛售潮|门))[”’\"」]"
)
_TAX = re.compile(
    rf"{_HAN}{{2,8}}?(?:消费税|增值税|所得税|利得税|资本税|碳税|房产税|遗产税|数字税|服务税|出口税|进口税|资源税|附加税)"
)
# The stems that the WHO gives to classes of medicines, as they stand in Chinese.
_DRUG = re.compile(
    rf"{_HAN}{{2,7}}?(?:替尼|单抗|双抗|鲁肽|泊肽|格列净|列汀|他汀|沙班|拉唑|沙坦|地平|佐米|西尼|帕利|仑赛|韦林|布韦|那韦|度胺|紫杉醇|拉曲肽|疫苗)"
)
_ACT = re.compile(
    r"(?:政策|法案|法|条例|规定|规划|规则|计划|办法|协议|准则|意见|新规|方案|指引|指南|通知|决定|纲要|清单|报告)(?:[（(][^（）()]*[）)])?$"
)
_TITLED_WORK = re.compile(r"《([^《》]{2,30})》")
_QUOTED = re.compile(
    r"[“‘\"「]([^“”‘’\"「」，。！？；\s]{2,10})[”’\"」](政策|计划|法案|行动|战略|平台|系列|大模型|指数|"
    r"促销|大促|活动|购物节|购物季|特卖|嘉年华|音乐节|节|季)"
)
_QUOTED_KINDS: tuple[tuple[str, EntityType], ...] = (
    ("政策|计划|法案|行动|战略", "policy"),
    ("指数", "index"),
    ("平台|系列|大模型", "product"),
    (".*", "event"),
)
_OWNED_BEFORE = re.compile(r"旗下的?$")
_OWNED = re.compile(r"旗下的?(?:全资|控股|高端|豪华|新|子)?(子公司|品牌|车型|应用|平台|游戏)?")
_COMMON_OWNED = re.compile(
    r"(?:公司|业务|产品|基金|品牌|平台|部门|资产|门店|酒店|车型|工厂|机构|项目|银行|企业|股份|板块|店|厂|矿|"
    r"游戏|应用|子公司|团队|实验室|电商|零售|物流|云|服务|芯片|模型|手机|汽车|媒体|渠道|物业|医院|学校|ETF)$"
)
_SECTOR = re.compile(r"板块|(?<!银)行业")
_INDEX = re.compile(r"指数|综指")
_CLASS_WORDS: tuple[tuple[re.Pattern[str], EntityType], ...] = (
    (_SECTOR, "sector"),
    (_INDEX, "index"),
)

# A name between a title and its gloss or verb, whatever words the tagger made of it.
_DOTTED = rf"{_HAN}{{1,7}}(?:[·•‧・]\s?{_HAN}{{1,8}}?)+"
_DOTTED_SPEAKER = re.compile(
    rf"(?<!{_HAN}){_DOTTED}(?=[则也还曾]?(?:在[^，。]{{1,16}})?(?:{CUES}|出任|担任|接任))"
)
_DOTTED_HOLDER = re.compile(rf"{_DOTTED}(?=[（(，。、：:；的将曾则也在\s]|{CUES}|$)")
# Rooms and desks that speak for a firm.
_DESK = "办公室|办事处|团队|部门|人士|方面"
_ADVERB = "[则也还均都亦曾却又更便]|随后|同时|此前|近日|日前|反而|随即|再次|多次|一再|公开"
_SPOKEN_NAME = re.compile(
    rf"(?!{_ADVERB}|{_DESK})({_HAN}{{2,4}}?)(?=[（(]|(?:{_ADVERB})?(?:在[^，。]{{1,16}})?(?:{CUES})(?:[，,：:“]|{_HAN}))"
)
_END_OF_DATE = re.compile(r"\d[日号年](?!前|后|本|元|内)")
_GOES_ON = re.compile("[则却也还对在将与的，。（并已把给向从曾是]")
_NAME_TAGS = frozenset({"n", "nz", "nw", "vn", "ORG", "LOC", "PER", "an", "xc"})
_LISTED = re.compile(rf"((?:{_HAN}{{2,8}}、)*{_HAN}{{2,8}}(?:和|与|及|以及))$")


def find_patterns(analysis: Analysis) -> None:
    """Add the names told by their form to the candidates."""
    text = analysis.text
    makers = {c.span.end for c in analysis.candidates if c.type == "company" and not c.weak}
    models = {c.span.start for c in analysis.candidates if c.type == "product" and c.entry}
    for unit in analysis.units:
        analysis.candidates += _simple(text, unit)
        analysis.candidates += _endings(text, unit)
        analysis.candidates += _latin(text, unit, makers, models)
        analysis.candidates += _after_title(text, unit)
        analysis.candidates += _of_house(text, unit)


def _is_named(text: str, token: Token) -> bool:
    """Whether *token*, which the tagger takes for a common word, has the form of a name."""
    name = token.span.of(text)
    surname = SURNAME.match(name) is not None and (len(name) == 3 or token.tag != "n")
    return surname and _GOES_ON.match(text, token.span.end) is not None


def _spans(pattern: re.Pattern[str], text: str, unit: Unit, group: int = 0) -> Iterator[Span]:
    for match in pattern.finditer(text, unit.span.start, unit.span.end):
        yield Span(match.start(group), match.end(group))


def _simple(text: str, unit: Unit) -> Iterator[Candidate]:
    forms: tuple[tuple[re.Pattern[str], EntityType], ...] = (
        (_DRUG, "product"),
        (_EVENT, "event"),
        (_TAX, "policy"),
    )
    for pattern, kind in forms:
        for span in _spans(pattern, text, unit):
            # The form tells where the name ends; the words tell where it begins.
            begin = name_start(text, unit, span.end)
            if begin is not None and begin < span.end - 3:
                name = text[begin : span.end]
                if not GENERIC.fullmatch(name):
                    yield Candidate(Span(begin, span.end), kind, "pattern", score=0.7)
    for span in _spans(_COINED_EVENT, text, unit, group=1):
        yield Candidate(span, "event", "pattern", score=0.7)
    for match in _TITLED_WORK.finditer(text, unit.span.start, unit.span.end):
        if _ACT.search(match[1]):
            yield Candidate(Span(match.start(1), match.end(1)), "policy", "pattern", score=0.7)
    for match in _QUOTED.finditer(text, unit.span.start, unit.span.end):
        quoted = next(kind for words, kind in _QUOTED_KINDS if re.fullmatch(words, match[2]))
        yield Candidate(Span(match.start(1), match.end(1)), quoted, "pattern", score=0.7)


def _endings(text: str, unit: Unit) -> Iterator[Candidate]:
    """X板块, X行业 and X指数, with the members of a list before them."""
    for pattern, kind in _CLASS_WORDS:
        for span in _spans(pattern, text, unit):
            begin = name_start(text, unit, span.start, bodies=kind != "sector")
            if begin is None or begin == span.start:
                continue
            name = text[begin : span.end]
            if len(name) - len(span.of(text)) < 2 or GENERIC.fullmatch(name):
                continue
            if text[span.start - 1] == "股" or _described(unit, begin):
                continue  # 价值股板块 is the group of shares, 高估值板块 no name
            yield Candidate(Span(begin, span.end), kind, "pattern", score=0.8)
            if kind == "sector":
                yield from _list_before(text, unit, begin, kind)


def _list_before(text: str, unit: Unit, end: int, kind: EntityType) -> Iterator[Candidate]:
    """The other members of a parallel list whose last member begins at *end*."""
    listed = _LISTED.search(text[unit.span.start : end])
    if listed is None:
        return
    start = unit.span.start + listed.start(1)
    for part in re.finditer(rf"{_HAN}{{2,8}}?(?=、|和|与|及|以及)", listed[1]):
        span = Span(start + part.start(), start + part.end())
        begin = name_start(text, unit, span.end)
        if begin is not None and begin >= span.start:
            yield Candidate(Span(begin, span.end), kind, "pattern", score=0.7)


def _described(unit: Unit, begin: int) -> bool:
    """Whether an adjective stands right before *begin*."""
    return any(t.span.end == begin and t.tag == "a" for t in unit.tokens)


def name_start(text: str, unit: Unit, end: int, *, bodies: bool = True) -> int | None:
    """Where the run of naming words that closes at *end* begins; None if none closes there.

    Generic openers (该, 各, 部分) and time words do not belong to a name; nor, without *bodies*,
    do the names of bodies, people and places before it (国泰海通证券|汽车行业).
    """
    tags = _NAME_TAGS if bodies else _NAME_TAGS - {"ORG", "PER", "LOC"}
    begin = None
    for token in reversed(unit.tokens):
        if token.span.start >= end:
            continue
        if token.span.end > end and token.span.start < end and begin is None:
            # A word that the form cuts short: 国债收益率 before 收益率.
            begin = token.span.start
            continue
        word = token.span.of(text)
        closing = begin is None and COMPANY_ENDING.fullmatch(
            word
        )  # 微电子, to the tagger a quality
        if token.tag not in tags and not closing and not (word.isascii() and word.isalnum()):
            break
        if not word.strip() or word in _OPENERS:
            break
        begin = token.span.start
    if begin is not None and _END_OF_DATE.match(text, begin - 1):
        begin += 1  # 4月28|日光|模块板块
    return begin if begin is None or begin < end else None


_OPENERS = frozenset(
    "公司 企业 机构 市场 投资者 数据 全年 其中 消息 目前 当前 同期 上述 下述 整体 整个 主要 "
    "相关 部分 多数 少数 个别 许多 不少 众多 各 各类 各个 全部 所有 其他 其它 大多数 半数 多个 "
    "同 该 本 此 这 那 些 类 家 只 个 有关 上半年 下半年 "
    "旗下 所属 股份 表现 涨幅 跌幅 领涨 领跌 股市 大盘 个股".split()
)


def _latin(
    text: str, unit: Unit, makers: AbstractSet[int], models: AbstractSet[int]
) -> Iterator[Candidate]:
    """Latin runs, each the name of a firm, a product or a person.

    A product's after its maker's name (富达FBTC) or with a number in it (Switch 2), a person's
    after a title.
    """
    titles = {m.end() for m in TITLE.finditer(text, unit.span.start, unit.span.end)}
    for span in _spans(LATIN_RUN, text, unit):
        name = span.of(text)
        words = name.split()
        while words and words[-1] in ("of", "and", "de", "von", "&"):
            words.pop()
        name = name[: len(" ".join(words))]
        if not words or len(name) < 2 or all(w in NOT_NAMES or w in TRIMS for w in words):
            continue
        end = span.start + len(name)
        after = text[end : end + 2]
        if (
            _CONTRACT.fullmatch(name)
            or re.match(r"[\d%％]", after)
            or (len(name) < 3 and not after)
        ):
            continue
        kind: EntityType = "company"
        if span.start in titles:
            kind = "person"
        elif (
            _OWNED_BEFORE.search(text, max(unit.span.start, span.start - 6), span.start)
            or span.start in makers
            or span.start in models  # TPU Ironwood
            or _PRODUCT_AFTER.match(text, end)
            or _PRODUCT_BEFORE.search(text, max(unit.span.start, span.start - 6), span.start)
            or words[0] == "Project"
            or words[-1] in _DEVICES
            or _DIGIT_WITHIN.search(name)
        ):
            kind = "product"
        if (line := _LINE_AFTER.match(text, end)) is not None:
            end, kind = line.end(), "product"
        weak = len(words) == 1 and (len(name) < 3 or _common(text, span))
        yield Candidate(Span(span.start, end), kind, "pattern", weak=weak, score=0.6)


def _of_house(text: str, unit: Unit) -> Iterator[Candidate]:
    """比亚迪旗下|方程豹|售出: what a house owns, where it is called by no common noun."""
    for match in _OWNED.finditer(text, unit.span.start, unit.span.end):
        start, end = match.end(), match.end()
        for token in unit.tokens:
            if token.span.start != end or token.tag not in _NAME_TAGS:
                continue
            if token.span.of(text) in _OPENERS or token.tag == "vn":
                break
            end = token.span.end
        name = text[start:end]
        if re.fullmatch(rf"{_HAN}{{2,6}}", name) and _COMMON_OWNED.search(name) is None:
            firm = match[1] == "子公司" or COMPANY_ENDING.search(name) is not None
            kind: EntityType = "company" if firm else "product"
            yield Candidate(Span(start, end), kind, "pattern", score=0.6)


def _common(text: str, span: Span) -> bool:
    """Whether the Latin word at *span* only qualifies a noun: HBM内存, K型, ETF资金."""
    return bool(
        re.match(
            r"(?:型|类|级|端|化|技术|标准|制程|概念|股|资金|债|模式|机制|年|月|日|轮|系)",
            text[span.end : span.end + 2],
        )
    )


def _after_title(text: str, unit: Unit) -> Iterator[Candidate]:
    """首席分析师沈若谷: two to four characters after a title are a person's name.

    Only where the tagger sees a name or an unbroken noun there, or a parenthesis or a verb of
    speech follows.
    """
    ends = {token.span.end for token in unit.tokens}
    tags = {token.span.start: token for token in unit.tokens}
    for span in _spans(_DOTTED_SPEAKER, text, unit):
        title = TITLE.search(text, span.start, span.end)
        begin = title.end() if title is not None and title.end() < span.end else span.start
        yield Candidate(Span(begin, span.end), "person", "pattern", score=0.95)
    for match in TITLE.finditer(text, unit.span.start, unit.span.end):
        dotted = _DOTTED_HOLDER.match(text, match.end(), unit.span.end)
        if dotted is not None:
            yield Candidate(Span(*dotted.span()), "person", "pattern", score=0.95)
            continue
        spoken = _SPOKEN_NAME.match(text, match.end(), unit.span.end)
        # 首席策略/n 师程以宁/n: the tagger cut within the title.
        glued = spoken is not None and spoken.end(1) in ends and SURNAME.match(spoken[1])
        if spoken is not None and (match.end() in tags or glued):
            yield Candidate(Span(*spoken.span(1)), "person", "pattern", score=0.9)
            continue
        token = tags.get(match.end())
        if token is None or token.span.end not in ends:
            continue
        name = token.span.of(text)
        if not re.fullmatch(rf"{_HAN}{{2,4}}|{_HAN}+(?:[·•‧・]{_HAN}+)+", name):
            continue
        after = text[token.span.end : token.span.end + 1]
        called = token.tag in ("PER", "nz", "LOC", "ORG") or (token.tag == "n" and after in "(（")
        if called or _is_named(text, token):
            yield Candidate(token.span, "person", "pattern", score=0.9)
