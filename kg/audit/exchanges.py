"""Trading days of exchanges, from exchange-calendars.

The library imports pandas, so nothing loads it before a count of trading days is to be checked.
"""

from __future__ import annotations

import warnings
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exchange_calendars import ExchangeCalendar

_NAMES = {
    "XNYS": "纽约证券交易所",
    "XSHG": "沪深交易所",
    "XHKG": "香港交易所",
    "XTKS": "东京证券交易所",
    "XKRX": "韩国交易所",
    "XTAI": "台湾证券交易所",
    "XLON": "伦敦证券交易所",
    "XFRA": "法兰克福证券交易所",
    "XPAR": "巴黎证券交易所",
    "XBOM": "孟买证券交易所",
    "XSES": "新加坡交易所",
}


def exchange_name(code: str) -> str:
    """The Chinese name of an exchange, by its ISO 10383 code."""
    return _NAMES.get(code, code)


def sessions_between(code: str, begin: date, end: date) -> int | None:
    """How many trading days there are from *begin* to *end*, both included.

    ``None`` where the calendar of the exchange *code* is not known for them.
    """
    days = _sessions(code, begin.year, end.year)
    if days is None:
        return None
    return sum(begin <= day <= end for day in days)


@lru_cache(maxsize=64)
def _sessions(code: str, first: int, last: int) -> frozenset[date] | None:
    calendar = _calendar(code, first, last)
    if calendar is None:
        return None
    begin, end = date(first, 1, 1), date(last, 12, 31)
    if calendar.last_session.date() < end - timedelta(days=14):
        return None
    found = calendar.sessions_in_range(
        max(begin, calendar.first_session.date()), min(end, calendar.last_session.date())
    )
    return frozenset(session.date() for session in found)


def _calendar(code: str, first: int, last: int) -> ExchangeCalendar | None:
    from exchange_calendars import get_calendar
    from exchange_calendars.errors import CalendarError

    try:
        with warnings.catch_warnings():  # the library's own, about pandas 4
            warnings.simplefilter("ignore", DeprecationWarning)
            return get_calendar(code, start=f"{first}-01-01", end=f"{last}-12-31")
    except (CalendarError, ValueError):
        return None
