"""Reading a knowledge base: the newest published snapshot, without any lock."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pyoxigraph import NamedNode, Quad, QuerySolutions

from kg import terms
from kg.audit.graph import audited_of, read_findings
from kg.audit.rule import Rule
from kg.audit.run import audit
from kg.documents import DocumentInfo, documents_of, extraction_of, find_document
from kg.errors import HomeError, QueryError
from kg.iris import query_prefixes
from kg.local import Snapshots
from kg.query_faults import broken
from kg.query_tokens import Dataset, inspect_query
from kg.records import Extraction, Finding
from kg.storage import QueryResult, ReadableStore, Source
from kg.terms import Value, one_line
from kg.vocabulary import SCHEMA

if TYPE_CHECKING:
    from kg.remote.endpoints import Endpoints

_Result = TypeVar("_Result")
_REMEMBERED = 10_000  # characters of a query that is worth it


class GraphReader:
    """A knowledge base for reading, at one generation until `refresh`."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.generation, self._store = source.newest()

    @classmethod
    def open(cls, home: Path, *, remote: Endpoints | None = None) -> GraphReader:
        """The newest snapshot; a home that is empty or not there reads as no documents.

        With *remote* the graph is that of the store there, which has no snapshots: a query sees
        what is written at its time, and `refresh` tells whether that is more than before.

        :raises HomeError: if a newer program wrote the home, it is damaged, or the store
            cannot be reached.
        """
        if remote is None:
            return cls(Snapshots(home))
        from kg.remote.source import RemoteSource

        return cls(RemoteSource(remote))

    @property
    def base(self) -> str:
        """The data base IRI."""
        return self._source.base

    def refresh(self) -> bool:
        """Reopen what is read if a writer has published since; whether it has."""
        if self._source.generation() == self.generation:
            return False
        self.generation, self._store = self._source.newest()
        return True

    def documents(self) -> tuple[DocumentInfo, ...]:
        """All documents, by name."""
        return self._read(documents_of)

    def extraction(self, doc: str) -> Extraction:
        """The records of a document.

        :raises UnknownDocumentError: if there is none of that name.
        """
        return self._read(lambda store: extraction_of(store, doc))

    def text(self, doc: str) -> str:
        """The stored text of a document.

        :raises UnknownDocumentError: if there is none of that name.
        """

        def read(store: ReadableStore) -> str:
            info = find_document(store, doc)
            body = store.quads_for_pattern(
                NamedNode(info.iri), SCHEMA.articleBody, None, NamedNode(info.graph)
            )
            return cast(str, terms.python_value(next(body).object))

        return self._read(read)

    def select(self, query: str) -> list[dict[str, Value]]:
        """The rows of a SELECT query over the union of all graphs, unless it names a dataset.

        IRIs come as strings, numbers as `int` or `Decimal`, what is unbound as ``None``.

        :raises QueryError: if the query is broken, refused, or no SELECT.
        """

        def rows(result: QueryResult) -> list[dict[str, Value]]:
            if not isinstance(result, QuerySolutions):
                raise QueryError("the query is no SELECT; it has no rows")
            names = [variable.value for variable in result.variables]
            return [{name: terms.python_value(row[name]) for name in names} for row in result]

        return self.query(query, rows)

    def query(
        self, query: str, use: Callable[[QueryResult], _Result], *, dataset: Dataset | None = None
    ) -> _Result:
        """What *use* makes of a query's result, which it must read to the end.

        Relative IRIs are those of the data base.  The union of all graphs is read only where
        neither the query nor *dataset* names one: the store ignores ``FROM`` under its union
        flag.  *dataset* is what a request names beside the query; it counts instead of
        ``FROM``, and a graph of it that is not here is empty, as the SPARQL Protocol has it.

        :raises QueryError: if the query is broken or refused.
        """
        prefixes = query_prefixes(self.base)
        inspect = _inspected if len(query) < _REMEMBERED else _inspected.__wrapped__
        named = inspect(query, self.base)
        options: dict[str, Any] = {"use_default_graph_as_union": True}
        graphs = named if dataset is None else dataset
        if graphs is not None:
            # What FROM says is said again: a store whose default graph is the union forgets it.
            options = {
                "default_graph": [NamedNode(name) for name in graphs.default],
                "named_graphs": [NamedNode(name) for name in graphs.named],
            }

        def run(store: ReadableStore) -> _Result:
            if named is not None and dataset is None:
                _check_named(store, named)
            try:
                return use(store.query(query, base_iri=self.base, prefixes=prefixes, **options))
            except SyntaxError as error:
                raise broken(query, str(error)) from None
            except (ValueError, RuntimeError) as error:
                raise QueryError(f"the query cannot be run: {one_line(error)}") from None

        return self._read(run)

    def quads(self, doc: str | None = None) -> list[Quad]:
        """The quads of one document's graph, or of the whole knowledge base."""

        def read(store: ReadableStore) -> list[Quad]:
            graph = None if doc is None else NamedNode(find_document(store, doc).graph)
            return list(store.quads_for_pattern(None, None, None, graph))

        return self._read(read)

    def findings(self, *, docs: Collection[str] | None = None) -> tuple[Finding, ...]:
        """The findings that are kept about *docs* (all, if not told)."""
        return self._read(lambda store: read_findings(store, docs=docs))

    def audit(
        self, rules: Sequence[Rule], *, docs: Collection[str] | None = None
    ) -> tuple[Finding, ...]:
        """What *rules* find in *docs* (all, if not told); nothing is kept.

        :raises InputError: if the query of a rule cannot be run, naming the rule.
        """
        return self._read(
            lambda store: audit(store, documents_of(store), rules, docs=docs).findings
        )

    def audited(self) -> dict[str, str]:
        """With which rules (`kg.audit.rule.fingerprint`) each document was audited, by name."""
        return self._read(audited_of)

    def _read(self, read: Callable[[ReadableStore], _Result]) -> _Result:
        try:
            return read(self._store)
        except OSError as error:
            # The files of a snapshot that is two generations old go away under its reader.
            if not self.refresh():
                raise HomeError(
                    f"{self._source.name} cannot be read ({one_line(error)}); run 'yinzheng doctor'"
                ) from None
            return read(self._store)


@lru_cache(maxsize=256)  # the saved queries come again and again
def _inspected(query: str, base: str) -> Dataset | None:
    return inspect_query(query, prefixes=query_prefixes(base), base=base)


def _check_named(store: ReadableStore, dataset: Dataset) -> None:
    for name in (*dataset.default, *dataset.named):
        if not store.contains_named_graph(NamedNode(name)):
            raise QueryError(f"FROM <{name}>: no such graph in the knowledge base")
