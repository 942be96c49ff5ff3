"""Reading a graph behind a URL as one on disk is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, QueryTriples, Store

from kg import terms
from kg.errors import HomeError
from kg.iris import BASE, graph_node
from kg.remote.client import Client
from kg.remote.endpoints import Endpoints
from kg.storage import DefaultGraphs, NamedGraphs, QueryResult, Substitutions, declared
from kg.vocabulary import YZ

_STANDING = f"""
SELECT ?graph ?generation ?writer ?union WHERE {{
  GRAPH ?graph {{ ?graph {YZ.generation} ?generation ; {YZ.writer} ?writer }}
  BIND (EXISTS {{ ?graph {YZ.generation} ?generation }} AS ?union) }}
"""
_UNLISTED = ("provenance", "units", "findings")  # graphs of which the provenance graph has no rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a store stands. One that nothing was written to is at generation 0."""

    base: str
    generation: int
    writer: str  # who wrote last
    union: bool  # whether the default graph is the union of all


def standing(client: Client, *, base: str | None = None) -> Standing:
    """How the store stands; *base* is that of one that nothing was written to.

    :raises HomeError: if it cannot be reached, or has another base or several.
    """
    rows = [
        (cast(NamedNode, row["graph"]).value.removesuffix("graph/provenance"), row)
        for row in cast(QuerySolutions, client.query(_STANDING))
    ]
    if not rows:
        return Standing(base=base or BASE, generation=0, writer="", union=False)
    bases = [found for found, _ in rows]
    if len(bases) > 1:
        raise HomeError(
            f"{client.endpoints.url} holds {len(bases)} knowledge bases "
            f"({', '.join(sorted(bases))}); it should hold one"
        )
    found, row = rows[0]
    if base not in (None, found):
        raise HomeError(
            f"{client.endpoints.url} was made with the base {found}; it cannot change to {base}"
        )
    return Standing(
        base=found,
        generation=cast(int, terms.python_value(row["generation"])),
        writer=cast(str, terms.python_value(row["writer"])),
        union=cast(bool, terms.python_value(row["union"])),
    )


class RemoteSource:
    """A `kg.storage.Source`: the store as it is."""

    def __init__(self, endpoints: Endpoints) -> None:
        """Ask how the store stands.

        :raises HomeError: if it cannot be reached or used.
        """
        self._client = Client(endpoints)
        self._standing = standing(self._client)

    @property
    def name(self) -> str:
        """The URL."""
        return self._client.endpoints.url

    @property
    def base(self) -> str:
        """The data base IRI; the store tells it."""
        return self._standing.base

    def generation(self) -> int:
        """The number that each write raises; 0 before the first."""
        self._standing = standing(self._client)
        return self._standing.generation

    def newest(self) -> tuple[int, RemoteStore]:
        """The generation that was last asked for, and the store."""
        return self._standing.generation, RemoteStore(self._client, self._standing)


class RemoteStore:
    """A `kg.storage.ReadableStore`: that of a `Client`."""

    def __init__(self, client: Client, standing: Standing) -> None:
        self._client = client
        self._standing = standing
        self._parser = Store()
        self._graphs: tuple[NamedNode, ...] | None = None

    def query(
        self,
        query: str,
        /,
        *,
        base_iri: str | None = None,
        prefixes: dict[str, str] | None = None,
        use_default_graph_as_union: bool = False,
        default_graph: DefaultGraphs | None = None,
        named_graphs: NamedGraphs | None = None,
        substitutions: Substitutions | None = None,
    ) -> QueryResult:
        """The result of a query, read whole.

        :raises SyntaxError: if it is broken; then nothing is sent.
        """
        self._parser.query(query, base_iri=base_iri, prefixes=prefixes)
        if use_default_graph_as_union and not self._standing.union:
            default_graph, named_graphs = [*self.named_graphs()], [*self.named_graphs()]
        dataset = [
            (name, cast(NamedNode, graph).value)
            for name, graphs in (
                ("default-graph-uri", default_graph),
                ("named-graph-uri", named_graphs),
            )
            for graph in graphs or ()
        ]
        given = substitutions or {}
        names, values = " ".join(map(str, given)), " ".join(map(str, given.values()))
        clause = f"VALUES ({names}) {{ ({values}) }}" if given else ""
        return self._client.query(
            f"{declared(prefixes or {}, base_iri)}\n{query}\n{clause}", dataset
        )

    def quads_for_pattern(
        self,
        subject: NamedNode | None,
        predicate: NamedNode | None,
        object: NamedNode | Literal | None,
        graph_name: NamedNode | None,
        /,
    ) -> Iterator[Quad]:
        """The quads of a pattern; ``None`` stands for any term."""
        for graph in self.named_graphs() if graph_name is None else (graph_name,):
            for triple in self._triples(graph, subject, predicate, object):
                yield Quad(triple.subject, triple.predicate, triple.object, graph)

    def contains_named_graph(self, graph_name: NamedNode, /) -> bool:
        """Whether the knowledge base has this graph."""
        return graph_name in self.named_graphs()

    def named_graphs(self) -> Iterator[NamedNode]:
        """The graphs of the knowledge base, and not those of others that share the store."""
        if self._graphs is None:
            unlisted = [graph_node(name, base=self._standing.base) for name in _UNLISTED]
            rows = self._client.query(
                f"SELECT ?graph WHERE {{ GRAPH {unlisted[0]} {{ ?graph {YZ.contentHash} ?hash }} }}"
            )
            listed = [cast(NamedNode, row["graph"]) for row in cast(QuerySolutions, rows)]
            self._graphs = (*sorted(listed, key=str), *unlisted)
        return iter(self._graphs)

    def _triples(
        self,
        graph: NamedNode,
        subject: NamedNode | None,
        predicate: NamedNode | None,
        object: NamedNode | Literal | None,
    ) -> QueryTriples:
        if self._client.endpoints.graphs is not None and not (subject or predicate or object):
            return self._client.graph(graph.value)
        pattern = f"{subject or '?s'} {predicate or '?p'} {object or '?o'}"
        return cast(
            QueryTriples,
            self._client.query(
                f"CONSTRUCT {{ {pattern} }} WHERE {{ GRAPH {graph} {{ {pattern} }} }}"
            ),
        )
