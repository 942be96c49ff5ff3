"""Lines and blocks of a text, and what the shape of one line tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.records import Span

BLANK = (
    " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
    "\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\u200b\u200c\u200d\u2060\ufeff"
)
"""White space, and the zero-width characters that web pages leave where they print nothing."""

MARK = re.compile(
    r"[\[［【]\s?\^?(?P<sources>[0-9０-９]{1,3}"
    r"(?:\s?[,，、;；\-‐‑–—~～]\s?[0-9０-９]{1,3}){0,30})\s?[\]］】](?![%％])"
)
"""A citation mark by its form; `ingest.structure.marks` reads what it cites."""

STOPS = "。！？!?｡"
CLOSERS = "”’\"'」』）)】］]》〉"

_TRADITIONAL = str.maketrans(
    "註冊錄陸員開戶載閱讀覽評論關聯繫們聲權轉資訊聞報導鏈專題熱門編輯責構議據風險負僅參謹場點擊"
    "讚贊條約觀見錯體頁時間發佈來記類欄標簽號掃碼語聽歡暫無繼續項進註為對後採審譯經許應",
    "注册录陆员开户载阅读览评论关联系们声权转资讯闻报导链专题热门编辑责构议据风险负仅参谨场点击"
    "赞赞条约观见错体页时间发布来记类栏标签号扫码语听欢暂无继续项进注为对后采审译经许应",
)

BULLET = re.compile(
    r"(?:[·•●○▪■□◆◇►▶➢✓✔※♦]\s*"
    r"|[-–—*]\s+|\+\s+(?=\D)"
    r"|[（(][0-9０-９]{1,2}[)）]\s*"
    r"|[0-9０-９]{1,2}[、)）]\s*"
    r"|[0-9０-９]{1,2}[.．](?:\s+|(?![0-9０-９\s]))"
    r"|[①-⑳➀-➉❶-❿]\s*)(?=\S)"
)
"""The sign that opens an item of a list."""

_AFTER_STOP = re.compile(
    rf"(?:[{re.escape(CLOSERS)}\s]|{MARK.pattern.replace('?P<sources>', '')})*"
)
_CELL_GAP = re.compile(r"[\t|｜│\u3000 \xa0]+")
_BAR = re.compile(r"(?<!\\)[|｜│]")
_NARROW = (" ", "\xa0")
_WORD = re.compile(r"\w")
_ENGLISH_WORDS = re.compile(r"[A-Za-z]+")
# A label that opens text of the article even where the text forgoes its full stop.
_ABSTRACT = re.compile(
    r"(?:内容提要|内容摘要|核心观点|核心提示|核心要点|投资要点|摘要|提要|导读|导语|要点|编者按)\s*[:：]\s*\S"
)


@dataclass(frozen=True, slots=True)
class RawLine:
    """A line that is not blank, before anyone knows what it is.

    *text* is the stored text at *span*, without outer white space; *block* counts from 1.
    """

    span: Span
    block: int
    text: str


def split_lines(text: str) -> list[RawLine]:
    """Divide *text* into its lines that are not blank; blank lines divide blocks."""
    lines: list[RawLine] = []
    offset, block, after_blank = 0, 0, True
    for whole in text.splitlines(keepends=True):
        content = whole.strip(BLANK)
        if content:
            block += after_blank
            start = offset + len(whole) - len(whole.lstrip(BLANK))
            lines.append(RawLine(Span(start, start + len(content)), block, content))
        after_blank = not content
        offset += len(whole)
    return lines


def simplified(text: str) -> str:
    """*text* with the characters of a page's own words simplified, each for one."""
    return text.translate(_TRADITIONAL)


def has_words(text: str) -> bool:
    """Whether *text* holds a letter, ideograph or digit."""
    return _WORD.search(text) is not None


def has_mark(text: str) -> bool:
    """Whether *text* holds something that has the form of a citation mark."""
    return MARK.search(text) is not None


def is_only_marks(text: str) -> bool:
    """Whether *text* says nothing but which sources it cites."""
    return has_mark(text) and not has_words(MARK.sub("", text))


def ends_sentence(text: str) -> bool:
    """Whether *text* ends with a stop, its closing quotes and citation marks left aside."""
    last = max(text.rfind(stop) for stop in STOPS)
    return last >= 0 and _AFTER_STOP.fullmatch(text, last + 1) is not None


def ends_open(text: str) -> bool:
    """Whether *text* ends with a mark that announces more: 核心观点：."""
    return text[-1:] in set(":：,，、;；—")


def is_prose(text: str) -> bool:
    """Whether a line is running text by its punctuation.

    A full stop makes it so.  A question or exclamation mark alone does not, titles and headings
    end with them too, unless the line is too long to be one.
    """
    if not has_words(text):
        return False
    if "。" in text or "｡" in text or _ABSTRACT.match(text):
        return True
    if ends_sentence(text):
        return len(text) > 40
    return text.endswith((".", '."', ".)")) and len(_ENGLISH_WORDS.findall(text)) >= 8


def is_separator(text: str) -> bool:
    """Whether a line is drawn rather than written: ``———``, ``--``, ``***``."""
    return not has_words(text)


def bullet_length(text: str) -> int:
    """Length of the sign that opens an item of a list, 0 where there is none."""
    match = BULLET.match(text)
    return match.end() if match else 0


def has_wide_gap(text: str, span: Span | None = None) -> bool:
    """Whether more than single spaces divides the words at *span* of *text*, all by default."""
    start, end = (span.start, span.end) if span else (0, len(text))
    return any(gap[0] not in _NARROW for gap in _CELL_GAP.finditer(text, start, end))


def cell_spans(text: str, span: Span) -> tuple[Span, ...]:
    """Spans of the cells of the row of a text table that stands at *span* of *text*.

    Columns are divided by tabs, bars, ideographic spaces or two spaces and more, and by single
    spaces in a row that has nothing wider.  In a row that opens with a bar, as Markdown's do,
    only bars divide, and a cell may be empty.
    """
    if text.startswith("|", span.start):
        return tuple(_barred(text, span))
    narrow = not has_wide_gap(text, span)
    return tuple(_cells(text, span, narrow=narrow))


def _barred(text: str, span: Span) -> Iterator[Span]:
    start = span.start + 1
    for bar in _BAR.finditer(text, start, span.end):
        yield _inside(text, start, bar.start())
        start = bar.end()
    if text[start : span.end].strip(BLANK):
        yield _inside(text, start, span.end)


def _inside(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    content = words.strip(BLANK)
    start += len(words) - len(words.lstrip(BLANK)) if content else 0
    return Span(start, start + len(content))


def _cells(text: str, span: Span, *, narrow: bool) -> Iterator[Span]:
    start = span.start
    for gap in _CELL_GAP.finditer(text, span.start, span.end):
        if gap[0] in _NARROW and not narrow:
            continue
        if gap.start() > start:
            yield Span(start, gap.start())
        start = gap.end()
    if start < span.end:
        yield Span(start, span.end)
