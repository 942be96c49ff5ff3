"""What the lexicon holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeGuard, get_args

from ingest.lexicon.folding import fold
from ingest.lexicon.tickers import printed_forms
from kg.records import EntityType

if TYPE_CHECKING:
    from collections.abc import Mapping


def is_entity_type(code: str | None) -> TypeGuard[EntityType]:
    """Whether *code* is one of our types of entity."""
    return code in get_args(EntityType)


_TICKER = re.compile(r"[A-Z]{4} \S.*")


def fault(entry: LexiconEntry) -> str | None:
    """What is wrong with an entry that a user wrote, to follow its name; None if nothing is."""
    strays = [name for name in entry.ambiguous if name not in entry.names]
    if strays:
        return f"marks {strays[0]!r} as ambiguous, which is none of its names"
    odd = [ticker for ticker in entry.tickers if _TICKER.fullmatch(ticker) is None]
    if odd:
        return f"has the ticker {odd[0]!r}, which is not a market and a symbol ('XNAS MU')"
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class LexiconEntry:
    """One entity that we know by name, whether or not a document speaks of it.

    *ambiguous* names are words that also mean something else (苹果, 长江, or 能源 for a sector):
    they name this entity only where the text gives a second sign of it.
    """

    id: str
    type: EntityType
    zh: str  # preferred Chinese name, short: 美光科技
    en: str | None = None  # preferred English name
    aliases: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()  # subset of the names
    tickers: tuple[str, ...] = ()  # market and symbol: "XNAS MU" (ISO 10383 codes)
    broader: tuple[str, ...] = ()  # ids: a company's sector, a sector's parent, a person's house
    members: tuple[str, ...] = ()  # ids, of a group
    country: str | None = None  # ISO 3166-1 alpha-2

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, the preferred ones first, tickers excluded."""
        return tuple(dict.fromkeys(n for n in (self.zh, self.en, *self.aliases) if n))

    @property
    def ticker_forms(self) -> tuple[str, ...]:
        """Its tickers as articles print them, ``MU`` or ``600519.SH``."""
        return tuple(dict.fromkeys(f for t in self.tickers for f in printed_forms(t)))


@dataclass(frozen=True)
class Lexicon:
    """The entries, by id. Look-ups are built when first asked for."""

    entries: Mapping[str, LexiconEntry]

    def __len__(self) -> int:
        return len(self.entries)

    @cached_property
    def by_name(self) -> Mapping[str, tuple[LexiconEntry, ...]]:
        """Folded name → entries of that name."""
        found: dict[str, list[LexiconEntry]] = {}
        for entry in self.entries.values():
            for name in dict.fromkeys(fold(name) for name in entry.names):
                found.setdefault(name, []).append(entry)
        return MappingProxyType({name: tuple(entries) for name, entries in found.items()})

    @cached_property
    def by_ticker(self) -> Mapping[str, LexiconEntry]:
        """Printed ticker, upper case → entry. A form that two entries share names neither."""
        found: dict[str, LexiconEntry | None] = {}
        for entry in self.entries.values():
            for form in entry.ticker_forms:
                found[form] = entry if found.get(form, entry) is entry else None
        return MappingProxyType({form: entry for form, entry in found.items() if entry})

    @cached_property
    def weak(self) -> frozenset[tuple[str, str]]:
        """(folded name, id) of names that need a second sign in the text.

        Besides those marked so: a sector's bare name (能源) is an everyday word, and a name that
        two entries share tells them apart by nothing.
        """
        marked = {
            (fold(name), entry.id)
            for entry in self.entries.values()
            for name in (entry.names if entry.type == "sector" else entry.ambiguous)
        }
        shared = {
            (name, entry.id)
            for name, entries in self.by_name.items()
            if len(entries) > 1
            for entry in entries
        }
        return frozenset(marked | shared)
