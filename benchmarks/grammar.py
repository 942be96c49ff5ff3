"""Speed of the grammars on one core.

    python -m benchmarks.grammar [FILE…]         characters a second, and the share of ingest
    python -m benchmarks.grammar --hostile [MB]  CPU seconds a megabyte of one thing repeated

Without files the articles of the development set (``../shared``) are read, ten times over;
the share is that of the grammars in `extract`, which reads quantities and periods, names and
what belongs to what.  ``--hostile`` reads 1 MB and then *MB* (10) megabytes of each oddity: a
grammar that is linear needs the same time a megabyte for both.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from ingest.periods import find_periods
from ingest.quantities import find_quantities

SHARED = Path(__file__).parents[1].parent / "shared"
_ODDITIES = {
    "1": "digits", "亿": "亿", "[": "brackets", "1-": "1-", " ": "spaces", "第": "第", "年": "年",
    "1,234,": "1,234,", "1 000 ": "1 000", "3%至": "3%至", "三万": "三万", "2025年": "2025年",
    "半个": "半个", "1小时": "1小时", "约每": "约每",
}  # fmt: skip
_MEGABYTE = 1_000_000


def _seconds(function: Callable[[], object]) -> float:
    started = time.process_time()
    function()
    return time.process_time() - started


def speed(paths: Sequence[Path]) -> None:
    """Print characters a second of each grammar, and their share of ingest."""
    text = "".join(path.read_text(encoding="utf-8") for path in paths) * 10
    for function in (find_quantities, find_periods):
        seconds = _seconds(partial(function, text))
        print(f"{function.__name__:16} {len(text) / seconds:12,.0f} chars/s")
    spent, whole = _share(paths)
    print(f"{'both in ingest':16} {spent:.3f} of {whole:.3f} CPU s: {spent / whole:.1%}")


def _share(paths: Sequence[Path]) -> tuple[float, float]:
    """CPU seconds of the grammars, and of extraction as a whole, over *paths*."""
    from ingest.extract import extract
    from ingest.language import build_pipeline
    from ingest.lexicon import load_lexicon
    from ingest.reading import read_article
    from ingest.structure import segment

    nlp = build_pipeline(load_lexicon())
    documents = [segment(read_article(path)) for path in paths]
    extract(documents[0], nlp)  # the first call loads the models
    whole = _seconds(lambda: [extract(document, nlp) for document in documents])
    sentences = [s.span.of(d.text) for d in documents for s in d.sentences]
    spent = _seconds(lambda: [(find_quantities(s), find_periods(s)) for s in sentences])
    return spent, whole


def hostile(megabytes: int) -> None:
    """Print CPU seconds a megabyte for 1 and for *megabytes* MB of each oddity."""
    print(f"{'CPU s/MB':10} {'quantities':>10} {'':>8} {'periods':>10} {'':>8}")
    print(f"{'':10} {'1 MB':>10} {f'{megabytes} MB':>8} {'1 MB':>10} {f'{megabytes} MB':>8}")
    for oddity, name in _ODDITIES.items():
        row = []
        for function in (find_quantities, find_periods):
            for size in (1, megabytes):
                text = oddity * (size * _MEGABYTE // len(oddity.encode()))
                row.append(f"{_seconds(partial(function, text)) / size:9.3f}")
        print(f"{name:10} {' '.join(row)}", flush=True)


def main() -> None:
    """Print what the arguments ask for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--hostile", nargs="?", type=int, const=10, metavar="MB")
    options = parser.parse_args()
    if options.hostile:
        hostile(options.hostile)
        return
    paths = options.files or sorted(SHARED.glob("devset/*/article.txt"))
    if not paths:
        parser.error(f"no text: {SHARED / 'devset'} is not there; name files to read")
    speed(paths)


if __name__ == "__main__":
    main()
