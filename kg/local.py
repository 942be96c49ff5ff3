"""A graph on this machine's disk: the writer's store, and the snapshots of it that are read."""

from __future__ import annotations

import shutil
from pathlib import Path

from pyoxigraph import Store

from kg.errors import HomeError
from kg.home import Home, WriterLock, make_home, read_home
from kg.iris import graph_node
from kg.storage import Change, ReadableStore
from kg.terms import one_line


class Snapshots:
    """A `kg.storage.Source`: the newest published snapshot of a home."""

    def __init__(self, root: Path) -> None:
        """A home that is empty or not there has no quads.

        :raises HomeError: if a newer program wrote the home, or it is damaged.
        """
        self._home = read_home(root)

    @property
    def name(self) -> str:
        """The folder."""
        return str(self._home.root)

    @property
    def base(self) -> str:
        """The data base IRI."""
        return self._home.base

    def generation(self) -> int:
        """The number of the newest snapshot; 0 before the first."""
        return self._home.generation()

    def newest(self) -> tuple[int, ReadableStore]:
        """The newest snapshot. One that is swept away while it is opened is looked up again."""
        self._home = home = read_home(self._home.root)
        while True:
            generation = home.generation()
            if generation == 0:
                return 0, Store()
            try:
                return generation, Store.read_only(str(home.snapshot(generation)))
            except OSError as error:
                if home.generation() == generation:
                    raise HomeError(
                        f"{home.root}: snapshot {generation} cannot be opened "
                        f"({one_line(error)}); run 'yinzheng doctor'"
                    ) from None


class HomeKeeper:
    """A `kg.storage.Keeper`: the store of a home, locked for this process."""

    def __init__(self, root: Path, *, base: str | None) -> None:
        """Take the home, made where there is none, and sweep up what an interruption left.

        :raises HomeLockedError: if another process is writing.
        :raises HomeError: if the home cannot be used.
        """
        self._lock = WriterLock(root)
        try:
            self._home = make_home(root, base=base)
            self._store = _opened(self._home)
            self._provenance = graph_node("provenance", base=self._home.base)
            self._sweep()
        except BaseException:
            self._lock.release()
            raise

    @property
    def base(self) -> str:
        """The data base IRI."""
        return self._home.base

    @property
    def store(self) -> Store:
        """What is kept, published or not."""
        return self._store

    @property
    def is_ahead(self) -> bool:
        """Whether the store may hold what the newest snapshot does not."""
        home = self._home
        return home.unpublished.exists() or not home.snapshot(home.generation()).is_dir()

    def change(self, change: Change) -> None:
        """Take one step, marked beforehand so that a crash after it is noticed.

        :raises HomeError: if it cannot be written.
        """
        try:
            self._home.unpublished.touch()
            self._store.update(change.update(provenance=self._provenance))
        except OSError as error:
            raise HomeError(
                f"{self._home.root} cannot be written to ({one_line(error)}); nothing was changed"
            ) from None

    def publish(self) -> int:
        """Make a snapshot and point readers to it; the new generation.

        :raises HomeError: if the snapshot cannot be made.
        """
        home = self._home
        generation = max((home.generation(), *home.snapshots())) + 1
        part = home.root / "snapshots" / "part"
        try:
            part.parent.mkdir(exist_ok=True)
            shutil.rmtree(part, ignore_errors=True)
            self._store.flush()
            self._store.backup(str(part))
            part.rename(home.snapshot(generation))
            home.set_generation(generation)
            home.unpublished.unlink(missing_ok=True)
        except OSError as error:
            raise HomeError(
                f"{home.root} cannot be published ({one_line(error)}); make room and run again"
            ) from None
        home.drop_leftovers(keep={generation, generation - 1})
        return generation

    def close(self) -> None:
        """Let go of the store and of the home."""
        del self._store  # the store's own lock goes with it
        self._lock.release()

    def _sweep(self) -> None:
        home = self._home
        try:
            generation = home.generation()
        except HomeError:
            generation = 0
            (home.root / "generation").unlink()
        home.drop_leftovers(keep={generation, generation - 1})


def _opened(home: Home) -> Store:
    try:
        return Store(str(home.graph))
    except OSError as error:
        raise HomeError(
            f"{home.graph} cannot be opened ({one_line(error)}); choose another home with --home"
        ) from None
