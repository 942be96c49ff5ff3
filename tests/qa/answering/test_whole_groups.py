"""Superlatives, causes, claims and lists: what is told of something else is not told as theirs."""

from __future__ import annotations

import pytest

from tests.qa.answering.conftest import AskText

TEXT = """青禾消费周报：澄泉股份、蓝桥集团与岚山科技

2026年3月18日

## 公司业绩

澄泉股份（01231.HK）2025年收入为82.4亿元，同比增长6.1%；\
毛利率由上年的41.2%升至43.5%，包装成本下降是主要原因 [1]。

蓝桥集团（01232.HK）2025年收入为64.2亿元，同比增长3.3% [2]。\
分业务看，线上营销服务、直播和其他服务的收入分别为30.1亿元、22.4亿元和11.7亿元 [2]。

岚山科技（01233.HK）预计2026年第一季度收入为9.6亿元至10.2亿元 [3]。\
岚山科技3月18日收报12.40港元，上涨1.2%，盘后跌0.8% [3]。

## 市场

截至收盘，沪深300指数上涨1.2%，半导体板块上涨2.6% [4]。

铝锭社会库存为86.4万吨，较上周减少2.7万吨 [5]。

若油价一旦站上每桶90美元，航运股的成本压力便会上升 [5]。
"""


@pytest.mark.parametrize(
    "question",
    [
        "澄泉股份哪块业务的收入最高？",  # those of 蓝桥集团, though the title names both
        "岚山科技的毛利率为什么上升？",  # that of 澄泉股份
        "文中列出的A股指数里，哪个涨幅最大？比亚迪呢？",
        "表中几家公司，哪家的收入最高？",  # there is no table
        "列出表中各公司的收入。",
        "五家公司里，2025年收入最高的是哪家？",  # two are told
        "澄泉股份、蓝桥集团和远帆集团，谁2025年的收入最高？",  # of one nothing is told
        "航运股的成本压力为什么上升了？",  # it would, under a condition
    ],
)
def test_what_is_of_others_or_of_some_is_no_answer(ask_text: AskText, question: str) -> None:
    got = ask_text(question)
    assert got.abstained, got.answer


@pytest.mark.parametrize(
    "question",
    [
        "铜社会库存较上周减少了1.9万吨，对吗？",  # the stock is of aluminium
        "澄泉股份今年以来股价是涨的，对吗？",  # its revenue grew
        "澄泉股份与蓝桥集团的合并已经生效了，是吗？",  # nothing is told of a merger
        "沪深300指数的市盈率比上年末高，对吗？",  # the index rose, its valuation is not told
    ],
)
def test_a_claim_is_not_judged_by_something_else(ask_text: AskText, question: str) -> None:
    got = ask_text(question)
    assert got.abstained, got.answer


@pytest.mark.parametrize(
    "question",
    [
        "哪些公司给出了2025年收入的预测区间？各是多少？",  # a forecast of 2026 is
        "岚山科技第二季度的收入预计是多少？",  # the first quarter's
        "沪深300指数和半导体板块的市值相差多少？",
        "岚山科技3月18日盘前涨了多少？",  # the move after the close is told
    ],
)
def test_another_time_or_measure_is_no_answer(ask_text: AskText, question: str) -> None:
    got = ask_text(question)
    assert got.abstained, got.answer


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("蓝桥集团哪块业务的收入最高？", "30.1亿元"),
        ("澄泉股份的毛利率为什么上升？", "包装成本"),
        ("澄泉股份和蓝桥集团，谁2025年的收入更高？", "82.4亿元"),
        ("文中给出2025年收入的公司里，谁的收入最低？", "64.2亿元"),
        ("铝锭社会库存较上周减少了2.7万吨，对吗？", "是的"),
        ("岚山科技预计第一季度收入是多少？", "9.6亿元至10.2亿元"),
        ("岚山科技收报多少港元？", "12.40港元"),
        ("岚山科技盘后跌了多少？", "0.8%"),
        ("油价一旦站上每桶90美元，航运股的成本压力为什么会上升？", "90美元"),
    ],
)
def test_what_is_told_of_the_asked_is_told(ask_text: AskText, question: str, wanted: str) -> None:
    got = ask_text(question)
    assert not got.abstained, got.answer
    assert wanted in got.answer
