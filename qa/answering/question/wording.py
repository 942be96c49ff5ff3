"""The words of a question that name a metric or a measure → classes of metric, units."""

from __future__ import annotations

import re
from typing import Final, TypeAlias

from ingest.quantities import find_quantities
from kg.records import Metric
from qa.answering.question import cues
from qa.answering.text import fold

Asked: TypeAlias = tuple[tuple[str, tuple[Metric, ...]], ...]
Cue: TypeAlias = tuple[int, str, tuple[Metric, ...]]  # where it stands, the word, its classes

_COURSE: Final = ("走势", "怎么走", "表现")
_PRICES: Final = ("股价", "价格", "报价", "收盘", "走势")
SUMS: Final = frozenset({"profit", "revenue", "market_value"})
"""Classes of sums of money."""
_HEADS: Final = frozenset({"level", "margin", "valuation"})
_AMOUNTS: Final = frozenset({"profit", "revenue", "investment", "market_value", "volume"})
_NOUNS_OF: Final = _HEADS | _AMOUNTS | {"share", "flow", "count", "forecast", "duration"}
UNLISTED: Final[tuple[Metric, ...]] = ("other", "level")
"""The classes of a metric that is told by its noun alone."""
_MEASURE = re.compile(r"(?:多少|几)(?:万亿|千亿|百亿|[亿万千百])*([\u4e00-\u9fff]{1,2})")
_FELL = re.compile(r"(?<![增下上提追])(降|减|加|升|调)(?=了?(多少|几))")
_TRADED = re.compile(
    r"净?(?:(?P<buys>买入?|抢筹?|扫货)|卖出?|抛售?|甩卖)(?=得?[最更]?(?:多(?!少(?:钱|[美港欧日]?元|块))|少|猛|凶|狠|欢))"
)
_TRADERS = re.compile(
    r"资金|外资|北[向水]|南[向水]|基金|机构|主力|散户|股东|高管|央行|游资|融资|投资者|净|抛|甩"
)
_PERFORMS = re.compile(
    r"垫底|领[涨跌先跑]|[最更](?:强|弱|惨|差|好|猛|稳|抢眼|亮眼)|得(?:好|差|强|弱)"
)
_MOVED = re.compile(
    r"(下行|上行|下调|上调|走低|走高|下跌|上涨|下降|下滑|增长|增加|减少|上升|回落|回升|萎缩|提高|缩水|[增降减涨跌升](?=得|最|更))(?=了?(多少|几)|得|更|最|幅|的?[?？]?$)"
)
_SIZE = re.compile(r"规模|体量|总量|总额|额度|高低|大小|快慢|强弱|多寡")  # 营收规模谁更大
_HOW_MUCH = re.compile(r"了?(?:多少|几|得|更|最|幅)")


def metrics_in(text: str) -> tuple[Asked, str]:
    """The metrics that *text* names, in order, and *text* with their words blanked."""
    lowered = text.lower()
    found: list[Cue] = []
    for word, classes in cues.METRIC_WORDS:
        at = lowered.find(word)
        if at >= 0 and not _within_another(lowered, at, word):
            found.append((at, word, classes))
            lowered = lowered.replace(word, "\0" * len(word))
    found = _compound(sorted(found))
    found = _moves_of_amounts(_of_ratios(_told_once(found, text)), text)
    rest = "".join(" " if c == "\0" else t for c, t in zip(lowered, text, strict=True))
    return tuple((word, classes) for _, word, classes in found), rest


def named_quantity(metrics: Asked, terms: tuple[str, ...]) -> tuple[Asked, tuple[str, ...]]:
    """A quantity that no row of cues lists, as the metric: 不良率, 积压订单."""
    if any(set(classes) & _NOUNS_OF for _, classes in metrics):
        return metrics, tuple(term for term in terms if not _SIZE.fullmatch(term))
    named = [term for term in terms if cues.QUANTITY_NOUN.fullmatch(term)]
    if not named:
        return metrics, terms
    left = tuple(term for term in terms if term != named[-1])
    return ((named[-1], UNLISTED), *metrics), left


def _within_another(text: str, at: int, word: str) -> bool:
    """Whether a short cue is but part of another word: 占 in 应占, 跌 in 跌停, 投资 in 投资者."""
    if word == "占":
        return text[:at].endswith(("应", "抢", "侵"))
    if word == "投资":
        return text[at + 2 : at + 3] in ("者", "人", "级")
    return word in ("涨", "跌") and text[at + 1 : at + 2] == "停"


def _compound(
    found: list[Cue],
) -> list[Cue]:
    """投资收益率 is one metric, of the class of its last part."""
    joined: list[Cue] = []
    for at, word, classes in found:
        before = joined[-1] if joined else None
        heads = set(classes) <= _HEADS
        if before and heads and before[0] + len(before[1]) == at and set(before[2]) <= _AMOUNTS:
            joined[-1] = (before[0], before[1] + word, classes)
        else:
            joined.append((at, word, classes))
    return joined


def _told_once(found: list[Cue], text: str) -> list[Cue]:
    """*found* without words that only point at what another names.

    In 股价跌了多少 the move is asked for, not the price; in 赚了多少净利润 the profit, once.
    """
    if _PERFORMS.search(text) and all(classes == ("level",) for _, _, classes in found):
        found = [
            (at, word, ("price_change",) if word in _PRICES else classes)
            for at, word, classes in found
        ]
    if any(word in _COURSE for _, word, _ in found):  # 股价表现如何
        found = [one for one in found if one[1] not in ("股价", "价格")]
    classes = [metrics for _, _, metrics in found]
    moves = [
        at
        for at, word, metrics in found
        if metrics == ("price_change",) and _HOW_MUCH.match(text, at + len(word))
    ]
    return [
        (at, word, metrics)
        for at, word, metrics in found
        if not (metrics == ("level",) and any(0 <= move - at - len(word) <= 3 for move in moves))
        and not (word == "赚" and classes.count(metrics) > 1)
    ]


def _of_ratios(
    found: list[Cue],
) -> list[Cue]:
    """毛利率同比提高了多少 asks for points of the ratio, not for a rate of growth."""
    if not any(set(classes) & {"margin", "valuation", "share"} for _, _, classes in found):
        return found
    return [one for one in found if not set(one[2]) <= {"growth_yoy", "growth_qoq"}]


def _moves_of_amounts(found: list[Cue], text: str) -> list[Cue]:
    """营业收入降幅 asks for the growth of an amount, not for the move of a price."""
    if not found and (traded := _TRADED.search(text)):
        if not traded["buys"] and not _TRADERS.search(text):  # 哪种饮料卖得更多
            return [(traded.start(), traded[0], ("revenue", "volume"))]
        side = "净买入" if traded["buys"] else "净卖出"
        return [(traded.start(), side, ("flow", "volume"))]
    if not found and (fell := _FELL.search(text)):
        return [(fell.start(), fell[1], ("rate_change", "price_change", "price_adjustment"))]
    amounts = {"profit", "revenue", "volume", "count", "market_value", "investment"}
    moved = _MOVED.search(text)
    if moved and any("level" in classes for _, _, classes in found):
        return [*found, (moved.start(), moved[1], ("rate_change", "price_change"))]
    if not any(set(classes) & amounts for _, _, classes in found):
        return found
    growth: tuple[Metric, ...] = ("growth_yoy", "growth_qoq")
    if moved and not any(set(classes) & set(growth) for _, _, classes in found):
        asked = _HOW_MUCH.match(text, moved.end())  # 增长了多少 may be told by the amounts
        own = tuple(m for _, _, classes in found for m in classes) if asked else ()
        found = [*found, (moved.start(), moved[1], (*growth, "other", *own))]
    return [
        (at, word, growth if classes == ("price_change",) else classes)
        for at, word, classes in found
    ]


def units_in(text: str) -> tuple[str, ...]:
    """The units that an answer may have, by the measure asked for; empty for any."""
    folded = fold(text)
    for pattern, units in cues.ASKED_UNITS:
        if re.search(pattern, folded):
            return units
    if money := cues.ASKED_MONEY.search(folded):
        return (cues.CURRENCIES.get(money["currency"], "money"),)  # 多少元 may be of any country
    if cues.ASKED_COUNT.search(folded):
        return ("count",)
    measured = _MEASURE.search(folded)
    if measured is None:
        return ()
    read = find_quantities(f"5{measured[1]}")
    whole = bool(read) and read[0].span.end == len(measured[1]) + 1
    return (read[0].unit,) if whole and read[0].unit != "number" else ()
