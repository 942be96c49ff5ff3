from __future__ import annotations

import json
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from qa.cli.terminal import around, columns, emit_bytes, lit, say, say_json
from qa.plain import printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("跌3.64% [0]", "跌3.64% [0]"),
        ("\x1b[31m红\x1b[0m", "[31m红[0m"),
        ("\x1b]0;title\x07甲", "]0;title甲"),
        ("甲\r\n乙\r丙", "甲\n乙\n丙"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("利\u200b润", "利润"),
        ("𠮷😀", "𠮷😀"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("\ud800", ""),
        ("\x9b31m", "31m"),
    ],
)
def test_what_reaches_the_terminal(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text(st.characters()))
def test_no_control_character_is_left(text: str) -> None:
    assert all(
        char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs") for char in printable(text)
    )


def test_columns_align_by_cells() -> None:
    assert columns([["台积电", "35%"], ["MU", "4.1%"]], right=[1]) == "台积电   35%\nMU      4.1%"


def test_a_cell_cannot_break_its_row() -> None:
    assert columns([["a\nb", "c"]]) == "a b  c"


def test_passage_in_its_paragraph(capsys: pytest.CaptureFixture[str]) -> None:
    text = "第一段。\n公用事业跌3.64%。\n第三段。"
    start = text.index("3.64%")
    say(around(text, start, start + 5))
    assert capsys.readouterr().out == "公用事业跌⟦3.64%⟧。\n"
    say(lit(text, 0, 3))
    assert capsys.readouterr().out == "⟦第一段⟧。\n公用事业跌3.64%。\n第三段。\n"


def test_a_passage_is_in_colour_on_a_terminal_and_nothing_of_the_article_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    say(lit("甲\x1b[31m乙丙", 6, 7))
    assert capsys.readouterr().out == "甲[31m\x1b[30m\x1b[43m\x1b[1m乙\x1b[0m丙\n"


def test_binary_data_is_kept_from_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    with pytest.raises(InputError, match="not for terminals; name a file with -o FILE"):
        emit_bytes(b"PAR1")


def test_json_on_a_terminal_says_the_same_and_obeys_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    value = {"a": "甲\x1b[31m\x9b1m\u202e乙\u200b😀\U000e0041"}
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    say_json(value)
    out = capsys.readouterr().out
    assert json.loads(out) == value
    assert printable(out) == out and "甲" in out and "😀" in out
