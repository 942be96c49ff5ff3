"""Figures of news on anything: scores, sport, law, medicine, places, slogans."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ingest.quantities import find_quantities
from kg.records import Quantity


def only(text: str) -> Quantity:
    found = find_quantities(text)
    assert len(found) == 1, found
    return found[0]


def texts(text: str) -> list[str]:
    return [quantity.text for quantity in find_quantities(text)]


@pytest.mark.parametrize(
    ("sentence", "text", "value", "unit"),
    [
        # scores and rare measure words
        ("主队以31分领跑，", "31分", "31", "count"),
        ("只差2分之差", "2分", "2", "count"),
        ("她得到14.925分的高分", "14.925分", "14.925", "count"),
        ("末枪打出10.7环", "10.7环", "10.7", "count"),
        ("放生鱼苗800余尾", "800余尾", "800", "count"),
        ("年印量1.4亿印张", "1.4亿印张", "140000000", "count"),
        ("塑像27尊", "27尊", "27", "count"),
        ("在议会赢得12席", "12席", "12", "count"),
        ("全文5000字", "5000字", "5000", "count"),
        ("双方大战9回合", "9回合", "9", "count"),
        ("大约3个人到场", "大约3个", "3", "count"),
        ("连进两球", "两球", "2", "count"),
        # the noun itself tells that things are counted
        ("惠及300多万老年人", "300多万", "3000000", "count"),
        ("拥有1.8亿用户", "1.8亿", "180000000", "count"),
        ("新增200万失业人口", "200万", "2000000", "count"),
        # a vague scale alone
        ("百余名志愿者", "百余名", "100", "count"),
        ("千余家门店", "千余家", "1000", "count"),
        ("亏掉两个亿，", "两个亿", "200000000", "number"),
        ("投入3个亿元", "3个亿元", "300000000", "CNY"),
        # currencies of the world
        ("月薪8000里拉", "8000里拉", "8000", "TRY"),
        ("合1美元兑47里亚尔", "47里亚尔", "47", "SAR/USD"),
        ("一杯水5斐元", "5斐元", "5", "FJD"),
        ("罚款300埃及镑", "300埃及镑", "300", "EGP"),
        ("只卖3元钱", "3元钱", "3", "CNY"),
        # times of races
        ("用时1分02秒35夺冠", "1分02秒35", "62.35", "second"),
        ("跑出9秒91", "9秒91", "9.91", "second"),
        ("历时2小时15分30秒", "2小时15分30秒", "8130", "second"),
        # below zero, half a point, a decimal torn apart
        ("最低气温零下12℃", "零下12℃", "-12", "celsius"),
        ("扩大半个百分点", "半个百分点", "0.5", "percentage_point"),
        ("跌幅为0. 7%。", "0. 7%", "0.7", "percent"),
        ("赔偿约4. 5 万元", "约4. 5 万元", "45000", "CNY"),
        ("作价约26.亿元", "约26.亿元", "2600000000", "CNY"),
        ("另有创业板17只", "17只", "17", "count"),
        # where a word ends before the numeral begins
        ("这是唯一一家工厂", "一家", "1", "count"),
        ("提前两个季度投产", "两个季度", "2", "quarter"),
        ("须提前15个工作日申请", "15个工作日", "15", "working_day"),
        ("出现在10名选手的名单里", "10名", "10", "count"),
        ("中心气压985百帕", "985百帕", "985", "hectopascal"),
    ],
)
def test_figure_has_span_value_and_unit(sentence: str, text: str, value: str, unit: str) -> None:
    quantity = only(sentence)
    assert (quantity.text, quantity.value, quantity.unit) == (text, Decimal(value), unit)


@pytest.mark.parametrize(
    ("sentence", "text", "value"),
    [
        ("涨幅超过了6%", "超过了6%", "6"),
        ("约占四成", "约占四成", "40"),
        ("距今约有900年", "约有900年", "900"),
        ("今年快70岁了", "快70岁", "70"),
        ("从两岁多开始学琴", "两岁多", "2"),
        ("墙有三米多高", "三米多", "3"),
        ("欠下一百多个亿，", "一百多个亿", "10000000000"),
        ("来了2万多主场观众", "2万多", "20000"),
        ("省下五万多。", "五万多", "50000"),
        ("历时将近半年", "将近半年", "0.5"),
        ("经过近1年筹备", "近1年", "1"),
        ("在之后近70天时间里", "近70天", "70"),
        ("其中超过三成为新车", "超过三成", "30"),
        ("等候了约五个小时之后登机", "约五个小时", "5"),
    ],
)
def test_approximation_belongs_to_the_span(sentence: str, text: str, value: str) -> None:
    quantity = only(sentence)
    assert (quantity.text, quantity.value) == (text, Decimal(value))
    assert quantity.approximate


@pytest.mark.parametrize(
    "sentence",
    [
        # events are named by their distance or class
        "女子10米气步枪、男子25米手枪与4×100米接力",
        "单人皮艇200米的决赛，1500米自由泳，跳下3米板",
        "男子90公斤级，78公斤以上级",
        "打进四分之一决赛，1/8决赛",
        "五局三胜制，七场四胜制",
        # places, bodies, reigns and set phrases hold numerals
        "五台山、六盘水、七台河、五家渠与三十家子镇",
        "中铁四局与中建八局，侦查二处处长",
        "康熙五十年，民国十六年，显德二年（955年），永历十五年十二月",
        "三位一体、两票制、三轮车、二人转、三部曲、三天两头",
        "三五成群，四周环山，四处打听，十分重要，十字路口",
        "八项规定，五项原则，十项全能",
        "“三个代表”与“十六字”方针，“两个一百年”",
        "一降一升，两地一增一米",
        "四十人论坛，三人组合，五人制足球",
        "米兰三年展，三四名决赛",
        # what tells when, or what is measured by
        "约900万年前的化石，30秒后爆炸",
        "这三年，上个五年，从2001到2015",
        "每5年一次，平均每三年",
        "13时20分，北纬30度15分",
        "10+3合作，“火炬-2019·春”演习",
        "“2.0版”，3.0时代，“4X”段",
        "末十位，前五场，列积分榜3、4位，名列第二位",
        "刑法354条，《保险法》第16条",
        "中山路39号1栋2单元",
        "六届十二次董事会，五届3次会议",
        "731部队，08年，中电科29所，19年PB，占公司17年营收",
        "陆元荣与伍元，九天控股",
        "《金融时报》100种股票平均价格指数",
    ],
)
def test_what_counts_nothing_is_no_figure(sentence: str) -> None:
    assert texts(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("他游了200米，跑道长400米", ["200米", "400米"]),
        ("木板长3米，台阶高2米", ["3米", "2米"]),
        ("占四分之一", ["四分之一"]),
        ("三家子公司与五台设备", ["三家", "五台"]),
        ("他打了五局", ["五局"]),
        ("三处隐患，为期四周", ["三处", "四周"]),
        ("三人组成小组", ["三人"]),
        ("用了三年（含假期）", ["三年"]),
        ("100种股票", ["100种"]),
        ("“三个学生团体”", ["三个"]),
        ("议案15条", ["15条"]),
        ("交割后5个工作日内", ["5个工作日"]),
        ("3年多次获奖，比去年的2万亿元多3%", ["3年", "2万亿元", "3%"]),
        ("市盈率15X，PMI为2.0", ["15X", "2.0"]),
        ("指数跌至2015，现金流为-3.2", ["2015", "-3.2"]),
        ("每100克含糖3克", ["3克"]),
        ("连续四周走弱，四周都是山", ["四周"]),
        ("对5万吨多晶硅产能检修", ["5万吨"]),
        ("利差收窄3.1个基点至27.4个基点", ["3.1个基点", "27.4个基点"]),
        ("降息25个基点至50个基点", ["25个基点至50个基点"]),
        ("陆万伍仟元整，陆拾台", ["陆万伍仟元整", "陆拾台"]),
        ("连续17年净利增长，工期365日历天", ["17年", "365日历天"]),
        ("九天后开工用了九天", ["九天"]),
        ("新建3栋，住2层", ["3栋", "2层"]),
        ("上述16起诉讼案，参与六百里茶业", ["16起"]),
        ("赔了三百，", ["三百"]),
        ("三元一次，外三元猪价每斤8元", ["三元一次", "每斤8元"]),
        ("3门课程、20门，5道题", ["3门", "20门", "5道"]),
    ],
)
def test_look_alikes_are_figures(sentence: str, expected: list[str]) -> None:
    assert texts(sentence) == expected


def test_a_range_may_open_a_change() -> None:
    found = find_quantities("指引由8%至13%上调至15%至20%")
    assert [(q.low, q.high) for q in found] == [(8, 13), (15, 20)]
    assert texts("由8%至13%") == ["8%", "13%"]
    assert texts("从每股10元至12元调整为每股9元") == ["每股10元至12元", "每股9元"]


def test_a_list_of_points_takes_the_unit_that_closes_it() -> None:
    found = find_quantities("分别提高2.4个和3.1个百分点，新设3个和5个")
    assert [(q.text, q.unit) for q in found] == [
        ("2.4个", "percentage_point"),
        ("3.1个百分点", "percentage_point"),
        ("3个", "count"),
        ("5个", "count"),
    ]


def test_both_bounds_may_be_below_zero() -> None:
    quantity = only("零下10至零下5摄氏度")
    assert (quantity.low, quantity.high, quantity.unit) == (-10, -5, "celsius")


def test_bare_numbers_are_a_range_where_the_text_says_between() -> None:
    quantity = only("汇率将在142至149之间波动")
    assert (quantity.text, quantity.low, quantity.high) == ("142至149", 142, 149)
    assert texts("活动在2021至2024之间举办") == []
