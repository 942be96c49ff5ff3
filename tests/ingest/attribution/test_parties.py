"""Who a figure is about where a construction, not a listed name, tells it."""

from __future__ import annotations

import pytest

from tests.ingest.attribution.conftest import Extract


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "恒生指数3月6日（周五）上涨0.8%。",
            [("0.8%", "恒生指数", "price_change")],
        ),
        (
            "截至3月6日当周，海外投资者净卖出日本长期国债1.3万亿日元。",
            [("1.3万亿日元", "海外投资者", "flow")],
        ),
        ("外资当日净买入美光科技12亿美元。", [("12亿美元", "美光科技", "flow")]),
        (
            "美元兑日元升至151.20，汇价在150.80至151.60之间波动。",
            [("151.20", "美元兑日元", "level"), ("150.80至151.60", "美元兑日元", "level")],
        ),
        (
            "游客中，外国人的占比由10.2%升至11.6%。",
            [("10.2%", "外国人", "share"), ("11.6%", "外国人", "share")],
        ),
        ("基金和债券在社保资产余额中的占比升至15%。", [("15%", "基金和债券", "share")]),
        ("未盈利公司占罗素2000指数成分股的约四成。", [("约四成", "未盈利公司", "share")]),
        ("持有其境外债务81.6%的债权人已经同意。", [("81.6%", "债权人", "share")]),
        ("对美出口同比下降4.8%。", [("4.8%", "对美出口", "growth_yoy")]),
        ("上述公司一季度合计实现营业收入168亿元。", [("168亿元", "上述公司", "revenue")]),
        (
            "台积电和联电分别上涨2%和1%，两家合计占指数权重的四成。",
            [
                ("2%", "台积电", "price_change"),
                ("1%", "联电", "price_change"),
                ("四成", "台积电和联电", "share"),
            ],
        ),
        (
            "在17个交易日里，小盘股跑赢大盘股510个基点。",
            [
                ("17个交易日", "小盘股", "duration"),
                ("510个基点", "小盘股", "relative_return"),
            ],
        ),
        (
            "半导体板块全周上涨7%，跑赢沪深300指数5个百分点，后者仅上涨2%。",
            [
                ("7%", "半导体板块", "price_change"),
                ("5个百分点", "半导体板块", "relative_return"),
                ("2%", "沪深300指数", "price_change"),
            ],
        ),
        (
            "储能业务占阳光电源收入的46%，首次超过零售业务（38%）。",
            [("46%", "储能业务", "share"), ("38%", "零售业务", "share")],
        ),
        (
            "市场预计美联储降息的概率为91%，高于一周前的78%。",
            [("91%", "美联储", "forecast"), ("78%", "美联储", "forecast")],
        ),
        (
            "发布时间：2026年11月20日\n\n宁德时代拟把年产能由50万台提高到2028年底的120万台。",
            [("50万台", "宁德时代", "volume"), ("120万台", "宁德时代", "forecast")],
        ),
        (
            "日本央行动用5万亿日元入市干预，其中6月16日投入3万亿日元。",
            [("5万亿日元", "日本央行", "flow"), ("3万亿日元", "日本央行", "flow")],
        ),
    ],
)
def test_who_and_what_each_figure_is_told_of(
    text: str, told: list[tuple[str, str, str]], extracted: Extract
) -> None:
    figures = extracted(text).figures
    assert [(figure.text, figure.subject, figure.metric) for figure in figures] == told
