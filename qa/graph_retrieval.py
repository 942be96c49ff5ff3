"""Passages by a walk over the graph: from what a question names to what is told of it.

A random walk with restart (personalised PageRank, as HippoRAG has it: Gutiérrez et al. 2024)
starts at the entities that the question names and at the passages that a search finds, and goes
from passages to the entities that they speak of and back.  So a passage is found that shares no
word with the question but tells of what the passages found tell of.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from qa.answering.workspace import Library, find_names, library
from qa.knowledge_base import KnowledgeBase
from qa.retrieval import Hit

if TYPE_CHECKING:
    import networkx as nx

_STARTS = 10  # passages that the walk starts from
_NAMED = 0.5  # of the walk's starts: the question's own names; the rest are the passages
_DAMPING = 0.5  # half the steps go on: what lies near counts, not what the documents are full of


def graph_retrieve(
    query: str, kb: KnowledgeBase, *, docs: Collection[str] | None = None, k: int = 10
) -> list[Hit]:
    """The *k* passages that lie nearest to *query* in the graph of *docs*, or of all; best first.

    :raises UnknownDocumentError: if one of *docs* is not in the knowledge base.
    """
    from kg.network.analysis import pagerank

    found = {(hit.doc, hit.sentence): hit for hit in kb.retrieve(query, docs=docs, k=_STARTS)}
    known = library(kb)
    wanted = tuple(info.doc for info in kb.documents() if docs is None or info.doc in docs)
    graph = _network(known, wanted)
    named = {
        f"entity:{entity}"
        for name in find_names(query, known)
        for entity in name.entities
        if f"entity:{entity}" in graph
    }
    start = {node: _NAMED / len(named) for node in named}
    total = sum(hit.score for hit in found.values()) or 1.0
    for (doc, sentence), hit in found.items():
        node = f"sentence:{doc}#{sentence}"
        start[node] = (1 - _NAMED if named else 1.0) * hit.score / total
    if not any(weight > 0 and node in graph for node, weight in start.items()):
        return []
    ranks = pagerank(graph, start=start, damping=_DAMPING)
    places = [
        (rank, data["doc"], data["sentence"])
        for node, rank in ranks.items()
        if rank > 0 and (data := graph.nodes[node])
    ]
    best = sorted(places, key=lambda place: (-place[0], place[1], place[2]))[:k]
    return [_hit(doc, sentence, rank, found.get((doc, sentence))) for rank, doc, sentence in best]


def _hit(doc: str, sentence: int, score: float, hit: Hit | None) -> Hit:
    return Hit(
        doc=doc,
        sentence=sentence,
        score=score,
        vector_rank=hit.vector_rank if hit else None,
        term_rank=hit.term_rank if hit else None,
    )


_networks: WeakKeyDictionary[Library, dict[tuple[str, ...], nx.MultiGraph[str]]]
_networks = WeakKeyDictionary()


def _network(known: Library, docs: tuple[str, ...]) -> nx.MultiGraph[str]:
    kept = _networks.setdefault(known, {})
    if docs not in kept:
        kept[docs] = _made(known, docs)
    return kept[docs]


def _made(known: Library, docs: tuple[str, ...]) -> nx.MultiGraph[str]:
    """Passages (``sentence:DOC#INDEX``), joined with the entities (``entity:ID``) they tell of."""
    import networkx as nx

    graph: nx.MultiGraph[str] = nx.MultiGraph()
    for doc in docs:
        view = known.view(doc)
        for index, sentence in enumerate(view.sentences):
            if sentence.kind == "references":
                continue
            node = f"sentence:{doc}#{index}"
            graph.add_node(node, doc=doc, sentence=index)
            for entity in sorted(view.names_in.get(index, ())):
                graph.add_edge(node, f"entity:{entity}")
    return graph
