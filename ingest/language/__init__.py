"""Language analysis: words, names, references, speech and offices of one document.

::

    nlp = build_pipeline(load_lexicon())
    recognition = recognise(document, nlp)

Importing this package is cheap; spaCy and the tagger load with the first pipeline.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

    from ingest.lexicon import Lexicon
    from ingest.records import Recognition
    from kg.records import Document

__all__ = ["build_pipeline", "recognise"]


def build_pipeline(lexicon: Lexicon) -> Language:
    """The spaCy pipeline over *lexicon* (see `ingest.language.pipeline`)."""
    from ingest.language import pipeline

    return pipeline.build_pipeline(lexicon)


def recognise(document: Document, nlp: Language) -> Recognition:
    """What the pipeline *nlp* finds in *document*. Offsets count code points of its text."""
    from ingest.language import pipeline

    return pipeline.recognise(document, nlp)
