from __future__ import annotations

import pytest

from kg.interchange import EntityRow, from_json
from qa.evaluation import score_entities


def entity(name: str, *aliases: str, **other: object) -> EntityRow:
    row = from_json(
        {
            "doc": "a",
            "name": name,
            "aliases": list(aliases),
            "type": "company",
            "ticker": None,
            "first_start": 0,
        }
        | other
    )
    assert isinstance(row, EntityRow)
    return row


def test_any_shared_name_makes_them_one() -> None:
    gold = entity("美光科技", "美光", "MU", ticker="MU")
    card = score_entities([gold], [entity("MU", ticker="MU")])
    assert card.scores["recall"] == card.scores["precision"] == 1.0
    assert card.scores["type"] == card.scores["ticker"] == 1.0
    assert card.scores["name"] == 0.0
    assert card.errors == ()


def test_split_in_two_costs_precision() -> None:
    card = score_entities(
        [entity("美光科技", "美光", "MU")], [entity("美光科技"), entity("美光", "MU")]
    )
    assert (card.scores["recall"], card.scores["precision"]) == (1.0, 0.5)
    (error,) = card.errors
    assert error.problem == "spurious"
    assert error.got is not None and error.got["name"] == "美光科技"


def test_two_merged_cost_recall() -> None:
    card = score_entities(
        [entity("长江", type="place"), entity("长江电力")], [entity("长江电力", "长江")]
    )
    assert (card.scores["recall"], card.scores["precision"]) == (0.5, 1.0)


def test_type_and_ticker_are_shares_of_those_found() -> None:
    gold = [entity("台积电", ticker="TSM"), entity("半导体板块", type="sector"), entity("某某")]
    got = [entity("台积电", ticker="2330.TW"), entity("半导体板块", type="index")]
    card = score_entities(gold, got)
    assert card.scores["recall"] == pytest.approx(2 / 3)
    assert card.scores["type"] == card.scores["ticker"] == 0.5
    assert sorted(error.problem for error in card.errors) == ["missing", "ticker", "type"]


def test_the_same_name_in_another_document_is_another_record() -> None:
    card = score_entities(
        [entity("台积电"), entity("英伟达", doc="b")], [entity("台积电", doc="b")]
    )
    assert card.scores["recall"] == 0.0


def test_context_is_the_sentence_of_the_first_mention() -> None:
    text = "开盘走低。台积电（TSM）上涨。"
    (error,) = score_entities([entity("台积电", first_start=5)], [], texts={"a": text}).errors
    assert error.context == "⟦台积电⟧（TSM）上涨。"
