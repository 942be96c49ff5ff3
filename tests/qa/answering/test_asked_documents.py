"""Questions that say which document they are to be answered from, and what several tell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from kg.documents import DocumentInfo
from qa.answering import answer
from qa.knowledge_base import KnowledgeBase
from qa.records import Answer, Question

Asking: TypeAlias = Callable[..., Answer]


@pytest.mark.parametrize(
    ("question", "doc"),
    [
        (
            "第一篇文章主要讲了什么？",
            "carmakers",
        ),  # the documents stand in the order of their names
        ("第四篇说了什么", "yen"),
        ("最后一篇文章讲了什么？", "yen"),
        ("倒数第二篇文章的标题是什么？", "qinglan"),
        ("在《日元周评:日本央行按兵不动》一文中，10年期日本国债收益率是多少？", "yen"),
        ("《日元周评：日本央行按兵不动》的作者是谁？", "yen"),  # of another width
        ("根据日元那篇，10年期日本国债收益率是多少？", "yen"),
        ("3月2日那篇文章的标题是什么？", "carmakers"),
        ("great-rotation-2026里，台积电的利润是多少？", "great-rotation-2026"),
        ("按第二篇文章，台积电2025年第四季度利润是多少？", "great-rotation-2026"),
    ],
)
def test_an_answer_is_of_the_document_that_is_asked_about(
    ask: Asking, question: str, doc: str
) -> None:
    got = ask("*", question)
    assert not got.abstained
    assert {source.doc for source in got.sources} == {doc}


def test_documents_given_are_counted_in_their_order(ask: Asking) -> None:
    got = ask("yen carmakers", "第二篇文章的标题是什么？")
    assert {source.doc for source in got.sources} == {"carmakers"}


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("第九篇文章说了什么？", "这里只有4篇文档，没有第九篇"),
        ("《没有这样的标题》一文讲了什么？", "没有读入标题为《没有这样的标题》的文章"),
        ("[nothere:5]说了什么？", "没有名为nothere的文档"),
    ],
)
def test_a_document_that_is_not_there_is_said_to_be_missing(
    ask: Asking, question: str, why: str
) -> None:
    got = ask("*", question)
    assert got.abstained
    assert why in got.answer


@pytest.mark.parametrize(
    "question",
    [
        "第二个原因是什么？",
        "《哪吒2》的票房是多少？",
        "这篇文章主要讲了什么？",
        "这份工作值得做吗？",
    ],
)
def test_what_names_no_document_limits_nothing(question: str) -> None:
    from qa.answering.question.asked_documents import asked_documents

    assert asked_documents(question, (), find=lambda words: ()).docs is None


def test_what_another_document_tells_is_not_taken(ask: Asking) -> None:
    assert ask("*", "按第一篇文章，10年期日本国债收益率是多少？").abstained


def test_a_follow_up_stays_with_the_document(ask: Asking) -> None:
    history = ("按第四篇文章，10年期日本国债收益率是多少？",)
    assert {s.doc for s in ask("*", "那2年期呢？", history=history).sources} <= {"yen"}


def test_a_source_number_is_of_the_document_in_play(ask: Asking) -> None:
    got = ask("*", "[6]说了什么？", history=("台积电2025年第四季度利润是多少？",))
    assert {source.doc for source in got.sources} == {"great-rotation-2026"}


def test_a_source_number_of_several_documents_is_told_of_each(ask: Asking) -> None:
    got = ask("*", "[1]说了什么？")
    docs = {source.doc for source in got.sources}
    assert len(docs) > 1
    assert all(f"[{doc}:1]" in got.answer for doc in docs)
    assert {s.doc for s in ask("*", "[yen:1]说了什么？").sources} == {"yen"}


@pytest.mark.parametrize("question", ["这篇文章主要讲了什么？", "概括全文的要点"])
def test_a_summary_that_nothing_narrows_is_of_each_document(ask: Asking, question: str) -> None:
    got = ask("*", question)
    assert {source.doc for source in got.sources} == {
        "carmakers",
        "great-rotation-2026",
        "qinglan",
        "yen",
    }
    assert got.answer.endswith("（共4篇）")


def test_a_summary_in_a_conversation_is_of_the_document_in_play(ask: Asking) -> None:
    got = ask("*", "这篇文章主要讲了什么？", history=("台积电2025年第四季度利润是多少？",))
    assert {source.doc for source in got.sources} == {"great-rotation-2026"}
    assert "罗素2000" in got.answer  # not of 台积电 alone


def _info(doc: str) -> DocumentInfo:
    return DocumentInfo(
        doc=doc,
        iri=f"https://example.org/{doc}",
        graph=f"https://example.org/{doc}/1",
        path=f"/{doc}.txt",
        sha256="",
        title=doc,
        published=None,
        figures=1,
        sentences=1,
    )


@pytest.mark.parametrize("verb", ["概括", "请总结一下", "列出"])
def test_what_asks_for_a_document_does_not_describe_it(verb: str) -> None:
    from qa.answering.question.asked_documents import asked_documents

    infos = tuple(_info(name) for name in ("a", "b"))
    question = f"{verb}这份报告对就业市场的判断。"
    assert asked_documents(question, infos, find=lambda words: ("a",)).docs is None


def test_more_documents_than_are_listed_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.answering.engine._MOST_LISTED", 3)
    for number in range(4):
        text = f"第{number}号日报\n\n2026年3月{number + 1}日\n\n沪铜报每吨{80_000 + number}元。\n"
        (tmp_path / f"d{number:02}.txt").write_text(text, encoding="utf-8")
    with KnowledgeBase.open(tmp_path / "home") as kb:
        assert not kb.ingest([tmp_path]).refused
        got = answer(Question(text="知识库里有哪些文章？"), kb)
    assert got.answer.count("《") == 3
    assert got.answer.endswith("（共4篇，以上为其中3篇）")


_TOLD = """{name}日报

2026年{month}月6日

本文为自动测试而虚构。

{month}月6日，沪铜主力合约报每吨{price}元。{firm}当日收涨{rise}%。
"""


@pytest.fixture
def two(tmp_path: Path) -> KnowledgeBase:
    """Two documents that tell of one price at different times."""
    for name, month, price, firm, rise in (
        ("march", 3, "78,120", "江西铜业", "2.4"),
        ("april", 4, "81,450", "紫金矿业", "3.1"),
    ):
        text = _TOLD.format(name=name, month=month, price=price, firm=firm, rise=rise)
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    base = KnowledgeBase.open(tmp_path / "home")
    assert not base.ingest([tmp_path / "march.txt", tmp_path / "april.txt"]).refused
    return base


def test_two_documents_that_tell_it_differently_are_both_told(two: KnowledgeBase) -> None:
    got = answer(Question(text="沪铜主力合约报多少？"), two)
    assert "78,120" in got.answer
    assert "81,450" in got.answer
    assert "[march:" in got.answer
    assert "[april:" in got.answer
    assert got.doc is None
    alone = answer(Question(text="4月6日沪铜主力合约报多少？"), two)
    assert "81,450" in alone.answer
    assert "78,120" not in alone.answer


def test_a_name_of_one_document_alone_is_told_of_that(two: KnowledgeBase) -> None:
    got = answer(Question(text="江西铜业当日涨了多少？"), two)
    assert {source.doc for source in got.sources} == {"march"}
