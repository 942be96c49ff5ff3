"""The worker's side: one query after another on the newest snapshot, within limits.

The kernel keeps the limits of time and memory: an alarm that nobody handles ends the process
on the second even if whoever asked has gone, and memory that is refused ends it at once.
"""

from __future__ import annotations

import ctypes
import json
import resource
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO, cast

from pyoxigraph import QueryTriples

from kg.errors import LimitError, YinzhengError
from kg.formats import GRAPH_FORMATS, RESULT_FORMATS
from kg.reader import GraphReader
from kg.sparql import run
from kg.storage import QueryResult
from kg.worker.records import (
    Limits,
    QueryReply,
    QueryRequest,
    UnfitFormatError,
    decode_request,
    encode_error,
)

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000  # of unshare(2)


def main(descriptor: int, home: Path, limits: Limits) -> None:
    """Answer requests that come over a socket until its other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever started it
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    leave_network()
    _hold(limits)
    with Connection(descriptor) as pipe, suppress(EOFError, BrokenPipeError, ConnectionResetError):
        try:
            reader = GraphReader.open(home)
        except YinzhengError as error:
            _send(pipe, encode_error(error))
            return
        _send(pipe, {})
        while True:
            request, seconds = decode_request(pipe.recv_bytes())
            signal.setitimer(signal.ITIMER_REAL, seconds)
            body = b""
            try:
                reply = answer(reader, request, limits)
            except YinzhengError as error:
                told = encode_error(error)
            except MemoryError:
                told = encode_error(limits.out_of_memory())
            else:
                told, body = {"kind": reply.kind, "generation": reply.generation}, reply.body
            signal.setitimer(signal.ITIMER_REAL, 0)
            _send(pipe, told, body)


def answer(reader: GraphReader, request: QueryRequest, limits: Limits) -> QueryReply:
    """The reply to a request, on the newest snapshot.

    :raises QueryError: if the query is broken or refused, or its result too large or unfit.
    """
    reader.refresh()
    if request.text is not None:
        text = run(reader, request.query, format=request.text, language=request.language)
        return QueryReply("text", text.encode(), reader.generation)

    def written(result: QueryResult) -> tuple[str, bytes]:
        sink = _Sink(limits, request.table)
        if isinstance(result, QueryTriples):
            if request.graph is None:
                raise UnfitFormatError("graph")
            sink = _Sink(limits, None)
            result.serialize(cast(IO[bytes], sink), format=GRAPH_FORMATS[request.graph])
            return "graph", sink.body()
        if request.table is None:
            raise UnfitFormatError("table")
        result.serialize(cast(IO[bytes], sink), format=RESULT_FORMATS[request.table])
        return "table", sink.body()

    kind, body = reader.query(request.query, written, dataset=request.dataset)
    return QueryReply(kind, body, reader.generation)


class _Sink:
    """What the store writes a result to, a few kilobytes at a time; it stops what is too much."""

    def __init__(self, limits: Limits, table: str | None) -> None:
        self._limits = limits
        self._rows, counter = _ROWS.get(table or "", (0, lambda: _nothing))
        self._count = counter()
        self._parts: list[bytes] = []
        self._bytes = 0

    def write(self, part: bytes) -> int:
        self._parts.append(bytes(part))
        self._bytes += len(part)
        self._rows += self._count(self._parts[-1])
        if self._bytes > self._limits.bytes:
            raise LimitError(
                f"the result is over the limit of {self._limits.bytes / (1 << 20):g} MB; "
                "ask for fewer columns, or for parts with LIMIT and OFFSET",
                limit="bytes",
            )
        if self._rows > self._limits.rows:
            raise LimitError(
                f"the result is over the limit of {self._limits.rows} rows; "
                "ask for parts with LIMIT and OFFSET, or for sums with GROUP BY",
                limit="rows",
            )
        return len(part)

    def flush(self) -> None:
        """Nothing is held back."""

    def body(self) -> bytes:
        return b"".join(self._parts)


def _marked(mark: bytes) -> Callable[[], Callable[[bytes], int]]:
    """A counter of a mark in text that comes in parts, made anew for each text."""

    def counter() -> Callable[[bytes], int]:
        before = b""

        def count(part: bytes) -> int:
            nonlocal before
            text = before + part
            before = text[-len(mark) + 1 :] if len(mark) > 1 else b""
            return text.count(mark)

        return count

    return counter


def _csv_rows() -> Callable[[bytes], int]:
    """As `_marked`, for line ends outside quotation marks."""
    quoted = False

    def count(part: bytes) -> int:
        nonlocal quoted
        pieces = part.split(b'"')
        rows = sum(piece.count(b"\n") for piece in pieces[quoted::2])
        quoted ^= len(pieces) % 2 == 0
        return rows

    return count


def _nothing(_part: bytes) -> int:
    return 0


# Where to count from, and what ends or divides the rows.  In XML and TSV nothing else can look
# so; in JSON a literal can that ends in ``}},{``, and then the limit is reached a row early.
_ROWS = {
    "csv": (-1, _csv_rows),
    "tsv": (-1, _marked(b"\n")),
    "json": (1, _marked(b'}},{"')),
    "xml": (0, _marked(b"</result>")),
}


def leave_network() -> bool:
    """Put this process where there is no network, if the system lets it; whether it did.

    Queries that name other servers are refused before they run; this is the second line.
    """
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None)
    return any(libc.unshare(flags) == 0 for flags in (_NEW_NETWORK, _NEW_USER | _NEW_NETWORK))


def _hold(limits: Limits) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(ValueError, OSError):  # the system's own limit is lower
        resource.setrlimit(resource.RLIMIT_DATA, (limits.memory, limits.memory))


def _send(pipe: Connection, told: dict[str, object], body: bytes = b"") -> None:
    """A line of JSON, and the bytes of a result behind it."""
    pipe.send_bytes(b"\n".join((json.dumps(told).encode(), body)))
