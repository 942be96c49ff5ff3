"""`--store URL`: the same commands with the graph in a real SPARQL 1.1 store."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Protocol

import pytest
from oxigraph_server import send

import qa.cli  # noqa: F401  (registers the commands)
from kg.remote.endpoints import Endpoints
from qa.cli.program import run

DOC = "great-rotation-2026"
QUESTION = "哪个板块跌得最惨?"
SECRETS = ("YINZHENG_STORE_USER", "YINZHENG_STORE_PASSWORD", "YINZHENG_STORE_TOKEN")


class Yinzheng(Protocol):
    """Runs a command; returns its status, standard output and standard error."""

    def __call__(self, *arguments: str) -> tuple[int, str, str]: ...


@pytest.fixture
def yinzheng(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Yinzheng:
    for name in ("", "_QUERY", "_UPDATE", "_GRAPHS"):
        monkeypatch.delenv(f"YINZHENG_STORE{name}", raising=False)
    for name in SECRETS:
        monkeypatch.delenv(name, raising=False)

    def call(*arguments: str) -> tuple[int, str, str]:
        status = run(arguments)
        told = capsys.readouterr()
        return status, told.out, told.err

    return call


def test_the_commands_say_what_they_say_of_a_home_on_disk(
    yinzheng: Yinzheng, remote: Endpoints, corpus: Path, corpus_home: Path, tmp_path: Path
) -> None:
    here = ("--home", str(tmp_path / "kb"), "--store", remote.url)
    article = corpus / "articles" / f"{DOC}.txt"
    nothing = f"no documents in {remote.url} yet; read some with `yinzheng ingest PATH`"
    assert yinzheng(*here, "docs") == (0, "", f"yinzheng: {nothing}\n")
    assert yinzheng("ingest", str(article), *here) == (0, f"{DOC}: added\n", "")
    assert yinzheng("ingest", str(article), *here) == (0, f"{DOC}: unchanged\n", "")
    for command in (
        ("docs", "--json"),
        ("ask", QUESTION),
        ("export", "citations"),
        ("show", f"{DOC}:10-20"),
        ("sparql", "--saved", "sector-moves"),
        ("sparql", "CONSTRUCT WHERE { ?s a yz:FigureClaim }", "--format", "nt"),
        ("sparql", "--prefixes"),
        ("export", "figures"),
        ("export", "claims", "--format", "csv"),
        ("export", "text", DOC),
        ("export", "network", "--format", "csv"),
        ("path", "美联储", "小盘股"),
    ):
        away, there = yinzheng(*command, *here), yinzheng(*command, "--home", str(corpus_home))
        assert away[0] == there[0] == 0, (command, away)
        assert sorted(away[1].splitlines()) == sorted(there[1].splitlines()), command
    assert yinzheng("validate", *here)[0] == 0
    status, out, _ = yinzheng("doctor", *here, "--json")
    assert (status, [json.loads(line)["ok"] for line in out.splitlines()]) == (0, [True] * 4)
    assert yinzheng("remove", DOC, *here) == (0, f"{DOC}: removed\n", "")
    assert yinzheng("docs", "--json", *here)[1] == ""
    rows = send(remote.url, "GET", "/query?query=ASK%7BGRAPH%3Fg%7B%3Fs+a+%3Chttps%3A%2F%2F"
                "schema.org%2FNewsArticle%3E%7D%7D")  # fmt: skip
    assert json.loads(rows)["boolean"] is False


def test_a_home_on_disk_beside_it_is_another(
    yinzheng: Yinzheng, remote: Endpoints, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a store by URL holds is in no home, and the reverse."""
    home, article = str(tmp_path / "kb"), tmp_path / "甲.txt"
    article.write_text("台积电利润达到160亿美元,同比增长35% [6]。", "utf-8")
    assert yinzheng("ingest", str(article), "--home", home)[0] == 0
    assert yinzheng("docs", "--json", "--home", home, "--store", remote.url)[1] == ""
    monkeypatch.setenv("YINZHENG_STORE", remote.url)
    assert yinzheng("ingest", str(article), "--home", home)[:2] == (0, "甲: added\n")
    assert yinzheng("remove", "甲", "--home", home)[0] == 0
    monkeypatch.delenv("YINZHENG_STORE")
    assert json.loads(yinzheng("docs", "--json", "--home", home)[1])["doc"] == "甲"
    assert "35%" in yinzheng("ask", "台积电利润增长多少?", "--home", home)[1]


def test_another_machine_reads_what_this_one_wrote(
    yinzheng: Yinzheng, remote: Endpoints, tmp_path: Path
) -> None:
    """It has no indexes of it yet: terms come from the graph, and its next write makes them."""
    article = tmp_path / "乙.txt"
    article.write_text("台积电利润达到160亿美元,同比增长35% [6]。", "utf-8")
    store = ("--store", remote.url)
    assert yinzheng("ingest", str(article), "--home", str(tmp_path / "one"), *store)[0] == 0
    other = ("--home", str(tmp_path / "other"), *store)
    assert "35%" in yinzheng("ask", "台积电利润增长多少?", *other)[1]
    assert not (tmp_path / "other").exists(), "reading leaves nothing"
    status, out, _ = yinzheng("doctor", *other)
    assert status == 0 and "built anew for 乙" in out
    assert yinzheng("ingest", str(article), *other)[1] == "乙: unchanged\n"


def test_errors_are_one_line(
    yinzheng: Yinzheng, remote: Endpoints, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = ("--store", remote.url)
    for arguments, message in {
        ("docs", "--store", "http://127.0.0.1:1"): "http://127.0.0.1:1 cannot be reached "
        "(Connection refused); is the store running, and is the URL right?",
        ("docs", "--store", "nonsense"): "'nonsense' is no URL of a store; give one like "
        "http://localhost:7878",
        ("docs", "--store", "http://anna:geheim@127.0.0.1"): "the URL of the store holds a user or"
        " a password; give them as YINZHENG_STORE_USER and YINZHENG_STORE_PASSWORD",
        ("serve", *there): f"{remote.url} serves SPARQL itself, at {remote.query}; "
        "serve is for a knowledge base on this disk",
        ("sparql", "SELECT {", *there): "the query is broken in line 1, column 9, at its end",
        ("sparql", "DROP ALL", *there): "'DROP' is refused: the knowledge base is only read here; "
        "use SELECT, ASK, CONSTRUCT or DESCRIBE",
        ("remove", "甲", *there): "no document '甲' in the knowledge base; it is empty",
        ("ingest", str(tmp_path / "none.txt"), *there): None,
    }.items():  # fmt: skip
        status, out, err = yinzheng(*arguments)
        assert (status, out) == (1, ""), arguments
        assert err.count("\n") == 1 and "geheim" not in err
        assert message is None or err == f"yinzheng: {message}\n"
    monkeypatch.setenv("YINZHENG_STORE_TOKEN", "ge\nheim")
    assert yinzheng("docs", *there)[2] == (
        "yinzheng: the token of the store holds a character that no header can\n"
    )
    monkeypatch.setenv("YINZHENG_STORE_TOKEN", "geheim")
    monkeypatch.setenv("YINZHENG_STORE_USER", "anna")
    assert "both set; unset one" in yinzheng("docs", *there)[2]
    monkeypatch.delenv("YINZHENG_STORE_TOKEN")
    monkeypatch.setenv("YINZHENG_STORE_QUERY", "elsewhere")
    status, _, err = yinzheng("docs", *there)
    assert status == 1 and "no SPARQL 1.1 query endpoint at" in err and "/elsewhere (404)" in err


def test_a_query_that_takes_too_long_is_stopped(yinzheng: Yinzheng, remote: Endpoints) -> None:
    rows = " ".join(f'"{number}"' for number in range(300))
    crossed = " ".join(f"VALUES ?x{place} {{ {rows} }}" for place in range(5))
    query = f"SELECT (COUNT(*) AS ?n) {{ {crossed} FILTER (CONCAT(?x0, ?x1) = ?x2) }}"
    assert yinzheng("sparql", query, "--timeout", "0.3", "--store", remote.url) == (
        1, "", f"yinzheng: {remote.url} gave no answer within 0.3 s\n"
    )  # fmt: skip


def test_without_a_url_no_client_is_loaded(yinzheng: Yinzheng, corpus_home: Path) -> None:
    for module in [name for name in sys.modules if name.startswith("kg.remote.")]:
        del sys.modules[module]
    assert yinzheng("docs", "--home", str(corpus_home))[0] == 0
    assert "kg.remote.client" not in sys.modules
