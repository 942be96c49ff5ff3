"""What lies between two entities, asked for step by step, so that a path needs no whole network."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from kg.iris import entity_node
from kg.network.view import PARTIES, SIDES, among
from kg.reader import GraphReader

_ARTICLES = "SELECT ?article ?doc { ?article a schema:NewsArticle ; dcterms:identifier ?doc }"
_KNOWN = "SELECT DISTINCT ?entity { ?known a yz:DocumentEntity ; yz:denotes ?entity }"
_TOGETHER = """
SELECT DISTINCT ?entity ?other ?sentence {
  ?here yz:denotes ?entity ; yz:sentence ?sentence .
  ?there yz:sentence ?sentence ; yz:denotes ?other }
"""
_CLAIMED = """
SELECT DISTINCT ?entity ?claim ?sentence {
  { ?claim ?role ?entity }
  UNION { ?side yz:denotes ?entity ; prov:wasDerivedFrom ?from . ?claim ?as ?side }
  ?claim yz:sentence ?sentence ; prov:wasDerivedFrom ?span }
"""


def sentences_between(
    reader: GraphReader, one: str, other: str, *, docs: Collection[str] | None = None
) -> set[str] | None:
    """The sentences (IRIs) that all shortest ways between two entities of a network go by.

    The entities are named as the nodes of `network`; ``None`` if no sentences of the documents
    named, or of all, lead from one to the other.
    """
    start, goal = (
        entity_node(node.removeprefix("entity:"), base=reader.base).value for node in (one, other)
    )
    known = {str(row["entity"]) for row in reader.select(_KNOWN)}
    articles = {
        str(row["article"])
        for row in reader.select(_ARTICLES)
        if docs is None or row["doc"] in docs
    }
    before: dict[str, dict[str, set[str]]] = {start: {}}
    frontier: Collection[str] = (start,)
    while frontier and goal not in before:
        found: dict[str, dict[str, set[str]]] = {}
        for here, there, sentence in _steps(reader, frontier):
            if there in known and there not in before and sentence.partition("#")[0] in articles:
                found.setdefault(there, {}).setdefault(here, set()).add(sentence)
        before |= found
        frontier = found
    return None if goal not in before else _led_by(before, goal)


def _led_by(before: Mapping[str, Mapping[str, set[str]]], goal: str) -> set[str]:
    """The sentences of all steps that lead to *goal*."""
    told: set[str] = set()
    seen, left = {goal}, [goal]
    while left:
        for node, sentences in before[left.pop()].items():
            told |= sentences
            if node not in seen:
                seen.add(node)
                left.append(node)
    return told


def _steps(reader: GraphReader, entities: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Each entity with another that a sentence connects it with, by speaking of both or a claim."""
    asked = list(entities)
    for row in reader.select(among(_TOGETHER, "entity", asked)):
        yield str(row["entity"]), str(row["other"]), str(row["sentence"])
    claims = reader.select(among(_CLAIMED, "entity", asked))
    ours = {str(row["claim"]) for row in claims}
    parties: dict[str, set[str]] = {}
    for query in (PARTIES % reader.base, SIDES):
        for row in reader.select(among(query, "claim", ours)):
            parties.setdefault(str(row["claim"]), set()).add(str(row["entity"]))
    for row in claims:
        for other in parties.get(str(row["claim"]), ()):
            yield str(row["entity"]), other, str(row["sentence"])
