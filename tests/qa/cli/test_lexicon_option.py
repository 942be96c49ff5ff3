"""``ingest --lexicon``: the user's own names, kept with the home, through the commands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Protocol

import pytest

import qa.cli  # noqa: F401  (registers the commands)
from qa.cli.program import run

HEADER = "id,type,zh,en,aliases,ambiguous,tickers\n"
ARTICLE = "收盘\n\n晨雾发布季报，净利润为3.2亿元，同比增长21%[0]。\n"


class Yinzheng(Protocol):
    """Runs a command that must end with *status*: its output, and what it warned of."""

    def __call__(self, *arguments: str | Path, status: int = 0) -> tuple[str, str]: ...


@pytest.fixture
def yinzheng(own_home: Path, capsys: pytest.CaptureFixture[str]) -> Yinzheng:
    def call(*arguments: str | Path, status: int = 0) -> tuple[str, str]:
        code = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        assert code == status, captured.err
        return captured.out, captured.err

    return call


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "季报.txt"
    path.write_text(ARTICLE, "utf-8")
    return path


def table(path: Path, *rows: str) -> Path:
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows), "utf-8")
    return path


def entities(yinzheng: Yinzheng) -> dict[str, str]:
    """Names of the entities that the documents speak of, each with its id."""
    query = (
        "SELECT ?n ?e WHERE { GRAPH ?g { ?d a yz:DocumentEntity ; yz:name ?n ; yz:denotes ?e } }"
    )
    out, _ = yinzheng("sparql", query, "--json")
    rows = json.loads(out)["results"]["bindings"]
    return {row["n"]["value"]: str(row["e"]["value"]).rpartition("/")[2] for row in rows}


def test_own_names_are_read_and_kept(yinzheng: Yinzheng, article: Path, tmp_path: Path) -> None:
    own = table(tmp_path / "own.csv", "mist,company,晨雾科技,Mist,晨雾,,XHKG 09999")
    out, err = yinzheng("ingest", article, "--lexicon", own)
    assert out == "季报: added\n" and err == ""
    assert entities(yinzheng)["晨雾"] == "mist"

    second = tmp_path / "续报.txt"
    second.write_text(ARTICLE.replace("收盘", "续报"), "utf-8")
    own.unlink()
    out, err = yinzheng("ingest", second, article)
    assert out.splitlines() == ["续报: added", "季报: unchanged"] and err == ""
    assert set(entities(yinzheng).values()) == {"mist"}


def test_another_lexicon_reads_unchanged_files_anew(
    yinzheng: Yinzheng, article: Path, tmp_path: Path
) -> None:
    yinzheng("ingest", article)
    assert "mist" not in entities(yinzheng).values()
    own = table(tmp_path / "own.csv", "mist,company,晨雾科技,Mist,晨雾,,")
    out, err = yinzheng("ingest", article, "--lexicon", own)
    assert out == "季报: replaced\n"
    assert "read anew, with another lexicon than before" in err
    assert entities(yinzheng)["晨雾"] == "mist"
    assert yinzheng("ingest", article, "--lexicon", own) == ("季报: unchanged\n", "")

    table(own, "dawn,product,晨雾手机,,晨雾,,")
    assert yinzheng("ingest", article, "--lexicon", own)[0] == "季报: replaced\n"
    assert set(entities(yinzheng).values()) == {"dawn"}, "the user's decision is reversed"
    assert "BAD" not in yinzheng("doctor")[0]

    assert yinzheng("ingest", article, "--lexicon", table(own))[0] == "季报: replaced\n"
    assert "dawn" not in entities(yinzheng).values(), "a table of no rows ends it"


def test_documents_read_with_another_lexicon_are_told(
    yinzheng: Yinzheng, article: Path, tmp_path: Path
) -> None:
    yinzheng("ingest", article)
    second = tmp_path / "续报.txt"
    second.write_text(ARTICLE.replace("收盘", "续报"), "utf-8")
    own = table(tmp_path / "own.csv", "mist,company,晨雾科技,Mist,晨雾,,")
    out, err = yinzheng("ingest", second, "--lexicon", own, "--json")
    assert [json.loads(line)["doc"] for line in out.splitlines()] == ["续报"]
    assert "read with another lexicon: 季报; ingest them again" in err
    assert yinzheng("ingest", article)[0] == "季报: replaced\n"


def test_two_files_and_turtle(yinzheng: Yinzheng, article: Path, tmp_path: Path) -> None:
    table(tmp_path / "a.csv", "mist,company,晨雾科技,Mist,晨雾,,")
    (tmp_path / "b.ttl").write_text(
        "@prefix e: <https://yinzheng.example/id/entity/> .\n"
        "@prefix yz: <https://yinzheng.example/ns#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        'e:mist a skos:Concept ; yz:entityType yz:type-product ; skos:prefLabel "晨雾"@zh .\n',
        "utf-8",
    )
    files = ("--lexicon", tmp_path / "a.csv", "--lexicon", tmp_path / "b.ttl")
    assert yinzheng("ingest", article, *files)[0] == "季报: added\n"
    assert entities(yinzheng)["晨雾"] == "mist"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("own.csv", HEADER + "mist,planet,晨雾\n", "own.csv, line 2, lacks a known type"),
        ("own.ttl", "\n\n<a> <b", "own.ttl is not valid Turtle"),
        ("own.xlsx", "", "not '.xlsx'"),
        ("none.csv", None, "Cannot read the lexicon"),
    ],
)
def test_a_faulty_lexicon_stops_before_anything_is_written(
    yinzheng: Yinzheng,
    article: Path,
    own_home: Path,
    name: str,
    content: str | None,
    message: str,
) -> None:
    path = article.with_name(name)
    if content is not None:
        path.write_text(content, "utf-8")
    out, err = yinzheng("ingest", article, "--lexicon", path, status=1)
    assert out == "" and message in err and err.count("\n") == 1
    assert not own_home.exists()


def test_notes_that_are_damaged_are_named(
    yinzheng: Yinzheng, article: Path, own_home: Path
) -> None:
    own = table(article.with_name("own.csv"), "mist,company,晨雾科技,Mist,晨雾,,")
    yinzheng("ingest", article, "--lexicon", own)
    (own_home / "lexicon" / "read.json").write_text("{", "utf-8")
    _, err = yinzheng("ingest", article, status=1)
    assert "read.json cannot be read" in err and "delete it" in err
