"""`--model` on the command line."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

import qa.cli  # noqa: F401  (registers the commands)
from benchmarks.scripted_model import Reply, serving
from qa.cli.program import run

QUESTION = "哪个板块跌得最惨?"
GOOD = "公用事业板块表现最差，跌幅{F1}[1]。"
SAID = "公用事业板块表现最差，跌幅约3.64% [0]。"
BUILTIN = "公用事业板块，跌幅约3.64% [0]。"


@pytest.fixture(autouse=True)
def home(corpus_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YINZHENG_HOME", str(corpus_home))
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("YINZHENG_MODEL_URL", raising=False)


def test_a_model_drafts(capsys: pytest.CaptureFixture[str]) -> None:
    with serving(GOOD) as server:
        assert run(["ask", QUESTION, "--model", "openai:m", "--model-url", server.url]) == 0
    out, err = capsys.readouterr()
    assert out.startswith(SAID + "\n\n  [0] ") and err == ""


def test_the_address_may_be_in_the_environment(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(GOOD) as server:
        monkeypatch.setenv("YINZHENG_MODEL_URL", server.url)
        assert run(["ask", QUESTION, "--model", "openai:m", "--json"]) == 0
        record = json.loads(capsys.readouterr().out)
        assert (record["answer"], record["engine"]) == (SAID, "openai:m")
        assert run(["ask", QUESTION, "--json"]) == 0  # nothing is sent without --model
        assert json.loads(capsys.readouterr().out)["engine"] == "builtin"
        assert len(server.asked) == 1


def test_what_became_of_a_draft_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    replies = [Reply(text=f"{GOOD}公用事业板块跌幅9.87%[1]。"), Reply(text="1：略")] * 2
    with serving(lambda request: replies.pop(0)) as server:
        model = ["--model", "openai:m", "--model-url", server.url]
        note = "（模型稿未全部通过核对：略去1句。）"
        assert run(["ask", QUESTION, *model]) == 0
        assert capsys.readouterr().out.startswith(f"{SAID}\n{note}\n\n")
        assert run(["ask", QUESTION, *model, "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["answer"] == SAID
    assert err == f"yinzheng: {note}\n"


def test_a_failure_is_one_line_and_the_built_in_answer(capsys: pytest.CaptureFixture[str]) -> None:
    hostile = "busy \x1b[31mred\u202e"
    with serving(Reply(status=429, text=hostile)) as server:
        model = ["--model", "openai:m", "--model-url", server.url]
        assert run(["ask", QUESTION, *model, "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["answer"] == BUILTIN
    assert err.count("\n") == 1 and "takes no more requests now" in err
    assert "\x1b" not in err and "\u202e" not in err


@pytest.mark.parametrize(
    ("name", "words"),
    [("mistralai:m", "not installed"), ("openai:m", "cannot be used")],
)
def test_a_model_that_is_not_there_leaves_the_built_in_answer(
    name: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["ask", QUESTION, "--model", name, "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["answer"] == BUILTIN
    assert err.count("\n") == 1 and words in err and "the built-in answers stand" in err


@pytest.mark.parametrize("name", ["", "nobody:m"])
def test_no_model_is_a_wrong_call(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ask", QUESTION, "--model", name]) == 1
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1 and "the model" in err


def test_the_prompt_is_shown_and_nothing_sent(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ask", QUESTION, "--show-prompt", "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["engine"] == "builtin"
    assert "--- system ---" in err and "[1] 公用事业板块，跌幅{F1}" in err and QUESTION in err
    assert run(["ask", "苹果股价涨了多少?", "--show-prompt"]) == 0
    assert "nothing" in capsys.readouterr().err


def test_a_chat_through_a_pipe(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{QUESTION}\n/why\n"))
    with serving(GOOD) as server:
        assert run(["chat", "--model", "openai:m", "--model-url", server.url]) == 0
    out = capsys.readouterr().out
    assert out.startswith(SAID) and "模型所写" in out


def test_sentences_are_shown_as_they_come(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    with serving(Reply(text=GOOD + "通信服务板块下", end="nothing")) as server:
        assert run(["ask", QUESTION, "--model", "openai:m", "--model-url", server.url]) == 0
    out, err = capsys.readouterr()
    assert out.startswith(f"{SAID}\n{BUILTIN}\n\n") and "was cut off" in err
    with serving(GOOD) as server:
        assert run(["ask", QUESTION, "--model", "openai:m", "--model-url", server.url]) == 0
    assert capsys.readouterr().out.startswith(f"{SAID}\n\n  [0] ")


def test_a_set_is_answered_and_a_dead_model_not_asked_for_ever(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = tmp_path / "q.jsonl"
    lines = [json.dumps({"id": str(i), "question": QUESTION, "history": []}) for i in range(6)]
    questions.write_text("\n".join(lines), "utf-8")
    answers = tmp_path / "a.jsonl"
    with serving(Reply(status=404, text="no such model")) as server:
        model = ["--model", "openai:m", "--model-url", server.url]
        assert run(["answer", str(questions), "-o", str(answers), *model]) == 0
        assert len(server.asked) == 3
    err = capsys.readouterr().err
    assert err.count("\n") == 4 and "not asked again" in err
    records = [json.loads(line) for line in answers.read_text("utf-8").splitlines()]
    assert [r["answer"] for r in records] == [BUILTIN] * 6
