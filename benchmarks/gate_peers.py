"""Two common checks of grounding, on the claims of `benchmarks.gate`.

Lexical overlap: the share of a claim's pairs of characters that the best cited sentence has.
Embedding similarity: the cosine of the claim and the best cited sentence.  Each is given the
threshold that stops as many true claims as the gate does, and the best one that it can have.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from benchmarks.gate_cases import MARK, Case
from qa.embedding import load_embeddings
from qa.gate import Line, evidence, sentences_of
from qa.gate.evidence import grams
from qa.knowledge_base import EMBEDDING, KnowledgeBase


def report(kb: KnowledgeBase, cases: Sequence[Case], supported: Mapping[int, bool]) -> None:
    """Print how the two checks do beside the gate."""
    true = np.array([case.kind is None for case in cases])
    passed = np.array([supported[id(case)] for case in cases])
    stopped = 1 - passed[true].mean()
    print("\nchecks on the same claims: false ones caught, true ones stopped")
    print(f"  {'the gate':42} {1 - passed[~true].mean():.4f} {stopped:.4f}")
    lines = [_cited(kb, case) for case in cases]
    for name, score in (("lexical overlap", _overlap), ("embedding similarity", _similarity())):
        scores = np.array([score(case, held) for case, held in zip(cases, lines, strict=True)])
        at = float(np.quantile(scores[true], stopped))
        _line(f"{name}, as many true ones stopped", scores, true, at)
        options = np.unique(np.quantile(scores, np.linspace(0, 1, 200)))
        best = max(options, key=lambda t: (scores[true] >= t).mean() + (scores[~true] < t).mean())
        _line(f"{name}, at its best", scores, true, float(best))


def _line(name: str, scores: np.ndarray, true: np.ndarray, at: float) -> None:
    caught, stopped = (scores[~true] < at).mean(), (scores[true] < at).mean()
    print(f"  {name:42} {caught:.4f} {stopped:.4f}", flush=True)


def _cited(kb: KnowledgeBase, case: Case) -> tuple[Line, ...]:
    refs = [ref for sentence in sentences_of(case.text) for ref in sentence.refs]
    return evidence(kb, doc=case.doc).cited(refs).lines


def _overlap(case: Case, lines: Sequence[Line]) -> float:
    wanted = grams(MARK.sub("", case.text).lower())
    if not wanted or not lines:
        return 0.0
    return max(len(wanted & line.grams) for line in lines) / len(wanted)


def _similarity() -> Callable[[Case, Sequence[Line]], float]:
    model = load_embeddings(EMBEDDING)
    kept: dict[str, np.ndarray] = {}

    def embedded(texts: Sequence[str]) -> np.ndarray:
        missing = [t for t in dict.fromkeys(texts) if t not in kept]
        if missing:
            for text, vector in zip(missing, model.embed_documents(missing), strict=True):
                kept[text] = np.asarray(vector) / np.linalg.norm(vector)
        return np.stack([kept[t] for t in texts])

    def score(case: Case, lines: Sequence[Line]) -> float:
        if not lines:
            return 0.0
        claim = embedded([MARK.sub("", case.text)])[0]
        return float((embedded([MARK.sub("", line.text) for line in lines]) @ claim).max())

    return score
