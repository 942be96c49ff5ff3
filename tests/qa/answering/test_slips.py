"""Names that were mistyped by their sound."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest

from qa.answering.question.slips import mended, sounds_of
from qa.records import Answer

GR = "great-rotation-2026"
Asking: TypeAlias = Callable[..., Answer]


@pytest.mark.parametrize(
    ("text", "names", "typed", "meant"),
    [
        ("台机电利润是多少", ["台积电"], "台机电", "台积电"),
        ("比压迪销量", ["比亚迪", "理想汽车"], "比压迪", "比亚迪"),
        ("问宁得时代的利润", ["宁德时代"], "宁得时代", "宁德时代"),
    ],
)
def test_a_name_of_the_same_sound_is_put_right(
    text: str, names: list[str], typed: str, meant: str
) -> None:
    slip = mended(text, sounds_of(names))
    assert slip is not None
    assert (slip.typed, slip.meant) == (typed, meant)
    assert slip.text == text.replace(typed, meant)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("台积电利润是多少", ["台积电"]),  # right as it is
        ("中信银行利润是多少", ["中兴银行"]),  # another sound, another bank
        ("台机电利润", ["台积电", "台鸡电"]),  # two names sound so
        ("TSM 今年 😀 𠮷", ["台积电"]),
        ("", ["台积电"]),
    ],
)
def test_nothing_else_is_touched(text: str, names: list[str]) -> None:
    assert mended(text, sounds_of(names)) is None


def test_the_answer_says_which_name_it_took(ask: Asking) -> None:
    got = ask(GR, "台机电2025年第四季度利润是多少？")
    assert "160亿美元" in got.answer
    assert got.answer.startswith("（“台机电”按“台积电”理解）")


def test_a_name_that_no_document_has_is_refused_as_before(ask: Asking) -> None:
    assert ask(GR, "泰积店2025年第四季度利润是多少？").abstained is False
    assert ask(GR, "京西方2025年第四季度利润是多少？").abstained
