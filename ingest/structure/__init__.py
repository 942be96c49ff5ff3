"""The structure of an article: its lines, sentences, citation marks and metadata."""

from ingest.structure.lines import cell_spans
from ingest.structure.segment import segment
from ingest.structure.support import support_of

__all__ = ["cell_spans", "segment", "support_of"]
