"""How two entities are connected, each step proved by a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from kg.network.view import entities_of

if TYPE_CHECKING:
    import networkx as nx

_CROWD = 50  # a sentence that names more entities says no less of each pair


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One step between two entities, by their names, and the sentence that speaks of both.

    *start* and *end* are its place in the stored text of *doc*, *block* its block, from 1.
    """

    one: str
    other: str
    relation: str  # sentence, or the kind of claim that connects them: office, relation …
    doc: str
    start: int
    end: int
    block: int
    text: str
    citations: tuple[str, ...]


def explained_path(graph: nx.MultiGraph[str], one: str, other: str) -> tuple[Hop, ...] | None:
    """The shortest path between two entities of a network, or ``None`` if there is none.

    Of several with as few steps, the one whose sentences tell most of the two: those that name
    both before those where a reader has to know whom 该公司 stands for, cited before uncited,
    claims about both before mere sentences, few names before many.
    """
    import networkx as nx

    entities = entities_of(graph)

    def least(_one: str, _other: str, edges: dict[str, Any]) -> float:
        return min(map(cost, edges.values()))

    try:
        nodes = nx.shortest_path(entities, one, other, weight=least)
    except nx.NetworkXNoPath:
        return None
    return tuple(_hop(entities, here, there) for here, there in pairwise(nodes))


def cost(edge: Mapping[str, Any]) -> float:
    """What an edge counts: one, and so little more that no number of steps is outweighed by it."""
    crowd: float = min(edge["entities"], _CROWD) / _CROWD
    unproved: int = 4 * (not edge["named"]) + 2 * (not edge["citations"])
    vague: bool = edge["relation"] == "sentence"
    return 1 + (unproved + vague + crowd) / 1000


def _hop(graph: nx.MultiGraph[str], one: str, other: str) -> Hop:
    edges = graph.get_edge_data(one, other).values()
    edge = min(edges, key=lambda edge: (cost(edge), edge["doc"], edge["start"]))
    return Hop(
        one=graph.nodes[one]["label"],
        other=graph.nodes[other]["label"],
        relation=edge["relation"],
        doc=edge["doc"],
        start=edge["start"],
        end=edge["end"],
        block=edge["block"],
        text=edge["text"],
        citations=tuple(filter(None, edge["citations"].split(","))),
    )
