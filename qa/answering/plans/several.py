"""Several things asked at once: what one sentence tells together is told together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from qa.answering.draft import Draft, Line
from qa.answering.facts.metrics import asked_metrics
from qa.answering.plans import lookup
from qa.answering.plans.passages import with_lead
from qa.answering.question.understand import Intent, split
from qa.answering.references import of_sentence
from qa.answering.view import Fact

_ASKED: Final = re.compile(
    r"多少|(?<![哪好])几(?!乎)|什么|多[大高长久快]|如何|怎么样|怎样|咋样|哪|谁"
)
_ROW: Final = re.compile(r"[、和与及]|以及|并")
_LONGEST: Final = 200  # characters of a sentence that stands in for a figure
_PLAIN: Final = frozenset({"lookup", "difference", "list", "how", "when", "where"})


def whole(draft: Draft | None, intents: Sequence[Intent], question: str) -> Draft | None:
    """*draft* with its first figure's sentence in full, where it tells less than is asked.

    In 成交了多少？比上一日缩了多少？ the second figure may have no name of its own, but it
    stands beside the first.
    """
    if draft is None or not draft.facts or any(i.kind not in _PLAIN for i in intents):
        return draft
    first = draft.facts[0]
    named = {name.surface for intent in intents for name in intent.names}
    own = [f for f in draft.facts if len(named) > 1 or _same_subject(f, first)]
    if len(own) >= _asked(question, intents) or any(line.bullet for line in draft.lines):
        return draft
    view, index = first.view, first.figure.sentence
    sentence = view.sentences[index]
    beside = [f for f in view.facts if f.figure.sentence == index]
    words = with_lead(view, index)
    numbers = all(intent.asks_number for intent in intents)
    if sentence.kind == "table" or len(words) > _LONGEST or (numbers and len(beside) < 2):
        return draft
    others = tuple(lookup.lines_of([f for f in own if f.figure.sentence != index]))
    lines = (Line(words, (of_sentence(view, index),)), *others)
    return replace(draft, lines=lines, facts=tuple(own))


def _asked(question: str, intents: Sequence[Intent]) -> int:
    """How many things *question* asks for."""
    parts = split(question)
    counted = len(_ASKED.findall(question))
    if len(parts) > 1:
        return max(len(parts), counted)
    if counted and "分别" in question:
        counted = max(counted, len(_ROW.findall(question.partition("分别")[0])) + 1)
    return max(counted, *(len(asked_metrics(intent)[0]) for intent in intents))


def _same_subject(fact: Fact, first: Fact) -> bool:
    a, b = fact.figure, first.figure
    return fact.view is first.view and (a.entity or a.subject) == (b.entity or b.subject)
