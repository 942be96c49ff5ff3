"""Workers for many clients at once, and a queue that has an end."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from pathlib import Path

from anyio import CapacityLimiter, to_thread

from kg.errors import HomeError, LimitError
from kg.http.problems import ProblemError
from kg.worker.client import QueryWorker
from kg.worker.records import Limits, QueryReply, QueryRequest

_LATE = 0.1  # the share of its time that a query may have waited before the load is to blame


class WorkerPool:
    """A number of queries at once, and *waiting* more that wait for their turn.

    There is one worker more than queries at once: it steps in for one that was killed while
    that one's successor starts.
    """

    def __init__(self, home: Path, *, limits: Limits, workers: int, waiting: int) -> None:
        self._limits = limits
        self._workers = [QueryWorker(home, limits=limits) for _ in range(workers + 1)]
        self._ready: asyncio.LifoQueue[QueryWorker] = asyncio.LifoQueue()
        self._turns = asyncio.Semaphore(workers)
        self._threads = CapacityLimiter(len(self._workers))
        self._places = workers + waiting
        self._starting: set[asyncio.Task[None]] = set()

    async def warm(self) -> None:
        """Wait until the workers have started.

        :raises HomeError: if they cannot read the home.
        """
        for worker in self._workers:
            await to_thread.run_sync(worker.await_start, limiter=self._threads)
            self._ready.put_nowait(worker)

    async def close(self) -> None:
        """End the workers."""
        await asyncio.gather(*self._starting)
        for worker in self._workers:
            worker.close()

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

        A wait of no account is not taken off: the limit that is told is the one that is set.

        :raises ProblemError: if it was the server's load that used up the time.
        :raises YinzhengError: as `QueryWorker.ask`.
        """
        begun, limit = time.monotonic(), self._limits.seconds
        waited = 0.0
        try:
            async with asyncio.timeout(limit) as waiting, self._turns:
                worker = await self._ready.get()
                waiting.reschedule(None)
                waited = time.monotonic() - begun
                left = limit if waited <= _LATE * limit else max(0.001, limit - waited)
                return await self._run(worker, request, left)
        except TimeoutError:
            raise _busy("no worker became free within the time limit") from None
        except LimitError as error:
            if error.limit == "time" and waited > _LATE * limit:
                raise _busy(f"the query waited {waited:.1f} s for its turn") from None
            raise

    async def _run(self, worker: QueryWorker, request: QueryRequest, left: float) -> QueryReply:
        asked = asyncio.ensure_future(
            to_thread.run_sync(lambda: worker.ask(request, seconds=left), limiter=self._threads)
        )
        try:
            return await asyncio.shield(asked)
        except asyncio.CancelledError:
            worker.stop()
            await asyncio.wait([asked])
            asked.exception()  # it is that of a stopped query
            raise
        finally:
            self._take_back(worker)

    def _take_back(self, worker: QueryWorker) -> None:
        if worker.is_ready:
            self._ready.put_nowait(worker)
        else:
            task = asyncio.create_task(self._start(worker))
            self._starting.add(task)
            task.add_done_callback(self._starting.discard)

    async def _start(self, worker: QueryWorker) -> None:
        with suppress(HomeError):  # whoever asks it next is told
            await to_thread.run_sync(worker.await_start, limiter=self._threads)
        self._ready.put_nowait(worker)


def _busy(why: str) -> ProblemError:
    return ProblemError(
        HTTPStatus.SERVICE_UNAVAILABLE,
        f"the server is busy: {why}; try again later",
        headers={"Retry-After": "5"},
    )
