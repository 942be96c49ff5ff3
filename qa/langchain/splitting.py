"""Sentences as chunks, each with its exact place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from langchain_core.documents import Document
from langchain_text_splitters import TextSplitter

from ingest.structure import segment, support_of
from kg.errors import InputError
from kg.records import Document as Segmented
from kg.records import Sentence, Span
from qa.langchain.documents import article_of


class SentenceSplitter(TextSplitter):
    """Splits an article into runs of whole sentences, none across a paragraph's end.

    ``text[start_index:end_index] == chunk`` for every chunk, in code points.  A chunk's
    ``metadata`` has these, ``block`` (the paragraph's number), ``section`` (the heading above)
    and ``citations`` (the source numbers behind it), and what its document's has.

    *chunk_size* bounds a chunk by *length_function*; a longer sentence stays whole.  The
    default is one sentence a chunk, as the project's own indexes have it.  What the page says
    beside the article is no sentence and in no chunk.
    """

    def __init__(self, chunk_size: int = 1, chunk_overlap: int = 0, **options: Any) -> None:  # noqa: ANN401
        if chunk_overlap:
            raise ValueError("whole sentences do not overlap; leave chunk_overlap at 0")
        super().__init__(chunk_size=chunk_size, chunk_overlap=0, **options)

    def split_text(self, text: str) -> list[str]:
        """The chunks of *text*, as they stand in it."""
        return [chunk.page_content for chunk in self._chunks(Document(page_content=text))]

    def create_documents(
        self, texts: list[str], metadatas: list[dict[Any, Any]] | None = None
    ) -> list[Document]:
        """The chunks of *texts*, each with the metadata of its text."""
        about = metadatas or [{} for _ in texts]
        return self.split_documents(
            Document(page_content=text, metadata=each)
            for text, each in zip(texts, about, strict=True)
        )

    def split_documents(self, documents: Iterable[Document]) -> list[Document]:
        """The chunks of *documents*, in order."""
        return [chunk for document in documents for chunk in self._chunks(document)]

    def _chunks(self, document: Document) -> Iterator[Document]:
        try:
            article = segment(article_of(document))
        except InputError:  # a text without a sentence has no chunk
            return
        run: list[Sentence] = []
        for sentence in article.sentences:
            if run and not self._fit(article, run, sentence):
                yield _chunk(article, run, document)
                run = []
            run.append(sentence)
        if run:
            yield _chunk(article, run, document)

    def _fit(self, article: Segmented, run: list[Sentence], sentence: Sentence) -> bool:
        whole = Span(run[0].span.start, sentence.span.end)
        return (
            run[-1].block == sentence.block
            and self._length_function(whole.of(article.text)) <= self._chunk_size
        )


def _chunk(article: Segmented, run: list[Sentence], document: Document) -> Document:
    span = Span(run[0].span.start, run[-1].span.end)
    numbers = {n for each in run for n in support_of(article, each.span).citations}
    place = {
        "start_index": span.start,
        "end_index": span.end,
        "block": run[0].block,
        "section": run[0].section,
        "citations": sorted(numbers, key=lambda number: (len(number), number)),
    }
    return Document(page_content=span.of(article.text), metadata=document.metadata | place)
