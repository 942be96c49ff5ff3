"""One numeral with what belongs to it: the prefix before, scale and unit after."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal, NamedTuple, TypeAlias

from ingest.numerals import CHINESE_DIGITS, EXACT, read_numeral, times
from ingest.quantities.compounds import read_minutes, read_whole
from ingest.quantities.prefixes import Hedge, Prefix, read_prefix
from ingest.quantities.units import (
    Unit,
    currency_words,
    is_currency,
    is_physical,
    match_per,
    match_unit,
)

Shape: TypeAlias = Literal["arabic", "chinese", "fraction"]

_C = CHINESE_DIGITS
_GROUPED = (  # 12 345吨: spaces group digits where a unit closes them
    r"(?<!\d)(?<!\d[ .,])\d{1,3}(?: \d{3}){1,4}(?!\d)"
    r"(?=(?:\.\d{1,4})? ?[万亿]?(?:[美港日欧]?元|英镑|[吨桶辆台只家人名户股点倍套件枚个%]))"
)
_LOOSE = r"(?<=[一-龥])\d{1,3}\. \d{1,4}(?= ?[%万亿])"  # 涨幅为0. 4%
_ARABIC = (
    rf"(?:\d{{1,3}}(?:,\d{{3}}){{1,8}}+(?!\d)|{_GROUPED}|{_LOOSE}|\d++)(?:\.\d++|\.(?=[万亿]元))?+"
)
_SCALE = (
    r"(?:(?!百万英热)[十百千]?(?:万亿|万|亿|兆(?![瓦赫帕欧伏]))"
    r"|[百千](?![瓦克米卡赫伏帕分兆]|万英热))"
)
_ONES = r"(?:(?<=[万亿])\d{3,4}(?!\d)|(?<=万)[1-9](?=[\s，。；、（()）]|\Z))?"  # 3万2471, 均价4万5
_MIXED = rf"{_ARABIC}(?: ?{_SCALE}(?:\d{{1,4}}(?:\.\d{{1,4}})?{_SCALE}){{0,3}}{_ONES})?"
_CHINESE = (
    r"(?!(?<=[唯统单同专逐划])一|零下)"
    # 一百二十八千瓦: behind tens 千 and 百 belong to the unit
    rf"[{_C}十廿卅](?:[{_C}十廿卅万亿]|兆(?![瓦赫帕欧伏])|(?<![十百])(?<![十百零][{_C}])千|(?<!十)(?<!十[{_C}])(?<!百零[{_C}])百)*+"
    rf"(?:点[{_C}]++[十百千万亿]*+)?"
)
_BARE_SCALE = (  # 逾千亿元, 近百股
    r"(?<=[近超逾破达过])(?:[百千]?万亿|[百千]亿|[百千]万|[百千万亿])"
    r"(?=余?(?:元|[美港欧日]元|英镑|[股家人辆只名吨台套户件个项次份张亩座处条位篇场部]"
    r"|点击|播放|浏览|粉丝|用户|观众|网友|民众|市民|村民|群众|学生|居民|会员|读者|游客|旅客|平方))"
    r"|(?<=[超逾过近破])(?:[百千]?万亿|[百千]?亿)(?=[，。；、！）)的]|大关|关口|\Z)"
    rf"|(?<![数几上成\d{_C}十百千万])(?:[百千]万|[百千万])(?=[余多][名位家个件人户只项场次架辆吨亩公米元页])"
)
_HEADS = re.compile(  # 600多万残疾人: the noun itself says that things are counted
    r"(?:(?:(?![给帮让助为用买卖建供把被向元至到大强佳]|在(?![校职册读编]))[一-龥]){1,6}?的?)?"
    r"(?:人口|民众|群众|居民|市民|村民|网民|农民|用户|会员|粉丝|学生|考生|公务员|毕业生|学子"
    r"|工人|职工|员工|劳动力|游客|游人|旅客|乘客|观众|读者|网友|残疾人|老年?人|儿童|患者|病例"
    r"|官兵|将士|球迷|将领|司机|难民|移民|灾民|党员|干部|教师|医生|志愿者|消费者|投资者|股民|家庭|企业|商户|客户"
    r"|农户|贫困户|岗位|人才|华侨|华人|侨胞|同胞|大军|读者|受众|选民|士兵|军人)"
)
_STATISTIC = re.compile("篮板|助攻|抢断|盖帽|失误(?!率)|犯规")
"""8篮板8助攻"""
_BARE_HALF = (  # 不到半年, 为期半个月
    r"(?<![上下前后大小多])半(?=个(?:月|小时|季度|交易日)|年(?![度报末底初来内里线后前多])|小时|天)|半(?=个百分点)"
    r"|(?<=[近约到足])半(?=米|公里|公斤|[吨斤亩])"
)
_PART = (
    rf"(?:\d{{1,4}}|[{_C}十百]{{1,4}})又(?:\d{{1,2}}/\d{{1,2}}(?!\d)|[{_C}十]{{1,3}}分之[{_C}十]{{1,3}})"
    r"|(?<=[约近超逾占达有足到为的降减增少])[1-9]/(?:[2-9]|1[0-9])(?![\d./:]|决赛|淘汰|赛)"
)
"""5又1/3局, 约1/4; bare slashes are scores, seasons and names as well."""
_FRACTION = (
    rf"(?:[{_C}十百千万]{{1,8}}|\d{{1,5}})分之 ?"
    rf"(?:[{_C}十百千点]{{1,12}}|\d{{1,3}}(?:,\d{{3}}){{1,3}}|\d{{1,9}}(?:\.\d{{1,9}})?)"
)
NUMERAL = rf"(?:{_PART}|{_FRACTION}|{_MIXED}|{_CHINESE}|{_BARE_SCALE}|{_BARE_HALF})"
"""A numeral over folded text, without sign and unit."""

_NUMERAL = re.compile(NUMERAL)
_SLIP = re.compile(r"(?<=[\d.]) (?=\d)|\.(?=[万亿])")
"""12 345, 0. 4, 134.亿"""
_LEADING_DIGITS = re.compile(r"[\d,]+(?:\.\d+)?")
_PAIR = re.compile(
    rf"(?P<head>(?:[{_C}]?[十百千万亿])*)(?P<low>[{_C}])(?P<high>[{_C}])(?P<tail>[十百千万亿]*)"
)
_NEIGHBOURS = frozenset("一二 一两 二三 三两 两三 三四 四五 五六 六七 七八 八九 三五".split())
_MORE = re.compile(rf" ?[余多来](?P<scale>{_SCALE})?")
_SPOKEN_SCALE = re.compile(r"个(万亿|[万亿])(?![里年])")
"""两个亿, 一百多个亿"""
_OF_MANY = re.compile(r"来|多(?:方|边|样|元化|么|少|国|地|措|重|云|头|功能|于)")
_ENGLISH_SCALE = re.compile(r" ?(million|billion|trillion|bn|mn|tn|[kKmMbBT])(?![A-Za-z])")
_ENGLISH_POWERS = {"k": 3, "m": 6, "mn": 6, "million": 6, "b": 9, "bn": 9, "billion": 9}
_TENTHS = re.compile(
    rf"成(?P<rest>半|[{_C}](?![{_C}十百千万亿]))?(?![本立交为员长都果功分品熟就效年人绩份套群])"
    rf"|(?<=[约近超过逾达中有占][{_C}])成(?=为)"  # 超过两成为柴油车
)
_DISCOUNT = re.compile(r"折(?![扣价旧合射算让戟损现])")
_ODD_MEASURE = re.compile(r"个(?P<odd>[半多余])(?P<unit>月|小时|季度|交易日|星期|百分点|世纪)")
_IN_A_ROW = re.compile(r"(?:连续|一连|为期|历时|长达|持续)\Z")
_CURRENCY = re.compile(rf"(?<![兑对换])(?:{'|'.join(currency_words())})\Z")
_SCALES_OF_HEAT = {"摄氏": "celsius", "华氏": "fahrenheit"}
_OF_HEAT = re.compile("温|摄氏|零[上下]|[寒炎酷]|热")
_AGAINST = re.compile(rf"(?P<currency>{'|'.join(currency_words())})(?:兑换?|对)\Z")
_SLASH = re.compile(r"(?: ?/|每) ?")
_OF_PRICE = re.compile("[花卖买赚挣给付要价钱收费涨跌]")
_PRICED = re.compile("[价售降租居费贷寓墅]|楼盘|住宅|[新现]房")
_OFFERED = frozenset("享全抢拿售送买开(")
_LASTING = re.compile(r"(?:片长|时长|历时|耗时|用时|为时)(?:为|达|约|近)?[\d.]*\Z")
_MONEY_ENDS = re.compile(r"[\s，。；、！？,;!?呢吧啊了的多]|\Z")
_ALIKE = re.compile("[/／][台套件辆个只头架艘组]|[(（][台套件辆个只头架艘组][)）]")
"""万台/套, 130余件（套）: one thing counted by either word."""
_FOR_ONE = re.compile(
    r"(?:一|1)(?=(?:个月|平方米|公斤|小时|盎司|公里|[桶度股手斤吨张次只件人瓶杯天月年克份位台盒箱碗本条])(?![期多半内后前来之以性种工均月]))"
)
"""2元一斤"""
_OF_EXCHANGE = frozenset("兑换对")
_FILLERS = frozenset(" 整")  # 30 亿, 一整年
_THINGS = frozenset("台套件辆个只头架艘组幅")
_TIMES = frozenset({"day", "week", "month", "quarter", "year"})
_PERCENT, _COUNT = Unit("percent"), Unit("count")
_ZERO, _ONE, _HALF_OF = Decimal(0), Decimal(1), Decimal("0.5")


class Term(NamedTuple):
    """A numeral read with its surroundings; *low* and *high* differ for 二三十."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    mantissa: Decimal  # without its scale: 1.2 of 1.2亿
    power: Decimal  # the scale with the unit's factor: 1E8 of 1.2亿
    unit: Unit | None
    per: str | None
    marked: bool  # the currency stands before the numeral: $3
    sign: int  # -1, 0 (none printed), 1, or 2 for ±
    hedge: Hedge | None
    numeral: str
    shape: Shape


class _Numeral(NamedTuple):
    low: Decimal
    high: Decimal
    mantissa: Decimal
    scale: Decimal


class _Tail(NamedTuple):
    """What follows the numeral: its end, unit, factor, and what 半 or 角 adds."""

    end: int
    unit: Unit | None = None
    factor: Decimal = _ONE
    extra: Decimal = _ZERO
    about: bool = False


def read_term(text: str, start: int, floor: int) -> Term | None:
    """The term whose numeral stands at *start*; its prefix reaches back to *floor* at most."""
    match = _NUMERAL.match(text, start)
    if match is None:
        return None
    numeral, end = match.group(), match.end()
    fraction = "又" not in numeral and ("分之" in numeral or "/" in numeral)
    number = _read_fraction(numeral) if fraction else _read_number(numeral)
    if number is None:
        return None
    prefix = read_prefix(text, start, floor)
    tail = _Tail(end, _PERCENT) if fraction else _read_tail(text, end, number, prefix)
    if prefix.per is not None and not _is_rate(tail.unit, prefix.per):
        # 每次0.25% is a rate of nothing: 每次 stays outside.
        prefix = read_prefix(text, start, prefix.per_end)
    if tail.unit is None and text[end : end + 1] == "日" and _follows_run(text, prefix.start):
        tail = _Tail(end + 1, Unit("day"))  # 连续3日
    if tail.unit is not None and tail.unit.noun is not None and text[start - 1 : start] == "负":
        prefix = Prefix(start)  # 净负9球: lost by
    per, end = prefix.per, tail.end
    if text[end - 1] == "岁" and text[prefix.start - 1 : prefix.start] == "快":
        prefix = prefix._replace(start=prefix.start - 1, hedge="about")  # 今年快80岁
    if numeral[0] in "百千万亿" and text[prefix.start - 1 : prefix.start] == "过":
        prefix = prefix._replace(start=prefix.start - 1, hedge="about")  # 过亿点击量
    prefix, tail = _named_before(text, prefix, tail, floor)
    prefix, tail = _in_degrees(text, prefix, tail, floor)
    alike = _ALIKE.match(text, end) if tail.unit is not None and tail.unit.noun else None
    if alike is not None and tail.unit is not None and tail.unit.noun in _THINGS:
        end = alike.end()
    elif tail.unit is not None and per is None:
        slash = _SLASH.match(text, end)
        if slash is None and is_currency(tail.unit.name):
            slash = _FOR_ONE.match(text, end)
        found = match_per(text, slash.end()) if slash else None
        if found is not None:
            per, end = found
    if per is None and text[prefix.start - 1 : prefix.start] in _OF_EXCHANGE:
        per = _exchanged(text, prefix.start, tail.unit)
    return Term(
        start=prefix.start,
        end=end,
        low=times(number.low, tail.factor) + tail.extra,
        high=times(number.high, tail.factor) + tail.extra,
        mantissa=number.mantissa,
        power=EXACT.multiply(number.scale, tail.factor),
        unit=tail.unit,
        per=per,
        marked=prefix.mark is not None,
        sign=prefix.sign,
        hedge=prefix.hedge or ("about" if tail.about else None),
        numeral=numeral,
        shape="fraction" if fraction else "arabic" if numeral[0].isdigit() else "chinese",
    )


def _follows_run(text: str, start: int) -> bool:
    return _IN_A_ROW.search(text, max(0, start - 2), start) is not None


def _named_before(text: str, prefix: Prefix, tail: _Tail, floor: int) -> tuple[Prefix, _Tail]:
    """美元21万元: the word before tells which 元."""
    unit = tail.unit
    if unit is None or unit.name != "CNY" or prefix.mark or text[tail.end - 1] != "元":
        return prefix, tail
    named = _CURRENCY.search(text, max(floor, prefix.start - 6), prefix.start)
    found = match_unit(text, named.start()) if named else None
    if named is None or found is None or found[0].name == "CNY":
        return prefix, tail
    return prefix._replace(start=named.start()), tail._replace(unit=found[0])


def _in_degrees(text: str, prefix: Prefix, tail: _Tail, floor: int) -> tuple[Prefix, _Tail]:
    """气温15度 and 摄氏15度 are degrees of Celsius, 倾斜15度 is an angle."""
    if tail.unit is None or tail.unit.name != "degree":
        return prefix, tail
    start = prefix.start
    scale = _SCALES_OF_HEAT.get(text[max(floor, start - 2) : start])
    if scale is not None:
        return prefix._replace(start=start - 2), tail._replace(unit=Unit(scale))
    if _OF_HEAT.search(text, max(0, start - 12), tail.end + 2):
        return prefix, tail._replace(unit=Unit("celsius"))
    return prefix, tail


def _exchanged(text: str, start: int, unit: Unit | None) -> str | None:
    """The currency that an amount is the price of: 1美元兑155日元 are yen a dollar."""
    against = _AGAINST.search(text, max(0, start - 8), start)
    if against is None or unit is None or not is_currency(unit.name):
        return None
    found = match_unit(against["currency"], 0)
    return found[0].name if found else None


def _is_rate(unit: Unit | None, per: str) -> bool:
    """Whether *unit* each *per* is one unit: a price for a thing, an output in a time."""
    if unit is None:
        return True  # 每颗3万至4万美元: the unit is still to come
    if is_currency(unit.name):
        return per not in _TIMES
    return is_physical(unit.name)


def _read_number(numeral: str) -> _Numeral | None:
    if numeral == "半":
        return _Numeral(_HALF_OF, _HALF_OF, _HALF_OF, _ONE)
    numeral = _SLIP.sub("", numeral)
    bare = numeral[0] in "百千万亿"
    whole, mixed, part = numeral.partition("又")
    if mixed and "/" in part:
        over, _, under = part.partition("/")
        numeral = f"{whole}又{under}分之{over}"
    value = read_numeral("一" + numeral if bare else numeral)
    if value is None:
        return None
    if bare:
        return _Numeral(value, value, _ONE, value)
    digits = None if mixed else _LEADING_DIGITS.match(numeral)
    if digits is not None:
        if digits.end() == len(numeral):
            return _Numeral(value, value, value, _ONE)
        mantissa = Decimal(digits.group().replace(",", ""))
        scale = EXACT.divide(value, mantissa) if mantissa else _ONE
        return _Numeral(value, value, mantissa, scale)
    pair = _PAIR.fullmatch(numeral)
    if pair is not None and pair["low"] + pair["high"] in _NEIGHBOURS:
        low = read_numeral(pair["head"] + pair["low"] + pair["tail"])
        high = read_numeral(pair["head"] + pair["high"] + pair["tail"])
        if low is not None and high is not None:
            low, high = sorted((low, high))  # 三两天 are two or three
            return _Numeral(low, high, high, _ONE)
    words = numeral[len(numeral.rstrip("百千万亿")) :]
    scale = read_numeral("一" + words) or _ONE if words != numeral else _ONE
    return _Numeral(value, value, EXACT.divide(value, scale), scale)


def _read_fraction(numeral: str) -> _Numeral | None:
    """分母分之分子 in percent; 百分之三 is three hundredths."""
    if "/" in numeral:
        numerator, _, denominator = numeral.partition("/")
    else:
        denominator, _, numerator = numeral.partition("分之")
    below = read_numeral("一" + denominator if denominator in "百千万" else denominator)
    above = _read_number(numerator.strip())
    if not below or above is None:
        return None
    low, high = (part if below == 100 else part * 100 / below for part in (above.low, above.high))
    return _Numeral(low, high, high, _ONE)


def _read_tail(text: str, end: int, number: _Numeral, prefix: Prefix) -> _Tail:
    factor, about = _ONE, False
    more = _MORE.match(text, end)
    if more is not None and (
        more["scale"]
        or _read_unit(text, more.end(), number.high).unit
        or (text[end - 1] in "万亿" and not _OF_MANY.match(text, more.end() - 1))
    ):
        about, end = True, more.end()
        factor = read_numeral("1" + more["scale"]) or _ONE if more["scale"] else _ONE
    spoken = _SPOKEN_SCALE.match(text, end)
    if spoken is not None:
        factor, end = times(factor, read_numeral("1" + spoken[1]) or _ONE), spoken.end()
    if prefix.mark is not None:
        scale = _ENGLISH_SCALE.match(text, end)
        if scale is not None:
            power = _ENGLISH_POWERS.get(scale[1].lower(), 12)
            factor, end = EXACT.scaleb(factor, power), scale.end()
    place = end + 1 if text[end : end + 1] in _FILLERS else end
    tail = _read_unit(text, place, number.high)
    unit = tail.unit
    if unit is None and (
        ((number.scale != 1 or about) and _HEADS.match(text, place))
        or (text[place - 1].isdigit() and _STATISTIC.match(text, place))
    ):
        unit, tail = _COUNT, tail._replace(end=end)
    if prefix.mark is not None and (unit is None or unit.name in ("CNY", prefix.mark)):
        # HK$12元: the mark tells which 元. 人民币3只: it belongs to other words.
        unit = Unit(prefix.mark)
    return tail._replace(
        end=tail.end if tail.unit else end,
        unit=unit,
        factor=EXACT.multiply(factor, tail.factor),
        extra=EXACT.multiply(factor, tail.extra),
        about=about or tail.about,
    )


def _read_unit(text: str, place: int, value: Decimal) -> _Tail:
    """The unit at *place*, 成 and 折 among them, with what 半 and coins add in base units."""
    tenths = _TENTHS.match(text, place)
    if tenths is not None and value <= 10:
        rest = tenths["rest"]
        ones = Decimal(5) if rest == "半" else (read_numeral(rest) or _ZERO) if rest else _ZERO
        return _Tail(tenths.end(), _PERCENT, Decimal(10), ones)
    discount = _DISCOUNT.match(text, place)
    if discount is not None and value < 100:
        return _Tail(discount.end(), _PERCENT, Decimal(10) if value < 10 else _ONE)
    odd = _ODD_MEASURE.match(text, place)
    if odd is not None:
        whole = match_unit("个" + odd["unit"], 0)
        half = odd["odd"] == "半"
        return _Tail(
            odd.end(),
            whole[0] if whole else None,
            whole[0].factor if whole else _ONE,
            _HALF_OF if half else _ZERO,
            about=not half,
        )
    minutes = read_minutes(text, place)
    if minutes is not None:
        return _Tail(*minutes)
    found = match_unit(text, place)
    if found is None:
        return _Tail(place)
    unit, end = found
    if unit.noun == "起" and value >= 1000:
        offered = text[end : end + 1] in _OFFERED or _PRICED.search(text, max(0, place - 14), place)
        if offered:
            return _Tail(place)  # 总价10万起, 40万起享97折: at least so much
    if unit.noun == "块" and (value >= 1000 or _OF_PRICE.search(text, max(0, place - 12), place)):
        if _MONEY_ENDS.match(text, end):
            unit = Unit("CNY")  # 一万块, 卖三百块
    if text[place:end] == "厘" and "月" in text[max(0, place - 10) : place]:
        unit = Unit("percent", Decimal("0.1"))  # 月息3厘 is a thousandth, 年息3厘 a hundredth
    if unit.noun == "分" and _LASTING.search(text, max(0, place - 14), place):
        unit = Unit("minute")  # 片长9分
    return _Tail(*read_whole(text, unit, end, value))
