"""The highest and the lowest price of a day, and the prices that must lie between them.

::

    盘中最高H、最低L，收报C      盘中一度升至H，收盘报C      收报C，全天在L至H之间波动
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.ties.skeleton import Skeleton, pattern
from ingest.ties.words import alike, is_point
from kg.records import Figure
from kg.ties import Tie

_REACHED = "(?:触及?|见|至|到|达到?|为|报|[上下]?探至?|[涨升冲攀跌降]至)?"
_HIGHEST = pattern(rf"(?:最高(?:价|点)?|高点)(?:一度|曾)?{_REACHED}(?:约|过)?(?P<high>#)")
_LOWEST = pattern(rf"(?:最低(?:价|点)?|低点)(?:一度|曾)?{_REACHED}(?:约|过)?(?P<low>#)")
_ONCE_UP = pattern(
    r"一度(?:(?:大幅|快速|短线|直线|冲高|反弹)?(?:升|涨|冲高?|攀升|飙升|拉升|反弹|上探|走高|冲)(?:至|到))(?P<high>#)"
)
_ONCE_DOWN = pattern(
    r"一度(?:(?:大幅|快速|短线|直线|急)?(?:跌|降|回落|下探|下挫|走低|跳水|滑落|探)(?:至|到))(?P<low>#)"
)
_CLOSE = pattern(
    r"(?:收盘|收市)?(?:收于|收报|报收于?|收在|终盘报|收盘(?:价)?(?:报|于|在|为)?"
    r"|收(?:涨|跌|升|高|低)~{0,8}?(?:于|报|至)|开盘(?:价)?(?:报|于|为)?)(?:约)?(?P<close>#)"
)
_RANGED = pattern(
    r"(?P<range>#)(?:之间|的?区间|的?范围)?(?:内|之内)?(?:波动|震荡|交投|运行|徘徊|整理)"
)
_WITHIN_DAY = re.compile("盘中|日内|当[日天]|全[日天]|[今本]日")
_PART_OF_DAY = re.compile(
    "早盘|午前|上午|午后|下午|开盘|早段|尾盘|夜盘|盘前|盘后|亚市|亚洲时段|欧市|欧洲时段|美市"
)
_ANOTHER = re.compile(
    "年内|年初|年来|以来|此前|之前|随后|此后|其后|历史|纪录|记录|去年|上年|上周|上月|昨|前一|次日|翌日|隔夜|夜盘|盘前|盘后|"
    "(?:周|星期)[一二三四五六日]|[0-9]+[月日]|阶段|近期|目标|预|若|或将|成本|期权|合约高|发行"
)
_RATE_OF_EXCHANGE = re.compile("[A-Z]{3}/[A-Z]{3}")


def extremes(skeletons: Sequence[Skeleton], number: int) -> Iterator[Tie]:
    """The close or opening of sentence *number*, or of the next, between the day's extremes."""
    skeleton = skeletons[number]
    yield from _ranged(skeletons, skeleton)
    highs = [*_found(skeleton, _HIGHEST, "high"), *_once(skeleton, _ONCE_UP, "high")]
    lows = [*_found(skeleton, _LOWEST, "low"), *_once(skeleton, _ONCE_DOWN, "low")]
    if not highs and not lows:
        return
    closes = list(_found(skeleton, _CLOSE, "close"))
    if not closes and number + 1 < len(skeletons):
        after = skeletons[number + 1]
        if after.sentence.block == skeleton.sentence.block:
            closes = list(_found(after, _CLOSE, "close"))
    for high, low in _pairs(highs, lows):
        bounds = [(role, f) for role, f in (("high", high), ("low", low)) if f is not None]
        values = [f for f in closes if all(_of_one(f, bound) for _, bound in bounds)]
        if not values or (len(bounds) == 1 and _RATE_OF_EXCHANGE.fullmatch(values[0].unit)):
            continue  # a dearer yen is a lower number: one bound alone tells no side
        place = skeleton.place(bounds[0][1])
        operands = [*bounds, *(("value", f) for f in values)]
        yield skeleton.tie("range", (place, place + 1), operands)


def _ranged(skeletons: Sequence[Skeleton], skeleton: Skeleton) -> Iterator[Tie]:
    """The close that was told before the range of its day; one behind it: `ingest.ties.ranges`."""
    for match in _RANGED.finditer(skeleton.text):
        span, clause = skeleton.figure(match, "range"), _clause(skeleton, match)
        whole = _WITHIN_DAY.search(clause) and not _PART_OF_DAY.search(clause)
        if is_point(span) or not whole or _ANOTHER.search(clause):
            continue
        before = skeletons[max(0, skeleton.index - 1) : skeleton.index + 1]
        closes = [
            f
            for s in before
            if s.sentence.block == skeleton.sentence.block
            for f in _found(s, _CLOSE, "close")
            if f.span.start < span.span.start and f.unit == span.unit and _same(f, span)
        ]
        if closes:
            operands = [("range", span), *(("value", f) for f in closes)]
            yield skeleton.tie("range", match.span(), operands)


def _pairs(
    highs: Sequence[Figure], lows: Sequence[Figure]
) -> Iterator[tuple[Figure | None, Figure | None]]:
    """Each extreme with its counterpart, if it has just one."""
    for high in highs:
        mine = [low for low in lows if _of_one(low, high)]
        yield high, mine[0] if len(mine) == 1 else None
    for low in lows:
        if not any(_of_one(low, high) for high in highs):
            yield None, low


def _found(skeleton: Skeleton, form: re.Pattern[str], group: str) -> Iterator[Figure]:
    for match in form.finditer(skeleton.text):
        figure, clause = skeleton.figure(match, group), _clause(skeleton, match)
        named = group == "close" or _WITHIN_DAY.search(clause) is None
        if _is_price(figure, named=named) and not _ANOTHER.search(clause):
            yield figure


def _once(skeleton: Skeleton, form: re.Pattern[str], group: str) -> Iterator[Figure]:
    """一度 tells an extreme of the whole day only where it is said of the day."""
    for match in form.finditer(skeleton.text):
        figure, clause = skeleton.figure(match, group), _clause(skeleton, match)
        whole = _WITHIN_DAY.search(clause) and not _PART_OF_DAY.search(clause)
        if whole and _is_price(figure, named=False) and not _ANOTHER.search(clause):
            yield figure


def _clause(skeleton: Skeleton, match: re.Match[str]) -> str:
    return re.split("[,;。]", skeleton.text[: match.start()])[-1] + match.group()


def _is_price(figure: Figure, *, named: bool) -> bool:
    """Whether it is a price; of a number that nothing names the words of the day tell it."""
    metrics = ("level",) if named else ("level", "other")
    return figure.metric in metrics and figure.modality == "reported" and is_point(figure)


def _of_one(one: Figure, other: Figure) -> bool:
    return alike(one, other) and _same(one, other)


def _same(one: Figure, other: Figure) -> bool:
    """Whether two figures are of one thing, and of no two days."""
    named = one.entity and other.entity
    same = one.entity == other.entity if named else one.subject == other.subject
    known = one.period_begin and other.period_begin
    return same and (not known or one.period_begin == other.period_begin)
