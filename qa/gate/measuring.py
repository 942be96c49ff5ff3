"""What words measure, 净利润, and what they count a change from, 同比."""

from __future__ import annotations

import re

from ingest.attribution.cues import MEASURE_OF, MEASURE_RE
from qa.gate.words import BASES

_PAPER = re.compile("[告道表]|数据|报告")
_IS_BASE = re.compile("[较比]上?一?个?[^，。；]{1,4}的$")


def basis_in(words: str) -> str | None:
    """What a change is counted from: the last basis that *words* name."""
    found = [(match.start(), name) for name, pattern in BASES for match in pattern.finditer(words)]
    return max(found)[1] if found else None


def basis_of(before: str) -> str | None:
    """The basis of a figure behind the words *before*; 较上月的 makes it the base itself."""
    return basis_in(_IS_BASE.sub("", before))


def bases_in(words: str) -> list[str]:
    """All bases that *words* name, in order."""
    found = [(match.start(), name) for name, pattern in BASES for match in pattern.finditer(words)]
    return [name for _, name in sorted(found)]


def measures_in(words: str) -> tuple[str, ...]:
    """The words that measure in *words*, in order; 报 of 报告 and 就业 of 就业数据 do not."""
    return tuple(m[0] for m in MEASURE_RE.finditer(words) if not _PAPER.match(words, m.end()))


def measure_class(word: str) -> str:
    """The metric that a measure's word stands for."""
    return MEASURE_OF[word]
