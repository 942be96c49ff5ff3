"""Gaps, changes and rates against the values that they are said of."""

from __future__ import annotations

from decimal import Decimal

from kg.audit.cases import Case, Fault, Settings
from kg.audit.numbers import Number, Reach, plain

_HUNDRED = Decimal(100)
_RATES = frozenset({"percent", "percentage_point", "basis_point"})


def gap(case: Case, settings: Settings) -> Fault | None:
    """`one` less `other` is `gap`, whichever is the larger; a bound of a range may be meant."""
    one, other, stated = case.number("one"), case.number("other"), case.number("gap")
    if one is None or other is None or stated is None:
        return None
    bound = {"other-high": other.high, "other-low": other.low}.get(case.detail or "")
    if bound is not None:
        reach = Reach(bound, bound)
        return _difference(one, other, stated, settings, second=reach, shown=bound)
    return _difference(one, other, stated, settings)


def change(case: Case, settings: Settings) -> Fault | None:
    """`to` less `from` is `gap`."""
    before, after, stated = case.number("from"), case.number("to"), case.number("gap")
    if before is None or after is None or stated is None:
        return None
    return _difference(after, before, stated, settings)


def rate(case: Case, settings: Settings) -> Fault | None:
    """`from` becomes `to` by `rate` per cent."""
    before, after, stated = case.number("from"), case.number("to"), case.number("rate")
    if before is None or after is None or stated is None or not before.value or not after.value:
        return None
    if before.value < 0 or after.value < 0 or stated.unit != "percent":
        return None  # no rate is told of a loss
    ratio = after.reach.over(before.reach)
    if ratio is None:
        return None
    grown = ratio.scaled(_HUNDRED).minus(Reach(_HUNDRED, _HUNDRED))
    if _widened(grown.size(), settings).meets(stated.size) or stated.value is None:
        return None
    computed = (after.value / before.value - 1) * _HUNDRED
    if stated.value < 0 < computed or computed < 0 < stated.value or case.sign:
        down = case.sign == "down" or (case.sign is None and stated.value < 0)
        if down and computed < 0 and _remainder(after, before, stated):
            return None  # 降至原来的30%
    lower, upper = (_percent(end, stated) for end in (grown.low, grown.high))
    return Fault(
        explanation=(
            f"由{before.printed}到{after.printed}，变动为{_as_stated(computed, stated)}，"
            f"而文中写为{stated.printed}；{_rounded(lower, upper)}"
        )
    )


def points(case: Case, settings: Settings) -> Fault | None:
    """`level` stands after a move of `points`, which is `rate` per cent."""
    level, moved, stated = case.number("level"), case.number("points"), case.number("rate")
    if level is None or moved is None or stated is None:
        return None
    if level.value is None or moved.value is None or stated.value is None:
        return None
    size = abs(moved.value) if stated.value > 0 else -abs(moved.value)
    before = level.value - size
    if before <= 0:
        return None
    earlier = level.reach.minus(moved.size if size > 0 else -moved.size)
    ratio = moved.size.over(earlier)
    if ratio is None or _widened(ratio.scaled(_HUNDRED), settings).meets(stated.size):
        return None
    computed = abs(size) / before * _HUNDRED
    return Fault(
        explanation=(
            f"变动{moved.printed}后为{level.printed}，此前为{level.like(before)}，"
            f"幅度为{plain(computed, places=2)}%，而文中写为{stated.printed}；四舍五入解释不了"
        )
    )


def slip(case: Case, settings: Settings) -> Fault | None:
    """A change of a rate told in per cent that is right in percentage points."""
    before, after, stated = case.number("from"), case.number("to"), case.number("gap")
    if before is None or after is None or stated is None or stated.unit != "percent":
        return None
    if before.value is None or after.value is None or before.unit != "percent":
        return None
    if _relative(after, before).meets(stated.size):
        return None
    if not after.reach.minus(before.reach).size().meets(stated.size):
        return None
    moved = abs(after.value - before.value)
    return Fault(
        explanation=(
            f"{before.printed}到{after.printed}相差{plain(moved, places=1)}个百分点，"
            f"文中写为{stated.printed}，单位应为百分点"
        )
    )


def _difference(
    one: Number,
    other: Number,
    stated: Number,
    settings: Settings,
    *,
    second: Reach | None = None,
    shown: Decimal | None = None,
) -> Fault | None:
    subtracted = other.value if shown is None else shown
    if one.value is None or subtracted is None:
        return None
    exact = _set(one, stated) and _set(other, stated)
    mine = Reach(one.value, one.value) if exact else one.reach
    theirs = second or (Reach(subtracted, subtracted) if exact else other.reach)
    apart = mine.minus(theirs).size().scaled(one.points)
    told = stated.size.scaled(stated.points)
    if exact and stated.value is not None:
        told = Reach(*(abs(stated.value) * stated.points,) * 2)
    if _widened(apart, settings).meets(told):
        return None
    if stated.unit == one.unit == "percent" and _relative(one, other).meets(stated.size):
        return None
    computed = abs(one.value - subtracted) * one.points / stated.points
    least, most = (
        None if end is None else stated.like(end / stated.points) for end in (apart.low, apart.high)
    )
    second_shown = other.printed if shown is None else other.like(shown)
    return Fault(
        explanation=(
            f"{one.printed}与{second_shown}之差为{stated.like(computed)}，而文中写为{stated.printed}；"
            + _rounded(least, most)
        )
    )


def _relative(one: Number, other: Number) -> Reach:
    ratio = one.size.over(other.size)
    if ratio is None:
        return Reach(Decimal(-1), Decimal(-1))
    return ratio.scaled(_HUNDRED).minus(Reach(_HUNDRED, _HUNDRED)).size()


def _remainder(after: Number, before: Number, stated: Number) -> bool:
    ratio = after.size.over(before.size)
    return ratio is not None and ratio.scaled(_HUNDRED).meets(stated.size)


def _set(number: Number, stated: Number) -> bool:
    """Whether a rate is set by somebody, and thus exact as printed: a policy rate in steps."""
    official = any(word in number.subject + (number.words or "") for word in _OFFICIAL)
    return official and stated.unit in _RATES and not number.approximate and not stated.approximate


# Rates that are set in steps, and statistics whose change is told of the published number.
_OFFICIAL = (
    *("LPR", "政策利率", "基准利率", "准备金率", "逆回购", "联邦基金利率", "存款机制利率"),
    *("再融资利率", "现金利率", "贴现率", "失业率", "CPI", "PPI", "PMI", "HICP", "PCE", "M1", "M2"),
)


def _widened(reach: Reach, settings: Settings) -> Reach:
    """By the share of its size that the rule's `slack` says."""
    slack = settings.get("slack", Decimal(0)) / _HUNDRED
    low = None if reach.low is None else reach.low - abs(reach.low) * slack
    return Reach(low, None if reach.high is None else reach.high + abs(reach.high) * slack)


def _as_stated(value: Decimal, stated: Number) -> str:
    """*value* with as many decimals as *stated* has, or one more where that would hide the gap."""
    decimals = max(1, len(stated.printed.rstrip("%％").partition(".")[2]))
    shown = round(value, decimals)
    if stated.value is not None and abs(shown) == abs(stated.value):
        return f"{plain(value, places=decimals + 1)}%"
    return f"{shown:,f}%"


def _percent(value: Decimal | None, stated: Number) -> str | None:
    if value is None:
        return None
    decimals = max(1, -int(stated.step.as_tuple().exponent)) if stated.step else 1
    return f"{plain(value, places=decimals)}%"


def _rounded(lower: str | None, upper: str | None) -> str:
    if lower is None or upper is None or lower == upper:
        return "这不是四舍五入能解释的"
    return f"即便计入四舍五入，也只能在{lower}至{upper}之间"
