"""The vector index: sentence embeddings in a persistent Chroma collection.

Chroma is given our vectors and no embedder of its own (its default one downloads), and
its telemetry is off.  Importing chromadb takes as long as a short answer, so that is put
off until a vector is wanted.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from kg.errors import HomeError, YinzhengError
from qa.index.passages import Passage
from qa.index.server import ChromaServer

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateHNSWConfiguration
    from chromadb.api.models.Collection import Collection as ChromaCollection
    from langchain_core.embeddings import Embeddings

_COLLECTION = "passages"
_FILE = "chroma.sqlite3"  # Chroma's own name for its database
# Candidate lists so long that the search is all but exact, and still fast.
_HNSW: CreateHNSWConfiguration = {"space": "cosine", "ef_construction": 200, "ef_search": 200}
_FEW = 8  # versions of which all vectors are compared
_KEPT = 64  # versions whose vectors are kept in memory: 400 kB for an article of 250 sentences
_NONE: Mapping[str, str] = MappingProxyType({})
_PAGE = 10_000  # passages asked for at a time: SQLite refuses an answer of more than 32,766
_BATCH = 256  # passages embedded and written at a time: a batch is one transaction


class VectorIndex:
    """Passages by their embeddings, in the folder *folder*.

    *embedding* names the model (`qa.embedding.load_embeddings`); vectors of another model
    are of no use and are dropped by the next writer.  A folder that was never written
    reads as empty.  Nothing is opened before it is needed.  With *server* they are there,
    and the folder is left alone.
    """

    def __init__(
        self,
        folder: Path,
        *,
        embedding: str,
        write: bool = False,
        server: ChromaServer | None = None,
    ) -> None:
        self._folder = folder
        self._server = server
        self._name = _COLLECTION if server is None else server.collection
        self._embedding = embedding
        self._write = write
        self._client: Client | None = None
        self._opened: ChromaCollection | None = None
        self._model: Embeddings | None = None
        self._matrices: dict[str, tuple[list[str], Any]] = {}

    def reopen(self) -> None:
        """Lets the next call see what other processes have written.

        A Chroma client goes on returning what it once loaded, deleted records included;
        the process-wide cache of its engine must go too.
        """
        self._opened = None
        self._matrices.clear()
        if self._client is not None:
            from chromadb.api.shared_system_client import SharedSystemClient

            self._client.close()
            SharedSystemClient.clear_system_cache()
            self._client = None

    close = reopen

    def exists(self) -> bool:
        """Whether anything was ever written here."""
        if self._server is None:
            return (self._folder / _FILE).exists()
        from chromadb.errors import NotFoundError

        with self._told():
            try:
                self._connected().get_collection(self._name, embedding_function=None)
            except NotFoundError:
                return False
        return True

    def digests(self) -> dict[str, str]:
        """Of every passage held, by id, the digest of the text that its vector stands for."""
        with self._guarded() as collection:
            if collection is None:
                return {}
            digests: dict[str, str] = {}
            for start in range(0, collection.count(), _PAGE):
                found = collection.get(limit=_PAGE, offset=start, include=["metadatas"])
                texts = (str(metadata["text"]) for metadata in found["metadatas"] or ())
                digests.update(zip(found["ids"], texts, strict=True))
        return digests

    def put(
        self, version: str, passages: Sequence[Passage], *, alike: Mapping[str, str] = _NONE
    ) -> None:
        """Holds exactly *passages* of *version*.

        *alike* names a passage of the same text by the text's digest (`TermIndex.alike`): where
        that, or the passage itself, is held with this text, it is not embedded again.
        """
        self._matrices.clear()
        with self._guarded() as collection:
            assert collection is not None  # noqa: S101  # a writer's always exists
            held = set(collection.get(where={"version": version}, include=[])["ids"])
            for start in range(0, len(passages), _BATCH):
                batch = passages[start : start + _BATCH]
                collection.upsert(
                    ids=[p.id for p in batch],
                    embeddings=self._vectors(collection, batch, alike),
                    metadatas=[
                        {"doc": p.doc, "version": p.version, "text": p.digest} for p in batch
                    ],
                )
            if surplus := sorted(held - {p.id for p in passages}):
                collection.delete(ids=surplus)

    def remove(self, versions: Iterable[str]) -> None:
        """Drops every passage of *versions*."""
        self._matrices.clear()
        with self._guarded() as collection:
            for version in versions:
                if collection is not None:
                    collection.delete(where={"version": version})

    def search(
        self, query: str, *, k: int, versions: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """The *k* nearest passages as (id, cosine), best first, equals by id.

        *versions* limits the search.  Of a few versions all vectors are compared, which
        takes less time than Chroma needs to find out which passages are theirs.
        """
        if k <= 0 or (versions is not None and not versions):
            return []
        if versions is not None and len(versions) <= _FEW:
            return self._search_few(query, k, versions)
        with self._guarded() as collection:
            if collection is None or not collection.count():
                return []
            found = collection.query(
                query_embeddings=[self._embeddings().embed_query(query)],  # type: ignore[arg-type]
                n_results=k,
                where={"version": {"$in": sorted(versions)}} if versions is not None else None,  # type: ignore[dict-item]
                include=["distances"],
            )
        distances = (found["distances"] or [[]])[0]
        ranked = [(id_, 1 - float(d)) for id_, d in zip(found["ids"][0], distances, strict=True)]
        return sorted(ranked, key=lambda hit: (-hit[1], hit[0]))

    def _search_few(self, query: str, k: int, versions: Collection[str]) -> list[tuple[str, float]]:
        import numpy as np

        with self._guarded() as collection:
            if collection is None:
                return []
            held = [self._matrix(collection, version) for version in versions]
        held = [(ids, matrix) for ids, matrix in held if ids]
        if not held:
            return []
        asked = np.asarray(self._embeddings().embed_query(query), dtype=np.float32)
        asked /= np.linalg.norm(asked) or 1.0
        ranked = [
            (id_, float(cosine))
            for ids, matrix in held
            for id_, cosine in zip(ids, matrix @ asked, strict=True)
        ]
        return sorted(ranked, key=lambda hit: (-hit[1], hit[0]))[:k]

    def _matrix(self, collection: ChromaCollection, version: str) -> tuple[list[str], Any]:
        """The ids and the vectors, of length 1, of all passages of *version*."""
        import numpy as np

        if version not in self._matrices:
            found = collection.get(where={"version": version}, include=["embeddings"])
            vectors = np.asarray(found["embeddings"], dtype=np.float32).reshape(
                len(found["ids"]), -1
            )
            lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
            if len(self._matrices) >= _KEPT:
                self._matrices.pop(next(iter(self._matrices)))
            self._matrices[version] = (found["ids"], vectors / np.where(lengths, lengths, 1.0))
        return self._matrices[version]

    def _vectors(
        self, collection: ChromaCollection, batch: Sequence[Passage], alike: Mapping[str, str]
    ) -> list[Any]:
        wanted = {p.digest: p.indexed for p in batch}
        holder = {alike.get(p.digest, p.id): p.digest for p in batch}
        known = collection.get(ids=list(holder), include=["embeddings", "metadatas"])
        held = known["embeddings"] if known["embeddings"] is not None else ()
        vectors: dict[str, Any] = {
            holder[id_]: [float(x) for x in vector]  # Chroma takes one kind at a time
            for id_, vector, metadata in zip(
                known["ids"], held, known["metadatas"] or (), strict=True
            )
            if metadata["text"] == holder[id_]
        }
        new = [digest for digest in wanted if digest not in vectors]
        made = self._embeddings().embed_documents([wanted[d] for d in new]) if new else []
        vectors.update(zip(new, made, strict=True))
        return [vectors[p.digest] for p in batch]

    def _embeddings(self) -> Embeddings:
        if self._model is None:
            from qa.embedding import load_embeddings

            self._model = load_embeddings(self._embedding)
        return self._model

    @contextmanager
    def _guarded(self) -> Iterator[ChromaCollection | None]:
        """The collection; what goes wrong in Chroma becomes a `HomeError`."""
        if self._opened is None and not self._write and not self.exists():
            yield None  # opening would create it, and readers write nothing
            return
        with self._told():
            if self._opened is None:
                self._opened = self._collection()
            yield self._opened

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What goes wrong in Chroma, or on the way to its server, becomes a `HomeError`."""
        from chromadb.errors import ChromaError

        try:
            yield
        except YinzhengError:
            raise
        except Exception as error:
            reason = str(error).partition("\n")[0]
            if self._server is not None:
                raise HomeError(
                    f"the vectors at {self._server.url} cannot be used "
                    f"({reason.partition('. ')[0]}); is the Chroma server running, "
                    "and is the URL right?"
                ) from error
            if not isinstance(error, ChromaError):
                raise
            raise HomeError(
                f"the vectors in {self._folder} cannot be used ({reason}); "
                "'yinzheng doctor' builds them anew"
            ) from error

    def _collection(self) -> ChromaCollection | None:
        from chromadb.errors import InternalError, NotFoundError

        try:
            client = self._connected()
        except InternalError:
            if self._server or not self._write or not _damaged(self._folder / _FILE):
                raise
            shutil.rmtree(self._folder)
            client = self._connected()
        try:
            collection = client.get_collection(self._name, embedding_function=None)
        except NotFoundError:
            return self._create(client) if self._write else None
        made_by = (collection.metadata or {}).get("embedding")
        if made_by == self._embedding:
            return collection
        if not self._write:
            place = self._folder if self._server is None else self._server.url
            raise HomeError(
                f"the vectors in {place} are of {made_by}, not {self._embedding}; "
                "'yinzheng doctor' builds them anew"
            )
        client.delete_collection(self._name)
        return self._create(client)

    def _create(self, client: Client) -> ChromaCollection:
        return client.create_collection(
            self._name,
            embedding_function=None,
            metadata={"embedding": self._embedding},
            configuration={"hnsw": _HNSW},
        )

    def _connected(self) -> Client:
        if self._client is None:
            import chromadb
            from chromadb.api.shared_system_client import SharedSystemClient
            from chromadb.config import Settings

            settings = Settings(anonymized_telemetry=False)
            try:
                client = (
                    chromadb.PersistentClient(path=self._folder, settings=settings)
                    if self._server is None
                    else self._server.connect(settings)
                )
            except BaseException:
                SharedSystemClient.clear_system_cache()  # it keeps what failed to start
                raise
            self._client = cast("Client", client)
        return self._client


def _damaged(database: Path) -> bool:
    """Whether *database* is no SQLite file, rather than one that is locked or unreadable now."""
    try:
        with closing(sqlite3.connect(database)) as connection:
            connection.execute("PRAGMA schema_version").fetchone()
    except sqlite3.OperationalError:
        return False
    except sqlite3.DatabaseError:
        return True
    return False
