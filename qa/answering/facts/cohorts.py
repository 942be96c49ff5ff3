"""The facts that a question ranks or lists: of one metric and unit, about what it describes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import replace
from typing import Final

from kg.records import AGENTS
from qa.answering.classes import AMOUNTS, RATES
from qa.answering.draft import Workspace
from qa.answering.facts.amounts import scale
from qa.answering.facts.matching import Match, matches
from qa.answering.facts.metrics import same_metric
from qa.answering.facts.naming import is_subject
from qa.answering.question import cues
from qa.answering.question.understand import Intent
from qa.answering.text import fold, term_coverage
from qa.answering.view import DocumentView, Fact

_KINDS: Final = "|".join(
    sorted(
        (kind for words, _ in cues.GROUP_WORDS for kind in words.split() if len(kind) > 1),
        key=len,
        reverse=True,
    )
)
_OF_GROUP: Final = re.compile(rf"(?:{_KINDS}|[厂商企行股所盟])$")
_CLOSES_GROUP: Final = re.compile(rf"^的?(?:{_KINDS})?(?:里面?|[之当其]?中|内|们)?(?:[，,里中]|$)")
_WHICH: Final = re.compile(r"哪[些几个家只种类支项款]*$")
IN_TABLE: Final = re.compile(r"表[格中里内]|[上下]表|列表")
"""What says that a question is about a table."""
_RANKED: Final = re.compile(r"领涨|领跌|居前|靠前|前列|居首|垫底")
_PART: Final = re.compile(r"^(其中|贡献)|贡献了?$")
_DIGITS: Final = {digit: i for i, digit in enumerate("一二三四五六七八九十", start=1)} | {"两": 2}
_NUMBER: Final = re.compile(
    r"(?<![第\d.,])(\d{1,2}|[两二三四五六七八九十])(?:[家只个类种项款大支位名条座艘](?!月)|块(?!钱))"
)
_SOFT: Final = frozenset({"sector", "group", "place", "event", "quantity", "index"})
# Kinds of subject that are never spoken of as another: an index is no sector.
_PLAIN: Final = AGENTS | {"place", "index", "commodity", "quantity"}
_HOUSES: Final = frozenset({"company", "institution"})
_NO_FIRMS: Final = frozenset({"commodity", "quantity", "sector", "index", "place", "product"})
_FIRMS: Final = re.compile(
    r"(?:[两二三四五六七八九十几数哪\d]|哪几)家(?![^，,。?？]{0,8}(?:平台|品牌|应用|网站))"
)
# 四条航线, 三款车型: counted by what no firm, body or person is counted by.
_NO_AGENTS: Final = re.compile(r"(?:[两二三四五六七八九十几数哪\d]|哪几)[条款座艘架届]")
_APART_TRADES: Final = frozenset(sector for _, sector in cues.TRADES)
# Shares by where they are listed: 港股个股, A股公司.
_MARKETS: Final = (
    (re.compile(r"港股(?!通|板块)"), ("hk",)),
    (re.compile(r"[aA]股(?!指数)|沪深两市"), ("sh", "sz", "bj")),
)
_TICKER: Final = re.compile(r"\d{4,6}\.(hk|sh|sz|bj)")
_DESCRIBED: Final = 0.3  # of a description: what is spoken of at all
_APART: Final = 0.35  # of a description: what tells members from others
_CLOSE: Final = 2.2  # of a score: what still answers the same question


def described(intent: Intent) -> tuple[str, ...]:
    """The terms that say what a question ranges over: 连锁餐饮企业, 个股, 能源股."""
    question = fold(intent.question)
    found = []
    for term in intent.terms:
        after = question[question.find(term) + len(term) :]
        before = question[: question.find(term)]
        if (
            _OF_GROUP.search(term)
            or (_CLOSES_GROUP.match(after) and len(after) > 1)
            or _WHICH.search(before)
        ):
            found.append(term)
    return tuple(found)


def wanted_number(intent: Intent) -> int | None:
    """How many members a question says that its group has: 三只能源股, 前5家."""
    found = _NUMBER.search(intent.question)
    if found is None:
        return None
    digits = found[1]
    return int(digits) if digits.isdigit() else _DIGITS[digits]


def cohort(workspace: Workspace, intent: Intent, *, ranked: bool = True) -> list[Match]:
    """The best match for each subject of the group that *intent* ranges over, in text order.

    All are of one metric and unit, so that they can be *ranked*; else of any money.
    """
    group = described(intent)
    terms = tuple(term for term in intent.terms if term not in group)
    good, _ = matches(workspace.facts, replace(intent, terms=terms, quantities=()))
    if IN_TABLE.search(intent.question):
        good = [m for m in good if m.fact.in_table]
    good = [
        m
        for m in good
        if not _is_part(m.fact, intent)
        and not of_other_trade(m.fact.view, (m.fact.figure.entity or "",), intent)
        and not _listed_elsewhere(m.fact, intent)
    ]
    unit = _exactly if ranked else _roughly
    by_kind = _divided(good, lambda m: (m.fact.figure.metric, unit(m.fact), m.fact.column))
    cohorts = [found for kind in by_kind if (found := _members(kind, intent, group))]
    if not cohorts:
        return []
    best = max(cohorts, key=lambda found: _worth(found, intent, group))
    return sorted(best, key=lambda m: (m.fact.doc, m.fact.figure.span.start))


def _exactly(fact: Fact) -> str:
    return fact.figure.unit


def _roughly(fact: Fact) -> str:
    base, _, per = fact.figure.unit.partition("/")
    return f"money/{per}" if len(base) == 3 and base.isupper() else scale(fact.figure.unit)


def _divided(found: Iterable[Match], key: Callable[[Match], Hashable]) -> list[list[Match]]:
    parts: dict[Hashable, list[Match]] = {}
    for m in found:
        parts.setdefault(key(m), []).append(m)
    return list(parts.values())


def _members(kind: list[Match], intent: Intent, group: Sequence[str]) -> list[Match]:
    """Those of *kind* that fit what the question says of the group, one for each subject."""
    kind = _about_names(kind, intent)
    typed = _of_type(kind, intent)
    kind = typed if len(_subjects(typed)) > 1 else kind
    top = max((m.score for m in kind), default=0.0)
    kind = [m for m in kind if m.score > top - _CLOSE]
    kind = _of_words(kind, intent)
    kind = _of_type(kind, intent)
    if group or intent.names:
        shares = [_membership(m.fact, intent, group) for m in kind]
        most = max(shares, default=0.0)
        firms = intent.kind != "list" and all(map(_OF_GROUP.search, group))  # 电池厂 of 宁德时代
        if most < _DESCRIBED and not (typed and (intent.group or firms)):
            return []  # 名单, of which nothing is told
        kind = [m for m, share in zip(kind, shares, strict=True) if share >= most - _APART]
    if _RANKED.search(intent.question):
        told = [m for m in kind if _RANKED.search(m.fact.segment.split("|")[0])]
        kind = told if len(_subjects(told)) > 1 else kind
    return _of_size(_one_time(kind, intent), intent)


def _about_names(kind: list[Match], intent: Intent) -> list[Match]:
    """Of several named those alone; of one named, what is beside it."""
    named = [m for m in kind if any(is_subject(m.fact, n) for n in intent.names)]
    if len(_subjects(named)) > 1:
        return named
    question = fold(intent.question) if intent.kind != "verify" else ""
    whole = [m for m in kind if m in named or fold(m.fact.figure.subject) in question]
    others = [m for m in kind if m not in whole]
    return others if len(_subjects(others)) > 1 else kind


def _of_words(kind: list[Match], intent: Intent) -> list[Match]:
    """Of amounts those whose clause says the very metric, where several do."""
    asked = {word for word, classes in intent.metrics if set(classes) & AMOUNTS}
    said = [
        m
        for m in kind
        if any(w in m.fact.near.split("|")[0] for word in asked for w in same_metric(word))
    ]
    return said if len(_subjects(said)) > 1 else kind


def _of_type(kind: list[Match], intent: Intent) -> list[Match]:
    typed = [m for m in kind if m.fact.subject and m.fact.subject.type in intent.group]
    if not typed:
        return [m for m in kind if not _of_other_type(m.fact, intent)]
    rows = Counter(_row(m) for m in typed)
    return [m for m in kind if m in typed or rows[_row(m)] > 1]  # A、B和C of one list


def _of_other_type(fact: Fact, intent: Intent) -> bool:
    """Whether a kind of thing is asked for, and the subject is known to be of another."""
    if fact.subject is None:
        return False
    if fact.subject.type in AGENTS and _NO_AGENTS.search(intent.question):
        return True
    if not intent.group:  # 几家新势力 are firms or bodies
        return _FIRMS.search(intent.question) is not None and fact.subject.type in _NO_FIRMS
    if set(intent.group) == {"index"} and fact.subject.type == "sector":
        return True
    if _HOUSES & set(intent.group):  # 几家央行: of a company or a body, and of nothing else
        return fact.subject.type not in _HOUSES
    return fact.subject.type in _PLAIN


def of_other_trade(view: DocumentView, entities: Collection[str], intent: Intent) -> bool:
    """Whether firms of one trade are asked for, and all *entities* known are of others."""
    asked = _trades(intent)
    known = [sectors for e in entities if (sectors := view.sectors().get(e))]
    apart = [sectors for sectors in known if sectors & _APART_TRADES]
    return bool(asked and apart) and not any(asked & sectors for sectors in known)


def _listed_elsewhere(fact: Fact, intent: Intent) -> bool:
    """Whether shares of one market are asked for, and the document lists the firm on others."""
    asked = [places for cue, places in _MARKETS if cue.search(intent.question)]
    if len(asked) != 1 or "company" not in intent.group or fact.subject is None:
        return False
    told = _TICKER.findall(fold("|".join((fact.subject.ticker or "", *fact.subject.aliases))))
    return bool(told) and not set(told) & set(asked[0])


def _trades(intent: Intent) -> frozenset[str]:
    """The sectors of the firms that a question ranges over: of 几家银行 that of banks."""
    return frozenset(sector for cue, sector in cues.TRADES if cue.search(intent.question))


def _row(m: Match) -> tuple[str, int, str]:
    return (m.fact.doc, m.fact.figure.sentence, m.fact.segment.split("|")[0])


def _membership(fact: Fact, intent: Intent, group: Sequence[str]) -> float:
    """How surely *fact* is of the group that the question describes, 0 to 1."""
    names = [n for n in intent.names if set(n.types) <= _SOFT]
    words = [*group, *(fold(name.surface) for name in names)]
    if not words:
        return 1.0
    if not _trades(intent).isdisjoint(fact.view.sectors().get(fact.figure.entity or "", ())):
        return 1.0
    own = "|".join(
        fold(n) for n in (fact.figure.subject, *((fact.subject.aliases) if fact.subject else ()))
    )
    block = fact.view.block_text[fact.view.sentences[fact.figure.sentence].block]
    contexts = ((own, 1.0), (fact.whole, 1.0), (fact.setting, 0.9), (block, 0.7))
    shares = [max(weight * term_coverage(w, text) for text, weight in contexts) for w in words]
    return sum(shares) / len(shares)


def _one_time(kind: list[Match], intent: Intent) -> list[Match]:
    """One match a subject: of the period that most have, where the question names none."""
    periods = Counter(m.fact.figure.period for m in kind)
    common = max(periods.values(), default=0)
    best: dict[Hashable, Match] = {}
    for m in kind:
        key = m.fact.figure.entity or fold(m.fact.figure.subject)
        known = best.get(key)
        if known is None or _rank(m, periods, common) > _rank(known, periods, common):
            best[key] = m
    return list(best.values())


def _rank(m: Match, periods: Counter[str | None], common: int) -> tuple[float, int, int]:
    usual = periods[m.fact.figure.period] == common
    return (round(m.score, 1) + 0.3 * usual, usual, -m.fact.figure.span.start)


def _of_size(kind: list[Match], intent: Intent) -> list[Match]:
    """四家公司中…: the sentence, paragraph, table or section with that many subjects."""
    wanted = wanted_number(intent)
    if wanted is None or len(_subjects(kind)) == wanted:
        return kind
    places: tuple[Callable[[Match], Hashable], ...] = (
        lambda m: (m.fact.doc, m.fact.figure.sentence),
        lambda m: (m.fact.doc, m.fact.view.sentences[m.fact.figure.sentence].block),
        lambda m: (m.fact.doc, m.fact.view.sentences[m.fact.figure.sentence].section),
    )
    for place in places:
        for part in _divided(kind, place):
            if len(_subjects(part)) == wanted:
                return part
    return kind


def _worth(found: Sequence[Match], intent: Intent, group: Sequence[str]) -> float:
    """How well *found* answers for the group as a whole."""
    several = len(_subjects(found)) > 1
    member = sum(_membership(m.fact, intent, group) for m in found) / len(found)
    typed = sum(bool(m.fact.subject and m.fact.subject.type in intent.group) for m in found) / len(
        found
    )
    return max(m.score for m in found) + 1.5 * several + 0.8 * member + 0.8 * typed


def _subjects(found: Iterable[Match]) -> set[str]:
    return {m.fact.figure.entity or m.fact.figure.subject for m in found}


def _siblings(fact: Fact) -> bool:
    """Whether the parts that a sentence divides something into are several: 其中A…，B…，C…."""
    figure, text = fact.figure, fact.view.text
    start = fact.view.sentences[figure.sentence].span.start
    mark = text.rfind("其中", start, figure.span.start)
    return mark >= 0 and any(
        (other.figure.sentence, other.figure.unit, other.figure.metric)
        == (figure.sentence, figure.unit, figure.metric)
        and other.figure.span.start > mark
        and other.figure.entity != figure.entity
        for other in fact.view.facts
    )


def _is_part(fact: Fact, intent: Intent) -> bool:
    """Whether the figure is a part of one that its sentence tells before: 其中乐道贡献9,876辆.

    A part is weighed all the same where it alone is of the kind asked for: 其中联想出货1,610万台.
    """
    own = fact.near.split("|")[0]
    if _siblings(fact):
        return False  # 其中75亿元用于A，130亿元用于B
    if fact.figure.unit in RATES or not _PART.search(own.split(fold(fact.figure.text))[0]):
        return False
    wholes = [
        other
        for other in fact.view.facts_in[fact.figure.sentence]
        if other.figure.unit == fact.figure.unit
        and other.figure.span.start < fact.figure.span.start
        and other.figure.entity != fact.figure.entity
    ]
    kind = intent.group
    own_kind = fact.subject is not None and fact.subject.type in kind
    return any(not own_kind or (w.subject and w.subject.type in kind) for w in wholes)
