"""Language analysis: words, names, references, speech and offices of one document.

::

    nlp = build_pipeline(load_lexicon())
    recognition = recognise(document, nlp)

Importing this package is cheap; spaCy and the tagger load with the first pipeline.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.language import Language

    from ingest.lexicon import Lexicon
    from ingest.records import Recognition
    from kg.records import Document, Entity, Mention

__all__ = ["build_pipeline", "recognise", "with_late_references"]


def build_pipeline(lexicon: Lexicon) -> Language:
    """The spaCy pipeline over *lexicon* (see `ingest.language.pipeline`)."""
    from ingest.language import pipeline

    return pipeline.build_pipeline(lexicon)


def recognise(document: Document, nlp: Language) -> Recognition:
    """What the pipeline *nlp* finds in *document*. Offsets count code points of its text."""
    from ingest.language import pipeline

    return pipeline.recognise(document, nlp)


def with_late_references(
    document: Document, recognition: Recognition, entities: Iterable[Entity]
) -> tuple[Mention, ...]:
    """The mentions of *entities*, with the references to those that were found later.

    A description, pair or plural that stayed open may mean what only figures made an entity:
    该渠道 of 直销渠道, 后者 of 集中式组件与分布式组件.
    """
    from ingest.language import late

    return late.with_late_references(document, recognition, entities)
