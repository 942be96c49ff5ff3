"""How well a fact answers an intent, and what keeps it from answering."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, TypeAlias

from kg.records import Figure, Metric, Period
from qa.answering.cues import FORECAST
from qa.answering.text import coverage, fold, term_coverage
from qa.answering.understand import Intent, Name
from qa.answering.view import Fact

Blocker: TypeAlias = Literal["name", "period", "metric", "unit", "terms"]

# Of several metrics that a question names, the first of this list is asked for and
# the others say of what: in 净利润同比增长多少 growth is asked for, of profit.
_PRECEDENCE: Final[tuple[Metric, ...]] = (
    "duration",
    "growth_yoy",
    "growth_qoq",
    "share",
    "forecast",
    "margin",
    "valuation",
    "relative_return",
    "price_adjustment",
    "price_change",
    "rate_change",
    "flow",
    "volume",
    "market_value",
    "investment",
    "profit",
    "revenue",
    "count",
    "level",
)
# Amounts over a stretch of time: a quarter's is no year's.
_OVER_TIME: Final = frozenset(
    {
        "profit",
        "revenue",
        "growth_yoy",
        "growth_qoq",
        "volume",
        "flow",
        "count",
        "margin",
        "rate_change",
        "forecast",
        "investment",
    }
)
_RETURNS: Final = frozenset({"price_change", "relative_return"})
_GRAINS: Final = frozenset({"month", "quarter", "half", "year", "fiscal_year"})
_AGENTS: Final = frozenset({"company", "institution", "person", "place"})
_MOVES: Final = frozenset({"price_change", "growth_yoy", "growth_qoq", "rate_change", "other"})
AMOUNTS: Final = frozenset({"profit", "revenue", "market_value", "investment", "flow", "volume"})
_RATES: Final = frozenset({"percent", "percentage_point", "basis_point", "multiple"})
_LENGTHS: Final = frozenset({"trading_day", "day", "week", "month", "quarter", "year"})
GROWTH: Final = frozenset({"growth_yoy", "growth_qoq"})
_LONG: Final = 200  # days: half a year and more
_STALE: Final = 62  # days: what is older is named by its date
_POINTS: Final = frozenset({"percentage_point", "basis_point"})
_ACTUAL: Final = re.compile(r"实际(?!gdp|GDP|工资|利率|收入|控制)|最终|已经|到底")
_PLANNED: Final = re.compile(r"指引|目标|预测|预期|预计|展望")
_EARLIER: Final = re.compile(r"上年|去年|上月|上周|上季|前一|此前|上一|往年|历史")
_MENTION_SOFT: Final = frozenset({"place", "group", "event", "sector"})
TERMS_NEEDED: Final = 0.6
EACH_NEEDED: Final = 0.34


@dataclass(frozen=True, slots=True)
class Match:
    """A fact that may answer, the better the higher the score."""

    fact: Fact
    score: float
    subject: float  # how surely the fact is about what the question names, 0 to 1


@dataclass(frozen=True, slots=True)
class Refused:
    """A fact that does not answer, and why."""

    fact: Fact
    blocker: Blocker
    closeness: float


def asked_metrics(
    intent: Intent,
) -> tuple[tuple[tuple[str, tuple[Metric, ...]], ...], tuple[str, ...]]:
    """The metrics that *intent* asks for, and the words that only say of what."""
    if len(intent.metrics) < 2:
        return intent.metrics, ()
    ranked = sorted(
        intent.metrics,
        key=lambda pair: min(_PRECEDENCE.index(m) for m in pair[1] if m in _PRECEDENCE),
    )
    first = ranked[0]
    asked, said = [first], list[tuple[str, tuple[Metric, ...]]]()
    for pair in ranked[1:]:
        joined = re.search(
            rf"{re.escape(first[0])}[和与及、]{{1,2}}.{{0,4}}{re.escape(pair[0])}"
            rf"|{re.escape(pair[0])}[和与及、]{{1,2}}.{{0,4}}{re.escape(first[0])}",
            intent.question.lower(),
        )
        (asked if joined else said).append(pair)
    asked.sort(key=lambda pair: intent.question.lower().find(pair[0]))
    nouns = tuple(word for word, classes in said if not set(classes) <= _MOVES)
    return tuple(asked), nouns


def match(fact: Fact, intent: Intent) -> Match | Refused:
    """Judge *fact* against *intent*."""
    asked, said = asked_metrics(intent)
    if intent.units and set(intent.units) <= _LENGTHS:
        said, asked = (*said, *(word for word, _ in asked)), ()
    subject, named = _names(fact, intent)
    metric = _metric(fact, asked)
    period = _period(fact, intent.periods)
    terms = (*intent.terms, *said)
    near = _covered(intent, terms, fact.near)
    segment = _covered(intent, terms, fact.segment)
    whole = _covered(intent, terms, fact.whole)
    everything, least = _everywhere(terms, fact)
    closeness = subject + metric + everything + 0.5 * (period >= 0)
    if named < 0:
        return Refused(fact, "name", closeness - 1)
    if not unit_fits(fact.figure.unit, intent.units):
        return Refused(fact, "unit", closeness)
    if metric < 0:
        return Refused(fact, "metric", closeness)
    if terms and not intent.metrics and not intent.units and not _head_said(terms[-1], fact):
        return Refused(fact, "terms", closeness)
    if intent.owner and not _head_said(intent.owner, fact):
        return Refused(fact, "terms", closeness)
    if everything < TERMS_NEEDED or least < EACH_NEEDED:
        return Refused(fact, "terms", closeness)
    if period < -0.5:
        return Refused(fact, "period", closeness)
    forecast = is_forecast(fact)
    if forecast and _ACTUAL.search(intent.question):
        return Refused(fact, "metric", closeness)
    if not forecast and _PLANNED.search(intent.question) and not FORECAST.search(fact.segment):
        return Refused(fact, "metric", closeness)
    score = (
        2.0 * subject
        + 0.7 * named
        + 1.2 * metric
        + 1.3 * period
        + 0.8 * near
        + 0.5 * segment
        + 0.3 * whole
        + 0.1 * everything
        - (0.4 if intent.forecast != forecast else 0.0)
        - (0.3 if not intent.periods and _EARLIER.search(fact.figure.period or "") else 0.0)
        - (0.2 if is_origin(fact) else 0.0)
        - (0.6 if fact.figure.unit in _POINTS and not _asks_change(intent) else 0.0)
        + (0.3 if intent.names and is_subject(fact, intent.names[-1]) and subject == 1.0 else 0.0)
    )
    return Match(fact, score, subject)


def matches(facts: Iterable[Fact], intent: Intent) -> tuple[list[Match], list[Refused]]:
    """Judge *facts*: those that may answer, best first, and those that do not, closest first."""
    good: list[Match] = []
    bad: list[Refused] = []
    for fact in facts:
        judged = match(fact, intent)
        if isinstance(judged, Match):
            good.append(judged)
        else:
            bad.append(judged)
    good.sort(key=lambda m: (-m.score, m.fact.figure.span.start))
    bad.sort(key=lambda r: -r.closeness)
    return good, bad


def unit_fits(unit: str, wanted: Sequence[str]) -> bool:
    """Whether a figure in *unit* may answer a question that asks for one of *wanted*."""
    if not wanted:
        return True
    base = unit.partition("/")[0]
    if "money" in wanted:
        return len(base) == 3 and base.isupper()
    return unit in wanted or base in wanted


def is_subject(fact: Fact, name: Name) -> bool:
    """Whether *fact* is about *name*."""
    if fact.figure.entity in name.entities:
        return True
    subject = fold(fact.figure.subject)
    known = [fact.view.entities[e] for e in name.entities if e in fact.view.entities]
    names = {fold(name.surface), *(fold(n) for k in known for n in (k.name, *k.aliases))}
    return any(subject == n or _property(subject, n) for n in names)


def _property(subject: str, name: str) -> bool:
    """Whether *subject* is a quantity of *name*: 10年期美国国债收益率 of 10年期美国国债."""
    return len(name) > 1 and bool(
        re.fullmatch(
            rf"{re.escape(name)}的?(收益率|价格|股价|利率|指数|期货|均价|报价|库存|产量|销量)",
            subject,
        )
    )


def _covered(intent: Intent, terms: Sequence[str], context: str) -> float:
    """How far *context* holds the nouns, and to a third of the weight the verbs."""
    if not intent.hints:
        return coverage(terms, context)
    verbs = coverage(intent.hints, context)
    return 0.7 * coverage(terms, context) + 0.3 * verbs if terms else 0.6 + 0.4 * verbs


def is_forecast(fact: Fact) -> bool:
    """Whether *fact* is expected, aimed at or guided to, not reported."""
    return fact.figure.modality == "forecast" or fact.figure.metric == "forecast"


def _asks_change(intent: Intent) -> bool:
    moves = any(set(classes) & _MOVES for _, classes in intent.metrics)
    return moves or bool(intent.units) or bool(intent.direction) or not intent.asks_number


def _head_said(head: str, fact: Fact) -> bool:
    """Whether the fact speaks of what a question without a known metric asks for last."""
    if is_forecast(fact) and FORECAST.search(head):
        return True
    sentence = fact.view.sentences[fact.figure.sentence]
    lead = fold(sentence.lead.of(fact.view.text)) if sentence.lead else ""
    return term_coverage(head, fact.segment + lead) >= 0.5


def _everywhere(terms: Sequence[str], fact: Fact) -> tuple[float, float]:
    """The mean and the least coverage of *terms* in sentence, headings and paragraph.

    What stands as it is elsewhere in the document is taken for its subject at large.
    """
    if not terms:
        return 1.0, 1.0
    block = fact.view.sentences[fact.figure.sentence].block
    context = fact.whole + fact.setting + fact.view.block_text[block]
    shares = [
        max(term_coverage(term, context), 0.65 if term in fact.view.whole else 0.0)
        for term in terms
    ]
    total = sum(len(term) for term in terms)
    mean = sum(len(t) * share for t, share in zip(terms, shares, strict=True)) / total
    return mean, min(shares)


def _names(fact: Fact, intent: Intent) -> tuple[float, float]:
    """How surely the subject is named (0 to 1), and how well all names are met (-1: not)."""
    question = fold(intent.question)
    subject = 0.0
    met = 0.0
    if len(intent.names) > 1 and any(n.compared and is_subject(fact, n) for n in intent.names):
        named = any(is_subject(fact, n) for n in intent.names if not n.compared)
        subject = 1.0 if named else 0.1
    topics = [name for name in intent.names if not name.compared] or intent.names
    if subject:
        pass
    elif any(is_subject(fact, name) for name in topics):
        subject = 1.0
    else:
        own = _own_names(fact)
        if any(len(name) > 1 and name in question for name in own):
            subject = 0.9
        elif any(
            (fold(n.surface) in name and set(n.types) != {"place"})
            or (len(name) > 1 and name in fold(n.surface))
            for n in topics
            for name in own
        ):
            subject = 0.7
        else:
            subject = 0.6 * max(term_coverage(name, question) for name in own)
            if any(_holds(fact, name) for name in topics):
                subject = max(subject, 0.5)
    present = fact.view.names_in.get(fact.figure.sentence, frozenset())
    block = fact.view.sentences[fact.figure.sentence].block
    for name in intent.names:
        surface = fold(name.surface)
        if is_subject(fact, name):
            met += 1.0
        elif set(name.entities) & set(fact.view.entities) and any(
            len(n) > 1 and n in surface for n in _own_names(fact)
        ):
            met += 0.5
        elif fact.figure.speaker and fold(fact.figure.speaker) == surface:
            met += 0.9
        elif surface in fact.segment:
            met += 0.7
        elif present.intersection(name.entities) or surface in fact.whole:
            met += 0.5
        elif surface in fact.setting:
            met += 0.4
        elif set(name.entities) & fact.view.names_in_block.get(block, frozenset()):
            met += 0.3
        elif set(name.types) <= _MENTION_SOFT and (
            surface in fact.view.whole or set(name.entities) & set(fact.view.entities)
        ):
            met += 0.1
        else:
            return subject, -1.0
    return subject, met / len(intent.names) if intent.names else 0.5


def _own_names(fact: Fact) -> list[str]:
    names = [fact.figure.subject]
    if fact.subject:
        names += [fact.subject.name, *fact.subject.aliases]
    return [fold(name) for name in names]


def _holds(fact: Fact, name: Name) -> bool:
    """Whether *name* is the one whose doing or property the fact is: 美联储 of a target rate.

    One of the subject's own kind is another's: ASML's rise is not 台积电's.
    """
    if fact.subject is None or fact.subject.type in _AGENTS or not set(name.types) & _AGENTS:
        return False
    return fold(name.surface) in fact.whole.split(fold(fact.figure.text))[0]


def _metric(fact: Fact, asked: Sequence[tuple[str, tuple[Metric, ...]]]) -> float:
    if not asked:
        return 0.4
    figure = fact.figure
    best = -1.0
    for word, classes in asked:
        if figure.unit in _RATES and set(classes) <= AMOUNTS:
            continue
        said = word in fact.near or term_coverage(word, fact.near) == 1.0
        if figure.metric in classes:
            best = max(best, 1.0 if said else 0.85)
        elif figure.metric in ("forecast", "other", "level", "rate_change") and said:
            best = max(best, 0.8)
        elif said and word in (figure.metric_words or ""):
            best = max(best, 0.7)
        elif figure.metric == "forecast" and term_coverage(word, fact.near) == 1.0:
            best = max(best, 0.5)
    return best


def _period(fact: Fact, wanted: Sequence[Period]) -> float:
    """1 the same, 0 nothing known against it, -1 another one."""
    if not wanted:
        return 0.0
    return max(_relation(fact.figure, fact, period) for period in wanted)


def _relation(figure: Figure, fact: Fact, wanted: Period) -> float:
    words = fold(wanted.text)
    if figure.period and fold(figure.period) == words:
        return 1.0
    if figure.period is None:
        if _stands(words, fact.whole + fact.setting):
            return 0.3
        return -1.0 if _far(wanted, fact.view.published) else -0.2
    if _stands(words, fact.near.split("|")[0]):
        return 0.8
    if figure.period and words.startswith(fold(figure.period)) and figure.metric in _OVER_TIME:
        return -1.0
    begin, end = figure.period_begin, figure.period_end
    if begin and end and wanted.begin and wanted.end:
        if (begin, end) == (wanted.begin, wanted.end):
            return 1.0
        if end < wanted.begin or wanted.end < begin:
            return -1.0
        days = (end - begin).days + 1
        asked = (wanted.end - wanted.begin).days + 1
        if figure.metric in _RETURNS:
            if begin == wanted.begin and end == fact.view.published:
                return 0.8  # 今年 of a return from the year's start to the document's day
            return 0.5 if max(days, asked) <= 2 * min(days, asked) else -1.0
        if figure.metric in _OVER_TIME and wanted.kind in _GRAINS:
            if max(days, asked) > 1.5 * min(days, asked) and min(days, asked) > 7:
                return -1.0
            if asked > _LONG and days <= 7:
                return 0.0
        return 0.5
    return 0.2 if _stands(words, fact.whole + fact.setting) else -0.3


def _far(wanted: Period, published: date | None) -> bool:
    """Whether a period is none that a document of that day speaks of without saying so."""
    if published is None or wanted.begin is None or wanted.end is None:
        return False
    return wanted.begin > published or (published - wanted.end).days > _STALE


def _stands(words: str, text: str) -> bool:
    """Whether *words* stand in *text*, no digit cut: 1月 not in 11月."""
    return bool(re.search(rf"(?<!\d){re.escape(words)}", text))


def is_origin(fact: Fact) -> bool:
    """Whether the figure is where a change came from: 由3.0%降至2.9%, 较上月的1.9%."""
    text, start = fact.view.text, fact.figure.span.start
    return bool(re.search(r"(由|从|较|比|自)[^,，;；。]{0,12}$", text[max(0, start - 14) : start]))
