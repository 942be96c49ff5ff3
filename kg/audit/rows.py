"""Findings as the interchange format has them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kg.records import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """`Finding` of the interchange formats. Gold need not tell severity, rule and sentences.

    Where *doc* is a list, *spans* has a list of spans for each document.
    """

    doc: str | tuple[str, ...]
    kind: str
    severity: str = "error"
    rule: str = ""
    sentences: tuple[str, ...] = ()
    spans: tuple[tuple[Any, ...], ...]
    explanation: str

    @property
    def docs(self) -> tuple[str, ...]:
        """The documents that it is in."""
        return (self.doc,) if isinstance(self.doc, str) else self.doc

    @property
    def places(self) -> frozenset[tuple[str, int, int]]:
        """Document, start and end of each span."""
        each = (self.spans,) if isinstance(self.doc, str) else self.spans
        return frozenset(
            (doc, start, end)
            for doc, spans in zip(self.docs, each, strict=False)
            for start, end in spans
        )


def finding_row(finding: Finding) -> FindingRow:
    """A finding as it is exported."""
    spans = tuple(tuple((span.start, span.end) for span in each) for each in finding.spans)
    alone = len(finding.docs) == 1
    return FindingRow(
        doc=finding.docs[0] if alone else finding.docs,
        kind=finding.kind,
        severity=finding.severity,
        rule=finding.rule,
        sentences=finding.sentences,
        spans=spans[0] if alone else spans,
        explanation=finding.explanation,
    )
