"""Where sentences end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.structure.sentences import split_sentences
from kg.records import Span


def split(text: str) -> list[str]:
    return [span.of(text) for span in split_sentences(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "金价回落。油价走低！为何？", ["金价回落。", "油价走低！", "为何？"], id="stops"
        ),
        pytest.param("毛利率35%；净利率12%。", ["毛利率35%；净利率12%。"], id="semicolon"),
        pytest.param("他怎么说？！没人知道。", ["他怎么说？！", "没人知道。"], id="two stops"),
        pytest.param("收入增长3.5%，利润4.1亿元", ["收入增长3.5%，利润4.1亿元"], id="no stop"),
        pytest.param("A涨7%。[1]B跌3% [2][3]。", ["A涨7%。[1]", "B跌3% [2][3]。"], id="marks"),
        pytest.param(
            "A涨7%。 【1】 ［２］ B跌3%。", ["A涨7%。 【1】 ［２］", "B跌3%。"], id="mark gap"
        ),
        pytest.param(
            "苏晚亭认为：“批价企稳。”她维持评级。",
            ["苏晚亭认为：“批价企稳。”", "她维持评级。"],
            id="quote",
        ),
        pytest.param(
            "他说：“先涨。后跌。”他错了。",
            ["他说：“先涨。后跌。”", "他错了。"],
            id="inside a quote",
        ),
        pytest.param(
            "“需求真实。”魏哲家表示，提价10%。",
            ["“需求真实。”魏哲家表示，提价10%。"],
            id="speaker behind",
        ),
        pytest.param(
            "市场在问“何时降息？”而官员沉默。",
            ["市场在问“何时降息？”而官员沉默。"],
            id="question quoted",
        ),
        pytest.param("“需求真实。价格会涨。”", ["“需求真实。", "价格会涨。”"], id="all quoted"),
        pytest.param(
            "“需求真实。价格会涨。”[5]", ["“需求真实。", "价格会涨。”[5]"], id="all quoted, cited"
        ),
        pytest.param(
            "公司（下称“茅台”。）增长。随后回落。",
            ["公司（下称“茅台”。）增长。", "随后回落。"],
            id="bracket",
        ),
        pytest.param(
            "利润增长。（数据未经审计。）股价上涨。",
            ["利润增长。", "（数据未经审计。）", "股价上涨。"],
            id="bracketed whole",
        ),
        pytest.param("“引号没有合上。下一句。", ["“引号没有合上。", "下一句。"], id="unclosed"),
        pytest.param(
            "台积电首席执行官魏哲家（C.C. Wei）称好。",
            ["台积电首席执行官魏哲家（C.C. Wei）称好。"],
            id="initials",
        ),
        pytest.param(
            "U.S. stocks rose 3.5% on Friday. Bonds fell.",
            ["U.S. stocks rose 3.5% on Friday.", "Bonds fell."],
            id="english",
        ),
        pytest.param("Apple Inc. Q4 is fine", ["Apple Inc. Q4 is fine"], id="abbreviation"),
        pytest.param(
            "见https://a.cn/?id=1的公告。好。",
            ["见https://a.cn/?id=1的公告。", "好。"],
            id="address",
        ),
        pytest.param("𠮷野家😀涨３％。跌２％。", ["𠮷野家😀涨３％。", "跌２％。"], id="wide"),
        pytest.param('他说"先涨。"后跌。', ['他说"先涨。"', "后跌。"], id="straight quotes"),
        pytest.param("。！？", [], id="no words"),
        pytest.param("[1][2]", [], id="only marks"),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert split(text) == expected


PIECES = st.sampled_from(
    [*'涨跌a1。！？!?.…“”‘’"（）()【】[]《》 　，；-', "[1]", "【2】", "😀", "𠮷"]
)


@given(text=st.lists(PIECES, max_size=60).map("".join), start=st.integers(0, 5))
def test_sentences_are_in_order_and_hold_all_words(text: str, start: int) -> None:
    spans = split_sentences(text, Span(min(start, len(text)), len(text)))
    position = min(start, len(text))
    for span in spans:
        assert position <= span.start < span.end <= len(text)
        assert not any(char.isalpha() for char in text[position : span.start])
        assert span.of(text).strip() == span.of(text)
        position = span.end
    assert not any(char.isalpha() for char in text[position:])
