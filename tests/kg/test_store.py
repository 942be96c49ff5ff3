from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import (
    HomeError,
    HomeLockedError,
    InputError,
    UnknownDocumentError,
)
from kg.records import Extraction
from kg.store import GraphReader, GraphWriter, check_identity

Make = Callable[..., Extraction]
REPOSITORY = Path(__file__).resolve().parents[2]


def names(reader: GraphReader | GraphWriter) -> list[str]:
    return [info.doc for info in reader.documents()]


def test_a_home_that_is_not_there_reads_as_no_documents(home: Path) -> None:
    reader = GraphReader.open(home)
    assert (reader.generation, reader.documents(), reader.refresh()) == (0, (), False)
    assert reader.select("SELECT * { ?s ?p ?o }") == []
    assert not home.exists()


def test_a_reader_sees_a_removal_once_it_refreshes(
    home: Path, reader: GraphReader, make: Make
) -> None:
    with GraphWriter.open(home) as writer:
        writer.remove("a")
        assert writer.publish() == reader.generation + 1
        assert names(reader) == ["a", "b"]
        assert reader.refresh()
        assert names(reader) == ["b"]
        assert not reader.refresh()
    with pytest.raises(UnknownDocumentError, match=r"no document 'a' .* it holds: b"):
        reader.extraction("a")


def test_a_reader_that_fell_far_behind_finds_its_way(
    home: Path, reader: GraphReader, make: Make
) -> None:
    for number in range(4):
        with GraphWriter.open(home) as writer:
            writer.replace(make("a", extra=str(number)))
    assert len(list((home / "snapshots").iterdir())) == 2
    assert names(reader) == ["a", "b"]
    assert reader.refresh()
    assert reader.text("a").endswith("3")


@pytest.mark.parametrize(
    ("doc", "path", "extra", "expected"),
    [
        ("a", "/articles/a.txt", "", "same"),
        ("a", "/articles/a.txt", "改", "changed"),
        ("c", "/articles/c.txt", "另", "new"),
        ("a", "/other/a.txt", "", r"/other/a.txt: document 'a' was read from /articles/a.txt; "
         r"remove it first \(yinzheng remove a\) or rename"),
        ("c", "/articles/c.txt", "", r"the same text as document 'a' \(/articles/a.txt\)"),
        ("b", "/articles/b.txt", "", "b.txt has the same text as document 'a'"),
    ],
)  # fmt: skip
def test_identity(
    reader: GraphReader, make: Make, doc: str, path: str, extra: str, expected: str
) -> None:
    sha256 = make(doc, extra=extra).document.article.sha256
    if len(expected) < 10:
        assert check_identity(reader.documents(), doc=doc, path=path, sha256=sha256) == expected
        return
    with pytest.raises(InputError, match=expected):
        check_identity(reader.documents(), doc=doc, path=path, sha256=sha256)


def test_a_second_writer_is_told_who_holds_the_home(home: Path) -> None:
    with (
        GraphWriter.open(home),
        pytest.raises(HomeLockedError, match=f"is being written to by process {os.getpid()};"),
    ):
        GraphWriter.open(home)
    with GraphWriter.open(home):
        pass


def test_a_writer_in_another_process_is_named(home: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from kg.store import GraphWriter\n"
        "with GraphWriter.open(Path(sys.argv[1])): print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=REPOSITORY,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(HomeLockedError, match=f"by process {other.pid}; wait"):
            GraphWriter.open(home)
        assert GraphReader.open(home).documents() == ()
        other.communicate("")
    with GraphWriter.open(home):
        pass


def test_a_home_of_a_newer_format_is_refused(home: Path) -> None:
    with GraphWriter.open(home):
        pass
    (home / "home.json").write_text(json.dumps({"format": 99, "base": "x:"}), "utf-8")
    for open_ in (GraphReader.open, GraphWriter.open):
        with pytest.raises(HomeError, match=r"newer version \(format 99.*; upgrade yinzheng"):
            open_(home)


def test_a_home_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(HomeError, match=r"file/kb cannot be used .*; choose another home"):
        GraphWriter.open(tmp_path / "file" / "kb")


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is unwritable to root")
def test_an_unwritable_home_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(HomeError, match=r"cannot be used .Permission denied.; choose another"):
        GraphWriter.open(tmp_path)


def test_a_damaged_home_is_told(home: Path) -> None:
    with GraphWriter.open(home):
        pass
    (home / "home.json").write_text("{", "utf-8")
    with pytest.raises(HomeError, match=r"home\.json is damaged; restore it"):
        GraphReader.open(home)


def test_a_writer_mends_a_lost_snapshot(home: Path, reader: GraphReader) -> None:
    shutil.rmtree(home / "snapshots")
    with pytest.raises(HomeError, match="run 'yinzheng doctor'"):
        GraphReader.open(home)
    with GraphWriter.open(home):
        pass
    assert names(GraphReader.open(home)) == ["a", "b"]


WRITER = """
import sys
from itertools import count
from pathlib import Path
sys.path[:0] = [{repository!r}, {tests!r}]
from kg.store import GraphWriter
from made import make

with GraphWriter.open(Path(sys.argv[1])) as writer:
    known = {{info.doc for info in writer.documents()}}
    for number in count():
        doc = f"d{{number % 5}}"
        if number % 7 == 3 and doc in known:
            writer.remove(doc)
            known.discard(doc)
            words = f"gone {{doc}}"
        else:
            extra = sys.argv[2] + doc + str(number)
            writer.replace(make(doc, extra=extra))
            known.add(doc)
            words = f"held {{doc}} {{extra}}"
        writer.publish()
        print(words, flush=True)
"""


@pytest.mark.slow
def test_killed_at_any_moment_it_holds_all_or_nothing(home: Path, make: Make) -> None:
    code = textwrap.dedent(WRITER).format(
        repository=str(REPOSITORY), tests=str(Path(__file__).parent)
    )
    chance = random.Random(20260117)
    told: dict[str, str | None] = {}
    for round_ in range(20):
        with subprocess.Popen(
            [sys.executable, "-c", code, str(home), f"{round_}."],
            stdout=subprocess.PIPE,
            text=True,
        ) as writer:
            try:
                writer.wait(chance.uniform(0.05, 0.9))
            except subprocess.TimeoutExpired:
                writer.kill()
            lines = (writer.communicate()[0] or "").splitlines(keepends=True)
        for line in lines:
            if line.endswith("\n"):
                state, doc, *extra = line.split()
                told[doc] = extra[0] if state == "held" else None
        before = GraphReader.open(home)
        for info in before.documents():
            before.extraction(info.doc)
        with GraphWriter.open(home) as mender:
            held = {info.doc: mender.extraction(info.doc) for info in mender.documents()}
        after = GraphReader.open(home)
        assert names(after) == sorted(held)
        in_flight = 0
        for doc in told.keys() | held.keys():
            extraction = held.get(doc)
            if extraction is not None:
                extra_ = extraction.document.text.removeprefix(make(doc).document.text)
                assert extraction == make(doc, extra=extra_) == after.extraction(doc)
                now: str | None = extra_
            else:
                now = None
            in_flight += now != told.get(doc)
            told[doc] = now
        assert in_flight <= 1, "only the step that was cut off may differ from what was reported"
        assert sorted(p.name for p in (home / "snapshots").iterdir()) == sorted(
            {str(after.generation), str(max(after.generation - 1, 1))}
        )
        assert not (home / "unpublished").exists()
    assert held, "the writer was never given the time to write"
