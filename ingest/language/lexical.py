"""Lexical analysis: the words and tags of each sentence, by LAC.

A whole document as one text tags line breaks and hash tags as organisations.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from ingest.records import Token
from kg.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ingest.language.analysis import Analysis
    from ingest.language.lac import Lac, Word


_LOADING = threading.Lock()


def tagger() -> Lac:
    """The tagger, loaded once a process (0.2 s)."""
    with _LOADING:
        return _load()


@cache
def _load() -> Lac:
    from ingest.language.lac import load_lac

    return load_lac()


def analyse_words(analysis: Analysis) -> None:
    """Give every unit its tokens."""
    texts = [unit.span.of(analysis.text) for unit in analysis.units]
    analysis.units = [
        replace(unit, tokens=tuple(_tokens(words, unit.span.start)))
        for unit, words in zip(analysis.units, tagger().words(texts), strict=True)
    ]


def _tokens(words: Iterable[Word], start: int) -> Iterator[Token]:
    """*words*, which begin at *start*; neighbouring persons are one (安迪· 查林杰)."""
    last: Token | None = None
    for word, tag in words:
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
