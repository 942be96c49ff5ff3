"""From a web page to its article as text: headings, lists and tables with Markdown's signs.

trafilatura finds the article within the page; what it returns is rendered here, as its own
output escapes citation marks.  Nothing of the page is executed, nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import TYPE_CHECKING, Final

from ingest.structure.tables import is_caption

if TYPE_CHECKING:
    from lxml.etree import _Element
    from trafilatura.settings import Document as Found

_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f"
# A line end of the source between two ideographs is no space of the text.
_SOURCE_BREAK = re.compile(rf"(?<=[{_WIDE}])[ \t]*[\r\n][ \t\r\n]*(?=[{_WIDE}])")
_PREFORMATTED = re.compile(r"<pre\b[^<>]*>(?P<text>.*?)</pre\s*>", re.IGNORECASE | re.DOTALL)
_SUPERSCRIPT = re.compile(r"[\[［【(（]?\s?(\d{1,3}(?:\s?[,，、\-–]\s?\d{1,3})*)\s?[\]］】)）]?")
_NUMBERED = re.compile(r"[\[［【]\s?\^?\d{1,3}\s?[\]］】]|[（(]?\d{1,3}[.．、)）]")
_HEADINGS: Final = {f"h{level}": "#" * level for level in range(1, 7)}
_BLOCKS: Final = frozenset({"p", "list", "table", "head", "quote", "div"})
_BREAK = "\x00"
_LONG_CELL = 80
_LONG_CAPTION = 120


class EmptyPageError(ValueError):
    """A page in which there is no text of an article."""


def extract_page(markup: str) -> str:
    """The article of a web page, its title and byline above it.

    Blocks are divided by blank lines.  Headings have ``#``, list items ``-`` or a number, rows of
    tables ``|``; a superscript number is a citation mark and gets brackets.  Title and byline
    (source, author, date) are taken from the page's metadata where the text opens without them.

    :raises EmptyPageError: for a page without text.
    """
    markup = _PREFORMATTED.sub(_with_breaks, markup)
    found = _find(_SOURCE_BREAK.sub("", markup))
    blocks = _with_captions(_children(found.body)) if found is not None else []
    if found is None or not blocks:
        raise EmptyPageError
    return "\n\n".join([*_head(found, blocks), *blocks]) + "\n"


def _with_breaks(preformatted: re.Match[str]) -> str:
    """Text that is set as it is written, as paragraphs of lines."""
    blocks = re.split(r"\r?\n[ \t]*(?:\r?\n[ \t]*)+", preformatted["text"])
    lines = (re.sub(r"\r?\n", "<br>", block) for block in blocks)
    return "".join(f"<p>{line}</p>" for line in lines)


def _find(markup: str) -> Found | None:
    from trafilatura import bare_extraction
    from trafilatura.settings import DEFAULT_CONFIG, Document

    config = deepcopy(DEFAULT_CONFIG)
    # Below so many characters all of a page is taken, menus included; Chinese says more in few.
    config["DEFAULT"]["min_extracted_size"] = "10"
    found = bare_extraction(
        markup,
        favor_recall=True,
        include_comments=False,
        include_formatting=True,
        include_tables=True,
        deduplicate=False,
        with_metadata=True,
        # A date that the text speaks of is not the day of its publication.
        date_extraction_params={"extensive_search": False, "original_date": True},
        config=config,
    )
    return found if isinstance(found, Document) else None


def _head(found: Found, blocks: list[str]) -> Iterator[str]:
    """Title and byline; where *blocks* open with a title, it is taken from them."""
    title = f"# {_plain(found.title or '')}"
    own = [block for block in blocks[:4] if block.startswith("# ") or block == title[2:]]
    if own:
        blocks.remove(own[0])
        title = f"# {own[0].removeprefix('# ')}"
    if title != "# ":
        yield title
    fields = [
        label + _plain(value)
        for label, value in (("来源：", found.sitename), ("作者：", found.author), ("", found.date))
        if value and not any(value in block for block in blocks[:2])
    ]
    if fields:
        yield "\u3000".join(fields)


def _children(element: _Element) -> Iterator[str]:
    """The blocks of the children of *element*, and of what stands between them."""
    yield from _paragraphs(element.text or "")
    for child in element:
        name = str(child.tag)
        if name == "list":
            yield from _joined(_items(child))
        elif name == "table":
            yield from _table(child)
        elif name in ("quote", "div", "p") and any(inner.tag in _BLOCKS for inner in child):
            yield from _children(child)
        elif name == "head":
            heading = " ".join(_words(_inline(child)).split())
            sign = _HEADINGS.get(child.get("rend", ""), "##")
            yield from [f"{sign} {heading}"] if heading else []
        else:
            yield from _paragraphs(_inline(child))
        yield from _paragraphs(child.tail or "")


def _with_captions(blocks: Iterator[str]) -> list[str]:
    """*blocks*, with a line of sources below a table in the table's block."""
    joined: list[str] = []
    for block in blocks:
        short = len(block) <= _LONG_CAPTION and "\n" not in block
        if joined and joined[-1].endswith("|") and short and is_caption(block):
            joined[-1] += f"\n{block}"
        else:
            joined.append(block)
    return joined


def _joined(lines: Iterator[str]) -> Iterator[str]:
    block = "\n".join(lines)
    if block:
        yield block


def _paragraphs(raw: str) -> Iterator[str]:
    """A block of the lines of *raw*, without empty ones: those would divide it."""
    yield from _joined(line for line in _words(raw).split("\n") if line)


def _words(raw: str) -> str:
    """*raw* as a browser shows it: white space folded, line breaks of the page kept."""
    parts = raw.split(_BREAK)
    return "\n".join(_SPACE.sub(" ", part).strip() for part in parts)


def _plain(raw: str) -> str:
    return _words(raw).replace("\n", " ")


def _inline(element: _Element) -> str:
    """The words of *element* and all in it, breaks as `_BREAK`."""
    parts = [_unmarked(element.text)]
    for child in element:
        if child.tag == "lb":
            parts.append(_BREAK)
        elif child.tag not in ("graphic", "del"):
            words = _inline(child)
            raised = child.tag == "hi" and child.get("rend") == "#sup"
            parts.append(_raised(words, "".join(parts)) if raised else words)
        parts.append(_unmarked(child.tail))
    return "".join(parts)


def _unmarked(raw: str | None) -> str:
    return (raw or "").replace(_BREAK, "")


def _raised(words: str, before: str) -> str:
    """Superscript *words*: a source number gets brackets, a power of *before* its sign."""
    number = _SUPERSCRIPT.fullmatch(words.strip())
    if number is None:
        return words
    last = before.rstrip()[-1:]
    if words.strip().isdigit() and last.isascii() and last.isalnum():
        return f"^{words.strip()}"
    return f"[{number[1]}]"


def _items(element: _Element) -> Iterator[str]:
    ordered = element.get("rend") == "ol"
    number = 0
    for item in element:
        words = _plain("".join(_own(item)))
        if words:
            number += 1
            own = _NUMBERED.match(words) is not None
            yield words if own else f"{number}. {words}" if ordered else f"- {words}"
        for child in item:
            if child.tag == "list":
                yield from _items(child)


def _own(item: _Element) -> Iterator[str]:
    """The words of a list's item without the lists in it."""
    yield item.text or ""
    for child in item:
        if child.tag != "list":
            yield _inline(child)
        yield child.tail or ""


def _table(element: _Element) -> Iterator[str]:
    rows = [
        (
            [_plain(_inline(cell)).replace("|", "｜") for cell in row.iter("cell")],
            any(cell.get("role") == "head" for cell in row.iter("cell")),
        )
        for row in element.iter("row")
    ]
    rows = [(cells, head) for cells, head in rows if any(cells)]
    if any(len(cell) > _LONG_CELL for cells, _ in rows for cell in cells):
        # A table that sets the page rather than numbers.
        yield from (cell for cells, _ in rows for cell in cells if cell)
        return
    lines: list[str] = []
    ruled = False
    for cells, head in rows:
        filled = [cell for cell in cells if cell]
        if len(filled) == 1 and not lines:
            lines.append(filled[0])
            continue
        lines.append(f"| {' | '.join(cells)} |")
        if head and not ruled:
            ruled = True
            lines.append("|" + "---|" * len(cells))
    yield from _joined(iter(lines))
