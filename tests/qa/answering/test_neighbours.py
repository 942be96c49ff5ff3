"""What stands near to an answer is not told as one."""

from __future__ import annotations

import pytest

from tests.qa.answering.conftest import AskText

TEXT = """青禾市场日报

2026年3月18日

截至收盘，沪深300指数上涨1.2%，创业板指上涨0.8%，北证50指数下跌0.3% [1]。

统计局公布，2月核心CPI同比上涨1.1% [2]。

宁禾证券分析师林知远称，“布伦特原油若站上每桶90美元，通胀就会回头” [2]。

蓝海航运的订单支撑着造船板块的景气 [4]。宁禾证券在研报中预计，2026年航运运力增长3% [4]。
"""


@pytest.mark.parametrize(
    "question",
    [
        "列出涨幅靠前的板块及其涨幅。",  # indices are no sectors
        "列出全周涨幅靠前的指数及其涨幅。",  # those of the day are told
        "哪个板块涨得最多？",
        "2月CPI同比上涨多少？",  # the core is not the whole
        "布伦特原油报每桶多少美元？",  # but supposed
        "蓝海航运的订单为什么增加？",  # it is a cause, not what is explained
        "谁认为造船板块会走弱？",  # nobody's view
        "文中几家券商里，谁买入的黄金最多？",
    ],
)
def test_a_neighbour_is_no_answer(ask_text: AskText, question: str) -> None:
    got = ask_text(question)
    assert got.abstained, got.answer


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("哪个指数涨得最多？", "沪深300指数"),
        ("2月核心CPI同比上涨多少？", "1.1%"),
        ("布伦特原油若站上多少美元，通胀会回头？", "90美元"),
        ("谁说布伦特原油站上90美元通胀就会回头？", "林知远"),
    ],
)
def test_what_is_asked_is_told(ask_text: AskText, question: str, wanted: str) -> None:
    got = ask_text(question)
    assert not got.abstained
    assert wanted in got.answer
