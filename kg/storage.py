"""The seam between the graph and where it is kept: on this machine's disk, or behind a URL.

Reading goes through a `Source`, writing through a `Keeper`.  `kg.local` has both for a home on
disk, `kg.remote` for any SPARQL 1.1 store; one suite of tests holds for the two of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Triple,
    Variable,
)

QueryResult: TypeAlias = QuerySolutions | QueryTriples | QueryBoolean
DefaultGraphs: TypeAlias = list[NamedNode | BlankNode | DefaultGraph]
NamedGraphs: TypeAlias = list[NamedNode | BlankNode]
Substitutions: TypeAlias = dict[Variable, NamedNode | BlankNode | Literal | Triple]


class ReadableStore(Protocol):
    """What reading asks of a store; pyoxigraph's own `Store` is one."""

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
        """The result of a query, with *substitutions* in place of its variables.

        :raises SyntaxError: if it is broken.
        """

    def quads_for_pattern(
        self,
        subject: NamedNode | None,
        predicate: NamedNode | None,
        object: NamedNode | Literal | None,
        graph_name: NamedNode | None,
        /,
    ) -> Iterator[Quad]:
        """The quads of a pattern; ``None`` stands for any term."""

    def contains_named_graph(self, graph_name: NamedNode, /) -> bool:
        """Whether the knowledge base has this graph."""


class Source(Protocol):
    """Where readers find the graph."""

    @property
    def name(self) -> str:
        """What errors call it: a folder or a URL."""

    @property
    def base(self) -> str:
        """The data base IRI."""

    def generation(self) -> int:
        """A number that each write raises; 0 before the first."""

    def newest(self) -> tuple[int, ReadableStore]:
        """The newest generation and a store that reads it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One atomic step: graphs and quads that go, and then quads that come.

    A graph takes along what the provenance graph tells of it.  *forgotten* are the other quads
    that go, each as what goes (a template) and where it is found (a pattern).
    """

    gone: tuple[NamedNode, ...] = ()
    forgotten: tuple[tuple[str, str], ...] = ()
    come: tuple[Quad, ...] = ()

    def update(self, *, provenance: NamedNode, condition: str = "") -> str:
        """The step as a SPARQL update, which does nothing unless the pattern *condition* is met.

        *provenance* is the graph that tells of the others.
        """
        steps, forgotten = [], list(self.forgotten)
        for graph in self.gone:
            held, told = f"GRAPH {graph} {{ ?s ?p ?o }}", f"GRAPH {provenance} {{ {graph} ?p ?o }}"
            if condition:
                forgotten.append((held, held))
            else:
                steps.append(f"DROP SILENT GRAPH {graph}")
            forgotten.append((told, told))
        steps += [
            f"DELETE {{ {template} }} WHERE {{ {condition} {pattern} }}"
            for template, pattern in forgotten
        ]
        for name, triples in _by_graph(self.come).items():
            data = f"{{ GRAPH {name} {{\n{triples}}} }}"
            steps.append(
                f"INSERT {data} WHERE {{ {condition} }}" if condition else f"INSERT DATA {data}"
            )
        return ";\n".join(steps)


class Keeper(Protocol):
    """Where the graph is kept, for its one writer."""

    @property
    def base(self) -> str:
        """The data base IRI."""

    @property
    def store(self) -> ReadableStore:
        """What is kept, published or not, as it is now."""

    @property
    def is_ahead(self) -> bool:
        """Whether readers may not see all of it yet."""

    def change(self, change: Change) -> None:
        """Take one step whole, or not at all."""

    def publish(self) -> int:
        """Let readers see what is kept; the generation."""

    def close(self) -> None:
        """Let another write."""


def declared(prefixes: Mapping[str, str], base: str | None = None) -> str:
    """A line that declares *prefixes* and *base* to a store that does not know them."""
    lines = [] if base is None else [f"BASE <{base}>"]
    return " ".join([*lines, *(f"PREFIX {name}: <{iri}>" for name, iri in prefixes.items())])


def _by_graph(quads: Iterable[Quad]) -> dict[str, str]:
    lines: dict[str, list[str]] = {}
    for quad in quads:
        lines.setdefault(str(quad.graph_name), []).append(f"{quad.triple} .\n")
    return {graph: "".join(triples) for graph, triples in lines.items()}
