from __future__ import annotations

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
    index = TermIndex.writing(tmp_path / "terms")
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
    index = TermIndex.writing(tmp_path / "terms")
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


def test_put_replaces_and_remove_leaves_nothing(tmp_path: Path) -> None:
    index = TermIndex.writing(tmp_path / "terms")
    index.put("v", [passage(0, "旧闻"), passage(1, "黄金")])
    index.put("v", [passage(0, "新闻")])
    assert found(index, "黄金") == []
    assert found(index, "新闻") == ["v/0"]
    index.remove(["v"])
    assert index.digests() == {}
    assert found(index, "新闻") == []


def test_what_was_written_is_there_again(tmp_path: Path) -> None:
    held = [passage(0, "黄金上涨"), passage(1, "𠮷野家🍚")]
    writer = TermIndex.writing(tmp_path / "terms")
    writer.put("v", held)
    writer.close()
    for index in (TermIndex.reading(tmp_path / "terms"), TermIndex.writing(tmp_path / "terms")):
        assert index.digests() == {p.id: p.digest for p in held}
        assert found(index, "𠮷野家") == ["v/1"]
        index.close()


def test_a_passage_of_the_same_text_is_found_by_its_digest() -> None:
    index = TermIndex.in_memory()
    here, there = passage(0, "风险提示", version="a"), passage(7, "风险提示", version="b")
    index.put("a", [here])
    assert index.alike([there.digest, "none"]) == {here.digest: "a/0"}
    index.remove(["a"])
    assert index.alike([there.digest]) == {}


def test_the_best_of_many_documents_are_those_of_an_exhaustive_count() -> None:
    """400 documents in many commits: what is passed over is never among the best."""
    index = TermIndex.in_memory()
    for number in range(400):
        extra = "公用事业" * (number % 7 == 3) + "领跌" * (number % 5 == 1)
        index.put(f"v{number:03}", [passage(0, f"板块收盘{extra}", version=f"v{number:03}")])
    best = [id_ for id_, _ in index.search("公用事业板块领跌", k=11)]
    assert best == [f"v{n:03}/0" for n in range(400) if n % 7 == 3 and n % 5 == 1][:11]


def test_a_reader_sees_what_is_committed_and_never_waits(tmp_path: Path) -> None:
    path = tmp_path / "terms"
    writer = TermIndex.writing(path)
    writer.put("v", [passage(0, "黄金")])
    reader = TermIndex.reading(path)
    assert found(reader, "黄金") == ["v/0"]
    writer.put("w", [passage(0, "白银", version="w")])
    writer.remove(["v"])
    assert found(reader, "黄金") == ["v/0"]  # as it was when it first looked
    assert found(TermIndex.reading(path), "白银") == ["w/0"]


def test_what_was_not_committed_was_never_there(tmp_path: Path) -> None:
    path = tmp_path / "terms"
    index = TermIndex.writing(path)
    index.put("v", [passage(0, "黄金")])
    index._writer.delete_documents_by_term("version", "v")  # and the process ends here
    index.close()
    again = TermIndex.writing(path)
    assert found(again, "黄金") == ["v/0"]
    again.put("w", [passage(0, "白银", version="w")])
    assert found(again, "金银") == ["v/0", "w/0"]


def test_no_folder_reads_as_empty_and_is_not_made(tmp_path: Path) -> None:
    reader = TermIndex.reading(tmp_path / "none")
    assert (reader.exists(), reader.digests(), reader.search("黄金", k=3)) == (False, {}, [])
    assert reader.coverage("黄金", "v/0") == 0.0
    writer = TermIndex.writing(tmp_path / "none")
    writer.remove(["v"])
    assert list(tmp_path.iterdir()) == []
    writer.put("v", [])
    assert writer.exists()
    with pytest.raises(HomeError, match="the term index is closed"):
        reader.put("v", [])


@pytest.mark.parametrize("damage", ["meta", "file"])
def test_a_damaged_index_is_refused_to_readers_and_made_anew_by_the_writer(
    tmp_path: Path, damage: str
) -> None:
    path = tmp_path / "terms"
    if damage == "meta":
        index = TermIndex.writing(path)
        index.put("v", [passage(0, "黄金")])
        index.close()
        (path / "meta.json").write_text("no index at all")
    else:
        path.write_text("no folder")
    with pytest.raises(HomeError, match=r"the term index .*terms cannot be opened"):
        TermIndex.reading(path)
    index = TermIndex.writing(path)
    assert (index.exists(), index.digests()) == (False, {})
    index.put("v", [passage(0, "白银")])
    assert found(index, "白银") == ["v/0"]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(HomeError, match=r"missing/terms cannot be opened .*check the folder's"):
        TermIndex.writing(tmp_path / "missing" / "terms").put("v", [])
