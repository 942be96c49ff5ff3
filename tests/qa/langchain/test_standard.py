"""LangChain's own standard tests, for the kinds that have some."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

import pytest

pytest.importorskip("langchain_tests", reason="langchain-tests, of the extra `test`, is missing")

from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from langchain_core.tools import BaseTool
from langchain_tests.integration_tests.embeddings import EmbeddingsIntegrationTests
from langchain_tests.integration_tests.retrievers import RetrieversIntegrationTests
from langchain_tests.integration_tests.tools import ToolsIntegrationTests
from langchain_tests.unit_tests.embeddings import EmbeddingsUnitTests
from langchain_tests.unit_tests.tools import ToolsUnitTests

from qa.langchain import AskTool, E5Embeddings, KnowledgeRetriever, SparqlTool

pytestmark = pytest.mark.anyio  # those that are coroutines


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class OnCorpus:
    """A part that reads the corpus; its parameters are properties, which no fixture can give."""

    home: ClassVar[Path]

    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def read_in(cls, corpus_home: Path) -> None:
        cls.home = corpus_home


class OfEmbeddings:
    @property
    def embeddings_class(self) -> type[Embeddings]:
        return E5Embeddings


class TestEmbeddingsUnit(OfEmbeddings, EmbeddingsUnitTests): ...


class TestEmbeddings(OfEmbeddings, EmbeddingsIntegrationTests): ...


class OfRetriever(OnCorpus):
    mode = "hybrid"

    @property
    def retriever_constructor(self) -> type[BaseRetriever]:
        return KnowledgeRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        return {"kb": self.home, "mode": self.mode}

    @property
    def retriever_query_example(self) -> str:
        return "哪个板块跌得最惨?"


class TestHybridRetriever(OfRetriever, RetrieversIntegrationTests): ...


class TestGraphRetriever(OfRetriever, RetrieversIntegrationTests):
    mode = "graph"


class OfAskTool(OnCorpus):
    @property
    def tool_constructor(self) -> type[BaseTool]:
        return AskTool

    @property
    def tool_constructor_params(self) -> dict[str, Any]:
        return {"kb": self.home}

    @property
    def tool_invoke_params_example(self) -> dict[str, Any]:
        return {"question": "哪个板块跌得最惨?"}


class TestAskToolUnit(OfAskTool, ToolsUnitTests): ...


class TestAskTool(OfAskTool, ToolsIntegrationTests): ...


class OfSparqlTool(OnCorpus):
    @property
    def tool_constructor(self) -> type[BaseTool]:
        return SparqlTool

    @property
    def tool_constructor_params(self) -> dict[str, Any]:
        return {"kb": self.home}

    @property
    def tool_invoke_params_example(self) -> dict[str, Any]:
        return {"query": "SELECT (COUNT(*) AS ?n) { ?figure a yz:Figure }"}


class TestSparqlToolUnit(OfSparqlTool, ToolsUnitTests): ...


class TestSparqlTool(OfSparqlTool, ToolsIntegrationTests): ...
