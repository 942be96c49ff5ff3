"""Sixty queries that mean harm, and two hundred at once: the server goes on answering."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hostile import HOSTILE
from served import Answer, Served, serving

LIMITS = ("--timeout=1", "--max-rows=5000", "--max-mb=4", "--max-memory=256", "--workers=2")
QUERY = "application/sparql-query"
PRODUCT = HOSTILE["count of a product"][0]


@pytest.fixture(scope="module")
def narrow(made_home: Path) -> Iterator[Served]:
    """A server of narrow limits."""
    with serving(made_home, *LIMITS) as served:
        yield served


@pytest.fixture(scope="module")
def answers(narrow: Served) -> dict[str, Answer]:
    """What came of each query, two at a time; what a busy machine turned away is sent again."""

    def sent(query: str) -> Answer:
        for _ in range(20):
            answer = narrow.post(query, QUERY)
            if answer.status != 503:
                break
            time.sleep(0.5)
        return answer

    with ThreadPoolExecutor(2) as threads:
        told = threads.map(sent, [query for query, _ in HOSTILE.values()])
        return dict(zip(HOSTILE, told, strict=True))


def test_there_are_sixty() -> None:
    assert len(HOSTILE) >= 60
    assert len({query for query, _ in HOSTILE.values()}) == len(HOSTILE)


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_stopped_and_told_why(answers: dict[str, Answer], name: str) -> None:
    answer = answers[name]
    assert answer.status in HOSTILE[name][1], answer.body[:300]
    if answer.status != 200:
        words = {413: "is over", 422: "nested too deeply|over the limit|stopped", 504: "1 s"}
        expected = words.get(answer.status, "")
        assert any(word in answer.detail for word in expected.split("|"))


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc tells of memory")
def test_the_server_answers_after_it_and_is_small(
    narrow: Served, answers: dict[str, Answer]
) -> None:
    assert narrow.ask("ASK { ?s a yz:FigureClaim }").json()["boolean"] is True
    status = Path(f"/proc/{narrow.process.pid}/status").read_text("ascii")
    peak = next(int(line.split()[1]) for line in status.splitlines() if "VmHWM" in line)
    assert peak < 300 * 1024


@pytest.mark.slow
def test_two_hundred_at_once(narrow: Served) -> None:
    with ThreadPoolExecutor(200) as threads:
        told = list(threads.map(lambda _: narrow.post(PRODUCT, QUERY), range(200)))
    assert {answer.status for answer in told} <= {503, 504}
    turned_away = [answer for answer in told if answer.status == 503]
    assert len(turned_away) >= 100
    assert all("the server is busy" in answer.detail for answer in turned_away)
    assert all(answer.headers["retry-after"] == "5" for answer in turned_away)
    assert narrow.ask("ASK { ?s a yz:FigureClaim }").json()["boolean"] is True
