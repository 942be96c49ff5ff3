"""References to more than one: 两者, 上述三家银行, 它们; and to one of two: 前者, 后者."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.language.clauses import clause_start, heads_clause, without_parentheses
from ingest.language.roles import is_byline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ingest.language.analysis import Unit
    from ingest.language.discourse import Discourse
    from ingest.language.references import Reference
    from kg.records import Mention

_OUTDOES = re.compile("(?:跑赢|跑输|领先于?|落后于?|优于|逊于|强于|弱于)了?$")
_BACK = 3  # sentences; a group that was told farther off is named again
_JOINED = re.compile(r"\s*(?:、|和|与|及|以及|跟|或)\s*")


def group_of(discourse: Discourse, position: int, reference: Reference) -> list[str]:
    """The entities that a plural stands for; none where the text does not tell just so many.

    A list (甲、乙和丙) or an earlier plural of so many comes first, then the only so many of
    one type that the last sentences speak of, then so many subjects of their clauses.
    """
    for back, window in _windows(discourse, position, reference):
        unit = discourse.units[position - back]
        here = [m for m in window if unit.span.contains(m.span)]
        for listed in reversed(list(_lists(discourse, here))):
            if _fits(discourse, listed, reference):
                return listed
        if reference.noun == "它们" and (group := _subject_group(discourse, position, here)):
            return [group]
        if reference.count is None:
            continue
        # 丙介乎两者之间: who heads the clause is none of them
        apart = clause_start(discourse.text, discourse.units[position], reference.span.start)
        window = [m for m in window if m.span.start < apart]
        sets = [
            _distinct(m for m in window if discourse.types[m.entity] == kind)
            for kind in reference.types
        ]
        exact = [found for found in sets if len(found) == reference.count]
        if len(exact) == 1:
            return exact[0]
        if any(len(found) > reference.count for found in sets):
            heads = _distinct(
                m
                for m in window
                if discourse.types[m.entity] in reference.types
                and heads_clause(discourse.text, _unit_of(discourse, position, m), m)
            )
            return heads if len(heads) == reference.count else []
    return []


def one_of_pair(discourse: Discourse, position: int, reference: Reference) -> str | None:
    """前者 or 后者: of a list of two, else of the last two entities of one type."""
    which = 0 if reference.span.of(discourse.text) == "前者" else 1
    for back, window in _windows(discourse, position, reference):
        unit = discourse.units[position - back]
        here = [m for m in window if unit.span.contains(m.span)]
        for listed in reversed(list(_lists(discourse, here))):
            if len(listed) == 2:
                return listed[which]
        if (compared := _compared(discourse, here)) is not None:
            return compared[which]
        pairs = [pair for kind in reference.types if (pair := _last_two(discourse, window, kind))]
        if pairs:
            return max(pairs)[1][which]
    return None


def _windows(
    discourse: Discourse, position: int, reference: Reference
) -> Iterator[tuple[int, list[Mention]]]:
    """The mentions from 0, 1, 2 … sentences back up to the reference, within its paragraph."""
    window: list[Mention] = []
    for back in range(min(position, _BACK) + 1):
        if discourse.units[position - back].block != discourse.units[position].block:
            return
        if back > 1 and reference.noun in ("他们", "她们"):
            return
        here = [
            m
            for m in discourse.within(position - back)
            if m.span.end <= reference.span.start
            and m.text not in ("前者", "后者")
            and not is_byline(discourse.text, discourse.units[position - back], m)
        ]
        window = [*here, *window]
        yield back, window


def _lists(discourse: Discourse, mentions: Sequence[Mention]) -> Iterator[list[str]]:
    """The lists among the mentions of a sentence, and its earlier plurals, by place."""
    run: list[Mention] = []
    for mention in mentions:
        if run and mention.entity == run[-1].entity and mention.span != run[-1].span:
            continue  # 美光科技（MU）
        between = discourse.text[run[-1].span.end : mention.span.start] if run else ""
        same = run and mention.span == run[-1].span
        alike = run and discourse.types[mention.entity] == discourse.types[run[-1].entity]
        if run and not same and not (alike and _JOINED.fullmatch(without_parentheses(between))):
            if len(run) > 1:
                yield _distinct(run)
            run = []
        run.append(mention)
    if len(run) > 1:
        yield _distinct(run)


def _fits(discourse: Discourse, entities: Sequence[str], reference: Reference) -> bool:
    if len(entities) < 2 or (reference.count is not None and len(entities) != reference.count):
        return False
    return all(discourse.types[entity] in reference.types for entity in entities)


def _subject_group(discourse: Discourse, position: int, mentions: Sequence[Mention]) -> str | None:
    """The group that the sentence is about: ‘华丽七巨头’…，与它们…."""
    for mention in reversed(mentions):
        unit = _unit_of(discourse, position, mention)
        if discourse.types[mention.entity] == "group" and heads_clause(
            discourse.text, unit, mention
        ):
            return mention.entity
    return None


def _unit_of(discourse: Discourse, position: int, mention: Mention) -> Unit:
    """The unit at *position* or before it that *mention* stands in."""
    while not discourse.units[position].span.contains(mention.span):
        position -= 1
    return discourse.units[position]


def _compared(discourse: Discourse, mentions: Sequence[Mention]) -> list[str] | None:
    """The two that a verb of comparing stands between, of whatever type: 跑赢沪深300指数."""
    for index in range(len(mentions) - 1, 0, -1):
        second = mentions[index]
        before = discourse.text[mentions[index - 1].span.end : second.span.start]
        if _OUTDOES.search(before):
            others = [m.entity for m in mentions[:index] if m.entity != second.entity]
            return [others[-1], second.entity] if others else None
    return None


def _last_two(
    discourse: Discourse, window: Sequence[Mention], kind: str
) -> tuple[int, list[str]] | None:
    """How late the older of the last two entities of a type stands, and both in order."""
    last: dict[str, int] = {}
    first: dict[str, int] = {}
    for mention in window:
        if discourse.types[mention.entity] == kind:
            first.setdefault(mention.entity, mention.span.start)
            last[mention.entity] = mention.span.start
    if len(last) < 2:
        return None
    two = sorted(last, key=lambda e: last[e])[-2:]
    return last[two[0]], sorted(two, key=lambda e: first[e])


def _distinct(mentions: Iterable[Mention]) -> list[str]:
    return list(dict.fromkeys(mention.entity for mention in mentions))
