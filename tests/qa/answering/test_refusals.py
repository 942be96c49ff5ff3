"""Saying no, with the reason."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeAlias

import pytest

from qa.answering import answer
from qa.knowledge_base import KnowledgeBase
from qa.records import Answer, Question

GR = "great-rotation-2026"
Asking: TypeAlias = Callable[..., Answer]
defect = partial(pytest.mark.xfail, strict=True, raises=AssertionError)


@pytest.mark.parametrize(
    ("doc", "question", "reason"),
    [
        # an entity that the article does not name
        (GR, "三星电子涨了多少", "文中没有提到三星电子，无法回答。"),
        (GR, "道琼斯工业平均指数年初至今涨幅是多少？", "没有提到道琼斯工业平均指数"),
        (GR, "高盛怎么看这次小盘股轮动？", "没有提到高盛"),
        ("qinglan", "三一重工的营业收入是多少？", "文中没有提到三一重工，无法回答。"),
        ("carmakers", "特斯拉2月交付多少辆？", "文中没有提到特斯拉，无法回答。"),
        ("yen", "美联储利率是多少？", "文中没有提到美联储，无法回答。"),
        ("yen", "路透社说了什么？", "没有提到路透社"),
        # a metric that it does not give of what it names
        (GR, "台积电2025年第四季度营收是多少？", "提到了台积电，但没有给出所问的指标"),
        (GR, "台积电2025年第四季度毛利率是多少？", "提到了台积电，但没有给出所问的指标"),
        ("qinglan", "青岚重工的市值是多少？", "提到了青岚重工，但没有给出所问的指标"),
        ("carmakers", "比亚迪的利润是多少？", "提到了比亚迪，但没有给出所问的指标"),
        # a period that it does not speak of
        (GR, "台积电2025年第三季度利润是多少？", "没有给出2025年第三季度的数字"),
        ("qinglan", "青岚重工2024年净利润是多少？", "没有给出2024年的数字"),
        ("carmakers", "小鹏汽车3月交付多少辆？", "没有给出3月的数字"),
        ("carmakers", "蔚来1月交付多少辆？", "没有给出1月的数字"),
        ("yen", "日本2月核心CPI是多少？", "没有给出2月的数字"),
        # a word that does not occur
        (GR, "台积电有多少员工？", "没有提到“员工”"),
        # named, and nothing is said of it
        (GR, "英伟达今年涨了多少", "提到了英伟达，但没有给出"),
        (GR, "台积电的利润是多少欧元？", "提到了台积电"),
    ],
)
def test_the_reason_is_named(ask: Asking, doc: str, question: str, reason: str) -> None:
    got = ask(doc, question)
    assert got.abstained, got.answer
    assert reason in got.answer
    assert got.doc == doc


def test_the_nearest_period_is_offered(ask: Asking) -> None:
    got = ask(GR, "台积电2025年第三季度利润是多少？")
    assert "与之相近的只有台积电2025年第四季度的数字" in got.answer


@pytest.mark.parametrize(
    ("doc", "question"),
    [
        (GR, "纳斯达克综合指数年初至今具体跌了百分之几？"),
        (GR, "美光科技2025年第四季度的利润是多少？"),
        (GR, "材料板块的涨跌幅是多少？"),
        (GR, "ASML第四季度的利润是多少？"),
        (GR, "美联储1月会议降息了几个基点？"),
        (GR, "2025年全年罗素2000指数涨了多少？"),
        (GR, "MU现在股价多少美元？"),
        (GR, "特斯拉的首席执行官是谁？"),
        (GR, "黄金涨了多少"),
        ("qinglan", "青岚重工一季度营收是多少？"),
        ("qinglan", "起重机械的净利润是多少？"),
        ("carmakers", "理想汽车的首席执行官是谁？"),
        ("carmakers", "零跑汽车股价涨了多少？"),
        ("yen", "欧元兑日元是多少？"),
        ("yen", "日本失业率是多少？"),
        ("yen", "加拿大央行利率是多少？"),
    ],
)
def test_what_comes_close_but_is_not_told_is_refused(ask: Asking, doc: str, question: str) -> None:
    got = ask(doc, question)
    assert got.abstained, got.answer
    assert got.answer.endswith("。")
    assert "\n" not in got.answer


def test_an_empty_knowledge_base_says_that_it_is_empty(kb: KnowledgeBase, tmp_path: Path) -> None:
    with KnowledgeBase.open(tmp_path / "nothing") as empty:
        got = answer(Question(text="台积电涨了多少？"), empty)
    assert got.abstained
    assert got.answer == "无法回答：知识库里没有文档。"
    assert got.doc is None
    assert not (tmp_path / "nothing").exists()
