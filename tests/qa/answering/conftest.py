"""The source article and three invented ones, read in once by the real pipeline."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

import pytest

from qa.answering import answer
from qa.answering.question.understand import Intent
from qa.knowledge_base import KnowledgeBase
from qa.records import Answer, Question

ARTICLES = Path(__file__).with_name("articles")
_MARK = re.compile(r"\[(?:[^\[\]:]+:)?(?:\d+|¶\d+)\]")


class AskText(Protocol):
    """One question to the article that a test module holds."""

    def __call__(self, question: str, *, history: Sequence[str] = ()) -> Answer: ...


class Ask(Protocol):
    """One question to one document, to several (names with a space between), or to all (``*``)."""

    def __call__(self, doc: str, question: str, *, history: Sequence[str] = ()) -> Answer: ...


class Check(Protocol):
    """Asks, and holds the answer against what the article says."""

    def __call__(
        self,
        doc: str,
        question: str,
        wanted: Sequence[str | tuple[str, ...]],
        citations: str | None = None,
        *,
        history: Sequence[str] = (),
        without: Sequence[str] = (),
    ) -> Answer: ...


@pytest.fixture(scope="session")
def articles(corpus: Path) -> tuple[Path, ...]:
    """The files: the project's source article, and the invented ones beside this file."""
    return (corpus / "articles" / "great-rotation-2026.txt", *sorted(ARTICLES.glob("*.txt")))


@pytest.fixture(scope="session")
def kb(
    tmp_path_factory: pytest.TempPathFactory, articles: tuple[Path, ...]
) -> Iterator[KnowledgeBase]:
    """All of them in one home; for reading only."""
    with KnowledgeBase.open(tmp_path_factory.mktemp("answering") / "home") as base:
        assert not base.ingest(articles).refused
        yield base


@pytest.fixture(scope="session")
def plain() -> Callable[[str], str]:
    """Text as the interchange formats compare it: no spaces, no case, one width, one dash."""

    def fold(text: str) -> str:
        text = unicodedata.normalize("NFKC", text).lower()
        return re.sub(r"[-‐–—−~～至到]", "-", re.sub(r"\s", "", text))

    return fold


@pytest.fixture(scope="session")
def ask(kb: KnowledgeBase) -> Ask:
    """Asks, and checks what holds of every answer whatever was asked."""

    def asking(doc: str, question: str, *, history: Sequence[str] = ()) -> Answer:
        docs = None if doc == "*" else doc.split()
        got = answer(Question(text=question, history=tuple(history)), kb, docs=docs)
        assert got.question == question
        assert got.answer.strip()
        if got.abstained:
            assert (got.citations, got.sources, got.claims, got.query) == ((), (), (), None)
            assert not _MARK.search(got.answer)
            return got
        assert got.claims
        assert got.sources
        for claim in got.claims:
            assert claim.verdict == "supported", claim
            assert claim.reason
            assert claim.text in got.answer
        for source in got.sources:
            assert kb.text(source.doc)[source.start : source.end] == source.text
            assert source.text.strip()
        printed = set(_MARK.findall(got.answer))
        assert printed == {mark for s in got.sources for mark in _MARK.findall(s.ref)}
        numbers = {number for source in got.sources for number in source.citations}
        assert set(got.citations) == numbers
        return got

    return asking


@pytest.fixture(scope="module")
def ask_text(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[AskText]:
    """Asks of the one invented article that the test module holds as ``TEXT``."""
    folder = tmp_path_factory.mktemp("text")
    article = folder / "invented.txt"
    article.write_text(request.module.TEXT, encoding="utf-8")
    with KnowledgeBase.open(folder / "home") as base:
        assert not base.ingest([article]).refused
        yield lambda question, *, history=(): answer(
            Question(text=question, history=tuple(history)), base
        )


@pytest.fixture(scope="session")
def check(ask: Ask, plain: Callable[[str], str]) -> Check:
    """Each of *wanted* is in the answer (of a tuple, one), none of *without*.

    *citations* are the source numbers that the answer gives, all of them.
    """

    def checking(
        doc: str,
        question: str,
        wanted: Sequence[str | tuple[str, ...]],
        citations: str | None = None,
        *,
        history: Sequence[str] = (),
        without: Sequence[str] = (),
    ) -> Answer:
        got = ask(doc, question, history=history)
        said = plain(_MARK.sub("", got.answer))
        assert not got.abstained, got.answer
        for group in wanted:
            options = (group,) if isinstance(group, str) else group
            assert any(plain(option) in said for option in options), (options, got.answer)
        for phrase in without:
            assert plain(phrase) not in said, (phrase, got.answer)
        if citations is not None:
            assert list(got.citations) == citations.split(), got.answer
        return got

    return checking


@pytest.fixture(scope="session")
def read(kb: KnowledgeBase) -> Callable[[str], Intent]:
    """A question as it is understood, with the names of this knowledge base."""
    from datetime import date

    from qa.answering.question.understand import understand
    from qa.answering.workspace import find_names, library

    def reading(question: str) -> Intent:
        known = library(kb)
        return understand(
            question,
            find_names=lambda text: find_names(text, known),
            reference=date(2026, 1, 17),
        )

    return reading
