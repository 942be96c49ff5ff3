"""What an article says about itself: title, date, publisher, author, category, tags, tickers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from ingest.structure.byline import fields, find_date, is_byline, labelled, trail_of
from ingest.structure.furniture import is_furniture, is_tag_line
from ingest.structure.layout import Layout
from ingest.structure.lines import RawLine, is_prose, simplified
from ingest.structure.zones import TICKER
from kg.records import Metadata

_PUBLISHER = re.compile(r"来源|出处|source", re.IGNORECASE)
_AUTHOR = re.compile(r"作者|记者|撰文|撰稿|^文$|author", re.IGNORECASE)
_TAGS = re.compile(r"标签|关键[词字]")
_CATEGORY = re.compile(r"栏目|分类|频道")
_PUBLISHED = re.compile(r"(?:发布|发表|刊发|出版|更新)|日期|时间")
# 财联社1月17日电, 智通财经APP获悉: agencies sign in the first line
_DATELINE = re.compile(
    r"[【\[]?(?P<name>[\w·]{2,12}?)(?:APP|App)?(?:讯|获悉|\s?\d{1,2}月\d{1,2}日(?:电|讯))[，,（(：:\s]"
)
_ABOUT = re.compile(r"关于(?:我们|本站)\s*[:：]\s*(?P<name>[^，,。：:是]{2,30}?)\s*是")
_COPYRIGHT = re.compile(
    r"(?:©|\(C\)|Copyright)\s*(?:©\s*)?(?:\d{4}(?:\s?[-–—]\s?\d{4})?)?\s*"
    r"(?P<name>[^\s\d©|｜，。]{2,30}(?: [A-Z][A-Za-z.]{1,20}){0,3})",
    re.IGNORECASE,
)
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
    return Metadata(
        title=_title(lines, layout, body) or name,
        published=_published(texts, labels),
        publisher=_value(_PUBLISHER, labels) or _beside_date(texts) or _signed(texts, body),
        author=_value(_AUTHOR, labels),
        category=_category(lines, layout, labels),
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
        return _SITE_SUFFIX.sub("", title) or title
    headline = _HEADLINE.match(body[0]) if body else None
    return headline["title"] if headline else None


def _published(texts: Sequence[str], labels: Iterable[tuple[str, str]]) -> date | None:
    said = [value for name, value in labels if _PUBLISHED.search(name)]
    dated = [text for text in texts if is_byline(text)]
    short = [text for text in texts if not is_prose(text)]
    return next((found for text in [*said, *dated, *short] if (found := find_date(text))), None)


def _beside_date(texts: Sequence[str]) -> str | None:
    """The unlabelled name next to the date of a byline: 2026年1月16日 15:06　新浪财经."""
    for text in texts:
        parts = fields(text) if is_byline(text) else []
        if not any(find_date(part) for part in parts):
            continue
        for field in parts:
            if re.fullmatch(r"[^\d:：|/]{2,15}", field) and not is_furniture(field):
                return field
    return None


def _signed(texts: Sequence[str], body: Sequence[str]) -> str | None:
    for pattern, where in ((_ABOUT, texts), (_DATELINE, body), (_COPYRIGHT, texts)):
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
    for line in lines[:body]:
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
            and not is_furniture(above.text)
        ):
            return above.text
    return None


def _tags(texts: Iterable[str], labels: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    tags = [tag.strip("#") for text in texts if is_tag_line(text) for tag in text.split()]
    for name, value in labels:
        if _TAGS.search(name):
            tags += [tag.strip("#") for tag in re.split(r"[\s,，、;；|]+", value)]
    return tuple(dict.fromkeys(tag for tag in tags if tag))
