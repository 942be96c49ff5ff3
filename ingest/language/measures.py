"""Statistics and rates that a document tells of several places: 印尼CPI, 泰国CPI, 瑞典基准利率.

Where one place has them, its name before the measure says no more than where the document is
about, and the measure is what it is called by; where several have, each is a measure of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.language.analysis import Candidate
from kg.records import Span

if TYPE_CHECKING:
    from ingest.language.analysis import Analysis
    from kg.records import EntityType

_MEASURES: tuple[tuple[re.Pattern[str], EntityType], ...] = (
    (
        re.compile(
            r"(?:核心|实际|名义|整体|综合|制造业|服务业|非制造业)?"
            r"(?:CPIF?|PPI|GDP|PMI|HICP|PCE|RPI)(?![A-Za-z])"
        ),
        "index",
    ),
    (re.compile(r"(?:基准|政策|隔夜|现金)利率"), "policy"),
)


def find_measures(analysis: Analysis) -> None:
    """Add to the candidates the measures of places, where several places have the like."""
    text = analysis.text
    places = [c.span for c in analysis.candidates if c.type == "place" and not c.weak]
    for pattern, kind in _MEASURES:
        found = {
            Span(place.start, match.end())
            for place in places
            if (match := pattern.match(text, place.end))
        }
        if len({text[span.start : span.start + 2] for span in found}) > 1:
            analysis.candidates += [Candidate(span, kind, "pattern") for span in found]
