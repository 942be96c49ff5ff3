from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph
from rdflib.query import Result

from kg.errors import QueryError
from kg.query_tokens import Dataset, inspect_query
from kg.sparql import display_width, run
from kg.store import GraphReader
from kg.vocabulary import PREFIXES

CALL = "<http://127.0.0.1:9/>{?s ?p ?o}"

# Each of them is, to the store's parser or to another's, a call of another server or a write.
REFUSED = [
    f"SELECT * {{ SERVICE {CALL} }}",
    f"SELECT * {{ service {CALL} }}",
    f"SELECT * {{ SeRvIcE SILENT {CALL} }}",
    f"SELECT*{{SERVICE{CALL}}}",
    f"SELECT * {{SERVICESILENT{CALL}}}",
    "PREFIX x:<http://127.0.0.1:9/> SELECT * {SERVICEx:a{?s ?p ?o}}",
    "PREFIX :<http://127.0.0.1:9/> SELECT * {service:a {?s ?p ?o}}",
    f"SELECT * {{ ?s ?p true SERVICE{CALL} }}",
    f"SELECT * {{ ?s ?p trueSERVICE{CALL} }}",
    f"SELECT * {{ ?s ?p 1SERVICE{CALL} }}",
    f"SELECT * {{ ?s ?p 1.5e3SERVICE{CALL} }}",
    f"SELECT * {{ ?s ?p 'x'SERVICE{CALL} }}",
    f"SELECT * {{ ?s ?p '''x'''SERVICE{CALL} }}",
    f'SELECT * {{ ?s ?p "a\\"# "SERVICE{CALL} }}',
    f"SELECT * {{ ?s ?p 'x'@en SERVICE{CALL} }}",
    f"SELECT * {{ ?s ?p ?o . # comment\rSERVICE {CALL}\n }}",
    f"SELECT * {{ ?s ?p ?o . # comment\n SERVICE {CALL} }}",
    f"SELECT * {{ ?s ?p <http://x\\u0041#> SERVICE {CALL} }}",
    f"SELECT * {{ ?s ?p <http://x/#> SERVICE {CALL} }}",
    f"SELECT * {{ ?s ?p ?o FILTER EXISTS {{ SERVICE {CALL} }} }}",
    f"SELECT * {{ {{ SELECT * {{ SERVICE {CALL} }} }} }}",
    "SELECT * { BIND(<http://127.0.0.1:9/> AS ?x) SERVICE ?x { ?s ?p ?o } }",
    "SELECT * { BIND(1 AS?x)SERVICE?x{} }",
    f"SELECT * {{ \\u0053ERVICE {CALL} }}",
    f"SELECT * {{ SERVIC\\u0045 {CALL} }}",
    f"SELECT * {{ \\U00000053ERVICE {CALL} }}",
    f"SELECT * {{ \u017fervice {CALL} }}",
    f"ASK {{ SERVICE {CALL} }}",
    f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SERVICE {CALL} }}",
    "INSERT DATA { <x:a> <x:b> <x:c> }",
    "insert data { <x:a> <x:b> <x:c> }",
    "PREFIX x: <x:> # SELECT\n DELETE WHERE { ?s ?p ?o }",
    "BASE <http://x/> LOAD <file:///etc/passwd>",
    "LOAD SILENT <http://x.example/> INTO GRAPH <x:g>",
    "CLEAR ALL",
    "DROP GRAPH <x:g>",
    "CREATE GRAPH <x:g>",
    "COPY <x:a> TO <x:b>",
    "MOVE <x:a> TO <x:b>",
    "ADD <x:a> TO <x:b>",
    "WITH <x:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "SELECT * FROM NAMED <http://x.example/g> { ?s ?p ?o }",
    "SELECT*FROM<http://x.example/g>{?s ?p ?o}",
    "ASKFROM<http://x.example/g>{?s ?p ?o}",
    "CONSTRUCTFROM<http://x.example/g>WHERE{?s ?p ?o}",
    "SELECT*FROMNAMED<http://x.example/g>{GRAPH?g{?s ?p ?o}}",
    "PREFIX x: <http://x.example/> SELECT * from x:g { ?s ?p ?o }",
    "BASE <file:///etc/> SELECT * FROM <passwd> { ?s ?p ?o }",
    "",
    "# only a comment",
    "EXPLAIN SELECT * { ?s ?p ?o }",
]

ALLOWED = [
    "SELECT * { ?service ?p 'SERVICE <http://x/> {}' }",
    'SELECT * { ?s ?p """ " SERVICE {} """ }',
    "SELECT * { ?s schema:serviceType ?o }",
    "SELECT * { ?s ?p <http://x.example/service/SERVICE#service> }",
    "SELECT * { ?s ?p ?o } # SERVICE <http://x/>",
    "SELECT * { ?s ?p ?o FILTER (?o < 5 && ?o > 3) }",
    "SELECT $service { ?s ?p $service . _:b ?p ?s }",
    "select (count(*) as ?n) { ?s ?p ?o }",
    "PREFIX load: <http://x/> ASK { ?s load:insert ?o }",
    "DESCRIBE entity:tsmc",
]


@pytest.mark.parametrize("query", REFUSED)
def test_what_is_more_than_reading_is_refused(reader: GraphReader, query: str) -> None:
    with pytest.raises(QueryError) as caught:
        run(reader, query)
    assert "\n" not in str(caught.value)
    assert "cannot be run" not in str(caught.value), "refused by the tokens, not by the parser"


@pytest.mark.parametrize("query", ALLOWED)
def test_what_only_looks_so_is_run(reader: GraphReader, query: str) -> None:
    run(reader, query)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_text_is_looked_through(text: str) -> None:
    try:
        inspect_query(text, prefixes=PREFIXES)
    except QueryError as error:
        assert str(error)


def test_a_dataset_is_found_by_its_tokens() -> None:
    query = (
        "BASE <http://b/> PREFIX g: <http://g/> SELECT * FROM g:one FROM <two> "
        "FROM NAMED <http://n/#x> { ?from ?p 'FROM <x>' } # FROM <y>"
    )
    assert inspect_query(query, prefixes={}) == Dataset(
        ("http://g/one", "http://b/two"), ("http://n/#x",)
    )
    assert inspect_query("SELECT ?from { ?from ?p 'FROM <x>' }", prefixes={}) is None


def test_the_union_is_read_unless_a_graph_is_named(reader: GraphReader) -> None:
    graphs = {info.doc: info.graph for info in reader.documents()}
    count = "SELECT (COUNT(*) AS ?n) {} {{ ?f a yz:FigureClaim }}"
    assert reader.select(count.format("")) == [{"n": 8}]
    assert reader.select(count.format(f"FROM <{graphs['a']}>")) == [{"n": 4}]
    assert reader.select(count.format(f"FROM NAMED <{graphs['a']}>")) == [{"n": 0}]
    named = "SELECT ?g {} {{ GRAPH ?g {{ ?d a schema:NewsArticle }} }}"
    assert reader.select(named.format(f"FROM NAMED <{graphs['b']}>")) == [{"g": graphs["b"]}]


ROWS = (
    "SELECT ?figure ?name ?value { ?figure yz:subjectName ?name ; yz:value ?value } ORDER BY ?value"
)


def test_a_table_is_aligned_and_labelled(reader: GraphReader) -> None:
    table = run(reader, "SELECT DISTINCT ?s ?unit { ?f yz:subject ?s ; yz:unit ?unit } ORDER BY ?s")
    head, rule, *rows, count = table.splitlines()
    assert head.split() == ["s", "unit"]
    assert count == "(3 rows)"
    assert any(
        row.startswith("台积电 (entity:tsmc)") and "美元 (unit:CCY_USD)" in row for row in rows
    )
    column = display_width(rule[: rule.index("  ")])
    for row in rows:
        cut = next(n for n in range(len(row)) if display_width(row[:n]) == column)
        assert row[cut : cut + 2] == "  "


def test_labels_come_in_the_language_asked_for(reader: GraphReader) -> None:
    query = "SELECT DISTINCT ?m { ?f yz:metric ?m } ORDER BY ?m"
    assert "利润 (yz:metric-profit)" in run(reader, query)
    assert "profit (yz:metric-profit)" in run(reader, query, language="en")


def test_numbers_align_right(reader: GraphReader) -> None:
    query = "SELECT ?name ?low { ?f yz:subjectName ?name ; yz:low ?low } ORDER BY ?low LIMIT 4"
    _, _, *rows, _ = run(reader, query).splitlines()
    assert len({display_width(row) for row in rows}) == 1
    assert [row.split()[-1] for row in rows] == ["-3.64", "-3.64", "35", "35"]


@pytest.mark.parametrize(("text", "width"), [("", 0), ("a台", 3), ("😀", 2), ("𠮷％", 4), ("é", 1)])
def test_display_width(text: str, width: int) -> None:
    assert display_width(text) == width


def test_csv_and_tsv_have_a_row_each(reader: GraphReader) -> None:
    rows = list(csv.DictReader(io.StringIO(run(reader, ROWS, format="csv"))))
    assert [row["value"] for row in rows] == ["-3.64", "-3.64", "35", "35", *["16000000000"] * 2]
    assert run(reader, ROWS, format="tsv").splitlines()[0] == "?figure\t?name\t?value"


@pytest.mark.parametrize("format", ["json", "xml"])
def test_results_are_read_back_by_rdflib(reader: GraphReader, format: str) -> None:
    result = Result.parse(io.BytesIO(run(reader, ROWS, format=format).encode()), format=format)
    assert [float(row.value) for row in result][:2] == [-3.64, -3.64]  # type: ignore[union-attr]


def test_ask_in_all_its_formats(reader: GraphReader) -> None:
    query = "ASK { ?f a yz:FigureClaim }"
    assert run(reader, query) == "true\n"
    assert json.loads(run(reader, query, format="json"))["boolean"] is True
    assert "true" in ElementTree.fromstring(run(reader, query, format="xml")).itertext()


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # of rdflib's parser
@pytest.mark.parametrize(
    ("format", "theirs"),
    [("table", "turtle"), ("ttl", "turtle"), ("nt", "nt"), ("jsonld", "json-ld"), ("xml", "xml")],
)
def test_graphs_are_read_back_by_rdflib(reader: GraphReader, format: str, theirs: str) -> None:
    query = "CONSTRUCT { ?f yz:lexical ?t } WHERE { ?f yz:lexical ?t }"
    graph = Graph().parse(data=run(reader, query, format=format), format=theirs)
    assert len(graph) == 8
    assert {str(text) for text in graph.objects()} == {"约160亿美元", "35%", "3.64%", "63%-65%"}


@pytest.mark.parametrize(
    ("query", "format", "message"),
    [
        ("SELECT * { ?s ?p ?o }", "ttl", "makes a table, which 'ttl' cannot hold; use csv"),
        ("DESCRIBE entity:tsmc", "csv", "makes a graph, which 'csv' cannot hold; use ttl"),
        ("ASK {}", "docx", "no format 'docx'; there are: table, csv"),
    ],
)
def test_a_format_that_does_not_fit_is_told(
    reader: GraphReader, query: str, format: str, message: str
) -> None:
    with pytest.raises(QueryError, match=message):
        run(reader, query, format=format)
