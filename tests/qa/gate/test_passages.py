"""The gate on bare passages: what it lets pass, and what it stops, and why."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.gate import Gate, check
from qa.gate.passages import passages

TSMC = (
    "台积电公布了2025年第四季度创纪录的业绩，利润达到160亿美元，同比增长35%，大幅超出分析师预期。"
)
SECTORS = "房地产板块表现最为强劲，涨幅约0.80%，其次是工业板块（0.73%）；公用事业板块跌幅约3.64%。"
BANK = "中银香港2025年净息差由上年的1.64%收窄至1.55%，董事会建议派发末期息每股1.26港元。"
VIEW = "高盛分析师王明预计，2026年底金价将升至每盎司5,400美元；摩根大通的目标为5,800美元。"
HOME = "商务部发言人表示，坚决反对泛化国家安全概念，中方并未改变对外开放的政策。"
LIST = "以太坊、莱特币与瑞波币全周分别下跌8.3%、9.7%和6.9%。"
ALL = (TSMC, SECTORS, BANK, VIEW, HOME, LIST)


@pytest.fixture(scope="module")
def gate() -> Gate:
    return Gate(passages(ALL))


@pytest.mark.parametrize(
    "claim",
    [
        "台积电2025年第四季度利润为160亿美元[1]。",
        "TSMC去年第四季度赚了160亿美元，比上年同期增长35%[1]。",
        "台积电利润为16,000,000,000美元[1]。",
        "台积电的业绩大幅超出分析师预期[1]。",
        "房地产板块涨了约0.80%[2]。",
        "公用事业板块下跌约3.64%[2]。",
        "工业板块上涨0.73%，房地产板块上涨0.80%，相差0.07个百分点[2]。",
        "中银香港净息差收窄至1.55%，上年为1.64%[3]。",
        "中银香港净息差收窄9个基点[3]。",
        "高盛预计2026年底金价升至每盎司5,400美元[4]。",
        "发言人表示，中方没有改变对外开放的政策[5]。",
        "莱特币全周下跌9.7%[6]。",
    ],
)
def test_what_a_passage_says(gate: Gate, claim: str) -> None:
    judged = gate.judge(claim)
    assert judged.verdict == "supported", judged.reason


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        ("台积电2025年第四季度利润为180亿美元[1]。", "180亿美元"),
        ("台积电2025年第四季度利润为160万美元[1]。", "160万美元"),
        ("台积电2025年第四季度利润为160亿元[1]。", "160亿元"),
        ("台积电利润同比增长35个百分点[1]。", "35个百分点"),
        ("台积电利润同比下降35%[1]。", "同比增长35%"),
        ("三星电子2025年第四季度利润为160亿美元[1]。", "台积电"),
        ("台积电2025年第三季度利润为160亿美元[1]。", "第三季度"),
        ("台积电利润环比增长35%[1]。", "同比增长35%"),
        ("台积电利润没有达到160亿美元[1]。", "没有否定"),
        ("台积电预计利润将达到160亿美元[1]。", "不是预期"),
        ("台积电利润为160亿美元[2]。", "160亿美元"),
        ("台积电利润为160亿美元[9]。", "[9]"),
        ("工业板块涨幅约0.80%[2]。", "房地产板块"),
        ("工业板块上涨0.73%，房地产板块上涨0.80%，相差0.08个百分点[2]。", "0.08个百分点"),
        ("2026年底金价已经升至每盎司5,400美元[4]。", "预期"),
        ("发言人表示，中方已经改变对外开放的政策[5]。", "否定"),
        ("发言人表示，坚决支持泛化国家安全概念[5]。", "相反"),
        ("莱特币全周下跌6.9%[6]。", "瑞波币"),
        ("发言人说“我们欢迎泛化”[5]。", "我们欢迎泛化"),
    ],
)
def test_what_a_passage_does_not_say(gate: Gate, claim: str, reason: str) -> None:
    judged = gate.judge(claim)
    assert judged.verdict != "supported", judged.reason
    assert reason in judged.reason


def test_a_subject_is_taken_from_the_sentence_before() -> None:
    gate = Gate(passages(ALL))
    assert (
        gate.judge("利润同比增长35%[1]。", earlier=["台积电业绩超出预期[1]。"]).verdict
        == "supported"
    )
    assert gate.judge("同比增长35%[1]。").verdict == "supported"  # the passage has one alone


def test_without_references_all_passages_stand_for_each_sentence() -> None:
    verdicts = [c.verdict for c in check("台积电利润160亿美元。同比增长34%。", passages=[TSMC])]
    assert verdicts == ["supported", "refuted"]


def test_a_reference_to_zero_counts_from_zero() -> None:
    claims = check("台积电利润160亿美元[0]。房地产板块涨约0.80%[1]。", passages=[TSMC, SECTORS])
    assert [c.verdict for c in claims] == ["supported", "supported"]


def test_what_the_source_says_itself_is_supported_and_its_slip_is_told() -> None:
    text = "贵州茅台2025年净利润为897亿元。另一处称，贵州茅台2025年净利润为890亿元。"
    (claim,) = check("贵州茅台2025年净利润为897亿元。", passages=[text])
    assert claim.verdict == "supported"
    assert "890亿元" in claim.reason


def test_the_same_claim_is_judged_the_same_twice(gate: Gate) -> None:
    claim = "台积电利润同比下降35%[1]。"
    assert gate.judge(claim) == gate.judge(claim)


@settings(max_examples=40, deadline=None)
@given(st.integers(min_value=1, max_value=99_999))
def test_only_the_printed_amount_passes(gate: Gate, value: int) -> None:
    judged = gate.judge(f"台积电利润达到{value}亿美元[1]。")
    assert (judged.verdict == "supported") == (value == 160)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_any_text_gets_a_verdict(gate: Gate, text: str) -> None:
    assert gate.judge(text + "[1]").verdict in ("supported", "refuted", "not_enough_info")
