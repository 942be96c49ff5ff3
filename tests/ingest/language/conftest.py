"""A reader of short articles on the real components, loaded once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from ingest.language import build_pipeline, recognise
from ingest.lexicon import load_lexicon
from ingest.structure import segment
from kg.records import Article, Document

if TYPE_CHECKING:
    from spacy.language import Language

    from ingest.records import Recognition

Read = Callable[[str], "tuple[Document, Recognition]"]


@pytest.fixture(scope="session")
def nlp() -> Language:
    return build_pipeline(load_lexicon())


@pytest.fixture(scope="session")
def read(nlp: Language) -> Read:
    """Reads a text as an article."""

    def reader(text: str) -> tuple[Document, Recognition]:
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        article = Article(doc="a", path="/a.txt", text=text, sha256=digest, encoding="utf-8")
        document = segment(article)
        return document, recognise(document, nlp)

    return reader
