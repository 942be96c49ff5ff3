"""Which of the formats on offer a client wants (RFC 9110, 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping

_WEIGHT = re.compile(r"0(\.\d{0,3})?|1(\.0{0,3})?")

TABLE_MEDIA = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
}
"""Media types for SELECT and ASK, the preferred one first, with our short names."""

GRAPH_MEDIA = {
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
    "application/ld+json": "jsonld",
    "application/n-quads": "nq",
    "application/trig": "trig",
    "application/json": "jsonld",
    "application/xml": "xml",
    "text/xml": "xml",
    "text/plain": "nt",
}
"""Media types for CONSTRUCT and DESCRIBE."""


def acceptable(accept: str | None, offered: Mapping[str, str]) -> str | None:
    """The media type of *offered* that an ``Accept`` header likes best, or ``None``.

    The most specific range counts for each type; of two liked alike the one offered first
    is taken.  Without a header everything is liked.
    """
    if accept is None or not accept.strip():
        return next(iter(offered))
    ranges = [_range(part) for part in accept.split(",") if part.strip()]
    best, liked = None, 0.0
    for media in offered:
        weight = _weight(media, ranges)
        if weight > liked:
            best, liked = media, weight
    return best


def by_name(name: str, offered: Mapping[str, str]) -> str | None:
    """The media type that *name* means: one of our short names, or a media type itself."""
    if name in offered:
        return name
    return next((media for media, short in offered.items() if short == name), None)


def _range(part: str) -> tuple[str, float]:
    media, *parameters = (piece.strip().lower() for piece in part.split(";"))
    weights = [text[2:].strip() for text in parameters if text.startswith("q=")]
    if not weights:
        return media, 1.0
    return media, float(weights[0]) if _WEIGHT.fullmatch(weights[0]) else 0.0


def _weight(media: str, ranges: list[tuple[str, float]]) -> float:
    for pattern in (media, media.partition("/")[0] + "/*", "*/*"):
        found = [weight for name, weight in ranges if name == pattern]
        if found:
            return max(found)
    return 0.0
