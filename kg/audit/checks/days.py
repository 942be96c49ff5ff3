"""Counts of days, weekdays and dates against the calendar."""

from __future__ import annotations

from datetime import date, timedelta

from kg.audit.cases import Case, Fault, Member, Settings
from kg.audit.exchanges import exchange_name, sessions_between

_WEEKDAYS = "一二三四五六日"
_LONGEST = 3660  # days that anybody counts sessions of


def length(case: Case, settings: Settings) -> Fault | None:
    """`count` is how long `dates` last, in days, weeks, months, quarters or years."""
    told, dates = _told(case)
    if told is None or dates is None or told.number is None:
        return None
    begin, end, value = dates.begin, dates.end, told.number.value
    if begin is None or end is None or value is None or begin > end:
        return None
    least, most = _length(begin, end, told.number.unit)
    reach = told.number.reach
    if least is None or most is None or reach.low is None or reach.high is None:
        return None
    if reach.low <= most and least <= reach.high:
        return None
    names = {"day": "天", "week": "周", "month": "个月", "quarter": "个季度", "year": "年"}
    unit = names[told.number.unit]
    days = (end - begin).days + 1
    counted = f"{least}至{most}{unit}" if least != most else f"{most}{unit}"
    exact = f"首尾均计共{days}天" if told.number.unit == "day" else f"共{counted}"
    return Fault(explanation=f"{begin}至{end}{exact}，不是{told.printed}")


def _length(begin: date, end: date, unit: str) -> tuple[int | None, int | None]:
    days = (end - begin).days
    if unit == "day":
        return days, days + 1  # the first day may count or not
    if unit == "week":
        return days // 7, -(-(days + 1) // 7)
    months = (end.year - begin.year) * 12 + end.month - begin.month
    if begin.day == 1 and (end + timedelta(days=1)).day == 1:  # whole months
        whole = months + 1
        size = {"month": 1, "quarter": 3, "year": 12}.get(unit)
        return (whole // size, -(-whole // size)) if size else (None, None)
    if unit == "month":
        return months - (end.day < begin.day), months + 1
    if unit == "quarter":
        return months // 3, months // 3 + 1
    if unit == "year":
        return months // 12, -(-(months + 1) // 12)
    return None, None


def sessions(case: Case, settings: Settings) -> Fault | None:
    """`count` is how many days `dates` hold on which the exchange `detail` trades."""
    told, dates = _told(case)
    if told is None or dates is None or told.number is None or case.detail is None:
        return None
    begin, end, value = dates.begin, dates.end, told.number.value
    if begin is None or end is None or value is None or not 0 <= (end - begin).days <= _LONGEST:
        return None
    held = sessions_between(case.detail, begin, end)
    if held is None:
        return None
    reach = told.number.reach
    if reach.low is None or reach.high is None:
        return None
    # From one close to another there is one session less than days that trade.
    least = 0 if case.sign == "up" else held - 1
    if reach.low <= held and least <= reach.high:
        return None
    name = exchange_name(case.detail)
    return Fault(
        explanation=f"{begin}至{end}，{name}只有{held}个交易日，不是{told.printed}"
        if value > held
        else f"{begin}至{end}，{name}有{held}个交易日，不是{told.printed}"
    )


def weekday(case: Case, settings: Settings) -> Fault | None:
    """`dates` is the day of the week that `detail` says."""
    days = case.members_of("dates")
    if not days or days[0].begin is None or case.detail is None:
        return None
    actual = _WEEKDAYS[days[0].begin.weekday()]
    if actual == case.detail.replace("天", "日"):
        return None
    return Fault(explanation=f"{days[0].begin}是星期{actual}，不是星期{case.detail}")


def closed(case: Case, settings: Settings) -> Fault | None:
    """On `dates` the exchange `detail` trades."""
    days = case.members_of("dates")
    if not days or days[0].begin is None or case.detail is None:
        return None
    held = sessions_between(case.detail, days[0].begin, days[0].begin)
    if held != 0:
        return None
    day = days[0].begin
    return Fault(
        explanation=f"{day}（星期{_WEEKDAYS[day.weekday()]}）{exchange_name(case.detail)}休市，没有当日行情"
    )


def unreal(case: Case, settings: Settings) -> Fault | None:
    """`dates` is a day that no calendar has."""
    days = case.members_of("dates")
    return Fault(explanation=f"日历上没有{days[0].printed}这一天") if days else None


def happened(case: Case, settings: Settings) -> Fault | None:
    """`dates`, told as past, are not after the document's day."""
    days = case.members_of("dates")
    if not days or days[0].begin is None or case.published is None:
        return None
    if days[0].begin <= case.published + timedelta(days=1):  # elsewhere it is a day later
        return None
    return Fault(
        explanation=f"文章发表于{case.published}，却把{days[0].printed}（{days[0].begin}）的事说成已发生"
    )


def _told(case: Case) -> tuple[Member | None, Member | None]:
    counts, dates = case.members_of("count"), case.members_of("dates")
    return (counts[0] if counts else None), (dates[0] if dates else None)
