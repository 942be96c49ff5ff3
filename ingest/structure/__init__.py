"""The structure of an article: its lines, sentences, citation marks and metadata."""

from ingest.structure.lines import cell_spans
from ingest.structure.places import plain_document, stored_extraction
from ingest.structure.plain import without_markup
from ingest.structure.segment import segment
from ingest.structure.support import support_of

__all__ = [
    "cell_spans",
    "plain_document",
    "segment",
    "stored_extraction",
    "support_of",
    "without_markup",
]
