"""A clause of a claim and the clause of a passage that is nearly the same: where do they part?

Whoever repeats a source with one word changed is caught here, whatever the word is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from kg.records import Period
from qa.gate import times
from qa.gate.evidence import Line, grams
from qa.gate.figures import Claimed, Fault
from qa.gate.names import Named
from qa.gate.reading import Reading, bases_in, ends, is_hedged
from qa.gate.words import CERTAIN, NEGATION, PRONOUN

ALIKE = 0.5
"""The share of the pairs of characters of two clauses that twins have in common."""

_REFERRING = re.compile("该|其|这|那|它|他|她|公司|前者|后者|两者|同期|本")


@dataclass(frozen=True, slots=True)
class Twin:
    """A clause of *line* that says nearly what a clause of the claim says."""

    line: Line
    clause: int
    words: str


def twin_of(words: str, lines: Sequence[Line]) -> Twin | None:
    """The clause of *lines* that is likest to *words*, folded, if it is like enough."""
    wanted = grams(words)
    if len(wanted) < 3:
        return None
    best: tuple[float, Twin] | None = None
    for line in lines:
        if len(wanted & line.grams) < ALIKE * len(wanted):
            continue
        for index, held in enumerate(line.clause_grams):
            shared = len(wanted & held)
            score = 2 * shared / (len(wanted) + len(held)) if shared else 0.0
            if score >= ALIKE and (best is None or score > best[0]):
                best = score, Twin(line, index, line.reading.words(index))
    return best[1] if best else None


def faults(claim: Claimed, clause: int, twin: Twin) -> list[Fault]:
    """Where a clause of the claim and its *twin* part."""
    words = claim.reading.words(clause)
    if words == twin.words:
        return []
    said = f"原文“{_text(twin)}”"
    return [
        *_ends(words, twin.words, said),
        *_denied(words, twin, said),
        *_hedged(claim.reading, clause, twin, said),
        *_bases(words, twin.words, said),
        *_names(claim, clause, twin, said),
        *_periods(claim, clause, twin, said),
    ]


def _ends(mine: str, theirs: str, said: str) -> Iterable[Fault]:
    here, there = ends(mine), ends(theirs)
    for axis, signs in here.items():
        others = there.get(axis, [])
        for sign in (1, -1):
            if signs.count(sign) > others.count(sign) and signs.count(-sign) < others.count(-sign):
                yield Fault(f"方向或关系相反：{said}")
                return


def _denied(mine: str, twin: Twin, said: str) -> Iterable[Fault]:
    here, there = len(NEGATION.findall(mine)), len(NEGATION.findall(twin.words))
    if here % 2 != there % 2:
        yield Fault(f"{'原文没有否定' if here > there else '原文是否定的'}：{said}")


def _hedged(reading: Reading, clause: int, twin: Twin, said: str) -> Iterable[Fault]:
    mine, theirs = is_hedged(reading.words(clause)), is_hedged(twin.words)
    whole, line = is_hedged(reading.folded), is_hedged(twin.line.folded)
    if theirs and not mine and not whole:
        yield Fault(f"原文只是预期或可能，不是事实：{said}")
    elif mine and not theirs and not line:
        yield Fault(f"原文说的是事实，不是预期：{said}")
    elif theirs and CERTAIN.search(reading.words(clause)) and not CERTAIN.search(twin.words):
        yield Fault(f"原文只是预期或可能，不是事实：{said}")


def _bases(mine: str, theirs: str, said: str) -> Iterable[Fault]:
    here, there = bases_in(mine), bases_in(theirs)
    if here and there and here != there and not set(here) <= set(there):
        yield Fault(f"比较的基准不同：{said}")


def _names(claim: Claimed, clause: int, twin: Twin, said: str) -> Iterable[Fault]:
    theirs = twin.line.reading.names_in(twin.clause)
    strange = [n for n in claim.reading.names_in(clause) if not _held(claim, n, theirs, twin)]
    if not strange:
        return
    start = claim.reading.clauses[clause].start
    words = claim.reading.words(clause)
    for name in strange:
        put = _put_for(words, name.start - start, name.end - start, twin.words)
        if put and not _same(claim, name, put, theirs, twin):
            yield Fault(f"“{name.text}”与原文不符：{said}")
            return


def _held(claim: Claimed, name: Named, theirs: Sequence[Named], twin: Twin) -> bool:
    return any(n.ids & name.ids for n in theirs) or name.text.lower() in twin.words


def _put_for(words: str, start: int, end: int, source: str) -> str:
    """What *source* has in the place of words[start:end]; empty where it has nothing there."""
    matcher = SequenceMatcher(None, words, source, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "replace" and a < end and start < b:
            return source[c:d]
    return ""


def _same(claim: Claimed, name: Named, put: str, theirs: Sequence[Named], twin: Twin) -> bool:
    """Whether *put* is another name of *name*, a word that stands for it, or no name at all."""
    bare = re.sub(r"[\W_]|的", "", put)
    if len(bare) < 2 or _REFERRING.match(bare) or PRONOUN.match(bare):
        return True
    forms = claim.names.forms(name.ids)
    if any(bare in form or form in bare for form in forms):
        return True
    stems = twin.line.document.names.stems({i for n in theirs for i in n.ids})
    return bool(claim.names.stems(name.ids) & stems)


def _periods(claim: Claimed, clause: int, twin: Twin, said: str) -> Iterable[Fault]:
    mine = claim.reading.periods_in(clause)
    theirs = twin.line.reading.periods_in(twin.clause)
    odd = [p for p in mine if not times.agree(p, theirs) and not _printed(p, twin)]
    left = [p for p in theirs if not times.agree(p, mine)]
    if odd and left:
        yield Fault(f"时间不符：“{odd[0].text}”，{said}")


def _printed(period: Period, twin: Twin) -> bool:
    return period.text in twin.words


def _text(twin: Twin) -> str:
    at = twin.line.reading.clauses[twin.clause]
    return twin.line.reading.text[at.start : at.end].strip()
