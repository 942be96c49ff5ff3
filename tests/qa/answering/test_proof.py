"""The gate: a sentence of an answer against the passages that it cites."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.answering.draft import Line
from qa.answering.proof import judge
from qa.answering.references import of_sentence
from qa.answering.view import DocumentView
from qa.knowledge_base import KnowledgeBase

GR = "great-rotation-2026"


@pytest.fixture(scope="session")
def line(kb: KnowledgeBase) -> Callable[..., Line]:
    """A sentence of an answer that cites the sentences with the words given."""
    views = {doc: DocumentView(kb.extraction(doc)) for doc in (GR, "qinglan", "carmakers", "yen")}

    def made(text: str, doc: str, *words: str) -> Line:
        view = views[doc]
        found = [
            next(i for i in range(len(view.sentences)) if word in view.sentence_text(i))
            for word in words
        ]
        return Line(text, tuple(of_sentence(view, index) for index in found))

    return made


@pytest.mark.parametrize(
    ("text", "doc", "words"),
    [
        ("台积电利润160亿美元，同比增长35%", GR, ["利润达到160亿美元"]),
        ("台积电利润16,000,000,000美元", GR, ["利润达到160亿美元"]),
        ("公用事业板块跌幅约3.64%", GR, ["公用事业板块跌幅"]),
        ("罗素2000指数涨幅约7.0%", GR, ["罗素2000指数表现强劲"]),  # a name is no figure
        ("相差5.1个百分点", GR, ["罗素2000指数表现强劲"]),  # 7.0 - 1.9
        ("相差510个基点", GR, ["罗素2000指数表现强劲"]),
        ("实际提价幅度为16-24%", GR, ["实际提价幅度为16-24%"]),
        ("相差13.4亿元", "qinglan", ["起重机械|", "混凝土机械|"]),  # 52.3 - 38.9, in a table
        ("毛利率提高130个基点", "qinglan", ["综合毛利率为21.5%"]),
        ("资金流向价值型板块", GR, ["资金从成长型"]),
    ],
)
def test_a_line_that_its_passages_support(
    line: Callable[..., Line], text: str, doc: str, words: list[str]
) -> None:
    verdict, reason = judge(line(text, doc, *words))
    assert verdict == "supported", reason
    assert f"{doc}:" in reason


@pytest.mark.parametrize(
    ("text", "doc", "words", "named"),
    [
        ("台积电利润161亿美元", GR, ["利润达到160亿美元"], "161亿美元"),  # a digit
        ("台积电利润160万美元", GR, ["利润达到160亿美元"], "160万美元"),  # 亿 and 万
        ("台积电利润160亿元", GR, ["利润达到160亿美元"], "160亿元"),  # the currency
        ("台积电利润16亿美元", GR, ["利润达到160亿美元"], "16亿美元"),
        ("毛利率提高1.3%", "qinglan", ["综合毛利率为21.5%"], "1.3%"),  # a point is no per cent
        ("毛利率为21.5个百分点", "qinglan", ["综合毛利率为21.5%"], "21.5个百分点"),
        ("收益率上升6个百分点", "yen", ["收益率报1.32%"], "6个百分点"),
        ("收益率上升60个基点", "yen", ["收益率报1.32%"], "60个基点"),
        ("相差5.2个百分点", GR, ["罗素2000指数表现强劲"], "5.2个百分点"),
        ("美光科技涨幅约12%", GR, ["美光科技(MU)是表现"], "12%"),  # told of another, elsewhere
        ("提价3%至11%", GR, ["3%至10%"], "3%至11%"),
        ("小鹏汽车交付500辆", "carmakers", ["分别交付"], "500辆"),
        ("公用事业板块跌幅64%", GR, ["公用事业板块跌幅"], "64%"),
        ("美元兑日元升至55.80", "yen", ["155.80"], "55.80"),
        ("公用事业板块上涨3.64%", GR, ["公用事业板块跌幅"], "3.64%"),
        ("科技板块下跌3.64%", GR, ["公用事业板块跌幅"], "3.64%"),
    ],
)
def test_a_line_that_its_passages_refute(
    line: Callable[..., Line], text: str, doc: str, words: list[str], named: str
) -> None:
    verdict, reason = judge(line(text, doc, *words))
    assert verdict == "refuted", reason
    assert named in reason


def test_a_line_that_cites_nothing_is_not_supported() -> None:
    assert judge(Line("台积电利润160亿美元", ())) == ("not_enough_info", "没有引用任何原文")


@settings(max_examples=60, deadline=None)
@given(value=st.integers(min_value=1, max_value=99_999))
def test_only_the_printed_amount_is_supported(line: Callable[..., Line], value: int) -> None:
    verdict, _ = judge(line(f"台积电利润达到{value}亿美元", GR, "利润达到160亿美元"))
    assert (verdict == "supported") == (value == 160)
