"""One font for all that a PDF does not bring, the same on every machine.

PDFium measures text by glyphs and takes the machine's fonts for those that are not embedded.
Where the machine has no Chinese font the glyphs are empty, and a line of one character, empty
too, is passed over.  For text alone a box is as good as a glyph: ``boxes.ttf`` (made with
fontTools for this) maps every character from U+2E80 on to a box of one em, and any other to a
narrow one; what each is wide is told by the PDF itself.
"""

from __future__ import annotations

import ctypes
from functools import cache
from importlib.resources import files
from typing import Any, Final

_CJK_CHARSETS: Final = frozenset({128, 129, 134, 136})  # of Windows: 日, 한, 简, 繁
_HANDLE: Final = 1  # of our font; any number but 0, which is none


@cache
def use_boxes() -> object:
    """Makes PDFium take our font for Chinese, Japanese and Korean text. The result is kept.

    Other scripts have fonts in PDFium itself.
    """
    import pypdfium2.raw as pdfium

    font = files("ingest.reading").joinpath("boxes.ttf").read_bytes()
    kinds: dict[str, Any] = dict(pdfium.FPDF_SYSFONTINFO._fields_)

    def map_font(_self: Any, _weight: int, _italic: int, charset: int, *_: Any) -> int | None:  # noqa: ANN401
        return _HANDLE if charset in _CJK_CHARSETS else None

    def data(_self: Any, _font: Any, table: int, buffer: Any, size: int) -> int:  # noqa: ANN401
        if table:  # 0 is the whole file
            return 0
        if buffer and size >= len(font):
            ctypes.memmove(buffer, font, len(font))
        return len(font)

    info = pdfium.FPDF_SYSFONTINFO(
        version=1,
        MapFont=kinds["MapFont"](map_font),
        GetFontData=kinds["GetFontData"](data),
    )
    pdfium.FPDF_SetSystemFontInfo(info)
    return info
