"""From an article's text to its structure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.structure.instructions import speaks_to_machine
from ingest.structure.layout import lay_out
from ingest.structure.lines import RawLine, bullet_length, has_words, is_only_marks, split_lines
from ingest.structure.marks import find_marks
from ingest.structure.metadata import read_metadata
from ingest.structure.places import stored_document
from ingest.structure.plain import plain_article
from ingest.structure.references import find_references
from ingest.structure.sentences import split_sentences
from ingest.structure.tables import Table, find_tables
from kg.errors import InputError
from kg.records import Article, Document, Line, LineKind, Sentence, Span


def segment(article: Article) -> Document:
    """Find out what each line of *article* is, and divide its text into sentences.

    Blocks are what blank lines divide, from 1.  Only paragraphs, list items, table rows and
    captions yield sentences, in the order of the text and without overlap; a list item's sign is
    not part of its sentence.  A run-in heading is the ``lead`` of the first sentence of the line
    below it, of no other.  A header row is a sentence whose ``table`` is its own span.  What is
    read is the plain text (`ingest.structure.plain`); all places are of the stored one.

    :raises InputError: for a text of nothing but page furniture.
    """
    if article.media == "text/csv":
        from ingest.tabular import segment_table  # which builds on this package

        return segment_table(article)
    return stored_document(_segment(plain_article(article)), article)


def _segment(article: Article) -> Document:
    lines = split_lines(article.text)
    references = find_references(lines)
    tables = find_tables(lines)
    layout = lay_out(lines, references, tables)
    sentences = _sentences(article.text, lines, layout.kinds, tables) if layout else ()
    if layout is None or not sentences:
        raise InputError(
            f"{article.path}: no article text found, only page furniture; "
            "copy the article's paragraphs into the file too"
        )
    typed = tuple(
        Line(span=line.span, block=line.block, kind=kind)
        for line, kind in zip(lines, layout.kinds, strict=True)
    )
    return Document(
        article=article,
        metadata=read_metadata(lines, layout, name=article.doc),
        lines=typed,
        sentences=sentences,
        marks=find_marks(article.text, typed, sentences, references.entries),
    )


def _sentences(
    text: str, lines: Sequence[RawLine], kinds: Sequence[LineKind], tables: Sequence[Table]
) -> tuple[Sentence, ...]:
    headers = {
        row: lines[table.header].span
        for table in tables
        if table.header is not None
        for row in table.rows
    }
    sentences: list[Sentence] = []
    section: str | None = None
    lead: Span | None = None
    for index, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        if kind == "heading":
            section = line.text.lstrip("#").strip("* \t\u3000") or line.text
        for span in _told_to_readers(text, _spans(text, line, kind)):
            sentences.append(
                Sentence(
                    span=span,
                    block=line.block,
                    kind=kind,
                    section=section,
                    lead=lead,
                    table=headers.get(index) if kind == "table" else None,
                )
            )
            lead = None
        lead = _words_of(line) if kind == "run_in" else None
    return tuple(sentences)


def _told_to_readers(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """The sentences of a line without those that are orders to a machine."""
    ordered = False
    for span in spans:
        ordered = speaks_to_machine(span.of(text), after_such=ordered)
        if not ordered:
            yield span


def _words_of(heading: RawLine) -> Span:
    """The words of a heading, without the sign that Markdown puts before them."""
    sign = len(heading.text) - len(heading.text.lstrip("# \t\u3000"))
    return Span(heading.span.start + sign, heading.span.end)


def _spans(text: str, line: RawLine, kind: LineKind) -> list[Span]:
    if kind in ("table", "caption"):
        words = has_words(line.text) and not is_only_marks(line.text)
        return [line.span] if words else []
    if kind == "bullet":
        return split_sentences(
            text, Span(line.span.start + bullet_length(line.text), line.span.end)
        )
    return split_sentences(text, line.span) if kind == "paragraph" else []
