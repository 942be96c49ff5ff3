"""Which files are articles, and their bytes."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from kg.errors import InputError
from kg.records import MediaType

MEDIA: dict[str, MediaType] = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".pdf": "application/pdf",
    ".csv": "text/csv",
}
"""The kinds of file that are read, by suffix."""

MAX_BYTES = 20_000_000

_KINDS = ".txt, .md, .html, .pdf or .csv"


def find_articles(paths: Iterable[Path]) -> tuple[Path, ...]:
    """List the article files that *paths* name, as absolute paths.

    A file is taken whatever it is (`read_article` judges it).  A folder is searched with its
    subfolders for files of the kinds that are read; hidden files, those that tell about the
    folder (README) and all others are passed over.  A file named twice counts once.

    :returns: the files in the order of *paths*, those of a folder sorted.
    :raises InputError: for a missing path, a folder that holds no article or cannot be listed,
        and two files whose stems, and so whose document names, are the same.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if not _exists(path):
            raise InputError(f"{path}: no such file or folder; check the path")
        if path.is_dir():
            inside = _articles_in(path)
            if not inside:
                raise InputError(f"{path}: the folder holds no article; put {_KINDS} files into it")
            found.update(dict.fromkeys(inside))
        else:
            found[path.resolve()] = None
    by_stem: dict[str, Path] = {}
    for path in found:
        other = by_stem.setdefault(path.stem, path)
        if other is not path:
            raise InputError(
                f"{path}: same document name {path.stem!r} as {other}; rename one of the two"
            )
    return tuple(found)


def media_of(path: Path) -> MediaType:
    """The kind of file that *path* names by its suffix.

    :raises InputError: for a kind that is not read.
    """
    media = MEDIA.get(path.suffix.lower())
    if media is None:
        raise InputError(f"{path}: is no {_KINDS} file; save it as one of these")
    return media


def read_bytes(path: Path) -> bytes:
    """The content of a regular file, at most `MAX_BYTES` bytes.

    :raises InputError: for a file that is missing, no regular file, too large or unreadable.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise InputError(f"{path}: is a folder; name a file in it")
        # A pipe or a device would block or never end.
        if not stat.S_ISREG(status.st_mode):
            raise InputError(f"{path}: is not a regular file; name a {_KINDS} file")
        media_of(path)
        # The size may lie (a file that still grows), so the read is bounded too.
        if status.st_size <= MAX_BYTES:
            with path.open("rb") as stream:
                content = stream.read(MAX_BYTES + 1)
            if len(content) <= MAX_BYTES:
                return content
    except FileNotFoundError:
        raise InputError(f"{path}: no such file; check the path") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise InputError(
            f"{path}: the file cannot be read ({reason}); check the name and its permissions"
        ) from None
    raise InputError(
        f"{path}: the file is larger than {MAX_BYTES // 1_000_000} MB; "
        "split it into single articles"
    )


def _exists(path: Path) -> bool:
    # A name that no file system accepts (too long, a NUL in it) names no file either.
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _articles_in(folder: Path) -> list[Path]:
    def refuse(error: OSError) -> None:
        raise InputError(
            f"{error.filename}: the folder cannot be listed ({error.strerror}); "
            "check its permissions"
        )

    found = []
    for parent, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [
            path.resolve()
            for name in names
            if not name.startswith(".")
            and name.split(".")[0].upper() != "README"
            and (path := Path(parent, name)).suffix.lower() in MEDIA
        ]
    return sorted(found)
