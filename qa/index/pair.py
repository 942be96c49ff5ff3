"""The two indexes of a knowledge base, kept in step with the graph.

The order of one document's way in makes every interruption visible: *begin* in the
catalogue, vectors, terms, the graph's snapshot published, *settle*.  On the way out it is the
graph, the snapshot, vectors, terms and catalogue.  So the catalogue names every version of
which an index may hold anything, and what is not settled, or not in the graph, is mended by
the next writer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from qa.index.passages import Passage, split_id
from qa.index.server import ChromaServer
from qa.index.terms import TermIndex
from qa.index.vectors import VectorIndex


class IndexPair:
    """Vectors and terms under one home, for its one writer."""

    def __init__(self, home: Path, *, embedding: str, server: ChromaServer | None = None) -> None:
        self.terms = TermIndex.writing(terms_path(home))
        self.vectors = VectorIndex(
            vectors_path(home), embedding=embedding, write=True, server=server
        )

    def close(self) -> None:
        """Lets go of both."""
        self.terms.close()
        self.vectors.close()

    def hold(self, doc: str, version: str, passages: Sequence[Passage]) -> None:
        """Puts exactly *passages* of *version* into both, to be settled when published."""
        self.terms.begin(version, doc=doc)
        self.vectors.put(version, passages)
        self.terms.put(version, passages)

    def drop(self, versions: Collection[str]) -> None:
        """Removes *versions* from both, and from the catalogue last."""
        if versions:
            self.vectors.remove(versions)
            self.terms.remove(versions)

    def settle(self, versions: Iterable[str]) -> None:
        """Notes that both hold all of *versions* and that the graph is published."""
        self.terms.settle(versions)

    def unsettled(self, versions: Iterable[str]) -> set[str]:
        """Which of *versions* the indexes do not hold for certain; reads the catalogue only."""
        if not self.vectors.exists():
            return set(versions)
        catalogue = self.terms.versions()
        return {version for version in versions if not catalogue.get(version, False)}

    def strays(self, versions: Collection[str]) -> set[str]:
        """Versions of which the indexes may hold something although not of *versions*."""
        known = set(self.terms.versions())
        if not known and self.vectors.exists():  # the catalogue was lost
            known = {split_id(passage)[0] for passage in self.vectors.digests()}
        return known - set(versions)

    def compared(self, wanted: Mapping[str, Sequence[Passage]]) -> tuple[set[str], set[str]]:
        """What a comparison of each passage finds: (versions that differ, stray versions).

        *wanted* holds the passages of every version in the graph.
        """
        differing, strays = self.unsettled(wanted), self.strays(wanted)
        expected = {p.id: p.digest for passages in wanted.values() for p in passages}
        for held in (self.vectors.digests(), self.terms.digests()):
            for passage in expected.keys() ^ held.keys() | {
                p for p in expected.keys() & held.keys() if expected[p] != held[p]
            }:
                version, _ = split_id(passage)
                (differing if version in wanted else strays).add(version)
        return differing, strays


def terms_path(home: Path) -> Path:
    """The file of the term index under *home*."""
    return home / "terms.sqlite"


def vectors_path(home: Path) -> Path:
    """The folder of the vector index under *home*."""
    return home / "vectors"
