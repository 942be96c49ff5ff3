"""How well a fact answers an intent, and what keeps it from answering."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal, TypeAlias

from qa.answering.amounts import POINT_UNITS
from qa.answering.changes import change_of
from qa.answering.constraints import unmet
from qa.answering.cues import FORECAST
from qa.answering.metrics import MOVES, another, asked_metrics, metric_fit
from qa.answering.text import coverage, fold, stands, term_coverage
from qa.answering.timing import is_origin, period_fit
from qa.answering.understand import Intent, Name
from qa.answering.view import Fact

Blocker: TypeAlias = Literal["name", "period", "metric", "unit", "terms", "constraint"]

_AGENTS: Final = frozenset({"company", "institution", "person", "place"})
_LENGTHS: Final = frozenset({"trading_day", "day", "week", "month", "quarter", "year"})
_MARKET: Final = re.compile(r"[abh美港日欧韩台]股|中概股|股市|债市|汇市")
_ACTUAL: Final = re.compile(r"实际(?!gdp|GDP|工资|利率|收入|控制)|最终|已经|到底")
_PLANNED: Final = re.compile(r"指引|目标|预测|预期|预计|展望")
_EARLIER: Final = re.compile(r"上年|去年|上月|上周|上季|前一|此前|上一|往年|历史")
# Names that a sentence need not repeat; of a whole that a question ranges over, more.
_FROM_WHOM: Final = re.compile(r"(来自于?|源于|卖给|供应给|投资了?|收购|购自|付给)$")
_SOFT: Final = frozenset({"place", "event"})
_SOFT_OF_MANY: Final = _SOFT | {"group", "sector"}
_DESCRIBED: Final = frozenset({"policy", "product", "group", "quantity"})
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


def match(fact: Fact, intent: Intent) -> Match | Refused:
    """Judge *fact* against *intent*."""
    asked, said = asked_metrics(intent)
    if intent.units and set(intent.units) <= _LENGTHS:
        said, asked = (*said, *(word for word, _ in asked)), ()
    subject, named = _names(fact, intent)
    metric = metric_fit(fact, asked)
    period = period_fit(fact, intent.periods)
    if intent.kind in ("verify", "consistency") and fact.figure.period is None:
        period = max(period, -0.2)  # the time may be what is false
    terms = (*intent.terms, *said)
    near = _covered(intent, terms, fact.near)
    segment = _covered(intent, terms, fact.segment)
    whole = _covered(intent, terms, fact.whole)
    everything, least = _everywhere(terms, fact)
    closeness = subject + metric + everything + 0.5 * (period >= 0)
    if named < 0:
        return Refused(fact, "name", closeness - 1)
    if not unit_fits(fact.figure.unit, intent.units) or _no_move(fact, intent):
        return Refused(fact, "unit", closeness)
    if metric < 0 or any(another(word, fact) for word in (*said, *intent.hints)):
        return Refused(fact, "metric", closeness)
    if terms and not intent.metrics and not intent.units and not _head_said(terms[-1], fact):
        return Refused(fact, "terms", closeness)
    if intent.owner and not _head_said(intent.owner, fact):
        return Refused(fact, "terms", closeness)
    if everything < TERMS_NEEDED or least < EACH_NEEDED:
        return Refused(fact, "terms", closeness)
    if period < -0.5:
        return Refused(fact, "period", closeness)
    if unmet(fact, intent):
        return Refused(fact, "constraint", closeness)
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
        - (0.5 if not asked and fact.figure.metric in MOVES and not intent.direction else 0.0)
        - (0.4 if "累计" in fact.near and "累计" not in intent.question else 0.0)
        - (0.6 if fact.figure.unit in POINT_UNITS and not _asks_change(intent) else 0.0)
        + (_end_of_change(fact) if intent.reached else 0.0)
        + (_headed(intent) if _is_last(fact, intent, subject) else 0.0)
    )
    return Match(fact, score, subject)


def _end_of_change(fact: Fact) -> float:
    """What it counts to be the value that something came to: 降至4.234亿桶."""
    change = change_of(fact)
    if change is not None:
        return 0.6 if change.after is fact else -0.6
    before = fact.view.text[: fact.figure.span.start][-3:]
    return 0.6 if re.search(r"[至到为报达]$", before) else 0.0


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


def _no_move(fact: Fact, intent: Intent) -> bool:
    """Whether points are asked for, and the figure is a level in percent: 升至3.68%."""
    points = bool(set(intent.units) & POINT_UNITS)
    return points and fact.figure.metric == "level" and fact.figure.unit == "percent"


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
    tenor = re.match(r"\d+年期", name)
    rest = name[tenor.end() :] if tenor else name  # 30年期国债 of 30年期日本国债
    whole = re.escape(tenor[0]) + r"[\u4e00-\u9fff]{0,3}" if tenor else ""
    return len(name) > 1 and bool(
        re.fullmatch(
            rf"{whole}{re.escape(rest)}的?(收益率|价格|股价|利率|指数|期货|均价|报价|库存|产量|销量)",
            subject,
        )
    )


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


def _names(fact: Fact, intent: Intent) -> tuple[float, float]:
    """How surely the subject is named (0 to 1), and how well all names are met (-1: not)."""
    met = [
        -1.0 if _partner(name, intent) and not _beside(fact, name) else _met(fact, name, intent)
        for name in intent.names
    ]
    if -1.0 in met:
        return _subject(fact, intent), -1.0
    return _subject(fact, intent), sum(met) / len(met) if met else 0.5


def _partner(name: Name, intent: Intent) -> bool:
    """Whether *name* is the other side of what is asked: 来自OpenAI的收入."""
    return bool(_FROM_WHOM.search(intent.question[: name.span.start]))


def _beside(fact: Fact, name: Name) -> bool:
    present = fact.view.names_in.get(fact.figure.sentence, frozenset())
    return bool(present & set(name.entities)) or fold(name.surface) in fact.whole


def _subject(fact: Fact, intent: Intent) -> float:
    """How surely the question is about the fact's subject."""
    if len(intent.names) > 1 and any(n.compared and is_subject(fact, n) for n in intent.names):
        return 1.0 if any(is_subject(fact, n) for n in intent.names if not n.compared) else 0.1
    topics = [name for name in intent.names if not name.compared] or list(intent.names)
    if any(is_subject(fact, name) for name in topics):
        return 1.0
    question, own = fold(intent.question), _own_names(fact)
    if any(len(name) > 1 and name in question for name in own):
        return 0.9
    for topic in topics:
        surface = fold(topic.surface)
        part = any(surface in name for name in own) and set(topic.types) != {"place"}
        if part or any(len(name) > 1 and name in surface for name in own):
            return 0.7
    if _covered_by_terms(fact, intent):
        return 0.7
    if not intent.names and _says_all(fact, intent):
        return 0.6
    if not intent.names and fact.figure.entity == fact.view.protagonist and intent.metrics:
        return 0.5  # of whom the article is, where the question names nobody
    spoken = any(set(n.entities) and _speaks(fact, n) for n in topics)
    alike = 0.6 * max(term_coverage(name, question) for name in own)
    return max(alike, 0.5) if spoken or any(_holds(fact, name) for name in topics) else alike


def _speaks(fact: Fact, name: Name) -> bool:
    """Whether *name* is the one who tells the figure: 何小鹏 of what he expects to deliver."""
    return bool(fact.figure.speaker) and fold(fact.figure.speaker or "") == fold(name.surface)


def _says_all(fact: Fact, intent: Intent) -> bool:
    """Whether the words of a question without names stand in the fact's clause: 降息概率."""
    clause = fact.segment.split("|")[0]
    words = (*intent.terms, *(word for word, classes in intent.metrics if not _moves(classes)))
    acts = any("rate_change" in classes or w == "利率" for w, classes in intent.metrics)
    own = "|".join(_own_names(fact))
    if not words and any(hint in own for hint in intent.hints):
        return True  # 跌停 of 跌停个股
    return (acts and "利率" in own) or (
        len(words) > 1 and all(stands(word, clause) for word in words)
    )


def _moves(classes: Iterable[str]) -> bool:
    return set(classes) <= MOVES - {"rate_change"}


def _met(fact: Fact, name: Name, intent: Intent) -> float:
    """How near to the fact *name* stands, 0 to 1; -1 where the fact is not of it."""
    view, surface = fact.view, fold(name.surface)
    sentence = view.sentences[fact.figure.sentence]
    entities = set(name.entities)
    if is_subject(fact, name):
        return 1.0
    if fact.figure.speaker and fold(fact.figure.speaker) == surface:
        return 0.9
    if surface in fact.segment:
        return 0.7
    if entities & set(view.entities) and any(len(n) > 1 and n in surface for n in _own_names(fact)):
        return 0.5
    if entities & view.names_in.get(fact.figure.sentence, frozenset()) or surface in fact.whole:
        return 0.5
    if surface in fact.setting:
        return 0.4
    if entities & view.names_in_block.get(sentence.block, frozenset()) and (
        intent.kind == "list" or _belongs(fact, name, intent)
    ):
        return 0.3
    known = surface in view.whole or bool(entities & set(view.entities))
    if not known and _described(fact, name):
        return 0.5
    if known and _in_row(fact, name, intent):
        return 0.3
    soft = _SOFT_OF_MANY if intent.kind in ("superlative", "list", "comparison") else _SOFT
    if set(name.types) == {"place"} and not _there(fact, entities, intent):
        return -1.0
    if _MARKET.fullmatch(surface) or (set(name.types) <= soft and known):
        return 0.1
    return -1.0


def _described(fact: Fact, name: Name) -> bool:
    """Whether *name*, which the document has not, is but a description: 7天期逆回购利率."""
    return set(name.types) <= _DESCRIBED and term_coverage(fold(name.surface), fact.whole) >= 0.65


def _there(fact: Fact, places: set[str], intent: Intent) -> bool:
    """Whether what is told without a place is of *places*, which the document speaks of most."""
    if intent.kind in ("verify", "consistency"):
        return True  # another place is what makes a claim false
    view, block = fact.view, fact.view.sentences[fact.figure.sentence].block
    beside = {i for i in view.names_in_block.get(block, frozenset()) if view.is_place(i)}
    beside |= {i for i in view.places if fold(view.entities[i].name) in fact.whole}  # 中国人民银行
    return not beside - places and bool(places & view.main_places)


def _belongs(fact: Fact, name: Name, intent: Intent) -> bool:
    """Whether *name* is the whole that the subject is a part of: 台积电 of 智能手机客户."""
    if not _covered_by_terms(fact, intent) and not any(
        is_subject(fact, other) for other in intent.names
    ):
        return False
    shares = any("share" in classes for _, classes in intent.metrics)
    return shares or bool(set(name.types) & (_AGENTS | {"group"}))


def _covered_by_terms(fact: Fact, intent: Intent) -> bool:
    """Whether a noun of the question is short for the subject: AI客户, AI和高性能计算客户."""
    own = _own_names(fact)
    return any(len(t) > 2 and term_coverage(t, name) >= 0.9 for t in intent.terms for name in own)


def _in_row(fact: Fact, name: Name, intent: Intent) -> bool:
    """Whether *name* is but another choice beside the subject: A、B和C中哪个."""
    row: list[Name] = []
    for one, other in pairwise(intent.names):
        between = intent.question[one.span.end : other.span.start]
        if re.fullmatch(r"\s*[和与及、跟同,，/]{1,2}\s*", between):
            row += [one, other]
    return name in row and any(is_subject(fact, other) for other in row)


def _own_names(fact: Fact) -> list[str]:
    names = [fact.figure.subject]
    if fact.subject:
        names += [fact.subject.name, *fact.subject.aliases]
    return [fold(re.sub(r"^(?:全部|全体|整体|所有)(?=..)", "", name)) for name in names]


def _holds(fact: Fact, name: Name) -> bool:
    """Whether *name* is the one whose doing or property the fact is: 美联储 of a target rate.

    One of the subject's own kind is another's: ASML's rise is not 台积电's.
    """
    if fact.subject is None or fact.subject.type in _AGENTS or not set(name.types) & _AGENTS:
        return False
    return fold(name.surface) in fact.whole.split(fold(fact.figure.text))[0]
