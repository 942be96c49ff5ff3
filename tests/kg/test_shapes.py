from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize
from pyshacl import validate
from rdflib import Graph
from rdflib.namespace import SH

from kg import shapes
from kg.convert import to_quads
from kg.errors import ShapeError
from kg.model import classes
from kg.records import Argument, EntityType, Extraction, Span
from kg.registry import RegistryEntry, registry_quads
from kg.shapes import SHAPES, checks, violations
from kg.sparql import shortened
from kg.store import GraphReader, GraphWriter
from kg.vocabulary import (
    C4O,
    CITO,
    DCTERMS,
    DOCO,
    OA,
    PREFIXES,
    PROV,
    RDF,
    SCHEMA,
    SKOS,
    TIME,
    XSD,
    YZ,
    coded,
)

Make = Callable[..., Extraction]
Fault = Callable[[list[Quad]], list[Quad]]


def of_pyshacl(quads: list[Quad]) -> set[str]:
    """The nodes that a SHACL engine nobody here wrote finds at fault."""
    turtle = serialize({quad.triple for quad in quads}, format=RdfFormat.N_TRIPLES) or b""
    data = Graph().parse(data=turtle.decode(), format="nt")
    _, report, _ = validate(data, shacl_graph=Graph().parse(SHAPES), advanced=False)
    return {str(node) for node in report.objects(None, SH.focusNode)}


def without(predicate: NamedNode, class_: NamedNode) -> Fault:
    """The first node of a class loses a property."""

    def fault(quads: list[Quad]) -> list[Quad]:
        node = next(q.subject for q in quads if q.predicate == RDF.type and q.object == class_)
        return [q for q in quads if (q.subject, q.predicate) != (node, predicate)]

    return fault


def with_(predicate: NamedNode, value: NamedNode | Literal, class_: NamedNode) -> Fault:
    """The first node of a class gets one value more."""

    def fault(quads: list[Quad]) -> list[Quad]:
        found = next(q for q in quads if q.predicate == RDF.type and q.object == class_)
        return [*quads, Quad(found.subject, predicate, value, found.graph_name)]

    return fault


def instead(predicate: NamedNode, value: NamedNode | Literal, class_: NamedNode) -> Fault:
    return lambda quads: with_(predicate, value, class_)(without(predicate, class_)(quads))


def decimal(number: str) -> Literal:
    return Literal(number, datatype=XSD.decimal)


FIGURE = YZ.FigureClaim
TURNED = {TIME.hasBeginning: TIME.hasEnd, TIME.hasEnd: TIME.hasBeginning}
FAULTS: dict[str, Fault] = {
    "agent without name": without(SKOS.prefLabel, PROV.SoftwareAgent),
    "shifted quote": instead(OA.start, Literal("1", datatype=XSD.integer), OA.TextPositionSelector),
    "other quote": instead(OA.exact, Literal("别的话"), OA.TextQuoteSelector),
    "end before start": instead(
        OA.end, Literal("-5", datatype=XSD.integer), OA.TextPositionSelector
    ),
    "low above high": instead(YZ.low, decimal("99999999999999"), FIGURE),
    "value outside bounds": instead(YZ.value, decimal("3"), FIGURE),
    "no bound": lambda q: without(YZ.low, FIGURE)(without(YZ.high, FIGURE)(q)),
    "sign against direction": with_(YZ.direction, coded("direction", "down"), FIGURE),
    "a direction of no vocabulary": with_(YZ.direction, coded("direction", "sideways"), FIGURE),
    "no unit": without(YZ.unit, FIGURE),
    "unknown unit": instead(YZ.unit, NamedNode("http://qudt.org/vocab/unit/FURLONG"), FIGURE),
    "unit as text": instead(YZ.unit, Literal("USD"), FIGURE),
    "two units": with_(YZ.unit, NamedNode("http://qudt.org/vocab/unit/NUM"), FIGURE),
    "no span": without(PROV.wasDerivedFrom, FIGURE),
    "span that is none": instead(PROV.wasDerivedFrom, NamedNode("https://x.example/s"), FIGURE),
    "unknown metric": instead(YZ.metric, coded("metric", "price"), FIGURE),
    "double for decimal": instead(YZ.high, Literal("16000000000", datatype=XSD.double), FIGURE),
    "ill-formed date": instead(
        SCHEMA.datePublished, Literal("2026年", datatype=XSD.date), SCHEMA.NewsArticle
    ),
    "no subject name": without(YZ.subjectName, FIGURE),
    "two subjects": with_(YZ.subject, NamedNode("https://x.example/e"), FIGURE),
    "other lexical": instead(YZ.lexical, Literal("160亿美元"), FIGURE),
    "no sentence": without(YZ.sentence, FIGURE),
    "no modality": without(YZ.modality, FIGURE),
    "approximate as text": instead(YZ.approximate, Literal("true"), FIGURE),
    "cited without scope": instead(YZ.citationScope, coded("scope", "none"), FIGURE),
    "scope without citation": without(YZ.citation, FIGURE),
    "no scope": without(YZ.citationScope, DOCO.Sentence),
    "period that is none": instead(YZ.period, NamedNode("https://x.example/p"), FIGURE),
    "mark without content": without(C4O.hasContent, C4O.InTextReferencePointer),
    "no title": without(SCHEMA.headline, SCHEMA.NewsArticle),
    "no identifier": without(DCTERMS.identifier, SCHEMA.NewsArticle),
    "wrong hash": instead(YZ.sha256, Literal("abc"), SCHEMA.NewsArticle),
    "other encoding": instead(YZ.encoding, Literal("latin-1"), SCHEMA.NewsArticle),
    "other media type": instead(SCHEMA.encodingFormat, Literal("text/rtf"), SCHEMA.NewsArticle),
    "date as text": instead(SCHEMA.datePublished, Literal("2026-01-17"), SCHEMA.NewsArticle),
    "entity of no type": instead(YZ.entityType, coded("type", "planet"), YZ.DocumentEntity),
    "entity without name": without(YZ.name, YZ.DocumentEntity),
    "mention by gesture": instead(YZ.how, Literal("gesture"), YZ.Mention),
    "statement without speaker": without(YZ.speaker, YZ.Statement),
    "office without title": without(YZ.title, YZ.Office),
    "statement of no stance there is": with_(YZ.stance, coded("stance", "cross"), YZ.Statement),
    "statement denied as text": instead(YZ.negated, Literal("true"), YZ.Statement),
    "relation without a side": without(RDF.object, YZ.Relation),
    "relation of no kind": instead(RDF.predicate, coded("relation", "love"), YZ.Relation),
    "relation without cue": without(YZ.cueSpan, YZ.Relation),
    "relation by nobody": without(PROV.wasAttributedTo, YZ.Relation),
    "relation with two modalities": with_(YZ.modality, coded("modality", "hearsay"), YZ.Relation),
    "side without words": without(PROV.wasDerivedFrom, YZ.Argument),
    "side that is none": instead(RDF.subject, NamedNode("https://x.example/s"), YZ.Relation),
    "line of no kind": without(YZ.lineKind, YZ.Line),
    "interval without days": lambda q: without(TIME.hasBeginning, TIME.ProperInterval)(
        without(TIME.hasEnd, TIME.ProperInterval)(q)
    ),
    "end before the beginning": instead(
        TIME.hasEnd,
        NamedNode("https://x.example/earlier"),
        TIME.ProperInterval,
    ),
    "interval turned round": lambda q: [
        Quad(each.subject, TURNED.get(each.predicate, each.predicate), each.object, each.graph_name)
        for each in q
    ],
    "day without a date": without(TIME.inXSDDate, TIME.Instant),
    "day as text": instead(TIME.inXSDDate, Literal("2026-01-01"), TIME.Instant),
    "two words for the period": with_(YZ.periodText, Literal("去年"), FIGURE),
    "score as text": instead(YZ.score, Literal("high"), YZ.Mention),
    "citing what is no source": with_(
        CITO.citesAsEvidence, NamedNode("https://x.example/s"), SCHEMA.NewsArticle
    ),
}


REGISTERED = registry_quads(
    [
        RegistryEntry(
            id="micron",
            type="company",
            zh="美光科技",
            en="Micron",
            tickers=("XNAS MU",),
            broader=("semiconductors",),
            country="US",
        )
    ]
)
CONCEPT_FAULTS: dict[str, Fault] = {
    "no name": without(SKOS.prefLabel, SKOS.Concept),
    "ticker without market": instead(SCHEMA.tickerSymbol, Literal("MU"), SKOS.Concept),
    "country by name": instead(YZ.country, Literal("美国"), SKOS.Concept),
    "two types": with_(YZ.entityType, coded("type", "index"), SKOS.Concept),
    "sector as text": instead(SKOS.broader, Literal("半导体"), SKOS.Concept),
    "blank alias": with_(SKOS.altLabel, Literal(" "), SKOS.Concept),
}


@pytest.mark.parametrize("name", CONCEPT_FAULTS)
def test_both_engines_find_what_is_wrong_with_the_registry(name: str) -> None:
    assert violations(REGISTERED) == ()
    quads = CONCEPT_FAULTS[name](REGISTERED)
    assert {violation.node for violation in violations(quads)} == of_pyshacl(quads) != set()


def test_the_registry_is_refused_whole(home: Path) -> None:
    with GraphWriter.open(home) as writer:
        assert writer.sync_registry([RegistryEntry(id="a", type="company", zh="甲")])
        odd = RegistryEntry(id="a", type="company", zh="甲", tickers=("MU",))
        with pytest.raises(ShapeError, match=r"the registry: .*'MU', which is not well-formed"):
            writer.sync_registry([odd])
    (row,) = GraphReader.open(home).select("SELECT ?t { entity:a a ?t FILTER (?t = skos:Concept) }")
    assert row["t"] == SKOS.Concept.value
    assert GraphReader.open(home).select("SELECT * { entity:a schema:tickerSymbol ?t }") == []


@pytest.mark.parametrize("type_", get_args(EntityType))
def test_an_entity_of_any_type_may_be_registered(type_: EntityType) -> None:
    assert violations(registry_quads([RegistryEntry(id="a", type=type_, zh="甲")])) == ()


def test_every_property_that_is_written_has_a_shape(corpus_home: Path) -> None:
    reader = GraphReader.open(corpus_home)
    assert violations(reader.quads()) == ()
    own = {PREFIXES["dcterms"] + "title", PREFIXES["rdfs"] + "comment"}  # the ontology's
    for each in classes():
        told = {each.name for each in (described.term for described in each.properties)}
        rows = reader.select(
            f"SELECT DISTINCT ?p {{ ?s a {each.term.name} ; ?p ?o FILTER (?p != rdf:type) }}"
        )
        written = {str(row["p"]) for row in rows} - own
        assert {shortened(iri, PREFIXES) for iri in written} <= told, each.term.name


@pytest.mark.parametrize("name", FAULTS)
def test_both_engines_find_the_same_nodes_at_fault(make: Make, name: str) -> None:
    quads = FAULTS[name](to_quads(make()))
    found = {violation.node for violation in violations(quads)}
    assert found
    assert found == of_pyshacl(quads)


def test_both_engines_pass_a_good_graph(make: Make) -> None:
    quads = to_quads(make("a", extra="𠮷\r\n😀"))
    assert violations(quads) == ()
    assert of_pyshacl(quads) == set()


def test_a_claim_of_another_document_is_found(make: Make) -> None:
    first, second = to_quads(make("a")), to_quads(make("b"))
    moved = next(q for q in second if q.predicate == PROV.wasDerivedFrom)
    quads = [
        Quad(moved.subject, moved.predicate, q.object, moved.graph_name)
        if q.predicate == PROV.wasDerivedFrom and q.subject == moved.subject
        else q
        for q in second
    ]
    span = next(q.object for q in first if q.predicate == PROV.wasDerivedFrom)
    quads = [q for q in quads if (q.subject, q.predicate) != (moved.subject, moved.predicate)]
    quads.append(Quad(moved.subject, moved.predicate, span, moved.graph_name))
    both = [*first, *quads]
    found = {violation.node for violation in violations(both)}
    assert str(moved.subject.value) in found  # type: ignore[union-attr]
    assert found == of_pyshacl(both)


@pytest.mark.parametrize(
    ("part", "value", "message"),
    [
        ("span", Span(0, 70), "its words at 0-70 are not in its sentence"),
        ("cue", Span(50, 52), "its cue at 50-52 is not in its words"),
        ("amount", Span(0, 3), "its amount at 0 is no figure of its sentence"),
        (
            "subject",
            Argument(span=Span(4, 4), text="", entity=None),
            "its side at 4 is empty, or of ",
        ),
        (
            "object",
            Argument(span=Span(0, 3), text="台积店", entity=None),
            "'台积店' is not the text at 0-3",
        ),
    ],
)
def test_the_parts_of_a_relation_are_where_they_belong(
    make: Make, part: str, value: object, message: str
) -> None:
    made = make()
    relation = made.relations[0]
    text = made.document.text
    changes: dict[str, object] = {part: value}
    if part == "span":
        changes["text"] = text[0:70]
    quads = to_quads(replace(made, relations=(replace(relation, **changes),)))  # type: ignore[arg-type]
    found = violations(quads)
    assert any(message in str(violation) for violation in found)
    assert {violation.node for violation in found} == of_pyshacl(quads)


def test_a_violation_says_what_and_where(make: Make) -> None:
    quads = FAULTS["low above high"](to_quads(make()))
    assert "figure-16-23: yz:low is 99999999999999, more than 16000000000" in map(
        str, violations(quads)
    )


def test_a_component_that_is_not_known_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    class Unknown:
        @staticmethod
        def read_bytes() -> bytes:
            return SHAPES.read_bytes() + (
                b"yz:OddShape a sh:NodeShape ; sh:targetClass yz:Line ;"
                b" sh:property [ sh:path yz:block ; sh:minExclusive 0 ] ."
            )

    monkeypatch.setattr(shapes, "SHAPES", Unknown)
    with pytest.raises(NotImplementedError, match="sh:minExclusive"):
        checks.__wrapped__()
