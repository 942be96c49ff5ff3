"""From files to `Article`: found, decoded, of web pages and PDFs the text extracted.

::

    file ──▶ bytes ─┬─ .txt .md .csv ──▶ decode ──────────────────────────▶ Article
                    └─ .html .pdf ─────▶ a process of its own extracts ──▶ Article

Nothing of a file is executed, and nothing that it points at is fetched.
"""

from ingest.reading.articles import read_article
from ingest.reading.files import MAX_BYTES, find_articles

__all__ = ["MAX_BYTES", "find_articles", "read_article"]
