"""Retrieval by a walk over the graph beside retrieval by vectors and terms.

    python -m benchmarks.graph_retrieval [FOLDER ...]

Every FOLDER/NAME/article.txt is read into one knowledge base, and each question of the gold
beside it asked of all documents.  R@k: the share of questions of which a sentence of the gold
evidence is among the first k; all@k: of the questions with several, how many have all of theirs
among them.  Without arguments the project's own test articles and the public ones, where they are.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from qa.graph_retrieval import graph_retrieve
from qa.knowledge_base import KnowledgeBase
from qa.retrieval import Hit

ROOT = Path(__file__).parents[1]
FOLDERS = (ROOT / "tests" / "articles", ROOT.parent / "shared" / "devset")
_MARK_OR_SPACE = re.compile(r"[\[【［][\d,，\-– ]+[\]】］]|\s")

Place = tuple[str, int]


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="*")
    for folder in parser.parse_args().folders or [f for f in FOLDERS if f.is_dir()]:
        with tempfile.TemporaryDirectory() as scratch:
            measure(folder, Path(scratch))


def measure(folder: Path, scratch: Path) -> None:
    """Print the recall of each way on the articles of *folder*."""
    members = sorted(path.parent for path in folder.glob("*/article.txt"))
    texts = []
    for member in members:
        texts.append(scratch / f"{member.name}.txt")
        texts[-1].write_bytes((member / "article.txt").read_bytes())
    with KnowledgeBase.open(scratch / "home") as kb:
        kb.ingest(texts)
        asked = [pair for member in members for pair in questions(member, kb)]
        print(f"== {folder.name}: {len(members)} articles, {len(asked)} questions", flush=True)
        ways: dict[str, Callable[[str], Sequence[Hit]]] = {
            "vectors and terms": lambda text: kb.retrieve(text, k=10),
            "graph": lambda text: graph_retrieve(text, kb, k=10),
        }
        for name, retrieve in ways.items():
            ranked = [[(h.doc, h.sentence) for h in retrieve(text)] for text, _ in asked]
            gold = [places for _, places in asked]
            print(f"  {name:18} {scores(ranked, gold)}", flush=True)


def questions(member: Path, kb: KnowledgeBase) -> list[tuple[str, list[set[Place]]]]:
    """The questions of an article; for each piece of evidence the sentences that it quotes."""
    path = member / "questions.jsonl"
    document = kb.extraction(member.name).document
    words = [plain(sentence.span.of(document.text)) for sentence in document.sentences]
    found = []
    for line in path.read_text("utf-8").splitlines() if path.exists() else ():
        question = json.loads(line)
        quoted = [
            {(member.name, i) for i, said in enumerate(words) if said and (said in q or q in said)}
            for q in map(plain, question["evidence"])
        ]
        quoted = [places for places in quoted if places]
        if quoted and not question["history"]:
            found.append((question["question"], quoted))
    return found


def scores(ranked: Sequence[Sequence[Place]], gold: Sequence[Sequence[set[Place]]]) -> str:
    pairs = list(zip(ranked, gold, strict=True))
    told = [
        f"R@{k} {sum(any(p & set(r[:k]) for p in g) for r, g in pairs) / len(pairs):.3f}"
        for k in (1, 5, 10)
    ]
    several = [(r, g) for r, g in pairs if len(g) > 1]
    whole = sum(all(p & set(r) for p in g) for r, g in several) / max(1, len(several))
    return "  ".join([*told, f"all@10 {whole:.3f} of {len(several)}"])


def plain(text: str) -> str:
    """*text* without marks and white space."""
    return _MARK_OR_SPACE.sub("", text)


if __name__ == "__main__":
    main()
