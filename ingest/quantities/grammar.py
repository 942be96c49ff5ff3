"""Numeric expressions of a text: find_quantities.

A quantity is read around its numeral, from left to right::

    [bound | approximation] [每 measure] [currency mark] [sign]
        NUMERAL [余 | 多] [scale] [unit] [/ measure]
        [至 | ~ | - the same again] [左右 | 以上 …]

Every step looks at a bounded window, so that reading is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple, TypeAlias

from ingest.numerals import CHINESE_DIGITS, fold, read_numeral
from ingest.quantities.exclusions import find_exclusions
from ingest.quantities.licence import is_figure
from ingest.quantities.terms import NUMERAL, Term, read_term
from ingest.quantities.units import Unit
from ingest.quantities.words import WORD, read_word
from kg.records import Quantity, Span

_OPENS = rf"[\d{CHINESE_DIGITS}十廿卅百千万亿半翻腰超过逾将近接不大约]"
_ANCHOR = re.compile(rf"(?={_OPENS})(?:(?P<word>{WORD})|(?P<numeral>{NUMERAL}))")
_TO = re.compile(r" ?(?:至|到|—{1,2}|-|~) ?")
_AND = re.compile(r" ?(?:和|与) ?")
_OR_SO = re.compile("、")
_RESPECTIVELY = re.compile("分别|依次|各")
_AFTER_AND = re.compile(r" ?之间")
_WHOLE_RANGE = re.compile(r" ?(?:不等|之间|的?区间|的?范围)")
_FROM = frozenset("由从自")
_CHANGED_TO = re.compile(
    r"(?:进一步|大幅|小幅)?(?:[上下]?调|提|升|降|增|减|涨|跌|扩|缩|收|[上下][升降行修])"
    r"[^\d，。；、,;]{0,4}?[至到为]"
)
_CHANGE = re.compile(r"(?:[涨跌增减升降加少多高低]|上调|下调|回[升落吐]|上[升行]|下[降行滑])了?\Z")
_SPREAD = re.compile(r"(?:收窄|走阔|走扩|扩大|压缩|缩小)了?\Z")
_LEVELS_TOO = frozenset({"percent", "percentage_point", "basis_point"})
_ABOUT = re.compile(r" ?(?:左右|上下|以上|以下|之上|之下|有余|开外)(?![游方])")
_ODD = re.compile(
    r"多(?=时间|时候|[的之来后前内以就才便起仍还已又都也开长高宽厚深远重大粗，。、；,;)）]|\Z)"
)
"""两年多, 三百元多, 两米多高"""
_THAN = re.compile(r"[比较][^，。；、,;]{1,24}\Z")
_WITHIN = re.compile(r" ?(?:以内|之内)")
_OF_SHORT_UNIT = re.compile(r"个(?:百分点|基点|[bB][pP]|月|季度|交易日|工作日|小时|星期)")
_ITEM = re.compile(r" ?(?:、|和|与|及|以及) ?\Z")
_LEAD = re.compile(
    rf"(?:约|近)?(?:每[^\d\s]{{1,4}}?)?[A-Z]{{0,3}}[$¥€£]?(?:[-+负]|零下)?(?=[\d{CHINESE_DIGITS}十])"
)
"""What the second bound may open with: -5%至-13%, $3-$5."""

Kind: TypeAlias = Literal["point", "range", "at_least", "at_most"]


def find_quantities(text: str, *, names: Sequence[Span] = ()) -> list[Quantity]:
    """The numeric expressions of *text*, by start, not overlapping.

    Spans, units and values follow the interchange format; values carry the printed sign
    only.  A bare number has the unit ``number`` and is given where it is plainly a value
    (see `ingest.quantities.licence`).  Nothing inside *names* is a figure.  Linear in the
    length of *text*; raises nothing.
    """
    folded = fold(text)
    expressions = _inherit(folded, list(_read(folded, names)))
    return [_quantity(text, each) for each in expressions if each.licensed]


class _Expression(NamedTuple):
    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    unit: Unit | None
    per: str | None
    approximate: bool
    signed: bool
    kind: Kind
    power: Decimal
    licensed: bool


def _read(folded: str, names: Sequence[Span]) -> Iterator[_Expression]:
    exclusions = iter([*find_exclusions(folded, names), (len(folded) + 1, len(folded) + 1)])
    closed_from, closed_to = next(exclusions)
    floor = position = 0
    while (anchor := _ANCHOR.search(folded, position)) is not None:
        while closed_to <= anchor.start():
            floor = max(floor, closed_to)
            closed_from, closed_to = next(exclusions)
        if anchor.end() > closed_from:
            position = max(closed_to, anchor.start() + 1)
            continue
        position = anchor.end()
        if anchor["word"]:
            expression: _Expression | None = _word(folded, anchor.start(), anchor.end())
        else:
            term = read_term(folded, anchor.start(), floor)
            expression = _range_or_point(folded, term, closed_from) if term else None
        if expression is not None:
            yield expression
            floor = position = max(position, expression.end)


def _word(folded: str, start: int, end: int) -> _Expression:
    value, approximate = read_word(folded[start:end])
    about = _ABOUT.match(folded, end)
    return _Expression(
        start, about.end() if about else end, value, value, Unit("percent"), None,
        approximate or about is not None, False, "point", Decimal(1), True,
    )  # fmt: skip


def _range_or_point(folded: str, first: Term, closed_from: int) -> _Expression:
    second = _second(folded, first, closed_from)
    if second is None:
        low, high = _signed(first)
        return _closed(folded, first, first, low, high, first.power)
    low, high = _bounds(first, second)
    return _closed(folded, first, second, low, high, second.power)


def _closed(
    folded: str, first: Term, last: Term, low: Decimal, high: Decimal, power: Decimal
) -> _Expression:
    """The expression from *first* to *last* with the words behind it."""
    end, hedge = last.end, first.hedge
    about = _ABOUT.match(folded, end)
    if about is None and last.unit is not None and last.unit.noun is None:
        about = _ODD.match(folded, end)
        if about is not None and _THAN.search(folded, max(0, first.start - 25), first.start):
            about = None  # 比上年的2万亿元多
    within = _WITHIN.match(folded, end) if about is None else None
    whole = last._replace(start=first.start, hedge=hedge, unit=last.unit or first.unit)
    licensed = is_figure(folded, whole)
    kind: Kind = "range" if low != high else "point"
    if about is not None:
        end = about.end()
    if kind == "point" and hedge in ("at_least", "at_most"):
        kind = hedge
    elif kind == "point" and within is not None and hedge is None:
        kind, end = "at_most", within.end()
    return _Expression(
        first.start,
        end,
        None if kind == "at_most" else low,
        None if kind == "at_least" else high,
        last.unit or first.unit,
        last.per or first.per,
        hedge == "about" or about is not None,
        first.sign != 0,
        kind,
        power,
        licensed,
    )


def _signed(term: Term) -> tuple[Decimal, Decimal]:
    if term.sign == 2:
        return -term.high, term.high
    return (-term.high, -term.low) if term.sign == -1 else (term.low, term.high)


def _second(folded: str, first: Term, closed_from: int) -> Term | None:
    """The upper bound of the range that *first* opens, or None where it opens none."""
    to = _TO.match(folded, first.end)
    joint = to or _AND.match(folded, first.end) or _OR_SO.match(folded, first.end)
    if joint is None:
        return None
    lead = _LEAD.match(folded, joint.end())
    if lead is None or lead.end() >= closed_from:
        return None
    second = read_term(folded, lead.end(), joint.end())
    if second is None or second.start != joint.end() or second.end > closed_from:
        return None
    between = _WHOLE_RANGE.match(folded, second.end) is not None
    if not _same_unit(first, second, between=between):
        return None
    if joint.group() == "、":
        return second if _is_neighbour(folded, first, second) else None
    if to is None:
        return second if _AFTER_AND.match(folded, second.end) else None
    if first.unit is not None and not between:
        before = folded[max(0, first.start - 3) : first.start]
        if before[-1:] in _FROM and before and not _CHANGED_TO.match(folded, second.end):
            return None  # 由5.6万人至4.1万人 are two levels, 由8%至13%上调至15% a range and one
        words = joint.group().strip() in ("至", "到")
        moved = _SPREAD if first.unit.name in _LEVELS_TOO else _CHANGE
        if words and moved.search(before):
            # 上涨10元至120元, 收窄3个基点至21个基点: a change and a level; 下跌10元至20元: a range
            if 3 * first.high < second.low or first.low > second.high:
                return None
    return second


def _is_neighbour(folded: str, first: Term, second: Term) -> bool:
    """3、4岁 and 七、八成 are about so many; 分别上涨3、4个百分点 is a list."""
    if len(first.numeral) != 1 or (first.start and folded[first.start - 1] in "、.,"):
        return False
    next_one = read_numeral(second.numeral[0])
    listed = _RESPECTIVELY.search(folded, max(0, first.start - 12), first.start)
    return next_one == first.high + 1 and not listed and folded[second.end : second.end + 1] != "、"


def _same_unit(first: Term, second: Term, *, between: bool) -> bool:
    if first.unit is None:
        if second.unit is None:
            if first.shape == second.shape == "chinese":
                return second.power != 1 and first.power == 1  # 七至八万
            return first.shape == second.shape == "arabic" and (
                between or "." in first.numeral + second.numeral or second.power != 1
            )
        return (
            first.shape == second.shape and first.shape != "fraction"
        ) or second.shape == "fraction"
    if second.unit is None:
        return first.marked and first.end == second.start - 1  # $3-4
    return (
        first.unit.name == second.unit.name
        and first.unit.noun == second.unit.noun
        and (first.per == second.per or first.per is None or second.per is None)
    )


def _bounds(first: Term, second: Term) -> tuple[Decimal, Decimal]:
    low, high = _signed(first), _signed(second)
    if first.unit is None and first.power == 1 and first.mantissa <= second.mantissa:
        low = (low[0] * second.power, low[1] * second.power)  # 1-2万: the scale serves both
    return min(low[0], high[0]), max(low[1], high[1])


def _inherit(folded: str, expressions: list[_Expression]) -> list[_Expression]:
    """Bare numbers of a list take the unit that closes it: 10、20和30个基点, 2.4个和5.1个百分点."""
    for index in range(len(expressions) - 2, -1, -1):
        item, following = expressions[index], expressions[index + 1]
        if following.unit is None or not following.licensed:
            continue
        if item.unit is not None and not (
            item.unit.noun == "个"
            and following.unit.noun is None
            and _OF_SHORT_UNIT.search(folded, following.start, following.end)
        ):
            continue
        if item.low is None or item.high is None or item.end < following.start - 4:
            continue
        gap = folded[item.end : following.start]
        slashed = gap == "/" and "." in folded[item.start : item.end]  # 14.29/19.77/25.77亿元
        if not (slashed or _ITEM.fullmatch(gap)):
            continue
        if folded[item.start - 1 : item.start] in ("", "\n"):
            continue
        power = following.power if item.power == 1 else Decimal(1)
        expressions[index] = item._replace(
            low=item.low * power, high=item.high * power, unit=following.unit,
            per=following.per, power=following.power, licensed=True,
        )  # fmt: skip
    return expressions


def _quantity(text: str, expression: _Expression) -> Quantity:
    start, end = expression.start, expression.end
    unit = expression.unit.name if expression.unit else "number"
    point = expression.kind == "point"
    return Quantity(
        span=Span(start, end),
        text=text[start:end],
        value=expression.low if point else None,
        low=None if point else expression.low,
        high=None if point else expression.high,
        unit=f"{unit}/{expression.per}" if expression.per else unit,
        approximate=expression.approximate,
        signed=expression.signed,
        kind=expression.kind,
        noun=expression.unit.noun if expression.unit else None,
    )
