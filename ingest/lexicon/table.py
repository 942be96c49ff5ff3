"""A lexicon as a table: CSV with a header, one entity a row, ``;`` between values of a cell.

Columns: ``id,type,zh,en,aliases,ambiguous,tickers,broader,members,country``; the first three are
required, in any order.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

from ingest.lexicon.records import LexiconEntry, fault, is_entity_type
from kg.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

_REQUIRED = ("id", "type", "zh")


def read_table(path: Path) -> list[LexiconEntry]:
    """The entries of a CSV file (UTF-8, a byte order mark allowed), in the file's order.

    :raises InputError: if the file cannot be read, or a column or a required cell is missing.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restval="")
            missing = [c for c in _REQUIRED if c not in (reader.fieldnames or ())]
            if missing:
                raise InputError(f"The lexicon {path} lacks the column {missing[0]!r}.")
            rows = [(reader.line_num, _entry(row, path, reader.line_num)) for row in reader]
    except OSError as error:
        raise InputError(f"Cannot read the lexicon {path}: {error.strerror}.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"The lexicon {path} is not a UTF-8 CSV file: {error}") from error
    first: dict[str, int] = {}
    for line, entry in rows:
        if first.setdefault(entry.id, line) != line:
            raise InputError(
                f"The lexicon {path}, line {line}, has the id {entry.id!r} of line "
                f"{first[entry.id]} again."
            )
    return [entry for _, entry in rows]


def _entry(row: dict[str | Any, str | Any], path: Path, line: int) -> LexiconEntry:
    def values(column: str) -> tuple[str, ...]:
        return tuple(v for v in map(str.strip, (row.get(column) or "").split(";")) if v)

    if None in row:
        raise InputError(f"The lexicon {path}, line {line}, has more cells than the header.")

    def value(column: str) -> str | None:
        return (row.get(column) or "").strip() or None

    identifier, kind, zh = value("id"), value("type"), value("zh")
    if identifier is None or zh is None or not is_entity_type(kind):
        wrong = "an id" if identifier is None else "a zh name" if zh is None else "a known type"
        raise InputError(f"The lexicon {path}, line {line}, lacks {wrong}.")
    entry = LexiconEntry(
        id=identifier,
        type=kind,
        zh=zh,
        en=value("en"),
        aliases=values("aliases"),
        ambiguous=values("ambiguous"),
        tickers=values("tickers"),
        broader=values("broader"),
        members=values("members"),
        country=value("country"),
    )
    if (flaw := fault(entry)) is not None:
        raise InputError(f"The lexicon {path}, line {line}: {entry.id!r} {flaw}.")
    return entry
