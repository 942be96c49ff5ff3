"""Queries that mean harm against a running server: how late each one is stopped.

    python -m benchmarks.hostile [--timeout SECONDS]

The queries are those of the tests, one at a time, against `yinzheng serve` over a home that
holds the project's article; then two hundred of the worst at once.  The bar: an answer within
the limit plus a second, and a server that still answers in the end.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from kg.store import GraphWriter

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests" / "kg"), str(ROOT / "tests" / "kg" / "http")]

from hostile import HOSTILE  # noqa: E402  (the data of the tests)
from made import make  # noqa: E402
from served import Served, serving  # noqa: E402

QUERY = "application/sparql-query"


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--timeout", type=float, default=2.0)
    limit = parser.parse_args().timeout
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch) / "home"
        with GraphWriter.open(home) as writer:
            for n in range(20):
                writer.replace(make(f"d{n}", extra="完" * n))
        with serving(home, f"--timeout={limit}", "--max-memory=512", "--max-mb=16") as server:
            measure(server, limit)


def measure(server: Served, limit: float) -> None:
    taken: dict[str, float] = {}
    told: dict[int, int] = {}
    timed(server, "ASK {}")  # it listens before it has started
    for name, (query, _) in HOSTILE.items():
        status, taken[name] = timed(server, query)
        told[status] = told.get(status, 0) + 1
    slowest = max(taken, key=lambda name: taken[name])
    print(f"{len(taken)} queries, statuses {dict(sorted(told.items()))}")
    print(f"slowest: {taken[slowest]:.2f} s ({slowest}); limit {limit:g} s, bar {limit + 1:g} s")
    product = HOSTILE["count of a product"][0]
    with ThreadPoolExecutor(200) as threads:
        many = list(threads.map(lambda _: timed(server, product), range(200)))
    counts = {status: sum(1 for each, _ in many if each == status) for status, _ in many}
    print(f"200 at once: statuses {counts}, slowest {max(each for _, each in many):.2f} s")
    status, seconds = timed(server, "ASK {}")
    print(
        f"afterwards: {status} in {seconds * 1000:.0f} ms; memory of the server {peak(server)} MB"
    )


def timed(server: Served, query: str) -> tuple[int, float]:
    begun = time.perf_counter()
    status = server.post(query, QUERY).status
    return status, time.perf_counter() - begun


def peak(server: Served) -> int:
    """The most that the server's own process has held (its workers have the limit)."""
    status = Path(f"/proc/{server.process.pid}/status").read_text("ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if "VmHWM" in line) >> 10


if __name__ == "__main__":
    main()
