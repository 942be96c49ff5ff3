"""One knowledge base, many threads: LangChain runs batches and coroutines in a pool."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Annotated, TypeAlias
from weakref import WeakKeyDictionary

from pydantic import BeforeValidator

from qa.knowledge_base import KnowledgeBase

_locks: WeakKeyDictionary[KnowledgeBase, RLock] = WeakKeyDictionary()
_making = RLock()


def _opened(given: object) -> object:
    return KnowledgeBase.open(Path(given)) if isinstance(given, str | Path) else given


Base: TypeAlias = Annotated[KnowledgeBase, BeforeValidator(_opened)]
"""A field that takes a `KnowledgeBase`, or the path of its home."""


@contextmanager
def reading(kb: KnowledgeBase) -> Iterator[KnowledgeBase]:
    """*kb* as it is now, for this thread alone."""
    with _making:
        lock = _locks.setdefault(kb, RLock())
    with lock:
        kb.refresh()
        yield kb
