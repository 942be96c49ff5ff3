"""What the audit holds against the figures of an answer, in half a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.errors import InputError
from kg.records import Finding
from qa.answering.view import Fact
from qa.knowledge_base import KnowledgeBase
from qa.records import Answer

_WEIGHED = ("一致", "不一致", "不对", "是的")
_WHAT = {
    "difference": "与文中两数之差不符",
    "containment": "与文中所说的区间不符",
    "conflict": "与别处的说法不一",
    "calendar": "与日历不符",
    "sum": "与文中各部分之和不符",
    "growth": "与文中的水平值不符",
    "rank": "与文中的排名不符",
    "direction": "与文中的用词方向不符",
}


def with_dispute(answer: Answer, facts: Sequence[Fact], kb: KnowledgeBase) -> Answer:
    """*answer*, made from *facts*, with what an error of the audit says of one of them.

    An answer that itself weighs statements against each other says it already.
    """
    if answer.abstained or answer.answer.startswith(_WEIGHED) or not facts:
        return answer
    said = _said(facts, kb)
    if not said:
        return answer
    return replace(answer, answer=f"{answer.answer}（注意：{said}。）")


def _said(facts: Sequence[Fact], kb: KnowledgeBase) -> str:
    """约400个基点与文中两数之差不符; a faulty rule of the home says nothing here."""
    try:
        findings = kb.findings(sorted({fact.doc for fact in facts}))
    except InputError:
        return ""
    for fact in facts:
        for finding in findings:
            if finding.severity == "error" and _disputes(finding, fact):
                return f"{fact.figure.text}{_WHAT.get(finding.kind, '存疑')}"
    return ""


def _disputes(finding: Finding, fact: Fact) -> bool:
    """Whether *finding* holds the figure itself to be wrong, not only computes with it.

    What arithmetic contradicts stands in the explanation's last clause: 而文中写为约400个基点.
    """
    contradicted = finding.explanation.rpartition("而")[2].partition("；")[0]
    return fact.figure.text in contradicted and any(
        doc == fact.doc and fact.figure.span in spans
        for doc, spans in zip(finding.docs, finding.spans, strict=True)
    )
