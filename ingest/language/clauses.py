"""Clauses and who is at the head of them: the little grammar that reference and speech share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ingest.language.analysis import Unit
    from kg.records import Mention

_BREAKS = "，。；：！？,;:!?\n"
_PARENTHESIS = re.compile(r"[（(\[【［][^（）()\[\]【】［］]*[）)\]】］]")
_UNOPENED = re.compile(r"^[^（(【［\[]*[）)】］\]]")
# What may stand before the subject of a clause.
_FRONT = re.compile(
    r"(?:[\s·•]|\[[^\]]*\]|【[^】]*】|但|而|不过|然而|此前|随后|同时|其中|另外|此外|目前|当前|近期|据|若|如果|因|由于|"
    r"因此|所以|尽管|虽然|随着|对于|就连|连|由|从|[一二三四五六七八九十\d]+[、.]|(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?|“|‘|"
    r"(?:首席|新任|前)?[\u4e00-\u9fff]{0,8}(?:官|席|长|事|裁|理|师|家|者)(?=$))*"
)


def clause_start(text: str, unit: Unit, position: int) -> int:
    """Where the clause that holds *position* begins. Parentheses break no clause."""
    start = unit.span.start
    depth = 0
    for place in range(position - 1, start - 1, -1):
        character = text[place]
        if character in "）)】］]":
            depth += 1
        elif character in "（(【［[":
            depth = max(0, depth - 1)
        elif depth == 0 and character in _BREAKS and not _inside_number(text, place):
            return place + 1
    return start


def clause_end(text: str, unit: Unit, position: int, *, breaks: str = _BREAKS) -> int:
    """Where the clause that holds *position* ends, its closing mark excluded."""
    depth = 0
    for place in range(position, unit.span.end):
        character = text[place]
        if character in "（(【［[“‘「":
            depth += 1
        elif character in "）)】］]”’」":
            depth = max(0, depth - 1)
        elif depth == 0 and character in breaks and not _inside_number(text, place):
            return place
    return unit.span.end


def clauses_before(text: str, unit: Unit, position: int) -> Iterator[tuple[int, int]]:
    """Where the clauses of *unit* before the one that holds *position* begin and end, backwards."""
    start = clause_start(text, unit, position)
    while start > unit.span.start:
        end = start - 1
        start = clause_start(text, unit, end)
        yield start, end


def heads_clause(text: str, unit: Unit, mention: Mention) -> bool:
    """Whether *mention* stands at the front of its clause, as a subject does."""
    front = text[clause_start(text, unit, mention.span.start) : mention.span.start]
    return _FRONT.fullmatch(_PARENTHESIS.sub("", front)) is not None


def subject_of(text: str, unit: Unit, mentions: Sequence[Mention]) -> Mention | None:
    """The first of *mentions* at the front of a clause of *unit*, else the first."""
    return next((m for m in mentions if heads_clause(text, unit, m)), next(iter(mentions), None))


def without_parentheses(text: str) -> str:
    """*text* with what stands in parentheses and citation marks left out."""
    return _UNOPENED.sub("", _PARENTHESIS.sub("", text))


def in_parentheses(text: str, unit: Unit, position: int) -> bool:
    """Whether *position* lies within a parenthesis of its unit."""
    before = text[unit.span.start : position]
    return before.count("（") + before.count("(") > before.count("）") + before.count(")")


def _inside_number(text: str, place: int) -> bool:
    return (
        text[place] in ",:，："
        and text[place - 1 : place].isdigit()
        and text[place + 1 : place + 2].isdigit()
    )
