"""The setting of each quantity: the words before and after it, and its part in the clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from ingest.attribution.cues import (
    COMPARING_RE,
    DIRECTION_RE,
    FALLING_RE,
    LEVEL_END_RE,
    RELATIVE_RE,
    RISING_RE,
    UNDIRECTED_RE,
    last_match,
)
from ingest.attribution.phrases import Clause
from ingest.attribution.view import MOVED_CLASS, Placed, View
from kg.records import Quantity

Part: TypeAlias = Literal[
    "change",  # 上涨3%
    "level",  # 至3%, 为3%
    "baseline",  # 较上月的3%
    "origin",  # 由3%
    "next",  # the second of 3%、4%和5%
]

LENGTHS = frozenset("trading_day day week month quarter year hour minute second".split())

_LIST_JOINT = re.compile(
    f"(?:[、和与及]|以及)(?:{FALLING_RE.pattern}|{RISING_RE.pattern})?(?:约|近|逾|超)?"
)
_NAMELIKE = str.maketrans(dict.fromkeys("比高低多少将把", "＿"))
_ORIGIN = re.compile(r"(?:由|从|自)[^，]{0,14}?(?:的|时的)?$")
_THENCE = re.compile(r"[^，。；、]{0,8}?(?:至|到|为|的)")
_LEVEL_RELATION = re.compile(r"(?:低于|高于|超过|不及|逊于|好于|优于|弱于|强于|大于|小于)$")
_OF_OTHER = re.compile(r"的?[^，。；、]{0,4}?(?:涨幅|跌幅|回报|收益|升幅|降幅|表现)")
_COMPARATIVE = re.compile("[低高多少]")
_COMPARED_BY = re.compile(
    r"(?:交付|卖|销售|售|赚|亏|产|装|涨|跌|花|投|出|了|于|达|约|近|逾|超过?|不到|不足|大约|至少|整整)*$"
)
_PREDICATE_ONLY = re.compile(
    "(?:分别|依次|各|均|约|仅|已)*(?:[由从][^，。；的]{0,6}的?|为|是|达到?)"
)
_RIGHT = re.compile(r"^[^，。；：、（）()]{0,24}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One quantity in its clause."""

    quantity: Placed[Quantity]
    clause: int  # index into the clauses of the view
    before: str  # from the clause's start, or the quantity before it in the clause
    lead_in: str  # from the clause's start
    after: str  # to the next quantity or point
    part: Part
    compared: bool  # a baseline of the same clause stands before it
    listed: int | None  # index of the first frame of the list that it continues

    @property
    def is_sum(self) -> bool:
        """Whether the quantity is a sum of money, and no price per unit."""
        unit = self.quantity.record.unit
        return len(unit) == 3 and unit.isupper()


def frames_of(view: View, clauses: Sequence[Clause]) -> tuple[Frame, ...]:
    """One frame for each quantity of the view, in order."""
    frames: list[Frame] = []
    quantities = view.quantities
    text = list(view.text)
    for mention in view.mentions:  # 比亚迪 compares nothing, 高盛 is not high
        name = RELATIVE_RE.sub(  # 中原城市领先指数 leads nobody
            lambda found: "＿" * len(found.group()), view.text[mention.start : mention.end]
        )
        text[mention.start : mention.end] = name.translate(_NAMELIKE)
    words = MOVED_CLASS.sub(lambda found: "＿" * len(found.group()), "".join(text))
    for index, quantity in enumerate(quantities):
        at = next(i for i, c in enumerate(clauses) if c.start <= quantity.start < max(c.end, 1))
        clause = clauses[at]
        last_end = quantities[index - 1].end if index else 0
        start = max(clause.start, last_end)
        opening = clause.start
        if start == clause.start and _goes_on(words, clauses, at, quantity, quantities):
            start = opening = clauses[at - 1].start
        before = words[start : quantity.start]
        limit = quantities[index + 1].start if index + 1 < len(quantities) else len(view.text)
        right = _RIGHT.match(view.text[quantity.end : max(limit, quantity.end)])
        listed = None
        if index and _LIST_JOINT.fullmatch(view.text[last_end : quantity.start]):
            previous = frames[-1]
            listed = previous.listed if previous.listed is not None else index - 1
        frames.append(
            Frame(
                quantity=quantity,
                clause=at,
                before=before,
                lead_in=words[opening : quantity.start],
                after=right.group() if right else "",
                compared=bool(frames) and frames[-1].clause == at and frames[-1].part == "baseline",
                part="next" if listed is not None else _part(before, view, quantity),
                listed=listed,
            )
        )
    return tuple(frames)


def _goes_on(
    words: str,
    clauses: Sequence[Clause],
    at: int,
    quantity: Placed[Quantity],
    quantities: Sequence[Placed[Quantity]],
) -> bool:
    """Whether a clause is the predicate of the noun that ends the one before: 跌幅更大，为4.1%."""
    if not at or clauses[at].opener not in ("，", "："):
        return False
    told = any(clauses[at - 1].start <= q.start < clauses[at - 1].end for q in quantities)
    return (
        not told and _PREDICATE_ONLY.fullmatch(words, clauses[at].start, quantity.start) is not None
    )


def directions(words: str) -> list[re.Match[str]]:
    """The words of direction in *words*, those that only look like one left out."""
    hidden = UNDIRECTED_RE.sub(lambda found: "＿" * len(found.group()), words)
    return [
        found
        for found in DIRECTION_RE.finditer(hidden)
        if not _COMPARATIVE.fullmatch(found.group()) or _COMPARED_BY.fullmatch(hidden, found.end())
    ]


def _part(before: str, view: View, quantity: Placed[Quantity]) -> Part:
    if (comparing := last_match(COMPARING_RE, before)) is not None:
        between = before[comparing.end() :]
        if between and not directions(between):
            behind = view.text[quantity.end : quantity.end + 8]
            if RELATIVE_RE.fullmatch(comparing.group()) and not _OF_OTHER.match(behind):
                return "change"
            if LEVEL_END_RE.search(between) is None:
                return "baseline"
        if not between and _LEVEL_RELATION.search(before):
            return "level"
    origin = _ORIGIN.search(before)
    behind = view.text[quantity.end : quantity.end + 12]
    if origin and not directions(origin.group()) and _THENCE.match(behind):
        return "origin"
    if LEVEL_END_RE.search(before):
        return "level"
    return "change" if directions(before) else "level"
