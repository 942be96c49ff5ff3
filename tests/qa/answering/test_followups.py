"""A question that leans on the ones before it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest

from qa.records import Answer

GR = "great-rotation-2026"
Asking: TypeAlias = Callable[..., Answer]


@pytest.mark.parametrize(
    ("doc", "history", "question", "wanted"),
    [
        # another entity, the same metric and period
        (GR, ["美光年初至今涨了多少？"], "那台积电呢？", ["台积电", "12%"]),
        (GR, ["罗素2000年初至今涨了多少？"], "标普500呢", ["1.9%"]),
        ("yen", ["日经225涨了多少？"], "东证指数呢？", ["1.7%"]),
        ("qinglan", ["起重机械的毛利率是多少？"], "零部件呢？", ["12.9%"]),
        (GR, ["台积电对AI和高性能计算客户提价多少？"], "智能手机客户呢？", ["16-24%"]),
        # another metric of the same entity
        (GR, ["台积电2025年第四季度利润是多少？"], "同比增长多少？", ["35%"]),
        ("qinglan", ["青岚重工2025年营收是多少？"], "那净利润呢？", ["9.35亿元"]),
        ("qinglan", ["青岚重工2025年营收是多少？"], "毛利率呢？", ["21.5%"]),
        # another period
        ("carmakers", ["小鹏汽车2月交付了多少辆？"], "1月呢？", ["24,000辆"]),
        ("yen", ["核心CPI 1月同比多少？"], "去年12月呢？", ["2.9%"]),
        # the other end of the ranking
        (GR, ["哪个板块涨得最好？"], "跌得最多的呢？", ["公用事业", "3.64%"]),
        # both, and across more than one question
        (GR, ["罗素2000年初至今涨了多少？", "那标普500呢？"], "两者差多少？", ["5.1个百分点"]),
        (GR, ["美光年初至今涨了多少？", "那台积电呢？"], "它们相差多少？", ["6个百分点"]),
        ("qinglan", ["起重机械的毛利率是多少？", "零部件呢？"], "两者相差多少？", ["11.2个百分点"]),
        # pronouns
        (GR, ["美光的CEO是谁？"], "他说了什么？", ["内存"]),
        (GR, ["美光科技年初至今涨幅是多少？"], "它在纽约投了多少钱？", ["1000亿美元"]),
        ("carmakers", ["蔚来的CEO是谁？"], "他说了什么？", ["第二季度"]),
        ("qinglan", ["青岚重工的董事长是谁？"], "他说了什么？", ["主战场"]),
        # what was answered, its place, and a part of it
        (GR, ["哪个板块跌得最惨？"], "跌了多少？", ["公用事业", "3.64%"]),
        (GR, ["哪个板块涨得最多？"], "第二个是谁？", ["工业板块", "0.73%"]),
        (GR, ["哪些板块上涨了？"], "只看下跌的", ["公用事业", "通信服务", "医疗保健"]),
        ("carmakers", ["理想汽车2月交付多少辆？", "小鹏汽车呢？"], "谁更多？", ["小鹏汽车"]),
        ("qinglan", ["青岚重工的董事长是谁？", "谢谢"], "他说了什么？", ["主战场"]),
        # leaning on nothing
        (GR, ["美光的CEO是谁？"], "罗素2000年初至今涨了多少？", ["7.0%"]),
        (GR, ["美光的CEO是谁？"], "台积电2025年第四季度利润是多少？", ["160亿美元"]),
    ],
)
def test_what_is_left_out_is_taken_from_before(
    check: Asking, doc: str, history: list[str], question: str, wanted: list[str]
) -> None:
    check(doc, question, wanted, history=history)


@pytest.mark.parametrize(
    ("doc", "history", "question", "reason"),
    [
        (GR, ["美光年初至今涨了多少？"], "那微软呢？", "无法回答"),
        (GR, ["台积电2025年第四季度利润是多少？"], "第三季度呢？", "第三季度"),
        ("carmakers", ["小鹏汽车2月交付了多少辆？"], "理想汽车1月呢？", "1月"),
        ("yen", ["日经225涨了多少？"], "恒生指数呢？", "没有提到恒生指数"),
    ],
)
def test_a_follow_up_that_the_article_does_not_answer_is_refused(
    ask: Asking, doc: str, history: list[str], question: str, reason: str
) -> None:
    got = ask(doc, question, history=history)
    assert got.abstained, got.answer
    assert reason in got.answer


def test_what_came_before_may_have_been_anything(check: Asking) -> None:
    check(GR, "美光年初至今涨了多少？", ["18%"], "1", history=["你好", "", "😀", "？？", "\0"])


def test_thanks_in_between_change_nothing(check: Asking) -> None:
    check(GR, "那台积电呢？", ["12%"], "1", history=["美光年初至今涨了多少？", "谢谢"])


@pytest.mark.parametrize("question", ["哪个板块跌得最惨?", "哪个板块跌得最多？"])
def test_a_ranking_leans_on_no_company_asked_for_before(check: Asking, question: str) -> None:
    history = ["美光年初至今涨了多少？"]
    check(GR, question, ["公用事业", "3.64%"], "0", history=history)
