"""Lists of sources: every way of writing one down gives the marks their entries."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.records import Document

Structure = Callable[[str], Document]

BODY = "小盘股领跑全球市场\n\n罗素2000指数上涨1.32%[1]。道指下跌0.5%[2]。纳指上涨2%[3]。\n\n"
PLAIN = {"1": "路透社，2026年2月3日", "2": "彭博社", "3": "财联社"}


def references(structure: Structure, listed: str) -> dict[str, str | None]:
    document = structure(BODY + listed)
    said = [s.span.of(document.text) for s in document.sentences]
    assert len(said) == 3, said[3:]
    assert len(document.marks) == 3
    return {mark.source: mark.reference for mark in document.marks}


@pytest.mark.parametrize(
    "head",
    [
        "参考来源",
        "参考资料：",
        "参考文献",
        "引用来源:",
        "数据来源",
        "资料来源：",
        "資料來源：",
        "參考來源",
        "来源：",
        "注释：",
        "【参考来源】",
        "## 参考来源",
        "**参考来源**",
        "References",
        "Sources:",
    ],
)
def test_heads(structure: Structure, head: str) -> None:
    entries = "[1] 路透社，2026年2月3日\n[2] 彭博社\n[3] 财联社\n"
    assert references(structure, f"{head}\n{entries}") == PLAIN
    assert references(structure, f"{head}\n\n{entries}") == PLAIN


@pytest.mark.parametrize(
    "signs",
    [
        ("[1] ", "[2] ", "[3] "),
        ("[1]", "[2]", "[3]"),
        ("［1］", "［2］", "［3］"),
        ("【1】", "【2】", "【3】"),
        ("[1]: ", "[2]: ", "[3]: "),
        ("[^1]: ", "[^2]: ", "[^3]: "),
        ("1. ", "2. ", "3. "),
        ("1、", "2、", "3、"),
        ("(1) ", "(2) ", "(3) "),
        ("① ", "② ", "③ "),
        ("- [1] ", "- [2] ", "- [3] "),
        ("１．", "２．", "３．"),
    ],
)
def test_signs(structure: Structure, signs: tuple[str, str, str]) -> None:
    entries = [sign + entry for sign, entry in zip(signs, PLAIN.values(), strict=True)]
    for gap in ("\n", "\n\n", "\r\n"):
        assert references(structure, "参考来源\n" + gap.join(entries)) == PLAIN


@pytest.mark.parametrize(
    "listed",
    [
        "参考来源：[1] 路透社，2026年2月3日；[2] 彭博社；[3] 财联社",
        "参考来源：1. 路透社，2026年2月3日；2. 彭博社；3. 财联社",
        "[1] 路透社，2026年2月3日\n[2] 彭博社\n[3] 财联社",
        "[^1]: 路透社，2026年2月3日\n[^2]: 彭博社\n[^3]: 财联社",
    ],
)
def test_on_one_line_and_without_a_head(structure: Structure, listed: str) -> None:
    assert references(structure, listed) == PLAIN


@pytest.mark.parametrize(
    ("first", "entry"),
    [
        ("路透社，\n2026年2月3日", "路透社， 2026年2月3日"),
        ("路透社\nhttps://reuters.com/x", "路透社 https://reuters.com/x"),
        ("路透社《小盘股\n领跑全球》", "路透社《小盘股 领跑全球》"),
        ("路透社关于小盘股的报道\n第二部分", "路透社关于小盘股的报道 第二部分"),
    ],
)
def test_an_entry_over_two_lines(structure: Structure, first: str, entry: str) -> None:
    found = references(structure, f"参考来源\n[1] {first}\n[2] 彭博社\n[3] 财联社")
    assert found == {"1": entry, "2": "彭博社", "3": "财联社"}


def test_what_follows_the_list_is_none_of_it(structure: Structure) -> None:
    listed = "参考来源\n[1] 路透社\n[2] 彭博社\n[3] 财联社\n\n免责声明：本文不构成投资建议。"
    assert references(structure, listed)["3"] == "财联社"


def test_a_line_that_cites_is_no_list(structure: Structure) -> None:
    document = structure(BODY + "数据来源：[1,3]")
    assert {mark.reference for mark in document.marks} == {None}
