from __future__ import annotations

import sqlite3
from math import log
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import HomeError
from qa.index.passages import Passage
from qa.index.terms import TermIndex, terms_of


def passage(number: int, indexed: str, *, version: str = "v") -> Passage:
    return Passage(
        id=f"{version}/{number}", doc="d", version=version, sentence=number, indexed=indexed
    )


def found(index: TermIndex, query: str, **options: object) -> list[str]:
    return [id_ for id_, _ in index.search(query, k=10, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("台积电", ["台", "积", "电", "台积", "积电"]),
        ("AI芯片", ["ai", "芯", "片", "芯片"]),
        ("ＡＩ", ["ai"]),
        ("臺積電", ["台", "积", "电", "台积", "积电"]),
        ("3.64%", ["3.64"]),
        ("２３，１００亿", ["23100", "亿"]),
        ("1,2", ["1,2"]),
        ("S&P 500", ["s", "p", "500"]),
        ("𠮷野🍚", ["𠮷", "野", "𠮷野"]),
        ("RTX5090", ["rtx", "5090"]),
        ("a_b", ["a", "b"]),
        ("，。 \r\n", []),
        ("", []),
    ],
)
def test_terms(text: str, terms: list[str]) -> None:
    assert terms_of(text) == terms


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_text_finds_itself(text: str) -> None:
    index = TermIndex.in_memory()
    index.put("v", [passage(0, text)])
    assert found(index, text) == (["v/0"] if terms_of(text) else [])


def test_coverage_weighs_a_term_by_how_rare_it_is() -> None:
    index = TermIndex.in_memory()
    index.put("v", [passage(0, "gold oil"), passage(1, "gold"), passage(2, "copper")])
    in_two, in_one = log(1 + 1.5 / 2.5), log(1 + 2.5 / 1.5)
    assert index.coverage("gold oil", "v/1") == pytest.approx(in_two / (in_two + in_one))
    assert index.coverage("gold oil", "v/0") == pytest.approx(1.0)
    assert index.coverage("gold 𠮷", "v/1") == pytest.approx(1.0)  # that nobody has weighs nothing
    assert index.coverage("", "v/1") == index.coverage("gold", "v/9") == 0.0


def test_the_rarer_words_decide(tmp_path: Path) -> None:
    index = TermIndex.writing(tmp_path / "terms.sqlite")
    index.put(
        "v",
        [
            passage(0, "公用事业板块领跌，跌幅约3.64%"),
            passage(1, "科技板块上涨"),
            passage(2, "房地产板块上涨约0.80%"),
        ],
    )
    assert found(index, "公用事业板块跌了多少")[0] == "v/0"
    assert found(index, "0.80%")[0] == "v/2"
    assert found(index, "比特币") == []
    scores = [score for _, score in index.search("板块上涨", k=10)]
    assert scores == sorted(scores, reverse=True)
    assert all(score > 0 for score in scores)


def test_traditional_full_width_and_case_find_simplified(tmp_path: Path) -> None:
    index = TermIndex.writing(tmp_path / "terms.sqlite")
    index.put("v", [passage(0, "台积电AI业务增长"), passage(1, "美光扩产")])
    assert found(index, "臺積電的ａｉ") == ["v/0"]


def test_search_is_limited_to_versions() -> None:
    index = TermIndex.in_memory()
    for version in "ab":
        index.put(version, [passage(0, "黄金上涨", version=version)])
    assert found(index, "黄金") == ["a/0", "b/0"]
    assert found(index, "黄金", versions={"b"}) == ["b/0"]
    assert found(index, "黄金", versions=set()) == []


@pytest.mark.parametrize("query", ['"', "NEAR(", "a AND b", "词*", "-跌 OR", "\0", "\ud800"])
def test_no_query_is_syntax(query: str) -> None:
    index = TermIndex.in_memory()
    index.put("v", [passage(0, "跌")])
    index.search(query, k=5)


def test_a_question_of_100000_characters_is_searched() -> None:
    index = TermIndex.in_memory()
    index.put("v", [passage(0, "黄金上涨")])
    question = "黄金" + "".join(map(chr, range(0x4E00, 0x9000))) * 6
    assert len(question) > 100_000
    assert found(index, question) == ["v/0"]


def test_put_replaces_and_remove_leaves_no_row(tmp_path: Path) -> None:
    path = tmp_path / "terms.sqlite"
    index = TermIndex.writing(path)
    index.begin("v", doc="d")
    index.put("v", [passage(0, "旧闻"), passage(1, "黄金")])
    index.put("v", [passage(0, "新闻")])
    assert found(index, "黄金") == []
    assert found(index, "新闻") == ["v/0"]
    index.remove(["v"])
    assert (index.versions(), index.digests()) == ({}, {})
    index.close()
    with sqlite3.connect(path) as raw:
        for table in ("versions", "passages", "terms"):
            assert raw.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_the_catalogue_tells_what_is_settled(tmp_path: Path) -> None:
    index = TermIndex.writing(tmp_path / "terms.sqlite")
    index.begin("a", doc="d")
    index.begin("b", doc="e")
    index.settle(["a"])
    assert index.versions() == {"a": True, "b": False}
    index.begin("a", doc="d")
    assert index.versions()["a"] is False


def test_a_reader_sees_each_commit_and_never_waits(tmp_path: Path) -> None:
    path = tmp_path / "terms.sqlite"
    writer = TermIndex.writing(path)
    reader = TermIndex.reading(path)
    writer.put("v", [passage(0, "黄金")])
    assert found(reader, "黄金") == ["v/0"]
    raw = sqlite3.connect(path)
    raw.execute("BEGIN IMMEDIATE")
    raw.execute("DELETE FROM passages")
    assert found(reader, "黄金") == ["v/0"]
    raw.rollback()
    raw.close()


def test_no_file_reads_as_empty_and_is_not_made(tmp_path: Path) -> None:
    reader = TermIndex.reading(tmp_path / "none.sqlite")
    assert (reader.versions(), reader.search("黄金", k=3)) == ({}, [])
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_another_format_reads_as_empty_and_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "terms.sqlite"
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE versions (old)")
        raw.execute("PRAGMA user_version = 999")
    assert TermIndex.reading(path).versions() == {}
    assert TermIndex.writing(path).versions() == {}


def test_a_damaged_file_is_refused_to_readers_and_made_anew_by_the_writer(tmp_path: Path) -> None:
    path = tmp_path / "terms.sqlite"
    path.write_bytes(b"no database at all" * 400)
    with pytest.raises(HomeError, match=r"terms\.sqlite cannot be opened"):
        TermIndex.reading(path)
    assert TermIndex.writing(path).versions() == {}


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(HomeError, match=r"terms\.sqlite cannot be opened"):
        TermIndex.writing(tmp_path / "missing" / "terms.sqlite")
