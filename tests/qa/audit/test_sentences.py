"""Sentences with a fault and their true twins, read and audited by the real components."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Store

from ingest.extract import extract
from ingest.language import build_pipeline
from ingest.lexicon import load_lexicon
from ingest.structure import segment
from kg.audit.engine import findings_in, read_contents
from kg.audit.rule import own_rules
from kg.convert import to_quads
from kg.records import Article, Finding

SENTENCES = [
    json.loads(line)
    for line in Path(__file__).with_name("sentences.jsonl").read_text("utf-8").splitlines()
]
SILENT = [
    json.loads(line)
    for line in Path(__file__).with_name("silent.jsonl").read_text("utf-8").splitlines()
]
Audit = Callable[[str], tuple[str, list[Finding]]]


@pytest.fixture(scope="module")
def audit() -> Audit:
    """The errors found in some sentences that stand in an article of 16 May 2026."""
    language = build_pipeline(load_lexicon())

    def audited(words: str) -> tuple[str, list[Finding]]:
        head = "市场观察：本周要点\n\n2026年5月16日 10:00\n\n市场情绪平稳。"
        text = f"{head}\n\n{words}\n\n后续仍需关注。\n"
        digest = hashlib.sha256(text.encode()).hexdigest()
        article = Article(doc="a", path="/a.txt", text=text, sha256=digest, encoding="utf-8")
        quads = to_quads(extract(segment(article), language))
        store = Store()
        store.extend(quads)
        graph = quads[0].graph_name
        assert isinstance(graph, NamedNode)
        found = findings_in(store, read_contents(store, graph), own_rules())
        return text, [finding for finding in found if finding.severity == "error"]

    return audited


@pytest.mark.parametrize("case", SENTENCES, ids=lambda case: case["faulty"][:16])
def test_a_fault_is_found_and_its_twin_passes(audit: Audit, case: dict[str, str]) -> None:
    text, found = audit(case["faulty"])
    assert [finding.kind for finding in found] == [case["kind"]]
    for spans in found[0].spans:
        assert all(text[span.start : span.end].strip() for span in spans)
    assert all(sentence in text for sentence in found[0].sentences)
    assert audit(case["true"])[1] == []


@pytest.mark.parametrize(
    "words",
    [
        "公司营收100.4亿元，上年同期为80.2亿元，同比增长25.2%。",
        "指数收于3,388.2点，全天上涨1.2%，成交额1.1万亿元。",
        "现货黄金由每盎司2,000美元涨至每盎司2,100美元，涨幅约5%。",
        "前三季度净利润30.1亿元，其中前两季度20.0亿元，第三季度10.2亿元，合计30.1亿元。",
        "指数在3,200点至3,300点之间震荡，此后突破区间，周五收于3,350点。",
        "全市场3,700只个股上涨，1,500只下跌。",
        "",
        "𠮷田电器😀上涨１．５％，跌幅由２％收窄至１％。\r\n合计。",
    ],
)
def test_what_rounding_explains_or_nobody_claims_passes(audit: Audit, words: str) -> None:
    assert audit(words)[1] == []


@pytest.mark.parametrize("words", SILENT, ids=lambda words: words[:24])
def test_what_only_looks_like_a_fault_passes(audit: Audit, words: str) -> None:
    assert audit(words)[1] == []


@pytest.mark.parametrize(
    ("words", "explanation"),
    [
        ("全国一季度（1-4月）出口同比增长6.1%。", "一季度共3个月，而1-4月长达4个月。"),
        (
            "特斯拉的财年与自然年一致。特斯拉第三季度（截至8月31日的三个月）交付46.3万辆。",
            "按文中的“财年与自然年一致”推算，第三季度截至9月30日前后，而文中写为截至8月31日的三个月。",
        ),
        ("上半年的7月，全国出口同比增长3.7%。", "上半年指的是1月至6月，而文中写为7月。"),
    ],
)
def test_a_quarter_is_held_against_the_year_that_it_is_of(
    audit: Audit, words: str, explanation: str
) -> None:
    _, (finding,) = audit(words)
    assert (finding.rule, finding.explanation) == ("quarter-and-months", explanation)


def test_the_explanation_has_the_arithmetic(audit: Audit) -> None:
    _, (finding,) = audit("上年末为60万吨。库存从60万吨回落到48万吨，环比减少30%。")
    assert finding.explanation == (
        "由60万吨到48万吨，变动为-20.0%，而文中写为30%；"
        "即便计入四舍五入，也只能在-21.49%至-18.49%之间。"
    )


def test_what_is_computed_is_told_with_the_decimals_of_what_is_stated(audit: Audit) -> None:
    _, (finding,) = audit("海豚汽车10月销量由50.27万辆降至43.62万辆，同比下降11.2%。")
    assert "变动为-13.2%，而文中写为11.2%" in finding.explanation
