"""Moves: from one value to another, by so much.

::

    由A升至B，涨幅C           上年的A降至B
    B，较上月的A增长C         B，上年同期为A，同比增长C
    报L点，涨P点，涨幅R
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.ties.skeleton import Skeleton, pattern
from ingest.ties.words import DOWN, LESS, MORE, NEUTRAL, UP, alike, is_point, measures_gap, sign_of
from kg.records import Figure
from kg.ties import Tie

_VERBS = f"(?:{UP}|{DOWN}|{NEUTRAL}|拉长|变)"
_LEADING = (
    "(?:同比|环比|按年|按季|按月|累计|合计|一共|共|大幅|小幅|略有?|微|仅|即|也就是|相当于|均|都|各|分别|全年|"
    "单日|当日|全天|全周|当周|幅度|约|期间|[一两三半]个?(?:周|月|年|季度?)(?:之?内|间|来|里)|也|又|进一步|继续|净|为|达到?|再|整整|两者|双双|同步|一次性|跨度|最大|年内|年初至今)*"
)
_RESULT = f"(?:{UP}|{DOWN}|{NEUTRAL}|{MORE}|{LESS})(?:幅度?|率|速|点)?"

_FROM_TO = pattern(
    rf"(?:(?P<opened>由|从|自)~{{0,20}}?|(?P<of>(?:上年|去年|上月|上季|上周|前一|此前|原来|原先|上一|年初|同期)"
    rf"~{{0,14}}?))(?P<a>#)(?:\([^()#]{{0,12}}\))?~{{0,10}}?"
    rf"(?P<verb>{_VERBS})(?:~{{0,6}}?(?:至|到|为|成)|(?<=[至到]))~{{0,16}}?(?P<b>#)"
)
_THEN = pattern(rf"(?:\([^()#]{{0,12}}\))?[,(]?{_LEADING}(?P<word>{_RESULT})~{{0,4}}?(?P<c>#)")
_MOVED = re.compile(f"(?:{_VERBS})(?:了|约)?$")
_TOGETHER = re.compile("合计|一共|[^一]共|总共")
_AGAINST = pattern(
    rf"(?:较|比|相比|对比|相较|相对于|与)(?P<whom>~{{0,20}}?)(?P<a>#)(?:\([^()#]{{0,12}}\))?"
    rf"(?:相比)?[,]?{_LEADING}(?P<adverb>~{{0,4}}?)(?P<word>{_RESULT})(?:了|到)?~{{0,3}}?(?P<c>#)"
)
_AGAINST_BARE = pattern(
    rf"(?:较|比)(?P<whom>~{{0,20}}?)(?P<a>#)(?:\([^()#]{{0,12}}\))?"
    rf"(?P<word>(?:大幅|小幅|明显|继续|进一步|略|有所|显著)*(?:{UP}|{DOWN}))"
)
_WHEN = (
    r"(?:上年|去年|前年|上月|上季|上周|[一半]个?(?:年|月|周|季度?)前|前一|上个|上一|此前|前值|同期|年初|"
    r"(?:20)?\d\d年(?!期)|第?[一二三四]季度|\d{1,2}月)"
)
_BEFORE = pattern(
    rf"(?P<b>#)(?:元|点)?[,(;]?(?:而|,|高于|低于|不及|超过|好于|逊于|多于|少于)?{_WHEN}~{{0,10}}?"
    rf"(?:为|是|仅为|则为|录得)?~{{0,2}}?(?P<a>#)[,)]+{_LEADING}(?P<word>{_RESULT})~{{0,4}}?(?P<c>#)"
)
_AFTERWARDS = pattern(
    rf"(?P<b>#)[,(]~{{0,3}}?{_LEADING}(?P<word>{_RESULT})~{{0,4}}?(?P<c>#)[,;(](?:而|,)?{_WHEN}"
    r"~{0,8}?(?:为|是|则为|录得)?~{0,2}?(?P<a>#)"
)
_GROWN_TO = pattern(
    rf"(?P<word>{_RESULT})(?:了|约)?(?P<c>#)(?:至|到)~{{0,3}}?(?P<b>#)[,;(](?:而|,)?{_WHEN}~{{0,8}}?"
    r"(?:为|是|则为|录得)?~{0,2}?(?P<a>#)"
)
_NOW = pattern(rf"(?P<a>#),~{{0,10}}?(?P<b>#),{_LEADING}(?P<word>{_RESULT})~{{0,4}}?(?P<c>#)")
_ROOM = pattern(
    r"(?:较|比)~{0,20}?(?P<a>#)(?:尚|仍|还)?(?:有|存在|留有)~{0,3}?(?P<c>#)的?(?P<word>(?:上行|上涨|上升|下行|下跌)空间)"
)
_IMPLIED = pattern(
    r"(?P<b>#)[^#。;]{0,10}?(?:意味着|对应|隐含|相当于)~{0,6}?(?P<c>#)的?~{0,4}?(?P<word>(?:上行|上涨|上升|下行|下跌)空间)"
)
_FIRST_BY = pattern(
    rf"(?P<word>{UP}|{DOWN})(?:了|幅度为|约)?(?P<c>#)[,(]?(?:由|从|自)~{{0,20}}?(?P<a>#)~{{0,10}}?"
    rf"(?:{_VERBS})?~{{0,6}}?(?:至|到|为)~{{0,16}}?(?P<b>#)"
)
_POINTS = pattern(
    rf"(?P<first>(?:{UP}|{DOWN})~{{0,3}}?#)[,(、或]*(?:{_LEADING})(?:涨幅|跌幅|升幅|降幅|涨|跌|或|升|降)?~{{0,3}}?(?P<c>#)"
)


def moves(skeleton: Skeleton) -> Iterator[Tie]:
    """The moves that a sentence tells."""
    yield from _from_to(skeleton)
    yield from _against(skeleton)
    yield from _told(skeleton)
    yield from _points(skeleton)


def _from_to(skeleton: Skeleton) -> Iterator[Tie]:
    found = [
        (match, a, b)
        for match in _FROM_TO.finditer(skeleton.text)
        if alike(a := skeleton.figure(match, "a"), b := skeleton.figure(match, "b"))
        and (match["opened"] or a.metric == b.metric)
    ]
    results = [_result(skeleton, match) for match, _, _ in found]
    for place, (match, a, b) in enumerate(found):
        sign = sign_of(match["verb"])
        cue = match.span("verb")
        operands = [("from", a), ("to", b)]
        result = results[place]
        if result is None and place + 1 < len(found) and _shared(skeleton, found, results):
            result = results[-1]  # A由…降至…，B由…降至…，均下调…
        if result is not None:
            word, change = result
            if (role := _role(change, a)) is not None:
                operands.append((role, change))
            if sign is None:
                sign = sign_of(word)
        yield skeleton.tie("move", cue, operands, sign=sign, detail=match["verb"])


def _result(skeleton: Skeleton, match: re.Match[str]) -> tuple[str, Figure] | None:
    """The change that is told directly behind a move, with its word."""
    then = _THEN.match(skeleton.text, match.end())
    if then is None:
        return None
    change = skeleton.figure(then, "c")
    if not is_point(change) or _TOGETHER.search(then.group()):
        return None  # of several moves together: `ingest.ties.wholes`
    return then["word"], change


def _shared(
    skeleton: Skeleton,
    found: Sequence[tuple[re.Match[str], Figure, Figure]],
    results: Sequence[tuple[str, Figure] | None],
) -> bool:
    last = found[-1][0]
    return (
        results[-1] is not None
        and re.match(r"[,](?:均|都|各|双双)", skeleton.text[last.end() :]) is not None
    )


def _against(skeleton: Skeleton) -> Iterator[Tie]:
    """B … 较A增长C: the value compared is the nearest one of A's unit before it."""
    for match in _AGAINST.finditer(skeleton.text):
        if _MOVED.search(match["whom"]):
            continue  # 比上个交易日升150.31点，涨幅4.33%: the change itself
        a, c = skeleton.figure(match, "a"), skeleton.figure(match, "c")
        b = _compared(skeleton, match.start(), a, c)
        if b is None or not is_point(c):
            continue
        role = _role(c, a)
        if role is None:
            continue
        sign = sign_of(match["word"])
        operands = [("from", a), ("to", b), (role, c)]
        yield skeleton.tie("move", match.span("word"), operands, sign=sign)
    for match in _AGAINST_BARE.finditer(skeleton.text):
        a = skeleton.figure(match, "a")
        b = _compared(skeleton, match.start(), a, a)
        if _MOVED.search(match["whom"]):
            continue
        if b is not None and not _AGAINST.match(skeleton.text, match.start()):
            operands = [("from", a), ("to", b)]
            yield skeleton.tie("move", match.span("word"), operands, sign=sign_of(match["word"]))


def _compared(skeleton: Skeleton, place: int, a: Figure, c: Figure) -> Figure | None:
    earlier = [f for f in skeleton.before(place) if alike(f, a)]
    if not earlier:
        return None
    near = earlier[-1]
    between = skeleton.text[skeleton.place(near) + 1 : place]
    if ";" in between or (near.metric != a.metric and near.metric not in ("forecast", "level")):
        return None
    same = near.entity == c.entity if near.entity and c.entity else near.subject == c.subject
    return near if same or len(between) <= 3 else None


def _told(skeleton: Skeleton) -> Iterator[Tie]:
    """Two values and their change, in the other orders that they are told in."""
    for form in (_BEFORE, _AFTERWARDS, _GROWN_TO, _NOW, _FIRST_BY, _ROOM, _IMPLIED):
        for match in form.finditer(skeleton.text):
            a, c = (
                skeleton.figure(match, "a") if form is not _IMPLIED else None,
                skeleton.figure(match, "c"),
            )
            b = skeleton.figure(match, "b") if form is not _ROOM else None
            if a is None and b is not None:
                a = _base(skeleton, b)
            elif b is None and a is not None:
                b = _compared(skeleton, match.start(), a, c)
            if a is None or b is None or not alike(a, b) or not is_point(c):
                continue
            if form is _ROOM and "目标" in match.group():
                a, b = b, a  # the target is what the price would become
            if form is _NOW and not _earlier(a, b):
                continue
            if form in (_BEFORE, _AFTERWARDS, _GROWN_TO) and a.subject != b.subject:
                continue
            if form is _AFTERWARDS and (a.metric != b.metric or _earlier(b, a)):
                continue
            if _earlier(b, a):
                a, b = b, a
            role = _role(c, a)
            if role is not None:
                operands = [("from", a), ("to", b), (role, c)]
                yield skeleton.tie(
                    "move", match.span("word"), operands, sign=sign_of(match["word"])
                )


def _earlier(one: Figure, other: Figure) -> bool:
    """Whether two values of one thing are of times one of which is before the other."""
    expected = other.metric == "forecast" or one.metric == "forecast"
    if one.subject != other.subject or (one.metric != other.metric and not expected):
        return False
    begin, end = one.period_begin, other.period_begin
    return begin is not None and end is not None and begin < end


def _base(skeleton: Skeleton, target: Figure) -> Figure | None:
    """The price that a target is measured against: the one level before it in its unit."""
    levels = [
        f
        for f in skeleton.before(skeleton.place(target))
        if alike(f, target) and f.metric == "level"
    ]
    return levels[0] if len(levels) == 1 else None


def _points(skeleton: Skeleton) -> Iterator[Tie]:
    """报3,250.60点，上涨27.4点，涨幅0.85%, in either order."""
    for one, other in pairwise(skeleton.figures):
        points, rate = (one, other) if other.unit == "percent" else (other, one)
        if rate.unit != "percent" or rate.metric != "price_change" or not is_point(rate):
            continue
        if points.unit == "percent" or points.metric not in ("price_change", "other"):
            continue
        if not is_point(points) or points.subject != rate.subject:
            continue
        between = skeleton.text[skeleton.place(one) + 1 : skeleton.place(other)]
        if len(between) > 8 or ";" in between or "较" in between:
            continue
        part = [skeleton.text.count(";", 0, skeleton.place(f)) for f in skeleton.figures]
        mine = part[skeleton.figures.index(one)]
        levels = [
            figure
            for figure, number in zip(skeleton.figures, part, strict=True)
            if figure.metric == "level"
            and number == mine
            and figure.unit == points.unit
            and is_point(figure)
            and figure.subject == rate.subject
        ]
        if len(levels) == 1:
            cue = (
                (skeleton.place(one) + 1, skeleton.place(other))
                if between
                else (
                    skeleton.place(one),
                    skeleton.place(other) + 1,
                )
            )
            operands = [("level", levels[0]), ("points", points), ("rate", rate)]
            yield skeleton.tie("points", cue, operands)


def _role(change: Figure, level: Figure) -> str | None:
    """What *change* is of *level*; a rate that grows by 1.2% may be a slip for 1.2 points."""
    if _is_rate(change, level):
        return "rate"
    slip = level.unit == change.unit == "percent"
    return "gap" if slip or measures_gap(change, level) else None


def _is_rate(change: Figure, level: Figure) -> bool:
    """Whether *change* is a share of *level*: a per cent, or a multiple, of what is no rate."""
    return change.unit == "percent" and level.unit not in ("percent", "percentage_point")
