"""An audit of documents of a store: their own faults, and those between them and all others."""

from __future__ import annotations

from collections.abc import Collection, MutableMapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.audit.engine import Contents, findings_across, findings_in, read_contents
from kg.audit.merging import place_of
from kg.audit.rule import Rule
from kg.documents import DocumentInfo
from kg.records import Finding
from kg.storage import ReadableStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """Findings, with the contents of the documents that they are of, by name."""

    findings: tuple[Finding, ...]
    contents: dict[str, Contents]


def audit(
    store: ReadableStore,
    documents: Sequence[DocumentInfo],
    rules: Sequence[Rule],
    *,
    docs: Collection[str] | None = None,
    known: MutableMapping[str, Contents] | None = None,
) -> Audit:
    """What *rules* find in *docs* (all of *documents*, if not told), each finding once.

    Of the other documents only those are read that a finding may be between, and that *known*,
    by the IRI of the graph, does not hold; what is read is added to it.
    """
    known = {} if known is None else known
    read: dict[str, Contents] = {}

    def contents_of(graph: str) -> Contents:
        if graph not in read:
            read[graph] = known.get(graph) or read_contents(store, NamedNode(graph))
            known[graph] = read[graph]
        return read[graph]

    found: dict[Finding, None] = {}
    for info in documents:
        if docs is None or info.doc in docs:
            found.update(dict.fromkeys(findings_in(store, contents_of(info.graph), rules)))
            graph = NamedNode(info.graph)
            found.update(dict.fromkeys(findings_across(store, graph, rules, contents_of)))
    return Audit(
        findings=tuple(sorted(found, key=place_of)),
        contents={contents.doc: contents for contents in read.values()},
    )
