"""Who is who in a claim: names said to be one, and who works for whom."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.lexicon.folding import fold
from qa.gate.evidence import Line
from qa.gate.figures import Claimed, Fault
from qa.gate.names import Named

_OPENS = re.compile(r"[（(][^（）()]{0,12}$")
_TITLE = re.compile(
    "首席|总裁|行长|主席|分析师|经济学家|策略师|董事|经理|总监|官|长|师|研究员|顾问|创始人|发言人|负责人|CEO|CFO"
)
_FAR = 22


def renamed(claim: Claimed, lines: Sequence[Line]) -> Fault | None:
    """Two names that a bracket makes one, 蔚来（理想汽车）, and no line does."""
    text, names = claim.reading.text, claim.reading.names
    for one, other in zip(names, names[1:], strict=False):
        between = text[one.end : other.start]
        if not _OPENS.match(between) or one.ids & other.ids or other.type == "place":
            continue
        if claim.names.stems(one.ids) & claim.names.stems(other.ids):
            continue
        inner = re.match(r"[^（）()]*", text[other.start :])
        told = fold(between[1:] + (inner.group() if inner else other.text))
        if not any(told in line.folded for line in lines):
            return Fault(f"原文没有说“{one.text}”就是“{other.text}”")
    return None


def misemployed(claim: Claimed, lines: Sequence[Line]) -> Fault | None:
    """A person whom the claim gives to one house, and the lines to another."""
    for house, person in _posts(claim.reading.text, claim.reading.names):
        for line in lines:
            told = [
                h for h, p in _posts(line.reading.text, line.reading.names) if p.ids & person.ids
            ]
            if told and not any(h.ids & house.ids or _alike(claim, h, house, line) for h in told):
                if fold(house.text) not in line.folded:
                    return Fault(f"原文中{person.text}属于{told[0].text}，不是{house.text}")
    return None


def _posts(text: str, names: Sequence[Named]) -> list[tuple[Named, Named]]:
    """Houses with their people: a name, a title, a person."""
    found = []
    for one, other in zip(names, names[1:], strict=False):
        between = text[one.end : other.start]
        if (
            other.type == "person"
            and one.type in ("company", "institution", "group")
            and len(between) <= _FAR
            and not re.search("[，。；：]", between)
            and _TITLE.search(between)
        ):
            found.append((one, other))
    return found


def _alike(claim: Claimed, one: Named, other: Named, line: Line) -> bool:
    return bool(line.document.names.stems(one.ids) & claim.names.stems(other.ids))
