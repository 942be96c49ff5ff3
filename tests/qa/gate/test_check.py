"""Records through the gate, and `yinzheng check`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import qa.cli  # noqa: F401  (registers the commands)
from kg.errors import InputError
from qa.cli.program import run
from qa.gate import check, read_samples
from qa.interchange import answer_from_record
from qa.knowledge_base import KnowledgeBase

GR = "great-rotation-2026"


@pytest.fixture(scope="module")
def kb(corpus_home: Path) -> KnowledgeBase:
    return KnowledgeBase.open(corpus_home)


def written(path: Path, *records: object) -> Path:
    lines = [r if isinstance(r, str) else json.dumps(r, ensure_ascii=False) for r in records]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("answer", "verdicts"),
    [
        ("公用事业板块跌幅约3.64% [0]。", ["supported"]),
        ("公用事业板块跌幅约3.64% [great-rotation-2026:0]。", ["supported"]),
        ("科技板块小幅下跌0.18%。[0]", ["supported"]),  # of scope `paragraph`
        ("利润达到160亿美元[6]。同比增长35%[6]。", ["supported", "supported"]),
        ("公用事业板块跌幅约3.64% [99]。", ["refuted"]),
        ("公用事业板块跌幅约3.64% [¶999]。", ["refuted"]),
        ("公用事业板块跌幅约3.64% [elsewhere:0]。", ["refuted"]),
        ("公用事业板块跌幅约3.64%。", ["not_enough_info"]),
        ("公用事业板块上涨约3.64% [0]。", ["refuted"]),
        ("房地产板块跌幅约3.64% [0]。", ["refuted"]),
    ],
)
def test_answers_about_a_document(kb: KnowledgeBase, answer: str, verdicts: list[str]) -> None:
    assert [claim.verdict for claim in check(answer, kb=kb, doc=GR)] == verdicts


def test_a_reference_that_leads_nowhere_is_named(kb: KnowledgeBase) -> None:
    (claim,) = check("公用事业板块跌幅约3.64% [99]。", kb=kb, doc=GR)
    assert "[99]" in claim.reason and GR in claim.reason


def test_a_refusal_claims_nothing(kb: KnowledgeBase) -> None:
    refusal = answer_from_record({"question": "?", "answer": "文中没有提到。", "abstained": True})
    assert check(refusal, kb=kb) == ()


def test_the_gate_needs_evidence() -> None:
    with pytest.raises(ValueError, match="knowledge base or passages"):
        check("公用事业板块跌幅约3.64% [0]。")


def test_records_come_back_judged(
    corpus_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = written(
        tmp_path / "a.jsonl",
        {"id": "q1", "question": "?", "answer": "公用事业板块跌幅约3.64% [0]。", "doc": GR},
        {"id": "q2", "question": "?", "answer": "公用事业板块涨幅约3.64% [0]。", "doc": GR},
    )
    assert run(["check", "--home", str(corpus_home), "--json", str(answers)]) == 3
    out, err = capsys.readouterr()
    first, second = map(json.loads, out.splitlines())
    assert (first["id"], first["claims"][0]["verdict"]) == ("q1", "supported")
    assert (second["id"], second["claims"][0]["verdict"]) == ("q2", "refuted")
    assert second["claims"][0]["citations"] == ["0"]
    assert "Traceback" not in err


def test_all_supported_is_success(
    tmp_path: Path, own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sample = {
        "user_input": "台积电利润多少？",
        "response": "台积电利润为160亿美元。",
        "retrieved_contexts": ["台积电第四季度利润达到160亿美元，同比增长35%。"],
    }
    assert run(["check", "--json", str(written(tmp_path / "s.jsonl", sample))]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["question"] == "台积电利润多少？"
    assert json.loads(line)["claims"][0]["verdict"] == "supported"
    assert not own_home.exists()  # passages need no knowledge base


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ('{"question": "?"', "1: broken JSON"),
        ({"question": "?"}, "1: not an answer record: 'answer' must be a string"),
        ({"user_input": "?", "response": "甲。"}, "1: a record with 'response' needs"),
        ({"response": "甲。", "retrieved_contexts": "乙"}, "'retrieved_contexts' must be a list"),
        ({"response": 3, "retrieved_contexts": ["乙"]}, "1: 'response' must be a string"),
        ("[1]", "1: one JSON object a line is needed"),
        ("", "holds no answer"),
    ],
)
def test_bad_records_are_told_in_one_line(tmp_path: Path, record: object, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        list(read_samples(written(tmp_path / "bad.jsonl", record)))
    assert "\n" not in str(caught.value)
