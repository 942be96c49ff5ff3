"""Whole noun phrases: no subject is a piece of a word, a number, a Latin run or a measure.

The sentences are made up; they cover memory, ore, gas, banks, funds, shipping, insurance,
placements and buybacks.
"""

from __future__ import annotations

import pytest

from tests.ingest.attribution.conftest import Extract

Fact = tuple[str, str, str]  # text, subject, metric

WHOLE_PHRASES: list[tuple[str, list[Fact]]] = [
    # modifiers make another thing of goods
    (
        "利基型DRAM合约价环比上涨12%。车用DRAM和工控DRAM环比分别上涨9%和7%。",
        [
            ("12%", "利基型DRAM", "growth_qoq"),
            ("9%", "车用DRAM", "growth_qoq"),
            ("7%", "工控DRAM", "growth_qoq"),
        ],
    ),
    ("LPDDR5X 8Gb颗粒报每颗4.6美元。", [("每颗4.6美元", "LPDDR5X 8Gb颗粒", "level")]),
    ("普氏65%铁矿石指数报每吨118.5美元。", [("每吨118.5美元", "普氏65%铁矿石指数", "level")]),
    ("五十强房企5月销售额同比下降9%。", [("9%", "五十强房企", "growth_yoy")]),
    ("以周一收盘价计，内险股平均股息率为4.6%。", [("4.6%", "内险股", "valuation")]),
    # tenors belong to the name of a rate
    ("三个月期HIBOR报3.12%。", [("3.12%", "三个月期HIBOR", "level")]),
    ("隔夜Shibor报1.312%。", [("1.312%", "隔夜Shibor", "level")]),
    # no name ends within a number
    ("药明康德收报618.20元。", [("618.20元", "药明康德", "level")]),
    # who makes goods, rather than the goods
    ("铝厂日均电解铝产量为11.8万吨。", [("11.8万吨", "铝厂", "volume")]),
    # currencies, whatever a tagger takes them for
    ("兰特年初至今升值4.2%。", [("4.2%", "兰特", "price_change")]),
]

MEASURES: list[tuple[str, list[Fact]]] = [
    (
        "中国银行（3988.HK）2025年净息差为1.30%；年末不良率为1.24%，拨备覆盖率为198%，"
        "派息率维持在30%。",
        [
            ("1.30%", "中国银行", "margin"),
            ("1.24%", "中国银行", "level"),
            ("198%", "中国银行", "other"),
            ("30%", "中国银行", "share"),
        ],
    ),
    (
        "春秋航空（601021.SH）预计2025年归母净利润为22亿元，EPS为2.25元。",
        [("22亿元", "春秋航空", "forecast"), ("2.25元", "春秋航空", "forecast")],
    ),
    ("春秋航空一季度EPS为0.71元。", [("0.71元", "春秋航空", "profit")]),
    (
        "万科企业销售额为233亿元，同比下降四成；年内仍有约97亿元公开债到期。",
        [
            ("233亿元", "万科企业", "revenue"),
            ("四成", "万科企业", "growth_yoy"),
            ("约97亿元", "万科企业", "other"),
        ],
    ),
    (
        "宁德时代毛利率升至25.1%；比亚迪以18%的增速领跑。",
        [("25.1%", "宁德时代", "margin"), ("18%", "比亚迪", "growth_yoy")],
    ),
    (
        "比亚迪2026年资本开支为1,600亿元，比上一年增加逾200亿元。",
        [("1,600亿元", "比亚迪", "investment"), ("逾200亿元", "比亚迪", "other")],
    ),
    # a share of a sum belongs to what it goes to
    (
        "中芯国际募集资金总额不超过90亿元，锁定期为6个月。募资中52亿元将投向晶圆产线项目，"
        "占总额的57.8%；30亿元用于封装产能建设。",
        [
            ("不超过90亿元", "中芯国际", "investment"),
            ("6个月", "中芯国际", "duration"),
            ("52亿元", "晶圆产线项目", "investment"),
            ("57.8%", "晶圆产线项目", "share"),
            ("30亿元", "封装产能建设", "investment"),
        ],
    ),
    # planned dealings are no forecasts
    (
        "招商轮船拟以自有资金5亿元至8亿元回购股份，回购价不超过9.50元/股。",
        [("5亿元至8亿元", "招商轮船", "other"), ("不超过9.50元/股", "招商轮船", "level")],
    ),
    # what would follow from a move is estimated
    (
        "布伦特原油每上涨5美元，春秋航空全年税前利润将减少约3亿元。",
        [("5美元", "布伦特原油", "price_change"), ("约3亿元", "春秋航空", "forecast")],
    ),
    ("北向资金净买入贵州茅台12.4亿元。", [("12.4亿元", "贵州茅台", "flow")]),
    (
        "SK海力士4月20日公布的初步业绩显示，第一季度营业利润为7.4万亿韩元。",
        [("7.4万亿韩元", "SK海力士", "profit")],
    ),
]


@pytest.mark.parametrize(
    ("text", "facts"),
    WHOLE_PHRASES + MEASURES,
    ids=lambda given: given[:12] if isinstance(given, str) else "",
)
def test_a_figure_is_of_a_whole_thing(text: str, facts: list[Fact], extracted: Extract) -> None:
    figures = extracted(f"市场综述\n\n{text}").figures
    assert [(f.text, f.subject, f.metric) for f in figures] == facts


def test_shares_sold_are_an_amount_and_a_smaller_fall_is_a_fall(extracted: Extract) -> None:
    sold = extracted("兴业控股股东计划减持不超过800万股。").figures
    assert [f.high for f in sold if f.unit == "count"] == [8_000_000]
    fall = extracted("美国天然气库存减少64亿立方英尺，降幅小于市场预期的71亿立方英尺。").figures
    assert [f.value for f in fall] == [-6_400_000_000, -7_100_000_000]
