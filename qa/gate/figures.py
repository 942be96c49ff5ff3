"""A figure of a claim against the figures that the cited passages state."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.lexicon.folding import fold
from kg.records import Period
from qa.gate import times
from qa.gate.amounts import same_size, same_unit
from qa.gate.evidence import Fact, Line, grams
from qa.gate.names import Named, Names
from qa.gate.reading import Atom, Reading, basis_in, ends, is_hedged, measure_class, negations
from qa.gate.residue import residue
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
    kind: str = ""  # of figures: whom, way, basis, when, what, denied, modality, place, source


@dataclass(frozen=True, slots=True)
class Claimed:
    """A sentence of an answer with what the sentences before it leave in force."""

    reading: Reading
    names: Names
    subject: frozenset[str] = frozenset()  # ids of who was spoken of last
    periods: tuple[Period, ...] = ()  # of the sentences before
    foreseen: bool = False  # the question asks for what is expected


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
        "whom": _subject(claim, atom, fact),
        "place": _place(atom, fact),
        "way": _direction(claim, atom, fact),
        "basis": _basis(claim, atom, fact),
        "when": _period(claim, atom, fact),
        "what": _measure(claim, atom, fact),
        "denied": _denied(claim, atom, fact),
        "modality": _modality(claim, atom, fact),
    }
    return [replace(fault, kind=kind) for kind, found in checks.items() for fault in found]


# Whom


def _subject(claim: Claimed, atom: Atom, fact: Fact) -> Iterable[Fault]:
    said = [n for n in atom.subjects if _is_party(n)]
    if said:
        if _is_told_of(claim, atom, said, fact):
            return
        if not atom.behind:
            yield Fault(f"原文中“{fact.quantity.text}”说的是{_owner(fact)}，不是{said[-1].text}")
            return
    runs = residue(
        claim.reading.masked(atom.quantity.span.start - len(atom.near), atom.quantity.span.start)
    )
    if runs:
        if not _is_written(runs, fact):
            yield Fault(f"原文没有说“{runs[0]}”是“{fact.quantity.text}”", open=True)
        return
    said = [n for n in atom.inherited if _is_party(n)]
    if said:
        if _POINTING.search(atom.near):
            said = [n for n in claim.reading.names if n.start < atom.quantity.span.start]
        rivals, line = _rivals(fact), fact.line
        if any(_is_told_of(claim, atom, [n], fact) for n in said) or _OF_FIRM.search(atom.near):
            return
        if any(n.ids & rivals for n in said) or not any(n.ids & line.ids for n in said):
            yield Fault(f"原文中“{fact.quantity.text}”说的是{_owner(fact)}，不是{said[-1].text}")
        return
    line = fact.line
    if claim.subject and not claim.subject & (_owners_of(fact) | line.ids | line.context_ids):
        if not _alike(claim.names, claim.subject, line, _owners_of(fact)):
            yield Fault(f"前文说的是{_named(claim.names, claim.subject)}，原文说的是{_owner(fact)}")


def _is_told_of(claim: Claimed, atom: Atom, said: Sequence[Named], fact: Fact) -> bool:
    """Whether *fact* is told of the last of *said*, the names of the claim's clause."""
    head = said[-1]
    theirs = _owners_of(fact)
    if head.ids & theirs or _alike(claim.names, head.ids, fact.line, theirs):
        return True
    if _begins_name(claim, head, fact):
        return True
    held = fact.atom
    if held is None:
        return fold(head.text) in fact.line.folded or not theirs
    if not held.exact and fold(head.text) in fold(held.near):
        return True
    own = fact.figure.entity if fact.figure else None
    clause = {i for n in held.subjects for i in n.ids} | theirs
    mine = {i for n in (*atom.subjects, *atom.inherited) for i in n.ids}
    if head.ids & clause and own in mine:
        return True
    others = any(n.ids & theirs or _alike(claim.names, n.ids, fact.line, theirs) for n in said[:-1])
    return others and not head.ids & _rivals(fact)


def _begins_name(claim: Claimed, head: Named, fact: Fact) -> bool:
    """Whether the words of *head* and before it begin the owner's name: 全国乘用车 of …市场."""
    if fact.figure is None:
        return False
    owner, words = fold(fact.figure.subject), claim.reading.folded
    return any(
        owner.startswith(words[start : head.end]) and head.end - start >= 4
        for start in range(max(0, head.start - 4), head.start)
    )


def _owners_of(fact: Fact) -> set[str]:
    """Whom *fact* is told of, as ingest has it and as the words next to it have it."""
    own = fact.figure.entity if fact.figure else None
    found = {own} if own else set()
    if fact.atom and fact.atom.head and not (fact.atom.exact and own):
        found |= fact.atom.head.ids
    return found or set(fact.line.ids)


def _rivals(fact: Fact) -> frozenset[str]:
    """Whom the other figures of the sentence are told of."""
    return frozenset(
        f.figure.entity for f in fact.line.facts if f.figure and f.figure.entity and f is not fact
    )


def _is_written(runs: Sequence[str], fact: Fact) -> bool:
    """Whether one of *runs* stands in what the fact's own clause says, in whole or in part."""
    at = fact.line.reading.words(fact.atom.clause) if fact.atom else fact.line.folded
    words = at + fold(fact.figure.subject if fact.figure else "") + fact.line.setting
    if fact.atom is None or _is_led(fact.line, fact.atom):
        words += fact.line.folded
    held = grams(words)
    wanted = set().union(*(grams(run) for run in runs))
    return not wanted or len(wanted & held) * 2 >= len(wanted) or any(r in words for r in runs)


def _is_party(name: Named) -> bool:
    return name.type is None or name.type in _PARTIES


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


def _is_led(line: Line, atom: Atom) -> bool:
    """Whether the clause of *atom* leaves its subject to the words before it."""
    at = atom.quantity.span.start
    return not atom.subjects and not residue(line.reading.masked(at - len(atom.near), at))


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
        found["move"] = -1 if (atom.quantity.value or atom.quantity.high or 0) < 0 else 1
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


_OF_FIRM = re.compile("公司|该行|该股|集团|该指数")
_POINTING = re.compile("前者|后者|两者|二者|该|其")
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
