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
    r"(?:[\[［【]\s?(?P<bracketed>[0-9０-９]{1,3})\s?[\]］】]\s*[:：.、]?"
    r"|(?P<plain>[0-9０-９]{1,3})\s?[.．、)）:：](?!\d))\s*(?=[^\s\[［【])"
)
_INLINE_ENTRY = re.compile(
    r"[\[［【]\s?(?P<number>[0-9０-９]{1,3})\s?[\]］】]\s*(?P<entry>[^\[［【]*)"
)


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
    number, bracketed = "", False
    for index in range(head + 1, len(lines)):
        line = lines[index]
        entry = _ENTRY.match(line.text)
        if entry is not None and (not entries or bool(entry["bracketed"]) == bracketed):
            bracketed = bool(entry["bracketed"])
            number = str(int(entry["bracketed"] or entry["plain"]))
            if number in entries:
                break
            entries[number] = line.text[entry.end() :]
        elif number and line.block == lines[index - 1].block and _continues(line.text):
            entries[number] += " " + line.text
        else:
            break
        taken.append(index)
    return References(frozenset(taken), head, entries)


def _list_within(lines: Sequence[RawLine], index: int, start: int) -> References:
    text = lines[index].text
    found = list(_INLINE_ENTRY.finditer(text, start))
    # 数据来源：[1,4] cites; 参考来源：[1] 路透社；[2] 彭博社 lists
    if not found or found[0].start() != start + len(text[start:]) - len(text[start:].lstrip()):
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


def _continues(text: str) -> bool:
    # An entry runs on with its address or a lower-case word, never with a line of the page.
    return re.match(r"https?:|www\.|[a-z《]", text) is not None
