"""The user's own lexicon of a home: its entries, and which documents were read with them.

::

    lexicon/entries.ttl     the entries of the files last named, SKOS as those are
    lexicon/read.json       key of a document's version → digest of the entries it was read with

The files that are named replace those named before; where none are named the home's are used.
Written by the one that writes the home.  What an interruption leaves unnoted is read anew.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from kg.errors import HomeError
from kg.home import write_atomically

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from ingest.lexicon import LexiconEntry

NONE = ""
"""The digest of no entries: a document that nothing is noted of was read with ours alone."""


class OwnLexicon:
    """The own lexicon of the home at *home*; *files* are those of the user's that replace it.

    Nothing is written before `keep`.

    :raises InputError: if one of *files* is faulty, or what the home keeps is.
    :raises HomeError: if the home's notes cannot be read.
    """

    def __init__(self, home: Path, files: Sequence[Path] = ()) -> None:
        from ingest.lexicon import read_lexicon

        self._entries = home / "lexicon" / "entries.ttl"
        self._notes = home / "lexicon" / "read.json"
        sources = files or ([self._entries] if self._entries.exists() else [])
        found = {entry.id: entry for path in sources for entry in read_lexicon(path)}
        self.entries: tuple[LexiconEntry, ...] = tuple(found.values())
        self.digest = _digest(self.entries)
        self._named = bool(files)
        self._read = self._load()

    def keep(self) -> None:
        """Make the named files' entries those of the home."""
        from ingest.lexicon import write_turtle

        if self._named:
            self._entries.parent.mkdir(exist_ok=True)
            write_atomically(self._entries, write_turtle(self.entries))

    def has_read(self, version: str) -> bool:
        """Whether the document of that key was read with these entries."""
        return self._read.get(version, NONE) == self.digest

    def note(self, version: str, *, among: Collection[str]) -> None:
        """Note that a document was read with these entries; forget those not *among* the held."""
        self._read = {key: value for key, value in self._read.items() if key in among}
        self._read.pop(version, None)
        if self.digest != NONE:
            self._read[version] = self.digest
        if self._read or self._notes.exists():
            self._notes.parent.mkdir(exist_ok=True)
            write_atomically(self._notes, json.dumps(self._read, indent=1, sort_keys=True) + "\n")

    def _load(self) -> dict[str, str]:
        try:
            read = json.loads(self._notes.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise HomeError(
                f"{self._notes} cannot be read ({error}); delete it and ingest the documents again"
            ) from None
        return {str(key): str(value) for key, value in dict(read).items()}


def _digest(entries: Sequence[LexiconEntry]) -> str:
    from ingest.lexicon import write_turtle

    return hashlib.sha256(write_turtle(entries).encode()).hexdigest() if entries else NONE
