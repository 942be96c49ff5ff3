"""Who does better than whom: X跑赢Y, X跑输Y, X的表现优于Y. The subject is always the better one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.relations.coordination import row_after, row_before
from ingest.relations.drafts import Draft
from ingest.relations.phrases import subject_phrase, topic

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ingest.relations.scene import Clause, Named, Scene
    from kg.records import Argument, Figure

_AHEAD = "跑赢|优于|强于|好于|领先于?|胜过|超越|超过|领跑"
_BEHIND = "跑输|弱于|逊于|落后于?|不及|逊色于"
_CUE = re.compile(f"(?P<ahead>{_AHEAD})|(?P<behind>{_BEHIND})")
_SURE = frozenset(("跑赢", "跑输", "领跑"))
_MEASURED = re.compile("表现|[涨跌]幅|回报|收益率?|走势|股价|行情")
_PARTICLE = re.compile("了?同?期?(?:的)?")
_MARKET = re.compile("大盘|市场|大市|同业|同行|行业平均|板块平均")
_THINGS = frozenset(("company", "index", "sector", "group", "commodity", "product", "place"))
_POSSESSED = re.compile(
    "的?(?:整体|平均|同期|相对|累计|股价|价格|市场|年内|年初至今|今年以?来?|去年|当日|全[年周天])*"
    "(?:表现|[涨跌]幅|回报|收益|走势|行情|股价)?"
)
_ABSTRACT = re.compile("的(?!表现|[涨跌]幅|回报|收益|走势|温和|负|仅|约)[^，；。]{1,6}")
_FORMER = frozenset(("前者", "后者"))


def performances(
    scene: Scene, figures: Sequence[Figure], periods: Sequence[tuple[int, int]]
) -> Iterator[Draft]:
    """The out- and underperformances of a sentence.

    *figures* are those of the sentence, *periods* the places of its time expressions.
    """
    before: list[Named] = []
    for found in _CUE.finditer(scene.text):
        start, end = found.span()
        others = _others(scene, found, end)
        own = _own(scene, start) or before or _told_of(scene, start, figures)
        if not own:
            continue
        clause = scene.clauses[scene.clause_of(start)]
        if not others and found.group() in _SURE:
            others = _other_of_two(scene, own, clause.start)
        gap = _gap(scene, clause, start, figures)
        measured = gap is not None or _MEASURED.search(scene.text, clause.start, clause.end)
        if found.group() not in _SURE and not measured:
            continue
        before = own
        tail = own[-1].end if own[-1].start >= clause.start else clause.start
        for one in own:
            for name, other in others:
                if name is not None and name.mention.entity == one.mention.entity:
                    continue
                better, worse = (scene.named(one), other)
                if found["behind"]:
                    better, worse = worse, better
                yield Draft(
                    kind="performance",
                    cue=(start, end),
                    tail=tail,
                    subject=better,
                    object=worse,
                    amount=gap.span if gap else None,
                    period=_period(scene, periods, start),
                )


def _own(scene: Scene, start: int) -> list[Named]:
    """Whose performance it is: the names at the head of the clause, or in its last phrase."""
    subject = subject_phrase(scene, start)
    if subject is None or subject[0] == subject[1]:
        return []
    begin, end = subject
    row = row_after(scene, begin)
    if row and all(n.type in _THINGS for n in row):
        behind = scene.text[row[-1].end : end]
        if _POSSESSED.fullmatch(behind):
            return row
    last = row_before(scene, end)  # 追踪美国小盘股的罗素2000指数
    return last if last and all(n.type in _THINGS for n in last) else []


def _told_of(scene: Scene, start: int, figures: Sequence[Figure]) -> list[Named]:
    """Where the clause has no subject: whom the figure before is about, or the sentence."""
    clause = scene.clauses[scene.clause_of(start)]
    if clause.opener not in ("，", "") or scene.has_noun(clause.start, start):
        return []
    earlier = [f for f in figures if f.span.end <= scene.offsets[start] and f.entity is not None]
    if earlier:
        of = earlier[-1].entity
        told = [n for n in scene.names if n.mention.entity == of and n.start < clause.start]
        if told:
            return told[-1:]
    head = topic(scene, start, types=_THINGS)
    return [head] if head else []


def _gap(scene: Scene, clause: Clause, start: int, figures: Sequence[Figure]) -> Figure | None:
    """By how much: the figure of a relative return that follows in the clause."""
    first, last = scene.offsets[start], scene.offsets[clause.end - 1] + 1
    return next(
        (
            f
            for f in figures
            if first <= f.span.start and f.span.end <= last and f.metric == "relative_return"
        ),
        None,
    )


def _period(scene: Scene, periods: Sequence[tuple[int, int]], start: int) -> str | None:
    """The nearest time before the verb, in the part of the sentence that leads to it."""
    index = scene.clause_of(start)
    while index > 0 and scene.clauses[index].opener == "，":
        index -= 1
    told = [p for p in periods if scene.clauses[index].start <= p[0] and p[1] <= start]
    return scene.span(*told[-1]).of(scene.source) if told else None


def _others(
    scene: Scene, found: re.Match[str], end: int
) -> Sequence[tuple[Named | None, Argument]]:
    """Whom it is measured against: names right behind the verb, or the market at large."""
    particle = _PARTICLE.match(scene.text, end)
    at = particle.end() if particle else end
    row = row_after(scene, at)
    if not row:
        clause = scene.clauses[scene.clause_of(found.start())]
        within = [
            n for n in scene.names_in(at, clause.end) if n.type in ("index", "sector", "group")
        ]
        gap = scene.text[at : within[0].start] if within else ""
        if within and gap.endswith("的") and "，" not in gap:
            row = row_after(scene, within[0].start)  # 超过科技股占比高的纳斯达克综合指数
    if row:
        if not all(n.type in _THINGS for n in row) or _is_attribute(scene, row[-1].end):
            return []
        return [(name, scene.named(name)) for name in row]
    market = _MARKET.match(scene.text, at)
    if market is None or _is_attribute(scene, market.end()) or found.group() not in _SURE:
        return []
    return [(None, scene.argument(*market.span()))]


def _is_attribute(scene: Scene, end: int) -> bool:
    """Whether what was named is part of a description: 跑赢大盘的逻辑."""
    return _ABSTRACT.match(scene.text, end) is not None


def _other_of_two(
    scene: Scene, own: Sequence[Named], start: int
) -> Sequence[tuple[Named | None, Argument]]:
    """前者跑赢16个百分点: the other of the two that the sentence compares."""
    one = own[-1]
    if one.mention.text not in _FORMER:
        return []
    before = [
        n for n in scene.names if n.end <= start and n.type == one.type and n.mention.how == "name"
    ]
    ids = list(dict.fromkeys(n.mention.entity for n in before))
    if len(ids) != 2 or one.mention.entity not in ids:
        return []
    return [(n, scene.named(n)) for n in before if n.mention.entity != one.mention.entity][-1:]
