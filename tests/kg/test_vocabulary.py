from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from inspect import get_annotations
from pathlib import Path
from typing import Literal, get_args

import pytest
from rdflib import Graph
from rdflib import Literal as Words
from rdflib.namespace import DCTERMS, PROV, RDF, SKOS, TIME

import kg
from ingest.quantities import units
from kg import records, vocabulary
from kg.audit.rule import KINDS, NOTES
from kg.records import Extraction
from kg.store import GraphReader, GraphWriter
from kg.ties import TieKind
from kg.unit_names import unit_names
from kg.units import CURRENCIES, OWN, QUDT, unit_code, unit_node
from kg.vocabulary import NAMESPACE, YZ, code_of, coded

ONTOLOGY = Path(kg.__file__).with_name("ontology.ttl")
SCHEMES = {
    "metric": records.Metric,
    "type": records.EntityType,
    "modality": records.Modality,
    "scope": records.Scope,
    "kind": records.LineKind,
    "relation": records.RelationKind,
    "stance": records.Stance,
    "tie": TieKind,
    "finding": Literal[(*KINDS, *NOTES)],
}


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(ONTOLOGY)


def test_the_ontology_has_the_terms_of_the_vocabulary_and_no_others(ontology: Graph) -> None:
    codes = {f"{scheme}-{code}" for scheme, type_ in SCHEMES.items() for code in get_args(type_)}
    codes |= {f"unit-{code}" for code in OWN} | {f"direction-{d}" for d in ("up", "down", "flat")}
    told = {
        str(subject).removeprefix(NAMESPACE)
        for subject in ontology.subjects(RDF.type, None)
        if str(subject).startswith(NAMESPACE)
    }
    assert told == codes | set(get_annotations(YZ))


def test_every_term_has_label_and_definition_in_chinese_and_english(ontology: Graph) -> None:
    for subject in set(ontology.subjects(RDF.type, None)):
        name = str(subject)
        if not name.startswith(NAMESPACE):
            continue
        for predicate in (SKOS.prefLabel, SKOS.definition):
            languages = [
                value.language
                for value in ontology.objects(subject, predicate)
                if isinstance(value, Words)
            ]
            assert sorted(map(str, languages)) == ["en", "zh"], (name, predicate)


def test_whatever_is_written_has_labels_in_both_languages(corpus_home: Path) -> None:
    reader = GraphReader.open(corpus_home)
    used = {
        str(row["term"])
        for query in (
            "SELECT DISTINCT ?term { ?s ?term ?o }",
            "SELECT DISTINCT ?term { ?s a ?term FILTER (!STRSTARTS(STR(?term), STR(owl:))) }",
            "SELECT DISTINCT ?term { ?s yz:unit|yz:metric|yz:modality|yz:entityType|"
            "yz:citationScope|yz:direction|yz:lineKind|yz:stance|rdf:predicate ?term }",
        )
        for row in reader.select(query)
    }
    labelled = {
        str(row["term"])
        for row in reader.select(
            "SELECT ?term { ?term skos:prefLabel ?a , ?b"
            ' FILTER (LANG(?a) = "zh" && LANG(?b) = "en") }'
        )
    }
    assert len(used) > 80
    assert used - labelled == set()


def test_no_statement_is_in_two_graphs(corpus_home: Path) -> None:
    quads = GraphReader.open(corpus_home).quads()
    assert len({quad.triple for quad in quads}) == len(quads)


@pytest.mark.parametrize(
    ("code", "zh", "en"),
    [
        ("USD/barrel", "美元/桶", "US dollar per barrel"),
        ("JPY/USD", "日元/美元", "Japanese yen per US dollar"),
        ("GWh", "吉瓦时", "gigawatt-hour"),
        ("CNY/furlong", "人民币元/furlong", "Chinese yuan per furlong"),
    ],
)
def test_units_are_named_by_their_parts(code: str, zh: str, en: str) -> None:
    assert unit_names(code) == (zh, en)


def test_every_unit_that_the_grammar_reads_has_a_name() -> None:
    codes = {*units.CURRENCIES, *units._PHYSICAL, *units._LENGTHS, *units._RATIOS, *units._PER}
    assert [code for code in codes if unit_names(code)[0] == code] == []


def test_units_of_documents_become_nodes_that_stay(
    home: Path, make: Callable[..., Extraction]
) -> None:
    made = make()
    price = replace(made.figures[0], unit="USD/barrel", metric="level")
    with GraphWriter.open(home) as writer:
        writer.replace(replace(made, figures=(price,), relations=()))
    query = "SELECT ?l { measure:USD/barrel skos:prefLabel ?l } ORDER BY ?l"
    query = query.replace("measure:USD/barrel", "<https://yinzheng.example/id/measure/USD/barrel>")
    labels = [row["l"] for row in GraphReader.open(home).select(query)]
    assert labels == ["US dollar per barrel", "美元/桶"]
    with GraphWriter.open(home) as writer:
        writer.remove("a")
    assert GraphReader.open(home).select(query)  # another document may use it


def test_notations_are_the_codes_of_the_records(ontology: Graph) -> None:
    for subject, notation in ontology.subject_objects(SKOS.notation):
        if str(subject).startswith(NAMESPACE):
            assert str(subject).endswith(f"-{notation}")
        else:
            assert unit_code(str(subject)) == str(notation)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [(vocabulary.PROV, PROV), (vocabulary.SKOS, SKOS), (vocabulary.TIME, TIME),
     (vocabulary.DCTERMS, DCTERMS)],
)  # fmt: skip
def test_standard_terms_exist_in_the_closed_namespaces_of_rdflib(ours: type, theirs: type) -> None:
    for name in get_annotations(ours):
        assert str(theirs[name]) == getattr(ours, name).value


def test_a_misspelt_term_is_an_error() -> None:
    with pytest.raises(AttributeError, match="FigureClam"):
        _ = YZ.FigureClam  # type: ignore[attr-defined]


def test_codes_come_back() -> None:
    assert code_of(coded("metric", "price_change"), "metric") == "price_change"
    with pytest.raises(ValueError, match="is no metric of the vocabulary"):
        code_of(coded("type", "company"), "metric")


@pytest.mark.parametrize(
    "code",
    [*QUDT, *OWN, *sorted(CURRENCIES), "GWh", "nanometre", "USD/barrel", "JPY/USD", "USD/count"],
)
def test_units_come_back(code: str) -> None:
    assert unit_code(unit_node(code, base="https://other.example/kb/").value) == code


def test_units_are_terms_of_qudt_where_it_has_one() -> None:
    qudt = "http://qudt.org/vocab/unit/"
    assert unit_node("USD", base="x:").value == qudt + "CCY_USD"
    assert unit_node("percent", base="x:").value == qudt + "PERCENT"


@pytest.mark.parametrize("code", ["", "美元", "USD/", "/barrel", "a b", "USD/a/b", "percent>"])
def test_ill_formed_units_are_refused(code: str) -> None:
    with pytest.raises(ValueError, match="is no unit"):
        unit_node(code, base="https://yinzheng.example/id/")
