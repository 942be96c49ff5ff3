"""The SPARQL behind an answer: what was looked up, as anyone can run it again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote

from kg.store import DocumentInfo
from qa.answering.view import Fact

_HEAD = "SELECT ?doc ?subject ?printed ?value ?low ?high ?unit ?period ?scope ?source ?start ?end"
_BODY = """  ?claim a yz:FigureClaim ; yz:subjectName ?subject ; yz:metric ?metric ; yz:unit ?unit ;
         yz:lexical ?printed ; yz:citationScope ?scope ; prov:wasDerivedFrom ?span .
  ?span oa:hasSource ?article ; oa:hasSelector ?position .
  ?position oa:start ?start ; oa:end ?end .
  ?article dcterms:identifier ?doc .
  OPTIONAL { ?claim yz:value ?value }
  OPTIONAL { ?claim yz:low ?low }
  OPTIONAL { ?claim yz:high ?high }
  OPTIONAL { ?claim yz:periodText ?period }
  OPTIONAL { ?claim yz:citation ?mark OPTIONAL { ?mark yz:sourceNumber ?source } }
}"""


def query_of(facts: Sequence[Fact], infos: Mapping[str, DocumentInfo]) -> str:
    """A SELECT whose rows are the claims of *facts*' subjects and metrics, largest first.

    *infos* are those of the documents: naming their graphs spares the store a search of all.
    """
    documents = _once(fact.doc for fact in facts)
    metrics = "".join(f" yz:metric-{quote(m)}" for m in _once(f.figure.metric for f in facts))
    return "\n".join(
        (
            _HEAD,
            *(f"FROM <{infos[doc].graph}>" for doc in documents),
            "WHERE {",
            f"  VALUES ?subject {{ {_strings(fact.figure.subject for fact in facts)} }}",
            f"  VALUES ?metric {{{metrics} }}",
            _BODY,
            "ORDER BY DESC(COALESCE(?value, ?high, ?low)) ?doc ?start",
        )
    )


def _strings(values: Iterable[str]) -> str:
    return " ".join(f'"{_escaped(value)}"' for value in _once(values))


def _once(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
