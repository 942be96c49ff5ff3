from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.exports import rows_csv
from kg.interchange import (
    CitationRow,
    EntityRow,
    FigureRow,
    citation_rows,
    entity_rows,
    figure_rows,
    from_json,
    read_rows,
    reference_rows,
    relation_rows,
    to_json,
    to_jsonl,
)
from kg.records import Extraction

Make = Callable[..., Extraction]


def test_a_figure_is_told_as_the_format_says(make: Make) -> None:
    extraction = make()
    row = to_json(figure_rows(extraction)[2])
    start = extraction.document.text.index("3.64%")
    assert row == {
        "doc": "a",
        "start": start,
        "end": start + 5,
        "text": "3.64%",
        "value": -3.64,
        "low": None,
        "high": None,
        "unit": "percent",
        "approximate": False,
        "subject": "𠮷田电器板块",
        "metric": "price_change",
        "period": None,
        "citations": ["6"],
        "citation_scope": "direct",
    }
    money = json.loads(to_jsonl(figure_rows(extraction)[0]))
    assert (money["value"], money["period"]) == (16_000_000_000, "2025年第四季度")


def test_a_relation_is_told_with_all_its_parts(make: Make) -> None:
    rows = relation_rows(make())
    row = to_json(rows[0])
    told = ("kind", "cue", "subject", "subject_entity", "object", "object_entity", "amount")
    assert [row[name] for name in told] == [
        "performance", "下跌", "台积电", "台积电", "𠮷田电器板块", "𠮷田电器板块", "3.64%",
    ]  # fmt: skip
    assert (row["period"], row["citations"], row["extractor"]) == ("2025年第四季度", ["6"], "rules")
    other = to_json(rows[1])
    assert (other["speaker"], other["place"], other["amount_start"]) == ("魏哲家", "台积电", None)
    assert (other["negated"], other["modality"]) == (True, "forecast")
    assert from_json(json.loads(to_jsonl(rows[1]))) == rows[1]
    text = make().document.text
    for relation in rows:
        for part in ("cue", "subject", "object"):
            start, end = getattr(relation, f"{part}_start"), getattr(relation, f"{part}_end")
            assert text[start:end] == getattr(relation, part)


def test_spans_are_the_text(make: Make) -> None:
    text = make().document.text
    for row in (*figure_rows(make()), *citation_rows(make())):
        assert text[row.start : row.end] == row.text


def test_citations_and_entities(make: Make) -> None:
    assert [(row.source, row.reference) for row in citation_rows(make())] == [
        ("6", "路透社"),
        ("6", "路透社"),
        ("10", None),
    ]
    assert to_json(entity_rows(make())[0])["aliases"] == ["TSMC", "TSM"]


@pytest.mark.parametrize("rows", [figure_rows, entity_rows, citation_rows, reference_rows])
def test_rows_come_back(make: Make, rows: Callable[[Extraction], tuple[FigureRow, ...]]) -> None:
    for row in rows(make()):
        assert from_json(json.loads(to_jsonl(row), parse_float=Decimal)) == row


def test_gold_is_read(shared: Path) -> None:
    for path in sorted(shared.glob("devset/*/figures.jsonl")):
        article = (path.parent / "article.txt").read_bytes().decode()
        for row in read_rows(path, FigureRow):
            assert article[row.start : row.end] == row.text
        assert read_rows(path.with_name("entities.jsonl"), EntityRow)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "line 2: this is no JSON"),
        ("[" * 100_000, "line 2: this is no JSON"),
        ("[]", "line 2: this is no citation record"),
        (
            '{"id": "q1"}',
            "line 2: no figure, entity, citation, reference, relation or finding: it has the "
            "fields id",
        ),
        ('{"covers_start": 1}', "line 2: the field 'doc' is missing"),
        ('{"aliases": [], "doc": 3}', "line 2: the field 'doc' is 3; it has to be a string"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text("\n" + line, "utf-8")
    with pytest.raises(InputError, match=message):
        read_rows(path, CitationRow)


def test_a_missing_or_binary_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read: No such file"):
        read_rows(tmp_path / "x", FigureRow)
    (tmp_path / "x").write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match="is not UTF-8; convert it first"):
        read_rows(tmp_path / "x", FigureRow)


def test_csv_has_the_fields_of_the_format(make: Make) -> None:
    text = rows_csv(figure_rows(make()), FigureRow, bom=True)
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert [row["value"] for row in rows] == ["16000000000", "35", "-3.64", ""]
    assert rows[3]["citations"] == "10;6"
    assert rows[0]["approximate"] == "true"
