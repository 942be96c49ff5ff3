"""A clause of a claim and the clause of a passage that is nearly the same: where do they part?

Whoever repeats a source with one word changed is caught here, whatever the word is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from ingest.lexicon.folding import fold
from qa.gate import times
from qa.gate.amounts import same_size, same_unit
from qa.gate.evidence import Line, grams
from qa.gate.figures import Claimed, Fault
from qa.gate.names import Named
from qa.gate.reading import bases_in, ends, is_hedged
from qa.gate.residue import residue
from qa.gate.words import CERTAIN, NEGATION, PRONOUN

ALIKE = 0.5
"""The share of the pairs of characters of two clauses that twins have in common."""

SHORTEST = 3
"""Pairs of characters, masked, below which a clause says too little to have a twin."""

_REFERRING = re.compile("该|其|这|那|它|他|她|公司|前者|后者|两者|同期|本")


@dataclass(frozen=True, slots=True)
class Twin:
    """A clause of *line* that says nearly what a clause of the claim says."""

    line: Line
    clause: int
    words: str
    likeness: float


def twin_of(claim: Claimed, clause: int, lines: Sequence[Line]) -> Twin | None:
    """The clause of *lines* that is likest to a clause of *claim*, if it is like enough."""
    wanted = grams(claim.reading.skeleton(clause))
    if len(wanted) < SHORTEST:
        return None
    best: tuple[float, float, Twin] | None = None
    exact = grams(claim.reading.words(clause))
    for line in lines:
        if len(wanted & line.all_grams) < ALIKE * len(wanted):
            continue
        for index, held in enumerate(line.clause_grams):
            score = likeness(wanted, held)
            if score < ALIKE or (best is not None and score < best[0]):
                continue
            words = line.reading.words(index)
            score_of_words = likeness(exact, grams(words))
            if best is None or (score, score_of_words) > best[:2]:
                best = score, score_of_words, Twin(line, index, words, score)
    return best[2] if best else None


def twin_at(claim: Claimed, clause: int, line: Line, index: int) -> Twin | None:
    """Clause *index* of *line* as the twin of a clause of *claim*, if it is like enough."""
    score = likeness(grams(claim.reading.skeleton(clause)), line.clause_grams[index])
    return Twin(line, index, line.reading.words(index), score) if score >= ALIKE else None


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of their pairs of characters that two texts have in common, 0 to 1."""
    total = len(one) + len(other)
    return 2 * len(one & other) / total if total else 0.0


def misplaced(claim: Claimed, clause: int, twin: Twin) -> Fault | None:
    """A figure put in the place of another: the clause is the source's, its amount is not."""
    reading, other = claim.reading, twin.line.reading
    mine = [a.quantity for a in reading.atoms if a.clause == clause]
    theirs = [f.quantity for f in twin.line.facts if f.atom and f.atom.clause == twin.clause]
    printed = [a.quantity for a in other.atoms if a.clause == twin.clause]
    for quantity in mine:
        alike = [q for q in (*theirs, *printed) if same_unit(quantity, q)]
        if alike and not any(same_size(quantity, q, around=twin.words) for q in alike):
            return Fault(f"“{quantity.text}”与原文不符：原文“{_text(twin)}”")
    return None


def faults(claim: Claimed, clause: int, twin: Twin) -> list[Fault]:
    """Where a clause of the claim and its *twin* part."""
    words = claim.reading.words(clause)
    if words == twin.words:
        return []
    said = f"原文“{_text(twin)}”"
    return [
        *_ends(words, twin.words, said),
        *_denied(words, twin.words, said),
        *_hedged(claim, clause, twin, said),
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


def _denied(mine: str, theirs: str, said: str) -> Iterable[Fault]:
    here, there = denied(mine), denied(theirs)
    if here & grams(NEGATION.sub("", theirs)) - there:
        yield Fault(f"原文没有否定：{said}")
    elif there & grams(NEGATION.sub("", mine)) - here:
        yield Fault(f"原文是否定的：{said}")


def denied(words: str) -> frozenset[str]:
    """The pairs of characters right behind a negation."""
    found: set[str] = set()
    for negation in NEGATION.finditer(words):
        behind = re.match("[^，。；：]{0,5}", words[negation.end() :])
        found |= grams(behind.group() if behind else "")
    return frozenset(found)


def _hedged(claim: Claimed, clause: int, twin: Twin, said: str) -> Iterable[Fault]:
    reading = claim.reading
    mine, theirs = is_hedged(reading.words(clause)), is_hedged(twin.words)
    certain = CERTAIN.search(reading.words(clause)) and not CERTAIN.search(twin.words)
    if theirs and (certain or (not mine and not is_hedged(reading.folded) and not claim.foreseen)):
        yield Fault(f"原文只是预期或可能，不是事实：{said}")
    elif mine and not theirs and not _is_foreseen(twin):
        yield Fault(f"原文说的是事实，不是预期：{said}")


def _is_foreseen(twin: Twin) -> bool:
    """Whether a clause before the twin, or ingest, tells that it is only expected."""
    line = twin.line
    facts = [f for f in line.facts if f.figure and f.atom and f.atom.clause == twin.clause]
    if facts:
        return any(f.figure and f.figure.modality != "reported" for f in facts)
    return is_hedged(line.folded)


def _bases(mine: str, theirs: str, said: str) -> Iterable[Fault]:
    here, there = bases_in(mine), bases_in(theirs)
    if here and there and here != there and not set(here) <= set(there):
        yield Fault(f"比较的基准不同：{said}")


def _names(claim: Claimed, clause: int, twin: Twin, said: str) -> Iterable[Fault]:
    theirs = twin.line.reading.names_in(twin.clause)
    mine = claim.reading.names_in(clause)
    words = claim.reading.words(clause)
    start = claim.reading.clauses[clause].start
    for name in mine:
        if any(n.ids & name.ids for n in theirs) or fold(name.text) in twin.words:
            continue
        put = _put_for(words, name.start - start, name.end - start, twin.words)
        if put and not _same(claim, name, put, theirs, twin):
            yield Fault(f"“{name.text}”与原文不符：{said}")
            return
    start = twin.line.reading.clauses[twin.clause].start
    for name in theirs:
        if any(n.ids & name.ids for n in mine) or fold(name.text) in words:
            continue
        put = _put_for(twin.words, name.start - start, name.end - start, words)
        if put and residue(put) and not _is_alias(claim, name, put, twin):
            yield Fault(f"“{put}”与原文不符：{said}")
            return


def _is_alias(claim: Claimed, name: Named, put: str, twin: Twin) -> bool:
    bare = re.sub(r"[\W_]|的", "", put)
    if len(bare) < 2 or _REFERRING.match(bare) or PRONOUN.match(bare):
        return True
    forms = twin.line.document.names.forms(name.ids)
    found = claim.names.find(put)
    return any(bare in f or f in bare for f in forms) or any(n.ids & name.ids for n in found)


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
    odd = [p for p in mine if not times.agree(p, theirs) and fold(p.text) not in twin.words]
    left = [p for p in theirs if not times.agree(p, mine)]
    if odd and left:
        yield Fault(f"时间不符：“{odd[0].text}”，{said}")


def _text(twin: Twin) -> str:
    at = twin.line.reading.clauses[twin.clause]
    return twin.line.reading.text[at.start : at.end].strip()
