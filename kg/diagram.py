"""The model of a claim as a diagram, drawn from ontology and shapes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape

from kg.model import ModelClass, Property, claim_classes, classes
from kg.sparql import display_width

_FONTS = "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif"
_LINE, _HEAD, _PAD, _GAP, _ASIDE = 21, 46, 14, 34, 130
_WIDTH, _BEND = 330, 80
_CHAR = 6.6  # width of a column of text


@dataclass(frozen=True, slots=True)
class _Box:
    """A class where it is drawn; *x*, *y* are its upper left corner."""

    each: ModelClass
    x: int
    y: int

    @property
    def height(self) -> int:
        return _HEAD + _PAD + _LINE * len(self.each.properties)

    def row(self, place: int) -> float:
        """The height of the middle of a property's line."""
        return self.y + _HEAD + _PAD / 2 + _LINE * (place + 0.5)


def claim_diagram() -> str:
    """Claims and the classes that they lead to, as SVG; an arrow a property."""
    known = {each.term.name: each for each in classes()}
    columns = _columns(known)
    boxes = {box.each.term.name: box for box in _placed(columns)}
    height = max(box.y + box.height for box in boxes.values()) + _GAP
    width = len(columns) * (_WIDTH + _ASIDE) - _ASIDE + 2 * _GAP
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" font-family="{_FONTS}" font-size="13">',
        "<title>主张的模型 · the model of a claim</title>",
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" '
        'markerHeight="8" orient="auto"><path d="M0,0 L8,4 L0,8 z" fill="#57534e"/>'
        "</marker></defs>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
    ]
    parts += [arrow for box in boxes.values() for arrow in _arrows(box, boxes)]
    parts += [_drawn(box, claim=box.each.term.name in claim_classes()) for box in boxes.values()]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _columns(known: dict[str, ModelClass]) -> list[list[ModelClass]]:
    """Claims first, then what they lead to, step by step; the farther the later."""
    depth = dict.fromkeys(claim_classes(), 0)
    for _ in known:
        for name, far in list(depth.items()):
            for other in _led_to(known[name], known):
                if other not in (name, *claim_classes()):
                    depth[other] = max(depth.get(other, 0), min(far + 1, len(known)))
    columns: list[list[ModelClass]] = [[] for _ in range(max(depth.values()) + 1)]
    for name in known:
        if name in depth:
            columns[depth[name]].append(known[name])
    return [column for column in columns if column]


def _led_to(each: ModelClass, known: dict[str, ModelClass]) -> Iterable[str]:
    return (p.values for p in each.properties if p.is_class and p.values in known)


def _placed(columns: list[list[ModelClass]]) -> list[_Box]:
    """Columns side by side, each in the middle of the height of the first."""
    heights = [sum(_Box(each, 0, 0).height + _GAP for each in column) for column in columns]
    boxes = []
    for number, column in enumerate(columns):
        y = _GAP + (max(heights) - heights[number]) // 2
        for each in column:
            box = _Box(each, _GAP + number * (_WIDTH + _ASIDE), y)
            boxes.append(box)
            y += box.height + _GAP
    return boxes


def _arrows(box: _Box, boxes: dict[str, _Box]) -> Iterable[str]:
    """Arrows to the right; where a property leads back, its values' name alone tells."""
    for place, each in enumerate(box.each.properties):
        target = boxes.get(each.values)
        if not each.is_class or target is None or target.x <= box.x:
            continue
        y, to_y, start = box.row(place), target.y + _HEAD / 2, box.x + _WIDTH
        yield (
            f'<path d="M{start},{y} C{start + _BEND},{y} {target.x - _BEND},{to_y} '
            f'{target.x},{to_y}" fill="none" stroke="#a8a29e" marker-end="url(#tip)"/>'
        )


def _drawn(box: _Box, *, claim: bool) -> str:
    term, fill = box.each.term, "#bfdbfe" if claim else "#e7e5e4"
    lines = [
        f'<rect x="{box.x}" y="{box.y}" width="{_WIDTH}" height="{box.height}" rx="8" '
        'fill="#fafaf9" stroke="#78716c"/>',
        f'<path d="M{box.x},{box.y + _HEAD} v-{_HEAD - 8} q0,-8 8,-8 h{_WIDTH - 16} q8,0 8,8 '
        f'v{_HEAD - 8} z" fill="{fill}" stroke="#78716c"/>',
        _text(box.x + 12, box.y + 19, f"{term.zh} · {term.en}", 'font-weight="bold"'),
        _text(box.x + 12, box.y + 37, term.name, 'fill="#57534e" font-size="12"'),
    ]
    for place, each in enumerate(box.each.properties):
        y = box.row(place) + 4.5
        lines.append(_text(box.x + 12, y, f"{each.term.zh}  {each.term.name}{_times(each)}"))
        values = each.values if each.is_class else each.values.partition(":")[2]
        lines.append(
            _text(box.x + _WIDTH - 10, y, values, 'text-anchor="end" fill="#57534e" font-size="11"')
        )
    return "<g>" + "".join(lines) + "</g>"


def _times(each: Property) -> str:
    """A mark behind the name: none where it occurs once, ``?`` at most once, ``*`` any number."""
    if each.most == 1:
        return "" if each.least else " ?"
    return " *" if not each.least else f" {each.least}" if each.least == each.most else " +"


def _text(x: float, y: float, text: str, attributes: str = "") -> str:
    room = (_WIDTH - 20) / _CHAR
    while display_width(text) > room:
        text = text[:-2] + "…"
    return f'<text x="{x}" y="{y}" {attributes}>{escape(text)}</text>'.replace(" >", ">")
