"""The network itself, from the graph.

Nodes are named by their kind: ``entity:tsmc``, ``document:DOC``, ``source:DOC:5``,
``claim:DOC#figure-12-20``.  Each has ``kind`` and ``label``; an entity has ``type`` as well, a
document ``title`` and ``published``, a source its ``entry``, a claim ``claim`` (figure,
statement, office …) and ``doc``.

Edges tell by ``relation`` what they are:

====================  ==============================================================
``sentence``          two entities stand in one sentence: ``doc``, ``start``, ``end``,
                      ``text``, ``citations`` (joined by commas), ``block``, ``entities``
                      (how many the sentence speaks of), ``named`` (it speaks of both by name)
the kind of a claim   one claim is about two entities (an office); as above, and ``words``
``subject`` …         a claim is about an entity, in that role
``cites``             a claim rests on a source
``told_in``           a claim is a document's
``lists``             a document has a source
====================  ==============================================================
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import combinations
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from kg.iris import entity_id
from kg.reader import GraphReader
from kg.terms import distinct

if TYPE_CHECKING:
    import networkx as nx

_DOCUMENTS = """
SELECT ?doc ?title ?published {
  ?article a schema:NewsArticle ; dcterms:identifier ?doc ; schema:headline ?title
  OPTIONAL { ?article schema:datePublished ?published } }
"""
_SOURCES = """
SELECT ?doc ?number ?entry {
  ?article cito:citesAsEvidence ?source ; dcterms:identifier ?doc .
  ?source yz:sourceNumber ?number OPTIONAL { ?source yz:entry ?entry } }
"""
_ENTITIES = """
SELECT ?doc ?entity ?name ?type {
  GRAPH ?graph {
    ?article a schema:NewsArticle ; dcterms:identifier ?doc .
    ?known a yz:DocumentEntity ; yz:denotes ?entity ; yz:name ?name ; yz:entityType ?kind }
  ?kind skos:notation ?type }
"""
_SENTENCES = """
SELECT ?sentence ?doc ?block ?start ?end ?text {
  ?sentence a doco:Sentence ; yz:block ?block ; yz:span ?span .
  ?span oa:hasSource/dcterms:identifier ?doc ; oa:hasSelector ?position , ?quote .
  ?position oa:start ?start ; oa:end ?end . ?quote oa:exact ?text }
"""
_CITED = "SELECT ?node ?number { ?node yz:citation/yz:sourceNumber ?number }"
_MENTIONS = """
SELECT ?sentence ?entity ?how {
  ?m a yz:Mention ; yz:sentence ?sentence ; yz:denotes ?entity ; yz:how ?how }
"""
_CLAIMS = """
SELECT ?claim ?sentence ?doc ?words {
  ?claim yz:sentence ?sentence ; prov:wasDerivedFrom ?span .
  ?span oa:hasSource/dcterms:identifier ?doc ; oa:hasSelector/oa:exact ?words }
"""
# Whatever claims say of entities, in whatever role, themselves or by a side that denotes one:
# further kinds of claim need no word here.
PARTIES = """
SELECT ?claim ?role ?entity {
  ?claim yz:sentence ?sentence ; prov:wasDerivedFrom ?span ; ?role ?entity
  FILTER (STRSTARTS(STR(?entity), "%sentity/")) }
"""
SIDES = """
SELECT ?claim ?role ?entity {
  ?side yz:denotes ?entity ; prov:wasDerivedFrom ?span .
  ?claim ?role ?side ; yz:sentence ?sentence }
"""
_Row = Mapping[str, Any]


def network(
    reader: GraphReader,
    docs: Collection[str] | None = None,
    *,
    sentences: Collection[str] | None = None,
) -> nx.MultiGraph[str]:
    """The network of the documents named, or of all.

    With *sentences* (IRIs) only those are read, with the claims that they make and the entities
    that both speak of.
    """
    import networkx as nx

    graph: nx.MultiGraph[str] = nx.MultiGraph()

    def rows(query: str) -> Iterator[_Row]:
        for row in reader.select(query):
            if docs is None or row["doc"] in docs:
                yield row

    def within(query: str, name: str, nodes: Iterable[str]) -> str:
        return query if sentences is None else among(query, name, nodes)

    asked = sentences or ()
    mentions = reader.select(within(_MENTIONS, "sentence", asked))
    parties = [
        row
        for query in (PARTIES % reader.base, SIDES)
        for row in reader.select(within(query, "sentence", asked))
    ]
    claims = {row["claim"]: row for row in rows(within(_CLAIMS, "sentence", asked))}
    _add_documents(graph, rows(_DOCUMENTS), rows(_SOURCES))
    spoken_of = {str(row["entity"]) for row in (*mentions, *parties)}
    for row in rows(within(_ENTITIES, "entity", spoken_of)):
        node = _entity(row["entity"])
        if node not in graph or len(row["name"]) > len(graph.nodes[node]["label"]):
            graph.add_node(node, kind="entity", label=row["name"], type=row["type"])
    cited: dict[str, list[str]] = {}
    for row in reader.select(within(_CITED, "node", (*asked, *claims))):
        cited.setdefault(str(row["node"]), []).append(str(row["number"]))
    told = {
        row["sentence"]: _told(row, cited) for row in rows(within(_SENTENCES, "sentence", asked))
    }
    _add_sentences(graph, mentions, told)
    _add_claims(graph, claims, _by_claim(graph, parties), told, cited)
    return graph


def among(query: str, name: str, iris: Iterable[str]) -> str:
    """A query whose variable *name* may be bound to *iris* alone."""
    head, brace, rest = query.partition("{")
    terms = " ".join(str(NamedNode(iri)) for iri in sorted(set(iris)))
    return f"{head}{brace} VALUES ?{name} {{ {terms} }} {rest}"


def entities_of(graph: nx.MultiGraph[str]) -> nx.MultiGraph[str]:
    """The entities of a network and what connects them directly."""
    entities = [node for node, data in graph.nodes(data=True) if data["kind"] == "entity"]
    part: nx.MultiGraph[str] = graph.subgraph(entities).copy()
    return part


def sentences_of(edges: Iterable[Mapping[str, Any]]) -> list[str]:
    """The sentences behind edges between entities, each once however many claims it makes.

    Each is told with its document before it.
    """
    return list(dict.fromkeys(f"{edge['doc']}: {edge['text']}" for edge in edges))


def _add_documents(
    graph: nx.MultiGraph[str], documents: Iterator[_Row], sources: Iterator[_Row]
) -> None:
    for row in documents:
        graph.add_node(
            f"document:{row['doc']}",
            kind="document",
            label=row["doc"],
            title=row["title"],
            published=str(row["published"] or ""),
        )
    for row in sources:
        source = f"source:{row['doc']}:{row['number']}"
        graph.add_node(source, kind="source", label=f"[{row['number']}]", entry=row["entry"] or "")
        graph.add_edge(f"document:{row['doc']}", source, relation="lists")


def _by_claim(graph: nx.MultiGraph[str], rows: Iterable[_Row]) -> dict[str, list[tuple[str, str]]]:
    """The entities that each claim is about, with their roles."""
    parties: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        role, entity = re.split("[#/]", str(row["role"]))[-1], _entity(str(row["entity"]))
        if entity in graph:
            parties.setdefault(str(row["claim"]), []).append((role, entity))
    return parties


def _add_sentences(
    graph: nx.MultiGraph[str], mentions: Iterable[_Row], told: Mapping[str, dict[str, Any]]
) -> None:
    spoken: dict[str, set[str]] = {}
    for row in mentions:
        sentence, node = str(row["sentence"]), _entity(str(row["entity"]))
        spoken.setdefault(sentence, set()).add(node)
        if row["how"] == "name" and sentence in told:
            told[sentence]["names"].add(node)
    for sentence, data in told.items():
        here = sorted(node for node in spoken.get(sentence, ()) if node in graph)
        data["entities"] = len(here)
        for one, other in combinations(here, 2):
            _connect(graph, one, other, {**data, "relation": "sentence"})


def _add_claims(
    graph: nx.MultiGraph[str],
    claims: Mapping[str, _Row],
    parties: Mapping[str, list[tuple[str, str]]],
    told: Mapping[str, dict[str, Any]],
    cited: Mapping[str, list[str]],
) -> None:
    for claim, row in claims.items():
        doc, name = row["doc"], claim.partition("#")[2]
        node, kind = f"claim:{doc}#{name}", name.partition("-")[0]
        graph.add_node(node, kind="claim", label=row["words"], claim=kind, doc=doc)
        graph.add_edge(node, f"document:{doc}", relation="told_in")
        for number in distinct(cited.get(claim, ())):
            graph.add_edge(node, f"source:{doc}:{number}", relation="cites")
        about = parties.get(claim, [])
        for role, entity in about:
            graph.add_edge(node, entity, relation=role)
        for one, other in combinations(sorted({entity for _, entity in about}), 2):
            told_of = {**told[row["sentence"]], "relation": kind, "words": row["words"]}
            _connect(graph, one, other, told_of)


def _told(row: _Row, cited: Mapping[str, list[str]]) -> dict[str, Any]:
    """What an edge tells of the sentence behind it; ``names`` is for whom it names, not told."""
    sources = ",".join(distinct(cited.get(row["sentence"], ())))
    data = {name: row[name] for name in ("doc", "block", "start", "end", "text")}
    return {**data, "citations": sources, "names": set()}


def _connect(graph: nx.MultiGraph[str], one: str, other: str, data: Mapping[str, Any]) -> None:
    key = graph.add_edge(one, other)  # attributes apart: one may be called as a parameter is
    told = {name: value for name, value in data.items() if name != "names"}
    graph.edges[one, other, key].update(told, named={one, other} <= data["names"])


def _entity(iri: str) -> str:
    return f"entity:{entity_id(NamedNode(iri))}"
