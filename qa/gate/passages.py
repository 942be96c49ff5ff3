"""Bare passages as evidence: what a record gives beside its answer, read as articles are."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from ingest.structure.marks import find_marks
from ingest.structure.sentences import split_sentences
from kg.records import Article, Document, Extraction, Line, Metadata, Sentence, Span
from qa.gate.access import Passages
from qa.gate.evidence import PreparedDocument

if TYPE_CHECKING:
    from spacy.language import Language

_KEPT = 4096  # passages; records of one file often share theirs


def passages(texts: Sequence[str], *, refs: Sequence[str] = ()) -> Passages:
    """Evidence of the passages *texts*, which *refs* name as the answer's references do."""
    return Passages([prepared(text, str(n)) for n, text in enumerate(texts, 1)], refs=refs)


@lru_cache(maxsize=_KEPT)
def prepared(text: str, number: str) -> PreparedDocument:
    """The passage *text*, read."""
    return PreparedDocument(_extraction(text, number), number=number)


def _extraction(text: str, number: str) -> Extraction:
    from ingest.extract import extract

    return extract(_document(text, number), _pipeline())


@lru_cache(maxsize=1)
def _pipeline() -> Language:
    from ingest.language import build_pipeline
    from ingest.lexicon import load_lexicon

    return build_pipeline(load_lexicon())


def _document(text: str, number: str) -> Document:
    """*text* as a document of paragraphs: no line of a passage is furniture or a title."""
    article = Article(
        doc=f"passage-{number}",
        path=f"passage-{number}",
        text=text,
        sha256=hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(),
        encoding="utf-8",
    )
    lines: list[Line] = []
    sentences: list[Sentence] = []
    for block, found in enumerate(re.finditer(r"[^\r\n]*\S[^\r\n]*", text), start=1):
        start = found.start() + len(found[0]) - len(found[0].lstrip())
        span = Span(start, start + len(found[0].strip()))
        lines.append(Line(span=span, block=block, kind="paragraph"))
        sentences += [
            Sentence(span=each, block=block, kind="paragraph", section=None, lead=None)
            for each in split_sentences(text, span)
        ]
    return Document(
        article=article,
        metadata=Metadata(title=""),
        lines=tuple(lines),
        sentences=tuple(sentences),
        marks=find_marks(text, lines, sentences, {}),
    )
