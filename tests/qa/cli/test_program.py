"""The program from outside: statuses, one-line errors, and what is not imported."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import partial

import pytest

from qa.cli.app import app

HEAVY = ("chromadb", "langchain", "langchain_core", "spacy", "onnxruntime", "pandas", "numpy")


def yinzheng(
    *arguments: str, stdin: str | None = None, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from qa.cli import main; main()", *arguments],
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **(env or {})},
        check=False,
    )


def assert_one_line(done: subprocess.CompletedProcess[str], status: int, *words: str) -> None:
    assert done.returncode == status, done.stderr
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("yinzheng: ")
    for word in words:
        assert word in done.stderr


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["ask", "--help"]])
def test_help_and_version_load_no_model(arguments: Sequence[str]) -> None:
    probe = (
        "import sys; from qa.cli.program import run; import qa.cli; "
        f"assert run({list(arguments)!r}) == 0; "
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stderr == "[]\n"
    assert done.stdout


def test_version() -> None:
    done = yinzheng("--version")
    assert done.returncode == 0
    assert done.stdout.startswith("yinzheng 0.")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], ["Missing command"]),
        (["aks"], ["'aks'"]),
        (["ask"], ["QUESTION"]),
        (["ask", "甲", "乙"], ["乙"]),
        (["ask", "--colour", "甲"], ["--colour"]),
        (["answer", "q.jsonl"], ["-o"]),
        (["eval"], ["GOLD"]),
        (["eval", "g.jsonl", "--threshold", "f1"], ["'f1' is no threshold"]),
        (["export", "poems"], ["poems"]),
    ],
)
def test_a_wrong_call_is_one_line(arguments: Sequence[str], words: Sequence[str]) -> None:
    assert_one_line(yinzheng(*arguments), 2, *words)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["ask", ""], ["the question is empty"]),
        (["ask", "涨" * 30_000], ["30,000 characters"]),
        (["ask", "涨多少?", "--doc", "none"], ["'none'"]),
        (["show", "none"], ["none"]),
        (["remove", "none"], ["none"]),
        (["ingest", "no-such-path"], ["no-such-path"]),
        (["answer", "no-such.jsonl", "-o", "a.jsonl"], ["no-such.jsonl", "No such file"]),
        (["eval", "no-such.jsonl"], ["no-such.jsonl", "No such file"]),
        (["sparql", "SELEKT ?s"], ["SELECT"]),
        (["sparql", "@no-such.rq"], ["no-such.rq"]),
    ],
)
def test_what_cannot_be_done_is_one_line(arguments: Sequence[str], words: Sequence[str]) -> None:
    assert_one_line(yinzheng(*arguments), 1, *words)


def test_a_question_of_100_000_characters_through_a_pipe() -> None:
    assert_one_line(yinzheng("chat", stdin="涨" * 100_000 + "\n"), 1, "100,000 characters")


def test_every_command_says_what_it_does() -> None:
    for command in app.registered_commands:
        assert command.callback is not None
        assert command.callback.__doc__


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = [sys.executable, "-c", "from qa.cli import main; main()", "--help"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""


def test_an_interrupt_ends_it_without_a_traceback() -> None:
    command = [sys.executable, "-c", "from qa.cli import main; main()", "chat"]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # What a shell starts in the background has it ignored.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(b"/help\n")
        process.stdin.flush()
        assert process.stdout.readline()  # it is up and waits for the next line
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)  # its input stays open: it is the interrupt that ends it
        assert process.stderr is not None
        errors = process.stderr.read()
    assert process.returncode == 130
    assert errors == b""
