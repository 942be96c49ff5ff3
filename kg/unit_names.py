"""What units are called in Chinese and English, for those that the ontology has no node for.

The ontology labels its own units and the commonest of QUDT.  All others that figures are
given in (``USD/ounce``, ``GWh``, ``unit:CCY_PLN``) get their labels when a document brings
them, in one graph for all documents, so that every unit is a node with labels.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import cast

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.iris import graph_node
from kg.units import unit_code
from kg.vocabulary import RDF, SKOS, YZ

_NAMES = Path(__file__).with_name("unit_names.csv")
_ONTOLOGY = Path(__file__).with_name("ontology.ttl")


def unit_names(code: str) -> tuple[str, str]:
    """The Chinese and the English name of a unit code; the code itself where it has none.

    A ratio is named by its parts: ``USD/barrel`` is 美元/桶, "US dollar per barrel".
    """
    known = _names()
    parts = [known.get(part, (part, part)) for part in code.split("/")]
    return "/".join(zh for zh, _ in parts), " per ".join(en for _, en in parts)


def unit_quads(quads: Iterable[Quad], *, base: str) -> list[Quad]:
    """The labels of the units that figures in *quads* are given in and the ontology does not name.

    They stand in the graph ``units``.
    """
    used = {cast(NamedNode, quad.object) for quad in quads if quad.predicate == YZ.unit}
    graph = graph_node("units", base=base)
    found = []
    for node in sorted(used - _named_by_the_ontology(), key=str):
        code = unit_code(node.value)
        zh, en = unit_names(code)
        found += [
            Quad(node, RDF.type, YZ.Unit, graph),
            Quad(node, RDF.type, SKOS.Concept, graph),
            Quad(node, SKOS.notation, Literal(code), graph),
            Quad(node, SKOS.prefLabel, Literal(zh, language="zh"), graph),
            Quad(node, SKOS.prefLabel, Literal(en, language="en"), graph),
        ]
    return found


@cache
def _names() -> dict[str, tuple[str, str]]:
    with _NAMES.open(encoding="utf-8", newline="") as stream:
        return {row["code"]: (row["zh"], row["en"]) for row in csv.DictReader(stream)}


@cache
def _named_by_the_ontology() -> frozenset[NamedNode]:
    return frozenset(
        cast(NamedNode, quad.subject)
        for quad in parse(_ONTOLOGY.read_bytes(), format=RdfFormat.TURTLE)
        if quad.predicate == SKOS.notation
    )
