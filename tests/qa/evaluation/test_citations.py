from __future__ import annotations

from dataclasses import replace

from kg.interchange import CitationRow, from_json
from qa.evaluation import score_citations

TEXT = "标普下跌[1,4]，纳指上涨[2]。"


def mark(start: int, end: int, source: str, covers: tuple[int, int]) -> CitationRow:
    row = from_json(
        {
            "doc": "a",
            "start": start,
            "end": end,
            "text": TEXT[start:end],
            "source": source,
            "covers_start": covers[0],
            "covers_end": covers[1],
            "reference": None,
        }
    )
    assert isinstance(row, CitationRow)
    return row


GOLD = [mark(4, 9, "1", (0, 9)), mark(4, 9, "4", (0, 9)), mark(14, 17, "2", (10, 17))]


def test_each_source_of_a_marker_counts() -> None:
    card = score_citations(GOLD, GOLD[1:])
    assert card.scores["recall"] == 2 / 3
    assert card.scores["precision"] == 1.0
    (error,) = card.errors
    assert error.problem == "missing"
    assert error.expected is not None and error.expected["source"] == "1"


def test_what_a_mark_covers_is_shown_as_text() -> None:
    got = [*GOLD[:2], mark(14, 17, "2", (0, 17))]
    card = score_citations(GOLD, got, texts={"a": TEXT})
    assert card.scores["f1"] == 1.0
    assert card.scores["covers"] == 2 / 3
    (error,) = card.errors
    assert error.problem == "covers"
    assert error.expected is not None and error.expected["covers"] == "纳指上涨[2]"
    assert error.got is not None and error.got["covers"] == TEXT[:17]


def test_reference_is_compared() -> None:
    got = [replace(row, reference="路透社") for row in GOLD]
    card = score_citations(GOLD, got)
    assert card.scores["reference"] == 0.0
    assert {error.problem for error in card.errors} == {"reference"}
