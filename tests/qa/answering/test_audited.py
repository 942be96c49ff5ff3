"""Questions whether statements agree, where the audit has found a fault."""

from __future__ import annotations

import pytest

from qa.answering import answer
from qa.gate import check
from qa.knowledge_base import KnowledgeBase
from qa.records import Answer, Question

TEXT = """三家公司销售费用合计

发布时间：2026年8月28日

第二季度，美团、阿里巴巴和京东集团的销售费用分别为225.4亿元、531.8亿元和270.6亿元，合计达1,037.8亿元[3]。

10年期日本国债收益率由2.18%回落至2.26%[5]。财务省6月18日（周三）拍卖了国债[6]。

台积电的营收由100亿元增至120亿元，增幅为20%[7]。
"""


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    folder = tmp_path_factory.mktemp("audited")
    (folder / "week.txt").write_text(TEXT, encoding="utf-8")
    made = KnowledgeBase.open(folder / "home")
    assert not made.ingest([folder / "week.txt"]).refused
    return made


def ask(kb: KnowledgeBase, text: str) -> Answer:
    return answer(Question(id=None, text=text, history=()), kb)


@pytest.mark.parametrize(
    ("question", "told", "source"),
    [
        ("三家公司销售费用合计1,037.8亿元，加起来对得上吗？", "1,027.8亿元", "3"),
        ("10年期日债收益率从2.18%到2.26%，这算“回落”吗？", "上升", "5"),
        ("10年期日本国债收益率是下降的吗？", "上升", "5"),
        ("文中说6月18日是周三，对吗？", "星期四", "6"),
    ],
)
def test_the_audit_answers_whether_it_agrees(
    kb: KnowledgeBase, question: str, told: str, source: str
) -> None:
    got = ask(kb, question)
    assert got.answer.startswith("不一致：")
    assert told in got.answer
    assert got.citations == (source,)
    assert [claim.verdict for claim in got.claims] == ["supported"]


def test_what_agrees_is_not_called_inconsistent(kb: KnowledgeBase) -> None:
    assert "不一致" not in ask(kb, "台积电营收从100亿元增至120亿元，增幅20%对得上吗？").answer


def test_the_source_s_own_figure_is_told_with_what_contradicts_it(kb: KnowledgeBase) -> None:
    got = ask(kb, "美团第二季度销售费用是多少？")
    assert "225.4亿元" in got.answer and "注意" not in got.answer


def test_a_contradicted_figure_is_told_with_a_note(kb: KnowledgeBase) -> None:
    got = ask(kb, "10年期日本国债收益率回落至多少？")
    assert "2.26%" in got.answer
    assert got.answer.endswith("（注意：2.26%与文中的用词方向不符）")


@pytest.mark.parametrize(
    "question",
    ["三家公司销售费用合计1,037.8亿元，加起来对得上吗？", "10年期日本国债收益率回落至多少？"],
)
def test_the_gate_knows_what_the_audit_computed(kb: KnowledgeBase, question: str) -> None:
    claims = check(ask(kb, question), kb=kb)
    assert claims
    assert {claim.verdict for claim in claims} == {"supported"}


def test_a_computed_fault_that_the_audit_does_not_know_is_not_supported(kb: KnowledgeBase) -> None:
    (claim,) = check("不一致：225.4亿元 + 531.8亿元 = 800亿元，而文中写为1,037.8亿元 [3]。", kb=kb)
    assert claim.verdict != "supported"
