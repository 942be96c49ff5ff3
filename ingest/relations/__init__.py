"""Relations: how the things that a document speaks of bear on one another.

One file a family of patterns; each takes a `Scene` and hands over drafts.  A wrong relation is
worse than a missing one: a pattern that cannot find both sides, in words, finds nothing.
"""

from ingest.relations.finding import relations_of

__all__ = ["relations_of"]
