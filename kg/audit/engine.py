"""Rules over a store: cases by query, faults by check, one finding a fault."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, cast

from pyoxigraph import NamedNode, QuerySolutions, Variable

from kg import terms
from kg.audit.cases import Case, Fault, Member
from kg.audit.checks import CHECKS
from kg.audit.merging import merged
from kg.audit.numbers import Number
from kg.audit.rule import Rule
from kg.errors import InputError
from kg.records import Finding, Span
from kg.storage import ReadableStore, Substitutions
from kg.terms import Value, one_line
from kg.units import unit_code
from kg.vocabulary import PREFIXES

_NUMBERS = """
SELECT ?claim ?span ?low ?high ?unit ?approximate ?printed ?subject ?entity ?metric ?words ?basis
       ?modality ?period ?sentence WHERE {
  ?claim a yz:FigureClaim ; prov:wasDerivedFrom ?span ; yz:unit ?unit ; yz:metric ?metric ;
         yz:approximate ?approximate ; yz:lexical ?printed ; yz:subjectName ?subject ;
         yz:modality ?modality ; yz:sentence ?sentence .
  OPTIONAL { ?claim yz:low ?low }
  OPTIONAL { ?claim yz:high ?high }
  OPTIONAL { ?claim yz:subject ?entity }
  OPTIONAL { ?claim yz:metricWords ?words }
  OPTIONAL { ?claim yz:basis ?basis }
  OPTIONAL { ?claim yz:periodText ?period }
} ORDER BY ?claim
"""
_SPANS = """
SELECT ?span ?start ?end ?exact WHERE {
  ?span oa:hasSelector ?position , ?quote .
  ?position oa:start ?start ; oa:end ?end . ?quote oa:exact ?exact }
"""
_SENTENCES = "SELECT ?sentence ?span WHERE { ?sentence a doco:Sentence ; yz:span ?span }"
_ARTICLE = """
SELECT ?article ?doc ?published WHERE {
  ?article a schema:NewsArticle ; dcterms:identifier ?doc .
  OPTIONAL { ?article schema:datePublished ?published } }
"""
_PERIODS = """
SELECT ?period ?begin ?end WHERE {
  ?period a time:ProperInterval .
  OPTIONAL { ?period time:hasBeginning/time:inXSDDate ?begin }
  OPTIONAL { ?period time:hasEnd/time:inXSDDate ?end } }
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A stretch of a document's text."""

    span: Span
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What the checks ask of one document, read once. Nodes are told by IRI."""

    doc: str
    iri: str
    graph: NamedNode
    published: date | None
    spans: dict[str, Place]
    numbers: dict[str, Number]  # by claim
    at: dict[str, Number]  # by span: the first claim there
    sentences: dict[str, Place]
    periods: dict[str, tuple[date | None, date | None]]

    def sentence_of(self, span: Span) -> str | None:
        """The sentence that holds *span*."""
        for iri, place in self.sentences.items():
            if place.span.contains(span):
                return iri
        return None


def findings_in(
    store: ReadableStore, contents: Contents, rules: Iterable[Rule]
) -> tuple[Finding, ...]:
    """What *rules* find in one document, by place.

    :raises InputError: if the query of a rule cannot be run, naming the rule.
    """
    graph = contents.graph
    found = [
        finding
        for rule in rules
        if not rule.across
        for case in cases_of(
            rule, _rows(store, rule.query, [graph], rule.name), lambda _: (contents,)
        )
        if (finding := finding_of(rule, case)) is not None
    ]
    return merged(found)


def findings_across(
    store: ReadableStore,
    graph: NamedNode,
    rules: Iterable[Rule],
    contents_of: Callable[[str], Contents],
) -> tuple[Finding, ...]:
    """What *rules* find between the document of *graph* and any other, by place.

    Each such rule has ``GRAPH ?mine`` and ``GRAPH ?theirs``; *contents_of* reads a graph by IRI.

    :raises InputError: if the query of a rule cannot be run, naming the rule.
    """

    def read(row: dict[str, Value]) -> Sequence[Contents]:
        return [contents_of(cast(str, row[name])) for name in ("mine", "theirs")]

    found = [
        finding
        for rule in rules
        if rule.across
        for case in cases_of(
            rule, solutions_of(store, rule.query, rule=rule.name, mine=graph), read
        )
        if (finding := finding_of(rule, case)) is not None
    ]
    return merged(found)


def read_contents(store: ReadableStore, graph: NamedNode) -> Contents:
    """The document of *graph*."""
    (article,) = _rows(store, _ARTICLE, [graph])
    doc = cast(str, article["doc"])
    spans = {
        cast(str, row["span"]): Place(
            span=Span(cast(int, row["start"]), cast(int, row["end"])), words=cast(str, row["exact"])
        )
        for row in _rows(store, _SPANS, [graph])
    }
    numbers = {
        number.claim: number
        for row in _rows(store, _NUMBERS, [graph])
        if (number := _number(row, doc, spans))
    }
    at: dict[str, Number] = {}
    places = {(place.span.start, place.span.end): iri for iri, place in spans.items()}
    for number in numbers.values():
        at.setdefault(places[number.start, number.end], number)
    return Contents(
        doc=doc,
        iri=cast(str, article["article"]),
        graph=graph,
        published=cast("date | None", article["published"]),
        spans=spans,
        numbers=numbers,
        at=at,
        sentences={
            cast(str, row["sentence"]): spans[cast(str, row["span"])]
            for row in _rows(store, _SENTENCES, [graph])
        },
        periods={
            cast(str, row["period"]): (
                cast("date | None", row["begin"]),
                cast("date | None", row["end"]),
            )
            for row in _rows(store, _PERIODS, [graph])
        },
    )


def cases_of(
    rule: Rule,
    rows: Sequence[dict[str, Value]],
    documents: Callable[[dict[str, Value]], Sequence[Contents]],
) -> Iterable[Case]:
    """The cases that a rule's rows put together; *documents* are those that a row may be of.

    A row of what they lack is passed over.
    """
    together: dict[Value, list[dict[str, Value]]] = {}
    for row in rows:
        together.setdefault(row["case"], []).append(row)
    for group in together.values():
        members = []
        published: list[date] = []
        for row in group:
            for contents in documents(row):
                member = _member(row, contents)
                if member is not None:
                    members.append(member)
                    if contents.published:
                        published.append(contents.published)
                    break
        sign = cast("str | None", group[0].get("sign"))
        detail = group[0].get("detail")
        yield Case(
            members=tuple(dict.fromkeys(members)),
            sign=None if sign is None else sign.rpartition("-")[2],
            detail=None if detail is None else str(detail),
            published=max(published, default=None),
        )


def finding_of(rule: Rule, case: Case) -> Finding | None:
    """The finding of a case that does not hold."""
    if not case.members:
        return None
    fault: Fault | None = CHECKS[rule.check](case, rule.settings)
    if fault is None:
        return None
    members = sorted(fault.members or case.members, key=lambda m: (m.doc, m.span.start))
    docs = sorted({member.doc for member in members})
    sentences = dict.fromkeys((m.doc, m.sentence) for m in members if m.sentence)
    return Finding(
        docs=tuple(docs),
        kind=rule.kind,
        severity=rule.severity,
        rule=rule.name,
        sentences=tuple(words for _, words in sentences),
        spans=tuple(tuple(dict.fromkeys(m.span for m in members if m.doc == doc)) for doc in docs),
        explanation=fault.explanation + "。",
    )


def _member(row: dict[str, Value], contents: Contents) -> Member | None:
    claim, span = row.get("figure"), row.get("span")
    number = contents.numbers.get(cast(str, claim)) if claim else contents.at.get(cast(str, span))
    if number is not None:
        place = Place(span=Span(number.start, number.end), words=number.printed)
        sentence: str | None = number.sentence
    elif span in contents.spans:
        place = contents.spans[cast(str, span)]
        sentence = contents.sentence_of(place.span)
    else:
        return None
    begin, end = contents.periods.get(cast(str, row.get("period")), (None, None))
    return Member(
        role=cast(str, row["role"]),
        doc=contents.doc,
        span=place.span,
        printed=place.words,
        sentence=contents.sentences[sentence].words if sentence in contents.sentences else "",
        number=number,
        begin=begin,
        end=end,
    )


def _number(row: dict[str, Value], doc: str, spans: dict[str, Place]) -> Number:
    place = spans[cast(str, row["span"])].span
    return Number(
        claim=cast(str, row["claim"]),
        doc=doc,
        start=place.start,
        end=place.end,
        printed=cast(str, row["printed"]),
        low=_decimal(row["low"]),
        high=_decimal(row["high"]),
        unit=unit_code(cast(str, row["unit"])),
        approximate=cast(bool, row["approximate"]),
        subject=cast(str, row["subject"]),
        entity=cast("str | None", row["entity"]),
        metric=cast(str, row["metric"]).rpartition("-")[2],
        words=cast("str | None", row["words"]),
        basis=cast("str | None", row["basis"]),
        modality=cast(str, row["modality"]).rpartition("-")[2],
        period=cast("str | None", row["period"]),
        sentence=cast(str, row["sentence"]),
    )


def _decimal(value: Value) -> Decimal | None:
    return None if value is None else Decimal(cast(Decimal, value))


def _rows(
    store: ReadableStore, query: str, graphs: Sequence[NamedNode], rule: str | None = None
) -> list[dict[str, Value]]:
    return solutions_of(store, query, rule=rule, default_graph=list(graphs), named_graphs=[])


def solutions_of(
    store: ReadableStore,
    query: str,
    *,
    rule: str | None = None,
    mine: NamedNode | None = None,
    **dataset: list[NamedNode],
) -> list[dict[str, Value]]:
    """The rows of a rule's query.

    :raises InputError: if it cannot be run, naming the rule.
    """
    given: Substitutions = {} if mine is None else {Variable("mine"): mine}
    try:
        result = store.query(
            query, prefixes=PREFIXES, substitutions=given, **cast("dict[str, Any]", dataset)
        )
        if not isinstance(result, QuerySolutions):
            raise ValueError("it is no SELECT")
        names = [variable.value for variable in result.variables]
        return [{name: terms.python_value(row[name]) for name in names} for row in result]
    except (SyntaxError, ValueError, RuntimeError) as error:
        raise InputError(
            f"audit rule '{rule}': its query cannot be run: {one_line(error)}"
        ) from None
