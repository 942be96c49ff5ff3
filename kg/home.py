"""The folder that a knowledge base lives in: format, lock, generation, paths.

::

    home.json               format version and data base IRI
    graph/                  the writer's store
    snapshots/<generation>/ what readers open; the last two are kept
    generation              the number of the newest snapshot, replaced atomically
    unpublished             is there while the store may be ahead of the newest snapshot
    lock                    held by the writing process, whose id it tells
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import IO

from kg.errors import HomeError, HomeLockedError
from kg.iris import BASE

FORMAT = 1
"""The version of the graph model and the files that this program writes."""


@dataclass(frozen=True, slots=True)
class Home:
    """The paths of one knowledge base. *base* is the data base IRI."""

    root: Path
    base: str

    @property
    def graph(self) -> Path:
        """The writer's store."""
        return self.root / "graph"

    @property
    def unpublished(self) -> Path:
        """The marker of a store that may be ahead of the newest snapshot."""
        return self.root / "unpublished"

    def snapshot(self, generation: int) -> Path:
        """The store that readers of a generation open."""
        return self.root / "snapshots" / str(generation)

    def snapshots(self) -> dict[int, Path]:
        """The snapshots that are there, by generation."""
        folder = self.root / "snapshots"
        if not folder.is_dir():
            return {}
        return {int(path.name): path for path in folder.iterdir() if path.name.isdecimal()}

    def generation(self) -> int:
        """The number of the newest snapshot; 0 before the first."""
        try:
            return int((self.root / "generation").read_text("ascii"))
        except FileNotFoundError:
            return 0
        except (ValueError, OSError) as error:
            raise HomeError(
                f"{self.root / 'generation'} cannot be read ({error}); delete it and run "
                "'yinzheng doctor'"
            ) from None

    def set_generation(self, generation: int) -> None:
        """Point readers to a snapshot."""
        write_atomically(self.root / "generation", f"{generation}\n")

    def drop_leftovers(self, *, keep: set[int]) -> None:
        """Delete all snapshots but those, and what an interrupted one left."""
        folder = self.root / "snapshots"
        if folder.is_dir():
            for path in folder.iterdir():
                if not (path.name.isdecimal() and int(path.name) in keep):
                    shutil.rmtree(path, ignore_errors=True)


def read_home(root: Path) -> Home:
    """A home for reading; where there is none yet, an empty one.

    :raises HomeError: if a newer program wrote it, or it cannot be read.
    """
    root = root.absolute()
    try:
        stored = json.loads((root / "home.json").read_text("utf-8"))
        format_, base = int(stored["format"]), str(stored["base"])
    except FileNotFoundError:
        return Home(root, BASE)
    except OSError as error:
        raise _unusable(root, error) from None
    except (ValueError, KeyError, TypeError):
        raise HomeError(
            f"{root / 'home.json'} is damaged; restore it or choose another home with --home"
        ) from None
    if format_ > FORMAT:
        raise HomeError(
            f"{root} was written by a newer version (format {format_}, this one knows {FORMAT}); "
            "upgrade yinzheng or choose another home with --home"
        )
    return Home(root, base)


def make_home(root: Path, *, base: str | None) -> Home:
    """A home for writing, made where there is none. To be called by the holder of the lock.

    :raises HomeError: as `read_home`, or if *base* is not the base it was made with.
    """
    known = (root / "home.json").exists()
    home = read_home(root)
    if known:
        if base is not None and base != home.base:
            raise HomeError(
                f"{home.root} was made with the base {home.base}; it cannot change to {base}"
            )
        return home
    home = Home(home.root, base or home.base)
    try:
        write_atomically(
            home.root / "home.json", json.dumps({"format": FORMAT, "base": home.base}) + "\n"
        )
    except OSError as error:
        raise _unusable(home.root, error) from None
    return home


def write_atomically(path: Path, text: str) -> None:
    """Replace a file: after a crash it has the old text or the new."""
    part = path.with_name(path.name + ".part")
    with part.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(path)


_held: set[Path] = set()
_held_guard = Lock()


class WriterLock:
    """The right to write to a home, held by one process at a time.

    A record lock (`fcntl.lockf`) goes with its process however that ends, and is not
    inherited by the workers it forks; within one process `_held` does its work.
    """

    def __init__(self, root: Path) -> None:
        """Take the lock.

        :raises HomeLockedError: if it is taken, naming the process.
        :raises HomeError: if the folder cannot be made or written to.
        """
        self._root = root.absolute().resolve()
        try:
            self._root.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unusable(self._root, error) from None
        with _held_guard:
            if self._root in _held:
                raise _locked(self._root, str(os.getpid()))
            self._stream = self._acquire()
            _held.add(self._root)

    def _acquire(self) -> IO[str]:
        try:
            stream = (self._root / "lock").open("a+", encoding="ascii")
        except OSError as error:
            raise _unusable(self._root, error) from None
        try:
            fcntl.lockf(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            stream.seek(0)
            holder = stream.read().strip()
            stream.close()
            raise _locked(self._root, holder) from None
        stream.seek(0)
        stream.truncate()
        stream.write(f"{os.getpid()}\n")
        stream.flush()
        return stream

    def release(self) -> None:
        """Give the lock back."""
        with _held_guard:
            self._stream.close()
            _held.discard(self._root)


def _locked(root: Path, holder: str) -> HomeLockedError:
    who = f"process {holder}" if holder else "another process"
    return HomeLockedError(f"{root} is being written to by {who}; wait until it is done")


def _unusable(root: Path, error: OSError) -> HomeError:
    reason = error.strerror or str(error)
    return HomeError(f"{root} cannot be used ({reason}); choose another home with --home")
