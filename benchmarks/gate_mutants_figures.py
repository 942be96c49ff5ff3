"""False claims by their figures: a digit, 亿 for 万, a unit, two figures that change places."""

from __future__ import annotations

import random
from collections.abc import Iterator

from benchmarks.gate_cases import Case, Gold, body_of
from ingest.quantities import find_quantities
from kg.records import Quantity


def figures_of(words: str, gold: Gold) -> list[Quantity]:
    """The quantities of *words* that annotators count as figures of the article."""
    told = {f["text"] for f in gold.figures}
    return [q for q in find_quantities(words) if q.text in told]


def _swapped(words: str, q: Quantity, new: str) -> str:
    return words[: q.span.start] + new + words[q.span.end :]


def _sizes(gold: Gold) -> set[tuple[str, float]]:
    return {
        (f["unit"], abs(v))
        for f in gold.figures
        for v in (f["value"], f["low"], f["high"])
        if v is not None
    }


def _is_new(text: str, gold: Gold, old: Quantity) -> bool:
    """Whether *text* is one amount, another than *old* and than any of the article."""
    found = find_quantities(text)
    if len(found) != 1 or found[0].text != text:
        return False
    q = found[0]
    known = _sizes(gold)
    sizes = [v for v in (q.value, q.low, q.high) if v is not None]
    same = (q.unit, q.value, q.low, q.high) == (old.unit, old.value, old.low, old.high)
    return not same and not all((q.unit, abs(float(v))) in known for v in sizes)


def digit(case: Case, gold: Gold, rng: random.Random) -> Iterator[str]:
    words, marks = body_of(case)
    for q in figures_of(words, gold):
        places = [i for i, c in enumerate(q.text) if c in "0123456789"]
        if not places:
            continue
        at = rng.choice(places)
        new = str((int(q.text[at]) + rng.randint(1, 9)) % 10)
        text = q.text[:at] + new + q.text[at + 1 :]
        if _is_new(text, gold, q):
            yield _swapped(words, q, text) + marks


def scale(case: Case, gold: Gold, rng: random.Random) -> Iterator[str]:
    words, marks = body_of(case)
    for q in figures_of(words, gold):
        for old, new in (("万亿", "亿"), ("亿", "万"), ("万", "亿"), ("千", "百")):
            if old in q.text:
                text = q.text.replace(old, new, 1)
                if _is_new(text, gold, q):
                    yield _swapped(words, q, text) + marks
                break


_UNITS = (
    ("个百分点", ("%", "个基点")),
    ("个基点", ("个百分点", "%")),
    ("%", ("个百分点", "个基点")),
    ("％", ("个百分点",)),
    ("美元", ("元", "港元", "欧元")),
    ("港元", ("美元", "元")),
    ("欧元", ("美元",)),
    ("日元", ("美元",)),
    ("元", ("美元", "港元")),
    ("倍", ("%",)),
    ("点", ("%",)),
    ("辆", ("万辆",)),
    ("个交易日", ("周", "个月")),
    ("吨", ("万吨",)),
    ("家", ("万家",)),
)


def unit(case: Case, gold: Gold, rng: random.Random) -> Iterator[str]:
    words, marks = body_of(case)
    for q in figures_of(words, gold):
        for old, new in _UNITS:
            if old in q.text:
                text = q.text.replace(old, rng.choice(new))
                if _is_new(text, gold, q):
                    yield _swapped(words, q, text) + marks
                break


def moved(case: Case, gold: Gold, rng: random.Random) -> Iterator[str]:
    """Two figures of one unit and two subjects change places."""
    words, marks = body_of(case)
    subjects: dict[str, set[str]] = {}
    for f in gold.figures:
        subjects.setdefault(f["text"], set()).add(f["subject"])
    found = [q for q in figures_of(words, gold) if len(subjects[q.text]) == 1]
    for i, a in enumerate(found):
        for b in found[i + 1 :]:
            if a.unit != b.unit or a.text == b.text or a.unit.endswith(("day", "year", "month")):
                continue
            if subjects[a.text] == subjects[b.text] or _alike(a, b):
                continue
            text = words[: a.span.start] + b.text + words[a.span.end : b.span.start] + a.text
            yield text + words[b.span.end :] + marks


def _alike(a: Quantity, b: Quantity) -> bool:
    return (a.value, a.low, a.high) == (b.value, b.low, b.high)
