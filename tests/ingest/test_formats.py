"""One article as text, Markdown, web page and PDF gives the same facts, each with exact spans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from ingest.extract import extract
from ingest.language import build_pipeline
from ingest.lexicon import load_lexicon
from ingest.reading import read_article
from ingest.structure import segment
from kg.records import Extraction
from tests.ingest.reading import made

ROOT = Path(__file__).parents[2]
ARTICLES = [
    *sorted((ROOT / "corpus" / "articles").glob("*.txt")),
    *sorted((ROOT / "tests" / "articles").glob("T*/article.txt")),
    *sorted((ROOT.parent / "shared" / "devset").glob("*/article.txt")),
]
Read: TypeAlias = Callable[[Path], Extraction]


@pytest.fixture(scope="module")
def read() -> Read:
    nlp = build_pipeline(load_lexicon())
    return lambda path: extract(segment(read_article(path)), nlp)


def name(path: Path) -> str:
    return path.parent.name if path.name == "article.txt" else path.stem


def figures(extraction: Extraction) -> Counter[tuple[object, ...]]:
    return Counter(
        (f.value, f.low, f.high, f.unit, f.subject, f.metric, f.period, f.support)
        for f in extraction.figures
    )


def entities(extraction: Extraction) -> Counter[tuple[object, ...]]:
    return Counter((e.id, e.name, e.type, e.ticker, e.aliases) for e in extraction.entities)


def assert_exact(extraction: Extraction) -> None:
    text = extraction.document.text
    told = (*extraction.figures, *extraction.mentions, *extraction.statements)
    for record in (*told, *extraction.document.marks):
        assert record.span.of(text) == record.text


@pytest.mark.slow
@pytest.mark.parametrize("path", ARTICLES, ids=name)
def test_the_same_facts_in_four_formats(path: Path, read: Read, tmp_path: Path) -> None:
    plain = read(path)
    document = plain.document
    (tmp_path / "a.md").write_text(made.markdown(document), "utf-8")
    (tmp_path / "b.html").write_text(made.page(document), "utf-8")
    (tmp_path / "c.pdf").write_bytes(made.pdf(document))
    assert plain.figures
    for other in ("a.md", "b.html", "c.pdf"):
        extraction = read(tmp_path / other)
        assert figures(extraction) == figures(plain)
        assert entities(extraction) == entities(plain)
        assert extraction.document.metadata.title == document.metadata.title
        assert [m.source for m in extraction.document.marks] == [m.source for m in document.marks]
        assert_exact(extraction)


@pytest.mark.parametrize("path", ARTICLES, ids=name)
def test_the_same_facts_in_traditional_characters(path: Path, read: Read, tmp_path: Path) -> None:
    from opencc import OpenCC

    simplified = OpenCC("t2s").convert
    plain = read(path)
    (tmp_path / "a.txt").write_bytes(OpenCC("s2t").convert(plain.document.text).encode())
    traditional = read(tmp_path / "a.txt")
    assert_exact(traditional)

    def told(extraction: Extraction) -> list[tuple[object, ...]]:
        return [
            (f.span, f.value, f.unit, f.metric, simplified(f.subject), f.entity, f.support)
            for f in extraction.figures
        ]

    assert told(traditional) == told(plain)
    assert [e.id for e in traditional.entities] == [e.id for e in plain.entities]
    assert all(
        figure.subject in traditional.document.text
        for figure, same in zip(traditional.figures, plain.figures, strict=True)
        if same.subject in plain.document.text
    )
