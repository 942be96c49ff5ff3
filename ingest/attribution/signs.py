"""The sign of a quantity, from the words that govern it."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.attribution.cues import FALL_NOUN_RE, FALLING_RE, alternation, last_match
from ingest.attribution.frames import LENGTHS, Frame, directions
from kg.records import Quantity

_NARROWING = frozenset("收窄 缩小 放缓".split())
_WIDENING = frozenset("扩大 走阔 加剧".split())
_RATE_OF_FALL = re.compile("幅$")
_FALL_COMPARED = re.compile(
    "(?:[跌降减]幅|亏损|净流出)[^，。]{0,2}(?:小于|大于|低于|高于|超过|不及)"
)
_MOVE_BEHIND = re.compile(
    "^的(?!历史均值|均值|[^，。]{0,4}中位数|平均水平)[^，。、的]{0,8}?("
    + alternation(
        """跌幅 降幅 下调空间 下降空间 回调空间 下行空间 下跌空间 降息 降准 净流出 流出 折价 折让
        亏损 减产 降价 回撤 下调 下降 下跌 减少 缩减 贴水 裁减 减持 净卖出 缩水 贬值 跌势 优惠 让利
        涨幅 升幅 提价 上涨 增长 上行空间"""
    )
    + ")"
)
_GIVEN_AWAY = frozenset(("优惠", "让利"))
_OF_CLASS = re.compile(
    "(?:^|[，；、])(?:上涨|下跌|涨停|跌停|收涨|收跌|飘红|飘绿)的?(?:共|有|共有)?$"
)
_LINK = re.compile(
    "(?:居前|靠前|[更最较]大|[更最较]深)?，?"
    "(?:分别|各|均|双双|也|仍|已|仅|就|则|整体|合计|累计|同比|环比|约)*"
    "(?:为|达到?|在|是|至|有|高达|收窄至|扩大至|缩小至|放大至)?(?:约|近|逾|超)?"
)


def is_falling(frame: Frame) -> bool:
    """Whether the words around tell a fall, a loss, an outflow or a discount."""
    quantity = frame.quantity.record
    if quantity.noun == "次" or quantity.unit in LENGTHS:
        return False
    if frame.part in ("baseline", "origin"):
        return frame.part == "baseline" and _FALL_COMPARED.search(frame.before) is not None
    if quantity.noun == "股" and frame.before.endswith("减持"):
        return False  # so many shares are sold
    marks = directions(frame.before)
    if quantity.unit == "count" and _OF_CLASS.search(frame.before):
        return False  # 下跌1,987只: shares that fell, not fewer shares
    if noun := last_match(FALL_NOUN_RE, frame.before):
        if _LINK.fullmatch(frame.before, noun.end()):
            return True
        # A rate of fall that narrows rises; a loss that narrows falls.
        rate = _RATE_OF_FALL.search(noun.group()) is not None
        later = [mark.group() for mark in marks if mark.start() >= noun.end()]
        if later and frame.part == "change" and later[-1] in _NARROWING:
            return not rate
        if later and frame.part == "change" and later[-1] in _WIDENING:
            return rate
    if marks and frame.part != "level":
        verb = marks[-1].group()
        return bool(FALLING_RE.fullmatch(verb) or FALL_NOUN_RE.fullmatch(verb))
    move = _MOVE_BEHIND.match(frame.after)
    return move is not None and (
        move.group(1) in _GIVEN_AWAY or FALLING_RE.match(move.group(1)) is not None
    )


def signed(quantity: Quantity, *, falling: bool) -> Quantity:
    """*quantity* with the sign of its words; a printed sign is kept whatever the words say."""
    if not falling or quantity.signed:
        return quantity
    return replace(
        quantity,
        value=None if quantity.value is None else -quantity.value,
        low=None if quantity.high is None else -quantity.high,
        high=None if quantity.low is None else -quantity.low,
    )
