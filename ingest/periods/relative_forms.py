"""Expressions that count from another day: 上季度, 周五, 当日, 年初至今, 过去三个月."""

from __future__ import annotations

from datetime import date, timedelta

from ingest.periods.stretches import (
    Context,
    Parts,
    Stretch,
    days_of_months,
    latest,
    monday_of,
    part_of_month,
    same_day,
    whole_number,
    year_before,
)

_WEEKDAYS = {c: i for i, c in enumerate("一二三四五六日")} | {"天": 6}
_THAT_DAY = frozenset({"目前", "当前", "截至目前", "迄今", "迄今为止"})
_DAYS_AWAY = {"今": 0, "昨": -1, "前": -1, "上": -1, "明": 1}


def _same(parts: Parts, context: Context) -> Stretch:
    focus, word = context.focus, parts.get("same")
    if focus is None or word == "历年":
        return Stretch("relative")
    if word is None:
        return focus
    if word in ("上年", "去年"):
        return year_before(focus)
    return Stretch("relative")


def _week(parts: Parts, context: Context) -> Stretch:
    if context.reference is None:
        return Stretch("week")
    word, weekday = parts["week"], parts.get("weekday")
    # A report of Monday that says 全周 looks back at the week that closed.
    now = monday_of(context.reference - timedelta(days=1 if word in ("全", "当") else 0))
    if word in ("前一", "上一") and weekday and weekday != "末":
        day = latest(context.reference, _WEEKDAYS[weekday]) - timedelta(days=7)
        return Stretch("day", day, day)
    away = {
        "上上": -2,
        "上": -1,
        "上个": -1,
        "上一": -1,
        "前一": -1,
        "下": 1,
        "下个": 1,
        "次": 1,
        "后一": 1,
    }
    monday = now + timedelta(days=7 * away.get(word, 0))
    if weekday == "末":
        return Stretch("range", monday + timedelta(days=4), monday + timedelta(days=6))
    if weekday:
        day = monday + timedelta(days=_WEEKDAYS[weekday])
        return Stretch("day", day, day)
    if "first_days" in parts:
        return Stretch("range", monday, monday + timedelta(whole_number(parts["first_days"]) - 1))
    return Stretch("week", monday, monday + timedelta(days=6))


def _weekday(parts: Parts, context: Context) -> Stretch:
    if context.reference is None:
        return Stretch("day")
    if parts["weekday"] == "末":
        saturday = latest(context.reference, 5)
        return Stretch("range", saturday, saturday + timedelta(days=1))
    day = latest(context.reference, _WEEKDAYS[parts["weekday"]])
    return Stretch("day", day, day)


def _relative_quarter(parts: Parts, context: Context) -> Stretch:
    base = _base(context, "quarter", parts["which"])
    if base is None:
        return Stretch("quarter")
    away = {"上": -1, "前": -1, "下": 1, "次": 1}.get(parts["which"], 0)
    first = same_day(base.replace(month=(base.month - 1) // 3 * 3 + 1, day=1), 3 * away)
    return Stretch("quarter", *days_of_months(first.year, first.month, first.month + 2))


def _relative_month(parts: Parts, context: Context) -> Stretch:
    word = parts.get("which") or "本"
    base = _base(context, "month", word)
    part = parts.get("part") or parts.get("bare_part", "")[1:] or None
    if word in ("同", "该", "次") and context.focus is None:
        return Stretch("month")  # it points at words that are not there
    if base is None or parts.get("bare_part", "").startswith("季"):
        return Stretch("month")
    day = same_day(base, {"上上": -2, "上": -1, "前": -1, "下": 1, "次": 1}.get(word, 0))
    begin, end = part_of_month(day.year, day.month, None if part == "内" else part)
    return Stretch("day" if begin == end else "month", begin, end)


def _base(context: Context, kind: str, word: str) -> date | None:
    """The day that 上月 or 上季度 looks back from: that of the text before the reader's own."""
    focus = context.focus
    if word != "本" and focus and focus.end and focus.kind in (kind, "day"):
        return focus.end
    return context.reference


def _relative_day(parts: Parts, context: Context) -> Stretch:
    which = parts["which"]
    if which[0] in _DAYS_AWAY and which[1] not in "一":
        if context.reference is None:
            return Stretch("day")
        day = context.reference + timedelta(days=_DAYS_AWAY[which[0]])
        return Stretch("day", day, day)
    focus = context.focus
    if focus is None or focus.kind != "day" or focus.begin is None or which == "隔夜":
        return Stretch("day")
    if which[0] in "当同":
        return focus
    if which[0] in "次翌":
        return Stretch("day", *(focus.begin + timedelta(days=1),) * 2)
    return Stretch("day")


def _to_date(parts: Parts, context: Context) -> Stretch:
    reference = context.reference
    if reference is None:
        return Stretch("to_date")
    begin = reference.replace(day=1)
    if "年" in parts["from"]:
        begin = begin.replace(month=1)
    elif parts["from"].startswith("季"):
        begin = begin.replace(month=(begin.month - 1) // 3 * 3 + 1)
    return Stretch("to_date", begin, reference)


def _away(parts: Parts, context: Context) -> Stretch:
    """两天后 counts from the day that the text named last."""
    focus = context.focus
    days = {"天": 1, "日": 1, "周": 7, "个星期": 7}.get(parts["away_unit"])
    if parts["direction"].endswith("来") or focus is None or focus.kind != "day" or not focus.end:
        return Stretch("relative")
    if not days or parts["away"] == "半":
        return Stretch("relative")
    back = parts["direction"].endswith("前")
    day = focus.end + timedelta(days=days * whole_number(parts["away"]) * (-1 if back else 1))
    return Stretch("day", day, day)


def _window(parts: Parts, context: Context) -> Stretch:
    if "away" in parts:
        return _away(parts, context)
    reference, count = context.reference, parts.get("count", "半")
    unit = parts.get("unit") or parts.get("short_unit", "")
    step = {"年": 12, "载": 12, "季度": 3, "月": 1}.get(unit)
    if reference is None or "side" not in parts or not (step or unit in ("周", "星期", "日", "天")):
        return Stretch("relative")
    ahead = parts["side"] in ("未来", "接下来", "随后", "今后")
    if step:
        months = step // 2 if count == "半" else step * whole_number(count)
        other = same_day(reference, months if ahead else -months)
    else:
        days = whole_number(count) * (7 if unit in ("周", "星期") else 1)
        other = reference + timedelta(days=days if ahead else -days)
    return Stretch("relative", min(reference, other), max(reference, other))


def _now(parts: Parts, context: Context) -> Stretch:
    """目前 is the day of the text; 近期 and 短期内 say no days."""
    if context.reference is None or parts["now"] not in _THAT_DAY:
        return Stretch("relative")
    return Stretch("relative", context.reference, context.reference)


def _event(_: Parts, __: Context) -> Stretch:
    """Holidays and issues are told by name: their days change from one to the next."""
    return Stretch("relative")


RESOLVERS = {
    "same": _same,
    "week": _week,
    "weekday": _weekday,
    "relative_quarter": _relative_quarter,
    "relative_month": _relative_month,
    "relative_day": _relative_day,
    "to_date": _to_date,
    "window": _window,
    "now": _now,
    "issue": _event,
    "holiday": _event,
    "lunar": _event,
}
"""What each relative form means."""
