"""Every command on the project's own corpus, in this process."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path
from typing import Any, Protocol

import networkx as nx
import pyarrow.parquet as pq
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


@pytest.mark.parametrize("kind", ["figures", "entities", "citations", "references", "relations"])
def test_exported_records_score_perfectly_against_themselves(
    yinzheng: Yinzheng, tmp_path: Path, kind: str
) -> None:
    out = yinzheng("export", kind)
    exported = tmp_path / "x.jsonl"
    exported.write_text(out, "utf-8")
    for system in ([], ["--system", str(exported)]):
        (card,) = records(yinzheng("eval", str(exported), *system, "--json"))
        assert set(card) == {"kind", "n", "scores", "errors"}
        assert (card["kind"], card["n"]) == (kind, len(records(out)))
        assert set(card["scores"].values()) == {1.0}
        assert card["errors"] == []


def test_exported_csv_has_the_same_records(yinzheng: Yinzheng) -> None:
    rows = list(csv.DictReader(io.StringIO(yinzheng("export", "citations", "--format", "csv"))))
    exported = records(yinzheng("export", "citations", DOC))
    assert [row["source"] for row in rows] == [record["source"] for record in exported]
    assert len(rows) == 38


def test_claims_are_exported_in_every_format(yinzheng: Yinzheng, tmp_path: Path) -> None:
    exported = records(yinzheng("export", "claims"))
    office = next(record for record in exported if record["subject"] == "魏哲家")
    assert (office["kind"], office["predicate"], office["object"]) == (
        "office",
        "首席执行官",
        "台积电",
    )
    assert office["citations"] == ["6"]
    file = tmp_path / "claims.parquet"
    assert yinzheng("export", "claims", "--format", "parquet", "-o", str(file)) == ""
    assert pq.read_table(file).to_pylist() == exported
    marked = yinzheng("export", "claims", "--format", "csv", "--bom")
    assert marked == "\ufeff" + yinzheng("export", "claims", "--format", "csv")
    yinzheng("export", "claims", "--bom", status=2)
    yinzheng("export", "claims", "--format", "xlsx", status=1)
    yinzheng("export", "claims", "-o", str(tmp_path / "none" / "x"), status=1)


def test_parquet_goes_to_a_pipe_as_it_is(
    corpus_home: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    arguments = ["export", "figures", "--format", "parquet", "--home", str(corpus_home)]
    assert run(arguments) == 0
    sys.stdout.flush()
    assert pq.read_table(io.BytesIO(capfdbinary.readouterr().out)).num_rows == 33


def test_how_two_entities_are_connected(
    yinzheng: Yinzheng, capsys: pytest.CaptureFixture[str]
) -> None:
    out = yinzheng("path", "美联储", "小盘股")
    assert out.splitlines()[0] == "美联储 → 小盘股"
    assert "美联储 — 小盘股  [2]\n    美联储的政策路径将对小盘股行情" in out  # a claim about both
    told = json.loads(yinzheng("path", "魏哲家", "MU", "--json"))
    assert (told["from"], told["to"]) == ("魏哲家", "美光科技")
    text = yinzheng("export", "text", DOC)
    for hop in told["hops"]:
        assert text[hop["start"] : hop["end"]] == hop["text"]
        assert hop["citations"]
    assert [hop["one"] for hop in told["hops"]] == ["魏哲家", "台积电"]
    assert run(["path", "魏哲", "美联储"]) == 1
    assert capsys.readouterr().err == (
        "yinzheng: no entity '魏哲' in the documents; near it: 魏哲家\n"
    )
    yinzheng("path", "TSM", "台积电", status=1)
    yinzheng("path", "苹果", "魏哲家", "--doc", "nothing", status=1)


def test_the_network_is_exported(yinzheng: Yinzheng, tmp_path: Path) -> None:
    graph = nx.read_graphml(io.BytesIO(yinzheng("export", "network").encode()))
    kinds = {kind for _, kind in graph.nodes(data="kind")}
    assert kinds == {"entity", "claim", "source", "document"}
    linked = json.loads(yinzheng("export", "network", DOC, "--json"))
    assert len(linked["nodes"]) == graph.number_of_nodes()
    ranked = list(csv.DictReader(io.StringIO(yinzheng("export", "network", "--format", "csv"))))
    assert (ranked[0]["name"], ranked[0]["community"]) == ("小盘股", "0")
    picture = tmp_path / "台积电.svg"
    svg = ("export", "network", "--format", "svg")
    yinzheng(*svg, "--entity", "TSM", "-o", str(picture))
    assert ">美光科技</text>" in picture.read_text("utf-8")
    yinzheng(*svg, status=2)
    yinzheng("export", "network", "--entity", "TSM", status=2)
    yinzheng(*svg, "--entity", "没有", status=1)
    yinzheng("export", "network", "--format", "gexf", status=1)


def test_the_knowledge_base_and_files_are_validated(
    yinzheng: Yinzheng, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert yinzheng("validate") == ""
    turtle = yinzheng("export", "graph", DOC, "--format", "ttl")
    bad = tmp_path / "bad.ttl"
    bad.write_text(turtle.replace("yz:direction-down", "yz:direction-up"), "utf-8")
    faults = records(yinzheng("validate", str(bad), "--engine", "store", "--json", status=3))
    assert len(faults) == 6  # the two falls of the seven, and of four sectors
    assert {fault["message"] for fault in faults} >= {"the sign of -3.64 contradicts its direction"}
    small = tmp_path / "small.ttl"
    small.write_text("<urn:x> a <https://yinzheng.example/ns#Unit> .", "utf-8")
    (label, notation) = records(yinzheng("validate", str(small), "--json", status=3))
    assert label["engines"] == notation["engines"] == ["store", "pyshacl"]
    capsys.readouterr()
    other = tmp_path / "other.ttl"
    other.write_text("<urn:a> <urn:b> <urn:c> .", "utf-8")
    assert run(["validate", str(other), "--engine", "store"]) == 0
    assert "nothing in it is of a class that the shapes know" in capsys.readouterr().err
    yinzheng("validate", str(tmp_path / "none.ttl"), status=1)
    assert run(["validate", "--engine", "jena"]) == 2


def test_the_ontology_is_exported(yinzheng: Yinzheng) -> None:
    assert yinzheng("export", "ontology").startswith("# 引证本体")
    assert yinzheng("export", "ontology", "--format", "svg").startswith("<svg ")
    assert "yz:FigureClaim a owl:Class" in yinzheng("export", "ontology", "--format", "ttl")
    yinzheng("export", "ontology", "--format", "owl", status=1)
    yinzheng("export", "ontology", DOC, status=2)


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


def test_prefixes_and_saved_queries_are_printed_fit_to_be_copied(yinzheng: Yinzheng) -> None:
    prefixes = yinzheng("sparql", "--prefixes")
    assert "PREFIX yz: <https://yinzheng.example/ns#>\n" in prefixes
    query = "SELECT (COUNT(*) AS ?n) { ?x a yz:FigureClaim }"
    counted = yinzheng("sparql", prefixes + query, "--format", "csv")
    assert counted == yinzheng("sparql", query, "--format", "csv") == "n\r\n33\r\n"
    known = json.loads(yinzheng("sparql", "--prefixes", "--json"))
    assert prefixes == "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in known.items())
    shown = yinzheng("sparql", "--saved", "claims-by-source", "--param", "source=3", "--show")
    assert 'VALUES ?source { "3" }' in shown
    saved = ("sparql", "--saved", "claims-by-source", "--param", "source=3", "--format", "csv")
    assert yinzheng("sparql", shown, "--format", "csv") == yinzheng(*saved)
    listed = {record["name"]: record for record in records(yinzheng("sparql", "--json"))}
    assert listed["changed-since"]["parameters"][0]["type"] == "date"
    yinzheng("sparql", "--show", status=2)


def test_csv_for_excel_opens_with_a_byte_order_mark(yinzheng: Yinzheng) -> None:
    plain = yinzheng("sparql", "--saved", "sector-moves", "--format", "csv")
    assert plain.startswith("doc,name")
    marked = yinzheng("sparql", "--saved", "sector-moves", "--format", "csv", "--bom")
    assert marked == "\ufeff" + plain
    yinzheng("sparql", "--saved", "sector-moves", "--bom", status=2)


def test_labels_of_tables_in_english(yinzheng: Yinzheng) -> None:
    saved = ("sparql", "--saved", "figures-by-metric")
    assert "美元 (unit:CCY_USD)" in yinzheng(*saved)
    assert "US dollar (unit:CCY_USD)" in yinzheng(*saved, "--lang", "en")


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
