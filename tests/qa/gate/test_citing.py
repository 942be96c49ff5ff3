"""Answers cut into sentences, and the references that stand for each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.gate import Ref, refs_of, sentences_of


@pytest.mark.parametrize(
    ("mark", "refs"),
    [
        ("[5]", [Ref(None, "5", block=False)]),
        ("【3】", [Ref(None, "3", block=False)]),
        ("［３］", [Ref(None, "3", block=False)]),
        ("[1,4]", [Ref(None, "1", block=False), Ref(None, "4", block=False)]),
        ("[2-4]", [Ref(None, n, block=False) for n in "234"]),
        ("[¶31]", [Ref(None, "31", block=True)]),
        ("[jobs-2026:5]", [Ref("jobs-2026", "5", block=False)]),
        ("[就业:¶3]", [Ref("就业", "3", block=True)]),
        ("[4-2]", []),  # a range that runs backwards
        ("[1-99]", []),
        ("【10:30】", []),  # a time of day
        ("[热]", []),
    ],
)
def test_references_of_a_marker(mark: str, refs: list[Ref]) -> None:
    assert list(refs_of(mark)) == refs


def _cited(answer: str) -> list[tuple[str, ...]]:
    return [tuple(str(ref) for ref in s.refs) for s in sentences_of(answer)]


@pytest.mark.parametrize(
    ("answer", "cited"),
    [
        ("利润160亿美元 [6]。房地产涨0.80% [0]。", [("[6]",), ("[0]",)]),
        ("利润160亿美元。[6]房地产涨0.80%。[0]", [("[6]",), ("[0]",)]),  # marks after the stop
        ("利润160亿美元。同比增长35%[6]。", [("[6]",), ("[6]",)]),  # they close the paragraph
        ("利润160亿美元[6]。同比增长35%。", [("[6]",), ()]),  # nothing stands for the second
        ("利润160亿美元[6]。\r\n同比增长35%。", [("[6]",), ()]),
        ("利润160亿美元。\n同比增长35%。\n来源：[6][7]", [("[6]", "[7]"), ("[6]", "[7]")]),
        ("- 甲涨1% [1]\n- 乙涨2% [2]", [("[1]",), ("[2]",)]),
        ("1. 甲涨1% [1]\n2. 乙涨2% [2]", [("[1]",), ("[2]",)]),
        ("他说：“真的。我们信。” [3]", [("[3]",)]),
        ("𠮷野家涨1% [1]😀。", [("[1]",)]),
        ("", []),
        ("[1]", []),
    ],
)
def test_what_stands_for_each_sentence(answer: str, cited: list[tuple[str, ...]]) -> None:
    assert _cited(answer) == cited


def test_a_marker_inside_a_sentence_covers_what_is_before_it() -> None:
    (sentence,) = sentences_of("甲涨1%[1]，乙涨2%[2]。")
    covered = [(part.span.of(sentence.text), str(part.refs[0])) for part in sentence.parts]
    assert covered[0] == ("甲涨1%", "[1]")
    assert covered[1] == ("，乙涨2%", "[2]")


def test_a_line_that_announces_a_list_says_nothing_itself() -> None:
    first, second = sentences_of("主要有以下几点：\n- 甲涨1% [1]")
    assert first.heading
    assert not second.heading


@given(st.text(alphabet="涨1%[]【】¶,-:。；\n甲A ０９\r😀𠮷", max_size=60))
def test_no_text_breaks_it(answer: str) -> None:
    for sentence in sentences_of(answer):
        for part in sentence.parts:
            assert 0 <= part.span.start <= part.span.end <= len(sentence.text)
