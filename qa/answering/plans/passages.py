"""Answers in the source's own sentences: why, how, where, when, what, which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from kg.records import AGENTS, Entity
from qa.answering.draft import Draft, Line, Workspace
from qa.answering.facts.cohorts import IN_TABLE, of_other_trade, wanted_number
from qa.answering.facts.constraints import in_session, on_topic
from qa.answering.facts.metrics import asked_metrics, metric_fit
from qa.answering.facts.polarity import opposite
from qa.answering.facts.sentences import Passage, best_passages, names_met
from qa.answering.facts.timing import period_fit
from qa.answering.phrase import sentence_words
from qa.answering.plans.options import options_of
from qa.answering.question.cues import FORECAST
from qa.answering.question.understand import Intent
from qa.answering.references import of_sentence
from qa.answering.text import coverage, fold, term_coverage
from qa.answering.view import DocumentView

_SHORT: Final = 20  # characters of a sentence that may but announce what the next tells
_NOW: Final = re.compile(r"目前|现在|当前|最新|如今|眼下")
_FIRST: Final = re.compile(r"最|居首|首位|第一(?![季财阶次批])|领涨|领跌|榜首|之冠|垫底|之首|唯一")
_NO_FIRST: Final = re.compile(
    r"最[^，,；。]{0,10}(?:之一|之列|行列)|最(?:值得|近|新|终|后|初)|领[涨跌先](?:纪录|地位)"
)
_EXTREME: Final = re.compile(r"一度|触及|高点|低点|新高|新低")
_SEVERAL: Final = re.compile(r"、|包括|分别|[一二两三]是|其[一二三]")
_NAMED_KINDS: Final = AGENTS | {"index", "place"}  # whose members have names of their own
_RETURNS: Final = frozenset({"price_change", "relative_return", "rate_change", "other"})
_WHEN: Final = re.compile(
    r"\d{1,4}\s*[年月日季]|季度|[今去明]年|上半年|下半年|周[一二三四五六日]|年初|年末|期间|自.{1,12}起|届满|日前|底前"
)


def sentence_answer(workspace: Workspace, intent: Intent) -> Draft | None:
    """The sentence that answers in its own words."""
    cue = _WHEN if intent.kind == "when" else None
    found = best_passages(workspace, intent, cue=cue, strict=intent.kind in ("when", "where"))
    if intent.kind == "when":
        found = [p for p in found if _WHEN.search(p.view.sentence_text(p.index))]
    if intent.kind == "lookup" and intent.hints:
        found = [p for p in found if coverage(intent.hints, p.view.resolved[p.index]) > 0]
    found = [
        p
        for p in found
        if _weighs(p, intent) and on_topic(p.view, p.index, intent) and _as_planned(p, intent)
    ]
    if not found:
        return None
    top = found[0]
    chosen = [top.index]
    if intent.kind in ("list", "how"):
        chosen += [
            p.index
            for p in found[1:4]
            if p.view is top.view and p.score > top.score - 0.3 and p.index != top.index
        ]
    return said(top, chosen, limit=280 if intent.kind != "list" else 560)


def _weighs(passage: Passage, intent: Intent) -> bool:
    """Whether a sentence can answer which is first, or which of the named is more."""
    if intent.kind == "superlative":
        text = passage.view.sentence_text(passage.index)
        if _of_other_kind(passage, intent) or not _measures(passage, intent):
            return False
        own = intent.names and not intent.group and _EXTREME.search(text)
        if own or _FIRST.search(_NO_FIRST.sub("", text)):
            return not opposite(fold(intent.question), fold(text))
        several = not IN_TABLE.search(intent.question) and _of_several(passage, intent)
        return several and _asked_for(passage, intent)
    if intent.kind == "comparison":
        told = passage.view.resolved[passage.index]
        options = options_of(intent)
        return _all_named(passage, intent) and all(term_coverage(o, told) == 1.0 for o in options)
    return True


def _of_other_kind(passage: Passage, intent: Intent) -> bool:
    """Whether a sentence names nothing of the kind asked for, whose members all have names."""
    named = passage.view.names_in.get(passage.index, frozenset())
    if of_other_trade(passage.view, named, intent):
        return True
    if not intent.group or _kinds(passage, intent):
        return False
    return bool(_NAMED_KINDS & {*intent.group, *(e.type for e in _named_in(passage))})


def _measures(passage: Passage, intent: Intent) -> bool:
    """Whether a sentence says what a question ranks by, or gives figures."""
    words = [word for word, _ in intent.metrics]
    told = passage.view.resolved[passage.index]
    figures = passage.view.figures_in.get(passage.index, ())
    return not words or bool(figures) or any(term_coverage(w, told) == 1.0 for w in words)


def _of_several(passage: Passage, intent: Intent) -> bool:
    """Whether a sentence gives what is asked of several, or by several: A涨1%、B涨2%."""
    wanted = _RETURNS if intent.metric_classes == {"price_change"} else intent.metric_classes
    told: dict[tuple[str, str], set[tuple[str, str | None]]] = {}
    for figure in passage.view.figures_in.get(passage.index, ()):
        if not wanted or figure.metric in wanted | {"other", "forecast"}:
            whose = told.setdefault((figure.metric, figure.unit), set())
            whose.add((figure.subject, figure.speaker))
    return any(len(whose) >= (wanted_number(intent) or 2) for whose in told.values())


def _as_planned(passage: Passage, intent: Intent) -> bool:
    """Whether a sentence tells anything that is expected, where forecasts are asked for."""
    view, index = passage.view, passage.index
    if not FORECAST.search(intent.question) or FORECAST.search(view.sentence_text(index)):
        return True
    return any(f.modality == "forecast" for f in view.figures_in.get(index, ()))


def _asked_for(passage: Passage, intent: Intent) -> bool:
    """Whether any figure of a sentence is of the metric and the time that are asked about."""
    asked = [p for p in intent.periods if p.kind != "other" and not _NOW.search(p.text)]
    metrics, _ = asked_metrics(intent)
    told = passage.view.facts_in.get(passage.index, ())
    return not told or any(
        period_fit(fact, asked) >= -0.5 and metric_fit(fact, metrics) >= 0 for fact in told
    )


def _all_named(passage: Passage, intent: Intent) -> bool:
    return all(passage.view.speaks_of(passage.index, name) for name in intent.names)


def _lists(passage: Passage, intent: Intent) -> bool:
    """Whether a sentence lists anything, of the kind and about whom a question asks for.

    Where figures are asked for it holds some, and those of a kind name several of it.
    """
    view, text = passage.view, passage.view.sentence_text(passage.index)
    told = view.figures_in.get(passage.index, ())
    figures = len(told)
    if intent.names and not any(view.speaks_of(passage.index, n) for n in intent.names):
        return False
    if not in_session(view, passage.index, intent):
        return False
    if intent.asks_number and figures < 2:
        return False
    if intent.asks_number and not intent.names and len({(f.subject, f.speaker) for f in told}) < 2:
        return False  # of each, and of one alone is told
    if IN_TABLE.search(intent.question) and view.sentences[passage.index].kind != "table":
        return False
    figured = intent.asks_number or intent.metric_classes == {"price_change"}
    if not _as_planned(passage, intent) or (figured and not _asked_for(passage, intent)):
        return False
    if intent.group:
        return _kinds(passage, intent) > (1 if intent.metrics else 0)
    return figures > 1 or _SEVERAL.search(text) is not None or _announces(passage)


def named_things(workspace: Workspace, intent: Intent) -> Draft | None:
    """A 哪些 question: the sentences that list what is asked for."""
    found = [p for p in best_passages(workspace, intent, needed=0.55) if _lists(p, intent)]
    if not found:
        return None
    ranked = sorted(found[:12], key=lambda p: -(p.score + _listing(p, intent)))
    top = ranked[0]
    best = top.score + _listing(top, intent)
    chosen = [
        p.index
        for p in ranked[:3]
        if p.view is top.view and p.score + _listing(p, intent) > best - 0.2
    ]
    if _announces(top):
        chosen.append(top.index + 1)
    return said(top, chosen, limit=560)


def _announces(top: Passage) -> bool:
    """Whether a sentence only says that there are such things, and the next which: 仍存在变数."""
    view, index = top.view, top.index
    if index + 1 >= len(view.sentences) or len(view.sentence_text(index)) > _SHORT:
        return False
    same = view.sentences[index].block == view.sentences[index + 1].block
    return same and not any(f.sentence == index for f in view.extraction.figures)


def _kinds(passage: Passage, intent: Intent) -> int:
    """How many things of the kind that is asked for a sentence names."""
    named = (e for e in _named_in(passage) if e.id not in intent.entities)
    return sum(e.type in intent.group for e in named)


def _named_in(passage: Passage) -> list[Entity]:
    """The entities that a sentence names."""
    view = passage.view
    ids = view.names_in.get(passage.index, frozenset())
    return [view.entities[i] for i in ids if i in view.entities]


def _listing(passage: Passage, intent: Intent) -> float:
    """How much a sentence looks like a list of what is asked for."""
    text = passage.view.sentence_text(passage.index)
    said = 0.15 if re.search(r"包括|如下|分别|以及", text) else 0.0
    return 0.12 * min(_kinds(passage, intent), 6) + 0.04 * min(text.count("、"), 6) + said


def by_section(workspace: Workspace, intent: Intent) -> Draft | None:
    """What stands under a heading that names what is asked for: 风险, 机遇."""
    for view in workspace.views:
        sections = dict.fromkeys(s.section for s in view.sentences if s.section)
        for section in sections:
            words = [t for t in intent.terms if t in fold(section) and len(t) * 5 >= len(section)]
            if not words:
                continue
            indexes = [
                i
                for i in _one_a_block(view, section)
                if not intent.names or names_met(view, i, intent, "") > 0
            ]
            if len(indexes) > 1:
                lines = tuple(
                    Line(_under_lead(view, i), (of_sentence(view, i),), bullet=True)
                    for i in indexes[:7]
                )
                return Draft(lines=lines, confidence=0.6)
    return None


def _one_a_block(view: DocumentView, section: str) -> list[int]:
    best: dict[int, int] = {}
    for index, sentence in enumerate(view.sentences):
        if sentence.section != section or sentence.kind in ("table", "caption"):
            continue
        known = best.get(sentence.block)
        cited = view.support(index).scope == "direct"
        if known is None or (cited and view.support(known).scope != "direct"):
            best[sentence.block] = index
    return sorted(best.values())


def said(top: Passage, indexes: Sequence[int], *, limit: int) -> Draft:
    """Sentences *indexes* of the document of *top* as an answer, up to *limit* characters."""
    view, confidence = top.view, min(1.0, top.score / 2.6)
    lines: list[Line] = []
    spent = 0
    for index in sorted(dict.fromkeys(indexes)):
        words = with_lead(view, index)
        if lines and spent + len(words) > limit:
            break
        lines.append(Line(words, (of_sentence(view, index),)))
        spent += len(words)
    return Draft(lines=tuple(lines), confidence=confidence)


def with_lead(view: DocumentView, index: int) -> str:
    """Sentence *index* in words, with the run-in heading that is its subject."""
    sentence = view.sentences[index]
    words = sentence_words(view.text, sentence.span)
    return f"{sentence.lead.of(view.text)}{words}" if sentence.lead else words


def _under_lead(view: DocumentView, index: int) -> str:
    """A sentence with the run-in heading of its paragraph."""
    sentence = view.sentences[index]
    if sentence.lead:
        return with_lead(view, index)
    leads = [s.lead for s in view.sentences if s.block == sentence.block and s.lead]
    words = sentence_words(view.text, sentence.span)
    return f"{leads[0].of(view.text)}：{words}" if leads else words
