from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.periods import find_periods
from kg.records import Period

SATURDAY = date(2024, 12, 7)
JUNE = date(2026, 6, 23)


def only(text: str, reference: date | None = None) -> Period:
    found = find_periods(text, reference=reference)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("words", "kind", "begin", "end"),
    [
        ("2025年第四季度", "quarter", date(2025, 10, 1), date(2025, 12, 31)),
        ("2025Q4", "quarter", date(2025, 10, 1), date(2025, 12, 31)),
        ("2023-2025年", "range", date(2023, 1, 1), date(2025, 12, 31)),
        ("2024—2026年度", "range", date(2024, 1, 1), date(2026, 12, 31)),
        ("2026年1月前两周", "month", date(2026, 1, 1), date(2026, 1, 14)),
        ("2026年2月7日", "day", date(2026, 2, 7), date(2026, 2, 7)),
        ("2026-02-07", "day", date(2026, 2, 7), date(2026, 2, 7)),
        ("２０２６年２月", "month", date(2026, 2, 1), date(2026, 2, 28)),
        ("二〇二四年", "year", date(2024, 1, 1), date(2024, 12, 31)),
        ("2025年上半年", "half", date(2025, 1, 1), date(2025, 6, 30)),
        ("2025年前三季度", "range", date(2025, 1, 1), date(2025, 9, 30)),
        ("2025年1-11月", "range", date(2025, 1, 1), date(2025, 11, 30)),
        ("2025年10月1日至11月12日", "range", date(2025, 10, 1), date(2025, 11, 12)),
        ("2025年底", "day", date(2025, 12, 31), date(2025, 12, 31)),
        ("“十五五”期间", "range", date(2026, 1, 1), date(2030, 12, 31)),
        ("2024年12月7日至2025年1月5日", "range", date(2024, 12, 7), date(2025, 1, 5)),
    ],
)
def test_absolute_expression_is_known_without_a_reference(
    words: str, kind: str, begin: date, end: date
) -> None:
    period = only(f"，{words}，")
    assert (period.text, period.kind, period.begin, period.end) == (words, kind, begin, end)


@pytest.mark.parametrize(
    ("sentence", "words", "reference", "begin", "end"),
    [
        ("年初至今上涨7%", "年初至今", SATURDAY, date(2024, 1, 1), SATURDAY),
        ("4月以来", "4月以来", date(2025, 12, 11), date(2025, 4, 1), date(2025, 12, 11)),
        ("截至11月29日当周", "截至11月29日当周", SATURDAY, date(2024, 11, 23), date(2024, 11, 29)),
        (
            "11月18日至22日当周",
            "11月18日至22日当周",
            SATURDAY,
            date(2024, 11, 18),
            date(2024, 11, 22),
        ),
        ("周五收于", "周五", SATURDAY, date(2024, 12, 6), date(2024, 12, 6)),
        ("上一周五", "上一周五", SATURDAY, date(2024, 11, 29), date(2024, 11, 29)),
        ("较上一周三", "上一周三", SATURDAY, date(2024, 11, 27), date(2024, 11, 27)),
        ("11月全月", "11月全月", SATURDAY, date(2024, 11, 1), date(2024, 11, 30)),
        ("前一周五", "前一周五", SATURDAY, date(2024, 11, 29), date(2024, 11, 29)),
        ("全周上涨", "全周", SATURDAY, date(2024, 12, 2), date(2024, 12, 8)),
        ("下周公布", "下周", SATURDAY, date(2024, 12, 9), date(2024, 12, 15)),
        ("12月职位空缺", "12月", date(2026, 2, 12), date(2025, 12, 1), date(2025, 12, 31)),
        ("下半年仍有空间", "下半年", JUNE, date(2026, 7, 1), date(2026, 12, 31)),
        ("第四季度利润", "第四季度", date(2026, 2, 7), date(2025, 10, 1), date(2025, 12, 31)),
        ("上季度", "上季度", date(2026, 2, 7), date(2025, 10, 1), date(2025, 12, 31)),
        ("过去三个月", "过去三个月", JUNE, date(2026, 3, 23), JUNE),
        ("近一年涨幅", "近一年", JUNE, date(2025, 6, 23), JUNE),
        ("去年", "去年", JUNE, date(2025, 1, 1), date(2025, 12, 31)),
        ("将于11至13日举行", "11至13日", SATURDAY, date(2024, 12, 11), date(2024, 12, 13)),
        (
            "自3月1日起至5月31日",
            "3月1日起至5月31日",
            JUNE,
            date(2026, 3, 1),
            date(2026, 5, 31),
        ),
        (
            "截至2025年9月30日止三个月",
            "截至2025年9月30日止三个月",
            JUNE,
            date(2025, 7, 1),
            date(2025, 9, 30),
        ),
    ],
)
def test_relative_expression_is_resolved_against_the_reference(
    sentence: str, words: str, reference: date, begin: date, end: date
) -> None:
    period = only(sentence, reference)
    assert (period.text, period.begin, period.end) == (words, begin, end)


@pytest.mark.parametrize(
    "words", ["年初至今", "上季度", "周五", "5月", "今年", "过去三个月", "同期"]
)
def test_relative_expression_without_a_reference_has_no_days(words: str) -> None:
    period = only(words)
    assert (period.begin, period.end) == (None, None)


def test_what_the_text_names_before_is_taken_up() -> None:
    month, before, year_before = find_periods("5月为3%，上月为2%，上年同期为1%。", reference=JUNE)
    assert (month.begin, before.begin) == (date(2026, 5, 1), date(2026, 4, 1))
    assert (year_before.begin, year_before.end) == (date(2025, 5, 1), date(2025, 5, 31))


def test_a_year_binds_the_months_of_its_sentence_only() -> None:
    found = find_periods("2024年增长，5月最快。5月回落。", reference=JUNE)
    assert [p.begin for p in found[1:]] == [date(2024, 5, 1), date(2026, 5, 1)]


def test_a_year_to_come_does_not_bind_the_past() -> None:
    found = find_periods("2026年预期由9月时的1.8%上调", reference=date(2025, 12, 11))
    assert found[1].begin == date(2025, 9, 1)


def test_the_same_period_is_the_one_spoken_of() -> None:
    to_date, same = find_periods("年初至今涨7%，同期跌1.4%", reference=date(2026, 1, 16))
    assert (same.begin, same.end) == (to_date.begin, to_date.end)


def test_what_begins_on_a_day_is_open() -> None:
    period = only("自2026年1月1日起，该公司提价", JUNE)
    assert (period.text, period.begin, period.end) == ("自2026年1月1日起", date(2026, 1, 1), None)
    assert only("从4月起诉以来", JUNE).text == "4月"


def test_days_later_count_from_the_day_named_last() -> None:
    _, later = find_periods("4月23日宣布降价；两天后跟进", reference=JUNE)
    assert (later.text, later.begin, later.end) == ("两天后", date(2026, 4, 25), date(2026, 4, 25))
    assert only("两天后跟进", JUNE).begin is None


def test_the_same_month_points_at_one_that_was_named() -> None:
    _, same = find_periods("4月销量为36万辆。[5] 其他车企同月售出14万辆", reference=JUNE)
    assert (same.begin, same.end) == (date(2026, 4, 1), date(2026, 4, 30))
    assert only("其他车企同月售出14万辆", JUNE).begin is None


def test_fiscal_years_differ_from_firm_to_firm() -> None:
    period = only("2026财年", JUNE)
    assert (period.text, period.kind, period.begin) == ("2026财年", "fiscal_year", None)


def test_a_weekday_beside_its_date_is_that_day() -> None:
    day, weekday = find_periods("10月30日（星期一）", reference=date(2023, 11, 3))
    assert day.begin == weekday.begin == date(2023, 10, 30)


@pytest.mark.parametrize(
    "words",
    [
        "5年期国债",
        "14个交易日",
        "两周",
        "3个月期",
        "第三次",
        "2,025点",
        "周期",
        "三十日内",
        "10号墓",
        "低8日元",
        "连续5日上涨",
        "5日均线",
    ],
)
def test_lengths_tenors_and_ordinals_are_no_periods(words: str) -> None:
    assert find_periods(words, reference=JUNE) == []


def test_an_impossible_day_keeps_its_words() -> None:
    period = only("2025年2月30日", JUNE)
    assert (period.text, period.begin) == ("2025年2月30日", None)


_WORDS = (
    "0123456789年月日周季度上下去今前后本当初末底至到今以来截自起同期"
    "一二三四五六七八九十个财Q-—~“”十五规划 \n。１２"
)


@given(
    st.text(alphabet=_WORDS, max_size=50) | st.text(max_size=50),
    st.none() | st.dates(min_value=date(1, 1, 1)),
)
@example("去年", date(1, 1, 1))
@example("下个月", date(9999, 12, 31))
@example("过去999年", date(2026, 1, 1))
@example("9月31日以来", date(2024, 2, 29))
@example("2月29日上年同期", date(2024, 3, 1))
def test_any_text_is_read_and_spans_are_exact(text: str, reference: date | None) -> None:
    found = find_periods(text, reference=reference)
    for period in found:
        assert text[period.span.start : period.span.end] == period.text
        if period.begin and period.end:
            assert period.begin <= period.end
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("sentence", "words", "begin", "end"),
    [
        ("6月前20天出口增长", "6月前20天", date(2026, 6, 1), date(2026, 6, 20)),
        ("5月上半月销量", "5月上半月", date(2026, 5, 1), date(2026, 5, 15)),
        ("5月下半月销量", "5月下半月", date(2026, 5, 16), date(2026, 5, 31)),
        ("本周前三天成交", "本周前三天", date(2026, 6, 22), date(2026, 6, 24)),
        ("截至一季度末，余额", "截至一季度末", date(2026, 3, 31), date(2026, 3, 31)),
        ("目前库存偏低", "目前", JUNE, JUNE),
        ("开年以来上涨", "开年以来", date(2026, 1, 1), JUNE),
        ("上世纪80年代建成", "上世纪80年代", date(1980, 1, 1), date(1989, 12, 31)),
        ("20世纪九十年代", "20世纪九十年代", date(1990, 1, 1), date(1999, 12, 31)),
        ("90年代起家", "90年代", date(1990, 1, 1), date(1999, 12, 31)),
        ("占公司24年营收", "24年", date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_parts_of_the_calendar_have_days(sentence: str, words: str, begin: date, end: date) -> None:
    period = only(sentence, JUNE)
    assert (period.text, period.begin, period.end) == (words, begin, end)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("今年五一假期出行人数", "今年五一假期"),
        ("2026年春运期间发送旅客", "2026年春运期间"),
        ("春运前20天发送旅客", "春运前20天"),
        ("春节假期前三天票房", "春节假期前三天"),
        ("国庆中秋假期出游", "国庆中秋假期"),
        ("双十一期间销售额", "双十一期间"),
        ("农历正月初五开市", "农历正月初五"),
        ("从腊月二十三忙到", "腊月二十三"),
        ("近期回落", "近期"),
        ("2026财年第一财季营收", "2026财年第一财季"),
    ],
)
def test_events_and_lunar_days_are_told_by_name_only(sentence: str, words: str) -> None:
    period = only(sentence, JUNE)
    assert (period.text, period.begin, period.end) == (words, None, None)


@pytest.mark.parametrize(
    "sentence",
    ["黑色星期五大跌", "20世纪福克斯出品", "最大年产量", "修正月度数据", "提前三个月完工"],
)
def test_words_that_hold_a_time_are_none(sentence: str) -> None:
    assert find_periods(sentence, reference=JUNE) == []
