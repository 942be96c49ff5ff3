"""Entities of a network by the names that people use."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from difflib import get_close_matches
from typing import cast

from pyoxigraph import Literal, NamedNode

from kg.errors import InputError
from kg.iris import entity_id
from kg.network.view import among
from kg.reader import GraphReader

_NAMED = """
SELECT DISTINCT ?entity {{
  VALUES ?label {{ {label} {label}@zh {label}@en }}
  {{ ?entity skos:prefLabel ?label }} UNION {{ ?entity skos:altLabel ?label }}
  UNION {{ ?known yz:name ?label ; yz:denotes ?entity }}
  UNION {{ ?known yz:alias ?label ; yz:denotes ?entity }} }}
"""
_SPOKEN_OF = """
SELECT DISTINCT ?entity ?doc {
  GRAPH ?graph {
    ?known yz:denotes ?entity ; yz:name ?name .
    ?article a schema:NewsArticle ; dcterms:identifier ?doc } }
"""
_CALLED = """
SELECT ?doc ?entity ?name ?label {
  GRAPH ?graph {
    ?known a yz:DocumentEntity ; yz:denotes ?entity ; yz:name ?name ; yz:name|yz:alias ?label .
    ?article a schema:NewsArticle ; dcterms:identifier ?doc } }
"""
_REGISTERED = """
SELECT ?entity ?label { ?entity skos:prefLabel|skos:altLabel ?label ; yz:entityType ?type }
"""
_MENTIONED = """
SELECT ?entity (COUNT(?mention) AS ?times) {
  ?mention yz:denotes ?entity ; yz:sentence ?sentence }
GROUP BY ?entity
"""


def find_entity(reader: GraphReader, name: str, docs: Collection[str] | None = None) -> str:
    """The node of the entity called *name*, in a document or in the registry.

    Width and case do not count, unless it is written as an entity is called.  Of several the one
    that is mentioned most is meant.

    :raises InputError: if the documents named, or all, speak of none of that name, naming what
        comes near.
    """
    found = _written_so(reader, name, docs) or _written_alike(reader, name, docs)
    return f"entity:{entity_id(NamedNode(_most_mentioned(reader, found)))}"


def _written_so(reader: GraphReader, name: str, docs: Collection[str] | None) -> set[str]:
    """The entities that are called *name* to the letter: looked up, so however many there are."""
    if any("\ud800" <= char <= "\udfff" for char in name):
        return set()
    named = reader.select(_NAMED.format(label=Literal(name)))
    spoken = reader.select(among(_SPOKEN_OF, "entity", (str(row["entity"]) for row in named)))
    return {str(row["entity"]) for row in spoken if docs is None or row["doc"] in docs}


def _written_alike(reader: GraphReader, name: str, docs: Collection[str] | None) -> set[str]:
    """The entities that are called *name* but for width, case and spaces.

    :raises InputError: as `find_entity`.
    """
    wanted = _folded(name)
    names: dict[str, str] = {}
    called: list[tuple[str, str]] = []
    for row in reader.select(_CALLED):
        if docs is None or row["doc"] in docs:
            entity, shown = str(row["entity"]), str(row["name"])
            names[entity] = max(names.get(entity, ""), shown, key=len)
            called.append((entity, str(row["label"])))
    called += [(str(row["entity"]), str(row["label"])) for row in reader.select(_REGISTERED)]
    known: dict[str, str] = {}
    found: set[str] = set()
    for entity, label in called:
        if entity in names:
            known.setdefault(_folded(label), names[entity])
            if _folded(label) == wanted:
                found.add(entity)
    if found:
        return found
    near = [each for each in sorted(known) if wanted and (wanted in each or each in wanted)]
    near = (near + get_close_matches(wanted, known, cutoff=0.5))[:5]
    hint = ", ".join(dict.fromkeys(known[each] for each in near))
    raise InputError(
        f"no entity '{name}' in the documents; "
        + (f"near it: {hint}" if hint else "'yinzheng export entities' lists what there is")
    )


def _most_mentioned(reader: GraphReader, entities: Collection[str]) -> str:
    if len(entities) > 1:
        times = {
            str(row["entity"]): row["times"]
            for row in reader.select(among(_MENTIONED, "entity", entities))
        }
        return max(sorted(entities), key=lambda entity: cast(int, times.get(entity, 0)))
    return next(iter(entities))


def _folded(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
