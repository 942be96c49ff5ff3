"""One name of several things, and several names of one: what a text means by a name.

A row: the text, a name in it, the id of the entity that it is linked to, and why.  ``None``: it is
linked to nothing that we know, for a missing link does less harm than a false one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.ingest.language.conftest import Read

HEADER = "市场日报\n\n2026年2月3日\n\n"

CASES: list[tuple[str, str, str | None, str]] = [
    # A firm, or what its name means.
    ("苹果公司第四财季营收增长8%。", "苹果公司", "apple", "with its legal form"),
    ("苹果发布新款手机，股价上涨2%。", "苹果", "apple", "does what firms do"),
    ("苹果（AAPL）收涨1.2%。", "苹果", "apple", "with its ticker"),
    ("苹果CEO库克表示，需求强劲。", "苹果", "apple", "with its head"),
    ("苹果期货主力合约下跌3%。", "苹果", None, "a future on the fruit"),
    ("山东苹果价格上涨5%，库存下降。", "苹果", None, "the fruit has a price"),
    ("烟台苹果产量下降12%。", "苹果", None, "the fruit is grown"),
    ("苹果、香蕉和梨的批发价均上涨。", "苹果", None, "the fruit among fruits"),
    ("果农种植苹果的收入增长4%。", "苹果", None, "the fruit is planted"),
    ("小米集团-W收涨3%。", "小米集团-W", "xiaomi", "with its share class"),
    ("小米汽车交付4万辆。", "小米汽车", "xiaomi", "with its trade"),
    ("小米、玉米和大豆价格走低。", "小米", None, "the grain among grains"),
    ("山西小米产量增长6%。", "小米", None, "the grain is grown"),
    ("小米价格上涨3%，高粱下跌2%。", "小米", None, "the grain has a price"),
    ("高通（QCOM）发布新芯片。", "高通", "qualcomm", "with its ticker"),
    ("高通胀环境下，债券承压，收益率升至4.5%。", "高通", None, "高通胀, high inflation"),
    ("高通缩风险上升，物价下跌0.5%。", "高通", None, "高通缩, high deflation"),
    ("该公路联通周边省份，全长300公里。", "联通", None, "a verb: joins"),
    ("中国联通净利润增长10%。", "中国联通", "china-unicom", "in full"),
    ("联通股价上涨2%。", "联通", "china-unicom", "shares have a price"),
    ("互联互通机制成交额增长5%，通道联通后将再增长。", "联通", None, "a verb"),
    ("三大运营商中，移动、电信、联通均上涨。", "联通", "china-unicom", "among its like"),
    ("亚马逊公布财报，净利润增长20%。", "亚马逊", "amazon", "reports"),
    ("亚马逊雨林面积减少2%。", "亚马逊", None, "the forest"),
    ("亚马逊河流域干旱，大豆运输受阻，运价上涨8%。", "亚马逊", None, "the river"),
    ("考古人员发现甲骨文残片120件。", "甲骨文", None, "the script"),
    ("甲骨文（ORCL）云业务收入增长50%。", "甲骨文", "oracle", "with its ticker"),
    ("理想的收益率应高于3%。", "理想", None, "an adjective"),
    ("理想汽车交付3万辆。", "理想汽车", "li-auto", "with its trade"),
    ("该矿日产原油2万桶。", "日产", None, "a day's output"),
    ("日产汽车宣布裁员9000人。", "日产汽车", "nissan", "with its trade"),
    ("长城旅游收入增长8%。", "长城", None, "the wall"),
    ("长城汽车销量增长12%。", "长城汽车", "great-wall-motor", "with its trade"),
    # One word in several names.
    ("长江流域降水偏多，航运量增长3%。", "长江", None, "the river is no firm"),
    ("长江电力（600900.SH）发电量增长5%。", "长江电力", "china-yangtze-power", "the power firm"),
    ("长江证券分析师预计，铜价上涨5%。", "长江证券", "changjiang-securities", "the broker"),
    ("长江存储扩产，产能增长20%。", "长江存储", "ymtc", "the maker of memory"),
    ("平安银行净利润下降4%。", "平安银行", "ping-an-bank", "the bank, not the group"),
    ("中国平安净利润增长11%，平安同时回购5亿元。", "平安", "ping-an-insurance", "named before"),
    ("祝各位旅途平安，票价下降5%。", "平安", None, "a wish"),
    ("平安好医生收入增长14%。", "平安好医生", "hk-1833", "an arm is not its group"),
    ("中信证券净利润增长20%。", "中信证券", "citic-securities", "the broker"),
    ("中信银行净利润增长2%。", "中信银行", "china-citic-bank", "the bank"),
    ("中信建投净利润增长30%。", "中信建投", "csc-financial", "the other broker"),
    ("招商银行净息差降至1.8%。", "招商银行", "china-merchants-bank", "the bank"),
    ("招商证券预计，指数上涨5%。", "招商证券", "china-merchants-securities", "the broker"),
    ("招商蛇口销售额下降10%。", "招商蛇口", "china-merchants-shekou", "the builder"),
    ("该市招商引资金额增长12%。", "招商", None, "a verb: to draw investors"),
    ("太平洋航线运价上涨9%。", "太平洋", None, "the ocean"),
    ("太平洋证券净利润增长40%。", "太平洋证券", "pacific-securities", "the broker"),
    ("中国太保保费增长6%。", "中国太保", "cpic", "the insurer"),
    ("东方证券净利润增长50%。", "东方证券", "orient-securities", "the broker"),
    ("东方财富成交额增长30%。", "东方财富", "east-money", "the site"),
    ("中国东航客运量增长7%。", "中国东航", "china-eastern-airlines", "the airline"),
    ("雄安新城投资增长9%。", "新城", None, "a new town"),
    ("新城控股销售额下降20%。", "新城控股", "seazen", "the builder"),
    ("万科销售额下降30%。", "万科", "china-vanke", "the builder"),
    ("万达出售5座广场，价格为20亿元。", "万达", None, "another builder, which we do not know"),
    ("大众消费增长5%。", "大众", None, "the public"),
    ("大众汽车销量下降3%。", "大众汽车", "volkswagen", "with its trade"),
    ("现代服务业增加值增长6%。", "现代", None, "modern"),
    ("现代汽车和起亚销量增长4%。", "现代汽车", "hyundai-motor", "with its trade"),
    ("现代汽车和起亚销量增长4%。", "起亚", "kia", "the sister of 现代"),
    ("通用设备制造业增长3%。", "通用", None, "general"),
    ("通用汽车（GM）净利润下降8%。", "通用汽车", "general-motors", "cars"),
    ("通用电气（GE）订单增长12%。", "通用电气", "ge", "engines"),
    ("福特汽车（F）销量下降5%。", "福特汽车", "ford", "cars"),
    ("前总统福特任内通胀率达9%。", "福特", None, "the person"),
    ("分析师福特（Ford Smith）预计，油价上涨5%。", "福特", None, "a person of that name"),
    ("摩根士丹利上调目标价5%。", "摩根士丹利", "morgan-stanley", "one 摩根"),
    ("摩根大通上调目标价5%。", "摩根大通", "jpmorgan-chase", "the other 摩根"),
    ("大摩看好铜价，小摩看淡，相差10%。", "大摩", "morgan-stanley", "the greater one"),
    ("大摩看好铜价，小摩看淡，相差10%。", "小摩", "jpmorgan-chase", "the lesser one"),
    ("西门子能源订单增长10%。", "西门子能源", "siemens-energy", "spun off"),
    ("西门子订单增长10%。", "西门子", "siemens", "the firm that spun it off"),
    ("LG新能源净利润增长10%。", "LG新能源", "lg-energy-solution", "batteries"),
    ("LG电子净利润增长10%。", "LG电子", "lg-electronics", "appliances"),
    ("三菱电机净利润增长10%。", "三菱电机", "mitsubishi-electric", "one 三菱"),
    ("三菱重工净利润增长10%。", "三菱重工", "mitsubishi-heavy-industries", "another 三菱"),
    (
        "三星生命净利润增长10%。",
        "三星生命",
        "samsung-life",
        "the insurer is not the maker of chips",
    ),
    ("国泰航空客运量增长10%。", "国泰航空", "cathay-pacific", "the airline"),
    ("国泰海通认为，指数上涨5%。", "国泰海通", "guotai-haitong", "the broker"),
    ("恒生电子净利润增长10%。", "恒生电子", "hundsun", "the maker of software"),
    ("恒生银行净利润增长10%。", "恒生银行", "hang-seng-bank", "the bank"),
    ("恒生指数上涨1%。", "恒生指数", "hang-seng-index", "the index"),
    ("京东方净利润增长10%。", "京东方", "boe-technology", "no piece of it is 京东"),
    ("京东净利润增长10%。", "京东", "jdcom", "the shop"),
    # Banks of banks.
    ("日本银行维持利率在0.5%不变。", "日本银行", "bank-of-japan", "the central bank"),
    ("日本的银行贷款增长3%。", "日本银行", None, "banks of Japan"),
    ("印度央行将利率降至5.5%。", "印度央行", "reserve-bank-of-india", "by its country"),
    ("韩国央行将利率降至2.5%。", "韩国央行", "bank-of-korea", "by its country"),
    ("土耳其央行将利率降至40%。", "央行", None, "Turkey's is not China's"),
    ("多国央行买入黄金200吨。", "央行", None, "several"),
    ("中国人民银行开展逆回购，央行投放1000亿元。", "央行", "peoples-bank-of-china", "named before"),
    # Persons of one name.
    ("苹果CEO库克表示，销量增长5%。", "库克", "tim-cook", "by his firm"),
    ("美联储理事库克表示，利率应下调25个基点。", "库克", "lisa-cook", "by her house"),
    ("渔民库克表示，鱼价上涨5%。", "库克", None, "by neither"),
    ("李宁公司收入增长3%。", "李宁公司", "li-ning", "the firm"),
    # Names of one firm, and tickers of several markets.
    ("美光（MU）净利润增长50%。", "美光", "micron-technology", "short, with its ticker"),
    ("美光科技净利润增长50%。", "美光科技", "micron-technology", "in full"),
    ("Micron净利润增长50%。", "Micron", "micron-technology", "in English"),
    ("Micron Technology净利润增长50%。", "Micron Technology", "micron-technology", "both words"),
    ("镁光净利润增长50%。", "镁光", "micron-technology", "another rendering"),
    ("美国航空（AAL）上涨3%。", "美国航空", "american-airlines", "AAL in New York"),
    ("英美资源（AAL.L）上涨3%。", "英美资源", "anglo-american", "AAL in London"),
    ("台積電營收增長30%。", "台積電", "tsmc", "traditional characters"),
    ("贵州茅台（600519.SH）上涨1%。", "贵州茅台", "kweichow-moutai", "with its code"),
    ("Target营收下降1%。", "Target", "target", "the shop"),
]


@pytest.mark.parametrize(("text", "name", "entity", "why"), CASES)
def test_what_a_name_means(read: Read, text: str, name: str, entity: str | None, why: str) -> None:
    _, found = read(HEADER + text)
    linked = {m.entity for m in found.mentions if m.text == name and not m.entity.startswith("x-")}
    assert linked == ({entity} if entity else set()), why


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 60
    assert len({(text, name) for text, name, _, _ in CASES}) == len(CASES)


@pytest.mark.parametrize(
    "name", ["美光", "美光科技", "镁光", "Micron", "Micron Technology", "美光（MU）"]
)
def test_each_of_its_names_is_the_one_firm(read: Read, name: str) -> None:
    _, found = read(f"{HEADER}{name}净利润增长50%，MU收涨3%。")
    firms = {e.id for e in found.entities if e.type == "company"}
    assert "micron-technology" in firms
