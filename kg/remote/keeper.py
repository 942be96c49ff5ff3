"""Writing a graph behind a URL."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

from pyoxigraph import NamedNode

from kg import terms
from kg.errors import HomeLockedError
from kg.home import WriterLock
from kg.iris import graph_node
from kg.remote.client import Client
from kg.remote.endpoints import Endpoints
from kg.remote.source import RemoteStore, Standing, standing
from kg.storage import Change
from kg.vocabulary import YZ


class RemoteKeeper:
    """A `kg.storage.Keeper`: a store by URL, which shows readers each step at once.

    The lock is on the home of what is derived; writers of other homes are told by the
    generation, which each step builds on and raises.
    """

    def __init__(self, home: Path, endpoints: Endpoints, *, base: str | None) -> None:
        """Take the home, and ask how the store stands.

        :raises HomeLockedError: if another process is writing to the home.
        :raises HomeError: if the home or the store cannot be used.
        """
        self._lock = WriterLock(home)
        try:
            self._client = Client(endpoints)
            self._known = standing(self._client, base=base)
        except BaseException:
            self._lock.release()
            raise
        self._writer = uuid4().hex
        self._provenance = graph_node("provenance", base=self._known.base)

    @property
    def base(self) -> str:
        """The data base IRI."""
        return self._known.base

    @property
    def store(self) -> RemoteStore:
        """What is kept."""
        return RemoteStore(self._client, self._known)

    @property
    def is_ahead(self) -> bool:
        """Never: what is kept is seen."""
        return False

    def change(self, change: Change) -> None:
        """Take one step.

        :raises HomeLockedError: if somebody else has written since; then nothing is changed.
        :raises HomeError: if the store does not take it.
        """
        at = _at(self._provenance, self._known)
        update = change.update(provenance=self._provenance, condition=at)
        self._client.update(f"{update};\n{self._raised(at)}")
        self._known = standing(self._client, base=self.base)
        if self._known.writer != self._writer:
            raise HomeLockedError(
                f"{self._client.endpoints.url} was written to by somebody else meanwhile; "
                "nothing was changed, run it again"
            )

    def publish(self) -> int:
        """The generation; readers see it already."""
        return self._known.generation

    def close(self) -> None:
        """Let go of the home."""
        self._lock.release()

    def _raised(self, at: str) -> str:
        """The update that raises the generation and names its writer."""
        node, next_ = self._provenance, terms.integer(self._known.generation + 1)
        told = f"{node} {YZ.generation} {{}} ; {YZ.writer} {{}}"
        old = told.format("?generation", "?writer")
        new = told.format(next_, f'"{self._writer}"')
        return (
            f"DELETE {{ GRAPH {node} {{ {old} }} }} INSERT {{ GRAPH {node} {{ {new} }} }} "
            f"WHERE {{ {at} OPTIONAL {{ GRAPH {node} {{ {old} }} }} }}"
        )


def _at(provenance: NamedNode, known: Standing) -> str:
    """The pattern that holds while the store stands as it is *known* to."""
    if known.generation == 0:
        return f"FILTER NOT EXISTS {{ GRAPH {provenance} {{ {provenance} {YZ.generation} ?any }} }}"
    told = f"{provenance} {YZ.generation} {terms.integer(known.generation)}"
    return f"GRAPH {provenance} {{ {told} }}"
