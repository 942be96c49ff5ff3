"""The indexes of a knowledge base, kept in step with the graph.

The order of one document's way in makes every interruption visible: *begin* in the
catalogue, vectors, terms, the graph's snapshot published, *settle*.  On the way out it is the
graph, the snapshot, vectors, terms and catalogue.  So the catalogue names every version of
which an index may hold anything, and what is not settled, or not in the graph, is mended by
the next writer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.records import Extraction
from qa.index.catalogue import Catalogue
from qa.index.namings import Naming, namings_of
from qa.index.passages import Passage, passages_of, split_id
from qa.index.server import ChromaServer
from qa.index.terms import TermIndex
from qa.index.vectors import VectorIndex


@dataclass(frozen=True, slots=True)
class Content:
    """What the indexes hold of one version of a document."""

    doc: str
    passages: tuple[Passage, ...]
    namings: tuple[Naming, ...]


def content_of(extraction: Extraction) -> Content:
    """What the indexes are to hold of *extraction*."""
    return Content(extraction.document.doc, passages_of(extraction), namings_of(extraction))


class Indexes:
    """Catalogue, vectors and terms under one home, for its one writer."""

    def __init__(self, home: Path, *, embedding: str, server: ChromaServer | None = None) -> None:
        for left in home.glob("terms.sqlite*"):  # the term index of earlier programs
            left.unlink()
        self.catalogue = Catalogue.writing(catalogue_path(home))
        self.terms = TermIndex.writing(terms_path(home))
        self.vectors = VectorIndex(
            vectors_path(home), embedding=embedding, write=True, server=server
        )

    def close(self) -> None:
        """Lets go of all."""
        self.catalogue.close()
        self.terms.close()
        self.vectors.close()

    def hold(self, version: str, content: Content) -> None:
        """Puts exactly *content* of *version* into all, to be settled when published."""
        self.catalogue.begin(version, doc=content.doc, namings=content.namings)
        alike = self.terms.alike(passage.digest for passage in content.passages)
        self.vectors.put(version, content.passages, alike=alike)
        self.terms.put(version, content.passages)

    def drop(self, versions: Collection[str]) -> None:
        """Removes *versions* from both indexes, and from the catalogue last."""
        if versions:
            self.vectors.remove(versions)
            self.terms.remove(versions)
            self.catalogue.remove(versions)

    def settle(self, versions: Iterable[str]) -> None:
        """Notes that all hold all of *versions* and that the graph is published."""
        self.catalogue.settle(versions)

    def unsettled(self, versions: Iterable[str]) -> set[str]:
        """Which of *versions* the indexes do not hold for certain; reads the catalogue only."""
        if not self.vectors.exists() or not self.terms.exists():
            return set(versions)
        known = self.catalogue.versions()
        return {version for version in versions if not known.get(version, False)}

    def strays(self, versions: Collection[str]) -> set[str]:
        """Versions of which the indexes may hold something although not of *versions*."""
        known = set(self.catalogue.versions())
        if not known:  # the catalogue may have been lost
            held = (
                *(self.vectors.digests() if self.vectors.exists() else ()),
                *self.terms.digests(),
            )
            known = {split_id(passage)[0] for passage in held}
        return known - set(versions)

    def compared(self, wanted: Mapping[str, Content]) -> tuple[set[str], set[str]]:
        """What a comparison of each passage and name finds: (versions that differ, strays).

        *wanted* holds every version in the graph.
        """
        differing, strays = self.unsettled(wanted), self.strays(wanted)
        expected = {p.id: p.digest for content in wanted.values() for p in content.passages}
        for held in (self.vectors.digests(), self.terms.digests()):
            for passage in expected.keys() ^ held.keys() | {
                p for p in expected.keys() & held.keys() if expected[p] != held[p]
            }:
                version, _ = split_id(passage)
                (differing if version in wanted else strays).add(version)
        named = self.catalogue.namings()
        differing |= {v for v, c in wanted.items() if named.get(v, ()) != c.namings}
        return differing, strays


def catalogue_path(home: Path) -> Path:
    """The file of the catalogue under *home*."""
    return home / "catalogue.sqlite"


def terms_path(home: Path) -> Path:
    """The folder of the term index under *home*."""
    return home / "terms"


def vectors_path(home: Path) -> Path:
    """The folder of the vector index under *home*."""
    return home / "vectors"
