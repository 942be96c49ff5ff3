"""The part of a document that a question asks of: 物价数据那一节, “机构预测”部分."""

from __future__ import annotations

import re
from typing import Final

from qa.answering.text import fold, term_coverage
from qa.answering.view import DocumentView

_PART: Final = re.compile(
    r"[“‘《]?(?P<title>[^，,。？?“”‘’《》]{1,12}?)[”’》]?(?:那|这)?(?:一)?(?:节|部分|章节?|小节|栏目?)"
    r"(?=[说讲写提里中的有给，,。？?]|$)"
)
_FRAME: Final = re.compile(
    r"^(?:请|帮我)?(?:概括|总结|概述|归纳|简述)?(?:一下)?(?:文章|文中|本文)?的?|的$"
)
_NUMERAL: Final = re.compile(r"^[\W_]*(?:[一二三四五六七八九十]+|\d+)?[\W_]*")
_ALIKE: Final = 0.6


def asked_section(question: str, view: DocumentView) -> str | None:
    """The heading of the part that *question* names, or None where it names none."""
    said = _PART.search(question)
    if said is None:
        return None
    title = fold(_FRAME.sub("", said["title"]))
    sections = dict.fromkeys(s.section for s in view.sentences if s.section)
    plain = {section: _NUMERAL.sub("", fold(section)) for section in sections}
    opened = [section for section, words in plain.items() if title and words.startswith(title)]
    alike = [s for s, words in plain.items() if title and term_coverage(title, words) >= _ALIKE]
    return next(iter((*opened, *alike)), None)
