"""Questions that the article's own sentences answer, and those about the article itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import TypeAlias

import pytest

from qa.records import Answer

GR = "great-rotation-2026"
Asking: TypeAlias = Callable[..., Answer]
MARK = re.compile(r"\[[^\]]*\]")


defect = partial(pytest.mark.xfail, strict=True, raises=AssertionError)


@pytest.mark.parametrize(
    ("doc", "question", "wanted", "citations"),
    [
        (GR, "美光的CEO是谁？", ["桑杰·梅赫罗特拉"], "5"),
        (GR, "谁是台积电的首席执行官？", ["魏哲家"], "6"),
        (GR, "C.C. Wei是哪家公司的什么人？", ["台积电", "首席执行官"], "6"),
        (GR, "谁把AI描述为“真实存在”？", ["魏哲家"], "6"),
        (GR, "“我们需要越来越多的内存来满足这一需求”这话是谁说的？", ["梅赫罗特拉"], "5"),
        (GR, "哪家机构分析了小盘股周期？", ["富兰克林邓普顿"], "7"),
        ("qinglan", "青岚重工的董事长是谁？", ["陆远舟"], "3"),
        ("qinglan", "谁说海外市场是主战场？", ["陆远舟"], "3"),
        ("qinglan", "“海外市场将是我们未来三年的主战场”是谁说的？", ["陆远舟"], "3"),
        ("qinglan", "沈默然怎么看混凝土机械的需求？", ["下半年"], "4"),
        ("carmakers", "蔚来首席执行官是谁？", ["李斌"], "5"),
        ("carmakers", "乘联会秘书长是谁？", ["崔东树"], "4"),
        ("carmakers", "崔东树怎么看库存？", ["3月缓解"], "4"),
        ("carmakers", "谁预计第二季度盈利？", ["李斌"], "5"),
        ("yen", "日本央行的行长是谁？", ["植田和男"], "1 2"),
        ("yen", "植田和男说了什么？", ["继续加息"], "1 2"),
        ("yen", "谁预计7月加息？", ["三菱日联银行"], "5"),
        ("yen", "日本央行由谁领导？", ["植田和男"], "1 2"),
    ],
)
def test_who_it_is_and_who_said_it(
    check: Asking, doc: str, question: str, wanted: list[str], citations: str
) -> None:
    assert check(doc, question, wanted, citations).query is None


@pytest.mark.parametrize(
    ("doc", "question", "wanted", "citations"),
    [
        (GR, "智能手机客户的提价幅度为什么更高？", ["批量"], "6"),
        (GR, "为什么说台积电有地缘政治风险", ["产能集中在台湾"], ""),
        (GR, "ASML股价为何上涨？", ["台积电的业绩"], "6"),
        ("qinglan", "青岚重工利润为什么下降？", ["铜和钢材价格上涨"], "2"),
        ("qinglan", "原材料成本为什么增加", ["铜和钢材价格上涨"], "2"),
        ("carmakers", "比亚迪2月销量为什么下降？", ["春节假期"], "3"),
        (GR, "小盘股的估值折价是怎么来的？", ["资金持续流入大盘成长股"], "4"),
    ],
)
def test_why(check: Asking, doc: str, question: str, wanted: list[str], citations: str) -> None:
    got = check(doc, question, wanted, citations)
    assert len(MARK.sub("", got.answer)) <= 600


@pytest.mark.parametrize(
    ("doc", "question", "wanted", "citations"),
    [
        ("yen", "日本央行什么时候宣布维持利率？", ["2月19日"], "1"),
        ("yen", "三菱日联预计日本央行何时加息？", ["7月"], "5"),
        ("carmakers", "蔚来什么时候实现单季盈利？", ["第二季度"], "5"),
        ("qinglan", "混凝土机械的需求何时才会企稳？", ["下半年"], "4"),
        ("qinglan", "混凝土机械什么时候企稳？", ["下半年"], "4"),
        (GR, "台积电什么时候开始提价？", ["2026年1月1日"], "6"),
    ],
)
def test_when(check: Asking, doc: str, question: str, wanted: list[str], citations: str) -> None:
    check(doc, question, wanted, citations)


@pytest.mark.parametrize(
    ("doc", "question", "wanted", "citations"),
    [
        (GR, "台积电的制造产能集中在哪里？", ["台湾"], ""),
        (GR, "要是领先指标恶化会怎样？", ["弱化"], ""),
        (GR, "能源板块表现怎么样？", ["0.22%"], "0"),
        ("qinglan", "生产基地情况如何？", ["满负荷"], ""),
        ("qinglan", "青岚重工业绩怎么样", ["9.35亿元"], "1"),
    ],
)
def test_how_and_where(
    check: Asking, doc: str, question: str, wanted: list[str], citations: str
) -> None:
    check(doc, question, wanted, citations)


@pytest.mark.parametrize(
    ("doc", "question", "wanted"),
    [
        (GR, "这篇文章主要讲了什么？", ["小盘股", "七巨头", "轮动"]),
        (GR, "总结一下文中关于台积电的要点。", ["160亿美元", "35%", ("提价", "12%")]),
        (GR, "概括一下各板块的表现。", ["房地产", "公用事业"]),
        ("qinglan", "总结一下这篇文章", ["128.6亿元", "9.35亿元"]),
        ("carmakers", "概括一下价格与库存", ["1.2万元", "1.62"]),
        ("yen", "这篇文章讲了什么？", ["0.75%", "155.80"]),
    ],
)
def test_a_summary_is_short_and_every_sentence_is_cited(
    check: Asking, doc: str, question: str, wanted: list[str | tuple[str, ...]]
) -> None:
    got = check(doc, question, wanted)
    assert len(MARK.sub("", got.answer)) <= 900
    assert all(MARK.search(claim.text) for claim in got.claims)


def test_a_summary_of_one_topic_leaves_the_others_out(check: Asking) -> None:
    check(GR, "总结一下文中关于台积电的要点。", ["台积电"], without=["房地产板块", "商业票据"])


@pytest.mark.parametrize(
    ("doc", "question", "wanted", "without"),
    [
        (GR, "[6]说了什么?", ["160亿美元", "3%至10%", "魏哲家"], ["400个基点", "商业票据"]),
        (GR, "来源7说了什么？", ["12个月"], ["160亿"]),
        ("qinglan", "[3]说了什么？", ["主战场", "145亿元"], ["128.6"]),
        ("yen", "［5］说了什么？", ["三菱日联银行"], ["155.80"]),
        ("yen", "第5个来源说了什么？", ["三菱日联银行"], ["155.80"]),
        ("qinglan", "来源4说了什么", ["企稳"], ["数据来源"]),
    ],
)
def test_what_one_source_supports(
    check: Asking, doc: str, question: str, wanted: list[str], without: list[str]
) -> None:
    got = check(doc, question, wanted, without=without)
    number = re.search(r"\d", question)
    assert number is not None
    assert all(number[0] in claim.citations for claim in got.claims)


def test_a_source_that_the_article_does_not_have_is_refused(ask: Asking) -> None:
    assert ask(GR, "[9]说了什么?").abstained


@pytest.mark.parametrize("question", ["这篇文章的标题是什么？", "本文标题", "文章的发布日期是？"])
def test_the_document_tells_of_itself(check: Asking, question: str) -> None:
    check("yen", question, ["日元周评:日本央行按兵不动", "2026年2月20日"], "")


def test_the_day_of_publication_may_be_asked_in_other_words(check: Asking) -> None:
    check("yen", "这篇文章是什么时候发布的？", ["2026年2月20日"])


@pytest.mark.parametrize("question", ["你好", "您好！", "谢谢", "hello", "你能做什么"])
def test_small_talk_says_what_can_be_asked(ask: Asking, question: str) -> None:
    got = ask(GR, question)
    assert got.abstained
    assert "请问一个关于文章内容的问题" in got.answer


@pytest.mark.parametrize(
    "question",
    ["现在能买台积电吗？", "推荐几只股票", "美光明天会涨吗", "该不该抄底小盘股", "我应该加仓吗？"],
)
def test_advice_and_prophecy_are_refused(ask: Asking, question: str) -> None:
    got = ask(GR, question)
    assert got.abstained
    assert "投资建议或对未来的预测" in got.answer
