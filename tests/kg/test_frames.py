from __future__ import annotations

import sys
from datetime import date, datetime
from decimal import Decimal

import pandas as pd
import pytest

from kg.errors import InputError, QueryError
from kg.frames import to_dataframe
from kg.store import GraphReader


def test_columns_have_types(reader: GraphReader) -> None:
    frame = to_dataframe(
        reader,
        "SELECT ?doc ?value ?start ?approximate ?unit ?published ?read WHERE {"
        " ?f a yz:FigureClaim ; yz:approximate ?approximate ; yz:unit ?unit ;"
        "    prov:wasDerivedFrom ?span OPTIONAL { ?f yz:value ?value }"
        " ?span oa:hasSource ?a ; oa:hasSelector/oa:start ?start ."
        " ?a dcterms:identifier ?doc ; schema:datePublished ?published ."
        " ?g prov:wasDerivedFrom ?a ; prov:generatedAtTime ?read } ORDER BY ?doc ?start",
    )
    assert [str(kind) for kind in frame.dtypes] == [
        "string",
        "Float64",
        "Int64",
        "boolean",
        "string",
        "datetime64[s]",
        "datetime64[s, UTC]",
    ]
    assert len(frame) == 8
    assert frame["value"].sum() == 2 * (16000000000 + 35 - 3.64)
    assert frame["value"].isna().sum() == 2  # the two ranges
    assert set(frame["published"]) == {pd.Timestamp("2026-01-17")}


@pytest.mark.parametrize(
    ("terms", "kind", "values"),
    [
        ("1 2.5 UNDEF 1e1", "Float64", [1.0, 2.5, None, 10.0]),
        ("9223372036854775807 UNDEF", "Int64", [2**63 - 1, None]),
        ("9223372036854775808", "object", [2**63]),
        ("true UNDEF", "boolean", [True, None]),
        ('"台积电" "𠮷😀"@zh <urn:x>', "string", ["台积电", "𠮷😀", "urn:x"]),
        ('1 "x"', "object", [1, "x"]),
        ("UNDEF", "object", [None]),
        ('"0999-01-01"^^xsd:date', "datetime64[s]", [pd.Timestamp("0999-01-01")]),
        ('"2026年"^^xsd:date', "string", ["2026年"]),
        (
            '"2026-01-01"^^xsd:date "2026-01-01T00:00:00Z"^^xsd:dateTime',
            "object",
            [date(2026, 1, 1), datetime.fromisoformat("2026-01-01T00:00:00Z")],
        ),
    ],
)
def test_kinds_of_values(reader: GraphReader, terms: str, kind: str, values: list[object]) -> None:
    frame = to_dataframe(reader, f"SELECT ?x {{ VALUES ?x {{ {terms} }} }}")
    assert str(frame["x"].dtype) == kind
    assert [None if pd.isna(value) else value for value in frame["x"]] == values


def test_decimals_are_floats_of_the_same_digits(reader: GraphReader) -> None:
    frame = to_dataframe(reader, "SELECT ?x { VALUES ?x { 0.1 -3.64 } }")
    assert [Decimal(repr(value)) for value in frame["x"].tolist()] == [
        Decimal("0.1"),
        Decimal("-3.64"),
    ]


def test_a_result_without_rows_keeps_its_columns(reader: GraphReader) -> None:
    assert list(to_dataframe(reader, "SELECT ?a ?b { ?a <urn:none> ?b }").columns) == ["a", "b"]


def test_what_has_no_rows_is_refused(reader: GraphReader, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(QueryError, match="no SELECT; it has no rows"):
        to_dataframe(reader, "ASK {}")
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(InputError, match=r"needs pandas, .*pip install 'yinzheng\[analysis\]'"):
        to_dataframe(reader, "SELECT * {}")
