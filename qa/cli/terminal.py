"""Printing: text of strangers made harmless, columns of wide characters, progress.

Articles are untrusted.  Nothing of theirs reaches a terminal before `printable`.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import typer

from kg.errors import InputError
from qa.interchange import dump
from qa.plain import escaped, printable

ItemT = TypeVar("ItemT")

_RESET = "\x1b[0m"
_LIT, _UNLIT = "\ue000", "\ue001"  # private characters: where a passage is lit up, until it is said


def use_utf8() -> None:
    """Pipes and files carry UTF-8 whatever the locale; a terminal that lacks a sign shows ``?``."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream is sys.stdin:
                if not stream.isatty():
                    stream.reconfigure(encoding="utf-8-sig", errors="surrogateescape")
            elif stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="replace")


def say(text: str = "", *, end: str = "\n", err: bool = False) -> None:
    """Print text for a person on standard output, passages made by `lit` in colour or in ⟦ ⟧.

    With *err* on standard error.
    """
    before, after = "⟦", "⟧"
    if (sys.stderr if err else sys.stdout).isatty():
        before, after = typer.style("", bold=True, fg="black", bg="yellow", reset=False), _RESET
    pieces = [piece.split(_UNLIT) for piece in text.split(_LIT)]
    typer.echo(
        before.join(after.join(map(printable, piece)) for piece in pieces) + end, nl=False, err=err
    )


def say_json(value: object) -> None:
    """Print *value* as one line of JSON; on a terminal, what it would obey is escaped."""
    text = dump(value)
    typer.echo(escaped(text) if sys.stdout.isatty() else text)


def emit(text: str) -> None:
    """Print data as it is, down to its line ends; on a terminal, made printable."""
    sys.stdout.write(printable(text) if sys.stdout.isatty() else text)


def emit_bytes(data: bytes) -> None:
    """Print binary data as it is.

    :raises InputError: if standard output is a terminal.
    """
    if sys.stdout.isatty():
        raise InputError("this format is not for terminals; name a file with -o FILE")
    sys.stdout.buffer.write(data)


def warn(text: str) -> None:
    """Print one line for a person on standard error."""
    typer.echo(f"yinzheng: {printable(text)}", err=True)


def columns(rows: Iterable[Sequence[str]], *, right: Sequence[int] = ()) -> str:
    """*rows* as aligned columns; a Chinese character takes two cells.

    :param right: indices of the columns that align right.
    """
    from rich.cells import cell_len

    table = [[" ".join(printable(cell).split()) for cell in row] for row in rows]
    widths = [max(map(cell_len, column)) for column in zip(*table, strict=True)]
    lines = []
    for row in table:
        cells = []
        for index, (cell, width) in enumerate(zip(row, widths, strict=True)):
            gap = " " * (width - cell_len(cell))
            cells.append(gap + cell if index in right else cell + gap)
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def around(text: str, start: int, end: int) -> str:
    """The paragraph of *text* that holds a passage, the passage lit."""
    begin = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    paragraph = text[begin : len(text) if stop < 0 else stop]
    return lit(paragraph, start - begin, end - begin)


def can_write(path: Path) -> bool:
    """Whether *path* is a file that can be appended to, or can be made one."""
    return os.access(path if path.exists() else path.parent, os.W_OK)


def lit(text: str, start: int, end: int) -> str:
    """*text* made printable with a passage marked, for `say`."""
    before, passage, after = (printable(t) for t in (text[:start], text[start:end], text[end:]))
    return f"{before}{lit_up(passage)}{after}"


def lit_up(words: str) -> str:
    """*words*, printable already, as a marked passage, for `say`."""
    return f"{_LIT}{words}{_UNLIT}"


def tracked(label: str, items: Sequence[ItemT]) -> Iterator[ItemT]:
    """Iterate over *items*, showing how far it is on standard error if that is a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(items, description=label, console=Console(stderr=True), transient=True)
