"""The chat on the project's own corpus, without a terminal."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import InputError
from qa.cli.chat import COMMANDS, Conversation, completions, names_of, read_pipe, reply
from qa.cli.terminal import say
from qa.knowledge_base import KnowledgeBase

QUESTION = "哪个板块跌得最惨?"


@pytest.fixture
def talk(corpus_home: Path) -> Iterator[Conversation]:
    with KnowledgeBase.open(corpus_home) as kb:
        yield Conversation(kb=kb)


def said(talk: Conversation, line: str) -> str:
    text = reply(talk, line)
    assert text is not None
    return text


def test_an_answer_stands_above_its_sources(talk: Conversation) -> None:
    head, _, sources = said(talk, QUESTION).partition("\n\n")
    assert "公用事业" in head and "3.64%" in head and "[0]" in head
    assert sources.startswith("  [0] ") and "3.64%" in sources


def test_questions_are_remembered_in_order(talk: Conversation) -> None:
    said(talk, QUESTION)
    said(talk, "  台积电2025年第四季度利润是多少? ")
    assert talk.questions == [QUESTION, "台积电2025年第四季度利润是多少?"]


def test_sources_mark_the_passage_in_its_paragraph(
    talk: Conversation, capsys: pytest.CaptureFixture[str]
) -> None:
    said(talk, QUESTION)
    assert talk.last is not None
    say(said(talk, "/sources"))
    assert f"⟦{talk.last.sources[0].text}⟧" in capsys.readouterr().out


def test_why_shows_the_claims_and_the_query(talk: Conversation) -> None:
    said(talk, QUESTION)
    assert "supported: " in said(talk, "/why")


def test_sparql_runs_a_query(talk: Conversation) -> None:
    assert "42" in said(talk, "/sparql SELECT (6 * 7 AS ?n) WHERE {}")


def test_open_shows_what_rests_on_a_source(talk: Conversation) -> None:
    shown = said(talk, "/open 0")
    assert "文章没有列出这个来源的条目" in shown
    assert "3.64%" in shown
    assert said(talk, "/open [0]") == shown
    doc = talk.kb.documents()[0].doc
    assert said(talk, f"/open {doc}:0") == shown


def test_open_shows_a_passage(talk: Conversation) -> None:
    doc = talk.kb.documents()[0].doc
    blocks = [block for block in talk.kb.text(doc).split("\n\n") if block.strip()]
    assert blocks[0].split("\n")[0].strip() in said(talk, "/open ¶1")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("/why", "nothing has been answered yet"),
        ("/sources", "nothing has been answered yet"),
        ("/sparql", "nothing has been answered yet"),
        ("/open", "wants a source or passage number"),
        ("/open five", "not 'five'"),
        ("/open 999", r"no \[999\]"),
        ("/opne 5", "no command /opne; there are /help, /docs"),
        ("涨" * 2_001, "2,001 characters"),
    ],
)
def test_what_cannot_be_done(talk: Conversation, line: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        reply(talk, line)
    assert talk.questions == []


def test_help_tells_every_command(talk: Conversation) -> None:
    lines = said(talk, "/help").splitlines()
    assert [line.split()[0] for line in lines] == [*COMMANDS, "/quit"]
    assert all(len(line.split()) > 1 for line in lines)


def test_quit_ends_it(talk: Conversation) -> None:
    assert reply(talk, "/quit") is None


def test_a_pipe_goes_on_after_a_line_that_cannot_be_answered(
    talk: Conversation, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = io.StringIO(f"{'涨' * 9_999}\n\n{QUESTION}\r\n/quit\n{QUESTION}\n")
    assert not read_pipe(talk, lines, as_json=False)
    out, err = capsys.readouterr()
    assert out.count("公用事业") >= 1
    assert "9,999 characters" in err
    assert talk.questions == [QUESTION]


def test_a_pipe_of_json(talk: Conversation, capsys: pytest.CaptureFixture[str]) -> None:
    assert read_pipe(talk, [QUESTION, QUESTION], as_json=True)
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [record["question"] for record in records] == [QUESTION, QUESTION]
    assert records[0]["citations"] == ["0"]


def test_an_open_chat_sees_what_another_process_removes(tmp_path: Path) -> None:
    article = tmp_path / "行情.txt"
    article.write_text("公用事业板块下跌3.64%[0]。科技板块下跌1.2%[0]。\n", "utf-8")
    home = tmp_path / "own"
    with KnowledgeBase.open(home) as writer, KnowledgeBase.open(home) as reader:
        talk = Conversation(kb=reader)
        assert "没有文档" in said(talk, "/docs")
        assert not writer.ingest([article]).refused
        assert "3.64%" in said(talk, "公用事业板块跌了多少?")
        writer.remove(["行情"])
        assert "3.64%" not in said(talk, "公用事业板块跌了多少?")
        assert talk.last is not None and talk.last.abstained


def test_a_conversation_is_taken_up_again(talk: Conversation, tmp_path: Path) -> None:
    talk.kept = tmp_path / "last.json"
    with pytest.raises(InputError, match="no conversation is kept"):
        reply(talk, "/resume")
    said(talk, QUESTION)
    later = Conversation(kb=talk.kb, kept=talk.kept)
    assert QUESTION in said(later, "/resume")
    assert "3.64%" in said(later, "跌了多少?")


def test_names_are_completed_from_what_is_typed(talk: Conversation) -> None:
    names = names_of(talk)
    assert ("通信服务板块", 3) in completions("那通信服", names)
    assert not any(name == "罗素2000指数" for name, _ in completions("通信服", names))
    assert completions("", names) == []
    assert completions("罗素2000指", ["罗素2000指数", "罗素"]) == [("罗素2000指数", 7)]
