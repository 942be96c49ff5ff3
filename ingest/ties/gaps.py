"""Gaps between two values: a spread, a lead, how far one is above or below another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from ingest.ties.skeleton import Skeleton, pattern
from ingest.ties.words import (
    DOWN,
    LENGTHS,
    LESS,
    MORE,
    POINTS,
    UP,
    alike,
    is_point,
    measures_gap,
    sign_of,
)
from kg.records import Figure, Mention
from kg.ties import Tie

STANDS_FOR: Mapping[str, tuple[str, ...]] = {
    "small-caps": ("russell-2000", "csi-1000"),
    "large-caps": ("s-and-p-500", "csi-300"),
    "mid-caps": ("csi-500", "s-and-p-midcap-400"),
}
"""Groups of shares, and the indices whose return is theirs where a text gives no other."""

_SPREAD = pattern(
    r"(?P<cue>(?:利差|价差|剪刀差|(?<!净)息差|差距|差额|相差|之差|落差|相距|超额收益))(?P<link>~{0,14}?)(?P<g>#)"
)
_CHANGED = re.compile("扩大|收窄|缩小|走阔|走扩|上升|下降|回落|拉大|收敛|收缩|增加|减少")
_ARRIVED = re.compile("至|到|为|达|成")
_THAN = pattern(
    rf"(?:比|较)(?P<whom>~{{1,18}}?)(?:则|要|仍|还|已|高低|整整)?(?P<word>{MORE}|{LESS}|{UP}|{DOWN})(?:了|出|约)?"
    r"(?P<g>#)"
)
_ROOM_OVER = pattern(
    r"(?:较|比)(?P<whom>~{1,18}?)(?:尚|仍|还)?(?:有|存在|留有)~{0,3}?(?P<g>#)的?"
    r"(?P<word>(?:上行|上涨|上升|下行|下跌)空间)"
)
_FORMER = pattern(
    r"(?P<which>前者|后者)(?:则|要|比(?P<than>前者|后者)|较(?:前者|后者))?(?:的[^#,;。]{0,6}?)?(?P<word>高出|高|低|多出|多|少|领先|"
    r"落后|贵|便宜|快|慢)(?:了|出|约)?(?P<g>#)"
)
_BETTER = pattern(r"(?P<word>跑赢|强于|优于|好于|领先|跑输|弱于|逊于|落后于?)")
_ABOVE = pattern(
    r"#~{0,3}?(?:,(?:同比|环比)~{0,6}#)?,?(?:也|仍|均|并|且|略|明显|大幅|远|显著|小幅|稍|依然|已|则|但|更|就)*"
    r"(?P<word>高于|低于|多于|少于|大于|小于|超过|不及|高过|超出)(?P<whom>~{0,20}?)(?P<other>#)(?P<after>~{0,6})"
)
_IS_ABOVE = {"高于": "up", "多于": "up", "大于": "up", "超过": "up", "高过": "up", "超出": "up"}


def gaps(
    skeletons: Sequence[Skeleton], number: int, *, mentions: Sequence[Mention]
) -> Iterator[Tie]:
    """The gaps that sentence *number* tells, of its own figures or those before it."""
    skeleton = skeletons[number]
    yield from _spreads(skeletons, skeleton)
    yield from _than(skeletons, skeleton)
    yield from _former(skeleton)
    yield from _better(skeleton, mentions)
    yield from _compared(skeleton)
    yield from _leads(skeletons, skeleton, mentions)


def _block(skeletons: Sequence[Skeleton], skeleton: Skeleton) -> list[Figure]:
    """The figures of the paragraph up to and with the sentence."""
    return [
        figure
        for other in skeletons[: skeleton.index + 1]
        if other.sentence.block == skeleton.sentence.block
        for figure in other.figures
    ]


def _spreads(skeletons: Sequence[Skeleton], skeleton: Skeleton) -> Iterator[Tie]:
    for match in _SPREAD.finditer(skeleton.text):
        stated = skeleton.figure(match, "g")
        if not is_point(stated):
            continue
        if _CHANGED.search(match["link"]) and not _ARRIVED.search(match["link"]):
            continue
        clause = re.split("[,;。]", skeleton.text[: match.start()])[-1]
        levels = [
            f for f in skeleton.before(match.start()) if _level(f) and measures_gap(stated, f)
        ]
        if not levels:  # the cue opens its sentence
            levels = [
                f
                for f in _block(skeletons, skeleton)
                if f.span.start < stated.span.start and _level(f) and measures_gap(stated, f)
            ]
        named = [f for f in levels if f.subject in clause or _short(f.subject) in clause]
        if len({f.subject for f in named}) == 2:
            levels = named
        one, other = _pair(levels)
        if one is not None and other is not None:
            operands = [("one", other), ("other", one), ("gap", stated)]
            yield skeleton.tie("gap", match.span("cue"), operands)


def _level(figure: Figure) -> bool:
    return is_point(figure) and figure.unit not in POINTS and figure.metric != "share"


def _short(subject: str) -> str:
    return re.sub("指数|收益率|国债|利率|板块|集团|股份|货币|广义|狭义", "", subject) or subject


def _pair(levels: Sequence[Figure]) -> tuple[Figure | None, Figure | None]:
    """The two values, if there are just two of one metric."""
    if len(levels) < 2:
        return None, None
    last = levels[-1]
    same = [f for f in levels if f.metric == last.metric]
    if len(same) == 1 and last.unit != "percent":
        same = [f for f in levels if f.unit == last.unit]
    if len(same) != 2 or same[0].span == same[1].span:
        return None, None
    return same[0], same[1]


def _than(skeletons: Sequence[Skeleton], skeleton: Skeleton) -> Iterator[Tie]:
    """B为b，比前者高出g; the other value stands before, in the paragraph."""
    for match in chain(_THAN.finditer(skeleton.text), _ROOM_OVER.finditer(skeleton.text)):
        stated = skeleton.figure(match, "g")
        if not is_point(stated):
            continue
        block = [f for f in _block(skeletons, skeleton) if f.span.start < stated.span.start]
        mine = [f for f in skeleton.before(match.start()) if _fits(stated, f)]
        if not mine:
            continue
        one = mine[-1]
        other, detail = _whom(match["whom"], one, block)
        if other is None:
            other = _priced(skeletons, skeleton, match["whom"], one)
        if other is None:
            continue
        sign = sign_of(match["word"])
        if stated.unit == "percent" and one.unit not in ("percent", *POINTS):
            if detail is None:
                operands = [("from", other), ("to", one), ("rate", stated)]
                yield skeleton.tie("move", match.span("word"), operands, sign=sign)
            continue
        operands = [("one", one), ("other", other), ("gap", stated)]
        yield skeleton.tie("gap", match.span("word"), operands, sign=sign, detail=detail)


def _former(skeleton: Skeleton) -> Iterator[Tie]:
    """A为a，B为b，前者高出g."""
    for match in _FORMER.finditer(skeleton.text):
        stated = skeleton.figure(match, "g")
        pair = [f for f in skeleton.before(match.start()) if _fits(stated, f)][-2:]
        if len(pair) < 2 or not is_point(stated) or pair[0].unit != pair[1].unit:
            continue
        if pair[0].unit == "percent" and pair[0].metric != pair[1].metric:
            continue
        one, other = pair if match["which"] == "前者" else reversed(pair)
        sign = sign_of(match["word"])
        if stated.unit == "percent" and one.unit not in ("percent", *POINTS):
            operands = [("from", other), ("to", one), ("rate", stated)]
            yield skeleton.tie("move", match.span("word"), operands, sign=sign)
        else:
            operands = [("one", one), ("other", other), ("gap", stated)]
            yield skeleton.tie("gap", match.span("word"), operands, sign=sign)


def _better(skeleton: Skeleton, mentions: Sequence[Mention]) -> Iterator[Tie]:
    """小盘股跑赢大盘股, with the returns of both in the sentence."""
    returns = [f for f in skeleton.figures if f.metric == "price_change" and is_point(f)]
    here = [m for m in mentions if skeleton.sentence.span.contains(m.span)]
    for match in _BETTER.finditer(skeleton.text):
        cue = skeleton.span(*match.span())
        before = [m for m in here if cue.start - 12 <= m.span.start and m.span.end <= cue.start]
        after = [m for m in here if cue.end <= m.span.start <= cue.end + 2]
        if not before or not after:
            continue
        ones = _whose(returns, before[-1].entity)
        others = _whose(returns, after[0].entity)
        if len(ones) == len(others) == 1 and ones[0].period == others[0].period:
            better = match["word"] in ("跑赢", "强于", "优于", "好于", "领先")
            yield skeleton.tie(
                "compared",
                match.span(),
                [("one", ones[0]), ("other", others[0])],
                sign="up" if better else "down",
                detail="return",
            )


def _whose(returns: Sequence[Figure], entity: str) -> list[Figure]:
    return [f for f in returns if f.entity in (entity, *STANDS_FOR.get(entity, ()))]


def _fits(stated: Figure, level: Figure) -> bool:
    if not is_point(level) or level.unit in LENGTHS:
        return False
    rate = stated.unit == "percent" and level.unit not in ("percent", *POINTS)
    return (measures_gap(stated, level) and level.unit not in POINTS) or rate


def _priced(
    skeletons: Sequence[Skeleton], skeleton: Skeleton, whom: str, one: Figure
) -> Figure | None:
    """较发行价, 较周五收盘价: the one figure before that these words introduce."""
    noun = re.search("发行价|收盘价?|招股价|均价|前收|成本价|指导价|开盘价", whom)
    if noun is None or one.metric not in ("level", "forecast", "other"):
        return None
    words = "收于|收报|收盘|收在|收涨|收跌" if "收" in noun.group() else noun.group()
    found = [
        figure
        for other in skeletons[: skeleton.index + 1]
        for place, figure in zip(other.places, other.figures, strict=True)
        if figure.span.start < one.span.start
        and alike(figure, one)
        and figure.metric == "level"
        and _one_thing(figure, one)
        and re.search(words, other.text[max(0, place - 10) : place])
    ]
    day = re.search("(?:周|星期)[一二三四五]", whom)
    dated = [f for f in found if day and f.period and day.group()[-1] in f.period]
    found = dated or found
    return found[-1] if len({f.value for f in found}) == 1 else None


def _one_thing(one: Figure, other: Figure) -> bool:
    if one.entity and other.entity:
        return one.entity == other.entity
    return one.subject == other.subject


def _whom(whom: str, one: Figure, block: Sequence[Figure]) -> tuple[Figure | None, str | None]:
    """What 前者, 区间上限 or a name stands for, and which bound of it is meant."""
    before = [f for f in block if f.span.start < one.span.start and f.unit == one.unit]
    bound = re.search("(上限|高端)|(下限|低端)", whom)
    if bound:
        ranges = [f for f in before if f.low is not None and f.high is not None and f.value is None]
        return (ranges[-1] if ranges else None), "other-high" if bound[1] else "other-low"
    others = [f for f in before if is_point(f) and f.subject != one.subject]
    if "前者" in whom or "后者" in whom:
        kin = [f for f in others if f.metric == one.metric]
        if "前者" in whom:
            return (kin[-1] if kin else None), None
        return None, None
    named = [
        f
        for f in others
        if f.metric == one.metric
        and f.period == one.period
        and (f.subject in whom or whom.removesuffix("的").strip() == f.subject)
    ]
    return (named[-1] if len({f.value for f in named}) == 1 else None), None


def _compared(skeleton: Skeleton) -> Iterator[Tie]:
    """41.8%，低于上年同期的43.0%."""
    for match in _ABOVE.finditer(skeleton.text):
        one = skeleton.figures[skeleton.number(match.start())]
        other = skeleton.figure(match, "other")
        if not alike(one, other) or re.match("个百分点|个基点|倍|[、及和与]", match["after"]):
            continue
        if one.metric != other.metric and other.metric not in ("forecast", "other"):
            continue
        if match["word"] in ("超过", "超出", "不及") and not match["whom"]:
            continue
        sign = "up" if match["word"] in _IS_ABOVE else "down"
        yield skeleton.tie(
            "compared",
            match.span("word"),
            [("one", one), ("other", other)],
            sign="up" if sign == "up" else "down",
        )


def _leads(
    skeletons: Sequence[Skeleton], skeleton: Skeleton, mentions: Sequence[Mention]
) -> Iterator[Tie]:
    """小盘股跑赢大盘股g, where the text gives the returns of both."""
    for stated in skeleton.figures:
        if stated.metric != "relative_return" or not is_point(stated) or not stated.comparator:
            continue
        if stated.unit == "multiple":
            continue
        against = _entity(stated.comparator, skeleton, mentions)
        returns = [
            f
            for other in skeletons
            for f in other.figures
            if f.metric == "price_change" and is_point(f) and f.unit == "percent"
        ]
        mine = _returns(returns, stated.entity, stated)
        theirs = _returns(returns, against, stated)
        pairs = [
            (one, other)
            for one in mine
            for other in theirs
            if one.period == other.period or one.sentence == other.sentence
        ]
        if not pairs:
            continue
        one, other = min(pairs, key=lambda pair: _distance(pair, stated))
        place = skeleton.place(stated)
        operands = [("one", one), ("other", other), ("gap", stated)]
        yield skeleton.tie("gap", (place, place + 1), operands)


def _entity(name: str, skeleton: Skeleton, mentions: Sequence[Mention]) -> str | None:
    for mention in mentions:
        if skeleton.sentence.span.contains(mention.span) and (
            mention.text == name or name.startswith(mention.text)
        ):
            return mention.entity
    return None


def _returns(returns: Sequence[Figure], entity: str | None, stated: Figure) -> list[Figure]:
    if entity is None:
        return []
    wanted = (entity, *STANDS_FOR.get(entity, ()))
    return [
        f
        for f in returns
        if f.entity in wanted
        and (
            f.sentence == stated.sentence
            or f.period == stated.period
            or (stated.period or "").endswith("交易日")
        )
    ]


def _distance(pair: tuple[Figure, Figure], stated: Figure) -> tuple[bool, int]:
    one, other = pair
    near = min(abs(f.span.start - stated.span.start) for f in pair)
    return (one.sentence != other.sentence, near)
