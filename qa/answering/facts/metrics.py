"""Which metric a question asks for, and whether a figure is of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from kg.records import Metric
from qa.answering.classes import AMOUNTS, GROWTH, MOVES, RATES, SIGNED
from qa.answering.question.cues import APART, METRIC_WORDS
from qa.answering.question.understand import Intent
from qa.answering.question.wording import UNLISTED
from qa.answering.text import fold, term_coverage
from qa.answering.view import Fact

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
_SUMS: Final[tuple[Metric, ...]] = ("profit", "revenue")
_MADE: Final[tuple[Metric, ...]] = (*_SUMS, "volume", "investment", "flow")


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
    asks = [pair for pair in intent.metrics if _asked_for(pair[0], intent.question)]
    first = asks[0] if len(asks) == 1 else ranked[0]
    ranked = [first, *(pair for pair in ranked if pair is not first)]
    asked, said = [first], list[tuple[str, tuple[Metric, ...]]]()
    for pair in ranked[1:]:
        joined = re.search(
            rf"{re.escape(first[0])}[和与及、]{{1,2}}.{{0,4}}{re.escape(pair[0])}"
            rf"|{re.escape(pair[0])}[和与及、]{{1,2}}.{{0,4}}{re.escape(first[0])}",
            intent.question.lower(),
        )
        (asked if joined else said).append(pair)
    asked.sort(key=lambda pair: intent.question.lower().find(pair[0]))
    nouns = tuple(word for word, classes in said if not set(classes) <= MOVES)
    return tuple(asked), nouns


def _asked_for(word: str, question: str) -> bool:
    """Whether a question asks how much just *word* is: 起售价 in 降价后的起售价是多少."""
    return bool(
        re.search(rf"{re.escape(word)}[是为有达到至在]了?(?:多少|几|什么|何)", question.lower())
    )


def metric_fit(fact: Fact, asked: Sequence[tuple[str, tuple[Metric, ...]]]) -> float:
    """How well *fact* is of one of the *asked* metrics: 0 to 1, or -1 where it is of none."""
    if not asked:
        return 0.4
    figure = fact.figure
    best = -1.0
    for word, classes in asked:
        if figure.unit in RATES and set(classes) <= AMOUNTS:
            continue
        if another(word, fact) or (figure.metric == "duration" and "duration" not in classes):
            continue
        said = any(w in fact.near for w in same_metric(word)) or (
            term_coverage(word, fact.near) == 1.0
        )
        if classes == UNLISTED:
            best = max(
                best, 0.9 if said or word in _context(fact) or _left_out(word, fact) else -1.0
            )
        elif figure.metric in classes:
            best = max(best, 1.0 if said else 0.85)
        elif figure.metric in ("forecast", "other", "level", "rate_change") and said:
            best = max(best, 0.8)
        elif (
            figure.metric in SIGNED
            and set(classes) & SIGNED
            and not _listed(fact)
            and not (classes == ("price_change",) and _of_class(figure.metric_words or "", _SUMS))
        ):
            best = max(best, 0.6)  # 合约价涨了多少 of a rise that is told month on month
        elif said and word in (figure.metric_words or ""):
            best = max(best, 0.7)
        elif figure.metric == "forecast" and _of_class(figure.metric_words or "", classes):
            best = max(best, 0.7)  # 预计归母净利润…, asked as 业绩
        elif figure.metric == "forecast" and term_coverage(word, fact.near) == 1.0:
            best = max(best, 0.5)
    return best


def _left_out(word: str, fact: Fact) -> bool:
    """Whether a clause leaves to the one before it what it is of: 加工费…，上周为-43.8美元/吨."""
    own = fold(fact.figure.metric_words or "")
    return bool(own) and word.endswith(own) and word in fact.whole


def says_metric(fact: Fact, intent: Intent) -> bool:
    """Whether the fact's sentence says one of the metrics, as those of another say nothing."""
    nouns = [word for word, classes in intent.metrics if not set(classes) <= MOVES]
    words = nouns or [word for word, _ in intent.metrics]
    return not words or any(term_coverage(word, fact.whole) == 1.0 for word in words)


def _context(fact: Fact) -> str:
    """What says which metric a figure is of that names none itself."""
    if fact.in_table:
        return fact.column or fact.setting
    if fact.figure.metric_words is None:
        return fact.segment + fact.view.before(fact.figure.sentence)
    return ""


def same_metric(word: str) -> tuple[str, ...]:
    """*word* and the words that mean the same metric: 销量 and 交付."""
    for family in APART:
        for group in family:
            if word in group:
                return (word, *group)
    return (word,)


def _of_class(words: str, classes: Sequence[Metric]) -> bool:
    """Whether *words* hold a word for one of *classes*."""
    folded = fold(words)
    return any(set(told) & set(classes) and word in folded for word, told in METRIC_WORDS)


def _listed(fact: Fact) -> bool:
    """Whether the subject has a price that moves: a company's growth is no rise of its share."""
    if fact.subject is None:
        return False
    return fact.subject.type in ("company", "index")


def of_another_noun(fact: Fact, intent: Intent, said: Sequence[str]) -> bool:
    """Whether a growth is asked for of one of *said*, and the figure's is of another amount."""
    told = fold(fact.figure.metric_words or "")
    nouns = [(w, c) for w, c in intent.metrics if w in said and set(c) <= AMOUNTS]
    if not told or fact.figure.metric not in MOVES:
        return False
    if not nouns:  # 产量环比减少 is no answer to 涨了多少
        priced = intent.metric_classes == {"price_change"} and fact.figure.metric in GROWTH
        return priced and told not in fold(intent.question) and _of_class(told, _MADE)
    return not any(
        word in told
        or told in word
        or _of_class(told, classes)
        or any(w in fact.near for w in same_metric(word))
        or term_coverage(word, fact.near) == 1.0
        for word, classes in nouns
    )


def another(word: str, fact: Fact) -> bool:
    """Whether the figure's own words are of another metric than *word*, within one class."""
    a_share = fact.figure.unit.endswith("/share")
    for family, mine in _families(word):
        told = [group for group in family if any(w in fact.near for w in group)]
        if a_share:  # 净利润152亿美元，合每股5.52美元
            told += [group for group in family if "每股收益" in group]
        if told and not any(group in mine for group in told):
            return True
    return False


@lru_cache(maxsize=1024)
def _families(word: str) -> Sequence[tuple[Sequence[Sequence[str]], Sequence[Sequence[str]]]]:
    """The families of metrics that are told apart which *word* is of, with its own groups."""
    found = []
    for family in APART:
        mine = [g for g in family if any(w in word or (word in w and len(word) > 1) for w in g)]
        if mine:
            found.append((family, mine))
    return found
