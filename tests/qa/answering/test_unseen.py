"""Kinds of questions that articles nobody tuned for are asked: each on the facts of zhaji.txt.

The article has a knowledge base of its own, so that the other tests' documents stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

import pytest

from qa.answering import answer
from qa.knowledge_base import KnowledgeBase
from qa.records import Answer, Question

ZJ = "zhaji"
ARTICLES = Path(__file__).with_name("articles")
Asking: TypeAlias = Callable[..., Answer]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    with KnowledgeBase.open(tmp_path_factory.mktemp("unseen") / "home") as base:
        files = [ARTICLES / "unseen" / f"{ZJ}.txt", ARTICLES / "qinglan.txt"]
        assert not base.ingest(files).refused
        yield base


@pytest.fixture(scope="module")
def check(base: KnowledgeBase, plain: Callable[[str], str]) -> Asking:
    """Each of *wanted* is in the proved answer, none of *without*, and it cites *citations*."""

    def checking(
        question: str,
        wanted: Sequence[str],
        citations: str | None = None,
        *,
        history: Sequence[str] = (),
        without: Sequence[str] = (),
    ) -> Answer:
        got = answer(Question(text=question, history=tuple(history)), base, docs=[ZJ])
        said = plain(re.sub(r"\[(?:\d+|¶\d+)\]", "", got.answer))
        assert not got.abstained, got.answer
        assert all(claim.verdict == "supported" for claim in got.claims)
        assert all(plain(words) in said for words in wanted), got.answer
        assert not any(plain(words) in said for words in without), got.answer
        assert citations is None or list(got.citations) == citations.split(), got.answer
        return got

    return checking


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        # options that are told by the words before each figure
        ("澄溪饮品的茶饮和气泡水，哪个卖得更多？", ["茶饮：", "41.7亿", "28.5亿"]),
        ("澄溪饮品的气泡水和茶饮，哪个收入更少？", ["气泡水：", "28.5亿"]),
    ],
)
def test_options_need_be_no_names(check: Asking, question: str, wanted: list[str]) -> None:
    check(question, wanted, "1")


@pytest.mark.parametrize(
    ("question", "gap", "citations"),
    [  # 31.5 - 22.4, 2.6 + 1.1, 51.9 - 24.6, 267 - 231, 153.80 - 151.42, 5600 - 5150
        ("澄溪饮品的市盈率比饮料板块高出多少倍？", "9.1倍", "3"),
        ("本周饮料板块跑赢乳业板块多少个百分点？", "3.7个百分点", "3"),
        ("5年期城投债利差比5年期金融债高多少个基点？", "27.3个基点", "5"),
        ("1个月HIBOR一周之内上行了多少个基点？", "36个基点", "5"),
        ("会议结果出来后，美元兑日元比会前低了多少？", "2.38", "5"),
        ("分析师沈若安这次给澄溪饮品的目标价一共上调了多少元？", "5元", "6"),
        ("沪锡收盘价比沪镍高多少？", "145,350元", "4"),
        ("高盛和花旗对2026年末金价的预测差了多少美元？", "450美元", "6"),
    ],
)
def test_gaps(check: Asking, question: str, gap: str, citations: str) -> None:
    check(question, ["相差", gap], citations)


@pytest.mark.parametrize(
    ("question", "verdict", "wanted", "citations"),
    [
        ("澄溪饮品2025年归母净利润增速快于收入增速，是这样吗？", "是的", ["15.6%", "9.2%"], "1"),
        ("澄溪饮品2025年归母净利润增速慢于收入增速，对吗？", "不对", ["15.6%", "9.2%"], "1"),
        ("澄溪饮品第四季度每股收益没达到分析师预期，是吗？", "不对", ["0.42", "0.38"], "1"),
        ("澄溪饮品第四季度每股收益超过分析师预期，对吗？", "是的", ["0.42", "0.38"], "1"),
        ("花旗对2026年末金价的预测低于高盛，对吗？", "是的", ["5,150", "5,600"], "6"),
        ("花旗对金价的预测比高盛高450美元，是这样吗？", "不对", ["5,150", "5,600"], "6"),
        ("花旗对金价的预测比高盛低450美元，是这样吗？", "是的", ["5,150", "5,600"], "6"),
        ("融资客本周净买入42.5亿元，其中13.8亿元买的是白酒，属实吗？", "是的", ["42.5亿"], "5"),
        ("融资客本周净买入42.5亿元，其中18.3亿元买的是白酒，属实吗？", "不对", ["13.8亿"], "5"),
        ("两市成交比前一交易日放量2,300亿元，这个数对吗？", "是的", ["2.31万亿"], "4"),
        ("两市成交比前一交易日放量3,200亿元，这个数对吗？", "不对", ["2,300亿"], "4"),
        ("3月27日银行板块跟着大盘一起下跌了1.2%，是不是？", "不对", ["上涨1.2%"], "5"),
        ("枫桥乳业2025年收入同比下降16.0%，按给出的两个数算得对吗？", "不一致", ["20"], "2"),
    ],
)
def test_verdicts(
    check: Asking, question: str, verdict: str, wanted: list[str], citations: str
) -> None:
    got = check(question, wanted, citations)
    assert got.answer.startswith(verdict)


@pytest.mark.parametrize(
    ("question", "wanted", "citations"),
    [
        ("沪锡的收盘价是多少？", ["276,800元/吨"], "4"),
        ("澄溪饮品给出的2026年可比销售额指引是多少？", ["3%至5%"], "1"),
        ("枫桥乳业募来的钱分别投到哪里，各多少？", ["12亿", "10亿", "8亿", "冷链"], "2"),
        ("云桥证券的首席分析师估计澄溪饮品2026年净利润能涨多少？", ["8%至10%"], "6"),
        ("列出表中各品种的收盘价。", ["276,800", "131,450"], "4"),
        ("表里本周涨幅最大的品种是哪个？", ["沪锡", "2.31%"], "4"),
        ("外部环境方面有哪些变数？", ["贸易摩擦", "利率"], "8"),
        ("哪家奶企下调了2026年奶粉产量指引？", ["南坡食品"], "2"),
        ("下一任美联储主席的热门人选是哪位？", ["卜兆宁"], "7"),
        ("有哪些美联储官员发表了看法？", ["陆维安", "按兵不动", "贝晓岚", "降息"], "7"),
        ("这次推着日元升值的是什么？", ["空头回补"], "5"),
        ("澄溪饮品为什么能逆市上涨？", ["海外建厂"], "1"),
        ("下周有哪些数据值得关注？", ["4月1日", "PMI", "4月3日", "非农"], ""),
    ],
)
def test_answers(check: Asking, question: str, wanted: list[str], citations: str) -> None:
    check(question, wanted, citations)


def test_what_is_past_is_not_to_come(base: KnowledgeBase) -> None:
    got = answer(Question(text="下周有哪些数据值得关注？"), base, docs=["qinglan"])
    assert got.abstained
    assert "无法回答" in got.answer


def test_a_summary_of_one_firm_leaves_the_others_out(check: Asking) -> None:
    check("概括一下枫桥乳业的年报。", ["52.8亿", "30亿"], without=["澄溪", "41.7亿"])


def test_another_name_with_a_question_of_its_own(check: Asking) -> None:
    history = ["枫桥乳业2025年收入是多少？"]
    check("澄溪饮品呢，增长了多少？", ["9.2%"], "1", history=history, without=["1.4%"])


def test_a_clause_may_leave_its_metric_to_the_one_before(check: Asking) -> None:
    history = ["铜精矿现货加工费是多少？"]
    check("上周呢？", ["-43.8"], "4", history=history, without=["-46.5"])


def test_a_name_does_not_begin_within_a_date(check: Asking) -> None:
    """27日银行 holds no 日银, which is short for the Bank of Japan."""
    check("3月27日银行板块涨了多少？", ["1.2%"], "5")
