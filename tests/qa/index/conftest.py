from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence

import pytest

from kg.records import Article, Document, Entity, Extraction, Mention, Metadata, Sentence, Span

Make = Callable[..., Extraction]


@pytest.fixture
def make() -> Make:
    """A document made by hand: its sentences end with 。, its facts are those given."""

    def extraction(
        text: str,
        *,
        doc: str = "made",
        section: str | None = None,
        lead: Span | None = None,
        table: Span | None = None,
        kind: str = "paragraph",
        entities: Sequence[Entity] = (),
        mentions: Sequence[Mention] = (),
    ) -> Extraction:
        sentences = tuple(
            Sentence(
                span=Span(*match.span()),
                block=1,
                kind=kind,
                section=section,
                lead=lead,
                table=table,
            )
            for match in re.finditer(r"[^。\s][^。]*。", text)
        )
        article = Article(
            doc=doc,
            path=f"/articles/{doc}.txt",
            text=text,
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            encoding="utf-8",
        )
        return Extraction(
            document=Document(
                article=article,
                metadata=Metadata(title=doc),
                lines=(),
                sentences=sentences,
                marks=(),
            ),
            entities=tuple(entities),
            mentions=tuple(mentions),
            figures=(),
            statements=(),
            offices=(),
            supports=(),
        )

    return extraction
