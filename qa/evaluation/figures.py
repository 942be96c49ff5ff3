"""Scores of figures: span, value and unit, subject and metric, and what hangs on them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kg.interchange import FigureRow
from qa.evaluation.scorecard import (
    Scorecard,
    Texts,
    bare,
    f1,
    pair_up,
    plain,
    ratio,
    same_number,
    slips,
)

_SHOWN = ("text", "value", "low", "high", "unit", "approximate", "subject", "metric", "period",
          "citations", "citation_scope")  # fmt: skip


def _same_value(gold: FigureRow, got: FigureRow) -> bool:
    return all(
        same_number(getattr(gold, bound), getattr(got, bound)) for bound in ("value", "low", "high")
    )


def _same_period(gold: FigureRow, got: FigureRow) -> bool:
    return bare(gold.period or "") == bare(got.period or "")


def _same_citations(gold: FigureRow, got: FigureRow) -> bool:
    return set(gold.citations) == set(got.citations) and gold.citation_scope == got.citation_scope


_AGREE: Mapping[str, Callable[[FigureRow, FigureRow], bool]] = {
    "value": _same_value,
    "unit": lambda gold, got: gold.unit == got.unit,
    "approximate": lambda gold, got: gold.approximate == got.approximate,
    "subject": lambda gold, got: bare(gold.subject) == bare(got.subject),
    "metric": lambda gold, got: gold.metric == got.metric,
    "period": _same_period,
    "citations": _same_citations,
}


def score_figures(
    gold: Sequence[FigureRow], system: Sequence[FigureRow], *, texts: Texts | None = None
) -> Scorecard:
    """Compare figures of the documents that *gold* speaks of.

    `span_f1`, `value_unit_f1` (span, value or bounds, and unit) and
    `subject_metric_f1` (subject and metric as well) count over all records; the
    others are shares of the figures whose spans agree. Names compare without
    quotation marks, spaces and width, citations as sets with their scope.
    """
    docs = {record.doc for record in gold}
    system = [record for record in system if record.doc in docs]
    pairs, missing, spurious = pair_up(gold, system, key=lambda row: (row.doc, row.start, row.end))
    wrong = [[name for name, agree in _AGREE.items() if not agree(*pair)] for pair in pairs]
    hits = {name: sum(name not in fields for fields in wrong) for name in _AGREE}
    value_unit = sum(not {"value", "unit"} & set(fields) for fields in wrong)
    subject_metric = sum(
        not {"value", "unit", "subject", "metric"} & set(fields) for fields in wrong
    )
    scores = {
        "span_precision": ratio(len(pairs), len(system)),
        "span_recall": ratio(len(pairs), len(gold)),
        "span_f1": f1(len(pairs), len(gold), len(system)),
        "value_unit_f1": f1(value_unit, len(gold), len(system)),
        "subject_metric_f1": f1(subject_metric, len(gold), len(system)),
    } | {name: ratio(count, len(pairs)) for name, count in hits.items()}

    differences: list[tuple[str, FigureRow | None, FigureRow | None]] = [
        (", ".join(fields), *pair) for pair, fields in zip(pairs, wrong, strict=True) if fields
    ]
    for record in missing:
        near = next((other for other in spurious if _overlap(record, other)), None)
        if near:
            spurious.remove(near)
        differences.append(("span" if near else "missing", record, near))
    differences += [("spurious", None, record) for record in spurious]
    errors = slips(
        differences,
        place=lambda row: (row.doc, row.start, row.end),
        shown=_shown,
        texts=texts or {},
    )
    return Scorecard(kind="figures", n=len(gold), scores=scores, errors=errors)


def _overlap(one: FigureRow, other: FigureRow) -> bool:
    return one.doc == other.doc and one.start < other.end and other.start < one.end


def _shown(problem: str, record: FigureRow, other: FigureRow | None) -> dict[str, Any]:
    """All of a record that stands alone; of two that are compared, what differs."""
    fields = {name: plain(getattr(record, name)) for name in _SHOWN}
    if other is None or problem == "span":
        told = {name: value for name, value in fields.items() if value is not None}
        return {"start": record.start, "end": record.end} | told
    return {
        name: value
        for name, value in fields.items()
        if name == "text" or value != plain(getattr(other, name))
    }
