"""A retriever over a knowledge base."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field

from qa.answering.references import of_sentence, source
from qa.answering.workspace import library
from qa.knowledge_base import KnowledgeBase
from qa.langchain.access import Base, reading
from qa.retrieval import Hit


class KnowledgeRetriever(BaseRetriever):
    """The sentences that answer a question best.

    *kb* is a `KnowledgeBase` or the path of its home.  *mode* ``hybrid`` fuses vectors and
    terms, ``vectors`` and ``terms`` take one of them, ``graph`` walks from what the question
    names to what is told of it.  ``page_content`` is the source's own wording; ``metadata`` has
    ``doc``, ``start``, ``end`` (code points of the stored text), ``ref`` (as an answer would
    print it), ``citations`` (source numbers), ``block``, ``section`` and ``score``.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    kb: Base
    k: int = Field(default=5, ge=1)
    mode: Literal["hybrid", "graph", "vectors", "terms"] = "hybrid"
    docs: Sequence[str] | None = None

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,
        **options: Any,  # noqa: ANN401
    ) -> list[Document]:
        with reading(self.kb) as kb:
            hits = self._hits(query, kb, k=int(options.get("k", self.k)))
            several = len(kb.documents() if self.docs is None else self.docs) > 1
            return [_document(hit, kb, several=several) for hit in hits]

    def _hits(self, query: str, kb: KnowledgeBase, *, k: int) -> list[Hit]:
        if self.mode == "graph":
            from qa.graph_retrieval import graph_retrieve

            return graph_retrieve(query, kb, docs=self.docs, k=k)
        by = "both" if self.mode == "hybrid" else self.mode
        return kb.retrieve(query, docs=self.docs, k=k, by=by)


def _document(hit: Hit, kb: KnowledgeBase, *, several: bool) -> Document:
    view = library(kb).view(hit.doc)
    found = source(of_sentence(view, hit.sentence), several=several)
    sentence = view.sentences[hit.sentence]
    return Document(
        page_content=found.text,
        id=f"{found.doc}:{found.start}-{found.end}",
        metadata={
            "doc": found.doc,
            "start": found.start,
            "end": found.end,
            "ref": found.ref,
            "citations": list(found.citations),
            "block": sentence.block,
            "section": sentence.section,
            "score": hit.score,
        },
    )
