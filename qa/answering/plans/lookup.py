"""Figures by subject, metric and period: one, several, or a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from qa.answering.classes import SIGNED
from qa.answering.draft import Draft, Line, Workspace, best_of, cite
from qa.answering.facts.cohorts import cohort, wanted_number
from qa.answering.facts.constraints import on_topic
from qa.answering.facts.matching import Match, matches
from qa.answering.facts.metrics import asked_metrics
from qa.answering.facts.naming import is_subject
from qa.answering.phrase import describe
from qa.answering.question.cues import MOST
from qa.answering.question.understand import Intent, Name
from qa.answering.question.wording import Asked
from qa.answering.view import Fact

SUBJECT_NEEDED = 0.45
_CLOSE = 0.8  # of a score: what the words of a question do not tell apart
_LATEST = re.compile(r"最新|目前|现在|当前|如今|眼下")
_RANKED = re.compile(r"居前|靠前|领先|前列|领涨|领跌")
_OF_TABLE = re.compile(r"表[中里内格]?.*各|各.*表")
_ACTS = frozenset({"rate_change", "price_adjustment"})  # 哪些降息操作 asks for figures
_SINGULAR = re.compile(r"唯一|哪[个家只项款类种]")
_SHOWN = 12  # of a list
_JOINT = re.compile(
    r"\s*(?:的?(?:收益率|价格|股价|收盘价|汇率|利率|涨幅|跌幅|期货|指数))?[和与及、跟同,，/]{1,2}\s*"
)
_EACH = re.compile(r"分别|各|都|和|与|、|及")


def candidates(workspace: Workspace, intent: Intent) -> list[Match]:
    """The facts that may answer, best first."""
    good, _ = matches(workspace.facts, intent)
    good = [m for m in good if m.subject >= SUBJECT_NEEDED]
    if good and not intent.periods and _LATEST.search(intent.question):
        near = [m for m in good if m.score > good[0].score - _CLOSE]
        near.sort(key=lambda m: m.fact.figure.period_end or date.min, reverse=True)
        good = [*near, *(m for m in good if m not in near)]
    return good


def confidence(score: float) -> float:
    """A match's score on the scale of `Draft.confidence`."""
    return max(0.0, min(1.0, score / 6.5))


def look_up(workspace: Workspace, intent: Intent) -> Draft | None:
    """One figure for each name and metric that is asked for."""
    facts: list[Fact] = []
    row = row_of(intent)
    for part in _parts(intent):
        rivals = [name for name in row if name not in part.names]
        found = [
            m
            for m in candidates(workspace, part)
            if not any(is_subject(m.fact, name) for name in rivals)
            and on_topic(m.fact.view, m.fact.figure.sentence, part)
        ]
        if row:  # of 美团的A和B the parts are asked for, not 美团
            found = [m for m in found if is_subject(m.fact, part.names[0])] or found
        if not found:
            continue
        fact = best_of(found[0].fact, workspace.facts)
        facts.append(fact)
        facts += [f for f in disputed(fact, workspace.facts) if f not in facts]
    facts = list(dict.fromkeys(facts))
    if not facts:
        return None
    return Draft(lines=lines_of(facts), facts=tuple(facts))


def disputed(fact: Fact, facts: Sequence[Fact]) -> list[Fact]:
    """Facts of the same subject, metric, unit and period that give another value."""
    f = fact.figure
    if f.period is None or f.metric in ("forecast", "other", "count"):
        return []
    return [
        other
        for other in facts
        if other is not fact
        and (other.figure.entity or other.figure.subject) == (f.entity or f.subject)
        and (other.figure.metric, other.figure.unit) == (f.metric, f.unit)
        and other.figure.metric_words == f.metric_words
        and other.figure.period == f.period
        and other.figure.sentence != f.sentence
        and (other.figure.value, other.figure.low, other.figure.high) != (f.value, f.low, f.high)
        and not (other.figure.approximate or f.approximate)
    ][:1]


def list_facts(workspace: Workspace, intent: Intent) -> Draft | None:
    """All figures of the kind that is asked for, in the order of the text."""
    named = [n for n in intent.names if any(is_subject(f, n) for f in workspace.facts)]
    if len(asked_metrics(intent)[0]) > 1 and not _ways(intent):
        return look_up(workspace, intent)
    if len(named) > 1 and _EACH.search(intent.question):
        return look_up(workspace, intent)
    ranked = _RANKED.search(intent.question)
    acts = intent.metrics and intent.metric_classes <= _ACTS
    listed = intent.metrics and _OF_TABLE.search(intent.question)
    if not (intent.group or intent.direction or intent.asks_number or ranked or acts or listed):
        return None
    found = [m.fact for m in cohort(workspace, intent, ranked=False)]
    if intent.group and not intent.asks_number:
        if not any(f.subject and f.subject.type in intent.group for f in found):
            return None
    if intent.direction and not intent.names:
        meant = [f for f in found if (f.size > 0) == (intent.direction > 0)]
        signed = any(f.figure.metric in SIGNED for f in found)
        found = meant if meant or signed else found
    if MOST.search(intent.question) and not ranked:
        found.sort(key=lambda f: f.size * (intent.direction or 1), reverse=True)
        found = found[: wanted_number(intent) or _SHOWN]
    facts = list(dict.fromkeys(best_of(fact, workspace.facts) for fact in found))
    if len(facts) < (1 if _SINGULAR.search(intent.question) else 2):
        return None
    return Draft(lines=lines_of(facts[:_SHOWN], bullets=True), facts=tuple(facts[:_SHOWN]))


def _ways(intent: Intent) -> bool:
    """Whether all that is asked for are the two ways of one metric: 净买入, 净卖出."""
    classes = {classes for _, classes in asked_metrics(intent)[0]}
    return len(classes) == 1


def lines_of(facts: Sequence[Fact], *, bullets: bool = False) -> tuple[Line, ...]:
    """A line for each fact; what one sentence says of one subject is one line."""
    lines: list[tuple[Line, Fact]] = []
    for fact in facts:
        text = describe(fact)
        if any(text in line.text for line, _ in lines):
            continue
        if lines and not bullets and _continues(lines[-1][1], fact):
            line, _ = lines[-1]
            more = describe(fact, subject=False, dated=False)
            said = fact.figure.metric_words or ""
            more = more.removeprefix(said) if said in line.text else more
            lines[-1] = (replace(line, text=f"{line.text}，{more}"), fact)
        else:
            lines.append((Line(text, cite(fact), bullets), fact))
    return tuple(line for line, _ in lines)


def _continues(before: Fact, fact: Fact) -> bool:
    """Whether both are said of one subject and time by one sentence, with the same sources."""
    a, b = before.figure, fact.figure
    return before.doc == fact.doc and (a.sentence, a.entity, a.period, a.support) == (
        b.sentence,
        b.entity,
        b.period,
        b.support,
    )


def _parts(intent: Intent) -> list[Intent]:
    asked, said = asked_metrics(intent)
    kept = [(word, classes) for word, classes in intent.metrics if word in said]
    metrics = [(*kept, pair) for pair in asked] or [()]
    row = row_of(intent)
    if not row:
        return [replace(intent, metrics=tuple(m)) for m in metrics]
    others = tuple(name for name in intent.names if name not in row)
    return [
        replace(intent, names=(name, *others), metrics=_own(tuple(m), name, row, intent))
        for name in row
        for m in metrics
    ]


def _own(metrics: Asked, name: Name, row: Sequence[Name], intent: Intent) -> Asked:
    """*metrics* without what is said of another of the *row*: 美债收益率和美元指数."""
    question = intent.question.lower()
    return tuple(
        (word, classes)
        for word, classes in metrics
        if not any(
            other is not name
            and other is not row[-1]
            and question.startswith((word, "的" + word), other.span.end)
            for other in row
        )
    )


def row_of(intent: Intent) -> list[Name]:
    """The first names that stand in a row: A、B和C."""
    row: list[Name] = []
    for one, other in pairwise(intent.names):
        between = intent.question[one.span.end : other.span.start]
        if _JOINT.fullmatch(between):
            row += [other] if row else [one, other]
        elif row:
            break
    return row
