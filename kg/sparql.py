"""SPARQL for people and scripts: read-only, with results in the formats they ask for."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import cast

from pyoxigraph import Literal, NamedNode, QueryBoolean, QueryTriples

from kg.errors import QueryError
from kg.exports import serialised
from kg.formats import GRAPH_FORMATS, RESULT_FORMATS
from kg.iris import query_prefixes
from kg.reader import GraphReader
from kg.storage import QueryResult
from kg.terms import Term, python_value

FORMATS = ("table", *dict.fromkeys([*RESULT_FORMATS, *GRAPH_FORMATS]))
"""What `run` can write: tables for SELECT and ASK, graphs for CONSTRUCT and DESCRIBE."""

_CELL = 60
_LABELS = """
SELECT ?iri ?label (lang(?label) AS ?language) WHERE {{
  VALUES ?iri {{ {iris} }}
  ?iri skos:prefLabel|(^yz:denotes/yz:name)|dcterms:identifier ?label }}
"""


def run(reader: GraphReader, query: str, *, format: str = "table", language: str = "zh") -> str:
    """The result of *query* as text, closed by a line end.

    ``table`` shows numbers and text in aligned columns (a Chinese character is two wide),
    IRIs by label and short form, labels in *language* where there are some; a graph is shown
    as Turtle.  The other formats are those of the standards, byte for byte.

    :raises QueryError: if the query is broken or refused, or has no result in *format*.
    """
    if format not in FORMATS:
        raise QueryError(f"no format '{format}'; there are: {', '.join(FORMATS)}")
    prefixes = query_prefixes(reader.base)

    def written(result: QueryResult) -> str | tuple[list[str], list[list[Term | None]]]:
        if isinstance(result, QueryTriples):
            name = "ttl" if format == "table" else format
            if name not in GRAPH_FORMATS:
                raise _unfit(format, "a graph", GRAPH_FORMATS)
            return serialised(set(result), format=GRAPH_FORMATS[name], prefixes=prefixes)
        if format == "table":
            if isinstance(result, QueryBoolean):
                return "true\n" if result else "false\n"
            names = [variable.value for variable in result.variables]
            return names, [[row[name] for name in names] for row in result]
        if format not in RESULT_FORMATS:
            raise _unfit(format, "a table", RESULT_FORMATS)
        return cast(bytes, result.serialize(format=RESULT_FORMATS[format])).decode()

    result = reader.query(query, written)
    if isinstance(result, str):
        return result if result.endswith("\n") else result + "\n"
    names, rows = result
    iris = {cell for row in rows for cell in row if isinstance(cell, NamedNode)}
    labelled = labels(reader, (iri.value for iri in iris), language=language)
    return table(
        names,
        [[_cell(cell, labelled, prefixes) for cell in row] for row in rows],
        right={place for place in range(len(names)) if _is_numeric(row[place] for row in rows)},
    )


def labels(reader: GraphReader, iris: Iterable[str], *, language: str = "zh") -> dict[str, str]:
    """The name of each IRI that has one: in *language* if it can be, else as documents call it."""
    terms = " ".join(sorted(str(NamedNode(iri)) for iri in set(iris) if _is_absolute(iri)))
    best: dict[str, tuple[int, str]] = {}
    for row in reader.select(_LABELS.format(iris=terms)) if terms else ():
        iri, label, tag = (str(row[name]) for name in ("iri", "label", "language"))
        rank = (0 if tag == language else 2 if tag else 1, label)
        best[iri] = min(best.get(iri, rank), rank)
    return {iri: label for iri, (_, label) in best.items()}


def prefixes_text(prefixes: Mapping[str, str]) -> str:
    """The declarations of *prefixes*, fit to open a query that is run elsewhere."""
    return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in prefixes.items())


def table(
    names: Sequence[str], rows: Sequence[Sequence[str]], *, right: Collection[int] = ()
) -> str:
    """Aligned columns under their names, with the number of rows below.

    *right* are the places of the columns that align right.
    """
    widths = [
        max((display_width(cell) for cell in column), default=0)
        for column in zip(names, *rows, strict=True)
    ]
    lines = [
        "  ".join(
            gap + cell if place in right else cell + gap
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
            for gap in (" " * (width - display_width(cell)),)
        ).rstrip()
        for row in (names, ["─" * width for width in widths], *rows)
    ]
    return "\n".join([*lines, f"({len(rows)} row{'' if len(rows) == 1 else 's'})"]) + "\n"


def display_width(text: str) -> int:
    """Columns of a terminal that *text* takes."""
    return sum(
        0
        if unicodedata.category(char) in ("Mn", "Me", "Cf")
        else 2
        if unicodedata.east_asian_width(char) in "WF"
        else 1
        for char in text
    )


def _is_numeric(column: Iterable[Term | None]) -> bool:
    values = [python_value(term) for term in column if term is not None]
    return bool(values) and all(
        isinstance(value, int | Decimal | float) and not isinstance(value, bool) for value in values
    )


def _cell(term: Term | None, labelled: Mapping[str, str], prefixes: Mapping[str, str]) -> str:
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        short = shortened(term.value, prefixes)
        label = labelled.get(term.value)
        text = short if label is None else f"{label} ({short})"
    elif isinstance(term, Literal):
        text = term.value
    else:
        text = str(python_value(term))
    text = " ".join(text.split())
    if display_width(text) <= _CELL:
        return text
    width, cut = 0, 0
    while width < _CELL - 1:
        width += display_width(text[cut])
        cut += 1
    return text[: cut - (width > _CELL - 1)] + "…"


def shortened(iri: str, prefixes: Mapping[str, str]) -> str:
    """An IRI with its longest known prefix."""
    for prefix, namespace in sorted(prefixes.items(), key=lambda item: -len(item[1])):
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return f"<{iri}>"


def _is_absolute(iri: str) -> bool:
    try:
        NamedNode(iri)
    except ValueError:
        return False
    return True


def _unfit(format: str, kind: str, fit: Mapping[str, object]) -> QueryError:
    return QueryError(f"the query makes {kind}, which '{format}' cannot hold; use {', '.join(fit)}")
