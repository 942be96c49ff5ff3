"""Which of the drafts from several documents is said: one, or two that tell it differently."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from qa.answering.draft import Draft
from qa.answering.text import fold
from qa.answering.view import Fact

_BY_DOCUMENT: Final = 0.8  # of the choice: how likely the document is the one asked about
_AS_GOOD: Final = 0.85  # of the best: what may be what was asked for just as well
_LOOSE: Final = frozenset({"other", "forecast", "count", "level"})  # classes of unlike metrics
_MOST_TOLD: Final = 3  # figures of an answer that another document may tell otherwise


def ranked(drafts: Sequence[tuple[Draft, float]]) -> list[Draft]:
    """Each of *drafts*, with how likely its document is, the best first.

    Where another document as good gives another value of the same, the first tells both.
    """
    weighed = sorted(
        ((d.confidence * (1 - _BY_DOCUMENT + _BY_DOCUMENT * likely), d) for d, likely in drafts),
        key=lambda pair: -pair[0],
    )
    best = [draft for _, draft in weighed]
    if len(weighed) < 2 or weighed[1][0] < _AS_GOOD * weighed[0][0]:
        return best
    first, second = best[:2]
    if not _differ(first, second) and not _lists(first, second):
        return best
    lines = tuple(dict.fromkeys((*first.lines, *second.lines)))
    return [replace(first, lines=lines, facts=(*first.facts, *second.facts)), *best]


def _lists(*drafts: Draft) -> bool:
    """Whether all are lists that are no figures: of those asked for each names some."""
    return all(line.bullet for draft in drafts for line in draft.lines) and not any(
        draft.facts for draft in drafts
    )


def _differ(one: Draft, other: Draft) -> bool:
    """Whether both tell the same of the same things, and give other values or times."""
    if not 0 < len(one.facts) == len(other.facts) <= _MOST_TOLD:
        return False
    mine, theirs = ({_thing(f): f for f in draft.facts} for draft in (one, other))
    return mine.keys() == theirs.keys() and any(mine[k].key != theirs[k].key for k in mine)


def _thing(fact: Fact) -> tuple[str, ...]:
    """What *fact* measures, of what, in which unit."""
    f = fact.figure
    words = f.metric_words or "" if f.metric in _LOOSE else ""
    return (f.entity or fold(f.subject), f.metric, f.unit, words)
