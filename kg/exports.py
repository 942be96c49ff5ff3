"""The knowledge base in the formats of other tools."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from itertools import combinations
from typing import TYPE_CHECKING, Any

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from kg.errors import InputError
from kg.interchange import Row, to_json
from kg.iris import BASE, query_prefixes
from kg.records import Extraction

if TYPE_CHECKING:
    import networkx as nx

_FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "nq": RdfFormat.N_QUADS,
    "jsonld": RdfFormat.JSON_LD,
}
# Characters that XML 1.0 does not allow: a file that holds one cannot be read back.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def graph_text(quads: Iterable[Quad], *, format: str = "trig", base: str = BASE) -> str:
    """Quads as text, the same for the same quads; ``ttl`` merges the graphs.

    :raises InputError: if *format* is not ttl, trig, nq or jsonld.
    """
    if format not in _FORMATS:
        raise InputError(f"no graph format '{format}'; there are: {', '.join(_FORMATS)}")
    statements: set[Quad] | set[Triple] = set(quads)
    if format == "ttl":
        statements = {quad.triple for quad in statements if isinstance(quad, Quad)}
    return serialised(statements, format=_FORMATS[format], prefixes=query_prefixes(base))


def serialised(
    statements: Iterable[Quad] | Iterable[Triple],
    *,
    format: RdfFormat,
    prefixes: Mapping[str, str],
) -> str:
    """Statements in a stable order, under the prefixes that they use."""
    ordered = sorted(statements, key=_place)
    namespaces = {
        prefix: iri
        for prefix, iri in prefixes.items()
        if any(
            node.value.startswith(iri)
            for statement in ordered
            for node in (statement.subject, statement.predicate, statement.object)
            if hasattr(node, "value")
        )
    }
    text = (serialize(ordered, format=format, prefixes=namespaces) or b"").decode()
    if format not in (RdfFormat.TURTLE, RdfFormat.TRIG):
        return text
    # The serialiser writes its prefixes in the order of a hash table.
    lines = text.split("\n")
    count = next((n for n, line in enumerate(lines) if not line.startswith("@prefix")), 0)
    return "\n".join([*sorted(lines[:count]), *lines[count:]])


def _place(statement: Quad | Triple) -> tuple[str, str, str]:
    graph = str(statement.graph_name) if isinstance(statement, Quad) else ""
    return graph, str(statement.subject), f"{statement.predicate} {statement.object}"


def rows_csv(rows: Iterable[Row], kind: type[Row], *, bom: bool = False) -> str:
    """Rows of one kind as CSV with a header; lists are joined by ``;``.

    *bom* opens with a byte order mark, without which Excel reads Chinese as garbage.
    """
    stream = io.StringIO()
    writer = csv.DictWriter(stream, [field.name for field in fields(kind)], lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _field(value) for name, value in to_json(row).items()})
    return ("\ufeff" if bom else "") + stream.getvalue()


def _field(value: object) -> object:
    if isinstance(value, list):
        return ";".join(value)
    return str(value).lower() if isinstance(value, bool) else value


def network(extractions: Iterable[Extraction]) -> nx.MultiGraph[str]:
    """How entities are connected: nodes are `Entity.id`, with ``name`` and ``type``.

    Two entities share an edge for each sentence that speaks of both (``relation`` is
    ``sentence``) and for each office of one at the other (``office``, with ``title``), with
    ``doc``, ``sentence`` (index), ``text``, ``citations`` and ``scope``.
    """
    import networkx as nx

    graph: nx.MultiGraph[str] = nx.MultiGraph()
    for extraction in extractions:
        for entity in extraction.entities:
            if entity.id not in graph or len(entity.name) > len(graph.nodes[entity.id]["name"]):
                graph.add_node(entity.id, name=entity.name, type=entity.type)
        for index, sentence in enumerate(extraction.document.sentences):
            here = {m.entity for m in extraction.mentions if sentence.span.contains(m.span)}
            for one, other in combinations(sorted(here), 2):
                _connect(graph, one, other, _told(extraction, index), relation="sentence")
        for office in extraction.offices:
            if office.organisation is not None:
                told = {**_told(extraction, office.sentence), "title": office.title}
                _connect(graph, office.person, office.organisation, told, relation="office")
    return graph


def _connect(
    graph: nx.MultiGraph[str], one: str, other: str, told: Mapping[str, object], *, relation: str
) -> None:
    if one in graph and other in graph:
        key = graph.add_edge(one, other)
        graph.edges[one, other, key].update(told, relation=relation)


def _told(extraction: Extraction, sentence: int) -> dict[str, object]:
    """What an edge tells of the sentence behind it."""
    document, support = extraction.document, extraction.supports[sentence]
    return {
        "doc": document.doc,
        "sentence": sentence,
        "text": document.sentences[sentence].span.of(document.text),
        "citations": ",".join(support.citations),
        "scope": support.scope,
    }


def graphml(graph: nx.MultiGraph[str]) -> str:
    """A network as GraphML, without the control characters that XML forbids."""
    import networkx as nx

    clean: nx.MultiGraph[str] = nx.MultiGraph()
    for node, data in graph.nodes(data=True):
        clean.add_node(_xml(node), **_strings(data))
    for one, other, data in graph.edges(data=True):
        clean.add_edge(_xml(one), _xml(other), **_strings(data))
    return "\n".join(nx.generate_graphml(clean)) + "\n"


def _strings(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _xml(value) if isinstance(value, str) else value for key, value in data.items()}


def _xml(text: str) -> str:
    return _NOT_XML.sub("", text)
