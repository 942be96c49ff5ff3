"""One scoring run: gold against a system's records, or against the knowledge base itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from kg.audit.rows import finding_row
from kg.errors import InputError
from kg.interchange import (
    citation_rows,
    entity_rows,
    figure_rows,
    reference_rows,
    relation_rows,
)
from qa.evaluation.citations import score_citations
from qa.evaluation.entities import score_entities
from qa.evaluation.figures import score_figures
from qa.evaluation.findings import score_findings
from qa.evaluation.gold import Annotations, GoldQuestion
from qa.evaluation.questions import score_questions
from qa.evaluation.references import score_references
from qa.evaluation.relations import score_relations
from qa.evaluation.scorecard import Scorecard
from qa.records import Answer

if TYPE_CHECKING:
    from qa.knowledge_base import KnowledgeBase


def run(
    gold: Annotations,
    *,
    kb: KnowledgeBase,
    system: Annotations | None = None,
    track: Callable[[str, Sequence[GoldQuestion]], Iterable[GoldQuestion]] = lambda _, items: items,
) -> Iterator[Scorecard]:
    """Score each kind that *gold* holds.

    Without *system* the knowledge base is scored: what it extracted, and what it
    answers when asked within the documents of each question.

    :param track: wraps the questions, to show how far it is.
    :raises UnknownDocumentError: if gold speaks of a document that *kb* does not hold.
    :raises InputError: if *gold* holds answers, or *system* nothing of a kind.
    """
    if gold.answers:
        raise InputError("answers are no gold; hand them over with --system")
    kinds = (gold.figures, gold.entities, gold.citations, gold.references, gold.relations)
    docs = {row.doc for rows in kinds for row in rows}
    docs |= {doc for row in gold.findings for doc in row.docs}
    if system is None:
        found = _held(gold, docs, kb=kb)
    else:
        _check_kinds(gold, system)
        found = system
    # A foreign system may have read what this home has not: then errors show no sentence.
    texts = {info.doc: kb.text(info.doc) for info in kb.documents() if info.doc in docs}
    if gold.figures:
        yield score_figures(gold.figures, found.figures, texts=texts)
    if gold.entities:
        yield score_entities(gold.entities, found.entities, texts=texts)
    if gold.citations:
        yield score_citations(gold.citations, found.citations, texts=texts)
    if gold.references:
        yield score_references(gold.references, found.references, texts=texts)
    if gold.relations:
        yield score_relations(gold.relations, found.relations, texts=texts)
    if gold.findings:
        yield score_findings(gold.findings, found.findings, docs=sorted(docs), texts=texts)
    if gold.questions:
        if system is None:
            answers = [_answered(question, kb) for question in track("asking", gold.questions)]
        else:
            answers = system.answers
        yield score_questions(gold.questions, answers)


def _held(gold: Annotations, docs: Collection[str], *, kb: KnowledgeBase) -> Annotations:
    """What *kb* extracted from *docs*."""
    extractions = [kb.extraction(doc) for doc in sorted(docs)]
    for doc in sorted({doc for question in gold.questions for doc in question.docs}):
        kb.text(doc)  # before anything is scored: an unknown document ends the run
    return Annotations(
        figures=[row for each in extractions for row in figure_rows(each)],
        entities=[row for each in extractions for row in entity_rows(each)],
        citations=[row for each in extractions for row in citation_rows(each)],
        references=[row for each in extractions for row in reference_rows(each)],
        relations=[row for each in extractions for row in relation_rows(each)],
        findings=[finding_row(each) for each in kb.findings(docs)] if gold.findings else [],
    )


def _check_kinds(gold: Annotations, system: Annotations) -> None:
    for kind, wanted, given in (
        ("figures", gold.figures, system.figures),
        ("entities", gold.entities, system.entities),
        ("citations", gold.citations, system.citations),
        ("references", gold.references, system.references),
        ("relations", gold.relations, system.relations),
        ("findings", gold.findings, system.findings),
        ("answers", gold.questions, system.answers),
    ):
        if wanted and not given:
            raise InputError(f"the system's file holds no {kind}, which gold asks for")


def _answered(question: GoldQuestion, kb: KnowledgeBase) -> Answer:
    from qa.answering import answer

    return answer(question.asked, kb, docs=question.docs)
