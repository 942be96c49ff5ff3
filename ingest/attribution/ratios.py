"""What a percentage, a difference of percentages or a multiple measures."""

from __future__ import annotations

import re

from ingest.attribution.cases import AMOUNTS, GAP_NOUN, GROWTHS, MOVED_IN_PRICE, Case, reads_gauge
from ingest.attribution.cues import QUARTER_ON_QUARTER_RE, YEAR_ON_YEAR_RE
from kg.records import Metric

_GROWTH = re.compile("增速|增幅|增长率|增长|负增长|降幅|涨幅")
_LAST_YEAR = re.compile("上年|去年|上一年|前一年|前年")
_LAST_PERIOD = re.compile("上个?月|上个?季|上一季|前一季|前一个月|前月|前季")
_MOVED = re.compile("^翻|番$|腰斩")
_DONE = re.compile("完成[^，。]*的$")
_PEAK = re.compile("高点|低点|新高|新低|高位|低位|峰值|纪录")
OF_GROWTH = re.compile("的[^，。；]{0,4}?(?:增速|增幅|增长率)")
_OF_ALL = re.compile("其中[^，。]{0,2}$")
_RATE = re.compile(
    "(?<![毛净润])利率|(?<!投资)收益率|LPR|准备金率|降息|加息|降准|联邦基金|[A-Z]*IBOR|SOFR|贴现率|MLF|国债"
    "|债券|票息|息率|波动率"
)
_OF_CURRENCY = re.compile("升值|贬值|调升|调贬|调降|走升|走贬|[兑对].{2,4}(?:上|下)?[涨跌升]")
_SPREAD = re.compile("利差|息差|价差|剪刀差")
_UTILISATION = re.compile("利用率|开工率|参与率|续费率|良率|出租率|空置率|上座率")
_VALUED = re.compile("市盈率|市净率|市销率|估值|折价|溢价|折让|贴水|升水|PE|PB|EV/EBITDA")
_PART_OF = re.compile(r"占[^，。；]{0,16}?$")
_OF_EQUITY = re.compile("的?(?:股权|股份|股本|流通股|总股本|表决权|投票权|权益)(?!激励|融资)")
_HOLDS = re.compile("(?:贡献了?|持有)[^，。；]{0,12}$")
_DEVOTED = re.compile("用于|投向|来自|流向|归属|集中在|由|的?(?:收入|营收|份额)来自")


def ratio(case: Case) -> Metric:
    """The metric of a quantity in percent, points or times."""
    unit, frame, measure, carried = case.unit, case.frame, case.measure, case.carried
    before = frame.before
    if case.verb and _PEAK.search(f"{before}{case.basis or ''}") and measure in (None, "level"):
        return "price_change"
    if unit == "percent" and _DONE.search(before):
        return "other"  # 累计完成全年目标的79.5%
    if (grown := _growth_over(case)) is not None:
        return grown
    if _PART_OF.search(before) and unit == "percent" and frame.part != "change":
        return "share"
    if _is_gauge(case):
        return "level"
    if OF_GROWTH.match(frame.after) and measure is None:
        return "growth_yoy"
    if unit == "percent" and _OF_ALL.search(before) and frame.after.startswith("的"):
        return "share"
    if measure == "level" and _is_quoted(case):
        return "level"
    if unit == "percentage_point" and carried and carried.metric == "other" and measure is None:
        return "other"
    if _VALUED.search(case.around) or (measure == "valuation" and unit in ("percent", "multiple")):
        return "valuation"
    if GAP_NOUN.search(case.around):
        return "other"
    if carried and carried.metric == "other" and frame.part == "baseline":
        return "other"
    if _PART_OF.search(before) or (unit == "percent" and _DEVOTED.match(frame.after)):
        return "share"
    if unit == "percent" and (_OF_EQUITY.match(frame.after) or _HOLDS.search(before)):
        return "share"
    if case.is_gap:
        if _is_own_move(case) and carried:
            return carried.metric
        return "share" if measure == "share" and unit != "percentage_point" else "other"
    if measure in ("share", "margin"):
        return measure
    if carried and carried.metric in GROWTHS and frame.part in ("baseline", "origin"):
        return carried.metric
    if carried and unit == "percentage_point" and carried.metric in (*GROWTHS, "share", "margin"):
        return carried.metric
    if _SPREAD.search(case.around):
        return "level"
    if carried and carried.metric == "level" and unit == "percentage_point":
        if not _RATE.search(frame.lead_in + (case.words or "")):
            return "level"  # 不良贷款率0.94%，较年初下降0.01个百分点
    return _rate(case) or ("other" if case.own and measure is None else _change(case))


def _is_own_move(case: Case) -> bool:
    """Whether a margin or share is compared with itself before: 毛利率…，比上年同期高1个百分点."""
    past = _LAST_YEAR.search(case.basis or "") or _LAST_PERIOD.search(case.basis or "")
    own = case.carried is not None and case.carried.metric in ("margin", "share")
    return case.unit == "percentage_point" and own and past is not None


def _is_quoted(case: Case) -> bool:
    """Whether a percentage is the value of a rate that its own clause tells: HIBOR报2.71%."""
    frame, words = case.frame, case.words or ""
    quoted = frame.part != "change" and not frame.quantity.record.signed
    moved = case.verb or _MOVED.search(frame.quantity.record.text)  # 股价已翻一番
    return case.unit == "percent" and quoted and words in frame.before and not moved


def _is_gauge(case: Case) -> bool:
    """Whether the quantity is the reading, or the move, of a gauge that is told in percent."""
    if case.unit == "percentage_point" and case.carried and case.carried.metric == "level":
        return case.carried.gauge
    return reads_gauge(case.frame)


def _growth_over(case: Case) -> Metric | None:
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
    of_amount = case.measure in (*AMOUNTS, "share", "margin")
    of_price = MOVED_IN_PRICE.fullmatch(case.verb) is not None or case.measure == "level"
    said = "同比" in basis or "环比" in basis
    return grown if said or of_amount or not of_price else None


def _rate(case: Case) -> Metric | None:
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
        return "price_change" if MOVED_IN_PRICE.search(frame.before) else "rate_change"
    if "失业率" in frame.lead_in + words:
        return "level"
    if _UTILISATION.search(frame.lead_in + words):
        return "other"
    if case.unit == "basis_point":
        return "rate_change" if frame.part == "change" else "level"
    return None


def _change(case: Case) -> Metric:
    """The metric of a change in percent of an amount or a price."""
    measure, carried = case.measure, case.carried
    growing = _GROWTH.search(case.around)
    if measure in AMOUNTS or (growing and measure != "price_change"):
        if not case.verb and not growing:
            return "other" if measure == "other" else _unchanging(case)
        if carried and carried.metric in GROWTHS and carried.measure == measure:
            return carried.metric
        if case.basis and not _LAST_YEAR.search(case.basis) and not _LAST_PERIOD.search(case.basis):
            return "other"
        of_amount = (*GROWTHS, "revenue", "profit")
        if "降幅" in case.around and carried and carried.metric not in of_amount:
            return "other"
        if measure is not None or not MOVED_IN_PRICE.search(case.around):
            return "growth_yoy"
    return _unchanging(case)


def _unchanging(case: Case) -> Metric:
    if (
        case.verb
        or case.measure in ("price_change", "level")
        or case.frame.quantity.record.signed
        or MOVED_IN_PRICE.search(case.around)
    ):
        return "price_change"
    carried = case.carried
    if carried is not None and carried.metric in ("price_change", *GROWTHS):
        return carried.metric
    return "other"
