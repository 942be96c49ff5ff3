"""Findings to RDF and back: annotations, all in one graph of their own.

A finding's node is named by a hash of what it says, so that an audit that finds the same again
changes nothing.  It leads to the spans (``oa:hasTarget``), sentences and claims of the documents'
graphs, and says nothing of them there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import cast

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Variable

from kg import terms
from kg.audit.engine import Contents
from kg.audit.merging import place_of
from kg.audit.run import Audit
from kg.iris import graph_node, span_name
from kg.records import Finding, Span
from kg.storage import ReadableStore, Substitutions
from kg.vocabulary import OA, PREFIXES, PROV, RDF, YZ, coded

_FOUND = """
SELECT ?about ?finding ?kind ?severity ?rule ?explanation ?doc ?start ?end ?words WHERE {
  ?finding yz:about ?about ; a yz:Finding ; yz:findingKind ?kind ; yz:severity ?severity ;
           yz:rule ?rule ; oa:bodyValue ?explanation ; oa:hasTarget ?span .
  ?span oa:hasSource/dcterms:identifier ?doc ; oa:hasSelector ?position .
  ?position oa:start ?start ; oa:end ?end .
  ?finding yz:sentence ?sentence .
  ?sentence yz:span ?whole .
  ?whole oa:hasSource/dcterms:identifier ?doc ; oa:hasSelector ?outer , ?quote .
  ?outer oa:start ?from ; oa:end ?to . ?quote oa:exact ?words .
  FILTER (?from <= ?start && ?end <= ?to)
} ORDER BY ?finding ?doc ?start
"""
_NAMED = "SELECT ?about ?doc WHERE { ?about a schema:NewsArticle ; dcterms:identifier ?doc }"
_FEW = 20
"""Documents whose findings are looked for one by one: of more, all are read."""

_AUDITED = """
SELECT ?doc ?told WHERE {
  ?graph yz:audited ?told ; prov:wasDerivedFrom/dcterms:identifier ?doc }
"""


def findings_graph(base: str) -> NamedNode:
    """The graph that findings are in."""
    return graph_node("findings", base=base)


def finding_quads(audit: Audit, *, base: str) -> list[Quad]:
    """The findings of an audit as quads."""
    return [quad for finding in audit.findings for quad in _quads(finding, audit, base=base)]


def removal(documents: Iterable[NamedNode], *, base: str) -> tuple[tuple[str, str], ...]:
    """What goes with the findings about *documents*: a template, and where it is found."""
    graph = findings_graph(base)
    return tuple(
        (
            f"GRAPH {graph} {{ ?f ?p ?o }}",
            f"GRAPH {graph} {{ ?f {YZ.about} {document} ; ?p ?o }}",
        )
        for document in documents
    )


def read_findings(
    store: ReadableStore, *, docs: Collection[str] | None = None
) -> tuple[Finding, ...]:
    """The findings that a store keeps, by place; those about one of *docs*, if told."""
    named = [None] if docs is None or len(docs) > _FEW else list(docs)
    rows: dict[str, dict[tuple[tuple[str, str], ...], dict[str, str]]] = {}
    for doc in named:
        for told in _found(store, doc):
            rows.setdefault(told["finding"], {})[tuple(told.items())] = told
    found = (_finding(list(group.values())) for group in rows.values())
    kept = (each for each in found if docs is None or set(each.docs) & set(docs))
    return tuple(sorted(kept, key=place_of))


def _found(store: ReadableStore, doc: str | None) -> Iterator[dict[str, str]]:
    """The rows that tell the findings about *doc*, or all.

    With the document bound from the start a store reads what is said of it alone.
    """
    for about in [None] if doc is None else _query(store, _NAMED, {Variable("doc"): Literal(doc)}):
        given = None if about is None else {Variable("about"): about["about"]}
        result = _query(store, _FOUND, given)
        names = [v.value for v in result.variables if v.value != "about"]
        for row in result:
            yield {name: str(terms.python_value(row[name])) for name in names}


def _query(store: ReadableStore, query: str, given: Substitutions | None = None) -> QuerySolutions:
    return cast(
        QuerySolutions,
        store.query(query, prefixes=PREFIXES, use_default_graph_as_union=True, substitutions=given),
    )


def audited_of(store: ReadableStore) -> dict[str, str]:
    """The hash of the rules that each document was audited with, by name of the document."""
    return {
        cast(Literal, row["doc"]).value: cast(Literal, row["told"]).value
        for row in _query(store, _AUDITED)
    }


def _finding(rows: list[dict[str, str]]) -> Finding:
    first = rows[0]
    docs = tuple(sorted({row["doc"] for row in rows}))
    spans = tuple(
        tuple(dict.fromkeys(Span(int(r["start"]), int(r["end"])) for r in rows if r["doc"] == doc))
        for doc in docs
    )
    return Finding(
        docs=docs,
        kind=first["kind"].rpartition("-")[2],
        severity="error" if first["severity"] == "error" else "note",
        rule=first["rule"],
        sentences=tuple(dict.fromkeys(row["words"] for row in rows)),
        spans=spans,
        explanation=first["explanation"],
    )


def _quads(finding: Finding, audit: Audit, *, base: str) -> Iterator[Quad]:
    graph = findings_graph(base)
    parts = [(audit.contents[doc], set(spans)) for doc, spans in _by_document(finding)]
    targets = [
        NamedNode(f"{contents.iri}#{span_name(span)}")
        for contents, spans in parts
        for span in sorted(spans, key=_start)
    ]
    told = "\n".join([finding.rule, finding.explanation, *(target.value for target in targets)])
    name = hashlib.sha256(told.encode()).hexdigest()[:20]
    node = NamedNode(f"{base}finding/{name}")
    yield Quad(node, RDF.type, YZ.Finding, graph)
    yield Quad(node, RDF.type, OA.Annotation, graph)
    yield Quad(node, YZ.findingKind, coded("finding", finding.kind), graph)
    yield Quad(node, YZ.severity, Literal(finding.severity), graph)
    yield Quad(node, YZ.rule, Literal(finding.rule), graph)
    yield Quad(node, OA.bodyValue, Literal(finding.explanation), graph)
    yield Quad(node, PROV.wasAttributedTo, YZ.extractor, graph)
    yield from (Quad(node, OA.hasTarget, target, graph) for target in targets)
    ranked = _ranked(finding, [contents for contents, _ in parts])
    for contents, spans in parts:
        yield Quad(node, YZ.about, NamedNode(contents.iri), graph)
        for number in contents.numbers.values():
            if Span(number.start, number.end) in spans:
                claim = NamedNode(number.claim)
                yield Quad(node, YZ.disputes, claim, graph)
                if contents.doc in ranked:
                    yield Quad(node, ranked[contents.doc], claim, graph)
        for sentence in dict.fromkeys(map(contents.sentence_of, sorted(spans, key=_start))):
            if sentence is not None:
                yield Quad(node, YZ.sentence, NamedNode(sentence), graph)


def _ranked(finding: Finding, contents: Sequence[Contents]) -> dict[str, NamedNode]:
    """Of a figure that a later document mends: which of the two counts. Nothing is deleted."""
    days = [each.published for each in contents]
    if finding.kind != "restated" or len(days) != 2 or days[0] is None or days[1] is None:
        return {}
    if days[0] == days[1]:
        return {}
    later = contents[0] if days[0] > days[1] else contents[1]
    return {each.doc: YZ.preferred if each is later else YZ.deprecated for each in contents}


def _by_document(finding: Finding) -> Iterable[tuple[str, tuple[Span, ...]]]:
    return zip(finding.docs, finding.spans, strict=True)


def _start(span: Span) -> int:
    return span.start
