"""A figure of a claim against the figures that the cited passages state."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from qa.gate import modality, roles, times, unsaid
from qa.gate.amounts import same_size, same_unit
from qa.gate.claimed import Claimed, Fault
from qa.gate.evidence import Fact, Line
from qa.gate.measuring import bases_in, basis_in, measure_class, measures_in
from qa.gate.reading import Atom, Reading, ends, negations
from qa.gate.subjects import told_of

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
_EVENTS = frozenset(("rate_change", "price_adjustment"))  # of a day, told by its month
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
        "role": roles.misplaced(claim, atom, fact),
        "each": _each(atom, fact),
        "way": _direction(claim, atom, fact),
        "basis": _basis(claim, atom, fact),
        "when": _period(claim, atom, fact),
        "what": (*_measure(claim, atom, fact), *unsaid.misscoped(atom, claim, fact)),
        "denied": _denied(claim, atom, fact),
        "modality": modality.unsure(claim, atom, fact),
    }
    return [replace(fault, kind=kind) for kind, found in checks.items() for fault in found]


def _place(atom: Atom, fact: Fact) -> Iterable[Fault]:
    """The second of a list is not the first of the same list."""
    held = fact.atom
    if held is None or atom.ordinal is None or held.ordinal is None or (atom.exact and held.exact):
        return
    (mine, n), (theirs, m) = atom.ordinal, held.ordinal
    if n == m and mine != theirs:
        yield Fault(f"顺序与原文不符：“{fact.words}”")


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
            yield Fault(f"方向或关系不符：原文“{fact.words}”")
            return
    if "move" in ends(atom.near) and fact.atom and "move" not in theirs:
        if not _is_borne(mine["move"], fact):
            yield Fault(f"原文没有说是{_WAYS[mine['move']]}：原文“{fact.words}”", open=True)
    told = fact.atom is None or "move" in governing(fact.atom)
    if "move" not in mine and signs.get("move") == -1 and told and not negative(atom):
        if not mine.keys() & {"result", "flow", "premium", "against", "spread", "deal"}:
            yield Fault(f"没有说明是下降：原文“{fact.words}”", open=True)


_MORE = {1: re.compile("[多高快大超]"), -1: re.compile("[少低慢小]")}
_LATER = re.compile("随后|其后|之后|此后|但|然后|接着")
_WAYS = {1: "上升", -1: "下降"}


def _each(atom: Atom, fact: Fact) -> Iterable[Fault]:
    """每10股 is not 每股."""
    here = _PER.findall(atom.before)
    there = _PER.findall(fact.atom.before if fact.atom else "") + _SLASH.findall(fact.quantity.text)
    for many, unit in here:
        theirs = {m for m, u in there if u == unit}
        if theirs and many not in theirs:
            yield Fault(f"原文不是每{many}{unit}：“{fact.words}”")


_PER = re.compile("每([0-9十百千万]*)([股桶吨瓶份手])")
_SLASH = re.compile("/([0-9]*)([股桶吨瓶份手])")


def _is_borne(sign: int, fact: Fact) -> bool:
    """Whether the words around *fact*, or the figure that it is told against, show this way."""
    held, reading = fact.atom, fact.line.reading
    if held is None:
        return True
    near = range(max(0, held.clause - 1), min(len(reading.clauses), held.clause + 2))
    told = [words for i in near if not _LATER.match(words := reading.words(i))]
    if any(sign in ends(words).get("move", ()) for words in told):
        return True
    if any(_MORE[sign].search(words) for words in told):
        return True
    bases = [f.quantity for f in fact.line.facts if f.atom and roles.role_of(f.atom) == "base"]
    value = fact.quantity.value
    return value is not None and any(
        q.unit == fact.quantity.unit and q.value is not None and (value - q.value) * sign > 0
        for q in bases
    )


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


# Counted from what, when, of what


def _basis(claim: Claimed, atom: Atom, fact: Fact) -> Iterable[Fault]:
    mine = atom.basis
    if mine is None:
        return
    theirs = fact.atom.basis if fact.atom else None
    if fact.atom and mine in bases_in(fact.line.reading.words(fact.atom.clause)):
        return
    if theirs is None and fact.figure is not None:
        theirs = {"growth_yoy": "yoy", "growth_qoq": "qoq"}.get(fact.figure.metric)
        theirs = theirs or basis_in(fact.figure.basis or "")
    if theirs is None:
        words = fact.line.folded + fact.line.setting
        theirs = mine if mine in bases_in(words) else basis_in(words)
    if theirs != mine:
        yield Fault(f"比较的基准不同：原文“{fact.words}”", open=theirs is None)


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
        if fact.figure and fact.figure.metric in _EVENTS and times.holds(period, around):
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
    if (other := _other_measure(claim, atom, fact)) is not None:
        yield Fault(f"指标不符：“{word}”，原文说的是“{other}”")
        return
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
        yield Fault(f"指标不符：“{word}”，原文“{fact.words}”")
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
        yield Fault(f"指标不符：“{word}”，原文“{fact.words}”")


_HARD = frozenset("profit revenue margin market_value valuation share".split())


def _other_measure(claim: Claimed, atom: Atom, fact: Fact) -> str | None:
    """The measure that *fact* is told of where it is none of the claim's: 收入…，同比增长4.9%."""
    if fact.atom is None or "占" in atom.near + fact.atom.near:
        return None
    if unsaid.IN_TURN.search(fact.line.reading.text):
        return None
    mine = _measured(claim.reading, atom)
    theirs = _measured(fact.line.reading, fact.atom)
    own = fact.figure.metric if fact.figure else None
    if mine is None or theirs is None or measure_class(mine) == own:
        return None
    apart = {measure_class(mine), measure_class(theirs)}
    return theirs if len(apart) == 2 and apart <= _HARD else None


def _measured(reading: Reading, atom: Atom) -> str | None:
    """The last measure that *reading* names up to *atom*."""
    if atom.measures:
        return atom.measures[-1]
    found = measures_in(reading.text[: atom.quantity.span.start])
    return found[-1] if found else None


# Whether


def _denied(claim: Claimed, atom: Atom, fact: Fact) -> Iterable[Fault]:
    if fact.atom is None:
        if negations(atom.before):
            yield Fault(f"原文没有否定：“{fact.words}”")
        return
    mine, theirs = len(negations(atom.before)) % 2, len(negations(fact.atom.before)) % 2
    if mine != theirs:
        yield Fault(f"{'原文没有否定' if mine else '原文是否定的'}：“{fact.words}”")


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
