"""Normalised periods of the figures, against gold annotated by reading.

    python -m benchmarks.figures_periods [--errors]

The gold stands in ``benchmarks/periods/DOC.jsonl``, one record a figure of the article's own
gold: ``doc``, ``start`` and ``end`` of the figure, ``period`` (its words), ``begin`` and
``finish`` (inclusive ISO days, null where the words do not say).  It was written from the
articles alone, before any output of the program was looked at, by these conventions:

- A month, quarter, half or year is all its days: 2025年第四季度 is 2025-10-01 to 2025-12-31.
- What is left out comes from the document's date: 4月 in an article of 6 May 2026 is
  2026-04-01 to 2026-04-30, 第四季度 in one of January the quarter that just closed, 全年 the
  document's year.
- 年初至今 runs from 1 January to the document's date; 目前 is that date.
- 自X起 begins at X and has no end.
- 截至X of a state is X, a day; 截至X当周 the seven days that end at X.
- 年末 and 月末 are their last day, 年初 is January, 月初 the first ten days, 前两周 the first
  fourteen.
- 两天后 counts from the day that the text named last.
- 上月 is the calendar month before the document's, or before the one that the text speaks of;
  同期 is what it points at, 上年同期 that a year earlier.
- A length without an anchor (14个交易日内) and an event (决议公布后, 日内) say no days.

A figure counts if its gold has a period; it is right if the figure is found at its span with
that very interval.  Figures whose words say no days are counted apart as well, since leaving
the interval empty is right for them.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from ingest.extract import extract
from ingest.language import build_pipeline
from ingest.lexicon import load_lexicon
from ingest.reading import read_article
from ingest.structure import segment

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "benchmarks" / "periods"


def article_of(doc: str) -> Path:
    """The file of the article *doc*: of the corpus, or of the held-out articles."""
    in_corpus = ROOT / "corpus" / "articles" / f"{doc}.txt"
    return in_corpus if in_corpus.exists() else ROOT / "tests" / "articles" / doc / "article.txt"


def main() -> None:
    """Print a line for each article and one for all."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--errors", action="store_true", help="print what is wrong")
    options = parser.parse_args()
    nlp = build_pipeline(load_lexicon())
    overall: Counter[str] = Counter()
    for gold in sorted(GOLD.glob("*.jsonl")):
        extraction = extract(segment(read_article(article_of(gold.stem))), nlp)
        figures = {(f.span.start, f.span.end): f for f in extraction.figures}
        counts: Counter[str] = Counter()
        errors: list[str] = []
        for record in map(json.loads, gold.read_text("utf-8").splitlines()):
            if record["period"] is None:
                continue
            figure = figures.get((record["start"], record["end"]))
            days = None if figure is None else (figure.period_begin, figure.period_end)
            said = days and tuple(day and day.isoformat() for day in days)
            right = said == (record["begin"], record["finish"])
            counts.update(all=1, all_right=right)
            if record["begin"] or record["finish"]:
                counts.update(dated=1, dated_right=right)
            if not right:
                errors.append(
                    f"    {extraction.document.text[record['start'] : record['end']]}: "
                    f"{figure and figure.period} {said}, gold {record['period']} "
                    f"({record['begin']}, {record['finish']})"
                )
        print(_line(gold.stem, counts))
        if options.errors:
            print("\n".join(errors))
        overall += counts
    print(_line("all", overall))


def _line(name: str, counts: Counter[str]) -> str:
    shares = []
    for kind in ("all", "dated"):
        right, total = counts[f"{kind}_right"], counts[kind]
        shares.append(f"{right:3}/{total:<3} {right / total:.3f}")
    return f"{name:24} interval {shares[0]}   whose words say days {shares[1]}"


if __name__ == "__main__":
    main()
