"""What a quantity measures, from its unit and the words around it."""

from __future__ import annotations

import re

from ingest.attribution.cases import (
    AMOUNTS,
    GAP_NOUN,
    GROWTHS,
    MOVED_IN_PRICE,
    RATIOS,
    Case,
    Reading,
    is_price_move,
    reads_gauge,
)
from ingest.attribution.cues import ISSUE_PRICE_RE, RELATIVE_RE, last_match
from ingest.attribution.frames import LENGTHS, Frame, directions
from ingest.attribution.measures import basis_of, measure_in, measure_of, outdone
from ingest.attribution.ratios import OF_GROWTH, ratio
from kg.records import Metric

_HOLDING = frozenset(("增持", "减持"))  # in money, what is paid for a holding
_TURNOVER_GAP = re.compile("缩量|放量|缩减|萎缩|增量")
_PLANNED = re.compile("(?:投入|投资|斥资|注资|收购|出资|增资)[约近逾超]?$")
_DEALT = re.compile(
    "(?:[增减]持|回购|套现|募集|派发|派现|中标|裁员|裁减|招聘|关闭)(?:不超过|不低于|[约近逾超])?$"
)  # planned acts
_BOUGHT = re.compile(
    "(?:买入|购入|购买|增持|收购)(?=[约近逾]?\\d|$)|清仓|出售|转让|售出|卖出|剥离|竞得"
)
_CAPACITY = re.compile("产能")
_TO_COME = re.compile("拟|届时|可达|规划")
_EXPECTED = re.compile("预[计期测估]|估计|有望|料")
_KEPT = re.compile("维持|保持|重申")
_OF_AIM = re.compile("的(?:指引|目标|预测|预期|区间)")
_REPRICED = re.compile("价[^，。]*(?:上调|下调|调高|调低|提高|降低|[降升]|调整)[至到为]?$")
_PARTIES = re.compile("[家名位人]$")
_SET = re.compile("上调|下调|调高|调低|调降|提高|降低|削减")
_PRICE_SET = re.compile("[售报出零指官定]\\w{0,2}价$|价格$")
_RISEN = re.compile("[上收]涨|下跌|收跌|涨|跌")
_UNLISTED = re.compile("[\u3400-\u9fff]{2}(?:率|比)(?:[^，。的]{0,6})$")  # 储气率降至
_OF_VOLUME = re.compile("量[^，。的量]{0,4}$")
_COUNTED = re.compile("[^，。；、的]{0,6}?(?:债券?|票据|贷款|订单|合同|资产|现金|头寸)")
_BALANCE = re.compile("余额[^，。]{0,4}$")
_PRICE_MOVE = re.compile(
    "提价|涨价|降价|直降|调价|加价|官降|优惠|让利"
    "|(?:上调|下调|调高|调低|提高|降低|削减)[^，。]{0,14}?(?:价格|售价|报价|价)"
    "|(?:价格|售价|指导价|报价|合约价|出厂价|零售价|官价)(?:分别|均|已)?(?:上调|下调|调高|调低|提高|降低|普遍上调)"
)
_PRICED = re.compile(
    "价|报|收于|收报|触及|突破|[跌升涨]破|失守|站[上稳]|跌穿|升至|跌至|涨至|降至|兑|汇率|关口|一线|交投"
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
    own = measure is not None or _names_its_own(frame)
    if not own and carried is not None and not is_price_move(frame):
        measure, words = carried.measure, carried.words
    basis = base or basis_of(frame) or _carried_basis(frame, carried)
    case = Case(frame=frame, measure=measure, words=words, basis=basis, carried=carried, own=own)
    return Reading(
        metric=_metric(case, foreseen=foreseen),
        measure=measure,
        words=words,
        basis=basis,
        comparator=outdone(frame),
        foreseen=foreseen,
        gauge=reads_gauge(frame),
        repriced=_REPRICED.search(frame.before + frame.lead_in) is not None,
    )


def _names_its_own(frame: Frame) -> bool:
    """Whether the figure is of something that no measure told before it can be of.

    储气率降至三成, 有97亿元公开债到期, 以52%的增速.
    """
    if frame.quantity.record.unit in RATIOS:
        unlisted = _UNLISTED.search(frame.before) is not None
        return unlisted or OF_GROWTH.match(frame.after) is not None
    return bool(_COUNTED.match(frame.after) or _BALANCE.search(frame.before))


def _metric(case: Case, *, foreseen: bool) -> Metric:
    unit, frame, measure = case.unit, case.frame, case.measure
    money = frame.is_sum
    if unit in LENGTHS:
        return "duration"
    if money and measure == "investment" and _PLANNED.search(frame.before):
        return "investment"  # a plan to spend is no forecast
    foreseen = foreseen and not _DEALT.search(frame.before)
    if money and case.is_gap_of_sums:
        return "other"
    if _is_adjustment(case, money=money) and not _EXPECTED.search(frame.lead_in):
        return "price_adjustment"  # planned as well: 拟于10月1日把报价上调10%
    kept = case.carried is not None and case.carried.foreseen and _KEPT.search(frame.before)
    if foreseen or ISSUE_PRICE_RE.search(frame.before) or (kept and _OF_AIM.match(frame.after)):
        return "forecast"
    if unit in RATIOS:
        return "relative_return" if _is_relative(frame) else ratio(case)
    if case.is_gap or GAP_NOUN.search(case.around):
        return "other"
    if money and measure == "volume" and _TURNOVER_GAP.fullmatch(case.verb):
        return "other"
    if unit == "index_point":
        return "price_change" if frame.part == "change" and case.verb else "level"
    if unit == "number":
        return "price_change" if frame.part == "change" and case.verb else "level"
    if unit == "count":
        if _PARTIES.search(frame.quantity.record.text) and measure in ("flow", "share"):
            return "count"
        if measure in ("volume", "flow", "share") or _OF_VOLUME.search(frame.before):
            planned = _CAPACITY.search(frame.lead_in) and _TO_COME.search(frame.lead_in)
            return "forecast" if planned and frame.part == "level" else "volume"
        if case.words == "回购":
            return "volume"
        return "other" if measure == "other" and case.own else "count"
    if (money or "/" in unit) and _is_price_change(case):
        return "price_change"
    if "/" in unit:
        return _price_per_unit(case)
    if money:
        return _money(case)
    return "market_value" if measure == "market_value" else "volume"


def _is_price_change(case: Case) -> bool:
    """Whether a sum is by how much a quoted price moved: 报668元/吨，较上周下跌8元."""
    if case.measure is None and case.frame.part == "change" and _RISEN.fullmatch(case.verb):
        return True
    priced = case.carried is not None and case.carried.metric in ("level", "price_change")
    moved = MOVED_IN_PRICE.fullmatch(case.verb) or re.search("[涨跌]幅", case.frame.before)
    return priced and case.frame.part == "change" and bool(moved) and case.measure in (
        None, "level", "price_change",
    )  # fmt: skip


def _is_adjustment(case: Case, *, money: bool) -> bool:
    """Whether a seller changes its prices by the quantity."""
    carried = case.carried
    adjusted = carried is not None and (carried.metric == "price_adjustment" or carried.repriced)
    goes_on = adjusted and "幅" in case.around
    if money and case.frame.part == "change" and _SET.fullmatch(case.verb):
        goes_on = goes_on or _PRICE_SET.search(case.words or "") is not None
    if goes_on or case.frame.part == "baseline" or not _PRICE_MOVE.search(case.around):
        return goes_on
    priced = money or "/" in case.unit
    return case.unit in RATIOS or (priced and case.frame.part == "change")


def _is_relative(frame: Frame) -> bool:
    """Whether a verb of out- or underperformance governs the quantity."""
    verb = last_match(RELATIVE_RE, frame.before)
    return (
        verb is not None
        and frame.part in ("change", "level")
        and not directions(frame.before[verb.end() :])
    )


def _price_per_unit(case: Case) -> Metric:
    if not case.unit[:3].isupper():
        return "volume"  # barrels a day
    if case.measure in ("profit", "revenue"):
        return case.measure
    return "other" if case.measure in ("other", "investment") else "level"


def _money(case: Case) -> Metric:
    measure, carried = case.measure, case.carried
    if case.frame.before.endswith("以") and _BOUGHT.match(case.frame.after):
        return "investment"
    if measure == "volume" and case.words in _HOLDING:
        return "flow"
    if measure is not None and measure in (
        "profit", "revenue", "investment", "flow", "market_value", "volume", "price_adjustment",
    ):  # fmt: skip
        return measure
    if measure == "share":  # 贡献, 独占 of an amount
        return carried.metric if carried and carried.metric in AMOUNTS else "revenue"
    if measure == "valuation":
        return "market_value"  # 估值达到5,000亿美元
    priced = carried is not None and carried.metric in ("price_change", "level")
    if priced and measure in (None, "level", "price_change"):
        return "level"
    if measure == "level" or (measure != "other" and _PRICED.search(case.frame.before[-8:])):
        return "level"
    if measure == "price_change":
        return "price_change"
    return "level" if case.words == "总资产" else "other"


def _carried_basis(frame: Frame, carried: Reading | None) -> str | None:
    """The basis of the growth told before, which goes on for a change without one."""
    if frame.part != "change" or carried is None or not frame.before or is_price_move(frame):
        return None
    if frame.quantity.record.unit not in ("percent", "multiple"):
        return None
    return carried.basis if carried.metric in (*GROWTHS, *AMOUNTS) else None
