"""Scores of citation marks: each source at its marker, and the stretch that it covers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kg.interchange import CitationRow
from qa.evaluation.scorecard import (
    Scorecard,
    Texts,
    f1,
    pair_up,
    ratio,
    slips,
)

_SHOWN = ("text", "source", "start", "end")
_COVERS = ("covers_start", "covers_end")


def score_citations(
    gold: Sequence[CitationRow], system: Sequence[CitationRow], *, texts: Texts | None = None
) -> Scorecard:
    """Compare citation marks of the documents that *gold* speaks of.

    A mark is right if span and source number are; `covers` (the same stretch of
    text) and `reference` (the same entry of the list of sources) are shares of those.
    """
    docs = {record.doc for record in gold}
    system = [record for record in system if record.doc in docs]
    pairs, missing, spurious = pair_up(
        gold, system, key=lambda row: (row.doc, row.start, row.end, row.source)
    )
    wrong = [
        [
            name
            for name, fields in (("covers", _COVERS), ("reference", ("reference",)))
            if any(getattr(expected, field) != getattr(got, field) for field in fields)
        ]
        for expected, got in pairs
    ]
    scores = {
        "precision": ratio(len(pairs), len(system)),
        "recall": ratio(len(pairs), len(gold)),
        "f1": f1(len(pairs), len(gold), len(system)),
        "covers": ratio(sum("covers" not in names for names in wrong), len(pairs)),
        "reference": ratio(sum("reference" not in names for names in wrong), len(pairs)),
    }

    differences: list[tuple[str, CitationRow | None, CitationRow | None]] = [
        (", ".join(names), *pair) for pair, names in zip(pairs, wrong, strict=True) if names
    ]
    differences += [("missing", record, None) for record in missing]
    differences += [("spurious", None, record) for record in spurious]

    def shown(problem: str, record: CitationRow, other: CitationRow | None) -> dict[str, Any]:
        told: dict[str, Any] = {field: getattr(record, field) for field in _SHOWN}
        if "covers" in problem:
            start, end = record.covers_start, record.covers_end
            told["covers"] = (texts or {}).get(record.doc, "")[start:end] or [start, end]
        if "reference" in problem:
            told["reference"] = record.reference
        return told

    errors = slips(
        differences,
        place=lambda row: (row.doc, row.start, row.end),
        shown=shown,
        texts=texts or {},
    )
    return Scorecard(kind="citations", n=len(gold), scores=scores, errors=errors)
