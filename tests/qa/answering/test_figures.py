"""Questions that figures answer: looked up, ranked, compared, subtracted, listed."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import TypeAlias

import pytest

from qa.records import Answer

GR = "great-rotation-2026"
Asking: TypeAlias = Callable[..., Answer]
defect = partial(pytest.mark.xfail, strict=True, raises=AssertionError)


@pytest.mark.parametrize(
    ("doc", "question", "wanted", "citations"),
    [
        (GR, "罗素2000指数年初至今涨了多少？", ["7.0%"], "0"),
        (GR, "标普500今年以来涨了多少", ["1.9%"], "0"),
        (GR, "台积电2025年第四季度利润是多少？", ["160亿美元"], "6"),
        (GR, "ASML股价涨了多少？", ["7%"], "6"),
        (GR, "小盘股的估值折价是多少？", ["27-30%"], "4"),
        (GR, "能源板块涨了多少", ["0.22%"], "0"),
        (GR, "医疗保健板块涨跌多少？", ["0.51%", "跌"], "0"),
        (GR, "富兰克林邓普顿认为周期持续多久？", ["12个月"], "7"),
        (GR, "美光在纽约建厂要投多少钱？", ["1000亿美元"], "5"),
        ("qinglan", "青岚重工2025年营业收入是多少？", ["128.6亿元"], "1"),
        ("qinglan", "青岚重工去年营收是多少？", ["128.6亿元"], "1"),
        ("qinglan", "603999.SH的营业收入是多少？", ["128.6亿元"], "1"),
        ("qinglan", "青岚重工第四季度营收是多少？", ["41.2亿元"], "2"),
        ("qinglan", "青岚重工四季度营收环比增长多少？", ["8.7%"], "2"),
        ("qinglan", "青岚重工净利润同比下降多少？", ["3.1%"], "1"),
        ("qinglan", "青岚重工营业收入同比增长多少？", ["12.4%"], "1"),
        ("qinglan", "起重机械业务收入是多少？", ["52.3亿元"], "1 4"),
        ("qinglan", "混凝土机械收入同比是多少？", ["6.2%", ("下降", "-")], "1 4"),
        ("qinglan", "青岚重工2026年的收入目标是多少？", ["145亿元"], "3"),
        ("carmakers", "零跑2月交付多少？", ["36,400辆"], None),
        ("carmakers", "比亚迪2月销量是多少？", ["21.6万辆"], "3"),
        ("carmakers", "零跑汽车交付量同比增长多少？", ["44%"], "2"),
        ("carmakers", "小鹏G6降价多少？", ["1.2万元"], "2"),
        ("carmakers", "小鹏汽车1月交付多少辆？", ["24,000辆"], "1"),
        ("carmakers", "理想股价跌了多少？", ["4.2%"], ""),
        ("yen", "日本央行政策利率是多少？", ["0.75%"], "1"),
        ("yen", "美元兑日元是多少？", ["155.80"], "2"),
        ("yen", "日元本周跌了多少？", ["1.4%"], "2"),
        ("yen", "10年期日本国债收益率是多少？", ["1.32%"], "3"),
        ("yen", "10年期日本国债收益率较上周上升多少个基点？", ["6个基点"], "3"),
        ("yen", "核心CPI同比是多少？", ["2.6%"], "4"),
        ("qinglan", "603999去年营收多少", ["128.6亿元"], "1"),
        ("qinglan", "毛利率提高了多少个百分点？", ["1.3个百分点"], "1"),
        pytest.param(
            "carmakers",
            "经销商库存系数是多少？",
            ["1.62"],
            "4",
            marks=defect(reason="a bare number is no figure, and no sentence is tried"),
        ),
        ("yen", "10年期日债收益率上升了几个基点？", ["6个基点"], "3"),
    ],
)
def test_a_figure_is_looked_up(
    check: Asking, doc: str, question: str, wanted: list[str], citations: str | None
) -> None:
    got = check(doc, question, wanted, citations)
    assert got.query is not None
    assert got.doc == doc
    assert len(got.answer) <= 300


@pytest.mark.parametrize(
    ("question", "own"),
    [
        ("理想汽车2月交付了多少辆？", "28,500辆"),
        ("小鹏汽车2月交付多少？", "31,200辆"),
        ("蔚来2月交付量是多少", "19,800辆"),
    ],
)
def test_a_parallel_list_gives_each_subject_its_own_whole_figure(
    check: Asking, question: str, own: str
) -> None:
    got = check("carmakers", question, [own])
    numbers = re.findall(r"\d[\d,.]*", re.sub(r"2026年|2月|\[\d\]", "", got.answer))
    assert {n.rstrip(",.") for n in numbers} <= {"28,500", "31,200", "19,800"}


def test_two_questions_in_one_are_both_answered(check: Asking) -> None:
    check(GR, "台积电2025年第四季度利润是多少,同比增长多少?", ["160亿美元", "35%"], "6")
    check("qinglan", "青岚重工2025年营业收入是多少？净利润呢？", ["128.6亿元", "9.35亿元"], "1")
    check(
        "qinglan",
        "青岚重工2025年净利润是多少，同比变化多少？",
        ["9.35亿元", "3.1%"],
        "1",
        without=["12.4%"],
    )
    check(GR, "美光和台积电年初至今分别涨了多少？", ["18%", "12%"], "1")


@pytest.mark.parametrize(
    ("doc", "question", "winner", "value", "losers"),
    [
        (GR, "哪个板块跌得最惨?", "公用事业", "3.64%", ["通信服务", "科技"]),
        (GR, "表现最强的板块是哪个？涨了多少？", "房地产", "0.80%", ["能源"]),
        (GR, "上涨的几个板块里，涨幅最小的是哪个？", "能源", "0.22%", ["房地产"]),
        (GR, "下跌的板块中谁跌得最少？", "科技", "0.18%", ["公用事业"]),
        (GR, "领跌的是哪个板块？", "公用事业", "3.64%", ["房地产"]),
        ("qinglan", "哪块业务的毛利率最高？", "高空作业平台", "27.4%", ["零部件"]),
        ("qinglan", "哪个业务毛利率最低？", "零部件", "12.9%", ["起重机械"]),
        ("qinglan", "哪项业务收入同比增长最快？", "高空作业平台", "31.5%", ["起重机械"]),
        ("qinglan", "哪个业务收入最高？", "起重机械", "52.3亿元", ["零部件"]),
        ("carmakers", "哪家车企股价涨得最多？", "小鹏汽车", "6.5%", ["理想"]),
        ("carmakers", "股价下跌最多的是谁？", "理想汽车", "4.2%", ["小鹏"]),
        ("yen", "哪个指数涨幅最小？", "东证指数", "1.7%", ["日经"]),
        ("carmakers", "2月哪家车企交付最多？", "比亚迪", "21.6万辆", ["零跑"]),
    ],
)
def test_the_first_and_the_last_of_a_group(
    check: Asking,
    doc: str,
    question: str,
    winner: str,
    value: str,
    losers: list[str],
) -> None:
    check(doc, question, [winner, value], without=losers)


@pytest.mark.parametrize(
    ("doc", "question", "first", "wanted"),
    [
        (GR, "美光和台积电，年初至今谁涨得多？", "美光", ["18%", "12%"]),
        (GR, "通信服务和医疗保健板块，哪个跌得更多？", "通信服务", ["1.06%", "0.51%"]),
        (GR, "工业板块和金融服务板块谁的涨幅大？", "工业", ["0.73%", "0.43%"]),
        ("qinglan", "起重机械和零部件，哪个毛利率更高？", "起重机械", ["24.1%", "12.9%"]),
        ("qinglan", "起重机械和零部件，哪个毛利率更低？", "零部件", ["24.1%", "12.9%"]),
        ("carmakers", "理想和蔚来股价谁跌得更多？", "理想汽车", ["4.2%", "2.8%"]),
        ("yen", "日经225和东证指数哪个涨得多？", "日经225", ["2.3%", "1.7%"]),
        ("carmakers", "零跑和比亚迪2月谁卖得多？", "比亚迪", ["21.6万", "36,400"]),
        ("yen", "日元本周涨了还是跌了？", "日元", ["跌", "1.4%"]),
    ],
)
def test_the_higher_of_two_comes_first_and_both_values_are_told(
    check: Asking, doc: str, question: str, first: str, wanted: list[str]
) -> None:
    got = check(doc, question, wanted)
    assert got.answer.startswith(first)


def test_a_gap_that_the_source_states_is_told_as_stated(check: Asking) -> None:
    check(GR, "小盘股跑赢大盘股多少个基点？", ["400个基点"], "3 7", without=["5.1"])


@pytest.mark.parametrize(
    ("doc", "question", "gap", "parts"),
    [  # 7.0 - 1.9, 18 - 12, 0.80 + 3.64, 1.9 + 1.4, 27.4 - 12.9, 52.3 - 38.9, 2.3 - 1.7, 2.9 - 2.6
        (GR, "罗素2000比标普500多涨了多少个百分点？", "5.1个百分点", ["7.0%", "1.9%"]),
        (GR, "美光年初至今的涨幅比台积电高几个百分点？", "6个百分点", ["18%", "12%"]),
        (GR, "房地产板块与公用事业板块的涨跌幅相差多少？", "4.44个百分点", ["0.80%", "3.64%"]),
        (GR, "标普500年初至今比华丽七巨头好多少个百分点？", "3.3个百分点", ["1.9%", "1.4%"]),
        ("qinglan", "高空作业平台与零部件的毛利率相差多少个百分点？", "14.5个百分点", ["27.4%"]),
        ("qinglan", "起重机械收入比混凝土机械多多少？", "13.4亿元", ["52.3亿", "38.9亿"]),
        ("yen", "日经225比东证指数多涨多少个百分点？", "0.6个百分点", ["2.3%", "1.7%"]),
        ("yen", "日本1月核心CPI比去年12月低多少个百分点？", "0.3个百分点", ["2.6%", "2.9%"]),
        (
            "carmakers",
            "小鹏比蔚来2月多交付多少辆？",
            ("11,400辆", "1.14万辆"),
            ["31,200", "19,800"],
        ),
        ("carmakers", "小鹏汽车2月交付量比1月多多少辆？", "7,200", ["24,000"]),
    ],
)
def test_a_gap_is_computed_from_its_parts(
    check: Asking, doc: str, question: str, gap: str | tuple[str, ...], parts: list[str]
) -> None:
    options = (gap,) if isinstance(gap, str) else gap
    got = check(doc, question, [tuple(f"相差{option}" for option in options), *parts])
    assert not any(f"相差{option}%" in got.answer for option in options)  # points are no per cent


def test_points_are_told_in_basis_points_too(check: Asking) -> None:
    check(GR, "罗素2000比标普500多涨了多少？", ["5.1个百分点", "510", "个基点"], "0")


def test_a_gap_may_be_asked_for_in_basis_points(check: Asking) -> None:
    check(GR, "罗素2000与标普500相差多少个基点？", ["510"], "0")


def test_basis_points_have_no_more_digits_than_the_values_give(
    check: Asking,
) -> None:
    check(GR, "罗素2000比标普500多涨了多少？", ["（510个基点）"], "0")


@pytest.mark.parametrize(
    ("doc", "question", "wanted"),
    [
        (GR, "哪些板块下跌了？", ["公用事业", "3.64%", "通信服务", "1.06%", "医疗保健", "0.18%"]),
        (GR, "哪些板块上涨了？分别涨了多少？", ["0.80%", "0.73%", "0.43%", "0.22%"]),
        ("qinglan", "各业务的毛利率分别是多少？", ["24.1%", "19.8%", "27.4%", "12.9%"]),
        ("qinglan", "列出各业务的收入", ["52.3亿元", "38.9亿元", "23.7亿元", "13.7亿元"]),
        ("carmakers", "哪些车企股价下跌？", ["理想", "4.2%", "蔚来", "2.8%"]),
        ("qinglan", "哪项业务收入同比下降？", ["混凝土机械", "6.2%"]),
    ],
)
def test_a_list_holds_every_member(
    check: Asking, doc: str, question: str, wanted: list[str]
) -> None:
    got = check(doc, question, wanted)
    assert len(got.answer) <= 600


def test_a_list_of_one_direction_holds_none_of_the_other(check: Asking) -> None:
    check(GR, "哪些板块上涨了？", ["房地产"], without=["3.64%", "1.06%"])
    check("carmakers", "哪些车企股价下跌？", ["理想"], without=["6.5%"])


def test_a_range_is_told_with_both_bounds(check: Asking) -> None:
    check(GR, "智能手机客户的实际提价幅度是多少？", ["16-24%"], "6")
    check(GR, "台积电的分层提价幅度是多少？", ["3%至10%"], "6")


def test_what_a_change_is_measured_against_is_kept(check: Asking) -> None:
    check("qinglan", "青岚重工毛利率比上年提高了几个百分点？", ["较上年提高1.3个百分点"], "1")


def test_a_growth_rate_says_of_what(check: Asking) -> None:
    got = check("qinglan", "青岚重工营业收入同比增长多少？", ["12.4%"], "1")
    assert "收入" in got.answer


@defect(reason="extraction carries 未来三年 out of a quotation into the table of the next section")
def test_a_table_takes_no_period_from_a_quotation(check: Asking) -> None:
    check("qinglan", "起重机械的毛利率是多少？", ["24.1%"], without=["未来三年"])
