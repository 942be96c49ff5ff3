"""Answers that rest on relations: why something is so, and who belongs to what."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest

from qa.answering.plans.causes import claimed, explained
from qa.answering.view import DocumentView
from qa.knowledge_base import KnowledgeBase
from qa.records import Answer

GR = "great-rotation-2026"
Asking: TypeAlias = Callable[..., Answer]


@pytest.mark.parametrize(
    ("question", "wanted", "citations"),
    [
        ("美光和台积电的涨幅靠什么支撑？", ["云服务商", "AI基础设施支出"], "5 6"),
        ("小盘股的估值折价是怎么来的？", ["资金持续流入大盘成长股"], "4"),
        ("ASML股价为何上涨？", ["台积电的业绩"], "6"),
        ("智能手机客户的提价幅度为什么更高？", ["批量要求"], "6"),
    ],
)
def test_the_sentence_that_claims_the_cause_answers(
    question: str, wanted: list[str], citations: str, check: Asking
) -> None:
    check(GR, question, wanted, citations)


def test_a_claim_about_something_else_explains_nothing(
    kb: KnowledgeBase, read: Callable[[str], object]
) -> None:
    view = DocumentView(kb.extraction(GR))
    index = next(i for i in range(len(view.sentences)) if "推动ASML" in view.sentence_text(i))
    causes = claimed(view, index)
    assert [c.subject.text for c in causes] == ["台积电的业绩"]
    assert explained(view, causes, read("ASML股价为何上涨？")) > 0.75  # type: ignore[arg-type]
    assert explained(view, causes, read("苹果为什么裁员？")) == 0.0  # type: ignore[arg-type]
    assert explained(view, [], read("ASML股价为何上涨？")) == 0.0  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "question",
    [
        "华丽七巨头包括哪些公司？",
        "哪些公司属于华丽七巨头？",
        "华丽七巨头都有谁？",
        "七巨头有哪些成员？",
    ],
)
def test_the_members_of_a_group(question: str, check: Asking) -> None:
    wanted = ["苹果", "微软", "Alphabet", "亚马逊", "英伟达", "Meta", "特斯拉"]
    got = check(GR, question, wanted, "0 2", without=["台积电"])
    assert [claim.verdict for claim in got.claims] == ["supported"]
    assert "‘华丽七巨头’(苹果、微软" in got.sources[0].text


def test_what_somebody_is_a_member_of(check: Asking) -> None:
    check(GR, "美光科技属于哪个行业？", ["美光科技属于半导体行业"], "1")


def test_no_members_are_made_up(ask: Asking) -> None:
    got = ask(GR, "造车新势力包括哪些公司？")
    assert got.abstained
    assert "理想" not in got.answer
