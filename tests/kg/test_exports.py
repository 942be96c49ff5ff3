from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import networkx as nx
import pytest
from rdflib import Dataset, Graph

from kg.errors import InputError
from kg.exports import graph_text, graphml, network
from kg.records import Extraction
from kg.store import GraphReader

# rdflib's own, in its parsers of datasets
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph|Dataset:DeprecationWarning")

Make = Callable[..., Extraction]


@pytest.mark.parametrize(
    ("format", "theirs"), [("trig", "trig"), ("nq", "nquads"), ("jsonld", "json-ld")]
)
def test_datasets_are_read_back_by_rdflib(reader: GraphReader, format: str, theirs: str) -> None:
    quads = reader.quads()
    dataset = Dataset()
    dataset.parse(data=graph_text(quads, format=format), format=theirs)
    assert len(list(dataset.quads())) == len(set(quads))
    body = "https://schema.org/articleBody"
    texts = {str(o) for _, p, o, _ in dataset.quads() if str(p) == body}
    assert texts == {reader.text("a"), reader.text("b")}


def test_turtle_merges_the_graphs(reader: GraphReader) -> None:
    quads = reader.quads()
    graph = Graph().parse(data=graph_text(quads, format="ttl"), format="turtle")
    assert len(graph) == len({quad.triple for quad in quads})
    again = Graph().parse(data=graph_text(quads[::-1], format="ttl"), format="turtle")
    assert set(again) == set(graph)


@pytest.mark.parametrize("format", ["ttl", "trig", "nq", "jsonld"])
def test_the_same_quads_make_the_same_text(reader: GraphReader, format: str) -> None:
    quads = reader.quads("a")
    assert graph_text(quads, format=format) == graph_text(quads[::-1], format=format)


def test_an_unknown_format_is_told() -> None:
    with pytest.raises(InputError, match="no graph format 'rdfa'; there are: ttl, trig"):
        graph_text([], format="rdfa")


def test_entities_are_connected_by_the_sentences_that_name_both(make: Make) -> None:
    graph = network([make("a"), make("b")])
    assert graph.nodes["tsmc"] == {"name": "台积电", "type": "company"}
    told = [data for _, _, data in graph.edges("x-2", data=True)]
    assert [(data["doc"], data["relation"], data["citations"]) for data in told] == [
        ("a", "sentence", "6"),
        ("b", "sentence", "6"),
    ]
    assert nx.shortest_path(graph, "x-1", "x-2") == ["x-1", "tsmc", "x-2"]
    offices = [d["title"] for _, _, d in graph.edges(data=True) if d["relation"] == "office"]
    assert offices == ["首席执行官"] * 2


def test_graphml_is_read_back_whatever_the_names(make: Make) -> None:
    made = make()
    odd = replace(made.entities[0], name="台\x0b积\x00电😀 <&>\ufffe")
    graph = network([replace(made, entities=(odd, *made.entities[1:]))])
    back = nx.read_graphml(io.BytesIO(graphml(graph).encode()), force_multigraph=True)
    assert back.nodes["tsmc"]["name"] == "台积电😀 <&>"
    assert back.number_of_edges() == graph.number_of_edges()
