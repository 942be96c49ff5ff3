"""The check that every sentence of an answer passes before it is shown.

A sentence is supported when each quantity in it stands, with the same value and
unit, in the passages that it cites, or is the difference or rate of change of two
that do; and when the facts it was made from are in the graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import combinations

from ingest.quantities import find_quantities
from kg.records import Quantity, Span
from qa.answering.draft import Line
from qa.answering.text import fold
from qa.answering.view import Fact
from qa.knowledge_base import KnowledgeBase
from qa.records import Verdict

_POINTS = {"percent": Decimal(100), "percentage_point": Decimal(100), "basis_point": Decimal(1)}
_POINT_UNITS = frozenset({"percentage_point", "basis_point"})

Amount = tuple[str, Decimal]


def judge(line: Line) -> tuple[Verdict, str]:
    """Whether the passages that *line* cites support it, and why."""
    places = "、".join(
        f"{item.view.doc}:{item.span.start}-{item.span.end}" for item in line.evidence
    )
    if not line.evidence:
        return "not_enough_info", "没有引用任何原文"
    told, figures = _told(line)
    derived = _derived(told)
    for quantity in find_quantities(line.text, names=_names(line)):
        for amount in _amounts(quantity):
            if amount in told or amount in derived:
                continue
            if fold(quantity.text) in figures:
                continue
            return "refuted", f"“{quantity.text}”不在所引原文 {places} 中"
    return "supported", f"与原文 {places} 相符"


def in_graph(facts: Sequence[Fact], query: str, kb: KnowledgeBase) -> bool:
    """Whether *query* gives back every one of *facts*, from the graph."""
    rows = {(row["doc"], row["start"], row["end"]) for row in kb.select(query)}
    return all((f.doc, f.figure.span.start, f.figure.span.end) in rows for f in facts)


def _told(line: Line) -> tuple[set[Amount], str]:
    told: set[Amount] = set()
    words = ""
    for item in line.evidence:
        text = item.span.of(item.view.text)
        words += fold(text) + "|"
        for quantity in find_quantities(text):
            told.update(_amounts(quantity))
        for figure in item.view.extraction.figures:
            if item.span.contains(figure.span):
                for value in (figure.value, figure.low, figure.high):
                    if value is not None:
                        told.add(_amount(figure.unit, value))
    return told, words


def _amounts(quantity: Quantity) -> list[Amount]:
    return [
        _amount(quantity.unit, value)
        for value in (quantity.value, quantity.low, quantity.high)
        if value is not None
    ]


def _amount(unit: str, value: Decimal) -> Amount:
    """A size that can be compared: points of all kinds in basis points, signs dropped."""
    if unit in _POINT_UNITS:
        return ("point", abs(value * _POINTS[unit]))
    return (unit, abs(value))


def _derived(told: Iterable[Amount]) -> set[Amount]:
    """Differences, and rates of change, of what the passages tell."""
    found: set[Amount] = set()
    for (unit, a), (other, b) in combinations(sorted(told), 2):
        if unit != other:
            continue
        gap = abs(a - b)
        total = a + b  # of opposite signs
        found.update({(unit, gap), (unit, total)})
        if unit == "percent":
            found.update({("point", gap * 100), ("point", total * 100)})
        elif low := min(a, b):
            rate = (gap / low * 100).quantize(Decimal("0.1"))
            found.add(("percent", rate))
    return found


def _names(line: Line) -> list[Span]:
    """Names in *line* that hold digits, so that 罗素2000 is no figure."""
    spans = []
    for item in line.evidence:
        for entity in item.view.extraction.entities:
            for name in (entity.name, *entity.aliases):
                at = line.text.find(name) if any(c.isdigit() for c in name) else -1
                while at >= 0:
                    spans.append(Span(at, at + len(name)))
                    at = line.text.find(name, at + 1)
    return sorted(set(spans), key=lambda span: span.start)
