from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any, get_args
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.network import (
    communities,
    entities_of,
    entity_ranks,
    explained_path,
    find_entity,
    graphml,
    neighbourhood_svg,
    network,
    node_link,
    pagerank,
    sentences_between,
)
from kg.network.paths import cost
from kg.records import EntityType, Extraction
from kg.store import GraphReader, GraphWriter

Make = Callable[..., Extraction]
Network = nx.MultiGraph
EVERY = 97  # pair of entities of an article


@pytest.fixture
def graph(reader: GraphReader) -> Network:
    return network(reader)


def test_it_has_entities_claims_sources_and_documents(graph: Network) -> None:
    kinds = [kind for _, kind in graph.nodes(data="kind")]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "document": 2,
        "source": 4,
        "entity": 3,
        "claim": 16,  # four figures, a statement, an office and two relations each
    }
    assert graph.nodes["entity:tsmc"] == {"kind": "entity", "label": "台积电", "type": "company"}
    assert graph.nodes["source:a:6"]["entry"] == "路透社"
    assert graph.nodes["document:a"]["published"] == "2026-01-17"
    (statement,) = [
        n for n, label in graph.nodes(data="label") if label == "需求强劲😀" and ":a#" in n
    ]
    near = {(other, data["relation"]) for _, other, data in graph.edges(statement, data=True)}
    assert near == {
        ("document:a", "told_in"),
        ("source:a:6", "cites"),
        ("source:a:10", "cites"),
        ("entity:x-1", "speaker"),
        ("entity:tsmc", "addressee"),
    }


def test_a_relation_leads_to_the_entities_of_its_sides(graph: Network) -> None:
    claims = [n for n, data in graph.nodes(data=True) if data.get("claim") == "relation"]
    near = {
        (data["doc"], other, edge["relation"])
        for node in claims
        for data in (graph.nodes[node],)
        for _, other, edge in graph.edges(node, data=True)
        if other.startswith("entity:")
    }
    of_one = {
        ("entity:tsmc", "subject"),
        ("entity:x-2", "object"),
        ("entity:tsmc", "object"),  # of the other one, whose subject is no entity
        ("entity:x-1", "speaker"),
    }
    assert near == {(doc, *each) for doc in "ab" for each in of_one}


def test_entities_are_connected_by_sentences_and_claims(graph: Network) -> None:
    told = [data for _, _, data in graph.edges("entity:x-2", data=True) if "text" in data]
    assert [(data["doc"], data["relation"], data["citations"]) for data in told] == [
        ("a", "sentence", "6"),
        ("b", "sentence", "6"),
        ("a", "relation", "6"),
        ("b", "relation", "6"),
    ]
    offices = [d["words"] for _, _, d in graph.edges(data=True) if d["relation"] == "office"]
    assert offices == ["首席执行官魏哲家"] * 2
    assert set(entities_of(graph)) == {"entity:tsmc", "entity:x-1", "entity:x-2"}


def test_it_may_be_of_some_documents(reader: GraphReader) -> None:
    part = network(reader, ["b"])
    assert {node for node, kind in part.nodes(data="kind") if kind == "document"} == {"document:b"}
    assert all(data.get("doc", "b") == "b" for _, _, data in part.edges(data=True))
    assert not network(reader, [])


def test_a_path_is_proved_sentence_by_sentence(reader: GraphReader, graph: Network) -> None:
    ends = [find_entity(reader, name) for name in ("魏哲家", "𠮷田电器板块")]
    hops = explained_path(graph, *ends)
    assert hops is not None
    assert [(hop.one, hop.other, hop.relation) for hop in hops] == [
        ("魏哲家", "台积电", "office"),
        ("台积电", "𠮷田电器板块", "relation"),
    ]
    assert [hop.citations for hop in hops] == [("6", "10"), ("6",)]
    assert [hop.block for hop in hops] == [2, 1]
    for hop in hops:
        assert reader.text(hop.doc)[hop.start : hop.end] == hop.text


@pytest.mark.parametrize("docs", [None, ["a"], ["b"]])
def test_what_lies_between_gives_the_path_of_the_whole_network(
    reader: GraphReader, docs: list[str] | None
) -> None:
    check_all_paths(reader, docs)


def test_what_lies_between_gives_it_in_an_article(corpus_home: Path) -> None:
    check_all_paths(GraphReader.open(corpus_home), None)


def check_all_paths(reader: GraphReader, docs: list[str] | None) -> None:
    whole = network(reader, docs)
    pairs = list(combinations((node for node in whole if node.startswith("entity:")), 2))
    connected = 0
    for one, other in pairs if len(pairs) < EVERY else pairs[::EVERY]:
        sentences = sentences_between(reader, one, other, docs=docs)
        assert (sentences is None) == (explained_path(whole, one, other) is None)
        if sentences is not None:
            part = network(reader, docs, sentences=sentences)
            # Of equally good paths either may be given.
            assert length(part, one, other) == pytest.approx(length(whole, one, other))
            connected += 1
    assert connected


def length(graph: Network, one: str, other: str) -> float:
    """How far two entities are from one another, as paths are chosen."""

    def weight(_one: str, _other: str, edges: dict[str, Any]) -> float:
        return min(map(cost, edges.values()))

    found: float = nx.shortest_path_length(entities_of(graph), one, other, weight=weight)
    return found


def test_nothing_lies_between_what_no_document_connects(reader: GraphReader) -> None:
    assert sentences_between(reader, "entity:tsmc", "entity:x-2", docs=[]) is None
    assert sentences_between(reader, "entity:tsmc", "entity:nobody") is None


def test_no_path_is_none(home: Path, make: Make) -> None:
    made = make()
    with GraphWriter.open(home) as writer:
        writer.replace(replace(made, offices=(), statements=(), relations=()))
    graph = network(GraphReader.open(home))
    assert explained_path(graph, "entity:x-1", "entity:x-2") is None


def edge(text: str, **changes: object) -> dict[str, object]:
    told = {"relation": "sentence", "citations": "1", "entities": 2, "named": True}
    return {"doc": "a", "start": 0, "end": 1, "block": 1, "text": text, **told, **changes}


def test_of_two_proofs_the_one_that_tells_more_is_given() -> None:
    better = [
        edge("claim", relation="relation"),
        edge("sentence"),
        edge("sentence of many", entities=9),
        edge("claim uncited", relation="office", citations=""),
        edge("sentence uncited", citations=""),
        edge("claim by reference", relation="relation", named=False),
        edge("sentence by reference", named=False),
    ]
    for place in range(len(better)):
        graph: Network = nx.MultiGraph()
        for node in ("x", "y"):
            graph.add_node(node, kind="entity", label=node, type="company")
        graph.add_edges_from(("x", "y", data) for data in reversed(better[place:]))
        (hop,) = explained_path(graph, "x", "y") or ()
        assert hop.text == better[place]["text"]


def test_an_edge_tells_whether_its_sentence_names_both(home: Path, make: Make) -> None:
    made = make()
    company, *others = made.mentions
    with GraphWriter.open(home) as writer:
        writer.replace(replace(made, mentions=(replace(company, how="reference"), *others)))
        writer.replace(make("b", extra="完。"))
    edges = network(GraphReader.open(home)).get_edge_data("entity:tsmc", "entity:x-2").values()
    assert {(edge["doc"], edge["named"]) for edge in edges} == {("a", False), ("b", True)}


@pytest.mark.parametrize("name", ["台积电", "TSMC", "tsm", "ＴＳＭＣ", "台湾积体", " 台积 电"])
def test_an_entity_is_found_by_any_name(reader: GraphReader, name: str) -> None:
    assert find_entity(reader, name) == "entity:tsmc"


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("魏哲", "near it: 魏哲家"),
        ("台积店", "near it: 台积电"),
        ("😀", "export entities"),
        ("", "ex"),
    ],
)
def test_an_unknown_name_is_told_with_what_is_near(
    reader: GraphReader, name: str, near: str
) -> None:
    with pytest.raises(InputError, match=f"no entity '{name}' in the documents; .*{near}"):
        find_entity(reader, name)


EDGES = st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=20)


@given(EDGES)
def test_pagerank_is_what_its_equation_says(edges: list[tuple[str, str]]) -> None:
    graph: Network = nx.MultiGraph(edges)
    graph.add_node("alone")
    rank = pagerank(graph)
    assert sum(rank.values()) == pytest.approx(1)

    def degree(node: str) -> int:
        return sum(graph.number_of_edges(node, other) for other in graph.adj[node])

    lost = sum(rank[node] for node in graph if not degree(node))
    for node in graph:
        flow = sum(
            rank[other] * graph.number_of_edges(other, node) / degree(other)
            for other in graph.adj[node]
        )
        expected = 0.15 / len(graph) + 0.85 * (flow + lost / len(graph))
        assert rank[node] == pytest.approx(expected, abs=1e-6)


def test_pagerank_from_some_nodes_favours_what_is_near() -> None:
    graph: Network = nx.MultiGraph([("a", "b"), ("b", "c"), ("c", "d"), ("x", "y")])
    rank = pagerank(graph, start={"a": 1.0})
    assert rank["b"] > rank["c"] > rank["d"] > rank["x"] == 0
    assert pagerank(nx.MultiGraph()) == {}
    with pytest.raises(ValueError, match="no node to start from"):
        pagerank(graph, start={"nobody": 1.0})


def test_communities_are_what_holds_together() -> None:
    one, other = nx.complete_graph("abcde"), nx.complete_graph("vwxy")
    graph: Network = nx.MultiGraph([*one.edges, *other.edges, ("a", "v")])
    assert communities(graph) == (frozenset("abcde"), frozenset("vwxy"))
    assert communities(nx.MultiGraph(list(graph.edges)[::-1])) == communities(graph)
    assert communities(nx.MultiGraph()) == ()


def test_graphml_is_read_back_whatever_the_names(home: Path, make: Make) -> None:
    made = make()
    odd = replace(made.entities[0], name="台\x0b积\x01电😀 <&>\ufffe")
    with GraphWriter.open(home) as writer:
        writer.replace(replace(made, entities=(odd, *made.entities[1:])))
    graph = network(GraphReader.open(home))
    back = nx.read_graphml(io.BytesIO(graphml(graph).encode()), force_multigraph=True)
    assert back.nodes["entity:tsmc"]["label"] == "台积电😀 <&>"
    assert back.number_of_edges() == graph.number_of_edges()
    ranks = [rank for _, rank in back.nodes(data="pagerank") if rank is not None]
    assert len(ranks) == 3 and sum(ranks) == pytest.approx(1)
    assert {number for _, number in back.nodes(data="community")} == {None, 0}
    ElementTree.fromstring(neighbourhood_svg(graph, "entity:tsmc"))


def test_node_link_json_is_read_back(graph: Network) -> None:
    back = nx.node_link_graph(json.loads(node_link(graph)), edges="edges")
    assert dict(back.nodes["entity:tsmc"]).items() >= dict(graph.nodes["entity:tsmc"]).items()
    assert back.number_of_edges() == graph.number_of_edges()


def test_entities_are_ranked(graph: Network) -> None:
    first, *others = entity_ranks(graph)
    assert (first.entity, first.name, first.type) == ("tsmc", "台积电", "company")
    # in each article a sentence with the sector and one with the person, whatever they claim
    assert (first.sentences, first.neighbours, first.community) == (4, 2, 0)
    assert {row.name for row in others} == {"魏哲家", "𠮷田电器板块"}
    assert sum(row.pagerank for row in (first, *others)) == pytest.approx(1, abs=1e-5)


SVG = "{http://www.w3.org/2000/svg}"


def test_the_picture_has_the_neighbours_by_name(graph: Network) -> None:
    root = ElementTree.fromstring(neighbourhood_svg(graph, "entity:tsmc"))
    labels = [text.text for text in root.iter(f"{SVG}text")]
    assert {"台积电", "魏哲家", "𠮷田电器板块", "公司", "人物", "板块"} <= set(labels)
    assert "2" in labels  # two sentences, one in each article
    told = " ".join(title.text or "" for title in root.iter(f"{SVG}title"))
    assert "𠮷田电器板块下跌3.64%" in told
    assert neighbourhood_svg(graph, "entity:tsmc") == neighbourhood_svg(graph, "entity:tsmc")


def test_every_type_has_its_colour_in_the_legend() -> None:
    graph: Network = nx.MultiGraph()
    graph.add_node("middle", kind="entity", label="中心", type="company")
    for type_ in get_args(EntityType):
        graph.add_node(type_, kind="entity", label=type_, type=type_)
        graph.add_edge("middle", type_, doc="a", text="同句")
    root = ElementTree.fromstring(neighbourhood_svg(graph, "middle"))
    fills = [rect.get("fill") for rect in root.iter(f"{SVG}rect") if rect.get("width") == "16"]
    assert len(fills) == len(set(fills)) == len(get_args(EntityType))
    assert max(float(text.get("x", 0)) for text in root.iter(f"{SVG}text")) < 1100


def test_names_in_the_picture_do_not_overlap_or_leave_it() -> None:
    graph: Network = nx.MultiGraph()
    told = {"kind": "entity", "type": "company"}
    graph.add_node("middle", label="中心", **told)
    for number in range(40):
        graph.add_node(f"n{number}", label=f"第{number}家名称很长很长的有限公司", **told)
        graph.add_edge("middle", f"n{number}", doc="a", text="同句")
    root = ElementTree.fromstring(neighbourhood_svg(graph, "middle"))
    boxes = [
        tuple(float(rect.get(name, "")) for name in ("x", "y", "width", "height"))
        for group in root.iter(f"{SVG}g")
        for rect in group.iter(f"{SVG}rect")
    ]
    assert len(boxes) == 25
    assert any("另有 16 个未画出" in (text.text or "") for text in root.iter(f"{SVG}text"))
    for place, (x, y, width, height) in enumerate(boxes):
        assert x >= 0 and x + width <= 1120 and y >= 0 and y + height <= 720
        for a, b, c, d in boxes[place + 1 :]:
            assert x + width <= a or a + c <= x or y + height <= b or b + d <= y
