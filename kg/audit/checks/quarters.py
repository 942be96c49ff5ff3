"""Parts of years against the months and dates that they are said to be."""

from __future__ import annotations

import re
from datetime import date, timedelta

from kg.audit.cases import Case, Fault, Member, Settings

_DETAIL = re.compile(
    r"(?P<kind>calendar|fiscal|either|unknown) (?P<first>\d+)-(?P<last>\d+)(?: (?P<number>\d{4}))?"
)
_MONTH = 30.44
_TOLERANCE = timedelta(days=26)  # years of 52 weeks and quarters of twelve close so far off
_UNEVEN = 4  # months: the last or first quarter of such a year has 16 weeks


def quarter(case: Case, settings: Settings) -> Fault | None:
    """`named`, the months `detail` of a year, is `dates`; that year closes on the day of `year`.

    `detail` says which year may be meant: that of the calendar, a fiscal one, either, or
    one that nobody knows; then the months, and the number that the year is printed with.
    """
    told = _DETAIL.fullmatch(case.detail or "")
    named, dates = (_member(case, role) for role in ("named", "dates"))
    if told is None or named is None or dates is None or dates.end is None:
        return None
    kind, first, last = told["kind"], int(told["first"]), int(told["last"])
    if not (1 <= first <= last <= 12):
        return None
    if (longer := _longer(named, dates, first=first, last=last, kind=kind)) is not None:
        return longer
    year = _member(case, "year")
    closes = [date(dates.end.year, 12, 31)] if kind in ("calendar", "either") else []
    if year is not None and year.end is not None:
        closes.append(year.end)
    if closes and not any(_fits(dates, close, first=first, last=last) for close in closes):
        return Fault(explanation=_apart(named, dates, year, first=first, last=last))
    number = int(told["number"]) if told["number"] else None
    if number is not None and not _numbered(dates, number, kind=kind, first=first, last=last):
        return Fault(explanation=f"{named.printed}不会是{dates.printed}，两者的年份对不上")
    return None


def _longer(named: Member, dates: Member, *, first: int, last: int, kind: str) -> Fault | None:
    """More months than the part of a year has, whenever that year begins."""
    if dates.begin is None or dates.end is None:
        return None
    wanted, held = last - first + 1, round(((dates.end - dates.begin).days + 1) / _MONTH)
    most = _UNEVEN if kind != "calendar" and wanted == 3 and dates.begin.day != 1 else wanted
    if held <= most:
        return None
    return Fault(explanation=f"{named.printed}共{wanted}个月，而{dates.printed}长达{held}个月")


def _fits(
    dates: Member, close: date, *, first: int, last: int, slack: timedelta = _TOLERANCE
) -> bool:
    """Whether *dates* lie in, or close, those months of a year that closes as *close* does."""
    if dates.end is None:
        return False
    for year in range(dates.end.year - 1, dates.end.year + 3):
        end = _month_on(close, 12 * (year - close.year) + last - 12)
        begin = _month_on(close, 12 * (year - close.year) + first - 13) + timedelta(days=1)
        if dates.begin is None:
            if abs(dates.end - end) <= slack:
                return True
        elif begin - slack <= dates.begin and dates.end <= end + slack:
            return True
    return False


def _apart(named: Member, dates: Member, year: Member | None, *, first: int, last: int) -> str:
    if year is None or year.end is None:
        months = f"{first}月" if first == last else f"{first}月至{last}月"
        return f"{named.printed}指的是{months}，而文中写为{dates.printed}"
    end = _month_on(year.end, last - 12)
    close = f"{named.printed}截至{end.month}月{end.day}日前后"
    return f"按文中的“{year.printed}”推算，{close}，而文中写为{dates.printed}"


def _numbered(dates: Member, number: int, *, kind: str, first: int, last: int) -> bool:
    """Whether a year *number*, with these dates in it, is called so by anybody."""
    if dates.end is None:
        return True
    if kind == "fiscal":
        close = _month_on(dates.end, 12 - last) - timedelta(
            days=10
        )  # early in a month: of the last
        return close.year - number in (0, 1)
    calendar = date(dates.end.year, 12, 31)
    if not _fits(dates, calendar, first=first, last=last, slack=timedelta()):
        return True  # of a year of its own, which may be called by either
    return number in {(dates.end - timedelta(days=10)).year, dates.end.year}


def _month_on(day: date, months: int) -> date:
    """The day *months* later; the last of a month stays the last."""
    index = day.year * 12 + day.month - 1 + months
    first = date(index // 12, index % 12 + 1, 1)
    after = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    closing = (day + timedelta(days=1)).day == 1
    return after if closing else after.replace(day=min(day.day, after.day))


def _member(case: Case, role: str) -> Member | None:
    found = case.members_of(role)
    return found[0] if found else None
