"""From a document to the passages that the indexes hold: one for each sentence."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from ingest.structure import without_markup
from kg.iris import document_key
from kg.records import Document, Extraction, Mention, Sentence, Span

# 一、业绩总览, 01 合约价, ■ 光伏, 【股东回报】: what sets a heading off is no part of its words.
_NUMBERING = re.compile(
    r"^[\s■□▍●◆◇►▶#*•·]*(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|\d{1,2}(?:[、.．](?!\d)|\s+)|【)?\s*|】$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One sentence as the indexes hold it; what is shown comes from the stored text.

    *version* is the key in the IRI of the document's version (`kg.iris.document_key`).
    *sentence* is an index into `Document.sentences`.  *indexed* is the sentence made to
    stand alone: its section, its run-in heading or table header, its references by name.
    """

    id: str
    doc: str
    version: str
    sentence: int
    indexed: str

    @property
    def digest(self) -> str:
        """A hash of *indexed*: kept beside what is derived from it, it tells what is behind."""
        return hashlib.sha256(self.indexed.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def passage_id(version: str, sentence: int) -> str:
    """The name of one passage: stable, and unique over all versions."""
    return f"{version}/{sentence}"


def split_id(passage: str) -> tuple[str, int]:
    """The version and the sentence that `passage_id` put together."""
    version, _, sentence = passage.rpartition("/")
    return version, int(sentence)


def passages_of(extraction: Extraction) -> tuple[Passage, ...]:
    """One passage for each sentence of the document, in order.

    The article's own list of sources is left out: it says where facts come from and
    states none.
    """
    document = extraction.document
    version = document_key(document.doc, document.article.sha256)
    names = {entity.id: entity.name for entity in extraction.entities}
    references = sorted(
        (m for m in extraction.mentions if m.how == "reference"),
        key=lambda m: (m.span.start, -m.span.end),
    )
    return tuple(
        Passage(
            id=passage_id(version, index),
            doc=document.doc,
            version=version,
            sentence=index,
            indexed=_indexed(document, sentence, references, names),
        )
        for index, sentence in enumerate(document.sentences)
        if sentence.kind != "references"
    )


def _indexed(
    document: Document, sentence: Sentence, references: Sequence[Mention], names: dict[str, str]
) -> str:
    own = _resolved(document.text, sentence.span, references, names)
    lead = sentence.lead.of(document.text) if sentence.lead else ""
    header = sentence.table if sentence.table != sentence.span else None
    section = _NUMBERING.sub("", sentence.section or "")
    parts = (section, header.of(document.text) if header else "", lead + own)
    return without_markup(" ".join(part for part in parts if part.strip()))


def _resolved(text: str, span: Span, references: Sequence[Mention], names: dict[str, str]) -> str:
    """The words at *span*, with 该公司 and 两家公司 replaced by the names that they stand for."""
    parts = []
    position = span.start
    for place, mentions in groupby(references, key=lambda mention: mention.span):
        if place.start < position or place.end > span.end:
            continue  # in another sentence, or inside a reference just replaced
        meant = (names.get(mention.entity, mention.text) for mention in mentions)
        parts += [text[position : place.start], "、".join(meant)]
        position = place.end
    parts.append(text[position : span.end])
    return "".join(parts)
