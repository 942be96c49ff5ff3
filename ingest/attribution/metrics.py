"""What a quantity measures, from its unit and the words around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.attribution.cues import (
    COMPARING_RE,
    ISSUE_PRICE_RE,
    QUARTER_ON_QUARTER_RE,
    RELATIVE_RE,
    YEAR_ON_YEAR_RE,
    last_match,
)
from ingest.attribution.frames import LENGTHS, Frame, directions
from ingest.attribution.measures import (
    basis_of,
    beside,
    measure_in,
    measure_of,
    outdone,
)
from kg.records import Metric

_RATIOS = frozenset("percent percentage_point basis_point multiple".split())
_AMOUNTS = frozenset("revenue profit volume investment flow count market_value other".split())
_GROWTHS = frozenset(("growth_yoy", "growth_qoq"))
_GROWTH = re.compile("增速|增幅|增长率|增长|负增长|降幅|涨幅")
_LAST_YEAR = re.compile("上年|去年|上一年|前一年|前年")
_LAST_PERIOD = re.compile("上个?月|上个?季|上一季|前一季|前一个月|前月|前季")
_HOLDING = frozenset(("增持", "减持"))  # in money, what is paid for a holding
_TURNOVER_GAP = re.compile("缩量|放量|缩减|萎缩|增量")
_PEAK = re.compile("高点|低点|新高|新低|高位|低位|峰值|纪录")
_GAUGE = re.compile("指数|PMI|景气度|信心")
_PLANNED = re.compile("(?:投入|投资|斥资|注资|收购|出资|增资)[约近逾超]?$")
_KEPT = re.compile("维持|保持|重申")
_OF_AIM = re.compile("的(?:指引|目标|预测|预期|区间)")
_REPRICED = re.compile("价[^，。]*(?:上调|下调|调高|调低|提高|降低|[降升]|调整)[至到为]?$")
_GAP_VERB = re.compile("高出|低出|多出|少出|高|低|多|少|相差|差")
_GAP_NOUN = re.compile("差额|差距|剪刀差|价差|之差|相差|缺口")
_PRICE_MOVE = re.compile(
    "提价|涨价|降价|直降|调价|加价|官降"
    "|(?:上调|下调|调高|调低|提高|降低|削减)[^，。]{0,14}?(?:价格|售价|报价|价)"
    "|(?:价格|售价|指导价|报价|合约价|出厂价|零售价|官价)(?:分别|均|已)?(?:上调|下调|调高|调低|提高|降低|普遍上调)"
)
_RATE = re.compile(
    "(?<![毛净润])利率|收益率|LPR|准备金率|降息|加息|降准|联邦基金|SHIBOR|SOFR|贴现率|MLF|国债"
    "|债券|票息|息率"
)
_OF_CURRENCY = re.compile("升值|贬值|调升|调贬|调降|走升|走贬|[兑对].{2,4}(?:上|下)?[涨跌升]")
_SPREAD = re.compile("利差|息差|价差|剪刀差")
_UTILISATION = re.compile("利用率|开工率|参与率|续费率|良率|出租率|空置率|上座率")
_VALUED = re.compile("市盈率|市净率|市销率|估值|折价|溢价|折让|贴水|升水|PE|PB|EV/EBITDA")
_PRICE_INDEX = re.compile("CPI|PPI|PCE|HICP|通胀|物价")
_PRICED = re.compile(
    "价|报|收于|收报|触及|突破|[跌升涨]破|失守|站[上稳]|跌穿|升至|跌至|涨至|降至|兑|汇率|关口|一线|交投"
)
_MOVED_IN_PRICE = re.compile(
    "上涨|下跌|收涨|收跌|涨幅|跌幅|大涨|大跌|暴涨|暴跌|飙升|跳水|涨|跌|走高|走低|升值|贬值|反弹"
    "|回撤|累升|回报"
)
_PART_OF = re.compile(r"占[^，。；]{0,16}?$")
_DEVOTED = re.compile("用于|投向|来自|流向|归属|集中在|由|的?(?:收入|营收|份额)来自")


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
class _Case:
    """What the decision about one quantity rests on."""

    frame: Frame
    measure: Metric | None
    words: str | None
    basis: str | None
    carried: Reading | None

    @property
    def unit(self) -> str:
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


def read_metric(
    frame: Frame,
    *,
    carried: Reading | None,
    foreseen: bool,
    named: str | None = None,
    base: str | None = None,
) -> Reading:
    """The metric of *frame*'s quantity.

    *carried* is the reading of the quantity before it in the sentence, whose
    measure goes on until another is named; *foreseen* tells that somebody
    expects or aims at the value; *named* is the measure where a list of measures
    gives each figure its own, *base* the words of the baseline that it is compared with.
    """
    if frame.part == "next" and carried is not None and named is None:
        return carried
    measure, words = (measure_in(named) if named else None) or measure_of(frame)
    if measure is None and carried is not None and not _is_price_move(frame):
        measure, words = carried.measure, carried.words
    basis = base or basis_of(frame) or _carried_basis(frame, carried)
    case = _Case(frame=frame, measure=measure, words=words, basis=basis, carried=carried)
    return Reading(
        metric=_metric(case, foreseen=foreseen),
        measure=measure,
        words=words,
        basis=basis,
        comparator=outdone(frame),
        foreseen=foreseen,
        gauge=_reads_gauge(frame),
        repriced=_REPRICED.search(frame.before + frame.lead_in) is not None,
    )


def _metric(case: _Case, *, foreseen: bool) -> Metric:
    unit, frame, measure = case.unit, case.frame, case.measure
    money = len(unit) == 3 and unit.isupper()
    if unit in LENGTHS:
        return "duration"
    if money and measure == "investment" and _PLANNED.search(frame.before):
        return "investment"  # a plan to spend is no forecast
    kept = case.carried is not None and case.carried.foreseen and _KEPT.search(frame.before)
    if foreseen or ISSUE_PRICE_RE.search(frame.before) or (kept and _OF_AIM.match(frame.after)):
        return "forecast"
    if _is_adjustment(case, money=money):
        return "price_adjustment"
    if unit in _RATIOS:
        return "relative_return" if _is_relative(frame) else _ratio(case)
    if case.is_gap or _GAP_NOUN.search(case.around):
        return "other"
    if money and measure == "volume" and _TURNOVER_GAP.fullmatch(case.verb):
        return "other"
    if unit == "index_point":
        return "price_change" if frame.part == "change" and case.verb else "level"
    if unit == "number":
        return "level"
    if unit == "count":
        if measure in ("volume", "flow", "share"):
            return "volume"
        return "other" if measure == "other" else "count"
    if (money or "/" in unit) and _is_price_change(case):
        return "price_change"
    if "/" in unit:
        return _price_per_unit(case)
    if money:
        return _money(case)
    return "market_value" if measure == "market_value" else "volume"


def _is_price_change(case: _Case) -> bool:
    """Whether a sum is by how much a quoted price moved: 报668元/吨，较上周下跌8元."""
    priced = case.carried is not None and case.carried.metric in ("level", "price_change")
    moved = _MOVED_IN_PRICE.fullmatch(case.verb) or re.search("[涨跌]幅", case.frame.before)
    return priced and case.frame.part == "change" and bool(moved) and case.measure in (
        None, "level", "price_change",
    )  # fmt: skip


def _is_adjustment(case: _Case, *, money: bool) -> bool:
    """Whether a seller changes its prices by the quantity."""
    carried = case.carried
    adjusted = carried is not None and (carried.metric == "price_adjustment" or carried.repriced)
    goes_on = adjusted and "幅" in case.around
    if goes_on or case.frame.part == "baseline" or not _PRICE_MOVE.search(case.around):
        return goes_on
    priced = money or "/" in case.unit
    return case.unit in _RATIOS or (priced and case.frame.part == "change")


def _is_relative(frame: Frame) -> bool:
    """Whether a verb of out- or underperformance governs the quantity."""
    verb = last_match(RELATIVE_RE, frame.before)
    return (
        verb is not None
        and frame.part in ("change", "level")
        and not directions(frame.before[verb.end() :])
    )


def _ratio(case: _Case) -> Metric:
    unit, frame, measure, carried = case.unit, case.frame, case.measure, case.carried
    before = frame.before
    if case.verb and _PEAK.search(f"{before}{case.basis or ''}") and measure in (None, "level"):
        return "price_change"
    if (grown := _growth_over(case)) is not None:
        return grown
    if _is_gauge(case):
        return "level"
    if unit == "percentage_point" and carried and carried.metric == "other" and measure is None:
        return "other"
    if _VALUED.search(case.around) or (measure == "valuation" and unit in ("percent", "multiple")):
        return "valuation"
    if _GAP_NOUN.search(case.around):
        return "other"
    if carried and carried.metric == "other" and frame.part == "baseline":
        return "other"
    if _PART_OF.search(before) or (unit == "percent" and _DEVOTED.match(frame.after)):
        return "share"
    if case.is_gap:
        return "share" if measure == "share" and unit != "percentage_point" else "other"
    if measure in ("share", "margin"):
        return measure
    if carried and carried.metric in _GROWTHS and frame.part in ("baseline", "origin"):
        return carried.metric
    if carried and unit == "percentage_point" and carried.metric in (*_GROWTHS, "share", "margin"):
        return carried.metric
    if _SPREAD.search(case.around):
        return "level"
    return _rate(case) or _change(case)


def _is_gauge(case: _Case) -> bool:
    """Whether the quantity is the reading, or the move, of a gauge that is told in percent."""
    if case.unit == "percentage_point" and case.carried and case.carried.metric == "level":
        return case.carried.gauge
    return _reads_gauge(case.frame)


def _reads_gauge(frame: Frame) -> bool:
    """Whether a percentage stands for an index itself: 采购经理指数为50.2%."""
    unit = frame.quantity.record.unit
    named = _GAUGE.search(frame.before)
    return (
        unit == "percent"
        and frame.part == "level"
        and named is not None
        and not directions(frame.before)
    )


def _growth_over(case: _Case) -> Metric | None:
    """The growth that 同比, 环比 or a baseline of last year or quarter makes of a change."""
    basis = case.basis
    if not basis or case.unit not in ("percent", "multiple") or case.frame.part == "baseline":
        return None
    grown: Metric
    if YEAR_ON_YEAR_RE.search(basis) or _LAST_YEAR.search(basis):
        grown = "growth_yoy"
    elif QUARTER_ON_QUARTER_RE.search(basis) or _LAST_PERIOD.search(basis):
        grown = "growth_qoq"
    else:
        return None
    of_amount = case.measure in (*_AMOUNTS, "share", "margin")
    of_price = _MOVED_IN_PRICE.fullmatch(case.verb) is not None or case.measure == "level"
    said = "同比" in basis or "环比" in basis
    return grown if said or of_amount or not of_price else None


def _rate(case: _Case) -> Metric | None:
    """The metric of an interest rate or of a rate of use, if the quantity is of one."""
    frame, words = case.frame, case.words or ""
    if case.unit == "basis_point" and _OF_CURRENCY.search(frame.before):
        return "price_change"
    if case.carried and case.carried.metric == "rate_change" and frame.part == "level":
        return "level"
    if _RATE.search(frame.lead_in) or _RATE.search(words):
        if case.unit in ("basis_point", "percentage_point"):
            return "rate_change" if frame.part in ("change", "level") else "level"
        if frame.part != "change" or not case.verb:
            return "level"
        return "price_change" if _MOVED_IN_PRICE.search(frame.before) else "rate_change"
    if "失业率" in frame.lead_in + words:
        return "level"
    if _UTILISATION.search(frame.lead_in + words):
        return "other"
    if case.unit == "basis_point":
        return "rate_change" if frame.part == "change" else "level"
    return None


def _change(case: _Case) -> Metric:
    """The metric of a change in percent of an amount or a price."""
    measure, carried = case.measure, case.carried
    growing = _GROWTH.search(case.around)
    if measure in _AMOUNTS or (growing and measure != "price_change"):
        if not case.verb and not growing:
            return "other" if measure == "other" else _unchanging(case)
        if carried and carried.metric in _GROWTHS and carried.measure == measure:
            return carried.metric
        if case.basis and not _LAST_YEAR.search(case.basis) and not _LAST_PERIOD.search(case.basis):
            return "other"
        of_amount = (*_GROWTHS, "revenue", "profit")
        if "降幅" in case.around and carried and carried.metric not in of_amount:
            return "other"
        if measure is not None or not _MOVED_IN_PRICE.search(case.around):
            return "growth_yoy"
    return _unchanging(case)


def _unchanging(case: _Case) -> Metric:
    if (
        case.verb
        or case.measure in ("price_change", "level")
        or case.frame.quantity.record.signed
        or _MOVED_IN_PRICE.search(case.around)
    ):
        return "price_change"
    carried = case.carried
    if carried is not None and carried.metric in ("price_change", *_GROWTHS):
        return carried.metric
    return "other"


def _price_per_unit(case: _Case) -> Metric:
    if not case.unit[:3].isupper():
        return "volume"  # barrels a day
    return "other" if case.measure in ("other", "investment") else "level"


def _money(case: _Case) -> Metric:
    measure, carried = case.measure, case.carried
    if measure == "volume" and case.words in _HOLDING:
        return "flow"
    if measure is not None and measure in (
        "profit", "revenue", "investment", "flow", "market_value", "volume", "price_adjustment",
    ):  # fmt: skip
        return measure
    if measure == "share":  # 贡献 of an amount
        return "profit" if carried and carried.measure == "profit" else "revenue"
    priced = carried is not None and carried.metric in ("price_change", "level")
    if priced and measure in (None, "level", "price_change"):
        return "level"
    if measure == "level" or _PRICED.search(case.frame.before[-8:]):
        return "level"
    if measure == "price_change":
        return "price_change"
    return "level" if case.words == "总资产" else "other"


def _carried_basis(frame: Frame, carried: Reading | None) -> str | None:
    """The basis of the growth told before, which goes on for a change without one."""
    if frame.part != "change" or carried is None or not frame.before or _is_price_move(frame):
        return None
    if frame.quantity.record.unit not in ("percent", "multiple"):
        return None
    return carried.basis if carried.metric in (*_GROWTHS, *_AMOUNTS) else None


def _is_price_move(frame: Frame) -> bool:
    """Whether the clause says on its own that a price rose or fell: 微涨0.3%."""
    marks = directions(frame.before)
    if _PRICE_INDEX.search(frame.before):
        return False  # 核心CPI上涨0.6% goes on from a rate against last year
    return (
        frame.part == "change"
        and frame.quantity.record.unit == "percent"
        and bool(marks)
        and _MOVED_IN_PRICE.fullmatch(marks[-1].group()) is not None
        and not re.search("同比|环比|按年|按月", frame.before)
    )
