"""What a check is given and what it answers: frozen, free of the store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from kg.audit.numbers import Number
from kg.records import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One part of a case: a figure, or days of the calendar."""

    role: str
    doc: str
    span: Span
    printed: str
    sentence: str  # the words that it is in
    number: Number | None = None
    begin: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Figures that a rule puts together."""

    members: tuple[Member, ...]  # by role, in the order of the text
    sign: str | None = None  # up, down
    detail: str | None = None
    published: date | None = None  # of the (later) document

    def members_of(self, role: str) -> tuple[Member, ...]:
        """The members of a role."""
        return tuple(member for member in self.members if member.role == role)

    def numbers(self, role: str) -> tuple[Number, ...]:
        """The figures of a role."""
        return tuple(m.number for m in self.members_of(role) if m.number is not None)

    def number(self, role: str) -> Number | None:
        """The one figure of a role, if there is one."""
        found = self.numbers(role)
        return found[0] if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What does not hold, in a sentence, and of which members (all, if none is named)."""

    explanation: str
    members: tuple[Member, ...] = ()


Settings: TypeAlias = Mapping[str, Decimal]
"""The parameters of a rule, by name."""

Check: TypeAlias = Callable[[Case, Settings], Fault | None]
"""Whether a case holds: ``None`` if it does, or if nobody could prove that it does not."""
