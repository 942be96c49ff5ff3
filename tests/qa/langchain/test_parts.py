"""What the parts give, beyond what LangChain's standard tests ask."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from functools import reduce
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from langchain_core.documents import Document
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage
from langchain_core.runnables.utils import AddableDict

from kg.errors import InputError
from qa.answering import answer
from qa.interchange import answer_from_record
from qa.knowledge_base import KnowledgeBase
from qa.langchain import (
    ArticleLoader,
    AskTool,
    Gate,
    GroundedAnswer,
    KnowledgeRetriever,
    SentenceSplitter,
    SparqlTool,
)
from qa.records import Question
from tests.qa.langchain.conftest import ARTICLE

QUESTION = "哪个板块跌得最惨?"
SAID = "公用事业板块表现最差，跌幅约3.64% [0]。"


def fake(*texts: str) -> GenericFakeChatModel:
    return GenericFakeChatModel(messages=iter([AIMessage(content=text) for text in texts]))


def test_the_loader_gives_the_stored_text(kb: KnowledgeBase) -> None:
    (document,) = ArticleLoader(ARTICLE.parent).load()
    assert document.page_content == kb.text("great-rotation-2026")
    assert document.metadata["title"].startswith("大轮动")
    assert document.metadata["tickers"] == ["MU", "TSM"]
    assert json.loads(json.dumps(document.metadata)) == document.metadata


def test_the_loader_names_what_it_cannot_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gone\.txt"):
        ArticleLoader(tmp_path / "gone.txt").load()
    (tmp_path / "empty.txt").write_bytes(b"")
    with pytest.raises(InputError, match=r"empty\.txt"):
        ArticleLoader([str(tmp_path / "empty.txt")]).load()


def test_other_encodings_and_line_ends(tmp_path: Path) -> None:
    text = "标题\r\n\r\n𠮷野家上涨3%😀。\r\n它的利润为２亿元。[1]\r\n"
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode("gb18030"))
    (document,) = ArticleLoader(path).load()
    assert (document.page_content, document.metadata["encoding"]) == (text, "gb18030")
    for chunk in SentenceSplitter().split_documents([document]):
        place = slice(chunk.metadata["start_index"], chunk.metadata["end_index"])
        assert text[place] == chunk.page_content


def test_chunks_are_sentences_of_one_paragraph() -> None:
    (document,) = ArticleLoader(ARTICLE).load()
    single = SentenceSplitter().split_documents([document])
    joined = SentenceSplitter(chunk_size=200).split_documents([document])
    assert len(joined) < len(single)
    assert max(len(chunk.page_content) for chunk in joined) <= 200
    for chunk in joined:
        assert "\n\n" not in chunk.page_content
        place = slice(chunk.metadata["start_index"], chunk.metadata["end_index"])
        assert document.page_content[place] == chunk.page_content
        assert chunk.metadata["doc"] == "great-rotation-2026"
    assert not any("登录后即可使用" in chunk.page_content for chunk in single)


def test_texts_and_overlap() -> None:
    splitter = SentenceSplitter()
    assert splitter.split_text("甲公司上涨3%。乙公司下跌2%。") == [
        "甲公司上涨3%。",
        "乙公司下跌2%。",
    ]
    made = splitter.create_documents(["甲公司上涨3%。", "乙公司下跌2%。"], [{"n": 1}, {"n": 2}])
    assert [(d.page_content, d.metadata["n"]) for d in made] == [
        ("甲公司上涨3%。", 1),
        ("乙公司下跌2%。", 2),
    ]
    with pytest.raises(ValueError, match="do not overlap"):
        SentenceSplitter(chunk_size=100, chunk_overlap=10)


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.sampled_from("甲涨跌3.%。！\n\r[1]【】“” 　😀𠮷A,，"), max_size=120),
    st.integers(1, 60),
)
def test_every_chunk_is_where_it_says(text: str, size: int) -> None:
    end = 0
    for chunk in SentenceSplitter(chunk_size=size).split_documents([Document(page_content=text)]):
        place = slice(chunk.metadata["start_index"], chunk.metadata["end_index"])
        assert text[place] == chunk.page_content
        assert place.start >= end
        end = place.stop


@pytest.mark.parametrize("mode", ["hybrid", "graph", "vectors", "terms"])
def test_what_is_retrieved_is_the_sources_wording(mode: str, kb: KnowledgeBase) -> None:
    retriever = KnowledgeRetriever(kb=kb, k=4, mode=mode)  # type: ignore[arg-type]
    found = retriever.invoke("台积电第四季度的利润")
    assert len(found) == 4
    for document in found:
        about = document.metadata
        assert kb.text(about["doc"])[about["start"] : about["end"]] == document.page_content
    assert any("160亿美元" in document.page_content for document in found)


def test_the_graph_finds_what_shares_no_word_with_the_question(kb: KnowledgeBase) -> None:
    # It is told of 台积电's chief by name and of 它 the company in sentences of their own.
    found = KnowledgeRetriever(kb=kb, k=8, mode="graph").invoke("TSM")
    assert {"台积电" in document.page_content for document in found} >= {True}
    assert len({document.id for document in found}) == 8


def test_a_retriever_of_some_documents(kb: KnowledgeBase) -> None:
    from kg.errors import UnknownDocumentError

    with pytest.raises(UnknownDocumentError, match="nowhere"):
        KnowledgeRetriever(kb=kb, docs=["nowhere"]).invoke(QUESTION)


@pytest.mark.parametrize("mode", ["hybrid", "graph"])
def test_an_empty_knowledge_base_finds_nothing(mode: str, tmp_path: Path) -> None:
    retriever = KnowledgeRetriever(kb=tmp_path / "home", mode=mode)  # type: ignore[arg-type]
    assert retriever.invoke(QUESTION) == []


def test_the_tool_answers_as_ask_does(kb: KnowledgeBase) -> None:
    call = {"name": "yinzheng_ask", "args": {"question": QUESTION}, "id": "1", "type": "tool_call"}
    message = AskTool(kb=kb).invoke(call)
    record = message.artifact
    assert answer_from_record(record).answer == answer(Question(text=QUESTION), kb).answer
    assert message.content.splitlines()[0] == record["answer"]
    assert "[0] 公用事业板块跌幅约3.64%" in message.content


def test_faults_are_told_to_the_agent(kb: KnowledgeBase) -> None:
    assert "the question is empty" in AskTool(kb=kb).invoke({"question": "  "})
    tool = SparqlTool(kb=kb)
    assert "line 1" in tool.invoke({"query": "SELECT ?x { "})
    for harm in ("DROP ALL", "INSERT DATA { <a:b> <a:c> 1 }", "LOAD <http://a.example/>"):
        assert "\n" not in tool.invoke({"query": harm})
    assert "SERVICE" in tool.invoke(
        {"query": "SELECT * { SERVICE <http://a.example/> { ?s ?p ?o } }"}
    )


def test_a_long_result_is_cut_and_says_so(kb: KnowledgeBase) -> None:
    told = SparqlTool(kb=kb).invoke({"query": "SELECT * { ?s ?p ?o }"})
    assert len(told) < 21_000 and told.endswith("(cut; ask for less with LIMIT)")


def test_without_a_model_the_chain_is_the_built_in_engine(kb: KnowledgeBase) -> None:
    chain = GroundedAnswer(kb=kb)
    assert chain.invoke(QUESTION)["answer"] == answer(Question(text=QUESTION), kb).answer
    both = chain.batch([QUESTION, {"question": "那通信服务呢?", "history": ["公用事业跌了多少?"]}])
    assert [record["engine"] for record in both] == ["builtin"] * 2
    assert "1.06%" in both[1]["answer"]
    with pytest.raises(InputError, match="the question is empty"):
        chain.invoke("")


def test_the_pieces_of_a_stream_add_up_to_the_record(kb: KnowledgeBase) -> None:
    def record(pieces: list[AddableDict]) -> dict[str, object]:
        return {**reduce(lambda one, other: one + other, pieces), "elapsed_ms": 0}

    draft = "公用事业板块表现最差，跌幅{F1}[1]。科技板块打破了多年来的领涨纪录[3]。"
    whole = GroundedAnswer(kb=kb, model=fake(draft)).invoke(QUESTION) | {"elapsed_ms": 0}
    pieces = list(GroundedAnswer(kb=kb, model=fake(draft)).stream(QUESTION))
    assert pieces[0] == {"answer": SAID} and len(pieces) == 3
    assert record(pieces) == whole

    async def asked() -> list[AddableDict]:
        chain = GroundedAnswer(kb=kb, model=fake(draft))
        return [piece async for piece in chain.astream(QUESTION)]

    assert record(asyncio.run(asked())) == whole
    again = GroundedAnswer(kb=kb, model=fake(draft))
    assert asyncio.run(again.ainvoke(QUESTION)) | {"elapsed_ms": 0} == whole


def test_a_model_that_lies_is_not_heard(kb: KnowledgeBase) -> None:
    chain = GroundedAnswer(kb=kb, model=fake("科技板块跌幅{F1}[1]。", "1：科技板块跌幅{F1}[1]。"))
    record = chain.invoke(QUESTION)
    assert (record["engine"], record["answer"]) == ("builtin", "公用事业板块，跌幅约3.64% [0]。")


def test_many_threads_ask_one_knowledge_base(kb: KnowledgeBase) -> None:
    chain, retriever = GroundedAnswer(kb=kb), KnowledgeRetriever(kb=kb, mode="graph")
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(chain.invoke, [QUESTION] * 8))
        found = list(pool.map(retriever.invoke, [QUESTION] * 8))
    assert len({record["answer"] for record in answers}) == 1
    assert len({tuple(d.id for d in each) for each in found}) == 1


def test_the_gate_takes_answers_of_every_form(kb: KnowledgeBase) -> None:
    gate = Gate(kb=kb)
    (claim,) = gate.invoke(GroundedAnswer(kb=kb).invoke(QUESTION))
    assert (claim["verdict"], claim["citations"]) == ("supported", ["0"])
    (claim,) = gate.invoke("公用事业板块上涨约3.64% [0]。")
    assert claim["verdict"] == "refuted" and claim["reason"]
    sample = {"response": "甲公司上涨3%。", "retrieved_contexts": ["甲公司上涨3%。"]}
    (claim,) = asyncio.run(Gate().ainvoke(sample))
    assert claim["verdict"] == "supported"
    assert (GroundedAnswer(kb=kb) | gate).invoke(QUESTION)[0]["verdict"] == "supported"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("甲上涨3%。", "needs a knowledge base, or passages"),
        ({"response": "甲"}, "retrieved_contexts"),
    ],
)
def test_the_gate_needs_evidence(asked: str | dict[str, object], words: str) -> None:
    with pytest.raises(InputError, match=words):
        Gate().invoke(asked)
