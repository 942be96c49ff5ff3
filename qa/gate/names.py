"""Names in a claim: those of the documents that it cites, and those that the lexicon knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from ingest.lexicon import LexiconEntry, NameIndex, load_lexicon
from ingest.lexicon.folding import fold
from kg.records import Entity, EntityType

_SUFFIX = re.compile(
    r"(?:板块|行业|产业|概念股?|类股|个股|股票|指数|公司|集团|控股|股份|有限|业务|渠道|部门|操作|股)+$"
)
_QUOTES = re.compile("[\\s‘’“”'\"「」『』《》]")
_BRACKET = re.compile("[（(][^（）()]*[）)]")


@dataclass(frozen=True, slots=True)
class Named:
    """A name at a place of a reading's text, with the ids of what it may stand for."""

    start: int
    end: int
    text: str
    ids: frozenset[str]
    type: EntityType | None
    known: bool  # the cited documents speak of it
    pointing: bool = False  # 该公司, 其: it names by reference


class Names:
    """The names of *entities*, over those of the lexicon. Ids are those of `Entity`."""

    def __init__(self, entities: Iterable[Entity], *, lexicon: bool = True) -> None:
        entities = tuple(entities)
        self.types: dict[str, EntityType] = {e.id: e.type for e in entities}
        self.entities: Mapping[str, Entity] = {e.id: e for e in entities}
        pairs = [
            (form, e.id) for e in entities for name in (e.name, *e.aliases) for form in _forms(name)
        ]
        self._index = NameIndex(pairs, simplify=False)
        self._lexicon = lexicon

    def find(self, text: str) -> list[Named]:
        """The names in *text*, left to right, the longest at each place."""
        own = [(span.start, span.end, frozenset(ids), True) for span, ids in self._index.find(text)]
        taken = {at for start, end, _, _ in own for at in range(start, end)}
        found = own
        if self._lexicon:
            index, types = _known()
            for span, ids in index.find(text):
                if span.end - span.start < 2 or span.start in taken or span.end - 1 in taken:
                    continue
                if text[span.start : span.end].isascii() and text[span.start : span.end].islower():
                    continue
                self.types.update((i, types[i]) for i in ids if i not in self.types)
                found.append(
                    (span.start, span.end, frozenset(ids), not self.entities.keys().isdisjoint(ids))
                )
        return [
            Named(start, end, text[start:end], ids, self.types.get(min(ids)), known)
            for start, end, ids, known in sorted(found)
        ]

    def stems(self, ids: Iterable[str]) -> frozenset[str]:
        """The stems of all names of *ids*: 房地产 of 房地产板块."""
        return frozenset(stem for i in ids for stem in self._stems(i))

    def forms(self, ids: Iterable[str]) -> list[str]:
        """All names of *ids*, folded."""
        found = []
        for entity in ids:
            known = self.entities.get(entity)
            names = (known.name, *known.aliases) if known else ()
            found += [fold(name) for name in (*names, *_names_of(entity))]
        return found

    def _stems(self, entity: str) -> frozenset[str]:
        found = self.entities.get(entity)
        names = (found.name, *found.aliases) if found else _names_of(entity)
        return frozenset(filter(None, map(stem_of, names)))


@cache
def _entries() -> Mapping[str, LexiconEntry]:
    return load_lexicon().entries


@cache
def _known() -> tuple[NameIndex, Mapping[str, EntityType]]:
    entries = _entries().values()
    pairs = [
        (name, entry.id)
        for entry in entries
        for name in entry.names
        if name not in entry.ambiguous and len(name) > 1
    ]
    return NameIndex(pairs, simplify=False), {entry.id: entry.type for entry in entries}


def _names_of(entity: str) -> tuple[str, ...]:
    entry = _entries().get(entity)
    return entry.names if entry else ()


@cache
def stem_of(name: str) -> str:
    """*name* folded, without what only tells its kind."""
    plain = _QUOTES.sub("", _BRACKET.sub("", fold(name)))
    stem = _SUFFIX.sub("", plain)
    return stem if len(stem) > 1 else plain


def _forms(name: str) -> list[str]:
    """*name* as texts write it: with and without its brackets."""
    short = _BRACKET.sub("", name).strip()
    forms = {name, short, _QUOTES.sub("", short)}
    if "兑" in name:
        forms.add(short.replace("兑", "对"))
    return [form for form in forms if len(form) > 1]
