"""Who says what: words in quotation marks and reported content, with the speaker and the verb."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.language.analysis import sentence_of
from ingest.language.clauses import clause_start, in_parentheses, without_parentheses
from ingest.language.manner import addressee_of, is_denied, modality_of, stance_of
from ingest.language.words import CUE, TITLE_HEAD
from ingest.records import single
from ingest.structure import support_of
from kg.records import Span, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ingest.language.analysis import Analysis, Unit
    from ingest.records import Token
    from kg.records import EntityType, Mention

_SPEAKERS: tuple[EntityType, ...] = ("person", "company", "institution", "group")
_BODY = re.compile(r"组织|联盟|欧盟|东盟|国集团|OPEC|欧佩克")  # groups that have a voice
_QUOTE = re.compile(r"[“「](?P<words>[^“”「」]{2,})[”」]|‘(?P<inner>[^‘’]{6,})’")
_OPENING = re.compile(r"(?:了|到|着|道|为|成)?[\s，,：:]*")
_CLOSING = re.compile(r"(?:\s|[。！？!?；;]|\[[\d,\-\s]+\]|【[\d,\-\s]+】|［[\d,\-\s]+］)+$")
# Where the words of another begin: a clause on, or what the author reads out of a quotation.
_STOP = re.compile(
    r"[；;]|(?<=[”』」\"])[，,](?=[也又再次进一步这]*"
    r"(?:凸显|突显|彰显|反映|显示|表明|意味|印证|暗示|体现|说明))"
)
_AFTERWARDS = re.compile(r"[，,\s]*")
# Nouns that may stand between the speaker and the verb: 高盛策略师称, 鲍威尔在记者会上表示.
_AT = re.compile(
    r"(?:[则也还曾都]|此前|随后|同时)?(?:(?:将|把)[^，。；]{1,20}$|(?:在|于|就|对|针对|对于|通过|向)[^，。；]{0,24}?(?:上|中|时|后|里|会|内|采访|报告|方面|表态|声明|节目)?$)"
)
_NEUTRAL = re.compile(
    r"(?:管理层|团队|方面|官方|高管|发言人|研究部|研报|报告|数据|工具|官员|交易员|公司|年报|公告|(?:首席)?[\u4e00-\u9fff]{0,6}(?:师|家|员|官|长|人士))"
)
_VERB_TAGS = frozenset({"v", "vn", "vd"})


def find_statements(analysis: Analysis) -> None:
    """Add the statements, by place."""
    types = analysis.types()
    found: list[Statement] = []
    for unit in analysis.units:
        if unit.sentence is not None and unit.kind != "table":
            found += _statements(analysis, unit, types)
    analysis.statements = sorted(found, key=lambda s: (s.span.start, s.span.end))


def _statements(
    analysis: Analysis, unit: Unit, types: dict[str, EntityType]
) -> Iterator[Statement]:
    text = analysis.text
    names = {e.id: e.name for e in analysis.entities}
    speakers = [
        m
        for m in single(analysis.mentions_in(unit.span))
        if types[m.entity] in _SPEAKERS
        and (types[m.entity] != "group" or _BODY.search(names[m.entity]))
    ]
    quotes = [
        Span(*(m.span("words") if m["words"] else m.span("inner")))
        for m in _QUOTE.finditer(text, unit.span.start, unit.span.end)
    ]
    cues = [
        (token, speaker)
        for token in unit.tokens
        if _is_cue(text, token)
        and not any(q.contains(token.span) for q in quotes)
        and not in_parentheses(text, unit, token.span.start)
        and (speaker := _speaker(text, unit, token, speakers, types)) is not None
    ]
    for order, (cue, speaker) in enumerate(cues):
        limit = unit.span.end
        if order + 1 < len(cues):
            following, other = cues[order + 1]
            limit = clause_start(text, unit, following.span.start)
            if other.span.start > cue.span.end:
                limit = min(limit, clause_start(text, unit, other.span.start))
            if limit <= cue.span.end:
                limit = following.span.start
        content = _content(text, cue.span.end, limit)
        within = [q for q in quotes if q.start >= cue.span.end and q.end <= content.end + 1]
        for quote in within:
            yield _statement(analysis, unit, quote, speaker, cue, types, quoted=True)
        outside = not within or within[0].end - within[0].start + 2 < content.end - content.start
        if content.end - content.start >= 4 and outside:
            yield _statement(analysis, unit, content, speaker, cue, types, quoted=False)
        if order == 0:
            yield from _quoted_before(analysis, unit, cue, speaker, types, quotes)


def _is_cue(text: str, token: Token) -> bool:
    return CUE.fullmatch(token.span.of(text)) is not None and token.tag in _VERB_TAGS


def _speaker(
    text: str,
    unit: Unit,
    cue: Token,
    speakers: Sequence[Mention],
    types: dict[str, EntityType],
) -> Mention | None:
    """The one who speaks in the clause of *cue*; of the clause before where it has no subject."""
    start = clause_start(text, unit, cue.span.start)
    here = [m for m in speakers if start <= m.span.start and m.span.end <= cue.span.start]
    if here:
        persons = [m for m in here if types[m.entity] == "person"]
        speaker = (persons or here)[-1]
        return speaker if _reaches(text, speaker.span.end, cue, unit.tokens) else None
    between = [t for t in unit.tokens if start <= t.span.start < cue.span.start]
    if any(t.tag in ("n", "nz", "r", "PER", "ORG", "LOC") for t in between):
        return None
    if start == unit.span.start:
        return None
    earlier = [m for m in speakers if m.span.end <= start]
    persons = [m for m in earlier if types[m.entity] == "person"]
    return next(reversed(persons or earlier), None)


def _reaches(text: str, start: int, cue: Token, tokens: Sequence[Token]) -> bool:
    """Whether what lies between a speaker and the verb leaves the speaker its subject."""
    between = without_parentheses(text[start : cue.span.start])
    if not between or _AT.fullmatch(between.strip()):
        return True
    if _NEUTRAL.search(between) and len(between) <= 14:
        return True
    return not any(
        t.tag in ("n", "nz", "r", "u") and not TITLE_HEAD.search(t.span.of(text))
        for t in tokens
        if start <= t.span.start < cue.span.start and t.span.of(text) in between
    )


def _content(text: str, start: int, end: int) -> Span:
    """What is said between *start* and *end*, marks and citation numbers at the ends left out."""
    opening = _OPENING.match(text, start, end)
    start = opening.end() if opening else start
    if (stop := _STOP.search(text, start, end)) is not None:
        end = stop.start()
    if (closing := _CLOSING.search(text[start:end])) is not None:
        end = start + closing.start()
    while end > start and text[end - 1] in "，,：:、":
        end -= 1
    return Span(start, max(start, end))


def _quoted_before(
    analysis: Analysis,
    unit: Unit,
    cue: Token,
    speaker: Mention,
    types: dict[str, EntityType],
    quotes: Sequence[Span],
) -> Iterator[Statement]:
    """“…”，魏哲家表示: words that stand before their speaker and verb."""
    for quote in quotes:
        between = analysis.text[quote.end + 1 : speaker.span.start]
        if quote.end < speaker.span.start and _AFTERWARDS.fullmatch(between):
            yield _statement(analysis, unit, quote, speaker, cue, types, quoted=True)


def _statement(
    analysis: Analysis,
    unit: Unit,
    span: Span,
    speaker: Mention,
    cue: Token,
    types: dict[str, EntityType],
    *,
    quoted: bool,
) -> Statement:
    text = analysis.text
    listeners = {entity for entity, kind in types.items() if kind in _SPEAKERS}
    return Statement(
        span=span,
        text=span.of(text),
        speaker=speaker.entity,
        quoted=quoted,
        cue=cue.span.of(text),
        sentence=sentence_of(unit),
        support=support_of(analysis.document, span),
        addressee=addressee_of(analysis, unit, cue, speakers=listeners - {speaker.entity}),
        stance=stance_of(cue.span.of(text), span.of(text)),
        negated=is_denied(text, cue),
        modality=modality_of(text, unit, cue),
    )
