from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib.plugins.sparql import prepareQuery

from kg.errors import InputError
from kg.saved import SavedQuery, bind, saved_queries, saved_query
from kg.sparql import run
from kg.store import GraphReader


def rows(reader: GraphReader, name: str, /, **values: str) -> list[dict[str, str]]:
    text = run(reader, bind(saved_query(name), values), format="csv")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("query", saved_queries(), ids=lambda query: query.name)
def test_each_is_described_complete_and_runs(reader: GraphReader, query: SavedQuery) -> None:
    assert re.search("[一-龥]", query.zh) and query.en.isascii() and query.keywords
    prepareQuery(query.text)  # another engine, with no prefix of ours preloaded
    assert run(reader, query.text)
    for parameter in query.parameters:
        assert parameter.zh and parameter.en and parameter.default
        assert parameter.default in query.text


def test_names_are_those_of_the_files() -> None:
    names = [query.name for query in saved_queries()]
    assert names == sorted(set(names))
    assert {"sector-moves", "claims-by-source", "about-entity", "people"} <= set(names)


def test_sector_moves_are_sorted(reader: GraphReader) -> None:
    found = rows(reader, "sector-moves")
    assert [(row["doc"], row["name"], row["low"], row["sources"]) for row in found] == [
        ("a", "𠮷田电器板块", "-3.64", "6"),
        ("b", "𠮷田电器板块", "-3.64", "6"),
    ]


def test_claims_by_source(reader: GraphReader) -> None:
    assert rows(reader, "claims-by-source") == []
    found = [row["words"] for row in rows(reader, "claims-by-source", source="10")]
    assert (
        found
        == [
            "首席执行官魏哲家",
            "需求强劲😀”,预计毛利率",
            "需求强劲😀",
            "63%-65%",
        ]
        * 2
    )


@pytest.mark.parametrize("name", ["台积电", "TSM", "TSMC", "台湾积体"])
def test_about_an_entity_by_any_of_its_names(reader: GraphReader, name: str) -> None:
    found = [row for row in rows(reader, "about-entity", name=name) if row["doc"] == "a"]
    kinds = [re.split("[#/]", row["kind"])[-1] for row in found]
    assert sorted(kinds) == ["FigureClaim"] * 3 + ["Office", "Relation", "Relation", "Sentence"]
    assert {row["words"] for row in found} >= {"首席执行官魏哲家", "约160亿美元", "63%-65%"}
    assert all(row["sources"] in ("6", "6,10") for row in found)


def test_people_have_company_office_and_words(reader: GraphReader) -> None:
    found = rows(reader, "people")[0]
    assert (found["name"], found["organisation"]) == ("魏哲家", "台积电")
    assert (found["office"], found["words"]) == ("首席执行官", "需求强劲😀")
    assert found["sources"] == "6,10"


def test_forecasts_documents_and_entities(reader: GraphReader) -> None:
    assert [(r["by"], r["low"], r["high"]) for r in rows(reader, "forecasts")] == [
        ("魏哲家", "63", "65")
    ] * 2
    assert [(r["doc"], r["figures"]) for r in rows(reader, "documents")] == [("a", "4"), ("b", "4")]
    assert [r["name"] for r in rows(reader, "entities-by-type", type="person")] == ["魏哲家"]
    assert [r["name"] for r in rows(reader, "laggards")] == ["𠮷田电器板块"] * 2
    assert rows(reader, "uncited-claims") == rows(reader, "disagreements") == []


def test_causes_are_told_with_cue_modality_and_sources(reader: GraphReader) -> None:
    found = rows(reader, "causes", part="毛利")
    told = ("doc", "cause", "cue", "effect", "modality", "negated", "sources")
    assert [tuple(row[name] for name in told) for row in found] == [
        (doc, "需求强劲😀", "预计", "毛利率", "forecast", "true", "6,10") for doc in ("a", "b")
    ]
    assert rows(reader, "causes", part="无此") == []
    assert len(rows(reader, "causes")) == 2


@pytest.mark.parametrize("name", ["台积电", "TSM", "台湾积体"])
def test_relations_of_an_entity_by_any_of_its_names(reader: GraphReader, name: str) -> None:
    found = [row for row in rows(reader, "relations-of", name=name) if row["doc"] == "a"]
    told = ("kind", "subject", "object", "amount", "place", "period", "extractor", "sources")
    assert [tuple(row[name] for name in told) for row in found] == [
        ("performance", "台积电", "𠮷田电器板块", "3.64%", "", "2025年第四季度", "rules", "6"),
        ("cause", "需求强劲😀", "毛利率", "", "台积电", "", "model:openai:gpt", "6,10"),
    ]


def test_no_members_where_nobody_is_told_to_be_one(reader: GraphReader) -> None:
    assert rows(reader, "members") == []


INJECTIONS = [
    '" } ?s ?p ?o . { VALUES ?x { "',
    '台积电" } SERVICE <http://x/> { } #',
    "\\",
    '"',
    "'''",
    '"""',
    "\n}\r\t",
    "\\u0022 } SERVICE <x:y> {} #",
    " }\n",
    "𠮷😀％",
]


@pytest.mark.parametrize("value", INJECTIONS)
def test_a_value_stays_a_value(reader: GraphReader, value: str) -> None:
    assert rows(reader, "about-entity", name=value) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_value_is_read_back_by_another_engine(value: str) -> None:
    text = bind(saved_query("claims-by-source"), {"source": value})
    algebra = prepareQuery(text).algebra
    found: list[str] = []

    def walk(part: object) -> None:
        if isinstance(part, dict):
            if part.get("name", getattr(part, "name", "")) == "values" or "res" in part:
                found.extend(str(v) for row in part.get("res") or [] for v in row.values())
            for inner in part.values():
                walk(inner)

    walk(algebra)
    assert found == [value]


def test_wrong_calls_are_told() -> None:
    with pytest.raises(InputError, match="no saved query 'x'; there are: about-entity, "):
        saved_query("x")
    with pytest.raises(InputError, match="'people' has no parameter 'name'; it has: none"):
        bind(saved_query("people"), {"name": "x"})
    with pytest.raises(InputError, match="parameter 'name' is not valid text"):
        bind(saved_query("about-entity"), {"name": "\ud800"})


@pytest.mark.parametrize("value", ["x", "1.5", "", "1 } #"])
def test_a_number_has_to_be_one(value: str) -> None:
    with pytest.raises(InputError, match="is no integer, as parameter 'least' has to be"):
        bind(saved_query("most-cited-sources"), {"least": value})


@pytest.mark.parametrize("value", ["2026年1月", "2026-02-30", "", '2026-01-01" }'])
def test_a_day_has_to_be_one(value: str) -> None:
    with pytest.raises(InputError, match="is no date, as parameter 'since' has to be"):
        bind(saved_query("changed-since"), {"since": value})
