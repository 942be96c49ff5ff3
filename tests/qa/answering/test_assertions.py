"""Yes or no by which way the words point, and values that follow from a change."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qa.answering.facts.stance import Stance, contrary, stances
from qa.answering.question.rewording import plain_words, stated
from qa.answering.text import fold
from tests.qa.answering.conftest import Ask, Check

NO = ("不对", "不是", "不一致")


@pytest.mark.parametrize(
    ("words", "family", "sign", "denied"),
    [
        ("净利润同比下滑了2.3%", "more", -1, False),
        ("库存比一周前更多了", "more", 1, False),
        ("核心CPI涨幅与3月持平", "more", 0, False),
        ("公司没有上调指引", "more", 1, True),
        ("降幅超过了市场预期", "more", 1, False),
        ("福特一季度净亏损4.7亿美元", "earn", -1, False),
        ("主力资金净流入164.8亿元", "flow", 1, False),
        ("小米遭净卖出6.3亿港元", "flow", -1, False),
    ],
)
def test_which_way_words_point(words: str, family: str, sign: int, denied: bool) -> None:
    assert stances(fold(words))[family] == Stance(sign, denied)  # type: ignore[index,arg-type]


@pytest.mark.parametrize(
    ("claim", "told", "against"),
    [
        ("产量增加了", "产量减少5%", True),
        ("产量增加了", "产量不减反增", False),
        ("比市场预期高", "低于市场预期的30亿元", True),
        ("净赚4.7亿美元", "净亏损4.7亿美元", True),
        ("继续亏损", "仍为亏损", False),
        ("增持黄金", "利率上升", False),
    ],
)
def test_what_points_the_other_way(claim: str, told: str, against: bool) -> None:
    assert contrary(stances(fold(claim)), stances(fold(told))) is against


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40))
def test_nothing_contradicts_itself(text: str) -> None:
    found = stances(fold(text))
    assert not contrary(found, found)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
@example("0,\n")
@example("央行降息了，对吗？\r\n")
def test_rewording_twice_changes_no_more_than_once(text: str) -> None:
    assert len(plain_words(plain_words(text))) <= len(text) * 4 + 8
    assert stated(text) in text or "是否" in text or "是不是" in text or "有没有" in text


@pytest.mark.parametrize(
    ("doc", "question", "wanted"),
    [
        ("carmakers", "比亚迪2月销量同比增长9.5%，对吗？", [NO, "9.5%"]),
        ("carmakers", "零跑汽车2月交付同比增长了44%，没错吧？", ["是的", "44%"]),
        ("carmakers", "理想汽车的股价是涨了吧？", [NO, "4.2%"]),
        ("carmakers", "蔚来的股价跟着小鹏汽车一起涨了，是吗？", [NO, "2.8%"]),
        ("qinglan", "青岚重工2025年利润增长了3.1%，是这样吗？", [NO, "3.1%"]),
        ("qinglan", "混凝土机械的营业收入同比增长了6.2%，对吗？", [NO, "6.2%"]),
        ("great-rotation-2026", "台积电的利润是不是下滑了？", [NO, "35%"]),
        ("yen", "日本央行2月19日加息了，对吗？", [NO, "0.75%"]),
        ("yen", "日元本周升值了，是不是？", [NO, "1.4%"]),
        ("yen", "日本1月核心CPI涨幅高于去年12月，对吗？", [NO, "2.9%"]),
    ],
)
def test_a_verdict_is_of_the_clause_that_tells_it(
    check: Check, doc: str, question: str, wanted: list[str | tuple[str, ...]]
) -> None:
    check(doc, question, wanted)


@pytest.mark.parametrize(
    ("doc", "question", "wanted"),
    [
        ("qinglan", "青岚重工2024年的综合毛利率是多少？", ["20.2%"]),  # 21.5% − 1.3 points
        ("yen", "10年期日本国债收益率上周是多少？", ["1.26%"]),  # 1.32% − 6 basis points
    ],
)
def test_the_value_before_a_change_is_computed(
    check: Check, doc: str, question: str, wanted: list[str | tuple[str, ...]]
) -> None:
    assert "推算" in check(doc, question, wanted).answer


@pytest.mark.parametrize(
    ("doc", "question", "wanted"),
    [
        ("carmakers", "比亚迪2月卖了多少辆？同比降了多少？", ["21.6万辆", "9.5%"]),
        ("qinglan", "青岚重工去年营业收入多少，同比增速呢？", ["128.6亿元", "12.4%"]),
        ("yen", "日经225和东证指数本周分别涨了多少？", ["2.3%", "1.7%"]),
    ],
)
def test_several_things_asked_are_all_told(
    check: Check, doc: str, question: str, wanted: list[str | tuple[str, ...]]
) -> None:
    check(doc, question, wanted)


@pytest.mark.parametrize(
    ("doc", "question"),
    [
        ("carmakers", "比亚迪2月来自蔚来的收入是多少？"),
        ("carmakers", "比亚迪的目标价是多少？"),
        ("qinglan", "青岚重工云业务的收入是多少？"),
        ("qinglan", "海通证券给青岚重工的目标价是多少元？"),
        ("yen", "英镑兑日元报多少？"),
        ("yen", "30年期日本国债收益率上升了多少个基点？"),
    ],
)
def test_a_near_miss_is_refused(ask: Ask, doc: str, question: str) -> None:
    got = ask(doc, question)
    assert got.abstained, got.answer


def test_a_part_of_a_document_is_summed_up_alone(check: Check) -> None:
    check("qinglan", "概括一下展望那一节。", ["145亿元"], without=["128.6亿元"])
