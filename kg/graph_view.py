"""A graph being read: the triples of one document by subject and predicate."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import TypeVar, cast

from pyoxigraph import Literal, NamedNode, Quad

from kg import terms
from kg.errors import ShapeError
from kg.iris import entity_id
from kg.records import Scope, Span, Support
from kg.vocabulary import OA, RDF, YZ, Scheme, code_of

_Record = TypeVar("_Record")


class GraphView:
    """The triples of one graph by subject and predicate. Reads what the shapes promise."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._values: dict[NamedNode, dict[NamedNode, list[NamedNode | Literal]]] = {}
        for quad in quads:
            subject = cast(NamedNode, quad.subject)
            value = cast(NamedNode | Literal, quad.object)
            self._values.setdefault(subject, {}).setdefault(quad.predicate, []).append(value)

    def instances(self, class_: NamedNode) -> list[NamedNode]:
        """The nodes of a class, in the order of the records."""
        nodes = [s for s, values in self._values.items() if class_ in values.get(RDF.type, ())]
        return sorted(nodes, key=lambda node: int(self.optional(node, YZ.index) or 0))

    def records(
        self, class_: NamedNode, read: Callable[[NamedNode], _Record]
    ) -> tuple[_Record, ...]:
        """What *read* makes of each node of a class, in order."""
        return tuple(read(node) for node in self.instances(class_))

    def values(self, subject: NamedNode, predicate: NamedNode) -> list[NamedNode | Literal]:
        """All objects of a subject and predicate."""
        return self._values.get(subject, {}).get(predicate, [])

    def optional(self, subject: NamedNode, predicate: NamedNode) -> str | None:
        """The one value, as a string, or ``None``."""
        values = self.values(subject, predicate)
        return values[0].value if values else None

    def text(self, subject: NamedNode, predicate: NamedNode) -> str:
        """The one value, as a string.

        :raises ShapeError: if there is none.
        """
        return self._one(subject, predicate).value

    def node(self, subject: NamedNode, predicate: NamedNode) -> NamedNode:
        """The one node.

        :raises ShapeError: if there is none.
        """
        return cast(NamedNode, self._one(subject, predicate))

    def code(self, subject: NamedNode, predicate: NamedNode, scheme: Scheme) -> str:
        """The code of the one coded node."""
        return code_of(self.node(subject, predicate), scheme)

    def number(self, subject: NamedNode, predicate: NamedNode) -> int:
        """The one integer."""
        return int(self.text(subject, predicate))

    def decimal(self, subject: NamedNode, predicate: NamedNode) -> Decimal | None:
        """The one decimal, or ``None``."""
        value = self.optional(subject, predicate)
        return None if value is None else Decimal(value)

    def flag(self, subject: NamedNode, predicate: NamedNode) -> bool:
        """The one boolean."""
        return self.text(subject, predicate) == "true"

    def entity(self, subject: NamedNode, predicate: NamedNode) -> str | None:
        """The `Entity.id` of the one node, or ``None``."""
        return entity_id(self.node(subject, predicate)) if self.values(subject, predicate) else None

    def ordered(
        self, subject: NamedNode, predicate: NamedNode, order: NamedNode
    ) -> tuple[str, ...]:
        """Strings in the order in which they were given."""
        stated = self.optional(subject, order)
        if stated is not None:
            return tuple(json.loads(stated))
        return tuple(terms.distinct(value.value for value in self.values(subject, predicate)))

    def span(self, subject: NamedNode, predicate: NamedNode) -> Span:
        """The one span."""
        return self._selected(self.node(subject, predicate))

    def optional_span(self, subject: NamedNode, predicate: NamedNode) -> Span | None:
        """The one span, or ``None``."""
        return self.span(subject, predicate) if self.values(subject, predicate) else None

    def quote(self, subject: NamedNode, predicate: NamedNode) -> str:
        """The words at the one span."""
        for selector in self.values(self.node(subject, predicate), OA.hasSelector):
            exact = self.optional(cast(NamedNode, selector), OA.exact)
            if exact is not None:
                return exact
        raise ShapeError(f"<{subject.value}> has a span without its words")

    def support(self, subject: NamedNode) -> Support:
        """The sources behind a claim or sentence."""
        stated = self.optional(subject, YZ.citationOrder)
        if stated is not None:
            citations = tuple(json.loads(stated))
        else:
            sources = (cast(NamedNode, s) for s in self.values(subject, YZ.citation))
            citations = tuple(terms.distinct(self.text(s, YZ.sourceNumber) for s in sources))
        scope = cast(Scope, self.code(subject, YZ.citationScope, "scope"))
        return Support(citations=citations, scope=scope)

    def _one(self, subject: NamedNode, predicate: NamedNode) -> NamedNode | Literal:
        values = self.values(subject, predicate)
        if not values:
            raise ShapeError(f"<{subject.value}> lacks <{predicate.value}>")
        return values[0]

    def _selected(self, node: NamedNode) -> Span:
        for selector in self.values(node, OA.hasSelector):
            start = self.optional(cast(NamedNode, selector), OA.start)
            if start is not None:
                return Span(int(start), self.number(cast(NamedNode, selector), OA.end))
        raise ShapeError(f"<{node.value}> is no span: it has no position")
