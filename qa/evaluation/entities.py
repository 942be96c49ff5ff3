"""Scores of entities: found by any of their names, then type and ticker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kg.interchange import EntityRow
from qa.evaluation.scorecard import (
    Scorecard,
    Texts,
    bare,
    f1,
    plain,
    ratio,
    slips,
)

_SHOWN = ("name", "aliases", "type", "ticker", "first_start")


def score_entities(
    gold: Sequence[EntityRow], system: Sequence[EntityRow], *, texts: Texts | None = None
) -> Scorecard:
    """Compare entities of the documents that *gold* speaks of.

    Two records are the same entity if they share a name or alias (without
    quotation marks, spaces, width and case). Each is paired once, those that share
    most names first, so that an entity split in two costs precision and two merged
    into one cost recall. `type`, `ticker` and `name` are shares of the pairs.
    """
    docs = {record.doc for record in gold}
    system = [record for record in system if record.doc in docs]
    pairs, missing, spurious = _pair(gold, system)
    wrong = [
        [field for field in ("type", "ticker") if getattr(expected, field) != getattr(got, field)]
        for expected, got in pairs
    ]
    scores = {
        "recall": ratio(len(pairs), len(gold)),
        "precision": ratio(len(pairs), len(system)),
        "f1": f1(len(pairs), len(gold), len(system)),
        "type": ratio(sum("type" not in fields for fields in wrong), len(pairs)),
        "ticker": ratio(sum("ticker" not in fields for fields in wrong), len(pairs)),
        "name": ratio(
            sum(bare(expected.name) == bare(got.name) for expected, got in pairs),
            len(pairs),
        ),
    }

    differences: list[tuple[str, EntityRow | None, EntityRow | None]] = [
        (", ".join(fields), *pair) for pair, fields in zip(pairs, wrong, strict=True) if fields
    ]
    differences += [("missing", record, None) for record in missing]
    differences += [("spurious", None, record) for record in spurious]

    def place(row: EntityRow) -> tuple[str, int, int]:
        return row.doc, row.first_start, row.first_start + len(_mention(row, texts or {}))

    errors = slips(differences, place=place, shown=_shown, texts=texts or {})
    return Scorecard(kind="entities", n=len(gold), scores=scores, errors=errors)


def _names(record: EntityRow) -> frozenset[str]:
    return frozenset(bare(name) for name in (record.name, *record.aliases))


def _pair(
    gold: Sequence[EntityRow], system: Sequence[EntityRow]
) -> tuple[list[tuple[EntityRow, EntityRow]], list[EntityRow], list[EntityRow]]:
    gold_names = [_names(record) for record in gold]
    system_names = [_names(record) for record in system]
    candidates = sorted(
        (-len(shared), i, j)
        for i, expected in enumerate(gold)
        for j, got in enumerate(system)
        if expected.doc == got.doc and (shared := gold_names[i] & system_names[j])
    )
    taken: dict[int, int] = {}
    for _, i, j in candidates:
        if i not in taken and j not in taken.values():
            taken[i] = j
    pairs = [(gold[i], system[j]) for i, j in sorted(taken.items())]
    missing = [record for i, record in enumerate(gold) if i not in taken]
    found = set(taken.values())
    return pairs, missing, [record for j, record in enumerate(system) if j not in found]


def _mention(record: EntityRow, texts: Texts) -> str:
    """The name that stands at the first mention, the longest one that does."""
    text = texts.get(record.doc, "")
    names = sorted((record.name, *record.aliases), key=len, reverse=True)
    return next((name for name in names if text.startswith(name, record.first_start)), "")


def _shown(problem: str, record: EntityRow, other: EntityRow | None) -> dict[str, Any]:
    return {field: plain(getattr(record, field)) for field in _SHOWN}
