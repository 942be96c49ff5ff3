"""The project's corpus, and a chat model behind a URL that says what a test tells it to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from benchmarks.scripted_model import Reply, Script, ScriptedModel, serving
from qa.knowledge_base import KnowledgeBase
from qa.models.answering import ChatDrafter, ModelAnswer
from qa.models.evidence import Sheet
from qa.models.loading import load_chat_model
from qa.records import Question

NAME = "openai:scripted"
WORST = "哪个板块跌得最惨?"
PROFIT = "台积电2025年第四季度利润是多少,同比增长多少?"
CLAIM = "美光科技今年跌了18%，对吗"


class Drafted(Protocol):
    """Asks a question of a model that says *says*, first and at the repair."""

    def __call__(
        self, question: str, says: Script | str | Reply, *, seconds: float = 10.0
    ) -> tuple[ModelAnswer, list[str], ScriptedModel]: ...


@pytest.fixture(scope="session")
def kb(corpus_home: Path) -> Iterator[KnowledgeBase]:
    with KnowledgeBase.open(corpus_home) as base:
        yield base


@pytest.fixture
def drafted(kb: KnowledgeBase) -> Drafted:
    def ask(
        question: str, says: Script | str | Reply, *, seconds: float = 10.0
    ) -> tuple[ModelAnswer, list[str], ScriptedModel]:
        with serving(says) as server:
            model = load_chat_model(NAME, url=server.url, seconds=seconds)
            drafter = ChatDrafter(model=model, name=NAME, seconds=seconds)
            parts = list(drafter.stream(Question(text=question), kb))
        assert isinstance(parts[-1], ModelAnswer)
        return parts[-1], [part for part in parts if isinstance(part, str)], server

    return ask


@pytest.fixture
def slots(kb: KnowledgeBase) -> dict[str, str]:
    """The name of each slot of `WORST` by its figure."""
    return {slot.text: f"{{{slot.name}}}" for slot in sheet_of(WORST, kb).slots.values()}


def sheet_of(question: str, kb: KnowledgeBase) -> Sheet:
    from qa.answering import engine
    from qa.models.evidence import gather

    return gather(question, engine.plan(Question(text=question), kb))
