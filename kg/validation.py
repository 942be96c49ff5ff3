"""Graphs held against the shapes, by the store's own queries and by a SHACL engine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

from pyoxigraph import Quad, RdfFormat, Triple, parse, serialize

from kg.errors import InputError
from kg.extras import extra
from kg.shapes import SHAPES, Violation, violations
from kg.terms import one_line
from kg.vocabulary import PREFIXES, RDF

Engine: TypeAlias = Literal["store", "pyshacl"]

_SUFFIXES = {
    ".ttl": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".jsonld": RdfFormat.JSON_LD,
    ".json": RdfFormat.JSON_LD,
    ".rdf": RdfFormat.RDF_XML,
    ".xml": RdfFormat.RDF_XML,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A node that breaks a shape, how, and which engines say so."""

    node: str
    message: str
    engines: tuple[Engine, ...]


def validate(quads: Iterable[Quad], *, engines: Iterable[Engine] = ("store",)) -> tuple[Fault, ...]:
    """What *quads* break of the shapes, in the words of the first engine that finds a node.

    The store answers in milliseconds; pySHACL, a second opinion that nobody here wrote, asks
    node by node and takes tens of seconds for an article.

    :raises InputError: if pySHACL is asked for and not installed.
    """
    held = list(quads)
    found: dict[Engine, list[Violation]] = {
        engine: list(violations(held) if engine == "store" else _of_pyshacl(held))
        for engine in engines
    }
    by_node: dict[str, list[Engine]] = {}
    for engine, each_found in found.items():
        for node in dict.fromkeys(each.node for each in each_found):
            by_node.setdefault(node, []).append(engine)
    return tuple(
        Fault(node=each.node, message=each.message, engines=tuple(by_node[each.node]))
        for engine, each_found in found.items()
        for each in each_found
        if by_node[each.node][0] == engine
    )


def concerns(quads: Iterable[Quad]) -> bool:
    """Whether anything in *quads* is of a class that the shapes are about."""
    targets = {
        quad.object
        for quad in parse(SHAPES.read_bytes(), format=RdfFormat.TURTLE)
        if quad.predicate.value == PREFIXES["sh"] + "targetClass"
    }
    return any(quad.predicate == RDF.type and quad.object in targets for quad in quads)


def read_graph(path: Path) -> list[Quad]:
    """The statements of an RDF file; its suffix tells the format, Turtle if it tells none.

    :raises InputError: if it cannot be read or is broken, naming the place.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from None
    format_ = _SUFFIXES.get(path.suffix.lower(), RdfFormat.TURTLE)
    base = path.absolute().as_uri()
    try:
        return list(parse(content, format=format_, base_iri=base))
    except (SyntaxError, ValueError) as error:
        raise InputError(f"{path} is no {format_.name}: {one_line(error)}") from None


def _of_pyshacl(quads: Iterable[Quad]) -> list[Violation]:
    pyshacl = extra("pyshacl", "shacl", "a second opinion on the shapes")
    rdflib = extra("rdflib", "shacl", "a second opinion on the shapes")
    shacl: Any = rdflib.namespace.SH
    triples: set[Triple] = {quad.triple for quad in quads}
    text = (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()
    shapes = rdflib.Graph().parse(SHAPES)
    data = rdflib.Graph().parse(data=text, format="nt")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, advanced=False)
    return sorted(
        (
            Violation(
                str(report.value(result, shacl.focusNode)),
                one_line(Exception(str(report.value(result, shacl.resultMessage)))),
            )
            for result in report.subjects(rdflib.RDF.type, shacl.ValidationResult)
        ),
        key=lambda violation: (violation.node, violation.message),
    )
