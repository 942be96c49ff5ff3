"""Citation marks: form, sources, cover, reference; and the support that they give."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.structure import support_of
from ingest.structure.lines import MARK
from ingest.structure.marks import sources_of
from kg.records import Document, Scope, Span, Support

Structure = Callable[[str], Document]


def support(document: Document, words: str) -> tuple[tuple[str, ...], Scope]:
    start = document.text.index(words)
    found = support_of(document, Span(start, start + len(words)))
    return found.citations, found.scope


@pytest.mark.parametrize(
    ("mark", "sources"),
    [
        ("[3]", ("3",)),
        ("[0]", ("0",)),
        ("[1,4]", ("1", "4")),
        ("[1，4、6]", ("1", "4", "6")),
        ("[2-4]", ("2", "3", "4")),
        ("[2–4]", ("2", "3", "4")),
        ("[1, 3-5]", ("1", "3", "4", "5")),
        ("【3】", ("3",)),
        ("［３］", ("3",)),
        ("[１２]", ("12",)),
        ("[4-2]", ()),
        ("[1-900]", ()),
    ],
)
def test_sources(mark: str, sources: tuple[str, ...]) -> None:
    assert MARK.fullmatch(mark)
    assert sources_of(mark) == sources


@pytest.mark.parametrize(
    "text",
    ["[热]", "[登录]", "[2026]", "[]", "[1", "(1)", "[1.5]", "[a1]", "【】", "[3,5]%", "[ ]"],
)
def test_no_marks(text: str) -> None:
    assert MARK.match(text) is None


def test_one_record_a_source(structure: Structure) -> None:
    document = structure("A涨7% [1,4]。")
    assert [(m.text, m.source, m.span) for m in document.marks] == [
        ("[1,4]", "1", Span(5, 10)),
        ("[1,4]", "4", Span(5, 10)),
    ]


@pytest.mark.parametrize(
    ("text", "covers"),
    [
        ("甲涨7% [1]。", {"1": "甲涨7% [1]。"}),
        ("甲涨7%。[1]", {"1": "甲涨7%。[1]"}),
        ("甲涨7% [1][2]。", {"1": "甲涨7% [1][2]。", "2": "甲涨7% [1][2]。"}),
        ("甲涨7%[1]，乙跌3%[2]。", {"1": "甲涨7%", "2": "，乙跌3%[2]。"}),
        ("甲涨7%[1]，乙跌3%。丙平。", {"1": "甲涨7%"}),
        ("甲涨7%。丙平。\n[1]", {"1": "丙平。"}),
        ("甲。\n\n丙平。\n\n一、小结[1]\n\n丁涨。", {"1": "一、小结[1]"}),
    ],
)
def test_covers(structure: Structure, text: str, covers: dict[str, str]) -> None:
    assert {m.source: m.covers.of(text) for m in structure(text).marks} == covers


def test_marks_of_furniture_are_none(structure: Structure) -> None:
    text = "沪指重返3900点上方\n\n沪指涨0.8%[1]。\n\n相关阅读\n[热] 深成指跌[2]\n光伏涨停[3]"
    assert [mark.source for mark in structure(text).marks] == ["1"]


REPORT = """欧股周评：板块分化

GDP增长0.3% [2]。法国增长0.2%。德国增长0.4% [3][4]。

成交放大5%。诺和诺德跌17%[5]。

品种　收盘价　涨跌
黄金　2,633　-0.65
白银[7]　30.97　+1.11
数据来源：[1,4]

公司　收入　同比
五粮液　862.7　-3.3%
洋河　212.5　-26.4%

道指涨1.1%[6]，纳指涨0.33%。

通胀回落
为观望提供空间[8]。"""


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("0.3%", (("2",), "direct")),
        ("0.2%", (("2",), "paragraph")),
        ("0.4%", (("3", "4"), "direct")),
        ("5%", (("5",), "paragraph")),
        ("2,633", (("1", "4"), "paragraph")),
        ("30.97", (("7",), "direct")),
        ("-3.3%", ((), "none")),
        ("1.1%", (("6",), "direct")),
        ("0.33%", (("6",), "paragraph")),
        ("通胀回落", (("8",), "direct")),
        ("欧股周评", ((), "none")),
    ],
)
def test_support(structure: Structure, words: str, expected: tuple[tuple[str, ...], Scope]) -> None:
    assert support(structure(REPORT), words) == expected


def test_support_of_a_sentence_is_that_of_all_its_marks(structure: Structure) -> None:
    document = structure("甲涨7%[1]，乙跌3%[2]。")
    assert support_of(document, document.sentences[0].span) == Support(
        citations=("1", "2"), scope="direct"
    )


def test_without_blank_lines_a_line_is_a_paragraph(structure: Structure) -> None:
    document = structure("甲涨7% [1]。\n乙跌3%。\n丙涨2%。丁平 [2]。\n戊涨1%。")
    assert support(document, "3%") == ((), "none")
    assert support(document, "2%") == (("2",), "paragraph")


@pytest.mark.parametrize(
    "tail",
    [
        "参考来源\n[1] 路透社，2026年2月5日\n[2] 彭博社",
        "参考资料：\n\n1. 路透社，2026年2月5日\n2. 彭博社",
        "参考来源：[1] 路透社，2026年2月5日；[2] 彭博社",
        "[1] 路透社，2026年2月5日\n[2] 彭博社",
        "【1】路透社，2026年2月5日\n【2】彭博社",
    ],
)
def test_reference_list(structure: Structure, tail: str) -> None:
    document = structure(
        f"欧央行按兵不动\n\n利率为2%[2]。\n\n通胀为1.7%[1][9]。\n\n{tail}\n\n上一篇：无"
    )
    assert [(m.source, m.reference) for m in document.marks] == [
        ("2", "彭博社"),
        ("1", "路透社，2026年2月5日"),
        ("9", None),
    ]
    listed = [line for line in document.lines if line.kind == "references"]
    assert listed[-1].span.of(document.text).endswith("彭博社")


def test_source_article_has_its_38_marks(source_article: Document) -> None:
    assert len(source_article.marks) == 38
    assert {mark.source for mark in source_article.marks} == set("01234567")
