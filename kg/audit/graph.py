"""Findings to RDF and back: annotations, all in one graph of their own.

A finding's node is named by a hash of what it says, so that an audit that finds the same again
changes nothing.  It leads to the spans (``oa:hasTarget``), sentences and claims of the documents'
graphs, and says nothing of them there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator
from typing import cast

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from kg import terms
from kg.audit.merging import place_of
from kg.audit.run import Audit
from kg.iris import graph_node, span_name
from kg.records import Finding, Span
from kg.vocabulary import OA, PREFIXES, PROV, RDF, YZ, coded

_FOUND = """
SELECT ?finding ?kind ?severity ?rule ?explanation ?doc ?start ?end ?words WHERE {
  ?finding a yz:Finding ; yz:findingKind ?kind ; yz:severity ?severity ; yz:rule ?rule ;
           oa:bodyValue ?explanation ; oa:hasTarget ?span .
  ?span oa:hasSource/dcterms:identifier ?doc ; oa:hasSelector ?position .
  ?position oa:start ?start ; oa:end ?end .
  ?finding yz:sentence ?sentence .
  ?sentence yz:span ?whole .
  ?whole oa:hasSource/dcterms:identifier ?doc ; oa:hasSelector ?outer , ?quote .
  ?outer oa:start ?from ; oa:end ?to . ?quote oa:exact ?words .
  FILTER (?from <= ?start && ?end <= ?to)
} ORDER BY ?finding ?doc ?start
"""

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


def removal(documents: Iterable[NamedNode], *, base: str) -> list[str]:
    """The update steps that take out all findings about *documents*."""
    graph = findings_graph(base)
    return [
        f"DELETE {{ GRAPH {graph} {{ ?f ?p ?o }} }} "
        f"WHERE {{ GRAPH {graph} {{ ?f {YZ.about} {document} ; ?p ?o }} }}"
        for document in documents
    ]


def read_findings(store: Store, *, docs: Collection[str] | None = None) -> tuple[Finding, ...]:
    """The findings that a store keeps, by place; those about one of *docs*, if told."""
    result = cast(
        QuerySolutions, store.query(_FOUND, prefixes=PREFIXES, use_default_graph_as_union=True)
    )
    rows: dict[str, list[dict[str, str]]] = {}
    names = [variable.value for variable in result.variables]
    for row in result:
        told = {name: str(terms.python_value(row[name])) for name in names}
        rows.setdefault(told["finding"], []).append(told)
    found = (_finding(group) for group in rows.values())
    kept = (each for each in found if docs is None or set(each.docs) & set(docs))
    return tuple(sorted(kept, key=place_of))


def audited_of(store: Store) -> dict[str, str]:
    """The hash of the rules that each document was audited with, by name of the document."""
    result = cast(
        QuerySolutions, store.query(_AUDITED, prefixes=PREFIXES, use_default_graph_as_union=True)
    )
    return {cast(Literal, r["doc"]).value: cast(Literal, r["told"]).value for r in result}


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
    targets: list[NamedNode] = []
    about: list[NamedNode] = []
    others: list[Quad] = []
    told = "\n".join([finding.rule, finding.explanation])
    for doc, spans in zip(finding.docs, finding.spans, strict=True):
        contents = audit.contents[doc]
        about.append(NamedNode(contents.iri))
        targets += [NamedNode(f"{contents.iri}#{span_name(span)}") for span in spans]
    name = hashlib.sha256("\n".join([told, *(t.value for t in targets)]).encode()).hexdigest()[:20]
    node = NamedNode(f"{base}finding/{name}")
    for doc, spans in zip(finding.docs, finding.spans, strict=True):
        contents = audit.contents[doc]
        for number in contents.numbers.values():
            if Span(number.start, number.end) in spans:
                others.append(Quad(node, YZ.disputes, NamedNode(number.claim), graph))
        for sentence in dict.fromkeys(map(contents.sentence_of, spans)):
            if sentence is not None:
                others.append(Quad(node, YZ.sentence, NamedNode(sentence), graph))
    yield Quad(node, RDF.type, YZ.Finding, graph)
    yield Quad(node, RDF.type, OA.Annotation, graph)
    yield Quad(node, YZ.findingKind, coded("finding", finding.kind), graph)
    yield Quad(node, YZ.severity, Literal(finding.severity), graph)
    yield Quad(node, YZ.rule, Literal(finding.rule), graph)
    yield Quad(node, OA.bodyValue, Literal(finding.explanation), graph)
    yield Quad(node, PROV.wasAttributedTo, YZ.extractor, graph)
    yield from (Quad(node, YZ.about, document, graph) for document in about)
    yield from (Quad(node, OA.hasTarget, target, graph) for target in targets)
    yield from others
