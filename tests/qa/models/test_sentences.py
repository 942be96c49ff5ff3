"""A draft cut into sentences, however it comes in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.models.sentences import LONGEST, Sentences, first_of


def cut(*pieces: str) -> list[str]:
    sentences = Sentences()
    found = [sentence for piece in pieces for sentence in sentences.feed(piece)]
    return [*found, *sentences.end()]


@pytest.mark.parametrize(
    ("draft", "sentences"),
    [
        ("甲涨了[1]。乙跌了[2]。", ["甲涨了[1]。", "乙跌了[2]。"]),
        ("甲涨了。[1]乙跌了。[2][3]", ["甲涨了。[1]", "乙跌了。[2][3]"]),
        ("他说：“会涨。”[1]乙跌了", ["他说：“会涨。”[1]", "乙跌了"]),
        ("甲涨了\n[2] 乙跌了。", ["甲涨了", "[2] 乙跌了。"]),
        ("涨了3.64%[1]！真的？！是的", ["涨了3.64%[1]！", "真的？！", "是的"]),
        ("<think>先想。\n再想。</think>甲涨了。", ["甲涨了。"]),
        ("<think>没有想完。", []),
        ("", []),
        (" \n\n ", []),
        ("𠮷野家涨了😀。\r\n乙跌了。", ["𠮷野家涨了😀。", "乙跌了。"]),
    ],
)
def test_sentences_with_their_marks(draft: str, sentences: list[str]) -> None:
    assert cut(draft) == sentences
    assert cut(*draft) == sentences


def test_what_has_no_end_is_cut() -> None:
    assert [len(s) for s in cut("涨" * (2 * LONGEST + 5))] == [LONGEST, LONGEST, 5]


@pytest.mark.parametrize(
    ("draft", "is_open"),
    [
        ("甲涨了", True),
        ("甲涨了。", False),
        ("甲涨了[1]", False),
        ("甲。乙涨", True),
        ("", False),
        ("It fell.", False),
    ],
)
def test_a_draft_that_breaks_off_is_known(draft: str, is_open: bool) -> None:
    sentences = Sentences()
    list(sentences.feed(draft))
    assert sentences.is_open is is_open


def test_the_first_of_several() -> None:
    assert first_of("甲涨了[1]。乙跌了[2]。") == "甲涨了[1]。"
    assert first_of("  ") == ""


PIECES = st.lists(
    st.sampled_from([*"甲 涨了 3.64% 。 ！ [1] [ ] ” {F1} <think> </think> <".split(), "\n", " "]),
    max_size=40,
)


@given(PIECES)
def test_the_pieces_do_not_matter(pieces: list[str]) -> None:
    whole = "".join(pieces)
    assert cut(*pieces) == cut(whole) == cut(*whole)


@given(PIECES)
def test_nothing_is_lost_or_said_twice(pieces: list[str]) -> None:
    whole = "".join(p for p in pieces if "think" not in p and p != "<")
    assert "".join("".join(cut(whole)).split()) == "".join(whole.split())
