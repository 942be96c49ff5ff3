"""Numerals as they are printed in Chinese text, read as exact decimals.

`fold` maps a text to the one spelling that the grammars are written in, character for
character, so that every offset into the folded text is an offset into the text.
`read_numeral` reads one numeral: 1,826.4 · 2.31万亿 · 1亿2000万 · 一点二万亿 · 三万五 · 二〇二五.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal, localcontext
from functools import lru_cache

EXACT = Context(prec=200)
"""Arithmetic on numerals of at most `LONGEST` characters is exact here."""

LONGEST = 40
"""A longer numeral is an identifier, not a number that anybody states."""

CHINESE_DIGITS = "零〇一二两三四五六七八九幺"
_DIGITS = str.maketrans("零〇一二两三四五六七八九幺点", "0012234567891.")
_OPENS = frozenset(CHINESE_DIGITS + "0123456789十百")
_IN_A_ROW = re.compile(f"[{CHINESE_DIGITS[2:]}][{CHINESE_DIGITS}]")
_SIGNS = frozenset("+-负")
_POWERS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8, "兆": 12}
_LADDERS = {
    small + large: _POWERS.get(small, 0) + power
    for small in ("", "十", "百", "千")
    for large, power in {"": 0, "万": 4, "亿": 8, "万亿": 12, "兆": 12}.items()
    if small + large
}
_PLAIN = re.compile(
    rf"([0-9][0-9,]*(?:\.[0-9]+)?) ?({'|'.join(sorted(_LADDERS, key=len, reverse=True))})?"
)
_TOKEN = re.compile(
    rf"(?P<arabic>[0-9][0-9,]*(?:\.[0-9]+)?)"
    rf"|(?P<chinese>[{CHINESE_DIGITS}]+(?:点[{CHINESE_DIGITS}]+)?)"
    rf"|(?P<fraction>点(?:[{CHINESE_DIGITS}]+|[0-9]+))"
    r"|(?P<scale>[十百千万亿兆])|(?P<space> )"
)

_VARIANTS = """
壹一 贰二 叁三 肆四 柒七 捌八 玖九 拾十 佰百 仟千 貳二 參三 億亿 萬万 兩两 點点 負负
個个 幣币 圓圆 鎊镑 噸吨 輛辆 隻只 臺台 戶户 張张 條条 間间 項项 種种 類类 處处 場场 層层 顆颗 塊块
盤盘 節节 筆笔 時时 鐘钟 農农 畝亩 頃顷 積积 歐欧 韓韩 盧卢 約约 餘余 過过 達达 當当 週周 財财 於于
從从 後后 來来 內内 漲涨 減减 斬斩 數数 佔占 將将 無无
"""
_FOLDED = {
    **{chr(0xFF01 + i): chr(0x21 + i) for i in range(94)},  # the full-width ASCII block
    **{pair[0]: pair[1] for pair in _VARIANTS.split()},
    "○": "〇",
    "\u00a0": " ",
    "\u202f": " ",
    "∶": ":",
    "〜": "~",
    "∼": "~",
    "−": "-",
    "‐": "-",
    "‑": "-",
    "﹣": "-",
    "–": "—",
    "―": "—",
    "﹪": "%",
    "￥": "¥",
    "￡": "£",
}
# The sentence marks keep their width: ， ends a quantity where the ASCII comma groups digits.
_WIDE_GROUP = re.compile("(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")
_WIDE_POINT = re.compile(f"(?<=[{CHINESE_DIGITS}])．(?=[{CHINESE_DIGITS}])")
_SURNAME = re.compile(  # 伍 and 陆 are names, but among the other capital numerals
    r"(?<=[壹贰叁肆伍陆陸柒捌玖拾佰仟萬万億亿零元圆角点點一二三四五六七八九十百千])[伍陆陸]|[伍陆陸](?=[拾佰仟萬万億亿]|[元圆][整正])|\A[伍陆陸]\Z"
)
_FOLDING = str.maketrans({k: v for k, v in _FOLDED.items() if k not in "，：；！？（）"})


@lru_cache(maxsize=64)  # a sentence is read for quantities, periods and ties in turn
def fold(text: str) -> str:
    """*text* in the spelling of the grammars: half-width, simplified numerals and unit words.

    The result has the length of *text*.
    """
    if _WIDE_GROUP.search(text):
        text = _WIDE_GROUP.sub(",", text)
    if "．" in text:
        text = _WIDE_POINT.sub("点", text)  # 六一．五公尺
    if "伍" in text or "陆" in text or "陸" in text:
        text = _SURNAME.sub(lambda digit: "五" if digit.group() == "伍" else "六", text)
    return text.translate(_FOLDING)


def read_numeral(numeral: str) -> Decimal | None:
    """The value of one folded numeral, or None where it is not well formed or too long.

    Arabic and Chinese digits mix, a scale multiplies what stands before it (2.31万亿,
    1亿2000万), a closing digit after a scale counts tenths of it (三万五 is 35000), Chinese
    digits without scales are positional (二〇二五 is 2025).  负 and a sign negate; fractions
    (三分之二, 一又二分之一) are exact where they end, else of 28 digits.
    """
    if len(numeral) > LONGEST:
        return None
    plain = _PLAIN.fullmatch(numeral)
    if plain is not None:
        number = Decimal(plain[1].replace(",", ""))
        return _lift(number, _LADDERS[plain[2]]) if plain[2] else number
    if numeral[:1] in _SIGNS:
        value = read_numeral(numeral[1:])
        return value if value is None or numeral[0] == "+" else -value
    whole, _, fraction = numeral.rpartition("又")
    denominator, over, numerator = fraction.partition("分之")
    if over:
        below, above = read_numeral(denominator.strip()), read_numeral(numerator.strip())
        more = read_numeral(whole) if whole else Decimal(0)
        if not below or above is None or more is None:
            return None
        return more + (above / below).copy_sign(more) if more else above / below
    with localcontext(EXACT):
        value = _compose(numeral.replace("廿", "二十").replace("卅", "三十"))
        return None if value is None else _lift(value, 0)


def _lift(number: Decimal, power: int) -> Decimal:
    lifted = number.scaleb(power, EXACT)
    exponent = lifted.as_tuple().exponent
    # Printed without an exponent: 2310000000000, not 2.31E+12.
    return (
        EXACT.quantize(lifted, Decimal(1)) if isinstance(exponent, int) and exponent > 0 else lifted
    )


def _compose(numeral: str) -> Decimal | None:
    # A power of ten lifts what stands below it: 百 the digit before it, 万 the section
    # under 万, 亿 everything so far under 亿.
    total = below = section = Decimal(0)
    number: Decimal | None = None
    if numeral[:1] not in _OPENS:
        return None
    scaled = False
    power = 0  # of the scale just read, where a closing digit may lean on it
    ceiling = 4  # 千, 百 and 十 descend within a section
    position = 0
    while position < len(numeral):
        token = _TOKEN.match(numeral, position)
        if token is None:
            return None
        position = token.end()
        kind, written = token.lastgroup, token.group()
        if kind == "space":
            continue
        if kind != "scale":
            if number is not None:
                return None
            number = Decimal(written.replace(",", "").translate(_DIGITS))
            if len(written) > 1:
                if scaled and kind == "chinese" and _IN_A_ROW.match(written):
                    return None  # 十一两一: digits in a row stand for themselves only
                power = 0  # 一百零五: nothing is left out before the last digit
            continue
        scaled = True
        power = _POWERS[written]
        if power < 4:
            if power >= ceiling:
                return None  # 十一十二
            ceiling = power
            section += (number or Decimal(1)).scaleb(power)  # 零十二 is 12
            number = None
            continue
        ceiling = 4
        if power == 4:
            lifted, section = section + (number or 0), Decimal(0)
            if (not lifted and not below) or (lifted and below and "点" not in numeral):
                return None  # 八万十万 are two numbers, 一万万 is one
            below = (below + lifted).scaleb(power)
        else:
            lifted, below, section = below + section + (number or 0), Decimal(0), Decimal(0)
            if (not lifted and not total) or (lifted and 0 < total <= lifted.scaleb(power)):
                return None
            total = total + lifted.scaleb(power) if lifted else total.scaleb(power)
        number = None
    if number is not None and power > 1 and number < 10:
        number = number.scaleb(power - 1)
    return total + below + section + (number or 0)


def times(value: Decimal, factor: Decimal) -> Decimal:
    """The exact product, as a whole number where it is one."""
    if factor == 1:
        return value
    product = EXACT.multiply(value, factor)
    whole = product.to_integral_value()
    return EXACT.quantize(product, Decimal(1)) if product == whole else product
