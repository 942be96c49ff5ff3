"""When one amount says what another says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.quantities import find_quantities
from kg.records import Quantity
from qa.gate.amounts import same_size


def amount(text: str) -> Quantity:
    (found,) = find_quantities(text)
    return found


@pytest.mark.parametrize(
    ("claimed", "stated"),
    [
        ("160亿美元", "16,000,000,000美元"),
        ("1826.4亿元", "1,826.4亿元"),
        ("7%", "7.0%"),
        ("５％", "5%"),
        ("百分之三十五", "35%"),
        ("510个基点", "5.1个百分点"),
        ("约7%", "7.2%"),  # rounded, and said so
        ("逾1,200亿元", "1,234亿元"),
        ("超过1,900家", "1,900家以上"),
        ("3%至10%", "3%—10%"),
        ("两年", "24个月"),
        ("70美元", "70美元/桶"),
        ("100亿元", "逾100亿元"),  # says less, not something else
    ],
)
def test_one_size(claimed: str, stated: str) -> None:
    assert same_size(amount(claimed), amount(stated))


@pytest.mark.parametrize(
    ("claimed", "stated"),
    [
        ("160万美元", "160亿美元"),
        ("160亿元", "160亿美元"),
        ("5%", "5个百分点"),
        ("5个基点", "5个百分点"),
        ("7%", "7.2%"),  # rounded in silence
        ("约7%", "7.8%"),
        ("近100亿元", "逾100亿元"),
        ("3%至11%", "3%至10%"),
        ("10%", "3%至10%"),
        ("14天", "14个交易日"),
        ("1,900人", "1,900家"),
        ("70美元/吨", "70美元/桶"),
    ],
)
def test_another_size(claimed: str, stated: str) -> None:
    assert not same_size(amount(claimed), amount(stated))


def test_a_bound_is_one_where_the_words_say_so() -> None:
    assert same_size(amount("10%"), amount("3%至10%"), around="最高提价")
    assert not same_size(amount("10%"), amount("3%至10%"), around="至少提价")


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_whole_numbers_are_alike_only_where_equal(one: int, other: int) -> None:
    assert same_size(amount(f"{one}万元"), amount(f"{other}万元")) == (one == other)
