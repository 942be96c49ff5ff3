"""Ties to RDF and back: a node a tie, with a node for each of its operands.

An operand that is a figure leads to the figure's own span, so that one join finds its claim;
one that is a day or stretch of days has an interval.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from pyoxigraph import NamedNode

from kg import terms
from kg.building import GraphBuilder
from kg.graph_view import GraphView
from kg.intervals import add_interval, read_interval
from kg.ties import Operand, Sign, Tie, TieKind
from kg.vocabulary import PROV, RDF, YZ, coded


def add_ties(graph: GraphBuilder, ties: Sequence[Tie], sentences: Sequence[NamedNode]) -> None:
    """The ties of a document, whose sentences have the nodes *sentences*."""
    for index, node in graph.records("tie", YZ.Tie, [tie.cue for tie in ties]):
        tie = ties[index]
        graph.add(node, YZ.tieKind, coded("tie", tie.kind))
        graph.add(node, YZ.cueSpan, graph.span(tie.cue))
        if tie.sign is not None:
            graph.add(node, YZ.direction, coded("direction", tie.sign))
        graph.add_text(node, YZ.detail, tie.detail)
        graph.add(node, YZ.sentence, sentences[tie.sentence])
        for place, operand in enumerate(tie.operands):
            _add_operand(graph, node, operand, place)


def read_tie(graph: GraphView, node: NamedNode, *, sentence: int) -> Tie:
    """The tie that *node* was made from."""
    operands = sorted(
        (cast(NamedNode, each) for each in graph.values(node, YZ.operand)),
        key=lambda each: graph.number(each, YZ.index),
    )
    signed = bool(graph.values(node, YZ.direction))
    return Tie(
        kind=cast(TieKind, graph.code(node, YZ.tieKind, "tie")),
        cue=graph.span(node, YZ.cueSpan),
        operands=tuple(_operand(graph, each) for each in operands),
        sign=cast(Sign, graph.code(node, YZ.direction, "direction")) if signed else None,
        detail=graph.optional(node, YZ.detail),
        sentence=sentence,
    )


def _add_operand(graph: GraphBuilder, tie: NamedNode, operand: Operand, place: int) -> None:
    node = NamedNode(f"{tie.value}-operand-{place}")
    graph.add(tie, YZ.operand, node)
    graph.add(node, RDF.type, YZ.Operand)
    graph.add(node, YZ.index, terms.integer(place))
    graph.add_text(node, YZ.role, operand.role)
    graph.add(node, PROV.wasDerivedFrom, graph.span(operand.span))
    add_interval(graph, node, operand.begin, operand.end)


def _operand(graph: GraphView, node: NamedNode) -> Operand:
    begin, end = read_interval(graph, node)
    return Operand(
        role=graph.text(node, YZ.role),
        span=graph.span(node, PROV.wasDerivedFrom),
        begin=begin,
        end=end,
    )
