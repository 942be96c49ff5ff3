"""Findings in the graph: kept with provenance, once, gone with their document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kg.audit.graph import findings_graph
from kg.audit.rule import fingerprint, own_rules
from kg.records import Extraction
from kg.store import GraphReader, GraphWriter
from kg.validation import validate

Make = Callable[..., Extraction]


@pytest.fixture
def two(home: Path, make: Make) -> Path:
    """Two documents that give one company's profit of one quarter two values."""
    with GraphWriter.open(home) as writer:
        for doc, value, extra in (("a", "16000000000", ""), ("b", "19000000000", "完。")):
            made = make(doc, extra=extra)
            profit = replace(
                made.figures[0],
                value=Decimal(value),
                approximate=False,
                period_begin=date(2025, 10, 1),
                period_end=date(2025, 12, 31),
            )
            writer.replace(replace(made, figures=(profit, *made.figures[1:])))
        writer.audit(own_rules())
    return home


def test_documents_that_contradict_each_other_make_one_finding(two: Path) -> None:
    found = [f for f in GraphReader.open(two).findings() if f.severity == "error"]
    assert [(f.docs, f.kind, f.rule) for f in found] == [
        (("a", "b"), "conflict", "across-documents")
    ]
    assert "《a》与《b》台积电的利润" in found[0].explanation


def test_an_audit_that_finds_the_same_changes_nothing(two: Path) -> None:
    before = GraphReader.open(two).quads()
    with GraphWriter.open(two) as writer:
        writer.audit(own_rules(), docs={"b"})
        writer.audit(own_rules())
    assert set(GraphReader.open(two).quads()) == set(before)


def test_a_finding_goes_with_either_document(two: Path) -> None:
    with GraphWriter.open(two) as writer:
        writer.remove("b")
    reader = GraphReader.open(two)
    assert reader.findings() == ()
    graph = findings_graph(reader.base)
    assert [quad for quad in reader.quads() if quad.graph_name == graph] == []


def test_no_statement_is_in_two_graphs_and_the_shapes_hold(two: Path) -> None:
    quads = GraphReader.open(two).quads()
    assert len({quad.triple for quad in quads}) == len(quads)
    assert validate(quads, engines=("store",)) == ()


def test_sparql_reaches_findings_with_who_made_them(two: Path) -> None:
    rows = GraphReader.open(two).select(
        "SELECT ?who ?doc ?words { ?f a yz:Finding ; prov:wasAttributedTo ?who ;"
        " yz:about/dcterms:identifier ?doc ; oa:hasTarget ?span ."
        " ?span oa:hasSource/dcterms:identifier ?doc ; oa:hasSelector/oa:exact ?words }"
        " ORDER BY ?doc"
    )
    words = [(row["doc"], row["words"]) for row in rows]
    assert words == [("a", "约160亿美元"), ("b", "约160亿美元")]


def test_documents_tell_which_rules_they_were_audited_with(two: Path) -> None:
    assert GraphReader.open(two).audited() == dict.fromkeys(("a", "b"), fingerprint(own_rules()))
