"""Words of a question that only say what its names are: 几朵云（A、B和C）, 两家巨头A和B."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from qa.answering.question.understand import Intent
from qa.answering.text import fold

_SO_MANY: Final = r"(?:这|等|这些)?[两二三四五六七八九十几数\d][家只个大朵类支款种座位名]"


def without_appositions(intent: Intent) -> Intent:
    """*intent* without the terms that no answer needs to hold, as they tell what is named."""
    if len(intent.names) < 2:
        return intent
    return replace(intent, terms=tuple(term for term in intent.terms if not _apposed(term, intent)))


def _apposed(term: str, intent: Intent) -> bool:
    question = fold(intent.question)
    at = question.find(term)
    before, after = question[:at], question[at + len(term) :]
    names = [fold(name.surface) for name in intent.names]
    return any(
        re.match(rf"[（(：:]?{re.escape(name)}", after)
        or re.search(rf"{re.escape(name)}[）)]?{_SO_MANY}$", before)
        for name in names
    )
