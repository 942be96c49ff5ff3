"""From files to `Article`: found, decoded and checked, with nothing of the text changed."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from ingest.structure.lines import BLANK
from kg.errors import InputError
from kg.records import Article

TEXT_SUFFIXES = frozenset({".txt", ".md"})
PENDING_SUFFIXES = frozenset({".html", ".htm", ".pdf"})
MAX_BYTES = 20_000_000

_SAVE_AS_TEXT = "save it as UTF-8 text (.txt or .md)"
_BYTE_ORDER_MARK = "\ufeff"
_LAYOUT_CONTROLS = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85")


def find_articles(paths: Iterable[Path]) -> tuple[Path, ...]:
    """List the article files that *paths* name, as absolute paths.

    A file is taken whatever it is (`read_article` judges it).  A folder is searched with its
    subfolders for text files, and for the web pages and PDFs that `read_article` refuses by
    name; hidden files, those that tell about the folder (README) and all others are passed over.
    A file named twice counts once.

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
                raise InputError(
                    f"{path}: the folder holds no article; put .txt or .md files into it"
                )
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


def read_article(path: Path) -> Article:
    """Read one text file as it is: UTF-8, else GB18030, without a leading byte order mark.

    Line ends are untouched.  At most `MAX_BYTES` bytes are read.

    :raises InputError: for a file that is missing, no regular file, of a kind that is not read,
        too large, unreadable, empty, binary, or neither UTF-8 nor GB18030.
    """
    content = _read_bytes(path)
    text, encoding = _decode(path, content)
    text = text.removeprefix(_BYTE_ORDER_MARK)
    if not text.strip(BLANK):
        raise InputError(f"{path}: the file is empty; give it the article's text")
    return Article(
        doc=path.stem,
        path=str(path.resolve()),
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        encoding=encoding,
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
            and (path := Path(parent, name)).suffix.lower() in TEXT_SUFFIXES | PENDING_SUFFIXES
        ]
    return sorted(found)


def _read_bytes(path: Path) -> bytes:
    suffix = path.suffix.lower()
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise InputError(f"{path}: is a folder; name a file in it")
        # A pipe or a device would block or never end.
        if not stat.S_ISREG(status.st_mode):
            raise InputError(f"{path}: is not a regular file; name a .txt or .md file")
        if suffix in PENDING_SUFFIXES:
            raise InputError(f"{path}: {suffix} files are not read yet; {_SAVE_AS_TEXT}")
        if suffix not in TEXT_SUFFIXES:
            raise InputError(f"{path}: is no .txt or .md file; {_SAVE_AS_TEXT}")
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


def _decode(path: Path, content: bytes) -> tuple[str, Literal["utf-8", "gb18030"]]:
    if b"\0" in content:
        raise InputError(f"{path}: the file is binary (it holds NUL bytes); {_SAVE_AS_TEXT}")
    encoding: Literal["utf-8", "gb18030"] = "utf-8"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        encoding = "gb18030"
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            text = ""
        if not _is_plausible_chinese(text):
            raise InputError(
                f"{path}: the file is neither UTF-8 nor GB18030; {_SAVE_AS_TEXT}"
            ) from None
    controls = sum(
        (char < " " or "\x7f" <= char < "\xa0") and char not in _LAYOUT_CONTROLS for char in text
    )
    if controls * 100 > len(text):
        raise InputError(
            f"{path}: the file is binary ({controls} control characters); {_SAVE_AS_TEXT}"
        )
    return text, encoding


def _is_plausible_chinese(text: str) -> bool:
    # GB18030 gives almost any bytes some meaning, but what was written in Latin-1, Shift-JIS or
    # Big5 lands among rare characters, while the everyday ones all lie in its oldest part.
    foreign = [char for char in text if char > "\x7f"]
    common = len("".join(foreign).encode("gb2312", errors="ignore")) // 2
    return common * 2 > len(foreign)
