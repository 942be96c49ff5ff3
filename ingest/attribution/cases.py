"""What the decision about the metric of one quantity rests on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.attribution.cues import COMPARING_RE
from ingest.attribution.frames import Frame, directions
from ingest.attribution.measures import beside
from kg.records import Metric

RATIOS = frozenset("percent percentage_point basis_point multiple".split())
AMOUNTS = frozenset("revenue profit volume investment flow count market_value other".split())
GROWTHS = frozenset(("growth_yoy", "growth_qoq"))
_GAUGE = re.compile("指数|PMI|景气度|信心")
_GAP_VERB = re.compile("高出|低出|多出|少出|高|低|多|少|相差|差")
_GAP_OF_SUMS = re.compile("增加|减少|增|减")
GAP_NOUN = re.compile("差额|差距|剪刀差|价差|之差|相差|缺口")
_PRICE_INDEX = re.compile("CPI|PPI|PCE|HICP|通胀|物价")
MOVED_IN_PRICE = re.compile(
    "上涨|下跌|收涨|收跌|涨幅|跌幅|大涨|大跌|暴涨|暴跌|飙升|跳水|涨|跌|走高|走低|升值|贬值|反弹"
    "|回撤|累升|回报"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The metric of a quantity and the words that tell it."""

    metric: Metric
    measure: Metric | None  # the class of the measure, whatever is said of it: 毛利率
    words: str | None
    basis: str | None  # 同比, 环比, 较上周
    comparator: str | None  # the words that an out- or underperformance is measured against
    foreseen: bool = False
    repriced: bool = False  # a seller moved a price to the value
    gauge: bool = False  # an index that is told in percent


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What the decision about one quantity rests on."""

    frame: Frame
    measure: Metric | None
    words: str | None
    basis: str | None
    carried: Reading | None
    own: bool  # the figure's own clause names the measure, listed or not

    @property
    def unit(self) -> str:
        """The unit of the quantity."""
        return self.frame.quantity.record.unit

    @property
    def around(self) -> str:
        """The words before the quantity, since the one before it, and the noun behind it."""
        return self.frame.before + beside(self.frame)

    @property
    def verb(self) -> str:
        """The last word of direction before the quantity."""
        marks = directions(self.frame.before)
        return marks[-1].group() if marks else ""

    @property
    def is_gap(self) -> bool:
        """Whether the quantity says by how much one value exceeds another."""
        compared = self.frame.compared or COMPARING_RE.search(self.frame.before)
        return (
            self.frame.part == "change"
            and bool(compared)
            and _GAP_VERB.fullmatch(self.verb) is not None
        )

    @property
    def is_gap_of_sums(self) -> bool:
        """Whether a sum is by how much another sum is exceeded: 比上一年增加逾400亿美元."""
        return (
            self.frame.part == "change"
            and COMPARING_RE.search(self.frame.before) is not None
            and _GAP_OF_SUMS.fullmatch(self.verb) is not None
        )


def reads_gauge(frame: Frame) -> bool:
    """Whether a percentage stands for an index itself: 采购经理指数为50.2%."""
    unit = frame.quantity.record.unit
    named = _GAUGE.search(frame.before)
    return (
        unit == "percent"
        and frame.part == "level"
        and named is not None
        and not directions(frame.before)
    )


def is_price_move(frame: Frame) -> bool:
    """Whether the clause says on its own that a price rose or fell: 微涨0.3%."""
    marks = directions(frame.before)
    if _PRICE_INDEX.search(frame.before):
        return False  # 核心CPI上涨0.6% goes on from a rate against last year
    return (
        frame.part == "change"
        and frame.quantity.record.unit == "percent"
        and bool(marks)
        and MOVED_IN_PRICE.fullmatch(marks[-1].group()) is not None
        and not re.search("同比|环比|按年|按月", frame.before)
    )
