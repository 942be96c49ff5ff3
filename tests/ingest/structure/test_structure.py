"""What holds for every text, and agreement with the annotated articles."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.structure import segment, support_of
from kg.errors import InputError
from kg.records import Document, Span, Support

Structure = Callable[[str], Document]

LINES = st.sampled_from(
    [
        "大轮动：2026年初小盘股表现",
        "2026年1月17日　来源：财联社",
        "登录 | 注册",
        "相关个股",
        "MU",
        "--",
        "一、金融数据",
        "估值差异",
        "是驱动因素[1][2]。跌3% [2-4]，涨2%。",
        "品种　收盘价　涨跌",
        "黄金　2,633　-0.65",
        "数据来源：[1,4]",
        "· 沪指涨0.8%",
        "热门评论（2）",
        "参考来源",
        "[1] 路透社",
        "[2]",
        "“先涨。后跌。”",
        "",
        "\u3000",
        "\u200b",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.one_of(LINES, st.text(max_size=12)), max_size=30).flatmap(
        lambda lines: st.sampled_from(["\n", "\r\n", "\r", "\n\n"]).map(lambda end: end.join(lines))
    ),
)


@settings(deadline=None)  # the first text of traditional characters loads a dictionary
@given(text=TEXTS)
def test_any_text_has_a_structure_or_is_refused(structure: Structure, text: str) -> None:
    try:
        document = structure(text)
    except InputError as error:
        assert "\n" not in str(error)
        return
    blocks = [line.block for line in document.lines]
    assert blocks[0] == 1
    assert all(b - a in (0, 1) for a, b in pairwise(blocks))
    for spans in (
        [line.span for line in document.lines],
        [sentence.span for sentence in document.sentences],
    ):
        assert all(one.end <= other.start for one, other in pairwise(spans))
    for line in document.lines:
        assert line.span.of(text) == line.span.of(text).strip() != ""
    for sentence in document.sentences:
        home = [line for line in document.lines if line.span.contains(sentence.span)]
        assert [(line.block, line.kind) for line in home] == [(sentence.block, sentence.kind)]
        assert sentence.lead is None or sentence.lead.end <= sentence.span.start
        assert support_of(document, sentence.span).scope in ("direct", "paragraph", "none")
    assert list(document.marks) == sorted(document.marks, key=lambda mark: mark.span.start)
    for mark in document.marks:
        assert mark.span.of(text) == mark.text
        assert any(line.span.contains(mark.span) for line in document.lines)
        assert any(line.span.contains(mark.covers) for line in document.lines)
        assert mark.source in support_of(document, mark.covers).citations or not any(
            sentence.span.contains(mark.covers) for sentence in document.sentences
        )


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "“",
        "。",
        "“。",
        "（。）",
        "[1",
        "[1]",
        "！a",
        "a|",
        "2026-01-",
        "热门 ",
        "#a ",
        "A.B. ",
        "涨1%。",
    ],
)
def test_long_repetitions_are_read(structure: Structure, piece: str) -> None:
    # A pattern that backtracks would need hours for it.
    document = structure("标题在这里有八个字\n\n正文一段。\n\n" + piece * (200_000 // len(piece)))
    assert document.sentences[0].span.of(document.text) == "正文一段。"


@pytest.mark.parametrize(
    "line",
    ["[1] a\n", "相关阅读\na\n", "参考来源\n[1] a\n", "甲　1　2\n", "x 1 2\n", "相关个股\nMU\n"],
)
def test_many_lines_are_read(structure: Structure, line: str) -> None:
    document = structure("标题在这里有八个字\n\n正文一段。\n\n" + line * 5_000)
    assert document.sentences[0].span.of(document.text) == "正文一段。"


def records(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    for line in (folder / name).read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def test_annotated_figures_have_their_support(annotated: dict[Path, Document]) -> None:
    for folder, document in annotated.items():
        for figure in records(folder, "figures.jsonl"):
            span = Span(figure["start"], figure["end"])
            assert any(sentence.span.contains(span) for sentence in document.sentences), figure
            assert support_of(document, span) == Support(
                citations=tuple(figure["citations"]), scope=figure["citation_scope"]
            ), figure


def test_annotated_evidence_is_made_of_sentences(annotated: dict[Path, Document]) -> None:
    for folder, document in annotated.items():
        sentences = {sentence.span.of(document.text) for sentence in document.sentences}
        for question in records(folder, "questions.jsonl"):
            assert sentences.issuperset(question["evidence"]), question["id"]


def test_annotated_entities_stand_in_the_article(annotated: dict[Path, Document]) -> None:
    for folder, document in annotated.items():
        for entity in records(folder, "entities.jsonl"):
            kinds = [
                line.kind
                for line in document.lines
                if line.span.start <= entity["first_start"] < line.span.end
            ]
            assert kinds, entity
            assert kinds[0] != "furniture", entity


def test_crlf_changes_no_kind(source_article: Document) -> None:
    article = source_article.article
    crlf = type(article)(
        doc=article.doc,
        path=article.path,
        text=article.text.replace("\n", "\r\n"),
        sha256=article.sha256,
        encoding=article.encoding,
    )
    lines = segment(crlf).lines
    assert [(line.block, line.kind) for line in lines] == [
        (line.block, line.kind) for line in source_article.lines
    ]


def test_source_article_blocks(source_article: Document) -> None:
    blocks = source_article.text.split("\n\n")
    for line in source_article.lines:
        assert line.span.of(source_article.text) in blocks[line.block - 1].split("\n")
