"""Passages for a question: dense and lexical retrieval, fused.

Vectors find a passage by what it means, BM25 by the very words, numbers and names, which
embeddings blur.  Their scores are brought to 0 to 1 over the candidates of each (min-max)
and summed with weights (convex combination: Bruch et al. 2023, An Analysis of Fusion
Functions for Hybrid Retrieval).  A question in other words than the text's shares few terms
with any passage: where one is clearly nearest then, the vectors weigh more.
benchmarks/retrieval.py compares it with fixed weights and with reciprocal ranks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from qa.index.passages import split_id
from qa.index.terms import TermIndex
from qa.index.vectors import VectorIndex

By: TypeAlias = Literal["both", "vectors", "terms"]
Ranked: TypeAlias = Sequence[tuple[str, float]]

VECTOR_WEIGHT = 0.3
"""Of the sum, where the terms tell enough: 0.3 to 0.5 find most (benchmarks/retrieval.py)."""
_VECTOR_WEIGHT_UNTOLD = 0.8  # where the terms tell little
_TOLD = 0.7  # of a question's terms in the passage that BM25 likes best: enough
_CLEARLY = 0.012  # of cosine: how much nearer than the next the nearest passage must be

_CANDIDATES = 50  # of each index, before fusion


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One passage found. *sentence* is an index into `Document.sentences` of *doc*."""

    doc: str
    sentence: int
    score: float  # comparable within one result only
    vector_rank: int | None  # from 1; None where that index did not find it
    term_rank: int | None


def retrieve(
    query: str,
    *,
    documents: Mapping[str, str],
    vectors: VectorIndex | None,
    terms: TermIndex | None,
    k: int = 10,
    everything: bool = False,
) -> list[Hit]:
    """The *k* best passages for *query*, best first; equals in the order of the document.

    *documents* are the documents to look in: version to name.  What an index holds of any
    other version is passed over, so that nothing is found which the graph does not have.
    With one index ``None`` the other alone decides.  With *everything* they are all that
    there are: the indexes need not be told, which with thousands takes long.
    """
    pool = max(k, _CANDIDATES)
    dense = _searched(vectors, query, pool, documents, everything=everything)
    lexical = _searched(terms, query, pool, documents, everything=everything)
    dense_rank, lexical_rank = _ranks(dense), _ranks(lexical)
    told = terms.coverage(query, lexical[0][0]) if terms is not None and lexical and dense else 0.0
    scores = fused(dense, lexical, weight=vector_weight(dense, told=told))
    best = sorted(scores, key=lambda id_: (-scores[id_], split_id(id_)))[:k]
    return [
        Hit(
            doc=documents[split_id(id_)[0]],
            sentence=split_id(id_)[1],
            score=scores[id_],
            vector_rank=dense_rank.get(id_),
            term_rank=lexical_rank.get(id_),
        )
        for id_ in best
    ]


def _searched(
    index: VectorIndex | TermIndex | None,
    query: str,
    k: int,
    documents: Mapping[str, str],
    *,
    everything: bool,
) -> Ranked:
    if index is None:
        return []
    if everything and len(documents) > 1:
        found = index.search(query, k=k)
        if all(split_id(id_)[0] in documents for id_, _ in found):
            return found
    return index.search(query, k=k, versions=documents.keys())


def vector_weight(dense: Ranked, *, told: float) -> float:
    """The weight of the vectors; *told* is the share of a question's terms in the best passage.

    That passage is the best by terms (`TermIndex.coverage`).
    """
    clearly = len(dense) > 1 and dense[0][1] - dense[1][1] > _CLEARLY
    return _VECTOR_WEIGHT_UNTOLD if told < _TOLD and clearly else VECTOR_WEIGHT


def fused(dense: Ranked, lexical: Ranked, *, weight: float = VECTOR_WEIGHT) -> dict[str, float]:
    """One score a passage from 0 to 1: *weight* of it by the vectors, the rest by the terms.

    A passage that one of the two does not find counts as that one's last.
    """
    scores: dict[str, float] = {}
    for share, ranked in ((weight, dense), (1 - weight, lexical)):
        for id_, score in _min_max(ranked):
            scores[id_] = scores.get(id_, 0.0) + share * score
    return scores


def _min_max(ranked: Ranked) -> Iterable[tuple[str, float]]:
    if not ranked:
        return
    values = [score for _, score in ranked]
    low, extent = min(values), max(values) - min(values)
    for id_, score in ranked:
        yield id_, (score - low) / extent if extent else 1.0


def _ranks(ranked: Ranked) -> dict[str, int]:
    return {id_: rank for rank, (id_, _) in enumerate(ranked, start=1)}
