"""What stands near to what is asked and is another thing: refused, and the thing itself told."""

from __future__ import annotations

import pytest

from tests.qa.answering.conftest import AskText

TEXT = """汀洲财经：外汇、商品与公司速览

2026年5月22日

5月22日，欧元兑美元由前一周末的1.1312升至1.1395，美元兑日元收于147.25 [1]。

三星电子第一季度营业利润为6.7万亿韩元 [2]。SK海力士第一季度净利润为8.1万亿韩元 [2]。

华夏沪深300ETF全周净流入12.3亿元 [3]。汀洲黄金ETF的规模为86.5亿元 [3]。

氧化铝现货均价全周跌至2,915元/吨，电解铜现货均价全周下跌320元/吨 [4]。

国家集成电路产业投资基金二期（下称“大基金二期”）对北方华创的持股比例为1.9% [5]。

咨询机构科铭预计，小麦期货第三季度均价为每蒲式耳6.10美元，理由是俄罗斯主产区降雨偏少 [6]。\
本周小麦期货上涨3.7% [6]。

立讯精密第一季度归母净利润为30.5亿元 [7]。\
当日披露一季报的是两个行业，其中9家公司归母净利润同比增长，4家同比下降 [7]。

本周玉米期货上涨1.2%，大豆期货下跌0.6% [8]。

5月22日，中国平安（2318.HK）上涨2.4%，招商银行（3968.HK）上涨3.1% [9]；\
中信证券（600030.SH）上涨5.2%，东方财富（300059.SZ）上涨4.6% [9]。

高盛看好能源板块，摩根士丹利预计，美联储2027年累计降息50个基点 [10]。\
摩根士丹利对恒生指数的年末目标为27,600点，恒生指数5月22日收报25,118.3点 [10]。

分析师预计标普500指数2026年每股收益增长11.4%，2027年增长13.6% [11]。\
维林单抗的中位生存期为9.6个月，对照组为5.8个月 [11]。

智飞生物由盈转亏，主要是代理疫苗销售下滑所致 [12]。

大型云厂商的资本开支仍在扩张，维谛技术等设备商更直接受益 [13]。\
三家封测公司里，长电科技的在手订单规模最小 [13]。

万国数据是国内机柜最多的数据中心运营商之一 [14]。
"""


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("欧元兑美元5月22日升到多少？", "1.1395"),
        ("美元兑日元5月22日收于多少？", "147.25"),
        ("三星电子第一季度营业利润是多少？", "6.7万亿韩元"),
        ("SK海力士第一季度净利润是多少？", "8.1万亿韩元"),
        ("汀洲黄金ETF的规模是多少？", "86.5亿元"),
        ("电解铜现货均价一周跌了多少元？", "320元"),
        ("氧化铝现货均价跌到了多少？", "2,915元"),
        ("大基金二期对北方华创的持股比例是多少？", "1.9%"),
        ("文中提到的港股个股里谁涨得最多？", "招商银行"),
        ("A股个股里谁涨得最多？", "中信证券"),
        ("摩根士丹利预计美联储2027年累计降息多少个基点？", "50个基点"),
        ("标普500指数2027年每股收益的预期增速比2026年高多少个百分点？", "2.2个百分点"),
        ("维林单抗的中位生存期比对照组长多少？", "3.8个月"),
        ("智飞生物为什么由盈转亏？", "代理疫苗销售下滑"),
        ("科铭为什么预计小麦期货均价为6.10美元？", "降雨偏少"),
    ],
)
def test_the_thing_itself_is_told(ask_text: AskText, question: str, wanted: str) -> None:
    got = ask_text(question)
    assert not got.abstained
    assert wanted in got.answer


@pytest.mark.parametrize(
    "question",
    [
        "英镑兑美元5月22日报多少？",
        "美元兑瑞郎5月22日收于多少？",
        "三星电子第一季度净利润是多少？",  # the operating profit is told
        "SK海力士第一季度营业利润是多少？",
        "华夏沪深300ETF的规模是多少？",  # what flowed in is told
        "氧化铝现货均价一周跌了多少元？",  # where it came to is told
        "大基金三期对北方华创的持股比例是多少？",
        "本周小麦期货为什么上涨？",  # what one expects of a quarter is no reason
        "大型云厂商资本开支的分项加起来等于合计数吗？",  # no sentence reckons it
        "哪家封测公司的在手订单最多？",  # the smallest is told
        "哪家数据中心运营商的机柜最多？",  # one of those with the most is told
        "高盛预计美联储2027年累计降息多少个基点？",  # the house named beside it does
        "文中两处给出的立讯精密第一季度归母净利润一致吗？",  # there is but one
        "文中列出的三条集装箱航线中，哪条运价涨得最多？",  # of crops, not of routes
    ],
)
def test_what_is_near_is_no_answer(ask_text: AskText, question: str) -> None:
    assert ask_text(question).abstained


def test_what_it_stands_for_is_kept_beside_who_speaks_of_it(ask_text: AskText) -> None:
    got = ask_text("摩根士丹利给它的年末目标呢？", history=("恒生指数5月22日收报多少点？",))
    assert "27,600点" in got.answer
