"""Names that the tagger finds, kept or dropped by what surrounds them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.language.analysis import Candidate
from ingest.language.words import ENDINGS, GENERIC, GOODS_AFTER, PLACE_ENDING, TITLE_HEAD
from kg.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.language.analysis import Analysis, Unit
    from kg.records import EntityType

_HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
_PERSON = re.compile(rf"{_HAN}{{2,4}}|{_HAN}+(?:[·•‧・.-]{_HAN}+)+|{_HAN}{{5,8}}")
_NAME = re.compile(rf"(?=.*{_HAN})[^\s，。；：、！？,;:!?“”‘’\"'《》<>\[\]【】]+")
_CALLING = re.compile(r"^..?(?:农|民|商|者|员|户|众|粉)$")  # 果农: what people are, not who
_FUTURES = re.compile(r"(?:基金|指数|股指|国债|利率|原油|黄金)期货$")
_STRAY = re.compile(r"^(?:[的和与及、在是由对从]|\d)|(?:的|联席|则|等|和|与|及|在|已|将|个别)$")


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
            if _CALLING.search(word):
                continue
            if not after[:1].isdigit() and after not in ("指数", "公司", "集团"):
                # In a headline or a table the tagger has no sentence to go by.
                weak = unit.kind not in ("paragraph", "bullet")
                yield Candidate(token.span, "person", "tagger", weak=weak, score=0.8)
        elif token.tag == "ORG" and not GOODS_AFTER.match(text, token.span.end):
            span = _trimmed(text, token.span)
            if (kind := _organisation(span.of(text))) is not None:
                yield Candidate(span, kind, "tagger", score=0.8)
        elif token.tag == "LOC" and len(word) > 1 and PLACE_ENDING.search(word):
            yield Candidate(token.span, "place", "tagger", score=0.7)


def _trimmed(text: str, span: Span) -> Span:
    while span.start < span.end and (stray := _STRAY.search(span.of(text))):
        at_start = stray.start() == 0
        length = stray.end() - stray.start()
        span = (
            Span(span.start + length, span.end) if at_start else Span(span.start, span.end - length)
        )
    return span


def _organisation(name: str) -> EntityType | None:
    """What kind of body *name* is, or nothing if it names none."""
    if len(name) < 2 or not _NAME.fullmatch(name) or GENERIC.fullmatch(name):
        return None
    if TITLE_HEAD.fullmatch(name) or _FUTURES.search(name):
        return None
    kind = kind_by_ending(name)
    if kind in ("institution", "company", "index", "sector"):
        return kind
    # A short body that the tagger alone vouches for is more often a firm than a public body.
    return "company" if len(name) >= 2 else None


def kind_by_ending(name: str) -> EntityType | None:
    """What the ending of *name* tells: 中岳证券 is a company, 世界黄金协会 an institution."""
    return next((kind for kind, ending in ENDINGS if ending.search(name)), None)
