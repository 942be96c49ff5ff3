"""Reading of gold and system files: the kind of a record is told by its fields."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.audit.rows import FindingRow
from kg.errors import InputError
from kg.interchange import (
    CitationRow,
    EntityRow,
    FigureRow,
    ReferenceRow,
    RelationRow,
    from_json,
    row_kind,
)
from qa.interchange import Record, answer_from_record, question_from_record, read_records
from qa.records import Answer, Question


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldQuestion:
    """`Question` of the interchange formats: what a right answer holds."""

    asked: Question
    docs: tuple[str, ...]  # the answer is in these
    type: str
    answerable: bool
    must_include: tuple[tuple[str, ...], ...]  # of every group one string at least
    must_not_include: tuple[str, ...]
    citations: tuple[str, ...]
    may_cite: tuple[str, ...]
    evidence: tuple[str, ...]

    @property
    def id(self) -> str:
        """The id, which every gold question has."""
        return self.asked.id or ""


@dataclass(slots=True)
class Annotations:
    """The records of one or more files, by kind."""

    figures: list[FigureRow] = field(default_factory=list)
    entities: list[EntityRow] = field(default_factory=list)
    citations: list[CitationRow] = field(default_factory=list)
    references: list[ReferenceRow] = field(default_factory=list)
    relations: list[RelationRow] = field(default_factory=list)
    findings: list[FindingRow] = field(default_factory=list)
    questions: list[GoldQuestion] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)


def read_annotations(paths: Iterable[Path]) -> Annotations:
    """The records of all *paths*; files of one kind are pooled.

    :raises InputError: naming file and line, for a record that cannot be used, or
        naming the files, if they hold none.
    """
    paths = list(paths)
    found = Annotations()
    seen: set[str | None] = set()
    for path in paths:
        for number, record in read_records(path):
            try:
                _sort_in(record, found, seen)
            except InputError as error:
                raise InputError(f"{path}:{number}: {error}") from error
    if found == Annotations():
        raise InputError(f"{', '.join(map(str, paths))}: no record to score")
    return found


def gold_question(record: Record) -> GoldQuestion:
    """A gold question from its record.

    :raises InputError: if a field is missing or of the wrong type.
    """
    asked = question_from_record(record)
    if not asked.id:
        raise InputError("a gold question needs an 'id'")
    doc = record.get("doc")
    groups = record.get("must_include")
    if not isinstance(groups, list) or not all(map(_are_texts, groups)):
        raise InputError("'must_include' must be a list of lists of strings")
    if not isinstance(record.get("answerable"), bool):
        raise InputError("'answerable' must be true or false")
    if not isinstance(record.get("type"), str):
        raise InputError("'type' must be a string")
    return GoldQuestion(
        asked=asked,
        docs=(doc,) if isinstance(doc, str) else _texts(record, "doc"),
        type=record["type"],
        answerable=record["answerable"],
        must_include=tuple(map(tuple, groups)),
        must_not_include=_texts(record, "must_not_include"),
        citations=_texts(record, "citations"),
        may_cite=_texts(record, "may_cite") if "may_cite" in record else (),
        evidence=_texts(record, "evidence"),
    )


def _sort_in(record: Record, found: Annotations, seen: set[str | None]) -> None:
    if "must_include" in record:
        question = gold_question(record)
        _check_new(question.id, seen)
        found.questions.append(question)
    elif "answer" in record:
        answer = answer_from_record(record)
        _check_new(answer.id, seen)
        found.answers.append(answer)
    elif row_kind(record) is not None:
        match from_json(record):
            case FigureRow() as row:
                found.figures.append(row)
            case EntityRow() as row:
                found.entities.append(row)
            case CitationRow() as row:
                found.citations.append(row)
            case ReferenceRow() as row:
                found.references.append(row)
            case RelationRow() as row:
                found.relations.append(row)
            case FindingRow() as row:
                found.findings.append(row)
    else:
        raise InputError(
            "neither figure, entity, citation, reference, relation, finding, question nor answer"
            " by its fields"
        )


def _check_new(id: str | None, seen: set[str | None]) -> None:
    if id in seen:
        raise InputError(f"the id {id!r} stands there twice")
    seen.add(id)


def _are_texts(value: Any) -> bool:  # noqa: ANN401  (whatever JSON holds)
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _texts(record: Record, name: str) -> tuple[str, ...]:
    if not _are_texts(record.get(name)):
        raise InputError(f"{name!r} must be a list of strings")
    return tuple(record[name])
