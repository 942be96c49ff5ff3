"""Which of a row is more, A和B哪个…, where the documents tell them by words beside each figure.

The options need be no names: of 茶饮料收入213.9亿元，包装饮用水收入182.7亿元 each figure is of what
stands before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from qa.answering.draft import Draft, Line, Workspace, best_of, cite
from qa.answering.facts.changes import moved_by
from qa.answering.facts.matching import Match, matches
from qa.answering.facts.naming import is_subject
from qa.answering.facts.ranking import best_first
from qa.answering.phrase import sentence_words
from qa.answering.plans.lookup import lines_of
from qa.answering.question.cues import METRIC_WORDS
from qa.answering.question.understand import Intent
from qa.answering.references import of_sentence
from qa.answering.text import fold
from qa.answering.view import Fact

_WORD: Final = r"[^，,。?？、的和与跟及]{2,12}"
_PHRASE: Final = r"[^，,。?？、的和与跟及]{2,24}"  # with the time, and whose it is
_ROW: Final = re.compile(
    rf"(?P<row>{_WORD}(?:[、和与跟及]{_WORD})+?)(?:[两三四五六数几\d]+[家个只种类者])?"
    r"(?:的[^，,。?？]{1,10})?(?:相比|比较|之间|当中|中|里)?[，,]?[^，,。?？]{0,16}(?:哪|谁)"
)
_MUCH: Final = r"[多高大快强好贵低少小慢弱差]"
_OR: Final = re.compile(
    rf"(?P<one>{_WORD}?)更?(?P<much>{_MUCH})还是(?P<other>{_WORD}?)更?(?P=much)"
)
_THAN: Final = re.compile(
    rf"(?P<one>{_WORD})(?<![同环占])[比较](?P<other>{_WORD}?)[要更]?{_MUCH}[出了卖涨跌升降增减]?(?:多少|几)"
)
_BEYOND: Final = re.compile(
    rf"(?P<one>{_PHRASE})(?:[高大多快好强优低小少慢弱差逊]于|超过|跑[赢输]|不[如及])"
    rf"(?P<other>{_WORD}?)(?:[对是吗么多，,。?？]|$)"
)
_COUNTED: Final = re.compile(r"[两三四五六数几\d]+[家个只种类者大][\u4e00-\u9fff]{0,6}$")
_METRICS: Final = "|".join(word for word, _ in METRIC_WORDS if len(word) > 1)
_IN_TURN: Final = re.compile(r"分别|依次|各")
_JOINT: Final = re.compile(r"[、和与跟及]")


def options_of(intent: Intent) -> tuple[str, ...]:
    """The options of the first row that a question asks to choose from, folded.

    Without what they are asked about: the metric, the time, and how many they are.
    """
    found = _ROW.search(intent.question)
    if found is not None:
        return _bare(intent, _JOINT.split(found["row"]))
    found = _OR.search(intent.question)
    return _bare(intent, (found["one"], found["other"]), owned=True) if found else ()


def _bare(intent: Intent, options: Sequence[str], *, owned: bool = False) -> tuple[str, ...]:
    """*options* folded, without the time, the metric, and, if *owned*, whose they are.

    A metric is left where it is all that tells them apart: 产量增速 and 出口增速.
    """
    frames = [re.escape(fold(p.text)) for p in intent.periods]
    if owned:
        frames += [re.escape(fold(n.surface)) for n in intent.names]
    times = "|".join(frames) or "$"
    before = re.compile(rf"^(?:(?:{times})的?)+是?")
    behind = re.compile(rf"(?<=.)(?:的?(?:{times}|{_METRICS}))+$")
    bare = (before.sub("", fold(_COUNTED.sub("", option))) for option in options)
    return tuple(behind.sub("", option) for option in bare)


def by_words(workspace: Workspace, intent: Intent) -> Draft | None:
    """The first of options that are not all names, by a figure of each in one document."""
    options = options_of(intent)
    named = {fold(name.surface) for name in intent.names}
    return None if named.issuperset(options) else _first(workspace, intent, options)


def among_names(workspace: Workspace, intent: Intent) -> Draft | None:
    """The first of options that are names, where their entities do not tell them apart."""
    return _first(workspace, intent, options_of(intent))


def pair_by_words(workspace: Workspace, intent: Intent) -> list[Fact]:
    """The figures of two parts that are no names: 内销 and 出口 of 内销比出口多多少台.

    Or of what is set against each other: 产量增速快于出口增速.
    """
    return list((_figures(workspace, intent, set_apart(intent)) or {}).values())


def set_apart(intent: Intent) -> tuple[str, ...]:
    """The two that a question sets against each other, folded: 内销 and 出口."""
    found = _THAN.search(intent.question) or _BEYOND.search(intent.question)
    return _bare(intent, (found["one"], found["other"]), owned=True) if found else ()


def _first(workspace: Workspace, intent: Intent, options: Sequence[str]) -> Draft | None:
    facts = _figures(workspace, intent, options)
    return _told(facts, options, workspace, intent) if facts else None


def _figures(
    workspace: Workspace, intent: Intent, options: Sequence[str]
) -> dict[str, Fact] | None:
    """A figure of each of *options* from one document; None where one has none."""
    if len(set(options)) < 2 or not all(options):
        return None
    for asked in _loose(intent, options):
        good, _ = matches(workspace.facts, asked)
        for doc in dict.fromkeys(m.fact.doc for m in good):
            facts = _one_each([m for m in good if m.fact.doc == doc], options, intent)
            if facts:
                return facts
    return None


def _loose(intent: Intent, options: Sequence[str]) -> Sequence[Intent]:
    """*intent* without the options: with whose they are, and without."""
    terms = tuple(t for t in intent.terms if not any(t in o or o in t for o in options))
    owners = tuple(
        n for n in intent.names if not any(fold(n.surface) in option for option in options)
    )
    metrics = tuple(m for m in intent.metrics if not any(m[0] in option for option in options))
    kept = replace(intent, metrics=metrics) if metrics else intent
    plain = replace(kept, terms=terms, names=owners, hints=(), owner=None, group=())
    return (plain, replace(plain, names=())) if owners else (plain,)


def _one_each(
    good: Sequence[Match], options: Sequence[str], intent: Intent
) -> dict[str, Fact] | None:
    """The best figure of each option, all of one unit and metric; None where one has none."""
    own = {o: [m.fact for m in good if _is_of(m.fact, o, options, intent)] for o in options}
    for first in own[options[0]]:
        found = {
            option: fact
            for option, facts in own.items()
            if (fact := next((f for f in facts if _alike(first, f)), None)) is not None
        }
        if len(found) == len(options) and len({id(f) for f in found.values()}) == len(options):
            return found
    return None


def _alike(one: Fact, other: Fact) -> bool:
    a, b = one.figure, other.figure
    return (a.metric, a.unit, a.period) == (b.metric, b.unit, b.period)


def _is_of(fact: Fact, option: str, options: Sequence[str], intent: Intent) -> bool:
    """Whether the words before the figure give *option*, or else its metric or subject does."""
    if moved_by(fact) and fact.figure.metric in ("other", "level"):
        return False
    own = _own_words(fact)
    said = [o for o in options if o in own]
    if said and not _IN_TURN.search(own):
        return said == [option]
    return fold(fact.figure.metric_words or "") == option or _names(fact, option, intent)


def _own_words(fact: Fact) -> str:
    """What stands before the figure, and behind the last figure before it, folded."""
    figure, view = fact.figure, fact.view
    ends = (
        f.span.end
        for f in view.extraction.figures
        if f.sentence == figure.sentence and f.span.end <= figure.span.start
    )
    start = max(ends, default=view.sentences[figure.sentence].span.start)
    return fold(view.text[start : figure.span.start])


def _told(
    facts: dict[str, Fact], options: Sequence[str], workspace: Workspace, intent: Intent
) -> Draft | None:
    ranked = best_first(intent.question, list(facts.values()))
    if not ranked:
        return None
    best, sizes = ranked[0], {f.size for f in ranked}
    head = next(option for option in options if facts[option] is best)
    label = "两者相同" if len(sizes) == 1 else _as_asked(head, intent.question)
    if all(_names(fact, option, intent) for option, fact in facts.items()):
        cited = [best_of(fact, workspace.facts) for fact in ranked]
        lines = lines_of(cited)
        label = best.figure.subject if len(sizes) > 1 else label
        first = Line(f"{label}：{lines[0].text}", cite(cited[0]))
        return Draft(lines=(first, *lines[1:]), facts=tuple(cited))
    if len({f.figure.sentence for f in ranked}) > 1:
        return None
    view, index = best.view, best.figure.sentence
    words = sentence_words(view.text, view.sentences[index].span)
    line = Line(f"{label}：{words}", (of_sentence(view, index),))
    return Draft(lines=(line,), facts=tuple(ranked))


def _names(fact: Fact, option: str, intent: Intent) -> bool:
    """Whether the figure's subject is *option*."""
    named = (n for n in intent.names if fold(n.surface) == option)
    return option in fold(fact.figure.subject) or any(is_subject(fact, n) for n in named)


def _as_asked(option: str, question: str) -> str:
    """*option* as *question* prints it."""
    at = fold(question).find(option)
    printed = question[at : at + len(option)]
    return printed if fold(printed) == option else option
