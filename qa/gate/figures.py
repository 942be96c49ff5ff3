"""A figure of a claim against the figures that the cited passages state."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from qa.gate import times
from qa.gate.amounts import same_size, same_unit
from qa.gate.claimed import Claimed, Fault
from qa.gate.evidence import Fact, Line
from qa.gate.reading import Atom, Reading, basis_in, ends, is_hedged, measure_class, negations
from qa.gate.subjects import told_of
from qa.gate.words import ANNOUNCED, CERTAIN, FRAMING, INTENT

_MOVES = frozenset(
    (
        "price_change",
        "growth_yoy",
        "growth_qoq",
        "relative_return",
        "rate_change",
        "price_adjustment",
    )
)
_RESULTS = frozenset(("profit",))
_LOOSE = frozenset(
    (
        "demand",
        "degree",
        "time",
        "lift",
        "import",
        "supply",
        "life",
        "rank",
        "style",
        "first",
        "side",
        "gate",
        "depend",
        "complex",
        "tie",
        "lever",
    )
)


def stated(claim: Claimed, atom: Atom, lines: Sequence[Line]) -> list[Fact]:
    """The facts of *lines* that give the size of *atom*."""
    around = atom.before[-12:] + atom.after[:6]
    return [fact for line in lines for fact in line.facts if _sized(atom, fact, around)]


def _sized(atom: Atom, fact: Fact, around: str) -> bool:
    if same_size(atom.quantity, fact.quantity, around=around):
        return True
    return fact.atom is not None and same_size(atom.quantity, fact.atom.quantity, around=around)


def faults(claim: Claimed, atom: Atom, fact: Fact) -> list[Fault]:
    """In what *atom* and *fact*, of one size, differ."""
    checks: dict[str, Iterable[Fault]] = {
        "whom": told_of(claim, atom, fact),
        "place": _place(atom, fact),
        "way": _direction(claim, atom, fact),
        "basis": _basis(claim, atom, fact),
        "when": _period(claim, atom, fact),
        "what": _measure(claim, atom, fact),
        "denied": _denied(claim, atom, fact),
        "modality": _modality(claim, atom, fact),
    }
    return [replace(fault, kind=kind) for kind, found in checks.items() for fault in found]


def _place(atom: Atom, fact: Fact) -> Iterable[Fault]:
    """The second of a list is not the first of the same list."""
    held = fact.atom
    if held is None or atom.ordinal is None or held.ordinal is None or (atom.exact and held.exact):
        return
    (mine, n), (theirs, m) = atom.ordinal, held.ordinal
    if n == m and mine != theirs:
        yield Fault(f"顺序与原文不符：“{_words(fact)}”")


# Which way


def governing(atom: Atom) -> dict[str, int]:
    """The end of each axis that the words around *atom* put it at: the last before, else behind."""
    found = {axis: signs[-1] for axis, signs in ends(atom.before).items()}
    behind = {axis: signs[0] for axis, signs in ends(atom.after[:14]).items()}
    if atom.quantity.unit == "count" and _CLASS.match(atom.after):
        found |= behind  # 3,214只个股上涨
    found = behind | found
    if atom.quantity.signed:
        found["move"] = -1 if negative(atom) else 1
        if negative(atom) and "result" in found:
            found["result"] = -1
    return found


_CLASS = re.compile("[^，。；、]{0,4}(?:上涨|下跌|涨停|跌停|收涨|收跌|飘红|飘绿|走高|走低)")


def _direction(claim: Claimed, atom: Atom, fact: Fact) -> Iterable[Fault]:
    mine = governing(atom)
    theirs = governing(fact.atom) if fact.atom else {}
    signs = _implied(fact)
    if fact.quantity.signed or (fact.atom and fact.atom.quantity.signed):
        theirs.pop("move", None)
    theirs = {**signs, **theirs}
    for axis, sign in mine.items():
        other = theirs.get(axis)
        if other is not None and other != sign and (axis not in _LOOSE or fact.atom):
            yield Fault(f"方向或关系不符：原文“{_words(fact)}”")
            return
    told = fact.atom is None or "move" in governing(fact.atom)
    if "move" not in mine and signs.get("move") == -1 and told and not negative(atom):
        if not mine.keys() & {"result", "flow", "premium", "against", "spread", "deal"}:
            yield Fault(f"没有说明是下降：原文“{_words(fact)}”", open=True)


def negative(atom: Atom) -> bool:
    """Whether the amount is printed with a minus."""
    q = atom.quantity
    return any(x is not None and x < 0 for x in (q.value, q.low, q.high))


def _implied(fact: Fact) -> dict[str, int]:
    """The ends that the figure's own sign and metric tell."""
    figure = fact.figure
    if figure is None:
        return {}
    size = (
        figure.value
        if figure.value is not None
        else (figure.high if figure.high is not None else figure.low)
    )
    if not size:
        return {}
    sign = 1 if size > 0 else -1
    if figure.metric in _MOVES:
        return {"move": sign}
    if figure.metric in _RESULTS and figure.unit.isupper():
        return {"result": sign}
    if figure.metric == "flow":
        return {"flow": sign}
    return {}


def _words(fact: Fact) -> str:
    if fact.atom is None:
        return " ".join(fact.line.text.split())
    at = fact.line.reading.clauses[fact.atom.clause]
    return fact.line.reading.text[at.start : at.end].strip()


# Counted from what, when, of what


def _basis(claim: Claimed, atom: Atom, fact: Fact) -> Iterable[Fault]:
    mine = atom.basis
    if mine is None:
        return
    theirs = fact.atom.basis if fact.atom else None
    if theirs is None and fact.figure is not None:
        theirs = {"growth_yoy": "yoy", "growth_qoq": "qoq"}.get(fact.figure.metric)
        theirs = theirs or basis_in(fact.figure.basis or "")
    if theirs is None:
        words = fact.line.folded + fact.line.setting
        theirs = mine if mine == basis_in(words) else basis_in(words)
    if theirs != mine:
        yield Fault(f"比较的基准不同：原文“{_words(fact)}”", open=theirs is None)


def _period(claim: Claimed, atom: Atom, fact: Fact) -> Iterable[Fault]:
    own, line = atom.periods, fact.line
    inherited = not own
    if inherited:
        own = tuple(p for p in claim.reading.periods if p.span.start < atom.quantity.span.start)
        own = own[-1:]
    met = any(times.agree(period, fact.periods) for period in claim.reading.periods)
    dated = any(p.begin or p.end for p in fact.periods)
    around = (*line.reading.periods, *line.near_periods)
    for period in own:
        if times.agree(period, fact.periods):
            continue
        if met and times.agree(period, around):
            continue
        loose = inherited or not dated or period.kind == "to_date" or _is_base(atom, fact)
        if loose and times.agree(period, line.reading.periods):
            continue
        if not fact.periods and times.agree(period, around):
            continue
        if not fact.periods and times.covers(period, line.document.published):
            continue
        told = fact.periods or line.reading.periods or line.near_periods
        words = "、".join(dict.fromkeys(p.text for p in told)) or "没有说明时间"
        yield Fault(f"时间不符：“{period.text}”，原文是{words}", open=not told)
        return


_BASE = re.compile("(?:由|从|自|较|比|低于|高于)[^，。；]{0,12}$")


def _is_base(atom: Atom, fact: Fact) -> bool:
    """Whether both are what a change sets out from: 由上年的3.4亿元增至."""
    held = fact.atom
    return held is not None and bool(_BASE.search(atom.near) and _BASE.search(held.near))


def _measure(claim: Claimed, atom: Atom, fact: Fact) -> Iterable[Fault]:
    if not atom.measures:
        return
    word = atom.measures[-1]
    line = fact.line
    words = line.folded + line.setting
    if word.lower() in words:
        theirs = fact.atom.measures if fact.atom else ()
        if (
            not theirs
            or word in theirs
            or measure_class(word) in {measure_class(w) for w in theirs}
        ):
            return
        figure = fact.figure
        if figure is not None and (
            figure.metric == measure_class(word) or word in (figure.metric_words or "")
        ):
            return
        if fact.atom is not None and word in line.reading.words(fact.atom.clause):
            return
        yield Fault(f"指标不符：“{word}”，原文“{_words(fact)}”")
        return
    kinds = {measure_class(w) for w in (fact.atom.measures if fact.atom else ())}
    if fact.figure is not None:
        kinds |= {fact.figure.metric}
        if fact.figure.metric in ("growth_yoy", "growth_qoq", "forecast", "other"):
            return
    if (
        measure_class(word) not in kinds
        and kinds
        and measure_class(word) in _HARD
        and kinds & _HARD
    ):
        yield Fault(f"指标不符：“{word}”，原文“{_words(fact)}”")


_HARD = frozenset("profit revenue margin market_value valuation share".split())


# Whether


def _denied(claim: Claimed, atom: Atom, fact: Fact) -> Iterable[Fault]:
    if fact.atom is None:
        if negations(atom.before):
            yield Fault(f"原文没有否定：“{_words(fact)}”")
        return
    mine, theirs = len(negations(atom.before)) % 2, len(negations(fact.atom.before)) % 2
    if mine != theirs:
        yield Fault(f"{'原文没有否定' if mine else '原文是否定的'}：“{_words(fact)}”")


def _modality(claim: Claimed, atom: Atom, fact: Fact) -> Iterable[Fault]:
    line, reading = fact.line, claim.reading
    mine = framed(reading, atom)
    theirs = framed(line.reading, fact.atom) if fact.atom else line.folded
    foreseen = fact.figure is None or fact.figure.modality != "reported"
    if mine == theirs:
        return
    if is_hedged(theirs) and foreseen and not claim.foreseen and not is_hedged(reading.folded):
        yield Fault(f"原文只是预期，不是事实：“{_words(fact)}”")
    elif is_hedged(theirs) and foreseen and CERTAIN.search(mine) and not CERTAIN.search(theirs):
        yield Fault(f"原文只是预期，不是事实：“{_words(fact)}”")
    elif is_hedged(mine) and not is_hedged(theirs) and not is_plan(mine, line):
        told = fact.figure is not None and fact.figure.modality == "reported"
        if told or not is_hedged(line.folded + line.setting):
            yield Fault(f"原文说的是事实，不是预期：“{_words(fact)}”")


def is_plan(words: str, line: Line) -> bool:
    """Whether *words* tell a plan, and *line* announces one: 拟收购 of 宣布收购."""
    return not is_hedged(INTENT.sub("", words)) and ANNOUNCED.search(line.folded) is not None


def framed(reading: Reading, atom: Atom) -> str:
    """The clause of *atom* up to it, and the clause of expecting that it hangs on, if any."""
    own = reading.words(atom.clause)
    at = atom.quantity.span.end - reading.clauses[atom.clause].start
    words = re.split("[；;]", own[: at + 10])[0]
    for clause in range(atom.clause - 1, -1, -1):
        between = reading.text[reading.clauses[clause].end : reading.clauses[clause + 1].start]
        if re.search("[；;。]", between):
            break
        earlier = reading.words(clause)
        if FRAMING.search(earlier):
            return earlier + words
    return words


def near_misses(claim: Claimed, atom: Atom, lines: Sequence[Line]) -> Fact | None:
    """The fact of *lines* that *atom* seems to misquote: of its subject and measure."""
    best: tuple[int, Fact] | None = None
    ids = {i for n in (*atom.subjects, *atom.inherited) for i in n.ids} | claim.subject
    for line in lines:
        for fact in line.facts:
            if fact.figure is None:
                continue
            score = 0
            score += 2 * (fact.figure.entity in ids)
            score += same_unit(atom.quantity, fact.quantity)
            theirs = fact.atom.measures if fact.atom else ()
            score += 2 * bool(set(theirs) & set(atom.measures))
            score += bool(atom.basis) and fact.atom is not None and fact.atom.basis == atom.basis
            if score >= 3 and (best is None or score > best[0]):
                best = score, fact
    return best[1] if best else None
