"""Common nouns that count as a name only where a figure is told of them.

小盘股, 科技巨头 and 油价 are in the lexicon so that two articles can speak of one thing; but an
article that mentions them in passing speaks of no entity (the convention of the interchange
formats).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.language.clauses import clause_end, without_parentheses

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ingest.language.analysis import Analysis, Candidate, Unit

_COMMON = re.compile(
    r"(?![一二三四五六七八九十两].*巨头|华丽).*(?:股|巨头|巨擘|服务商|厂商|企业|公司|资金|外资|势力|[金油铜银气煤]价|人数|时薪|"
    r"失业率|销售额?|利率|收益率|支出|投资|就业|GDP|原油|汽油|硅片|航线|行业|产业|投资者|散户|游资|险资|融资客|商行|份行|机构|央行|"
    r"对冲基金|杠杆基金|[公私]募基金|货币基金|债券基金|[美日德英法意国]债|转债|存单|地方债|稳定币|两融|储备)$"
)
_KINDS = frozenset({"group", "commodity", "index", "policy", "product", "sector"})
_FIGURE = re.compile(
    r"\d[\d,.]*\s*(?:[%％‰]|个?(?:百分点|基点)|[万亿]|[点倍元只家吨桶股辆枚美港日])|[一二两三四五六七八九]成|翻[一两]?番"
)
_BREAKS = "。；;！？!?\n"


def without_passing(analysis: Analysis, candidates: Iterable[Candidate]) -> list[Candidate]:
    """*candidates* without the common nouns of which the document tells no figure."""
    candidates = list(candidates)
    common = [c for c in candidates if is_common(analysis, c)]
    told = {c.entry for c in common if is_told(analysis, c)}
    dropped = {c.span for c in common if c.entry not in told}
    return [c for c in candidates if c.span not in dropped or not is_common(analysis, c)]


def is_common(analysis: Analysis, candidate: Candidate) -> bool:
    """Whether *candidate* is a common noun of the lexicon."""
    return (
        candidate.entry is not None
        and candidate.type in _KINDS
        and _COMMON.fullmatch(candidate.span.of(analysis.text)) is not None
    )


def is_told(analysis: Analysis, candidate: Candidate) -> bool:
    """Whether a figure follows *candidate* in its part of the sentence."""
    unit = _unit_of(analysis, candidate)
    if unit is None or unit.sentence is None:
        return False
    if analysis.text[candidate.span.start - 1 : candidate.span.start] in tuple("’”」》"):
        return False  # ‘华丽七巨头’科技巨头: in apposition to the name of the same thing
    end = clause_end(analysis.text, unit, candidate.span.end, breaks=_BREAKS)
    rest = without_parentheses(analysis.text[candidate.span.end : end])
    return _FIGURE.search(rest) is not None


def _unit_of(analysis: Analysis, candidate: Candidate) -> Unit | None:
    return next((u for u in analysis.units if u.span.contains(candidate.span)), None)
