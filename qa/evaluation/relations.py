"""Scores of relations: kind and both sides, then how they are told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, get_args

from kg.interchange import RelationRow
from kg.records import RelationKind
from qa.evaluation.scorecard import Scorecard, Texts, bare, f1, plain, ratio, slips

_SHOWN = ("kind", "subject", "cue", "object", "subject_entity", "object_entity", "amount", "place",
          "period", "modality", "negated", "speaker")  # fmt: skip
_SIDES = ("subject", "object")
_ALIKE = 0.5  # of the characters of two sides, counted twice where they are common


def _same_entities(gold: RelationRow, got: RelationRow) -> bool:
    return all(
        bare(getattr(gold, side) or "") == bare(getattr(got, side) or "")
        for side in ("subject_entity", "object_entity")
    )


_AGREE: Mapping[str, Callable[[RelationRow, RelationRow], bool]] = {
    "sides": lambda gold, got: all(_overlap(gold, got, side) == 1 for side in _SIDES),
    "entities": _same_entities,
    "amount": lambda gold, got: gold.amount_start == got.amount_start,
    "place": lambda gold, got: bare(gold.place or "") == bare(got.place or ""),
    "period": lambda gold, got: bare(gold.period or "") == bare(got.period or ""),
    "modality": lambda gold, got: gold.modality == got.modality,
    "negated": lambda gold, got: gold.negated == got.negated,
    "speaker": lambda gold, got: bare(gold.speaker or "") == bare(got.speaker or ""),
}


def score_relations(
    gold: Sequence[RelationRow], system: Sequence[RelationRow], *, texts: Texts | None = None
) -> Scorecard:
    """Compare relations of the documents that *gold* speaks of.

    Two records are the same relation if they are of one kind and each side of the one
    shares at least half of its characters with that of the other (Dice); each is paired once,
    the most alike first.  `KIND_precision`, `KIND_recall` and `KIND_f1` are of one kind; `sides`
    (to the character), `entities` and the other fields are shares of the pairs.
    """
    docs = {record.doc for record in gold}
    system = [record for record in system if record.doc in docs]
    pairs = _pair(gold, system)
    wrong = [[name for name, agree in _AGREE.items() if not agree(*pair)] for pair in pairs]
    scores: dict[str, float | None] = {
        "precision": ratio(len(pairs), len(system)),
        "recall": ratio(len(pairs), len(gold)),
        "f1": f1(len(pairs), len(gold), len(system)),
    }
    for name in _AGREE:
        scores[name] = ratio(sum(name not in fields for fields in wrong), len(pairs))
    for kind in get_args(RelationKind):
        hits = sum(expected.kind == kind for expected, _ in pairs)
        known, given = (sum(row.kind == kind for row in rows) for rows in (gold, system))
        if known or given:
            scores[f"{kind}_precision"] = ratio(hits, given)
            scores[f"{kind}_recall"] = ratio(hits, known)
            scores[f"{kind}_f1"] = f1(hits, known, given)

    differences: list[tuple[str, RelationRow | None, RelationRow | None]] = [
        (", ".join(fields), *pair) for pair, fields in zip(pairs, wrong, strict=True) if fields
    ]
    found, right = {id(got) for _, got in pairs}, {id(expected) for expected, _ in pairs}
    differences += [("missing", row, None) for row in gold if id(row) not in right]
    differences += [("spurious", None, row) for row in system if id(row) not in found]
    errors = slips(
        differences,
        place=lambda row: (row.doc, row.start, row.end),
        shown=_shown,
        texts=texts or {},
    )
    return Scorecard(kind="relations", n=len(gold), scores=scores, errors=errors)


def _pair(
    gold: Sequence[RelationRow], system: Sequence[RelationRow]
) -> list[tuple[RelationRow, RelationRow]]:
    candidates = sorted(
        (-sum(alike), i, j)
        for i, expected in enumerate(gold)
        for j, got in enumerate(system)
        if (expected.doc, expected.kind) == (got.doc, got.kind)
        and min(alike := [_overlap(expected, got, side) for side in _SIDES]) >= _ALIKE
    )
    taken: dict[int, int] = {}
    for _, i, j in candidates:
        if i not in taken and j not in taken.values():
            taken[i] = j
    return [(gold[i], system[j]) for i, j in sorted(taken.items())]


def _overlap(one: RelationRow, other: RelationRow, side: str) -> float:
    """How much two sides have in common, 0 to 1: twice the common characters over all."""
    a, b = ((getattr(row, f"{side}_start"), getattr(row, f"{side}_end")) for row in (one, other))
    common = max(0, min(a[1], b[1]) - max(a[0], b[0]))
    total = a[1] - a[0] + b[1] - b[0]
    return 2 * common / total if total else 0.0


def _shown(problem: str, record: RelationRow, other: RelationRow | None) -> dict[str, Any]:
    """All of a record that stands alone; of two that are compared, what differs."""
    fields = {name: plain(getattr(record, name)) for name in _SHOWN}
    if other is None:
        return {name: value for name, value in fields.items() if value not in (None, False)}
    return {
        name: value
        for name, value in fields.items()
        if name in ("kind", "cue") or value != plain(getattr(other, name))
    }
