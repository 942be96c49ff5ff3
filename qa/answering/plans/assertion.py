"""A yes-or-no question without a figure, against the clause that speaks of the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.records import AGENTS, Span
from qa.answering.classes import AMOUNTS, GROWTH, MOVES
from qa.answering.draft import Draft, Line, Workspace
from qa.answering.facts.changes import EXPECTED
from qa.answering.facts.matching import EACH_NEEDED
from qa.answering.facts.polarity import denied
from qa.answering.facts.sentences import Passage, best_passages
from qa.answering.facts.stance import contrary, stances
from qa.answering.facts.timing import period_fit
from qa.answering.plans.passages import with_lead
from qa.answering.question.cues import MOST
from qa.answering.question.rewording import stated
from qa.answering.question.understand import Intent, Name
from qa.answering.references import of_sentence
from qa.answering.text import bigrams, coverage, fold, term_coverage
from qa.answering.view import BRACKET

_CLAUSE: Final = re.compile(r"(?<!\d)[,，]|[,，](?!\d)|[；;。：:]")
_TAGGED: Final = re.compile(r"(?:跟着|跟随|随着?|伴随)$")
_AGAINST: Final = re.compile(
    r"(?:高于|低于|大于|小于|多于|少于|快于|慢于|好于|强于|弱于|不及|不如|超过|跑赢|跑输|领先于?|落后于?|逊于)$"
)
_MEASURE: Final = re.compile(r"(?:[比较]|高于|低于|超过|不及|跑赢|跑输|领先|落后)$")
_REPORTS: Final = re.compile(
    r"(?:[（(][^）)]*)?[）)]?的?(?:最新)?(?:统计|数据|报告|调查)(?:显示|称|表明)?$"
)
_SET: Final = re.compile(r"(?<![同环占])[比较]|[高低大小多少快慢好强弱]于|超过|超出|不及|跑[赢输]")
_DENIED: Final = re.compile(r"否认|未获证实|未经证实|驳斥|辟谣|不属实|无意|不打算|无此计划")
_STRICT: Final = AGENTS | {"place", "index"}
_PRICES: Final = frozenset({"level", "price_change", "relative_return"})
_NO_PRICES: Final = AMOUNTS | {"valuation", "margin", "share", "count"}
_SUMS: Final = re.compile(
    r"(?:加起来|相加|加总|加在一起|之和|分项|各项).{0,8}(?:等于|合计|总[数和额]|对得上|相符)"
)
_MOST_OF: Final = 0.5
_PROVES: Final = 0.3  # of the words of a claim, that a sentence must hold to prove it
_PASSAGES: Final = 6


@dataclass(frozen=True, slots=True)
class _Clause:
    text: str  # folded
    sentence: str  # the part of its sentence that semicolons divide, folded
    names: frozenset[str]  # entities that it, or the nearest clause before that names any, names


def assertion(workspace: Workspace, intent: Intent) -> Draft | None:
    """Yes or no with the sentence that tells it, where one speaks of the same."""
    claim = fold(stated(intent.question))
    if _SUMS.search(claim):
        return None  # what is to be reckoned no sentence says
    intent = _described(workspace, intent)
    known = tuple(t for t in intent.terms if any(_told(t, view.whole) for view in workspace.views))
    asked = replace(intent, terms=known)
    first = MOST.search(claim)  # which only what tells the first can prove or deny
    found = [
        (_likeness(clause, claim, intent) + 0.3 * passage.score, passage, clause)
        for passage in _speaking(workspace, asked)
        for clause in _clauses(passage)
        if not first or MOST.search(clause.sentence)
    ]
    if not found:
        return None
    _, passage, clause = max(found, key=lambda one: one[0])
    beside = [c for _, p, c in sorted(found, key=lambda one: -one[0]) if p is passage]
    contradicted = _contradicted(claim, clause, beside)
    if known != intent.terms and not _denies(claim, clause):
        return None  # what no document speaks of is neither so nor not
    no = contradicted or _of_another(passage, intent)
    view, index = passage.view, passage.index
    if not contradicted and not _spoken_of(passage, claim, intent):
        return None
    if not no and _of_another_time(passage, intent):
        return None
    expected = EXPECTED.search(claim) and EXPECTED.search(clause.text)
    if EXPECTED.search(claim) and not EXPECTED.search(view.resolved[index]):
        return None  # what came says nothing of what was expected
    said = contradicted or bool(first or expected) or _shares_stance(claim, clause)
    if not _bears_on(passage, intent, said=said):
        return None
    words = with_lead(view, index)
    line = Line(f"{'不对' if no else '是的'}，{words}", (of_sentence(view, index),))
    return Draft(lines=(line,), confidence=min(1.0, passage.score / 2.6))


def _of_another_time(passage: Passage, intent: Intent) -> bool:
    """Whether a sentence names no time of a claim, and all its figures are of others."""
    if any(fold(p.text) in passage.view.resolved[passage.index] for p in intent.periods):
        return False
    told = passage.view.facts_in.get(passage.index, ())
    return bool(told) and all(period_fit(fact, intent.periods) < -_MOST_OF for fact in told)


def _spoken_of(passage: Passage, claim: str, intent: Intent) -> bool:
    """Whether the sentence holds anything of the claim but its names."""
    words, told = (*intent.terms, *intent.hints), passage.view.resolved[passage.index]
    for name in intent.names:
        claim = claim.replace(fold(name.surface), " ")
    pieces = bigrams(claim)
    shared = any(piece in told for piece in pieces if len(piece) > 1)
    return not words or shared or coverage(words, told) > _PROVES


def _shares_stance(claim: str, clause: _Clause) -> bool:
    """Whether a claim and a clause both say which way something of one family went."""
    return not stances(claim).keys().isdisjoint(stances(clause.text))


def _bears_on(passage: Passage, intent: Intent, *, said: bool) -> bool:
    """Whether a sentence names what a claim is about, and tells anything of what it says of it.

    *said* is whether it denies the claim, tells a first too, or goes one way or the other with it;
    a claim of a price no sentence answers whose figures are of amounts alone.
    """
    view, index = passage.view, passage.index
    resolved = view.resolved[index]
    words = (*intent.hints, *(word for word, _ in intent.metrics))
    if intent.names and not any(view.speaks_of(index, name) for name in intent.names):
        return bool(words) and coverage(words, resolved) >= _MOST_OF
    if not (intent.names or intent.terms or words):  # 6月18日是周三: of what is told of that day
        return all(fold(period.text) in resolved for period in intent.periods)
    if words and not said and not coverage(words, resolved):
        return False
    told = {figure.metric for figure in view.figures_in.get(index, ())}
    nouns = [(w, c) for w, c in intent.metrics if set(c) & _NO_PRICES - MOVES]
    if nouns and not any(term_coverage(w, resolved) or told & set(c) for w, c in nouns):
        return False
    priced = bool(intent.metrics) and intent.metric_classes <= _PRICES
    firm = any(set(name.types) & AGENTS for name in intent.names)  # whose growth is no rise of it
    no_prices = _NO_PRICES | GROWTH if firm else _NO_PRICES
    return not (priced and told and told <= no_prices)


def _described(workspace: Workspace, intent: Intent) -> Intent:
    """*intent* with names that no document has as words like others: 7天期逆回购利率."""
    strange = tuple(
        name
        for name in intent.names
        if not set(name.types) & _STRICT
        and not any(
            fold(name.surface) in view.whole or set(name.entities) & set(view.entities)
            for view in workspace.views
        )
    )
    return replace(
        intent,
        names=tuple(n for n in intent.names if n not in strange),
        terms=(*intent.terms, *(fold(n.surface) for n in strange)),
    )


def _told(term: str, whole: str) -> bool:
    return term_coverage(term, whole) >= EACH_NEEDED


def _contradicted(claim: str, clause: _Clause, beside: Sequence[_Clause]) -> bool:
    """Whether *clause*, or one *beside* it of the same subject, denies the *claim*."""
    if _denies(claim, clause):
        return True
    asserted = stances(claim)
    for other in (clause, *(c for c in beside if c.names == clause.names)):
        told = stances(other.text)
        if asserted.keys() & told.keys():
            return contrary(asserted, told)
    return False


def _denies(claim: str, clause: _Clause) -> bool:
    """Whether *clause* says the opposite of the *claim*, or its sentence that it is denied."""
    said = _DENIED.search(clause.sentence) and not _DENIED.search(claim)
    return denied(claim, clause.text) or bool(said)


def _speaking(workspace: Workspace, intent: Intent) -> Sequence[Passage]:
    """The sentences that may speak of what is claimed, stricter readings first."""
    if found := best_passages(workspace, intent, needed=0.5)[:_PASSAGES]:
        return [*_of_the_day(workspace, intent, found), *found]
    if found := list(_with_another(workspace, intent)):
        return found
    for asked, needed in (
        (replace(intent, hints=()), 0.5),
        (replace(intent, names=tuple(_subjects(intent))), 0.4),
        (replace(intent, hints=(), metrics=(), names=tuple(_subjects(intent))), 0.25),
    ):
        found = best_passages(workspace, asked, needed=needed)[:_PASSAGES]
        if found:
            return found
    return ()


def _of_the_day(
    workspace: Workspace, intent: Intent, found: Sequence[Passage]
) -> Sequence[Passage]:
    """The sentences on the names and the day of a claim, where those *found* are of another."""
    days = [fold(p.text) for p in intent.periods if p.kind == "day"]

    def dated(passage: Passage) -> bool:
        return any(day in passage.view.resolved[passage.index] for day in days)

    if not days or any(dated(p) for p in found):
        return ()
    anything = replace(intent, metrics=(), terms=(), hints=())
    there = (p for p in best_passages(workspace, anything, needed=0.0) if dated(p))
    return [p for p in there if _named(p, intent)][:_PASSAGES]


def _named(passage: Passage, intent: Intent) -> bool:
    """Whether the sentence itself names what a claim is about."""
    return not intent.names or any(
        passage.view.speaks_of(passage.index, name) for name in _subjects(intent)
    )


def _with_another(workspace: Workspace, intent: Intent) -> Sequence[Passage]:
    """Passages that say it of another entity of the same type: 纽约, not 台湾."""
    for name in reversed(intent.names):
        kept = tuple(n for n in intent.names if n is not name)
        found = best_passages(workspace, replace(intent, names=kept), needed=0.55)[:2]
        of_another = [p for p in found if kept and _of_another(p, intent)]
        if of_another:
            return of_another
    return ()


def _of_another(passage: Passage, intent: Intent) -> bool:
    """Whether a name of the claim is absent, and one of its type there in its stead."""
    view, present = passage.view, passage.view.names_in.get(passage.index, frozenset())
    block = view.names_in_block.get(view.sentences[passage.index].block, frozenset())
    others = [view.entities[i].type for i in present - intent.entities if i in view.entities]
    return any(
        not block & set(name.entities)
        and fold(name.surface) not in view.resolved[passage.index] + view.setting(passage.index)
        and any(kind in name.types for kind in others)
        for name in intent.names
    )


def apart(intent: Intent) -> tuple[Name, ...]:
    """The names of a claim but those that its subject goes along with: 跟着大盘一起涨."""
    own = [n for n in intent.names if not _TAGGED.search(intent.question[: n.span.start])]
    return tuple(own) or intent.names


def _subjects(intent: Intent) -> Sequence[Name]:
    """The names that a claim is about, not those that it is measured against."""
    return [
        name
        for name in apart(intent)
        if not name.compared and not _AGAINST.search(intent.question[: name.span.start])
    ] or intent.names


def _clauses(passage: Passage) -> Iterator[_Clause]:
    """The clauses of a passage, each with whom it is about."""
    view, span = passage.view, passage.view.sentences[passage.index].span
    brackets = [b.span() for b in BRACKET.finditer(view.text, span.start, span.end)]
    cuts = [
        m.span()
        for m in _CLAUSE.finditer(view.text, span.start, span.end)
        if not any(start < m.start() < end for start, end in brackets)
    ]
    starts = [span.start, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), span.end]
    mentions = [m for m in view.extraction.mentions if span.contains(m.span)]
    everyone = view.names_in.get(passage.index, frozenset())
    about = everyone - {m.entity for m in mentions}
    for start, end in zip(starts, ends, strict=True):
        here = Span(start, end)
        own = frozenset(
            m.entity
            for m in mentions
            if here.contains(m.span)
            and not _MEASURE.search(view.text[start : m.span.start])
            and not _REPORTS.match(view.text, m.span.end, end)
        )
        about = own or about
        part = re.split("[;；]", fold(view.text[span.start : start]))[-1]
        rest = re.split("[;；]", fold(view.text[start : span.end]))[0]
        yield _Clause(fold(here.of(view.text)), part + rest, about)


def _likeness(clause: _Clause, claim: str, intent: Intent) -> float:
    """How surely *clause* speaks of what is claimed."""
    about = _subjects(intent)
    asserted, told = stances(claim), stances(clause.text)
    named = [bool(clause.names & set(n.entities)) or fold(n.surface) in clause.text for n in about]
    pieces = set(bigrams(claim))
    shared = len([p for p in pieces if p in clause.text]) / len(pieces) if pieces else 0.0
    expected = bool(EXPECTED.search(claim)), bool(EXPECTED.search(clause.text))
    agents = [n for n in about if set(n.types) & AGENTS]
    stranger = bool(agents) and not any(clause.names & set(n.entities) for n in agents)
    return (
        (-1.0 if stranger and clause.names else 0.0)
        + 1.6 * (sum(named) / len(named) if named else 0.5)
        + 0.6 * coverage(intent.words, clause.text)
        + 0.8 * shared
        + 0.9 * (bool(_SET.search(claim)) and bool(_SET.search(clause.text)))
        + 0.6 * sum(fold(p.text) in clause.sentence for p in intent.periods)
        + 0.5 * bool(asserted.keys() & told.keys())
        + (0.5 if all(expected) else -0.5 if expected[0] else 0.0)
    )
