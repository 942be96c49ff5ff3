from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import fields, replace

import pandas as pd
import pyarrow.parquet as pq
import pytest
from rdflib import Dataset, Graph

from kg.claims import ClaimRow, claim_rows
from kg.errors import InputError
from kg.exports import graph_text, rows_csv, rows_parquet
from kg.interchange import (
    CitationRow,
    EntityRow,
    FigureRow,
    ReferenceRow,
    RelationRow,
    citation_rows,
    entity_rows,
    figure_rows,
    reference_rows,
    relation_rows,
    to_json,
    to_jsonl,
)
from kg.records import Extraction
from kg.store import GraphReader

# rdflib's own, in its parsers of datasets
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph|Dataset:DeprecationWarning")

Make = Callable[..., Extraction]


@pytest.mark.parametrize(
    ("format", "theirs"), [("trig", "trig"), ("nq", "nquads"), ("jsonld", "json-ld")]
)
def test_datasets_are_read_back_by_rdflib(reader: GraphReader, format: str, theirs: str) -> None:
    quads = reader.quads()
    dataset = Dataset()
    dataset.parse(data=graph_text(quads, format=format), format=theirs)
    assert len(list(dataset.quads())) == len(set(quads))
    body = "https://schema.org/articleBody"
    texts = {str(o) for _, p, o, _ in dataset.quads() if str(p) == body}
    assert texts == {reader.text("a"), reader.text("b")}


def test_turtle_merges_the_graphs(reader: GraphReader) -> None:
    quads = reader.quads()
    graph = Graph().parse(data=graph_text(quads, format="ttl"), format="turtle")
    assert len(graph) == len({quad.triple for quad in quads})
    again = Graph().parse(data=graph_text(quads[::-1], format="ttl"), format="turtle")
    assert set(again) == set(graph)


@pytest.mark.parametrize("format", ["ttl", "trig", "nq", "jsonld"])
def test_the_same_quads_make_the_same_text(reader: GraphReader, format: str) -> None:
    quads = reader.quads("a")
    assert graph_text(quads, format=format) == graph_text(quads[::-1], format=format)


def test_an_unknown_format_is_told() -> None:
    with pytest.raises(InputError, match="no graph format 'rdfa'; there are: ttl, trig"):
        graph_text([], format="rdfa")


ROWS = {
    FigureRow: figure_rows,
    EntityRow: entity_rows,
    CitationRow: citation_rows,
    ReferenceRow: reference_rows,
    RelationRow: relation_rows,
    ClaimRow: claim_rows,
}


@pytest.mark.parametrize("kind", ROWS, ids=lambda kind: kind.__name__)
def test_parquet_is_read_back_by_pyarrow(make: Make, kind: type) -> None:
    rows = ROWS[kind](make())
    table = pq.read_table(io.BytesIO(rows_parquet(rows, kind)))
    assert table.to_pylist() == [to_json(row) for row in rows]
    empty = pq.read_table(io.BytesIO(rows_parquet([], kind)))
    assert empty.num_rows == 0 and empty.schema == table.schema


def test_parquet_is_read_by_pandas_with_types(make: Make) -> None:
    frame = pd.read_parquet(io.BytesIO(rows_parquet(figure_rows(make()), FigureRow)))
    assert [str(frame[name].dtype) for name in ("start", "value", "approximate")] == [
        "int64",
        "float64",
        "bool",
    ]
    assert frame["value"].tolist()[:3] == [16000000000.0, 35.0, -3.64]
    assert list(frame["citations"].iloc[3]) == ["10", "6"]


@pytest.mark.parametrize("kind", ROWS, ids=lambda kind: kind.__name__)
def test_json_lines_and_csv_are_read_back_by_pandas(make: Make, kind: type) -> None:
    rows = ROWS[kind](make())
    lines = "".join(f"{to_jsonl(row)}\n" for row in rows)
    frame = pd.read_json(io.StringIO(lines), lines=True, dtype=False)
    names = [field.name for field in fields(kind)]
    assert len(frame) == len(rows) and (not rows or list(frame.columns) == names)
    for told, row in zip(frame.to_dict("records"), rows, strict=True):
        for name, value in to_json(row).items():
            assert told[name] == value or (value is None and pd.isna(told[name])), name
    frame = pd.read_csv(io.StringIO(rows_csv(rows, kind)), dtype=str, keep_default_na=False)
    assert list(frame.columns) == names and len(frame) == len(rows)


@pytest.mark.parametrize("bom", [False, True])
def test_csv_is_read_by_pandas(make: Make, bom: bool) -> None:
    data = rows_csv(claim_rows(make()), ClaimRow, bom=bom).encode()
    assert data.startswith(b"\xef\xbb\xbf") is bom
    frame = pd.read_csv(io.BytesIO(data))
    assert frame.columns[0] == "doc"
    assert frame["kind"].tolist() == ["relation", "office", "statement", "relation"]
    text = make().document.text
    for row in frame.itertuples():
        assert text[row.start : row.end] == row.text
    assert frame["text"].tolist()[1:3] == ["首席执行官魏哲家", "需求强劲😀"]


def test_claims_are_told_in_one_form(make: Make) -> None:
    made = make()
    denied = replace(made.statements[0], negated=True, modality="hearsay")
    made = replace(made, statements=(denied,))
    better, office, statement, cause = claim_rows(made)
    assert (better.kind, better.subject, better.predicate, better.object) == (
        "relation",
        "台积电",
        "performance",
        "𠮷田电器板块",
    )
    assert (cause.subject, cause.predicate, cause.object) == ("需求强劲😀", "cause", "台积电")
    assert (office.kind, office.subject, office.predicate, office.object) == (
        "office",
        "魏哲家",
        "首席执行官",
        "台积电",
    )
    assert (statement.kind, statement.subject, statement.predicate) == (
        "statement",
        "魏哲家",
        "表示",
    )
    assert statement.quoted is True and statement.citations == ("10", "6")
    told = [(row.negated, row.modality) for row in (better, office, statement, cause)]
    assert told == [
        (False, "reported"),
        (None, None),
        (True, "hearsay"),
        (True, "forecast"),
    ]
    for row in (better, office, statement, cause):
        assert made.document.text[row.start : row.end] == row.text


def test_a_library_that_is_absent_is_told_with_the_way_out(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InputError) as caught:
        rows_parquet(figure_rows(make()), FigureRow)
    assert str(caught.value) == (
        "Parquet needs pyarrow, which is not installed; "
        "install it with: pip install 'yinzheng[analysis]'"
    )
