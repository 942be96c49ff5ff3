"""Scores of findings: the same kind, and a figure in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from kg.audit.rows import FindingRow
from qa.evaluation.scorecard import Scorecard, Texts, f1, ratio, slips


def score_findings(
    gold: Sequence[FindingRow],
    system: Sequence[FindingRow],
    *,
    docs: Sequence[str] | None = None,
    texts: Texts | None = None,
) -> Scorecard:
    """Compare the findings of *docs*, or of the documents that *gold* speaks of.

    A gold finding is found if one of the same kind has a span that overlaps one of its own.  A
    finding of the system that finds none of gold is false; notes are neither unless gold has them.
    """
    known = set(docs) if docs is not None else {doc for row in gold for doc in row.docs}
    noted = {row.kind for row in gold}
    own = [
        row
        for row in system
        if set(row.docs) <= known and (row.severity == "error" or row.kind in noted)
    ]
    hits = [row for row in gold if any(_same(row, other) for other in own)]
    missing = [row for row in gold if row not in hits]
    spurious = [row for row in own if not any(_same(row, other) for other in gold)]
    right = len(own) - len(spurious)
    kinds = Counter(row.kind for row in gold)
    found = Counter(row.kind for row in hits)
    scores = {
        "precision": ratio(right, len(own)),
        "recall": ratio(len(hits), len(gold)),
        "f1": f1(len(hits), len(gold), len(hits) + len(spurious)),
        "false_an_article": ratio(len(spurious), len(known)),
        **{f"recall.{kind}": ratio(found[kind], kinds[kind]) for kind in sorted(kinds)},
    }
    differences: list[tuple[str, FindingRow | None, FindingRow | None]] = [
        ("missing", row, None) for row in missing
    ]
    differences += [("spurious", None, row) for row in spurious]
    errors = slips(differences, place=_place, shown=_shown, texts=texts or {})
    return Scorecard(kind="findings", n=len(gold), scores=scores, errors=errors)


def _same(one: FindingRow, other: FindingRow) -> bool:
    return one.kind == other.kind and any(
        doc == theirs and start < stop and begin < end
        for doc, start, end in one.places
        for theirs, begin, stop in other.places
    )


def _place(row: FindingRow) -> tuple[str, int, int]:
    return min(row.places, default=(row.docs[0], 0, 0))


def _shown(problem: str, row: FindingRow, other: FindingRow | None) -> Mapping[str, Any]:
    return {"kind": row.kind, "rule": row.rule, "explanation": row.explanation}
