"""The project's corpus for the parts that read a knowledge base."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.knowledge_base import KnowledgeBase

ARTICLE = Path(__file__).parents[3] / "corpus" / "articles" / "great-rotation-2026.txt"


@pytest.fixture(scope="session")
def kb(corpus_home: Path) -> Iterator[KnowledgeBase]:
    with KnowledgeBase.open(corpus_home) as base:
        yield base
