"""Whether a figure bears on a claim: its subject, metric, direction and place."""

from __future__ import annotations

from kg.records import Quantity
from qa.answering.classes import RATES
from qa.answering.facts.amounts import equal
from qa.answering.facts.matching import Match
from qa.answering.facts.metrics import asked_metrics, of_another_noun
from qa.answering.facts.naming import is_subject
from qa.answering.facts.polarity import opposite
from qa.answering.facts.stance import contrary, stances, stances_of
from qa.answering.question.rewording import stated
from qa.answering.question.understand import Intent
from qa.answering.text import bigrams, fold
from qa.answering.view import Fact


def comes_near(m: Match, intent: Intent) -> bool:
    """Whether a figure of a metric that was not asked for may be what is claimed.

    A rate of another kind beside the word is not: 较预期高出1.9%, of 同比下降11%.
    """
    figure = m.fact.figure
    if of_another_noun(m.fact, intent, asked_metrics(intent)[1]):
        return False
    told = figure.metric in intent.metric_classes or figure.metric == "forecast"
    return told or figure.unit not in RATES or any(equal(figure, q) for q in intent.quantities)


def says_subject(fact: Fact, intent: Intent) -> bool:
    """Whether a claim that names nothing known says anything of the figure's subject."""
    own = bigrams(fold(fact.figure.subject))
    return bool(intent.names) or not own or any(piece in fold(intent.question) for piece in own)


def beside_names(fact: Fact, intent: Intent) -> bool:
    """Whether the figure's sentence or its setting names all that the claim does."""
    present = fact.view.names_in.get(fact.figure.sentence, frozenset())
    return all(
        is_subject(fact, name)
        or present & set(name.entities)
        or fold(name.surface) in fact.whole + fact.setting
        or fact.view.told_of(fact.figure) in name.entities
        for name in intent.names
    )


def points_away(fact: Fact, asked: Quantity, intent: Intent) -> bool:
    """Whether the figure is of a fall, a loss or an outflow, and the claim of the reverse."""
    claim = fold(stated(intent.question))
    claimed = stances(claim, at=claim.find(fold(asked.text)))
    return contrary(claimed, stances_of(fact)) or opposite(claim, fact.segment)


def in_another_place(fact: Fact, intent: Intent) -> bool:
    """Whether the sentence names another place than the question."""
    present = fact.view.names_in.get(fact.figure.sentence, frozenset())
    places = {
        i for i in present if i in fact.view.entities and fact.view.entities[i].type == "place"
    }
    return any(
        set(name.types) == {"place"}
        and not present & set(name.entities)
        and fold(name.surface) not in fact.whole + fact.setting
        and bool(places)
        for name in intent.names
    )
