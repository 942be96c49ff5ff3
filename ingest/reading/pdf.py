"""From a PDF's text layer to lines with their places. `ingest.reading.paragraphs` joins them."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from ingest.reading.fonts import use_boxes
from ingest.reading.isolation import ExtractionError
from ingest.reading.paragraphs import PlacedLine, join_lines

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

MAX_PAGES: Final = 500
_CELL_GAP: Final = 0.7  # in units of the font size; what is wider divides columns
_WORD_GAP: Final = 0.15
_RAISED: Final = 0.8
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")
_SOURCES = re.compile(r"\d{1,3}(?:\s?[,，、\-–]\s?\d{1,3})*")
_PASSWORD: Final = 4  # FPDF_ERR_PASSWORD


@dataclass(slots=True)
class _Char:
    char: str
    left: float
    right: float
    bottom: float
    top: float
    size: float


@dataclass(slots=True)
class _Row:
    """A line that is being read: what is written so far, and where it ends."""

    chars: list[_Char] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


def extract_pdf(content: bytes) -> str:
    """The text of a PDF: paragraphs whole, headers, footers and page numbers left out.

    Blocks are divided by blank lines, the cells of a table's row by tabs.

    :raises ExtractionError: for a file that is broken or encrypted, has no text layer, or more
        than `MAX_PAGES` pages.
    """
    from pypdfium2 import PdfDocument, PdfiumError

    use_boxes()
    try:
        document = PdfDocument(content)
        count = len(document)
        if count > MAX_PAGES:
            raise ExtractionError(f"has {count} pages, more than {MAX_PAGES}; split it")
        text = join_lines(list(_pages(document)))
    except PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
            raise ExtractionError("is encrypted; save it without its password") from None
        raise ExtractionError("is broken or no PDF") from None
    if not text.strip():
        raise ExtractionError(
            "has no text layer, as scanned pages have none; save what an OCR program reads in them"
        )
    return text


def _pages(document: PdfDocument) -> Iterator[list[PlacedLine]]:
    for index in range(len(document)):
        page = document[index]
        try:
            yield list(_lines(page))
        finally:
            page.close()


def _lines(page: PdfPage) -> Iterator[PlacedLine]:
    height = page.get_height()
    row = _Row()
    space = False
    for char in _characters(page):
        if char.char in "\r\n":
            continue
        if char.char == " " and char.right <= char.left:  # one that PDFium saw between words
            space = True
            continue
        if row.chars and not _continues(row, char):
            yield from _placed(row, height)
            row, space = _Row(), False
        if not row.chars and char.char == " ":
            continue
        row.text.append(_between(row, char, space=space))
        row.chars.append(char)
        space = False
    yield from _placed(row, height)


def _characters(page: PdfPage) -> Iterator[_Char]:
    """The characters of a page in the order of its content, with their boxes in points."""
    import pypdfium2.raw as pdfium

    textpage = page.get_textpage()
    try:
        raw: Any = textpage.raw
        box = pdfium.FS_RECTF()
        for index in range(pdfium.FPDFText_CountChars(raw)):
            code = pdfium.FPDFText_GetUnicode(raw, index)
            if 0xDC00 <= code <= 0xDFFF or code in (0, 0xFFFE, 0xFFFF):
                continue
            if 0xD800 <= code <= 0xDBFF:
                low = pdfium.FPDFText_GetUnicode(raw, index + 1)
                code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
                if not 0x10000 <= code <= 0x10FFFF:
                    continue
            pdfium.FPDFText_GetLooseCharBox(raw, index, ctypes.byref(box))
            made_up = pdfium.FPDFText_IsGenerated(raw, index) == 1
            yield _Char(
                " " if made_up and code not in (10, 13) else chr(code),
                box.left,
                box.left if made_up else box.right,
                box.bottom,
                box.top,
                pdfium.FPDFText_GetFontSize(raw, index) or box.top - box.bottom,
            )
    finally:
        textpage.close()


def _continues(row: _Row, char: _Char) -> bool:
    """Whether *char* stands on the line of *row*, behind what is there."""
    last = row.chars[-1]
    height = min(last.top - last.bottom, char.top - char.bottom)
    shared = min(last.top, char.top) - max(last.bottom, char.bottom)
    return shared > height / 2 and char.left > last.right - max(last.size, char.size) * 2


def _between(row: _Row, char: _Char, *, space: bool) -> str:
    """What divides *char* from the one before it: nothing, a space or a tab."""
    if not row.chars:
        return ""
    last = row.chars[-1]
    gap = char.left - last.right
    if gap > _CELL_GAP * max(last.size, char.size):
        return "\t"
    latin = not (_WIDE.match(last.char) or _WIDE.match(char.char))
    wide = gap > _WORD_GAP * char.size
    return " " if latin and (space or wide) and last.char != " " != char.char else ""


def _placed(row: _Row, page_height: float) -> Iterator[PlacedLine]:
    text = _with_marks(row).strip()
    if not text:
        return
    chars = [char for char in row.chars if not char.char.isspace()]
    tallest = max(chars, key=lambda char: char.size)
    yield PlacedLine(
        text=text,
        left=chars[0].left,
        right=chars[-1].right,
        bottom=tallest.bottom,
        size=tallest.top - tallest.bottom,
        place=tallest.bottom / page_height if page_height else 0.5,
        columns=_columns(row),
    )


def _columns(row: _Row) -> tuple[tuple[float, float], ...]:
    """Left and right of what stands behind each tab, and of what stands before the first."""
    found: list[tuple[float, float]] = []
    for between, char in zip(row.text, row.chars, strict=True):
        if between == "\t" or not found:
            found.append((char.left, char.right))
        elif not char.char.isspace():
            found[-1] = (found[-1][0], char.right)
    return tuple(found) if len(found) > 1 else ()


def _with_marks(row: _Row) -> str:
    """The text of *row*; small raised numbers are citation marks and get brackets."""
    if not row.chars:
        return ""
    usual = max(row.chars, key=lambda char: char.size)
    parts: list[str] = []
    raised: list[str] = []

    def close() -> None:
        words = "".join(raised)
        before = "".join(parts[-1:])[-1:]
        if words and _SOURCES.fullmatch(words) and not (before.isascii() and before.isalnum()):
            words = f"[{words}]"
        parts.append(words)
        raised.clear()

    for between, char in zip(row.text, row.chars, strict=True):
        small = char.size < usual.size * _RAISED and char.top > usual.top - usual.size * 0.1
        small = small and char.bottom > usual.bottom + usual.size * 0.1
        if not small and raised:
            close()
        (raised if small else parts).append(between + char.char)
    close()
    return "".join(parts)
