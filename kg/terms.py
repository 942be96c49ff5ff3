"""RDF terms from Python values and back, in one place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.vocabulary import RDF, XSD

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
Value: TypeAlias = str | bool | int | Decimal | float | date | None
"""A cell of a query's result: IRIs are strings, ``None`` is unbound."""

_INTEGERS = frozenset(
    "http://www.w3.org/2001/XMLSchema#" + name
    for name in (
        "integer int long short byte nonNegativeInteger positiveInteger nonPositiveInteger "
        "negativeInteger unsignedInt unsignedLong unsignedShort unsignedByte"
    ).split()
)


def integer(value: int) -> Literal:
    """An ``xsd:integer``."""
    return Literal(str(value), datatype=XSD.integer)


def decimal(value: Decimal) -> Literal:
    """An ``xsd:decimal``, which knows no exponent.

    The store drops trailing zeros, which `Decimal` equality ignores as well.
    """
    return Literal(format(value, "f"), datatype=XSD.decimal)


def boolean(value: bool) -> Literal:
    """An ``xsd:boolean``."""
    return Literal("true" if value else "false", datatype=XSD.boolean)


def day(value: date) -> Literal:
    """An ``xsd:date``."""
    return Literal(value.isoformat(), datatype=XSD.date)


def moment(value: datetime) -> Literal:
    """An ``xsd:dateTime``."""
    return Literal(value.isoformat(timespec="seconds"), datatype=XSD.dateTime)


def distinct(values: Iterable[str]) -> list[str]:
    """Each string once, numbers by size: the order that needs no telling."""
    return sorted(set(values), key=lambda value: (len(value), value))


def order(values: Sequence[str]) -> Literal:
    """A sequence of strings as one JSON literal."""
    return Literal(json.dumps(list(values), ensure_ascii=False), datatype=RDF.JSON)


def python_value(term: Term | None) -> Value:
    """What a term says in Python; a literal that its datatype does not allow stays a string."""
    if term is None:
        return None
    if isinstance(term, NamedNode | BlankNode):
        return term.value
    if isinstance(term, Triple):
        return str(term)
    datatype, lexical = term.datatype.value, term.value
    try:
        if datatype == XSD.boolean.value:
            return lexical in ("true", "1")
        if datatype in _INTEGERS:
            return int(lexical)
        if datatype == XSD.decimal.value:
            return Decimal(lexical)
        if datatype == XSD.double.value:
            return float(lexical)
        if datatype == XSD.date.value:
            return date.fromisoformat(lexical)
        if datatype == XSD.dateTime.value:
            return datetime.fromisoformat(lexical)
    except (ValueError, ArithmeticError):
        return lexical
    return lexical


def one_line(error: BaseException) -> str:
    """An error's message without line breaks."""
    return " ".join(str(error).split())
