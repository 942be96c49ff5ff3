"""Two common checks of grounding, on claims of `benchmarks.gate` drawn by lot.

Lexical overlap: the share of a claim's pairs of characters that the best cited sentence has.
Embedding similarity: the cosine of the claim and the best cited sentence.  Each is given the
threshold that stops as many true claims as the gate does, and the best one that it can have.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import numpy as np

from benchmarks.gate_cases import MARK, Case
from qa.embedding import load_embeddings
from qa.gate import Line, evidence, sentences_of
from qa.gate.evidence import grams
from qa.knowledge_base import EMBEDDING, KnowledgeBase

DRAWN = 2_000  # claims; an embedding takes a hundred times as long as the gate
_BATCH = 64


def report(kb: KnowledgeBase, cases: Sequence[Case], supported: Mapping[int, bool]) -> None:
    """Print how the two checks do beside the gate on *DRAWN* of *cases*."""
    cases = random.Random(1).sample(cases, min(len(cases), DRAWN))
    true = np.array([case.kind is None for case in cases])
    passed = np.array([supported[id(case)] for case in cases])
    stopped = 1 - passed[true].mean()
    print(f"\nchecks on {len(cases)} of the claims: false ones caught, true ones stopped")
    print(f"  {'the gate':42} {1 - passed[~true].mean():.4f} {stopped:.4f}", flush=True)
    lines = [_cited(kb, case) for case in cases]
    overlaps = [_overlap(case, held) for case, held in zip(cases, lines, strict=True)]
    _lines("lexical overlap", np.array(overlaps), true, stopped)
    _lines("embedding similarity", _similarities(cases, lines), true, stopped)


def _lines(name: str, scores: np.ndarray, true: np.ndarray, stopped: float) -> None:
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


def _similarities(cases: Sequence[Case], lines: Sequence[Sequence[Line]]) -> np.ndarray:
    """The best cosine of each claim with what it cites; every text is embedded once."""
    claims = [MARK.sub("", case.text) for case in cases]
    cited = [[MARK.sub("", line.text) for line in held] for held in lines]
    texts = list(dict.fromkeys([*claims, *(text for held in cited for text in held)]))
    model = load_embeddings(EMBEDDING)
    vectors = np.concatenate(
        [
            np.asarray(model.embed_documents(texts[at : at + _BATCH]))
            for at in range(0, len(texts), _BATCH)
        ]
    )
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    at = {text: place for place, text in enumerate(texts)}
    return np.array(
        [
            float((vectors[[at[t] for t in held]] @ vectors[at[claim]]).max()) if held else 0.0
            for claim, held in zip(claims, cited, strict=True)
        ]
    )
