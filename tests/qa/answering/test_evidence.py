"""What stands behind an answer: references, passages, claims, the query; and its being gone."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeAlias

import pytest

from kg.errors import UnknownDocumentError
from qa.answering import answer
from qa.answering.references import Evidence, best_mention, mark, of_fact, source
from qa.answering.view import DocumentView, Fact
from qa.knowledge_base import KnowledgeBase
from qa.records import Answer, Question

GR = "great-rotation-2026"
Asking: TypeAlias = Callable[..., Answer]
defect = partial(pytest.mark.xfail, strict=True, raises=AssertionError)


def test_a_source_is_the_sentence_as_it_stands(ask: Asking, kb: KnowledgeBase) -> None:
    got = ask(GR, "哪个板块跌得最惨?")
    (source_,) = got.sources
    text = kb.text(GR)
    words = "公用事业板块跌幅约3.64%,表现最差,通信服务板块下跌1.06%,医疗保健板块下跌0.51% [0]。"
    assert source_.text == words
    assert (source_.start, source_.end) == (text.index(words), text.index(words) + len(words))
    assert (source_.ref, source_.doc, source_.citations) == ("[0]", GR, ("0",))


def test_adjacent_marks_are_printed_together(check: Asking) -> None:
    got = check(GR, "小盘股跑赢大盘股多少个基点？", ["400个基点"], "3 7")
    assert "[3][7]" in got.answer
    got = check("qinglan", "起重机械的毛利率是多少？", ["24.1%"], "1 4")
    assert "[1][4]" in got.answer


@pytest.mark.parametrize(
    ("doc", "question", "words"),
    [
        (GR, "为什么说台积电有地缘政治风险", "给台积电带来了特定风险"),
        ("carmakers", "理想股价跌了多少？", "理想汽车股价下跌4.2%"),
        ("qinglan", "生产基地情况如何？", "生产基地满负荷运转"),
    ],
)
def test_a_passage_without_a_number_is_cited_by_its_block(
    check: Asking, kb: KnowledgeBase, doc: str, question: str, words: str
) -> None:
    got = check(doc, question, [words], "")
    blocks = re.split(r"\n[ \t]*\n[\s]*", kb.text(doc).strip())  # what blank lines divide, from 1
    number = next(n for n, block in enumerate(blocks, 1) if words in block)
    assert f"[¶{number}]" in got.answer
    assert got.sources[0].ref == f"[¶{number}]"
    assert got.sources[0].citations == ()


@pytest.mark.parametrize(
    ("doc", "question", "wanted", "citations"),
    [  # told twice: by [6] and by [5][6]; by [0] and by [0][2]; by [2] and by [1][2]
        (GR, "台积电2025年第四季度利润是多少？", ["160亿美元"], "6"),
        (GR, "罗素2000指数年初至今涨了多少？", ["7.0%"], "0"),
        (GR, "华丽七巨头年初至今整体跌了多少？", ["1.4%"], "2"),
        ("carmakers", "零跑汽车2月交付多少辆？", ["36,400辆"], "2"),
        ("carmakers", "小鹏汽车2月交付多少辆？", ["31,200辆"], "1"),
    ],
)
def test_of_several_mentions_the_one_with_the_fewest_references_is_cited(
    check: Asking, doc: str, question: str, wanted: list[str], citations: str
) -> None:
    check(doc, question, wanted, citations)


@pytest.mark.parametrize(
    ("doc", "question", "printed"),
    [
        (GR, "台积电2025年第四季度利润是多少？", {"160亿美元"}),
        (GR, "美光和台积电，年初至今谁涨得多？", {"约18%", "约12%"}),
        (GR, "房地产板块与公用事业板块的涨跌幅相差多少？", {"约0.80%", "约3.64%"}),
        ("qinglan", "哪块业务的毛利率最高？", {"27.4%", "24.1%", "19.8%", "12.9%"}),
        ("carmakers", "哪些车企股价下跌？", {"4.2%", "2.8%"}),
    ],
)
def test_the_query_runs_and_returns_the_figures_used(
    ask: Asking, kb: KnowledgeBase, doc: str, question: str, printed: set[str]
) -> None:
    got = ask(doc, question)
    rows = kb.select(got.query)
    assert printed <= {row["printed"] for row in rows}
    for row in rows:
        assert row["doc"] == doc
        assert kb.text(doc)[int(str(row["start"])) : int(str(row["end"]))] == row["printed"]
    values = [row["value"] for row in rows if row.get("value") is not None]
    assert values == sorted(values, reverse=True)


def test_claims_are_the_sentences_of_the_answer(ask: Asking) -> None:
    got = ask(GR, "台积电2025年第四季度利润是多少,同比增长多少?")
    assert "".join(claim.text for claim in got.claims) == got.answer
    assert {claim.citations for claim in got.claims} == {("6",)}
    bullets = ask(GR, "哪些板块下跌了？")
    assert [f"- {claim.text}" for claim in bullets.claims] == bullets.answer.split("\n")


def test_an_answer_says_who_made_it_and_for_which_question(kb: KnowledgeBase) -> None:
    got = answer(Question(text="哪个板块跌得最惨?", id="q7"), kb, docs=[GR])
    assert (got.id, got.engine, got.doc, got.abstained) == ("q7", "builtin", GR, False)
    assert got.elapsed_ms > 0


def test_the_same_question_gets_the_same_answer(ask: Asking) -> None:
    first, second = (ask("*", "青岚重工净利润是多少？") for _ in range(2))
    assert (first.answer, first.sources, first.query) == (
        second.answer,
        second.sources,
        second.query,
    )


# Several documents


@pytest.mark.parametrize(
    ("question", "doc", "wanted"),
    [
        ("青岚重工2025年营业收入是多少？", "qinglan", "128.6亿元"),
        ("小鹏汽车股价涨了多少？", "carmakers", "6.5%"),
        ("美元兑日元是多少？", "yen", "155.80"),
        ("台积电2025年第四季度利润是多少？", GR, "160亿美元"),
        ("植田和男说了什么？", "yen", "继续加息"),
        ("比亚迪2月销量为什么下降？", "carmakers", "春节"),
    ],
)
def test_of_all_documents_the_right_one_answers(
    check: Asking, question: str, doc: str, wanted: str
) -> None:
    assert check("*", question, [wanted]).doc == doc


def test_only_the_chosen_documents_are_asked(ask: Asking, check: Asking) -> None:
    assert ask("yen", "台积电2025年第四季度利润是多少？").abstained
    assert check(f"yen {GR}", "台积电2025年第四季度利润是多少？", ["160亿美元"]).doc == GR


def test_an_unknown_document_is_named(kb: KnowledgeBase) -> None:
    with pytest.raises(UnknownDocumentError, match=r"no document 'nowhere'"):
        answer(Question(text="台积电涨了多少？"), kb, docs=["nowhere"])


ACROSS = "nothing is subtracted or ranked across documents"


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("日经225和罗素2000哪个涨得多？", ["7.0%", "2.3%"]),
        pytest.param(
            "小鹏股价比日经225多涨几个百分点？", ["4.2个百分点"], marks=defect(reason=ACROSS)
        ),
        ("日经225涨了多少？台积电涨了多少？", ["2.3%", "12%"]),
        pytest.param("哪个指数涨得最多？", ["罗素2000", "7.0%"], marks=defect(reason=ACROSS)),
    ],
)
def test_several_documents_answer_together(check: Asking, question: str, wanted: list[str]) -> None:
    got = check("*", question, wanted)
    if len({s.doc for s in got.sources}) > 1:
        assert got.doc is None
        assert "[yen:3]" in got.answer


def test_all_documents_are_listed(check: Asking) -> None:
    check("*", "有哪些文章？", ["日元周评", "大轮动", "青岚重工", "新能源车"])


def test_a_refusal_denies_no_name_that_a_document_holds(ask: Asking) -> None:
    got = ask("*", "日经225和罗素2000的市盈率是多少？")
    assert got.abstained
    assert "没有提到日经225" not in got.answer
    assert "没有提到罗素2000" not in got.answer


# References as they are printed


def figures_of(kb: KnowledgeBase, doc: str, subject: str) -> list[Fact]:
    view = DocumentView(kb.extraction(doc))
    return [fact for fact in view.facts if fact.figure.subject == subject]


def test_marks_of_one_document_are_bare_once_each_and_sorted(kb: KnowledgeBase) -> None:
    micron = figures_of(kb, GR, "美光科技")
    evidence = [of_fact(fact) for fact in reversed(micron)]
    assert mark(evidence + evidence, several=False) == " [1][5][6]"
    assert mark([], several=False) == ""


def test_marks_of_several_documents_name_the_document(kb: KnowledgeBase) -> None:
    evidence = [
        of_fact(figures_of(kb, "yen", "日经225指数")[0]),
        of_fact(figures_of(kb, "carmakers", "理想汽车")[-1]),  # no number: [¶11]
        of_fact(figures_of(kb, GR, "罗素2000指数")[0]),
    ]
    printed = mark(evidence, several=True)
    assert printed == " [carmakers:¶11][great-rotation-2026:0][yen:3]"
    assert source(evidence[0], several=True).ref == "[yen:3]"
    assert source(evidence[1], several=False).ref == "[¶11]"
    numbered = source(evidence[0], several=False)
    assert numbered.citations == ("3",)
    assert kb.text("yen")[numbered.start : numbered.end] == numbered.text


def test_numbers_are_sorted_as_numbers(kb: KnowledgeBase) -> None:
    from dataclasses import replace

    from kg.records import Support

    item = of_fact(figures_of(kb, GR, "美光科技")[0])
    many = Evidence(
        item.view, item.span, item.block, Support(citations=("10", "9", "2"), scope="direct")
    )
    assert mark([many], several=False) == " [2][9][10]"
    none = replace(many, support=Support(citations=(), scope="none"))
    assert mark([none, many], several=False).startswith(" [2][9][10][¶")


def test_the_fewest_references_win_but_some_before_none(kb: KnowledgeBase) -> None:
    profit = [f for f in figures_of(kb, GR, "台积电") if f.figure.metric == "profit"]
    assert [f.figure.support.citations for f in profit] == [("6",), ("5", "6")]
    assert best_mention(reversed(profit)) is profit[0]
    shares = figures_of(kb, "carmakers", "理想汽车")
    assert shares[-1].figure.support.citations == ()
    assert best_mention([shares[-1], *profit]) is profit[0]


# A document goes


def test_after_removal_the_question_is_refused(tmp_path: Path, articles: tuple[Path, ...]) -> None:
    yen = next(path for path in articles if path.stem == "yen")
    asked = Question(text="美元兑日元是多少？")
    home = tmp_path / "kb"
    with KnowledgeBase.open(home) as reader, KnowledgeBase.open(home) as writer:
        assert answer(asked, reader).abstained
        assert not writer.ingest([yen]).refused
        assert "155.80" in answer(asked, reader).answer
        writer.remove(["yen"])
        gone = answer(asked, reader)
    assert gone.abstained
    assert gone.answer == "无法回答：知识库里没有文档。"
    assert (gone.sources, gone.claims, gone.citations) == ((), (), ())
