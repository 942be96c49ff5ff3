"""What the trades call their measures, goods and seasons: banks, insurers, carriers, displays."""

from __future__ import annotations

import pytest

from kg.interchange import entity_rows
from tests.ingest.attribution.conftest import Extract


def told(extracted: Extract, text: str) -> list[tuple[str, str | None, str]]:
    """Text, subject and metric of each figure."""
    return [(f.text, f.subject, f.metric) for f in extracted(text).figures]


def entities(extracted: Extract, text: str) -> dict[str, str]:
    """The type of each entity by its name."""
    return {row.name: row.type for row in entity_rows(extracted(text))}


@pytest.mark.parametrize(
    "measure",
    [
        "新业务价值",
        "首年期交保费",
        "原保险保费收入",
        "合同服务边际",
        "规模保费",
        "年化新保费",
        "归母营运利润",
    ],
)
def test_what_an_insurer_measures_is_of_the_insurer(measure: str, extracted: Extract) -> None:
    text = f"新华保险上半年净利润80亿元。{measure}为42.3亿元，同比增长8%；综合成本率为98.1%。"
    assert {subject for _, subject, _ in told(extracted, text)} == {"新华保险"}
    assert entities(extracted, text) == {"新华保险": "company"}


@pytest.mark.parametrize(
    ("measure", "value", "metric"),
    [
        ("不良贷款余额", "38.2亿元", "level"),
        ("逾期贷款余额", "51亿元", "level"),
        ("不良贷款生成率", "0.9%", "level"),
        ("核心一级资本充足率", "9.8%", "other"),
        ("拨贷比", "3.1%", "other"),
        ("净利差", "1.6%", "margin"),
    ],
)
def test_what_a_bank_measures_is_of_the_bank(
    measure: str, value: str, metric: str, extracted: Extract
) -> None:
    text = f"宁波银行3月末净息差为1.8%，{measure}{value}。"
    assert told(extracted, text)[-1] == (value, "宁波银行", metric)


def test_the_loans_of_a_bank_are_its_own_and_a_class_of_loans_is_a_thing(
    extracted: Extract,
) -> None:
    bank = "宁波银行3月末净息差为1.8%，贷款余额为1.5万亿元。"
    assert [subject for _, subject, _ in told(extracted, bank)] == ["宁波银行", "宁波银行"]
    every = "3月末，人民币贷款余额为270万亿元。"
    assert [subject for _, subject, _ in told(extracted, every)] == ["人民币贷款"]


def test_what_carriers_carry_is_a_volume_in_the_baseline_too(extracted: Extract) -> None:
    text = "吉祥航空4月旅客运输量为210.4万人次，较上年同期的198.2万人次增长6.2%。"
    assert told(extracted, text) == [
        ("210.4万人次", "吉祥航空", "volume"),
        ("198.2万人次", "吉祥航空", "volume"),
        ("6.2%", "吉祥航空", "growth_yoy"),
    ]


def test_sales_of_goods_are_of_the_goods_and_retail_sales_a_statistic(extracted: Extract) -> None:
    goods = "机构数据显示，第二季度全球光刻设备销售额为52亿美元，同比增长10%。"
    assert {subject for _, subject, _ in told(extracted, goods)} == {"全球光刻设备"}
    retail = "美国4月零售销售额环比增长0.3%。"
    assert [subject for _, subject, _ in told(extracted, retail)] == ["零售销售额"]


def test_same_store_sales_are_of_the_chain(extracted: Extract) -> None:
    text = "海底捞：上半年全球同店销售额同比增长4%，可比销售额同比增长2%。"
    assert {subject for _, subject, _ in told(extracted, text)} == {"海底捞"}


def test_a_size_before_goods_is_part_of_their_name(extracted: Extract) -> None:
    text = "6月50英寸电视面板均价为每片101美元，环比上涨2%；32英寸电视面板均价为每片37美元。"
    assert [subject for _, subject, _ in told(extracted, text)] == [
        "50英寸电视面板",
        "50英寸电视面板",
        "32英寸电视面板",
    ]
    assert entities(extracted, text) == {"50英寸电视面板": "product", "32英寸电视面板": "product"}


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("集邦咨询将2027年MLCC出货预测由2,000亿颗下调至1,800亿颗。", "MLCC"),
        ("高盛把明年平板电脑出货量预测由1.5亿台上调至1.6亿台。", "平板电脑"),
        ("蔚来将全年交付目标由30万辆上调至32万辆。", "蔚来"),
    ],
)
def test_a_forecast_is_of_what_it_foresees_and_an_aim_the_speakers(
    text: str, subject: str, extracted: Extract
) -> None:
    assert {found for _, found, _ in told(extracted, text)} == {subject}


def test_a_season_whose_days_are_counted_is_spoken_of(extracted: Extract) -> None:
    text = "1月26日至3月6日、为期40天的春运结束，铁路部门统计其间发送旅客5.2亿人次，同比增长8%。"
    figures = extracted(text).figures
    assert [(f.text, f.subject) for f in figures] == [
        ("40天", "春运"),
        ("5.2亿人次", "春运"),
        ("8%", "春运"),
    ]
    assert {f.period for f in figures} == {"1月26日至3月6日"}
    assert entities(extracted, text)["春运"] == "event"


def test_a_season_without_its_days_is_a_time(extracted: Extract) -> None:
    (figure,) = extracted("春运期间，东航客座率为86%。").figures
    assert figure.period == "春运期间"


def test_who_is_carried_is_not_who_carries(extracted: Extract) -> None:
    text = "春秋航空上半年净利润8亿元，运送旅客1,400万人次。"
    assert [(t, subject) for t, subject, _ in told(extracted, text)][-1] == (
        "1,400万人次",
        "春秋航空",
    )


def test_an_earlier_issue_is_the_time_of_the_baseline(extracted: Extract) -> None:
    text = "协会4月20日公布，预定利率研究值为1.75%，较上期的1.80%下降5个基点。"
    figures = extracted(text).figures
    assert [f.period for f in figures] == ["4月20日", "上期", "4月20日"]
    assert {f.subject for f in figures} == {"预定利率研究值"}


def test_pairs_are_counted_and_vice_presidents_are_not(extracted: Extract) -> None:
    shipped = extracted("智能眼镜第一季度出货86万副，均价1,200元。").figures
    assert [f.text for f in shipped] == ["86万副", "1,200元"]
    assert not extracted("该公司任命1副总裁。").figures


def test_a_unit_of_freight_is_no_company(extracted: Extract) -> None:
    text = "东南亚航线上涨6.4%至915美元/TEU，南美航线上涨3%至4,100美元/FEU。"
    assert [t for t, _, _ in told(extracted, text)] == [
        "6.4%",
        "915美元/TEU",
        "3%",
        "4,100美元/FEU",
    ]
    assert entities(extracted, text) == {"东南亚航线": "product", "南美航线": "product"}


def test_common_words_of_the_trades_name_nobody(extracted: Extract) -> None:
    text = "成本压力缓解，航司与船公司受益，城商行和农商行分化，欧洲航线运力收缩。"
    assert entities(extracted, text) == {}


@pytest.mark.parametrize("comma", ["，", ","])
def test_a_speaker_may_be_called_by_a_conjunction(comma: str, extracted: Extract) -> None:
    text = f"海城证券首席分析师林晓和预计{comma}该股全年上涨3%。"
    assert entities(extracted, text) == {"海城证券": "company", "林晓和": "person"}


def test_letters_that_a_firm_is_called_by_need_other_letters_to_be_its_ticker(
    extracted: Extract,
) -> None:
    def ticker(text: str) -> str | None:
        rows = entity_rows(extracted(text))
        return next(row.ticker for row in rows if row.name == "阿斯麦")

    assert ticker("阿斯麦（ASML）下跌3%，北方华创（002371.SZ）上涨1%。") is None
    assert ticker("阿斯麦（ASML）下跌3%，英特尔（INTC）上涨2%，诺基亚（NOK）下跌1%。") == "ASML"
