"""How two texts that speak of one thing contradict each other, by their words alone."""

from __future__ import annotations

import re

from qa.gate.evidence import grams
from qa.gate.reading import ends
from qa.gate.words import MET, NEGATION, UNCHANGED

_COMPARED = "比|[高低强弱好差大小多少快慢优逊]于|超过|不及|跑赢|跑输|领先|落后"
_COMPARISON = re.compile(f"([^，,。；;]{{2,16}}?)(?:{_COMPARED})([^，,。；;]{{2,16}})")
_AGAINST = re.compile(f"(?:超出?|符合|达到|{_COMPARED})([^，,。；;]{{0,9}})$")
_CHANGES = ("move", "gate")
_BEHIND, _FAR_BEHIND = 4, 8  # characters behind a negation that it denies; that it may deny


def contradiction(mine: str, theirs: str) -> str | None:
    """In what *mine* contradicts *theirs*, the source's words for the same; None if in nothing."""
    return (
        contradicted(mine, theirs)
        or _changed(mine, theirs)
        or _measured_otherwise(mine, theirs)
        or _turned_round(mine, theirs)
    )


def contradicted(mine: str, theirs: str) -> str | None:
    """What is wrong where one of two texts denies what the other says; None if nothing is."""
    here, there = denied(mine), denied(theirs)
    if denied(mine, _FAR_BEHIND) & denied(theirs, _FAR_BEHIND):
        return None
    if here & grams(NEGATION.sub("", theirs)):
        return "原文没有否定"
    if there & grams(NEGATION.sub("", mine)):
        return "原文是否定的"
    return None


def denied(words: str, far: int = _BEHIND) -> frozenset[str]:
    """The pairs of the *far* characters right behind a negation."""
    found: set[str] = set()
    for negation in NEGATION.finditer(words):
        behind = re.match(f"[^，。；]{{0,{far}}}", words[negation.end() :])
        found |= grams(behind.group() if behind else "")
    return frozenset(found)


def _changed(mine: str, theirs: str) -> str | None:
    """A change told of what stays, or the other way round: 上调指引 of 维持指引."""
    if bool(UNCHANGED.search(mine)) == bool(UNCHANGED.search(theirs)):
        return None
    here, there = ends(mine), ends(theirs)
    if UNCHANGED.search(theirs):
        for axis in _CHANGES:
            held = there.get(axis, [])
            if any(held.count(s) < here.get(axis, []).count(s) for s in (1, -1)):
                return "原文说没有变化"
        return None
    stays = UNCHANGED.search(mine)
    if stays and any(axis in there and axis not in here for axis in _CHANGES):
        return "原文说有变化"
    return None


def _measured_otherwise(mine: str, theirs: str) -> str | None:
    """大幅超出分析师 of 大幅超出分析师预期: what it is measured against has lost its head."""
    told, found = MET.search(theirs), _AGAINST.search(mine.rstrip("。 "))
    if told is None or found is None or MET.search(mine):
        return None
    return "比较的对象不全" if found[0] in theirs and found[0] in told[0] else None


def _turned_round(mine: str, theirs: str) -> str | None:
    """甲比乙更重要 of 乙比甲更重要."""
    one, other = _COMPARISON.search(mine), _COMPARISON.search(theirs)
    if one is None or other is None:
        return None
    here, there = ends(one[0]), ends(other[0])
    if any(set(here[axis]) != set(there[axis]) for axis in here.keys() & there.keys()):
        return None
    a, b = grams(one[1]), grams(one[2])
    c, d = grams(other[1]), grams(other[2])
    crossed = len(a & d) > len(a & c) and len(b & c) > len(b & d)
    return "比较的双方颠倒了" if crossed else None
