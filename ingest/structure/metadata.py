"""What an article says about itself: title, date, publisher, author, category, tags, tickers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from ingest.structure.byline import (
    ARROW,
    fields,
    find_date,
    is_byline,
    is_person,
    labelled,
    name_in,
    signature,
    trail_of,
)
from ingest.structure.furniture import is_control, is_furniture, is_tag_line
from ingest.structure.headline import TITLE_LABEL
from ingest.structure.layout import Layout
from ingest.structure.lines import RawLine, is_prose, simplified
from ingest.structure.zones import TICKER
from kg.records import Metadata

_PUBLISHER = re.compile(r"来源|出处|source", re.IGNORECASE)
_AUTHOR = re.compile(r"作者|记者|分析师|撰文|撰稿|采写|^文$|author", re.IGNORECASE)
_TAGS = re.compile(r"标签|关键[词字]")
_CATEGORY = re.compile(r"栏目|分类|频道")
_PUBLISHED = re.compile(r"(?:发布|发表|刊发|出版|更新)|日期|时间")
# 财联社1月17日电, 智通财经APP获悉: agencies sign in the first line
_DATELINE = re.compile(
    r"[【\[]?(?P<name>[\w·]{2,12}?)(?:APP|App)?(?:讯|获悉|\s?\d{1,2}月\d{1,2}日(?:电|讯))[，,（(：:\s]"
)
_ABOUT = re.compile(r"关于(?:我们|本站)\s*[:：]\s*(?P<name>[^，,。：:是]{2,30}?)\s*是")
_SITE = re.compile(r"(?P<name>.+)")
_COPYRIGHT = re.compile(
    r"(?:©|\(C\)|Copyright)\s*(?:©\s*)?(?:\d{4}(?:\s?[-–—]\s?\d{4})?)?\s*"
    r"(?P<name>[^\s\d©|｜，。]{2,30}(?: [A-Z][A-Za-z.]{1,20}){0,3})",
    re.IGNORECASE,
)
_HOUSE = re.compile(
    r"[\w·]{1,10}(?:社|网|报|新闻|财经|资讯|证券|研究[院所]?|综合|周刊|杂志|观察|早报|快讯)"
)
_POINT = re.compile(r"\s[·∙•]\s")
_COLUMN_GAP = re.compile(r"\s+[·∙•]\s+|[\u3000\t]+|<+\s*")
_ACCOUNT = re.compile(r"关注\s?[“「『\"](?P<name>[^”」』\"]{2,16})[”」』\"]")
_NAME = re.compile(r"(?!(?:星期|周)[一二三四五六日天]$)[^\d:：|/]{2,20}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SITE_SUFFIX = re.compile(
    r"(?:\s*[_|｜]\s*|\s[-–—]\s)[^_|｜]{2,12}(?:网|财经|社|中心|频道|平台|首页)$"
)
_HEADLINE = re.compile(r"【(?P<title>[^】]{4,80})】")
_ENCLOSING = "()（）[]【】"


def read_metadata(lines: Sequence[RawLine], layout: Layout, *, name: str) -> Metadata:
    """Collect the metadata of a page.

    The body says nothing of itself but its headline in brackets and its dateline; *name* is the
    title where the page prints none.
    """
    outside = [
        index
        for index, kind in enumerate(layout.kinds)
        if kind in ("meta", "furniture") and index not in layout.stocks
    ]
    texts = [lines[index].text for index in outside]
    labels = [pair for text in texts if not is_prose(text) for pair in _labels(text)]
    body = [
        line.text
        for line, kind in zip(lines, layout.kinds, strict=True)
        if kind in ("paragraph", "bullet")
    ][:2]
    column = _column(lines, layout)
    publisher = (
        _publisher(labels)
        or next((name for name in _beside_date(texts) if not is_person(name)), None)
        or _house(texts)
        or _signed(texts, body, column)
    )
    author = _author(labels, texts)
    category = _category(lines, layout, labels) or " > ".join(
        part for part in column if part != publisher
    )
    return Metadata(
        title=_title(lines, layout, body) or name,
        published=_published(texts, labels),
        publisher=publisher,
        author=author,
        category=category if category not in ("", author, publisher) else None,
        tags=_tags(texts, labels),
        tickers=tuple(
            dict.fromkeys(
                ticker[0]
                for index in sorted(layout.stocks)
                for ticker in TICKER.finditer(lines[index].text)
            )
        ),
    )


def _labels(text: str) -> Iterable[tuple[str, str]]:
    for field in fields(text):
        if pair := labelled(field):
            label, value = pair
            yield simplified(label), value.strip().strip(_ENCLOSING)


def _value(label: re.Pattern[str], labels: Iterable[tuple[str, str]]) -> str | None:
    return next((value for name, value in labels if label.search(name) and value), None)


def _title(lines: Sequence[RawLine], layout: Layout, body: Sequence[str]) -> str | None:
    if layout.title is not None:
        title = lines[layout.title].text.lstrip("#").strip()
        if label := TITLE_LABEL.match(title):
            title = title[label.end() :]
        return _SITE_SUFFIX.sub("", title) or title
    headline = _HEADLINE.match(body[0]) if body else None
    return headline["title"] if headline else None


def _published(texts: Sequence[str], labels: Iterable[tuple[str, str]]) -> date | None:
    said = [value for name, value in labels if _PUBLISHED.search(name)]
    dated = [text for text in texts if is_byline(text)]
    short = [text for text in texts if not is_prose(text)]
    # Some pages print the year above the day.
    split = [f"{one}/{other}" for one, other in pairwise(short) if _YEAR.fullmatch(one)]
    every = [*said, *dated, *short, *split]
    return next((found for text in every if (found := find_date(text))), None)


def _publisher(labels: Iterable[tuple[str, str]]) -> str | None:
    named = (name_in(value) for name, value in labels if _PUBLISHER.search(name))
    return next((name for name in named if name), None)


def _author(labels: Iterable[tuple[str, str]], texts: Sequence[str]) -> str | None:
    if said := _value(_AUTHOR, labels):
        return name_in(said)
    signed = (signature(field) for field in _fields(texts))
    if name := next((pair[1] for pair in signed if pair), None):
        return name
    beside = (name for name in _beside_date(texts) if is_person(name))
    return next(beside, None) or _alone_above_date(texts)


def _house(texts: Sequence[str]) -> str | None:
    """The house in whose name a byline is signed (浪涌新闻记者 贺清源) or that stands above it."""
    signed = (signature(field) for field in _fields(texts))
    if house := next((pair[0] for pair in signed if pair and pair[0]), None):
        return house
    beside = (above for above, text in pairwise(texts) if is_byline(text) and find_date(text))
    return next((name for name in beside if _HOUSE.fullmatch(name)), None)


def _column(lines: Sequence[RawLine], layout: Layout) -> tuple[str, ...]:
    """Site and section of a masthead above the title: CHAINVIEW 链观 · 周末专栏."""
    for line in lines[: layout.title or 0]:
        parts = [part for part in _COLUMN_GAP.split(line.text) if part and not is_control(part)]
        if len(parts) == 2 and _POINT.search(line.text) and max(map(len, parts)) <= 15:
            return tuple(parts)
    return ()


def _fields(texts: Sequence[str]) -> Iterator[str]:
    return (field for text in texts if is_byline(text) for field in fields(text))


def _alone_above_date(texts: Sequence[str]) -> str | None:
    """A person's name on the line above the date."""
    for above, text in pairwise(texts):
        if is_person(above) and is_byline(text) and find_date(text):
            return above
    return None


def _beside_date(texts: Sequence[str]) -> Iterator[str]:
    """The unlabelled names next to the date of a byline: 2026年1月16日 15:06　新浪财经."""
    for text in texts:
        parts = fields(text) if is_byline(text) else []
        if not any(find_date(part) for part in parts):
            continue
        for field in parts:
            if labelled(field) or signature(field) or is_furniture(field):
                continue
            name = name_in(field)
            if name and _NAME.fullmatch(name):
                yield name


def _signed(texts: Sequence[str], body: Sequence[str], column: Sequence[str]) -> str | None:
    """The publisher by an account to follow, its own words, a dateline, masthead or copyright."""
    for pattern, where in (
        (_ACCOUNT, texts),
        (_ABOUT, texts),
        (_DATELINE, body),
        (_SITE, column[:1]),
        (_COPYRIGHT, texts),
    ):
        for text in where:
            match = pattern.search(text[:400]) if pattern is not _DATELINE else pattern.match(text)
            if match:
                return match["name"].strip()
    return None


def _category(
    lines: Sequence[RawLine], layout: Layout, labels: Iterable[tuple[str, str]]
) -> str | None:
    if said := _value(_CATEGORY, labels):
        return said
    body = next(
        (i for i, kind in enumerate(layout.kinds) if kind in ("paragraph", "heading")), len(lines)
    )
    # A trail with arrows is one for sure, bars and strokes divide other things too.
    for line in sorted(lines[:body], key=lambda line: ARROW.search(line.text) is None):
        if trail := trail_of(line.text):
            return " > ".join(trail)
    # Pages that print no trail name the section right above the date.
    for index in range(1, body):
        above = lines[index - 1]
        if (
            is_byline(lines[index].text)
            and above.block == lines[index].block
            and layout.kinds[index - 1] == "furniture"
            and len(above.text) <= 12
            and _NAME.fullmatch(above.text)
            and not is_furniture(above.text)
            and not is_person(above.text)
            and find_date(lines[index].text)
        ):
            return above.text
    return None


def _tags(texts: Iterable[str], labels: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    tags = [tag.strip("#") for text in texts if is_tag_line(text) for tag in text.split()]
    for name, value in labels:
        if _TAGS.search(name):
            tags += [tag.strip("#") for tag in re.split(r"[\s,，、;；|]+", value)]
    return tuple(dict.fromkeys(tag for tag in tags if tag))
