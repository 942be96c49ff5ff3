"""The check that every sentence of an answer passes before it is shown.

A sentence is supported when it is the source's own, or when each quantity in it
stands, with its value, unit, sign and subject, in the passages that it cites, or is
the difference or rate of change of two that do; and when the facts that it was made
from are in the graph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import combinations

from ingest.quantities import find_quantities
from kg.records import Figure, Quantity, Span
from qa.answering.amounts import BASIS_POINTS, POINT_UNITS
from qa.answering.draft import Line
from qa.answering.text import fold
from qa.answering.view import Fact
from qa.knowledge_base import KnowledgeBase
from qa.records import Verdict

_MARKS = re.compile(r"[\[【［][\d,，\-–、\s]{1,12}[\]】］]|\s")
_HEAD = re.compile(r"^(?:是的，|不对，|一致：|不一致：|[^，。：]{1,20}：)")
_RISE = re.compile(r"上涨|增长|上升|涨(?!跌)|提高|回升|增加|正回报")
_FALL = re.compile(r"下跌|下降|跌|减少|回落|下滑|缩|负回报")

Amount = tuple[str, Decimal]


def judge(line: Line) -> tuple[Verdict, str]:
    """Whether the passages that *line* cites support it, and why.

    The source's own words need no more; else each quantity is held against the
    figures of the passages: value, unit, sign and subject.
    """
    places = "、".join(
        f"{item.view.doc}:{item.span.start}-{item.span.end}" for item in line.evidence
    )
    if not line.evidence:
        return "not_enough_info", "没有引用任何原文"
    said = fold(_MARKS.sub("", _HEAD.sub("", line.text)))
    if any(said in fold(_MARKS.sub("", words)) for words in _passages(line)):
        return "supported", f"是原文 {places} 的原话"
    figures = [
        f
        for item in line.evidence
        for f in item.view.extraction.figures
        if item.span.contains(f.span)
    ]
    told, printed = _told(line)
    derived = _derived(told)
    for quantity in find_quantities(line.text, names=_names(line)):
        for amount in _amounts(quantity):
            if amount in derived and amount not in told:
                continue
            same = [f for f in figures if amount in _amounts_of(f)]
            if not same and not (amount in told or _stands(fold(quantity.text), printed)):
                return "refuted", f"“{quantity.text}”不在所引原文 {places} 中"
            if same and not any(_agrees(line, quantity, f) for f in same):
                return "refuted", f"“{quantity.text}”的主语或方向与所引原文 {places} 不符"
    return "supported", f"与原文 {places} 相符"


def _passages(line: Line) -> list[str]:
    """The stored text of each passage, its run-in heading before it."""
    texts = []
    for item in line.evidence:
        sentence = next((s for s in item.view.sentences if s.span == item.span), None)
        lead = sentence.lead.of(item.view.text) if sentence and sentence.lead else ""
        texts.append(lead + item.span.of(item.view.text))
    return texts


def _agrees(line: Line, quantity: Quantity, figure: Figure) -> bool:
    """Whether *line* says *figure* of its subject, and with its sign."""
    before = line.text[: quantity.span.start]
    clause = re.split(r"[，,；;。（]", before)[-1]
    value = figure.value if figure.value is not None else (figure.low or figure.high or 0)
    rise, fall = _RISE.search(clause), _FALL.search(clause)
    moves = figure.metric in ("price_change", "growth_yoy", "growth_qoq")
    if moves and value and bool(rise) != bool(fall) and (value > 0) != bool(rise):
        return False
    entities = {e.id: e for item in line.evidence for e in item.view.extraction.entities}
    own = entities.get(figure.entity or "")
    names = {figure.subject, *((own.name, *own.aliases) if own else ())}
    if any(fold(name) in fold(line.text) for name in names):
        return True
    others = [
        e
        for e in entities.values()
        if e.id != figure.entity and own and e.type == own.type and e.name in line.text
    ]
    return not others


def _stands(words: str, text: str) -> bool:
    """Whether *words* stand in *text* with no digit of theirs cut off."""
    return bool(re.search(rf"(?<![\d.,]){re.escape(words)}(?!\d)", text))


def _amounts_of(figure: Figure) -> list[Amount]:
    return [
        _amount(figure.unit, value)
        for value in (figure.value, figure.low, figure.high)
        if value is not None
    ]


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
                told.update(_amounts_of(figure))
    return told, words


def _amounts(quantity: Quantity) -> list[Amount]:
    return [
        _amount(quantity.unit, value)
        for value in (quantity.value, quantity.low, quantity.high)
        if value is not None
    ]


def _amount(unit: str, value: Decimal) -> Amount:
    """A size that can be compared: points of all kinds in basis points, signs dropped."""
    if unit in POINT_UNITS:
        return ("point", abs(value * BASIS_POINTS[unit]))
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
