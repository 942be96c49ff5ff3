"""Which time expression holds for a quantity."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from ingest.attribution.cues import COMPARING_RE, last_match
from ingest.attribution.frames import LENGTHS, Frame
from ingest.attribution.phrases import Clause
from ingest.attribution.view import MENTION, NOMINAL, Placed, View
from kg.records import Period

_EVENT = re.compile(
    r"(?:^|(?<=[，；。]))(?:在|自|随着)?((?:[^，；。、的]{1,12}?)(?:公布|发布|宣布|公告|披露|生效|落地|出炉|传出|上市|揭晓)"
    r"(?:之?后|当日|当天|次日|前夕))(?=[，,])"
)
_ANAPHORIC = frozenset(
    "当日 当天 同日 当年 全年 当月 当季 同期 该季 该月 期内 该年 同月 报告期内 年内".split()
)
_AS_WRITTEN = frozenset("当日 当天 当季 当年".split())  # where the sentence names no other
_YEAR = re.compile(r"(?:19|20)\d\d年")
_BACKWARD = re.compile("^(?:[上去]年同期|上年|前一.+|上一(?:周|个?交易日).*)$")
_SESSION = re.compile("^(?:[早午夜]盘|尾盘)$")  # holds for its own clause only
_ANNOUNCED = re.compile("公告|宣布|公布|披露|发布")
_REPORT = re.compile("度?报(?!价)")
_PLANNED = re.compile("(?:计划|拟|将|承诺)在?$")
_OF_RECORD = re.compile("的?(?:首[次个度]|最|新[高低]|单[日周月季]最|第|以来(?:的?首|最|的?新))")
_WITHIN = re.compile("以?内|里|期间|之内")
_REPEATED = re.compile(
    r"^(?:每[年月周日天季]|近年来?|多年来?|近期|近来|历史上|未来|长期|短期|连续|此后|此前|随后|日均|以来)$"
)


@dataclass(frozen=True, slots=True)
class Time:
    """The words of a period with the days that they stand for."""

    text: str
    begin: date | None = None
    end: date | None = None
    kind: str = "relative"

    @classmethod
    def of(cls, period: Period) -> Time:
        """The time that *period* tells."""
        return cls(period.text, period.begin, period.end, period.kind)


def event_before(view: View, position: int) -> Time | None:
    """The event phrase that opens the sentence part before *position*: 决议公布后."""
    last = last_match(_EVENT, view.text[:position])
    return None if last is None else Time(last.group(1))


def time_of(
    frame: Frame,
    *,
    view: View,
    clauses: Sequence[Clause],
    previous: Time | None,
    earlier: Time | None,
    anchor: Time | None,
    day: Time | None,
    stretch: Time | None,
    revised: bool,
    quoted: bool = False,
) -> Time | None:
    """The period of one quantity.

    *previous* is that of the figure before it in the sentence; *earlier* the last
    one that an earlier sentence of the paragraph gives and that may go on, *anchor*
    that one whatever it is, *stretch* the last one that is longer than a day; *day* the
    last single day that the document names.
    *revised* tells that a starting value was said of the same period: of a forecast
    or a revision; *quoted* that the figure is a price or a multiple of a day.
    """
    quantity = frame.quantity
    inside = [
        p
        for p in view.periods
        if p.end <= quantity.start and p.start >= quantity.start - len(frame.before)
    ]
    if frame.part in ("baseline", "origin"):
        own = [p for p in inside if _is_of_base(view, p, quantity.start)]
        if own and not (frame.part == "origin" and revised and not _in_attribute(own[-1], view)):
            return _resolved(own[-1].record, view, own[-1], anchor, day, stretch)
        if frame.part == "origin" and not revised:
            return None
        if frame.part == "baseline" and (
            re.search("历史|均值|平均|历年", frame.before) or frame.after.startswith("的目标")
        ):
            return None
    clause = clauses[frame.clause]
    point = quantity.record.value is not None  # 9月以来在6.20%至6.45%之间: a range has a stretch
    candidates = [
        p
        for p in view.periods
        if p.end <= quantity.start
        and not _in_comparison(view, p)
        and not _is_light(p)
        and not _OF_RECORD.match(view.text, p.end)
        and not measured_by(view, p)
        and (p.start >= clause.start or not (_is_session(p) or (quoted and point and _runs_up(p))))
        and not (p.record.text == "同日" and tells_announcement(view.text, p.end))
    ]
    local = [p for p in candidates if p.start >= clause.start]
    lasting = [
        q
        for q in view.quantities
        if q.end <= quantity.start and q.record.unit in LENGTHS and _WITHIN.match(view.text, q.end)
    ]
    if lasting and not local and not _PLANNED.search(view.text[: lasting[-1].start]):
        return Time(lasting[-1].record.text)
    named = local or candidates
    if (
        named
        and (event := event_before(view, quantity.start))
        and event.text.endswith(named[-1].record.text)
    ):
        return event  # the day of 消息公布当日 is no day of its own
    if local:
        return _resolved(local[-1].record, view, local[-1], anchor, day, stretch)
    event = event_before(view, quantity.start)
    candidates = [p for p in candidates if not _BACKWARD.match(p.record.text)]
    if candidates:
        return _resolved(candidates[-1].record, view, candidates[-1], anchor, day, stretch)
    if event is not None:
        return event
    if previous is not None and frame.part != "baseline":
        return None if quoted and _is_stretch(previous) else previous
    following = [
        p
        for p in view.periods
        if quantity.end <= p.start < clause.end
        or (earlier is not None and _opens_next(view, p, quantity.end))
        if not _in_comparison(view, p)
    ]
    if following and not _is_light(following[0]):
        return _resolved(following[0].record, view, following[0], anchor, day, stretch)
    return earlier


def measured_by(view: View, season: Placed[Period]) -> bool:
    """Whether the days of a *season* and their number are told before its name.

    The name is then what is spoken of, and the days are when: 7月1日至8月31日、为期62天的暑运.
    """
    if season.record.kind != "relative" or view.text[season.start - 1 : season.start] != "的":
        return False
    counted = any(q.end == season.start - 1 and q.record.unit in LENGTHS for q in view.quantities)
    return counted and any(p.end < season.start and p.record.kind == "range" for p in view.periods)


def last_time(
    view: View, earlier: Time | None, day: Time | None, stretch: Time | None
) -> Time | None:
    """The period that the sentence leaves in force for those after it in the paragraph."""
    for placed in reversed(view.periods):
        light = (
            _is_light(placed)
            or _is_session(placed)
            or is_backward(placed.record.text)
            or _in_object(view, placed)
        )
        if not _in_comparison(view, placed) and not light:
            return _resolved(placed.record, view, placed, earlier, day, stretch)
    return event_before(view, len(view.text)) or earlier


def last_day(view: View) -> Time | None:
    """The last single day that the sentence names by its date."""
    days = [
        p.record
        for p in view.periods
        if p.record.kind == "day" and re.search(r"\d[日号]", p.record.text)
    ]
    return Time.of(days[-1]) if days else None


def tells_announcement(text: str, end: int) -> bool:
    """Whether what ends at *end* of *text* is when something was made known: 同日|披露."""
    return _ANNOUNCED.match(text, end) is not None


def names_report(text: str, end: int) -> bool:
    """Whether what ends at *end* of *text* is part of the name of a report: 一季|报."""
    return _REPORT.match(text, end) is not None


def is_backward(words: str) -> bool:
    """Whether a period only serves a comparison with what went before: 上年同期."""
    return _BACKWARD.match(words) is not None


def _in_object(view: View, placed: Placed[Period]) -> bool:
    """Whether the period is an attribute within the object of a verb: 透支了二季度订单."""
    before = view.text[placed.start - 1 : placed.start]
    return before == "了" and view.classes[placed.end : placed.end + 1] in (NOMINAL, MENTION)


def _runs_up(placed: Placed[Period]) -> bool:
    """Whether the period runs up to now, as no price does: 年初至今."""
    return _is_stretch(Time.of(placed.record))


def _is_stretch(time: Time) -> bool:
    """Whether *time* is a stretch over which prices move, not a day on which they are told."""
    since = time.kind == "to_date" and not time.text.startswith("截")
    return since or time.text.startswith("全") or time.text.endswith("小时")


def _is_session(placed: Placed[Period]) -> bool:
    return _SESSION.match(placed.record.text) is not None


def _opens_next(view: View, placed: Placed[Period], end: int) -> bool:
    """Whether *placed* opens the clause after that of the quantity that ends at *end*."""
    joint = re.fullmatch(r"[^，；。]{0,6}，", view.text[end : placed.start])
    return joint is not None and placed.record.text[0] in "当全同单"


def _in_attribute(placed: Placed[Period], view: View) -> bool:
    """Whether the period is an attribute of the value itself: 由前一周的66%."""
    return view.text[placed.end : placed.end + 1] == "的"


def _is_light(placed: Placed[Period]) -> bool:
    """Whether the words tell a rhythm or an order rather than a period."""
    return bool(_REPEATED.match(placed.record.text))


def _in_comparison(view: View, placed: Placed[Period]) -> bool:
    """Whether the period is what something is compared with: 较上月, 比2022年峰值."""
    before = view.text[max(0, placed.start - 6) : placed.start]
    if view.classes[placed.start - 1 : placed.start] in (NOMINAL, MENTION):
        return False  # 卢比 compares nothing
    return re.search(f"(?:{COMPARING_RE.pattern}|由|与|扣除)(?:前一)?$", before) is not None


def _is_of_base(view: View, placed: Placed[Period], position: int) -> bool:
    return _in_comparison(view, placed) or bool(
        re.fullmatch(r"的?(?:时的?)?[^，。；]{0,4}?", view.text[placed.end : position])
    )


def _resolved(
    period: Period,
    view: View,
    placed: Placed[Period],
    earlier: Time | None,
    day: Time | None,
    stretch: Time | None,
) -> Time:
    """*period*, or what it points at if it only points back."""
    if period.text not in _ANAPHORIC or period.text == "年内":
        return Time.of(period)
    back = [
        p
        for p in view.periods
        if p.end <= placed.start and p.record.text not in _ANAPHORIC and not _in_comparison(view, p)
    ]
    target = Time.of(back[-1].record) if back else earlier
    if period.text == "同期" and target is not None and target.kind == "day":
        longer = [Time.of(p.record) for p in back if p.record.kind != "day"]
        target = longer[-1] if longer else stretch or target  # a day is no 期
    if period.text in _AS_WRITTEN and not back and earlier is not None:
        return replace(earlier, text=period.text)
    if period.text in ("当日", "当天", "同日"):
        days = [p.record for p in back if p.record.kind == "day" and p.record.begin]
        target = Time.of(days[-1]) if days else day
    if target is None:
        return Time.of(period)
    if period.text in ("全年", "当年", "该年"):
        year = None
        for source in (*(p.record.text for p in reversed(back)), target.text):
            if year := _YEAR.search(source):
                break
        if year is None:
            return Time.of(period)
        number = int(year.group()[:4])
        return Time(year.group(), date(number, 1, 1), date(number, 12, 31), "year")
    return target
