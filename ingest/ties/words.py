"""Words of rising and falling, of more and less, and what each says of two numbers."""

from __future__ import annotations

import re
from decimal import Decimal

from kg.records import Figure
from kg.ties import Sign

UP = (
    "加息|升息|升值|上调|上修|上行|上升|上扬|上涨|上移|升至|升到|升|大涨|收涨|涨|增至|增加|增长|增|提高|提升|提升至|抬升|攀升|"
    "回升|反弹|走高|走阔|走扩|扩大|放大|扩容|扩张|扩至|拉长|延长|加快|跃升|飙升|跳升|推高|拉大|拉升|扩|新增|走强|多增|改善"
)
DOWN = (
    "降息|降准|贬值|下调|下修|下行|下降|下跌|下滑|下移|降至|降到|降|大跌|收跌|跌|减少|减至|减|缩减|缩短|缩小|缩至|缩|回落|"
    "走低|压缩|压降|放缓|滑落|跌落|收缩|收窄|调降|调低|削减|裁减|走软|少增|走弱|恶化|放慢|下挫|回吐"
)
MORE = "高出|高(?![点位峰])|多出|多(?!数)|超出|超过|领先|溢价|贵|(?:上行|上涨|上升)空间|快"
LESS = "低(?![点位谷])|少|落后|折价|折让|便宜|下行空间|下跌空间|慢|不及"
NEUTRAL = "变动|变化|调整|波动|相差|差"

_AROUND = re.compile("(?:左右|上下|以上|以下|余|多|次)$")
_PEOPLE = str.maketrans("名位员口", "人人人人")
_UP = re.compile(f"(?:{UP}|{MORE})")
_DOWN = re.compile(f"(?:{DOWN}|{LESS})")


def sign_of(words: str) -> Sign | None:
    """Which way *words* point; None where they point nowhere or both ways."""
    down = bool(_DOWN.search(words))
    up = bool(_UP.search(_DOWN.sub("", words)))
    if up == down:
        return None
    return "up" if up else "down"


POINTS = frozenset({"percentage_point", "basis_point"})
RATES = frozenset({"percent", *POINTS})
LENGTHS = frozenset({"day", "week", "month", "quarter", "year", "trading_day"})


def is_point(figure: Figure) -> bool:
    """Whether it is one number, not a range."""
    return figure.value is not None


def alike(one: Figure, other: Figure) -> bool:
    """Whether two figures are numbers of one unit; 15元 and 每股18元 are both prices of a share.

    Of what is sold by weight the text has to call both a price.
    """
    if not (is_point(one) and is_point(other)):
        return False
    if one.unit == other.unit == "count" and _measure(one) != _measure(other):
        return False  # 48个航点 and 2,121班
    short, long = sorted((one.unit, other.unit), key=len)
    prices = one.metric == other.metric == "level" and long.startswith(f"{short}/")
    return short == long or prices or long == f"{short}/share"


def _measure(count: Figure) -> str:
    """The measure word that things are counted with; people have several."""
    return _AROUND.sub("", count.text)[-1:].translate(_PEOPLE)


def measures_gap(gap: Figure, level: Figure) -> bool:
    """Whether the unit of *gap* is that of a difference between two of *level*'s."""
    if level.unit.startswith(f"{gap.unit}/"):  # 价差4.3美元, of prices a barrel
        return True
    if level.unit == "index_point" and gap.unit in POINTS:
        return True
    if level.unit in RATES:
        return gap.unit in POINTS or (gap.unit == level.unit and level.unit != "percent")
    return gap.unit == level.unit


def magnitude(figure: Figure) -> Decimal:
    """The size of a point, 0 of a range."""
    return abs(figure.value or Decimal(0))
