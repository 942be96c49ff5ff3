"""What a question ranges over: firms of one trade, things counted by their own measure word."""

from __future__ import annotations

import pytest

from tests.qa.answering.conftest import AskText

TEXT = """澜湖财经：银行与保险中报速览

2026年8月29日

工商银行上半年归母净利润同比增长1.4%，农业银行上半年归母净利润同比增长2.6% [1]。
招商银行上半年归母净利润同比增长0.7%，净息差为1.82%，比农业银行高出35个基点 [1]。\
农业银行净息差为1.37% [2]。

中国平安上半年归母净利润同比增长8.9%，中国人寿上半年归母净利润同比增长7.1% [3]。

澜湖航运（01239.HK）的下滑与船舶检修导致的停航有关 [4]。\
全周，中远海控下跌2.6%，东方海外国际下跌3.9% [4]。

第一季度全国平板电脑出货量为612万台，其中华为出货205万台，位居首位 [5]。\
澜湖咨询将2026年折叠屏手机出货预测由2,150万部下调至1,930万部，铰链良率是制约因素 [5]。

6月，南方航空旅客运输量为312.5万人次，较上年同期的290.0万人次增长7.8% [6]。
"""


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("几家银行里，谁的归母净利润增速最快？", ("农业银行", "2.6%")),
        ("哪家险企上半年归母净利润增长最快？", ("中国平安", "8.9%")),
        ("澜湖航运的货运量为何下滑？", ("检修", "停航")),
        ("折叠屏手机出货预测被下调，制约因素是什么？", ("铰链良率",)),
        (
            "招商银行净息差比农业银行高35个基点，按两行的净息差算对不对？",  # 1.82 − 1.37
            ("不一致", "45个基点"),
        ),
        ("南方航空6月旅客运输量增长7.8%，和文中两个数字对得上吗？", ("一致",)),  # 312.5 / 290
    ],
)
def test_the_group_is_of_what_is_asked(
    ask_text: AskText, question: str, wanted: tuple[str, ...]
) -> None:
    got = ask_text(question)
    assert not got.abstained
    for words in wanted:
        assert words in got.answer


@pytest.mark.parametrize(
    "question",
    [
        "文中三条航线里，哪条跌幅最大？",  # firms are told of, no routes
        "哪家车企上半年归母净利润增速最快？",
        "澜湖航运的净利润为何增长？",
    ],
)
def test_members_of_another_kind_are_no_answer(ask_text: AskText, question: str) -> None:
    got = ask_text(question)
    assert got.abstained, got.answer
