"""Which documents a question is about, and the names that it may use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, partial
from typing import cast
from urllib.parse import unquote
from weakref import WeakKeyDictionary

from ingest.lexicon import NameIndex
from kg.errors import InputError
from kg.records import EntityType, Finding, Span
from kg.store import DocumentInfo
from kg.terms import Value
from kg.vocabulary import NAMESPACE
from qa.answering.draft import Workspace
from qa.answering.question.slips import Sounds, sounds_of
from qa.answering.question.understand import Name
from qa.answering.view import DocumentView
from qa.index.namings import comparable, typed_forms
from qa.knowledge_base import KnowledgeBase

_ENGLISH = frozenset("who it us was may all on so are can now one see any".split())
MOST_DOCUMENTS = 4  # that one question is planned over
_HITS = 30
_LIKELY = 0.6  # of the likeliest document's score: less, and a document is not asked
_LONGEST_NAME = 40  # characters of a name that a question may hold
_REMEMBERED = 64  # questions whose names are kept: each is read for every document in play
_NAMED = 0.5  # what it counts that a document speaks of all that is named; by its words: 1
_REGISTERED = (
    "SELECT ?entity ?type WHERE { GRAPH <graph/registry> { ?entity yz:entityType ?type } }"
)
_BROADER = """SELECT ?entity ?sector WHERE { GRAPH <graph/registry> {
  ?entity skos:broader ?sector . ?sector yz:entityType yz:type-sector } }"""
_CALLED = """SELECT ?name ?entity WHERE { GRAPH <graph/registry> {
  ?entity skos:prefLabel|skos:altLabel|schema:tickerSymbol ?name } }"""


@dataclass(frozen=True, eq=False)
class Library:
    """What answering keeps of one generation of a knowledge base."""

    generation: int
    kb: KnowledgeBase
    views: dict[str, DocumentView] = field(default_factory=dict)
    _found: dict[str, Sequence[tuple[Span, Mapping[str, EntityType]]]] = field(default_factory=dict)

    def view(self, doc: str) -> DocumentView:
        """The prepared document *doc*."""
        if doc not in self.views:
            self.views[doc] = DocumentView(
                self.kb.extraction(doc),
                audited=lambda: self._findings(doc),
                sectors=lambda: self.sectors,
            )
        return self.views[doc]

    def _findings(self, doc: str) -> Sequence[Finding]:
        """What the audit found in *doc*; a faulty rule of the home says nothing in answers."""
        try:
            return self.kb.findings([doc])
        except InputError:
            return ()

    @cached_property
    def infos(self) -> Mapping[str, DocumentInfo]:
        """What is held, by name."""
        return {info.doc: info for info in self.kb.documents()}

    def knows(self, doc: str, entity: str) -> bool:
        """Whether *entity* is of the registry, or *doc* speaks of it."""
        return entity in self._registry or entity in self.view(doc).entities

    def all_names(self, text: str) -> Sequence[tuple[Span, Mapping[str, EntityType]]]:
        """Every name of documents and registry in *text*, the longest first at each place.

        Each with the ids of what it stands for, and their types.
        """
        if text not in self._found:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            self._found[text] = self._names_in(text)
        return self._found[text]

    def _names_in(self, text: str) -> Sequence[tuple[Span, Mapping[str, EntityType]]]:
        plain = comparable(text)
        forms = {
            plain[start:end]
            for start in range(len(plain))
            for end in range(start + 2, min(len(plain), start + _LONGEST_NAME) + 1)
        }
        called = self.kb.called(forms)
        told = {entity: self._registry.get(entity, kind) for _, entity, kind in called}
        documents = NameIndex(((form, entity) for form, entity, _ in called), simplify=False)
        found: dict[Span, dict[str, EntityType]] = {}
        for index, types in ((documents, told), (self._registered_names, self._registry)):
            for span, entities in index.find_all(plain):
                found.setdefault(span, {}).update((e, types[e]) for e in entities)
        return sorted(found.items(), key=lambda item: (item[0].start, -item[0].end))

    @cached_property
    def sectors(self) -> Mapping[str, frozenset[str]]:
        """The sectors that an entity of the registry is of, and theirs, by its id."""
        above: dict[str, set[str]] = defaultdict(set)
        for row in self.kb.select(_BROADER):
            above[_id(str(row["entity"]))].add(_id(str(row["sector"])))
        return {entity: frozenset(_all_above(entity, above)) for entity in above}

    @cached_property
    def sounds(self) -> Sounds:
        """The names in the documents by their sound, for slips of the keyboard."""
        return sounds_of(self.kb.names())

    @cached_property
    def _registry(self) -> Mapping[str, EntityType]:
        """The type of each entity of the registry, by its id."""
        return {_id(str(row["entity"])): _type(row) for row in self.kb.select(_REGISTERED)}

    @cached_property
    def _registered_names(self) -> NameIndex:
        """The names of the registry; they stand for ids."""
        return NameIndex(
            (form, _id(str(row["entity"])))
            for row in self.kb.select(_CALLED)
            for form in typed_forms(str(row["name"]))
        )


def _all_above(entity: str, above: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    ahead = set(above[entity])
    while ahead:
        found |= ahead
        ahead = {wider for one in ahead for wider in above.get(one, ())} - found
    return found


def _type(row: Mapping[str, Value]) -> EntityType:
    return cast(EntityType, str(row["type"]).removeprefix(f"{NAMESPACE}type-"))


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


def find_names(text: str, known: Library, *, doc: str | None = None) -> tuple[Name, ...]:
    """The names in *text*, each with the ids of what it stands for.

    With *doc* as if no other document were read: what another alone calls a thing (30年期
    日本国债收益率, where this one knows 30年期日本国债) is no name.
    """
    found = []
    end = 0
    for span, types in known.all_names(text):
        entities = [e for e in types if doc is None or known.knows(doc, e)]
        if span.start < end or not entities or _cut(text, span):
            continue
        end = span.end
        surface = span.of(text)
        if surface.lower() in _ENGLISH and not surface.isupper():
            continue  # Who is no World Health Organization
        kinds = tuple(dict.fromkeys(types[e] for e in entities))
        found.append(Name(surface, span, tuple(entities), kinds))
    return tuple(found)


def _cut(text: str, span: Span) -> bool:
    """Whether a name is but the end of a longer word: i茅台, or begins with its end: 27日|银行."""
    before = text[span.start - 1] if span.start else ""
    if before.isdigit() and text[span.start] in "年月日":
        return True
    if span.of(text).endswith("的"):
        return before in ("最", "更", "较")  # 最快的 is no 快的
    return "a" <= before <= "z" and not text[span.start].isascii()


def _id(iri: str) -> str:
    """The `Entity.id` in an entity's IRI."""
    return unquote(iri.rpartition("/")[2])


@dataclass(frozen=True, slots=True)
class InPlay:
    """A document that may hold the answer; *likely* is 1 for the likeliest, less for others."""

    workspace: Workspace
    reader: Reader
    likely: float

    @property
    def doc(self) -> str:
        """The document's name."""
        return self.workspace.views[0].doc


def workspaces(
    questions: Sequence[str],
    known: Library,
    *,
    docs: Sequence[str] | None,
    likely: bool = True,
) -> list[InPlay]:
    """A workspace for each document that may hold the answer, the likeliest first.

    There are at most `MOST_DOCUMENTS`, and with *likely* none that is much less likely than
    the first.

    :raises UnknownDocumentError: one of *docs* is not in the knowledge base.
    """
    chosen = list(dict.fromkeys(docs)) if docs is not None else list(known.infos)
    shares = dict.fromkeys(chosen, 1.0)
    if len(chosen) > 1:
        shares = _likeliest(questions, known, None if docs is None else chosen)
        if likely:
            shares = {doc: share for doc, share in shares.items() if share >= _LIKELY}
        else:
            shares |= {doc: 0.0 for doc in chosen if doc not in shares}
    chosen = list(shares)[:MOST_DOCUMENTS]
    hits: dict[str, list[tuple[str, int, float]]] = {}

    def search(query: str, k: int) -> Sequence[tuple[str, int, float]]:
        if query not in hits:
            found = known.kb.retrieve(query, docs=chosen, k=_HITS)
            hits[query] = [(hit.doc, hit.sentence, hit.score) for hit in found]
        return hits[query][:k]

    return [
        InPlay(
            Workspace((known.view(doc),), search),
            Reader(partial(find_names, known=known, doc=doc), known.infos[doc].published),
            shares[doc],
        )
        for doc in chosen
    ]


def together(found: Sequence[InPlay], known: Library) -> tuple[Workspace, Reader]:
    """All documents as one, for what is told across them; questions are read as of the first."""
    if not found:
        return Workspace((), lambda query, k: ()), Reader(lambda text: (), None)
    first = found[0]
    if len(found) == 1:
        return first.workspace, first.reader
    views = tuple(view for each in found for view in each.workspace.views)
    reader = replace(first.reader, find_names=partial(find_names, known=known))
    return Workspace(views, first.workspace.search), reader


def _likeliest(
    questions: Sequence[str], known: Library, docs: Sequence[str] | None
) -> dict[str, float]:
    """How likely each of *docs* is asked about, 1 for the likeliest, which comes first.

    Of two as likely the later one does.

    By the terms of the whole conversation alone: vectors choose no better between
    documents (benchmarks/together.py) and cost more than all the rest of an answer.
    """
    score: dict[str, float] = defaultdict(float)
    for hit in known.kb.retrieve(" ".join(questions), docs=docs, k=_HITS, by="terms"):
        score[hit.doc] = max(score[hit.doc], hit.score)
    most = max(score.values(), default=0.0) or 1.0
    score = defaultdict(float, {doc: value / most for doc, value in score.items()})
    named = [name for text in questions for name in find_names(text, known)]
    # Where the words find enough documents, one that only names the same is not among the first.
    among = list(score) if len(score) >= MOST_DOCUMENTS else docs
    speaking = known.kb.speaking_of({e for n in named for e in n.entities}, docs=among)
    for name in named:
        for doc in frozenset[str]().union(*(speaking.get(e, ()) for e in name.entities)):
            score[doc] += _NAMED / len(named)
    most = max(score.values(), default=0.0) or 1.0
    days = {doc: (known.infos[doc].published or date.min).toordinal() for doc in score}
    order = sorted(score, key=lambda doc: (-score[doc], -days[doc], doc))
    return {doc: score[doc] / most for doc in order}
