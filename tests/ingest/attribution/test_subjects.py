"""Whom a figure is about: owners rather than actors, and noun phrases at full length.

The sentences are made up; the facts beside them follow the conventions of the interchange
format.  They cover banks, insurers, airlines, pork, copper, coal, REITs, games and chips.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.ingest.attribution.conftest import Extract

Fact = tuple[str, str, str, str]  # text, value, subject, metric

OWNER_NOT_ACTOR: list[tuple[str, list[Fact]]] = [
    (
        "中国人寿总保费为6,715亿元。管理层建议派发末期股息每股0.45元。",
        [
            ("6,715亿元", "671500000000", "中国人寿", "other"),
            ("每股0.45元", "0.45", "中国人寿", "other"),
        ],
    ),
    (
        "中国平安营收增长3%。董事会拟派发末期股息每股1.62元。",
        [("3%", "3", "中国平安", "growth_yoy"), ("每股1.62元", "1.62", "中国平安", "other")],
    ),
    (
        "中芯国际首席执行官赵海军预计，二季度收入将环比下降4%。高盛把该股目标价上调至52港元。",
        [("4%", "-4", "中芯国际", "forecast"), ("52港元", "52", "中芯国际", "forecast")],
    ),
    (
        "沙特阿美宣布自5月起将阿拉伯轻质原油对亚洲官价下调2.3美元/桶。",
        [("2.3美元/桶", "-2.3", "沙特阿美", "price_adjustment")],
    ),
    (
        "国电南瑞获北向资金增持3.1亿元，隆基绿能则遭减持2.2亿元。",
        [
            ("3.1亿元", "310000000", "国电南瑞", "flow"),
            ("2.2亿元", "-220000000", "隆基绿能", "flow"),
        ],
    ),
    (
        "遭主力资金净流出最多的是比亚迪，金额达12.3亿元；获净流入最多的是中科曙光，规模为8.6亿元。",
        [
            ("12.3亿元", "-1230000000", "比亚迪", "flow"),
            ("8.6亿元", "860000000", "中科曙光", "flow"),
        ],
    ),
    (
        "航空股走低。中信建投维持对春秋航空“买入”评级，目标价65元。",
        [("65元", "65", "春秋航空", "forecast")],
    ),
    (
        "小米集团合伙人卢伟冰称，全年汽车交付目标由30万辆上调至35万辆。",
        [
            ("30万辆", "300000", "小米集团", "forecast"),
            ("35万辆", "350000", "小米集团", "forecast"),
        ],
    ),
    (
        "牧原股份4月生猪销量为648.6万头，环比增长4.2%。",
        [("648.6万头", "6486000", "牧原股份", "volume"), ("4.2%", "4.2", "牧原股份", "growth_qoq")],
    ),
]

WHOLE_NOUNS: list[tuple[str, list[Fact]]] = [
    (
        "老铺黄金业绩后大涨12.8%，创历史新高。",
        [("12.8%", "12.8", "老铺黄金", "price_change")],
    ),
    (
        "LME铜周五收于每吨9,842美元，上期所铜库存降至12.3万吨。",
        [
            ("每吨9,842美元", "9842", "LME铜", "level"),
            ("12.3万吨", "123000", "上期所铜库存", "volume"),
        ],
    ),
    (
        "截至4月末，已上市公募REITs共78只，总市值达2,150亿元。",
        [
            ("78只", "78", "公募REITs", "count"),
            ("2,150亿元", "215000000000", "公募REITs", "market_value"),
        ],
    ),
    (
        "本周，182mm单晶硅片报1.25元/片，北方港口库存为2,960万吨。",
        [
            ("1.25元/片", "1.25", "182mm单晶硅片", "level"),
            ("2,960万吨", "29600000", "北方港口库存", "volume"),
        ],
    ),
    (
        "泡泡玛特海外收入占比升至40.3%，其他IP收入为5.6亿元。旗下LABUBU系列售出620万件。",
        [
            ("40.3%", "40.3", "泡泡玛特", "share"),
            ("5.6亿元", "560000000", "其他IP", "revenue"),
            ("620万件", "6200000", "LABUBU系列", "volume"),
        ],
    ),
    (
        "报告称，特斯拉欧洲的注册量降至5.4万辆，中美利差走阔至245个基点。",
        [
            ("5.4万辆", "54000", "特斯拉欧洲", "volume"),
            ("245个基点", "245", "中美利差", "level"),
        ],
    ),
    (
        "欧元对美元升值0.4%，英镑兑美元升至1.2950。",
        [("0.4%", "0.4", "欧元", "price_change"), ("1.2950", "1.2950", "英镑兑美元", "level")],
    ),
    (
        "三大航司一季度合计亏损62亿元，其中国航亏损20.4亿元，东航亏损25.1亿元。",
        [
            ("62亿元", "-6200000000", "三大航司", "profit"),
            ("20.4亿元", "-2040000000", "国航", "profit"),
            ("25.1亿元", "-2510000000", "东航", "profit"),
        ],
    ),
    (
        "六氟磷酸锂价格报6.05万元/吨，磷酸铁锂正极材料报3.4万元/吨，较年初分别下跌3.2%和1.8%。",
        [
            ("6.05万元/吨", "60500", "六氟磷酸锂", "level"),
            ("3.4万元/吨", "34000", "磷酸铁锂正极材料", "level"),
            ("3.2%", "-3.2", "六氟磷酸锂", "price_change"),
            ("1.8%", "-1.8", "磷酸铁锂正极材料", "price_change"),
        ],
    ),
    (
        "以太坊现货ETF净流出7,810万美元，其中ETHA流出2,940万美元；总资产净值为66.5亿美元。",
        [
            ("7,810万美元", "-78100000", "以太坊现货ETF", "flow"),
            ("2,940万美元", "-29400000", "ETHA", "flow"),
            ("66.5亿美元", "6650000000", "以太坊现货ETF", "market_value"),
        ],
    ),
]

MEASURES: list[tuple[str, list[Fact]]] = [
    (
        "中证红利指数全周上涨1.4%，创业板指数上涨0.3%。",
        [
            ("1.4%", "1.4", "中证红利指数", "price_change"),
            ("0.3%", "0.3", "创业板指数", "price_change"),
        ],
    ),
    (
        "淡水河谷第四季度铁矿石发运量为8,210万吨，同比增长3%。",
        [("8,210万吨", "82100000", "淡水河谷", "volume"), ("3%", "3", "淡水河谷", "growth_yoy")],
    ),
    (
        "英国央行按兵不动。\n\n新西兰联储5月6日宣布加息50个基点。",
        [("50个基点", "50", "新西兰联储", "rate_change")],
    ),
    (
        "上涨转债52只，下跌转债230只，平盘的不多。",
        [("52只", "52", "上涨转债", "count"), ("230只", "230", "下跌转债", "count")],
    ),
    (
        "周一，离岸人民币兑美元报7.3045，较上日收盘跌120个基点。",
        [
            ("7.3045", "7.3045", "离岸人民币兑美元", "level"),
            ("120个基点", "-120", "离岸人民币兑美元", "price_change"),
        ],
    ),
    (
        "1月CPI同比上涨0.5%，核心CPI上涨0.6%。",
        [("0.5%", "0.5", "CPI", "growth_yoy"), ("0.6%", "0.6", "核心CPI", "growth_yoy")],
    ),
    (
        "两市成交额为1.2万亿元，较昨日放量876亿元。",
        [
            ("1.2万亿元", "1200000000000", "两市", "volume"),
            ("876亿元", "87600000000", "两市", "other"),
        ],
    ),
    (
        "据国家统计局数据，4月制造业PMI为49.0%，比上月下降1.5个百分点。",
        [
            ("49.0%", "49.0", "制造业PMI", "level"),
            ("1.5个百分点", "-1.5", "制造业PMI", "level"),
        ],
    ),
    (
        "国航客座率稳定。日本央行动用3万亿日元干预汇市，华虹半导体计划投资67亿美元扩产。",
        [
            ("3万亿日元", "3000000000000", "日本央行", "flow"),
            ("67亿美元", "6700000000", "华虹半导体", "investment"),
        ],
    ),
    (
        "甲骨文宣布斥资30亿美元回购股份，全年毛利率将较上年下降1至2个百分点。",
        [
            ("30亿美元", "3000000000", "甲骨文", "other"),
            ("1至2个百分点", "", "甲骨文", "forecast"),
        ],
    ),
    (
        "比特币报9.5万美元，较去年10月创下的历史高点低约24%。",
        [("9.5万美元", "95000", "比特币", "level"), ("约24%", "-24", "比特币", "price_change")],
    ),
    (
        "秦皇岛动力煤报668元/吨，周环比下跌8元。",
        [
            ("668元/吨", "668", "秦皇岛动力煤", "level"),
            ("8元", "-8", "秦皇岛动力煤", "price_change"),
        ],
    ),
]

COUNTRIES_AND_MARKETS: list[tuple[str, list[Fact]]] = [
    (
        "海关数据显示，4月印度进口棕榈油61.2万吨，同比下降8%。",
        [("61.2万吨", "612000", "印度", "volume"), ("8%", "-8", "印度", "growth_yoy")],
    ),
    (
        "4月秘鲁产量为21.8万吨，环比下降3.1%。",
        [("21.8万吨", "218000", "秘鲁", "volume"), ("3.1%", "-3.1", "秘鲁", "growth_qoq")],
    ),
    (
        "数据显示，欧洲电动汽车市场销量为82万辆，同比增长20%。",
        [
            ("82万辆", "820000", "欧洲电动汽车市场", "volume"),
            ("20%", "20", "欧洲电动汽车市场", "growth_yoy"),
        ],
    ),
    (
        "越南咖啡产量预估由2,900万袋下调至2,850万袋。",
        [
            ("2,900万袋", "29000000", "越南咖啡", "forecast"),
            ("2,850万袋", "28500000", "越南咖啡", "forecast"),
        ],
    ),
    # what opens the sentence is what those who have a view speak of
    (
        "谈及黄金，高盛给出的年底目标为3,700美元，花旗的目标为3,500美元。",
        [("3,700美元", "3700", "黄金", "forecast"), ("3,500美元", "3500", "黄金", "forecast")],
    ),
    (
        "至于10年期美债收益率，瑞银给出的预测为4.1%。",
        [("4.1%", "4.1", "10年期美债收益率", "forecast")],
    ),
    # a class with an attribute, counted
    (
        "在同日公布业绩的12家券商及保险公司中，有9家净利润增长。",
        [
            ("12家", "12", "券商及保险公司", "count"),
            ("9家", "9", "券商及保险公司", "count"),
        ],
    ),
    # London's and Shanghai's contracts of a metal are two things
    (
        "伦锌周五收于2,860美元/吨，沪锌收于23,150元/吨。",
        [
            ("2,860美元/吨", "2860", "伦锌", "level"),
            ("23,150元/吨", "23150", "沪锌", "level"),
        ],
    ),
    ("LME锌库存降至16.2万吨。", [("16.2万吨", "162000", "LME锌库存", "volume")]),
    # what is left over may be an item of a list, or a part of the last one
    (
        "美洲、欧洲及其他地区的收入分别为71.3亿元和17.8亿元。",
        [
            ("71.3亿元", "7130000000", "美洲", "revenue"),
            ("17.8亿元", "1780000000", "欧洲及其他地区", "revenue"),
        ],
    ),
    (
        "线上营销服务、直播和其他服务的收入分别为236.4亿元、98.2亿元和61.1亿元。",
        [
            ("236.4亿元", "23640000000", "线上营销服务", "revenue"),
            ("98.2亿元", "9820000000", "直播", "revenue"),
            ("61.1亿元", "6110000000", "其他服务", "revenue"),
        ],
    ),
    # a firm's arm is not the sector, nor are those of it that are listed
    (
        "三星电子营业利润为32.5万亿韩元，其中半导体部门贡献21.3万亿韩元。",
        [
            ("32.5万亿韩元", "32500000000000", "三星电子", "profit"),
            ("21.3万亿韩元", "21300000000000", "半导体部门", "profit"),
        ],
    ),
    (
        "证券板块走强。机构预计，上市券商净利润增速约8%。",
        [("约8%", "8", "上市券商", "forecast")],
    ),
    # a name that holds a word of comparing
    (
        "世界大型企业联合会领先指数报98.7点，下降0.3%。",
        [
            ("98.7点", "98.7", "世界大型企业联合会领先指数", "level"),
            ("0.3%", "-0.3", "世界大型企业联合会领先指数", "price_change"),
        ],
    ),
]


@pytest.mark.parametrize(
    ("text", "facts"),
    OWNER_NOT_ACTOR + WHOLE_NOUNS + MEASURES + COUNTRIES_AND_MARKETS,
    ids=lambda given: given[:12] if isinstance(given, str) else "",
)
def test_a_figure_is_its_owners(text: str, facts: list[Fact], extracted: Extract) -> None:
    figures = extracted(f"市场综述\n\n{text}").figures
    assert [(f.text, f.subject, f.metric) for f in figures] == [
        (words, subject, metric) for words, _, subject, metric in facts
    ]
    assert [f.value for f in figures] == [
        Decimal(value) if value else None for _, value, _, _ in facts
    ]


def test_the_size_of_a_product_is_no_figure(extracted: Extract) -> None:
    figures = extracted("市场综述\n\n华虹半导体8英寸晶圆产能利用率升至103.5%。").figures
    assert [figure.text for figure in figures] == ["103.5%"]


def test_a_name_that_the_tagger_takes_for_a_verb_and_nouns_is_kept_whole(
    extracted: Extract,
) -> None:
    figures = extracted("市场综述\n\n数据显示，A股非银行企业盈利增长6%。").figures
    assert [figure.subject for figure in figures] == ["A股非银行企业"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("高盛预计，美元兑日元为150，摩根士丹利给出的目标为145。", "摩根士丹利"),
        ("花旗预计2026年末金价为3,500美元，瑞银的预测为3,600美元。", "瑞银"),
    ],
)
def test_the_owner_of_a_forecast_is_its_speaker(
    text: str, speaker: str, extracted: Extract
) -> None:
    assert extracted(f"市场综述\n\n{text}").figures[-1].speaker == speaker


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("回购", "立讯精密宣布拟回购10亿元股份，回购价格不超过68.5元/股。"),
        ("增持", "立讯精密称，控股股东拟增持10亿元，增持价格不高于40元/股。"),
        ("派息", "立讯精密派息8亿元，派息比例为31%。"),
    ],
)
def test_neither_a_heading_nor_a_modifier_that_is_a_measure_owns_a_figure(
    heading: str, text: str, extracted: Extract
) -> None:
    extraction = extracted(f"公司动态\n\n{heading}\n成为稳定预期的共同选择。{text}\n")
    assert "立讯精密" in {figure.subject for figure in extraction.figures}
    assert heading not in {entity.name for entity in extraction.entities}
