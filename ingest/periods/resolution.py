"""From the parts of a time expression to the days that it stands for."""

from __future__ import annotations

from ingest.periods import calendar_forms, relative_forms
from ingest.periods.stretches import Context, Parts, Stretch

_RESOLVERS = calendar_forms.RESOLVERS | relative_forms.RESOLVERS
_KINDS = {
    "iso": "day",
    "day": "day",
    "bare_day": "day",
    "bare_days": "range",
    "days": "range",
    "months": "range",
}


def resolve(form: str, parts: Parts, context: Context) -> Stretch:
    """The stretch of the calendar that *parts* of *form* name in *context*."""
    try:
        return _RESOLVERS[form](parts, context)
    except (ValueError, OverflowError):  # 2月30日, the year 9999 and a month
        return Stretch(_KINDS.get(form, "relative"))
