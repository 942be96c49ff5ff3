"""Why-questions by the causes that sentences claim: which claim explains what is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.records import Argument, Relation
from qa.answering.question.understand import Intent
from qa.answering.text import bigrams, fold, term_coverage
from qa.answering.view import DocumentView

CAUSING = re.compile("支撑|推动|原因|主因|根源|拖累|影响|带动|导致|因素|驱动|理由|解释|说")
"""What a question calls the cause or the causing, which tells nothing of the effect."""
_SHORT = 3  # characters of an effect that only points at what was told before
_DEMONSTRATIVE = re.compile("^[这该其此](?:[种些个轮次])?")


def claimed(view: DocumentView, index: int) -> Sequence[Relation]:
    """The causes that sentence *index* claims, and does not deny."""
    return [
        relation
        for relation in view.extraction.relations
        if relation.sentence == index and relation.kind == "cause" and not relation.negated
    ]


def explained(view: DocumentView, causes: Sequence[Relation], intent: Intent) -> float:
    """How well what *intent* asks about is the effect of one of *causes*, from 0 to 1.

    The harmonic mean of how much of the question the effect speaks of, and how much of the effect
    the question does: a long effect that mentions what is asked explains something else.
    """
    asked = [word for word in dict.fromkeys(intent.words) if not CAUSING.fullmatch(word)]
    return max((_match(view, cause.object, asked, intent) for cause in causes), default=0.0)


def explains_another(view: DocumentView, causes: Sequence[Relation], intent: Intent) -> bool:
    """Whether there are *causes*, and all of them are told of something that is not asked about.

    What is told in a word or two (其, 流出), or of a figure alone, may well be what is asked.
    """
    return bool(causes) and all(_another(view, cause.object, intent) for cause in causes)


def _another(view: DocumentView, effect: Argument, intent: Intent) -> bool:
    words, question = fold(effect.text), fold(intent.question)
    if any(piece in question for piece in bigrams(words)) or any(
        term_coverage(word, words) for word in intent.words
    ):
        return False
    named = [
        mention.entity
        for mention in view.extraction.mentions
        if effect.span.contains(mention.span) and mention.how != "reference"
    ]
    if set(named) & intent.entities:
        return False
    amounts = any(effect.span.contains(f.span) for f in view.extraction.figures)
    return bool(named) if amounts else len(words) > _SHORT


def _match(view: DocumentView, effect: Argument, asked: Sequence[str], intent: Intent) -> float:
    words = _DEMONSTRATIVE.sub("", fold(effect.text))
    entity = view.entities.get(effect.entity or "")
    names = [fold(name) for name in (entity.name, *entity.aliases)] if entity else []
    met = [
        name
        for name in intent.names
        if fold(name.surface) in words or effect.entity in name.entities
    ]
    wanted = sum(map(len, asked)) + sum(len(name.surface) for name in intent.names)
    said = sum(len(word) * term_coverage(word, words) for word in asked)
    said += sum(len(name.surface) for name in met)
    covered: set[int] = set()
    for piece in (*asked, *names, *(fold(name.surface) for name in met)):
        for found in re.finditer(re.escape(piece), words) if piece else ():
            covered.update(range(*found.span()))
    recall = said / wanted if wanted else 0.0
    precision = len(covered) / len(words) if words else 0.0
    return 2 * recall * precision / (recall + precision) if recall + precision else 0.0
