"""Which documents a question is about, and the names that it may use."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import cast
from urllib.parse import unquote
from weakref import WeakKeyDictionary

from ingest.lexicon import NameIndex
from kg.errors import InputError
from kg.records import EntityType, Finding, Span
from kg.vocabulary import NAMESPACE
from qa.answering.draft import Workspace
from qa.answering.slips import Sounds, sounds_of
from qa.answering.understand import Name
from qa.answering.view import DocumentView
from qa.knowledge_base import KnowledgeBase

_ENGLISH = frozenset("who it us was may all on so are can now one see any".split())
MOST_DOCUMENTS = 6  # that one question is planned over
_HITS = 30
# What a firm's name may be cut by: 巴里克 of 巴里克矿业.
_KIND_OF_FIRM = re.compile(
    r"(?<=[\u4e00-\u9fff])(矿业|集团|控股|股份|科技|汽车|资产|航空|能源|医疗|药业|生物)$"
)

_IN_DOCUMENTS = """SELECT DISTINCT ?name ?entity ?type WHERE { GRAPH ?graph {
  ?local yz:denotes ?entity ; yz:entityType ?type ; yz:name|yz:alias ?name } }"""
_IN_REGISTRY = """SELECT DISTINCT ?name ?entity ?type WHERE { GRAPH ?graph {
  ?entity a skos:Concept ; yz:entityType ?type ;
          skos:prefLabel|skos:altLabel|schema:tickerSymbol ?name } }"""
_WHERE_NAMED = """SELECT DISTINCT ?doc WHERE {{ VALUES ?entity {{ {entities} }} GRAPH ?graph {{
  ?mention yz:denotes ?entity . ?article dcterms:identifier ?doc }} }}"""


@dataclass(frozen=True, eq=False)
class Library:
    """What answering keeps of one generation of a knowledge base."""

    generation: int
    kb: KnowledgeBase
    views: dict[str, DocumentView] = field(default_factory=dict)

    def view(self, doc: str) -> DocumentView:
        """The prepared document *doc*."""
        if doc not in self.views:
            self.views[doc] = DocumentView(
                self.kb.extraction(doc), audited=lambda: self._findings(doc)
            )
        return self.views[doc]

    def _findings(self, doc: str) -> Sequence[Finding]:
        """What the audit found in *doc*; a faulty rule of the home says nothing in answers."""
        try:
            return self.kb.findings([doc])
        except InputError:
            return ()

    @cached_property
    def graphs(self) -> Mapping[str, str]:
        """The IRI of each document's graph."""
        return {info.doc: info.graph for info in self.kb.documents()}

    @cached_property
    def types(self) -> Mapping[str, EntityType]:
        """The type of each entity, by IRI."""
        return {iri: kind for _, iri, kind in self._rows}

    @cached_property
    def names(self) -> NameIndex:
        """All names of documents and registry, for questions; they stand for IRIs."""
        return NameIndex((name, iri) for name, iri, _ in self._rows)

    @cached_property
    def sounds(self) -> Sounds:
        """The names in the documents by their sound, for slips of the keyboard."""
        return sounds_of(str(row["name"]) for row in self.kb.select(_IN_DOCUMENTS))

    @cached_property
    def _rows(self) -> list[tuple[str, str, EntityType]]:
        rows = []
        for query in (_IN_DOCUMENTS, _IN_REGISTRY):
            for row in self.kb.select(query):
                name = str(row["name"])
                kind = cast(EntityType, str(row["type"]).removeprefix(f"{NAMESPACE}type-"))
                rows += [(typed, str(row["entity"]), kind) for typed in _typed(name)]
        return rows


def _typed(name: str) -> list[str]:
    """*name* as users type it: a ticker without its market too, no number under 5 digits."""
    market = re.fullmatch(r"[A-Z]{4} ([A-Z0-9.\-]+)|(\d{5,6})\.[A-Z]{2}", name)
    forms = [market[1]] if market and market[1] else [name, *([market[2]] if market else [])]
    short = _KIND_OF_FIRM.sub("", name)
    if re.fullmatch(r"[\u4e00-\u9fff]+(?:·[\u4e00-\u9fff]+)+", name):
        forms.append(name.rpartition("·")[2])  # 科尔 of 丹尼尔·科尔
    forms += [short] if len(short) > 2 and short != name else []
    return [form for form in forms if len(form) > 1 and not (form.isdigit() and len(form) < 5)]


_libraries: WeakKeyDictionary[KnowledgeBase, Library] = WeakKeyDictionary()


def library(kb: KnowledgeBase) -> Library:
    """The library of *kb* as it is now; kept until another process writes."""
    kb.refresh()
    known = _libraries.get(kb)
    if known is None or known.generation != kb.generation:
        known = _libraries[kb] = Library(kb.generation, kb)
    return known


@dataclass(frozen=True, slots=True)
class Reader:
    """How questions about one document are read: its names, its day."""

    find_names: Callable[[str], Sequence[Name]]
    reference: date | None


def find_names(text: str, known: Library) -> tuple[Name, ...]:
    """The names in *text*, each with the ids of what it stands for."""
    found = []
    for span, iris in known.names.find(text):
        surface = span.of(text)
        if surface.lower() in _ENGLISH and not surface.isupper():
            continue  # Who is no World Health Organization
        if _cut(text, span):
            continue
        ids = tuple(dict.fromkeys(unquote(iri.rpartition("/")[2]) for iri in iris))
        types = tuple(dict.fromkeys(known.types[iri] for iri in iris))
        found.append(Name(span.of(text), span, ids, types))
    return tuple(found)


def _cut(text: str, span: Span) -> bool:
    """Whether a Chinese name is the end of a longer one that begins in Latin: i茅台."""
    before = text[span.start - 1 : span.start]
    return (
        before.isascii()
        and before.isalpha()
        and before.islower()
        and not text[span.start].isascii()
    )


def workspaces(
    questions: Sequence[str], known: Library, *, docs: Sequence[str] | None
) -> list[tuple[Workspace, Reader]]:
    """A workspace for each document that may hold the answer, the likeliest first.

    :raises UnknownDocumentError: one of *docs* is not in the knowledge base.
    """
    infos = {info.doc: info for info in known.kb.documents()}
    chosen = list(dict.fromkeys(docs)) if docs is not None else list(infos)
    hits: dict[str, list[tuple[str, int, float]]] = {}

    def search(query: str, k: int) -> Sequence[tuple[str, int, float]]:
        if query not in hits:
            found = known.kb.retrieve(query, docs=chosen or None, k=_HITS)
            hits[query] = [(hit.doc, hit.sentence, hit.score) for hit in found]
        return hits[query][:k]

    if len(chosen) > MOST_DOCUMENTS:
        chosen = _likeliest(questions, known, chosen, search)
    return [
        (
            Workspace((known.view(doc),), search),
            Reader(
                lambda text: find_names(text, known),
                infos[doc].published if doc in infos else None,
            ),
        )
        for doc in chosen
    ]


def _likeliest(
    questions: Sequence[str],
    known: Library,
    docs: Sequence[str],
    search: Callable[[str, int], Sequence[tuple[str, int, float]]],
) -> list[str]:
    """The documents that speak of the named entities most, and those that search finds."""
    score: Counter[str] = Counter()
    entities = {iri for text in questions for _, iris in known.names.find(text) for iri in iris}
    if entities:
        listed = " ".join(f"<{iri}>" for iri in sorted(entities))
        for row in known.kb.select(_WHERE_NAMED.format(entities=listed)):
            score[str(row["doc"])] = 1
    found: dict[str, float] = defaultdict(float)
    for doc, _, value in search(questions[-1], _HITS):
        found[doc] = max(found[doc], value)
    ranked = sorted(docs, key=lambda doc: (-(found[doc] + 0.1 * min(score[doc], 1)), doc))
    return ranked[:MOST_DOCUMENTS]
