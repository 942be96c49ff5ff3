"""Workers for many clients at once, and a queue that has an end."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path

from anyio import CapacityLimiter, to_thread

from kg.errors import LimitError
from kg.http.problems import ProblemError
from kg.worker.client import QueryWorker
from kg.worker.records import Limits, QueryReply, QueryRequest

_LATE = 0.1  # the share of its time that a query may have waited before the load is to blame


class WorkerPool:
    """A fixed number of query workers; *waiting* more queries may wait for one to be free."""

    def __init__(self, home: Path, *, limits: Limits, workers: int, waiting: int) -> None:
        self._limits = limits
        self._idle = [QueryWorker(home, limits=limits) for _ in range(workers)]
        self._free = asyncio.Semaphore(workers)
        self._threads = CapacityLimiter(workers)
        self._places = workers + waiting

    async def warm(self) -> None:
        """Wait until the workers have started.

        :raises HomeError: if they cannot read the home.
        """
        for worker in self._idle:
            await to_thread.run_sync(worker.await_start, limiter=self._threads)

    @contextmanager
    def place(self) -> Iterator[None]:
        """A place for one query, from its arrival until its answer is sent.

        :raises ProblemError: if there is none.
        """
        if self._places == 0:
            raise _busy("there are too many queries at once")
        self._places -= 1
        try:
            yield
        finally:
            self._places += 1

    async def ask(self, request: QueryRequest) -> QueryReply:
        """The reply to a request, within the time limit from now on. To be cancelled at any time.

        :raises ProblemError: if it was the server's load that used up the time.
        :raises YinzhengError: as `QueryWorker.ask`.
        """
        begun = time.monotonic()
        try:
            await asyncio.wait_for(self._free.acquire(), self._limits.seconds)
        except TimeoutError:
            raise _busy("no worker became free within the time limit") from None
        waited = time.monotonic() - begun
        try:
            return await self._run(request, max(0.001, self._limits.seconds - waited))
        except LimitError as error:
            if error.limit == "time" and waited > _LATE * self._limits.seconds:
                raise _busy(f"the query waited {waited:.1f} s for its turn") from None
            raise
        finally:
            self._free.release()

    async def _run(self, request: QueryRequest, seconds: float) -> QueryReply:
        worker = self._idle.pop()
        asked = asyncio.ensure_future(
            to_thread.run_sync(lambda: worker.ask(request, seconds=seconds), limiter=self._threads)
        )
        try:
            return await asyncio.shield(asked)
        except asyncio.CancelledError:
            worker.stop()
            await asyncio.wait([asked])
            asked.exception()  # it is that of a stopped query
            raise
        finally:
            self._idle.append(worker)

    def close(self) -> None:
        """End the workers."""
        for worker in self._idle:
            worker.close()


def _busy(why: str) -> ProblemError:
    return ProblemError(
        HTTPStatus.SERVICE_UNAVAILABLE,
        f"the server is busy: {why}; try again later",
        headers={"Retry-After": "5"},
    )
