"""The graph model as data: the classes, their properties and codes, from ontology and shapes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse

from kg.shapes import SHAPES
from kg.sparql import shortened
from kg.vocabulary import NAMESPACE, PREFIXES, RDF, SKOS

ONTOLOGY = Path(__file__).with_name("ontology.ttl")
"""Our own vocabulary."""

_SH, _RDFS, _OWL = PREFIXES["sh"], PREFIXES["rdfs"], PREFIXES["owl"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term with its labels and definitions; *name* is its IRI with a prefix."""

    name: str
    zh: str
    en: str
    meaning_zh: str
    meaning_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """A property as a class has it. *values* is a class or datatype; *most* ``None``: no limit."""

    term: Term
    values: str
    is_class: bool
    least: int
    most: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelClass:
    """A class that is written, with the properties that the shapes give it."""

    term: Term
    properties: tuple[Property, ...]


@cache
def classes() -> tuple[ModelClass, ...]:
    """Every class that a shape describes, ours first, in the order of the ontology."""
    shapes = _store(SHAPES)
    found: dict[NamedNode, dict[NamedNode, Property]] = {}
    for shape in _subjects(shapes, RDF.type, _SH + "NodeShape"):
        for target in _nodes(shapes, shape, _SH + "targetClass"):
            properties = found.setdefault(target, {})
            for constraint in _nodes(shapes, shape, _SH + "property"):
                for path in _nodes(shapes, constraint, _SH + "path"):
                    if isinstance(path, NamedNode):
                        properties[path] = _property(shapes, constraint, path)
    order = {node: place for place, node in enumerate(_order())}
    ranked = sorted(found, key=lambda node: (not _is_ours(node), order.get(node, len(order))))
    return tuple(
        ModelClass(
            term=term(node),
            properties=tuple(
                found[node][path]
                for path in sorted(found[node], key=lambda path: order.get(path, len(order)))
            ),
        )
        for node in ranked
    )


def claim_classes() -> tuple[str, ...]:
    """The names of the classes of claims."""
    targets = _nodes(_store(SHAPES), NamedNode(NAMESPACE + "ClaimShape"), _SH + "targetClass")
    return tuple(sorted(map(_short, targets)))


def properties() -> tuple[tuple[Term, str, tuple[str, ...]], ...]:
    """Our own properties: each with what its values are, and standard terms that come near."""
    ontology = _store(ONTOLOGY)
    return tuple(
        (
            term(node),
            ", ".join(map(_short, _nodes(ontology, node, _RDFS + "range"))),
            tuple(sorted(map(_short, _nodes(ontology, node, _RDFS + "seeAlso")))),
        )
        for node in _order()
        if _is_ours(node)
        and {_OWL + "ObjectProperty", _OWL + "DatatypeProperty"}
        & {kind.value for kind in _nodes(ontology, node, RDF.type.value)}
    )


def schemes() -> tuple[tuple[Term, tuple[tuple[str, Term], ...]], ...]:
    """The classes whose members are codes: each with its members, code and term."""
    ontology = _store(ONTOLOGY)
    members: dict[NamedNode, list[tuple[str, Term]]] = {}
    for node in _order():
        kinds = [kind for kind in _nodes(ontology, node, RDF.type.value) if _is_ours(kind)]
        for value in _values(ontology, node, SKOS.notation.value):
            for kind in kinds:
                members.setdefault(kind, []).append((cast(Literal, value).value, term(node)))
    return tuple((term(kind), tuple(coded)) for kind, coded in members.items())


def members_of(scheme: str) -> tuple[tuple[str, Term], ...]:
    """The members of one of the `schemes`, by its name: code and term."""
    return next((members for term, members in schemes() if term.name == scheme), ())


def borrowed() -> tuple[Term, ...]:
    """The terms of other vocabularies that are used, units aside."""
    ontology = _store(ONTOLOGY)
    return tuple(
        term(node)
        for node in _order()
        if not node.value.startswith(NAMESPACE.removesuffix("#"))
        and not _values(ontology, node, SKOS.notation.value)
    )


def term(node: NamedNode) -> Term:
    """The term of an IRI, empty where the ontology says nothing of it."""
    ontology = _store(ONTOLOGY)

    def said(predicate: NamedNode, language: str) -> str:
        for value in _values(ontology, node, predicate.value):
            if isinstance(value, Literal) and value.language == language:
                return value.value
        return ""

    return Term(
        name=_short(node),
        zh=said(SKOS.prefLabel, "zh"),
        en=said(SKOS.prefLabel, "en"),
        meaning_zh=said(SKOS.definition, "zh"),
        meaning_en=said(SKOS.definition, "en"),
    )


def _property(shapes: Store, constraint: NamedNode, path: NamedNode) -> Property:
    def number(name: str) -> int | None:
        values = _values(shapes, constraint, _SH + name)
        return int(cast(Literal, values[0]).value) if values else None

    ranges = _nodes(_store(ONTOLOGY), path, _RDFS + "range")
    stated = _nodes(shapes, constraint, _SH + "class")
    datatype = _nodes(shapes, constraint, _SH + "datatype")
    kinds = stated or datatype or ranges
    xsd = PREFIXES["xsd"]
    is_class = bool(kinds) and not kinds[0].value.startswith(xsd)
    return Property(
        term=term(path),
        values=_short(kinds[0]) if kinds else "rdfs:Resource",
        is_class=is_class,
        least=number("minCount") or 0,
        most=number("maxCount"),
    )


@cache
def _store(path: Path) -> Store:
    store = Store()
    store.load(path.read_bytes(), format=RdfFormat.TURTLE)
    return store


@cache
def _order() -> tuple[NamedNode, ...]:
    """The terms of the ontology in the order in which the file tells of them."""
    quads = parse(ONTOLOGY.read_bytes(), format=RdfFormat.TURTLE)
    return tuple(dict.fromkeys(cast(NamedNode, quad.subject) for quad in quads))


def _subjects(store: Store, predicate: NamedNode, value: str) -> Iterator[NamedNode]:
    found = store.quads_for_pattern(None, predicate, NamedNode(value), None)
    yield from sorted((cast(NamedNode, quad.subject) for quad in found), key=str)


def _nodes(store: Store, subject: NamedNode, predicate: str) -> list[NamedNode]:
    return [cast(NamedNode, v) for v in _sorted(_values(store, subject, predicate))]


def _values(store: Store, subject: NamedNode, predicate: str) -> list[object]:
    found = store.quads_for_pattern(subject, NamedNode(predicate), None, None)
    return [quad.object for quad in found]


def _sorted(values: Iterable[object]) -> list[object]:
    return sorted((value for value in values if not isinstance(value, Literal)), key=str)


def _is_ours(node: NamedNode) -> bool:
    return node.value.startswith(NAMESPACE)


def _short(node: NamedNode) -> str:
    return shortened(node.value, PREFIXES)
