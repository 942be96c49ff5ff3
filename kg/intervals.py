"""Stretches of days to RDF and back: intervals of OWL-Time, both ends inclusive."""

from __future__ import annotations

from datetime import date
from typing import cast

from pyoxigraph import NamedNode

from kg import terms
from kg.building import GraphBuilder
from kg.graph_view import GraphView
from kg.vocabulary import RDF, TIME, YZ


def add_interval(
    graph: GraphBuilder, node: NamedNode, begin: date | None, end: date | None
) -> None:
    """The stretch of days that *node* is of; nothing where neither end is known."""
    if begin is None and end is None:
        return
    interval = graph.node(f"period-{begin or ''}--{end or ''}")
    graph.add(node, YZ.period, interval)
    graph.add(interval, RDF.type, TIME.ProperInterval)
    for predicate, value in ((TIME.hasBeginning, begin), (TIME.hasEnd, end)):
        if value is not None:
            instant = graph.node(f"day-{value}")
            graph.add(interval, predicate, instant)
            graph.add(instant, RDF.type, TIME.Instant)
            graph.add(instant, TIME.inXSDDate, terms.day(value))


def read_interval(graph: GraphView, node: NamedNode) -> tuple[date | None, date | None]:
    """What `add_interval` was told."""
    if not graph.values(node, YZ.period):
        return None, None
    interval = graph.node(node, YZ.period)
    days = []
    for predicate in (TIME.hasBeginning, TIME.hasEnd):
        instants = graph.values(interval, predicate)
        instant = cast(NamedNode, instants[0]) if instants else None
        days.append(
            None if instant is None else date.fromisoformat(graph.text(instant, TIME.inXSDDate))
        )
    return days[0], days[1]
