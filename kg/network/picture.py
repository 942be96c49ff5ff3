"""A picture of what lies around an entity, as SVG that any browser or editor shows.

Text stays text: Chinese is drawn with the fonts of whoever looks at it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import cos, pi, sin
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from kg.model import members_of
from kg.network.view import entities_of, sentences_of
from kg.network.writing import xml_text
from kg.sparql import display_width

if TYPE_CHECKING:
    import networkx as nx

_WIDTH, _HEIGHT, _MARGIN = 1120, 760, 70
_FONTS = "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif"
_COLOURS = {  # of entity types: fills on which black text is read (contrast over 7)
    "company": "#bfdbfe",
    "index": "#fde68a",
    "sector": "#bbf7d0",
    "person": "#fbcfe8",
    "institution": "#ddd6fe",
    "place": "#e7e5e4",
    "commodity": "#fed7aa",
    "policy": "#c7d2fe",
    "product": "#a5f3fc",
    "event": "#fecaca",
    "group": "#d9f99d",
    "quantity": "#fef9c3",
    "currency": "#99f6e4",
}
_GAP = 42  # between the middles of two labels that stand above one another
_ROUNDS = 300
_LABEL = 26  # columns of a terminal: 13 Chinese characters


@dataclass(frozen=True, slots=True)
class _Box:
    """A label's place: its middle and half its width."""

    x: float
    y: float
    half: float


def neighbourhood_svg(graph: nx.MultiGraph[str], node: str, *, limit: int = 24) -> str:
    """The entity *node* and the *limit* entities that most sentences connect it with.

    The thicker a line, the more of them; pointing at a line shows the words, at a name the
    whole name.
    """
    entities = entities_of(graph)
    strength = {
        other: len(sentences_of(edges.values()))
        for other, edges in entities.adj[node].items()
        if other != node
    }
    near = sorted(strength, key=lambda other: (-strength[other], other))[:limit]
    boxes = _placed(entities, node, near)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        f'width="{_WIDTH}" height="{_HEIGHT}" font-family="{_FONTS}" font-size="15">',
        f"<title>{_text(entities.nodes[node]['label'])}</title>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
    ]
    for one, other in _pairs_among(entities, near):
        parts.append(_line(boxes[one], boxes[other], _told(entities, one, other), aside=True))
    for other in near:
        parts.append(_line(boxes[node], boxes[other], _told(entities, node, other), aside=False))
    parts += [_label(entities.nodes[each], boxes[each], middle=each == node) for each in boxes]
    left_out = len(strength) - len(near)
    parts.append(_legend([entities.nodes[each]["type"] for each in boxes], left_out))
    return "\n".join([*parts, "</svg>"]) + "\n"


def _placed(graph: nx.MultiGraph[str], node: str, near: Sequence[str]) -> dict[str, _Box]:
    """The middle, and around it an ellipse, its every second place drawn in if there are many."""
    boxes = {node: _box(graph, node, _WIDTH / 2, _HEIGHT / 2 - 20)}
    wide, high = _WIDTH / 2 - _MARGIN - 60, _HEIGHT / 2 - _MARGIN
    for place, other in enumerate(near):
        angle = 2 * pi * place / len(near) - pi / 2
        inward = 0.66 if len(near) > 10 and place % 2 else 1.0
        boxes[other] = _box(
            graph,
            other,
            _WIDTH / 2 + wide * inward * cos(angle),
            _HEIGHT / 2 - 20 + high * inward * sin(angle),
        )
    return _apart(boxes, fixed=node)


def _apart(boxes: Mapping[str, _Box], *, fixed: str) -> dict[str, _Box]:
    """The same boxes, moved up or down until none covers another; *fixed* stays."""
    heights = {name: box.y for name, box in boxes.items()}
    pairs = [
        (one, other)
        for one, other in combinations(boxes, 2)
        if abs(boxes[one].x - boxes[other].x) < boxes[one].half + boxes[other].half + 26
    ]
    for _ in range(_ROUNDS):
        covered = False
        for one, other in pairs:
            apart = heights[other] - heights[one]
            if abs(apart) >= _GAP:
                continue
            covered = True
            push = (_GAP - abs(apart)) / 2 + 1
            for name, way in ((one, -1), (other, 1)):
                if name != fixed:
                    y = heights[name] + way * (push if apart >= 0 else -push)
                    heights[name] = min(max(y, 30), _HEIGHT - 70)
        if not covered:
            break
    return {name: _Box(box.x, round(heights[name], 1), box.half) for name, box in boxes.items()}


def _box(graph: nx.MultiGraph[str], node: str, x: float, y: float) -> _Box:
    return _Box(
        round(x, 1), round(y, 1), 14 + display_width(_short(graph.nodes[node]["label"])) * 4
    )


def _pairs_among(graph: nx.MultiGraph[str], near: Sequence[str]) -> list[tuple[str, str]]:
    return [pair for pair in combinations(near, 2) if graph.has_edge(*pair)]


def _told(graph: nx.MultiGraph[str], one: str, other: str) -> list[str]:
    """The sentences that connect two entities."""
    return sentences_of(graph.adj[one][other].values())


def _line(one: _Box, other: _Box, told: Sequence[str], *, aside: bool) -> str:
    """A line with its words; how many they are stands on those from the middle."""
    count = len(told)
    stroke = (
        'stroke="#d6d3d1" stroke-width="1" stroke-dasharray="3 4"'
        if aside
        else f'stroke="#78716c" stroke-width="{min(1 + 0.7 * (count - 1), 7):.1f}"'
    )
    line = (
        f'<line x1="{one.x}" y1="{one.y}" x2="{other.x}" y2="{other.y}" {stroke}>'
        f"<title>{_text(chr(10).join(told))}</title></line>"
    )
    if aside or count == 1:
        return line
    x, y = one.x + 0.56 * (other.x - one.x), one.y + 0.56 * (other.y - one.y)
    return (
        f'{line}<circle cx="{x:.1f}" cy="{y:.1f}" r="11" fill="#ffffff" stroke="#78716c"/>'
        f'<text x="{x:.1f}" y="{y + 4.5:.1f}" font-size="12" text-anchor="middle">{count}</text>'
    )


def _label(data: Mapping[str, Any], box: _Box, *, middle: bool) -> str:
    fill = _COLOURS.get(data["type"], "#e5e7eb")
    height, stroke = (38, "#1c1917") if middle else (30, "#a8a29e")
    half = box.half + (10 if middle else 0)
    size = ' font-size="18" font-weight="bold"' if middle else ""
    return (
        f'<g><rect x="{box.x - half:.1f}" y="{box.y - height / 2:.1f}" width="{2 * half:.1f}" '
        f'height="{height}" rx="{height / 2:.0f}" fill={quoteattr(fill)} stroke="{stroke}"/>'
        f'<text x="{box.x}" y="{box.y + 5.5:.1f}" text-anchor="middle"{size}>'
        f"{_text(_short(data['label']))}</text><title>{_text(data['label'])}</title></g>"
    )


def _legend(types: Sequence[str], left_out: int) -> str:
    """What the colours say, and how many neighbours are not drawn."""
    parts, x, y = [], 24.0, _HEIGHT - 22
    names = {code: term.zh for code, term in members_of("yz:EntityType")}
    for type_ in (type_ for type_ in _COLOURS if type_ in types):
        parts.append(
            f'<rect x="{x}" y="{y - 12}" width="16" height="16" rx="4" fill="{_COLOURS[type_]}" '
            f'stroke="#a8a29e"/><text x="{x + 22}" y="{y + 1}" font-size="13">'
            f"{_text(names.get(type_, type_))}</text>"
        )
        x += 64
    if left_out:
        parts.append(
            f'<text x="{_WIDTH - 24}" y="{y + 1}" font-size="13" text-anchor="end" '
            f'fill="#57534e">另有 {left_out} 个未画出</text>'
        )
    return "".join(parts)


def _short(label: str) -> str:
    if display_width(label) <= _LABEL:
        return label
    cut = label
    while display_width(cut) > _LABEL - 2:
        cut = cut[:-1]
    return cut + "…"


def _text(text: str) -> str:
    return escape(xml_text(text))
