"""The knowledge base in the formats of other tools."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import fields

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from kg.errors import InputError
from kg.extras import extra
from kg.interchange import Exportable, to_json
from kg.iris import BASE, query_prefixes
from kg.jsonld import jsonld

_FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "nq": RdfFormat.N_QUADS,
    "jsonld": RdfFormat.JSON_LD,
}


def graph_text(quads: Iterable[Quad], *, format: str = "trig", base: str = BASE) -> str:
    """Quads as text, the same for the same quads; ``ttl`` merges the graphs.

    :raises InputError: if *format* is not ttl, trig, nq or jsonld.
    """
    if format not in _FORMATS:
        raise InputError(f"no graph format '{format}'; there are: {', '.join(_FORMATS)}")
    statements: set[Quad] | set[Triple] = set(quads)
    if format == "ttl":
        statements = {quad.triple for quad in statements if isinstance(quad, Quad)}
    return serialised(statements, format=_FORMATS[format], prefixes=query_prefixes(base))


def serialised(
    statements: Iterable[Quad] | Iterable[Triple],
    *,
    format: RdfFormat,
    prefixes: Mapping[str, str],
) -> str:
    """Statements in a stable order, under the prefixes that they use."""
    ordered = sorted(statements, key=_place)
    if format == RdfFormat.JSON_LD:
        return jsonld(ordered, prefixes=prefixes)
    namespaces = {
        prefix: iri
        for prefix, iri in prefixes.items()
        if any(
            node.value.startswith(iri)
            for statement in ordered
            for node in (statement.subject, statement.predicate, statement.object)
            if hasattr(node, "value")
        )
    }
    text = (serialize(ordered, format=format, prefixes=namespaces) or b"").decode()
    if format not in (RdfFormat.TURTLE, RdfFormat.TRIG):
        return text
    # The serialiser writes its prefixes in the order of a hash table.
    lines = text.split("\n")
    count = next((n for n, line in enumerate(lines) if not line.startswith("@prefix")), 0)
    return "\n".join([*sorted(lines[:count]), *lines[count:]])


def _place(statement: Quad | Triple) -> tuple[str, str, str]:
    graph = str(statement.graph_name) if isinstance(statement, Quad) else ""
    return graph, str(statement.subject), f"{statement.predicate} {statement.object}"


def rows_csv(rows: Iterable[Exportable], kind: type[Exportable], *, bom: bool = False) -> str:
    """Rows of one kind as CSV with a header; lists are joined by ``;``.

    *bom* opens with a byte order mark, without which Excel reads Chinese as garbage.
    """
    stream = io.StringIO()
    writer = csv.DictWriter(stream, [field.name for field in fields(kind)], lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _field(value) for name, value in to_json(row).items()})
    return ("\ufeff" if bom else "") + stream.getvalue()


def _field(value: object) -> object:
    if isinstance(value, list):
        return ";".join(value)
    return str(value).lower() if isinstance(value, bool) else value


def rows_parquet(rows: Iterable[Exportable], kind: type[Exportable]) -> bytes:
    """Rows of one kind as a Parquet file, whose column types are those of its fields.

    :raises InputError: if pyarrow is not installed.
    """
    pa = extra("pyarrow", "analysis", "Parquet")
    pq = extra("pyarrow.parquet", "analysis", "Parquet")
    types = {
        "str": pa.string(),
        "int": pa.int64(),
        "bool": pa.bool_(),
        "Decimal": pa.float64(),  # as in JSON: no figure of an article has more digits
        "tuple[str, ...]": pa.list_(pa.string()),
    }
    schema = pa.schema(
        [
            pa.field(
                field.name,
                types[str(field.type).removesuffix(" | None")],
                nullable=str(field.type).endswith(" | None"),
            )
            for field in fields(kind)
        ]
    )
    stream = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([to_json(row) for row in rows], schema=schema), stream)
    return stream.getvalue()
