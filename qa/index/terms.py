"""The term index: BM25 over character unigrams and bigrams, in SQLite FTS5.

Chinese has no spaces, and a segmenter that splits a question otherwise than the article
loses the match; overlapping bigrams with unigrams cannot (measured in benchmarks/retrieval.py).

The file also is the catalogue of both indexes: a version is *begun* before anything of
it is written to either, and *settled* when both hold all of it and the graph's snapshot is
published.  Whatever is begun and not settled was interrupted.
"""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from math import log
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import HomeError
from qa.index.passages import Passage

if TYPE_CHECKING:
    from opencc import OpenCC

# Scripts written without spaces between words: kana, Han and its extensions.
_UNSPACED = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(rf"[{_UNSPACED}]+|\d+(?:[.,]\d+)*|[^\W\d_{_UNSPACED}]+")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_UNSPACED_RUN = re.compile(f"[{_UNSPACED}]")

_MOST_TERMS = 512  # of one question; FTS5 refuses expressions of thousands
_MOST_ROWS = 8_000  # that the terms of one question may stand in, together: what a search costs
_FEWEST_TERMS = 4  # that are searched for however common they are

_FORMAT = 2  # raised when what is stored changes: an index of another format is built anew
_SCHEMA = f"""
CREATE TABLE versions (
    version TEXT PRIMARY KEY, doc TEXT NOT NULL, settled INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE passages (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, version TEXT NOT NULL, digest TEXT NOT NULL
);
CREATE INDEX passages_of_version ON passages (version);
CREATE TABLE frequencies (term TEXT PRIMARY KEY, passages INTEGER NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE terms USING fts5 (words, tokenize = "ascii tokenchars '.'");
PRAGMA user_version = {_FORMAT};
"""


@cache
def _simplifier() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")


def terms_of(text: str) -> list[str]:
    """The index terms of *text*, in order, with repetitions.

    Width, case and traditional script are folded (NFKC, case folding, OpenCC).  A run of
    Han or kana gives its characters and its overlapping pairs, every other word itself,
    a number its digits without thousands separators.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    folded = _simplifier().convert(folded.encode("utf-8", "replace").decode("utf-8"))
    terms: list[str] = []
    for run in _RUN.findall(_THOUSANDS.sub("", folded)):
        terms += run if _UNSPACED_RUN.match(run) else [run]
        if _UNSPACED_RUN.match(run):
            terms += [run[i : i + 2] for i in range(len(run) - 1)]
    return terms


class TermIndex:
    """Passages by their terms, and the catalogue of versions.

    Write-ahead logging lets readers read while the one writer writes.  A file that does
    not exist reads as empty.
    """

    def __init__(self, connection: sqlite3.Connection | None) -> None:
        self._connection = connection

    @classmethod
    def reading(cls, path: Path) -> TermIndex:
        """The index at *path* as it is; empty where there is none. Raises `HomeError`."""
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
    def in_memory(cls) -> TermIndex:
        """An empty index of this process alone."""
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        connection.executescript(_SCHEMA)
        return cls(connection)

    @classmethod
    def writing(cls, path: Path) -> TermIndex:
        """The index at *path*, made where there is none; a damaged one is made anew.

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
        """The catalogue: every version of which an index may hold something, and if settled."""
        return {
            v: bool(settled) for v, settled in self._rows("SELECT version, settled FROM versions")
        }

    def digests(self) -> dict[str, str]:
        """Of every passage held, by id, the digest of the text that its terms are of."""
        return {str(i): str(d) for i, d in self._rows("SELECT id, digest FROM passages")}

    def begin(self, version: str, *, doc: str) -> None:
        """Notes that *version* of *doc* is about to be written to either index."""
        with self._writer as db:
            db.execute("INSERT OR REPLACE INTO versions VALUES (?, ?, 0)", (version, doc))

    def settle(self, versions: Iterable[str]) -> None:
        """Notes that both indexes and the published graph hold all of *versions*."""
        with self._writer as db:
            db.executemany(
                "UPDATE versions SET settled = 1 WHERE version = ?", [(v,) for v in versions]
            )

    def put(self, version: str, passages: Sequence[Passage]) -> None:
        """Holds exactly *passages* of *version*, in one transaction."""
        counts: Counter[str] = Counter()
        with self._writer as db:
            _delete(db, version)
            for passage in passages:
                number = db.execute(
                    "INSERT INTO passages (id, version, digest) VALUES (?, ?, ?)",
                    (passage.id, version, passage.digest),
                ).lastrowid
                words = terms_of(passage.indexed)
                db.execute(
                    "INSERT INTO terms (rowid, words) VALUES (?, ?)", (number, " ".join(words))
                )
                counts.update(set(words))
            _count(db, counts)

    def remove(self, versions: Iterable[str]) -> None:
        """Drops *versions* and their place in the catalogue, in one transaction."""
        with self._writer as db:
            for version in versions:
                _delete(db, version)
                db.execute("DELETE FROM versions WHERE version = ?", (version,))

    def search(
        self, query: str, *, k: int, versions: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """The *k* best passages as (id, BM25 score), best first, equals by id.

        *versions* limits the search.  Scores are positive; a passage without any term of
        *query* is not among the results.  Where there are so many passages that the search
        would take long, the commonest terms, which tell least, are not searched for.
        """
        terms = self._telling(list(dict.fromkeys(terms_of(query)))[:_MOST_TERMS])
        if not terms or k <= 0:
            return []
        match = " OR ".join(f'"{term}"' for term in terms)
        limit = "" if versions is None else "AND version IN (SELECT value FROM json_each(?))"
        values = [match] if versions is None else [match, json.dumps(list(versions))]
        rows = self._rows(
            "SELECT id, -bm25(terms) AS score FROM terms JOIN passages ON number = terms.rowid "  # noqa: S608
            f"WHERE terms MATCH ? {limit} ORDER BY score DESC, id LIMIT ?",
            (*values, k),
        )
        return [(str(id_), float(score)) for id_, score in rows]

    def coverage(self, query: str, passage: str) -> float:
        """The share of the terms of *query* that the passage of this id has, 0 to 1.

        A term weighs as much as it is rare (BM25's inverse document frequency), one that no
        passage has nothing.
        """
        words = self._rows(
            "SELECT words FROM terms JOIN passages ON number = terms.rowid WHERE id = ?", (passage,)
        )
        ((total,),) = self._rows("SELECT count(*) FROM passages")
        rows = self._rows(
            "SELECT term, passages FROM frequencies WHERE term IN (SELECT value FROM json_each(?))",
            (json.dumps(list(dict.fromkeys(terms_of(query)))[:_MOST_TERMS]),),
        )
        rarity = {term: log(1 + (total - n + 0.5) / (n + 0.5)) for term, n in rows}
        held = set(words[0][0].split()) if words else set()
        whole = sum(rarity.values())
        return sum(weight for term, weight in rarity.items() if term in held) / (whole or 1.0)

    def _telling(self, terms: Sequence[str]) -> list[str]:
        """The rarest of *terms* that stand in at most `_MOST_ROWS` passages together."""
        rows = self._rows(
            "SELECT term, passages FROM frequencies "
            "WHERE term IN (SELECT value FROM json_each(?)) ORDER BY passages, term",
            (json.dumps(terms),),
        )
        kept: list[str] = []
        total = 0
        for term, passages in rows:
            total += passages
            if total > _MOST_ROWS and len(kept) >= _FEWEST_TERMS:
                break
            kept.append(str(term))
        return kept

    @property
    def _writer(self) -> sqlite3.Connection:
        if self._connection is None:
            raise HomeError("the term index is closed; open the knowledge base again")
        return self._connection

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        if self._connection is None:
            return []
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise HomeError(
                f"the term index cannot be read ({error}); 'yinzheng doctor' builds it anew"
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


def _count(db: sqlite3.Connection, counts: Mapping[str, int]) -> None:
    """Adds *counts*, of passages by term, to the frequencies."""
    db.executemany(
        "INSERT INTO frequencies VALUES (?, ?) "
        "ON CONFLICT (term) DO UPDATE SET passages = passages + excluded.passages",
        counts.items(),
    )


def _delete(db: sqlite3.Connection, version: str) -> None:
    gone: Counter[str] = Counter()
    for (words,) in db.execute(
        "SELECT words FROM terms WHERE rowid IN (SELECT number FROM passages WHERE version = ?)",
        (version,),
    ):
        gone.subtract(set(words.split()))
    _count(db, gone)
    db.executemany(
        "DELETE FROM frequencies WHERE term = ? AND passages <= 0", [(term,) for term in gone]
    )
    db.execute(
        "DELETE FROM terms WHERE rowid IN (SELECT number FROM passages WHERE version = ?)",
        (version,),
    )
    db.execute("DELETE FROM passages WHERE version = ?", (version,))


def _unusable(path: Path, error: Exception) -> HomeError:
    return HomeError(f"the term index {path} cannot be opened ({error}); check the folder's rights")
