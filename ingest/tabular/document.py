"""A table as a `Document`: every row a line, a block and a sentence."""

from __future__ import annotations

import re

from ingest.structure.marks import find_marks
from ingest.structure.places import stored_document
from ingest.structure.plain import plain_article
from ingest.tabular.cells import BrokenTableError
from ingest.tabular.columns import read_table
from ingest.tabular.figures import read_row
from kg.errors import InputError
from kg.records import Article, CitationMark, Document, Line, Metadata, Sentence

_NUMBER = re.compile(r"\d{1,3}")


def segment_table(article: Article) -> Document:
    """The structure of a CSV file; every row is read once to see that it can be.

    A source column may hold citation marks, or a source's bare number.

    :raises InputError: for a file without the columns, or with a row that is no figure; the
        message gives the row's number.
    """
    try:
        return stored_document(_segment(plain_article(article)), article)
    except BrokenTableError as error:
        raise InputError(f"{article.path}: the table's {error}") from None


def _segment(article: Article) -> Document:
    text = article.text
    header, roles, rows = read_table(text)
    for row in rows:
        read_row(text, row, roles)
    every = (header, *rows)
    lines = tuple(Line(span=row.span, block=row.number, kind="table") for row in every)
    sentences = tuple(
        Sentence(
            span=row.span,
            block=row.number,
            kind="table",
            section=None,
            lead=None,
            table=header.span,
        )
        for row in every
    )
    marks = list(find_marks(text, lines[1:], sentences[1:], {}))
    for row in rows:
        source = row.cells[roles["source"]] if "source" in roles else None
        if source is not None and _NUMBER.fullmatch(source.of(text)):
            number = str(int(source.of(text)))
            marks.append(
                CitationMark(
                    span=source,
                    text=source.of(text),
                    source=number,
                    covers=row.span,
                    reference=None,
                )
            )
    return Document(
        article=article,
        metadata=Metadata(title=article.doc),
        lines=lines,
        sentences=sentences,
        marks=tuple(sorted(marks, key=lambda mark: mark.span.start)),
    )
