"""What is computed over several figures: sums, ratios, shares, and those past a threshold."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final, TypeAlias

from kg.records import Span
from qa.answering.classes import RATES, SIGNED
from qa.answering.draft import Draft, Line, Workspace, best_of, cite
from qa.answering.facts.amounts import spoken
from qa.answering.facts.cohorts import cohort, wanted_number
from qa.answering.facts.naming import is_subject
from qa.answering.phrase import describe
from qa.answering.plans.compare import pick
from qa.answering.plans.lookup import candidates, lines_of
from qa.answering.question.understand import Intent, Name, understand
from qa.answering.text import fold, term_coverage
from qa.answering.view import Fact

Plan: TypeAlias = Callable[[Workspace, Intent], Draft | None]
Bound: TypeAlias = tuple[str, Decimal, int]  # unit, value, 1 for over and -1 for under it

_SUM: Final = re.compile(r"合计|一共|总共|共计|加起来|加总|相加|之和|总和|总计")
_TIMES: Final = re.compile(r"(?:几|多少)倍")
_APART: Final = re.compile(r"[高低多少差](?:出|了)?(?:几|多少)倍")
_SHARE: Final = re.compile(
    r"(?P<part>[^，,。]+?)(?<!市)占(?:了|到)?(?P<whole>[^，,。?？]+?)的?"
    r"(?:比重|比例|份额|比率|百分比|百分之(?:几|多少)|多少|几成)"
)
_HOW_MANY: Final = re.compile(r"(?:一?共)?有?(?:多少|几)(?P<measure>[家个只种类项位款支])")
_ASKED_WHICH: Final = re.compile(r"哪|谁|(?:多少|几)[家个只种类项位款支]")
_OVER: Final = r"超过|超出|大于|高于|多于|不低于|不少于|不小于|超|逾"
_UNDER: Final = r"不超过|不高于|低于|小于|少于|不足|不到|不及"
_LATER: Final = r"以上|以下|及以上|及以下"
_FALLING: Final = re.compile(r"跌|降|减|下滑|亏|流出|卖出|缩水|回落|为负|负增长")
_RISING: Final = re.compile(r"涨|升|增|流入|买入|扩大|为正|正增长")
_LIMIT: Final = re.compile("[涨跌]停")  # which is more than a rise or a fall
_SHOWN: Final = 12
_SIDE: Final = 0.6  # of the words of a share's part or whole that a clause must hold


def plans_for(intent: Intent, plans: tuple[Plan, ...]) -> tuple[Plan, ...]:
    """*plans* with what computes the answer to *intent*, where it asks for what is computed.

    What a share is of and which are past a threshold nothing else can tell.
    """
    if intent.kind in ("verify", "consistency", "why", "summary", "source"):
        return plans
    if _threshold(intent) and _ASKED_WHICH.search(intent.question):
        return (selected,)
    if _SHARE.search(intent.question) and len(intent.names) > 1 and intent.kind != "difference":
        return (share,)
    if _TIMES.search(intent.question) and len(intent.names) > 1 and not _of_multiples(intent):
        return (ratio, *plans)
    if _SUM.search(intent.question) and (_parts(intent) > 1 or wanted_number(intent)):
        return (total, *plans)
    if _counts(intent):
        return (*plans, selected)
    return plans


def _of_multiples(intent: Intent) -> bool:
    """Whether 高出多少倍 asks how far two multiples are apart, and for no ratio."""
    return intent.metric_classes == {"valuation"} and bool(_APART.search(intent.question))


def total(workspace: Workspace, intent: Intent) -> Draft | None:
    """The sum of a figure of each that is named, or of each of a group of a told size."""
    stated = _stated(workspace, intent, _SUM)
    if stated is not None:
        return Draft(lines=lines_of([stated]), facts=(stated,))
    facts = [fact for _, fact in pick(workspace, intent)]
    number = _parts(intent)
    if number > 1 and len(facts) != number:
        facts = _told_by_subject(workspace, intent)
    elif number == 1:
        number = wanted_number(intent) or 0
        facts = [m.fact for m in cohort(workspace, replace(intent, kind="list"))]
    if len(facts) != number or number < 2:
        return None
    if not _of_one_kind(facts) or facts[0].figure.unit in RATES:
        return None
    facts = [best_of(fact, workspace.facts) for fact in facts]
    amount = sum((f.figure.value or Decimal(0) for f in facts), Decimal(0))
    words = spoken(amount, facts[0].figure.unit, like=facts[0].figure.text)
    about = "约" if any(f.figure.approximate for f in facts) else ""
    sign = "-" if amount < 0 else ""
    return _computed(
        f"合计{about}{sign}{words}", facts, f"{' + '.join(f.figure.text for f in facts)} = {words}"
    )


def ratio(workspace: Workspace, intent: Intent) -> Draft | None:
    """How many times the second named the first is."""
    stated = _stated(workspace, intent, re.compile("倍"))
    if stated is not None and stated.figure.unit == "multiple":
        return Draft(lines=lines_of([stated]), facts=(stated,))
    facts = [fact for _, fact in pick(workspace, intent)]
    if len(facts) != 2 or not _of_one_kind(facts):
        return None
    one, other = (fact.figure.value or Decimal(0) for fact in facts)
    if one <= 0 or other <= 0:
        return None
    times = _rounded(one / other)
    a, b = (fact.figure.text for fact in facts)
    return _computed(f"前者约相当于后者的{times}倍", facts, f"{a} ÷ {b} ≈ {times}")


def share(workspace: Workspace, intent: Intent) -> Draft | None:
    """What part of a whole something is: as stated of that very whole, or by its amounts."""
    asked = _SHARE.search(intent.question)
    if asked is None:
        return None
    sides = [_side(intent, Span(*asked.span(part))) for part in ("part", "whole")]
    part, whole = (fold(re.sub(r"的$", "", asked[side])) for side in ("part", "whole"))
    for m in candidates(workspace, replace(intent, units=())):
        fact = m.fact
        told = fact.figure.metric == "share" or "占" in fact.near
        if (
            told
            and fact.figure.unit == "percent"
            and term_coverage(whole, fact.segment + fact.setting) >= _SIDE
            and any(is_subject(fact, name) for name in sides[0])
            and part
        ):
            chosen = best_of(fact, workspace.facts)
            return Draft(lines=lines_of([chosen]), facts=(chosen,))
    found = [_amount(workspace, intent, names) for names in sides]
    if found[0] is None or found[1] is None or not _of_one_kind([found[0], found[1]]):
        return None
    a, b = found[0], found[1]
    one, other = a.figure.value or Decimal(0), b.figure.value or Decimal(0)
    if not 0 < one < other:
        return None
    percent = _rounded(one / other * 100)
    return _computed(f"占比约{percent}%", [a, b], f"{a.figure.text} ÷ {b.figure.text} ≈ {percent}%")


def selected(workspace: Workspace, intent: Intent) -> Draft | None:
    """Those of a group whose figure is past a threshold, or that rose or fell; and how many."""
    bound = _threshold(intent)
    sign = _sign(intent.question)
    found = [m.fact for m in cohort(workspace, _plain(intent), ranked=True)]
    if bound is not None:
        found = [f for f in found if _past(f, bound, sign=sign)]
    elif sign:
        found = [f for f in found if f.figure.metric in SIGNED and f.size * sign > 0]
    facts = list(dict.fromkeys(best_of(fact, workspace.facts) for fact in found))
    if not facts or len(facts) > _SHOWN:
        return None
    lines = lines_of(facts, bullets=True)
    how_many = _HOW_MANY.search(intent.question)
    if how_many:
        names = list(dict.fromkeys(fact.figure.subject for fact in facts))
        counted = f"文中提到{len(names)}{how_many['measure']}：{'、'.join(names)}"
        lines = (Line(counted, cite(*facts)), *lines)
    return Draft(lines=lines, facts=tuple(facts))


def _counts(intent: Intent) -> bool:
    """Whether *intent* asks how many of a group rose or fell, which may have to be counted."""
    asked = _HOW_MANY.search(intent.question) and _sign(intent.question)
    return bool(asked and _plain(intent).group)


def _parts(intent: Intent) -> int:
    """How many things a question adds up, by what joins them: A、B和C."""
    words = intent.question
    for name in intent.names:  # 中国和平 joins nothing
        words = words.replace(name.surface, "·")
    before = re.split(_SUM, words)[0]
    return len(re.findall(r"(?<=\S)[、和与及跟加](?=\S)", before)) + 1


def _told_by_subject(workspace: Workspace, intent: Intent) -> list[Fact]:
    """The best figure of each subject that the question gives word for word."""
    question = fold(intent.question)
    found: dict[str, Fact] = {}
    for m in candidates(workspace, replace(intent, terms=(), hints=(), names=())):
        subject = fold(m.fact.figure.subject)
        if len(subject) > 1 and subject in question:
            found.setdefault(subject, m.fact)
    return list(found.values())


def _threshold(intent: Intent) -> Bound | None:
    """The bound that a question sets: 超过5%, 2%以上, 不足10亿元."""
    for q in intent.quantities:
        before, after = intent.question[: q.span.start], intent.question[q.span.end :]
        if q.value is None:
            bounds = [(v, side) for v, side in ((q.low, 1), (q.high, -1)) if v is not None]
            if len(bounds) == 1:
                return q.unit, *bounds[0]
            continue
        if re.search(rf"(?:{_UNDER})$", before) or re.match(_UNDER, q.text):
            return q.unit, q.value, -1
        if re.search(rf"(?:{_OVER})$", before) or re.match(_OVER, q.text):
            return q.unit, q.value, 1
        if later := re.search(r"以([上下])$", q.text) or re.match(r"及?以([上下])", after):
            return q.unit, q.value, 1 if later[1] == "上" else -1
    return None


def _sign(question: str) -> int:
    words = _LIMIT.sub("", question)
    falling, rising = _FALLING.search(words), _RISING.search(words)
    return -1 if falling and not rising else 1 if rising and not falling else 0


def _past(fact: Fact, bound: Bound, *, sign: int) -> bool:
    """Whether *fact* is past *bound*; of falls, by how far they fell."""
    figure, (unit, limit, side) = fact.figure, bound
    value = figure.value if figure.value is not None else figure.low if side > 0 else figure.high
    if figure.unit != unit or value is None:
        return False
    if sign and figure.metric in SIGNED:
        if value * sign <= 0:
            return False
        value = abs(value)
    return (value - abs(limit)) * side > 0


def _plain(intent: Intent) -> Intent:
    """*intent* asking for the whole group: 超过500亿元 and 有几家 left out."""
    text = intent.question
    for quantity in sorted(intent.quantities, key=lambda q: -q.span.start):
        text = text[: quantity.span.start] + "\0" + text[quantity.span.end :]
    text = re.sub(rf"(?:{_UNDER}|{_OVER})?\0(?:{_LATER})?", "", text)
    text = _HOW_MANY.sub("哪些", text)

    def names_in(words: str) -> list[Name]:
        return [
            replace(name, span=Span(at, at + len(name.surface)))
            for name in intent.names
            if (at := words.find(name.surface)) >= 0
        ]

    plain = understand(text, find_names=names_in, reference=None)
    return replace(plain, kind="list", periods=intent.periods, units=(), quantities=())


def _stated(workspace: Workspace, intent: Intent, cue: re.Pattern[str]) -> Fact | None:
    """The figure that a clause with *cue* gives for all that are named."""
    for m in candidates(workspace, intent):
        fact = m.fact
        present = fact.view.names_in.get(fact.figure.sentence, frozenset())
        if cue.search(fact.near.split("|")[0]) and all(
            present & set(name.entities) or fold(name.surface) in fact.whole
            for name in intent.names
        ):
            return best_of(fact, workspace.facts)
    return None


def _of_one_kind(facts: Sequence[Fact]) -> bool:
    """Whether all have a value, of one unit and of one time where they tell it."""
    times = {f.figure.period for f in facts if f.figure.period is not None}
    return (
        all(f.figure.value is not None for f in facts)
        and len({f.figure.unit for f in facts}) == 1
        and len(times) <= 1
    )


def _side(intent: Intent, span: Span) -> list[Name]:
    return [name for name in intent.names if span.contains(name.span)]


def _amount(workspace: Workspace, intent: Intent, names: Sequence[Name]) -> Fact | None:
    """The amount of the last of *names*: what a share is computed from."""
    if not names:
        return None
    metrics = tuple(pair for pair in intent.metrics if "share" not in pair[1])
    for asked in (metrics, ()):
        loose = replace(intent, names=(names[-1],), metrics=asked, units=(), terms=(), hints=())
        for m in candidates(workspace, loose):
            if m.fact.figure.unit not in RATES and is_subject(m.fact, names[-1]):
                return best_of(m.fact, workspace.facts)
    return None


def _computed(words: str, facts: Sequence[Fact], arithmetic: str) -> Draft:
    told = "，".join(dict.fromkeys(describe(fact) for fact in facts))
    line = Line(f"{words}（{told}）", cite(*facts))
    return Draft(lines=(line,), facts=tuple(facts), arithmetic=arithmetic)


def _rounded(number: Decimal) -> Decimal:
    """*number* with two digits after the point, of those from ten on with one."""
    return number.quantize(Decimal("0.1") if number >= 10 else Decimal("0.01"))
