"""Folding: the form in which names are compared. It never changes a string's length.

Width and case only, one character for one, so that an offset in the folded text is an offset in
the stored text.  Traditional characters are folded where OpenCC is at hand (`qa`, user
questions), not here.
"""

from __future__ import annotations

# Full-width ASCII is its half-width form plus 0xFEE0 (Unicode block "Halfwidth and Fullwidth
# Forms"); the ideographic space, the middle dots of transliterated names and the apostrophes
# have one common form each.
_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FOLD |= {0x3000: 0x20, 0xA0: 0x20}
_FOLD |= dict.fromkeys(map(ord, "•‧・･"), ord("·"))
_FOLD |= dict.fromkeys(map(ord, "‘’"), ord("'"))
_FOLD |= {code + 0xFEE0: code + 0x20 for code in range(ord("A"), ord("Z") + 1)}
_FOLD |= {code: code + 0x20 for code in range(ord("A"), ord("Z") + 1)}


def fold(text: str) -> str:
    """*text* in half width and lower case (ASCII letters only); ``len`` stays the same.

    >>> fold("ＡＳＭＬ（Ｎｏｖｏ）")
    'asml(novo)'
    """
    return text.translate(_FOLD)
