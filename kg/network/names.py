"""Entities of a network by the names that people use."""

from __future__ import annotations

import unicodedata
from difflib import get_close_matches
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.errors import InputError
from kg.iris import entity_id
from kg.reader import GraphReader

if TYPE_CHECKING:
    import networkx as nx

_LABELS = """
SELECT DISTINCT ?entity ?label {
  { ?known a yz:DocumentEntity ; yz:denotes ?entity ; yz:name|yz:alias ?label }
  UNION { ?entity skos:prefLabel|skos:altLabel ?label ; yz:entityType ?type } }
"""


def find_entity(reader: GraphReader, graph: nx.MultiGraph[str], name: str) -> str:
    """The node of the entity called *name*, in a document or in the registry.

    Width and case do not count.  Of several the best connected one is meant.

    :raises InputError: if *graph* has no entity of that name, naming what comes near.
    """
    wanted = _folded(name)
    known: dict[str, str] = {}
    found: set[str] = set()
    for row in reader.select(_LABELS):
        node = f"entity:{entity_id(NamedNode(str(row['entity'])))}"
        if node in graph:
            known.setdefault(_folded(str(row["label"])), graph.nodes[node]["label"])
            if _folded(str(row["label"])) == wanted:
                found.add(node)
    if found:
        return max(sorted(found), key=graph.degree)
    near = [each for each in sorted(known) if wanted and (wanted in each or each in wanted)]
    near = (near + get_close_matches(wanted, known, cutoff=0.5))[:5]
    hint = ", ".join(dict.fromkeys(known[each] for each in near))
    raise InputError(
        f"no entity '{name}' in the documents; "
        + (f"near it: {hint}" if hint else "'yinzheng export entities' lists what there is")
    )


def _folded(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
