"""A model's reply, waited for no longer than the user wants to wait.

A provider's own time-out bounds the wait for one packet; a server that trickles, or keeps a
line open and says nothing, is never late by it.  So a reply is read beside, and left when its
time is up.
"""

from __future__ import annotations

import asyncio
import queue
import threading
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from kg.terms import one_line
from qa.models.prompt import Message

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

MOST = 12_000  # characters of a reply, what the model thinks aloud included
_LATE = "did not answer in its time (--model-timeout gives it more)"
_CUT = frozenset({"length", "max_tokens", "model_length", "content_filter"})


class ModelFailure(Exception):
    """A model that did not answer; the words go behind its name in one line."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a reply, and with the last one why it ended, where the provider tells."""

    text: str
    reason: str | None = None

    @property
    def cut(self) -> bool:
        """Whether the model was stopped before it had done."""
        return self.reason in _CUT


_Told: TypeAlias = Piece | BaseException | None


def stream(model: BaseChatModel, messages: Sequence[Message], *, until: float) -> Iterator[Piece]:
    """What *model* replies to *messages*, piece by piece.

    :raises ModelFailure: if it fails, has not done *until* then (by the monotonic clock), or
        does not stop.
    """
    told: queue.SimpleQueue[_Told] = queue.SimpleQueue()
    left = threading.Event()

    def read() -> None:
        try:
            for chunk in model.stream(_pairs(messages)):
                told.put(_piece(chunk))
                if left.is_set():
                    return
        except BaseException as error:
            told.put(error)
        else:
            told.put(None)

    # A daemon: whoever does not answer keeps nobody from leaving the program.
    threading.Thread(target=read, name="yinzheng-model", daemon=True).start()
    length = 0
    try:
        while True:
            try:
                piece = told.get(timeout=max(0.0, until - time.monotonic()))
            except queue.Empty:
                raise ModelFailure(_LATE) from None
            if piece is None:
                return
            if isinstance(piece, Exception):
                raise _failure(piece) from None
            if isinstance(piece, BaseException):
                raise piece
            length += len(piece.text)
            _check(length)
            yield piece
    finally:
        left.set()


async def astream(
    model: BaseChatModel, messages: Sequence[Message], *, until: float
) -> AsyncIterator[Piece]:
    """`stream` for programs that run in an event loop."""
    chunks = aiter(model.astream(_pairs(messages)))
    length = 0
    try:
        while True:
            try:
                async with asyncio.timeout(max(0.0, until - time.monotonic())):
                    piece = _piece(await anext(chunks))
            except StopAsyncIteration:
                return
            except TimeoutError:
                raise ModelFailure(_LATE) from None
            except Exception as error:  # a model on a network fails in ways of its own
                raise _failure(error) from None
            length += len(piece.text)
            _check(length)
            yield piece
    finally:
        with suppress(Exception):
            await chunks.aclose()  # type: ignore[attr-defined]


def _pairs(messages: Sequence[Message]) -> list[tuple[str, str]]:
    names = {"system": "system", "user": "human", "assistant": "ai"}
    return [(names[message.role], message.text) for message in messages]


def _piece(chunk: BaseMessage) -> Piece:
    about = chunk.response_metadata or {}
    reasons = (about.get(key) for key in ("finish_reason", "stop_reason", "done_reason"))
    return Piece(str(chunk.text), next((str(reason) for reason in reasons if reason), None))


def _check(length: int) -> None:
    if length > MOST:
        raise ModelFailure("does not stop writing")


def _failure(error: Exception) -> ModelFailure:
    status = getattr(error, "status_code", None)
    words = one_line(error)[:160] or type(error).__name__
    if status == 429:
        return ModelFailure(f"takes no more requests now ({words})")
    return ModelFailure(f"failed ({words})")
