"""Text of strangers made harmless: articles and models are not trusted."""

from __future__ import annotations

import json
import unicodedata

_KEPT = frozenset("\n\t\u200c\u200d")  # the joiners hold emoji and some scripts together
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co"})


def printable(text: str) -> str:
    r"""*text* without what a terminal would obey or a reader could not see.

    Control characters (escape sequences start with one), format characters such as
    bidirectional overrides and zero-width spaces, and lone surrogates are dropped;
    line ends become ``\n``.
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in _KEPT or unicodedata.category(c) not in _UNSEEN)


def escaped(json_text: str) -> str:
    r"""*json_text*, which says the same, with such characters written as ``\uXXXX``."""
    if json_text.isascii():
        return json_text  # JSON escapes the control characters of ASCII itself
    return "".join(
        char if unicodedata.category(char) not in _UNSEEN else json.dumps(char)[1:-1]
        for char in json_text
    )
