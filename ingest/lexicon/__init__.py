"""What we know by name before reading: companies, indices, sectors, people and their like.

The stored form is ``lexicon.ttl``, SKOS in Turtle (`ingest.lexicon.skos`), written from knowledge
and edited by hand.  A user's own file, Turtle of the same form or a CSV table
(`ingest.lexicon.table`), is read after it; an entry of an id already known replaces it.
"""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from ingest.lexicon.name_index import NameIndex
from ingest.lexicon.records import Lexicon, LexiconEntry
from ingest.lexicon.skos import read_turtle, write_turtle
from ingest.lexicon.table import read_table
from kg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "BUNDLED",
    "Lexicon",
    "LexiconEntry",
    "NameIndex",
    "load_lexicon",
    "read_lexicon",
    "write_turtle",
]

BUNDLED = Path(__file__).with_name("lexicon.ttl")


def load_lexicon(extra: Sequence[Path] = ()) -> Lexicon:
    """Our lexicon, then the user's files in their order.

    :raises InputError: see `read_lexicon`.
    """
    entries = {e.id: e for path in (BUNDLED, *extra) for e in read_lexicon(path)}
    return Lexicon(MappingProxyType(entries))


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
