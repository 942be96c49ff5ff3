"""What market sentences of many kinds say, as their writers mean it.

The sentences are made up; the facts beside them follow the conventions of the
interchange format.  They cover A shares, Hong Kong, carmakers, solar, cloud, the yen,
crypto and chips, on the real components.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.records import Figure
from tests.ingest.attribution.conftest import Extract

Fact = tuple[str, str | tuple[str, str], str, str, str]  # text, value, unit, subject, metric

SENTENCES: list[tuple[str, list[Fact]]] = [
    # a_shares
    (
        "上证指数收涨0.52%，报3,421.35点；深证成指跌0.18%，创业板指跌0.77%。",
        [
            ("0.52%", "0.52", "percent", "上证指数", "price_change"),
            ("3,421.35点", "3421.35", "index_point", "上证指数", "level"),
            ("0.18%", "-0.18", "percent", "深证成指", "price_change"),
            ("0.77%", "-0.77", "percent", "创业板指", "price_change"),
        ],
    ),
    (
        "煤炭、银行和石油石化板块涨幅居前，分别上涨2.31%、1.87%和1.54%，传媒板块跌幅最大，下跌3.02%。",
        [
            ("2.31%", "2.31", "percent", "煤炭", "price_change"),
            ("1.87%", "1.87", "percent", "银行", "price_change"),
            ("1.54%", "1.54", "percent", "石油石化板块", "price_change"),
            ("3.02%", "-3.02", "percent", "传媒板块", "price_change"),
        ],
    ),
    (
        "北向资金全天净买入45.6亿元，其中沪股通净买入28.1亿元，深股通净买入17.5亿元。",
        [
            ("45.6亿元", "4560000000", "CNY", "北向资金", "flow"),
            ("28.1亿元", "2810000000", "CNY", "沪股通", "flow"),
            ("17.5亿元", "1750000000", "CNY", "深股通", "flow"),
        ],
    ),
    (
        "宁德时代收跌2.4%，成交额达98.7亿元；贵州茅台微涨0.3%，总市值约1.9万亿元。",
        [
            ("2.4%", "-2.4", "percent", "宁德时代", "price_change"),
            ("98.7亿元", "9870000000", "CNY", "宁德时代", "volume"),
            ("0.3%", "0.3", "percent", "贵州茅台", "price_change"),
            ("约1.9万亿元", "1900000000000", "CNY", "贵州茅台", "market_value"),
        ],
    ),
    # hong_kong
    (
        "恒生指数下跌1.2%，恒生科技指数跌2.05%，收报5,312.4点。",
        [
            ("1.2%", "-1.2", "percent", "恒生指数", "price_change"),
            ("2.05%", "-2.05", "percent", "恒生科技指数", "price_change"),
            ("5,312.4点", "5312.4", "index_point", "恒生科技指数", "level"),
        ],
    ),
    (
        "腾讯控股（00700.HK）第四季度营收1,943.7亿元，按年增长13%，毛利率由53%升至56%。",
        [
            ("1,943.7亿元", "194370000000", "CNY", "腾讯控股", "revenue"),
            ("13%", "13", "percent", "腾讯控股", "growth_yoy"),
            ("53%", "53", "percent", "腾讯控股", "margin"),
            ("56%", "56", "percent", "腾讯控股", "margin"),
        ],
    ),
    (
        "高盛将美团目标价由135港元下调至118港元，维持“中性”评级。",
        [
            ("135港元", "135", "HKD", "美团", "forecast"),
            ("118港元", "118", "HKD", "美团", "forecast"),
        ],
    ),
    (
        "恒生科技指数预测市盈率为18.5倍，较纳斯达克100指数折让约三成。",
        [
            ("18.5倍", "18.5", "multiple", "恒生科技指数", "valuation"),
            ("约三成", "-30", "percent", "恒生科技指数", "valuation"),
        ],
    ),
    # carmakers
    (
        "比亚迪2月销售新能源汽车19.02万辆，同比下降41.1%，其中海外销量10.06万辆。",
        [
            ("19.02万辆", "190200", "count", "比亚迪", "volume"),
            ("41.1%", "-41.1", "percent", "比亚迪", "growth_yoy"),
            ("10.06万辆", "100600", "count", "比亚迪", "volume"),
        ],
    ),
    (
        "理想汽车、小鹏汽车和蔚来分别交付2.64万辆、1.53万辆和2.08万辆，同比分别增长0.6%、下降49.8%和增长57.6%。",
        [
            ("2.64万辆", "26400", "count", "理想汽车", "volume"),
            ("1.53万辆", "15300", "count", "小鹏汽车", "volume"),
            ("2.08万辆", "20800", "count", "蔚来", "volume"),
            ("0.6%", "0.6", "percent", "理想汽车", "growth_yoy"),
            ("49.8%", "-49.8", "percent", "小鹏汽车", "growth_yoy"),
            ("57.6%", "57.6", "percent", "蔚来", "growth_yoy"),
        ],
    ),
    (
        "蔚来第四季度净亏损收窄至42亿元，上年同期为71亿元。",
        [
            ("42亿元", "-4200000000", "CNY", "蔚来", "profit"),
            ("71亿元", "-7100000000", "CNY", "蔚来", "profit"),
        ],
    ),
    (
        "特斯拉将Model Y售价下调1万元。",
        [
            ("1万元", "-10000", "CNY", "特斯拉", "price_adjustment"),
        ],
    ),
    # solar
    (
        "TOPCon组件价格跌至0.68元/瓦，较年初的0.70元/瓦下降2.9%。",
        [
            ("0.68元/瓦", "0.68", "CNY/watt", "TOPCon组件", "level"),
            ("0.70元/瓦", "0.70", "CNY/watt", "TOPCon组件", "level"),
            ("2.9%", "-2.9", "percent", "TOPCon组件", "price_change"),
        ],
    ),
    (
        "隆基绿能预计2025年净亏损60亿元至65亿元。",
        [
            ("60亿元至65亿元", ("-6500000000", "-6000000000"), "CNY", "隆基绿能", "forecast"),
        ],
    ),
    (
        "通威股份开工率仅为35%，比行业平均水平低10个百分点。",
        [
            ("35%", "35", "percent", "通威股份", "other"),
            ("10个百分点", "-10", "percentage_point", "通威股份", "other"),
        ],
    ),
    (
        "硅料库存升至约50万吨，相当于四个月的用量。",
        [
            ("约50万吨", "500000", "tonne", "硅料", "volume"),
            ("四个月", "4", "month", "硅料", "duration"),
        ],
    ),
    # cloud
    (
        "微软2026财年第二季度营收812.7亿美元，同比增长17%，净利润385亿美元，增长60%。",
        [
            ("812.7亿美元", "81270000000", "USD", "微软", "revenue"),
            ("17%", "17", "percent", "微软", "growth_yoy"),
            ("385亿美元", "38500000000", "USD", "微软", "profit"),
            ("60%", "60", "percent", "微软", "growth_yoy"),
        ],
    ),
    (
        "亚马逊预计2026年资本支出约2,000亿美元，较2025年的1,310亿美元增长逾50%，远超市场预期的1,466亿美元。",
        [
            ("约2,000亿美元", "200000000000", "USD", "亚马逊", "forecast"),
            ("1,310亿美元", "131000000000", "USD", "亚马逊", "investment"),
            ("逾50%", "50", "percent", "亚马逊", "forecast"),
            ("1,466亿美元", "146600000000", "USD", "亚马逊", "forecast"),
        ],
    ),
    (
        "谷歌云收入177亿美元，同比增长48%，积压订单环比增长55%至2,400亿美元。",
        [
            ("177亿美元", "17700000000", "USD", "谷歌云", "revenue"),
            ("48%", "48", "percent", "谷歌云", "growth_yoy"),
            ("55%", "55", "percent", "谷歌云", "growth_qoq"),
            ("2,400亿美元", "240000000000", "USD", "谷歌云", "other"),
        ],
    ),
    # yen
    (
        "美元兑日元周五报156.82，全周上涨1.3%。",
        [
            ("156.82", "156.82", "JPY/USD", "美元兑日元", "level"),
            ("1.3%", "1.3", "percent", "美元兑日元", "price_change"),
        ],
    ),
    (
        "日本央行将政策利率由0.5%上调至0.75%。",
        [
            ("0.5%", "0.5", "percent", "政策利率", "level"),
            ("0.75%", "0.75", "percent", "政策利率", "level"),
        ],
    ),
    (
        "10年期日本国债收益率下行5.5个基点，报2.1%。",
        [
            ("5.5个基点", "-5.5", "basis_point", "10年期日本国债收益率", "rate_change"),
            ("2.1%", "2.1", "percent", "10年期日本国债收益率", "level"),
        ],
    ),
    (
        "在岸人民币兑美元收报6.9012，较上一交易日升值112个基点。",
        [
            ("6.9012", "6.9012", "CNY/USD", "在岸人民币兑美元", "level"),
            ("112个基点", "112", "basis_point", "在岸人民币兑美元", "price_change"),
        ],
    ),
    # crypto
    (
        "以太坊跌8.1%至2,690美元，索拉纳跌破130美元。",
        [
            ("8.1%", "-8.1", "percent", "以太坊", "price_change"),
            ("2,690美元", "2690", "USD", "以太坊", "level"),
            ("130美元", "130", "USD", "索拉纳", "level"),
        ],
    ),
    (
        "比特币最低触及81,050美元，较10月高点126,198美元回撤约35%。",
        [
            ("81,050美元", "81050", "USD", "比特币", "level"),
            ("126,198美元", "126198", "USD", "比特币", "level"),
            ("约35%", "-35", "percent", "比特币", "price_change"),
        ],
    ),
    (
        "美国现货比特币ETF单日净流出9.03亿美元。",
        [
            ("9.03亿美元", "-903000000", "USD", "美国现货比特币ETF", "flow"),
        ],
    ),
    # chips
    (
        "英伟达第三财季营收570亿美元，环比增长22%，数据中心业务贡献512亿美元，占总营收近九成。",
        [
            ("570亿美元", "57000000000", "USD", "英伟达", "revenue"),
            ("22%", "22", "percent", "英伟达", "growth_qoq"),
            ("512亿美元", "51200000000", "USD", "数据中心业务", "revenue"),
            ("近九成", "90", "percent", "数据中心业务", "share"),
        ],
    ),
    (
        "费城半导体指数跑输标普500指数2.4个百分点。",
        [
            ("2.4个百分点", "-2.4", "percentage_point", "费城半导体指数", "relative_return"),
        ],
    ),
    (
        "中芯国际第三季度产能利用率为95.8%，较上季度提高3.3个百分点。",
        [
            ("95.8%", "95.8", "percent", "中芯国际", "other"),
            ("3.3个百分点", "3.3", "percentage_point", "中芯国际", "other"),
        ],
    ),
    (
        "SK海力士与三星电子一季度DRAM合约价分别上调55%和60%。",
        [
            ("55%", "55", "percent", "SK海力士", "price_adjustment"),
            ("60%", "60", "percent", "三星电子", "price_adjustment"),
        ],
    ),
]


def value(figure: Figure) -> Decimal | tuple[Decimal | None, Decimal | None]:
    return figure.value if figure.value is not None else (figure.low, figure.high)


def number(text: str | tuple[str, str]) -> Decimal | tuple[Decimal, Decimal]:
    return Decimal(text) if isinstance(text, str) else (Decimal(text[0]), Decimal(text[1]))


@pytest.mark.parametrize(("sentence", "facts"), SENTENCES, ids=[s[:12] for s, _ in SENTENCES])
def test_a_sentence_gives_its_facts(sentence: str, facts: list[Fact], extracted: Extract) -> None:
    found = [(f.text, value(f), f.unit, f.subject, f.metric) for f in extracted(sentence).figures]
    assert found == [(text, number(v), unit, who, what) for text, v, unit, who, what in facts]
