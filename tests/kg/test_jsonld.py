from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse
from rdflib import Dataset

from kg.errors import InputError
from kg.iris import query_prefixes
from kg.jsonld import jsonld
from kg.store import GraphReader
from kg.vocabulary import XSD

XSD_ = "http://www.w3.org/2001/XMLSchema#"
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph|Dataset:DeprecationWarning")


def read_back(text: str) -> set[Quad]:
    return set(parse(text.encode(), format=RdfFormat.JSON_LD))


def test_a_document_is_read_back_by_two_parsers(reader: GraphReader) -> None:
    quads = reader.quads("a")
    text = jsonld(quads, prefixes=query_prefixes(reader.base))
    assert read_back(text) == set(quads)
    dataset = Dataset()
    dataset.parse(data=text, format="json-ld")
    assert len(list(dataset.quads())) == len(set(quads))


def test_people_can_read_it(reader: GraphReader) -> None:
    written = json.loads(jsonld(reader.quads("a"), prefixes=query_prefixes(reader.base)))
    (graph,) = written["@graph"]
    figures = [node for node in graph["@graph"] if node.get("type") == "yz:FigureClaim"]
    fall = next(figure for figure in figures if figure["lexical"] == "3.64%")
    assert (fall["low"], fall["metric"], fall["approximate"]) == (
        "-3.64",
        "yz:metric-price_change",
        False,
    )
    assert fall["subject"] == "entity:x-2"
    context = written["@context"]
    assert context["low"] == {"@id": "yz:low", "@type": "xsd:decimal"}
    assert context["subject"] == {"@id": "yz:subject", "@type": "@id"}
    assert context["lexical"] == "yz:lexical"
    assert "sh" not in context  # a prefix that is not used


NODES = st.sampled_from(
    [NamedNode(f"https://yinzheng.example/id/entity/{name}") for name in ("a", "", "x%2Fy", "//z")]
    + [NamedNode("urn:x"), NamedNode("https://yinzheng.example/ns#low"), BlankNode("b")]
)
PREDICATES = st.sampled_from(
    [
        NamedNode(iri)
        for iri in (
            "https://yinzheng.example/ns#low",
            "http://purl.org/spar/c4o/denotes",
            "https://yinzheng.example/ns#denotes",
            "https://other.example/denotes",
            "https://yinzheng.example/ns#id",
            "https://yinzheng.example/ns#unit",
            "https://other.example/中文",
            "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
        )
    ]
)
LITERALS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8).map(Literal),
    st.sampled_from(["007", "-0", "5", "99999999999999999999", "x"]).map(
        lambda text: Literal(text, datatype=XSD.integer)
    ),
    st.sampled_from(["true", "1", "no"]).map(lambda text: Literal(text, datatype=XSD.boolean)),
    st.sampled_from(["1.50", "-3"]).map(lambda text: Literal(text, datatype=XSD.decimal)),
    st.sampled_from(["1.5E0", "2"]).map(
        lambda text: Literal(text, datatype=NamedNode(XSD_ + "double"))
    ),
    st.just(Literal("板块", language="zh")),
)


@given(st.lists(st.tuples(NODES, PREDICATES, st.one_of(NODES, LITERALS)), max_size=6))
def test_any_triples_come_back(statements: list[tuple[Any, Any, Any]]) -> None:
    triples = [Triple(*statement) for statement in statements]
    text = jsonld(triples, prefixes=query_prefixes())
    json.loads(text)
    back = {_blank_alike(quad.triple) for quad in read_back(text)}
    assert back == {_blank_alike(triple) for triple in triples}


def _blank_alike(triple: Triple) -> tuple[str, ...]:
    return tuple("_" if isinstance(term, BlankNode) else str(term) for term in triple)


def test_statements_about_statements_are_refused() -> None:
    node = NamedNode("urn:x")
    about = Triple(node, node, Triple(node, node, node))
    with pytest.raises(InputError, match="JSON-LD cannot hold statements about statements"):
        jsonld([about], prefixes=query_prefixes())
