"""An answer is of the very thing that is asked: its unit, metric, time, side and doer."""

from __future__ import annotations

import pytest

from tests.qa.answering.conftest import AskText

TEXT = """澜湖市场日报

2026年3月18日

截至收盘，恒生科技指数收跌2.05% [1]。北向资金全天成交2,318亿元，占沪深两市成交额约12% [1]。

个股方面，中芯国际下跌2.6%，寒武纪下跌4.9% [1]。

吉利汽车上半年营业收入为1,782.3亿元，上年同期为1,502.8亿元 [2]。

吉利汽车毛利率升至17.2%，末期股息每股0.45港元 [2]。

宁禾药业股价较发行价已翻一番 [3]。消息公布当日，湖滨银行股价暴跌14.8% [3]。

腾讯一季度收入1,702亿元，同比增长9% [4]。

微信月活跃账户数同比增加2.1%，收费账户数为2.66亿个，小程序账户数为9亿个 [4]。

碳酸锂周度产量为1.93万吨，环比减少6.3% [5]。硅料企业库存为27.6万吨，为年内最高 [5]。

达美航空测算，航油价格每上涨10%，全年税前利润将减少约5亿美元 [7]。

达美航空财报公布当日收于61.35美元 [7]。

比亚迪的市占率降至22.8% [8]。

丰田汽车全球销量为258.3万辆，同比增长1.7%，在样本车企中排名第一 [8]。

一季度，一般型DRAM合约价环比上涨38% [9]。

日本央行将政策利率上调25个基点至1.00% [9]。

华锦证券将云程科技的目标价由98美元上调至115美元 [9]。

我们预计2026年第三季度空调内销量同比增长5%至7% [6]。
"""


@pytest.mark.parametrize(
    "question",
    [
        "当天跌停的个股有多少只？",  # more than a fall
        "3月18日沪深两市的成交额是多少？",  # not what one group traded
        "恒生科技指数的跌幅比恒生指数大多少个百分点？",  # of one alone
        "吉利上半年比去年同期多卖了多少万辆？",  # no money
        "3月18日吉利汽车报什么价？",  # no margin, dividend or sum
        "宁禾药业是谁承诺不减持？",  # nobody is told to
        "湖滨银行仍在照常派息，对吗？",  # nothing is told of it, so it is not denied
        "腾讯一季度收入不及市场一致预期，是吗？",  # what was expected is not told
        "腾讯哪一块业务的同比增速最快？",  # two of the counts are no growth
        "碳酸锂一周涨了多少？",  # what was made of it fell, its price is not told
        "文中列出的硅料厂3月排产，谁排得最多？",  # what is in store, highest of the year
        "航油涨了多少？",  # but supposed
        "比亚迪一季度占自身总销量的比例是多少？",  # no share of the market
        "文中几家车企里，谁的销量同比下滑最厉害？",  # the one that is told of grew
        "服务器DRAM一季度比手机DRAM多涨几个百分点？",  # of neither
        "日本央行年底前还会加多少个基点的息？",  # what was done
        "云程科技报多少美元？",  # what is aimed at
        "7月空调是内销多还是出口多？",  # of one side, and expected
    ],
)
def test_what_is_of_something_else_is_no_answer(ask_text: AskText, question: str) -> None:
    got = ask_text(question)
    assert got.abstained, got.answer


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("下跌的个股有几只？", "3只"),
        ("北向资金全天成交了多少？", "2,318亿元"),
        ("吉利汽车上半年的营业收入比去年同期多了多少？", "279.5亿元"),
        ("航油每涨10%，达美全年税前利润会少约5亿美元，是这样吗？", "是的"),
        ("云程科技的目标价上调到了多少美元？", "115美元"),
        ("日本央行把政策利率上调了多少个基点？", "25个基点"),
        ("碳酸锂的产量环比减少了多少？", "6.3%"),
        ("湖滨银行的股价在消息公布当日上涨了，对吗？", "不对"),
        ("空调第三季度内销量预计增长多少？", "5%至7%"),
    ],
)
def test_what_is_told_of_it_is(ask_text: AskText, question: str, wanted: str) -> None:
    got = ask_text(question)
    assert not got.abstained
    assert wanted in got.answer
