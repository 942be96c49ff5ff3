"""Names that end within a number or a Latin word, which are none."""

from __future__ import annotations

import re

_RUN_CHAR = re.compile("[0-9A-Za-z]")
_RUN_BEFORE = re.compile(r"[0-9A-Za-z]$|\d[.,]$")
_RUN_AFTER = re.compile(r"[0-9A-Za-z]|[.,]\d")
_UNIT_AFTER = re.compile("[万亿元点%％倍]|[美欧日港]元")


def cuts_run(text: str, start: int, end: int) -> bool:
    """Whether a name at *start* to *end* cuts a number or a Latin word: 618 in 618.50元."""
    own = text[start:end]
    if _RUN_BEFORE.search(text[max(0, start - 2) : start]) and _RUN_CHAR.match(own):
        return True
    if _RUN_CHAR.match(own[-1:]) and _RUN_AFTER.match(text, end):
        return True
    return own.isdigit() and _UNIT_AFTER.match(text, end) is not None
