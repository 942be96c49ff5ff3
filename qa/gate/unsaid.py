"""What a claim brings in that its passages do not tell: a cause, a rank in a row, a scope."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from ingest.lexicon.folding import fold
from ingest.numerals import read_numeral
from qa.gate.claimed import Claimed, Fault
from qa.gate.evidence import Fact, Line, grams
from qa.gate.reading import Atom

IN_TURN = re.compile("分别|依次|各自|均|都|双双")
_NUMERAL = "[0-9一二两三四五六七八九十百]+"
_ORDINAL = re.compile(f"第({_NUMERAL})(?!季|财季|[一二三四]?财年|届?全国|大股东)([^，。；、\\s]?)")
_FIRST = re.compile("最|首|第一|领[先涨跌跑]|冠|榜")
_CAUSE = re.compile(
    "(?:因为|由于|得益于|受益于|归因于|归功于|源于|缘于|(?:原因|理由|主因)(?:在于|是|为))([^，,。；;]{2,})|"
    "受([^，,。；;]{2,16}?)(?:影响|拖累|推动|带动|提振|驱动|支撑|打压|冲击)|"
    "(?:^|[，,。；;])([^，,。；;]{2,24}?)(?:是|为)(?:其|[^，,。；;]{0,12}?)(?:原因|主因|拖累项?|推手|推力|动力|来源|症结)"
)
_HELD = 0.5  # of a cause's pairs of characters, by the passage
_CLOSE = 0.34  # of them, by the passage's own cause where it tells one


def uncounted(claim: Claimed, lines: Sequence[Line]) -> Fault | None:
    """An ordinal that no passage has: 第二次 of 第三次."""
    text = claim.reading.folded
    times = [p.span for p in claim.reading.periods]
    for found in _ORDINAL.finditer(text):
        if any(s.start < found.end() and found.start() < s.end for s in times):
            continue
        number, unit = found[1], found[2]
        told = {(m[1], m[2]) for line in lines for m in _ORDINAL.finditer(line.folded)}
        if any(_size(n) == _size(number) for n, _ in told):
            continue
        if _size(number) == 1 and any(_FIRST.search(line.folded) for line in lines):
            continue
        if unit and any(_counts(line.folded, number, unit) for line in lines):
            continue
        words = f"第{number}{unit}"
        if other := next((f"第{n}{u}" for n, u in told if u == unit), None):
            return Fault(f"“{words}”与原文不符：原文是“{other}”")
        return Fault(f"原文没有说“{words}”", open=True)
    return None


def _counts(text: str, number: str, unit: str) -> bool:
    """Whether *text* counts as many: 连续四周 for 连续第四周."""
    found = re.findall(f"({_NUMERAL})个?{re.escape(unit)}", text)
    return any(_size(other) == _size(number) for other in found)


def _size(numeral: str) -> Decimal | None:
    return read_numeral(numeral.replace("两", "二"))


def uncaused(claim: Claimed, lines: Sequence[Line]) -> Fault | None:
    """A cause that no passage speaks of, or that is not the one that a passage gives."""
    for cause in causes_in(claim.reading.folded):
        wanted = grams(cause)
        if len(wanted) < 2:
            continue
        best = max(lines, key=lambda line: len(wanted & line.grams))
        if len(wanted & (best.grams | best.around)) < _HELD * len(wanted):
            return Fault(f"原文没有说到“{cause}”", open=True)
        own = frozenset().union(*(grams(c) for c in causes_in(best.folded)))
        if own and len(wanted & own) < _CLOSE * len(wanted):
            return Fault(f"原文给出的原因不是“{cause}”")
    return None


def causes_in(words: str) -> list[str]:
    """What *words* give as causes."""
    return [next(filter(None, m.groups())) for m in _CAUSE.finditer(words)]


def misscoped(atom: Atom, claim: Claimed, fact: Fact) -> Iterable[Fault]:
    """海外销量 told with the figure of 销量: the passage has another figure for that."""
    held = fact.atom
    if held is None or not atom.measures or IN_TURN.search(fact.line.reading.text):
        return
    word = fold(atom.measures[-1])
    mine, theirs = claim.reading.folded, fact.line.reading.folded
    at = mine.rfind(word, 0, atom.quantity.span.start)
    own = theirs.rfind(word, 0, held.quantity.span.start)
    scope = mine[max(0, at - 2) : at]
    if at < 0 or own < 0 or not re.fullmatch("[㐀-鿿]{2}", scope) or scope.endswith("的"):
        return
    if any(p.span.start < at and at - 2 < p.span.end for p in claim.reading.periods):
        return
    start = max(theirs.rfind(point, 0, own) for point in ",;") + 1
    if scope + word in theirs and scope not in theirs[start : held.quantity.span.start]:
        yield Fault(f"原文中“{fact.quantity.text}”说的不是{scope}{word}")
