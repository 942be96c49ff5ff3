"""Scores of references: who is meant by 该公司, 其, 后者, 两家公司."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kg.interchange import ReferenceRow
from qa.evaluation.scorecard import Scorecard, Texts, bare, pair_up, plain, ratio, slips


def score_references(
    gold: Sequence[ReferenceRow], system: Sequence[ReferenceRow], *, texts: Texts | None = None
) -> Scorecard:
    """Compare references of the documents that *gold* speaks of.

    `accuracy` is the share of gold expressions that name an antecedent for which the
    system gives the same one, or all of them and no other; what it leaves unresolved
    counts as wrong.  `precision` is the share of the system's resolutions that are so
    right: one of an expression that gold does not have, or that gold says stands for
    no entity, is spurious.  Names compare without quotation marks, spaces, width and case.
    """
    docs = {record.doc for record in gold}
    system = [record for record in system if record.doc in docs]
    meant = [record for record in gold if record.antecedent]
    pairs, missing, spurious = pair_up(meant, system, key=lambda row: (row.doc, row.start, row.end))
    wrong = [pair for pair in pairs if _names(pair[0]) != _names(pair[1])]
    right = len(pairs) - len(wrong)
    scores = {"accuracy": ratio(right, len(meant)), "precision": ratio(right, len(system))}
    differences: list[tuple[str, ReferenceRow | None, ReferenceRow | None]] = [
        ("antecedent", *pair) for pair in wrong
    ]
    differences += [("unresolved", record, None) for record in missing]
    differences += [("spurious", None, record) for record in spurious]
    errors = slips(
        differences,
        place=lambda row: (row.doc, row.start, row.end),
        shown=_shown,
        texts=texts or {},
    )
    return Scorecard(kind="references", n=len(meant), scores=scores, errors=errors)


def _names(record: ReferenceRow) -> frozenset[str]:
    return frozenset(map(bare, record.antecedent))


def _shown(problem: str, record: ReferenceRow, other: ReferenceRow | None) -> dict[str, Any]:
    return {"text": record.text, "antecedent": plain(record.antecedent)}
