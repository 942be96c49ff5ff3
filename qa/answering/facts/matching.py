"""How well a fact answers an intent, and what keeps it from answering."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from qa.answering.classes import GROWTH, MOVES
from qa.answering.facts.amounts import POINT_UNITS
from qa.answering.facts.changes import change_of, moved_by
from qa.answering.facts.constraints import unmet
from qa.answering.facts.metrics import another, asked_metrics, metric_fit, of_another_noun
from qa.answering.facts.naming import is_subject, naming, subject_named
from qa.answering.facts.timing import is_origin, period_fit
from qa.answering.question.cues import FORECAST, MOST
from qa.answering.question.understand import Intent
from qa.answering.question.wording import Asked
from qa.answering.text import coverage, fold, stands, term_coverage
from qa.answering.view import Fact

Blocker: TypeAlias = Literal["name", "period", "metric", "unit", "terms", "constraint"]

_LEVELS: Final = frozenset({"level", "margin", "share"})
_LENGTHS: Final = frozenset({"trading_day", "day", "week", "month", "quarter", "year"})
_ACTUAL: Final = re.compile(r"实际(?!gdp|GDP|工资|利率|收入|控制)|最终|已经|到底")
_PLANNED: Final = re.compile(r"指引|目标|预测|预期|预计|展望")
_TO_COME: Final = re.compile(r"还[会将能要]|(?:将|未来)[会要再]")
_EARLIER: Final = re.compile(r"上年|去年|上月|上周|上季|前一|此前|上一|往年|历史")
_SAME_DAY: Final = re.compile(r"[当同该]天|[当同该]日|全天|日内")
_MOVED: Final = re.compile(
    r"(增|减|升|降|涨|跌|加|少|多|快|慢|高|低|缩|收窄|扩大|改善|回落|行)[了出]?(?:多少|几)(?!家|名|人|位)"
)
_FASTER: Final = re.compile(
    r"(比|较).{1,8}(快|慢|高|低|提高|回落|回升|加快|放缓|升|降|收窄|扩大)[了出]?(多少|几)"
)
_MOVES_MORE: Final = re.compile(
    r"(?:[上下]行|[上下]跌|[上下]涨|[涨跌升降增减贬])得[更最]?[多快猛狠凶]"
)
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


def match(fact: Fact, intent: Intent) -> Match | Refused:
    """Judge *fact* against *intent*."""
    met = naming(fact, intent)
    if met is None:
        return Refused(fact, "name")
    subject, named = met
    asked, said = _asked(intent)
    metric = _metric(fact, asked, intent)
    period = _period(fact, intent)
    terms = _terms(fact, intent, said)
    everything, least = _everywhere(terms, fact)
    paired = fact.figure.unit == "number" and "兑" in fact.figure.subject  # 美元兑日元 in 日元
    if not (paired or unit_fits(fact.figure.unit, intent.units)) or _no_move(fact, intent):
        return Refused(fact, "unit")
    if _MOVES_MORE.search(intent.question) and not moved_by(fact):
        return Refused(fact, "metric")
    if metric < 0 or any(another(word, fact) for word in (*said, *intent.hints)):
        return Refused(fact, "metric")
    if of_another_noun(fact, intent, said):
        return Refused(fact, "metric")
    if not (terms or asked or intent.units) and not _does(fact, intent):
        return Refused(fact, "terms")
    if terms and not intent.metrics and not intent.units and not _head_said(terms[-1], fact):
        return Refused(fact, "terms")
    if intent.owner and not _head_said(intent.owner, fact) and not _is_topic(intent):
        return Refused(fact, "terms")
    if everything < TERMS_NEEDED or least < EACH_NEEDED:
        return Refused(fact, "terms")
    if period < -0.5:
        return Refused(fact, "period")
    if unmet(fact, intent):
        return Refused(fact, "constraint")
    forecast = is_forecast(fact)
    lookup = intent.kind == "lookup" and not intent.forecast
    if forecast and lookup and period < 1.0 and _is_past(fact, intent):
        return Refused(fact, "period")
    if forecast and _ACTUAL.search(intent.question):
        return Refused(fact, "metric")
    ahead = _PLANNED.search(intent.question) or _TO_COME.search(intent.question)
    if not forecast and ahead and not FORECAST.search(fact.segment):
        return Refused(fact, "metric")
    score = (
        2.0 * subject
        + 0.7 * named
        + 1.2 * metric
        + 1.3 * period
        + 0.8 * _covered(intent, terms, fact.near)
        + 0.5 * _covered(intent, terms, fact.segment)
        + 0.3 * _covered(intent, terms, fact.whole)
        + 0.1 * everything
        - (0.4 if intent.forecast != forecast else 0.0)
        - (0.3 if not intent.periods and _EARLIER.search(fact.figure.period or "") else 0.0)
        - (0.2 if is_origin(fact) else 0.0)
        - (0.5 if not asked and fact.figure.metric in MOVES and not intent.direction else 0.0)
        - (0.4 if "累计" in fact.near and "累计" not in intent.question else 0.0)
        - (0.6 if fact.figure.unit in POINT_UNITS and not _asks_change(intent) else 0.0)
        + (0.8 if _rate_moved(fact, intent) else 0.0)
        + (_end_of_change(fact) if intent.reached else 0.0)
        + (0.0 if not _MOVED.search(intent.question) else 0.6 if moved_by(fact) else -0.4)
        + (_headed(intent) if _is_last(fact, intent, subject) else 0.0)
    )
    return Match(fact, score, subject)


def closeness(refused: Refused, intent: Intent) -> float:
    """How near a fact that does not answer comes to what is asked: the higher the nearer."""
    fact = refused.fact
    asked, said = _asked(intent)
    everything, _ = _everywhere(_terms(fact, intent, said), fact)
    near = subject_named(fact, intent) + _metric(fact, asked, intent) + everything
    return near + 0.5 * (_period(fact, intent) >= 0) - (refused.blocker == "name")


def _asked(intent: Intent) -> tuple[Asked, tuple[str, ...]]:
    """The metrics that are asked for, and the words that only say of what."""
    asked, said = asked_metrics(intent)
    if intent.units and set(intent.units) <= _LENGTHS:
        return (), (*said, *(word for word, _ in asked))
    return asked, said


def _metric(fact: Fact, asked: Asked, intent: Intent) -> float:
    fit = metric_fit(fact, asked)
    return 0.5 if fit < 0 and _is_guided(fact, asked, intent) else fit


def _period(fact: Fact, intent: Intent) -> float:
    fit, told = period_fit(fact, intent.periods), fact.figure.period
    if intent.kind in ("verify", "consistency") and (told is None or _SAME_DAY.fullmatch(told)):
        return max(fit, -0.2)  # the time may be what is false
    return fit


def _terms(fact: Fact, intent: Intent, said: Sequence[str]) -> tuple[str, ...]:
    return tuple(word for word in (*intent.terms, *said) if not _is_bound(word, fact))


def _is_bound(word: str, fact: Fact) -> bool:
    """Whether *fact* gives the bound that *word* asks for: 上限 of 不超过68.5元 or 5亿元至8亿元."""
    figure = fact.figure
    end = {"上限": figure.high, "下限": figure.low}.get(word)
    return end is not None and figure.value is None


def _is_guided(fact: Fact, asked: Asked, intent: Intent) -> bool:
    """Whether a growth that is expected answers: 销售额指引, 净利润能涨多少, of 增长1%至3%."""
    if not is_forecast(fact) or not intent.asks_number or fact.figure.unit != "percent":
        return False
    words = fact.figure.metric_words or ""
    told = any(word in words for word, _ in asked) and _PLANNED.search(intent.question)
    same = not words or any(word in words for word, _ in intent.metrics)  # of 分红比例, no 营业收入
    grows = same and any(set(classes) & GROWTH for _, classes in asked)
    return bool(told) or (grows and (intent.forecast or intent.voice is not None))


def _is_past(fact: Fact, intent: Intent) -> bool:
    """Whether a day or week is asked about that the document's author has seen."""
    published = fact.view.published
    return published is not None and any(
        p.kind in ("day", "week") and p.end is not None and p.end <= published
        for p in intent.periods
    )


def _rate_moved(fact: Fact, intent: Intent) -> bool:
    """Whether a rate's own change is asked for, in points: 增速比上月快了多少."""
    return fact.figure.unit in POINT_UNITS and bool(_FASTER.search(intent.question))


def _end_of_change(fact: Fact) -> float:
    """What it counts to be the value that something came to: 降至4.234亿桶."""
    change = change_of(fact)
    if change is not None:
        return 0.6 if change.after is fact else -0.6
    before = fact.view.text[: fact.figure.span.start][-3:]
    return 0.6 if re.search(r"[至到为报达]$", before) else 0.0


def matches(facts: Iterable[Fact], intent: Intent) -> tuple[list[Match], list[Refused]]:
    """Judge *facts*: those that may answer, best first, and those that do not."""
    good: list[Match] = []
    bad: list[Refused] = []
    for fact in facts:
        judged = match(fact, intent)
        if isinstance(judged, Match):
            good.append(judged)
        else:
            bad.append(judged)
    good.sort(key=lambda m: (-m.score, m.fact.figure.span.start))
    return good, bad


def _no_move(fact: Fact, intent: Intent) -> bool:
    """Whether points are asked for, and the figure is a level in percent: 升至3.68%."""
    points = bool(set(intent.units) & POINT_UNITS)
    return points and fact.figure.metric in _LEVELS and fact.figure.unit == "percent"


def unit_fits(unit: str, wanted: Sequence[str]) -> bool:
    """Whether a figure in *unit* may answer a question that asks for one of *wanted*."""
    if not wanted:
        return True
    base = unit.partition("/")[0]
    if "money" in wanted:
        return len(base) == 3 and base.isupper()
    return unit in wanted or base in wanted


def _covered(intent: Intent, terms: Sequence[str], context: str) -> float:
    """How far *context* holds the nouns, and to a third of the weight the verbs."""
    if not intent.hints:
        return coverage(terms, context)
    verbs = coverage(intent.hints, context)
    return 0.7 * coverage(terms, context) + 0.3 * verbs if terms else 0.6 + 0.4 * verbs


def _is_last(fact: Fact, intent: Intent, subject: float) -> bool:
    return subject == 1.0 and bool(intent.names) and is_subject(fact, intent.names[-1])


def _headed(intent: Intent) -> float:
    """What the last name of a question counts: in A的B是多少 it is B that is asked about."""
    rest = intent.question[intent.names[-1].span.end :]
    return 0.8 if re.match(r"的?(是|有多|多少|几|为|如何|怎|现在|目前|呢|[?？]|$)", rest) else 0.3


def is_forecast(fact: Fact) -> bool:
    """Whether *fact* is expected, aimed at or guided to, not reported."""
    return fact.figure.modality == "forecast" or fact.figure.metric == "forecast"


def _asks_change(intent: Intent) -> bool:
    moves = any(set(classes) & MOVES for _, classes in intent.metrics)
    return moves or bool(intent.units) or bool(intent.direction) or not intent.asks_number


def _is_topic(intent: Intent) -> bool:
    """Whether the metric stands before all that is named: 论新能源车市占率，比亚迪和吉利谁高."""
    question = intent.question.lower()
    head = question[: min((n.span.start for n in intent.names), default=0)]
    told = any(word in head for word, _ in intent.metrics)
    return told and "，" in head.replace(",", "，") and intent.owner is not None


def _does(fact: Fact, intent: Intent) -> bool:
    """Whether the fact speaks of what those do of whom a question asks who does it most."""
    doing = [hint for hint in intent.hints if not MOST.search(hint)]
    return intent.kind != "superlative" or not doing or coverage(doing, fact.whole) > 0


def _head_said(head: str, fact: Fact) -> bool:
    """Whether the fact speaks of what a question without a known metric asks for last."""
    if is_forecast(fact) and FORECAST.search(head):
        return True
    sentence = fact.view.sentences[fact.figure.sentence]
    context = fact.segment + (fold(sentence.lead.of(fact.view.text)) if sentence.lead else "")
    if fact.in_table:
        context += fact.setting
    elif fact.figure.metric_words is None:  # what the sentence before it was about
        context += fact.view.before(fact.figure.sentence)
    return term_coverage(head, context) >= 0.5


def _everywhere(terms: Sequence[str], fact: Fact) -> tuple[float, float]:
    """The mean and the least coverage of *terms* in sentence, headings and paragraph.

    What stands as it is elsewhere in the document is taken for its subject at large.
    """
    if not terms:
        return 1.0, 1.0
    block = fact.view.sentences[fact.figure.sentence].block
    context = fact.whole + fact.setting + fact.view.block_text[block]
    shares = [
        max(term_coverage(term, context), 0.65 if stands(term, fact.view.whole) else 0.0)
        for term in terms
    ]
    total = sum(len(term) for term in terms)
    mean = sum(len(t) * share for t, share in zip(terms, shares, strict=True)) / total
    return mean, min(shares)
