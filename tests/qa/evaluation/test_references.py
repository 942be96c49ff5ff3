from __future__ import annotations

from kg.interchange import ReferenceRow, from_json
from qa.evaluation import score_references

TEXT = "甲公司与“乙公司”合并。该公司称，两家公司各持一半，其前景未明。"


def refers(words: str, *antecedent: str) -> ReferenceRow:
    start = TEXT.index(words)
    row = from_json(
        {
            "doc": "a",
            "start": start,
            "end": start + len(words),
            "text": words,
            "antecedent": list(antecedent),
        }
    )
    assert isinstance(row, ReferenceRow)
    return row


GOLD = [
    refers("该公司", "甲公司"),
    refers("两家公司", "甲公司", "乙公司"),
    refers("其"),
]


def test_a_plural_is_right_with_all_it_means_in_any_order() -> None:
    card = score_references(GOLD, [GOLD[0], refers("两家公司", "“乙公司”", "甲公司")])
    assert card.n == 2
    assert card.scores == {"accuracy": 1.0, "precision": 1.0}
    assert card.errors == ()


def test_part_of_a_plural_is_wrong() -> None:
    card = score_references(GOLD, [GOLD[0], refers("两家公司", "甲公司")], texts={"a": TEXT})
    assert card.scores == {"accuracy": 0.5, "precision": 0.5}
    (error,) = card.errors
    assert error.problem == "antecedent"
    assert error.expected == {"text": "两家公司", "antecedent": ["甲公司", "乙公司"]}
    assert "⟦两家公司⟧" in error.context


def test_the_unresolved_counts_as_wrong_and_the_spurious_against_precision() -> None:
    card = score_references(GOLD, [GOLD[0], refers("其", "甲公司")])
    assert card.scores == {"accuracy": 0.5, "precision": 0.5}
    assert [error.problem for error in card.errors] == ["unresolved", "spurious"]


def test_only_documents_of_the_gold_count() -> None:
    other = from_json({"doc": "b", "start": 0, "end": 1, "text": "它", "antecedent": ["甲公司"]})
    assert isinstance(other, ReferenceRow)
    assert score_references(GOLD, [*GOLD[:2], other]).scores["precision"] == 1.0


def test_nothing_to_score_has_no_share() -> None:
    assert score_references([GOLD[2]], []).scores == {"accuracy": None, "precision": None}
