"""One sentence as the gate reads it: claims of figures, names, times, and where its words stand.

The same reader reads the answer and the passages that it cites, so that what it does not
understand of a sentence it does not understand on both sides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache

from ingest.attribution.cues import MEASURE_RE
from ingest.lexicon.folding import fold
from ingest.periods import find_periods
from ingest.quantities import find_quantities
from kg.records import Period, Quantity, Span
from qa.gate.measuring import basis_of, measures_in
from qa.gate.names import Named, Names
from qa.gate.words import HEDGE, MET, NEGATION, polar

MARK = re.compile(
    r"[\[【［]\s*(?:[^\[\]【】［］\n]{1,80}[:：])?\s*(?:¶\s*)?[0-9０-９]+"
    r"(?:\s*[,，、;；\-‐‑–—~～]\s*(?:¶\s*)?[0-9０-９]+)*\s*[\]】］]"
)
_GAP = re.compile(
    r"(?<![A-Za-z0-9])\s+|\s+(?![A-Za-z0-9])|\*\*|__|`|[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_CLAUSE = re.compile(r"(?<!\d)[,]|[,](?!\d)|[，;；：:。！？!?\n]|——|—|(?<=[一-鿿])-(?=[一-鿿])")
_JOINT = re.compile(
    r"(?:、|和|与|及|以及|或|,|，|/)*(?:约|近|逾|超过?|为|收?[跌涨升降]|下跌|上涨|上升|下降|增长|减少|增加)?"
)
_BRACKET = re.compile(r"[（(][^（）()]*[）)]")
_COUNTED_FROM = re.compile("[较比与]$|相较?$|同$")
_COUNTING = re.compile(
    r"的?(?:相比|的?(?:同期)?)?(?:[上下]?[涨跌增减升降多少高低扩收提]|[走回]|下滑|下挫|攀升|飙升|大幅|小幅|进一步|累计|净增|净减)"
)
_TIMES_OF = re.compile("的[^，。；]{1,6}倍")
_FROM = frozenset("由从自较比")
_WITHIN = re.compile("之?[中里内]")
_LISTING = re.compile("分别|依次|各自")


@dataclass(frozen=True, slots=True)
class Clause:
    """What stands between two points of a sentence."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Atom:
    """One figure of a sentence with the words that govern it."""

    quantity: Quantity
    clause: int
    before: str  # from the clause's start or the figure before it
    after: str  # to the clause's end or the next figure
    subjects: tuple[Named, ...]  # the clause's own names, the likeliest last
    inherited: tuple[Named, ...]  # those in force where the clause has none
    measures: tuple[str, ...]  # words that measure: 净利润, 市盈率; the nearest last
    basis: str | None
    periods: tuple[Period, ...]  # the clause's own
    near: str = ""  # the words since the clause's start or the figure before it
    behind: bool = False  # its subjects stand behind it, so they may be no subjects
    exact: bool = False  # the subject is given by its place in a list
    ordinal: tuple[int, int] | None = None  # its place in a list of so many, told 分别

    @property
    def window(self) -> str:
        """The words around the figure that are its own."""
        return self.before + "\N{IDEOGRAPHIC SPACE}" + self.after

    @property
    def head(self) -> Named | None:
        """The likeliest subject."""
        held = self.subjects or self.inherited
        return held[-1] if held else None


@dataclass(frozen=True, eq=False)
class Reading:
    """A sentence, without marks and idle blanks.

    *offsets* holds, for each character of *text*, its place in what was read.
    """

    text: str
    offsets: tuple[int, ...]
    names: tuple[Named, ...]
    periods: tuple[Period, ...]
    clauses: tuple[Clause, ...]
    atoms: tuple[Atom, ...]

    @cached_property
    def folded(self) -> str:
        """The text in half width and lower case; offsets hold."""
        return fold(self.text)

    def words(self, clause: int) -> str:
        """The folded words of a clause."""
        at = self.clauses[clause]
        return self.folded[at.start : at.end]

    def masked(self, start: int, end: int) -> str:
        """The folded words from *start* to *end*, names, times and figures each as one sign."""
        signs = [(n.start, n.end, "N") for n in self.names if not n.pointing]
        signs += [(p.span.start, p.span.end, "P") for p in self.periods]
        signs += [(a.quantity.span.start, a.quantity.span.end, "Q") for a in self.atoms]
        words, position = [], start
        for left, right, sign in sorted(signs):
            if left < position or right > end:
                continue
            words += [self.folded[position:left], sign]
            position = right
        return "".join((*words, self.folded[position:end]))

    @cached_property
    def plain(self) -> str:
        """The whole sentence, masked: 若 in a person's name is no condition."""
        return self.masked(0, len(self.text))

    def skeleton(self, clause: int) -> str:
        """A clause, masked."""
        at = self.clauses[clause]
        return self.masked(at.start, at.end)

    def names_in(self, clause: int) -> tuple[Named, ...]:
        """The names of a clause."""
        at = self.clauses[clause]
        return tuple(n for n in self.names if at.start <= n.start < at.end)

    def periods_in(self, clause: int) -> tuple[Period, ...]:
        """The times of a clause."""
        at = self.clauses[clause]
        return tuple(p for p in self.periods if at.start <= p.span.start < at.end)


def read(
    text: str,
    names: Names,
    *,
    reference: date | None = None,
    given: Sequence[Named] | None = None,
) -> Reading:
    """Read the sentence *text*.

    *given* are its names where they are known already, at places of *text*, not overlapping.
    """
    clean, offsets = _clean(text)
    found = names.find(clean) if given is None else _placed(given, offsets)
    measured = [m.span() for m in MEASURE_RE.finditer(clean)]
    found = [
        n
        for n in found  # 保险 in 保费 and the like are no names
        if not any(a <= n.start and n.end <= b and n.end - n.start < b - a for a, b in measured)
    ]
    spans = [Span(n.start, n.end) for n in found]
    quantities = find_quantities(clean, names=spans)
    periods = [
        p
        for p in find_periods(clean, reference=reference)
        if not any(q.span.start < p.span.end and p.span.start < q.span.end for q in quantities)
        and not _of_basis(clean, p)
    ]
    clauses = _clauses(clean)
    atoms = _atoms(clean, clauses, quantities, found, periods)
    return Reading(
        text=clean,
        offsets=offsets,
        names=tuple(found),
        periods=tuple(periods),
        clauses=clauses,
        atoms=atoms,
    )


def _clean(text: str) -> tuple[str, tuple[int, ...]]:
    kept: list[tuple[str, int]] = []
    position = 0
    spans = sorted(m.span() for pattern in (MARK, _GAP) for m in pattern.finditer(text))
    for start, end in spans:
        if start > position:
            kept += [(text[i], i) for i in range(position, start)]
        position = max(position, end)
    kept += [(text[i], i) for i in range(position, len(text))]
    return "".join(c for c, _ in kept), tuple(i for _, i in kept)


def _placed(given: Sequence[Named], offsets: Sequence[int]) -> list[Named]:
    at = {offset: index for index, offset in enumerate(offsets)}
    found = []
    for name in given:
        inside = [at[i] for i in range(name.start, name.end) if i in at]
        if inside:
            found.append(replace(name, start=inside[0], end=inside[-1] + 1))
    return found


def _clauses(text: str) -> tuple[Clause, ...]:
    clauses = []
    start = 0
    inside = [found.span() for found in _BRACKET.finditer(text)]
    for cut in _CLAUSE.finditer(text):
        if any(a < cut.start() < b for a, b in inside):
            continue  # 零跑（09863.HK，Leapmotor）
        if cut.start() > start:
            clauses.append(Clause(start, cut.start()))
        start = cut.end()
    if start < len(text) or not clauses:
        clauses.append(Clause(start, len(text)))
    return tuple(clauses)


def _atoms(
    text: str,
    clauses: Sequence[Clause],
    quantities: Sequence[Quantity],
    names: Sequence[Named],
    periods: Sequence[Period],
) -> tuple[Atom, ...]:
    atoms: list[Atom] = []
    for index, quantity in enumerate(quantities):
        at = next(
            (i for i, c in enumerate(clauses) if c.start <= quantity.span.start < c.end),
            len(clauses) - 1,
        )
        clause = clauses[at]
        last = quantities[index - 1] if index else None
        following = quantities[index + 1].span.start if index + 1 < len(quantities) else len(text)
        start = clause.start if last is None else max(clause.start, last.span.end)
        before = text[start : quantity.span.start]
        near_words = before
        behind = False
        after = text[quantity.span.end : max(quantity.span.end, min(clause.end, following))]
        own = tuple(
            n
            for n in names
            if clause.start <= n.start < quantity.span.start and not _is_setting(text, n)
        )
        near = tuple(n for n in own if n.start >= start)
        previous = atoms[-1] if atoms else None
        listed = (
            previous is not None
            and last is not None
            and _JOINT.fullmatch(text, last.span.end, quantity.span.start) is not None
        )
        if listed and previous is not None:
            before = previous.before + before
        subjects = near or own
        if not subjects and listed and previous is not None:
            subjects = previous.subjects
        if not subjects:
            subjects = tuple(
                n for n in names if quantity.span.end <= n.start < min(clause.end, following)
            )[:1]
            behind = bool(subjects)
        measures = measures_in(before) or measures_in(after)[:1]
        atoms.append(
            Atom(
                quantity=quantity,
                clause=at,
                before=before,
                after=after,
                subjects=subjects,
                inherited=_inherited(clauses, at, names),
                measures=measures,
                basis=basis_of(before) or (previous.basis if listed and previous else None),
                near=near_words,
                behind=behind,
                periods=_times(text, periods, clause, start, quantity.span.start),
            )
        )
    return _distributed(text, clauses, atoms, names)


def _of_basis(text: str, period: Period) -> bool:
    """Whether *period* only tells what a change is counted from: 较上年同期增长."""
    before = text[max(0, period.span.start - 2) : period.span.start]
    if re.search("[是为]$|相当于$", before) and _TIMES_OF.match(text, period.span.end):
        return True
    return _COUNTED_FROM.search(before) is not None and (
        _COUNTING.match(text, period.span.end) is not None
    )


def _is_setting(text: str, name: Named) -> bool:
    """Whether *name* only tells within what: 外国人在出入境人员中的占比."""
    return text[name.start - 1 : name.start] == "在" and _WITHIN.match(text, name.end) is not None


def _times(
    text: str, periods: Sequence[Period], clause: Clause, start: int, at: int
) -> tuple[Period, ...]:
    """The times of a figure at *at*: those before it since *start*, else those of its clause.

    由上年同期的3.4亿元增至: the time before 3.4亿元 is not that of the figure behind it.
    """
    own = [p for p in periods if clause.start <= p.span.start < clause.end]
    own = [p for p in own if p.span.end > start or text[: p.span.start][-1:] not in _FROM]
    near = [p for p in own if start <= p.span.start < at]
    before = [p for p in own if p.span.start < at]
    return tuple(near or before[-1:] or own[:1])


def _inherited(clauses: Sequence[Clause], at: int, names: Sequence[Named]) -> tuple[Named, ...]:
    """The names of the nearest clause before *at* that has some, the first of them last."""
    for clause in reversed(clauses[:at]):
        held = [n for n in names if clause.start <= n.start < clause.end]
        if held:
            return tuple(reversed(held))
    return ()


def _distributed(
    text: str, clauses: Sequence[Clause], atoms: Sequence[Atom], names: Sequence[Named]
) -> tuple[Atom, ...]:
    """*atoms* with the subjects of parallel lists: A、B和C分别上涨1%、2%和3%."""
    found = list(atoms)
    index = 0
    while index < len(found):
        run = [index]
        while run[-1] + 1 < len(found) and _joined(text, found[run[-1]], found[run[-1] + 1]):
            run.append(run[-1] + 1)
        if len(run) > 1:
            first = found[index].quantity.span.start
            start = clauses[found[index].clause].start
            items = _list_before(text, start, first, names)
            if _LISTING.search(text, start, first):
                for place, position in enumerate(run):
                    found[position] = replace(found[position], ordinal=(place, len(run)))
            if len(items) == len(run):
                for position, item in zip(run, items, strict=True):
                    found[position] = replace(found[position], subjects=(item,), exact=True)
        index = run[-1] + 1
    return tuple(found)


def _joined(text: str, one: Atom, other: Atom) -> bool:
    return _JOINT.fullmatch(text, one.quantity.span.end, other.quantity.span.start) is not None


def _list_before(text: str, start: int, end: int, names: Sequence[Named]) -> list[Named]:
    """The last run of names before *end* that only joints part."""
    inside = [found.span() for found in _BRACKET.finditer(text, start, end)]
    held = [
        n
        for n in names
        if start <= n.start and n.end <= end and not any(a < n.start < b for a, b in inside)
    ]
    run: list[Named] = []
    for name in reversed(held):
        if run and not re.fullmatch(
            r"(?:[（(][^（）()]*[）)])?(?:、|和|与|及|以及|,|，)+", text[name.end : run[0].start]
        ):
            break
        run.insert(0, name)
    return run


@lru_cache(maxsize=8192)
def is_hedged(words: str) -> bool:
    """Whether *words* tell what is expected, possible or conditional."""
    return HEDGE.search(MET.sub("", words)) is not None


def negations(words: str) -> list[re.Match[str]]:
    """The negations of *words*."""
    return list(NEGATION.finditer(words))


@lru_cache(maxsize=8192)
def ends(words: str) -> dict[str, list[int]]:
    """Which end of which axis *words* speak of, in order."""
    found: dict[str, list[int]] = {}
    for _, axis, sign in polar(words):
        found.setdefault(axis, []).append(sign)
    return found
