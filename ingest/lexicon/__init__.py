"""What we know by name before reading: companies, indices, sectors, people and their like.

The stored form is ``lexicon.ttl``, SKOS in Turtle (`ingest.lexicon.skos`), written from knowledge
and edited by hand; the many listed firms of which only name and share matter are a table beside it,
``listed.csv``.  A user's own file, Turtle of the same form or a CSV table
(`ingest.lexicon.table`), is read after it; an entry of an id already known replaces it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from ingest.lexicon.folding import fold
from ingest.lexicon.name_index import NameIndex
from ingest.lexicon.records import Lexicon, LexiconEntry
from ingest.lexicon.skos import read_turtle, write_turtle
from ingest.lexicon.table import read_table
from kg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "BUNDLED",
    "LISTED",
    "Lexicon",
    "LexiconEntry",
    "NameIndex",
    "load_lexicon",
    "read_lexicon",
    "with_own",
    "write_turtle",
]

BUNDLED = Path(__file__).with_name("lexicon.ttl")
LISTED = Path(__file__).with_name("listed.csv")


def load_lexicon(extra: Sequence[Path] = ()) -> Lexicon:
    """Our lexicon, then the user's files in their order.

    :raises InputError: see `read_lexicon`.
    """
    return with_own([entry for path in extra for entry in read_lexicon(path)])


def with_own(own: Iterable[LexiconEntry]) -> Lexicon:
    """Our lexicon and the user's *own* entries, which have the last word.

    An entry of an id already known replaces it.  A name or a ticker that an own entry bears
    without marking it ambiguous is no longer another's, but for the name that one goes by.
    """
    mine = {entry.id: entry for entry in own}
    names = {fold(n) for e in mine.values() for n in e.names if n not in e.ambiguous}
    tickers = {ticker for entry in mine.values() for ticker in entry.tickers}
    bundled = (entry for path in (BUNDLED, LISTED) for entry in read_lexicon(path))
    ours = (e for e in bundled if e.id not in mine)
    entries = {e.id: _without(e, names, tickers) for e in ours} if mine else {e.id: e for e in ours}
    return Lexicon(MappingProxyType(entries | mine))


def _without(entry: LexiconEntry, names: set[str], tickers: set[str]) -> LexiconEntry:
    kept = tuple(name for name in entry.aliases if fold(name) not in names)
    if kept == entry.aliases and tickers.isdisjoint(entry.tickers):
        return entry
    return replace(
        entry,
        aliases=kept,
        ambiguous=tuple(n for n in entry.ambiguous if n in (entry.zh, entry.en, *kept)),
        tickers=tuple(t for t in entry.tickers if t not in tickers),
    )


def read_lexicon(path: Path) -> list[LexiconEntry]:
    """The entries of one file, told apart by its suffix.

    :raises InputError: if the suffix is neither ``.ttl`` nor ``.csv``, or the file is faulty.
    """
    match path.suffix.lower():
        case ".ttl":
            return read_turtle(path)
        case ".csv":
            return read_table(path)
        case suffix:
            raise InputError(f"A lexicon is a .ttl or .csv file, not {suffix!r}: {path}")
