"""The SHACL shapes of ``shapes.ttl`` as set-based queries.

A SHACL engine asks node by node and needs seconds for one article; a query for each
constraint over all nodes at once needs milliseconds.  Only the components that the shapes
use are known, and any other is refused, so that no constraint is ever silently skipped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, RdfFormat, Store

from kg.terms import python_value
from kg.vocabulary import PREFIXES, RDF

SHAPES = Path(__file__).with_name("shapes.ttl")
"""The shapes, for a SHACL engine."""

_SH = PREFIXES["sh"]
_XSD = PREFIXES["xsd"]

# What is well-formed, as far as SHACL's sh:datatype asks for it.
_LEXICAL = {
    _XSD + "integer": "^[+-]?[0-9]+$",
    _XSD + "decimal": "^[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)$",
    _XSD + "double": "^([+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?|[+-]?INF|NaN)$",
    _XSD + "boolean": "^(true|false|0|1)$",
    _XSD + "date": "^-?[0-9]{4,}-[0-9]{2}-[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?$",
    _XSD + "dateTime": "^-?[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?"
    "(Z|[+-][0-9]{2}:[0-9]{2})?$",
    _XSD + "string": "",
}
_STRUCTURE = frozenset(_SH + name for name in ("path", "message")) | {RDF.type.value}


@dataclass(frozen=True, slots=True)
class Violation:
    """A node that breaks a shape, and how."""

    node: str
    message: str

    def __str__(self) -> str:
        return f"{self.node.rpartition('#')[2]}: {self.message}"


@dataclass(frozen=True, slots=True)
class Check:
    """One constraint: the nodes that *query* selects as ``?this`` break it.

    *message* may hold ``{?name}`` for what the query binds.
    """

    query: str
    message: str


def violations(quads: Iterable[Quad]) -> tuple[Violation, ...]:
    """What a document's graph breaks of the shapes, in the order of the shapes."""
    store = Store()
    store.bulk_extend(quads)
    return tuple(
        Violation(cast(NamedNode, row["this"]).value, _filled(check.message, row))
        for check in checks()
        for row in cast(QuerySolutions, store.query(check.query, use_default_graph_as_union=True))
    )


@cache
def checks() -> tuple[Check, ...]:
    """The shapes as queries.

    :raises NotImplementedError: if the shapes use a component that is not known here.
    """
    shapes = Store()
    shapes.load(SHAPES.read_bytes(), format=RdfFormat.TURTLE)
    return tuple(
        check
        for shape in _subjects(shapes, RDF.type, NamedNode(_SH + "NodeShape"))
        for target in _objects(shapes, shape, "targetClass")
        for check in _node_checks(shapes, shape, str(target))
    )


def _node_checks(shapes: Store, shape: object, target: str) -> Iterator[Check]:
    for predicate, value in _described(shapes, shape):
        if predicate == _SH + "property":
            yield from _property_checks(shapes, value, target)
        elif predicate == _SH + "sparql":
            yield _sparql_check(shapes, value, target)
        elif predicate not in (RDF.type.value, _SH + "targetClass"):
            raise NotImplementedError(f"shapes.ttl: <{predicate}> of a node shape is not known")


def _sparql_check(shapes: Store, constraint: object, target: str) -> Check:
    """The constraint's own query, over all nodes of the class instead of one at a time."""
    select = cast(Literal, _object(shapes, constraint, "select")).value
    message = cast(Literal, _object(shapes, constraint, "message")).value
    prefixes = "".join(
        f"PREFIX {cast(Literal, _object(shapes, declared, 'prefix')).value}: "
        f"<{cast(Literal, _object(shapes, declared, 'namespace')).value}>\n"
        for source in _objects(shapes, constraint, "prefixes")
        for declared in _objects(shapes, source, "declare")
    )
    return Check(prefixes + select.replace("WHERE {", f"WHERE {{ $this a {target} .", 1), message)


def _property_checks(shapes: Store, shape: object, target: str) -> Iterator[Check]:
    path, name = _path(shapes, _object(shapes, shape, "path"))
    values = f"?this a {target} ; {path} ?value ."
    for predicate, term in _described(shapes, shape):
        if predicate in _STRUCTURE:
            continue
        component = predicate.removeprefix(_SH)
        if component in ("minCount", "maxCount"):
            number = cast(Literal, term).value
            sign, words = ("<", "at least") if component == "minCount" else (">", "at most")
            yield Check(
                f"SELECT ?this WHERE {{ ?this a {target} OPTIONAL {{ ?this {path} ?value }} }} "
                f"GROUP BY ?this HAVING (COUNT(DISTINCT ?value) {sign} {number})",
                f"{name} must occur {words} {number} time{'' if number == '1' else 's'}",
            )
            continue
        if component == "lessThanOrEquals":
            yield Check(
                f"SELECT ?this ?value ?limit WHERE {{ {values} ?this {term} ?limit "
                "FILTER (!COALESCE(?value <= ?limit, false)) }",
                f"{name} is {{?value}}, more than {{?limit}}",
            )
            continue
        test, message = _value_test(shapes, component, term)
        yield Check(
            f"SELECT ?this ?value WHERE {{ {values} FILTER ({test}) }}", f"{name} {message}"
        )


def _value_test(shapes: Store, component: str, term: object) -> tuple[str, str]:
    """A filter that holds for the values that break a component, and what is then said."""
    if component == "datatype":
        iri = cast(NamedNode, term).value
        if iri not in _LEXICAL:
            raise NotImplementedError(f"shapes.ttl: the datatype <{iri}> is not known")
        formed = _quoted(_LEXICAL[iri])
        test = f"!COALESCE(datatype(?value) = {term} && REGEX(STR(?value), {formed}), false)"
        return test, f"is '{{?value}}', which is no {iri.rpartition('#')[2]}"
    if component == "class":
        test = f"NOT EXISTS {{ ?value a {term} }}"
        return test, f"is <{{?value}}>, which is no {_short(term)}"
    if component == "nodeKind" and cast(NamedNode, term).value == _SH + "IRI":
        return "!isIRI(?value)", "is '{?value}', which is no IRI"
    if component == "in":
        allowed = " , ".join(map(str, _members(shapes, term)))
        return f"?value NOT IN ( {allowed} )", "is '{?value}', which is not of the vocabulary"
    if component == "pattern":
        test = f"isBlank(?value) || !REGEX(STR(?value), {term})"
        return test, "is '{?value}', which is not well-formed"
    raise NotImplementedError(f"shapes.ttl: sh:{component} {_short(term)} is not known")


def _path(shapes: Store, path: object) -> tuple[str, str]:
    """A property path in SPARQL, and in words."""
    if isinstance(path, NamedNode):
        return str(path), _short(path)
    parts = _members(shapes, _object(shapes, path, "alternativePath"))
    return "(" + "|".join(map(str, parts)) + ")", " or ".join(map(_short, parts))


def _members(shapes: Store, head: object) -> Sequence[object]:
    found: list[object] = []
    rdf = PREFIXES["rdf"]
    while head != NamedNode(rdf + "nil"):
        described = dict(_described(shapes, head))
        found.append(described[rdf + "first"])
        head = described[rdf + "rest"]
    return found


def _subjects(shapes: Store, predicate: NamedNode, value: NamedNode) -> list[object]:
    found = shapes.quads_for_pattern(None, predicate, value, None)
    return sorted((quad.subject for quad in found), key=str)


def _described(shapes: Store, subject: object) -> list[tuple[str, object]]:
    found = shapes.quads_for_pattern(cast(NamedNode, subject), None, None, None)
    return [(quad.predicate.value, quad.object) for quad in found]


def _objects(shapes: Store, subject: object, name: str) -> list[object]:
    return [value for predicate, value in _described(shapes, subject) if predicate == _SH + name]


def _object(shapes: Store, subject: object, name: str) -> object:
    values = _objects(shapes, subject, name)
    if len(values) != 1:
        raise NotImplementedError(f"shapes.ttl: {len(values)} values of sh:{name}; one is known")
    return values[0]


def _short(term: object) -> str:
    iri = cast(NamedNode, term).value
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return f"<{iri}>"


def _quoted(pattern: str) -> str:
    return str(Literal(pattern))


def _filled(message: str, row: object) -> str:
    def bound(match: re.Match[str]) -> str:
        return str(python_value(cast("dict[str, Literal]", row)[match.group(1)]))

    return re.sub(r"\{\?(\w+)\}", bound, message)
