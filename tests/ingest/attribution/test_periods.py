"""Which words tell the time of a figure, by the convention: its sentence, then its paragraph."""

from __future__ import annotations

import pytest

from tests.ingest.attribution.conftest import Extract

HEAD = "市场综述\n\n"


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        # the parts of a trading day
        ("两市全天成交额为1.2万亿元。主力资金净流出52亿元。", ["全天", "全天"]),
        ("3月27日早盘，美团高开2.1%。", ["3月27日早盘"]),
        ("3月27日，沪铜早盘走强。国际铜收涨1.2%。", ["3月27日"]),
        ("沪铜夜盘收于78,650元/吨，日内跌幅达1.3%。", ["夜盘", "日内"]),
        ("比特币24小时跌幅达4.2%。", ["24小时"]),
        ("9月以来，国债收益率在1.75%至1.85%之间波动。", ["9月以来"]),
        # as written
        ("沙特阿美自5月起下调官价2.3美元/桶。", ["自5月起"]),
        # a time of comparison ends with its figure
        ("每股股息为5.10港元，上年为4.50港元，增幅13.3%。", [None, "上年", None]),
        (
            "国航一季度亏损2亿元，上年同期亏损3亿元。东航净利润为1亿元。",
            ["一季度", "上年同期", "一季度"],
        ),
        # a length of time is dated where the sentence says since when, or of which day it is
        ("本周，猪价为14.8元/公斤，连续四周走弱。", ["本周", None]),
        ("截至6月末，渠道的白糖库存够用约5周。", ["截至6月末"]),
        ("公司自4月12日起停产检修，为期约30天。", ["自4月12日起"]),
        ("渠道库存约两个月。", [None]),
        # the words of the sentence come before those of the paragraph
        ("上周铜价走强。以太坊报3,215美元，当周涨幅为8.9%。", ["当周", "当周"]),
        # a day that the paragraph named is taken up in the sentence's own words
        ("4月2日，沪铜上涨1%。当日铝价下跌2%。", ["4月2日", "当日"]),
        ("2026年4月2日，沪铜上涨1%，铝价当日下跌2%。", ["2026年4月2日"] * 2),
        # a price holds for a day, not for the stretch over which another one moved
        ("兰特年初至今升值4%，约翰内斯堡综指收报91,200点。", ["年初至今", None]),
        # and with the day of a comparison
        (
            "沪锌周五报2.2万元，上一周五为2.1万元；沪铅报1.7万元。",
            ["周五", "上一周五", "周五"],
        ),
        # 同期 is a stretch, not the day of a quote between
        (
            "沪铜全周下跌3%，周四报78,000元。沪铝同期上涨2%。",
            ["全周", "周四", "全周"],
        ),
        (
            "甲醇6月上涨4%，6月18日报2,600元/吨。尿素同期下跌1%。",
            ["6月", "6月18日", "6月"],
        ),
        # 同日公告 dates the announcement
        ("招商轮船与中远海能同日公告中标，金额分别为3亿元和2亿元。", [None, None]),
        # the words of a name compare nothing
        ("美元兑卢比6月3日报85.61。", ["6月3日"]),
        # after the bell
        ("奈飞盘后上涨5.4%。", ["盘后"]),
        # an attribute of an object dates nothing
        ("本周，铜价上涨2%。抢运透支了三季度订单。铝价下跌1%。", ["本周", "本周"]),
        ("3月5日，油价迎来年内第五次调整，布伦特原油涨1.9%。", ["3月5日"]),
        # a name or a statistic holds no time
        ("3月，现金管理类产品七日年化收益率降至1.45%。", ["3月"]),
    ],
)
def test_the_words_of_time(text: str, periods: list[str | None], extracted: Extract) -> None:
    assert [figure.period for figure in extracted(HEAD + text).figures] == periods


def test_a_paragraph_without_a_time_has_none(extracted: Extract) -> None:
    text = "国航3月运力增长3%。\n\n东航持有飞机802架。"
    assert [figure.period for figure in extracted(HEAD + text).figures] == ["3月", None]


def test_a_paragraph_that_breaks_down_the_one_before_keeps_its_time(extracted: Extract) -> None:
    text = "国航3月运力增长3%。\n\n分地区看，国际航线增长9%，国内航线增长1%。"
    assert [figure.period for figure in extracted(HEAD + text).figures] == ["3月"] * 3


def test_the_line_that_introduces_a_list_dates_its_items(extracted: Extract) -> None:
    text = """三大航司客运观察

市场概况见下文，各家表现分化，需求端仍在恢复。

各公司披露的3月数据如下：
• 国航：客座率为79.8%。[1]
• 东航：客座率为81.2%。[2]
"""
    assert [figure.period for figure in extracted(text).figures] == ["3月", "3月"]


TABLE = """金属周报

本周金属价格普遍上涨，市场情绪回暖。

主要金属价格一览（截至12月6日）
品种　最新价（美元/吨）　周涨跌（%）
铜　9,842　+2.4
铝　2,610　-0.8
"""


def test_a_weekly_column_is_of_the_week_that_closes_on_the_captions_day(
    extracted: Extract,
) -> None:
    figures = extracted(TABLE).figures
    assert [figure.period for figure in figures] == ["截至12月6日", "截至12月6日当周"] * 2


@pytest.mark.parametrize(
    "caption",
    [
        "下表为同日披露一季报的其他公司2026年第一季度主要数据。",
        "两家公司4月28日公布了2026年第一季度业绩。",
    ],
)
def test_a_table_is_of_its_quarter_not_of_the_day_of_its_release(
    caption: str, extracted: Extract
) -> None:
    text = f"""一季报速览

4月28日，多家公司披露业绩。

{caption}

公司　营业收入（亿元）　同比
光迅科技　31.7　+42.5%
华工科技　38.5　+14.8%
"""
    periods = [figure.period for figure in extracted(text).figures]
    assert periods[-4:] == ["2026年第一季度"] * 4
