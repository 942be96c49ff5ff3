"""A clause without figures against the passages that it cites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.lexicon.folding import fold
from kg.records import AGENTS
from qa.gate import times
from qa.gate.claimed import Claimed, Fault
from qa.gate.contradiction import contradiction
from qa.gate.evidence import Line, grams
from qa.gate.modality import is_plan, is_scheduled
from qa.gate.names import Named
from qa.gate.reading import Reading, ends, is_hedged
from qa.gate.words import CERTAIN, SPEECH

ASIDE, HINTED = 12, 0.2
"""A clause so short, beside one that is proved, needs to be hinted at only."""
COVERED = 0.5
"""The share of a clause's pairs of characters that its passage must hold; tuned on UHGEval."""
SAID_BY = "原文说这话的是"
"""What the reason begins with where a passage gives the words to another speaker."""

_QUOTED = re.compile('[“"「『]([^“”"「」『』]{2,})[”"」』]')
_IDLE = frozenset(
    grams(
        "其中 此外 同时 另外 因此 所以 不过 但是 然而 而且 并且 以及 目前 当前 公司 表示 认为 指出 "
        "显示 "
        "根据 数据 文中 文章 提到 提及 说明 来看 方面 分别 主要 原因 由于 因为 这一 这是 就是 进行"
    )
)
_PARTICLES = re.compile("因此|所以|从而|于是|并且|而且|[了过着]")
_VOICE = re.compile("被|由|受|遭|为[^，。]{1,8}所")
_OPINION = re.compile("认为|看来|相信|判断")
_LEAD = 4  # characters before the name of who does it
_JOINT = re.compile("[、和与及]|以及|或")
_PARTIES = frozenset(
    "company person institution index sector product commodity group place".split()
)


@dataclass(frozen=True, slots=True)
class Matched:
    """The line that says most of a clause, and how much of it."""

    line: Line
    clauses: tuple[int, ...]  # those of the line that share words with the claim
    covered: float


def match(claim: Claimed, clause: int, lines: Sequence[Line]) -> Matched | None:
    """Where a clause of *claim* is said best, names and times apart."""
    words = _PARTICLES.sub("", claim.reading.skeleton(clause))
    words = re.sub("[NPQ]", "\N{IDEOGRAPHIC SPACE}", words)
    wanted = grams(words) - _IDLE or grams(words)
    if not wanted or not lines:
        return None
    best = max(lines, key=lambda line: len(wanted & line.grams))
    near = len(wanted & best.grams)
    around = len(wanted & best.around - best.grams)
    shared = [
        (len(wanted & grams(best.reading.words(i))), i) for i in range(len(best.reading.clauses))
    ]
    most = max((n for n, _ in shared), default=0)
    picked = tuple(i for n, i in shared if n and n * 2 >= most)
    covered = (near + 0.7 * around) / len(wanted)
    letters = {c for c in words if c.isalnum()}
    if letters:
        covered = (covered + len(letters & set(best.folded)) / len(letters)) / 2
    return Matched(best, picked, covered)


def faults(claim: Claimed, clause: int, found: Matched) -> list[Fault]:
    """In what a clause and the line that matches it differ."""
    return [
        *_polarity(claim, clause, found),
        *_denial(claim, clause, found),
        *_hedge(claim, clause, found),
        *_roles(claim, clause, found),
    ]


def _said(found: Matched) -> str:
    return "，".join(found.line.reading.words(i) for i in found.clauses)


def _polarity(claim: Claimed, clause: int, found: Matched) -> Iterable[Fault]:
    mine, theirs = ends(claim.reading.words(clause)), ends(_said(found))
    for axis, signs in mine.items():
        others = theirs.get(axis)
        if others is None:
            others = ends(found.line.folded).get(axis)
        if others and not set(signs) & set(others):
            yield Fault(f"方向或关系与原文相反：“{_text(found)}”")
            return


def _denial(claim: Claimed, clause: int, found: Matched) -> Iterable[Fault]:
    if words := contradiction(claim.reading.words(clause), _said(found)):
        yield Fault(f"{words}：“{_text(found)}”")


def _hedge(claim: Claimed, clause: int, found: Matched) -> Iterable[Fault]:
    words = claim.reading.skeleton(clause)
    source = "，".join(found.line.reading.skeleton(i) for i in found.clauses)
    mine, theirs = is_hedged(words), is_hedged(source)
    whole, other = claim.reading.plain, found.line.reading.plain
    if mine and not theirs and not is_hedged(other) and not is_plan(words, found.line):
        yield Fault(f"原文说的是事实，不是预期：“{_text(found)}”")
    elif theirs and is_scheduled(claim, source, found.line):
        return
    elif (
        theirs
        and not mine
        and not claim.foreseen
        and not is_hedged(whole)
        and len(found.clauses) == 1
    ):
        yield Fault(f"原文只是预期或可能，不是事实：“{_text(found)}”")
    elif CERTAIN.search(words) and (theirs or _OPINION.search(other)) and not CERTAIN.search(other):
        yield Fault(f"原文只是预期或可能，不是事实：“{_text(found)}”")


def _roles(claim: Claimed, clause: int, found: Matched) -> Iterable[Fault]:
    """Who does it and to whom: 甲跑赢乙 is not 乙跑赢甲."""
    mine = [n for n in claim.reading.names_in(clause) if _is_party(n)]
    reading = found.line.reading
    theirs = [n for i in found.clauses for n in reading.names_in(i) if _is_party(n)]
    if len(mine) < 2 or len(theirs) < 2:
        return
    words = claim.reading.words(clause)
    if bool(_VOICE.search(words)) != bool(_VOICE.search(_said(found))):
        return
    order = [_place(n, theirs) for n in mine]
    held = [(n, at) for n, at in zip(mine, order, strict=True) if at is not None]
    for (one, a), (other, b) in pairwise(held):
        if (
            a > b
            and not _listed(claim.reading, one, other)
            and not _listed(reading, theirs[b], theirs[a])
        ):
            yield Fault(f"主客关系与原文相反：“{_text(found)}”")
            return


def misdone(claim: Claimed, clause: int, found: Matched) -> Iterable[Fault]:
    """Who does it: what one of a sentence does is not what another of it does."""
    reading, line = claim.reading, found.line
    mine = [n for n in reading.names_in(clause) if n.type in AGENTS and not n.pointing]
    if len(mine) != 1 or not found.clauses:
        return
    name = mine[0]
    words = reading.text[reading.clauses[clause].start : name.start]
    if len(words) > _LEAD or _VOICE.search(reading.words(clause)):
        return
    if not name.ids & (line.ids | line.context_ids):
        yield Fault(f"原文说的不是{name.text}：“{_text(found)}”", open=True)
        return
    theirs = _doers(line, found.clauses)
    if theirs and not any(name.ids & other.ids for other in theirs):
        yield Fault(f"原文说的是{theirs[-1].text}，不是{name.text}：“{_text(found)}”")


def _doers(line: Line, clauses: Sequence[int]) -> list[Named]:
    """The people and firms of *clauses*, or of the nearest clause before that has some."""
    held = [n for i in clauses for n in line.reading.names_in(i)]
    for index in range(min(clauses) - 1, -1, -1):
        if held:
            break
        held = list(line.reading.names_in(index))
    parties = [n for n in held if n.type in AGENTS]
    return parties if len(parties) == len([n for n in held if not n.pointing]) else []


def _place(name: Named, theirs: Sequence[Named]) -> int | None:
    return next((i for i, n in enumerate(theirs) if n.ids & name.ids), None)


def _listed(reading: Reading, one: Named, other: Named) -> bool:
    between = reading.text[one.end : other.start]
    return len(between) <= 12 and _JOINT.search(between) is not None


def _is_party(name: Named) -> bool:
    return name.type is None or name.type in _PARTIES


def _text(found: Matched) -> str:
    reading = found.line.reading
    parts = [reading.clauses[i] for i in found.clauses] or list(reading.clauses)
    return "，".join(reading.text[c.start : c.end].strip() for c in parts)


def unquoted(text: str, lines: Sequence[Line]) -> str | None:
    """Words between quotation marks in *text* that no line holds letter by letter."""
    held = [
        _bare(line.document.text) for line in {id(each.document): each for each in lines}.values()
    ]
    for quoted in _QUOTED.finditer(text):
        words = _bare(quoted[1])
        if len(words) > 1 and not any(words in source for source in held):
            return quoted[1]
    return None


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", fold(text))


def strangers(claim: Claimed, lines: Sequence[Line]) -> list[Named]:
    """The names of a claim that none of *lines*, nor the text around them, speaks of."""
    ids = {i for line in lines for i in line.ids}
    near = {i for line in lines for i in line.context_ids}
    stems = None
    found = []
    for name in claim.reading.names:
        if name.ids & ids or name.ids & near:
            continue
        if any(
            name.text.lower() in line.folded or name.text.lower() in line.setting for line in lines
        ):
            continue
        if (
            name.type in ("place", "currency", "event", "quantity", "policy", "commodity", "sector")
            and not name.known
        ):
            continue
        if stems is None:
            stems = {
                s for line in lines for s in line.document.names.stems(line.ids | line.context_ids)
            }
        if claim.names.stems(name.ids) & stems:
            continue
        found.append(name)
    return found


def untimed(claim: Claimed, held: Sequence[Line]) -> Fault | None:
    """A time that a clause without figures names, and the lines that say the rest do not."""
    counted = {id(p) for a in claim.reading.atoms for p in a.periods}
    for period in claim.reading.periods:
        if id(period) in counted or (period.kind == "relative" and period.begin is None):
            continue
        for line in held:
            stated = line.reading.periods or line.near_periods
            if times.agree(period, (*line.reading.periods, *line.near_periods)):
                break
            told = [p for f in line.facts for p in f.periods]
            if times.agree(period, told) or fold(period.text) in line.folded + line.setting:
                break
            if not stated and times.covers(period, line.document.published):
                break
            if times.covers(period, line.document.published) and not line.reading.periods:
                break
        else:
            if held:
                return Fault(f"时间与原文不符：“{period.text}”（{held[0].place}）")
    return None


def speakers(reading: Reading) -> list[tuple[Named, frozenset[str]]]:
    """Who says something in *reading*: the name before each verb of saying.

    With the ids of all names of its clause before the verb: 高盛分析师王明 speaks for both.
    """
    found = []
    for cue in SPEECH.finditer(reading.text):
        held = [n for n in reading.names if n.end <= cue.start() and cue.start() - n.end <= 14]
        between = reading.text[held[-1].end : cue.start()] if held else ""
        if not held or re.search("[，。；：]", between):
            continue
        start = max((c.start for c in reading.clauses if c.start <= held[-1].start), default=0)
        clause = [n for n in reading.names if start <= n.start < cue.start()]
        found.append((held[-1], frozenset(i for n in clause for i in n.ids)))
    return found


def misattributed(claim: Claimed, lines: Sequence[Line]) -> Fault | None:
    """A speaker of the claim who does not speak in *lines*, where somebody else does."""
    told = [(n, ids, line) for line in lines for n, ids in speakers(line.reading)]
    if not told:
        return None
    heard = {i for _, ids, _ in told for i in ids} | {i for ln in lines for i in _quoted_in(ln)}
    for name, _ in speakers(claim.reading):
        if name.type not in ("person", "company", "institution", "group", None):
            continue
        if name.ids & heard:
            continue
        silent = [line for line in lines if name.ids & line.ids and not speakers(line.reading)]
        if not silent:
            return Fault(f"{SAID_BY}{told[0][0].text}，不是{name.text}")
    return None


def _quoted_in(line: Line) -> frozenset[str]:
    return frozenset(
        s.speaker for s in line.document.extraction.statements if s.sentence == line.index
    )
