"""How well a sentence of the source answers a question in its own words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from qa.answering.draft import Workspace
from qa.answering.facts.matching import EACH_NEEDED
from qa.answering.question.understand import Intent
from qa.answering.text import bigrams, coverage, equals_of, fold, term_coverage
from qa.answering.view import DocumentView

PASSAGE_NEEDED: Final = 0.62
_DESCRIBED: Final = frozenset({"product", "policy", "quantity"})
_PRICED: Final = frozenset({"股价", "价格", "表现", "走势", "怎么走", "涨", "跌"})


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """A sentence that may answer, with its score; *share* is how much of the question it covers."""

    view: DocumentView
    index: int
    score: float
    share: float


def best_passages(
    workspace: Workspace,
    intent: Intent,
    *,
    needed: float = PASSAGE_NEEDED,
    cue: re.Pattern[str] | None = None,
    strict: bool = False,
) -> list[Passage]:
    """The sentences that speak of all that *intent* names, best first.

    With *strict* they hold its verbs too.
    """
    terms, hints = _content(intent), intent.hints
    found_by_search = {
        (doc, index): score for doc, index, score in workspace.search(intent.question, 24)
    }
    passages: list[Passage] = []
    for view in workspace.views:
        for index, resolved in enumerate(view.resolved):
            sentence = view.sentences[index]
            if sentence.kind == "caption" or sentence.table == sentence.span:
                continue
            searched = found_by_search.get((view.doc, index), 0.0)
            setting = view.setting(index)
            names = names_met(view, index, intent, setting)
            if names < 0:
                continue
            own = coverage(terms, resolved)
            share = 0.85 * own + 0.15 * coverage(terms, resolved + setting)
            if hints:
                verbs = coverage(hints, resolved)
                share = 0.75 * share + 0.25 * verbs if terms else 0.5 + 0.5 * verbs
            if share < needed or (terms and own == 0.0):
                continue
            if strict and coverage(hints, resolved) < 0.6:
                continue
            missing = any(
                term_coverage(t, resolved + setting) < EACH_NEEDED and t not in view.whole
                for t in intent.terms
            )
            if missing:
                continue
            score = share + 0.5 * names + 0.6 * searched
            if cue and cue.search(view.sentence_text(index)):
                score += 0.35
            score += 0.15 * sum(fold(p.text) in resolved for p in intent.periods)
            score += 0.4 * _values_met(view, index, intent)
            score += 0.15 * overlap(intent.question, resolved)
            passages.append(Passage(view, index, score, share))
    passages.sort(key=lambda p: (-p.score, p.view.doc, p.index))
    return passages


def _content(intent: Intent) -> tuple[str, ...]:
    """The nouns that a sentence must speak of; a price goes without saying of what has a name."""
    soft = _PRICED if intent.names else frozenset()
    words = tuple(word for word, _ in intent.metrics if word not in soft)
    return (*intent.terms, *words)


def names_met(view: DocumentView, index: int, intent: Intent, setting: str) -> float:
    """How much sentence *index* speaks of the names of *intent*, 0 to 1; -1 if of none of one.

    *setting*, folded, is what stands above the sentence: headings, the title.
    """
    if not intent.names:
        return 0.5
    present = view.names_in.get(index, frozenset())
    block = view.sentences[index].block
    present_near = view.names_in_block.get(block, frozenset())
    row = view.sentences[index].kind == "table"  # which is of what it names itself
    met = 0.0
    for name in intent.names:
        surface = fold(name.surface)
        if present.intersection(name.entities) or surface in view.resolved[index]:
            met += 1.0
        elif view.of_another(index, name):
            return -1.0
        elif surface in setting or any(
            fold(alias) in setting
            for e in name.entities
            if e in view.entities
            for alias in (view.entities[e].name, *view.entities[e].aliases)
        ):
            met += 0.5
        elif not row and (
            present_near.intersection(name.entities) or surface in view.block_text[block]
        ):
            met += 0.4
        elif any(term_coverage(o, view.resolved[index]) == 1.0 for o in equals_of(surface)):
            met += 0.7
        elif set(name.types) <= _DESCRIBED and term_coverage(surface, view.resolved[index]) == 1.0:
            met += 0.7  # 10年期美债 of 10年期美国国债收益率
        else:
            return -1.0
    return met / len(intent.names)


def _values_met(view: DocumentView, index: int, intent: Intent) -> float:
    if not intent.quantities:
        return 0.0
    told = {
        (f.unit, abs(v))
        for f in view.extraction.figures
        if f.sentence == index
        for v in (f.value, f.low, f.high)
        if v is not None
    }
    asked = [
        (q.unit, abs(v))
        for q in intent.quantities
        for v in (q.value, q.low, q.high)
        if v is not None
    ]
    return sum(amount in told for amount in asked) / len(asked)


def overlap(question: str, text: str) -> float:
    """The share of the two-character pieces of *question* that folded *text* holds."""
    pieces = set(bigrams(fold(question)))
    return len([p for p in pieces if p in text]) / len(pieces) if pieces else 0.0
