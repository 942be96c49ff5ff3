"""Questions to web pages, Markdown, tables and traditional articles, from file to answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.answering import answer
from qa.knowledge_base import KnowledgeBase
from qa.records import Answer, Question

MARKDOWN = """# 小盘股周报：价值股领跑

发布时间：2026年2月3日

**罗素2000指数**年初至今上涨**7.0%**，跑赢[标普500](https://example.com/spx)[0]。

### 估值差异

是本轮轮动的主要驱动因素，小盘股市盈率较其20年平均水平低**27%**[4]。

| 公司 | 营业收入（亿元） | 同比 |
| --- | --- | --- |
| 五粮液 | 862.7 | -3.3% |
| 泸州老窖 | 289.4 | -7.2% |

数据来源：[2]
"""
PAGE = """<html><head><meta charset="gb2312"><title>星海重工公布业绩</title></head><body>
<nav><a href="/">首页</a></nav><article><h1>星海重工公布业绩</h1>
<p>星海重工2025年实现营业收入120.5亿元，同比增长8.1%<sup>3</sup>。</p>
<p>公司预计2026年资本开支为20亿元<sup>[1]</sup>。</p></article></body></html>"""
TABLE = (
    "实体,指标,期间,数值,单位,来源\n"
    '远帆航运,营业收入,2025年第四季度,"1,944",亿元,公司年报\n'
    "远帆航运,毛利率,2025年,31.5,%,\n"
    "长河证券,净利润,2025年,-3.5,亿元,[5]\n"
)
TRADITIONAL = (
    "銀湖電子業績快報\n\n2026年1月20日\n\n銀湖電子第四季度淨利潤為16億港元，同比增長35% [6]。"
    "行政總裁陳大文表示：「訂單能見度已到年底。」[6]\n"
)


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    folder = tmp_path_factory.mktemp("formats")
    (folder / "weekly.md").write_text(MARKDOWN, "utf-8")
    (folder / "page.html").write_bytes(PAGE.encode("gb18030"))
    (folder / "mine.csv").write_text(TABLE, "utf-8")
    (folder / "silver.txt").write_text(TRADITIONAL, "utf-8")
    knowledge = KnowledgeBase.open(folder / "home")
    report = knowledge.ingest([folder])
    assert [(file.doc, file.status) for file in report.files] == [
        ("mine", "added"),
        ("page", "added"),
        ("silver", "added"),
        ("weekly", "added"),
    ]
    return knowledge


def ask(kb: KnowledgeBase, question: str, *docs: str) -> Answer:
    found = answer(Question(text=question), kb, docs=docs or None)
    for source in found.sources:
        assert kb.text(source.doc)[source.start : source.end] == source.text
    return found


@pytest.mark.parametrize(
    ("question", "value", "mark"),
    [
        ("罗素2000指数年初至今涨了多少？", "7.0%", "[0]"),
        ("五粮液营业收入是多少？", "862.7亿元", "[2]"),
        ("星海重工2025年营业收入多少？", "120.5亿元", "[3]"),
        ("远帆航运第四季度营收是多少？", "1,944亿元", "[¶2]"),
        ("远帆航运毛利率多少？", "31.5%", "[¶3]"),
        ("长河证券2025年亏损多少？", "3.5亿元", "[5]"),
        ("银湖电子第四季度净利润是多少？", "16億港元", "[6]"),
        ("銀湖電子第四季度淨利潤同比增長多少？", "35%", "[6]"),
        ("遠帆航運毛利率多少？", "31.5%", "[¶3]"),
    ],
)
def test_answers(kb: KnowledgeBase, question: str, value: str, mark: str) -> None:
    found = ask(kb, question)
    assert value in found.answer
    assert mark in found.answer
    assert "**" not in found.answer


def test_a_row_is_the_evidence(kb: KnowledgeBase) -> None:
    (source,) = ask(kb, "远帆航运第四季度营收是多少？", "mine").sources
    assert source.text == '远帆航运,营业收入,2025年第四季度,"1,944",亿元,公司年报'
    assert source.ref == "[¶2]"


def test_reading_again_changes_nothing(kb: KnowledgeBase) -> None:
    folder = Path(kb.home).parent
    assert {file.status for file in kb.ingest([folder]).files} == {"unchanged"}


def test_the_extracted_text_is_stored(kb: KnowledgeBase) -> None:
    assert kb.text("page") == (
        "# 星海重工公布业绩\n\n星海重工2025年实现营业收入120.5亿元，同比增长8.1%[3]。\n\n"
        "公司预计2026年资本开支为20亿元[1]。\n"
    )
    assert kb.extraction("page").document.article.media == "text/html"
