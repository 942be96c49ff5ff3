"""Sums, ratios, shares, thresholds and counts, computed over what an article states."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from qa.answering import answer
from qa.knowledge_base import KnowledgeBase
from qa.records import Answer, Question

ARTICLE = """白石家电2025年年报点评：内销稳健

2026年3月30日

本文为自动测试而虚构，公司与数字均为编造。

分业务看，2025年空调业务收入620亿元，冰箱业务收入310亿元，洗衣机业务收入186亿元[1]。公司全年营业收入1,240亿元[1]。

2025年，海信家电净利润为34亿元，长虹美菱净利润为8.5亿元，美的集团净利润为385亿元[2]。

3月30日，医药板块上涨2.6%，银行板块上涨0.8%，煤炭板块下跌3.1%，钢铁板块下跌0.4%，传媒板块上涨3.9%[3]。
"""


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Answer]]:
    """Questions to the article above; every sentence of an answer must be supported."""
    folder = tmp_path_factory.mktemp("totals")
    (folder / "baishi.txt").write_text(ARTICLE, "utf-8")
    with KnowledgeBase.open(folder / "home") as base:
        assert not base.ingest([folder / "baishi.txt"]).refused

        def ask(question: str) -> Answer:
            got = answer(Question(text=question), base)
            assert all(claim.verdict == "supported" for claim in got.claims)
            return got

        yield ask


@pytest.mark.parametrize(
    ("question", "wanted", "citation"),
    [
        ("空调业务和冰箱业务的收入合计是多少？", "930亿元", "1"),
        ("空调业务、冰箱业务和洗衣机业务一共收入多少？", "1,116亿元", "1"),
        ("美的集团的净利润是海信家电的几倍？", "11.3倍", "2"),
        ("海信家电的净利润是长虹美菱的多少倍？", "4.00倍", "2"),
        ("长虹美菱净利润和海信家电净利润加起来是多少？", "42.5亿元", "2"),
    ],
)
def test_what_is_computed_tells_from_what(
    asking: Callable[[str], Answer], question: str, wanted: str, citation: str
) -> None:
    got = asking(question)
    assert wanted in got.answer
    assert got.citations == (citation,)
    assert "（" in got.answer  # the amounts that it was computed from


@pytest.mark.parametrize(
    ("question", "wanted", "without"),
    [
        ("涨幅超过2%的板块有哪些？", ("医药", "传媒"), ("银行", "煤炭", "钢铁")),
        ("哪些板块跌幅超过3%？", ("煤炭",), ("钢铁", "医药", "传媒")),
        ("涨幅低于1%的板块有哪些？", ("银行",), ("医药", "钢铁")),
        ("涨幅在2%以上的板块有几个？", ("2个", "医药", "传媒"), ("银行", "煤炭")),
        ("有多少个板块上涨？", ("3个", "医药", "银行", "传媒"), ("煤炭", "钢铁")),
        ("有几个板块下跌？", ("2个", "煤炭", "钢铁"), ("医药",)),
        ("哪些公司的净利润超过30亿元？", ("海信", "美的"), ("美菱",)),
        ("净利润不足10亿元的公司有几家？", ("1家", "长虹美菱"), ("海信", "美的集团净")),
    ],
)
def test_a_threshold_picks_from_a_group(
    asking: Callable[[str], Answer],
    question: str,
    wanted: tuple[str, ...],
    without: tuple[str, ...],
) -> None:
    got = asking(question).answer
    assert all(words in got for words in wanted), got
    assert not any(words in got for words in without), got


@pytest.mark.parametrize(
    "question",
    [
        "涨幅超过5%的板块有哪些？",  # none
        "煤炭板块的跌幅是银行板块的几倍？",  # of two signs
        "空调业务和厨电业务的收入合计是多少？",  # of one alone there is none
    ],
)
def test_what_cannot_be_computed_is_not(asking: Callable[[str], Answer], question: str) -> None:
    got = asking(question).answer
    assert "合计" not in got
    assert "倍" not in got.replace("几倍", "")
    assert "医药" not in got
