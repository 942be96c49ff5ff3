"""Saved queries: the ``.rq`` files beside this module, each complete and fit to be copied.

A file starts with comments that describe it::

    # name: claims-by-source
    # zh: 依据某一来源的所有主张
    # en: every claim that rests on a source
    # keywords: 来源 引用 source citation
    # parameter: source string | 来源编号 | number of the source

The default of a parameter stands in the query, as ``VALUES ?source { "5" }``; binding
replaces the terms in the braces by literals, written out by the store's own serialiser.
A label is a string in each language that names are told in, for a store finds a literal at
once and a string in any language only by reading all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

from pyoxigraph import Literal

from kg.errors import InputError
from kg.terms import day, decimal, integer

_FOLDER = Path(__file__).with_name("queries")
_HEADER = re.compile(r"# (\w+): (.+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """What a saved query may be told. *type* is string, label, integer, decimal or date."""

    name: str
    type: str
    zh: str
    en: str
    default: str  # as it stands in the query


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedQuery:
    """A query with its description. *text* runs as it is."""

    name: str
    zh: str
    en: str
    keywords: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    text: str


@cache
def saved_queries() -> tuple[SavedQuery, ...]:
    """All saved queries, by name."""
    return tuple(sorted(map(_read, _FOLDER.glob("*.rq")), key=lambda query: query.name))


def saved_query(name: str) -> SavedQuery:
    """The saved query of a name.

    :raises InputError: if there is none, naming those that there are.
    """
    for query in saved_queries():
        if query.name == name:
            return query
    names = ", ".join(query.name for query in saved_queries())
    raise InputError(f"no saved query '{name}'; there are: {names}")


def bind(query: SavedQuery, values: Mapping[str, str]) -> str:
    """The text of a saved query with parameters set; those left out keep their default.

    :raises InputError: if a parameter is unknown or its value not of its type.
    """
    parameters = {parameter.name: parameter for parameter in query.parameters}
    text = query.text
    for name, value in values.items():
        if name not in parameters:
            known = ", ".join(parameters) or "none"
            raise InputError(f"'{query.name}' has no parameter '{name}'; it has: {known}")
        before, _, after = _split(text, name)
        text = before + _terms(parameters[name], value) + after
    return text


def _terms(parameter: Parameter, value: str) -> str:
    literal = _literal(parameter, value)
    if parameter.type != "label":
        return str(literal)
    return " ".join(map(str, (literal, *(Literal(value, language=tag) for tag in ("zh", "en")))))


def _literal(parameter: Parameter, value: str) -> Literal:
    try:
        if parameter.type == "integer":
            return integer(int(value))
        if parameter.type == "decimal":
            number = Decimal(value)
            if not number.is_finite():
                raise InvalidOperation
            return decimal(number)
        if parameter.type == "date":
            return day(date.fromisoformat(value))
    except (ValueError, InvalidOperation):
        raise InputError(
            f"'{value}' is no {parameter.type}, as parameter '{parameter.name}' has to be"
        ) from None
    if any("\ud800" <= char <= "\udfff" for char in value):
        raise InputError(f"parameter '{parameter.name}' is not valid text; send it as UTF-8")
    return Literal(value)


def _split(text: str, name: str) -> tuple[str, str, str]:
    """The query around a parameter's term, and that term: what is in the braces of its VALUES."""
    before, opening, rest = text.partition(f"VALUES ?{name} {{ ")
    term, closing, after = rest.partition(" }\n")
    return before + opening, term, closing + after


def _read(path: Path) -> SavedQuery:
    text = path.read_text("utf-8")
    header: dict[str, list[str]] = {}
    for line in text.splitlines():
        match = _HEADER.fullmatch(line)
        if match is None:
            break
        header.setdefault(match[1], []).append(match[2])
    return SavedQuery(
        name=header["name"][0],
        zh=header["zh"][0],
        en=header["en"][0],
        keywords=tuple(header["keywords"][0].split()),
        parameters=tuple(_parameter(line, text) for line in header.get("parameter", ())),
        text=text,
    )


def _parameter(line: str, text: str) -> Parameter:
    declared, zh, en = (part.strip() for part in line.split("|"))
    name, type_ = declared.split()
    return Parameter(name=name, type=type_, zh=zh, en=en, default=_split(text, name)[1])
