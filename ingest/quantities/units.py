"""The words of units, folded, and what they mean in the interchange format.

`match_unit` reads the longest unit at a place.  A unit has a *factor*: the value in base
units is the printed number times the factor (美分 is 0.01 USD, ‰ is 0.1 percent).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache


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
_CURRENCIES = {
    "CNY": ["元人民币", "人民币元", "人民币", "元", "块钱", "圆", "RMB", "CNY"],
    "USD": ["美元", "美金", "美圆", "USD"],
    "HKD": ["港元", "港币", "港圆", "HKD"],
    "JPY": ["日元", "日圆", "JPY"],
    "EUR": ["欧元", "EUR"],
    "GBP": ["英镑", "GBP"],
    "CHF": ["瑞士法郎", "瑞郎", "CHF"],
    "CAD": ["加拿大元", "加元", "CAD"],
    "AUD": ["澳大利亚元", "澳元", "AUD"],
    "NZD": ["新西兰元", "纽元", "NZD"],
    "KRW": ["韩元", "韩圆", "KRW"],
    "TWD": ["新台币元", "元新台币", "新台币", "台币", "台元", "TWD"],
    "SGD": ["新加坡元", "新元", "坡币", "SGD"],
    "MOP": ["澳门元", "澳门币", "MOP"],
    "INR": ["印度卢比", "卢比", "INR"],
    "RUB": ["卢布", "RUB"],
    "THB": ["泰铢", "THB"],
    "VND": ["越南盾", "VND"],
    "IDR": ["印尼盾", "印尼卢比", "IDR"],
    "MYR": ["马来西亚林吉特", "林吉特", "马币", "MYR"],
    "PHP": ["菲律宾比索"],
    "MXN": ["墨西哥比索"],
    "ARS": ["阿根廷比索"],
    "BRL": ["巴西雷亚尔", "雷亚尔", "BRL"],
    "TRY": ["土耳其里拉", "里拉"],
    "ZAR": ["南非兰特", "兰特"],
    "SEK": ["瑞典克朗"],
    "NOK": ["挪威克朗"],
    "DKK": ["丹麦克朗"],
    "PLN": ["兹罗提"],
    "HUF": ["匈牙利福林", "福林"],
    "SAR": ["沙特里亚尔", "里亚尔"],
    "AED": ["阿联酋迪拉姆", "迪拉姆"],
    "ILS": ["以色列谢克尔", "谢克尔"],
}
_HUNDREDTHS = {"USD": ["美分"], "EUR": ["欧分"], "HKD": ["港仙"], "GBP": ["便士"]}
CURRENCY_MARKS = {
    "US$": "USD",
    "HK$": "HKD",
    "NT$": "TWD",
    "AU$": "AUD",
    "CA$": "CAD",
    "NZ$": "NZD",
    "A$": "AUD",
    "C$": "CAD",
    "S$": "SGD",
    "R$": "BRL",
    "JPY¥": "JPY",
    "CN¥": "CNY",
    "$": "USD",
    "¥": "CNY",
    "€": "EUR",
    "£": "GBP",
    "₩": "KRW",
    "₹": "INR",
    "₽": "RUB",
    "฿": "THB",
    "RMB": "CNY",
    "CNY": "CNY",
    "USD": "USD",
    "HKD": "HKD",
    "EUR": "EUR",
    "JPY": "JPY",
    "GBP": "GBP",
    "人民币": "CNY",
    "港币": "HKD",
    "新台币": "TWD",
}
"""What stands before an amount."""

_LENGTHS = {
    "trading_day": ["个交易日", "交易日"],
    "working_day": ["个工作日", "工作日"],
    "day": ["天", "个自然日", "自然日"],
    "week": ["周", "个星期", "星期", "个礼拜"],
    "month": ["个月"],
    "quarter": ["个季度", "个财季"],
    "year": ["年", "个财年", "个财政年度", "载", "岁", "周岁"],
    "hour": ["小时", "个小时", "个钟头"],
    "minute": ["分钟"],
    "second": ["秒", "秒钟"],
    "millisecond": ["毫秒"],
}
_PHYSICAL = {
    "tonne": ["吨", "公吨"],
    "kilogram": ["公斤", "千克", "kg"],
    "gram": ["克"],
    "jin": ["斤", "市斤"],
    "pound": ["磅"],
    "ounce": ["盎司", "安士"],
    "carat": ["克拉"],
    "barrel": ["桶"],
    "litre": ["升", "公升"],
    "millilitre": ["毫升"],
    "gallon": ["加仑"],
    "bushel": ["蒲式耳"],
    "cubic_metre": ["立方米"],
    "cubic_foot": ["立方英尺"],
    "metre": ["米"],
    "kilometre": ["公里", "千米", "km"],
    "centimetre": ["厘米", "公分"],
    "millimetre": ["毫米"],
    "micrometre": ["微米"],
    "nanometre": ["纳米", "nm"],
    "mile": ["英里"],
    "nautical_mile": ["海里"],
    "foot": ["英尺"],
    "inch": ["英寸"],
    "square_metre": ["平方米", "平米", "㎡"],
    "square_kilometre": ["平方公里"],
    "square_foot": ["平方英尺", "平方呎"],
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
    "volt": ["伏"],
    "hertz": ["赫兹"],
    "MHz": ["MHz", "兆赫"],
    "GHz": ["GHz"],
    "TEU": ["TEU", "标准箱", "标箱", "个标准箱", "个标箱"],
    "deadweight_tonne": ["载重吨"],
    "horsepower": ["马力", "匹马力"],
    "bitcoin": ["BTC"],
    "ether": ["ETH"],
}
_MEASURE_WORDS = (
    "个 家 只 支 人 名 位 辆 台 户 套 件 张 枚 颗 片 块 瓶 箱 盒 包 袋 艘 架 座 栋 幢 部 份 项 "
    "次 起 宗 笔 单 例 款 种 类 条 处 所 间 场 轮 批 股 手 头 羽 匹 棵 株 篇 层 组 票 人次 架次 "
    "辆次 户次 家次 剂 粒 场次 班次 台次 件次 班 页 幅 趟 盏"
).split()
_PER = {
    "count": "枚 个 只 张 支 颗 块 辆 台 套 人 户 件 头 家 次 单".split(),
    "share": ["股", "份"],
    "piece": ["片"],
    "bottle": ["瓶"],
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

_COMPOUNDS = frozenset(
    "元素 元器 元件 元宇 元旦 元首 元老 元月 元年 元化 元锂 元材 元电 元前 元期 元结 "
    "元乳 元论 元经 点评 点钟 点半 点对 点火 点击 点名 点燃 点阵 股市 股指 股东 股票 "
    "股价 股息 股权 股民 股本 股债 个股 个人 个税 个体 个别 个性 人民 人工 人形 人均 人才 "
    "人口 人力 人气 人事 人士 人寿 台湾 台积 台州 台企 台股 台资 台风 台阶 只有 只是 只能 "
    "只要 只会 条件 条款 条约 条例 次级 次新 次日 次贷 次要 次年 批发 批准 批复 批价 项目 "
    "家庭 家电 家居 家用 家族 家具 家长 名义 名单 名额 名为 名称 位数 起售 位于 位置 位列 "
    "位居 户均 户籍 手机 手续 手段 手中 部分 部门 部委 部长 部署 场景 场内 场外 场均 座舱 "
    "例如 例会 种植 种子 种业 类似 类型 类别 层面 层级 层次 起步 起飞 起点 起始 起诉 起来 "
    "起至 款项 单日 单月 单季 单位 单价 单周 单个 单一 套现 套利 套餐 套期 张家 片区 块链 "
    "包括 包含 包装 架构 笔记 所以 所得 所有 所在 所属 间接 间隔 间谍 轮动 轮胎 轮值 支付 "
    "支出 支持 支撑 支柱 头部 头寸 组合 组成 组织 组件 票据 票房 票价 票面 票息 份额 份股 "
    "件套 升至 升到 升值 升级 升幅 升为 升势 升破 升逾 升超 升近 升温 升高 升息 升水 升约 "
    "升上 升穿 升降 克服 克朗 米兰 米其 瓦解 周期 周年 周报 周刊 周转 周边 周线 年期 年级 "
    "年代 年度 年报 年初 年末 年底 年国 年美 年德 年日 年英 年债 年龄 年线 年轻 年轮 年均 "
    "年化 天然 天津 天期 天猫 天气 天使 天合 吨级 倍数 倍率 月饼 亩产 箱体 秒杀 处理 处于 "
    "处罚 处在 匹配 头条 剂量 剂型 粒度 班子 班级 班组 班轮 班车 页岩 页面 页码 幅度".split()
)
"""Words whose first character would else be read as a unit: 500股指期货 holds no shares."""

_LONGEST_WORD = 6


@cache
def _table() -> dict[str, Unit]:
    table = {word: Unit("count", noun=word) for word in _MEASURE_WORDS}
    for group in (_RATIOS, _CURRENCIES, _LENGTHS, _PHYSICAL):
        for name, words in group.items():
            table |= dict.fromkeys(words, Unit(name))
    for name, words in _HUNDREDTHS.items():
        table |= dict.fromkeys(words, Unit(name, _HUNDREDTH))
    return table | {"‰": Unit("percent", Decimal("0.1"))}


@cache
def _per_table() -> dict[str, str]:
    """Measure word or physical unit after a slash or 每, to its English name."""
    physical = {word: name for name, words in _PHYSICAL.items() for word in words}
    return physical | {word: name for name, words in _PER.items() for word in words}


def match_unit(text: str, start: int) -> tuple[Unit, int] | None:
    """The longest unit at *start* of the folded *text*, and its end."""
    table = _table()
    for end in range(min(start + _LONGEST_WORD, len(text)), start, -1):
        unit = table.get(text[start:end])
        if unit is None:
            continue
        if text[end - 1 : end + 1] in _COMPOUNDS and not _is_money(text, start, end):
            continue
        last, after = text[end - 1], text[end : end + 1]
        if last.isascii() and last.isalpha() and after.isascii() and after.isalnum():
            continue
        return unit, end
    return None


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
    return name in _CURRENCIES


@cache
def _words() -> dict[str, str]:
    named = {"count": "个", "day": "天"}
    for group in (_RATIOS, _CURRENCIES, _LENGTHS, _PHYSICAL):
        for name, words in group.items():
            named.setdefault(name, words[0])
    return named | {"CNY": "元"}


def currency_words() -> list[str]:
    """Every Chinese word for a currency, longest first."""
    words = {word for group in _CURRENCIES.values() for word in group if not word.isascii()}
    return sorted(words, key=len, reverse=True)


def unit_word(name: str, *, per: bool = False) -> str | None:
    """How the unit *name* is printed, after a slash or 每 where *per*; None if unknown."""
    if per and name in _PER:
        return _PER[name][0]
    return _words().get(name)
