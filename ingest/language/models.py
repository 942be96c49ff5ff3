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
    from collections.abc import Iterator

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
_SIZE = r"\d{2,4}(?:Ah|mAh|Wh|W|nm|mm|英寸|纳米)|[A-Z]{1,3}\d{1,3}"
_GRADED = re.compile(rf"(?<![A-Za-z0-9.,])(?:[A-Z]型(?:{_SIZE}|{_WORD})?|{_SIZE})(?:{GOODS})")
_MATERIAL = re.compile(r"[料钢锭箔液]$")
_NOT_MODELS = re.compile(
    r"(?:[QHhq][1-4]|FY\d+|[A-Z]{1,2}\d{4}$|[A-Z]\d{4,}|M[0-3]|v\d+|G\d{1,2}(?!\w)|COVID\d*|[Tt]\+\d|No\d+)$"
)
# A brand before a model is part of its name; what kind of thing it is, is not.
_CLASS_NOUN = re.compile(
    r"(?:新款|新车|全新|老款|改款|旗下|车型|机型|型号|品牌|系列|轿车|新品|旗舰|芯片|显卡|手机|主机|版本|电动车|跑车|款|版|型|代|的)$"
)
_NAME_TAGS = frozenset({"n", "nz", "nw", "LOC", "PER", "ORG"})


def find_models(analysis: Analysis) -> None:
    """Add models and graded goods to the candidates."""
    text = analysis.text
    brands = {
        c.span.end: c.span.start
        for c in analysis.candidates
        if c.type in ("company", "product") and not c.weak
    }
    for unit in analysis.units:
        analysis.candidates += _models(text, unit, brands)
        analysis.candidates += _graded(text, unit)


def _models(text: str, unit: Unit, brands: dict[int, int]) -> Iterator[Candidate]:
    ends = {t.span.end: t for t in unit.tokens}
    for match in _MODEL.finditer(text, unit.span.start, unit.span.end):
        word = match[0]
        digits = word[0].isalpha() and any(c.isdigit() for c in word)
        if (word.split()[0] in NOT_NAMES and digits) or _NOT_MODELS.match(word):
            continue
        begin = _brand(text, ends.get(match.start()), match.start(), brands)
        if not digits and begin == match.start():
            continue  # Pro and PLUS alone name nothing
        yield Candidate(Span(begin, match.end()), "product", "pattern", score=0.75)


def _brand(text: str, before: Token | None, start: int, brands: dict[int, int]) -> int:
    """Where the name begins of which the model at *start* is the end."""
    if start in brands:
        # 理想L8 is a car, 英伟达H20 the firm and its chip: makers of cars go by a short brand.
        return brands[start] if start - brands[start] <= 2 else start
    if before is None or before.tag not in _NAME_TAGS:
        return start
    word = before.span.of(text)
    if len(word) > 3 or _CLASS_NOUN.search(word) or re.fullmatch(f"{_HAN}+", word) is None:
        return start
    return before.span.start


def _graded(text: str, unit: Unit) -> Iterator[Candidate]:
    """Goods with their grade: the grade alone and the goods alone are not what is spoken of."""
    for match in _GRADED.finditer(text, unit.span.start, unit.span.end):
        kind: EntityType = "commodity" if _MATERIAL.search(match[0]) else "product"
        yield Candidate(Span(*match.span()), kind, "pattern", score=0.75)
