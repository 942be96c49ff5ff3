"""Articles to test with: any text as one, the source article, the annotated ones."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.reading import read_article
from ingest.structure import segment
from kg.records import Article, Document

ROOT = Path(__file__).parents[3]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def structure() -> Callable[[str], Document]:
    def read(text: str) -> Document:
        digest = hashlib.sha256(text.encode()).hexdigest()
        return segment(
            Article(doc="周报", path="周报.txt", text=text, sha256=digest, encoding="utf-8")
        )

    return read


@pytest.fixture(scope="session")
def source_article() -> Document:
    for folder in (ROOT / "corpus" / "articles", SHARED / "seed"):
        if paths := sorted(folder.glob("*.txt")):
            return segment(read_article(paths[0]))
    pytest.skip("the source article is not here")


@pytest.fixture(scope="session")
def annotated() -> dict[Path, Document]:
    folders = sorted((SHARED / "devset").glob("*/"))
    if not folders:
        pytest.skip("the annotated articles are not here")
    return {folder: segment(read_article(folder / "article.txt")) for folder in folders}
