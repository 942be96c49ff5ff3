"""References to what became an entity only because a figure is about it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.language.analysis import Analysis
from ingest.language.coreference import resolve_references
from ingest.language.units import reading_units
from kg.records import Mention, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ingest.language.references import Kind
    from ingest.records import Recognition
    from kg.records import Document, Entity

_SHORTEST = 2  # characters of a name that is looked for in the text
_KINDS: tuple[Kind, ...] = ("demonstrative", "ordinal", "plural")  # they tell what they look for


def with_late_references(
    document: Document, recognition: Recognition, entities: Iterable[Entity]
) -> tuple[Mention, ...]:
    """The mentions of *entities*, with the open references to those of them that came later.

    *entities* hold what is kept of those of *recognition*, and the later ones.
    """
    entities = list(entities)
    kept = {entity.id for entity in entities}
    told = tuple(mention for mention in recognition.mentions if mention.entity in kept)
    known = {entity.id for entity in recognition.entities}
    late = [entity for entity in entities if entity.id not in known]
    if not late:
        return told
    units = [
        replace(unit, tokens=recognition.tokens[unit.sentence])
        if unit.sentence is not None
        else unit
        for unit in reading_units(document)
    ]
    named = list(_named(document.text, late, told))
    mentions = sorted((*told, *named), key=lambda m: m.span.start)
    analysis = Analysis(document=document, units=units, entities=entities, mentions=mentions)
    resolve_references(analysis, kinds=_KINDS)
    spans = {mention.span for mention in mentions}
    found = [mention for mention in analysis.mentions if mention.span not in spans]
    return tuple(sorted((*told, *found), key=lambda m: m.span.start))


def _named(text: str, late: Sequence[Entity], mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Where *text* names the late entities, the longest name first, between *mentions*."""
    taken = [mention.span for mention in mentions]
    for entity in sorted(late, key=lambda e: -len(e.name)):
        start = text.find(entity.name) if len(entity.name) >= _SHORTEST else -1
        while start >= 0:
            span = Span(start, start + len(entity.name))
            place = bisect_left(taken, span.end, key=lambda other: other.start)
            if place == 0 or taken[place - 1].end <= span.start:
                taken.insert(place, span)
                yield Mention(span=span, text=entity.name, entity=entity.id, how="name", score=1.0)
            start = text.find(entity.name, span.end)
