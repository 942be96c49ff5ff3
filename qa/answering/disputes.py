"""What the audit holds against the figures of an answer, in half a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.records import Finding
from qa.answering.view import Fact
from qa.audit_words import contradicts, note
from qa.records import Answer

_WEIGHED = ("一致", "不一致", "不对", "是的")


def with_dispute(answer: Answer, facts: Sequence[Fact]) -> Answer:
    """*answer*, made from *facts*, with what an error of the audit says of one of them.

    An answer that itself weighs statements against each other says it already.
    """
    if answer.abstained or answer.answer.startswith(_WEIGHED) or not facts:
        return answer
    return replace(answer, answer=f"{answer.answer}{_noted(facts)}")


def _noted(facts: Sequence[Fact]) -> str:
    """（注意：约400个基点与文中两数之差不符）."""
    for fact in facts:
        for finding in fact.view.findings:
            if finding.severity == "error" and _disputes(finding, fact):
                return note(finding, fact.figure.text)
    return ""


def _disputes(finding: Finding, fact: Fact) -> bool:
    return contradicts(finding, fact.figure.text) and any(
        doc == fact.doc and fact.figure.span in spans
        for doc, spans in zip(finding.docs, finding.spans, strict=True)
    )
