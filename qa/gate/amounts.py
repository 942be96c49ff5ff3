"""Whether one amount says what another says, as exactly as it is printed."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, TypeAlias

from kg.records import Figure, Quantity

Amount: TypeAlias = Quantity | Figure

# One of a unit in the smallest of its family, where the calendar or arithmetic fixes it.
_FAMILIES: Final[dict[str, tuple[str, Decimal]]] = {
    "percentage_point": ("point", Decimal(100)),
    "basis_point": ("point", Decimal(1)),
    "month": ("month", Decimal(1)),
    "quarter": ("month", Decimal(3)),
    "year": ("month", Decimal(12)),
    "day": ("day", Decimal(1)),
    "week": ("day", Decimal(7)),
}
_ALIKE = (
    "家间所座个处门店",
    "人名位",
    "辆台部",
    "枚个颗",
    "只支头股",
    "次轮回度",
    "项个款",
    "套户间",
    "例起宗件单笔",
    "张片块",
)
_MOST = re.compile("最高|最多|上限|高达|至多|不超过|最大|以内|不高于")
_LEAST = re.compile("最低|最少|下限|至少|不低于|不少于|起步|最小|以上")
_ABOVE = re.compile("逾|超|以上|多|不低于|不少于|至少|起|突破")
_BELOW = re.compile("近|不足|不到|将近|接近|以下|不超过|至多|以内|未满")


def same_unit(one: Amount, other: Amount) -> bool:
    """Whether both are in units of one family: 5个百分点 and 500个基点, never 5%."""
    a, b = one.unit, other.unit
    if a == b:
        return a != "count" or _same_noun(one, other)
    if "number" in (a, b):
        left = b if a == "number" else a
        return left not in ("percent", "percentage_point", "basis_point")
    if a.partition("/")[0] == b.partition("/")[0] and ("/" in a) != ("/" in b):
        return True  # 70美元 of 70美元/桶
    family, other_family = _FAMILIES.get(a), _FAMILIES.get(b)
    return bool(family and other_family and family[0] == other_family[0])


def _same_noun(one: Amount, other: Amount) -> bool:
    a, b = getattr(one, "noun", None), getattr(other, "noun", None)
    if a is None or b is None or a == b:
        return True
    return any(a[:1] in row and b[:1] in row for row in _ALIKE)


def same_size(claimed: Quantity, stated: Amount, *, around: str = "") -> bool:
    """Whether *claimed* gives the size, signs apart, that *stated* gives.

    A rounding is allowed where it is told (约); a bound of a range where the words *around* it
    say that it is one (最高10% of 3%至10%).
    """
    if not same_unit(claimed, stated):
        return _is_doubled(claimed, stated, around)
    mine, theirs = _bounds(claimed), _bounds(stated)
    if mine == theirs:
        return _same_side(claimed, stated)
    if claimed.value is not None and stated.value is not None:
        rounded = not stated.approximate and _rounded(claimed, mine[1], theirs[1])
        return rounded or _exceeds(claimed, mine[1], theirs[1])
    if claimed.value is not None and stated.value is None:
        low, high = theirs
        if high is not None and mine[1] == high and _MOST.search(around + claimed.text):
            return True
        return low is not None and mine[0] == low and bool(_LEAST.search(around + claimed.text))
    if stated.value is not None and (mine[0] is None or mine[1] is None):
        known = mine[0] if mine[0] is not None else mine[1]
        return known == theirs[1]  # 不低于100亿 of 100亿以上
    return False


def _is_doubled(claimed: Quantity, stated: Amount, around: str) -> bool:
    """两倍多, or 增长一倍, of 翻一番以上."""
    if claimed.unit != "multiple" or stated.unit != "percent" or "番" not in stated.text:
        return False
    if claimed.value is None or stated.value is None:
        return False
    times = claimed.value if re.search("[增涨升多]", around[-4:]) else claimed.value - 1
    return times * 100 == stated.value and _same_side(claimed, stated)


def same_amount(one: Amount, other: Amount) -> bool:
    """Whether both give one size in one family of units, signs apart."""
    return same_unit(one, other) and _bounds(one) == _bounds(other)


def _same_side(claimed: Quantity, stated: Amount) -> bool:
    """逾100亿 is not 近100亿; whoever leaves the word out says less, not something else."""
    above, below = _ABOVE.search(claimed.text), _BELOW.search(claimed.text)
    if above and not below:
        return _BELOW.search(stated.text) is None or _ABOVE.search(stated.text) is not None
    if below and not above:
        return _ABOVE.search(stated.text) is None or _BELOW.search(stated.text) is not None
    return True


def _rounded(claimed: Quantity, mine: Decimal | None, theirs: Decimal | None) -> bool:
    if not claimed.approximate or mine is None or theirs is None or not mine:
        return False
    return abs(mine - theirs) * 2 <= _step(claimed, mine)


def _exceeds(claimed: Quantity, mine: Decimal | None, theirs: Decimal | None) -> bool:
    """逾120亿 of 125.3亿: the next rounder number below."""
    if mine is None or theirs is None or not mine:
        return False
    step = _step(claimed, mine, round_by=2)
    if _ABOVE.search(claimed.text):
        return mine < theirs < mine + step
    if _BELOW.search(claimed.text):
        return mine - step < theirs < mine
    return False


def _step(claimed: Quantity, size: Decimal, *, round_by: int = 1) -> Decimal:
    """One of the last digit that *claimed* prints: 0.1 of 7.0%, ten million of 1.6亿."""
    number = re.search(r"\d[\d,]*(?:\.(\d+))?", claimed.text)
    scale = _FAMILIES.get(claimed.unit, ("", Decimal(1)))[1]
    if number is None:
        return scale * (10 if size >= 10 * scale else 1)
    printed = Decimal(number[0].replace(",", ""))
    if not printed:
        return Decimal(0)
    digits = len(number[1] or "")
    zeros = len(number[0]) - len(number[0].rstrip("0")) if not digits else 0
    step = Decimal(10) ** (min(zeros, round_by) - digits)
    return abs(size / printed * step)


def printed_step(amount: Quantity) -> Decimal:
    """One of the last digit that *amount* prints, in its own unit."""
    value = amount.value
    if value is None:
        return Decimal(0)
    number = re.search(r"\d[\d,]*(?:\.(\d+))?", amount.text)
    if number is None:
        return _step(amount, abs(value)) if amount.approximate else Decimal(0)
    printed = Decimal(number[0].replace(",", ""))
    if not printed:
        return Decimal(0)
    return abs(value / printed) * Decimal(10) ** -len(number[1] or "")


def _bounds(amount: Amount) -> tuple[Decimal | None, Decimal | None]:
    """The sizes of *amount*, the smaller first, in the smallest unit of its family."""
    factor = _FAMILIES.get(amount.unit, ("", Decimal(1)))[1]
    if amount.value is not None:
        size = abs(amount.value * factor)
        return size, size
    low = None if amount.low is None else abs(amount.low * factor)
    high = None if amount.high is None else abs(amount.high * factor)
    if low is not None and high is not None and low > high:
        low, high = high, low
    if low is None and amount.high is not None and amount.high < 0:
        return high, None
    return low, high
