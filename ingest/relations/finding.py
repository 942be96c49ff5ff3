"""From the sentences of a document to its relations."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, TypeVar

from ingest.relations.causes import causes
from ingest.relations.drafts import Draft
from ingest.relations.events import events
from ingest.relations.investments import investments
from ingest.relations.membership import listed, memberships
from ingest.relations.performance import performances
from ingest.relations.reasons import reasons
from ingest.relations.scene import Scene, scene_of
from ingest.relations.telling import Telling
from ingest.relations.trade import trades
from kg.records import Argument, Relation, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ingest.records import Recognition, Token
    from kg.records import CitationMark, Document, Figure, Mention, Period, Sentence

    Located = TypeVar("Located", Mention, Figure, CitationMark, Period, Token)

_SILENT = frozenset(("table", "caption", "references", "title", "meta", "furniture", "heading"))
_LONGEST = 600  # characters: beyond this a sentence is a list, not a statement
# A sentence without any of these holds no relation.
_WORTH = re.compile(
    "推|动|使|令|让|致|引|造|带|拖|提|支|压|冲|打|催|影|因|由于|鉴|益|源于|源自|归|来自|依赖|取决|原因|理由|动力|因素|受|遭|被|为|给|对|得|"
    "加|改|降|削|限|抑|缓|刺激|跑赢|跑输|优于|强于|弱于|逊|领|落后|胜|超|不及|好于|等|包括|涵盖|旗下|子公司|成分|成员|跻身|"
    "纳入|入选|之一|属|从而|进而|发布|上线|量产|研发|生产|供|采购|客户|交付|投|建|购|入股|增资|参股|设立|成立|上市|挂牌|退市|产|停牌|公布|披露|召开|举|"
    "[（(]"
)


def relations_of(
    document: Document,
    recognition: Recognition,
    *,
    figures: Sequence[Figure],
    periods: Sequence[Sequence[Period]],
) -> tuple[Relation, ...]:
    """The relations that the sentences of *document* tell, by place.

    *figures* are those of the document, *periods* the time expressions of each sentence.
    """
    telling = Telling(document, recognition.statements)
    types = {entity.id: entity.type for entity in recognition.entities}
    found: list[Relation] = []
    for index, sentence in enumerate(document.sentences):
        span = sentence.span
        if sentence.kind in _SILENT or span.end - span.start > _LONGEST:
            continue
        if not _WORTH.search(document.text, span.start, span.end):
            continue
        mentions = _within(recognition.mentions, span)
        scene = scene_of(
            document.text,
            span,
            tokens=recognition.tokens[index],
            mentions=mentions,
            types=types,
            marks=[mark.span for mark in _within(document.marks, span)],
            lead=_lead(document, recognition, sentence),
        )
        drafts = _drafts(scene, _within(figures, span), _places(scene, periods[index]))
        told = [telling.relation(index, scene, draft) for draft in drafts]
        for group, member, bracket in listed(document.text, span, mentions, dict(types)):
            told.append(telling.listed(index, group, member, bracket))
        found += [relation for relation in told if relation is not None]
    return _distinct(found)


def _drafts(
    scene: Scene, figures: Sequence[Figure], periods: list[tuple[int, int]]
) -> Iterator[Draft]:
    yield from causes(scene)
    yield from reasons(scene)
    yield from performances(scene, figures, periods)
    yield from memberships(scene)
    yield from trades(scene)
    yield from investments(scene, figures)
    yield from events(scene, periods)


def _lead(document: Document, recognition: Recognition, sentence: Sentence) -> Argument | None:
    """The run-in heading of a sentence as a side of its relations."""
    lead = sentence.lead
    if lead is None:
        return None
    within = _within(recognition.mentions, lead)
    first = within[0] if within and within[0].span.start == lead.start else None
    return Argument(span=lead, text=lead.of(document.text), entity=first.entity if first else None)


def _places(scene: Scene, periods: Sequence[Period]) -> list[tuple[int, int]]:
    found = [scene.place(period.span) for period in periods]
    return [(start, end) for start, end in found if start < end]


def _within(records: Sequence[Located], span: Span) -> list[Located]:
    """Those of *records*, which are in order of the text, that start within *span*."""
    first = bisect_left(records, span.start, key=lambda record: record.span.start)
    last = bisect_left(records, span.end, key=lambda record: record.span.start)
    return [record for record in records[first:last] if record.span.end <= span.end]


def _distinct(found: list[Relation]) -> tuple[Relation, ...]:
    """Each relation once, by place: of two with the same sides the first found stays."""
    kept: dict[tuple[object, ...], Relation] = {}
    for relation in found:
        key = (relation.kind, relation.subject.span, relation.object.span)
        kept.setdefault(key, relation)
    return tuple(sorted(kept.values(), key=lambda r: (r.span.start, r.span.end, r.kind)))
