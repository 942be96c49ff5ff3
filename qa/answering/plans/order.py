"""Which ways of answering are tried for a question, in order."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from qa.answering.classes import GROWTH
from qa.answering.draft import Draft, Workspace
from qa.answering.facts.metrics import asked_metrics
from qa.answering.plans import (
    compare,
    consistency,
    difference,
    expected,
    lookup,
    members,
    options,
    passages,
    people,
    reasons,
    speakers,
    summary,
    totals,
    undo,
    upcoming,
    verify,
    voices,
)
from qa.answering.plans.audited import weighed
from qa.answering.question.cues import MOST
from qa.answering.question.kinds import Kind
from qa.answering.question.understand import Intent

Plan = Callable[[Workspace, Intent], Draft | None]

_PLANS: dict[Kind, tuple[Plan, ...]] = {
    "advice": (),
    "small_talk": (),
    "source": (summary.by_source,),
    "about": (summary.about,),
    "summary": (summary.summary,),
    "consistency": (weighed, consistency.consistency, verify.verify),
    "verify": (weighed, verify.verify),
    "why": (reasons.why,),
    "who": (speakers.who, compare.superlative),
    "superlative": (options.by_words, compare.superlative, passages.sentence_answer),
    "comparison": (
        options.by_words,
        compare.comparison,
        options.among_names,
        difference.against_itself,
        compare.superlative,
        passages.sentence_answer,
    ),
    "difference": (difference.difference, difference.moved, difference.told_gap),
    "list": (people.offices, passages.by_section, lookup.list_facts, passages.named_things),
    "when": (passages.sentence_answer,),
    "where": (passages.sentence_answer,),
    "how": (people.words_of, passages.sentence_answer, lookup.look_up),
    "lookup": (people.words_of, lookup.look_up, passages.sentence_answer),
}


_PERSON: Final = re.compile("[他她]")


def plans_of(intent: Intent) -> tuple[Plan, ...]:
    """The ways to answer *intent*, the likeliest first; none for what is not answered."""
    plans = _PLANS[intent.kind]
    if intent.kind == "who" and (intent.quoted or not MOST.search(intent.question)):
        plans = (speakers.who,)
    if intent.kind in ("who", "when", "where", "how") and intent.asks_number:
        plans = (lookup.look_up, *plans)
    asked, _ = asked_metrics(intent)
    if (
        intent.kind == "difference"
        and len(intent.names) < 2
        and asked
        and all(set(c) <= GROWTH for _, c in asked)
        and not (len(intent.periods) == 2 and intent.units[:1] == ("percentage_point",))
    ):
        plans = (difference.moved, lookup.look_up)  # a rate is stated, not computed
    if intent.kind == "comparison" and len(intent.names) == 1:
        plans = (  # 涨了还是跌了
            options.by_words,
            compare.comparison,
            options.among_names,
            difference.against_itself,
            lookup.look_up,
            passages.sentence_answer,
        )
    if intent.kind == "lookup" and intent.metric_classes == {"relative_return"}:
        plans = (difference.difference, lookup.look_up)  # 跑赢多少: stated, or by their moves
    elif intent.kind == "lookup" and difference.asks_move(intent):
        apart = len(intent.periods) == 2 or intent.metric_classes == {"relative_return"}
        between = (difference.difference,) if apart else ()
        plans = (*between, difference.moved, lookup.look_up)
    elif intent.kind == "lookup" and intent.asks_number:
        plans = (undo.before_change, lookup.look_up)  # a sentence without the figure is no answer
    elif (
        intent.kind == "lookup"
        and (intent.terms or intent.hints)
        and (intent.group or not intent.metrics)
    ):
        plans = (people.words_of, passages.sentence_answer, lookup.look_up)
    if intent.kind == "how" and intent.metrics and intent.names:
        plans = (people.words_of, lookup.look_up, *plans)
    elif intent.kind == "how" and len(intent.names) > 1 and intent.periods:
        plans = (lookup.look_up, *plans)  # 花旗对2025年油价怎么看
    if intent.kind in ("how", "lookup") and _PERSON.search(intent.question):
        if people.asks_words(intent.question):
            plans = (people.words_of,)  # what 他 says nobody else says
    plans = totals.plans_for(intent, plans)
    if expected.asked(intent):
        plans = (expected.against_expected, *plans)
    if voices.asked(intent):
        plans = (voices.views, *plans)
    if upcoming.asked(intent):
        plans = (upcoming.upcoming, *plans)
    if members.asked(intent):
        plans = (members.members, passages.by_section, passages.named_things)
    return plans
