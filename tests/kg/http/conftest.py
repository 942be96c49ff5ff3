"""A served home, and modules that the tests here share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from pyoxigraph import Store

from kg.home import make_home
from kg.records import Extraction
from kg.registry import RegistryEntry
from kg.store import GraphWriter

for _name in ("served", "browser", "hostile"):
    _spec = spec_from_file_location(_name, Path(__file__).with_name(f"{_name}.py"))
    assert _spec is not None and _spec.loader is not None
    sys.modules[_name] = module_from_spec(_spec)
    _spec.loader.exec_module(sys.modules[_name])

from served import Served, serving  # noqa: E402  (a module of this folder, named just above)


@pytest.fixture(scope="session")
def made_home(tmp_path_factory: pytest.TempPathFactory, make: Callable[..., Extraction]) -> Path:
    """A home with two articles and a registered company; for reading, all tests share it."""
    home = tmp_path_factory.mktemp("served") / "kb"
    with GraphWriter.open(home) as writer:
        writer.sync_registry([RegistryEntry(id="tsmc", type="company", zh="台积电", en="TSMC")])
        writer.replace(make("a"))
        writer.replace(make("b", extra="完。"))
    return home


@pytest.fixture(scope="session")
def server(made_home: Path) -> Iterator[Served]:
    """A server with the usual limits."""
    with serving(made_home, "--timeout", "20") as served:
        yield served


@pytest.fixture
def serve() -> Iterator[Callable[..., Served]]:
    """Starts servers of a test's own: ``serve(home, *options)``."""
    with ExitStack() as stack:
        yield lambda home, *options: stack.enter_context(serving(home, *options))


@pytest.fixture(scope="session")
def raw_home(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Store], Path]:
    """Makes a home of any graphs, as no ingest would write them."""

    def made(store: Store) -> Path:
        home = make_home(tmp_path_factory.mktemp("raw"), base=None)
        home.snapshot(1).parent.mkdir()
        on_disk = Store(str(home.graph))
        on_disk.bulk_extend(store)
        on_disk.backup(str(home.snapshot(1)))
        home.set_generation(1)
        return home.root

    return made
