"""Made records and a home that holds them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from oxigraph_server import empty_store

from kg.records import Extraction
from kg.registry import RegistryEntry
from kg.remote.endpoints import Endpoints, endpoints
from kg.store import GraphReader, GraphWriter

_SPEC = spec_from_file_location("made", Path(__file__).with_name("made.py"))
assert _SPEC is not None and _SPEC.loader is not None
_MADE = module_from_spec(_SPEC)
_SPEC.loader.exec_module(_MADE)
sys.modules["made"] = _MADE

KINDS = ("disk", "url", "url-union", "url-queries")
"""Where a graph may be: `place` is each of them in turn."""


@dataclass(frozen=True)
class Place:
    """A knowledge base to be read and written, wherever its graph is."""

    home: Path
    remote: Endpoints | None

    def reader(self) -> GraphReader:
        return GraphReader.open(self.home, remote=self.remote)

    def writer(self, *, base: str | None = None) -> GraphWriter:
        return GraphWriter.open(self.home, base=base, remote=self.remote)


@pytest.fixture(scope="session")
def make() -> Callable[..., Extraction]:
    """`made.make`: the records of one small article."""
    maker: Callable[..., Extraction] = _MADE.make
    return maker


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, home: Path) -> Place:
    """An empty knowledge base of each kind: a home, and stores by URL as they come."""
    kind = request.param
    if kind == "disk":
        return Place(home, None)
    url = request.getfixturevalue("union_url" if kind == "url-union" else "remote_url")
    empty_store(url)
    return Place(home, endpoints(url, graphs="" if kind == "url-queries" else "store"))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where a knowledge base may be made."""
    return tmp_path / "kb"


@pytest.fixture
def reader(home: Path, make: Callable[..., Extraction]) -> GraphReader:
    """A home with two articles and one registered company."""
    with GraphWriter.open(home) as writer:
        writer.sync_registry(
            [
                RegistryEntry(
                    id="tsmc", type="company", zh="台积电", en="TSMC", aliases=("台湾积体",)
                )
            ]
        )
        writer.replace(make("a"))
        writer.replace(make("b", extra="完。"))
    return GraphReader.open(home)
