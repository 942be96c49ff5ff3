"""The built-in engine: one question in, one cited answer out."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from ingest.lexicon.name_index import simplified
from kg.errors import InputError
from qa.answering.choosing import ranked
from qa.answering.disputes import disputed
from qa.answering.draft import Draft, Line, Workspace, in_full, in_print, in_sentence
from qa.answering.facts.matching import Match, match
from qa.answering.plans import lookup, people, several, summary
from qa.answering.plans.order import Plan, plans_of
from qa.answering.proof import in_graph, judge
from qa.answering.question.appositions import without_appositions
from qa.answering.question.asked_documents import constrained
from qa.answering.question.followup import complete, rewritten
from qa.answering.question.kinds import Kind, kind_of
from qa.answering.question.slips import Slip, mended
from qa.answering.question.understand import SOURCE, Intent, Name, split, understand
from qa.answering.references import numbers, source
from qa.answering.refuse import reason
from qa.answering.sparql import query_of
from qa.answering.workspace import (
    InPlay,
    Library,
    Reader,
    find_names,
    library,
    together,
    workspaces,
)
from qa.gate.prose import SAID_BY
from qa.knowledge_base import KnowledgeBase
from qa.records import Answer, Claim, Question, Verdict

LONGEST_QUESTION = 2000  # characters
_SURE = 0.8  # the confidence of a draft, from which it is sure
_ALIKE = 0.95  # of the other's confidence: from there two drafts are as sure
_SECOND = 0.75  # what a plan counts, for each that failed before it

# What every document tells, not the likeliest alone.
_OF_EVERY: frozenset[Kind] = frozenset({"about", "source"})
_MOST_LISTED = 20  # documents, where they are what is asked for

# Answers of these kinds bring the value with the name.
_WHOLE: frozenset[Kind] = frozenset({"superlative", "comparison", "list"})


@dataclass(frozen=True, slots=True)
class Planned:
    """What was found to say to a question: a draft whose lines are proved, or None to refuse."""

    workspace: Workspace
    intent: Intent
    draft: Draft | None = None
    query: str | None = None  # that gives back the draft's facts
    unmet: str | None = None  # why the document that is asked about is not there
    slip: Slip | None = None  # what was put right in the question
    held: int = 1  # documents, where it is they that are asked for

    @property
    def opening(self) -> str:
        """What an answer opens with: the name that was taken for one that was mistyped."""
        return f"（“{self.slip.typed}”按“{self.slip.meant}”理解）" if self.slip else ""

    @property
    def closing(self) -> str:
        """What it closes with: how many documents there are, or what the audit holds against it."""
        if self.draft is None:
            return ""
        if self.held > 1:
            told = len({item.view.doc for line in self.draft.lines for item in line.evidence})
            return f"（共{self.held}篇" + (f"，以上为其中{told}篇）" if told < self.held else "）")
        return disputed(self.draft.lines[0].text, self.draft.facts)

    def put_right(self, question: Question) -> Question:
        """*question* as it was understood."""
        return replace(question, text=self.slip.text) if self.slip else question


def answer(question: Question, kb: KnowledgeBase, *, docs: Sequence[str] | None = None) -> Answer:
    """Answer *question* from the documents *docs*, or from all of *kb*.

    :raises InputError: the question is empty or longer than `LONGEST_QUESTION`.
    :raises UnknownDocumentError: one of *docs* is not in the knowledge base.
    """
    began = time.perf_counter()
    return tell(question, plan(question, kb, docs=docs), began=began)


def plan(question: Question, kb: KnowledgeBase, *, docs: Sequence[str] | None = None) -> Planned:
    """What is to be said to *question*, before it is put in print. Raises like `answer`.

    Where nothing is, a name that was mistyped by its sound is put right.
    """
    check(question.text)
    planned = _plan(question, kb, docs)
    if planned.draft is None and (slip := mended(question.text, library(kb).sounds)):
        again = _plan(replace(question, text=slip.text), kb, docs)
        if again.draft is not None:
            return replace(again, slip=slip)
    return planned


def _plan(question: Question, kb: KnowledgeBase, docs: Sequence[str] | None) -> Planned:
    known = library(kb)
    meant = constrained(question, known, docs)
    question = meant.question
    kind = kind_of(simplified(question.text))
    tell_each = _plan_of_each(question, kind, known)
    every = kind in _OF_EVERY or SOURCE.search(question.text) is not None
    chosen = _in_play(question, kb, meant.docs) if every or tell_each else meant.docs
    if tell_each is not None:
        question = replace(question, history=())  # of a whole document, whatever was asked before
        docs = chosen if chosen is not None else [info.doc for info in kb.documents()]
        if len(docs) > 1:
            shown = Workspace(tuple(map(known.view, docs[:_MOST_LISTED])), lambda query, k: ())
            intent = _understand(question.text, Reader(lambda text: (), None))
            draft = _proved(tell_each(shown, intent), question.text)
            return Planned(shown, intent, draft, held=len(docs))
    found = workspaces((*question.history, question.text), known, docs=chosen, likely=not every)
    whole, reader = together(found, known)
    asked = _read(question, reader)
    if meant.unmet is not None:
        return Planned(whole, asked[0], unmet=meant.unmet)
    best = ranked(_drafts(question, found))
    if len(found) > 1 and (not best or asked[0].kind in _OF_EVERY or len(asked) > 1):
        across = _drafted(question, whole, reader)
        best = [across, *best] if across else best
    for unproved in best:
        draft = _proved(unproved, question.text)
        if draft is None:
            continue
        query = query_of(draft.facts, known.infos) if draft.facts else None
        if query is None or in_graph(draft.facts, query, kb):
            return Planned(whole, asked[0], draft, query)
    return Planned(whole, asked[0])


def _plan_of_each(question: Question, kind: Kind, known: Library) -> Plan | None:
    """How each document is told of, where a question is about documents and names none."""
    if kind == "about":
        return summary.about
    if kind != "summary" or (question.history and not summary.names_document(question.text)):
        return None
    read = _understand(question.text, Reader(partial(find_names, known=known), None))
    return summary.of_each if summary.asks_whole(read) else None


def _in_play(
    question: Question, kb: KnowledgeBase, docs: Sequence[str] | None
) -> Sequence[str] | None:
    """The documents that the last question was answered from, or *docs*: [5] is of those."""
    if not question.history:
        return docs
    *earlier, last = question.history
    before = plan(replace(question, text=last, history=tuple(earlier)), kb, docs=docs).draft
    if before is None:
        return docs
    return list(dict.fromkeys(item.view.doc for line in before.lines for item in line.evidence))


def tell(question: Question, planned: Planned, *, began: float) -> Answer:
    """The built-in answer of what was planned; *began* is a reading of the performance counter."""
    if planned.draft is None:
        return _refused(question, planned, began)
    return answered(question, planned, planned.draft, began=began)


def _drafts(question: Question, found: Sequence[InPlay]) -> list[tuple[Draft, float]]:
    """What each of *found* tells, with how likely it is the document asked about.

    Two that are sure, or as sure as each other, are enough: one is said, and the other where it
    tells it differently.
    """
    drafts: list[tuple[Draft, float]] = []
    for each in found:
        if (draft := _drafted(question, each.workspace, each.reader)) is not None:
            drafts.append((draft, each.likely))
        first, second, *_ = *sorted((d.confidence for d, _ in drafts), reverse=True), 0.0, 0.0
        if second >= min(_SURE, _ALIKE * first) > 0:
            break
    return drafts


def _drafted(question: Question, workspace: Workspace, reader: Reader) -> Draft | None:
    intents = _read(question, reader, workspace)
    drafted = _joined([_planned(workspace, intent) for intent in intents])
    return several.whole(drafted, intents, question.text)


def check(text: str) -> None:
    """Refuse what is no question.

    :raises InputError: *text* is empty or too long.
    """
    if not text.strip():
        raise InputError("the question is empty: type one, for example 哪个板块跌得最惨?")
    if len(text) > LONGEST_QUESTION:
        raise InputError(
            f"the question has {len(text):,} characters; ask one of at most {LONGEST_QUESTION:,}"
        )


def _read(question: Question, reader: Reader, workspace: Workspace | None = None) -> list[Intent]:
    """The question's parts, each made whole by what came before it.

    With a *workspace* a question may lean on what was answered: 哪个跌得最惨? → 跌了多少?
    """
    before: tuple[Intent, ...] = ()
    said = ""
    for earlier in question.history:
        text = rewritten((*split(earlier), earlier)[0], said, reader)
        read = complete(_understand(text, reader), before)
        said = text if read.kind != "small_talk" else said
        if workspace and read.kind in ("superlative", "comparison") and not read.names:
            read = replace(read, answered=_answer_names(read, workspace, reader))
        if read.kind != "small_talk":  # a word of thanks in between changes nothing
            before += (read,)
    text = rewritten(question.text, said, reader)
    whole = complete(_understand(text, reader), before)
    parts = split(text)
    if len(parts) < 2 or whole.kind in ("verify", "consistency", "summary"):
        return [whole]
    first = complete(_understand(parts[0], reader), before)
    if first.kind in _WHOLE:
        return [replace(whole, kind=first.kind)]  # 哪个板块最强？涨了多少？ is one question
    if first.kind == "who":  # 谁看好零跑？他供职于哪里？ too
        parts = (parts[0], *(part for part in parts[1:] if not people.asks_after(part)))
        if len(parts) < 2:
            return [first]
    intents: list[Intent] = []
    for part in parts:
        intent = complete(_understand(part, reader), (*before, *intents))
        if intents and not intent.names:
            intent = replace(intent, names=intents[0].names)
        if intents and not intent.periods and intent.asks_number:
            intent = replace(intent, periods=intents[0].periods)
        intents.append(intent)
    return intents


def _answer_names(intent: Intent, workspace: Workspace, reader: Reader) -> tuple[Name, ...]:
    """The name that the answer to *intent* gives first."""
    draft = _planned(workspace, intent)
    return (
        tuple(reader.find_names(draft.facts[0].figure.subject)[:1]) if draft and draft.facts else ()
    )


def _understand(text: str, reader: Reader) -> Intent:
    text = simplified(text)  # 利潤, 板塊: cues are kept in simplified characters
    read = understand(text, find_names=reader.find_names, reference=reader.reference)
    return without_appositions(read)


def _planned(workspace: Workspace, intent: Intent) -> Draft | None:
    if _empty(intent):
        return None
    for step, choice in enumerate(plans_of(intent)):
        draft = choice(workspace, intent)
        if draft is not None:
            return replace(draft, confidence=_confidence(draft, workspace, intent, step))
    return None


def _confidence(draft: Draft, workspace: Workspace, intent: Intent, step: int) -> float:
    """How well *draft* answers, 0 to 1, to choose between documents.

    A plan of the second choice counts less, and so does a document that lacks a name.
    """
    loose = replace(intent, units=(), quantities=())
    judged = [match(fact, loose) for fact in draft.facts[:12]]
    scores = [m.score for m in judged if isinstance(m, Match)]
    sure = lookup.confidence(max(scores)) if scores else draft.confidence
    entities = {e for view in workspace.views for e in view.entities}
    known = [bool(entities & set(name.entities)) for name in intent.names]
    share = sum(known) / len(known) if known else 1.0
    return float(sure * _SECOND**step * (0.5 + 0.5 * share))


def _empty(intent: Intent) -> bool:
    """Whether a question names nothing that could be looked for."""
    said = (intent.names, intent.metrics, intent.terms, intent.periods, intent.sources)
    asks = intent.group or intent.quoted or intent.asks_number or intent.hints
    return not any(said) and not asks and intent.kind not in ("about", "summary")


def _proved(draft: Draft | None, question: str) -> Draft | None:
    """*draft* without the lines that the passages they cite do not support."""
    if draft is None:
        return None
    lines = tuple(filter(None, (_proved_line(line, question) for line in draft.lines)))
    return replace(draft, lines=lines) if lines else None


def _proved_line(line: Line, question: str) -> Line | None:
    verdict, why = judge(line, question=question)
    if verdict == "supported":
        return replace(line, proof=why)
    full = in_sentence(line) if SAID_BY in why else in_full(line)
    if full is None:
        return None
    verdict, why = judge(full, question=question)
    return replace(full, proof=why) if verdict == "supported" else None


def _joined(drafts: Sequence[Draft | None]) -> Draft | None:
    """The drafts of a question's parts as one; what a part cannot tell is left out."""
    found = [draft for draft in drafts if draft is not None]
    if len(found) < 2:
        return replace(found[0], confidence=found[0].confidence / len(drafts)) if found else None
    facts = tuple(dict.fromkeys(fact for draft in found for fact in draft.facts))
    lines = tuple(dict.fromkeys(line for draft in found for line in draft.lines))
    stated = [line.text for draft in found for line in lookup.lines_of(draft.facts)]
    if [line.text for line in lines] == stated:
        lines = lookup.lines_of(facts)  # 利润…，同比增长… of one sentence in one sentence
    return Draft(
        lines=lines,
        facts=facts,
        arithmetic="; ".join(d.arithmetic for d in found if d.arithmetic) or None,
        confidence=sum(d.confidence for d in found) / len(drafts),
    )


def answered(question: Question, planned: Planned, draft: Draft, *, began: float) -> Answer:
    """*draft*, to what was *planned*, in print: each line with its references, each judged."""
    asked = planned.put_right(question).text
    evidence = tuple(item for line in draft.lines for item in line.evidence)
    docs = {item.view.doc for item in evidence}
    several = len(docs) > 1
    printed = [in_print(line, several=several) for line in draft.lines]
    claims = []
    for text, line in zip(printed, draft.lines, strict=True):
        verdict: Verdict = "supported"
        why = line.proof
        if why is None:  # a chat model's
            verdict, why = judge(line, question=asked)
        claims.append(
            Claim(
                text=text.removeprefix("- "),
                citations=numbers(line.evidence),
                verdict=verdict,
                reason=why,
            )
        )
    text = ("\n" if any(line.bullet for line in draft.lines) else "").join(printed)
    return Answer(
        id=question.id,
        question=question.text,
        answer=f"{planned.opening}{text}{planned.closing}",
        abstained=False,
        doc=None if several else next(iter(docs)),
        citations=numbers(evidence),
        sources=tuple(dict.fromkeys(source(item, several=several) for item in evidence)),
        claims=tuple(claims),
        query=planned.query,
        engine="builtin",
        elapsed_ms=(time.perf_counter() - began) * 1000,
    )


def _refused(question: Question, planned: Planned, began: float) -> Answer:
    workspace = planned.workspace
    return Answer(
        id=question.id,
        question=question.text,
        answer=f"{planned.unmet or reason(workspace, planned.intent)}。",
        abstained=True,
        doc=workspace.views[0].doc if len(workspace.views) == 1 else None,
        citations=(),
        sources=(),
        claims=(),
        query=None,
        engine="builtin",
        elapsed_ms=(time.perf_counter() - began) * 1000,
    )
