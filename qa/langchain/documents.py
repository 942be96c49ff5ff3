"""Articles as LangChain documents, and back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

from langchain_core.document_loaders import BaseLoader
from langchain_core.documents import Document

from ingest.reading import find_articles, read_article
from ingest.structure import segment
from kg.records import Article, Encoding, MediaType


class ArticleLoader(BaseLoader):
    """Reads files and folders: .txt, .md, .html, .pdf and .csv.

    ``page_content`` is the stored text, to which all offsets refer; ``metadata`` has
    ``source`` (the path), ``doc``, ``sha256``, ``encoding``, ``media``, and what the article
    says about itself: ``title``, ``published`` (ISO day), ``publisher``, ``author``,
    ``category``, ``tags`` and ``tickers``, those that it tells.
    """

    def __init__(self, paths: str | Path | Sequence[str | Path]) -> None:
        given = [paths] if isinstance(paths, str | Path) else paths
        self._paths = [Path(path) for path in given]

    def lazy_load(self) -> Iterator[Document]:
        """One document an article, in the order of `find_articles`.

        :raises InputError: if there are none, or one cannot be read.
        """
        for path in find_articles(self._paths):
            article = read_article(path)
            yield Document(page_content=article.text, metadata=_about(article), id=article.sha256)


def _about(article: Article) -> dict[str, Any]:
    told = segment(article).metadata
    about = {
        "source": article.path,
        "doc": article.doc,
        "sha256": article.sha256,
        "encoding": article.encoding,
        "media": article.media,
        "title": told.title,
        "published": told.published and told.published.isoformat(),
        "publisher": told.publisher,
        "author": told.author,
        "category": told.category,
        "tags": list(told.tags),
        "tickers": list(told.tickers),
    }
    return {key: value for key, value in about.items() if value not in (None, "", [])}


def article_of(document: Document) -> Article:
    """The article that *document* holds: one of `ArticleLoader`, or any other text."""
    text, about = document.page_content, document.metadata
    source = str(about.get("source", ""))
    return Article(
        doc=str(about.get("doc") or Path(source).stem or "document"),
        path=source,
        text=text,
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        encoding=cast(Encoding, about.get("encoding", "utf-8")),
        media=cast(MediaType, about.get("media", "text/plain")),
    )
