from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.audit.numbers import Number, Reach, plain


def number(printed: str, value: str | None, unit: str = "percent", **changes: object) -> Number:
    amount = None if value is None else Decimal(value)
    fields: dict[str, object] = {
        "claim": "c", "doc": "a", "start": 0, "end": 1, "printed": printed, "low": amount,
        "high": amount, "unit": unit, "approximate": False, "subject": "台积电", "entity": None,
        "metric": "profit", "words": None, "basis": None, "modality": "reported", "period": None,
        "sentence": "s",
    }  # fmt: skip
    return Number(**{**fields, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("printed", "value", "unit", "step"),
    [
        ("1,826.4亿元", "182640000000", "CNY", "10000000"),
        ("4.90%", "4.90", "percent", "0.01"),
        ("百分之三点七", "3.7", "percent", "0.1"),
        ("５.6万人", "56000", "count", "1000"),
        ("83只", "83", "count", "0"),
        ("近三成", "30", "percent", "10"),
        ("-26.4%", "-26.4", "percent", "0.1"),
        ("0.0%", "0", "percent", "0.1"),
    ],
)
def test_the_last_place_that_is_printed(printed: str, value: str, unit: str, step: str) -> None:
    assert number(printed, value, unit).step == Decimal(step)


@pytest.mark.parametrize(
    ("printed", "value", "unit", "low", "high"),
    [
        ("4.9%", "4.9", "percent", "4.85", "4.95"),
        ("约400个基点", "400", "basis_point", "350", "450"),
        ("逾三成", "30", "percent", "25", "40"),
        ("近七成", "70", "percent", "63", "75"),
        ("翻一番以上", "100", "percent", "100", None),
        ("-3.3%", "-3.3", "percent", "-3.35", "-3.25"),
    ],
)
def test_where_the_true_value_may_lie(
    printed: str, value: str, unit: str, low: str, high: str | None
) -> None:
    approximate = printed[0] in "约逾近翻"
    reach = number(printed, value, unit, approximate=approximate).reach
    assert reach == Reach(Decimal(low), None if high is None else Decimal(high))


@given(st.decimals(-1000, 1000, places=2), st.decimals(-1000, 1000, places=2))
def test_what_is_rounded_is_where_it_says(one: Decimal, other: Decimal) -> None:
    printed = round(one, 1)
    reach = number(f"{printed}%", str(printed)).reach
    assert reach.low is not None and reach.low <= one <= (reach.high or one)
    theirs = number(f"{round(other, 1)}%", str(round(other, 1))).reach
    apart = reach.minus(theirs)
    assert apart.low is not None and apart.low <= one - other <= (apart.high or one - other)


def test_a_value_is_printed_like_another() -> None:
    assert number("196.7亿元", "19670000000", "CNY").like(Decimal("18670000000")) == "186.7亿元"
    assert number("约400个基点", "400", "basis_point").like(Decimal(510)) == "510个基点"
    assert plain(Decimal("1234.5"), places=0) == "1,234.5"


def test_a_fall_that_words_tell_has_its_sign() -> None:
    assert number("2.3%", "-2.3").signed == "-2.3%"
    assert number("-3.3%", "-3.3").signed == "-3.3%"
