"""Ranges, ranks, comparisons and directions: which of two values is the larger."""

from __future__ import annotations

import re
from decimal import Decimal

from kg.audit.cases import Case, Fault, Member, Settings
from kg.audit.numbers import Number, Reach
from kg.unit_names import unit_names

_OF_SIZE = frozenset("收窄 扩大 缩小 减少 增加 增至 减至 缩减 放大 扩大至 收窄至 降至".split())
_RATE_OF_EXCHANGE = re.compile("[A-Z]{3}/([A-Z]{3})")
_SIGN = re.compile(r"\D*[-−－—]")
_WAYS = {"up": "上升", "down": "下降"}
_VALUES = {"up": "升值", "down": "贬值"}


def within(case: Case, settings: Settings) -> Fault | None:
    """Each `value` lies in `range`, or not above `high` and not below `low`, ends included."""
    if (high := case.members_of("high")) or case.members_of("low"):
        return _between(case, (*high, *case.members_of("low")))
    span = case.members_of("range")
    if not span or span[0].number is None:
        return None
    held = _bounds(span[0].number, case.sign)
    if held is None:
        return None
    out = [m for m in case.members_of("value") if m.number and _outside(m.number, held)]
    if not out:
        return None
    values = "、".join(member.printed for member in out)
    sides = []
    if any(m.number and _above(m.number, held) for m in out):
        sides.append("高于上限")
    if any(m.number and _below(m.number, held) for m in out):
        sides.append("低于下限")
    return Fault(
        explanation=f"文中称在{span[0].printed}的区间之内，而{values}{'、'.join(sides)}，四舍五入解释不了",
        members=(span[0], *out),
    )


def _between(case: Case, bounds: tuple[Member, ...]) -> Fault | None:
    reaches = [(m.role, m.number.reach) for m in bounds if m.number is not None]
    if len(reaches) == 2 and reaches[0][1].below(reaches[1][1]):
        return None  # 日元最高升至153.2, 最低跌至154.8: the dearer, the fewer
    out = [
        member
        for member in case.members_of("value")
        if member.number is not None
        and any(
            reach.below(member.number.reach) if role == "high" else member.number.reach.below(reach)
            for role, reach in reaches
        )
    ]
    if not out:
        return None
    names = {"high": "最高", "low": "最低"}
    said = "、".join(f"{names[m.role]}为{m.printed}" for m in bounds)
    values = "、".join(member.printed for member in out)
    return Fault(
        explanation=f"文中称{said}，而{values}在此之外，四舍五入解释不了", members=(*bounds, *out)
    )


def _bounds(number: Number, sign: str | None) -> Reach | None:
    if sign == "up" and number.low is not None:
        return Reach(number.low, None)
    if sign == "down" and number.high is not None:
        return Reach(None, number.high)
    if number.low is None or number.high is None or number.low == number.high:
        return None
    half = number.step / 2
    return Reach(number.low - half, number.high + half)


def _outside(number: Number, held: Reach) -> bool:
    return _above(number, held) or _below(number, held)


def _alike(number: Number, held: Reach) -> Reach:
    """The reach of *number*, without its sign where the range has none: 降价1万元至2万元."""
    low, high = number.low, number.high
    positive = (held.low is None or held.low >= 0) and (held.high is None or held.high >= 0)
    reach = Reach(low, high) if number.value is None else number.reach
    return reach.size() if positive else reach


def _above(number: Number, held: Reach) -> bool:
    if held.high is None:
        return False
    reach = _alike(number, held)
    if number.value is None:
        return reach.high is not None and reach.high > held.high
    return Reach(None, held.high).below(reach)


def _below(number: Number, held: Reach) -> bool:
    if held.low is None:
        return False
    reach = _alike(number, held)
    if number.value is None:
        return reach.low is not None and reach.low < held.low
    return reach.below(Reach(held.low, None))


def extreme(case: Case, settings: Settings) -> Fault | None:
    """`ranked` is the highest (up) or the lowest (down) of itself and the `other`s."""
    ranked = case.members_of("ranked")
    if not ranked or ranked[0].number is None or case.sign is None:
        return None
    first = ranked[0].number
    if case.detail == "only":
        return _only(ranked[0], first, case)
    beyond = [
        member
        for member in case.members_of("other")
        if member.number is not None
        and (
            _exceeds(member.number, first) if case.sign == "up" else _exceeds(first, member.number)
        )
    ]
    if not beyond:
        return None
    numbers = [m.number for m in beyond if m.number is not None]
    top = max(numbers, key=_magnitude)
    larger = _magnitude(top) > _magnitude(first)
    return Fault(
        explanation=(
            f"文中称{first.subject}的{first.printed}居首位或末位，"
            f"但{top.subject}的{top.printed}{'更大' if larger else '更小'}"
        ),
        members=(ranked[0], *(m for m in beyond if m.number is top)),
    )


def _only(ranked: Member, first: Number, case: Case) -> Fault | None:
    """唯一上涨: no other rises."""
    also = [
        m
        for m in case.members_of("other")
        if m.number and m.number.value and (m.number.value > 0) == (case.sign == "up")
    ]
    if not also or also[0].number is None:
        return None
    way = _WAYS["up" if case.sign == "up" else "down"]
    other = also[0].number
    return Fault(
        explanation=f"文中称{first.subject}是唯一{way}的，但{other.subject}也{way}（{other.signed}）",
        members=(ranked, also[0]),
    )


def _magnitude(number: Number) -> Decimal:
    return abs(number.value or Decimal(0))


def _exceeds(one: Number, other: Number) -> bool:
    if one.value is None or other.value is None:
        return False
    if one.approximate or other.approximate:
        return other.reach.below(one.reach)
    return one.value > other.value


def _less(one: Number, other: Number) -> bool:
    """Whether *one* is smaller for sure; of two numbers rounded to one place the printed tell."""
    if one.value is None or other.value is None:
        return False
    if one.step == other.step and not (one.approximate or other.approximate):
        return one.value < other.value
    return one.reach.below(other.reach)


def compared(case: Case, settings: Settings) -> Fault | None:
    """`one` is above (up) or below (down) `other`."""
    one, other = case.number("one"), case.number("other")
    if one is None or other is None or one.value is None or other.value is None:
        return None
    if (one.value < 0 or other.value < 0) and case.detail != "return":
        return None  # 低于预期的-2% may mean either way
    low, high = (one, other) if case.sign == "up" else (other, one)
    if not _less(low, high):
        return None
    said, fact = ("高于", "低于") if case.sign == "up" else ("低于", "高于")
    return Fault(explanation=f"文中称{one.printed}{said}{other.printed}，实为{fact}")


def moved(case: Case, settings: Settings) -> Fault | None:
    """`from` to `to` goes the way that the words say."""
    before, after = case.number("from"), case.number("to")
    if before is None or after is None or before.value is None or after.value is None:
        return None
    if case.sign is None or (before.value < 0) != (after.value < 0):
        return None
    rate = _RATE_OF_EXCHANGE.fullmatch(after.unit)
    up, ways = case.sign == "up", _WAYS
    if rate and not after.subject.lstrip("离在岸").startswith(unit_names(rate[1])[0][:2]):
        if case.detail not in _VALUES.values():
            return None  # 日元由155.82升至154.10: fewer yen a dollar are a dearer yen
        up, ways = not up, _VALUES
    low, high = (before, after) if up else (after, before)
    if before.value < 0:
        if case.detail not in _OF_SIZE or _SIGN.match(before.printed + after.printed):
            return None  # 同比下降2.3%回升至下降1.8% is of the value, 亏损收窄 of its size
        if not high.size.below(low.size):
            return None
    elif not _less(high, low):
        return None
    fact = "down" if case.sign == "up" else "up"
    return Fault(
        explanation=f"文中称由{before.printed}{ways[case.sign]}到{after.printed}，实为{ways[fact]}"
    )


def worded(case: Case, settings: Settings) -> Fault | None:
    """The sign that each `value` has is that of the words."""
    against = [
        member
        for member in case.members_of("value")
        if member.number is not None
        and member.number.value
        and (member.number.value > 0) != (case.sign == "up")
    ]
    if not against or case.sign is None:
        return None
    values = "、".join(f"{m.number.subject}{m.printed}" for m in against if m.number is not None)
    words = case.detail or _WAYS[case.sign]
    return Fault(explanation=f"文中称“{words}”，而{values}方向相反", members=tuple(against))
