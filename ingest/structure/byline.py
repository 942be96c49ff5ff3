"""Lines above an article that tell where it comes from, and the one that names it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date

from ingest.structure.furniture import is_control, is_furniture, is_of_page, is_tag_line
from ingest.structure.lines import RawLine, has_mark, is_prose, is_separator, simplified

_DATE = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?(?:年|[-/.])\s?(?P<month>\d{1,2})\s?(?:月|[-/.])\s?(?P<day>\d{1,2})(?!\d)"
)
_TIME = r"(?:日|T|,|，|\s)*(?:星期.|周.)?\s*(?:\d{1,2}[:：]\d\d(?:[:：]\d\d)?(?:\s?[+Z]\S*)?)?"
_TIME = r"(?:日|T|,|，|\s)*(?:星期.|周.)?\s*(?:\d{1,2}[:：]\d\d(?:[:：]\d\d)?(?:\s?[+Z]\S*)?)?"
# A date with its time where nothing but a gap is beside it: one that opens a title has words.
_DATE_FIELD = re.compile(rf"(?<![^\s(（|｜])(?P<field>{_DATE.pattern}{_TIME})(?![^\s)）|｜])")
_LABELS = (
    r"(?:文章|信息|稿件|新闻|本文)?(?:来源|出处|作者|记者|撰文|撰稿|文|编辑|日期|时间|发布时间|发布日期|更新时间"
    r"|发布于|发表于|更新于|标签|关键词|关键字|栏目|分类|频道|source|author|date)"
)
_LABELLED = re.compile(
    rf"[(（【\[]?(?P<label>{_LABELS})\s*[:：/｜|]\s*(?P<value>\S[\s\S]*)", re.IGNORECASE
)
_FIELD_GAP = re.compile(r"[\t\u3000|｜]+|[ \xa0]{2,}")
_SINGLE_GAP = re.compile(rf"\s(?={_LABELS}\s?[:：])", re.IGNORECASE)
_TRAIL_GAP = re.compile(r"\s*[>＞»›/|｜→]\s*")
_MARKDOWN_TITLE = re.compile(r"#\s+(?=\S)")
_NUMBERED = re.compile(
    r"[一二三四五六七八九十]{1,3}\s*[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]"
)
_MAX_BYLINE = 160
_MAX_TRAIL_STEP = 16
_MAX_BARE_FIELD = 15
_MIN_TITLE = 8
_MAX_TITLE = 120


def find_date(text: str) -> date | None:
    """The first complete date in *text* that the calendar knows: 2026年1月17日, 2026-04-17."""
    for match in _DATE.finditer(text):
        year, month, day = (int(match[name]) for name in ("year", "month", "day"))
        try:
            return date(year, month, day)
        except ValueError:
            continue
    return None


def fields(text: str) -> list[str]:
    """The fields of a byline: what wide gaps divide, and single ones beside a date or label."""

    def set_apart(match: re.Match[str]) -> str:
        # 发布时间：2026-01-17 is one field
        after_label = text[: match.start()].rstrip().endswith((":", "："))
        return match[0] if after_label else f"\t{match['field']}\t"

    divided = _SINGLE_GAP.sub("\t", _DATE_FIELD.sub(set_apart, text))
    return [field.strip(" ()（）") for field in _FIELD_GAP.split(divided) if field.strip(" ()（）")]


def _is_date(field: str) -> bool:
    """Whether a field of a byline is a date, with or without its time."""
    return _DATE_FIELD.fullmatch(field) is not None


def labelled(field: str) -> tuple[str, str] | None:
    """Label and value of a field of a byline: ``("来源", "新浪财经")``."""
    match = _LABELLED.match(simplified(field))
    return (field[slice(*match.span("label"))], field[match.start("value") :]) if match else None


def is_byline(text: str) -> bool:
    """Whether a line gives a date, or a labelled source, author or time, and little else."""
    if len(text) > _MAX_BYLINE or is_prose(text) or has_mark(text):
        return False
    named = [_is_date(field) or labelled(field) is not None for field in fields(text)]
    return any(named) and all(
        known or len(field) <= _MAX_BARE_FIELD or is_of_page(field)
        for known, field in zip(named, fields(text), strict=True)
    )


def trail_of(text: str) -> tuple[str, ...]:
    """The steps of a trail of breadcrumbs, home page and end left out; empty for other lines."""
    if len(text) > _MAX_BYLINE or is_of_page(text) or is_prose(text):
        return ()
    steps = [step for step in _TRAIL_GAP.split(text.strip("> ＞»›/|｜")) if step]
    if len(steps) < 2 or any(len(step) > _MAX_TRAIL_STEP for step in steps):
        return ()
    return tuple(step for step in steps if not is_control(step))


def is_trail(text: str) -> bool:
    """Whether a line is a trail of breadcrumbs: 首页 > 大宗商品 > 周报."""
    return bool(trail_of(text))


def pick_title(lines: Sequence[RawLine], body: int, excluded: Collection[int]) -> int | None:
    """Find the title among the lines above *body*, the first line of running text.

    A line that stands there twice, a Markdown title above all others, else the first that is
    long enough and is no trail or control; a trail where there is nothing else.
    """
    candidates = [
        index for index in range(body) if index not in excluded and _may_be_title(lines[index].text)
    ]
    times = Counter(lines[index].text for index in candidates)
    repeated = [i for i in candidates if times[lines[i].text] > 1]
    marked = [i for i in candidates[:1] if _MARKDOWN_TITLE.match(lines[i].text)]
    plain = [i for i in candidates if not is_trail(lines[i].text)]
    # A title may speak of members or downloads; a line that does so further down is the page's.
    clean = [i for i in plain if i == plain[0] or not is_furniture(lines[i].text)]
    long = [i for i in clean if len(lines[i].text) >= _MIN_TITLE]
    for choice in (repeated, marked, long, clean, candidates):
        if choice:
            return choice[0]
    return None


def _may_be_title(text: str) -> bool:
    return not (
        len(text) > _MAX_TITLE
        or is_separator(text)
        or is_prose(text)
        or is_tag_line(text)
        or is_byline(text)
        or is_of_page(text)
        or _NUMBERED.match(text)
    )
