"""A figure of a claim against the figures that the cited passages state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.records import Period
from qa.gate import times
from qa.gate.amounts import same_size, same_unit
from qa.gate.evidence import Fact, Line
from qa.gate.names import Named, Names
from qa.gate.reading import Atom, Reading, basis_in, ends, is_hedged, measure_class, negations
from qa.gate.words import CERTAIN

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
_PARTIES = frozenset(
    """company person institution index sector product commodity group currency quantity policy
    event""".split()
)
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


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing in which a claim and a fact differ. *open*: nothing is denied, nor proved."""

    words: str
    open: bool = False


@dataclass(frozen=True, slots=True)
class Claimed:
    """A sentence of an answer with what the sentences before it leave in force."""

    reading: Reading
    names: Names
    subject: frozenset[str] = frozenset()  # ids of who was spoken of last
    periods: tuple[Period, ...] = ()  # of the sentences before


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
    found = [
        *_subject(claim, atom, fact),
        *_direction(claim, atom, fact),
        *_basis(claim, atom, fact),
        *_period(claim, atom, fact),
        *_measure(claim, atom, fact),
        *_denied(claim, atom, fact),
        *_modality(claim, atom, fact),
    ]
    return found


# Whom


def _subject(claim: Claimed, atom: Atom, fact: Fact) -> Iterable[Fault]:
    line = fact.line
    own = fact.figure.entity if fact.figure else None
    theirs = {own} if own else set()
    if fact.atom and fact.atom.head and not (fact.atom.exact and own):
        theirs |= fact.atom.head.ids
    if not theirs:
        theirs = set(line.ids)
    held = fact.atom.subjects if fact.atom else ()
    clause_ids = {i for n in held for i in n.ids} | theirs
    said = [n for n in (atom.subjects or ()) if _is_party(n)]
    if not said:
        said = [n for n in atom.inherited if _is_party(n)]
    if not said:
        if claim.subject and not claim.subject & (clause_ids | line.ids | line.context_ids):
            if not _alike(claim.names, claim.subject, line, theirs):
                yield Fault(
                    f"前文说的是{_named(claim.names, claim.subject)}，原文说的是{_owner(fact)}"
                )
        return
    head = said[-1]
    if head.ids & theirs or _same_name(claim.names, head, line, theirs):
        return
    mine = {i for n in (*atom.subjects, *atom.inherited) for i in n.ids}
    if head.ids & clause_ids and (mine & theirs or own is None):
        return
    if own is None and head.ids & line.ids:
        return
    if any(n.ids & theirs or _same_name(claim.names, n, line, theirs) for n in said) and not (
        head.ids & _owners(line)
    ):
        return
    yield Fault(f"原文中“{fact.quantity.text}”说的是{_owner(fact)}，不是{head.text}")


def _is_party(name: Named) -> bool:
    return name.type is None or name.type in _PARTIES


def _owners(line: Line) -> frozenset[str]:
    return frozenset(f.figure.entity for f in line.facts if f.figure and f.figure.entity)


def _same_name(names: Names, name: Named, line: Line, theirs: Iterable[str]) -> bool:
    return _alike(names, name.ids, line, theirs)


def _alike(names: Names, ids: Iterable[str], line: Line, theirs: Iterable[str]) -> bool:
    """Whether two entities have one stem: 科技股 and 科技板块."""
    return not names.stems(ids).isdisjoint(line.document.names.stems(theirs))


def _named(names: Names, ids: Iterable[str]) -> str:
    found = [names.entities[i].name for i in sorted(ids) if i in names.entities]
    return found[0] if found else "别的主体"


def _owner(fact: Fact) -> str:
    if fact.figure:
        return fact.figure.subject
    head = fact.atom.head if fact.atom else None
    return head.text if head else "别的主体"


# Which way


def governing(atom: Atom) -> dict[str, int]:
    """The end of each axis that the words around *atom* put it at: the last before, else behind."""
    found = {axis: signs[-1] for axis, signs in ends(atom.before).items()}
    for axis, signs in ends(atom.after[:14]).items():
        found.setdefault(axis, signs[0])
    if atom.quantity.signed:
        found["move"] = -1 if (atom.quantity.value or atom.quantity.high or 0) < 0 else 1
    return found


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
    if "move" not in mine and signs.get("move") == -1 and fact.figure is not None:
        if (
            not mine.keys() & {"result", "flow", "premium", "against", "spread", "deal"}
            and fact.figure.metric in _MOVES
        ):
            if not negative(atom):
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
    own = atom.periods
    line = fact.line
    if not own:
        own = tuple(p for p in claim.reading.periods if p.span.start < atom.quantity.span.start)[
            -1:
        ]
    for period in own:
        if times.agree(period, fact.periods):
            continue
        sentence = line.reading.periods
        if fact.periods:
            told = fact.periods
            if times.agree(period, sentence) and not _dated(fact):
                continue
        else:
            told = sentence or line.near_periods
            if times.agree(period, told) or times.agree(period, line.near_periods):
                continue
        if times.covers(period, line.document.published) and not (fact.atom and fact.atom.periods):
            continue
        words = "、".join(dict.fromkeys(p.text for p in told)) or "没有说明时间"
        yield Fault(f"时间不符：“{period.text}”，原文是{words}", open=not told)
        return


def _dated(fact: Fact) -> bool:
    return fact.atom is not None and bool(fact.atom.periods)


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


_HARD = frozenset("profit revenue margin market_value valuation share volume flow count".split())


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
    reading = claim.reading
    mine = _frame(reading, atom)
    theirs = _frame(fact.line.reading, fact.atom) if fact.atom else fact.line.folded
    figure = fact.figure
    foreseen = figure is not None and figure.modality != "reported"
    if (
        foreseen
        and not is_hedged(mine)
        and not is_hedged(reading.folded[: atom.quantity.span.end + 8])
    ):
        if is_hedged(fact.line.folded + fact.line.setting):
            yield Fault(f"原文只是预期，不是事实：“{_words(fact)}”")
            return
    if foreseen and CERTAIN.search(mine) and not CERTAIN.search(fact.line.folded):
        yield Fault(f"原文只是预期，不是事实：“{_words(fact)}”")
        return
    if (
        is_hedged(mine)
        and not foreseen
        and not is_hedged(theirs)
        and not is_hedged(fact.line.folded)
    ):
        yield Fault(f"原文说的是事实，不是预期：“{_words(fact)}”")
    elif not foreseen and is_hedged(theirs) and not is_hedged(mine) and _own(fact):
        if not is_hedged(reading.folded):
            yield Fault(f"原文只是预期，不是事实：“{_words(fact)}”")


def _own(fact: Fact) -> bool:
    """Whether the hedge stands right before the figure."""
    return fact.atom is not None and is_hedged(fact.atom.before)


def _frame(reading: Reading, atom: Atom) -> str:
    """The words that say how the figure is told: its clause, and what is behind it a little."""
    return reading.words(atom.clause)


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
