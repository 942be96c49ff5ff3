"""How sure a claim is of what it tells, and how sure its source: 预计, 将, 已经."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qa.gate.claimed import Claimed, Fault
from qa.gate.evidence import Fact, Line
from qa.gate.reading import Atom, Reading, is_hedged
from qa.gate.words import AHEAD, ANNOUNCED, CERTAIN, FRAMING, INTENT


def unsure(claim: Claimed, atom: Atom, fact: Fact) -> Iterable[Fault]:
    """The fault of a claim that is surer of *fact* than its source, or less sure."""
    line, reading = fact.line, claim.reading
    mine = framed(reading, atom)
    theirs = framed(line.reading, fact.atom) if fact.atom else line.reading.plain
    foreseen = fact.figure is None or fact.figure.modality != "reported"
    if mine == theirs:
        return
    if is_hedged(theirs) and is_scheduled(claim, theirs, line):
        return
    if is_hedged(theirs) and foreseen and not claim.foreseen and not is_hedged(reading.plain):
        yield Fault(f"原文只是预期，不是事实：“{fact.words}”")
    elif is_hedged(theirs) and foreseen and CERTAIN.search(mine) and not CERTAIN.search(theirs):
        yield Fault(f"原文只是预期，不是事实：“{fact.words}”")
    elif is_hedged(mine) and not is_hedged(theirs) and not is_plan(mine, line):
        told = fact.figure is not None and fact.figure.modality == "reported"
        if told or not is_hedged(line.reading.plain + line.setting):
            yield Fault(f"原文说的是事实，不是预期：“{fact.words}”")


def is_scheduled(claim: Claimed, source: str, line: Line) -> bool:
    """Whether *source* only has 将 for what is to come, and the claim names that time itself."""
    day = line.document.published
    if day is None or CERTAIN.search(claim.reading.plain) or is_hedged(AHEAD.sub("", source)):
        return False
    return any(p.end is not None and p.end > day for p in claim.reading.periods)


def is_plan(words: str, line: Line) -> bool:
    """Whether *words* tell a plan, and *line* announces one: 拟收购 of 宣布收购."""
    return not is_hedged(INTENT.sub("", words)) and ANNOUNCED.search(line.folded) is not None


def framed(reading: Reading, atom: Atom) -> str:
    """The clause of *atom* up to it, and the clause of expecting that it hangs on, if any."""
    own = reading.clauses[atom.clause]
    words = reading.masked(own.start, min(own.end, atom.quantity.span.end + 10))
    words = re.split("[；;]", words)[0]
    for clause in range(atom.clause - 1, -1, -1):
        between = reading.text[reading.clauses[clause].end : reading.clauses[clause + 1].start]
        if re.search("[；;。]", between):
            break
        earlier = reading.skeleton(clause)
        if FRAMING.search(earlier):
            return earlier + words
    return words
