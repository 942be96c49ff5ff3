from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from qa.interchange import (
    answer_from_record,
    answer_to_record,
    dump,
    make_question,
    read_questions,
    read_records,
)
from qa.records import Answer, Claim, Source

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
NUMBERS = st.lists(st.integers(0, 99).map(str)).map(tuple)
SOURCES = st.builds(
    Source,
    ref=TEXTS,
    doc=TEXTS,
    start=st.integers(0),
    end=st.integers(0),
    text=TEXTS,
    citations=NUMBERS,
)
CLAIMS = st.builds(
    Claim,
    text=TEXTS,
    citations=NUMBERS,
    verdict=st.sampled_from(["supported", "refuted", "not_enough_info"]),
    reason=TEXTS,
)
ANSWERS = st.builds(
    Answer,
    question=TEXTS,
    answer=TEXTS,
    abstained=st.booleans(),
    doc=st.none() | TEXTS,
    citations=NUMBERS,
    sources=st.lists(SOURCES, max_size=3).map(tuple),
    claims=st.lists(CLAIMS, max_size=3).map(tuple),
    query=st.none() | TEXTS,
    engine=TEXTS,
    elapsed_ms=st.floats(0, 1e6),
    id=st.none() | TEXTS,
)


@given(ANSWERS)
def test_an_answer_survives_json(answer: Answer) -> None:
    line = dump(answer_to_record(answer))
    assert "\n" not in line
    assert answer_from_record(json.loads(line)) == answer


def test_the_fields_are_those_of_the_formats() -> None:
    answer = Answer(
        question="?",
        answer="公用事业 [0]",
        abstained=False,
        doc="a",
        citations=("0",),
        sources=(Source(ref="[0]", doc="a", start=0, end=1, text="公", citations=("0",)),),
        claims=(),
        query=None,
        engine="builtin",
        elapsed_ms=1.5,
    )
    assert answer_to_record(answer) == {
        "id": None,
        "question": "?",
        "answer": "公用事业 [0]",
        "abstained": False,
        "doc": "a",
        "citations": ["0"],
        "sources": [
            {"ref": "[0]", "doc": "a", "start": 0, "end": 1, "text": "公", "citations": ["0"]}
        ],
        "claims": [],
        "query": None,
        "engine": "builtin",
        "elapsed_ms": 1.5,
    }


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ({"answer": "x"}, "'question' must be a string"),
        ({"question": "?", "answer": None}, "'answer' must be a string"),
        ({"question": "?", "answer": "x", "citations": [5]}, "'citations' must be a list of str"),
        ({"question": "?", "answer": "x", "sources": ["[5]"]}, "not an answer record"),
        (
            {"question": "?", "answer": "x", "claims": [{"text": "", "verdict": "true"}]},
            "'verdict' must be one of supported, refuted, not_enough_info",
        ),
    ],
)
def test_no_answer_record(record: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        answer_from_record(record)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the question is empty"),
        (" \u3000\n", "the question is empty"),
        ("涨" * 100_000, r"has 100,000 characters; at most 2,000 are read"),
        ("\udce4\udcb8", "not valid text"),
    ],
)
def test_a_question_that_cannot_be_put(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        make_question(text)


def test_two_thousand_characters_are_read() -> None:
    assert len(make_question("𠮷" * 2_000).text) == 2_000


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_only_id_question_and_history_are_read(tmp_path: Path) -> None:
    line = '{"id": "q1", "question": "跌多少?", "history": ["a"], "citations": 5, "type": []}'
    (question,) = read_questions(write(tmp_path / "q.jsonl", line))
    assert (question.id, question.text, question.history) == ("q1", "跌多少?", ("a",))


def test_lines_as_they_come(tmp_path: Path) -> None:
    content = '\ufeff{"question": "甲\u2028乙"}\r\n\r\n{"question": "😀"}'
    records = list(read_records(write(tmp_path / "q.jsonl", content)))
    assert records == [(1, {"question": "甲\u2028乙"}), (3, {"question": "😀"})]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"question": "a"}\n{"question": ', r"q\.jsonl:2: broken JSON"),
        ("[" * 100_000, r"q\.jsonl:1: broken JSON"),
        ('{"n": ' + "9" * 5_000 + "}", r"q\.jsonl:1: broken JSON"),
        ("[]", r"q\.jsonl:1: one JSON object a line"),
        ("", r"q\.jsonl: holds no question"),
        ('{"id": "q1"}', r"q\.jsonl:1: a question record needs 'question'"),
        ('{"question": " "}', r"q\.jsonl:1: the question is empty"),
        ('{"question": "a", "id": 1}', r"q\.jsonl:1: 'id' must be a string or null"),
        ('{"question": "a", "history": "b"}', r"q\.jsonl:1: 'history' must be a list"),
        ("哪个".encode("gb18030"), r"q\.jsonl: not UTF-8 \(byte 0\)"),
    ],
)
def test_a_file_that_cannot_be_used(tmp_path: Path, content: str | bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_questions(write(tmp_path / "q.jsonl", content))


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.jsonl: No such file"):
        read_questions(tmp_path / "none.jsonl")
    with pytest.raises(InputError, match="directory"):
        read_questions(tmp_path)
