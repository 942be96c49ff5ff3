"""From bytes to text: UTF-8, else GB18030; a web page may declare another character set."""

from __future__ import annotations

import re
from typing import Final

from kg.records import Encoding

_BYTE_ORDER_MARK = "\ufeff"
_LAYOUT_CONTROLS = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85")
_CHARSET = re.compile(
    rb"""<(?:meta\b[^>]{0,300}?\bcharset|\?xml\b[^>]{0,100}?\bencoding)\s*=\s*["']?\s*"""
    rb"""(?P<name>[A-Za-z0-9_\-]{3,20})""",
    re.IGNORECASE,
)
_HEAD_BYTES: Final = 4096  # where a declaration is looked for; browsers take 1024


class UndecodableError(ValueError):
    """Bytes that are no text that we read; says what they are."""


def decode(content: bytes) -> tuple[str, Encoding]:
    """Decode the bytes of a text file as UTF-8, else GB18030.

    Line ends are untouched; a leading byte order mark is dropped.

    :raises UndecodableError: for binary content, and for text of another encoding.
    """
    return _checked(content, ("utf-8", "gb18030"))


def decode_page(content: bytes) -> tuple[str, Encoding]:
    """Decode the bytes of a web page: UTF-8 where they are, else what the page declares.

    Pages that were saved anew often declare the encoding that they had before, so a declaration
    is believed only where the bytes are no UTF-8.

    :raises UndecodableError: as `decode`.
    """
    declared = _CHARSET.search(content[:_HEAD_BYTES])
    return _checked(content, ("utf-8", _second(declared["name"]) if declared else "gb18030"))


def _second(declared: bytes) -> Encoding:
    return "big5" if declared.lower().startswith(b"big5") else "gb18030"


def _checked(content: bytes, encodings: tuple[Encoding, Encoding]) -> tuple[str, Encoding]:
    if b"\0" in content:
        raise UndecodableError("is binary (it holds NUL bytes)")
    first, second = encodings
    encoding = first
    try:
        text = content.decode(first)
    except UnicodeDecodeError:
        encoding = second
        try:
            text = content.decode("big5hkscs" if second == "big5" else second)
        except UnicodeDecodeError:
            text = ""
        if not (text if second == "big5" else _is_plausible_chinese(text)):
            raise UndecodableError("is neither UTF-8 nor GB18030") from None
    controls = sum(
        (char < " " or "\x7f" <= char < "\xa0") and char not in _LAYOUT_CONTROLS for char in text
    )
    if controls * 100 > len(text):
        raise UndecodableError(f"is binary ({controls} control characters)")
    return text.removeprefix(_BYTE_ORDER_MARK), encoding


def _is_plausible_chinese(text: str) -> bool:
    # GB18030 gives almost any bytes some meaning, but what was written in Latin-1, Shift-JIS or
    # Big5 lands among rare characters, while the everyday ones all lie in its oldest part.
    foreign = [char for char in text if char > "\x7f"]
    common = len("".join(foreign).encode("gb2312", errors="ignore")) // 2
    return common * 2 > len(foreign)
