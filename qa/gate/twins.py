"""A clause of a claim and the clause of a passage that is nearly the same.

Whoever repeats a source with one word changed is caught here, whatever the word is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from ingest.lexicon.folding import fold
from kg.records import Quantity, Span
from qa.gate import times
from qa.gate.amounts import same_size, same_unit
from qa.gate.claimed import Claimed, Fault
from qa.gate.contradiction import contradicted, contradiction
from qa.gate.evidence import Fact, Line, grams
from qa.gate.measuring import bases_in, measure_class, measures_in
from qa.gate.modality import is_plan, is_scheduled
from qa.gate.names import Named
from qa.gate.reading import Reading, ends, is_hedged
from qa.gate.residue import residue
from qa.gate.words import CERTAIN, FRAMING, PRONOUN, SPEECH

ALIKE = 0.5
"""The share of the pairs of characters of two clauses that twins have in common."""

NEARLY = 0.75
"""Likeness of two clauses that differ in one thing alone."""
APART = 0.25
"""How much likelier another clause must be than the one whose figure is told."""
LONG = 5
"""Pairs of characters of a clause that is nobody's set phrase."""
SHORTEST = 3
"""Pairs of characters, masked, below which a clause says too little to have a twin."""

_BESIDE = 2
"""Pairs of characters beyond its twin that a clause shares with another one that it repeats."""

_REFERRING = re.compile("该|其|这|那|它|他|她|公司|前者|后者|两者|同期|本")


@dataclass(frozen=True, slots=True)
class Twin:
    """A clause of *line* that says nearly what a clause of the claim says."""

    line: Line
    clause: int
    words: str
    likeness: float


def twin_of(
    claim: Claimed, clause: int, lines: Sequence[Line], *, shortest: int = 3
) -> Twin | None:
    """The clause of *lines* that is likest to a clause of *claim*, if it is like enough.

    A clause of fewer pairs of characters than *shortest* has none.
    """
    wanted = grams(claim.reading.skeleton(clause))
    if len(wanted) < shortest:
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


def misplaced(
    claim: Claimed, clause: int, lines: Sequence[Line], own: Sequence[Fact]
) -> Fault | None:
    """A figure put in the place of another: the clause is the source's, its amount is not.

    *own* are the facts that the clause's figures were found to tell.
    """
    reading = claim.reading
    wanted = grams(_figureless(reading, clause))
    if len(wanted) < LONG:
        return None
    mine = [a.quantity for a in reading.atoms if a.clause == clause]
    near = [
        likeness(wanted, grams(_figureless(f.line.reading, f.atom.clause))) for f in own if f.atom
    ]
    wrong: Fault | None = None
    for line in lines:
        if len(wanted & line.grams) < ALIKE * len(wanted):
            continue
        for index in range(len(line.reading.clauses)):
            alike = likeness(wanted, grams(_figureless(line.reading, index)))
            if alike < NEARLY or any(alike < n + APART for n in near):
                continue
            if not _of_one(claim, clause, line, index):
                continue
            fault = _amounts_apart(mine, line, index)
            if fault is None:
                return None
            wrong = wrong or fault
    return wrong


def _of_one(claim: Claimed, clause: int, line: Line, index: int) -> bool:
    """Whether both clauses are about the same, as far as their own words tell."""
    words = line.reading.words(index)
    if any(run not in words for run in residue(claim.reading.skeleton(clause))):
        return False
    asked, told = (
        {measure_class(word) for word in measures_in(text)}
        for text in (claim.reading.words(clause), words)
    )
    if asked and told and not asked & told:
        return False  # 营收38.4万亿韩元, and 营业利润24.96万亿韩元 of its next clause
    mine, theirs = claim.reading.names_in(clause), line.reading.names_in(index)
    return not mine or any(
        fold(n.text) in words or any(n.ids & o.ids for o in theirs) for n in mine
    )


def _figureless(reading: Reading, clause: int) -> str:
    at = reading.clauses[clause]
    words = reading.folded
    for atom in reading.atoms:
        if atom.clause == clause:
            span = atom.quantity.span
            words = (
                words[: span.start]
                + "\N{IDEOGRAPHIC SPACE}" * (span.end - span.start)
                + words[span.end :]
            )
    return words[at.start : at.end]


def _amounts_apart(mine: Sequence[Quantity], line: Line, clause: int) -> Fault | None:
    """The first of *mine* that the clause has another amount for; None if it has them all."""
    told = [f.quantity for f in line.facts if f.atom and f.atom.clause == clause]
    printed = [a.quantity for a in line.reading.atoms if a.clause == clause]
    words = line.reading.words(clause)
    for place, quantity in enumerate(mine):
        alike = [q for q in (*told, *printed) if same_unit(quantity, q)]
        if not alike:
            continue
        if len(mine) == len(printed) and same_unit(quantity, printed[place]):
            alike = [printed[place], *(q for q in told if q.span.start == 0)]
        if not any(same_size(quantity, q, around=words) for q in alike):
            at = line.reading.clauses[clause]
            said = line.reading.text[at.start : at.end].strip()
            return Fault(f"“{quantity.text}”与原文不符：原文“{said}”")
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
        *_denied_beside(words, twin),
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
    if words := contradiction(mine, theirs):
        yield Fault(f"{words}：{said}")


def _denied_beside(words: str, twin: Twin) -> Iterable[Fault]:
    """What the twin does not say, and another clause of its line denies."""
    reading = twin.line.reading
    rest = grams(words) - grams(twin.words)
    for index in range(len(reading.clauses)):
        other = reading.words(index)
        if index != twin.clause and len(rest & grams(other)) >= _BESIDE:
            if denial := contradicted(words, other):
                yield Fault(f"{denial}：原文“{other}”")
                return


def _hedged(claim: Claimed, clause: int, twin: Twin, said: str) -> Iterable[Fault]:
    reading = claim.reading
    words, source = reading.skeleton(clause), twin.line.reading.skeleton(twin.clause)
    if not residue(words) and SPEECH.search(words):
        return  # 某分析师说 frames what follows, as 某分析师预计 does
    mine, theirs = is_hedged(words), is_hedged(source)
    if theirs and is_scheduled(claim, source, twin.line):
        return
    certain = CERTAIN.search(words) and not CERTAIN.search(source)
    if theirs and (certain or (not mine and not is_hedged(reading.plain) and not claim.foreseen)):
        yield Fault(f"原文只是预期或可能，不是事实：{said}")
    elif mine and not theirs and not _is_foreseen(twin) and not is_plan(words, twin.line):
        figures = sum(atom.clause == clause for atom in reading.atoms)
        if figures > 1 and is_hedged(twin.line.reading.plain):
            return  # （增长1.8%，市场预期为增长1.1%）: what another clause of the source expects
        yield Fault(f"原文说的是事实，不是预期：{said}")


def _is_foreseen(twin: Twin) -> bool:
    """Whether a clause before the twin, or ingest, tells that it is only expected."""
    line = twin.line
    facts = [f for f in line.facts if f.figure and f.atom and f.atom.clause == twin.clause]
    if facts:
        return any(f.figure and f.figure.modality != "reported" for f in facts)
    before = [line.reading.skeleton(i) for i in range(twin.clause)]
    return any(FRAMING.search(words) and is_hedged(words) for words in before)


def _bases(mine: str, theirs: str, said: str) -> Iterable[Fault]:
    here, there = bases_in(mine), bases_in(theirs)
    if here and there and here != there and not set(here) <= set(there):
        yield Fault(f"比较的基准不同：{said}")


def _names(claim: Claimed, clause: int, twin: Twin, said: str) -> Iterable[Fault]:
    mine, theirs = claim.reading, twin.line.reading
    here, there = mine.names_in(clause), theirs.names_in(twin.clause)
    for name in here:
        if any(n.ids & name.ids for n in there) or fold(name.text) in twin.words:
            continue
        if SPEECH.match(mine.text, name.end) and fold(name.text) in twin.line.folded:
            continue  # 报告提出: it only tells whose words these are
        put = _put_for(mine, clause, name, theirs, twin.clause)
        if put is not None and _names_another(claim, name, put, there, twin):
            yield Fault(f"“{name.text}”与原文不符：{said}")
            return
    if len(here) == len(there) and twin.likeness >= NEARLY:
        for one, other in zip(here, there, strict=True):
            if (
                not (one.ids & other.ids)
                and not other.pointing
                and _differ(claim, one, other, twin)
            ):
                yield Fault(f"“{one.text}”与原文不符：{said}")
                return
    everywhere = mine.names
    for name in there:
        if (
            name.pointing
            or any(n.ids & name.ids for n in everywhere)
            or fold(name.text) in mine.folded
        ):
            continue
        put = _put_for(theirs, twin.clause, name, mine, clause)
        if put is None or not residue(mine.masked(put.start, put.end)):
            continue
        words = mine.folded[put.start : put.end]
        if not _is_alias(claim, name, words, twin):
            yield Fault(f"“{words}”与原文不符：{said}")
            return


def _differ(claim: Claimed, one: Named, other: Named, twin: Twin) -> bool:
    """Whether two names cannot be of one thing, and the twin does not hold the claim's."""
    if fold(one.text) in twin.words or _REFERRING.match(one.text):
        return False
    return not claim.names.stems(one.ids) & twin.line.document.names.stems(other.ids)


def _put_for(reading: Reading, clause: int, name: Named, other: Reading, there: int) -> Span | None:
    """Where *other* has something else in the place of *name*; None where it has nothing there."""
    here, at = reading.clauses[clause], other.clauses[there]
    start, end = name.start - here.start, name.end - here.start
    matcher = SequenceMatcher(None, reading.words(clause), other.words(there), autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "replace" and a < end and start < b:
            return Span(at.start + c, at.start + d)
    return None


def _names_another(
    claim: Claimed, name: Named, put: Span, there: Sequence[Named], twin: Twin
) -> bool:
    """Whether what stands at *put* of the twin's line names somebody else than *name*."""
    reading = twin.line.reading
    words = re.sub(r"[\W_]|的", "", reading.folded[put.start : put.end])
    if len(words) < 2 or _REFERRING.match(words) or PRONOUN.match(words):
        return False
    held = [n for n in there if n.start < put.end and put.start < n.end]
    if not held and not residue(reading.masked(put.start, put.end)):
        return False
    if not held and twin.likeness < NEARLY:
        return False
    if any(words in form or form in words for form in claim.names.forms(name.ids)):
        return False
    stems = twin.line.document.names.stems({i for n in there for i in n.ids})
    return not claim.names.stems(name.ids) & stems


def _is_alias(claim: Claimed, name: Named, words: str, twin: Twin) -> bool:
    """Whether *words* of the claim are another name of *name*, or a word that stands for it."""
    bare = re.sub(r"[\W_]|的", "", words)
    if len(bare) < 2 or _REFERRING.match(bare) or PRONOUN.match(bare):
        return True
    forms = twin.line.document.names.forms(name.ids)
    return any(bare in form or form in bare for form in forms)


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
