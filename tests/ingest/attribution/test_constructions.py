"""Grammatical constructions: signs, references, lists, periods, modality, tables, citations."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.interchange import entity_rows
from kg.records import Figure
from tests.ingest.attribution.conftest import Extract


def only(figures: tuple[Figure, ...], text: str) -> Figure:
    found = [figure for figure in figures if figure.text == text]
    assert len(found) == 1, f"{text}: {[figure.text for figure in figures]}"
    return found[0]


@pytest.mark.parametrize(
    ("sentence", "text", "expected"),
    [
        ("英伟达股价下跌3.2%。", "3.2%", "-3.2"),
        ("英伟达股价上涨3.2%。", "3.2%", "3.2"),
        ("英伟达跌幅约3.2%。", "约3.2%", "-3.2"),
        ("英伟达股价跌幅达到3.2%。", "3.2%", "-3.2"),
        ("英伟达（-3.2%）表现最差。", "-3.2%", "-3.2"),
        ("英伟达毛利率降至73.5%。", "73.5%", "73.5"),
        ("英伟达录得3.2%的跌幅。", "3.2%", "-3.2"),
        ("美联储宣布降息25个基点。", "25个基点", "-25"),
        ("蔚来净亏损达42亿元。", "42亿元", "-4200000000"),
        ("蔚来亏损同比收窄20%。", "20%", "-20"),
        ("黄金ETF净流出21亿美元。", "21亿美元", "-2100000000"),
        ("台积电年初至今涨幅扩大至12%。", "12%", "12"),
        ("基准利率由4.00%降至3.75%，下调幅度为25个基点。", "25个基点", "-25"),
    ],
)
def test_the_words_give_the_sign(
    sentence: str, text: str, expected: str, extracted: Extract
) -> None:
    assert only(extracted(sentence).figures, text).value == Decimal(expected)


def test_a_printed_sign_that_contradicts_its_word_is_kept(extracted: Extract) -> None:
    assert only(extracted("英伟达股价下跌+3.2%。").figures, "+3.2%").value == Decimal("3.2")


def test_a_name_that_holds_a_word_of_direction_or_comparison_gives_none(
    extracted: Extract,
) -> None:
    figures = extracted("比亚迪营收同比增长12%，高通营收同比增长9%。").figures
    assert [(f.subject, f.value) for f in figures] == [
        ("比亚迪", Decimal(12)),
        ("高通", Decimal(9)),
    ]


def test_a_reference_and_an_omitted_subject_stand_for_the_name(extracted: Extract) -> None:
    text = "台积电公布了业绩。该公司营收达到100亿美元，同比增长35%。净利润为40亿美元。"
    assert {figure.subject for figure in extracted(text).figures} == {"台积电"}


def test_a_subject_moved_by_another_is_the_subject(extracted: Extract) -> None:
    figure = only(extracted("台积电的业绩推动ASML股价上涨7%。").figures, "7%")
    assert figure.subject == "ASML"


def test_the_value_that_one_is_compared_with_is_the_other_partys(extracted: Extract) -> None:
    figures = extracted("纳斯达克100指数涨幅为7.0%，大幅跑赢标普500指数仅1.9%的涨幅。").figures
    assert [(f.subject, f.value) for f in figures] == [
        ("纳斯达克100指数", Decimal("7.0")),
        ("标普500指数", Decimal("1.9")),
    ]


def test_an_outperformance_names_its_comparator(extracted: Extract) -> None:
    figure = only(extracted("小盘股跑赢大盘股约400个基点。").figures, "约400个基点")
    assert (figure.subject, figure.metric, figure.comparator) == (
        "小盘股",
        "relative_return",
        "大盘股",
    )


def test_a_list_of_measures_gives_each_figure_its_own(extracted: Extract) -> None:
    figures = extracted("比亚迪营收和净利润分别为1,000亿元和50亿元。").figures
    assert [(f.subject, f.metric) for f in figures] == [
        ("比亚迪", "revenue"),
        ("比亚迪", "profit"),
    ]


def test_a_change_to_a_level_is_both(extracted: Extract) -> None:
    change, level = extracted("美国2年期国债收益率下行8个基点至3.54%。").figures
    assert (change.metric, change.value) == ("rate_change", Decimal(-8))
    assert (level.metric, level.value) == ("level", Decimal("3.54"))


def test_growth_against_the_same_quarter_of_last_year_is_growth(extracted: Extract) -> None:
    figures = extracted("壳牌第四季度利润为32亿美元，较上年同期的36亿美元下降11%。").figures
    assert [(f.metric, f.period) for f in figures] == [
        ("profit", "第四季度"),
        ("profit", "上年同期"),
        ("growth_yoy", "第四季度"),
    ]


def test_a_forecast_names_who_makes_it(extracted: Extract) -> None:
    figure = only(extracted("高盛预计，英伟达2026年营收将增长20%。").figures, "20%")
    assert (figure.subject, figure.metric, figure.modality, figure.speaker, figure.period) == (
        "英伟达",
        "forecast",
        "forecast",
        "高盛",
        "2026年",
    )


def test_a_result_beyond_what_was_expected_is_no_forecast(extracted: Extract) -> None:
    figure = only(extracted("英伟达营收达到570亿美元，大幅超出分析师预期。").figures, "570亿美元")
    assert (figure.metric, figure.modality) == ("revenue", "reported")


def test_what_was_expected_is_one(extracted: Extract) -> None:
    figures = extracted("非农就业人数增加13万人，高于市场预期的7万人。").figures
    assert [figure.metric for figure in figures] == ["count", "forecast"]


def test_hearsay_is_told_from_report(extracted: Extract) -> None:
    figure = only(extracted("据传英伟达将投资50亿美元。").figures, "50亿美元")
    assert figure.modality == "hearsay"


def test_a_length_of_time_dates_what_happened_in_it(extracted: Extract) -> None:
    figure = only(extracted("14个交易日内，小盘股跑赢大盘股400个基点。").figures, "400个基点")
    assert figure.period == "14个交易日"


def test_a_period_of_the_paragraph_goes_on(extracted: Extract) -> None:
    figures = extracted("微软2025年第四季度营收为800亿美元。净利润为300亿美元。").figures
    assert [figure.period for figure in figures] == ["2025年第四季度"] * 2


def test_a_marker_inside_a_sentence_covers_what_stands_before_it(extracted: Extract) -> None:
    figures = extracted("微软营收增长10%[1]，苹果营收增长5%[2]。谷歌营收增长3%。").figures
    assert [(f.support.citations, f.support.scope) for f in figures] == [
        (("1",), "direct"),
        (("2",), "direct"),
        (("2",), "paragraph"),
    ]


def test_a_time_that_names_a_statistic_is_no_figure(extracted: Extract) -> None:
    figures = extracted("小盘股的市盈率较其20年平均水平低27-30%。").figures
    assert [(f.text, f.low, f.high) for f in figures] == [("27-30%", Decimal(-30), Decimal(-27))]


TABLE = """比较

下表列示可比公司2025年的经营情况。

公司　营业收入（亿元）　同比　归母净利润（亿元）
五粮液　862.7　-3.3%　291.6
泸州老窖　289.4　-7.2%　118.2
"""


def test_a_table_gives_subject_by_row_and_metric_by_column(extracted: Extract) -> None:
    figures = extracted(TABLE).figures
    assert [(f.text, f.value, f.unit, f.subject, f.metric, f.period) for f in figures] == [
        ("862.7", Decimal(86270000000), "CNY", "五粮液", "revenue", "2025年"),
        ("-3.3%", Decimal("-3.3"), "percent", "五粮液", "growth_yoy", "2025年"),
        ("291.6", Decimal(29160000000), "CNY", "五粮液", "profit", "2025年"),
        ("289.4", Decimal(28940000000), "CNY", "泸州老窖", "revenue", "2025年"),
        ("-7.2%", Decimal("-7.2"), "percent", "泸州老窖", "growth_yoy", "2025年"),
        ("118.2", Decimal(11820000000), "CNY", "泸州老窖", "profit", "2025年"),
    ]


def test_a_common_noun_becomes_an_entity_where_a_figure_is_about_it(extracted: Extract) -> None:
    extraction = extracted("茅台酒供应偏紧。上涨个股约两千只。")
    figure = only(extraction.figures, "约两千只")
    entity = next(e for e in extraction.entities if e.id == figure.entity)
    assert (figure.subject, entity.name) == ("上涨个股", "上涨个股")
    assert entity.first_start == len("茅台酒供应偏紧。")


def test_a_quantity_of_a_thing_is_a_subject_and_no_thing_itself(extracted: Extract) -> None:
    extraction = extracted("茅台酒供应偏紧。渠道库存约两个月。")
    figure = only(extraction.figures, "约两个月")
    types = {e.id: e.type for e in extraction.entities}
    assert (figure.subject, types[figure.entity]) == ("渠道库存", "quantity")
    assert "渠道库存" not in {row.name for row in entity_rows(extraction)}


def test_a_kind_of_goods_has_the_type_of_the_goods(extracted: Extract) -> None:
    extraction = extracted("DRAM与NAND Flash同步走高。服务器DRAM环比上涨45%。")
    assert {e.name: e.type for e in extraction.entities}["服务器DRAM"] == "product"


@pytest.mark.parametrize(
    ("sentence", "text", "subject"),
    [
        (
            "IBM：第三季度软件业务和咨询业务收入分别为72.4亿美元和53.1亿美元，合计125.5亿美元。",
            "125.5亿美元",
            "IBM",
        ),
        ("特斯拉交付10万辆，比亚迪交付20万辆，合计30万辆。", "30万辆", "特斯拉和比亚迪"),
        ("沪市成交9,000亿元，深市成交11,000亿元，合计2万亿元。", "2万亿元", "深市"),
        ("央行8月20日将隔夜逆回购利率下调25个基点至4.25%。", "4.25%", "隔夜逆回购利率"),
        ("8月印尼债市净流入18.6亿美元，同期泰国股市净流出7.3亿美元。", "7.3亿美元", "泰国股市"),
        ("经济舱平均票价为868元。", "868元", "经济舱平均票价"),
    ],
)
def test_whose_value_it_is(sentence: str, text: str, subject: str, extracted: Extract) -> None:
    assert only(extracted(sentence).figures, text).subject == subject


def test_a_rate_that_was_cut_is_no_forecast(extracted: Extract) -> None:
    text = "研究周报\n\n2026年9月25日\n\n央行8月20日将隔夜逆回购利率下调25个基点至4.25%。"
    assert {f.modality for f in extracted(text).figures} == {"reported"}


def test_a_view_goes_on_behind_a_remark_on_who_holds_it(extracted: Extract) -> None:
    text = "星展银行预计现货黄金年末为4,100美元；汇丰更为激进，给出的年末预测是4,300美元。"
    figure = only(extracted(text).figures, "4,300美元")
    assert (figure.subject, figure.speaker) == ("现货黄金", "汇丰")


def test_a_rate_in_a_table_is_of_the_column_to_its_left(extracted: Extract) -> None:
    text = (
        "主要公司2026年上半年经营数据\n公司　营业收入（亿元）　同比（%）　毛利率（%）\n"
        "美的集团　2,738.6　+8.4　26.1\n格力电器　1,012.4　-2.3　28.7\n"
    )
    figures = extracted(text).figures
    assert only(figures, "+8.4").metric_words == "营业收入"
    assert only(figures, "+8.4").metric == "growth_yoy"
    assert only(figures, "26.1").metric_words == "毛利率"


@pytest.mark.parametrize("mark", ["［4］", "[4]", "【4】"])
def test_a_citation_mark_behind_a_cell_is_no_part_of_its_value(
    mark: str, extracted: Extract
) -> None:
    text = f"""动力电池周报

4月国内动力电池装车量排名见下表，头部企业的排位没有变化。

4月国内动力电池装车量排名
企业　装车量（GWh）　同比
宁德时代　36.8　+22.7%{mark}
国轩高科　4.7{mark}　-3.5%{mark}
"""
    figures = extracted(text).figures
    assert [(f.text, f.value, f.support.citations) for f in figures] == [
        ("36.8", Decimal("36.8"), ("4",)),
        ("+22.7%", Decimal("22.7"), ("4",)),
        ("4.7", Decimal("4.7"), ("4",)),
        ("-3.5%", Decimal("-3.5"), ("4",)),
    ]
