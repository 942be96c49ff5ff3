"""The words of money, folded, and their ISO 4217 codes.

Some words serve several countries (比索, 克朗, 第纳尔): `find_shared` tells by the country named
before them, or earlier in the same sentence, which is meant.
"""

from __future__ import annotations

import re
from functools import cache

CURRENCIES = {
    "CNY": ["元人民币", "人民币元", "人民币", "元", "元钱", "块钱", "圆", "RMB", "CNY"],
    "USD": ["美元", "美金", "美圆", "USD"],
    "HKD": ["港元", "港币", "港圆", "HKD"],
    "JPY": ["日元", "日圆", "日币", "JPY"],
    "EUR": ["欧元", "EUR"],
    "GBP": ["英镑", "GBP"],
    "CHF": ["瑞士法郎", "瑞郎", "CHF"],
    "CAD": ["加拿大元", "加元", "CAD"],
    "AUD": ["澳大利亚元", "澳元", "AUD"],
    "NZD": ["新西兰元", "纽元", "NZD"],
    "KRW": ["韩元", "韩圆", "韩币", "KRW"],
    "TWD": ["新台币元", "元新台币", "新台币", "台币", "台元", "TWD"],
    "SGD": ["新加坡元", "新加坡币", "新元", "坡币", "SGD"],
    "MOP": ["澳门元", "澳门币", "MOP"],
    "INR": ["印度卢比", "卢比", "INR"],
    "RUB": ["卢布", "RUB"],
    "THB": ["泰铢", "THB"],
    "VND": ["越南盾", "VND"],
    "IDR": ["印尼盾", "印尼卢比", "IDR"],
    "MYR": ["马来西亚林吉特", "林吉特", "马币", "MYR"],
    "BRL": ["巴西雷亚尔", "雷亚尔", "BRL"],
    "TRY": ["土耳其里拉", "里拉"],
    "ZAR": ["南非兰特", "兰特"],
    "PLN": ["兹罗提"],
    "HUF": ["匈牙利福林", "福林"],
    "SAR": ["沙特里亚尔", "里亚尔"],
    "AED": ["阿联酋迪拉姆", "迪拉姆"],
    "ILS": ["以色列谢克尔", "新谢克尔", "谢克尔"],
    "FJD": ["斐济元", "斐元"],
    "BND": ["文莱元"],
    "BDT": ["孟加拉塔卡", "塔卡"],
    "MMK": ["缅甸元", "缅元", "缅币"],
    "LAK": ["老挝基普", "基普"],
    "KHR": ["柬埔寨瑞尔", "瑞尔"],
    "MNT": ["图格里克"],
    "KZT": ["坚戈"],
    "UAH": ["格里夫纳"],
    "RON": ["罗马尼亚列伊", "列伊"],
    "BGN": ["列弗"],
    "VES": ["玻利瓦尔"],
    "BOB": ["玻利维亚诺"],
    "PEN": ["秘鲁索尔", "新索尔"],
    "NGN": ["尼日利亚奈拉", "奈拉"],
}
HUNDREDTHS = {"USD": ["美分"], "EUR": ["欧分"], "HKD": ["港仙", "仙"], "GBP": ["便士"]}
CURRENCY_MARKS = {
    "US$": "USD",
    "JP¥": "JPY",
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

_SHARED = {
    "比索": "墨西哥MXN 菲律宾PHP 阿根廷ARS 智利CLP 哥伦比亚COP 古巴CUP 乌拉圭UYU 多米尼加DOP",
    "克朗": "瑞典SEK 挪威NOK 丹麦DKK 捷克CZK 冰岛ISK",
    "第纳尔": "科威特KWD 伊拉克IQD 约旦JOD 巴林BHD 利比亚LYD 突尼斯TND 阿尔及利亚DZD 塞尔维亚RSD",
    "先令": "肯尼亚KES 坦桑尼亚TZS 乌干达UGX 索马里SOS",
    "里亚尔": "沙特SAR 沙特阿拉伯SAR 伊朗IRR 卡塔尔QAR 也门YER 阿曼OMR",
    "法郎": "瑞士CHF 西非XOF 非洲XOF 中非XAF 卢旺达RWF 刚果CDF 太平洋XPF",
    "卢比": "印度INR 巴基斯坦PKR 斯里兰卡LKR 尼泊尔NPR 毛里求斯MUR",
    "镑": "埃及EGP 叙利亚SYP 黎巴嫩LBP 苏丹SDG",
    "盾": "越南VND 印尼IDR 印度尼西亚IDR",
    "里拉": "土耳其TRY 意大利ITL",
    "迪拉姆": "阿联酋AED 摩洛哥MAD",
    "马纳特": "阿塞拜疆AZN 土库曼斯坦TMT",
    "坚戈": "哈萨克斯坦KZT",
    "苏姆": "乌兹别克斯坦UZS",
    "索姆": "吉尔吉斯斯坦KGS",
    "格里夫纳": "乌克兰UAH",
    "林吉特": "马来西亚MYR",
    "比尔": "埃塞俄比亚ETB",
    "塞地": "加纳GHS",
    "宽扎": "安哥拉AOA",
    "拉里": "格鲁吉亚GEL",
    "德拉姆": "亚美尼亚AMD",
    "塔卡": "孟加拉国BDT",
    "阿富汗尼": "阿富汗AFN",
}
"""Words of money with the countries that use them, each with its code."""

_NO_MENTION = frozenset({"镑", "盾", "拉里", "比尔", "索姆"})
"""What needs its country right before it: alone these are other words."""


@cache
def _shared() -> dict[str, dict[str, str]]:
    return {
        word: {entry[:-3]: entry[-3:] for entry in countries.split()}
        for word, countries in _SHARED.items()
    }


_WORDS = "|".join(sorted(_SHARED, key=len, reverse=True))
_COUNTRIES = sorted(
    {entry[:-3] for countries in _SHARED.values() for entry in countries.split()},
    key=len,
    reverse=True,
)
_SHARED_WORD = re.compile(rf"(?P<country>{'|'.join(_COUNTRIES)})?(?P<word>{_WORDS})")
_OPENS = frozenset(name[0] for name in (*_SHARED, *_COUNTRIES))


def find_shared(text: str, start: int) -> tuple[str, int] | None:
    """The ISO code of a word of money that countries share, and its end; None where unknown."""
    if text[start : start + 1] not in _OPENS:
        return None
    match = _SHARED_WORD.match(text, start)
    if match is None:
        return None
    countries = _shared()[match["word"]]
    if match["country"]:
        code = countries.get(match["country"])
        return (code, match.end()) if code else None
    if match["word"] in _NO_MENTION:
        return None
    window = text[max(0, start - 100) : start]
    for mark in "。！？\n":
        window = window[window.rfind(mark) + 1 :]
    last = max(countries, key=window.rfind)
    return (countries[last], match.end()) if last in window else None


def is_shared(code: str) -> bool:
    """Whether *code* is of a currency whose word other countries share."""
    return any(code in countries.values() for countries in _shared().values())
