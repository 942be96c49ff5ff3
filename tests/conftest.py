"""Fixtures for all tests: nothing reaches the network, nothing writes outside its own folder."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from kg.remote.endpoints import Endpoints

ROOT = Path(__file__).resolve().parents[1]

_SPEC = spec_from_file_location("oxigraph_server", Path(__file__).with_name("oxigraph_server.py"))
assert _SPEC is not None and _SPEC.loader is not None
sys.modules["oxigraph_server"] = module_from_spec(_SPEC)
_SPEC.loader.exec_module(sys.modules["oxigraph_server"])

from oxigraph_server import empty_store, oxigraph  # noqa: E402  (named just above)

# Before any import of chromadb: it phones home unless told not to.
os.environ["ANONYMIZED_TELEMETRY"] = "False"

_LONGEST = ("test_killed_writer.py", "test_remote.py")  # minutes: the rest runs beside them


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest files, so that no core waits for them at the end."""
    items.sort(key=lambda item: item.path.name not in _LONGEST)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever connects to another machine fails the test that made it do so."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: tuple[str, int] | str) -> None:
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test reached for the network: {address!r}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The default home of a test is its own."""
    home = tmp_path / "home"
    monkeypatch.setenv("YINZHENG_HOME", str(home))
    yield home


@pytest.fixture(scope="session")
def shared() -> Path:
    """The data shared beside the project; tests that need it are skipped without it."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the folder of shared data is not beside the project")
    return folder


@pytest.fixture(scope="session")
def remote_url() -> Iterator[str]:
    """A store whose default graph is a graph of its own, as SPARQL has it."""
    with oxigraph() as url:
        yield url


@pytest.fixture(scope="session")
def union_url() -> Iterator[str]:
    """A store whose default graph is the union of all graphs."""
    with oxigraph("--union-default-graph") as url:
        yield url


@pytest.fixture
def remote(remote_url: str) -> Endpoints:
    """An empty store by URL."""
    from kg.remote.endpoints import endpoints

    empty_store(remote_url)
    return endpoints(remote_url)


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The project's own corpus: articles and gold."""
    return ROOT / "corpus"


@pytest.fixture(scope="session")
def corpus_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that holds the project's corpus; for reading, all tests share it."""
    from qa.knowledge_base import KnowledgeBase

    home = tmp_path_factory.mktemp("corpus") / "home"
    with KnowledgeBase.open(home) as kb:
        assert not kb.ingest([ROOT / "corpus" / "articles"]).refused
    return home
