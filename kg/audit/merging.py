"""One finding a fault: what several rules see of the same figures is told once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain

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
    kept: dict[tuple[str, ...], list[Finding]] = defaultdict(list)
    for finding in sorted(findings, key=_rank):
        places = _places(finding)
        told = kept[finding.docs]
        if not any(places & _places(other) for other in told if _hides(other, finding)):
            told.append(finding)
    return tuple(sorted(chain.from_iterable(kept.values()), key=place_of))


def place_of(finding: Finding) -> tuple[tuple[str, ...], list[tuple[int, int]], str]:
    """What findings are ordered by."""
    places = [(span.start, span.end) for spans in finding.spans for span in spans]
    return finding.docs, places, finding.rule


def _rank(finding: Finding) -> tuple[int, int, tuple[str, ...], list[tuple[int, int]], str]:
    size = sum(map(len, finding.spans))
    return _FIRST.index(finding.kind), size, *place_of(finding)


def _hides(told: Finding, other: Finding) -> bool:
    """Whether *told* may stand for *other* of the same documents: an error hides notes too."""
    return other.severity in (told.severity, "note")


def _places(finding: Finding) -> set[tuple[str, Span]]:
    return {
        (doc, span)
        for doc, spans in zip(finding.docs, finding.spans, strict=True)
        for span in spans
    }
