"""The article's own list of sources at its end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.structure.lines import RawLine, has_words

_HEAD = re.compile(
    r"[#*\s【\[]{0,4}(?:参考|引用|资料|数据|信息|消息|新闻)(?:资料|来源|文献|出处|链接|信息)"
    r"(?:列表|与来源|及来源|与注释)?[*\s】\]]{0,4}[:：]?"
    r"|[#*\s]{0,4}(?:来源|出处|注释|引用|尾注|脚注)(?:列表)?\s*[:：]?"
    r"|(?i:[#*\s]{0,4}(?:sources?|references?)\s*[:：]?)"
)
_ENTRY = re.compile(
    r"(?:[-*•·]\s+)?"
    r"(?:[\[［【]\s?\^?(?P<bracketed>[0-9０-９]{1,3})\s?[\]］】]\s*[:：.、]?"
    r"|(?P<plain>[0-9０-９]{1,3})\s?[.．、)）:：](?!\d)"
    r"|[（(](?P<round>[0-9０-９]{1,3})[)）]|(?P<circled>[①-⑳]))\s*(?=[^\s\[［【])"
)
_SIGNS = ("bracketed", "plain", "round", "circled")
_INLINE_ENTRY = re.compile(
    r"[\[［【]\s?(?P<number>[0-9０-９]{1,3})\s?[\]］】]\s*(?P<entry>[^\[［【]*)"
)
_INLINE_PLAIN = re.compile(
    r"(?P<number>[0-9０-９]{1,3})\s?[.．、)）](?!\d)\s*(?P<entry>[^；;]*)(?:[；;]\s*|\Z)"
)
# What goes on: an address, a lower-case word, a work's title, a day; nothing that the page says.
_CONTINUATION = re.compile(r"https?:|www\.|[a-z《]|(?:19|20)\d\d\s?[-年/.]")
_UNFINISHED = re.compile(r"[，,、：:—\-/（(]$|[《“「][^》”」]*$")
_LOOK_AHEAD = 3


@dataclass(frozen=True, slots=True)
class References:
    """The list of sources: indices of its lines, its head among them, and the entries by number."""

    lines: frozenset[int]
    head: int | None
    entries: dict[str, str]


def find_references(lines: Sequence[RawLine]) -> References:
    """Find the last list of numbered sources.

    It stands under a head of its own (参考来源), on one line with the head, or at least two
    entries strong without one.  The head of a list is no entry, and neither is what stands
    above the first number.
    """
    for index in range(len(lines) - 1, -1, -1):
        head = _HEAD.match(lines[index].text)
        if head is None:
            continue
        if head.end() == len(lines[index].text):
            found = _list_below(lines, index)
        else:
            found = _list_within(lines, index, head.end())
        if found.entries:
            return found
    return _list_without_head(lines)


def _list_below(lines: Sequence[RawLine], head: int) -> References:
    taken = [head]
    entries: dict[str, str] = {}
    number, sign = "", ""
    for index in range(head + 1, len(lines)):
        line = lines[index]
        entry = _ENTRY.match(line.text)
        if entry is not None and (not entries or _sign(entry) == sign):
            sign = _sign(entry)
            number = _number(entry)
            if number in entries:
                break
            entries[number] = line.text[entry.end() :]
        elif number and _continues(lines, index, entries[number], number, sign):
            entries[number] += " " + line.text
        else:
            break
        taken.append(index)
    return References(frozenset(taken), head, entries)


def _sign(entry: re.Match[str]) -> str:
    """The kind of sign that an entry opens with; a list has one."""
    return next(sign for sign in _SIGNS if entry[sign])


def _number(entry: re.Match[str]) -> str:
    digits = entry[_sign(entry)]
    return str(ord(digits) - ord("①") + 1 if entry["circled"] else int(digits))


def _list_within(lines: Sequence[RawLine], index: int, start: int) -> References:
    text = lines[index].text
    start += len(text[start:]) - len(text[start:].lstrip())
    pattern = _INLINE_ENTRY if text.startswith(("[", "［", "【"), start) else _INLINE_PLAIN
    found = list(pattern.finditer(text, start))
    # 数据来源：[1,4] cites; 参考来源：[1] 路透社；[2] 彭博社 lists
    if not found or found[0].start() != start or (pattern is _INLINE_PLAIN and len(found) < 2):
        return References(frozenset(), None, {})
    entries: dict[str, str] = {}
    for entry in found:
        words = entry["entry"].strip().rstrip("；;，,、")
        if not has_words(words):
            return References(frozenset(), None, {})
        entries.setdefault(str(int(entry["number"])), words)
    return References(frozenset({index}), None, entries)


def _list_without_head(lines: Sequence[RawLine]) -> References:
    for start in range(len(lines) - 1, 0, -1):
        entry = _ENTRY.match(lines[start].text)
        if entry is None or not entry["bracketed"] or int(entry["bracketed"]) > 1:
            continue
        found = _list_below(lines, start - 1)
        if len(found.entries) >= 2:
            return References(found.lines - {start - 1}, None, found.entries)
    return References(frozenset(), None, {})


def _continues(lines: Sequence[RawLine], index: int, entry: str, number: str, sign: str) -> bool:
    """Whether the line at *index* goes on with the *entry* above it."""
    line = lines[index]
    if line.block != lines[index - 1].block:
        return False
    if _CONTINUATION.match(line.text) or _UNFINISHED.search(entry):
        return True
    ahead = lines[index + 1 : index + 1 + _LOOK_AHEAD]
    following = (_ENTRY.match(other.text) for other in ahead if other.block == line.block)
    return any(
        match and _sign(match) == sign and _number(match) == str(int(number) + 1)
        for match in following
    )
