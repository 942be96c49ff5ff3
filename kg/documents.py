"""The documents of a store: what they are, and whether a file may become one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast

from pyoxigraph import NamedNode, QuerySolutions

from kg import terms
from kg.errors import InputError, UnknownDocumentError
from kg.records import Extraction
from kg.restore import from_quads
from kg.storage import ReadableStore
from kg.terms import Value
from kg.vocabulary import DOCO, PREFIXES, YZ

_DOCUMENTS = """
SELECT ?iri ?graph ?doc ?path ?sha256 ?title ?published WHERE { GRAPH ?graph {
  ?iri a schema:NewsArticle ; dcterms:identifier ?doc ; yz:path ?path ; yz:sha256 ?sha256 ;
       schema:headline ?title .
  OPTIONAL { ?iri schema:datePublished ?published } } }
"""
_COUNTS = """
SELECT ?graph ?class (COUNT(*) AS ?n) WHERE {
  VALUES ?class { yz:FigureClaim doco:Sentence } GRAPH ?graph { ?node a ?class } }
GROUP BY ?graph ?class
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentInfo:
    """What the knowledge base tells of a document without reading it."""

    doc: str
    iri: str
    graph: str
    path: str
    sha256: str
    title: str
    published: date | None
    figures: int
    sentences: int


def check_identity(
    documents: Iterable[DocumentInfo], *, doc: str, path: str, sha256: str
) -> Literal["new", "changed", "same"]:
    """Whether a file may enter beside *documents*, and what it is to them.

    The same absolute path again replaces.

    :raises InputError: if another file has the stem, or another document the text.
    """
    known: DocumentInfo | None = None
    for other in documents:
        if other.doc == doc:
            known = other
        elif other.sha256 == sha256:
            raise InputError(
                f"{path} has the same text as document '{other.doc}' ({other.path}); "
                "it is not taken twice"
            )
    if known is None:
        return "new"
    if known.path != path:
        raise InputError(
            f"{path}: document '{doc}' was read from {known.path}; "
            f"remove it first (yinzheng remove {doc}) or rename the file"
        )
    return "same" if known.sha256 == sha256 else "changed"


def solutions(store: ReadableStore, query: str) -> list[dict[str, Value]]:
    """The rows of a SELECT query of our own."""
    result = cast(QuerySolutions, store.query(query, prefixes=PREFIXES))
    names = [variable.value for variable in result.variables]
    return [{name: terms.python_value(row[name]) for name in names} for row in result]


def documents_of(store: ReadableStore) -> tuple[DocumentInfo, ...]:
    """All documents of a store, by name."""
    counts = {(r["graph"], r["class"]): cast(int, r["n"]) for r in solutions(store, _COUNTS)}
    infos = (
        DocumentInfo(
            doc=cast(str, row["doc"]),
            iri=cast(str, row["iri"]),
            graph=cast(str, row["graph"]),
            path=cast(str, row["path"]),
            sha256=cast(str, row["sha256"]),
            title=cast(str, row["title"]),
            published=cast("date | None", row["published"]),
            figures=counts.get((row["graph"], YZ.FigureClaim.value), 0),
            sentences=counts.get((row["graph"], DOCO.Sentence.value), 0),
        )
        for row in solutions(store, _DOCUMENTS)
    )
    return tuple(sorted(infos, key=lambda info: info.doc))


def find_document(store: ReadableStore, doc: str) -> DocumentInfo:
    """The document of a name.

    :raises UnknownDocumentError: if there is none, naming those that there are.
    """
    documents = documents_of(store)
    for info in documents:
        if info.doc == doc:
            return info
    names = ", ".join(info.doc for info in documents[:8]) or "none"
    more = " …" if len(documents) > 8 else ""
    raise UnknownDocumentError(
        f"no document '{doc}' in the knowledge base; it holds: {names}{more}"
    )


def extraction_of(store: ReadableStore, doc: str) -> Extraction:
    """The records of a document.

    :raises UnknownDocumentError: if there is none of that name.
    """
    graph = NamedNode(find_document(store, doc).graph)
    return from_quads(store.quads_for_pattern(None, None, None, graph))
