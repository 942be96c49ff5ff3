"""The asking side: a warm process for one query at a time, replaced when it was killed."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from dataclasses import asdict
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType

import kg
from kg.errors import HomeError, LimitError, YinzhengError
from kg.worker.records import Limits, QueryReply, QueryRequest, decode_error

_CODE = """
import sys
sys.path.insert(0, {root!r})
from pathlib import Path
from kg.worker.process import main
from kg.worker.records import Limits
main({descriptor}, Path({home!r}), Limits(**{limits!r}))
"""
_GRACE = 0.5  # seconds that a worker may be late in ending itself
_START = 60.0  # seconds for a start on a busy machine


class QueryWorker:
    """Runs queries on the newest snapshot of a home, one at a time, in a process that it keeps.

    It may be used from any thread, by one at a time; `stop` from any other.
    """

    _process: subprocess.Popen[bytes]
    _pipe: Connection
    _started: bool  # the process has opened the home
    _stopped: bool  # it was told to
    _late: bool  # it did not end itself in time

    def __init__(self, home: Path, *, limits: Limits) -> None:
        self._home = home.absolute()
        self._limits = limits
        self._start()

    def __enter__(self) -> QueryWorker:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """The process that runs the queries now."""
        return self._process.pid

    @property
    def is_ready(self) -> bool:
        """Whether a query would run at once."""
        return self._started and self._process.poll() is None

    def await_start(self) -> None:
        """Wait until a process has opened the home; one that has ended is replaced.

        :raises HomeError: if the home cannot be read.
        """
        if self._process.poll() is not None:
            self._pipe.close()
            self._start()
        if self._started:
            return
        if not self._pipe.poll(_START):
            self._process.kill()
        try:
            told = json.loads(self._pipe.recv_bytes())
        except (EOFError, OSError):
            status = self._process.wait()
            raise HomeError(
                f"no query worker could be started (status {status}); try again"
            ) from None
        if "error" in told:
            self._process.wait()
            raise decode_error(told)
        self._started = True

    def ask(self, request: QueryRequest, *, seconds: float | None = None) -> QueryReply:
        """The reply to *request*, within *seconds* if they are fewer than the limits have.

        :raises LimitError: if the query was stopped; the next one waits for a new process.
        :raises QueryError: if it is broken or refused.
        :raises HomeError: if the home cannot be read.
        """
        seconds = min(self._limits.seconds, seconds or self._limits.seconds)
        self.await_start()
        try:
            self._pipe.send_bytes(request.encode(seconds=seconds))
            if not self._pipe.poll(seconds + _GRACE):
                self._late = True
                self._process.kill()
            line, _, body = self._pipe.recv_bytes().partition(b"\n")
            told = json.loads(line)
        except (EOFError, OSError):
            raise self._end(seconds) from None
        if "error" in told:
            raise decode_error(told)
        return QueryReply(told["kind"], body, told["generation"])

    def stop(self) -> None:
        """End the query that runs; whoever waits for it gets a `LimitError`."""
        self._stopped = True
        self._process.kill()

    def close(self) -> None:
        """End the process."""
        self._pipe.close()
        self._process.kill()
        self._process.wait()

    def _start(self) -> None:
        """Start a process; it opens the home while this one goes on."""
        ours, theirs = socket.socketpair()
        code = _CODE.format(
            root=str(Path(kg.__file__).parents[1]),
            descriptor=theirs.fileno(),
            home=str(self._home),
            limits=asdict(self._limits),
        )
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603  (this interpreter, our own code)
                [sys.executable, "-P", "-c", code],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        self._pipe = Connection(ours.detach())
        self._started = self._stopped = self._late = False

    def _end(self, seconds: float) -> YinzhengError:
        """Why the process ended, once it has."""
        self._pipe.close()
        if not self._stopped:
            try:
                self._process.wait(_GRACE)
            except subprocess.TimeoutExpired:
                self._process.kill()
        status = self._process.wait()
        if self._stopped:
            return LimitError("the query was stopped; nobody waits for it", limit="none")
        if status in (-signal.SIGSEGV, -signal.SIGBUS):
            return LimitError(
                "the query is nested too deeply to be read; write it flatter", limit="nesting"
            )
        if status != -signal.SIGALRM and not self._late:  # refused memory, or the system ran out
            return self._limits.out_of_memory()
        return LimitError(
            f"the query was stopped at the time limit of {seconds:.3g} s; "
            "narrow it, by name, type or LIMIT",
            limit="time",
        )
