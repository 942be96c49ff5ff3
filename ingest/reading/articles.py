"""From one file to the `Article` that is stored."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ingest.reading.decoding import UndecodableError, decode, decode_page
from ingest.reading.files import media_of, read_bytes
from ingest.reading.isolation import ExtractionError, extract_isolated
from ingest.structure.lines import BLANK
from kg.errors import InputError
from kg.records import Article, Encoding, MediaType

_SAVE_AS_TEXT = "save it as UTF-8 text (.txt or .md)"


def read_article(path: Path) -> Article:
    """Read one file: text as it is, of a web page or PDF what can be extracted.

    Text is UTF-8, else GB18030; a leading byte order mark is dropped and nothing else changed.
    At most `MAX_BYTES` bytes are read.

    :raises InputError: for a file that is missing, no regular file, of a kind that is not read,
        too large, unreadable, empty, binary, or neither UTF-8 nor GB18030; for a web page or
        PDF that is broken, encrypted, holds no text, or takes too long to read.
    """
    content = read_bytes(path)
    media = media_of(path)
    try:
        text, encoding = _read(content, media)
    except (UndecodableError, ExtractionError) as error:
        way_out = "" if ";" in str(error) else f"; {_SAVE_AS_TEXT}"
        raise InputError(f"{path}: the file {error}{way_out}") from None
    if not text.strip(BLANK):
        raise InputError(f"{path}: the file is empty; give it the article's text")
    return Article(
        doc=path.stem,
        path=str(path.resolve()),
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        encoding=encoding,
        media=media,
    )


def _read(content: bytes, media: MediaType) -> tuple[str, Encoding]:
    if media == "application/pdf":
        return (extract_isolated("pdf", content) if content.strip() else ""), "utf-8"
    if media != "text/html":
        return decode(content)
    markup, encoding = decode_page(content)
    if not markup.strip(BLANK):
        return "", encoding
    return extract_isolated("page", markup.encode()), encoding
