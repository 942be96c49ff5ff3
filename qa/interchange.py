"""Questions and answers as JSON records, and the reading of JSON Lines files.

The records of a document (figures, entities, citations) are in `kg.interchange`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeAlias, get_args

from kg.errors import InputError
from qa.records import Answer, Claim, Question, Source, Verdict

Record: TypeAlias = Mapping[str, Any]
"""One JSON object of the interchange formats."""

QUESTION_LIMIT = 2_000
"""Code points of a question; whoever sends more has sent something else."""


def make_question(text: str, *, id: str | None = None, history: Sequence[str] = ()) -> Question:
    """A question that can be put.

    :raises InputError: if it is empty, too long, or no text (lone surrogates).
    """
    text = text.strip()
    if not text:
        raise InputError("the question is empty; put it in words, such as 哪个板块跌得最惨?")
    if len(text) > QUESTION_LIMIT:
        raise InputError(
            f"the question has {len(text):,} characters; at most {QUESTION_LIMIT:,} are read"
        )
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise InputError("the question is not valid text; send it as UTF-8")
    return Question(text=text, id=id, history=tuple(history))


def question_from_record(record: Record) -> Question:
    """Read `id`, `question` and `history`; whatever else stands there is gold and is not read.

    :raises InputError: if one of the three is missing or of the wrong type.
    """
    text, id, history = record.get("question"), record.get("id"), record.get("history", [])
    if not isinstance(text, str):
        raise InputError("a question record needs 'question', a string")
    if id is not None and not isinstance(id, str):
        raise InputError("'id' must be a string or null")
    if not isinstance(history, list) or not all(isinstance(turn, str) for turn in history):
        raise InputError("'history' must be a list of strings")
    return make_question(text, id=id, history=history)


def answer_to_record(answer: Answer) -> dict[str, Any]:
    """The `Answer` record of *answer*; ``json.dumps`` takes it as it is."""
    record = asdict(answer)
    return {
        "id": record.pop("id"),
        **record,
        "citations": list(answer.citations),
        "sources": [asdict(s) | {"citations": list(s.citations)} for s in answer.sources],
        "claims": [asdict(c) | {"citations": list(c.citations)} for c in answer.claims],
    }


def answer_from_record(record: Record) -> Answer:
    """The inverse of `answer_to_record`, also for what other systems write.

    Only `question` and `answer` must be there: whoever scores another system's
    answers cannot ask it for ours.

    :raises InputError: if a field is missing or of the wrong type.
    """
    try:
        return Answer(
            id=record.get("id"),
            question=_text(record, "question"),
            answer=_text(record, "answer"),
            abstained=bool(record.get("abstained", False)),
            doc=record.get("doc"),
            citations=_texts(record, "citations"),
            sources=tuple(_source(source) for source in record.get("sources") or ()),
            claims=tuple(_claim(claim) for claim in record.get("claims") or ()),
            query=record.get("query"),
            engine=str(record.get("engine", "")),
            elapsed_ms=float(record.get("elapsed_ms") or 0),
        )
    except (AttributeError, TypeError, ValueError) as error:
        raise InputError(f"not an answer record: {error}") from error


def read_records(path: Path) -> Iterator[tuple[int, Record]]:
    """The records of a JSON Lines file with their line numbers, from 1; blank lines are skipped.

    :raises InputError: naming file and line, if it cannot be read or a line is no JSON object.
    """
    try:
        # Splitting at \n alone: U+2028 may stand within a JSON string.
        lines = path.read_bytes().decode("utf-8-sig").split("\n")
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise InputError(f"{path}:{number}: broken JSON: {error}") from error
        if not isinstance(record, dict):
            raise InputError(f"{path}:{number}: one JSON object a line is needed")
        yield number, record


def read_questions(path: Path) -> list[Question]:
    """The questions of a file.

    :raises InputError: naming file and line, if a question cannot be used, or there is none.
    """
    questions: list[Question] = []
    for number, record in read_records(path):
        try:
            questions.append(question_from_record(record))
        except InputError as error:
            raise InputError(f"{path}:{number}: {error}") from error
    if not questions:
        raise InputError(f"{path}: holds no question; one JSON object a line is needed")
    return questions


def dump(value: object) -> str:
    """*value* as one line of JSON, Chinese as Chinese."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _text(record: Record, field: str) -> str:
    value = record.get(field)
    if not isinstance(value, str):
        raise ValueError(f"{field!r} must be a string")
    return value


def _texts(record: Record, field: str) -> tuple[str, ...]:
    values = record.get(field) or []
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise ValueError(f"{field!r} must be a list of strings")
    return tuple(values)


def _offset(record: Record, field: str) -> int:
    value = record.get(field)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(f"{field!r} must be a whole number from 0")
    return value


def _source(record: Record) -> Source:
    return Source(
        ref=_text(record, "ref"),
        doc=_text(record, "doc"),
        start=_offset(record, "start"),
        end=_offset(record, "end"),
        text=_text(record, "text"),
        citations=_texts(record, "citations"),
    )


def _claim(record: Record) -> Claim:
    verdict = record.get("verdict", "not_enough_info")
    if verdict not in get_args(Verdict):
        raise ValueError(f"'verdict' must be one of {', '.join(get_args(Verdict))}")
    return Claim(
        text=_text(record, "text"),
        citations=_texts(record, "citations"),
        verdict=verdict,
        reason=str(record.get("reason", "")),
    )
