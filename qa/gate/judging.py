"""One sentence with what it cites: the verdict, and the reason that a person reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.lexicon.folding import fold
from kg.records import Period, Span
from qa.gate import arithmetic, comparing, figures, parties, prose, twins, unsaid
from qa.gate.access import Cited
from qa.gate.amounts import same_amount, same_size
from qa.gate.citing import Part
from qa.gate.claimed import Claimed, Fault
from qa.gate.evidence import Fact, Line, bare_of
from qa.gate.names import Names
from qa.gate.reading import MARK, Atom, Reading, ends, is_hedged, negations, read
from qa.gate.residue import residue
from qa.records import Verdict

_LEAD = re.compile(
    r"^\s*(?:是的|对|不对|没错|不是|一致|不一致|摘要|结论|答案?|综上所述|综上|总之)\s*[，,：:。]\s*"
)
_IDLE = re.compile(
    r"\W*(?:根?据|从|按照?|依据)?(?:该|上述)?(?:媒体|相关|最新|公开|现有)?"
    r"(?:报道|数据|资料|文章|文中|原文|材料|报告|信息|统计)?的?(?:数据|内容|信息|资料|介绍)?"
    r"(?:显示|提到|提及|指出|称|报道|表明|可知|可见|来看|看|透露|写道|说|所述)?\W*"
    r"|(?:[分按从就以][^，。；]{1,8}(?:来?看|划分|而言|来说|计|统计|分)|[^，。；]{1,6}(?:方面|来看|层面))"
)
_RECOMPUTED = frozenset(("whom", "what", "when", "place", "source"))
_RECKONED = re.compile("推算|折算")
_SMALL = 10  # 两大因素: a count that the writer may have made


@dataclass(slots=True)
class State:
    """What the sentences of an answer so far leave in force for the next."""

    subject: frozenset[str] = frozenset()
    periods: tuple[Period, ...] = ()
    foreseen: bool = False  # the question asks for what is expected


def judge_lines(text: str, lines: Sequence[Line], *, question: str = "") -> tuple[Verdict, str]:
    """Whether *lines*, cited as such, support the sentence *text*, and why.

    Where *question* asks for what somebody expects, the sentence need not say so again.
    """
    cited = Cited(lines=tuple(dict.fromkeys(lines)), whole=True)
    state = State(foreseen=is_hedged(question))
    return judge_parts(text, [(Part(Span(0, len(text)), ()), cited)], state)


def judge_parts(
    text: str, parts: Sequence[tuple[Part, Cited]], state: State
) -> tuple[Verdict, str]:
    """Whether the passages that the *parts* of the sentence *text* cite support it, and why."""
    missing = [reason for _, cited in parts for reason in cited.missing]
    if missing:
        return "refuted", "；".join(dict.fromkeys(missing))
    everything = tuple({id(ln): ln for _, cited in parts for ln in cited.lines}.values())
    if not everything:
        return "not_enough_info", "没有引用任何原文"
    faults: list[Fault] = []
    notes: list[str] = []
    for part, cited in parts:
        words = part.span.of(text)
        if not re.search(r"\w", words):
            continue
        said = _LEAD.sub("", words) or words
        found, note = _judge_part(said, cited, state)
        faults += found
        notes += note
    closed = [f for f in faults if not f.open]
    if closed:
        return "refuted", "；".join(dict.fromkeys(f.words for f in closed))
    if faults:
        return "not_enough_info", "；".join(dict.fromkeys(f.words for f in faults))
    return "supported", "；".join(dict.fromkeys(notes)) or f"与原文 {everything[0].place} 相符"


def _judge_part(words: str, cited: Cited, state: State) -> tuple[list[Fault], list[str]]:
    lines = cited.lines
    names = names_of(lines)
    reference = lines[0].document.published
    reading = read(words, names, reference=reference)
    claim = Claimed(
        reading=reading,
        names=names,
        subject=state.subject,
        periods=state.periods,
        foreseen=state.foreseen,
    )
    bare = bare_of(words)
    verbatim = next((line for line in lines if bare in line.bare), None)
    if verbatim is not None and all(cited.admits(f) for f in verbatim.facts):
        remember(reading, state)
        return [], [f"是原文 {verbatim.place} 的原话", *_disputed(list(verbatim.facts))]
    faults: list[Fault] = []
    notes: list[str] = []
    matched: list[tuple[Atom, Fact]] = []
    pending: list[Atom] = []
    for atom in reading.atoms:
        if glosses(reading, atom):
            continue
        if _RECKONED.search(atom.before):
            pending.append(atom)
            continue
        fact, found = _best(claim, atom, cited)
        if fact is not None and not found:
            matched.append((atom, fact))
            notes.append(f"与原文 {fact.line.place} 相符")
        elif fact is None:
            pending.append(atom)
        else:
            again = {fault.kind for fault in found} <= _RECOMPUTED
            derived = again and arithmetic.derivation(
                claim, atom, _facts(cited), matched, stated=True
            )
            if derived:
                notes.append(f"由原文 {_places(cited)} 算出：{derived}")
            else:
                faults += found
    for atom in pending:
        derived = arithmetic.derivation(claim, atom, _facts(cited), matched)
        if derived:
            notes.append(f"由原文 {_places(cited)} 算出：{derived}")
        elif not _stands(atom, reading, lines):
            faults.append(_unstated(claim, atom, lines))
    held: list[Line] = [fact.line for _, fact in matched]
    for index in range(len(reading.clauses)):
        found, line = _clause(claim, index, cited, matched)
        faults += found
        if line is not None:
            held.append(line)
            notes.append(f"与原文 {line.place} 相符")
    if not faults:
        faults += _whole(words, claim, lines, held)
    remember(reading, state)
    return faults, [*notes, *_disputed(fact for _, fact in matched)]


def _clause(
    claim: Claimed, index: int, cited: Cited, matched: Sequence[tuple[Atom, Fact]]
) -> tuple[list[Fault], Line | None]:
    """What is wrong in the words of a clause, and the line that says it."""
    reading = claim.reading
    if _IDLE.fullmatch(reading.words(index)):
        return [], None
    counted = [atom for atom in reading.atoms if atom.clause == index]
    lines = [fact.line for _, fact in matched]
    if not counted and parties.is_appellation(claim, index, cited.lines):
        return [], None
    if not counted:
        twin = twins.twin_of(claim, index, lines) or twins.twin_of(
            claim, index, cited.lines, shortest=twins.LONG if lines else twins.SHORTEST
        )
        if twin is not None:
            told = prose.Matched(twin.line, (twin.clause,), twin.likeness)
            return [
                *twins.faults(claim, index, twin),
                *prose.misdone(claim, index, told),
            ], twin.line
        if ranked := comparing.judged(claim, index, cited.lines, matched):
            return list(ranked.faults), ranked.line
        words = reading.words(index)
        if residue(reading.skeleton(index)) or ends(words) or negations(words) or is_hedged(words):
            return _prose(claim, index, cited, lines)
        return [], None
    stated = [fact for atom, fact in matched if atom.clause == index]
    put = twins.misplaced(claim, index, cited.lines, stated)
    if put is not None and not _is_computed(claim, index, matched):
        return [put], None
    faults: list[Fault] = []
    for fact in [fact for fact in stated if fact.atom][:1]:
        if fact.atom and (own := twins.twin_at(claim, index, fact.line, fact.atom.clause)):
            faults += twins.faults(claim, index, own)
    return faults, None


def _is_computed(claim: Claimed, index: int, matched: Sequence[tuple[Atom, Fact]]) -> bool:
    """Whether a figure of the clause stands in no passage, and so was computed."""
    told = {id(atom) for atom, _ in matched}
    return any(id(atom) not in told for atom in claim.reading.atoms if atom.clause == index)


def _prose(
    claim: Claimed, index: int, cited: Cited, held: Sequence[Line]
) -> tuple[list[Fault], Line | None]:
    """What is wrong in a clause without figures; *held* say the sentence's figures."""
    words = claim.reading.words(index)
    found = prose.match(claim, index, held)
    if found is None or found.covered < prose.COVERED:
        found = prose.match(claim, index, cited.lines)
    if found is None:
        return [], None
    if found.covered < prose.COVERED:
        if len(words) <= 3 or arithmetic.contains(claim, index):
            return [], None
        if not held or len(words) > prose.ASIDE or found.covered < prose.HINTED:
            return [Fault(f"原文没有说到“{words}”", open=True)], None
    return [*prose.faults(claim, index, found), *prose.misdone(claim, index, found)], found.line


def _places(cited: Cited) -> str:
    """Where the first of the cited lines stand."""
    return "、".join(dict.fromkeys(line.place for line in cited.lines[:2]))


def glosses(reading: Reading, atom: Atom) -> bool:
    """Whether *atom*, in brackets, gives the amount before it in another unit: （510个基点）."""
    at = reading.atoms.index(atom)
    if not at or (
        atom.near not in ("（", "(") and not re.fullmatch("[（(](?:即|约|合)?", atom.near)
    ):
        return False
    return same_size(reading.atoms[at - 1].quantity, atom.quantity)


def _facts(cited: Cited) -> list[Fact]:
    return [f for f in arithmetic.facts_of(cited.lines) if cited.admits(f)]


def _best(claim: Claimed, atom: Atom, cited: Cited) -> tuple[Fact | None, list[Fault]]:
    """The fact that *atom* tells, with what the two differ in: nothing, if one can be found."""
    found = figures.stated(claim, atom, cited.lines)
    exact = [f for f in found if same_amount(atom.quantity, f.quantity)]
    found = exact or found  # 约四成 is 约四成 before it is 37%
    best: tuple[Fact | None, list[Fault]] = (None, [])
    for fact in found:
        faults = figures.faults(claim, atom, fact)
        if not cited.admits(fact):
            faults.append(
                Fault(
                    f"“{fact.quantity.text}”的来源是{_sources(fact)}，不是所引的来源", kind="source"
                )
            )
        if not faults:
            return fact, []
        if best[0] is None or _weight(faults) < _weight(best[1]):
            best = fact, faults
    return best


def _weight(faults: Sequence[Fault]) -> tuple[int, int]:
    return (sum(not f.open for f in faults), len(faults))


def _sources(fact: Fact) -> str:
    return "".join(f"[{s}]" for s in fact.sources) or f"[¶{fact.line.sentence.block}]"


def _stands(atom: Atom, reading: Reading, lines: Sequence[Line]) -> bool:
    """Whether the amount stands in a passage as it is, though no figure, or counts a few things."""
    quantity = atom.quantity
    words = fold(quantity.text)
    pattern = re.compile(rf"(?<![\d.,]){re.escape(words)}(?!\d)")
    if any(pattern.search(line.folded) for line in lines):
        return True
    size = quantity.value
    if quantity.unit != "count" or size is None or size > _SMALL:
        return False
    return not any(
        fact.quantity.unit == "count" and fact.quantity.noun == quantity.noun
        for line in lines
        for fact in line.facts
    )


def _unstated(claim: Claimed, atom: Atom, lines: Sequence[Line]) -> Fault:
    near = figures.near_misses(claim, atom, lines)
    if near is not None:
        return Fault(
            f"“{atom.quantity.text}”与原文不符：原文是“{near.quantity.text}”（{near.line.place}）"
        )
    return Fault(f"“{atom.quantity.text}”不在所引原文中")


def _whole(text: str, claim: Claimed, lines: Sequence[Line], held: Sequence[Line]) -> list[Fault]:
    """What concerns the sentence as a whole: names, speakers, quoted words.

    *held* are the lines that say what it says.
    """
    faults = [Fault(f"所引原文没有提到“{name.text}”") for name in prose.strangers(claim, lines)]
    if (words := prose.unquoted(MARK.sub("", text), lines)) is not None:
        faults.append(Fault(f"引号中的话不是原话：“{words}”"))
    if (fault := parties.renamed(claim, lines)) is not None:
        faults.append(fault)
    if (fault := parties.misemployed(claim, held or lines)) is not None:
        faults.append(fault)
    if (fault := prose.misattributed(claim, held or lines)) is not None:
        faults.append(fault)
    if (fault := prose.untimed(claim, held)) is not None:
        faults.append(fault)
    if (fault := unsaid.uncounted(claim, lines)) is not None:
        faults.append(fault)
    if (fault := unsaid.uncaused(claim, lines)) is not None:
        faults.append(fault)
    if (fault := arithmetic.miscompared(claim)) is not None:
        faults.append(fault)
    return faults


def _disputed(facts: Iterable[Fact]) -> list[str]:
    """Other values that the same document gives of the same thing."""
    for fact in facts:
        figure = fact.figure
        if figure is None or figure.entity is None or figure.value is None:
            continue
        for other in fact.line.document.extraction.figures:
            same = (
                other.entity == figure.entity
                and other.metric == figure.metric
                and other.unit == figure.unit
                and other.metric_words == figure.metric_words
                and other.basis == figure.basis
                and other.modality == figure.modality
                and figure.metric in ("profit", "revenue", "growth_yoy", "margin")
                and (other.period_begin, other.period_end)
                == (figure.period_begin, figure.period_end)
                and figure.period_begin is not None
            )
            if same and other.value not in (None, figure.value):
                return [f"但原文别处说是“{other.text}”"]
    return []


def remember(reading: Reading, state: State) -> None:
    """Leave in *state* what *reading* speaks of."""
    held = [n for n in reading.names if n.type not in ("place",)]
    if held:
        state.subject = held[0].ids
    if reading.periods:
        state.periods = reading.periods[-1:]


def names_of(lines: Sequence[Line]) -> Names:
    """The names of the documents of *lines*."""
    documents = {id(line.document): line.document for line in lines}
    if len(documents) == 1:
        return next(iter(documents.values())).names
    return Names(e for d in documents.values() for e in d.extraction.entities)
