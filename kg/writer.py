"""Writing a knowledge base: one process at a time, each write one atomic step."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import cast

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

from kg import terms
from kg.audit.graph import finding_quads, removal
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
from kg.errors import HomeError, ShapeError
from kg.home import Home, WriterLock, make_home
from kg.iris import document_node, graph_node
from kg.records import Extraction
from kg.registry import Registrable, registry_quads
from kg.shapes import violations
from kg.terms import one_line
from kg.unit_names import unit_quads
from kg.vocabulary import ONTOLOGY_GRAPH, PROV, RDF, YZ


class GraphWriter:
    """A knowledge base for writing. Each write is one atomic step; readers see it when published.

    Leaving the context publishes what was written and gives the lock back.
    """

    def __init__(self, lock: WriterLock, home: Home, store: Store) -> None:
        self._lock = lock
        self._home = home
        self._store = store
        self._provenance = graph_node("provenance", base=home.base)

    @classmethod
    def open(cls, home: Path, *, base: str | None = None) -> GraphWriter:
        """Take the home, made where there is none, and mend what an interrupted writer left.

        *base* is the data base IRI of a new home, with its closing slash.

        :raises HomeLockedError: if another process is writing.
        :raises HomeError: if the home cannot be used.
        """
        lock = WriterLock(home)
        try:
            made = make_home(home, base=base)
            try:
                writer = cls(lock, made, Store(str(made.graph)))
            except OSError as error:
                raise HomeError(
                    f"{made.graph} cannot be opened ({one_line(error)}); "
                    "choose another home with --home"
                ) from None
            writer._mend()
            return writer
        except BaseException:
            lock.release()
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
            if self._home.unpublished.exists():
                self.publish()
        finally:
            del self._store  # the store's own lock goes with it
            self._lock.release()

    @property
    def base(self) -> str:
        """The data base IRI."""
        return self._home.base

    def documents(self) -> tuple[DocumentInfo, ...]:
        """All documents, by name, published or not."""
        return documents_of(self._store)

    def extraction(self, doc: str) -> Extraction:
        """The records of a document.

        :raises UnknownDocumentError: if there is none of that name.
        """
        return extraction_of(self._store, doc)

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
        self._update(self._removal([NamedNode(find_document(self._store, doc).graph)]))

    def sync_registry(self, entries: Iterable[Registrable]) -> bool:
        """Make the registry graph say what *entries* say; whether that changed anything.

        :raises ShapeError: if it breaks a shape; it stays as it was.
        """
        graph = graph_node("registry", base=self.base)
        quads = registry_quads(entries, base=self.base)
        return self._put(graph, quads, name="the registry", old=[graph])

    def audit(self, rules: Sequence[Rule], *, docs: Collection[str] | None = None) -> None:
        """Keep what *rules* find in *docs* (all, if not told), in place of what was kept of them.

        :raises InputError: if the query of a rule cannot be run; what was kept stays.
        """
        known = [info for info in self.documents() if docs is None or info.doc in docs]
        found = audit(self._store, self.documents(), rules, docs={info.doc for info in known})
        quads = finding_quads(found, base=self.base)
        if faults := violations(quads):
            raise ShapeError(f"the findings: {faults[0]}; none is kept")
        told = Literal(fingerprint(rules))
        marks = [Quad(NamedNode(info.graph), YZ.audited, told, self._provenance) for info in known]
        steps = [
            f"DELETE WHERE {{ GRAPH {self._provenance} {{ {mark.subject} {YZ.audited} ?old }} }}"
            for mark in marks
        ]
        documents = [NamedNode(info.iri) for info in known]
        self._update(
            [*removal(documents, base=self.base), *steps, *_insertion(quads), *_insertion(marks)]
        )

    def publish(self) -> int:
        """Let readers see what was written; the new generation.

        :raises HomeError: if the snapshot cannot be made.
        """
        home = self._home
        generation = max((home.generation(), *home.snapshots())) + 1
        part = home.root / "snapshots" / "part"
        try:
            part.parent.mkdir(exist_ok=True)
            shutil.rmtree(part, ignore_errors=True)
            self._store.flush()
            self._store.backup(str(part))
            part.rename(home.snapshot(generation))
            home.set_generation(generation)
            home.unpublished.unlink(missing_ok=True)
        except OSError as error:
            raise HomeError(
                f"{home.root} cannot be published ({one_line(error)}); make room and run again"
            ) from None
        home.drop_leftovers(keep={generation, generation - 1})
        return generation

    def _mend(self) -> None:
        home = self._home
        try:
            generation = home.generation()
        except HomeError:
            generation = 0
            (home.root / "generation").unlink()
        home.drop_leftovers(keep={generation, generation - 1})
        self._put(ONTOLOGY_GRAPH, _ontology_quads(), name="the ontology", old=[ONTOLOGY_GRAPH])
        if home.unpublished.exists() or not home.snapshot(generation).is_dir():
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
        if Quad(graph, YZ.contentHash, content, self._provenance) in self._store:
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
        self._update(
            [*self._removal(old), *_insertion(quads), *_insertion(rows), *_insertion(units or [])]
        )
        return True

    def _removal(self, graphs: Iterable[NamedNode]) -> list[str]:
        steps = []
        for graph in graphs:
            steps.append(f"DROP SILENT GRAPH {graph}")
            steps.append(f"DELETE WHERE {{ GRAPH {self._provenance} {{ {graph} ?p ?o }} }}")
            key = graph.value.rpartition("/")[2]
            steps += removal([document_node(key, base=self.base)], base=self.base)
        return steps

    def _update(self, steps: list[str]) -> None:
        """One atomic step, marked beforehand so that a crash after it is noticed."""
        try:
            self._home.unpublished.touch()
            self._store.update(";\n".join(steps))
        except OSError as error:
            raise HomeError(
                f"{self._home.root} cannot be written to ({one_line(error)}); nothing was changed"
            ) from None


def _insertion(quads: list[Quad]) -> list[str]:
    if not quads:
        return []
    triples = "\n".join(f"{quad.triple} ." for quad in quads)
    return [f"INSERT DATA {{ GRAPH {quads[0].graph_name} {{\n{triples}\n}} }}"]


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
