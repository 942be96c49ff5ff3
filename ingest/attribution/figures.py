"""From the quantities of a document to its figures."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeVar

from ingest.attribution.cues import AUTONOMOUS_END_RE, MEASURE_OF
from ingest.attribution.entities import with_subjects
from ingest.attribution.inheritance import Memory
from ingest.attribution.names import GENERIC, Name
from ingest.attribution.naming import Namer
from ingest.attribution.rates import BARE, unit_of_bare
from ingest.attribution.sentences import Draft, breaks_down, read_sentence
from ingest.attribution.tables import read_row
from ingest.attribution.times import Time
from ingest.attribution.view import View, view_of
from ingest.periods import find_periods
from ingest.records import Plural, Recognition, Token, plurals_of, single
from ingest.structure import support_of
from kg.records import (
    CitationMark,
    Document,
    Entity,
    Figure,
    Mention,
    Period,
    Quantity,
    Sentence,
    Span,
)

_MOST = 60
_REALISED = frozenset(
    ("volume", "revenue", "profit", "margin", "share", "growth_yoy", "growth_qoq", "level")
)
"""Metrics that a later year can only be expected to have; a seller's prices can be set ahead."""

Located = TypeVar("Located", Quantity, Period, Mention, CitationMark, Token, Plural)


@dataclass(frozen=True, slots=True)
class Attribution:
    """The figures of a document, and its entities: those recognised and those that figures add."""

    figures: tuple[Figure, ...]
    entities: tuple[Entity, ...]


def attribute(
    document: Document,
    recognition: Recognition,
    *,
    quantities: Sequence[Sequence[Quantity]],
    periods: Sequence[Sequence[Period]],
) -> Attribution:
    """Give every quantity of *document* its subject, metric, sign, period and support.

    *quantities* and *periods* hold one sequence for each sentence of the
    document, in order, with offsets of the stored text; for the row of a table
    the quantities of its cells.
    """
    plurals = plurals_of(recognition.mentions, {e.id: e.name for e in recognition.entities})
    recognition = replace(recognition, mentions=tuple(single(recognition.mentions)))
    namer = Namer(recognition.entities, recognition.offices)
    drafts: list[tuple[int, Draft]] = []
    memory = Memory()
    block: int | None = None
    for index, sentence in enumerate(document.sentences):
        if sentence.kind == "references":
            continue
        if sentence.block != block:
            same = index and document.sentences[index - 1].section == sentence.section
            block = sentence.block
            goes_on = sentence.kind == "bullet" or breaks_down(sentence.span.of(document.text))
            memory = Memory(
                time=(memory.time if same and goes_on else None) or _introduced(document, sentence),
                day=memory.day,
                bank=memory.bank,
            )
        if sentence.kind == "table":
            found = read_row(
                document, index, namer, memory, quantities=quantities[index], periods=periods
            )
            drafts.extend((index, draft) for draft in found)
            continue
        if sentence.lead is not None:
            memory = _led(document, recognition, sentence, namer, memory)
        for span in _stretches(sentence.span, quantities[index]):
            inside = _within(quantities[index], span)
            view = _view(document, recognition, index, span, inside, periods[index], plurals)
            found, memory = read_sentence(view, namer, memory)
            drafts.extend((index, draft) for draft in found)
    fallback = _main_subject(document, recognition, namer)
    named = [(index, draft, draft.name or fallback) for index, draft in drafts]
    entities = with_subjects(
        document,
        recognition,
        [(name, draft.quantity.span.start) for _, draft, name in named if name is not None],
    )
    ids = {name: entity.id for entity in entities for name in (entity.name, *entity.aliases)}
    figures = tuple(
        figure
        for index, draft, name in named
        if name and (figure := _figure(document, index, draft, name, ids))
    )
    return Attribution(figures=figures, entities=entities)


def _figure(
    document: Document,
    index: int,
    draft: Draft,
    name: Name,
    ids: dict[str, str],
) -> Figure | None:
    quantity, metric, modality = draft.quantity, draft.reading.metric, draft.modality
    unit = unit_of_bare(quantity, name) if quantity.unit == BARE else quantity.unit
    if unit is None and draft.reading.measure == "count" and quantity.text[-1] in "万亿":
        unit, metric = "count", "count"  # 活跃用户超过8亿
    if unit is None:
        return None
    time = draft.time or Time("")
    published = document.metadata.published
    if metric in _REALISED and time.begin and published and time.begin.year > published.year:
        metric, modality = "forecast", "forecast"  # 把年产能提高到2027年底的120万台
    return Figure(
        span=quantity.span,
        text=quantity.text,
        value=quantity.value,
        low=quantity.low,
        high=quantity.high,
        unit=unit,
        approximate=quantity.approximate,
        subject=name.text,
        entity=name.entity or ids.get(name.text),
        metric=metric,
        metric_words=draft.reading.words,
        basis=draft.reading.basis,
        comparator=draft.reading.comparator,
        modality=modality,
        speaker=draft.speaker,
        negated=draft.negated,
        period=time.text or None,
        period_begin=time.begin,
        period_end=time.end,
        sentence=index,
        support=support_of(document, quantity.span),
    )


def _introduced(document: Document, sentence: Sentence) -> Time | None:
    """The period that a heading which introduces what follows names, as 4月交付数据如下 does."""
    if sentence.section is None or not sentence.section.endswith(("：", ":")):
        return None
    found = find_periods(sentence.section, reference=document.metadata.published)
    return Time.of(found[-1]) if found else None


def _view(
    document: Document,
    recognition: Recognition,
    index: int,
    span: Span,
    quantities: Sequence[Quantity],
    periods: Sequence[Period],
    plurals: Sequence[Plural],
) -> View:
    tokens = recognition.tokens[index] if index < len(recognition.tokens) else ()
    return view_of(
        document.text,
        span,
        tokens=_within(tokens, span),
        quantities=quantities,
        periods=[
            p
            for p in _within(periods, span)
            if not _overlaps(p.span, quantities)
            and not _splits(p.span, tokens)
            and not _glosses(p, periods, document.text)
        ],
        mentions=_within(recognition.mentions, span),
        plurals=_within(plurals, span),
        marks=[mark.span for mark in _within(document.marks, span)],
    )


def _stretches(span: Span, quantities: Sequence[Quantity]) -> list[Span]:
    """*span* cut so that no stretch holds more quantities than a sentence can be meant to.

    What the rules do is quadratic in the length of a sentence; a list of a
    thousand figures without a full stop must not become slow.
    """
    cuts = [quantities[i].span.start for i in range(_MOST, len(quantities), _MOST)]
    return [Span(a, b) for a, b in pairwise((span.start, *cuts, span.end))]


def _splits(span: Span, tokens: Sequence[Token]) -> bool:
    """Whether *span* begins with the last letter of a verb: 来年 in 迎来年内第五次."""
    at = bisect_left(tokens, span.start, key=lambda token: token.span.start)
    if at == 0 or (at < len(tokens) and tokens[at].span.start == span.start):
        return False
    cut = tokens[at - 1]
    return cut.tag.startswith("v") and cut.span.start < span.start < cut.span.end


def _glosses(period: Period, periods: Sequence[Period], text: str) -> bool:
    """Whether *period* stands in a bracket behind the day that it only explains: 13日（周五）."""
    start, end = period.span.start - 1, period.span.end
    return (
        text[start : start + 1] in tuple("（(")
        and text[end : end + 1] in tuple("）)")
        and any(other.span.end == start and other.kind == "day" for other in periods)
    )


def _overlaps(span: Span, quantities: Sequence[Quantity]) -> bool:
    return any(q.span.start < span.end and span.start < q.span.end for q in quantities)


def _within(records: Sequence[Located], span: Span) -> Sequence[Located]:
    """Those of *records*, which are in order of the text, that start within *span*."""
    first = bisect_left(records, span.start, key=lambda record: record.span.start)
    last = bisect_left(records, span.end, key=lambda record: record.span.start)
    return records[first:last]


def _led(
    document: Document, recognition: Recognition, sentence: Sentence, namer: Namer, memory: Memory
) -> Memory:
    """What a run-in heading, the subject of the next line, leaves in force."""
    lead = sentence.lead
    if lead is None:
        return memory
    words = lead.of(document.text)
    mentions = _within(recognition.mentions, lead)
    name = namer.by_mention(mentions[-1]) if mentions else namer.of_words(words)
    bare = words in MEASURE_OF and AUTONOMOUS_END_RE.fullmatch(words) is None  # 回购
    if name is None or name.strength < GENERIC or bare:
        return memory
    return replace(memory, topic=name)


def _main_subject(document: Document, recognition: Recognition, namer: Namer) -> Name | None:
    """What the document is about: the first name of its title, else the first of its text."""
    for mention in recognition.mentions:
        name = namer.by_mention(mention)
        if name is not None and name.type not in ("place", "person"):
            return name
    return Name(document.metadata.title, None, 0) if document.metadata.title else None
