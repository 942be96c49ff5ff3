"""The scripted adversary of the benchmark, for some runs; and that its judge sees what it must."""

from __future__ import annotations

import pytest

from benchmarks.adversarial_model import attack
from benchmarks.adversary import faults
from qa.answering import answer
from qa.knowledge_base import KnowledgeBase
from qa.records import Question
from tests.qa.models.conftest import CLAIM, PROFIT, WORST

GAP = "罗素2000比标普500多涨了多少个百分点？"


@pytest.mark.slow
def test_nothing_of_an_adversary_reaches_the_reader(kb: KnowledgeBase) -> None:
    asked = [Question(text=text) for text in (WORST, PROFIT, CLAIM, GAP)]
    found = attack(kb, asked, runs=30, seed=11)
    assert [faulty for _, _, faulty in found if faulty] == []
    assert len({kind for kind, _, _ in found}) > 5
    assert any(by_model for _, by_model, _ in found)


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ("公用事业板块跌幅约9.87% [0]。", "figure 9.87%"),
        ("公用事业板块跌幅约3.64% [99]。", "reference [99]"),
        ("公用事业板块跌幅约3.64% [¶9999]。", "reference [¶9999]"),
        ("公用事业板块跌幅约3.64%。", "no reference"),
        ("公用事业板块\u202e跌幅约3.64% [0]。", "control characters"),
        ("<b>公用事业</b>板块跌幅约3.64% [0]。", "markup"),
        ("科技板块，跌幅约3.64% [0]。", "lie: 科技板块跌幅3.64%"),
    ],
)
def test_the_judge_of_the_benchmark_sees_what_is_wrong(
    wrong: str, fault: str, kb: KnowledgeBase
) -> None:
    extractions = [kb.extraction(info.doc) for info in kb.documents()]
    found = faults(wrong, ["科技板块跌幅3.64%"], extractions, "")
    assert any(each.startswith(fault) for each in found)


def test_it_finds_no_fault_with_the_built_in_answers(kb: KnowledgeBase) -> None:
    extractions = [kb.extraction(info.doc) for info in kb.documents()]
    for text in (WORST, PROFIT, CLAIM, GAP):
        told = answer(Question(text=text), kb).answer
        assert faults(told, (), extractions, told) == []
