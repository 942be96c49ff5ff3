"""Who is who in a claim: names said to be one, and who works for whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.lexicon.folding import fold
from qa.gate.claimed import Claimed, Fault
from qa.gate.evidence import Line
from qa.gate.names import Named

_ASIDE = re.compile(r"[（(]([^（）()]{1,40})[）)]")
_TITLE = re.compile(
    "首席|总裁|行长|主席|分析师|经济学家|策略师|董事|经理|总监|官|长|师|研究员|顾问|创始人|发言人|负责人|CEO|CFO"
)
_FAR = 22


def renamed(claim: Claimed, lines: Sequence[Line]) -> Fault | None:
    """What a bracket says a name is, 蔚来（理想汽车）, and no passage does."""
    text, names = claim.reading.text, claim.reading.names
    documents = {id(line.document): line.document for line in lines}.values()
    by_end = {name.end: name for name in names}
    for found in _ASIDE.finditer(text):
        one = by_end.get(found.start())
        if one is None:
            continue
        inside = [n for n in names if found.start() < n.start < found.end()]
        others = [n for n in inside if n.type != "place" and not n.ids & one.ids]
        for other in others:
            if claim.names.stems(one.ids) & claim.names.stems(other.ids):
                continue
            told = re.compile(
                re.escape(fold(one.text))
                + "[^，。；、]{0,6}?[(（][^()（）]*"
                + re.escape(fold(other.text))
            )
            if not any(told.search(line.folded) for line in lines):
                return Fault(f"原文没有说“{one.text}”就是“{other.text}”")
        words = fold(found[1])
        if inside or re.search(r"\d", words) or len(words) < 2:
            continue
        if not any(_beside(fold(d.text), words, claim.names.forms(one.ids)) for d in documents):
            return Fault(f"所引原文没有说“{one.text}”就是“{found[1]}”", open=True)
    return None


def _beside(text: str, words: str, forms: Sequence[str]) -> bool:
    """Whether *text* has *words* right behind or before one of *forms*."""
    near = "[^，。；]{0,16}"
    return (
        any(
            re.search(
                f"{re.escape(f)}{near}{re.escape(words)}|{re.escape(words)}{near}{re.escape(f)}",
                text,
            )
            for f in forms
        )
        or words in forms
    )


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
    for one, other in pairwise(names):
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
