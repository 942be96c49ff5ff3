from __future__ import annotations

import pytest

from qa.evaluation import GoldQuestion, gold_question, score_questions
from qa.evaluation.questions import faults
from qa.records import Answer


def question(id: str = "q1", **other: object) -> GoldQuestion:
    record = {
        "id": id,
        "doc": "a",
        "history": [],
        "question": "哪个板块跌得最惨?",
        "type": "superlative",
        "answerable": True,
        "must_include": [["公用事业"], ["3.64%", "百分之3.64"]],
        "must_not_include": [],
        "citations": ["0"],
        "evidence": [],
    } | other
    return gold_question(record)


def answer(text: str, *citations: str, id: str = "q1", abstained: bool = False) -> Answer:
    return Answer(
        id=id,
        question="",
        answer=text,
        abstained=abstained,
        doc="a",
        citations=citations,
        sources=(),
        claims=(),
        query=None,
        engine="",
        elapsed_ms=0,
    )


RIGHT = answer("公用事业板块，跌幅约3.64% [0]", "0")


def test_right() -> None:
    card = score_questions([question()], [RIGHT])
    assert card.scores["right"] == card.scores["right_superlative"] == 1.0
    assert card.scores["citation_precision"] == card.scores["citation_recall"] == 1.0
    assert card.scores["refused_answerable"] == 0.0
    assert card.scores["refused_unanswerable"] is None
    assert card.errors == ()


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        pytest.param("3.50%-3.75%", "3.50%—3.75%", id="em-dash"),
        pytest.param("3.50%-3.75%", "3.50% – 3.75%", id="en-dash-and-spaces"),
        pytest.param("3.50%-3.75%", "３.５０％－３.７５％", id="full-width"),
        pytest.param("A——B", "a-b", id="double-dash-and-case"),
        pytest.param("SK海力士", "ＳＫ　海力士", id="ideographic-space"),
        pytest.param("跌0.8%，涨", "跌0.8% [5]，涨", id="marker-between"),
    ],
)
def test_what_is_alike_when_looked_for(wanted: str, said: str) -> None:
    assert not faults(question(must_include=[[wanted]]), answer(said))


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("公用事业板块下跌", "lacks 3.64% / 百分之3.64"),
        ("跌3.64%", "lacks 公用事业"),
        ("公用事业3.64% " + "长" * 300, "characters, 300 are the limit"),
    ],
)
def test_what_is_wrong(said: str, problem: str) -> None:
    assert any(problem in fault for fault in faults(question(), answer(said)))


def test_a_number_in_a_marker_is_not_said() -> None:
    assert faults(question(must_include=[["31"]]), answer("见此 [¶31][文-1:31]"))


def test_markers_do_not_make_an_answer_long() -> None:
    said = "公用事业3.64%" + "[some-document:¶12]" * 40
    assert not faults(question(), answer(said))


@pytest.mark.parametrize(
    ("type", "limit"), [("lookup", 300), ("list", 600), ("why", 600), ("summary", 900)]
)
def test_limits_by_type(type: str, limit: int) -> None:
    asked = question(type=type, must_include=[])
    assert not faults(asked, answer("长" * limit))
    assert faults(asked, answer("长" * (limit + 1)))


def test_what_must_not_be_said() -> None:
    assert faults(question(must_not_include=["科技 板块"]), answer("公用事业3.64%，科技板块"))


def test_refusals() -> None:
    gold = [question("q1"), question("q2"), *(
        question(id, type="unanswerable", answerable=False, must_include=[], citations=[])
        for id in ("q3", "q4", "q5", "q6")
    )]  # fmt: skip
    refusal = "文章没有说。"
    answers = [
        RIGHT,
        answer(refusal, id="q2", abstained=True),
        *(answer(refusal, id=id, abstained=True) for id in ("q3", "q4", "q5")),
        answer("大概是5%", id="q6"),
    ]
    card = score_questions(gold, answers)
    assert card.scores["right"] == 0.5
    assert card.scores["refused_answerable"] == 0.5
    assert card.scores["refused_unanswerable"] == 0.75
    assert "right_unanswerable" not in card.scores
    assert [e.problem.split(";")[0] for e in card.errors] == [
        "refused an answerable question",
        "answered an unanswerable question",
    ]


def test_citations_are_counted_over_all_answerable_questions() -> None:
    gold = [
        question("q1", citations=["1", "2"], must_include=[]),
        question("q2", citations=["3"], may_cite=["4"], must_include=[]),
        question("q3", citations=["5"], type="summary", must_include=[]),
    ]
    answers = [
        answer("甲", "1", "9", id="q1"),  # one of two; 9 is wrong
        answer("乙", "3", "4", id="q2"),  # 4 counts neither way
        answer("丙", "5", "7", "8", id="q3"),  # a summary may cite more
    ]
    card = score_questions(gold, answers)
    assert card.scores["citation_precision"] == pytest.approx(3 / 4)  # 1, 3, 5 of 1, 9, 3, 5
    assert card.scores["citation_recall"] == pytest.approx(3 / 4)  # 1, 3, 5 of 1, 2, 3, 5
    (error,) = card.errors
    assert error.problem == "does not cite [2]; cites [9]"


def test_a_question_without_an_answer_is_wrong_and_cites_nothing() -> None:
    card = score_questions([question()], [])
    assert card.scores["right"] == 0.0
    assert card.scores["citation_recall"] == 0.0
    assert card.scores["citation_precision"] is None
    assert card.errors[0].problem.startswith("no answer")


def test_history_is_shown_with_the_question() -> None:
    gold = question(history=["台积电利润是多少?"], question="同比呢?")
    (error,) = score_questions([gold], []).errors
    assert error.context == "台积电利润是多少? → 同比呢?"
