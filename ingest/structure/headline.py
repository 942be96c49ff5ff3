"""Which line names the article.

A page prints much above its text that is as short as a title: bars of navigation, mastheads,
quotes, advertisements, the first section's heading.  No single sign tells them apart, so each
line is judged by several and the best one wins.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from ingest.structure.byline import is_bar, is_byline, is_trail
from ingest.structure.furniture import closes, is_furniture, is_of_page, is_tag_line
from ingest.structure.lines import RawLine, ends_open, is_prose, is_separator

_MARKDOWN_TITLE = re.compile(r"#\s+(?=\S)")
TITLE_LABEL = re.compile(r"(?:文章|新闻)?(?:标题|题目|主题|title)\s*[:：]\s*(?=\S)", re.IGNORECASE)
"""What a form prints in front of the title."""

_NUMBERED = re.compile(
    r"[一二三四五六七八九十]{1,3}\s*[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|0\d\s"
)
_BRACKETED = re.compile(r"【[^】]*】")
_HAN = re.compile(r"[\u3400-\u9fff]")
_CLAUSES = re.compile(
    r"(?<=\w)[：:，,；;？?！!—、]+\s?(?=[\w“‘《])|[\u3400-\u9fff][ \u3000][\u3400-\u9fff]"
)
_QUOTE_FIELD = re.compile(r"[(（]?[+\-−–¥￥$]?[\d,]*\.?\d+[%％]?[)）]?|--+|[↑↓▲▼]+")
_NEWS = re.compile(
    r"\d\s?(?:[%％亿万元点年月季]|个?基点)|[涨跌升降增减超破创]|收[评盘红]|财报|业绩|年报|[季周月日]报|周评|快评|点评"
    r"|观察|解读|展望|策略|前瞻|综述|复盘|榜"
)
_SHORT, _FULL, _MAX_TITLE = 8, 16, 120
_NEAR = 2
# Pages print less above their text; what is longer is a list, and no title stands below it.
_MAX_HEAD = 200


def pick_title(lines: Sequence[RawLine], body: int, excluded: Collection[int]) -> int | None:
    """Find the title among the lines above *body*, the first line of running text.

    For a line speak its length, its clauses and news words, that it stands in the head twice, is
    a Markdown title, or has the byline right below; against it that it is made like a bar, a
    trail or a heading in brackets, or that it has words of the page.  Of equals the first wins.
    """
    head = [index for index in range(min(body, _MAX_HEAD)) if index not in excluded]
    candidates = [index for index in head if _may_be_title(lines[index].text)]
    if not candidates:
        return None
    times = Counter(lines[index].text for index in candidates)
    above_byline = _above_bylines(lines, head, candidates)

    def score(index: int) -> float:
        text = lines[index].text
        quoted = any(
            text in lines[other].text and len(text) >= _SHORT for other in head if other != index
        )
        return (
            _likeness(text)
            + 6 * (times[text] > 1 or quoted)
            + 6 * (TITLE_LABEL.match(text) is not None)
            + 6 * (index == candidates[0] and _MARKDOWN_TITLE.match(text) is not None)
            + 3 * (index in above_byline)
        )

    # A trail or bar names the article only where nothing else does.
    named = [index for index in candidates if not _is_of_site(lines[index].text)] or candidates
    return max(named, key=lambda index: (score(index), -index))


def _likeness(text: str) -> float:
    """How much one line reads like a headline, by its wording alone."""
    length = min(len(text), _FULL) / _FULL * 3 - 2 * (len(text) < _SHORT)
    return (
        length
        + 1.5 * (_CLAUSES.search(text) is not None)
        + (_NEWS.search(text) is not None)
        - 3 * (_BRACKETED.fullmatch(text) is not None)
        - 3 * ends_open(text)
        - 3 * text.startswith(("—", "-"))
        - 2 * (_HAN.search(text) is None)
        - 2 * is_furniture(text)
    )


def _above_bylines(
    lines: Sequence[RawLine], head: Sequence[int], candidates: Sequence[int]
) -> frozenset[int]:
    """Candidates within two lines above a byline: a title, and the line that explains it."""
    bylines = {index for index in head if is_byline(lines[index].text)}
    return frozenset(
        index for index in candidates if not bylines.isdisjoint(range(index + 1, index + 1 + _NEAR))
    )


def _is_of_site(text: str) -> bool:
    return is_trail(text) or is_bar(text) or _is_masthead(text)


def _is_masthead(text: str) -> bool:
    """Whether a line is a site's name and section, without a clause: 链观 · 周末专栏."""
    parts = re.split(r"\s+[·∙•|｜]\s+|[\u3000\t]+|\s+[-–—]\s+", text)
    return len(parts) > 1 and all(len(part) <= 12 for part in parts) and not _CLAUSES.search(text)


def _is_quote(text: str) -> bool:
    words = text.split()
    return sum(_QUOTE_FIELD.fullmatch(word) is not None for word in words) * 2 >= len(words)


def _may_be_title(text: str) -> bool:
    return not (
        len(text) > _MAX_TITLE
        or is_separator(text)
        or is_prose(text)
        or is_tag_line(text)
        or is_byline(text)
        or is_of_page(text)
        or closes(text)
        or _is_quote(text)
        or _NUMBERED.match(text)
    )
