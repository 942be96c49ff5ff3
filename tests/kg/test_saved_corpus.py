"""The saved queries on the project's own article: each row expected is a fact that it states."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from rdflib import Graph, Literal, Namespace
from rdflib.namespace import QB, RDF

from kg.records import Extraction
from kg.saved import bind, saved_queries, saved_query
from kg.sparql import run
from kg.store import GraphReader, GraphWriter

DOC = "great-rotation-2026"
YZ = Namespace("https://yinzheng.example/ns#")
SDO = Namespace("https://schema.org/")  # rdflib's own lacks terms of observations
Row = tuple[str, ...]


def table(reader: GraphReader, name: str, columns: str, /, **values: str) -> list[Row]:
    """Some columns of a saved query's result; of an IRI, what is after the last ``-/#``."""
    text = run(reader, bind(saved_query(name), values), format="csv")
    return [
        tuple(_tail(row[column]) for column in columns.split())
        for row in csv.DictReader(io.StringIO(text))
    ]


def _tail(cell: str) -> str:
    if not cell.startswith(("http:", "https:")):
        return cell
    tail = cell.replace("#", "/").rpartition("/")[2]
    return tail.partition("-")[2] if tail.startswith(("metric-", "type-", "unit-")) else tail


@pytest.fixture(scope="module")
def article(corpus_home: Path) -> GraphReader:
    return GraphReader.open(corpus_home)


SECTORS = [
    ("房地产板块", "0.8", "约0.80%", "0"),
    ("工业板块", "0.73", "0.73%", "0"),
    ("金融服务板块", "0.43", "0.43%", "0"),
    ("能源板块", "0.22", "0.22%", "0"),
    ("科技板块", "-0.18", "0.18%", "0"),
    ("医疗保健板块", "-0.51", "0.51%", "0"),
    ("通信服务板块", "-1.06", "1.06%", "0"),
    ("公用事业板块", "-3.64", "约3.64%", "0"),
]
SEVEN = ["alphabet", "amazon", "apple", "meta-platforms", "microsoft", "nvidia", "tesla"]
AMOUNTS = [
    ("美光科技", "investment", "1000亿美元", "5"),
    ("美光科技", "investment", "1000亿美元", "5,6"),
    ("台积电", "profit", "160亿美元", "6"),
    ("台积电", "profit", "160亿美元", "5,6"),
]
TSMC = [
    ("price_change", "12", "年初至今", "1"),
    ("profit", "16000000000", "2025年第四季度", "6"),
    ("growth_yoy", "35", "2025年第四季度", "6"),
    ("price_adjustment", "3", "自2026年1月1日起", "6"),
    ("price_change", "12", "年初至今", "1"),
    ("profit", "16000000000", "第四季度", "5,6"),
    ("growth_yoy", "35", "第四季度", "5,6"),
]

# name, parameters, columns, the whole result in its order
WHOLE: list[tuple[str, dict[str, str], str, list[Row]]] = [
    ("sector-moves", {}, "name low printed sources", SECTORS),
    ("moves-by-type", {"type": "sector"}, "name low printed sources", SECTORS),
    (
        "moves-by-type",
        {},
        "name low period",
        [
            ("罗素2000指数", "7", "年初至今"),
            ("罗素2000指数", "7", "年初至今"),
            ("标普500", "1.9", "年初至今"),
        ],
    ),
    (
        "moves-by-period",
        {},
        "name low sources",
        [
            ("美光科技", "18", "1"),
            ("美光科技", "18", "1"),
            ("台积电", "12", "1"),
            ("台积电", "12", "1"),
            ("罗素2000指数", "7", "0"),
            ("罗素2000指数", "7", "0,2"),
            ("标普500", "1.9", "0"),
            ("华丽七巨头", "-1.4", "2"),
            ("华丽七巨头", "-1.4", "0,2"),
        ],
    ),
    (
        "laggards",
        {},
        "name low",
        [
            ("公用事业板块", "-3.64"),
            ("华丽七巨头", "-1.4"),
            ("华丽七巨头", "-1.4"),
            ("通信服务板块", "-1.06"),
            ("医疗保健板块", "-0.51"),
            ("科技板块", "-0.18"),
        ],
    ),
    (
        "relative-returns",
        {},
        "name comparator low unit sources",
        [("小盘股", "大盘股", "400", "basis_point", "3,7")],
    ),
    (
        "ranges",
        {},
        "name metric low high printed",
        [
            ("台积电", "price_adjustment", "3", "10", "3%至10%"),
            ("智能手机客户", "price_adjustment", "16", "24", "16-24%"),
            ("小盘股", "valuation", "-30", "-27", "27-30%"),
            ("小盘股", "valuation", "-30", "-27", "27-30%"),
        ],
    ),
    ("largest-amounts", {}, "name metric printed sources", AMOUNTS),
    ("largest-amounts", {"currency": "CNY"}, "name", []),
    (
        "figures-by-metric",
        {},
        "name printed period",
        [("台积电", "160亿美元", "2025年第四季度"), ("台积电", "160亿美元", "第四季度")],
    ),
    (
        "corroborated-figures",
        {},
        "name printed sources",
        [
            ("小盘股", "14个交易日", "3,7"),
            ("小盘股", "约400个基点", "3,7"),
            ("罗素2000指数", "约7%", "0,2"),
            ("华丽七巨头", "约1.4%", "0,2"),
            ("美光科技", "1000亿美元", "5,6"),
            ("台积电", "160亿美元", "5,6"),
            ("台积电", "35%", "5,6"),
            ("小盘股", "27-30%", "2,4"),
        ],
    ),
    ("corroborated-figures", {"least": "3"}, "name", []),
    (
        "repeated-figures",
        {},
        "name metric low places documents",
        [
            ("华丽七巨头", "price_change", "-1.4", "2", "1"),
            ("台积电", "growth_yoy", "35", "2", "1"),
            ("台积电", "price_change", "12", "2", "1"),
            ("台积电", "profit", "16000000000", "2", "1"),
            ("小盘股", "valuation", "-30", "2", "1"),
            ("罗素2000指数", "price_change", "7", "2", "1"),
            ("美光科技", "investment", "100000000000", "2", "1"),
            ("美光科技", "price_change", "18", "2", "1"),
        ],
    ),
    ("group-members", {}, "member printed", [(member, "") for member in SEVEN]),
    (
        "sector-companies",
        {},
        "company printed",
        [
            ("micron-technology", "约18%"),
            ("micron-technology", "约18%"),
            ("tsmc", "约12%"),
            ("tsmc", "约12%"),
            ("asml", "7%"),
            ("nvidia", ""),
        ],
    ),
    (
        "tickers",
        {},
        "name ticker registered",
        [("美光科技", "MU", "XNAS MU"), ("台积电", "TSM", "XNYS TSM,XTAI 2330")],
    ),
    (
        "offices",
        {},
        "name title organisation sources",
        [
            ("桑杰·梅赫罗特拉", "首席执行官", "美光科技", "5"),
            ("魏哲家", "首席执行官", "台积电", "6"),
        ],
    ),
    (
        "metric-counts",
        {},
        "doc metric figures",
        [
            (DOC, "price_change", "18"),
            (DOC, "duration", "3"),
            (DOC, "price_adjustment", "3"),
            (DOC, "growth_yoy", "2"),
            (DOC, "investment", "2"),
            (DOC, "profit", "2"),
            (DOC, "valuation", "2"),
            (DOC, "relative_return", "1"),
        ],
    ),
    ("changed-since", {}, "doc published figures", [(DOC, "2026-01-17", "33")]),
    ("changed-since", {"since": "2999-12-31"}, "doc", []),
    ("figures-since", {"since": "2026-01-18"}, "doc", []),
    ("shared-entities", {}, "name", []),
    ("unconfirmed", {}, "name", []),
    ("disagreements", {}, "name", []),
    ("forecasts", {}, "name", []),
    ("forecasts-against-outcomes", {}, "name", []),
]


@pytest.mark.parametrize(
    ("name", "values", "columns", "expected"), WHOLE, ids=lambda value: str(value)[:24]
)
def test_whole_results(
    article: GraphReader, name: str, values: dict[str, str], columns: str, expected: list[Row]
) -> None:
    assert table(article, name, columns, **values) == expected


# name, parameters, columns, rows that are among others
AMONG: list[tuple[str, dict[str, str], str, list[Row]]] = [
    ("leaders", {}, "name low", [("美光科技", "18"), ("台积电", "12"), ("ASML", "7")]),
    ("company-figures", {}, "metric low period sources", TSMC),
    ("company-figures", {"company": "TSM"}, "metric low period sources", TSMC),
    ("figures-since", {}, "published name printed", [("2026-01-17", "台积电", "35%")]),
    (
        "timeline",
        {},
        "begin end name printed",
        [
            ("2025-10-01", "2025-12-31", "台积电", "160亿美元"),
            ("2026-01-01", "2026-01-17", "罗素2000指数", "约7%"),
        ],
    ),
    (
        "claims-by-source",
        {},
        "kind words",
        [
            ("FigureClaim", "1000亿美元"),
            ("Statement", "我们需要越来越多的内存来满足这一需求"),
            ("FigureClaim", "160亿美元"),
        ],
    ),
    ("most-cited-sources", {}, "doc source", [(DOC, str(number)) for number in range(8)]),
    ("documents", {}, "doc published figures", [(DOC, "2026-01-17", "33")]),
    ("entities-by-type", {}, "name ticker", [("台积电", "TSM"), ("美光科技", "MU")]),
    ("most-mentioned", {}, "name type", [("小盘股", "group"), ("台积电", "company")]),
    ("shared-entities", {"least": "1"}, "name documents", [("台积电", "1"), ("美联储", "1")]),
    (
        "neighbourhood",
        {},
        "name sentences",
        [("美光科技", "5"), ("ASML", "1"), ("魏哲家", "1"), ("台湾地区", "1")],
    ),
    ("neighbourhood", {"name": "美联储"}, "name", [("小盘股",)]),
    ("about-entity", {"name": "魏哲家"}, "kind words", [("Statement", "真实存在")]),
    (
        "said-by",
        {"name": "桑杰·梅赫罗特拉"},
        "kind words sources",
        [("Statement", "我们需要越来越多的内存来满足这一需求", "5")],
    ),
    ("statements", {}, "name words", [("魏哲家", "正开始融入我们的日常生活")]),
    ("people", {}, "name organisation office", [("魏哲家", "台积电", "首席执行官")]),
    (
        "findings",
        {"wanted": "error"},
        "doc kind rule",
        [
            (DOC, "calendar", "trading-days"),
            (DOC, "containment", "within-range"),
            (DOC, "difference", "stated-gap"),
        ],
    ),
    (
        "disputed-figures",
        {},
        "printed rank",
        [("约400个基点", "normal"), ("16-24%", "normal"), ("14个交易日", "normal")],
    ),
    ("provenance", {}, "by doc", [("extractor", DOC), ("extractor", "")]),
]


@pytest.mark.parametrize(
    ("name", "values", "columns", "expected"), AMONG, ids=lambda value: str(value)[:24]
)
def test_rows_among_others(
    article: GraphReader, name: str, values: dict[str, str], columns: str, expected: list[Row]
) -> None:
    found = table(article, name, columns, **values)
    assert [row for row in expected if row not in found] == []


def test_an_article_of_one_topic_has_no_uncited_figure_but_uncited_words(
    article: GraphReader,
) -> None:
    assert all(kind != "FigureClaim" for (kind,) in table(article, "uncited-claims", "kind"))


def test_sentences_are_found_by_their_words(article: GraphReader) -> None:
    ((sentence, sources),) = table(article, "sentences-with", "sentence sources", words="asml")
    assert sentence.startswith("台积电的业绩推动ASML股价上涨7%") and sources == "6"


def test_every_query_is_tested_with_a_result() -> None:
    names = {query.name for query in saved_queries()}
    assert len(names) >= 25
    here = {case[0] for case in (*WHOLE, *AMONG)}
    assert here <= names
    tests = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert [name for name in names - here if f', "{name}"' not in tests] == []


def constructed(reader: GraphReader, name: str) -> Graph:
    return Graph().parse(data=run(reader, saved_query(name).text, format="ttl"), format="turtle")


def test_observations_of_schema_org(article: GraphReader) -> None:
    graph = constructed(article, "observations")
    observations = set(graph.subjects(RDF.type, SDO.Observation))
    assert len(observations) == 33
    (profit,) = [
        claim
        for claim in graph.subjects(SDO.variableMeasured, YZ["metric-profit"])
        if (claim, SDO.observationPeriod, Literal("P92D")) in graph
        and "figure-17" in claim  # the first of two mentions
    ]
    assert str(graph.value(profit, SDO.value)) == "16000000000"
    assert str(graph.value(profit, SDO.unitText)) == "USD"
    assert str(graph.value(profit, SDO.observationDate)) == "2025-12-31"


# Integrity constraints of the Data Cube recommendation, by their numbers there: none may hold.
CONSTRAINTS = {
    1: "?o a qb:Observation FILTER NOT EXISTS { ?o qb:dataSet ?d }",
    2: "?d a qb:DataSet FILTER NOT EXISTS { ?d qb:structure ?s }",
    3: "?s a qb:DataStructureDefinition FILTER NOT EXISTS { ?s qb:component/qb:measure ?m }",
    4: "?p a qb:DimensionProperty FILTER NOT EXISTS { ?p rdfs:range ?r }",
    11: "?o qb:dataSet/qb:structure/qb:component/qb:dimension ?p FILTER NOT EXISTS { ?o ?p ?v }",
    14: "?o qb:dataSet/qb:structure/qb:component/qb:measure ?p FILTER NOT EXISTS { ?o ?p ?v }",
}


def test_a_data_cube_is_well_formed(article: GraphReader) -> None:
    graph = constructed(article, "data-cube")
    observations = set(graph.subjects(RDF.type, QB.Observation))
    assert len(observations) == 33
    for number, pattern in CONSTRAINTS.items():
        assert not graph.query(f"ASK {{ {pattern} }}").askAnswer, f"IC-{number}"
    dimensions = list(graph.objects(None, QB.dimension))
    places = {tuple(graph.value(o, d) for d in dimensions) for o in observations}
    assert len(places) == len(observations)  # IC-12: no duplicates


def test_a_forecast_meets_its_outcome(home: Path, make: Callable[..., Extraction]) -> None:
    made = make()
    margin = made.figures[3]
    expected = replace(margin, entity="tsmc", metric="margin", period="第四季度")
    told = replace(expected, modality="reported", value=margin.low, low=None, high=None)
    above = replace(told, value=margin.high + 2)  # type: ignore[operator]
    denied = replace(told, negated=True, metric="share", modality="hearsay")
    with GraphWriter.open(home) as writer:
        writer.replace(replace(made, figures=(expected, told, above, denied), relations=()))
    reader = GraphReader.open(home)
    found = table(reader, "forecasts-against-outcomes", "forecast by result")
    assert found == [("63%-65%", "魏哲家", "within"), ("63%-65%", "魏哲家", "above")]
    assert [row[0] for row in table(reader, "unconfirmed", "denied")] == ["true"]
    assert len(table(reader, "disagreements", "name")) == 1  # told and above
    spoken = table(reader, "said-by", "kind words", name="魏哲家")
    assert spoken.count(("FigureClaim", "63%-65%")) == 4
    assert table(reader, "forecasts", "by low high") == [("魏哲家", "63", "65")]
