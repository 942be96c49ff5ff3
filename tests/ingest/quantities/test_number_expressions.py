"""Number expressions of the kinds that prose holds: what is read, and what is not."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.quantities import find_quantities
from ingest.quantities.units import unit_table

Read = tuple[str, str, str]


def read(text: str) -> list[Read]:
    """Each figure's words, value (or bounds) and unit."""
    found = []
    for quantity in find_quantities(text):
        bounds = (quantity.low, quantity.high)
        value = quantity.value if quantity.value is not None else "…".join(map(_number, bounds))
        found.append((quantity.text, str(value), quantity.unit))
        assert quantity.span.of(text) == quantity.text
    return found


def _number(value: Decimal | None) -> str:
    return "" if value is None else str(value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # measure words, and the words that open like them
        ("收录4000多首民歌", ("4000多首", "4000", "count")),
        ("收缴盗版书200余本，", ("200余本", "200", "count")),
        ("两对夫妇", ("两对", "2", "count")),
        ("志文34行，", ("34行", "34", "count")),
        ("四战净负9球，", ("9球", "9", "count")),
        ("毁约金2.5亿年薪曝光", ("2.5亿", "250000000", "number")),
        ("涨了3年薪水", ("3年", "3", "year")),
        ("片长9分，", ("9分", "9", "minute")),
        ("上方有10万亿套牢盘", ("10万亿", "10000000000000", "number")),
        ("近4亿单边流入", ("近4亿", "400000000", "number")),
        ("怎配8万周薪", ("8万", "80000", "number")),
        ("商务公寓35万起", ("35万", "350000", "number")),
        ("写了三本小说", ("三本", "3", "count")),
        ("英10万公务员", ("10万", "100000", "count")),
        ("一套40集电视剧", ("40集", "40", "count")),
        ("其中只有1发在外", ("1发", "1", "count")),
        ("3000多种植物", ("3000多种", "3000", "count")),
        ("5家电商平台", ("5家", "5", "count")),
        ("三项目标", ("三项", "3", "count")),
        ("三个体育场", ("三个", "3", "count")),
        ("文物130余件（套）", ("130余件（套）", "130", "count")),
        ("终端2000万台/套，", ("2000万台/套", "20000000", "count")),
        ("拿下8篮板", ("8", "8", "count")),
        ("约15万雅兹迪居民", ("约15万", "150000", "count")),
        ("近20万在校学生", ("近20万", "200000", "count")),
        ("引来过亿点击量", ("过亿", "100000000", "number")),
        # degrees
        ("气温约有15至16度，", ("约有15至16度", "15…16", "celsius")),
        ("摄氏15度至20度", ("摄氏15度至20度", "15…20", "celsius")),
        ("仰角-4度至60度", ("-4度至60度", "-4…60", "degree")),
        # units of Taiwan and of Latin letters
        ("海拔1,500公尺", ("1,500公尺", "1500", "metre")),
        ("口径0.50英吋", ("0.50英吋", "0.50", "inch")),
        ("面积1750.33km²，", ("1750.33km²", "1750.33", "square_kilometre")),
        ("长2cm", ("2cm", "2", "centimetre")),
        # numerals of more than one script or part
        ("降到廿万六千人", ("廿万六千人", "206000", "count")),
        ("流域3万2471平方千米", ("3万2471平方千米", "32471", "square_kilometre")),
        ("投了5又1/2局", ("5又1/2局", "5.5", "count")),
        ("增长三又二分之一倍", ("三又二分之一倍", "3.5", "multiple")),
        ("宽约六一．五公尺", ("约六一．五公尺", "61.5", "metre")),
        ("占世界约1/4，", ("约1/4", "25", "percent")),
        ("现在一两万元的", ("一两万元", "10000…20000", "CNY")),
        ("增幅百分之四五十", ("百分之四五十", "40…50", "percent")),
        ("要一万块呢", ("一万块", "10000", "CNY")),
        ("学费港币 $14,520", ("港币 $14,520", "14520", "HKD")),
        ("月息2.5厘", ("2.5厘", "0.25", "percent")),
        ("年息5厘", ("5厘", "5", "percent")),
        ("由每杯9.9元", ("每杯9.9元", "9.9", "CNY/cup")),
        ("将升至每美元148日元", ("每美元148日元", "148", "JPY/USD")),
        ("报7.12元/美元", ("7.12元/美元", "7.12", "CNY/USD")),
        ("超过半数", ("超过半数", "50", "percent")),
        ("过半数债权人批准", ("过半数", "50", "percent")),
        ("不得逾三十年", ("不得逾三十年", "…30", "year")),
        # halves and terms
        ("相距一公里半，", ("一公里半", "1.5", "kilometre")),
        ("判有期徒刑2年6月", ("2年6月", "30", "month")),
        ("最后十四个年头", ("十四个年头", "14", "year")),
        ("两个世纪", ("两个世纪", "200", "year")),
        ("已有1500年历史", ("1500年", "1500", "year")),
        ("统治了219年，", ("219年", "219", "year")),
        ("一年六个月的刑期", ("一年六个月", "18", "month")),
        ("年近六旬", ("近六旬", "60", "year")),
        # numerals whose last part has no scale, and ranges in words
        ("发行1354万860张", ("1354万860张", "13540860", "count")),
        ("得47万276票", ("47万276票", "470276", "count")),
        ("均价4万5，", ("4万5", "45000", "number")),
        ("七至八万人", ("七至八万人", "70000…80000", "count")),
        ("身高2米21", ("2米21", "2.21", "metre")),
        ("近半米的积雪", ("近半米", "0.5", "metre")),
        ("营收逾百亿", ("逾百亿", "10000000000", "number")),
        ("成交过亿，", ("过亿", "100000000", "number")),
        ("总价10万起", ("10万", "100000", "number")),
        ("卖出55万手表", ("55万", "550000", "number")),
        ("6亿个人消费者", ("6亿", "600000000", "count")),
        # money by country, its parts, and prices for one
        ("墨西哥政府投入500亿比索", ("500亿比索", "50000000000", "MXN")),
        ("哥伦比亚政府投入500亿比索", ("500亿比索", "50000000000", "COP")),
        ("瑞典政府拨款30亿克朗", ("30亿克朗", "3000000000", "SEK")),
        ("挪威政府拨款30亿克朗", ("30亿克朗", "3000000000", "NOK")),
        ("坦桑尼亚收入2万亿先令", ("2万亿先令", "2000000000000", "TZS")),
        ("白菜2元一斤", ("2元一斤", "2", "CNY/jin")),
        ("降了4角钱", ("4角钱", "0.4", "CNY")),
        ("停车三元一次", ("三元一次", "3", "CNY/count")),
        ("门票15元/人次", ("15元/人次", "15", "CNY/count")),
        ("开盘40万起享优惠", ("40万", "400000", "number")),
        ("2万起案件", ("2万起", "20000", "count")),
        ("共发生1200起，", ("1200起", "1200", "count")),
        ("减价3万5(图)", ("3万5", "35000", "number")),
        # thresholds and multiples of brokers
        ("票房突破10亿大关", ("10亿", "1000000000", "number")),
        ("GDP破万亿大关", ("万亿", "1000000000000", "number")),
        ("410家渠道伙伴", ("410家", "410", "count")),
        ("对应18年和19年17.1xP/E", ("17.1x", "17.1", "multiple")),
        ("预计2018/19/20年的税率5%", ("5%", "5", "percent")),
        ("18年同比增长5%", ("5%", "5", "percent")),
    ],
)
def test_expression_is_read(text: str, expected: Read) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        # years of reigns, of antiquity and of seasons
        "永禄3年（1560年）出生，明治29年，乾隆六年",
        "周慎靓王五年，秦惠文王更元九年",
        "公元前4000年左右，公元前三千年至公元前两千年，西元前7000到5000年间",
        "于394年被杀，396年攻下并州；587年，苏我马子",
        "皇建元年（560年）即位，518年九月，455年至475年在位",
        "1678-79年签约，2017/18球季，83—84年间",
        "1700年，两国开战。大约1750年开始",
        # months, hours and places told by numbers
        "7、8月份猪价",
        "晚上九时三十分，零时9分9秒",
        '北纬13.2°至13.7°度，东经113°28′ 56.16"',
        "1/4决赛，9·11事件，11.27事件",
        "未来5-10年，未来三至五年",
        # what opens like a unit
        "型号2077发布，遄达1000发，2度落后，3对2，一正四副，全国一百大企业",
        "芦名四天王，70倍径火炮，两部份",
        # second ones, versions and chapters
        "二次大战，二次量子化，草案二次审议稿",
        "MS-DOS 2.0的开发，见8.39）",
        "7.14药品费",
        "2015款车型",
        "近半世纪，外三元价格，一桶水",
        "每隔两年，每5年，每逢三年",
        # slogans, ratios, and scales broken off
        "四个全面，三番五次，七年之痒，7×24小时服务",
        "50∶50股比，零点50分，十米跳台",
        "八万十万元",
        "三本线低于二本近百分，四所在汉二本高校",
        "博尔特200米折桂，76人队取胜",
        "升越20天及10天线，市场精选(3.9)",
        "国11条不影响贷款，新国8条，东5环外",
        "在119 层观光厅举办，从12层坠下，三层的会议室",
    ],
)
def test_what_counts_nothing_is_left_out(text: str) -> None:
    assert read(text) == []


CONDITIONAL = frozenset("发 具 挺 副 尺 旬 块 款 环 年 纳米 nm 港仙 仙".split())
"""Words that measure only beside others: see `COUNTS_ONLY` and the licence of figures."""


def test_lists_after_slashes_share_their_unit() -> None:
    figures = read("净利润0.5/0.6/0.75亿元，同比增长40.8%/30.2%")
    assert [(text, Decimal(value), unit) for text, value, unit in figures] == [
        ("0.5", 50_000_000, "CNY"),
        ("0.6", 60_000_000, "CNY"),
        ("0.75亿元", 75_000_000, "CNY"),
        ("40.8%", Decimal("40.8"), "percent"),
        ("30.2%", Decimal("30.2"), "percent"),
    ]


def test_a_price_for_one_does_not_cross_a_space() -> None:
    assert read("供股筹35.8亿元 每股供6元") == [
        ("35.8亿元", "3580000000", "CNY"),
        ("6元", "6", "CNY"),
    ]


def chinese(number: int) -> str:
    """*number* below a hundred thousand in Chinese digits, as it is spoken."""
    if number >= 10_000:
        rest = number % 10_000
        gap = "零" if 0 < rest < 1_000 else ""
        return chinese(number // 10_000) + "万" + gap + (chinese(rest) if rest else "")
    words, gap = "", False
    for power, scale in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, power)
        if digit:
            words += ("零" if gap and words else "") + "零一二三四五六七八九"[digit] + scale
        gap = not digit
    return words


@settings(max_examples=400, deadline=None)
@given(
    word=st.sampled_from(sorted(unit_table().keys() - CONDITIONAL)),
    number=st.integers(min_value=101, max_value=99_999).filter(lambda n: n % 10),
)
def test_every_unit_is_read_behind_every_spelling_of_a_number(word: str, number: int) -> None:
    unit = unit_table()[word]
    for written in (str(number), f"{number:,}", f"{number}.5", chinese(number)):
        text = f"共有{written}{word}，"
        value = Decimal(number) + (Decimal("0.5") if written.endswith(".5") else 0)
        found = find_quantities(text)
        assert [(q.text, q.unit) for q in found] == [(written + word, unit.name)], text
        assert found[0].value == value * unit.factor
