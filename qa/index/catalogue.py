"""The catalogue of a home: what the indexes hold, and what its documents call things.

A version of a document is *begun* before anything of it is written to an index, and *settled*
when both hold all of it and the graph's snapshot is published.  Whatever is begun and not
settled was interrupted.  The names stand here as well as in the graph so that a question
over thousands of documents finds its own without reading the others.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from kg.errors import HomeError
from kg.records import EntityType
from qa.index.namings import Naming

_FORMAT = 3  # raised when what is stored changes: a catalogue of another format is made anew
_SCHEMA = f"""
CREATE TABLE versions (
    version TEXT PRIMARY KEY, doc TEXT NOT NULL, settled INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE namings (
    version TEXT NOT NULL, number INTEGER NOT NULL,
    name TEXT NOT NULL, entity TEXT NOT NULL, type TEXT NOT NULL,
    PRIMARY KEY (version, number)
) WITHOUT ROWID;
CREATE INDEX namings_of_entity ON namings (entity, version);
CREATE TABLE forms (
    form TEXT NOT NULL, entity TEXT NOT NULL, type TEXT NOT NULL, version TEXT NOT NULL,
    PRIMARY KEY (form, entity, version)
) WITHOUT ROWID;
CREATE INDEX forms_of_version ON forms (version);
PRAGMA user_version = {_FORMAT};
"""


class Catalogue:
    """Versions and names, in SQLite.

    Write-ahead logging lets readers read while the one writer writes.  A file that does
    not exist reads as empty.
    """

    def __init__(self, connection: sqlite3.Connection | None) -> None:
        self._connection = connection

    @classmethod
    def reading(cls, path: Path) -> Catalogue:
        """The catalogue at *path* as it is; empty where there is none. Raises `HomeError`."""
        if not path.exists():
            return cls(None)
        try:
            connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False
            )
            current = _format(connection) == _FORMAT
        except sqlite3.Error as error:
            raise _unusable(path, error) from error
        if current:
            return cls(connection)
        connection.close()
        return cls(None)

    @classmethod
    def in_memory(cls) -> Catalogue:
        """An empty catalogue of this process alone."""
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        connection.executescript(_SCHEMA)
        return cls(connection)

    @classmethod
    def writing(cls, path: Path) -> Catalogue:
        """The catalogue at *path*, made where there is none; a damaged one is made anew.

        Raises `HomeError` where it cannot be written.
        """
        try:
            try:
                return cls(_writable(path))
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError):
                    raise  # the disk, not the content
                _remove(path)
                return cls(_writable(path))
        except (sqlite3.Error, OSError) as error:
            raise _unusable(path, error) from error

    def close(self) -> None:
        """Lets go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def versions(self) -> dict[str, bool]:
        """Every version of which an index may hold something, and if it is settled."""
        rows = self._rows("SELECT version, settled FROM versions")
        return {version: bool(settled) for version, settled in rows}

    def namings(self) -> dict[str, tuple[Naming, ...]]:
        """What each version calls things, as it was told."""
        held: dict[str, list[Naming]] = defaultdict(list)
        rows = self._rows(
            "SELECT version, name, entity, type FROM namings ORDER BY version, number"
        )
        for version, name, entity, kind in rows:
            held[version].append(Naming(name, entity, kind))
        return {version: tuple(namings) for version, namings in held.items()}

    def names(self) -> list[str]:
        """Every name of any document, once, in order of code points."""
        return [name for (name,) in self._rows("SELECT DISTINCT name FROM namings ORDER BY name")]

    def called(self, forms: Iterable[str]) -> list[tuple[str, str, EntityType]]:
        """Which of *forms* (`Naming.forms`) name an entity: each with its id and type."""
        return self._rows(
            "SELECT DISTINCT form, entity, type FROM forms "
            "WHERE form IN (SELECT value FROM json_each(?))",
            (json.dumps(list(forms), ensure_ascii=True),),
        )

    def speaking_of(
        self, entities: Collection[str], versions: Collection[str] | None = None
    ) -> Mapping[str, frozenset[str]]:
        """The versions that speak of each of *entities*; only among *versions*, if told."""
        within = "" if versions is None else "AND version IN (SELECT value FROM json_each(?))"
        rows = self._rows(
            "SELECT DISTINCT entity, version FROM namings "  # noqa: S608
            f"WHERE entity IN (SELECT value FROM json_each(?)) {within}",
            [json.dumps(list(c)) for c in (entities, versions) if c is not None],
        )
        found: dict[str, set[str]] = defaultdict(set)
        for entity, version in rows:
            found[entity].add(version)
        return {entity: frozenset(versions) for entity, versions in found.items()}

    def begin(self, version: str, *, doc: str, namings: Iterable[Naming] = ()) -> None:
        """Notes that *version* of *doc*, which has *namings*, is about to be written."""
        with self._writer as db:
            _delete(db, version)
            db.execute("INSERT INTO versions VALUES (?, ?, 0)", (version, doc))
            for number, naming in enumerate(namings):
                row = (naming.entity, naming.type)
                db.execute(
                    "INSERT INTO namings VALUES (?, ?, ?, ?, ?)",
                    (version, number, naming.name, *row),
                )
                db.executemany(
                    "INSERT OR IGNORE INTO forms VALUES (?, ?, ?, ?)",
                    [(form, *row, version) for form in naming.forms],
                )

    def settle(self, versions: Iterable[str]) -> None:
        """Notes that both indexes and the published graph hold all of *versions*."""
        with self._writer as db:
            db.executemany(
                "UPDATE versions SET settled = 1 WHERE version = ?", [(v,) for v in versions]
            )

    def remove(self, versions: Iterable[str]) -> None:
        """Drops all that is known of *versions*, in one transaction."""
        with self._writer as db:
            for version in versions:
                _delete(db, version)

    @property
    def _writer(self) -> sqlite3.Connection:
        if self._connection is None:
            raise HomeError("the catalogue is closed; open the knowledge base again")
        return self._connection

    def _rows(self, query: str, values: Iterable[object] = ()) -> list[tuple[Any, ...]]:
        if self._connection is None:
            return []
        try:
            return self._connection.execute(query, tuple(values)).fetchall()
        except sqlite3.Error as error:
            raise HomeError(
                f"the catalogue cannot be read ({error}); 'yinzheng doctor' builds it anew"
            ) from error


def _format(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _writable(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, check_same_thread=False)
    try:
        if _format(connection) != _FORMAT:
            connection.close()
            _remove(path)
            connection = sqlite3.connect(path, check_same_thread=False)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(f"BEGIN;{_SCHEMA}COMMIT;")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("SELECT count(*) FROM versions").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _delete(db: sqlite3.Connection, version: str) -> None:
    db.execute("DELETE FROM forms WHERE version = ?", (version,))
    db.execute("DELETE FROM namings WHERE version = ?", (version,))
    db.execute("DELETE FROM versions WHERE version = ?", (version,))


def _unusable(path: Path, error: Exception) -> HomeError:
    return HomeError(f"the catalogue {path} cannot be opened ({error}); check the folder's rights")
