"""The registry: what is known of entities before any article is read, as SKOS.

Registry nodes are those that the documents' graphs denote (`kg.iris.entity_node`), so a
company is one node for all articles.  Its names of general use stand here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, cast

from pyoxigraph import Literal, NamedNode, Quad

from kg import terms
from kg.graph_view import GraphView
from kg.iris import BASE, entity_id, entity_node, graph_node
from kg.records import EntityType
from kg.vocabulary import FIBO_INDEX, RDF, SCHEMA, SKOS, YZ, coded

_CLASSES: dict[EntityType, NamedNode] = {
    "company": SCHEMA.Corporation,
    "index": FIBO_INDEX,
    "person": SCHEMA.Person,
    "institution": SCHEMA.Organization,
    "place": SCHEMA.Place,
    "product": SCHEMA.Product,
    "event": SCHEMA.Event,
}


class Registrable(Protocol):
    """What can enter the registry: a `RegistryEntry`, or any record with its fields."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def type(self) -> EntityType: ...  # noqa: D102
    @property
    def zh(self) -> str | None: ...  # noqa: D102
    @property
    def en(self) -> str | None: ...  # noqa: D102
    @property
    def aliases(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def ambiguous(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def tickers(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def broader(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def members(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def country(self) -> str | None: ...  # noqa: D102


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistryEntry:
    """One entity that is known by name. Other entities are told by their `Entity.id`.

    The graph keeps the order of *aliases* and *tickers*, not that of the others.
    """

    id: str
    type: EntityType
    zh: str | None = None  # the name in general use, in Chinese
    en: str | None = None
    aliases: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()  # those of its names that are also something else's
    tickers: tuple[str, ...] = ()  # market and symbol: "XNAS MU" (ISO 10383 codes)
    broader: tuple[str, ...] = ()  # a company's sector, a sector's parent
    members: tuple[str, ...] = ()  # of a group
    country: str | None = None  # ISO 3166-1 alpha-2


def registry_quads(entries: Iterable[Registrable], *, base: str = BASE) -> list[Quad]:
    """The registry graph of *entries*."""
    graph = graph_node("registry", base=base)
    quads: dict[Quad, None] = {}
    for entry in entries:
        node = entity_node(entry.id, base=base)
        values: list[tuple[NamedNode, NamedNode | Literal]] = [
            (RDF.type, SKOS.Concept),
            (YZ.entityType, coded("type", entry.type)),
        ]
        if entry.type in _CLASSES:
            values.append((RDF.type, _CLASSES[entry.type]))
        for language, name in (("zh", entry.zh), ("en", entry.en)):
            if name is not None:
                values.append((SKOS.prefLabel, Literal(name, language=language)))
        values += [(SKOS.altLabel, _tagged(name)) for name in entry.aliases]
        values += _order(YZ.aliasOrder, entry.aliases)
        values += [(YZ.ambiguousLabel, _tagged(name)) for name in entry.ambiguous]
        values += [(SCHEMA.tickerSymbol, Literal(ticker)) for ticker in entry.tickers]
        values += _order(YZ.tickerOrder, entry.tickers)
        for predicate, ids in ((SKOS.broader, entry.broader), (YZ.member, entry.members)):
            values += [(predicate, entity_node(id_, base=base)) for id_ in ids]
        if entry.country is not None:
            values.append((YZ.country, Literal(entry.country)))
        for predicate, value in values:
            quads[Quad(node, predicate, value, graph)] = None
    return list(quads)


def registry_entries(quads: Iterable[Quad]) -> tuple[RegistryEntry, ...]:
    """The entries that a registry graph was made from, by id."""
    graph = GraphView(quads)

    def entities(node: NamedNode, predicate: NamedNode) -> tuple[str, ...]:
        nodes = (cast(NamedNode, value) for value in graph.values(node, predicate))
        return tuple(terms.distinct(map(entity_id, nodes)))

    def label(node: NamedNode, language: str) -> str | None:
        for value in graph.values(node, SKOS.prefLabel):
            if isinstance(value, Literal) and value.language == language:
                return value.value
        return None

    def entry(node: NamedNode) -> RegistryEntry:
        ambiguous = (value.value for value in graph.values(node, YZ.ambiguousLabel))
        return RegistryEntry(
            id=entity_id(node),
            type=cast(EntityType, graph.code(node, YZ.entityType, "type")),
            zh=label(node, "zh"),
            en=label(node, "en"),
            aliases=graph.ordered(node, SKOS.altLabel, YZ.aliasOrder),
            ambiguous=tuple(terms.distinct(ambiguous)),
            tickers=graph.ordered(node, SCHEMA.tickerSymbol, YZ.tickerOrder),
            broader=entities(node, SKOS.broader),
            members=entities(node, YZ.member),
            country=graph.optional(node, YZ.country),
        )

    return tuple(sorted(map(entry, graph.instances(SKOS.Concept)), key=lambda e: e.id))


def _tagged(name: str) -> Literal:
    """A name with its language, as far as its script tells it."""
    han = any("\u3400" <= char <= "\u9fff" or char >= "\U00020000" for char in name)
    return Literal(name, language="zh" if han else "en")


def _order(predicate: NamedNode, values: tuple[str, ...]) -> list[tuple[NamedNode, Literal]]:
    """The order of *values*, where sorting would not restore it."""
    return [] if list(values) == terms.distinct(values) else [(predicate, terms.order(values))]
