"""Records of asking and answering. Frozen, like those of `kg.records`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Verdict: TypeAlias = Literal["supported", "refuted", "not_enough_info"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question with the earlier questions of its conversation, oldest first."""

    text: str
    id: str | None = None
    history: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One passage behind an answer: ``text`` is the stored text of *doc* from *start* to *end*."""

    ref: str  # as printed in the answer: [5], [¶31], [DOC:5]; adjacent ones together: [5][6]
    doc: str
    start: int
    end: int
    text: str
    citations: tuple[str, ...]  # source numbers of that passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One sentence of an answer, judged."""

    text: str
    citations: tuple[str, ...]
    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the system says to one question (`Answer` of the interchange formats)."""

    question: str
    answer: str
    abstained: bool
    doc: str | None  # the document that bare numbers belong to; None where several are in play
    citations: tuple[str, ...]
    sources: tuple[Source, ...]
    claims: tuple[Claim, ...]
    query: str | None
    engine: str
    elapsed_ms: float
    id: str | None = None
