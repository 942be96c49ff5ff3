"""Quality on folders of annotated articles, set by set.

``python -m benchmarks.articles [FOLDER ...]`` reads every FOLDER/NAME/article.txt into a new
knowledge base as document NAME and scores it against the gold beside it, as `yinzheng eval`
does.  Folders are grouped by the first letter of NAME; without arguments the project's own
test articles are scored, and the public development articles where they are.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from pathlib import Path

from qa.evaluation import read_annotations, run
from qa.knowledge_base import KnowledgeBase

ROOT = Path(__file__).parents[1]
OWN = ROOT / "tests" / "articles"
SHARED = ROOT.parent / "shared" / "devset"
GOLD = ("figures", "entities", "questions", "more_questions")
ON_DEVSET = OWN / "devset-questions"  # of ours, on the public development articles


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="*")
    folders = parser.parse_args().folders or [f for f in (OWN, SHARED) if f.is_dir()]
    groups: dict[str, list[Path]] = defaultdict(list)
    for folder in folders:
        for article in sorted(folder.glob("*/article.txt")):
            groups[f"{folder.name}/{article.parent.name[0]}*"].append(article.parent)
    for name, members in groups.items():
        print(f"== {name}: {len(members)} articles", flush=True)
        with tempfile.TemporaryDirectory() as scratch:
            score(members, Path(scratch))


def score(members: list[Path], scratch: Path) -> None:
    """Read *members* into one knowledge base and print the scores of each kind of gold."""
    texts = []
    for member in members:
        text = scratch / f"{member.name}.txt"
        text.write_bytes((member / "article.txt").read_bytes())
        texts.append(text)
    base = KnowledgeBase.open(scratch / "home")
    for report in base.ingest(texts).refused:
        print(report.message)
    gold = [member / f"{kind}.jsonl" for member in members for kind in GOLD]
    gold += [ON_DEVSET / f"{member.name}.jsonl" for member in members]
    for card in run(read_annotations([file for file in gold if file.exists()]), kb=base):
        shown = ", ".join(f"{score} {value:.3f}" for score, value in card.scores.items())
        print(f"{card.kind} ({card.n}): {shown}", flush=True)


if __name__ == "__main__":
    main()
