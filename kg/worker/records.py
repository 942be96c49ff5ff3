"""What a query worker is asked and what it replies, as it crosses between the processes."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from kg.errors import HomeError, LimitError, QueryError, RefusedQueryError, YinzhengError
from kg.query_tokens import Dataset


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one query may take; past it the query ends in a `LimitError`."""

    seconds: float = 30.0
    rows: int = 1_000_000  # of a table
    bytes: int = 64 << 20  # of a result as written
    memory: int = 1 << 30  # bytes that the process may allocate; held on Linux

    def out_of_memory(self) -> LimitError:
        """The error for a query that needed more."""
        return LimitError(
            f"the query was stopped at the limit of {self.memory / (1 << 20):g} MB of memory; "
            "narrow it, or sort and group less at once",
            limit="memory",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryRequest:
    """A query, and the formats (`kg.formats`) that its result may have.

    *table* is for SELECT and ASK, *graph* for CONSTRUCT and DESCRIBE; ``None`` refuses such a
    result.  With *text* the reply is what `kg.sparql.run` makes in that format instead, its
    labels in *language*, of any number of rows.
    """

    query: str
    table: str | None = "json"
    graph: str | None = "ttl"
    dataset: Dataset | None = None
    text: str | None = None
    language: str = "zh"

    def encode(self, *, seconds: float) -> bytes:
        """The bytes of the request, to be done within *seconds*."""
        return json.dumps([asdict(self), seconds]).encode()


def decode_request(message: bytes) -> tuple[QueryRequest, float]:
    """The request of `QueryRequest.encode`, and its seconds."""
    fields, seconds = json.loads(message)
    if fields["dataset"] is not None:
        fields["dataset"] = Dataset(*(tuple(names) for names in fields["dataset"].values()))
    return QueryRequest(**fields), seconds


@dataclass(frozen=True, slots=True)
class QueryReply:
    """A result, whole. *kind* is ``table`` or ``graph``, *generation* that of the data read."""

    kind: str
    body: bytes
    generation: int


class UnfitFormatError(QueryError):
    """A result that none of the formats asked for can hold. *kind* is ``table`` or ``graph``."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"the query makes a {kind}, which no format asked for can hold")
        self.kind = kind


def encode_error(error: YinzhengError) -> dict[str, object]:
    """An error as a JSON object."""
    told: dict[str, object] = {"error": type(error).__name__, "message": str(error)}
    for name in ("line", "column", "limit", "kind"):
        told[name] = getattr(error, name, None)
    return told


def decode_error(told: dict[str, object]) -> YinzhengError:
    """The error of `encode_error`; one of another class comes as a `QueryError`."""
    message = str(told["message"])
    match told["error"]:
        case "LimitError":
            return LimitError(message, limit=str(told["limit"]))
        case "UnfitFormatError":
            return UnfitFormatError(str(told["kind"]))
        case "RefusedQueryError":
            return RefusedQueryError(message)
        case "HomeError":
            return HomeError(message)
    line, column = told["line"], told["column"]
    return QueryError(
        message,
        line=line if isinstance(line, int) else None,
        column=column if isinstance(column, int) else None,
    )
