from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from kg.errors import HomeError
from qa.index.catalogue import Catalogue
from qa.index.namings import Naming, comparable

TSMC = (Naming("台积电", "tsmc", "company"), Naming("NYSE TSM", "tsmc", "company"))
SCHOOL = (Naming("𠮷野家🍚", "x-1", "company"), Naming("台积电", "tsmc", "company"))


def everything(path: Path) -> dict[str, int]:
    with sqlite3.connect(path) as raw:
        return {
            table: raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("versions", "namings", "forms")
        }


def test_the_catalogue_tells_what_is_settled(tmp_path: Path) -> None:
    catalogue = Catalogue.writing(tmp_path / "c.sqlite")
    catalogue.begin("a", doc="d")
    catalogue.begin("b", doc="e")
    catalogue.settle(["a"])
    assert catalogue.versions() == {"a": True, "b": False}
    catalogue.begin("a", doc="d")
    assert catalogue.versions()["a"] is False


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("台积电", ("台积电",)),
        ("臺積電", ("台积电",)),
        ("ＴＳＭＣ", ("tsmc",)),
        ("NYSE TSM", ("tsm",)),
        ("600519.SH", ("600519.sh", "600519")),
        ("巴里克矿业", ("巴里克矿业", "巴里克")),
        ("丹尼尔·科尔", ("丹尼尔·科尔", "科尔")),
        ("标普小盘600指数", ("标普小盘600指数", "标普小盘600")),
        ("2026", ()),
        ("金", ()),
    ],
)
def test_a_name_is_known_as_users_type_it(name: str, forms: tuple[str, ...]) -> None:
    assert Naming(name, "x", "company").forms == forms


def test_comparing_keeps_every_offset() -> None:
    text = "臺積電（ＴＳＭＣ）𠮷🍚 Apple"
    assert comparable(text) == "台积电(tsmc)𠮷🍚 apple"
    assert len(comparable(text)) == len(text)


def test_names_are_found_by_any_form_and_only_while_a_document_has_them() -> None:
    catalogue = Catalogue.in_memory()
    catalogue.begin("a", doc="d", namings=TSMC)
    catalogue.begin("b", doc="e", namings=SCHOOL)
    asked = ["台积电", "tsm", "𠮷野家🍚", "积电", '"', "\ud800"]
    assert set(catalogue.called(asked)) == {
        ("台积电", "tsmc", "company"),
        ("tsm", "tsmc", "company"),
        ("𠮷野家🍚", "x-1", "company"),
    }
    assert catalogue.names() == ["NYSE TSM", "台积电", "𠮷野家🍚"]
    assert catalogue.speaking_of({"tsmc", "x-1", "none"}) == {
        "tsmc": {"a", "b"},
        "x-1": {"b"},
    }
    assert catalogue.speaking_of({"tsmc"}, {"b", "c"}) == {"tsmc": {"b"}}
    assert catalogue.namings() == {"a": TSMC, "b": SCHOOL}
    catalogue.remove(["b"])
    assert catalogue.called(["台积电", "𠮷野家🍚"]) == [("台积电", "tsmc", "company")]
    catalogue.begin("a", doc="d", namings=SCHOOL)
    assert catalogue.namings() == {"a": SCHOOL}
    assert catalogue.called(["tsm"]) == []


def test_what_is_removed_leaves_no_row(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    catalogue = Catalogue.writing(path)
    catalogue.begin("a", doc="d", namings=TSMC)
    catalogue.close()
    assert everything(path) == {"versions": 1, "namings": 2, "forms": 2}
    catalogue = Catalogue.writing(path)
    catalogue.remove(["a", "none"])
    catalogue.close()
    assert everything(path) == {"versions": 0, "namings": 0, "forms": 0}


def test_a_reader_sees_each_commit_and_never_waits(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    writer = Catalogue.writing(path)
    reader = Catalogue.reading(path)
    writer.begin("a", doc="d", namings=TSMC)
    assert reader.called(["台积电"])
    raw = sqlite3.connect(path)
    raw.execute("BEGIN IMMEDIATE")
    raw.execute("DELETE FROM forms")
    assert reader.called(["台积电"])
    raw.rollback()
    raw.close()


def test_no_file_reads_as_empty_and_is_not_made(tmp_path: Path) -> None:
    reader = Catalogue.reading(tmp_path / "none.sqlite")
    assert (reader.versions(), reader.names(), reader.called(["台积电"])) == ({}, [], [])
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(HomeError, match="the catalogue is closed"):
        reader.begin("a", doc="d")


def test_a_file_of_another_format_reads_as_empty_and_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE versions (old)")
        raw.execute("PRAGMA user_version = 999")
    assert Catalogue.reading(path).versions() == {}
    assert Catalogue.writing(path).versions() == {}


def test_a_damaged_file_is_refused_to_readers_and_made_anew_by_the_writer(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    path.write_bytes(b"no database at all" * 400)
    with pytest.raises(HomeError, match=r"the catalogue .*c\.sqlite cannot be opened"):
        Catalogue.reading(path)
    assert Catalogue.writing(path).versions() == {}


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(HomeError, match=r"c\.sqlite cannot be opened .*check the folder's rights"):
        Catalogue.writing(tmp_path / "missing" / "c.sqlite")
