"""Superlatives and comparisons, computed over facts in exact decimals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from kg.records import AGENTS
from qa.answering.classes import RATES
from qa.answering.draft import Draft, Line, Workspace, best_of, cite
from qa.answering.facts.amounts import scale
from qa.answering.facts.changes import moved_by
from qa.answering.facts.cohorts import cohort
from qa.answering.facts.constraints import tells_for, voiced
from qa.answering.facts.matching import Match, is_forecast
from qa.answering.facts.naming import is_subject
from qa.answering.facts.ranking import best_first
from qa.answering.facts.timing import is_origin
from qa.answering.phrase import describe
from qa.answering.plans.firsts import first_of_all
from qa.answering.plans.lookup import candidates, lines_of
from qa.answering.question.understand import Intent, Name
from qa.answering.text import fold
from qa.answering.view import Fact

_NTH: Final = re.compile(
    r"第([二三四五六七八九十]|[2-9])(?:[高低大小多少快慢强弱名位个是]|$)(?!季|阶)"
)
_OWNS: Final = re.compile(r"|[^和与及跟同、,，比较]{0,8}的")  # 恒瑞一季度的创新药
_CLOSE: Final = 0.8  # of a score: what the words of a question do not tell apart
_TOLD_MOST: Final = re.compile(r"最|居首|首位|领涨|领跌|第一(?![季财阶次批])|榜首|之冠|垫底")


def superlative(workspace: Workspace, intent: Intent) -> Draft | None:
    """The highest or lowest of a group."""
    question = intent.question
    options = [fact for _, fact in pick(workspace, intent)] if len(intent.names) > 1 else []
    found = options if len(options) > 1 else [m.fact for m in cohort(workspace, intent)]
    if not found:
        return None
    if len(found) < 2 and not any(_TOLD_MOST.search(f.whole) for f in found):
        return None  # the only one that is told of need not be the first
    named = [f for f in found if any(is_subject(f, name) for name in intent.names)]
    if intent.kind == "comparison" and len(intent.names) > 1 and not named:
        return None
    group, found = found, best_first(question, found)
    place = _place(question)
    if place > len(found) or not first_of_all(found[place - 1], group, intent):
        return None
    chosen = found[place - 1]
    ties = [f for f in found if f.size == chosen.size and f.key != chosen.key]
    facts = [best_of(f, workspace.facts) for f in (chosen, *ties[:2])]
    lines = tuple(Line(f"{f.figure.subject}，{describe(f, subject=False)}", cite(f)) for f in facts)
    return Draft(
        lines=lines,
        facts=tuple(dict.fromkeys((*facts, *found))),
    )


def _place(question: str) -> int:
    """The place that is asked for: 2 of 第二高, 1 where none is."""
    said = _NTH.search(question)
    if said is None:
        return 1
    return int(said[1]) if said[1].isdigit() else "一二三四五六七八九十".index(said[1]) + 1


def comparison(workspace: Workspace, intent: Intent) -> Draft | None:
    """Which of the named is higher, and both values."""
    pairs = pick(workspace, intent)
    if len(pairs) < 2:
        return None
    facts = [fact for _, fact in pairs]
    if len({f.figure.unit for f in facts}) > 1:
        return None
    ranked = best_first(intent.question, facts)
    if not ranked:
        return None
    best = ranked[0]
    rest = [f for f in facts if f is not best]
    if all(f.size == best.size for f in rest):
        head = "两者相同：" if len(facts) == 2 else "各项相同："
    else:
        subjects = {fact.figure.subject for fact in facts}
        name = next(name for name, fact in pairs if fact is best)  # 高盛, of what both foresee
        head = f"{best.figure.subject if len(subjects) > 1 else name}："
    lines = lines_of([best, *rest])
    first = Line(head + lines[0].text, lines[0].evidence)
    return Draft(lines=(first, *lines[1:]), facts=tuple(facts))


def _compared_names(intent: Intent) -> list[Name]:
    """The names that are set against each other: of 恒瑞创新药 the last alone."""
    owners = [
        one
        for one, other in pairwise(intent.names)
        if _OWNS.fullmatch(intent.question[one.span.end : other.span.start])
    ]
    left = [name for name in intent.names if name not in owners]
    places = [name for name in left if set(name.types) == {"place"}]
    if len(places) > 1 and len(places) == len(left) - 1:
        return places  # 印尼、菲律宾和越南的GDP
    compared = [name for name in left if name.compared]
    before = [n for n in left if compared and n.span.end <= compared[0].span.start]
    if len(compared) == 1 and len(before) > 1:
        of_a_kind = [n for n in before if set(n.types) & set(compared[0].types)]
        return [(of_a_kind or before)[-1], compared[0]]  # 南向资金买入阿里的金额比中国移动
    return left if len(left) > 1 else list(intent.names)


def pick(workspace: Workspace, intent: Intent) -> list[tuple[str, Fact]]:
    """The best fact about each name of *intent* that is a subject, all of one unit."""
    if intent.metric_classes == {"relative_return"}:  # where it is not told, their own moves are
        intent = replace(intent, metrics=(("涨幅", ("price_change",)),), hints=())
    found: list[tuple[str, Fact]] = []
    units: Counter[str] = Counter()
    options: list[tuple[Name, list[Match]]] = []
    # 相差多少个百分点 asks for the unit of the gap, not of its parts.
    gap_unit = not intent.units or bool(set(intent.units) & RATES)
    loose = replace(intent, units=() if gap_unit else intent.units)
    compared = _compared_names(intent)
    topics = _topics(intent, compared)
    for name in compared:
        others = tuple(n for n in intent.names if n is not name and n not in topics)
        found_here = [
            m
            for m in candidates(workspace, replace(loose, names=(name, *topics)))
            if (_joins(m.fact, name, topics) if topics else is_subject(m.fact, name))
            and not any(is_subject(m.fact, n) for n in others)
        ]
        if found_here:
            options.append((name, found_here))
            units.update({m.fact.figure.unit for m in found_here})
    if len(options) < 2 and (told := by_voice(workspace, intent)):
        return told
    if not options:
        return []
    # 4.15% and 3.54%, rather than the 4 and 8 basis points that they moved by
    most = max(units.values())
    plain = any(n == most for unit, n in units.items() if scale(unit) != "point")
    for name, found_here in options:
        shared = [
            m
            for m in found_here
            if units[m.fact.figure.unit] == most
            and not (plain and scale(m.fact.figure.unit) == "point" and not intent.metrics)
        ]
        if shared:
            first = found[0][1] if found else None
            fitting = [m for m in shared if first is None or alike(first, m.fact)] or shared
            stands = [m for m in fitting if not _moved_to(m.fact)] or fitting
            rows = [m for m in stands if first is not None and _same_table(first, m.fact)]
            stands = [m for m in rows if m.score > stands[0].score - _CLOSE] or stands
            found.append((name.surface, stands[0].fact))
    return found


def _topics(intent: Intent, compared: Sequence[Name]) -> tuple[Name, ...]:
    """What places are compared by, where a name says it: 印尼、菲律宾和越南的GDP."""
    places = all(set(name.types) == {"place"} for name in compared)
    return tuple(n for n in intent.names if n not in compared) if places else ()


def _joins(fact: Fact, place: Name, topics: Sequence[Name]) -> bool:
    """Whether the subject of *fact* is one of *topics* of *place*: 越南GDP."""
    subject = fold(fact.figure.subject)
    return all(fold(name.surface) in subject for name in (place, *topics))


def _same_table(one: Fact, other: Fact) -> bool:
    """Whether both stand in rows of one table, in columns with the same header."""
    tables = [f.view.sentences[f.figure.sentence].table for f in (one, other)]
    return None not in tables and tables[0] == tables[1] and one.column == other.column


def _moved_to(fact: Fact) -> bool:
    """Whether *fact* is by how much its level moved: 信用利差收窄2.8个基点至21.5个基点."""
    return fact.figure.metric == "level" and moved_by(fact)


def by_voice(workspace: Workspace, intent: Intent) -> list[tuple[str, Fact]]:
    """What each of the named agents expects of the same: 花旗和高盛对金价的预测."""
    agents = [name for name in intent.names if set(name.types) & AGENTS]
    topics = tuple(name for name in intent.names if name not in agents)
    if len(agents) != 2:
        return []
    found: list[tuple[str, Fact]] = []
    for agent in agents:
        agent = replace(agent, compared=False)
        asked = replace(
            intent, names=(agent, *topics), voice=agent, units=(), quantities=(), hints=()
        )
        views = (m.fact for m in candidates(workspace, asked) if is_forecast(m.fact))
        own = (f for f in views if tells_for(f, agent) or voiced(f, agent))
        stands = (f for f in own if not is_origin(f) and not moved_by(f))
        if fact := next(stands, None):
            found.append((agent.surface, fact))
    apart = len(found) == 2 and found[0][1] is not found[1][1] and alike(found[0][1], found[1][1])
    return found if apart else []


def alike(one: Fact, other: Fact) -> bool:
    """Whether both are of one metric and unit."""
    return one.figure.metric == other.figure.metric and one.figure.unit == other.figure.unit
