"""The one writer of a home: it takes documents into and out of graph, vectors and terms."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from kg.errors import UnknownDocumentError
from kg.iris import document_key
from kg.records import Extraction
from kg.registry import Registrable
from kg.remote.endpoints import Endpoints
from kg.store import DocumentInfo, GraphWriter
from qa.auditing import home_rules
from qa.index.indexes import Indexes, content_of
from qa.index.server import ChromaServer


@dataclass(frozen=True, slots=True)
class Mended:
    """What had to be put right: documents indexed anew, and versions that were left over."""

    rebuilt: tuple[str, ...]
    dropped: int


class HomeWriter:
    """Graph, vectors and terms of one home, locked for writing. Use as a context manager.

    A document is in when `put` returns: then the graph, its published snapshot and both
    indexes hold it.  *mended* tells what an interrupted writer had left.
    """

    def __init__(
        self,
        home: Path,
        *,
        embedding: str,
        remote: Endpoints | None = None,
        server: ChromaServer | None = None,
    ) -> None:
        self._home = home
        self._remote = remote
        self._server = server
        self._embedding = embedding
        self._open = ExitStack()
        self._registered: Sequence[Registrable] | None = None

    def __enter__(self) -> HomeWriter:
        """Locks the home, makes it where there is none, and mends what an interruption left.

        Raises `HomeLockedError` while another process writes, `HomeError` where it cannot,
        `InputError` for a faulty audit rule of the home.
        """
        with ExitStack() as opening:
            self._graph = opening.enter_context(GraphWriter.open(self._home, remote=self._remote))
            self._indexes = Indexes(self._home, embedding=self._embedding, server=self._server)
            opening.callback(self._indexes.close)
            self._rules = home_rules(self._home)
            self.mended = self.mend()
            self._open = opening.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._open.close()

    def documents(self) -> tuple[DocumentInfo, ...]:
        """What the graph holds, by name of the document."""
        return self._graph.documents()

    def sync_registry(self, entries: Sequence[Registrable]) -> None:
        """Makes the graph's registry say what *entries* say; published with the next document."""
        if entries is not self._registered:
            self._graph.sync_registry(entries)
            self._registered = entries

    def put(self, extraction: Extraction) -> None:
        """Takes a document in, in place of its earlier version, and audits it.

        Raises `ShapeError` when its graph breaks a shape; then nothing has changed.
        """
        document = extraction.document
        key = document_key(document.doc, document.article.sha256)
        earlier = {_key(info) for info in self.documents() if info.doc == document.doc} - {key}
        self._graph.replace(extraction)
        self._graph.audit(self._rules, docs={document.doc})
        self._indexes.hold(key, content_of(extraction))
        self._graph.publish()
        self._indexes.drop(earlier)
        self._indexes.settle({key})

    def remove(self, docs: Collection[str]) -> None:
        """Takes documents out.

        Raises `UnknownDocumentError` when one of *docs* is not there; then none is removed.
        """
        keys = {info.doc: _key(info) for info in self.documents()}
        for doc in docs:
            check_known(doc, keys)
        for doc in dict.fromkeys(docs):
            self._graph.remove(doc)
        self._graph.publish()
        self._indexes.drop({keys[doc] for doc in docs})

    def mend(self, *, thorough: bool = False) -> Mended:
        """Brings both indexes and the findings in step with the graph.

        What the catalogue calls settled is believed, unless *thorough*: then every passage
        of either index, and every name, is compared with the graph.
        """
        wanted = {_key(info): info.doc for info in self.documents()}
        if thorough:
            behind, strays = self._indexes.compared(
                {key: content_of(self._graph.extraction(doc)) for key, doc in wanted.items()}
            )
        else:
            behind = self._indexes.unsettled(wanted)
            strays = self._indexes.strays(wanted)
        audited = self._graph.audited()
        unaudited = [doc for doc in wanted.values() if doc not in audited]
        if unaudited:
            self._graph.audit(self._rules, docs=unaudited)
        for key in behind:
            self._indexes.hold(key, content_of(self._graph.extraction(wanted[key])))
        if behind or strays or unaudited:
            self._graph.publish()  # the interruption may have come before it
            self._indexes.drop(strays)
            self._indexes.settle(behind)
        return Mended(tuple(sorted(wanted[key] for key in behind)), len(strays))


def check_known(doc: str, known: Collection[str]) -> None:
    """Raises `UnknownDocumentError`, naming what there is, unless *doc* is in *known*."""
    if doc in known:
        return
    held = "、".join(sorted(known)[:10]) + (" …" if len(known) > 10 else "")
    there = f"it holds {held}" if known else "it is empty"
    raise UnknownDocumentError(f"no document {doc!r} in the knowledge base; {there}")


def _key(info: DocumentInfo) -> str:
    return document_key(info.doc, info.sha256)
