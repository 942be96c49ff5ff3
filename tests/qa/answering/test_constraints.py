"""What looks like an answer and is one to another question."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest

from qa.records import Answer

Asking: TypeAlias = Callable[..., Answer]


@pytest.mark.parametrize(
    ("doc", "question"),
    [
        ("yen", "2年期日本国债收益率是多少？"),  # another tenor
        ("yen", "三个月期日本国债收益率是多少？"),
        ("yen", "路透社预计日本央行7月加息多少个基点？"),  # another forecaster
        ("yen", "日本2月核心CPI同比上涨多少？"),  # another period
        ("yen", "黄金周期间日经225指数涨了多少？"),  # another occasion
        ("carmakers", "理想汽车3月交付多少辆？"),
        ("carmakers", "理想汽车2月产量是多少？"),  # another metric of one class
        ("qinglan", "青岚重工2024年全年净利润是多少？"),
        ("qinglan", "青岚重工第三季度营收是多少？"),
        ("qinglan", "青岚重工的资产负债率是多少？"),
        ("qinglan", "海通证券给青岚重工的目标价是多少？"),
    ],
)
def test_a_figure_that_is_not_asked_for_is_not_given(ask: Asking, doc: str, question: str) -> None:
    assert ask(doc, question).abstained


@pytest.mark.parametrize(
    ("doc", "question", "wanted"),
    [
        ("yen", "10年期日本国债收益率是多少？", "1.32%"),
        ("yen", "三菱日联银行预计日本央行7月加息多少个基点？", "25个基点"),
        ("qinglan", "表中四项业务里哪项毛利率最低？", "零部件"),
        ("qinglan", "毛利率第二高的业务是哪个？", "起重机械"),
        ("carmakers", "哪家车企股价上涨？", "小鹏汽车"),
    ],
)
def test_what_is_asked_for_is_given(check: Asking, doc: str, question: str, wanted: str) -> None:
    check(doc, question, [wanted])


def test_the_only_one_told_of_is_not_called_the_most(ask: Asking) -> None:
    assert ask("yen", "哪家公司净利润最高？").abstained
