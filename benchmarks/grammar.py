"""Speed of the grammars on one core: characters a second.

    python -m benchmarks.grammar [FILE…]

Without files the articles of the development set (``../shared``) are read, ten times over.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from ingest.periods import find_periods
from ingest.quantities import find_quantities

SHARED = Path(__file__).parents[1].parent / "shared"
_ODDITIES = ("1", "亿", "[", "1,234,", "3%至", "三万", "1-", "2025年")


def _rate(function: Callable[[str], object], text: str) -> float:
    started = time.process_time()
    function(text)
    return len(text) / (time.process_time() - started)


def main(arguments: Sequence[str]) -> None:
    """Print one line a grammar, and one for each hostile input."""
    paths = [Path(a) for a in arguments] or sorted(SHARED.glob("devset/*/article.txt"))
    text = "".join(path.read_text(encoding="utf-8") for path in paths) * 10
    if not text:
        sys.exit(f"no text: {SHARED / 'devset'} is not there; name files to read")
    for function in (find_quantities, find_periods):
        print(f"{function.__name__:16} {_rate(function, text):12,.0f} chars/s")
        for oddity in _ODDITIES:
            rate = _rate(function, oddity * (500_000 // len(oddity)))
            print(f"  {oddity + '…':14} {rate:12,.0f} chars/s")


if __name__ == "__main__":
    main(sys.argv[1:])
