"""How reading and answering grow with the number of documents.

``python -m benchmarks.scale [--sizes 1 10 100]`` makes documents from the source article, each
of another month and with every percentage changed at random (so that no passage is shared, and
few contradict each other), reads them in, and prints the seconds a document took and the median
milliseconds of an answer from a warm process.  ``--home DIR`` keeps the knowledge base in DIR,
and goes on with one that an earlier run left there.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import tempfile
import time
from pathlib import Path

from qa.answering import answer
from qa.knowledge_base import KnowledgeBase
from qa.records import Question

ARTICLE = Path(__file__).parents[1] / "corpus" / "articles" / "great-rotation-2026.txt"
QUESTIONS = (
    "哪个板块跌得最惨?",
    "台积电2025年第四季度利润是多少?",
    "美光年初至今涨了多少?",
    "罗素2000比标普500多涨了多少个百分点?",
    "小盘股为什么对利率更敏感?",
)


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1, 10, 100])
    parser.add_argument("--home", type=Path)
    arguments = parser.parse_args()
    sizes = sorted(arguments.sizes)
    text = ARTICLE.read_text("utf-8")
    dice = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        base = KnowledgeBase.open(arguments.home or root / "home")
        made = len(base.documents())
        print("documents  s/document  answer ms (median)  slowest ms")
        for size in sizes:
            files = []
            for number in range(made, size):
                file = root / f"d{number:04}.txt"
                file.write_text(_variant(text, number, dice) if number else text, "utf-8")
                files.append(file)
            start = time.perf_counter()
            if files:
                base.ingest(files)
            spent = (time.perf_counter() - start) / max(1, len(files))
            made = max(made, size)
            times = []
            for _ in range(3):
                for question in QUESTIONS:
                    start = time.perf_counter()
                    answer(Question(text=question), base)
                    times.append((time.perf_counter() - start) * 1000)
            warm = times[len(QUESTIONS) :]
            middle = statistics.median(warm)
            print(f"{made:9}  {spent:10.2f}  {middle:18.1f}  {max(warm):10.0f}", flush=True)


def _variant(text: str, number: int, dice: random.Random) -> str:
    """*text* as of *number* months before, with other percentages."""
    years, months = divmod(number, 12)
    text = re.sub(r"\d(?=[\d.,]*%)", lambda _: str(dice.randint(1, 9)), text)
    text = re.sub(r"(?:19|20)\d\d(?=年)", lambda year: str(int(year[0]) - years), text)
    return re.sub(
        r"(?<!\d)(?:1[0-2]|[1-9])(?=月)", lambda month: str((int(month[0]) + months) % 12 + 1), text
    )


if __name__ == "__main__":
    main()
