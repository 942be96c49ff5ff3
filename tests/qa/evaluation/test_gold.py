from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import InputError
from qa.evaluation import read_annotations

QUESTION = {
    "id": "q1",
    "doc": "a",
    "history": [],
    "question": "跌了多少?",
    "type": "lookup",
    "answerable": True,
    "must_include": [],
    "must_not_include": [],
    "citations": [],
    "evidence": [],
}


def lines(path: Path, *records: object) -> Path:
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), "utf-8")
    return path


def test_the_annotated_articles_are_told_apart(shared: Path) -> None:
    paths = [
        path
        for path in sorted((shared / "devset").glob("*/*.jsonl"))
        if path.name != "findings.jsonl"
    ]
    gold = read_annotations(paths)
    for kind in ("figures", "entities", "questions"):
        in_files = sum(len(path.read_bytes().splitlines()) for path in paths if path.stem == kind)
        assert len(getattr(gold, kind)) == in_files > 0


def test_files_of_one_kind_are_pooled(tmp_path: Path) -> None:
    one = lines(tmp_path / "1.jsonl", QUESTION)
    two = lines(tmp_path / "2.jsonl", QUESTION | {"id": "q2"})
    assert [question.id for question in read_annotations([one, two]).questions] == ["q1", "q2"]


@pytest.mark.parametrize(
    ("record", "message"),
    [
        (
            {"hello": 1},
            r"g\.jsonl:1: neither figure, entity, citation, reference, relation, question nor",
        ),
        ({"metric": "level"}, r"g\.jsonl:1: the field 'doc' is missing"),
        ([1, 2], r"g\.jsonl:1: one JSON object a line"),
        (QUESTION | {"id": None}, r"g\.jsonl:1: a gold question needs an 'id'"),
        (QUESTION | {"must_include": ["a"]}, "'must_include' must be a list of lists"),
        (QUESTION | {"answerable": "yes"}, "'answerable' must be true or false"),
        (QUESTION | {"doc": 5}, "'doc' must be a list of strings"),
    ],
)
def test_a_record_that_cannot_be_used(tmp_path: Path, record: object, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_annotations([lines(tmp_path / "g.jsonl", record)])


def test_an_id_twice(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"g\.jsonl:2: the id 'q1' stands there twice"):
        read_annotations([lines(tmp_path / "g.jsonl", QUESTION, QUESTION)])


def test_no_record_at_all(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"g\.jsonl: no record to score"):
        read_annotations([lines(tmp_path / "g.jsonl")])
