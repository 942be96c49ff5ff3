from __future__ import annotations

from typing import Any

import pytest

from kg.audit.rows import FindingRow
from kg.errors import InputError
from kg.interchange import from_json, to_json
from qa.evaluation import score_findings


def row(kind: str, *spans: tuple[int, int], doc: Any = "a", **more: Any) -> FindingRow:  # noqa: ANN401
    told = [list(span) for span in spans]
    both = [told] * len(doc) if isinstance(doc, list) else told
    made = from_json({"doc": doc, "kind": kind, "spans": both, "explanation": "x", **more})
    assert isinstance(made, FindingRow)
    return made


def test_the_kind_and_an_overlap_make_a_find() -> None:
    gold = [row("sum", (10, 15), (20, 25)), row("rank", (40, 44))]
    system = [row("sum", (14, 18)), row("growth", (40, 44)), row("sum", (90, 95))]
    card = score_findings(gold, system)
    assert card.scores["recall"] == 1 / 2
    assert card.scores["precision"] == 1 / 3
    assert card.scores["recall.sum"] == 1.0
    assert card.scores["recall.rank"] == 0.0
    assert card.scores["false_an_article"] == 2.0
    assert [error.problem for error in card.errors].count("spurious") == 2


def test_notes_and_other_documents_do_not_count() -> None:
    gold = [row("sum", (10, 15))]
    system = [row("uncited", (50, 60), severity="note"), row("sum", (10, 15), doc="b")]
    card = score_findings(gold, system)
    assert card.scores["precision"] is None and card.scores["recall"] == 0.0


def test_a_finding_between_documents_has_spans_for_each() -> None:
    made = row("conflict", (1, 3), doc=["a", "b"])
    assert made.places == {("a", 1, 3), ("b", 1, 3)}
    assert to_json(made)["spans"] == [[[1, 3]], [[1, 3]]]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"spans": [[1]]}, "'spans' is .*; it has to be a list of spans"),
        ({"doc": []}, "'doc' is .*; it has to be a string or a list of strings"),
        ({"kind": 3}, "'kind' is 3; it has to be a string"),
    ],
)
def test_a_faulty_record_is_told(changes: dict[str, object], message: str) -> None:
    record = {"doc": "a", "kind": "sum", "spans": [[1, 2]], "explanation": "x", **changes}
    with pytest.raises(InputError, match=message):
        from_json(record)
