"""Yes-no questions: a claim against the facts, and statements against each other."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeAlias

import pytest

from qa.records import Answer

GR = "great-rotation-2026"
Asking: TypeAlias = Callable[..., Answer]
defect = partial(pytest.mark.xfail, strict=True, raises=AssertionError)


@pytest.mark.parametrize(
    ("doc", "question", "value"),
    [
        (GR, "台积电2025年第四季度利润同比增长35%，对吗？", "35%"),
        (GR, "台积电利润160亿美元，对吗", "160亿美元"),
        (GR, "罗素2000涨了7%吗", "7.0%"),
        (GR, "台积电涨幅超过10%吗", "12%"),
        (GR, "美光年初至今涨幅超过台积电，是这样吗？", "18%"),
        (GR, "公用事业板块跌得最多，对吗？", "3.64%"),
        ("qinglan", "青岚重工净利润同比下降3.1%，对吗？", "3.1%"),
        ("qinglan", "青岚重工营收超过100亿元吗？", "128.6亿元"),
        ("qinglan", "青岚重工毛利率提高了130个基点，对吗？", "1.3个百分点"),
        ("qinglan", "起重机械的毛利率高于零部件，对吗？", "24.1%"),
        ("qinglan", "高空作业平台的毛利率最高，对吗？", "27.4%"),
        ("carmakers", "比亚迪2月销量超过20万辆吗？", "21.6万辆"),
        ("carmakers", "理想汽车股价下跌4.2%，对吗？", "4.2%"),
        ("carmakers", "蔚来的首席执行官是李斌，对吗？", "李斌"),
        ("carmakers", "乘联会秘书长是崔东树，对吗？", "崔东树"),
        ("yen", "日元本周累计下跌1.4%，对吗？", "1.4%"),
        ("yen", "10年期日本国债收益率上升了0.06个百分点，对吗？", "6个基点"),
        ("yen", "日经225涨幅高于东证指数，对吗？", "1.7%"),
        ("yen", "日本央行维持利率不变，对吗？", "0.75%"),
        (GR, "美光年初至今涨了不到20%，对吗？", "18%"),
        (GR, "罗素2000与标普500相差510个基点，对吗？", "5.1个百分点"),
    ],
)
def test_what_is_true_is_confirmed_with_the_fact(
    check: Asking, doc: str, question: str, value: str
) -> None:
    got = check(doc, question, [value])
    assert got.answer.startswith("是的"), got.answer


@pytest.mark.parametrize(
    ("doc", "question", "value"),
    [
        (GR, "公用事业板块今年涨了3.64%，对吗？", "3.64%"),
        (GR, "华丽七巨头今年整体还在上涨，是不是？", "1.4%"),
        (GR, "台积电股价年初至今涨了35%，是吗？", "12%"),
        (GR, "科技板块是跌幅最大的板块，对不对？", "公用事业"),
        (GR, "台积电涨幅超过15%吗", "12%"),
        (GR, "美光涨幅低于台积电，对吗？", "18%"),
        (GR, "台积电利润160万美元，对吗", "160亿美元"),
        (GR, "台积电利润16亿美元，对吗", "160亿美元"),
        (GR, "TSM的首席执行官是桑杰·梅赫罗特拉，对吧？", "魏哲家"),
        (GR, "美光那座1000亿美元的超级工厂建在台湾，对吗？", "纽约"),
        ("qinglan", "青岚重工净利润同比增长3.1%，对吗？", "下降3.1%"),
        ("qinglan", "青岚重工营收128.6万元，对吗？", "128.6亿元"),
        ("qinglan", "青岚重工营收不到100亿元，对吗？", "128.6亿元"),
        ("qinglan", "青岚重工的净利润是128.6亿元，对吗？", "9.35亿元"),
        ("qinglan", "混凝土机械收入同比增长6.2%，对吗？", "6.2%"),
        ("qinglan", "起重机械的毛利率低于零部件吗？", "24.1%"),
        ("qinglan", "零部件的毛利率最高，对吗？", "高空作业平台"),
        ("qinglan", "青岚重工的董事长是沈默然，对吗？", "陆远舟"),
        ("carmakers", "比亚迪2月销量超过30万辆吗？", "21.6万辆"),
        ("carmakers", "理想汽车股价上涨4.2%，对吗？", "4.2%"),
        ("carmakers", "乘联会秘书长是李斌，对吗？", "崔东树"),
        ("yen", "日元本周累计上涨1.4%，对吗？", "1.4%"),
        ("yen", "日元升值了吗？", "1.4%"),
        ("yen", "10年期日本国债收益率上升了6个百分点，对吗？", "6个基点"),
        ("yen", "日经225涨幅低于东证指数，对吗？", "2.3%"),
        pytest.param(
            "yen",
            "日本央行2月加息了吗？",
            "不变",
            marks=defect(reason="a forecast for July confirms what is asked of February"),
        ),
        (GR, "台积电利润同比增长35个百分点，对吗？", "35%"),
    ],
)
def test_what_is_false_is_corrected_with_the_fact(
    check: Asking, doc: str, question: str, value: str
) -> None:
    got = check(doc, question, [value])
    assert got.answer.startswith("不对"), got.answer


@pytest.mark.parametrize(
    "question",
    ["台积电利润160亿元，对吗", "英伟达今年涨了20%，对吗？", "三星电子今年下跌了，对吗？"],
)
def test_what_the_article_cannot_judge_is_neither_confirmed_nor_denied(
    ask: Asking, question: str
) -> None:
    assert ask(GR, question).abstained


@pytest.mark.parametrize(
    ("question", "head", "wanted"),
    [
        (
            "小盘股跑赢大盘股约400个基点，与罗素2000和标普500的数字对得上吗？",
            "不一致",
            ["400个基点", "5.1个百分点"],
        ),  # 7.0 - 1.9
        (
            "智能手机客户16-24%的提价，落在台积电3%至10%的分层提价范围内吗？",
            "不一致",
            ["16-24%", "3%至10%"],
        ),
        ("正文和摘要里罗素2000年初至今的涨幅一致吗？", "一致", ["7.0%"]),
        ("正文和核心信息摘要对台积电第四季度利润的说法一致吗？", "一致", ["160亿美元"]),
    ],
)
def test_whether_statements_agree_is_told_with_both_values(
    check: Asking, question: str, head: str, wanted: list[str]
) -> None:
    got = check(GR, question, wanted)
    assert got.answer.startswith(head), got.answer
    assert got.query is not None
