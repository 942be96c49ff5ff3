from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ingest.quantities import find_quantities
from kg.records import Quantity, Span


def only(text: str) -> Quantity:
    found = find_quantities(text)
    assert len(found) == 1, found
    return found[0]


def read(text: str) -> list[tuple[str, str]]:
    return [(q.text, q.unit) for q in find_quantities(text)]


@pytest.mark.parametrize(
    ("sentence", "text", "value", "unit"),
    [
        ("社会融资规模增量为2.31万亿元，", "2.31万亿元", "2310000000000", "CNY"),
        ("报512.5港元", "512.5港元", "512.5", "HKD"),
        ("收购价HK$12.5，", "HK$12.5", "12.5", "HKD"),
        ("售价US$1.2 billion", "US$1.2 billion", "1200000000", "USD"),
        ("罚金人民币二亿元", "人民币二亿元", "200000000", "CNY"),
        ("共3000亿日元", "3000亿日元", "300000000000", "JPY"),
        ("货款三千三百八十元五角八分", "三千三百八十元五角八分", "3380.58", "CNY"),
        ("跌至35美分", "35美分", "0.35", "USD"),
        ("同比上涨百分之三点七。", "百分之三点七", "3.7", "percent"),
        ("渗透率５０．２％", "５０．２％", "50.2", "percent"),
        ("费率为2.5‰", "2.5‰", "0.25", "percent"),
        ("占比由三成半", "三成半", "35", "percent"),
        ("打七折", "七折", "70", "percent"),
        ("打75折", "75折", "75", "percent"),
        ("提高0.1个百分点", "0.1个百分点", "0.1", "percentage_point"),
        ("毛利率环比提升0.3pct", "0.3pct", "0.3", "percentage_point"),
        ("下调10个基点", "10个基点", "10", "basis_point"),
        ("每次降息25bp", "25bp", "25", "basis_point"),
        ("市盈率19.8倍", "19.8倍", "19.8", "multiple"),
        ("估值为2.1x，", "2.1x", "2.1", "multiple"),
        ("收报2,559.61点", "2,559.61点", "2559.61", "index_point"),
        ("仅14个交易日", "14个交易日", "14", "trading_day"),
        ("历时一年半", "一年半", "1.5", "year"),
        ("长达9个月，", "9个月", "9", "month"),
        ("为期半个月的活动", "半个月", "0.5", "month"),
        ("用时1小时43分钟，", "1小时43分钟", "103", "minute"),
        ("全食最长为4分9秒。", "4分9秒", "249", "second"),
        ("刑期两年零三个月", "两年零三个月", "27", "month"),
        ("身高1米79。", "1米79", "1.79", "metre"),
        ("每斤只卖5块8。", "5块8", "5.8", "CNY"),
        ("连续5日净流入", "5日", "5", "day"),
        ("保费为美元21万元", "美元21万元", "210000", "USD"),
        ("比前者低8日元", "8日元", "8", "JPY"),
        ("耗资1 000万元", "1 000万元", "10000000", "CNY"),
        ("站上2900点整数位", "2900点", "2900", "index_point"),
        ("投资500亿元正在推进", "500亿元", "50000000000", "CNY"),
        ("壹拾壹元正", "壹拾壹元正", "11", "CNY"),
        ("每周安排航班54956班、", "54956班", "54956", "count"),
        ("有1500年历史", "1500年", "1500", "year"),
        ("单卡显存192GB，", "192GB", "192", "GB"),
        ("连续两周", "两周", "2", "week"),
        ("职位空缺654.2万个", "654.2万个", "6542000", "count"),
        ("有三名委员", "三名", "3", "count"),
        ("意味着全年仅有一次降息", "一次", "1", "count"),
        ("全球央行净购金60吨", "60吨", "60", "tonne"),
        ("新增装机274.89GW，", "274.89GW", "274.89", "GW"),
        ("批价报每瓶1,545元", "每瓶1,545元", "1545", "CNY/bottle"),
        ("报67.20美元/桶", "67.20美元/桶", "67.20", "USD/barrel"),
        ("碳酸锂7.8万元/吨", "7.8万元/吨", "78000", "CNY/tonne"),
        ("派息27.82元/股", "27.82元/股", "27.82", "CNY/share"),
        ("减产220万桶/日", "220万桶/日", "2200000", "barrel/day"),
        ("贬值至1美元兑155.3日元", "155.3日元", "155.3", "JPY/USD"),
        ("同比翻了两番", "翻了两番", "300", "percent"),
        ("股价腰斩", "腰斩", "-50", "percent"),
        ("较上月的-2.3%回升", "-2.3%", "-2.3", "percent"),
        ("现金流为−3.2亿元", "−3.2亿元", "-320000000", "CNY"),
        ("升温负0.2千米", "负0.2千米", "-0.2", "kilometre"),
    ],
)
def test_expression_has_span_value_and_unit(
    sentence: str, text: str, value: str, unit: str
) -> None:
    quantity = only(sentence)
    assert (quantity.text, quantity.value, quantity.unit) == (text, Decimal(value), unit)
    assert quantity.span.of(sentence) == text
    assert quantity.kind == "point"


@pytest.mark.parametrize(
    ("sentence", "text", "low", "high", "unit"),
    [
        ("实施了3%至10%的提价", "3%至10%", "3", "10", "percent"),
        ("提价幅度为16-24%。", "16-24%", "16", "24", "percent"),
        ("目标为4.5%~5%", "4.5%~5%", "4.5", "5", "percent"),
        ("落在4.00%—4.25%", "4.00%—4.25%", "4", "4.25", "percent"),
        ("投资100-150亿元", "100-150亿元", "10000000000", "15000000000", "CNY"),
        ("月销8000至1.2万辆", "8000至1.2万辆", "8000", "12000", "count"),
        ("在每瓶1,600元至2,230元之间", "每瓶1,600元至2,230元", "1600", "2230", "CNY/bottle"),
        ("同比-5%至-13%", "-5%至-13%", "-13", "-5", "percent"),
        ("下调10至20个基点", "10至20个基点", "10", "20", "basis_point"),
        ("二三十家", "二三十家", "20", "30", "count"),
        ("孩子3、4岁开始", "3、4岁", "3", "4", "year"),
        ("占了七、八成，", "七、八成", "70", "80", "percent"),
        ("降两到三成", "两到三成", "20", "30", "percent"),
        ("3%和5%之间", "3%和5%", "3", "5", "percent"),
        ("售价$3-4，", "$3-4", "3", "4", "USD"),
        ("误差±0.2个百分点", "±0.2个百分点", "-0.2", "0.2", "percentage_point"),
    ],
)
def test_range_has_bounds(sentence: str, text: str, low: str, high: str, unit: str) -> None:
    quantity = only(sentence)
    assert (quantity.text, quantity.low, quantity.high) == (text, Decimal(low), Decimal(high))
    assert (quantity.value, quantity.unit, quantity.kind) == (None, unit, "range")


@pytest.mark.parametrize(
    ("sentence", "texts"),
    [
        ("由5.6万人至4.1万人", ["5.6万人", "4.1万人"]),
        ("增加0.9个百分点至44.8%", ["0.9个百分点", "44.8%"]),
        ("目标价上调20港元至500港元", ["20港元", "500港元"]),
        ("下调10个基点至1.3%", ["10个基点", "1.3%"]),
    ],
)
def test_a_change_and_the_level_it_leads_to_are_no_range(sentence: str, texts: list[str]) -> None:
    assert [q.text for q in find_quantities(sentence)] == texts


@pytest.mark.parametrize(
    ("sentence", "text", "low", "high", "kind"),
    [
        ("分红比例不低于75%的承诺", "不低于75%", "75", None, "at_least"),
        ("至少12家", "至少12家", "12", None, "at_least"),
        ("不超过50亿港元", "不超过50亿港元", None, "5000000000", "at_most"),
        ("控制在3%以内", "3%以内", None, "3", "at_most"),
    ],
)
def test_open_bound_has_one_side(
    sentence: str, text: str, low: str | None, high: str | None, kind: str
) -> None:
    quantity = only(sentence)
    assert (quantity.text, quantity.kind, quantity.value) == (text, kind, None)
    assert quantity.low == (None if low is None else Decimal(low))
    assert quantity.high == (None if high is None else Decimal(high))


@pytest.mark.parametrize(
    ("sentence", "text", "value"),
    [
        ("占当月增量逾六成", "逾六成", "60"),
        ("将超过100万桶", "超过100万桶", "1000000"),
        ("居民消费价格涨幅目标为2%左右", "2%左右", "2"),
        ("同比翻一番以上", "翻一番以上", "100"),
        ("有百分之三左右的空间", "百分之三左右", "3"),
        ("20余名官兵", "20余名", "20"),
        ("3万多辆", "3万多辆", "30000"),
        ("用了两年多，", "两年多", "2"),
        ("检查经营单位80余家次，", "80余家次", "80"),
        ("占比过半", "过半", "50"),
        ("捐献超过半数财富", "超过半数", "50"),
        ("不足一半", "不足一半", "50"),
        ("长达9个多月的", "9个多月", "9"),
        ("只用了不到半年", "不到半年", "0.5"),
        ("近千亿元", "近千亿元", "100000000000"),
        ("约合人民币3亿元", "约合人民币3亿元", "300000000"),
    ],
)
def test_approximation_words_belong_to_the_span(sentence: str, text: str, value: str) -> None:
    quantity = only(sentence)
    assert (quantity.text, quantity.value) == (text, Decimal(value))
    assert quantity.approximate


@pytest.mark.parametrize("sentence", ["期货合约3000手", "最近5%的涨幅", "逼近100美元"])
def test_words_that_end_like_an_approximation_are_none(sentence: str) -> None:
    assert not only(sentence).approximate


def test_parallel_numbers_take_the_unit_that_closes_the_list() -> None:
    assert [q.value for q in find_quantities("分别上涨3、4个百分点")] == [3, 4]
    found = find_quantities("分别上涨0.8、0.7和0.4个百分点，或10、20和30亿元")
    assert [(q.value, q.unit) for q in found[:3]] == [
        (Decimal("0.8"), "percentage_point"),
        (Decimal("0.7"), "percentage_point"),
        (Decimal("0.4"), "percentage_point"),
    ]
    assert [q.value for q in found[3:]] == [Decimal(n) * 10**8 for n in (10, 20, 30)]


@pytest.mark.parametrize(
    "sentence",
    [
        "2026年1月1日，2025年第四季度，2023-2025年",
        "10年期美国国债与5年期以上LPR、7天期逆回购",
        "第三次降息，第14个交易日，前五大客户，排名第3",
        "罗素2000指数、标普500、沪深300ETF、科创50、CAC 40、STOXX 600",
        "5G、4K、H200、GPT-4.5、A股、K线、M2、10-K",
        "台积电3纳米制程",
        "贵州茅台（600519.SH）、腾讯(00700.HK)、宁德时代（300750）",
        "1. 业绩\n（一）概况\n一、前言",
        "结论[1][2-4]【3】［5］",
        "一家公司、一种观点、多家机构、数月、几十亿、数十家、上百个",
        "2026年2月7日 09:12，客服电话 400-820-0000",
        "一波三折，过去三个月，近一年，两年前，1-5月，上半年",
        "交易比例为1:3.5",
        "两种情形与三个方面",
        "三元锂电池与二手房",
        "实现三位数增长",
        "许多年初轮动无法持续一整年",
        "较20年平均水平，创五年新高，52周高点与10年移动均值",
        "8GB+256GB版本，搭载12GB内存",
        "90公斤级冠军，24小时值班，24小时成交量",
        "十四届全国人大四次会议与二十届四中全会",
        "1885年至今，11至13日在港举行，5日均线",
        "四个战略方向与三大战略机遇",
        "八位号码计划，六位数密码",
    ],
)
def test_what_is_no_figure(sentence: str) -> None:
    assert read(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("PMI为50.2，", [("50.2", "number")]),
        ("重返50上方", []),
        ("欧元兑美元由1.1851升至1.1794", [("1.1851", "number"), ("1.1794", "number")]),
        ("成交额突破1.2万亿。", [("1.2万亿", "number")]),
        ("指数报105，", [("105", "number")]),
        ("型号2077发布", []),
        ("把预测由164下调至160，", [("164", "number"), ("160", "number")]),
        ("2026 300元", [("300元", "CNY")]),
    ],
)
def test_a_bare_number_is_a_figure_where_it_is_plainly_a_value(
    sentence: str, expected: list[tuple[str, str]]
) -> None:
    assert read(sentence) == expected


def test_a_level_of_an_index_is_not_its_name() -> None:
    assert read("沪深300报3,856.42点") == [("3,856.42点", "index_point")]


def test_names_hold_no_figures() -> None:
    sentence = "三只松鼠卖出三只松鼠"
    assert read(sentence) == [("三只", "count")] * 2
    assert [q.span for q in find_quantities(sentence, names=[Span(0, 4)])] == [Span(6, 8)]


def test_a_count_tells_its_measure_word() -> None:
    assert only("涉及12家企业").noun == "家"
    assert only("涨3%").noun is None


def test_values_carry_the_printed_sign_only() -> None:
    assert only("净流出21亿美元").value == Decimal(2_100_000_000)
    assert not only("净流出21亿美元").signed
    assert only("洋河股份（+5.1%）").signed


def test_offsets_count_code_points() -> None:
    sentence = "𠮷野家🍜\r\n上涨3%"
    quantity = only(sentence)
    assert sentence[quantity.span.start : quantity.span.end] == "3%"


_GRAMMAR = (
    "0123456789１２％%.,，、-—~至到约近逾超不低于每瓶吨美元港元亿万千百十一二三两半成倍个家点基百分之"
    "年月日周第前[]【】()（）$¥+负 \nABCx翻番腰斩以上左右/兆𠮷"
)


@settings(deadline=None)  # the machine may be busy; `benchmarks.grammar --hostile` times it
@given(st.text(alphabet=_GRAMMAR, max_size=60) | st.text(max_size=60))
@example("-")
@example("负")
@example("约")
@example("每瓶")
@example("0分之0")
@example("1" * 5000)
@example("1,234" * 1000)
def test_any_text_is_read_and_spans_are_exact(text: str) -> None:
    found = find_quantities(text)
    for quantity in found:
        assert text[quantity.span.start : quantity.span.end] == quantity.text
        assert (quantity.value is None) != (quantity.low is None and quantity.high is None)
        if quantity.low is not None and quantity.high is not None:
            assert quantity.low <= quantity.high
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    "unit",
    "1|亿|[|[1,|1,234,|3%至|三万|1-|每瓶|约|第|(1|A1|5月|年| |1 000 |半个|1小时|分1秒".split("|"),
)
def test_long_monotonous_input_is_read(unit: str) -> None:
    text = unit * (50_000 // len(unit))
    assert all(q.text == text[q.span.start : q.span.end] for q in find_quantities(text))
