"""`serve` and `sparql --timeout` from outside."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

PROGRAM = [sys.executable, "-c", "import sys; from qa.cli import main; sys.exit(main())"]
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def yinzheng(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, *arguments], capture_output=True, encoding="utf-8", check=False, timeout=120
    )


def test_a_query_may_be_given_seconds(corpus_home: Path) -> None:
    home = f"--home={corpus_home}"
    query = "SELECT ?d { ?a a schema:NewsArticle ; dcterms:identifier ?d }"
    within, without = (yinzheng(home, "sparql", query, *more) for more in (["--timeout", "30"], []))
    assert within.returncode == 0
    assert "great-rotation-2026" in within.stdout
    assert within.stdout == without.stdout
    csv = yinzheng(home, "sparql", query, "--timeout", "30", "--format", "csv")
    assert csv.stdout.splitlines() == ["d", "great-rotation-2026"]


def test_a_query_without_end_is_stopped(corpus_home: Path) -> None:
    done = yinzheng(f"--home={corpus_home}", "sparql", ENDLESS, "--timeout", "0.3")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "yinzheng: the query was stopped at the time limit of 0.3 s; "
        "narrow it, by name, type or LIMIT\n"
    )


def test_ctrl_c_ends_a_query(corpus_home: Path) -> None:
    """The store hears of no signal while it runs one."""
    started = subprocess.Popen(
        [*PROGRAM, f"--home={corpus_home}", "sparql", ENDLESS],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with pytest.raises(subprocess.TimeoutExpired):
        started.communicate(timeout=3)
    started.send_signal(signal.SIGINT)
    out, _ = started.communicate(timeout=30)
    assert out == b""
    assert started.returncode in (130, -signal.SIGINT)


def test_it_says_where_it_is_and_ends_quietly(corpus_home: Path) -> None:
    with subprocess.Popen(
        [*PROGRAM, f"--home={corpus_home}", "serve", "--port=0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as served:
        assert served.stderr is not None
        line = served.stderr.readline()
        url = line.split(" is served at ")[1].split()[0]
        assert url.startswith("http://127.0.0.1:") and url.endswith("/sparql")
        with urllib.request.urlopen(f"{url}?query=ASK%7B%7D") as answer:
            assert json.load(answer) == {"head": {}, "boolean": True}
        served.send_signal(signal.SIGINT)
        out, err = served.communicate(timeout=30)
    assert (out, err) == ("", "")
    assert served.returncode in (0, 130, -signal.SIGINT)


def test_other_machines_are_a_reason_to_warn(corpus_home: Path) -> None:
    with subprocess.Popen(
        [*PROGRAM, f"--home={corpus_home}", "serve", "--host=0.0.0.0", "--port=0", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as served:
        assert served.stderr is not None and served.stdout is not None
        assert served.stderr.readline() == (
            "yinzheng: whoever reaches 0.0.0.0 over the network can read this knowledge base\n"
        )
        url = json.loads(served.stdout.readline())["url"]
        request = urllib.request.Request(
            url.replace("0.0.0.0", "127.0.0.1") + "?query=ASK%7B%7D",
            headers={"Host": "graph.example"},
        )
        with urllib.request.urlopen(request) as answer:
            assert answer.status == 200
        served.terminate()
        served.communicate(timeout=30)


def test_a_port_that_is_taken_is_named(corpus_home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = yinzheng(f"--home={corpus_home}", "serve", f"--port={port}")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"yinzheng: cannot listen on 127.0.0.1 port {port} (")
    assert "--port" in done.stderr and done.stderr.count("\n") == 1


def test_a_home_that_is_damaged_is_told_before_it_is_served(tmp_path: Path) -> None:
    (tmp_path / "home.json").write_text("{", "utf-8")
    done = yinzheng(f"--home={tmp_path}", "serve", "--port=0")
    assert (done.returncode, done.stdout) == (1, "")
    assert "is damaged" in done.stderr and done.stderr.count("\n") == 1
