"""JSON-LD that can be read by people: short names under a context made from the data.

A property is called by its local name where no other of the data has that name, with its
prefix otherwise; what its values are (an IRI, a decimal, a date) stands in the context once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias, cast

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from kg.errors import InputError
from kg.vocabulary import RDF, XSD

_Node: TypeAlias = NamedNode | BlankNode
_KEYWORDS = {"id": "@id", "type": "@type"}
_LOCAL = re.compile(r"[A-Za-z]\w*")
_INTEGER = re.compile(r"0|-?[1-9]\d{0,14}")  # what a JSON number keeps, digit for digit


def jsonld(statements: Iterable[Quad] | Iterable[Triple], *, prefixes: Mapping[str, str]) -> str:
    """Statements as a JSON-LD document, in their order; quads by graph.

    :raises InputError: if a statement is about a statement, which JSON-LD cannot say.
    """
    graphs: dict[str, dict[_Node, list[tuple[NamedNode, object]]]] = {}
    values: dict[NamedNode, list[object]] = {}
    for statement in statements:
        subject = statement.subject
        if isinstance(subject, Triple) or isinstance(statement.object, Triple):
            raise InputError("JSON-LD cannot hold statements about statements; use trig or nq")
        graph = ""
        if isinstance(statement, Quad) and not isinstance(statement.graph_name, DefaultGraph):
            graph = _identifier(statement.graph_name, prefixes)
        nodes = graphs.setdefault(graph, {})
        nodes.setdefault(subject, []).append((statement.predicate, statement.object))
        if statement.predicate != RDF.type:
            values.setdefault(statement.predicate, []).append(statement.object)
    names = _names(values, prefixes)
    kinds = {predicate: _kind(objects) for predicate, objects in values.items()}
    listed: list[dict[str, Any]] = []
    for graph, nodes in graphs.items():
        described = [
            _described(node, properties, names, kinds, prefixes)
            for node, properties in nodes.items()
        ]
        listed += [{"id": graph, "@graph": described}] if graph else described
    context = {
        **_KEYWORDS,
        **_used(prefixes, json.dumps([listed, *map(str, values), *map(str, kinds.values())])),
        **{
            names[predicate]: _definition(predicate, kinds[predicate], prefixes)
            for predicate in sorted(values, key=lambda predicate: names[predicate])
        },
    }
    return json.dumps({"@context": context, "@graph": listed}, ensure_ascii=False, indent=1) + "\n"


def _names(predicates: Iterable[NamedNode], prefixes: Mapping[str, str]) -> dict[NamedNode, str]:
    """What each property is called."""
    locals_: dict[str, list[NamedNode]] = {}
    for predicate in predicates:
        local = re.split("[#/]", predicate.value)[-1]
        locals_.setdefault(local, []).append(predicate)
    names = {}
    for local, sharing in locals_.items():
        for predicate in sharing:
            # The first of the prefixes is our own vocabulary: its names stay short.
            alone = len(sharing) == 1 or predicate.value.startswith(next(iter(prefixes.values())))
            free = local not in _KEYWORDS and local not in prefixes and _LOCAL.fullmatch(local)
            names[predicate] = local if alone and free else _short(predicate, prefixes)
    return names


def _kind(values: Iterable[object]) -> str | None:
    """What all values of a property are: ``@id``, or the IRI of their datatype."""
    kinds = {
        "@id"
        if not isinstance(value, Literal)
        else None
        if value.language or value.datatype == XSD.string or _native(value) is not None
        else value.datatype.value
        for value in values
    }
    return kinds.pop() if len(kinds) == 1 else None


def _definition(
    predicate: NamedNode, kind: str | None, prefixes: Mapping[str, str]
) -> str | dict[str, str]:
    term = _short(predicate, prefixes)
    if kind is None:
        return term
    return {"@id": term, "@type": kind if kind == "@id" else _short(NamedNode(kind), prefixes)}


def _described(
    node: _Node,
    properties: Iterable[tuple[NamedNode, object]],
    names: Mapping[NamedNode, str],
    kinds: Mapping[NamedNode, str | None],
    prefixes: Mapping[str, str],
) -> dict[str, Any]:
    found: dict[str, list[Any]] = {}
    for predicate, value in properties:
        if predicate == RDF.type:
            found.setdefault("type", []).append(_identifier(cast(_Node, value), prefixes))
        else:
            written = _value(value, kinds[predicate], prefixes)
            found.setdefault(names[predicate], []).append(written)
    return {
        "id": _identifier(node, prefixes),
        **{name: values[0] if len(values) == 1 else values for name, values in found.items()},
    }


def _value(value: object, kind: str | None, prefixes: Mapping[str, str]) -> object:
    if not isinstance(value, Literal):
        identifier = _identifier(cast(_Node, value), prefixes)
        return identifier if kind == "@id" else {"id": identifier}
    if value.language:
        return {"@value": value.value, "@language": value.language}
    native = _native(value)
    if native is not None and kind is None:
        return native
    if value.datatype == XSD.string or value.datatype.value == kind:
        return value.value
    return {"@value": value.value, "@type": _short(value.datatype, prefixes)}


def _native(value: Literal) -> bool | int | None:
    """A literal as the JSON that stands for exactly it."""
    if value.datatype == XSD.boolean and value.value in ("true", "false"):
        return value.value == "true"
    if value.datatype == XSD.integer and _INTEGER.fullmatch(value.value):
        return int(value.value)
    return None


def _identifier(node: _Node, prefixes: Mapping[str, str]) -> str:
    return f"_:{node.value}" if isinstance(node, BlankNode) else _short(node, prefixes)


def _short(node: NamedNode, prefixes: Mapping[str, str]) -> str:
    """An IRI by its longest prefix, as it is where that would read as another IRI."""
    for prefix, namespace in sorted(prefixes.items(), key=lambda item: -len(item[1])):
        if node.value.startswith(namespace) and namespace[-1:] in "#/":
            rest = node.value.removeprefix(namespace)
            return node.value if rest.startswith("//") else f"{prefix}:{rest}"
    return node.value


def _used(prefixes: Mapping[str, str], text: str) -> dict[str, str]:
    """The prefixes that stand somewhere in *text* or open an IRI there."""
    return {prefix: iri for prefix, iri in prefixes.items() if f'"{prefix}:' in text or iri in text}
