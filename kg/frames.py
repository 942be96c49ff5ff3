"""Query results as pandas DataFrames whose columns have types."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from pyoxigraph import QuerySolutions

from kg.errors import QueryError
from kg.extras import extra
from kg.reader import GraphReader
from kg.storage import QueryResult
from kg.terms import Value, python_value

if TYPE_CHECKING:
    import pandas as pd

_INT64 = range(-(2**63), 2**63)


def to_dataframe(reader: GraphReader, query: str) -> pd.DataFrame:
    """The rows of a SELECT query, a column a variable.

    Integers become ``Int64``, decimals and doubles ``Float64``, booleans ``boolean``, strings
    and IRIs ``string``, days ``datetime64``, moments ``datetime64`` in UTC; a column of
    several kinds stays ``object``.  What is unbound is missing in each of them.

    :raises QueryError: if the query is broken, refused, or no SELECT.
    :raises InputError: if pandas is not installed.
    """
    pandas = extra("pandas", "analysis", "a DataFrame")

    def read(result: QueryResult) -> tuple[list[str], list[list[Value]]]:
        if not isinstance(result, QuerySolutions):
            raise QueryError("the query is no SELECT; it has no rows")
        names = [variable.value for variable in result.variables]
        return names, [[python_value(row[name]) for name in names] for row in result]

    names, rows = reader.query(query, read)
    columns: dict[str, pd.Series] = {}
    for place, name in enumerate(names):
        values = [row[place] for row in rows]
        kind = _dtype(values)
        if kind == "Float64":
            values = [None if value is None else float(value) for value in values]  # type: ignore[arg-type]
        columns[name] = pandas.Series(values, dtype=kind)
    frame: pd.DataFrame = pandas.DataFrame(columns, columns=names)
    return frame


def _dtype(values: Sequence[Value]) -> str:
    """The pandas type that holds all *values*."""
    kinds = {type(value) for value in values if value is not None}
    if kinds == {bool}:
        return "boolean"
    if kinds == {int}:
        fits = all(value in _INT64 for value in values if value is not None)
        return "Int64" if fits else "object"
    if kinds and kinds <= {int, float, Decimal}:
        return "Float64"
    if kinds == {str}:
        return "string"
    if kinds == {date}:
        return "datetime64[s]"
    if kinds == {datetime}:
        return "datetime64[s, UTC]"
    return "object"
