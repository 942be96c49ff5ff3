"""Answers in the source's own sentences: why, how, where, when, what, which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from qa.answering.causes import claimed, explained
from qa.answering.draft import Draft, Line, Workspace
from qa.answering.matching import EACH_NEEDED
from qa.answering.phrase import sentence_words
from qa.answering.references import of_sentence
from qa.answering.text import bigrams, coverage, equals_of, fold, term_coverage
from qa.answering.understand import Intent
from qa.answering.view import DocumentView

PASSAGE_NEEDED: Final = 0.62
_CLAIMED: Final = 0.6  # what a claimed cause adds to the score of its sentence,
_NEARLY: Final = 0.6  # of a score, below the best
_EXPLAINS_ALL: Final = 0.75  # once more where it explains just what is asked
_CAUSE: Final = re.compile(
    r"因(?!此)|形成|而成|累积|由于|原因|主因|受.{1,20}(影响|拖累|推动|提振|制约|冲击|带动)|得益于|受益于|推动|拖累|源于|来自|归因"
    r"|促使|导致|使得?|带来|驱动|担忧|为了?.{2,16}(以|而)|以维持|以应对|支撑|印证|吸引|催化|依赖|通过|由此"
)
_CAUSE_NEXT: Final = re.compile(r"^(这|此举|原因|主要原因|主因|其原因|背后|理由|后者|前者|该)")
_CAUSE_TOLD: Final = re.compile(
    r"^[^，,]{0,10}(催化|原因|导火索|诱因|背后|理由|主因|推手)|是(主要)?(拖累|原因|主因|推手|动因)"
    r"|得益于|受益于|源于|归因于|因为|由于"
)
_BECAUSE: Final = re.compile(r"因(?!素|子)|由于|原因|主因|源于|得益于|受益于|归因|缘于")
_EXPLAINS: Final = re.compile(r"这种|这一|这些|该.{1,8}是|原因")
_PRICED: Final = frozenset({"股价", "价格", "表现", "走势", "怎么走", "涨", "跌"})
_VAGUE: Final = re.compile(
    r"(多个|若干|一系列|多重|以下|几个)[^，。,]{0,8}(因素|催化剂|原因|理由|动因)"
)
_WHEN: Final = re.compile(
    r"\d{1,4}\s*[年月日季]|季度|[今去明]年|上半年|下半年|周[一二三四五六日]|年初|年末|期间|自.{1,12}起|届满|日前|底前"
)


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
            names = _names_met(view, index, intent, setting)
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
            score += 0.4 * values_met(view, index, intent)
            if cue is _CAUSE and _BECAUSE.search(view.sentence_text(index)):
                score += 0.2
            if cue is _CAUSE and _EXPLAINS.match(view.sentence_text(index)):
                score += 0.3
            score += 0.15 * _overlap(intent.question, resolved)
            passages.append(Passage(view, index, score, share))
    passages.sort(key=lambda p: (-p.score, p.view.doc, p.index))
    return passages


def why(workspace: Workspace, intent: Intent) -> Draft | None:
    """The sentence that gives the cause, and the next where the cause stands there.

    A sentence that claims a cause of what is asked goes before others as likely.
    """
    found = best_passages(workspace, intent, needed=0.5, cue=_CAUSE)
    if not found and intent.names:
        loose = best_passages(workspace, intent, needed=0.3, cue=_CAUSE)
        found = [p for p in loose if _CAUSE.search(p.view.sentence_text(p.index))]
    found = _by_claims(found, intent)
    if not found:
        return None
    top = _telling(found)
    chosen = [top.index]
    text = top.view.sentence_text(top.index)
    following = top.index + 1
    if (
        following < len(top.view.sentences)
        and top.view.sentences[following].block == top.view.sentences[top.index].block
        and (
            _CAUSE_NEXT.match(top.view.sentence_text(following))
            or (not _CAUSE.search(text) and _CAUSE.search(top.view.sentence_text(following)))
        )
    ):
        chosen.append(following)
    if len(chosen) == 1 and not _CAUSE.search(text):
        chosen += _cause_below(top)
    if _VAGUE.search(text):  # 多个因素: the next sentences say which
        block = top.view.sentences[top.index].block
        chosen += [
            i
            for i in (following, following + 1)
            if i < len(top.view.sentences) and top.view.sentences[i].block == block
        ]
    others = [
        p.index
        for p in found[1:3]
        if p.view is top.view
        and p.score > top.score - 0.25
        and p.index not in chosen
        and not _CAUSE.search(text)
        and _CAUSE.search(p.view.sentence_text(p.index))
    ]
    if not others and not any(_CAUSE.search(top.view.sentence_text(i)) for i in chosen):
        chosen = _caused_elsewhere(workspace, intent, top)[:1] or chosen
    return _said(top, [*chosen, *others[:1]], limit=420)


def _caused_elsewhere(workspace: Workspace, intent: Intent, top: Passage) -> list[int]:
    """The sentence of another paragraph that says because, where that of the fall does not."""
    return [
        p.index
        for p in best_passages(workspace, intent, needed=0.3, cue=_CAUSE)
        if p.view is top.view and _BECAUSE.search(p.view.sentence_text(p.index))
    ]


def _telling(found: Sequence[Passage]) -> Passage:
    """The best passage, or one nearly as good that says because where it does not."""
    top = found[0]
    if _CAUSE.search(top.view.sentence_text(top.index)) or _cause_below(top):
        return top
    because = (
        p
        for p in found[1:6]
        if p.score > top.score - _NEARLY and _BECAUSE.search(p.view.sentence_text(p.index))
    )
    return next(because, top)


def _cause_below(top: Passage) -> list[int]:
    """The next sentence of the paragraph that opens with the cause: 直接的催化来自…."""
    view, block = top.view, top.view.sentences[top.index].block
    for index in range(top.index + 1, min(top.index + 4, len(view.sentences))):
        if view.sentences[index].block != block:
            break
        if _CAUSE_TOLD.search(view.sentence_text(index)):
            return [index]
    return []


def _by_claims(found: Sequence[Passage], intent: Intent) -> list[Passage]:
    """Passages with those first that claim a cause of what is asked."""
    lifted = []
    for passage in found:
        share = explained(passage.view, claimed(passage.view, passage.index), intent)
        lift = _CLAIMED * (share + (share >= _EXPLAINS_ALL))
        lifted.append(replace(passage, score=passage.score + lift))
    return sorted(lifted, key=lambda p: (-p.score, p.view.doc, p.index))


def sentence_answer(workspace: Workspace, intent: Intent) -> Draft | None:
    """The sentence that answers in its own words."""
    cue = _WHEN if intent.kind == "when" else None
    found = best_passages(workspace, intent, cue=cue, strict=intent.kind in ("when", "where"))
    if intent.kind == "when":
        found = [p for p in found if _WHEN.search(p.view.sentence_text(p.index))]
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
    return _said(top, chosen, limit=280 if intent.kind != "list" else 560)


def named_things(workspace: Workspace, intent: Intent) -> Draft | None:
    """A 哪些 question: the sentences that list what is asked for."""
    found = best_passages(workspace, intent, needed=0.55)
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
    return _said(top, chosen, limit=560)


def _listing(passage: Passage, intent: Intent) -> float:
    """How much a sentence looks like a list of what is asked for."""
    view, text = passage.view, passage.view.sentence_text(passage.index)
    ids = view.names_in.get(passage.index, frozenset()) - intent.entities
    of_kind = [i for i in ids if i in view.entities and view.entities[i].type in intent.group]
    said = 0.15 if re.search(r"包括|如下|分别|以及", text) else 0.0
    return 0.12 * min(len(of_kind), 6) + 0.04 * min(text.count("、"), 6) + said


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
                if not intent.names or _names_met(view, i, intent, "") > 0
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


def _said(top: Passage, indexes: list[int], *, limit: int) -> Draft:
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


def _content(intent: Intent) -> tuple[str, ...]:
    """The nouns that a sentence must speak of; a price goes without saying of what has a name."""
    soft = _PRICED if intent.names else frozenset()
    words = tuple(word for word, _ in intent.metrics if word not in soft)
    return (*intent.terms, *words)


def _names_met(view: DocumentView, index: int, intent: Intent, setting: str) -> float:
    if not intent.names:
        return 0.5
    present = view.names_in.get(index, frozenset())
    block = view.sentences[index].block
    present_near = view.names_in_block.get(block, frozenset())
    met = 0.0
    for name in intent.names:
        surface = fold(name.surface)
        if present.intersection(name.entities) or surface in view.resolved[index]:
            met += 1.0
        elif surface in setting or any(
            fold(alias) in setting
            for e in name.entities
            if e in view.entities
            for alias in (view.entities[e].name, *view.entities[e].aliases)
        ):
            met += 0.5
        elif present_near.intersection(name.entities) or surface in view.block_text[block]:
            met += 0.4
        elif any(term_coverage(o, view.resolved[index]) == 1.0 for o in equals_of(surface)):
            met += 0.7
        else:
            return -1.0
    return met / len(intent.names)


def values_met(view: DocumentView, index: int, intent: Intent) -> float:
    """The share of a question's amounts that sentence *index* tells, 0 to 1; 0 of none."""
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


def _overlap(question: str, text: str) -> float:
    pieces = set(bigrams(fold(question)))
    return len([p for p in pieces if p in text]) / len(pieces) if pieces else 0.0
