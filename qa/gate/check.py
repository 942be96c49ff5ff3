"""Whole answers through the gate: `check`, for programs and for the command line."""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from dataclasses import replace

from kg.errors import UnknownDocumentError
from qa.gate.access import Evidence
from qa.gate.citing import sentences_of
from qa.gate.evidence import PreparedDocument
from qa.gate.gate import Gate
from qa.gate.records import Sample
from qa.knowledge_base import KnowledgeBase
from qa.records import Answer, Claim

_kept: weakref.WeakKeyDictionary[KnowledgeBase, tuple[int, dict[str, PreparedDocument | None]]]
_kept = weakref.WeakKeyDictionary()


def check(
    answer: Answer | str,
    *,
    kb: KnowledgeBase | None = None,
    passages: Sequence[str] | None = None,
    doc: str | None = None,
) -> tuple[Claim, ...]:
    """The sentences of *answer*, each judged by what it cites.

    *passages* are the evidence where they are given, cited by their numbers from 1 (from 0 where
    one is cited as ``[0]``); else the documents of *kb*, where bare numbers belong to *doc*, to
    the answer's own document, or to the only one there is.  A refusal has no claims.

    :raises ValueError: neither *kb* nor *passages* is given.
    """
    if isinstance(answer, Answer) and answer.abstained:
        return ()
    text = answer.answer if isinstance(answer, Answer) else answer
    asked = answer.question if isinstance(answer, Answer) else ""
    if passages is not None:
        from qa.gate.passages import passages as evidence_of

        return Gate(evidence_of(passages)).check(text, question=asked)
    if kb is None:
        raise ValueError("the gate needs a knowledge base or passages")
    named = doc or (answer.doc if isinstance(answer, Answer) else None)
    return Gate(evidence(kb, doc=named or _told(answer))).check(text, question=asked)


def checked(sample: Sample, kb: KnowledgeBase | None) -> Answer:
    """The answer of *sample* with its claims judged, and the references that it cites."""
    answer = sample.answer
    if sample.passages is None:
        claims = check(answer, kb=kb)
    elif answer.abstained:
        claims = ()
    else:
        from qa.gate.passages import passages

        gate = Gate(passages(sample.passages, refs=sample.refs))
        claims = gate.check(answer.answer, question=answer.question)
    cited = answer.citations or tuple(
        dict.fromkeys(r.number for s in sentences_of(answer.answer) for r in s.refs if not r.block)
    )
    return replace(answer, claims=claims, citations=cited)


def evidence(kb: KnowledgeBase, *, doc: str | None = None) -> Evidence:
    """The documents of *kb* as evidence; bare numbers belong to *doc*, or to the only one."""
    documents = kb.documents()
    if doc is None and len(documents) == 1:
        doc = documents[0].doc
    generation, held = _kept.get(kb, (-1, {}))
    if generation != kb.generation:
        held = {}
        _kept[kb] = (kb.generation, held)

    def find(name: str) -> PreparedDocument | None:
        if name not in held:
            try:
                held[name] = PreparedDocument(kb.extraction(name))
            except UnknownDocumentError:
                held[name] = None
        return held[name]

    return Evidence(find, doc=doc, audited=lambda: kb.findings())


def _told(answer: Answer | str) -> str | None:
    """The document that all sources of an answer come from, where it names none itself."""
    if isinstance(answer, str):
        return None
    docs = {source.doc for source in answer.sources}
    return docs.pop() if len(docs) == 1 else None
