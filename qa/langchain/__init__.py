"""Our parts as LangChain's: for programs that are built of those.

Each is a thin coat over what the project itself runs on: `ArticleLoader` over
`ingest.reading`, `SentenceSplitter` over `ingest.structure`, `E5Embeddings` is the one that the
index uses, `KnowledgeRetriever` over `KnowledgeBase.retrieve` and the graph, `SparqlTool` over
`kg.sparql`, `AskTool` and `GroundedAnswer` over `qa.answering` and `qa.models`, `Gate` over
`qa.gate`.  README.md beside this file has an example of each.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.embedding import E5Embeddings
    from qa.langchain.chains import Gate, GroundedAnswer
    from qa.langchain.documents import ArticleLoader
    from qa.langchain.retrieving import KnowledgeRetriever
    from qa.langchain.splitting import SentenceSplitter
    from qa.langchain.tools import AskTool, SparqlTool

_HOMES = {
    "ArticleLoader": "qa.langchain.documents",
    "AskTool": "qa.langchain.tools",
    "E5Embeddings": "qa.embedding",
    "Gate": "qa.langchain.chains",
    "GroundedAnswer": "qa.langchain.chains",
    "KnowledgeRetriever": "qa.langchain.retrieving",
    "SentenceSplitter": "qa.langchain.splitting",
    "SparqlTool": "qa.langchain.tools",
}

__all__ = [
    "ArticleLoader",
    "AskTool",
    "E5Embeddings",
    "Gate",
    "GroundedAnswer",
    "KnowledgeRetriever",
    "SentenceSplitter",
    "SparqlTool",
]


def __getattr__(name: str) -> object:
    """Each part is imported when it is wanted: some load more than others."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
