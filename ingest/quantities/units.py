"""The words of units, folded, and what they mean in the interchange format.

`match_unit` reads the longest unit at a place.  A unit has a *factor*: the value in base
units is the printed number times the factor (美分 is 0.01 USD, ‰ is 0.1 percent).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from ingest.quantities.currencies import CURRENCIES, HUNDREDTHS, find_shared, is_shared
from ingest.quantities.lookalikes import COMPOUNDS, COUNTS_ONLY, LONGER_WORDS, SPLIT


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit word's meaning.  *noun* is the measure word of a count."""

    name: str
    factor: Decimal = Decimal(1)
    noun: str | None = None


_HUNDREDTH = Decimal("0.01")

_RATIOS = {
    "percent": ["%", "个%", "厘"],
    "percentage_point": ["个百分点", "百分点", "个pct", "pct", "pcts", "PCT", "pp", "ppt", "ppts"],
    "basis_point": ["个基点", "基点", "个bp", "bp", "BP", "bps", "BPs", "Bps", "BPS", "bP"],
    "multiple": ["倍", "x", "X"],
    "index_point": ["点", "个点"],
}
_LENGTHS = {
    "trading_day": ["个交易日", "交易日"],
    "working_day": ["个工作日", "工作日"],
    "day": ["天", "个自然日", "自然日", "个日历天", "日历天"],
    "week": ["周", "个星期", "星期", "个礼拜"],
    "month": ["个月"],
    "quarter": ["个季度", "个财季"],
    "year": ["年", "个财年", "个财政年度", "个年头", "载", "岁", "周岁"],
    "hour": ["小时", "个小时", "个钟头"],
    "minute": ["分钟"],
    "second": ["秒", "秒钟"],
    "millisecond": ["毫秒"],
}
_PHYSICAL = {
    "tonne": ["吨", "公吨"],
    "kilogram": ["公斤", "千克", "kg"],
    "gram": ["克", "公克"],
    "jin": ["斤", "市斤"],
    "milligram": ["毫克", "mg"],
    "microgram": ["微克"],
    "pound": ["磅"],
    "ounce": ["盎司", "安士"],
    "carat": ["克拉"],
    "barrel": ["桶"],
    "litre": ["升", "公升"],
    "millilitre": ["毫升", "mL", "ml"],
    "gallon": ["加仑"],
    "bushel": ["蒲式耳"],
    "cubic_metre": ["立方米", "立方公尺", "m³", "m3"],
    "cubic_foot": ["立方英尺"],
    "metre": ["米", "公尺"],
    "kilometre": ["公里", "千米", "km"],
    "centimetre": ["厘米", "公分", "cm"],
    "millimetre": ["毫米", "公厘", "mm"],
    "micrometre": ["微米", "μm"],
    "nanometre": ["纳米", "nm"],
    "mile": ["英里"],
    "nautical_mile": ["海里"],
    "foot": ["英尺", "英呎", "呎"],
    "inch": ["英寸", "英吋", "吋"],
    "chi": ["尺"],
    "square_metre": ["平方米", "平方公尺", "平米", "㎡", "m²", "m2"],
    "square_kilometre": ["平方公里", "平方千米", "平方km", "km²", "km2"],
    "ping": ["坪"],
    "square_foot": ["平方英尺", "平方呎"],
    "square_centimetre": ["平方厘米"],
    "square_mile": ["平方英里"],
    "cubic_centimetre": ["立方厘米"],
    "cubic_kilometre": ["立方公里", "立方千米"],
    "acre": ["英亩"],
    "light_year": ["光年"],
    "mu": ["亩"],
    "hectare": ["公顷"],
    "watt": ["瓦", "W"],
    "kilowatt": ["千瓦", "kW", "KW"],
    "MW": ["兆瓦", "MW"],
    "GW": ["GW", "吉瓦"],
    "TW": ["TW", "太瓦"],
    "watt_hour": ["瓦时", "Wh"],
    "kWh": ["千瓦时", "度电", "kWh", "KWh"],
    "MWh": ["兆瓦时", "MWh"],
    "GWh": ["GWh", "吉瓦时"],
    "TWh": ["TWh", "太瓦时"],
    "kilocalorie": ["千卡", "大卡"],
    "MMBtu": ["百万英热单位", "百万英热", "MMBtu", "mmbtu"],
    "celsius": ["摄氏度", "℃", "°C"],
    "kelvin": ["开尔文", "克耳文"],
    "degree": ["度"],
    "fahrenheit": ["华氏度", "℉", "°F"],
    "TB": ["TB"],
    "GB": ["GB"],
    "MB": ["MB"],
    "PB": ["PB"],
    "TOPS": ["TOPS"],
    "TFLOPS": ["TFLOPS"],
    "PFLOPS": ["PFLOPS"],
    "EFLOPS": ["EFLOPS"],
    "Gbps": ["Gbps"],
    "volt": ["伏", "伏特"],
    "kilovolt": ["千伏", "kV"],
    "mAh": ["毫安时", "mAh"],
    "hectopascal": ["百帕"],
    "kilopascal": ["千帕"],
    "MPa": ["兆帕", "MPa"],
    "decibel": ["分贝"],
    "pixel": ["像素"],
    "Mbps": ["Mbps"],
    "hertz": ["赫兹", "Hz"],
    "kHz": ["千赫", "kHz"],
    "MHz": ["MHz", "兆赫"],
    "GHz": ["GHz"],
    "TEU": ["TEU", "标准箱", "标箱", "个标准箱", "个标箱"],
    "FEU": ["FEU"],
    "deadweight_tonne": ["载重吨"],
    "horsepower": ["马力", "匹马力"],
    "bitcoin": ["BTC"],
    "ether": ["ETH"],
}
_MEASURE_WORDS = (
    "个 家 只 支 人 名 位 辆 台 户 套 件 张 枚 颗 片 块 瓶 箱 盒 包 袋 艘 架 座 栋 幢 部 份 项 "
    "次 起 宗 笔 单 例 款 种 类 条 处 所 间 场 轮 批 股 手 头 羽 匹 棵 株 篇 层 组 票 人次 "
    "架次 辆次 户次 家次 剂 粒 场次 班次 台次 件次 班 页 幅 趟 盏 尾 道 环 局 盘 遍 封 册 卷 "
    "根 枝 朵 双 门 口 字 句 分 球 尊 席 桌 回合 个回合 人份 印张 桩 台套 航次 车次 列次 批次 "
    "轮次 册次 篇次 首 本 集 回 列 行 发 拍 脚 晚 对 具 挺 副 针 帧 床 碗 杯 罐 筐 捆"
).split()
_PER = {
    "count": "枚 个 只 张 支 颗 块 辆 台 套 人 人次 户 件 头 家 次 单 本 条".split(),
    "share": ["股", "份"],
    "piece": ["片"],
    "bottle": ["瓶"],
    "cup": ["杯"],
    "box": ["箱", "盒"],
    "bag": ["袋", "包"],
    "lot": ["手"],
    "day": ["日", "天"],
    "week": ["周"],
    "month": ["月", "个月"],
    "quarter": ["季度", "季"],
    "year": ["年"],
    "hour": ["小时"],
    "minute": ["分钟"],
    "second": ["秒"],
}
"""What a price or a rate is per, beside the physical units."""

_LONGEST_WORD = 6


@cache
def unit_table() -> dict[str, Unit]:
    """Every word of a unit, folded, and its meaning; words that countries share are apart."""
    table = {word: Unit("count", noun=word) for word in _MEASURE_WORDS}
    for group in (_RATIOS, CURRENCIES, _LENGTHS, _PHYSICAL):
        for name, words in group.items():
            table |= dict.fromkeys(words, Unit(name))
    for name, words in HUNDREDTHS.items():
        table |= dict.fromkeys(words, Unit(name, _HUNDREDTH))
    return table | {
        "‰": Unit("percent", Decimal("0.1")),
        "角钱": Unit("CNY", Decimal("0.1")),
        "毛钱": Unit("CNY", Decimal("0.1")),
        "分钱": Unit("CNY", _HUNDREDTH),
        "个世纪": Unit("year", Decimal(100)),
        "旬": Unit("year", Decimal(10)),
    }


_QUOTED = ("USD", "EUR", "GBP")
"""Currencies that others are quoted per unit of: 每美元148日元."""


@cache
def _per_table() -> dict[str, str]:
    """Measure word or physical unit after a slash or 每, to its English name."""
    physical = {word: name for name, words in _PHYSICAL.items() for word in words}
    money = {words[0]: name for name, words in CURRENCIES.items() if name in _QUOTED}
    return money | physical | {word: name for name, words in _PER.items() for word in words}


_MULTIPLIED = re.compile("P/?[EBS]")
"""17.1xP/E"""


def match_unit(text: str, start: int) -> tuple[Unit, int] | None:
    """The longest unit at *start* of the folded *text*, and its end."""
    table = unit_table()
    shared = find_shared(text, start)
    if shared is not None:
        return Unit(shared[0]), shared[1]
    for end in range(min(start + _LONGEST_WORD, len(text)), start, -1):
        unit = table.get(text[start:end])
        if unit is None:
            continue
        if _opens_word(text, start, end):
            continue
        only = COUNTS_ONLY.get(text[start:end])
        if only is not None and not only.match(text, end):
            continue
        last, after = text[end - 1], text[end : end + 1]
        if last.isascii() and last.isalpha() and after.isascii() and after.isalnum():
            if last not in "xX" or not _MULTIPLIED.match(text, end):
                continue
        return unit, end
    return None


def _opens_word(text: str, start: int, end: int) -> bool:
    """Whether the last character of the unit begins another word: 500股指期货 holds no shares."""
    if text[end - 1 : end + 2] in LONGER_WORDS:
        return True
    if text[end - 1 : end + 1] not in COMPOUNDS or text[end - 1 : end + 2] in SPLIT:
        return False
    return not _is_money(text, start, end)


def _is_money(text: str, start: int, end: int) -> bool:
    # 500亿元正在推进, 300元首付: behind a scale or a digit 元 opens no word but 元旦 and the like.
    if text[end - 1] != "元" or not start:
        return False
    before, opened = text[start - 1], text[end : end + 1]
    return before in "千百万亿" or (before in "0123456789" and opened not in "旦月宵宇素器件年")


def match_per(text: str, start: int) -> tuple[str, int] | None:
    """The longest word that a rate may be per at *start*, its English name, and its end."""
    table = _per_table()
    for end in range(min(start + _LONGEST_WORD, len(text)), start, -1):
        name = table.get(text[start:end])
        if name is not None:
            return name, end
    return None


def per_words() -> list[str]:
    """Every word that a rate may be per, longest first."""
    return sorted(_per_table(), key=len, reverse=True)


def is_physical(name: str) -> bool:
    """Whether *name* is a unit of weight, volume, length, energy and the like."""
    return name in _PHYSICAL


def is_currency(name: str) -> bool:
    """Whether *name* is an ISO 4217 code that the grammar knows."""
    return name in CURRENCIES or is_shared(name)


@cache
def _words() -> dict[str, str]:
    named = {"count": "个", "day": "天"}
    for group in (_RATIOS, CURRENCIES, _LENGTHS, _PHYSICAL):
        for name, words in group.items():
            named.setdefault(name, words[0])
    return named | {"CNY": "元"}


def currency_words() -> list[str]:
    """Every Chinese word for a currency, longest first."""
    words = {word for group in CURRENCIES.values() for word in group if not word.isascii()}
    return sorted(words, key=len, reverse=True)


def unit_word(name: str, *, per: bool = False) -> str | None:
    """How the unit *name* is printed, after a slash or 每 where *per*; None if unknown."""
    if per and name in _PER:
        return _PER[name][0]
    return _words().get(name)
