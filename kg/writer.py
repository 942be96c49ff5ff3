"""Writing a knowledge base: one process at a time, each write one atomic step."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, cast

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg import terms
from kg.audit.engine import Contents
from kg.audit.graph import audited_of, finding_quads, removal
from kg.audit.rule import Rule, fingerprint
from kg.audit.run import audit
from kg.convert import to_quads
from kg.documents import (
    DocumentInfo,
    check_identity,
    documents_of,
    extraction_of,
    find_document,
)
from kg.errors import ShapeError
from kg.iris import document_node, graph_node
from kg.local import HomeKeeper
from kg.records import Extraction
from kg.registry import Registrable, registry_quads
from kg.shapes import violations
from kg.storage import Change, Keeper
from kg.unit_names import unit_quads
from kg.vocabulary import ONTOLOGY_GRAPH, PROV, RDF, YZ

if TYPE_CHECKING:
    from kg.remote.endpoints import Endpoints

_READ = 256  # documents whose contents are kept from one audit to the next


class GraphWriter:
    """A knowledge base for writing. Each write is one atomic step; readers see it when published.

    Leaving the context publishes what was written and gives the lock back.
    """

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper
        self._provenance = graph_node("provenance", base=keeper.base)
        self._documents: tuple[DocumentInfo, ...] | None = None  # until one comes or goes
        self._contents: dict[str, Contents] = {}  # of graphs that an audit has read, by IRI

    @classmethod
    def open(
        cls, home: Path, *, base: str | None = None, remote: Endpoints | None = None
    ) -> GraphWriter:
        """Take the home, made where there is none, and mend what an interrupted writer left.

        *base* is the data base IRI of a new home, with its closing slash.  With *remote* the
        graph is in the store there, and the home has what is derived from it, and the lock.

        :raises HomeLockedError: if another process is writing.
        :raises HomeError: if the home, or the store, cannot be used.
        """
        keeper: Keeper
        if remote is None:
            keeper = HomeKeeper(home, base=base)
        else:
            from kg.remote.keeper import RemoteKeeper

            keeper = RemoteKeeper(home, remote, base=base)
        try:
            writer = cls(keeper)
            writer._mend()
            return writer
        except BaseException:
            keeper.close()
            raise

    def __enter__(self) -> GraphWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if self._keeper.is_ahead:
                self.publish()
        finally:
            self._keeper.close()

    @property
    def base(self) -> str:
        """The data base IRI."""
        return self._keeper.base

    def documents(self) -> tuple[DocumentInfo, ...]:
        """All documents, by name, published or not."""
        if self._documents is None:
            self._documents = documents_of(self._keeper.store)
        return self._documents

    def extraction(self, doc: str) -> Extraction:
        """The records of a document.

        :raises UnknownDocumentError: if there is none of that name.
        """
        return extraction_of(self._keeper.store, doc)

    def replace(self, extraction: Extraction) -> bool:
        """Take a document in, in place of its former version; whether that changed anything.

        :raises ShapeError: if its graph breaks a shape; nothing of it is kept.
        :raises InputError: if its identity is another document's (`check_identity`).
        """
        article = extraction.document.article
        known = self.documents()
        check_identity(known, doc=article.doc, path=article.path, sha256=article.sha256)
        quads = to_quads(extraction, base=self.base)
        old = [NamedNode(info.graph) for info in known if info.doc == article.doc]
        graph = cast(NamedNode, quads[0].graph_name)
        source = document_node(graph.value.rpartition("/")[2], base=self.base)
        units = unit_quads(quads, base=self.base)
        return self._put(graph, quads, name=article.doc, source=source, old=old, units=units)

    def remove(self, doc: str) -> None:
        """Take a document out; nothing of it is left.

        :raises UnknownDocumentError: if there is none of that name.
        """
        graph = NamedNode(find_document(self._keeper.store, doc).graph)
        self._keeper.change(Change(gone=(graph,), forgotten=self._findings_of([graph])))
        self._forget([graph])

    def sync_registry(self, entries: Iterable[Registrable]) -> bool:
        """Make the registry graph say what *entries* say; whether that changed anything.

        :raises ShapeError: if it breaks a shape; it stays as it was.
        """
        graph = graph_node("registry", base=self.base)
        quads = registry_quads(entries, base=self.base)
        return self._put(graph, quads, name="the registry", old=[graph])

    def audited(self) -> dict[str, str]:
        """With which rules (`kg.audit.rule.fingerprint`) each document was audited, by name."""
        return audited_of(self._keeper.store)

    def audit(self, rules: Sequence[Rule], *, docs: Collection[str] | None = None) -> None:
        """Keep what *rules* find in *docs* (all, if not told), in place of what was kept of them.

        :raises InputError: if the query of a rule cannot be run; what was kept stays.
        """
        known = [info for info in self.documents() if docs is None or info.doc in docs]
        found = audit(
            self._keeper.store,
            self.documents(),
            rules,
            docs={info.doc for info in known},
            known=self._contents,
        )
        while len(self._contents) > _READ:
            self._contents.pop(next(iter(self._contents)))
        quads = finding_quads(found, base=self.base)
        if faults := violations(quads):
            raise ShapeError(f"the findings: {faults[0]}; none is kept")
        told = Literal(fingerprint(rules))
        marks = [Quad(NamedNode(info.graph), YZ.audited, told, self._provenance) for info in known]
        old = [f"GRAPH {self._provenance} {{ {mark.subject} {YZ.audited} ?old }}" for mark in marks]
        documents = [NamedNode(info.iri) for info in known]
        gone = removal(documents, base=self.base)
        self._keeper.change(
            Change(forgotten=(*gone, *((each, each) for each in old)), come=(*quads, *marks))
        )

    def publish(self) -> int:
        """Let readers see what was written; the new generation.

        :raises HomeError: if that cannot be done.
        """
        return self._keeper.publish()

    def _mend(self) -> None:
        self._put(ONTOLOGY_GRAPH, _ontology_quads(), name="the ontology", old=[ONTOLOGY_GRAPH])
        if self._keeper.is_ahead:
            self.publish()

    def _put(
        self,
        graph: NamedNode,
        quads: list[Quad],
        *,
        name: str,
        old: list[NamedNode],
        source: NamedNode | None = None,
        units: list[Quad] | None = None,
    ) -> bool:
        """Put a graph and the rows that tell where it is from in the place of *old*.

        *name* is what errors call it, *units* are the labels of its units, which stay when it
        goes: others may use them.
        """
        content = Literal(_content_hash(quads))
        known = (graph, YZ.contentHash, content, self._provenance)
        if any(self._keeper.store.quads_for_pattern(*known)):
            return False
        found = violations(quads)
        if found:
            more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
            raise ShapeError(f"{name}: {found[0]}{more}; nothing of it is kept")
        rows = [
            Quad(graph, RDF.type, PROV.Entity, self._provenance),
            Quad(graph, YZ.contentHash, content, self._provenance),
            Quad(graph, PROV.wasAttributedTo, YZ.extractor, self._provenance),
            Quad(graph, PROV.generatedAtTime, terms.moment(datetime.now(UTC)), self._provenance),
        ]
        if source is not None:
            rows.append(Quad(graph, PROV.wasDerivedFrom, source, self._provenance))
        self._keeper.change(
            Change(
                gone=tuple(old),
                forgotten=self._findings_of(old),
                come=(*quads, *rows, *(units or ())),
            )
        )
        self._forget([graph, *old])
        return True

    def _forget(self, graphs: Iterable[NamedNode]) -> None:
        """Let go of what was read of *graphs* before they changed."""
        self._documents = None
        for graph in graphs:
            self._contents.pop(graph.value, None)

    def _findings_of(self, graphs: Iterable[NamedNode]) -> tuple[tuple[str, str], ...]:
        """What goes of the findings with the documents of *graphs*."""
        keys = [graph.value.rpartition("/")[2] for graph in graphs]
        return removal([document_node(key, base=self.base) for key in keys], base=self.base)


def _ontology_quads() -> list[Quad]:
    source = Path(__file__).with_name("ontology.ttl").read_bytes()
    return [
        Quad(quad.subject, quad.predicate, quad.object, ONTOLOGY_GRAPH)
        for quad in parse(source, format=RdfFormat.TURTLE)
    ]


def _content_hash(quads: Iterable[Quad]) -> str:
    """A hash of the graph's content. Without blank nodes, sorted lines are canonical."""
    lines = "\n".join(sorted(str(quad) for quad in quads))
    return hashlib.sha256(lines.encode()).hexdigest()
