from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ingest.quantities import find_quantities, render

UNITS = [
    "percent",
    "percentage_point",
    "basis_point",
    "multiple",
    "CNY",
    "USD",
    "HKD",
    "JPY",
    "EUR",
    "trading_day",
    "day",
    "week",
    "month",
    "quarter",
    "year",
    "count",
    "tonne",
    "barrel",
    "ounce",
    "GWh",
    "GW",
    "kilowatt",
    "CNY/bottle",
    "CNY/share",
    "USD/count",
    "USD/barrel",
    "USD/ounce",
    "CNY/tonne",
    "CNY/watt",
    "barrel/day",
]


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("16000000000", "USD", "160亿美元"),
        ("215000000000", "CNY", "2,150亿元"),
        ("2095000000000", "CNY", "2.095万亿元"),
        ("510", "basis_point", "510个基点"),
        ("5.1", "percentage_point", "5.1个百分点"),
        ("0.65", "percent", "0.65%"),
        ("-3.64", "percent", "-3.64%"),
        ("1620", "CNY/bottle", "每瓶1,620元"),
        ("90061", "USD/count", "每枚90,061美元"),
        ("2200000", "barrel/day", "220万桶/日"),
        ("2559.61", "index_point", "2,559.61点"),
        ("19.8", "multiple", "19.8倍"),
        ("1.1794", "USD/EUR", "1.1794"),
    ],
)
def test_value_is_printed_as_the_market_does(value: str, unit: str, text: str) -> None:
    assert render(Decimal(value), unit) == text


def test_options_name_the_measure_word_and_the_hedge() -> None:
    assert render(Decimal(12), "count", noun="家") == "12家"
    assert render(Decimal(70000), "count", noun="人", approximate=True) == "约7万人"


def test_an_unknown_unit_is_printed_after_its_number() -> None:
    assert render(Decimal(3), "parsec") == "3 parsec"


@given(
    st.decimals(min_value=-(10**15), max_value=10**15, places=2, allow_nan=False),
    st.sampled_from(UNITS),
    st.booleans(),
)
def test_what_is_rendered_reads_back(value: Decimal, unit: str, approximate: bool) -> None:
    assume(not (approximate and value < 0))
    text = render(value, unit, approximate=approximate)
    found = find_quantities(f"结果是{text}，")
    assert [(q.value, q.unit, q.text, q.approximate) for q in found] == [
        (value, unit, text, approximate)
    ]
