"""Whom a figure of a claim is told of, and whom its source tells it of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ingest.lexicon.folding import fold
from qa.gate.claimed import Claimed, Fault
from qa.gate.evidence import Fact, Line, grams
from qa.gate.names import Named, Names
from qa.gate.reading import Atom
from qa.gate.residue import abbreviated, residue

_OF_FIRM = re.compile("公司|该行|该股|集团|该指数")
_SHORT = 4  # characters of a name cut short
_DOES = re.compile("[^，。；]{0,4}[将把]")
_POINTING = re.compile("前者|后者|两者|二者|该|其")
_PARTIES = frozenset(
    """company person institution index sector product commodity group currency quantity policy
    event""".split()
)


def told_of(claim: Claimed, atom: Atom, fact: Fact) -> Iterable[Fault]:
    """The fault of a claim that tells *fact* of somebody else, if it does."""
    said = [n for n in atom.subjects if _is_party(n)]
    if said:
        if _is_told_of(claim, atom, said, fact):
            return
        if not atom.behind:
            yield Fault(f"原文中“{fact.quantity.text}”说的是{_owner(fact)}，不是{said[-1].text}")
            return
    runs = residue(
        claim.reading.masked(atom.quantity.span.start - len(atom.near), atom.quantity.span.start)
    )
    if runs:
        if not _is_written(runs, fact):
            yield Fault(f"原文没有说“{runs[0]}”是“{fact.quantity.text}”", open=True)
        return
    said = [n for n in atom.inherited if _is_party(n)]
    if said:
        if _POINTING.search(atom.near):
            said = [n for n in claim.reading.names if n.start < atom.quantity.span.start]
        rivals, line = _rivals(fact), fact.line
        if any(_is_told_of(claim, atom, [n], fact) for n in said) or _OF_FIRM.search(atom.near):
            return
        if any(n.ids & rivals for n in said) or not any(n.ids & line.ids for n in said):
            yield Fault(f"原文中“{fact.quantity.text}”说的是{_owner(fact)}，不是{said[-1].text}")
        return
    line = fact.line
    if claim.subject and not claim.subject & (_owners_of(fact) | line.ids | line.context_ids):
        if not _alike(claim.names, claim.subject, line, _owners_of(fact)):
            yield Fault(f"前文说的是{_named(claim.names, claim.subject)}，原文说的是{_owner(fact)}")


def _is_told_of(claim: Claimed, atom: Atom, said: Sequence[Named], fact: Fact) -> bool:
    """Whether *fact* is told of the last of *said*, the names of the claim's clause."""
    head = said[-1]
    theirs = _owners_of(fact)
    if head.ids & theirs or _alike(claim.names, head.ids, fact.line, theirs):
        return True
    section = fact.line.sentence.section
    if section and fold(head.text) in fold(section) and not head.ids & _rivals(fact):
        return True  # what the heading names need not be said again
    if _begins_name(claim, head, fact) or _is_short_for(head, fact) or _acts(claim, atom, fact):
        return True
    held = fact.atom
    if held is None:
        return fold(head.text) in fact.line.folded or not theirs
    if not held.exact and fold(head.text) in fold(held.near):
        return True
    own = fact.figure.entity if fact.figure else None
    clause = {i for n in held.subjects for i in n.ids} | theirs
    mine = {i for n in (*atom.subjects, *atom.inherited) for i in n.ids}
    if head.ids & clause and own in mine:
        return True
    others = any(n.ids & theirs or _alike(claim.names, n.ids, fact.line, theirs) for n in said[:-1])
    return others and not head.ids & _rivals(fact)


def _begins_name(claim: Claimed, head: Named, fact: Fact) -> bool:
    """Whether the words of *head* and before it begin the owner's name: 全国乘用车 of …市场."""
    if fact.figure is None:
        return False
    owner, words = fold(fact.figure.subject), claim.reading.folded
    return any(
        owner.startswith(words[start : head.end]) and head.end - start >= 4
        for start in range(max(0, head.start - 4), head.start)
    )


def _is_short_for(head: Named, fact: Fact) -> bool:
    """Whether *head* is the owner's name cut short, 社融 of 社会融资规模, and nobody else's."""
    if fact.figure is None or len(head.text) > _SHORT:
        return False
    figures = fact.line.document.extraction.figures
    if any(figure.entity in head.ids for figure in figures):
        return False
    owner, short = fold(fact.figure.subject), fold(head.text)
    return owner.startswith(short[0]) and abbreviated(short).match(owner) is not None


def _acts(claim: Claimed, atom: Atom, fact: Fact) -> bool:
    """Whether the claim tells what its first name does to something: 该组织把产量提高到…."""
    start = atom.quantity.span.start
    doer = next((n for n in claim.reading.names if n.start < start), None)
    if doer is None or not doer.ids & fact.line.ids:
        return False
    if fact.figure and re.search("[将把]" + re.escape(fact.figure.subject), fact.line.text):
        return doer.ids <= fact.line.reading.names[0].ids  # the source tells so, too
    done = claim.reading.text[doer.end : start]
    return _DOES.match(done) is not None and not any(
        n.start > doer.start and _is_party(n) for n in atom.subjects
    )


def _owners_of(fact: Fact) -> set[str]:
    """Whom *fact* is told of, as ingest has it and as the words next to it have it."""
    own = fact.figure.entity if fact.figure else None
    found = {own} if own else set()
    if fact.atom and fact.atom.head and not (fact.atom.exact and own):
        found |= fact.atom.head.ids
    return found or set(fact.line.ids)


def _rivals(fact: Fact) -> frozenset[str]:
    """Whom the other figures of the sentence are told of."""
    return frozenset(
        f.figure.entity for f in fact.line.facts if f.figure and f.figure.entity and f is not fact
    )


def _is_written(runs: Sequence[str], fact: Fact) -> bool:
    """Whether one of *runs* stands in what the fact's own clause says, in whole or in part."""
    at = fact.line.reading.words(fact.atom.clause) if fact.atom else fact.line.folded
    words = at + fold(fact.figure.subject if fact.figure else "") + fact.line.setting
    if fact.atom is None or _is_led(fact.line, fact.atom):
        words += fact.line.folded
    held = grams(words)
    wanted = set().union(*(grams(run) for run in runs))
    if not wanted or len(wanted & held) * 2 >= len(wanted) or any(r in words for r in runs):
        return True
    return all(len(run) <= _SHORT and abbreviated(run).search(words) for run in runs)


def _is_party(name: Named) -> bool:
    return name.type is None or name.type in _PARTIES


def _alike(names: Names, ids: Iterable[str], line: Line, theirs: Iterable[str]) -> bool:
    """Whether two entities have one stem: 科技股 and 科技板块."""
    return not names.stems(ids).isdisjoint(line.document.names.stems(theirs))


def _named(names: Names, ids: Iterable[str]) -> str:
    found = [names.entities[i].name for i in sorted(ids) if i in names.entities]
    return found[0] if found else "别的主体"


def _owner(fact: Fact) -> str:
    if fact.figure:
        return fact.figure.subject
    head = fact.atom.head if fact.atom else None
    return head.text if head else "别的主体"


def _is_led(line: Line, atom: Atom) -> bool:
    """Whether the clause of *atom* leaves its subject to the words before it."""
    at = atom.quantity.span.start
    return not atom.subjects and not residue(line.reading.masked(at - len(atom.near), at))
