from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.numerals import LONGEST, fold, read_numeral


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("1,826.4", "1826.4"),
        ("2.31万亿", "2310000000000"),
        ("1亿2000万", "120000000"),
        ("一点二万亿", "1200000000000"),
        ("三万五", "35000"),
        ("两千四百五", "2450"),
        ("一百零五", "105"),
        ("一千零十二", "1012"),
        ("二〇二五", "2025"),
        ("十点五", "10.5"),
        ("五兆六十二亿四万五千二", "5006200045200"),
        ("负一又二分之一", "-1.5"),
        ("四分之三", "0.75"),
        ("廿二", "22"),
    ],
)
def test_numeral_has_its_value(numeral: str, value: str) -> None:
    assert read_numeral(numeral) == Decimal(value)


@pytest.mark.parametrize(
    "numeral", ["", "万", "亿万", "点五", "十一十二", "1..2", "1" * (LONGEST + 1)]
)
def test_what_is_no_numeral_has_no_value(numeral: str) -> None:
    assert read_numeral(numeral) is None


def test_large_values_print_without_an_exponent() -> None:
    assert str(read_numeral("2.31万亿")) == "2310000000000"


def test_forty_digits_are_exact() -> None:
    assert read_numeral("1" * 39 + "2") == Decimal("1" * 39 + "2")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("１２．５％", "12.5%"),
        ("４，５６５", "4,565"),
        ("壹佰萬圓", "一百万圆"),
        ("5－3", "5-3"),
        ("100，200家", "100，200家"),  # a comma of the sentence
    ],
)
def test_fold_maps_to_one_spelling(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_fold_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


_DIGITS = "零一二三四五六七八九"


def _spoken(number: int) -> str:
    """A whole number under 10**12 in Chinese, by the grammar-school rule."""
    if number == 0:
        return "零"
    sections = []
    while number:
        number, section = divmod(number, 10_000)
        sections.append(section)
    words = ""
    for index in range(len(sections) - 1, -1, -1):
        section = sections[index]
        if not section:
            words += "零" if words and not words.endswith("零") and any(sections[:index]) else ""
            continue
        if words and section < 1000 and not words.endswith("零"):
            words += "零"
        digits, pending = f"{section:04d}".lstrip("0"), False
        for place, digit in zip(range(len(digits) - 1, -1, -1), digits, strict=True):
            if digit == "0":
                pending = True
                continue
            words += ("零" if pending else "") + _DIGITS[int(digit)] + ["", "十", "百", "千"][place]
            pending = False
        words += ["", "万", "亿"][index]
    return words


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_a_spoken_number_reads_back(number: int) -> None:
    assert read_numeral(_spoken(number)) == number


@given(
    st.text(alphabet="零〇一二两三四五六七八九十百千万亿兆点又分之负+-0123456789., ", max_size=60)
)
def test_no_string_of_numeral_characters_raises(numeral: str) -> None:
    read_numeral(numeral)
