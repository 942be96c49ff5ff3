from __future__ import annotations

from decimal import Decimal

import pytest

from ingest.quantities import UnitHint, read_cell, unit_of_header


@pytest.mark.parametrize(
    ("header", "unit", "factor"),
    [
        ("营业收入（亿元）", "CNY", "100000000"),
        ("周涨跌（%）", "percent", "1"),
        ("收盘价(美元/盎司)", "USD/ounce", "1"),
        ("销量（万辆）", "count", "10000"),
        ("单位：亿港元", "HKD", "100000000"),
        ("利差（bp）", "basis_point", "1"),
    ],
)
def test_header_states_the_unit(header: str, unit: str, factor: str) -> None:
    assert unit_of_header(header) == UnitHint(unit, Decimal(factor))


@pytest.mark.parametrize("header", ["同比", "收盘价", "品种（截至12月6日）", "", "（）"])
def test_header_without_a_unit_has_none(header: str) -> None:
    assert unit_of_header(header) is None


def test_bare_number_takes_the_unit_of_its_column() -> None:
    cell = read_cell("　862.7 ", hint=unit_of_header("营业收入（亿元）"))
    assert cell is not None
    assert (cell.value, cell.unit, cell.text) == (Decimal(86_270_000_000), "CNY", "862.7")
    assert (cell.span.start, cell.span.end) == (1, 6)


def test_printed_sign_is_kept_and_brackets_are_a_loss() -> None:
    hint = unit_of_header("利润（%）")
    gain, loss = read_cell("+27.6", hint=hint), read_cell("(3.5)", hint=hint)
    assert gain is not None and gain.value == Decimal("27.6") and gain.signed
    assert loss is not None and loss.value == Decimal("-3.5")


def test_cell_with_its_own_unit_is_read_as_text() -> None:
    cell = read_cell("67.20美元/桶", hint=UnitHint("percent", Decimal(1)))
    assert cell is not None and (cell.value, cell.unit) == (Decimal("67.20"), "USD/barrel")


@pytest.mark.parametrize("text", ["五粮液", "", "--", "—", "沪深300", "1" * 100])
def test_cell_of_words_is_no_figure(text: str) -> None:
    assert read_cell(text) is None
