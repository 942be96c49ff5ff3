"""A question that leans on the one before it, made whole: 那台积电呢, 它的利润呢, 上年同期呢."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ingest.periods import find_periods
from kg.records import Period
from qa.answering.classes import GROWTH, MOVES
from qa.answering.question.cues import FORECAST
from qa.answering.question.understand import Intent, Name
from qa.answering.question.wording import Asked, metrics_in
from qa.answering.workspace import Reader

_ELLIPTIC = re.compile(
    r"^(那么?|还有|以及|然后|而)?[^?？]{0,24}呢[?？]?$|^(那|那么|为什么|为何|具体|还有|其中|之后|后来|另外)"
)
_ONLY = re.compile(r"(?P<what>.{1,24}?)(?:呢|怎么样|如何|又如何)[?？]?$")
_RANKING = ("superlative", "list")
_NTH = re.compile(r"(?:那|排)?第([二三四五六七八九十]|\d+)[个名位家只]?(?:是|呢|的)")
_FILTERED = re.compile(r"只[看要列说]")
_TENOR = re.compile(r"\d+(?:年|个月|天)期")
_YEAR_BEFORE = re.compile(r"[去上前]一?年(?:同期)?|一年前|同期")
_BOTH = re.compile(r"两者|二者|两家|两个|它们|他们|之间")
_PRONOUN = re.compile(r"它|他|她|其|这|该|前者|后者|两者|二者|上述|此")

_OF_IT = re.compile(r"[对给看把将为][它其]")  # 摩根士丹利给它的目标


def leans(text: str) -> bool:
    """Whether *text* leans on the question before it by its form: 那…呢, 它的, 两者."""
    return bool(_ELLIPTIC.search(text) or _PRONOUN.search(text) or _BOTH.search(text))


def rewritten(text: str, before: str, reader: Reader) -> str:
    """*text* as the question *before*, with another name or period in it (5月呢?).

    What leans on *before* in any other way is left as it is, for `complete`.
    """
    asked = _ONLY.match(text.strip())
    if asked is None:
        return text
    what = re.sub(r"^(?:那么?|还有|以及|换成)|的$", "", asked["what"])
    periods = find_periods(what, reference=reader.reference)
    if len(periods) == 1 and periods[0].text == what:
        return _with_period(what, before, reader) or text
    if _TENOR.fullmatch(what) and (tenor := _TENOR.search(before)):
        return before.replace(tenor[0], what, 1)
    names = [name for name in reader.find_names(what) if "quantity" not in name.types]
    if len(names) == 1 and names[0].surface == what:
        return _with_name(names[0], before, reader) or text
    return text


def _with_period(what: str, before: str, reader: Reader) -> str | None:
    if _YEAR_BEFORE.fullmatch(what):
        return None  # a year before what was asked about, which may be a quarter
    known = find_periods(before, reference=reader.reference)
    if len(known) != 1:
        return None
    span = known[0].span
    return before[: span.start] + what + before[span.end :]


def _with_name(name: Name, before: str, reader: Reader) -> str | None:
    known = [n for n in reader.find_names(before) if "quantity" not in n.types]
    alike = [n for n in known if set(n.types) & set(name.types)]
    if len(alike) != 1:
        if alike or len(known) != 1:
            return None
        alike = known
    span = alike[0].span
    return before[: span.start] + name.surface + before[span.end :]


def complete(intent: Intent, earlier: Sequence[Intent]) -> Intent:
    """*intent* with what it leaves out taken from the *earlier* questions, the last one first.

    Names, metrics, period and kind are each taken over where the question has none
    of its own; a question that stands alone is left as it is.
    """
    if not earlier:
        return intent
    before = earlier[-1]
    if before.kind in _RANKING and (rank := _NTH.match(intent.question)):
        return replace(before, question=before.question + rank[0], answered=())
    if before.kind in _RANKING and _FILTERED.match(intent.question):
        return replace(
            before,
            kind="list",
            question=f"哪些{intent.question}",
            direction=intent.direction,
            answered=(),
        )
    which = (
        intent.kind in ("comparison", "superlative")
        and not intent.names
        and not intent.group
        and not intent.terms
    )
    if which or (_BOTH.search(intent.question) and len(intent.names) < 2):
        names = {name.surface: name for asked in earlier for name in asked.names}
        metrics = intent.metrics or before.metrics
        periods = intent.periods or before.periods or earlier[0].periods
        group = intent.group if names else intent.group or before.group
        return replace(
            intent, names=tuple(names.values()), metrics=metrics, periods=periods, group=group
        )
    elliptic = bool(_ELLIPTIC.search(intent.question))
    bare = not intent.names and not intent.terms
    leans = (
        elliptic or bool(_PRONOUN.search(intent.question)) or all(n.compared for n in intent.names)
    )
    if not leans:
        return intent
    if intent.kind == "superlative" and intent.group and not elliptic:
        return intent
    ends_in_ne = bool(re.search(r"呢[?？]?$", intent.question)) and not intent.asks_number
    changed = intent
    if ends_in_ne or bare:
        keep_kind = intent.kind in ("lookup", "verify", "how", "list")
        if ends_in_ne and keep_kind:
            changed = replace(
                changed, kind=before.kind, asks_number=before.asks_number, group=before.group
            )
        # 收报多少点? 年末目标呢? asks for no close.
        aimed = any(FORECAST.fullmatch(term) for term in intent.terms) and all(
            classes == ("level",) for _, classes in before.metrics
        )
        if not (intent.metrics or intent.units or aimed):
            changed = replace(
                changed, metrics=before.metrics, units=before.units, direction=before.direction
            )
        if not intent.terms and intent.names and not intent.metrics:
            changed = replace(changed, terms=before.terms)
        if not intent.names and not intent.metrics and intent.periods:
            changed = replace(changed, terms=before.terms)
        if not intent.forecast:
            changed = replace(changed, forecast=before.forecast)
    elif not (intent.metrics or intent.units) and all(
        FORECAST.fullmatch(term) for term in intent.terms
    ):
        # 2026年的目标是多少
        changed = replace(changed, metrics=_moved(before.metrics, intent.question))
    if intent.metrics and all(set(c) <= GROWTH for _, c in intent.metrics) and not intent.terms:
        nouns = tuple(pair for pair in before.metrics if not set(pair[1]) <= GROWTH)
        changed = replace(changed, metrics=(*nouns, *intent.metrics))
    if elliptic and not intent.group and not intent.names:
        changed = replace(changed, group=before.group)
    if intent.names and all(name.compared for name in intent.names):
        changed = replace(changed, names=(*before.names, *intent.names))
    elif not intent.names:
        ranks = intent.kind in ("superlative", "comparison", "list", "summary")
        changed = replace(changed, names=before.names or (() if ranks else before.answered))
        moved = all(set(classes) <= MOVES for _, classes in intent.metrics)
        if not intent.terms and (moved or not before.names):
            changed = replace(changed, terms=before.terms)  # 后来下调到多少: of the same thing
    elif len(before.names) > 1 and ends_in_ne:
        kept = tuple(
            n for n in before.names if not set(n.types) & {t for m in intent.names for t in m.types}
        )
        changed = replace(changed, names=(*kept, *intent.names))
    elif _OF_IT.search(intent.question) or (
        _PRONOUN.search(intent.question) and all(set(n.types) <= {"place"} for n in intent.names)
    ):
        changed = replace(changed, names=(*before.names, *intent.names))
    if not intent.periods and (ends_in_ne or bare):
        changed = replace(changed, periods=before.periods)
    if before.voice and ends_in_ne and not intent.metrics:
        agents = [n for n in intent.names if set(n.types) & set(before.voice.types)]
        changed = replace(changed, voice=agents[0] if agents else before.voice)
    return replace(changed, periods=_shifted(changed.periods, before.periods))


def _moved(metrics: Asked, question: str) -> Asked:
    """*metrics* as *question* asks for them: 收入 of 增长了多少 is asked for by its growth."""
    words = "".join(word for word, _ in metrics)
    read, _ = metrics_in(words + question)
    return read if {word for word, _ in metrics} <= {word for word, _ in read} else metrics


def _shifted(periods: Sequence[Period], before: Sequence[Period]) -> tuple[Period, ...]:
    """上年同期呢? is the period that was asked about, a year earlier."""
    if len(periods) != 1 or not _YEAR_BEFORE.fullmatch(periods[0].text) or len(before) != 1:
        return tuple(periods)
    begin, end = before[0].begin, before[0].end
    if begin is None or end is None:
        return tuple(periods)
    return (replace(before[0], text=periods[0].text, begin=_earlier(begin), end=_earlier(end)),)


def _earlier(day: date) -> date:
    """*day* a year before; the last of February for the 29th."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
