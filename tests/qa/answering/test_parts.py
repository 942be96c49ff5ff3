"""The pure parts of answering, each by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.quantities import find_quantities
from kg.records import Figure, Quantity, Span, Support
from qa.answering.facts.amounts import (
    equal,
    gap,
    rate,
    same_scale,
    size_of,
    spoken,
    states_gap,
    within,
)
from qa.answering.facts.polarity import denied, opposite
from qa.answering.question.rewording import plain_words
from qa.answering.question.understand import Intent, split
from qa.answering.text import bigrams, coverage, fold, term_coverage

# understand


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("台积电利润多少", "lookup"),
        ("罗素2000今年涨了多少？", "lookup"),
        ("美光股价涨幅", "lookup"),
        ("M2余额是多少", "lookup"),
        ("哪个板块跌得最惨?", "superlative"),
        ("涨得最好的是哪只股票", "superlative"),
        ("谁垫底", "superlative"),
        ("今天领涨的板块是啥", "superlative"),
        ("美光和台积电谁涨得更多", "comparison"),
        ("理想和蔚来，哪家交付得多？", "comparison"),
        ("是美光还是台积电表现更好", "comparison"),
        ("罗素2000比标普500多涨了多少", "difference"),
        ("两者相差多少", "difference"),
        ("毛利率差几个百分点", "difference"),
        ("哪些板块下跌了", "list"),
        ("三家公司分别交付多少", "list"),
        ("列出所有板块的涨跌幅", "list"),
        ("各板块涨跌如何", "list"),
        ("台积电的CEO是谁", "who"),
        ("库存才是主要矛盾，这是谁的看法", "who"),
        ("野村和汇丰，谁对2027年上半年布伦特原油均价的预测更低", "comparison"),
        ("谁说的这句话", "who"),
        ("哪家机构预计加息", "who"),
        ("为什么公用事业跌", "why"),
        ("美光为啥涨", "why"),
        ("股价上涨的原因", "why"),
        ("什么时候加息", "when"),
        ("公司何时公布业绩？", "when"),
        ("工厂建在哪里", "where"),
        ("市场表现怎么样", "how"),
        ("央行如何回应", "how"),
        ("台积电涨了35%，对吗", "verify"),
        ("美光是不是涨了", "verify"),
        ("理想交付超过3万辆吗？", "verify"),
        ("正文和摘要的数字一致吗", "consistency"),
        ("这两个数对得上吗", "consistency"),
        ("总结一下", "summary"),
        ("这篇文章主要讲了什么？", "summary"),
        ("概括台积电的要点", "summary"),
        ("[5]说了什么", "source"),
        ("来源6说了什么？", "source"),
        ("这篇文章的标题是什么", "about"),
        ("本文的发布日期", "about"),
        ("你好", "small_talk"),
        ("谢谢！", "small_talk"),
        ("现在能买台积电吗", "advice"),
        ("推荐几只股票", "advice"),
        ("美光明天会涨吗", "advice"),
    ],
)
def test_the_kind_of_a_question(read: Callable[[str], Intent], question: str, kind: str) -> None:
    assert read(question).kind == kind


def test_what_a_question_asks_for(read: Callable[[str], Intent]) -> None:
    intent = read("台积电2025年第四季度利润是多少亿美元？")
    assert [name.surface for name in intent.names] == ["台积电"]
    assert intent.names[0].types == ("company",)
    assert intent.entities == frozenset(intent.names[0].entities)
    assert "profit" in intent.metric_classes
    assert [period.text for period in intent.periods] == ["2025年第四季度"]
    assert intent.units == ("USD",)
    assert intent.asks_number


def test_what_a_claim_says(read: Callable[[str], Intent]) -> None:
    intent = read("美光下跌了18%，对吗？")
    assert [(q.value, q.unit) for q in intent.quantities] == [(Decimal(18), "percent")]
    assert intent.direction == -1
    assert read("美光上涨了18%，对吗？").direction == 1
    assert read("美光表现如何？").direction == 0
    assert read("谁把AI描述为“真实存在”？").quoted == ("真实存在",)
    assert read("[5]说了什么").sources == ("5",)


def test_a_name_that_holds_digits_is_no_number(read: Callable[[str], Intent]) -> None:
    assert read("罗素2000涨了多少？").quantities == ()


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("利润是多少,同比增长多少?", ["利润是多少", "同比增长多少"]),
        ("涨了多少？为什么？", ["涨了多少", "为什么"]),
        ("美光涨了多少", ["美光涨了多少"]),
        ("美光和台积电，谁涨得多？", ["美光和台积电，谁涨得多"]),
        ("", []),
        ("？？", []),
    ],
)
def test_a_question_is_split_where_it_asks_again(question: str, parts: list[str]) -> None:
    assert list(split(question)) == parts


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_splitting_invents_nothing(text: str) -> None:
    at, plain = 0, plain_words(text)
    for part in split(text):
        at = plain.index(part, at) + len(part)


# amounts


def figure(value: str | None, unit: str = "percent", **changes: Decimal | bool) -> Figure:
    made = Figure(
        span=Span(0, 1), text="1", value=None if value is None else Decimal(value), low=None,
        high=None, unit=unit, approximate=False, subject="甲", entity=None, metric="price_change",
        metric_words=None, basis=None, comparator=None, modality="reported", speaker=None,
        negated=False, period=None, period_begin=None, period_end=None, sentence=0,
        support=Support(citations=(), scope="none"),
    )  # fmt: skip
    return replace(made, **changes)


def asked(text: str) -> Quantity:
    (quantity,) = find_quantities(text)
    return quantity


def test_points_of_all_kinds_are_measured_in_basis_points() -> None:
    assert size_of("percentage_point", Decimal("-1.3")) == Decimal(130)
    assert size_of("basis_point", Decimal(130)) == Decimal(130)
    assert size_of("USD", Decimal(-5)) == Decimal(5)
    assert size_of("percent", None) is None
    assert same_scale("percentage_point", "basis_point")
    assert not same_scale("percent", "USD")
    assert not same_scale("USD", "CNY")


def test_a_value_equals_what_is_asked_signs_apart() -> None:
    assert equal(figure("-3.64"), asked("3.64%"))
    assert not equal(figure("3.64"), asked("3.65%"))
    assert equal(figure("16000000000", "USD"), asked("160亿美元"))
    assert not equal(figure("16000000000", "USD"), asked("160万美元"))
    ranged = figure(None, low=Decimal(3), high=Decimal(10))
    assert equal(ranged, asked("3%至10%"))
    assert not equal(ranged, asked("3%至11%"))
    assert not equal(ranged, asked("3%"))


def test_a_range_holds_its_bounds() -> None:
    span = figure(None, low=Decimal(3), high=Decimal(10))
    assert within(figure("3"), span)
    assert within(figure("10"), span)
    assert not within(figure("10.01"), span)
    assert not within(figure(None, low=Decimal(9), high=Decimal(16)), span)
    assert within(figure("99"), figure(None, low=Decimal(75)))  # open above


def test_the_gap_of_two_percentages_is_in_percentage_points() -> None:
    assert gap(figure("7.0"), figure("1.9")) == (Decimal("5.1"), "percentage_point")
    assert gap(figure("0.80"), figure("-3.64")) == (Decimal("4.44"), "percentage_point")
    assert gap(figure("5", "USD"), figure("7", "USD")) == (Decimal(-2), "USD")
    assert gap(figure("5", "USD"), figure("7", "CNY")) is None
    assert gap(figure("5"), figure(None, low=Decimal(1))) is None


def test_the_rate_of_two_amounts() -> None:
    assert rate(figure("100", "USD"), figure("135", "USD")) == Decimal(35)
    assert rate(figure("3"), figure("4")) is None  # two percentages have a gap
    assert rate(figure("0", "USD"), figure("4", "USD")) is None


def test_a_stated_gap_is_as_exact_as_it_is_printed() -> None:
    about = figure("400", "basis_point", approximate=True)
    assert states_gap(about, Decimal("4.1"), "percentage_point")
    assert not states_gap(about, Decimal("5.1"), "percentage_point")
    assert states_gap(figure("510", "basis_point"), Decimal("5.1"), "percentage_point")
    assert not states_gap(figure("511.5", "basis_point"), Decimal("5.1"), "percentage_point")


def test_an_amount_is_spoken_without_its_sign() -> None:
    assert spoken(Decimal("-13.4E8"), "CNY") == "13.4亿元"
    assert spoken(Decimal(6), "percentage_point") == "6个百分点（600个基点）"


def test_basis_points_are_spoken_without_idle_zeros() -> None:
    assert spoken(Decimal("5.1"), "percentage_point") == "5.1个百分点（510个基点）"


# text


@pytest.mark.parametrize(
    ("term", "context", "low", "high"),
    [
        ("估值", "小盘股的估值折价", 1.0, 1.0),
        ("ceo", "台积电首席执行官魏哲家", 1.0, 1.0),  # an equal
        ("纳指", "纳斯达克综合指数", 1.0, 1.0),
        ("mu", "美光科技(tsm)", 0.0, 0.0),  # a Latin word must be there as it is
        ("估值折价", "折价来自资金流入", 0.2, 0.8),
        ("量子计算", "小盘股跑赢大盘股", 0.0, 0.0),
        ("", "任何", 1.0, 1.0),
    ],
)
def test_how_far_a_context_holds_a_term(term: str, context: str, low: float, high: float) -> None:
    assert low <= term_coverage(term, context) <= high


def test_terms_weigh_by_their_length() -> None:
    assert coverage([], "x") == 1.0
    assert coverage(["半导体产业", "药"], "半导体产业") == pytest.approx(5 / 6)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=20), st.text(max_size=40))
def test_coverage_is_a_share_and_whole_where_the_term_stands(term: str, context: str) -> None:
    assert 0.0 <= term_coverage(fold(term), fold(context)) <= 1.0
    before = fold(context).rstrip("非")  # 非流动 is no 流动
    assert term_coverage(fold(term), before + fold(term)) == 1.0


def test_folding_takes_width_case_quotes_and_spaces_away() -> None:
    assert fold("‘华丽 七巨头’ ＴＳＭ　１２％") == "华丽七巨头tsm12%"
    assert fold("𠮷野家") == "𠮷野家"
    assert bigrams("台积电tsm") == ["台积", "积电", "tsm"]


# polarity


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("公用事业上涨了吗", "公用事业板块下跌3.64%", True),
        ("资金净流入了吗", "北向资金净流出30亿元", True),
        ("央行加息了吗", "央行宣布降息25个基点", True),
        ("公司盈利了吗", "公司全年亏损2亿元", True),
        ("公用事业下跌了吗", "公用事业板块下跌3.64%", False),
        ("涨了还是跌了", "板块下跌", False),
        ("天气好吗", "板块下跌", False),
    ],
)
def test_opposites(question: str, sentence: str, expected: bool) -> None:
    assert opposite(question, sentence) is expected


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("央行调整了利率吗", "央行没有调整利率", True),
        ("央行没有调整利率，对吗", "央行没有调整利率", False),
        ("央行有没有调整利率", "央行调整了利率", False),
        ("这是不是对AI的否定", "此次轮动并非对AI的否定", True),
    ],
)
def test_denials(question: str, sentence: str, expected: bool) -> None:
    assert denied(question, sentence) is expected
