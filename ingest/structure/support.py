"""The sources behind a stretch of text, and how far from it they stand."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import islice

from kg.records import CitationMark, Document, Line, Sentence, Span, Support

_NONE = Support(citations=(), scope="none")
# A block of so many paragraphs shows that the page prints no blank lines between them.
_UNDIVIDED = 3


def support_of(document: Document, span: Span) -> Support:
    """Tell which of the article's sources support the text at *span*.

    ``direct``: marks that cover it.  ``paragraph``: none does, and the nearest marks of the same
    paragraph (a block between blank lines) stand in, earlier ones before later ones; for a row of
    a table, the marks of the table's caption in the same block.  ``none``: there are none.  Where
    *span* touches several sentences every one counts; a run-in heading has the support of the
    sentence that it leads, other headings have none.
    """
    sentences = _sentences_at(document, span)
    if not sentences:
        return _NONE
    first, last = sentences[0], sentences[-1]
    marks = _marks_between(document, first.span.start, _reach(document, last))
    inside = span if span.end > first.span.start else Span(first.span.start, first.span.start + 1)
    direct = [mark for mark in marks if _overlap(mark.covers, inside)]
    if direct:
        return Support(citations=_sources(direct), scope="direct")
    nearest = _of_table(document, first) if first.kind == "table" else _of_text(document, first)
    return Support(citations=_sources(nearest), scope="paragraph") if nearest else _NONE


def _sentences_at(document: Document, span: Span) -> Sequence[Sentence]:
    sentences = document.sentences
    first = bisect_right(sentences, span.start, key=lambda sentence: sentence.span.end)
    last = first
    while last < len(sentences) and sentences[last].span.start < span.end:
        last += 1
    if first == last < len(sentences):
        lead = sentences[first].lead
        last += lead is not None and lead.contains(span)
    return sentences[first:last]


def _reach(document: Document, sentence: Sentence) -> int:
    """Where the marks end that may cover *sentence*: they can stand on a line below it."""
    index = bisect_right(
        document.sentences, sentence.span.start, key=lambda other: other.span.start
    )
    following = document.sentences[index : index + 1]
    return following[0].span.start if following else len(document.text)


def _marks_between(document: Document, start: int, end: int) -> Sequence[CitationMark]:
    def starts(mark: CitationMark) -> int:
        return mark.span.start

    marks = document.marks
    return marks[bisect_left(marks, start, key=starts) : bisect_left(marks, end, key=starts)]


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _sources(marks: Iterable[CitationMark]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mark.source for mark in marks))


def _block_lines(document: Document, block: int) -> Sequence[Line]:
    def number(line: Line) -> int:
        return line.block

    lines = document.lines
    return lines[bisect_left(lines, block, key=number) : bisect_right(lines, block, key=number)]


def _paragraph(document: Document, sentence: Sentence) -> Span:
    lines = _block_lines(document, sentence.block)
    paragraphs = (line for line in lines if line.kind == "paragraph")
    if len(tuple(islice(paragraphs, _UNDIVIDED))) < _UNDIVIDED:
        return Span(lines[0].span.start, lines[-1].span.end)
    own = lines[bisect_right(lines, sentence.span.start, key=lambda line: line.span.start) - 1]
    return own.span


def _of_text(document: Document, sentence: Sentence) -> Sequence[CitationMark]:
    paragraph = _paragraph(document, sentence)
    marks = _marks_between(document, paragraph.start, paragraph.end)
    return _nearest([mark for mark in marks if not _of_row(document, mark)], sentence.span)


def _of_table(document: Document, row: Sentence) -> Sequence[CitationMark]:
    lines = [*_block_lines(document, row.block), *_captions_below(document, row.block)]
    owned = [
        (mark, _owner(document, mark))
        for mark in _marks_between(document, lines[0].span.start, lines[-1].span.end)
    ]
    captions = [mark for mark, owner in owned if owner and owner.kind == "caption"]
    # The header, and text about the table in its block; another row speaks for itself alone.
    others = [
        mark
        for mark, owner in owned
        if owner is None or owner.kind != "table" or owner.span == row.table
    ]
    return captions or _nearest(others, row.span)


def _captions_below(document: Document, block: int) -> Sequence[Line]:
    """The block below a table, where it is its caption.

    In plain text a table and its caption are one block; Markdown needs a blank line there, and
    on a page each row may be a block.
    """
    if document.article.media == "text/plain":
        return ()
    while (below := _block_lines(document, block + 1)) and below[0].kind == "table":
        block += 1
    return below if all(line.kind == "caption" for line in below) else ()


def _owner(document: Document, mark: CitationMark) -> Sentence | None:
    """The sentence that *mark* covers, None for a mark of a heading."""
    covered = _sentences_at(document, mark.covers)
    return covered[0] if covered else None


def _of_row(document: Document, mark: CitationMark) -> bool:
    owner = _owner(document, mark)
    return owner is not None and owner.kind == "table"


def _nearest(marks: Sequence[CitationMark], span: Span) -> Sequence[CitationMark]:
    """The marks closest before *span*, else closest behind it, with those beside them."""
    before = [mark for mark in marks if mark.span.start < span.start]
    chosen = before[-1] if before else marks[0] if marks else None
    # What stands side by side covers the same text.
    return [mark for mark in marks if chosen and mark.covers == chosen.covers]
