"""The part that a figure plays in a change: where it sets out, arrives, how far it goes.

由2.3%收窄到1.8% and 由1.8%扩大到2.3% tell the same figures; 储备为7,296万盎司 is no increase.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, TypeAlias

from qa.gate import times
from qa.gate.claimed import Claimed, Fault
from qa.gate.evidence import Fact
from qa.gate.reading import Atom

Role: TypeAlias = Literal["base", "end", "change", "level"]

_ABOUT = "(?:约为?|大约|近|逾|超过?)?$"
_FROM = re.compile(
    "(?:由(?!于|此)|(?<!以)从(?!而)|(?<!各|来)自(?!身|己|营))([^，。；]{0,14})" + _ABOUT
)
_AGAINST = re.compile("(?:较|比)([^，。；]{0,6}[年月周季日前期][^，。；]{0,8}?)的?" + _ABOUT)
_EARLIER = re.compile(
    "(?:原先|原为|原来|此前|先前|之前|前值|会前|一年前|[上去]年(?:同期)?|同期|上[月周季]|上[一个]+[月周季]度?|"
    "前一[^，。；]{1,4})(?:则|仅|还)?(?:为|是|的|报)?" + _ABOUT
)
_ARRIVED = re.compile("[至到]了?" + _ABOUT)
_MOVED = re.compile(
    "(?:增加|减少|上涨|下跌|增长|下降|上升|回升|回落|提高|降低|提升|上调|下调|上修|下修|净增|净减|"
    "扩大|收窄|缩减|多增|少增|[^最]多|[^最]少|涨|跌|升|降)了?" + _ABOUT
)
_STANDS = re.compile("(?:为|是|达到?|收?报|收于|报收|录得|[:：])" + _ABOUT)
_COUNTING = re.compile("[涨跌升降增减多少扩缩速幅差变动率高低有]")
_BACK = re.compile(
    "较|比|由|从|原|此前|先前|之前|前值|同期|上年|去年|上月|上周|上季|上一|前一|一年前|会前|[高低]于|超过|不及"
)


def role_of(atom: Atom) -> Role | None:
    """The part that *atom* plays, as far as the words right before it tell."""
    near = atom.near
    if _ARRIVED.search(near):
        return "end"
    for pattern in (_FROM, _AGAINST):
        found = pattern.search(near)
        if found and not _COUNTING.search(found[1]) and not _STANDS.search(found[1]):
            return "base"
    if _EARLIER.search(near):
        return "base"
    if _MOVED.search(near):
        return "change"
    return "level" if _STANDS.search(near) and not _COUNTING.search(near) else None


def misplaced(claim: Claimed, atom: Atom, fact: Fact) -> Iterable[Fault]:
    """The fault of a claim that gives *fact* another part than its source does."""
    held = fact.atom
    if held is None:
        return
    mine, theirs = role_of(atom), role_of(held)
    said = fact.words
    if theirs == "base" and mine != "base" and not _is_earlier(claim, atom, mine, held):
        yield Fault(f"“{fact.quantity.text}”是变化之前的数：原文“{said}”")
    elif mine == "base" and theirs == "end":
        yield Fault(f"“{fact.quantity.text}”是变化之后的数：原文“{said}”")
    elif mine == "change" and (theirs == "end" or (theirs == "level" and not _is_rate(fact))):
        yield Fault(f"“{fact.quantity.text}”是水平，不是变化：原文“{said}”")


def _is_rate(fact: Fact) -> bool:
    """Whether *fact* may be a change though 为 stands before it: 跌幅居前，分别为3.12%."""
    return fact.quantity.unit in ("percent", "percentage_point", "basis_point")


def _is_earlier(claim: Claimed, atom: Atom, mine: Role | None, held: Atom) -> bool:
    """Whether *claim* tells *atom* of the earlier state, as the source does of *held*."""
    if mine == "end":
        return False
    reading = claim.reading
    if any(times.agree(p, held.periods) and not times.points(p) for p in reading.periods):
        return True
    end = reading.clauses[atom.clause].end
    return _BACK.search(reading.text[:end]) is not None
