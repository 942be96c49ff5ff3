"""Models, grades and goods: names that mix digits, Latin letters and Chinese characters.

秦PLUS DM-i, 问界M9, P7+, i6, 314Ah电芯, N型TOPCon电池片: the tagger cuts them at every change of
script, so a form tells where they end and the words around it where they begin.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.language.analysis import Candidate
from ingest.language.words import GOODS, NOT_NAMES
from kg.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ingest.language.analysis import Analysis, Unit
    from ingest.records import Token
    from kg.records import EntityType

_HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
_WORD = r"(?:[A-Za-z]{1,8}[- ]?\d{1,4}[A-Za-z]{0,5}\+?|[A-Z][A-Za-z]{1,9}\+?|[A-Z]{1,3}-[A-Za-z])"
_TRIM = (
    r"(?:\s?(?:Pro|Max|Ultra|Plus|PLUS|Mini|Lite|Air|SE|EV|DM-i|DM-p|DM|EM-i|L|\d{3})(?![A-Za-z]))"
)
_MODEL = re.compile(
    rf"(?<![A-Za-z0-9.])(?:[A-Za-z]{{1,8}}[- ]?\d{{1,4}}[A-Za-z]{{0,5}}\+?{_TRIM}*"
    rf"|(?:\d{{3}}\s?)?(?:PLUS|Plus|MAX|Max|Pro|EV|DM-i|DM-p|DM|EM-i){_TRIM}*)(?![A-Za-z0-9%.年月日]|-\d)"
)
_AMOUNT = re.compile(r" \d+$")
_COUNTED = re.compile("[元美港欧万亿千百个家只架辆台部款枚倍]")
# 极氪7X, 极氪009, 海豹06: numbers first, and so only a model right after its brand.
_NUMBERED = re.compile(rf"(?:\d{{1,2}}[A-Z]|0\d{{1,2}}){_TRIM}*(?![A-Za-z0-9%.年月日]|-\d)")
_OWN_NAME = re.compile(
    r"[A-Za-z]{3,}\d|[A-Z][a-z]+"
)  # iPhone 17, Mate 80: a name without its maker
# DDR5 16Gb颗粒: a chip by its standard and its capacity.
_CAPACITY = re.compile(
    r"(?<![A-Za-z0-9])[A-Z]{2,6}\d?[A-Z]?\s?\d{1,4}(?:Gb|GB|TB|Mb|MB)(?![A-Za-z])(?:\s?[A-Z]{2,4}(?![A-Za-z]))?"
    r"(?:颗粒|芯片|模组|内存条|内存|硬盘)?"
)
_JOINING = ("但", "而", "和", "与", "及", "或", "将", "把", "对", "由", "在")
_OF_KIND = re.compile(rf"{_HAN}{{1,3}}(?:型|级)$")  # 通用型|DRAM, 企业级|固态硬盘
_RATE = r"\d{2,3}G|\d(?:\.\d)?T"  # of data: 800G光模块, 1.6T产品
_SIZE = rf"\d{{2,4}}(?:Ah|mAh|Wh|W|nm|mm|英寸|纳米)|[A-Z]{{1,3}}\d{{1,3}}|{_RATE}"
_GRADED = re.compile(
    rf"(?<![A-Za-z0-9.,])(?:[A-Znp]型(?:{_SIZE}|{_WORD})?|{_SIZE})(?:{GOODS})"
    rf"|(?<![A-Za-z0-9.,])(?:{_RATE})(?:产品|交换机|网卡|模块)"
)
_MATERIAL = re.compile(r"[料钢锭箔液]$")
_NOT_MODELS = re.compile(
    r"(?:[QHhq][1-4]|FY\d+|[A-Z]{1,2}\d{4}$|[A-Z]\d{4,}|M[0-3]|v\d+|G\d{1,2}(?!\w)|"
    r"COVID\d*|[Tt]\+\d|No\d+|MTN\d+|SCP\d+|[a-z]+ \d+)$"
)
# A brand before a model is part of its name; what kind of thing it is, is not.
_CLASS_NOUN = re.compile(
    r"(?:新款|新车|全新|老款|改款|旗下|车型|机型|型号|药物?|疗法|单抗|双抗|品牌|系列|轿车|新品|旗舰|芯片|显卡|手机|主机|版本|电动车|跑车|款|版|型|代|的)$"
)
_NAME_TAGS = frozenset({"n", "nz", "nw", "LOC", "PER", "ORG"})


def find_models(analysis: Analysis) -> None:
    """Add models and graded goods to the candidates."""
    text = analysis.text
    makers = [c for c in analysis.candidates if c.type in ("company", "product")]
    brands = {c.span.end: c.span.start for c in makers if not c.weak or c.entry is not None}
    listed = [c.span for c in makers if c.type == "product" and c.entry is not None]
    goods = [c for c in analysis.candidates if c.type in ("product", "commodity") and c.entry]
    for unit in analysis.units:
        analysis.candidates += _models(text, unit, brands, listed)
        analysis.candidates += _numbered(text, unit, brands)
        analysis.candidates += _graded(text, unit)
        analysis.candidates += _of_kind(text, unit, goods)


def _models(
    text: str, unit: Unit, brands: dict[int, int], listed: Sequence[Span]
) -> Iterator[Candidate]:
    ends = {t.span.end: t for t in unit.tokens}
    for match in _MODEL.finditer(text, unit.span.start, unit.span.end):
        word = match[0]
        digits = word[0].isalpha() and any(c.isdigit() for c in word)
        if (word.split()[0] in NOT_NAMES and digits) or _NOT_MODELS.match(word):
            continue
        if _AMOUNT.search(word) and _COUNTED.match(text, match.end()):
            continue  # C919 13架
        begin = match.start()
        if not any(span.start == begin for span in listed):  # 索尼|PS5
            begin = _brand(text, ends.get(begin), match, brands)
        if not digits and begin == match.start():
            continue  # Pro and PLUS alone name nothing
        # 小米SU7|Ultra: a version of a model that we know.
        begin = min([begin, *(s.start for s in listed if s.start < match.start() < s.end)])
        yield Candidate(Span(begin, match.end()), "product", "pattern", score=0.75)
    for match in _CAPACITY.finditer(text, unit.span.start, unit.span.end):
        yield Candidate(Span(*match.span()), "product", "pattern", score=0.75)


def _numbered(text: str, unit: Unit, brands: dict[int, int]) -> Iterator[Candidate]:
    for end, start in brands.items():
        if unit.span.start <= start and 2 <= end - start <= 3:
            model = _NUMBERED.match(text, end, unit.span.end)
            if model is not None and not text[start:end].isascii():
                yield Candidate(Span(start, model.end()), "product", "pattern", score=0.75)


def _brand(text: str, before: Token | None, model: re.Match[str], brands: dict[int, int]) -> int:
    """Where the name begins of which *model* is the end."""
    start = model.start()
    if start in brands:
        # 理想L8 is a car, 英伟达H20 the firm and its chip: makers of cars go by a short brand.
        short = start - brands[start] <= 2 and _OWN_NAME.match(model[0]) is None
        return brands[start] if short else start
    if before is None or before.tag not in _NAME_TAGS:
        return start
    word = before.span.of(text)
    if len(word) > 3 or _CLASS_NOUN.search(word) or re.fullmatch(f"{_HAN}+", word) is None:
        return start
    return before.span.start


def _of_kind(text: str, unit: Unit, goods: Sequence[Candidate]) -> Iterator[Candidate]:
    """通用型|DRAM: a kind of the goods that we know."""
    starts = {t.span.start for t in unit.tokens}
    for candidate in goods:
        if not unit.span.contains(candidate.span):
            continue
        kind = _OF_KIND.search(text, unit.span.start, candidate.span.start)
        begin = min((s for s in starts if kind and s >= kind.start()), default=None)
        if begin is None or begin >= candidate.span.start:
            continue
        begin += text.startswith(_JOINING, begin)  # 但|利基型DRAM
        whole = Span(begin, candidate.span.end)
        yield Candidate(whole, candidate.type, "pattern", score=0.75)


def _graded(text: str, unit: Unit) -> Iterator[Candidate]:
    """Goods with their grade: the grade alone and the goods alone are not what is spoken of."""
    for match in _GRADED.finditer(text, unit.span.start, unit.span.end):
        kind: EntityType = "commodity" if _MATERIAL.search(match[0]) else "product"
        yield Candidate(Span(*match.span()), kind, "pattern", score=0.75)
