"""Ranges, and the values that the text says lie in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.ties.skeleton import FIGURE, Skeleton, pattern
from ingest.ties.words import is_point
from kg.records import Figure
from kg.ties import Tie

_HELD = pattern(
    r"(?P<v>#)~{0,6}?,?~{0,4}?(?P<cue>处于|处在|位于|落在|落入|在|符合|未超出|没有超出)~{0,16}?(?P<r>#)"
    r"~{0,3}?(?:区间|范围|之间|以内|之内|内)"
)
_NOT = re.compile("不在|未在|超出|高于|低于|偏离")
_RANGE_AFTER = re.compile(
    "[^,;。]{0,6}?(?:之间|区间|范围|不等|之内|波动|震荡|徘徊|浮动|的分层|的阶梯)"
)
_RANGE_BEFORE = re.compile(
    "(?:(?:交投|成交|运行|波动|震荡|徘徊|交易|报价)(?:于|在)|介于|维持在|保持在|徘徊于|波动于|运行于|分布在|集中在|区间为|区间在|区间是|范围为|幅度在|幅度为|幅度是)[^,;。]{0,4}$"
)
_INSIDE = re.compile(
    "(?:落在|落入|处于|处在|位于|仍在|符合)[^,;。]{0,8}(?:区间|范围)(?:之?内|以内|之中)?"
)
_SPREAD_OVER = re.compile("分层|不等|各|分别|不同|介于|之间|阶梯|幅度在|幅度为|分档")
_LEAVES = re.compile(
    "未|没有|不曾|突破|跌破|升破|超出|超过|站上|失守|脱离|打破|下破|上破|收复|击穿|跌穿|高于|低于|此后|随后|其后|之后|目前|"
    "现|截至|最新|此前|之前|曾|去年|上年|历史"
)
_SEEN = re.compile("运行|波动|震荡|交投|成交|徘徊")
_FORESEEN = re.compile("预|目标|有望|将|料|或|可能")
_LEFT = re.compile("突破|跌破|升破|脱离|打破|失守|跌穿|击穿|上破|下破")
_ALL = pattern(
    r"(?P<cue>均|都|皆|全部|各自|悉数|双双|无一例外)(?P<link>~{0,8}?)(?P<b>#)(?P<tail>~{0,2})"
)
_MORE = re.compile("逾|超|以上|高于|不低于|大于|至少|突破")
_FEWER = re.compile("不足|低于|不到|以下|小于|不超过|未超过|未到")


def ranges(skeletons: Sequence[Skeleton], number: int) -> Iterator[Tie]:
    """The ranges of sentence *number* with the values that they are to hold."""
    skeleton = skeletons[number]
    yield from _held(skeleton)
    yield from _inside(skeletons, skeleton)
    for place, figure in zip(skeleton.places, skeleton.figures, strict=True):
        if _is_range(figure):
            yield from _holding(skeletons, skeleton, figure, place)
    yield from _bounds(skeleton)


def _is_range(figure: Figure) -> bool:
    return figure.low is not None and figure.high is not None and figure.low < figure.high


def _held(skeleton: Skeleton) -> Iterator[Tie]:
    """23.8万人，仍处在21万至25万人的区间之中."""
    for match in _HELD.finditer(skeleton.text):
        value, span = skeleton.figure(match, "v"), skeleton.figure(match, "r")
        if not _is_range(span) or value.unit != span.unit or _NOT.search(match.group()):
            continue
        operands = [("range", span), ("value", value)]
        yield skeleton.tie("range", match.span("cue"), operands)


def _inside(skeletons: Sequence[Skeleton], skeleton: Skeleton) -> Iterator[Tie]:
    """实际营收124.8亿美元，落在指引区间之内, where the range stands before."""
    for match in _INSIDE.finditer(skeleton.text):
        clause = skeleton.text[max(0, match.start() - 3) : match.start()]
        if FIGURE in match.group() or re.search("未|没|不|超", clause):
            continue
        before = skeleton.before(match.start())
        value = before[-1] if before and is_point(before[-1]) else None
        held = [
            figure
            for other in skeletons[: skeleton.index + 1]
            if other.sentence.block == skeleton.sentence.block
            for figure in other.figures
            if value is not None
            and figure.span.start < value.span.start
            and _is_range(figure)
            and figure.unit == value.unit
        ]
        if value is not None and held:
            yield skeleton.tie("range", match.span(), [("range", held[-1]), ("value", value)])


def _holding(
    skeletons: Sequence[Skeleton], skeleton: Skeleton, span: Figure, place: int
) -> Iterator[Tie]:
    """A range of what was seen, and the values of the same thing that follow it."""
    if span.negated:
        return
    if span.modality != "reported":
        words = re.split("[,;。]", skeleton.text[:place])[-1]
        if _FORESEEN.search(words) or not _SEEN.search(words):
            yield from _foreseen(skeleton, span, place)
            return
        span = replace(span, modality="reported", metric="level")  # 本周运行区间为
    after = _RANGE_AFTER.match(skeleton.text, place + 1)
    if after is None and not _RANGE_BEFORE.search(skeleton.text[:place]):
        return
    clause = re.split("[,;。]", skeleton.text[:place])[-1] + skeleton.text[place : place + 8]
    many = bool(_SPREAD_OVER.search(clause)) and span.metric in (
        "price_change", "price_adjustment", "growth_yoy", "growth_qoq", "rate_change", "margin",
        "share", "valuation", "volume", "level",
    )  # fmt: skip
    values = [
        figure
        for other in skeletons[skeleton.index : skeleton.index + 4]
        if other.sentence.block == skeleton.sentence.block
        for figure in other.figures
        if figure.span.start > span.span.end
        and _belongs(figure, span, many=many, other=other, first=other is skeleton)
    ]
    if values:
        cue = after.span() if after else (place, place + 1)
        yield skeleton.tie("range", cue, [("range", span), *(("value", f) for f in values)])


def _foreseen(skeleton: Skeleton, span: Figure, place: int) -> Iterator[Tie]:
    """多家机构的预测介于4.8%至5.2%，其中高盛预计为5.0%."""
    among = re.match("[^。;]{0,8},其中", skeleton.text[place + 1 :])
    if among is None or not re.search("介于|在", skeleton.text[max(0, place - 4) : place]):
        return
    values = [
        f
        for f in skeleton.after(place)
        if f.unit == span.unit and f.metric == span.metric and is_point(f)
    ]
    if values:
        operands = [("range", span), *(("value", f) for f in values)]
        yield skeleton.tie("range", (place + 1, place + 1 + among.end()), operands)


def _belongs(figure: Figure, span: Figure, *, many: bool, other: Skeleton, first: bool) -> bool:
    if figure.unit != span.unit and not span.unit.startswith(f"{figure.unit}/"):
        return False
    if figure.modality != "reported" or figure.basis != span.basis:
        return False
    same = figure.entity == span.entity if figure.entity else figure.subject == span.subject
    if figure.metric != span.metric:
        return False
    before = other.text[: other.place(figure)]
    left = before[-(figure.span.start - span.span.end) :] if first else before
    if _LEAVES.search(re.split("[,;。]", before)[-1]) or _LEFT.search(left):
        return False
    if same:
        return _within_period(figure, span) and (first or span.period is not None)
    # 分层提价: the range is of several, of which the next sentences tell
    several = many and (span.metric == "price_adjustment" or first)
    if not several:
        return False
    return figure.period == span.period or figure.period is None


def _within_period(figure: Figure, span: Figure) -> bool:
    if figure.period == span.period or figure.period_begin is None or span.period_begin is None:
        return figure.period == span.period or figure.period is None or span.period_begin is None
    last = figure.period_end or figure.period_begin
    return span.period_begin <= figure.period_begin and (
        span.period_end is None or last <= span.period_end
    )


def _bounds(skeleton: Skeleton) -> Iterator[Tie]:
    """A、B和C分别上涨6%、4.2%和7%，均超过5%."""
    for match in _ALL.finditer(skeleton.text):
        bound = skeleton.figure(match, "b")
        words = match["link"] + bound.text + match["tail"]
        more, fewer = bool(_MORE.search(words)), bool(_FEWER.search(words))
        if more == fewer or (bound.value is None and not _open(bound)):
            continue
        values = [
            f
            for f in skeleton.figures
            if f is not bound
            and f.unit == bound.unit
            and is_point(f)
            and f.metric == bound.metric
            and f.modality == bound.modality
        ]
        if len(values) > 1:
            operands = [("range", bound), *(("value", f) for f in values)]
            yield skeleton.tie("range", match.span("cue"), operands, sign="up" if more else "down")


def _open(figure: Figure) -> bool:
    return (figure.low is None) != (figure.high is None)
