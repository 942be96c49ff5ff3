"""Quarters, halves and fiscal years beside the months or days that a text says they are.

::

    第三季度(截至8月31日的三个月)   截至4月26日的2027财年第一季度   上半年的7月

A quarter of an economy or a market is one of the calendar.  One of a company may be of a year of
its own, which only the text can tell: 财年于每年6月30日结束, or another quarter with its days.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from ingest.numerals import fold, read_numeral
from ingest.periods.stretches import days_of_month, same_day
from ingest.ties.skeleton import Skeleton, folded_text
from kg.records import Document, Entity, Mention, Period, Span
from kg.ties import Operand, Tie

_PART = re.compile(
    r"(?:前(?P<months>[0-9一二三四五六七八九十]{1,2})个月"
    r"|前(?P<quarters>[二三两23])个?(?:季度|财季)"
    r"|第?(?P<quarter>[一二三四1-4])(?:财季|财?季度|季)|Q(?P<q>[1-4])|(?P<before>[1-4])Q(?:\d\d)?"
    r"|(?P<half>[上下])半(?:财年|年度?)|H(?P<h>[12])|(?P<year>财年))\Z"
)
_NUMBER = re.compile(r"(?:FY)?(20\d\d)(?![-/\d])")
_PRINTED_YEAR = re.compile(r"20\d\d")
_REPORT = re.compile("[报末初]|以来|至今")
_OPENS = re.compile(r"\((?:即|也就是|指|为|对应)?")
_CLOSES = re.compile(r"(?:期间|止|,下同)?\)")
_THAT_IS = re.compile(",?(?:即|也就是|指的是|是指|对应的?是?)")
_OF = re.compile("的|[里中内]的?|当中的?")
_NTH = re.compile(
    r"的?(?:(?P<first>首个?月|第一个月)|(?P<second>第二个月)|(?P<last>末月|最后一?个月))"
    r"[,(]?(?:即|也就是)?"
)
_CONTRACT = re.compile("合约|期货|期权|交割|到期")
_COMPARED = re.compile("[较比于超及]$")
_ENDED = re.compile("(?:(?:止|为止|结束|截止)的?|的)")
_CALLED = re.compile(r"(?:的|当季|期间)?\(?即?")
_OUTPUT = re.compile("业绩|财报|报告|报|披露|数据")

_YEAR_WORD = "(?:财年|财政年度|财务年度|会计年度)"
_DAY = r"(?P<month>1[0-2]|0?[1-9])月(?:(?P<day>3[01]|[12]\d|0?[1-9])日|底|末)?"
_CLOSING = re.compile(
    f"{_YEAR_WORD}(?:是|为)?(?:通常|均|都|将|会)?(?:截至|截止于?|止于|结束于|终结于|[在于])"
    f"(?:每年|当年|次年|翌年|每个?自然年)?的?{_DAY}(?!至|到|-)"
    f"|以(?:每年)?{_DAY.replace('month', 'month2').replace('day', 'day2')}"
    f"(?:为|作为){_YEAR_WORD}(?:的)?(?:截止|结束|终结)日?"
    f"|年结日?(?:为|是|在)(?:每年)?{_DAY.replace('month', 'month3').replace('day', 'day3')}"
)
_OPENING = re.compile(
    f"{_YEAR_WORD}(?:通常|均|都)?(?:始于|开始于|起始于|起于|[从自由])(?:每年|当年|上年|前一年)?的?"
    r"(?P<month>1[0-2]|0?[1-9])月(?:1日|初)?"
    f"|{_YEAR_WORD}(?:为|是|指|即)(?:每年|当年|上年|前一年)?"
    r"(?P<month2>1[0-2]|0?[1-9])月(?:1日|初)?(?:至|到|-)"
)
_NATURAL = re.compile(
    f"{_YEAR_WORD}(?:与|和|同)(?:自然年|日历年|公历年)度?(?:一致|相同|重合)"
    f"|(?:采用|按照?|以)自然年度?(?:作为|为|核算)?{_YEAR_WORD}"
)
_NOT = re.compile("[不未非]")

_ECONOMY = re.compile(
    "GDP|国内生产总值|[CP]PI|PMI|社融|社会融资|信贷|新增贷款|M2|零售总额|出口|进口|外贸|工业增加值|工业企业|固定资产投资|"
    "开发投资|国民经济|经济增|失业率|居民|城镇|全国|上证|沪指|深证|创业板|恒生|标普|纳指|纳斯达克|道指|[AB]股|港股|美股|"
    "股指|指数|北向资金|南向资金|两市|大盘|全市场|商品房|乘用车市场|车市"
)
_OWN_YEAR = re.compile(
    "公司|集团|企业(?!利润)|本行|该行|财年|财季|财政|年度|预算|赤字|国债|印度|日本|日经|巴基斯坦|孟加拉|埃及|英国|"
    "香港特区|新加坡|澳大利亚|新西兰|加拿大|泰国"
)
"""Of whose quarters nobody knows whether they are those of the calendar."""
_LISTED_IN_CHINA = re.compile(r"\.(?:SH|SZ|SS|BJ)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """A part of a year: its first and last month, counted from the first of that year."""

    span: Span
    first: int
    last: int
    fiscal: bool
    number: int | None  # of the year, as printed


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stated:
    """*named* is said to be the days of *dates*; without a first day it is said to end on them."""

    named: _Named
    dates: Operand
    sentence: int
    company: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Year:
    """When the year of a company closes, as some words tell."""

    company: str | None
    span: Span
    close: date
    fiscal: bool  # by the words for fiscal years, not only by those for quarters


def quarters(
    document: Document,
    skeletons: Sequence[Skeleton],
    *,
    entities: Sequence[Entity],
    mentions: Sequence[Mention],
    periods: Sequence[Sequence[Period]],
) -> Iterator[Tie]:
    """The parts of years of *document* that it says the days of; *periods* by sentence."""
    text = folded_text(document)
    whose = _Companies(skeletons, entities=entities, mentions=mentions)
    told = [
        stated
        for skeleton in skeletons
        for pair in pairwise(periods[skeleton.index])
        if (stated := _stated(text, *pair, skeleton.index)) is not None
    ]
    told = [replace(s, company=whose.at(s.sentence, s.named.span.start)) for s in told]
    years = [y for skeleton in skeletons for y in _years(text, skeleton, whose)]
    for place, stated in enumerate(told):
        earlier = [y for s in told[:place] if not whose.of_economy(s) and (y := _year(s))]
        year = _year_for(stated, [*years, *earlier])
        yield _tie(stated, year, text=text, kind=_kind(stated, whose, year))


class _Companies:
    """Of which company a place of the text speaks."""

    def __init__(
        self,
        skeletons: Sequence[Skeleton],
        *,
        entities: Sequence[Entity],
        mentions: Sequence[Mention],
    ) -> None:
        self._skeletons = skeletons
        self._known: Mapping[str, Entity] = {e.id: e for e in entities if e.type == "company"}
        self._mentions = sorted(
            (m for m in mentions if m.entity in self._known), key=lambda m: m.span.start
        )

    def at(self, sentence: int, place: int) -> str | None:
        """The company that *sentence* speaks of at *place*; "" where none is named anywhere."""
        skeleton = self._skeletons[sentence]
        if len(self._known) < 2:
            return next(iter(self._known), "")
        after = [f.entity for f in skeleton.figures if f.span.start > place]
        if after and after[0] in self._known:
            return after[0]
        before = self._before(skeleton.sentence.span.start, place)
        if before:
            return before[-1]
        block = [s for s in self._skeletons if s.sentence.block == skeleton.sentence.block]
        named = set(self._before(block[0].sentence.span.start, place))
        return named.pop() if len(named) == 1 else None

    def of_economy(self, stated: _Stated) -> bool:
        """Whether what is said is said of an economy or a market, whose year is the calendar's."""
        skeleton = self._skeletons[stated.sentence]
        block = [s for s in self._skeletons if s.sentence.block == skeleton.sentence.block]
        start, end = block[0].sentence.span.start, skeleton.sentence.span.end
        return (
            not stated.named.fiscal
            and _ECONOMY.search(skeleton.text) is not None
            and not any(_OWN_YEAR.search(s.text) for s in block if s.index <= skeleton.index)
            and not self._before(start, end)
        )

    def of_china(self, company: str | None) -> bool:
        """Whether a company is listed where the law makes its year the calendar's."""
        entity = self._known.get(company or "")
        return entity is not None and bool(_LISTED_IN_CHINA.search(entity.ticker or ""))

    def _before(self, start: int, end: int) -> list[str]:
        return [m.entity for m in self._mentions if start <= m.span.start and m.span.end <= end]


def _stated(text: str, one: Period, other: Period, sentence: int) -> _Stated | None:
    """What two time expressions side by side say of one another."""
    between = text[one.span.end : other.span.start]
    after = text[other.span.end : other.span.end + 6]
    named, dates = _named(text, one), _dates(other)
    if named is not None and dates is not None:
        inside = _OPENS.fullmatch(between) and _CLOSES.match(after)
        if inside and dates.begin is None and not named.fiscal:
            dates = replace(dates, begin=dates.end)  # so far, perhaps
        if inside or (_THAT_IS.fullmatch(between) and "截" not in other.text):
            whole = dates.begin != dates.end or dates.begin is None or other.text.startswith("截")
            return _said(named, dates, sentence) if whole else None
        return _month_of(text, named, other, between, sentence)
    named, dates = _named(text, other), _dates(one)
    if named is None or dates is None:
        return None
    if "截" in one.text or between.startswith(("结束", "截止", "止", "为止")):
        closed = _ENDED.fullmatch(between) or (between == "" and one.text.endswith("止"))
        if not closed or one.text.endswith(("财年", "年度")):
            return None
        if not named.fiscal and _OUTPUT.match(after):
            return None  # what had been reported by then
        return _said(named, dates, sentence)
    called = _CALLED.fullmatch(between) if between else None
    if called is None or one.kind != "range" or ("(" in between) != after.startswith(")"):
        return None
    return _said(named, dates, sentence)


def _month_of(
    text: str, named: _Named, month: Period, between: str, sentence: int
) -> _Stated | None:
    """上半年的7月, 二季度首月(5月)."""
    if month.kind != "month" or month.begin is None or month.text.startswith("截"):
        return None
    if _CONTRACT.match(text, month.span.end):
        return None
    if _COMPARED.search(text[max(0, named.span.start - 3) : named.span.start]):
        return None
    nth = _NTH.fullmatch(between)
    if nth is not None:
        place = named.first if nth["first"] else named.first + 1 if nth["second"] else named.last
        named = replace(named, first=place, last=place)
    elif not _OF.fullmatch(between):
        return None
    dates = Operand(role="dates", span=month.span, begin=month.begin, end=month.end)
    return _said(named, dates, sentence)


def _said(named: _Named, dates: Operand, sentence: int) -> _Stated:
    return _Stated(named=named, dates=dates, sentence=sentence, company=None)


def _named(text: str, period: Period) -> _Named | None:
    written = fold(period.text).replace(" ", "").upper()
    part = _PART.search(written)
    if part is None or written.startswith("截") or _REPORT.match(text, period.span.end):
        return None
    first, last = _months(part)
    number = _NUMBER.match(written)
    return _Named(
        span=period.span,
        first=first,
        last=last,
        fiscal="财" in written or written.startswith("FY"),
        number=int(number[1]) if number else None,
    )


def _months(part: re.Match[str]) -> tuple[int, int]:
    if part["year"]:
        return 1, 12
    if part["months"]:
        return 1, int(read_numeral(part["months"]) or 0)
    if part["quarters"]:
        return 1, 3 * int(read_numeral(part["quarters"]) or 0)
    if part["half"] or part["h"]:
        return (1, 6) if (part["half"] or part["h"]) in "上1" else (7, 12)
    number = int(read_numeral(part["quarter"] or part["q"] or part["before"]) or 0)
    return 3 * number - 2, 3 * number


def _dates(period: Period) -> Operand | None:
    """The days that a period names by months or dates: from one to another, or up to one."""
    if period.kind not in ("range", "day", "month", "to_date") or period.end is None:
        return None
    if _PART.search(fold(period.text)) or re.search("季|半年|以来|至今|年$|年底", period.text):
        return None
    if not re.search(r"[0-9一二三四五六七八九十]月", fold(period.text)):
        return None
    until = period.text.startswith("截") and period.kind != "range"
    begin = None if until else period.begin
    return Operand(role="dates", span=period.span, begin=begin, end=period.end)


def _years(text: str, skeleton: Skeleton, whose: _Companies) -> Iterator[_Year]:
    """When a year closes, where a sentence says it for every year."""
    start, end = skeleton.sentence.span.start, skeleton.sentence.span.end
    for form, ahead in ((_CLOSING, 0), (_OPENING, -1), (_NATURAL, 0)):
        for match in form.finditer(text, start, end):
            if _NOT.search(match.group()) or text[match.end() :].startswith("不"):
                continue
            named = {key.rstrip("23"): value for key, value in match.groupdict().items() if value}
            month = same_day(date(2000, int(named.get("month", 12)), 1), ahead)
            close = days_of_month(month.year, month.month)[1]
            if "day" in named:
                close = close.replace(day=min(close.day, int(named["day"])))
            span = Span(match.start(), match.end())
            company = whose.at(skeleton.index, match.start())
            yield _Year(company=company, span=span, close=close, fiscal=True)


def _year(stated: _Stated) -> _Year | None:
    """The year that a quarter with its days belongs to."""
    dates, named = stated.dates, stated.named
    if dates.end is None or dates.begin == dates.end:
        return None
    if dates.begin is not None and (dates.end - dates.begin).days < 27 * (
        named.last - named.first + 1
    ):
        return None  # a part of it
    return _Year(
        company=stated.company,
        span=Span(min(named.span.start, dates.span.start), max(named.span.end, dates.span.end)),
        close=same_day(dates.end, 12 - named.last),
        fiscal=named.fiscal,
    )


def _year_for(stated: _Stated, years: Iterable[_Year]) -> _Year | None:
    """The first that tells of the same company; 第一季度 alone says nothing of fiscal years."""
    return next(
        (
            year
            for year in years
            if year.company is not None
            and year.company == stated.company
            and (year.fiscal or not stated.named.fiscal)
        ),
        None,
    )


def _kind(stated: _Stated, whose: _Companies, year: _Year | None) -> str:
    if stated.named.fiscal:
        return "fiscal"
    if whose.of_economy(stated) or whose.of_china(stated.company):
        return "calendar"
    return "unknown" if year is None else "either"


def _tie(stated: _Stated, year: _Year | None, *, text: str, kind: str) -> Tie:
    named, dates = stated.named, stated.dates
    operands = [Operand(role="named", span=named.span), dates]
    if year is not None and kind != "calendar":
        operands.append(Operand(role="year", span=year.span, begin=year.close, end=year.close))
    detail = f"{kind} {named.first}-{named.last}"
    if named.number is not None and _PRINTED_YEAR.search(dates.span.of(text)):
        detail += f" {named.number}"
    return Tie(
        kind="quarter",
        cue=named.span,
        operands=tuple(operands),
        sign=None,
        detail=detail,
        sentence=stated.sentence,
    )
