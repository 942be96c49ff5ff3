"""What the audit holds against the figures of an answer, in half a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from kg.records import Finding
from qa.answering.view import Fact
from qa.audit_words import contradicts, note

_WEIGHED = ("一致", "不一致", "不对", "是的")


def disputed(text: str, facts: Sequence[Fact]) -> str:
    """What an error of the audit says of one of *facts*, behind the answer *text* made from them.

    （注意：约400个基点与文中两数之差不符）; nothing where the answer itself weighs statements
    against each other: it says it already.
    """
    if text.startswith(_WEIGHED):
        return ""
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
