"""Ties: figures that a text puts into relation with one another in words, as it says them.

合计, 相差, 由…升至…, 占, 区间, 最大 and 历时 each promise an arithmetic.  A tie keeps what is
promised and of which figures; whether it holds is for the audit to find out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from datetime import date

    from kg.records import Span

TieKind: TypeAlias = Literal[
    "gap",  # `gap` is how far `one` is above (up) or below (down) `other`, or apart from it
    "move",  # `from` becomes `to`, by `rate` (a share of `from`) or by `gap`
    "points",  # `level` after a move of `points`, which is `rate`
    "sum",  # the `part`s make the `whole`, or what is between each `from` and `to` does
    "part",  # the `part`s are some of the `whole`
    "share",  # the `part`s are `share` of the `whole`
    "range",  # each `value` is said to lie in `range`, or between `low` and `high`
    "rank",  # `ranked` is called the highest (up) or lowest (down) of itself and the `other`s
    "compared",  # `one` is said to be above (up) or below (down) `other`
    "worded",  # the words say up or down of each `value`
    "days",  # `count` is how long `dates` last
    "sessions",  # `count` is how many days `dates` hold on which the exchange `detail` trades
    "weekday",  # `dates` is said to be the day `detail` of the week
    "closed",  # `dates` is told as a trading day of the exchange `detail`
    "unreal",  # `dates` is a day that no calendar has
    "happened",  # `dates` is told as past
    "quarter",  # `named`, `detail` of a year that closes on `year`, is said to be `dates`
]

Sign: TypeAlias = Literal["up", "down"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Operand:
    """What a tie is about: a figure, told by its span, or a day or stretch of days."""

    role: str  # as `TieKind` names it
    span: Span
    begin: date | None = None  # of days, inclusive
    end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """One relation of figures that the words of a text promise."""

    kind: TieKind
    cue: Span  # the words that promise it
    operands: tuple[Operand, ...]  # of one role in the order of the text
    sign: Sign | None
    detail: str | None = None
    sentence: int  # of the cue: index into Document.sentences
