"""A network in the formats of other tools."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.network.analysis import communities, pagerank
from kg.network.view import entities_of, sentences_of

if TYPE_CHECKING:
    import networkx as nx

# Characters that XML 1.0 does not allow: a file that holds one cannot be read back.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def measured(graph: nx.MultiGraph[str]) -> nx.MultiGraph[str]:
    """A copy whose entities have ``pagerank`` and ``community`` (a number, 0 the largest)."""
    copy: nx.MultiGraph[str] = graph.copy()
    entities = entities_of(graph)
    for node, rank in pagerank(entities).items():
        copy.nodes[node]["pagerank"] = rank
    for number, group in enumerate(communities(entities)):
        for node in group:
            copy.nodes[node]["community"] = number
    return copy


def graphml(graph: nx.MultiGraph[str]) -> str:
    """A network as GraphML, `measured`, without the control characters that XML forbids."""
    import networkx as nx

    clean: nx.MultiGraph[str] = nx.MultiGraph()
    full = measured(graph)
    for node, data in full.nodes(data=True):
        clean.add_node(xml_text(node), **_strings(data))
    for one, other, data in full.edges(data=True):
        clean.add_edge(xml_text(one), xml_text(other), **_strings(data))
    return "\n".join(nx.generate_graphml(clean)) + "\n"


def node_link(graph: nx.MultiGraph[str]) -> str:
    """A network as node-link JSON, `measured`; `networkx.node_link_graph` reads it."""
    import networkx as nx

    data = nx.node_link_data(measured(graph), edges="edges")
    return json.dumps(data, ensure_ascii=False) + "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityRank:
    """An entity's place in the network. *community* counts from 0, the largest first."""

    entity: str  # Entity.id
    name: str
    type: str
    sentences: int  # that connect it with others
    neighbours: int
    pagerank: float
    community: int


def entity_ranks(graph: nx.MultiGraph[str]) -> tuple[EntityRank, ...]:
    """The entities of a network, the best connected first."""
    entities = entities_of(measured(graph))
    rows = (
        EntityRank(
            entity=node.removeprefix("entity:"),
            name=data["label"],
            type=data["type"],
            sentences=len(sentences_of(edge for _, _, edge in entities.edges(node, data=True))),
            neighbours=len(entities.adj[node]),
            pagerank=round(data["pagerank"], 6),
            community=data["community"],
        )
        for node, data in entities.nodes(data=True)
    )
    return tuple(sorted(rows, key=lambda row: (-row.pagerank, row.entity)))


def xml_text(text: str) -> str:
    """*text* without what XML cannot hold."""
    return _NOT_XML.sub("", text)


def _strings(data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: xml_text(value) if isinstance(value, str) else value for key, value in data.items()
    }
