"""IRIs made from content, so that reading a file twice makes the same graph.

Under the data base (``https://yinzheng.example/id/`` unless the home says otherwise)::

    document/<hash of doc and text>          an article; its graph is graph/<the same hash>
    document/<hash>#char=12,20               a span, in code points (RFC 5147)
    document/<hash>#figure-12-20             a record, named by its place
    entity/<Entity.id>                       one node for all documents
    measure/USD/ounce                        a unit that no vocabulary has (`kg.units`)
    graph/registry, graph/provenance
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from urllib.parse import quote, unquote

from pyoxigraph import NamedNode

from kg.records import Span
from kg.vocabulary import PREFIXES

BASE = "https://yinzheng.example/id/"
"""The data base of a home that does not choose its own."""


def document_key(doc: str, sha256: str) -> str:
    """The hash that names a document version: of its stem and its text's SHA-256 (hex)."""
    return hashlib.sha256(f"{doc}\0{sha256}".encode()).hexdigest()[:20]


def document_node(key: str, *, base: str = BASE) -> NamedNode:
    """The article."""
    return NamedNode(f"{base}document/{key}")


def graph_node(key: str, *, base: str = BASE) -> NamedNode:
    """The graph of one document version, or of ``registry`` and ``provenance``."""
    return NamedNode(f"{base}graph/{key}")


def entity_node(entity: str, *, base: str = BASE) -> NamedNode:
    """The node of an `Entity.id`."""
    return NamedNode(f"{base}entity/{quote(entity, safe='')}")


def entity_id(node: NamedNode) -> str:
    """The `Entity.id` of a node made by `entity_node`."""
    return unquote(node.value.rpartition("/")[2])


def span_name(span: Span) -> str:
    """The fragment of a span (RFC 5147: positions between characters, end exclusive)."""
    return f"char={span.start},{span.end}"


def record_names(kind: str, spans: Iterable[Span]) -> list[str]:
    """A fragment for each record of one kind, by place.

    Two records at one place (a figure said of two subjects) are told apart by their order there.
    """
    seen: dict[str, int] = {}
    names = []
    for span in spans:
        name = f"{kind}-{span.start}-{span.end}"
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
    return names


def source_name(source: str) -> str:
    """The fragment of a source number."""
    return f"source-{quote(source, safe='')}"


def query_prefixes(base: str = BASE) -> dict[str, str]:
    """The prefixes that every query may use undeclared, those of the data base included."""
    own = ("entity", "document", "graph", "measure")
    return {**PREFIXES, **{name: f"{base}{name}/" for name in own}}
