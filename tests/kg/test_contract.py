"""What holds wherever the graph is: on disk, and in stores by URL (`conftest.KINDS`)."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Protocol

import pytest
from pyoxigraph import QuerySolutions

from kg.errors import (
    HomeError,
    HomeLockedError,
    QueryError,
    RefusedQueryError,
    ShapeError,
    UnknownDocumentError,
)
from kg.frames import to_dataframe
from kg.query_tokens import Dataset
from kg.records import Extraction, Span
from kg.registry import RegistryEntry
from kg.saved import saved_queries
from kg.sparql import run
from kg.storage import QueryResult
from kg.store import GraphReader, GraphWriter

Make = Callable[..., Extraction]
TSMC = RegistryEntry(id="tsmc", type="company", zh="台积电", en="TSMC", aliases=("台湾积体",))


class Place(Protocol):
    """`conftest.Place`."""

    home: Path

    def reader(self) -> GraphReader: ...
    def writer(self, *, base: str | None = None) -> GraphWriter: ...


def fill(writer: GraphWriter, make: Make) -> None:
    writer.sync_registry([TSMC])
    writer.replace(make("a"))
    writer.replace(make("b", extra="完。"))


@pytest.fixture
def held(place: Place, make: Make) -> Place:
    """Two articles and a registered company."""
    with place.writer() as writer:
        fill(writer, make)
    return place


@pytest.fixture
def beside(tmp_path: Path, make: Make) -> GraphReader:
    """The same on disk."""
    with GraphWriter.open(tmp_path / "beside") as writer:
        fill(writer, make)
    return GraphReader.open(tmp_path / "beside")


def names(reader: GraphReader | GraphWriter) -> list[str]:
    return [info.doc for info in reader.documents()]


def content(reader: GraphReader) -> list[str]:
    """All quads but those that tell of writing."""
    return sorted(str(quad) for quad in reader.quads() if "provenance" not in str(quad.graph_name))


def test_nothing_reads_as_no_documents(place: Place) -> None:
    reader = place.reader()
    assert (reader.generation, reader.documents(), reader.refresh()) == (0, (), False)
    assert reader.select("SELECT * { ?s ?p ?o }") == []
    assert list(reader.quads()) == []
    assert not place.home.exists()


def test_what_was_written_is_read(held: Place, make: Make) -> None:
    reader = held.reader()
    assert names(reader) == ["a", "b"]
    assert reader.extraction("a") == make("a")
    assert reader.text("b") == make("b", extra="完。").document.text
    info = reader.documents()[0]
    assert (info.figures, info.sentences, info.title) == (4, 2, "标题 a")
    assert info.published == make().document.metadata.published


def test_the_quads_are_those_of_a_home_on_disk(held: Place, beside: GraphReader) -> None:
    assert content(held.reader()) == content(beside)


def test_no_triple_is_in_two_graphs(held: Place) -> None:
    quads = held.reader().quads()
    assert max(Counter(quad.triple for quad in quads).values()) == 1
    assert len(quads) > 500


def test_the_union_of_all_graphs_counts_each_triple_once(held: Place) -> None:
    reader = held.reader()
    (row,) = reader.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert row == {"n": len(reader.quads())}
    (row,) = reader.select("SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }")
    assert row == {"n": len({quad.graph_name for quad in reader.quads()})}


def test_a_query_that_names_graphs_sees_those(held: Place) -> None:
    reader = held.reader()
    a, b = reader.documents()
    count = "SELECT (COUNT(?s) AS ?n) {} {{ ?s a yz:FigureClaim }}"
    named = reader.select(count.format(f"FROM <{a.graph}> FROM <{b.graph}>"))
    (alone,) = reader.select(count.format(f"FROM <{a.graph}>"))
    assert (named, alone) == ([{"n": 8}], {"n": 4})
    with pytest.raises(QueryError, match="FROM <urn:none>: no such graph in the knowledge base"):
        reader.select(count.format("FROM <urn:none>"))
    both = "SELECT ?f ?g { { ?f a yz:FigureClaim } UNION { GRAPH ?g { ?f a yz:FigureClaim } } }"
    for dataset, seen in (
        (None, {None: 8, a.graph: 4, b.graph: 4}),
        (Dataset((a.graph,), (b.graph,)), {None: 4, b.graph: 4}),
    ):
        assert Counter(reader.query(both, graphs_told, dataset=dataset)) == seen


def graphs_told(found: QueryResult) -> list[str | None]:
    assert isinstance(found, QuerySolutions)
    return [None if row["g"] is None else row["g"].value for row in found]


def test_reading_twice_changes_nothing(held: Place, make: Make) -> None:
    reader = held.reader()
    before = sorted(map(str, reader.quads()))
    with held.writer() as writer:
        assert not writer.replace(make("a"))
        assert not writer.sync_registry([TSMC])
    assert not reader.refresh()
    assert sorted(map(str, reader.quads())) == before


def test_a_changed_file_replaces(held: Place, make: Make) -> None:
    reader = held.reader()
    old = reader.documents()[0].graph
    with held.writer() as writer:
        assert writer.replace(make("a", extra="新。"))
        assert names(writer) == ["a", "b"]
    assert reader.refresh()
    assert reader.text("a").endswith("新。")
    assert not [quad for quad in reader.quads() if old in str(quad)]


def test_a_better_extraction_of_the_same_text_replaces(held: Place, make: Make) -> None:
    reader = held.reader()
    with held.writer() as writer:
        assert writer.replace(replace(make("a"), figures=make().figures[:1], relations=()))
        assert writer.extraction("a").relations == ()
    assert reader.refresh()
    assert reader.documents()[0].figures == 1


def test_a_removal_leaves_nothing(place: Place, make: Make) -> None:
    with place.writer():
        pass
    empty = content(place.reader())
    with place.writer() as writer:
        writer.replace(make("a"))
        writer.remove("a")
    reader = place.reader()
    assert content(reader) == empty
    provenance = [quad for quad in reader.quads() if "provenance" in str(quad.graph_name)]
    assert not [quad for quad in provenance if "/document/" in str(quad)]
    with pytest.raises(UnknownDocumentError, match=r"no document 'a' .* it holds: none"):
        reader.extraction("a")


def test_each_write_raises_the_generation(held: Place, make: Make) -> None:
    reader = held.reader()
    first = reader.generation
    with held.writer() as writer:
        writer.replace(make("c", extra="再。"))
        published = writer.publish()
    assert published > first
    assert reader.refresh() and reader.generation >= published
    assert names(reader) == ["a", "b", "c"]


def test_a_graph_that_breaks_a_shape_leaves_nothing(held: Place, make: Make) -> None:
    reader = held.reader()
    made = make("c", extra="别。")
    wrong = replace(made, figures=(replace(made.figures[0], span=Span(0, 3)),))
    with (
        held.writer() as writer,
        pytest.raises(
            ShapeError,
            match=r"c: figure-0-3: '台积电' is printed, '约160亿美元' claimed .*nothing of it",
        ),
    ):
        writer.replace(wrong)
    assert not reader.refresh()


def test_the_registry_is_replaced_when_it_changes(place: Place) -> None:
    with place.writer() as writer:
        assert writer.sync_registry([TSMC])
        assert not writer.sync_registry([TSMC])
        assert writer.sync_registry([replace(TSMC, zh="台湾积体电路", en=None)])
    rows = place.reader().select("SELECT ?name { entity:tsmc skos:prefLabel ?name }")
    assert rows == [{"name": "台湾积体电路"}]


def test_a_second_writer_is_refused(place: Place) -> None:
    with place.writer(), pytest.raises(HomeLockedError, match="is being written to by process"):
        place.writer()
    with place.writer():
        pass


def test_a_base_holds_for_good(place: Place, make: Make) -> None:
    with place.writer(base="https://kb.example/") as writer:
        writer.replace(make("a"))
    reader = place.reader()
    assert reader.base == "https://kb.example/"
    assert reader.documents()[0].iri.startswith("https://kb.example/document/")
    with pytest.raises(HomeError, match=r"made with the base https://kb\.example/"):
        place.writer(base="https://other.example/")


def test_values_come_as_python(held: Place) -> None:
    (row,) = held.reader().select(
        'SELECT * { ?figure yz:lexical "3.64%" ; yz:value ?value ; yz:index ?index ; '
        "yz:negated ?negated OPTIONAL { ?figure yz:basis ?basis } "
        "FILTER EXISTS { ?figure prov:wasDerivedFrom/oa:hasSource/dcterms:identifier 'a' } }"
    )
    assert str(row.pop("figure")).startswith("https://yinzheng.example/id/document/")
    assert row.pop("value") == Decimal("-3.64")
    assert row == {"index": 2, "negated": False, "basis": None}


@pytest.mark.parametrize("query", ["SELECT", "", "SELECT ?x {", "ASK {}", "SELECT ?x { ?x a n:o }"])
def test_a_broken_query_is_one_line(held: Place, query: str) -> None:
    with pytest.raises(QueryError) as caught:
        held.reader().select(query)
    assert "\n" not in str(caught.value)


def test_a_broken_query_is_told_by_its_own_lines(held: Place) -> None:
    with pytest.raises(QueryError, match=r"broken in line 2, column 8, at its end") as caught:
        held.reader().select("SELECT * {\n   ?s }")
    assert (caught.value.line, caught.value.column) == (2, 8)


def test_other_servers_and_writes_are_refused(held: Place) -> None:
    reader = held.reader()
    for query in ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "DROP ALL"):
        with pytest.raises(RefusedQueryError):
            reader.select(query)
    assert names(reader) == ["a", "b"]


def test_results_come_in_every_form(held: Place) -> None:
    reader = held.reader()
    assert run(reader, "ASK { ?s a yz:FigureClaim }") == "true\n"
    rows = json.loads(run(reader, 'SELECT ("𠮷\\n😀" AS ?x) (1 AS ?n) {}', format="json"))
    assert rows["results"]["bindings"][0]["x"]["value"] == "𠮷\n😀"
    assert "TSMC" in run(reader, "CONSTRUCT WHERE { entity:tsmc ?p ?o }", format="ttl")
    assert "TSMC" in run(reader, "DESCRIBE entity:tsmc", format="nt")
    assert "台积电" in run(reader, "SELECT ?e { ?e skos:altLabel ?any }")
    assert run(reader, "CONSTRUCT { [] a yz:Metric } WHERE {}", format="nt").startswith("_:")
    frame = to_dataframe(reader, "SELECT ?v { ?f a yz:FigureClaim ; yz:value ?v }")
    assert str(frame["v"].dtype) == "Float64"


def test_saved_queries_say_the_same_everywhere(held: Place, beside: GraphReader) -> None:
    """Those of `beside`, on disk; but for when a graph was made."""

    def told(reader: GraphReader, query: str) -> list[str]:
        text = run(reader, query, format="nt" if "CONSTRUCT {" in query else "csv")
        return sorted(re.sub(r"\d{4}-\d\d-\d\dT[^,]*", "", text).splitlines())

    reader = held.reader()
    for saved in saved_queries():
        assert told(reader, saved.text) == told(beside, saved.text), saved.name
