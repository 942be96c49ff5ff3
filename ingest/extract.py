"""From a segmented document to everything that it asserts.

::

    recognise names ─┐
    find quantities ─┼─▶ attribute ─▶ figures and entities ─▶ Extraction
    find periods ────┘        ├─▶ late references
                              └─▶ ties: what the words promise of the figures
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.attribution import attribute, periods_of, quantities_of
from ingest.language import recognise, with_late_references
from ingest.relations import relations_of
from ingest.structure import plain_document, stored_extraction, support_of
from ingest.tabular import extract_table
from ingest.ties import ties_of
from kg.records import Document, Extraction

if TYPE_CHECKING:
    from spacy.language import Language


def extract(document: Document, nlp: Language) -> Extraction:
    """Everything that *document* asserts: figures, names, words, offices, relations and ties.

    *nlp* is the pipeline of `ingest.language.build_pipeline`.  All offsets count
    code points of the stored text.
    """
    return stored_extraction(_extract(plain_document(document), nlp), document)


def _extract(document: Document, nlp: Language) -> Extraction:
    recognition = recognise(document, nlp)
    if document.article.media == "text/csv":
        return extract_table(document, recognition)
    periods = periods_of(document)
    attribution = attribute(
        document,
        recognition,
        quantities=quantities_of(document, recognition),
        periods=periods,
    )
    mentions = with_late_references(document, recognition, attribution.entities)
    return Extraction(
        document=document,
        entities=attribution.entities,
        mentions=mentions,
        figures=attribution.figures,
        statements=recognition.statements,
        offices=recognition.offices,
        supports=tuple(support_of(document, sentence.span) for sentence in document.sentences),
        relations=relations_of(document, recognition, figures=attribution.figures, periods=periods),
        ties=ties_of(
            document,
            entities=attribution.entities,
            figures=attribution.figures,
            mentions=mentions,
            periods=periods,
        ),
    )
