"""One finding a fault: what several rules see of the same figures is told once."""

from __future__ import annotations

from collections.abc import Iterable

from kg.records import Finding, Span

_FIRST = (
    "direction",
    "difference",
    "growth",
    "sum",
    "containment",
    "rank",
    "calendar",
    "conflict",
    "unit",
    "modality",
    "restated",
    "uncited",
)
"""Of two that see one fault the earlier kind tells it; what one sentence shows goes first."""


def merged(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """*findings* by place, of those that share a figure the first in rank only."""
    kept: list[Finding] = []
    for finding in sorted(findings, key=_rank):
        places = _places(finding)
        if not any(places & _places(other) for other in kept if _kin(finding, other)):
            kept.append(finding)
    return tuple(sorted(kept, key=place_of))


def place_of(finding: Finding) -> tuple[tuple[str, ...], list[tuple[int, int]], str]:
    """What findings are ordered by."""
    places = [(span.start, span.end) for spans in finding.spans for span in spans]
    return finding.docs, places, finding.rule


def _rank(finding: Finding) -> tuple[int, int, tuple[str, ...], list[tuple[int, int]], str]:
    size = sum(map(len, finding.spans))
    return _FIRST.index(finding.kind), size, *place_of(finding)


def _kin(one: Finding, other: Finding) -> bool:
    """Whether *other*, of the same documents, may tell of *one*: an error hides notes too."""
    if one.docs != other.docs:
        return False
    return one.severity == other.severity or one.severity == "note"


def _places(finding: Finding) -> set[tuple[str, Span]]:
    return {
        (doc, span)
        for doc, spans in zip(finding.docs, finding.spans, strict=True)
        for span in spans
    }
