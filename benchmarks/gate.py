"""The grounding gate on true and false claims about the annotated articles.

``python -m benchmarks.gate [--peers] [--show KIND]`` makes true claims (sentences of the articles,
right answers of the built-in engine, computed gaps, paraphrases by rule and by hand) and false
ones (one change each: `benchmarks.gate_mutants`), and counts how many false ones are caught and how
many true ones stopped.  ``--peers`` puts a check of lexical overlap and one of embedding
similarity beside it, on the same claims.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.gate_cases import (
    Case,
    Gold,
    answer_claims,
    article_claims,
    difference_claims,
    gold_of,
)
from benchmarks.gate_mutants import mutants
from benchmarks.gate_paraphrases import by_hand, by_rule
from qa.answering import answer
from qa.evaluation import read_annotations
from qa.gate import Gate, evidence
from qa.knowledge_base import KnowledgeBase
from qa.records import Claim

ROOT = Path(__file__).parents[1]
FOLDERS = (ROOT / "tests" / "articles", ROOT.parent / "shared" / "devset")
SOURCE = ROOT / "corpus"
TIMED = 1_500  # claims judged against the clock


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", action="store_true", help="other checks on the same claims")
    parser.add_argument("--show", action="append", default=[], help="print what slips of a kind")
    parser.add_argument("--home", type=Path, help="keep the knowledge base there")
    parser.add_argument("--docs", nargs="*", help="only these")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        kb = _kb(options.home or Path(scratch) / "home", Path(scratch))
        cases = list(_cases(kb, random.Random(options.seed), options.docs))
        print(f"{len(cases)} claims: {sum(c.kind is None for c in cases)} true")
        judged = _judged(kb, cases)
        _report(judged, options.show)
        if options.peers:
            from benchmarks.gate_peers import report

            report(kb, cases, {id(c): v.verdict == "supported" for c, v in judged})


def folders() -> dict[str, Path]:
    """The folder of annotations of each article."""
    found = {p.stem: SOURCE / "gold" / p.stem for p in (SOURCE / "articles").glob("*.txt")}
    for folder in FOLDERS:
        found |= {p.parent.name: p.parent for p in sorted(folder.glob("*/article.txt"))}
    return found


def _kb(home: Path, scratch: Path) -> KnowledgeBase:
    kb = KnowledgeBase.open(home)
    if not kb.documents():
        texts = list((SOURCE / "articles").glob("*.txt"))
        for doc, folder in folders().items():
            if (folder / "article.txt").exists():
                text = scratch / f"{doc}.txt"
                text.write_bytes((folder / "article.txt").read_bytes())
                texts.append(text)
        kb.ingest(sorted(texts))
        kb.refresh()
    return kb


def _cases(kb: KnowledgeBase, rng: random.Random, docs: Sequence[str] | None) -> Iterator[Case]:
    for doc, folder in folders().items():
        if docs and doc not in docs:
            continue
        gold = gold_of(folder, doc)
        true = list(_true(kb, gold, folder))
        yield from true
        for case in true:
            yield from mutants(case, gold, rng)
        for right, slip in difference_claims(gold, rng):
            yield right
            yield slip
        yield from by_rule(gold, true, rng)
        yield from by_hand(doc)


def _true(kb: KnowledgeBase, gold: Gold, folder: Path) -> Iterator[Case]:
    yield from article_claims(kb.extraction(gold.doc))
    for question in read_annotations([folder / "questions.jsonl"]).questions:
        if question.docs == (gold.doc,) and question.answerable:
            found = answer(question.asked, kb, docs=[gold.doc])
            yield from answer_claims(gold.doc, question, found)


def _judged(kb: KnowledgeBase, cases: Sequence[Case]) -> list[tuple[Case, Claim]]:
    gates = {doc: Gate(evidence(kb, doc=doc)) for doc in {c.doc for c in cases}}
    judged = [(case, gates[case.doc].judge(case.text, question=case.question)) for case in cases]
    sample = random.Random(1).sample(cases, min(len(cases), TIMED))
    began = time.process_time()  # by now all passages are read
    for case in sample:
        gates[case.doc].judge(case.text, question=case.question)
    spent = time.process_time() - began
    print(f"{len(sample) / spent:,.0f} claims a second of processor time, passages read before\n")
    return judged


def _report(judged: Sequence[tuple[Case, Claim]], show: Sequence[str]) -> None:
    total: Counter[str] = Counter()
    good: Counter[str] = Counter()
    slips: dict[str, list[tuple[Case, Claim]]] = defaultdict(list)
    for case, claim in judged:
        kind = case.kind or f"true: {case.how}"
        supported = claim.verdict == "supported"
        total[kind] += 1
        right = supported == (case.kind is None)
        good[kind] += right
        if not right:
            slips[kind].append((case, claim))
    false = [k for k in total if not k.startswith("true")]
    true = [k for k in total if k.startswith("true")]
    print(f"{'false claims':24} {'n':>6} {'caught':>8}")
    for kind in sorted(false):
        print(f"{kind:24} {total[kind]:6} {good[kind] / total[kind]:8.4f}")
    _line("all", false, total, good)
    print(f"\n{'true claims':24} {'n':>6} {'stopped':>8}")
    for kind in sorted(true):
        print(f"{kind:24} {total[kind]:6} {1 - good[kind] / total[kind]:8.4f}")
    own = [k for k in true if "paraphrase" not in k]
    _line("all but paraphrases", own, total, good, stopped=True)
    _line("paraphrases", [k for k in true if "paraphrase" in k], total, good, stopped=True)
    for kind in (k.replace("_", " ") for k in show):
        for case, claim in slips[kind]:
            print(f"\n{kind} {case.doc}: {case.text}")
            if case.made_from:
                print(f"  from {case.made_from}")
            print(f"  {claim.verdict}: {claim.reason}")


def _line(
    name: str,
    kinds: Sequence[str],
    total: Counter[str],
    good: Counter[str],
    *,
    stopped: bool = False,
) -> None:
    n, right = sum(total[k] for k in kinds), sum(good[k] for k in kinds)
    if n:
        print(f"{name:24} {n:6} {1 - right / n if stopped else right / n:8.4f}")


if __name__ == "__main__":
    main()
