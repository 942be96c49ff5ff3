"""Expressions that name a stretch of the calendar: 2025年第四季度, 12月10日, 前三季度, 年末."""

from __future__ import annotations

from datetime import date

from ingest.periods.stretches import (
    Context,
    Parts,
    Stretch,
    days_of_month,
    days_of_months,
    part_of_month,
    stated_year,
    whole_number,
    year_of,
)


def _iso(parts: Parts, _: Context) -> Stretch:
    day = date(int(parts["year"]), int(parts["month"]), int(parts["day"]))
    return Stretch("day", day, day)


def _plan(parts: Parts, _: Context) -> Stretch:
    # The nth five-year plan began in 1951 + 5n: the fourteenth in 2021.
    first = 1951 + 5 * whole_number(parts["plan"])
    return Stretch("range", date(first, 1, 1), date(first + 4, 12, 31))


def _fiscal(_: Parts, __: Context) -> Stretch:
    return Stretch("fiscal_year")  # its months differ from firm to firm


def _years(parts: Parts, _: Context) -> Stretch:
    first = int(parts["year"])
    last = parts["to_year"]
    until = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
    return Stretch("range", date(first, 1, 1), date(until, 12, 31))


def _month_range(parts: Parts, context: Context) -> Stretch:
    first = whole_number(parts.get("month") or parts["chinese_month"])
    last = whole_number(parts["to_month"])
    year = year_of(parts, context, months=(first, last), carried=context.sentence_year)
    return (
        Stretch("range") if year is None else Stretch("range", *days_of_months(year, first, last))
    )


def _days(parts: Parts, context: Context) -> Stretch:
    month = whole_number(parts.get("month") or parts["chinese_month"])
    year = year_of(parts, context, months=(month, month), carried=context.sentence_year)
    if year is None:
        return Stretch("range")
    first, last = (date(year, month, int(parts[name])) for name in ("day", "to_day"))
    return Stretch("range", first, last)


def _day(parts: Parts, context: Context) -> Stretch:
    month = whole_number(parts.get("month") or parts["chinese_month"])
    number = whole_number(parts.get("day") or parts["chinese_day"])
    year = year_of(parts, context, months=(month, month), carried=context.sentence_year)
    if year is None:
        return Stretch("day")
    day = date(year, month, number)
    return Stretch("day", day, day)


def _bare_day(parts: Parts, context: Context) -> Stretch:
    number = whole_number(parts.get("day") or parts["chinese_day"])
    month = context.focus.end if context.focus and context.focus.end else context.reference
    if month is None:
        return Stretch("day")
    day = month.replace(day=number)
    return Stretch("day", day, day)


def _bare_days(parts: Parts, context: Context) -> Stretch:
    first, last = (_bare_day({"day": parts[name]}, context) for name in ("day", "to_day"))
    return Stretch("range", first.begin, last.end)


def _quarter_number(parts: Parts) -> int:
    for name in ("quarter", "western_quarter", "leading_quarter"):
        if name in parts:
            return whole_number(parts[name])
    return 4 if parts["edge_quarter"].startswith("末") else 1


def _quarter(parts: Parts, context: Context) -> Stretch:
    number = _quarter_number(parts)
    months = (3 * number - 2, 3 * number)
    year = year_of(parts, context, months=months, carried=context.sentence_year)
    if year is None:
        return Stretch("quarter")
    begin, end = days_of_months(year, *months)
    if parts.get("quarter_edge", "初") != "初":
        return Stretch("day", end, end)  # 一季度末
    return Stretch("quarter", begin, end)


def _decade(parts: Parts, context: Context) -> Stretch:
    """上世纪90年代 is 1990 to 1999; a decade without a century is the last one that was."""
    if "decade" not in parts:
        return Stretch("range")
    tens, century = whole_number(parts["decade"]), parts.get("century")
    this = 21 if context.reference is None else context.reference.year // 100 + 1
    if century is None:
        now = 0 if context.reference is None else context.reference.year % 100
        number = this if tens <= now else this - 1
    else:
        number = {"上": this - 1, "本": this}.get(century[0]) or whole_number(century)
    first = (number - 1) * 100 + tens
    return Stretch("range", date(first, 1, 1), date(first + 9, 12, 31))


def _quarters(parts: Parts, context: Context) -> Stretch:
    months = (3 * whole_number(parts["quarter"]) - 2, 3 * whole_number(parts["to_quarter"]))
    year = year_of(parts, context, months=months, carried=context.sentence_year)
    return Stretch("range") if year is None else Stretch("range", *days_of_months(year, *months))


def _half(parts: Parts, context: Context) -> Stretch:
    word = parts.get("half") or parts.get("western_half") or parts["leading_half"]
    months = (1, 6) if word in "上1" else (7, 12)
    year = year_of(parts, context, months=months, carried=context.sentence_year)
    return Stretch("half") if year is None else Stretch("half", *days_of_months(year, *months))


def _first(parts: Parts, context: Context) -> Stretch:
    count = whole_number(parts["count"])
    unit = parts.get("unit") or parts["short_unit"]
    if unit not in ("月", "季", "季度"):
        return Stretch("relative")
    months = count if unit == "月" else 3 * count
    year = year_of(parts, context, months=(1, months), carried=context.sentence_year)
    return Stretch("range") if year is None else Stretch("range", *days_of_months(year, 1, months))


def _month_form(parts: Parts, context: Context) -> Stretch:
    month = whole_number(parts.get("month") or parts["chinese_month"])
    year = year_of(parts, context, months=(month, month), carried=context.sentence_year)
    if year is None:
        return Stretch("month")
    begin, end = part_of_month(year, month, parts.get("part"))
    return Stretch("day" if begin == end else "month", begin, end)


def _year_part(parts: Parts, context: Context) -> Stretch:
    word = (parts.get("year_part") or parts["bare_part"]).removeprefix("年")
    year = year_of(parts, context, months=(1, 12), carried=context.paragraph_year)
    if year is None:
        return Stretch("year")
    if word in ("末", "底"):
        return Stretch("day", date(year, 12, 31), date(year, 12, 31))
    if word == "初":
        return Stretch("month", *days_of_month(year, 1))
    if word == "中":
        return Stretch("month", *days_of_months(year, 6, 7))
    return Stretch("year", date(year, 1, 1), date(year, 12, 31))


def _year(parts: Parts, context: Context) -> Stretch:
    year = stated_year(parts, context)
    return Stretch("year") if year is None else Stretch("year", *days_of_months(year, 1, 12))


RESOLVERS = {
    "iso": _iso,
    "plan": _plan,
    "fiscal": _fiscal,
    "years": _years,
    "months": _month_range,
    "days": _days,
    "quarters": _quarters,
    "decade": _decade,
    "day": _day,
    "quarter": _quarter,
    "half": _half,
    "first": _first,
    "month": _month_form,
    "year_part": _year_part,
    "bare_days": _bare_days,
    "bare_day": _bare_day,
    "year": _year,
}
"""What each form of the calendar means."""
