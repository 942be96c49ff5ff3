"""Days: how long dates last, what day of the week they are, whether they can be."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from ingest.numerals import fold
from ingest.ties.markets import market_of
from ingest.ties.skeleton import Skeleton
from ingest.ties.words import LENGTHS, is_point
from kg.records import Document, Figure, Period, Span
from kg.ties import Operand, Tie, TieKind

_LASTS = re.compile(
    "历时|为期|持续|连续|长达|共|合计|累计|前后|的|这|期间|内|横跨|跨越|整整|时间|已|达|,|、|\\(|:"
)
_NOT_LENGTH = re.compile("前|后|第|每|再|还有|剩|过去|未来|近|超过去|上一|平均|提前|推迟|延长|以来")
_DATE = r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日"
_DATED = re.compile(_DATE)
_DAY_OF_WEEK = re.compile(
    _DATE
    + r"[,，]?[(（]?(?:当天|当日|也就是|即)?(?:星期|周|礼拜)"
    + r"(?P<weekday>[一二三四五六日天])(?![之内])"
)
_BEFORE_DATE = re.compile(
    r"(?:星期|周|礼拜)(?P<weekday>[一二三四五六日天])[(（](?:即|当地时间)?" + _DATE
)
_YEAR_SO_FAR = re.compile("年初|开年|今年以来|年内|新年|一月效应|首月|元旦")
_PAST = re.compile(
    "^(?:的?(?:周|星期)[一二三四五六日])?[^,;。将拟待]{0,6}?(?:公布|发布|宣布|披露|收盘|收报|收于|召开了|举行了|闭幕|"
    "签署|表示|完成|上涨|下跌)"
)
_AHEAD = re.compile(
    "将|预计|计划|拟|有望|下周|预期|待|届时|到期|生效|起|前|若|如|可能|即|明年|展望|目标|窗口|日程|关注"
)
_PRICED = re.compile(
    "^(?:的?(?:周|星期)[一二三四五六日])?[^,;。]{0,4}?(?:收盘|收报|收于|早盘|午后|尾盘|盘中|开盘)"
)


def lengths(
    document: Document, skeletons: Sequence[Skeleton], number: int, periods: Sequence[Period]
) -> Iterator[Tie]:
    """What sentence *number* says of days."""
    skeleton = skeletons[number]
    text = fold(document.text)
    for count in skeleton.figures:
        if count.unit in LENGTHS and is_point(count):
            yield from _length(document, skeletons, skeleton, count, periods)
    begin, end = skeleton.sentence.span.start, skeleton.sentence.span.end
    yield from _weekdays(text, skeleton, begin, end, periods)
    yield from _dates(document, text, skeleton, begin, end, periods)


def _length(
    document: Document,
    skeletons: Sequence[Skeleton],
    skeleton: Skeleton,
    count: Figure,
    periods: Sequence[Period],
) -> Iterator[Tie]:
    near = [p for p in periods if _adjoins(document.text, p, count) and p.begin and p.end]
    stretch = next((p for p in near if p.kind == "range" and p.begin != p.end), None)
    stretch = stretch or _from_to(document.text, count, periods)
    if count.unit == "trading_day":
        yield from _sessions(document, skeletons, skeleton, count, stretch, near)
    elif stretch is not None and not re.search("(?:以来|至今|迄今|周末)$", stretch.text):
        yield _tie("days", skeleton, count, stretch)


def _from_to(text: str, count: Figure, periods: Sequence[Period]) -> Period | None:
    """自1月起连续四个月上涨，直至4月末: two days apart, one of which opens and one closes."""
    for first, last in pairwise(periods):
        between = text[first.span.end : last.span.start]
        opens = text[max(0, first.span.start - 1) : first.span.start] in ("自", "从") or (
            first.text.startswith(("自", "从")) or between.startswith(("起", "开始"))
        )
        closes = re.search("(?:至|到|直到|止于|延续到)$", between) or re.match(
            "结束|闭幕|为止|止", text[last.span.end : last.span.end + 3]
        )
        whole = Span(first.span.start, last.span.end)
        near = min(abs(count.span.start - whole.end), abs(whole.start - count.span.end)) < 12
        if not (opens and closes and (near or whole.contains(count.span))):
            continue
        if first.begin and last.end and first.begin < last.end and len(between) < 30:
            return Period(
                span=whole, text=whole.of(text), kind="range", begin=first.begin, end=last.end
            )
    return None


def _adjoins(text: str, period: Period, count: Figure) -> bool:
    """Whether a stretch of days and a count stand together, with words of lasting between."""
    if period.span.end <= count.span.start:
        between = text[period.span.end : count.span.start]
        if len(between) > 14 or re.search("[。;；]", between) or _NOT_LENGTH.search(between):
            return False
        return bool(_LASTS.search(fold(between))) or not between
    between = text[count.span.end : period.span.start]
    return 0 <= len(between) <= 3 and bool(re.match("[（(自从,，:：]|是从", between))


def _sessions(
    document: Document,
    skeletons: Sequence[Skeleton],
    skeleton: Skeleton,
    count: Figure,
    stretch: Period | None,
    near: Sequence[Period],
) -> Iterator[Tie]:
    block = " ".join(
        other.text for other in skeletons if other.sentence.block == skeleton.sentence.block
    )
    market = market_of(skeleton.text, block, document.text)
    if market is None:
        return
    if stretch is not None:
        yield _tie("sessions", skeleton, count, stretch, detail=market)
        return
    within = next((p for p in near if p.begin and p.end and (p.end - p.begin).days >= 2), None)
    if within is not None:
        yield _tie("sessions", skeleton, count, within, detail=market, most=True)
        return
    published = document.metadata.published
    before = skeleton.text[max(0, skeleton.place(count) - 6) : skeleton.place(count)]
    if published is None or re.search("过去|近|此前|上|未来|之后|第|前", before):
        return
    if _YEAR_SO_FAR.search(skeleton.text):
        operands = (
            Operand(role="count", span=count.span),
            Operand(
                role="dates",
                span=count.span,
                begin=published.replace(month=1, day=1),
                end=published,
            ),
        )
        yield Tie(
            kind="sessions",
            cue=count.span,
            operands=operands,
            sign="up",
            detail=market,
            sentence=skeleton.index,
        )


def _tie(
    kind: TieKind,
    skeleton: Skeleton,
    count: Figure,
    period: Period,
    *,
    detail: str | None = None,
    most: bool = False,
) -> Tie:
    return Tie(
        kind=kind,
        cue=count.span,
        operands=(
            Operand(role="count", span=count.span),
            Operand(role="dates", span=period.span, begin=period.begin, end=period.end),
        ),
        sign="up" if most else None,
        detail=detail,
        sentence=skeleton.index,
    )


def _weekdays(
    text: str, skeleton: Skeleton, begin: int, end: int, periods: Sequence[Period]
) -> Iterator[Tie]:
    for form in (_DAY_OF_WEEK, _BEFORE_DATE):
        for match in form.finditer(text, begin, end):
            span = Span(match.start(), match.end())
            day = _day(match, periods)
            if day is not None:
                yield Tie(
                    kind="weekday",
                    cue=span,
                    operands=(Operand(role="dates", span=span, begin=day, end=day),),
                    sign=None,
                    detail=match["weekday"],
                    sentence=skeleton.index,
                )


def _day(match: re.Match[str], periods: Sequence[Period]) -> date | None:
    """The day of a match of `_DATE`: as the period there is resolved."""
    month, day = int(match["month"]), int(match["day"])
    for period in periods:
        first = period.begin
        if (
            period.span.start <= match.start("month") < period.span.end
            and first is not None
            and (first.month, first.day) == (month, day)
        ):
            return first
    return None


def _dates(
    document: Document,
    text: str,
    skeleton: Skeleton,
    begin: int,
    end: int,
    periods: Sequence[Period],
) -> Iterator[Tie]:
    published = document.metadata.published
    sentence = text[begin:end]
    for match in _DATED.finditer(text, begin, end):
        span = Span(match.start(), match.end())
        month, day = int(match["month"]), int(match["day"])
        if not (1 <= month <= 12) or not _is_day(match["year"], month, day):
            yield _dated("unreal", skeleton, span, None)
            continue
        found = _day(match, periods)
        after = text[match.end() : match.end() + 14]
        if found is None:
            continue
        if published and found > published and _PAST.match(after) and not _AHEAD.search(sentence):
            yield _dated("happened", skeleton, span, found)
        market = market_of(sentence)
        if market and _PRICED.match(after):
            yield _dated("closed", skeleton, span, found, detail=market)


def _is_day(year: str | None, month: int, day: int) -> bool:
    known = int(year) if year else 2000  # a leap year: 2月29日 may be
    return 1 <= day <= monthrange(known, month)[1]


def _dated(
    kind: TieKind, skeleton: Skeleton, span: Span, day: date | None, *, detail: str | None = None
) -> Tie:
    return Tie(
        kind=kind,
        cue=span,
        operands=(Operand(role="dates", span=span, begin=day, end=day),),
        sign=None,
        detail=detail,
        sentence=skeleton.index,
    )
