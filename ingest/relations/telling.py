"""How a relation is told: denied, foreseen, from hearsay, in whose words, on which sources."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from ingest.language.manner import HEARSAY
from ingest.relations.words import CONDITION, FORECAST, NEGATION
from ingest.structure import support_of
from kg.records import Argument, Relation, Span

_ASKED = re.compile("会不会|是否|能否|能不能|是不是|有没有|如何|怎样")
_TO_COME = re.compile(
    "预计|有望|或将|料将|将(?=会|继续|进一步|面临|受|[下上]降|上升|下滑|[增减]|回|迎|保持|维持|成为|有|不|延续|达|超|突破|承压)"
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.relations.drafts import Draft
    from ingest.relations.scene import Scene
    from kg.records import Document, Mention, Modality, Statement


class Telling:
    """Makes relations of the drafts of one document."""

    def __init__(self, document: Document, statements: Sequence[Statement]) -> None:
        self._document = document
        self._statements = statements
        self._starts = [statement.span.start for statement in statements]

    def relation(self, sentence: int, scene: Scene, draft: Draft) -> Relation | None:
        """The relation of a draft; none if its two sides are one, or one holds the other."""
        one, other = draft.subject.span, draft.object.span
        if draft.kind != "cause" and one.start < other.end and other.start < one.end:
            return None
        if one == other or one.start >= one.end or other.start >= other.end:
            return None
        whole = self._document.sentences[sentence].span
        cue = scene.span(*draft.cue)
        parts = [cue, one, other, draft.amount, draft.place.span if draft.place else None]
        inside = [part for part in parts if part is not None and whole.contains(part)]
        span = Span(min(p.start for p in inside), max(p.end for p in inside))
        statement = self._told_in(span)
        until = draft.cue[0] if draft.until is None else draft.until
        tail = scene.text[draft.tail : until]
        clause = scene.clauses[scene.clause_of(draft.cue[0])]
        if _ASKED.search(scene.text, clause.start, draft.cue[1]):
            return None  # 会不会侵蚀利润 leaves it open
        return Relation(
            kind=draft.kind,
            span=span,
            text=span.of(self._document.text),
            cue=cue,
            subject=draft.subject,
            object=draft.object,
            amount=draft.amount,
            place=draft.place,
            period=draft.period,
            modality=self._modality(scene, draft, tail, statement),
            negated=NEGATION.search(tail) is not None,
            speaker=statement.speaker if statement else None,
            sentence=sentence,
            support=support_of(self._document, span),
        )

    def listed(
        self, sentence: int, group: Mention, member: Mention, bracket: Span
    ) -> Relation | None:
        """A member that stands in brackets behind its group."""
        span = Span(group.span.start, member.span.end)
        statement = self._told_in(span)
        return Relation(
            kind="membership",
            span=span,
            text=span.of(self._document.text),
            cue=bracket,
            subject=Argument(span=member.span, text=member.text, entity=member.entity),
            object=Argument(span=group.span, text=group.text, entity=group.entity),
            amount=None,
            place=None,
            period=None,
            modality="reported",
            negated=False,
            speaker=statement.speaker if statement else None,
            sentence=sentence,
            support=support_of(self._document, span),
        )

    def _told_in(self, span: Span) -> Statement | None:
        """The shortest statement that holds *span*."""
        last = bisect_left(self._starts, span.end)
        holding = [s for s in self._statements[:last] if s.span.contains(span)]
        return min(holding, key=lambda s: s.span.end - s.span.start, default=None)

    def _modality(
        self, scene: Scene, draft: Draft, tail: str, statement: Statement | None
    ) -> Modality:
        if HEARSAY.search(scene.text, 0, draft.cue[1]):
            return "hearsay"
        if draft.conditional or FORECAST.search(tail) or _supposed(scene, draft.cue[0]):
            return "forecast"
        if draft.kind == "cause" and _TO_COME.search(draft.object.text):
            return "forecast"
        if statement is not None and statement.modality != "reported":
            return statement.modality
        return "reported"


def _supposed(scene: Scene, position: int) -> bool:
    """Whether a clause before *position* names the case that all this is told of."""
    for index in range(scene.clause_of(position), -1, -1):
        clause = scene.clauses[index]
        if CONDITION.match(scene.text, clause.start):
            return True
        if clause.opener in ("；", "。"):
            return False
    return False
