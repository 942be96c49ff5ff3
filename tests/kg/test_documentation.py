"""The pages that are kept are those that ontology and shapes make now."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

import kg
from kg.diagram import claim_diagram
from kg.documentation import ontology_page
from kg.model import borrowed, claim_classes, classes, properties, schemes
from kg.vocabulary import YZ

DOCS = Path(kg.__file__).with_name("docs")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize(
    ("file", "make", "format"),
    [("ontology.md", ontology_page, "md"), ("claims.svg", claim_diagram, "svg")],
)
def test_what_is_kept_is_up_to_date(file: str, make: object, format: str) -> None:
    kept = (DOCS / file).read_text("utf-8")
    assert callable(make)
    assert kept == make(), f"yinzheng export ontology --format {format} -o kg/docs/{file}"


def test_the_page_tells_of_every_term_and_code() -> None:
    page = ontology_page()
    for name in ("FigureClaim", "citationScope", "metric-price_change", "unit-basis_point"):
        assert f"`yz:{name}`" in page
    for term, _, _ in properties():
        assert f"| `{term.name}` |" in page
    told = {code for _, members in schemes() for code, _ in members}
    assert {"percent", "USD", "company", "forecast", "paragraph", "down"} <= told
    assert "| `yz:low` | 下界 · low | `xsd:decimal` | 0–1 |" in page
    assert "| `yz:citation` | 来源 · citation | `biro:BibliographicReference` | 0–n |" in page


def test_every_term_told_of_has_labels_and_meanings() -> None:
    told = [
        *(each.term for each in classes()),
        *(each.term for described in classes() for each in described.properties),
        *(term for term, _, _ in properties()),
        *borrowed(),
    ]
    assert [term.name for term in told if not (term.zh and term.en)] == []
    assert [term.name for term in told if not (term.meaning_zh and term.meaning_en)] == []


def test_the_diagram_shows_every_kind_of_claim_and_stays_in_its_frame() -> None:
    root = ElementTree.fromstring(claim_diagram())
    texts = {text.text for text in root.iter(f"{SVG}text")}
    assert set(claim_classes()) <= texts
    assert {"yz:FigureClaim", "oa:SpecificResource", "biro:BibliographicReference"} <= texts
    assert "数字主张 · figure claim" in texts
    width, height = (float(root.get(name, "")) for name in ("width", "height"))
    for rect in root.iter(f"{SVG}rect"):
        x, y = float(rect.get("x", 0)), float(rect.get("y", 0))
        assert x + float(rect.get("width", 0)) <= width
        assert y + float(rect.get("height", 0)) <= height


def test_a_claim_class_is_one_of_ours() -> None:
    assert f"yz:{YZ.FigureClaim.value.partition('#')[2]}" in claim_classes()
