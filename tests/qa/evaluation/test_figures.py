from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.interchange import FigureRow, from_json, to_json
from qa.evaluation import score_figures

TEXT = "中芯国际营收增长12.5%，净利润约3亿元[1]。\n台积电跌0.8%。"


def figure(start: int, end: int, **other: object) -> FigureRow:
    row = from_json(
        {
            "doc": "a",
            "start": start,
            "end": end,
            "text": TEXT[start:end],
            "value": 12.5,
            "low": None,
            "high": None,
            "unit": "percent",
            "approximate": False,
            "subject": "中芯国际",
            "metric": "growth_yoy",
            "period": None,
            "citations": ["1"],
            "citation_scope": "direct",
        }
        | other
    )
    assert isinstance(row, FigureRow)
    return row


def but(row: FigureRow, **fields: object) -> FigureRow:
    changed = from_json(to_json(row) | fields)
    assert isinstance(changed, FigureRow)
    return changed


GROWTH = figure(8, 13)
PROFIT = figure(17, 21, value=3e8, unit="CNY", approximate=True, metric="profit")
FALL = figure(30, 34, value=-0.8, subject="台积电", metric="price_change", citations=[])


def test_the_spans_of_this_file_are_right() -> None:
    assert [f.text for f in (GROWTH, PROFIT, FALL)] == ["12.5%", "约3亿元", "0.8%"]


def test_gold_against_itself_is_perfect() -> None:
    card = score_figures([GROWTH, PROFIT, FALL], [FALL, GROWTH, PROFIT])
    assert card.n == 3
    assert set(card.scores.values()) == {1.0}
    assert card.errors == ()


def test_one_missed_one_made_up_one_wrong_in_value() -> None:
    made_up = figure(0, 4)
    got = [GROWTH, but(FALL, value=0.8), made_up]
    card = score_figures([GROWTH, PROFIT, FALL], got)
    # Two of three spans on either side: P = R = F1 = 2/3; one of them has its value.
    assert card.scores["span_precision"] == pytest.approx(2 / 3)
    assert card.scores["span_recall"] == pytest.approx(2 / 3)
    assert card.scores["span_f1"] == pytest.approx(2 / 3)
    assert card.scores["value_unit_f1"] == pytest.approx(1 / 3)
    assert card.scores["subject_metric_f1"] == pytest.approx(1 / 3)
    assert card.scores["value"] == pytest.approx(1 / 2)
    assert card.scores["unit"] == 1.0
    assert [(e.problem, e.doc) for e in card.errors] == [
        ("spurious", "a"),
        ("missing", "a"),
        ("value", "a"),
    ]


def test_an_error_shows_what_differs_in_its_sentence() -> None:
    got = but(FALL, metric="level", citations=["2"])
    (error,) = score_figures([FALL], [got], texts={"a": TEXT}).errors
    assert error.problem == "metric, citations"
    assert error.context == "台积电跌⟦0.8%⟧。"
    assert error.expected == {"text": "0.8%", "metric": "price_change", "citations": []}
    assert error.got == {"text": "0.8%", "metric": "level", "citations": ["2"]}


def test_a_span_that_is_cut_wrongly_is_one_error_not_two() -> None:
    (error,) = score_figures([PROFIT], [but(PROFIT, start=18, text="3亿元")]).errors
    assert error.problem == "span"
    assert error.expected is not None and error.got is not None
    assert (error.expected["text"], error.got["text"]) == ("约3亿元", "3亿元")


@pytest.mark.parametrize(
    ("field", "gold", "got"),
    [
        pytest.param("subject", "“中芯国际”", "中芯国际", id="quotation-marks"),
        pytest.param("subject", "ＳＫ 海力士", "SK海力士", id="width-and-space"),
        pytest.param("period", "2025 年", "2025年", id="space"),
        pytest.param("citations", ["2", "1"], ["1", "2"], id="order"),
        pytest.param("value", 0.1 + 0.2, 0.3, id="float"),
    ],
)
def test_differences_that_do_not_count(field: str, gold: object, got: object) -> None:
    assert not score_figures([but(GROWTH, **{field: gold})], [but(GROWTH, **{field: got})]).errors


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"value": -12.5}, "value"),
        ({"value": None, "low": 12.5, "high": 12.5}, "value"),
        ({"value": 0.125}, "value"),
        ({"unit": "percentage_point"}, "unit"),
        ({"approximate": True}, "approximate"),
        ({"subject": "中芯"}, "subject"),
        ({"period": "2025年"}, "period"),
        ({"citation_scope": "paragraph"}, "citations"),
        ({"citations": []}, "citations"),
    ],
)
def test_differences_that_count(fields: dict[str, object], problem: str) -> None:
    (error,) = score_figures([GROWTH], [but(GROWTH, **fields)]).errors
    assert error.problem == problem


def test_documents_without_gold_are_not_scored() -> None:
    card = score_figures([GROWTH], [GROWTH, but(FALL, doc="b")])
    assert card.scores["span_precision"] == 1.0


def test_nothing_found_scores_zero_and_no_share_of_nothing() -> None:
    card = score_figures([GROWTH], [])
    assert card.scores["span_f1"] == 0
    assert card.scores["span_precision"] is None
    assert card.scores["subject"] is None


@given(st.sets(st.integers(0, 30)), st.sets(st.integers(0, 30)))
def test_f1_is_symmetric_and_a_share(gold: set[int], got: set[int]) -> None:
    one = [figure(n, n + 1) for n in gold]
    other = [figure(n, n + 1) for n in got]
    there = score_figures(one, other).scores["span_f1"]
    back = score_figures(other, one).scores["span_f1"]
    if gold and got:
        assert there == back == 2 * len(gold & got) / (len(gold) + len(got))
