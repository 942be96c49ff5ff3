"""Two values of one thing that a sentence sets against each other: 由A降至B, B，高于一周前的A."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Final

from qa.answering.facts.amounts import scale
from qa.answering.view import DocumentView, Fact, around

_FROM: Final = re.compile(r"(由|从|自)[^,，;；。]{0,24}$")
_TO: Final = re.compile(
    r"[^,，;；。]*(至|到|为|成|报)了?(?:\d{1,4}年|\d{1,2}[月日]|[^\d,，;；。]){0,8}"
)
_AGAINST: Final = re.compile(
    r"(高于|低于|大于|小于|多于|少于|超过|不及|相较于?|相比|对比|较|比|好于|逊于)[^,，;；。\d]{0,4}"
    r"(?P<when>[^,，;；。]{0,14})$"
)
_BEFORE: Final = re.compile(r"[,，（(](?P<when>[^,，;；。（(]{0,14})$")
_EARLIER: Final = re.compile(
    r"前(?!三|半|两|海|瞻)|[上去][一个]?[年月周季]|同期|原先|年初|历史|均值|平均"
)
_FORESEEN: Final = re.compile(
    r"[，,（(；;]?(?:而|但)?(?:市场|分析师|此前|经济学家)*(?:的?一致)?(?:预期|预测|预估|预计)(?:值|中值|均值)?"
    r"(?:为|是|则?为)?(?:同比|环比)?(?:增长|下降|增加|减少|上涨|下跌)?(?:约)?"
)
_THEN: Final = re.compile(
    r"历史|均值|平均|前|上[一个周月季年]|去年|同期|此前|原先|年初|\d{1,4}年|\d{1,2}月|季度|季末|年末|月末"
)
_GAP: Final = re.compile(
    r"(增加|减少|高出|多出|少了|上升|下降|回升|回落|提高|降低|收窄|扩大|上涨|下跌|增长|[高低多少涨跌增降])了?$"
)
MOVED_BY: Final = re.compile(
    r"(增加|减少|多[增出]?|少[增了]?|上升|下降|回升|回落|提高|降低|[上下]调|[上下]修|收窄|扩大"
    r"|放量|缩量|高出?|低|升|降|增|减|缩减|提升|[上下]行|上涨|下跌|增长|下滑|[调提]高)了?[大约近逾超]{0,2}$"
)
EXPECTED: Final = re.compile(r"预期|预测|预估|估计|共识")
"""What somebody thought that a value would be."""
_MIXED: Final = frozenset({"other", "forecast", "level"})
_SEGMENT: Final = re.compile(r"[;；。！？!?\n]")


@dataclass(frozen=True, slots=True)
class Change:
    """The value that something had, and the one that it came to."""

    before: Fact
    after: Fact
    expected: bool = False  # *before* is what was expected, not what was

    @property
    def facts(self) -> tuple[Fact, Fact]:
        """Both, the later one last."""
        return (self.before, self.after)


def moved_by(fact: Fact) -> bool:
    """Whether *fact* is by how much something moved: 较上月末增加16万盎司."""
    figure = fact.figure
    if figure.metric in ("price_change", "growth_yoy", "growth_qoq", "rate_change"):
        return True
    return bool(MOVED_BY.search(fact.view.text[: figure.span.start][-8:]))


def change_of(fact: Fact, *, expected: bool = False) -> Change | None:
    """The change that *fact* is one end of; with *expected* that from what was expected."""
    held = (c for c in changes(fact.view) if fact in c.facts and c.expected == expected)
    return next(held, None)


@lru_cache(maxsize=64)
def changes(view: DocumentView) -> Sequence[Change]:
    """All changes that sentences of *view* tell by both ends."""
    by_sentence: dict[int, list[Fact]] = {}
    for fact in view.facts:
        by_sentence.setdefault(fact.figure.sentence, []).append(fact)
    found: list[Change] = []
    for facts in by_sentence.values():
        taken: set[int] = set()
        for one, other in sorted(combinations(facts, 2), key=_apart):
            if taken & {id(one), id(other)} or not _alike(one, other):
                continue
            change = _change(one, other)
            if change is not None:
                found.append(change)
                taken |= {id(one), id(other)}
    return found


def _apart(pair: tuple[Fact, Fact]) -> int:
    return pair[1].figure.span.start - pair[0].figure.span.end


def _alike(one: Fact, other: Fact) -> bool:
    """Whether both may be values of one thing; a gap's metric is none that values have."""
    a, b = one.figure, other.figure
    same = (a.entity or a.subject) == (b.entity or b.subject) or _from_to(one, other)
    if a.metric != b.metric and not {a.metric, b.metric} & _MIXED:
        return False
    return same and scale(a.unit) == scale(b.unit) and (one.size, a.low) != (other.size, b.low)


def _from_to(one: Fact, other: Fact) -> bool:
    """Whether *one* and *other* are the ends of 由A降至B."""
    text, start = one.view.text, one.figure.span.start
    between = text[one.figure.span.end : other.figure.span.start]
    return len(between) < 40 and bool(
        _FROM.search(text[max(0, start - 30) : start]) and _TO.fullmatch(between)
    )


def _change(one: Fact, other: Fact) -> Change | None:
    """*one* stands before *other* in the sentence."""
    text = one.view.text
    stretch = around(one.view, one.figure, _SEGMENT)
    if not stretch.contains(other.figure.span):
        return None
    between = text[one.figure.span.end : other.figure.span.start]
    if _from_to(one, other):
        return Change(one, other)
    if _FORESEEN.fullmatch(between):
        return Change(other, one, expected=True)  # 增长1.8%，市场预期为增长1.1%
    if _GAP.search(between) or len(between) > 30:
        return None
    if named := _AGAINST.search(between):
        if EXPECTED.search(named[0]):
            return Change(other, one, expected=True)
        if _THEN.search(named["when"] + (other.figure.period or "")):
            return Change(other, one)
    elif (then := _BEFORE.search(between)) and _EARLIER.search(then["when"]):
        return Change(other, one)
    return None
