"""Every command on the project's own corpus, in this process."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any, Protocol

import pytest

import qa.cli  # noqa: F401  (registers the commands)
from qa.cli.program import run

DOC = "great-rotation-2026"
QUESTION = "哪个板块跌得最惨?"


class Yinzheng(Protocol):
    """Runs a command that must end with *status*; returns its standard output."""

    def __call__(self, *arguments: str, status: int = 0) -> str: ...


@pytest.fixture
def yinzheng(
    corpus_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Yinzheng:
    monkeypatch.setenv("YINZHENG_HOME", str(corpus_home))

    def call(*arguments: str, status: int = 0) -> str:
        assert run(arguments) == status
        return capsys.readouterr().out

    return call


def records(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_docs(yinzheng: Yinzheng) -> None:
    assert DOC in yinzheng("docs")
    (info,) = records(yinzheng("docs", "--json"))
    assert (info["doc"], info["published"]) == (DOC, "2026-01-17")


def test_options_may_stand_before_or_after_the_command(
    yinzheng: Yinzheng, corpus_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    after = yinzheng("docs", "--home", str(corpus_home), "--json")
    monkeypatch.delenv("YINZHENG_HOME")
    assert yinzheng("--home", str(corpus_home), "--json", "docs") == after


def test_the_stored_text_is_exported_as_it_is(yinzheng: Yinzheng, corpus: Path) -> None:
    text = (corpus / "articles" / f"{DOC}.txt").read_bytes().decode("utf-8-sig")
    assert yinzheng("export", "text", DOC) == text
    assert json.loads(yinzheng("export", "text", DOC, "--json")) == {"doc": DOC, "text": text}


def test_show_lights_a_passage(yinzheng: Yinzheng, corpus: Path) -> None:
    text = (corpus / "articles" / f"{DOC}.txt").read_text("utf-8")
    start = text.index("3.64%")
    shown = yinzheng("show", f"{DOC}:{start}-{start + 5}")
    assert shown.count("⟦") == 1 and "⟦3.64%⟧" in shown
    told = json.loads(yinzheng("show", f"{DOC}:{start}-{start + 5}", "--json"))
    assert told == {"doc": DOC, "start": start, "end": start + 5, "text": "3.64%"}
    yinzheng("show", f"{DOC}:5-5", status=1)


def test_ask(yinzheng: Yinzheng) -> None:
    out = yinzheng("ask", QUESTION)
    assert "公用事业" in out and "3.64%" in out
    assert "\n  [0] " in out
    answer = json.loads(yinzheng("ask", QUESTION, "--doc", DOC, "--json"))
    assert answer["citations"] == ["0"]
    assert answer["doc"] == DOC
    assert not answer["abstained"]


def test_answer_reads_questions_and_writes_answers(yinzheng: Yinzheng, tmp_path: Path) -> None:
    questions, answers = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    questions.write_text(
        '{"id": "1", "question": "哪个板块跌得最惨?"}\n'
        '{"id": "2", "question": "苹果公司的员工人数是多少?", "answerable": "nonsense"}\n',
        "utf-8",
    )
    yinzheng("answer", str(questions), "-o", str(answers))
    first, second = records(answers.read_text("utf-8"))
    assert (first["id"], first["citations"]) == ("1", ["0"])
    assert (second["id"], second["abstained"], second["citations"]) == ("2", True, [])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.jsonl", "q.jsonl"]


def test_a_broken_question_set_writes_nothing(yinzheng: Yinzheng, tmp_path: Path) -> None:
    questions = tmp_path / "q.jsonl"
    questions.write_text('{"id": "1", "question": "甲"}\n{"id": "2"}\n', "utf-8")
    yinzheng("answer", str(questions), "-o", str(tmp_path / "a.jsonl"), status=1)
    assert not (tmp_path / "a.jsonl").exists()
    yinzheng("answer", str(questions), "-o", str(tmp_path / "none" / "a.jsonl"), status=1)


@pytest.mark.parametrize(
    ("kind", "scored"),
    [(k, k) for k in ("figures", "entities", "citations", "references")]
    + [("claims", "relations")],
)
def test_exported_records_score_perfectly_against_themselves(
    yinzheng: Yinzheng, tmp_path: Path, kind: str, scored: str
) -> None:
    out = yinzheng("export", kind)
    exported = tmp_path / "x.jsonl"
    exported.write_text(out, "utf-8")
    for system in ([], ["--system", str(exported)]):
        (card,) = records(yinzheng("eval", str(exported), *system, "--json"))
        assert set(card) == {"kind", "n", "scores", "errors"}
        assert (card["kind"], card["n"]) == (scored, len(records(out)))
        assert set(card["scores"].values()) == {1.0}
        assert card["errors"] == []


def test_exported_csv_has_the_same_records(yinzheng: Yinzheng) -> None:
    rows = list(csv.DictReader(io.StringIO(yinzheng("export", "citations", "--format", "csv"))))
    exported = records(yinzheng("export", "citations", DOC))
    assert [row["source"] for row in rows] == [record["source"] for record in exported]
    assert len(rows) == 38


def test_eval_of_answers_and_its_threshold(yinzheng: Yinzheng, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(
        json.dumps(
            {
                "id": "1",
                "doc": DOC,
                "history": [],
                "question": QUESTION,
                "type": "superlative",
                "answerable": True,
                "must_include": [["公用事业"], ["3.64%"]],
                "must_not_include": [],
                "citations": ["0"],
                "evidence": [],
            }
        ),
        "utf-8",
    )
    out = yinzheng("eval", str(gold), "--threshold", "questions.right=1")
    assert "questions: 1 in gold, 0 with errors" in out
    gold.write_text(gold.read_text("utf-8").replace("3.64%", "3.65%"), "utf-8")
    assert "lacks 3.65%" in yinzheng("eval", str(gold), "--threshold", "right=0.5", status=3)
    yinzheng("eval", str(gold), "--threshold", "wrong=0.5", status=1)


def test_sparql_from_an_argument_a_file_and_the_saved(yinzheng: Yinzheng, tmp_path: Path) -> None:
    query = "SELECT (6 * 7 AS ?n) WHERE {}"
    (tmp_path / "q.rq").write_text(query, "utf-8")
    assert yinzheng("sparql", query, "--format", "csv") == "n\r\n42\r\n"
    assert yinzheng("sparql", f"@{tmp_path / 'q.rq'}", "--format", "csv") == "n\r\n42\r\n"
    assert json.loads(yinzheng("sparql", query, "--json"))["head"] == {"vars": ["n"]}
    assert "sector-moves" in yinzheng("sparql")
    assert "公用事业" in yinzheng("sparql", "--saved", "sector-moves")
    five = yinzheng("sparql", "--saved", "claims-by-source", "--param", "source=5")
    assert five != yinzheng("sparql", "--saved", "claims-by-source", "--param", "source=0")


def test_a_query_that_writes_is_refused(yinzheng: Yinzheng) -> None:
    yinzheng("sparql", "DROP ALL", status=1)
    assert DOC in yinzheng("docs")


def test_graph_formats(yinzheng: Yinzheng) -> None:
    assert "@prefix" in yinzheng("export", "graph")
    assert json.loads(yinzheng("export", "graph", DOC, "--json"))
    yinzheng("export", "graph", "--format", "docx", status=1)


def test_doctor_finds_nothing(yinzheng: Yinzheng) -> None:
    assert "BAD" not in yinzheng("doctor")


def test_ingest_and_remove(tmp_path: Path, yinzheng: Yinzheng) -> None:
    home = str(tmp_path / "own")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "行情.txt").write_text("行情\n\n公用事业板块下跌3.64%[0]。\n", "utf-8")
    (folder / "empty.txt").write_text("", "utf-8")
    reports = records(yinzheng("ingest", str(folder), "--home", home, "--json", status=1))
    assert {r["doc"]: r["status"] for r in reports} == {"empty": "refused", "行情": "added"}
    (folder / "empty.txt").unlink()
    assert yinzheng("ingest", str(folder), "--home", home) == "行情: unchanged\n"
    yinzheng("remove", "行情", "nobody", "--home", home, status=1)
    assert "行情" in yinzheng("docs", "--home", home)
    assert yinzheng("remove", "行情", "--home", home) == "行情: removed\n"
    assert yinzheng("docs", "--home", home) == ""
