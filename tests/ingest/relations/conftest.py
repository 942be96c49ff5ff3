"""Sentences read as articles with the real components, which are loaded once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from ingest.extract import extract
from ingest.language import build_pipeline
from ingest.lexicon import load_lexicon
from ingest.structure import segment
from kg.records import Article, Extraction

if TYPE_CHECKING:
    from spacy.language import Language

Extract = Callable[[str], Extraction]


@pytest.fixture(scope="session")
def nlp() -> Language:
    return build_pipeline(load_lexicon())


@pytest.fixture(scope="session")
def extracted(nlp: Language) -> Extract:
    """Reads a text as an article."""

    def extractor(text: str) -> Extraction:
        digest = hashlib.sha256(text.encode()).hexdigest()
        article = Article(doc="a", path="/a.txt", text=text, sha256=digest, encoding="utf-8")
        return extract(segment(article), nlp)

    return extractor
