"""Records in and out of the gate: answers of ours, of others, and samples in the form of RAGAS."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

from kg.errors import InputError
from qa.interchange import answer_from_record, read_records
from qa.records import Answer

Record: TypeAlias = Mapping[str, Any]

_CONTEXTS = ("retrieved_contexts", "contexts", "passages")
_RESPONSE = ("response", "answer")
_ASKED = ("user_input", "question")


@dataclass(frozen=True, slots=True)
class Sample:
    """An answer, with the passages that its record gives; None where it rests on documents."""

    answer: Answer
    passages: tuple[str, ...] | None
    refs: tuple[str, ...] = ()


def sample_from_record(record: Record) -> Sample:
    """Read an `Answer` record, or one in the form of RAGAS.

    A list of passages (`retrieved_contexts`, `contexts` or `passages`) in the record makes them
    the evidence; without one it is the knowledge base.

    :raises InputError: the record is neither.
    """
    given = next((field for field in _CONTEXTS if field in record), None)
    if given is None:
        if "response" in record and "answer" not in record:
            raise InputError(
                "a record with 'response' needs 'retrieved_contexts', a list of strings"
            )
        return Sample(answer_from_record(record), None)
    texts, refs = _passages(record[given], given)
    plain = {k: v for k, v in record.items() if k not in ("citations", "sources", "claims")}
    plain["answer"] = _first(record, _RESPONSE)
    plain["question"] = _first(record, _ASKED, missing="")
    answer = answer_from_record(plain)
    return Sample(replace(answer, engine=str(record.get("engine", ""))), texts, refs)


def read_samples(path: Path) -> Iterator[Sample]:
    """The samples of a JSON Lines file.

    :raises InputError: naming file and line, for a record that cannot be judged, or a file
        without any.
    """
    number = 0
    for number, record in read_records(path):
        try:
            yield sample_from_record(record)
        except InputError as error:
            raise InputError(f"{path}:{number}: {error}") from error
    if not number:
        raise InputError(f"{path}: holds no answer; one JSON object a line is needed")


def _passages(value: object, field: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The texts of a record's passages, with their references where they have any."""
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise InputError(f"{field!r} must be a list of strings")
    texts, refs = [], []
    for each in value:
        text = each.get("text") if isinstance(each, Mapping) else each
        if not isinstance(text, str):
            raise InputError(f"{field!r} must be a list of strings, or of objects with 'text'")
        texts.append(text)
        refs.append(str(each.get("ref", "")) if isinstance(each, Mapping) else "")
    return tuple(texts), tuple(refs) if any(refs) else ()


def _first(record: Record, fields: Sequence[str], *, missing: str | None = None) -> str:
    value = next((record[field] for field in fields if field in record), missing)
    if not isinstance(value, str):
        raise InputError(f"{fields[0]!r} must be a string")
    return value
