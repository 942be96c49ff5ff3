"""The knowledge base on disk: one writer at a time, readers on published snapshots.

The writer owns the store; `GraphWriter.publish` makes a snapshot of it (hard links, a few
milliseconds) and raises the generation.  Readers open the newest snapshot read-only, so
they never lock and are never locked out.
"""

from kg.documents import DocumentInfo, check_identity
from kg.reader import GraphReader
from kg.storage import QueryResult
from kg.writer import GraphWriter

__all__ = ["DocumentInfo", "GraphReader", "GraphWriter", "QueryResult", "check_identity"]
