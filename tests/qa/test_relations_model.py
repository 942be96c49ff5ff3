"""Relations that a chat model proposes: what is taken, what is refused, what a failure costs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult

from ingest.extract import extract
from ingest.language import build_pipeline
from ingest.lexicon import load_lexicon
from ingest.relations.proposals import ProposalError, with_proposals
from ingest.structure import segment
from kg.convert import to_quads
from kg.errors import InputError
from kg.records import Article, Extraction
from kg.restore import from_quads
from kg.shapes import violations
from qa.knowledge_base import KnowledgeBase
from qa.relations_model import ChatProposer, load_proposer

TEXT = (
    "台积电与苹果签下大单，供应链为之一振。\n\n英伟达跑输了台积电。特斯拉受需求走弱拖累。\n\n"
    "丰田在当地设厂，投资不小。"
)


class Scripted(BaseChatModel):
    """A chat model that says what it is told to, as a call of the schema's tool."""

    says: Any = None
    asked: list[str]

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def bind_tools(self, tools: Sequence[Any], **kwargs: object) -> Scripted:
        return self

    def _generate(self, messages: list[BaseMessage], *args: object, **kwargs: object) -> ChatResult:
        self.asked.append(str(messages[-1].content))
        if isinstance(self.says, Exception):
            raise self.says
        if isinstance(self.says, str):
            message = AIMessage(content=self.says)
        else:
            call = {"name": "relations", "args": self.says, "id": "1", "type": "tool_call"}
            message = AIMessage(content="", tool_calls=[call])
        return ChatResult(generations=[ChatGeneration(message=message)])


def said(*relations: dict[str, Any]) -> dict[str, Any]:
    return {"relations": list(relations)}


def item(sentence: int, kind: str, subject: str, cue: str, object: str) -> dict[str, Any]:
    return {"sentence": sentence, "kind": kind, "subject": subject, "cue": cue, "object": object}


@pytest.fixture(scope="module")
def read() -> Callable[[str], Extraction]:
    nlp = build_pipeline(load_lexicon())

    def reader(text: str) -> Extraction:
        digest = hashlib.sha256(text.encode()).hexdigest()
        article = Article(doc="a", path="/a.txt", text=text, sha256=digest, encoding="utf-8")
        return extract(segment(article), nlp)

    return reader


Read = Callable[[str], Extraction]


def proposed(read: Read, says: object, text: str = TEXT) -> Extraction:
    proposer = ChatProposer(Scripted(says=says, asked=[]), name="scripted:one")
    return with_proposals(read(text), proposer)


def test_what_the_text_bears_out_is_taken_and_marked(read: Read) -> None:
    text = "订单纷至，客户苹果之外，台积电另有英伟达。"
    (relation,) = proposed(read, said(item(1, "supply", "台积电", "客户", "苹果")), text).relations
    assert (relation.kind, relation.subject.entity, relation.object.entity) == (
        "supply", "tsmc", "apple",
    )  # fmt: skip
    assert relation.extractor == "model:scripted:one"
    assert relation.text == relation.span.of(text)


def test_it_goes_through_graph_and_shapes(read: Read) -> None:
    text = "订单纷至，客户苹果之外，台积电另有英伟达。"
    extraction = proposed(read, said(item(1, "supply", "台积电", "客户", "苹果")), text)
    quads = to_quads(extraction)
    assert violations(quads) == ()
    assert from_quads(quads) == extraction


@pytest.mark.parametrize(
    "lie",
    [
        item(3, "performance", "英伟达", "跑输", "台积电"),  # the wrong way round
        item(3, "performance", "英伟达", "超过", "台积电"),  # a word that is not there
        item(3, "performance", "英伟达", "了", "台积电"),  # a word that tells no such thing
        item(3, "performance", "英伟达公司", "跑输", "台积电"),  # a side that is not there
        item(3, "performance", "NVIDIA", "跑输", "台积电"),
        item(1, "supply", "台积电", "供应", "供应链"),  # no company
        item(1, "supply", "大单", "供应", "苹果"),
        item(1, "supply", "台积电", "供应", "苹果"),  # 供应 of 供应链, behind both
        item(3, "cause", "特斯拉", "拖累", "需求走弱"),  # of another sentence
        item(4, "cause", "特斯拉", "拖累", "需求走弱"),  # passive: the wrong way round
        item(9, "performance", "台积电", "跑输", "英伟达"),  # no such sentence
        item(0, "performance", "台积电", "跑输", "英伟达"),
        item(-1, "performance", "台积电", "跑输", "英伟达"),
        item(3, "love", "台积电", "跑输", "英伟达"),
        item(3, "performance", "", "跑输", "英伟达"),
        item(3, "performance", "台积电", "", "英伟达"),
        item(3, "performance", " 台积电", "跑输", "英伟达"),
        item(3, "performance", "台积电", "跑输了台积电。特斯拉受需求走弱", "英伟达"),
        item(3, "cause", "英伟达", "跑输", "台积电"),
        {"sentence": "3", "kind": "performance"},
        {"sentence": 3, "kind": 5, "subject": None, "cue": [], "object": {}},
        "英伟达跑输台积电",
        None,
    ],
)
def test_lies_and_what_is_not_verbatim_are_refused(read: Read, lie: object) -> None:
    found = proposed(read, {"relations": [lie]}).relations
    assert found == read(TEXT).relations


def test_what_the_rules_found_stays_theirs(read: Read) -> None:
    before = read(TEXT).relations
    told = [(r.kind, r.subject.text, r.object.text) for r in before]
    assert ("performance", "台积电", "英伟达") in told
    found = proposed(read, said(item(2, "performance", "台积电", "跑输", "英伟达"))).relations
    assert found == before


@pytest.mark.parametrize(
    ("says", "message"),
    [
        ("这里没有关系。", "'scripted:one'.*; those of the rules stand"),
        ({"relations": "无"}, "which is no list of relations; those of the rules stand"),
        ({"links": []}, "which is no list of relations"),
        ({}, "which is no list of relations"),
        (RuntimeError("503\nquota"), "gave no relations \\(503 quota\\); those of the rules stand"),
        (TimeoutError(), "gave no relations"),
    ],
)
def test_a_failure_is_one_line(read: Read, says: object, message: str) -> None:
    with pytest.raises(ProposalError, match=message) as failed:
        proposed(read, says)
    assert "\n" not in str(failed.value)


def test_sentences_are_sent_in_batches_and_answers_come_back_to_theirs(read: Read) -> None:
    text = "\n\n".join(f"第{i}天，客户苹果之外，台积电另有英伟达。" for i in range(25))
    model = Scripted(says=said(item(5, "supply", "台积电", "客户", "苹果")), asked=[])
    found = with_proposals(read(text), ChatProposer(model, name="m")).relations
    assert len(model.asked) == 2
    assert [r.sentence for r in found] == [4, 24]
    assert all("\n1. 第" in asked for asked in model.asked)


def test_nothing_is_asked_without_the_option(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import qa.relations_model

    def refuse(name: str) -> None:
        raise AssertionError("a model was loaded")

    monkeypatch.setattr(qa.relations_model, "load_proposer", refuse)
    article = tmp_path / "a.txt"
    article.write_text(TEXT, "utf-8")
    with KnowledgeBase.open(tmp_path / "home") as kb:
        assert kb.ingest([article]).refused == ()
        assert {r.extractor for r in kb.extraction("a").relations} == {"rules"}


def test_ingest_takes_the_article_whatever_becomes_of_the_model(tmp_path: Path) -> None:
    text = "订单纷至，客户苹果之外，台积电另有英伟达。"
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text(text, "utf-8")
    bad.write_text(text + "完。", "utf-8")
    says = said(item(1, "supply", "台积电", "客户", "苹果"))
    with KnowledgeBase.open(tmp_path / "home") as kb:
        (report,) = kb.ingest(
            [good], relations=ChatProposer(Scripted(says=says, asked=[]), name="m")
        ).files
        assert (report.status, report.message) == ("added", "")
        assert [r.extractor for r in kb.extraction("good").relations] == ["model:m"]
        (report,) = kb.ingest(
            [bad], relations=ChatProposer(Scripted(says=ValueError("off"), asked=[]), name="m")
        ).files
        assert report.status == "added"
        assert report.message == "the model 'm' gave no relations (off); those of the rules stand"
        assert kb.extraction("bad").relations == ()
        rows = kb.select(
            "SELECT ?name WHERE { ?r a yz:Relation ; prov:wasAttributedTo/skos:prefLabel ?name }"
        )
        assert [row["name"] for row in rows] == ["model:m"]


@pytest.mark.parametrize("name", ["nobody:m", "m", ""])
def test_an_unknown_model_is_one_line(name: str) -> None:
    with pytest.raises(InputError, match=r"the model (of the|')") as failed:
        load_proposer(name)
    assert "\n" not in str(failed.value)


def test_the_prompt_shows_the_sentences_and_only_them(read: Read) -> None:
    model = Scripted(says=said(), asked=[])
    with_proposals(
        read("登录后可使用\n\n台积电的业绩推动ASML股价上涨。"), ChatProposer(model, name="m")
    )
    assert "1. 台积电的业绩推动ASML股价上涨。" in model.asked[0]
    assert json.dumps(model.asked).count("ASML") == 1
