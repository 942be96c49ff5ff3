"""What planning hands to composing: sentences with the evidence that each rests on."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from qa.answering.phrase import sentence_words
from qa.answering.references import Evidence, best_mention, mark, of_fact
from qa.answering.view import DocumentView, Fact

_VERDICT: Final = re.compile(r"(?:是的|不对|一致|不一致)[，：]")


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of an answer, without references and full stop."""

    text: str
    evidence: tuple[Evidence, ...]
    bullet: bool = False
    proof: str | None = None  # why its passages support it, once that was judged


def in_full(line: Line) -> Line | None:
    """The bare sentence that *line* rests on, for one to which something unproved is added."""
    verdict = _VERDICT.match(line.text)
    if not line.evidence:
        return None
    item = line.evidence[0]
    words = sentence_words(item.view.text, item.span)
    if verdict is None and not line.text.endswith(words):
        return None  # a phrase of ours
    text = f"{verdict[0] if verdict else ''}{words}"
    return replace(line, text=text, evidence=(item,), proof=None)


def in_sentence(line: Line) -> Line | None:
    """The sentence that *line* rests on, in its own words; None for one that rests on several."""
    if len(line.evidence) != 1:
        return None
    item = line.evidence[0]
    return replace(line, text=sentence_words(item.view.text, item.span), proof=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An answer before its references are printed."""

    lines: tuple[Line, ...]
    facts: tuple[Fact, ...] = ()  # what was looked up or computed from
    arithmetic: str | None = None
    confidence: float = 0.5  # 0 to 1, to choose between documents

    @property
    def doc(self) -> str:
        """The document that the first line rests on."""
        return self.lines[0].evidence[0].view.doc


@dataclass(frozen=True, slots=True)
class Workspace:
    """The documents in play, and the search over their sentences.

    *search* takes a query and a number, and gives (document, sentence index,
    score from 0 to 1) best first.
    """

    views: tuple[DocumentView, ...]
    search: Callable[[str, int], Sequence[tuple[str, int, float]]]

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All facts of the documents in play."""
        return tuple(fact for view in self.views for fact in view.facts)


def cite(*facts: Fact) -> tuple[Evidence, ...]:
    """The evidence of *facts*, each by the mention that is best to cite."""
    return tuple(of_fact(fact) for fact in facts)


def best_of(fact: Fact, facts: Sequence[Fact]) -> Fact:
    """The mention of *fact* among *facts* that has the fewest references.

    Only mentions in the same document that give the same period, or none, count as
    the same fact.
    """
    same = [
        other
        for other in facts
        if other.doc == fact.doc and other.key == fact.key and _same_time(other, fact)
    ]
    return best_mention(same or [fact])


def _same_time(one: Fact, other: Fact) -> bool:
    a, b = one.figure, other.figure
    if a.period == b.period or a.period is None or b.period is None:
        return True
    return (a.period_begin, a.period_end) == (b.period_begin, b.period_end) or (
        a.period in b.period or b.period in a.period
    )


def in_print(line: Line, *, several: bool) -> str:
    """*line* with its references, as it stands in an answer; *several* documents are in play."""
    body = re.sub(r"[。；;，,\s]+$", "", line.text) + mark(line.evidence, several=several)
    return f"- {body}" if line.bullet else f"{body}。"
