"""By how much something moved, what it came to, and what a figure is set against."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

import pytest

from qa.answering.facts.changes import Change, changes
from qa.answering.view import DocumentView
from qa.knowledge_base import KnowledgeBase
from qa.records import Answer

Asking: TypeAlias = Callable[..., Answer]
Ends: TypeAlias = Callable[[str], list[tuple[Decimal | None, Decimal | None, bool]]]

HEAD = "海岭观察:一周公司动态\n\n2026年3月30日\n\n"


@pytest.fixture
def ends(tmp_path: Path) -> Ends:
    """The changes that a one-sentence article tells: before, after, whether it was expected."""

    def reading(sentence: str) -> list[tuple[Decimal | None, Decimal | None, bool]]:
        article = tmp_path / "moves.txt"
        article.write_text(f"{HEAD}{sentence}[1]\n", encoding="utf-8")
        with KnowledgeBase.open(tmp_path / "home") as base:
            assert not base.ingest([article]).refused
            found = changes(DocumentView(base.extraction("moves")))
        return [_ends(change) for change in found]

    return reading


def _ends(change: Change) -> tuple[Decimal | None, Decimal | None, bool]:
    return change.before.figure.value, change.after.figure.value, change.expected


@pytest.mark.parametrize(
    ("sentence", "before", "after"),
    [
        ("台积电把2026年资本开支由400亿美元上调至450亿美元。", "40000000000", "45000000000"),
        ("宁德时代的毛利率从上年同期的24.0%升至26.5%。", "24.0", "26.5"),
        ("失业率为4.4%，高于上月的4.1%。", "4.1", "4.4"),
        ("10年期美国国债收益率报4.02%（前一日为4.05%）。", "4.05", "4.02"),
        ("比亚迪的毛利率为20.3%，上年同期为18.1%。", "18.1", "20.3"),
    ],
)
def test_both_ends_of_a_change_are_read(ends: Ends, sentence: str, before: str, after: str) -> None:
    assert ends(sentence) == [(Decimal(before), Decimal(after), False)]


def test_what_was_expected_is_no_earlier_value(ends: Ends) -> None:
    found = ends("美国6月非农就业人数增加8.4万人，低于市场预期的11万人。")
    assert found == [(Decimal(110000), Decimal(84000), True)]


@pytest.mark.parametrize(
    "sentence",
    [
        "中国外汇储备为3.41万亿美元，较1月末增加126亿美元。",
        "比亚迪销量为21.6万辆，理想汽车交付28,500辆。",
        "CPI同比上涨0.4%，环比下降0.2%。",
    ],
)
def test_two_figures_are_no_change(ends: Ends, sentence: str) -> None:
    assert ends(sentence) == []


@pytest.mark.parametrize(
    ("doc", "question", "wanted"),
    [
        ("yen", "核心CPI同比涨幅比去年12月回落了多少个百分点？", ["0.3个百分点"]),
        ("carmakers", "小鹏汽车2月比1月多交付多少辆？", ["7,200"]),
        ("carmakers", "理想汽车和小鹏汽车2月交付相差多少辆？", ["2,700"]),
        ("qinglan", "起重机械和混凝土机械的收入差多少？", ["13.4亿元"]),
        ("qinglan", "高空作业平台的毛利率比零部件高多少？", ["14.5个百分点"]),
    ],
)
def test_a_gap_is_computed(check: Asking, doc: str, question: str, wanted: list[str]) -> None:
    check(doc, question, wanted)
