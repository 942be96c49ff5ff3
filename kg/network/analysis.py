"""Which entities matter, and which belong together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

_TOLERANCE = 1e-10
_ROUNDS = 200


def pagerank(
    graph: nx.MultiGraph[str],
    *,
    start: Mapping[str, float] | None = None,
    damping: float = 0.85,
) -> dict[str, float]:
    """How much a random walk comes by each node; the values add up to 1.

    Each edge counts.  *start* weighs the nodes that the walk starts again from, all alike
    unless told: with a few of them it is what lies around those.  (The one in networkx needs
    scipy, a wheel of 35 MB for this page of arithmetic.)

    :raises ValueError: if *start* has no weight on a node of the graph.
    """
    if not graph:
        return {}
    weights = {node: 1.0 for node in graph} if start is None else start
    total = sum(weights.get(node, 0.0) for node in graph)
    if total <= 0:
        raise ValueError("no node to start from is in the graph")
    jump = {node: weights.get(node, 0.0) / total for node in graph}
    neighbours = {
        node: [(other, len(edges)) for other, edges in graph.adj[node].items()] for node in graph
    }
    degrees = {node: sum(edges for _, edges in near) for node, near in neighbours.items()}
    rank = dict(jump)
    for _ in range(_ROUNDS):
        lost = sum(rank[node] for node, degree in degrees.items() if degree == 0)
        new = {node: (1 - damping + damping * lost) * jump[node] for node in graph}
        for node, near in neighbours.items():
            for other, edges in near:
                new[other] += damping * rank[node] * edges / degrees[node]
        change = sum(abs(new[node] - rank[node]) for node in graph)
        rank = new
        if change < _TOLERANCE:
            break
    return rank


def communities(graph: nx.MultiGraph[str]) -> tuple[frozenset[str], ...]:
    """The nodes that belong together (Louvain), largest group first; the same each time."""
    import networkx as nx

    if not graph:
        return ()
    # A sorted copy: the method follows the order of the nodes.
    simple: nx.Graph[str] = nx.Graph()
    simple.add_nodes_from(sorted(graph))
    for one, other in sorted(graph.edges()):
        if one != other:
            weight = simple.get_edge_data(one, other, {"weight": 0})["weight"]
            simple.add_edge(one, other, weight=weight + 1)
    found = nx.community.louvain_communities(simple, seed=0)
    return tuple(sorted(map(frozenset, found), key=lambda group: (-len(group), min(group))))
