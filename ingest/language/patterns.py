"""Names told by their form: what stands before a parenthesis, Latin runs, endings, tenors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.language.analysis import Candidate
from ingest.language.tagged import kind_by_ending
from ingest.language.words import CUES, GENERIC, NOT_NAMES, TITLE
from kg.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from ingest.language.analysis import Analysis, Unit
    from kg.records import EntityType

_HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff]"

_LATIN_WORD = (
    r"\d{1,2}[A-Z][a-z]{3,}|[A-Z][A-Za-z0-9]*(?:[.'’&-][A-Za-z0-9]+)*\+?|[a-z]+[A-Z][A-Za-z0-9]*"
)
LATIN_RUN = re.compile(
    rf"(?<![A-Za-z0-9])(?:{_LATIN_WORD})(?:\s(?:{_LATIN_WORD}|&|of|and|de|von|\d{{1,4}}(?![\d.%]))){{0,5}}"
)
_PRODUCT_AFTER = re.compile("工具|平台|芯片|模型|大模型|系列|架构|应用|手机|显卡|处理器")
_DIGIT_WITHIN = re.compile(r"(?<=.)\d")

_TENOR = re.compile(
    r"(?:(?:美国|中国|德国|法国|英国|日本|意大利|澳大利亚)?\d{1,2}年期(?:以上)?"
    r"(?:美国|中国|德国|法国|英国|日本|意大利|澳大利亚)?"
    r"(?:国债|美债|德债|日债|英债|LPR|中期借贷便利|国开债|地方债))"
)
_FUND = re.compile(rf"{_HAN}{{2,10}}?(?:ETF|股票基金|债券基金|货币基金|指数基金)")
_MODEL = re.compile(
    r"(?<![A-Za-z0-9])[A-Z][A-Za-z]{0,8}[- ]?\d{1,4}[A-Za-z]{0,5}(?:\s(?:Pro|Max|Ultra|Plus|Mini))*"
    r"(?![A-Za-z0-9%.年月日])"
)
_EVENT = re.compile(
    rf"(?:{_HAN}{{2,8}}?(?:大选|停摆|峰会|博览会|世博会|公投|罢工|飓风|地震|停火协议|贸易协定|贸易协议))"
)
_TITLED_WORK = re.compile(r"《([^《》]{2,30})》")
_QUOTED = re.compile(
    r"[“‘\"「]([^“”‘’\"「」，。！？；\s]{2,10})[”’\"」](政策|计划|法案|行动|战略|平台|系列|大模型|指数)"
)
_SECTOR = re.compile(r"板块|(?<!银)行业")
_INDEX = re.compile(r"指数|综指")
_CLASS_WORDS: tuple[tuple[re.Pattern[str], EntityType], ...] = (
    (_SECTOR, "sector"),
    (_INDEX, "index"),
)

# A name between a title and its gloss or verb, whatever words the tagger made of it.
_SPOKEN_NAME = re.compile(
    rf"({_HAN}{{2,4}}?)(?=[（(]|[则也还]?(?:在[^，。]{{1,16}})?(?:{CUES})(?:[，：:“]|{_HAN}))"
)
_NAME_TAGS = frozenset({"n", "nz", "nw", "vn", "ORG", "LOC", "PER", "an", "xc"})
_LISTED = re.compile(rf"((?:{_HAN}{{2,8}}、)*{_HAN}{{2,8}}(?:和|与|及|以及))$")


def find_patterns(analysis: Analysis) -> None:
    """Add the names told by their form to the candidates."""
    text = analysis.text
    makers = {c.span.end for c in analysis.candidates if c.type == "company" and not c.weak}
    for unit in analysis.units:
        analysis.candidates += _simple(text, unit)
        analysis.candidates += _endings(text, unit)
        analysis.candidates += _latin(text, unit, makers)
        analysis.candidates += _after_title(text, unit)


def _spans(pattern: re.Pattern[str], text: str, unit: Unit, group: int = 0) -> Iterator[Span]:
    for match in pattern.finditer(text, unit.span.start, unit.span.end):
        yield Span(match.start(group), match.end(group))


def _simple(text: str, unit: Unit) -> Iterator[Candidate]:
    starts = frozenset(token.span.start for token in unit.tokens)
    ends = {t.span.end: t.span for t in unit.tokens if t.tag in _NAME_TAGS}
    for span in _spans(_TENOR, text, unit):
        kind: EntityType = "policy" if span.of(text).endswith(("LPR", "便利")) else "product"
        yield Candidate(span, kind, "pattern")
    forms: tuple[tuple[re.Pattern[str], EntityType], ...] = ((_FUND, "product"), (_EVENT, "event"))
    for pattern, kind in forms:
        for span in _spans(pattern, text, unit):
            # The form tells where the name ends; the words tell where it begins.
            begin = name_start(text, unit, span.end)
            if begin is not None and begin < span.end - 3:
                name = text[begin : span.end]
                if not GENERIC.fullmatch(name):
                    yield Candidate(Span(begin, span.end), kind, "pattern", score=0.7)
    for span in _spans(_MODEL, text, unit):
        if span.start in starts and span.of(text).split()[0] not in NOT_NAMES:
            # The maker or the line is part of the name: 问界M9, 小米SU7.
            brand = ends.get(span.start)
            begin = brand.start if brand and len(brand.of(text)) <= 4 else span.start
            yield Candidate(Span(begin, span.end), "product", "pattern", score=0.6)
    for match in _TITLED_WORK.finditer(text, unit.span.start, unit.span.end):
        if kind_by_ending(match[1]) == "policy" or match[1].endswith(("报告", "通知", "法")):
            yield Candidate(Span(match.start(1), match.end(1)), "policy", "pattern", score=0.7)
    for match in _QUOTED.finditer(text, unit.span.start, unit.span.end):
        quoted: EntityType = (
            "policy"
            if match[2] in ("政策", "计划", "法案", "行动", "战略")
            else ("index" if match[2] == "指数" else "product")
        )
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
        if token.tag not in tags and not (word.isascii() and word.isalnum()):
            break
        if not word.strip() or word in _OPENERS:
            break
        begin = token.span.start
    return begin


_OPENERS = frozenset(
    "公司 企业 机构 市场 投资者 数据 全年 其中 消息 目前 当前 同期 上述 下述 整体 整个 主要 "
    "相关 部分 多数 少数 个别 许多 不少 众多 各 各类 各个 全部 所有 其他 其它 大多数 半数 多个 "
    "同 该 本 此 这 那 些 类 家 只 个 有关 上半年 下半年 "
    "旗下 所属 表现 涨幅 跌幅 领涨 领跌 股市 大盘 个股".split()
)


def _latin(text: str, unit: Unit, makers: AbstractSet[int]) -> Iterator[Candidate]:
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
        if not words or len(name) < 2 or all(w in NOT_NAMES for w in words):
            continue
        end = span.start + len(name)
        after = text[end : end + 2]
        if re.match(r"[\d%％]", after) or (len(name) < 3 and not after):
            continue
        kind: EntityType = "company"
        if span.start in titles:
            kind = "person"
        elif span.start in makers or _PRODUCT_AFTER.match(text, end) or _DIGIT_WITHIN.search(name):
            kind = "product"
        weak = len(words) == 1 and (len(name) < 3 or _common(text, span))
        yield Candidate(Span(span.start, end), kind, "pattern", weak=weak, score=0.6)


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
    for match in TITLE.finditer(text, unit.span.start, unit.span.end):
        spoken = _SPOKEN_NAME.match(text, match.end(), unit.span.end)
        if spoken is not None and match.end() in tags:
            yield Candidate(Span(*spoken.span(1)), "person", "pattern", score=0.9)
            continue
        token = tags.get(match.end())
        if token is None or token.span.end not in ends:
            continue
        name = token.span.of(text)
        if not re.fullmatch(rf"{_HAN}{{2,4}}|{_HAN}+(?:[·•‧・]{_HAN}+)+", name):
            continue
        after = text[token.span.end : token.span.end + 1]
        if token.tag in ("PER", "nz", "LOC", "ORG") or (token.tag == "n" and after in "(（"):
            yield Candidate(token.span, "person", "pattern", score=0.9)
