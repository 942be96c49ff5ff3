"""Firms told by stakes, lists, camps and the deals around them; most names are invented."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.ingest.language.conftest import Read

HEADER = "公告摘要\n\n2025年12月2日\n\n"


def _names(read: Read, sentence: str) -> dict[str, str]:
    """The printed names of *sentence* and their types."""
    _, found = read(HEADER + sentence)
    types = {e.id: e.type for e in found.entities}
    return {m.text: types[m.entity] for m in found.mentions if m.how == "name"}


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("衡川集团作价8亿元出售盛岚骄月100%股权。", "盛岚骄月"),
        ("公司收购了云岭优培10%股权。", "云岭优培"),
        ("公司转让其持有的零岚宝15%股权、朗享无线15%股权。", "朗享无线"),
        ("公司间接持有Urbasan100%的股权。", "Urbasan"),
    ],
)
def test_what_a_stake_is_in_is_a_firm(read: Read, sentence: str, name: str) -> None:
    assert _names(read, sentence).get(name) == "company"


@pytest.mark.parametrize(
    "sentence",
    [
        "如今加上竞拍成功的4.21%股份，持股已近两成。",
        "各股东合计减持5%股份。",
        "其余49%股权由员工持有。",
        "双方约定转让标的公司100%股权。",
        "二级市场3%股份遭冻结。",
    ],
)
def test_a_stake_in_nothing_named_makes_no_firm(read: Read, sentence: str) -> None:
    assert "company" not in _names(read, sentence).values()


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("腾讯、朗乐、网易等公司参与了投资。", "朗乐"),
        ("随着衡用、克莱斯勒等车企陷入困境，订单下降。", "衡用"),
        ("近年来腾讯、阿里巴巴等巨头加大投入。", "腾讯"),
    ],
)
def test_a_list_closed_by_a_word_for_firms_holds_firms(
    read: Read, sentence: str, name: str
) -> None:
    assert _names(read, sentence).get(name) == "company"


def test_a_list_of_towns_holds_none(read: Read) -> None:
    assert "company" not in _names(read, "天津、上海、苏州等地企业开工率回升。").values()


def test_a_camp_is_a_group_and_the_copula_is_none(read: Read) -> None:
    assert _names(read, "安邦系以168亿元出售股权。").get("安邦系") == "group"
    assert "安邦系" not in _names(read, "安邦系公司第一大股东。")


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("陈某从二级市场买入云南白药股份。", "云南白药"),
        ("衡煤科技为维维股份控股子公司。", "维维股份"),
        ("一是控股股东衡川实业投资有限公司（以下简称“衡川实业”）增持。", "衡川实业投资有限公司"),
        ("快岚科技股东厦门衡娱投资合伙企业（有限合伙）签订了协议。", "快岚科技"),
        ("国美也将开设二级分公司。", "国美"),
        ("衡朗电子有限公司在平安银行天津分行申请贷款8000万元。", "衡朗电子有限公司"),
        ("挖贝网11月20日消息，公司发布公告。", "挖贝网"),
    ],
)
def test_what_stands_beside_a_name_is_no_part_of_it(read: Read, sentence: str, name: str) -> None:
    assert _names(read, sentence).get(name) == "company"


@pytest.mark.parametrize("name", ["爱奇艺估值约3亿美元。", "高盛分次套现。"])
def test_what_a_house_does_is_no_arm_of_it(read: Read, name: str) -> None:
    assert not {n for n in _names(read, name) if n[-2:] in ("估值", "分次")}


def test_a_name_that_is_a_word_counts_where_it_deals_in_shares(read: Read) -> None:
    assert _names(read, "太阳鸟收购成都衡光股权。").get("太阳鸟") == "company"
    assert "太阳鸟" not in _names(read, "一只太阳鸟落在树上。")
