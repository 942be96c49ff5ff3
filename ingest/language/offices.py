"""Offices: who holds which title where, as one sentence tells it.

台积电首席执行官魏哲家; 该公司首席执行官桑杰·梅赫罗特拉; 行长拉加德, where the organisation is the
one that the paragraph speaks of; 马斯克出任特斯拉首席执行官.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.language.analysis import sentence_of
from ingest.language.words import TITLE
from ingest.records import single
from ingest.structure import support_of
from kg.records import Office, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.language.analysis import Analysis, Unit
    from kg.records import EntityType, Mention

_ORGANISATIONS: tuple[EntityType, ...] = ("company", "institution", "group", "place")
_BETWEEN = re.compile(
    r"(?:的|旗下|[（(][^（）()]*[）)]|[\u4e00-\u9fff]{0,6}(?:部|部门|中心|研究所|研究院|区|团队|业务))*的?"
)
_TAKES = re.compile(
    r"(?:[（(][^（）()]*[）)])?[，,]?(?:将|已|正式)?(?:是|任|担任|出任|接任|就任|获任|被任命为|当选|当选为|升任)"
)


def find_offices(analysis: Analysis) -> None:
    """Add the offices."""
    types = analysis.types()
    for position, unit in enumerate(analysis.units):
        if unit.sentence is None:
            continue
        mentions = single(analysis.mentions_in(unit.span))
        persons = [m for m in mentions if types[m.entity] == "person" and m.how == "name"]
        for person in persons:
            office = _before_person(analysis, position, unit, person, mentions, types)
            office = office or _after_person(analysis, unit, person, mentions, types)
            if office is not None:
                analysis.offices.append(office)


def _before_person(
    analysis: Analysis,
    position: int,
    unit: Unit,
    person: Mention,
    mentions: Sequence[Mention],
    types: dict[str, EntityType],
) -> Office | None:
    text = analysis.text
    title = _title_ending_at(text, unit, person.span.start, mentions, types)
    if title is None:
        return None
    holder = next(
        (
            m
            for m in reversed(mentions)
            if m.span.end <= title.start
            and types[m.entity] in _ORGANISATIONS
            and _BETWEEN.fullmatch(text, m.span.end, title.start)
        ),
        None,
    )
    # A place or body within the title's words (首席美国经济学家) belongs to the title.
    span = Span(holder.span.start if holder else title.start, person.span.end)
    organisation = holder.entity if holder else None
    if holder is None and _opens_clause(text, unit, title):
        organisation = _spoken_of(analysis, position, title, types)
    return _office(analysis, unit, span, person, title.of(text), organisation)


def _opens_clause(text: str, unit: Unit, title: Span) -> bool:
    """Whether nothing that could be another organisation's name stands right before *title*."""
    return title.start == unit.span.start or not (
        text[title.start - 1].isalnum() or text[title.start - 1] in "”’》）)"
    )


def _title_ending_at(
    text: str, unit: Unit, end: int, mentions: Sequence[Mention], types: dict[str, EntityType]
) -> Span | None:
    """The longest title that closes at *end* and begins within no body's name (渣打|银行…主管)."""
    bodies = [m.span for m in mentions if types[m.entity] in ("company", "institution")]
    for start in range(max(unit.span.start, end - 24), end - 1):
        if any(body.start < start < body.end for body in bodies):
            continue
        if TITLE.fullmatch(text, start, end):
            return Span(start, end)
    return None


def _spoken_of(
    analysis: Analysis, position: int, title: Span, types: dict[str, EntityType]
) -> str | None:
    """The organisation that the paragraph speaks of before *title*."""
    here = analysis.units[position]
    for unit in reversed(analysis.units[: position + 1]):
        if unit is not here and unit.block != here.block:
            return None
        found = [
            m
            for m in single(analysis.mentions_in(unit.span))
            if m.span.end <= title.start and types[m.entity] in ("company", "institution")
        ]
        if found:
            return found[-1].entity
    return None


def _after_person(
    analysis: Analysis,
    unit: Unit,
    person: Mention,
    mentions: Sequence[Mention],
    types: dict[str, EntityType],
) -> Office | None:
    text = analysis.text
    takes = _TAKES.match(text, person.span.end, unit.span.end)
    if takes is None:
        return None
    for holder in mentions:
        if holder.span.start == takes.end() and types[holder.entity] in _ORGANISATIONS:
            title = TITLE.match(text, holder.span.end, unit.span.end)
            if title is not None:
                span = Span(person.span.start, title.end())
                return _office(analysis, unit, span, person, title[0], holder.entity)
    return None


def _office(
    analysis: Analysis,
    unit: Unit,
    span: Span,
    person: Mention,
    title: str,
    organisation: str | None,
) -> Office:
    return Office(
        span=span,
        person=person.entity,
        title=title,
        organisation=organisation,
        sentence=sentence_of(unit),
        support=support_of(analysis.document, span),
    )
