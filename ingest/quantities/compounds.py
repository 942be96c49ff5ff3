"""What follows a unit and adds to it: 两年半, 12元5角, 1小时43分钟, 三年零六个月, 1米79."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from ingest.numerals import CHINESE_DIGITS, read_numeral
from ingest.quantities.units import Unit

_ENDS = r"(?=[\s，。；、！？,;!?()（）的高左以]|\Z)"
_HALF = re.compile(r"半(?![导径价成数月年天夜场程路决途])")
_HALVED = frozenset(
    {"year", "month", "hour", "day", "week", "multiple", "kilometre", "metre", "jin", "tonne"}
)
_COINS = re.compile(
    rf"(?:(?P<tenths>[1-9{CHINESE_DIGITS}])[角毛])?(?:零?(?P<hundredths>[1-9{CHINESE_DIGITS}])分)?"
    r"(?<=[角毛分])(?!之|钟|析|别|配)|[整正]" + _ENDS
)
_FEW = r"零?(?P<count>\d{1,2}|[一二两三四五六七八九十]{1,3})"
_MINUTES = re.compile(rf"分(?={_FEW}秒)")
_HUNDREDTHS = re.compile(r"(?P<digits>\d\d)(?![\d.%年月日])")
"""9秒58"""
_FINER = {
    "hour": (re.compile(rf"{_FEW}分(?:钟|(?![之钟析别配]))"), Unit("minute"), Decimal(60)),
    "minute": (re.compile(rf"{_FEW}秒"), Unit("second"), Decimal(60)),
    "year": (re.compile(rf"{_FEW}个月"), Unit("month"), Decimal(12)),
}
_SENTENCED = re.compile(r"刑|监禁|拘役")
_MONTHS = re.compile(rf"{_FEW}月(?![\d份初底中上下末])")
"""有期徒刑2年6月: a term, and no date."""
_DECIMALS = re.compile(rf"(?P<digits>[1-9]\d?){_ENDS}|(?P<height>\d\d)(?![\d.]|[厘公米个年月日])")
"""5块8, 1米79"""


class Whole(NamedTuple):
    """A unit with what follows it: the number before is worth *factor*, the rest *extra*."""

    end: int
    unit: Unit
    factor: Decimal
    extra: Decimal = Decimal(0)


def read_minutes(text: str, place: int) -> Whole | None:
    """分 with seconds behind it, as in 4分9秒: elsewhere it is a coin, a score or a share."""
    match = _MINUTES.match(text, place)
    return read_whole(text, Unit("minute"), match.end(), Decimal(1)) if match else None


def read_whole(text: str, unit: Unit, end: int, value: Decimal) -> Whole:
    """*unit*, which ends at *end* behind the number *value*, with what adds to it."""
    if unit.name in _HALVED and (half := _HALF.match(text, end)):
        return Whole(half.end(), unit, unit.factor, Decimal("0.5"))
    if unit.name == "CNY" and text[end - 1] in "元圆" and (coins := _COINS.match(text, end)):
        tenth, hundredth = (
            read_numeral(coins[name] or "0") or Decimal(0) for name in ("tenths", "hundredths")
        )
        return Whole(coins.end(), unit, unit.factor, (tenth * 10 + hundredth) / 100)
    if unit.name in _FINER and value < 100:
        pattern, finer, times = _FINER[unit.name]
        if unit.name == "year" and _SENTENCED.search(text, max(0, end - 12), end):
            pattern = _MONTHS if _MONTHS.match(text, end) else pattern
        rest = pattern.match(text, end)
        count = read_numeral(rest["count"]) if rest else None
        if rest and count is not None:
            end, unit, factor, extra = read_whole(text, finer, rest.end(), count)
            return Whole(end, unit, times * factor, count * factor + extra)
    if unit.name == "second" and (hundredths := _HUNDREDTHS.match(text, end)):
        return Whole(hundredths.end(), unit, unit.factor, Decimal(f"0.{hundredths['digits']}"))
    if (unit.name == "metre" or unit.noun == "块") and value < 100:
        decimals = _DECIMALS.match(text, end)
        if decimals is not None and (decimals["digits"] or 1 <= value <= 2):
            money = Unit("CNY") if unit.noun else unit
            digits = decimals["digits"] or decimals["height"]  # 2米21的中锋
            return Whole(decimals.end(), money, Decimal(1), Decimal(f"0.{digits}"))
    return Whole(end, unit, unit.factor)
