"""Relations to RDF and back: reified statements whose sides are stretches of the text.

``rdf:subject`` and ``rdf:object`` lead to the two sides (`yz:Argument`: a span, and the entity that
it denotes, if any), ``rdf:predicate`` to the kind.  Who found it is its ``prov:wasAttributedTo``:
``yz:extractor`` for the rules, else the language model, as an agent of the document's graph.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast
from urllib.parse import quote

from pyoxigraph import NamedNode

from kg import terms
from kg.building import GraphBuilder
from kg.graph_view import GraphView
from kg.iris import entity_node
from kg.records import Argument, Modality, Relation, RelationKind
from kg.vocabulary import PROV, RDF, SKOS, YZ, coded

RULES = "rules"
"""The extractor of a relation that no model had a part in."""


def add_relations(
    graph: GraphBuilder, relations: Sequence[Relation], sentences: Sequence[NamedNode]
) -> None:
    """The relations of a document, whose sentences have the nodes *sentences*."""
    spans = [relation.span for relation in relations]
    for index, node in graph.records("relation", YZ.Relation, spans):
        relation = relations[index]
        graph.add(node, RDF.predicate, coded("relation", relation.kind))
        graph.add(node, PROV.wasDerivedFrom, graph.span(relation.span, exact=relation.text))
        graph.add(node, YZ.cueSpan, graph.span(relation.cue))
        _add_argument(graph, node, RDF.subject, "subject", relation.subject)
        _add_argument(graph, node, RDF.object, "object", relation.object)
        if relation.amount is not None:
            graph.add(node, YZ.amount, graph.span(relation.amount))
        if relation.place is not None:
            _add_argument(graph, node, YZ.place, "place", relation.place)
        graph.add_text(node, YZ.periodText, relation.period)
        graph.add(node, YZ.modality, coded("modality", relation.modality))
        graph.add(node, YZ.negated, terms.boolean(relation.negated))
        if relation.speaker is not None:
            graph.add(node, YZ.speaker, entity_node(relation.speaker, base=graph.base))
        graph.add(node, YZ.sentence, sentences[relation.sentence])
        graph.support(node, relation.support)
        graph.add(node, PROV.wasAttributedTo, _agent(graph, relation.extractor))


def read_relation(graph: GraphView, node: NamedNode, *, sentence: int) -> Relation:
    """The relation that *node* was made from."""
    return Relation(
        kind=cast(RelationKind, graph.code(node, RDF.predicate, "relation")),
        span=graph.span(node, PROV.wasDerivedFrom),
        text=graph.quote(node, PROV.wasDerivedFrom),
        cue=graph.span(node, YZ.cueSpan),
        subject=_argument(graph, graph.node(node, RDF.subject)),
        object=_argument(graph, graph.node(node, RDF.object)),
        amount=graph.optional_span(node, YZ.amount),
        place=_argument(graph, graph.node(node, YZ.place))
        if graph.values(node, YZ.place)
        else None,
        period=graph.optional(node, YZ.periodText),
        modality=cast(Modality, graph.code(node, YZ.modality, "modality")),
        negated=graph.flag(node, YZ.negated),
        speaker=graph.entity(node, YZ.speaker),
        sentence=sentence,
        support=graph.support(node),
        extractor=graph.optional(graph.node(node, PROV.wasAttributedTo), SKOS.prefLabel) or RULES,
    )


def _add_argument(
    graph: GraphBuilder, relation: NamedNode, predicate: NamedNode, role: str, argument: Argument
) -> None:
    node = NamedNode(f"{relation.value}-{role}")
    graph.add(relation, predicate, node)
    graph.add(node, RDF.type, YZ.Argument)
    graph.add(node, PROV.wasDerivedFrom, graph.span(argument.span, exact=argument.text))
    if argument.entity is not None:
        graph.add(node, YZ.denotes, entity_node(argument.entity, base=graph.base))


def _argument(graph: GraphView, node: NamedNode) -> Argument:
    return Argument(
        span=graph.span(node, PROV.wasDerivedFrom),
        text=graph.quote(node, PROV.wasDerivedFrom),
        entity=graph.entity(node, YZ.denotes),
    )


def _agent(graph: GraphBuilder, extractor: str) -> NamedNode:
    if extractor == RULES:
        return YZ.extractor
    node = graph.node(f"agent-{quote(extractor, safe='')}")
    graph.add(node, RDF.type, PROV.SoftwareAgent)
    graph.add_text(node, SKOS.prefLabel, extractor)
    return node
