"""The records of the interchange formats: what is exported, and what gold comes in.

A row has the fields of its format, in its order.  In JSON its numbers are numbers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar, Protocol, TypeAlias, TypeVar

from kg.audit.rows import FindingRow
from kg.errors import InputError
from kg.records import Extraction, Mention


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """`Figure` of the interchange formats."""

    doc: str
    start: int
    end: int
    text: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str
    approximate: bool
    subject: str
    metric: str
    period: str | None
    citations: tuple[str, ...]
    citation_scope: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityRow:
    """`Entity` of the interchange formats."""

    doc: str
    name: str
    aliases: tuple[str, ...]
    type: str
    ticker: str | None
    first_start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationRow:
    """`Citation` of the interchange formats."""

    doc: str
    start: int
    end: int
    text: str
    source: str
    covers_start: int
    covers_end: int
    reference: str | None


class Exportable(Protocol):
    """Any record with fields: a dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceRow:
    """An expression that stands for entities named elsewhere: 该公司, 其, 后者, 两家公司.

    *antecedent* holds the name of each in the document, its longest one; it is
    empty where gold says that no entity is meant.
    """

    doc: str
    start: int
    end: int
    text: str
    antecedent: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationRow:
    """A relation: how *subject* bears on *object*, in the direction of `kg.records.RelationKind`.

    *start* to *end* is the stretch of the sentence from the first of its parts to the last; a side
    may also stand in the run-in heading.  Entities and the speaker are told by their name in the
    document.
    """

    doc: str
    kind: str
    start: int
    end: int
    text: str
    cue: str
    cue_start: int
    cue_end: int
    subject: str
    subject_start: int
    subject_end: int
    subject_entity: str | None
    object: str
    object_start: int
    object_end: int
    object_entity: str | None
    amount: str | None
    amount_start: int | None
    amount_end: int | None
    place: str | None
    period: str | None
    modality: str
    negated: bool
    speaker: str | None
    extractor: str
    citations: tuple[str, ...]
    citation_scope: str


Row: TypeAlias = FigureRow | EntityRow | CitationRow | ReferenceRow | RelationRow | FindingRow
_Row = TypeVar("_Row", FigureRow, EntityRow, CitationRow, ReferenceRow, RelationRow, FindingRow)

_TOLD_BY: dict[str, type[Row]] = {
    "metric": FigureRow,
    "aliases": EntityRow,
    "covers_start": CitationRow,
    "antecedent": ReferenceRow,
    "cue_start": RelationRow,
    "explanation": FindingRow,
}
"""The field that tells a kind of record from the others."""

_CHECKS: dict[str, tuple[str, Any]] = {
    "str": ("a string", lambda v: isinstance(v, str)),
    "str | None": ("a string or null", lambda v: v is None or isinstance(v, str)),
    "int": ("an integer", lambda v: _is_integer(v)),
    "int | None": ("an integer or null", lambda v: v is None or _is_integer(v)),
    "bool": ("true or false", lambda v: isinstance(v, bool)),
    "Decimal | None": ("a number or null", lambda v: v is None or _is_number(v)),
    "tuple[str, ...]": ("a list of strings", lambda v: _is_texts(v)),
    "str | tuple[str, ...]": (
        "a string or a list of strings",
        lambda v: isinstance(v, str) or (_is_texts(v) and len(v) > 0),
    ),
    "tuple[tuple[Any, ...], ...]": (
        "a list of spans, or a list of such for each document",
        lambda v: isinstance(v, list) and (_is_spans(v) or all(map(_is_spans, v))),
    ),
}


def figure_rows(extraction: Extraction) -> tuple[FigureRow, ...]:
    """The figures of a document."""
    return tuple(
        FigureRow(
            doc=extraction.document.doc,
            start=figure.span.start,
            end=figure.span.end,
            text=figure.text,
            value=figure.value,
            low=figure.low,
            high=figure.high,
            unit=figure.unit,
            approximate=figure.approximate,
            subject=figure.subject,
            metric=figure.metric,
            period=figure.period,
            citations=figure.support.citations,
            citation_scope=figure.support.scope,
        )
        for figure in extraction.figures
    )


def entity_rows(extraction: Extraction) -> tuple[EntityRow, ...]:
    """The entities of a document; without what the interchange format leaves out."""
    return tuple(
        EntityRow(
            doc=extraction.document.doc,
            name=entity.name,
            aliases=entity.aliases,
            type=entity.type,
            ticker=entity.ticker,
            first_start=entity.first_start,
        )
        for entity in extraction.entities
        if entity.type not in ("quantity", "currency")
    )


def citation_rows(extraction: Extraction) -> tuple[CitationRow, ...]:
    """The citation marks of a document, one row a source."""
    return tuple(
        CitationRow(
            doc=extraction.document.doc,
            start=mark.span.start,
            end=mark.span.end,
            text=mark.text,
            source=mark.source,
            covers_start=mark.covers.start,
            covers_end=mark.covers.end,
            reference=mark.reference,
        )
        for mark in extraction.document.marks
    )


def reference_rows(extraction: Extraction) -> tuple[ReferenceRow, ...]:
    """The references of a document, one row an expression, by place."""
    names = {entity.id: entity.name for entity in extraction.entities}
    found: dict[tuple[int, int], list[Mention]] = {}
    for mention in extraction.mentions:
        if mention.how == "reference":
            found.setdefault((mention.span.start, mention.span.end), []).append(mention)
    return tuple(
        ReferenceRow(
            doc=extraction.document.doc,
            start=start,
            end=end,
            text=mentions[0].text,
            antecedent=tuple(names[mention.entity] for mention in mentions),
        )
        for (start, end), mentions in sorted(found.items())
    )


def relation_rows(extraction: Extraction) -> tuple[RelationRow, ...]:
    """The relations of a document."""
    text = extraction.document.text
    names = {entity.id: entity.name for entity in extraction.entities}

    def named(entity: str | None) -> str | None:
        return None if entity is None else names.get(entity, entity)

    return tuple(
        RelationRow(
            doc=extraction.document.doc,
            kind=relation.kind,
            start=relation.span.start,
            end=relation.span.end,
            text=relation.text,
            cue=relation.cue.of(text),
            cue_start=relation.cue.start,
            cue_end=relation.cue.end,
            subject=relation.subject.text,
            subject_start=relation.subject.span.start,
            subject_end=relation.subject.span.end,
            subject_entity=named(relation.subject.entity),
            object=relation.object.text,
            object_start=relation.object.span.start,
            object_end=relation.object.span.end,
            object_entity=named(relation.object.entity),
            amount=relation.amount.of(text) if relation.amount else None,
            amount_start=relation.amount.start if relation.amount else None,
            amount_end=relation.amount.end if relation.amount else None,
            place=relation.place.text if relation.place else None,
            period=relation.period,
            modality=relation.modality,
            negated=relation.negated,
            speaker=named(relation.speaker),
            extractor=relation.extractor,
            citations=relation.support.citations,
            citation_scope=relation.support.scope,
        )
        for relation in extraction.relations
    )


def to_json(row: Exportable) -> dict[str, Any]:
    """A row as a JSON object: whole numbers as integers, other numbers as floats."""
    return {field.name: _plain(getattr(row, field.name)) for field in fields(row)}


def to_jsonl(row: Exportable) -> str:
    """A row as one line of JSON Lines, without its line end."""
    return json.dumps(to_json(row), ensure_ascii=False)


def row_kind(record: Mapping[str, Any]) -> type[Row] | None:
    """The kind of row that a JSON object is, told by its fields; ``None`` if it is none."""
    return next((kind for field, kind in _TOLD_BY.items() if field in record), None)


def from_json(record: Mapping[str, Any]) -> Row:
    """A row from a JSON object. Fields that its format does not have are passed over.

    :raises InputError: if it is of no kind, or a field is missing or of a wrong type.
    """
    kind = row_kind(record)
    if kind is None:
        known = ", ".join(sorted(record)) or "none"
        raise InputError(
            "no figure, entity, citation, reference, relation or finding: "
            f"it has the fields {known}"
        )
    values: dict[str, Any] = {}
    for field in fields(kind):
        if field.name not in record:
            if field.default is not MISSING:
                continue
            raise InputError(f"the field '{field.name}' is missing")
        value = record[field.name]
        expected, fits = _CHECKS[str(field.type)]
        if not fits(value):
            raise InputError(f"the field '{field.name}' is {value!r}; it has to be {expected}")
        if isinstance(value, list):
            value = _frozen(value)
        elif field.type == "Decimal | None" and value is not None:
            value = value if isinstance(value, Decimal) else Decimal(str(value))
        values[field.name] = value
    return kind(**values)


def read_rows(path: Path, kind: type[_Row]) -> tuple[_Row, ...]:
    """The rows of one kind in a JSON Lines file; empty lines are passed over.

    :raises InputError: if the file cannot be read or a line is no such row, naming the line.
    """
    return tuple(_expected(path, number, record, kind) for number, record in _records(path))


def _expected(path: Path, number: int, record: object, kind: type[_Row]) -> _Row:
    try:
        row = from_json(record) if isinstance(record, dict) else None
    except InputError as error:
        raise InputError(f"{path}, line {number}: {error}") from None
    if not isinstance(row, kind):
        name = kind.__name__.removesuffix("Row").lower()
        raise InputError(f"{path}, line {number}: this is no {name} record")
    return row


def _records(path: Path) -> Iterator[tuple[int, Any]]:
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise InputError(f"{path} is not UTF-8; convert it first") from None
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield number, json.loads(line, parse_float=Decimal)
            except (ValueError, RecursionError):
                raise InputError(f"{path}, line {number}: this is no JSON") from None


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _frozen(value: object) -> Any:  # noqa: ANN401  (whatever JSON holds)
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_spans(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(span, list) and len(span) == 2 and all(map(_is_integer, span)) for span in value
    )


def _is_integer(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: object) -> bool:
    if isinstance(value, Decimal):
        return value.is_finite()
    return isinstance(value, int | float) and not isinstance(value, bool) and value == value
