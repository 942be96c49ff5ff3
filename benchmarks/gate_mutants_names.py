"""False claims by whom and when: another company, speaker, time or basis of comparison."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from benchmarks.gate_cases import Case, Gold, body_of
from ingest.periods import find_periods
from ingest.quantities import find_quantities
from kg.records import Quantity


def company(case: Case, gold: Gold, rng: random.Random) -> Iterator[str]:
    words, marks = body_of(case)
    for kinds in (["company"], ["index"], ["sector"], ["commodity"], ["institution"]):
        yield from _other_name(words, marks, gold, rng, kinds)


def _forms(entity: dict) -> list[str]:
    return sorted({entity["name"], *entity["aliases"]}, key=len, reverse=True)


def _other_name(
    words: str, marks: str, gold: Gold, rng: random.Random, kinds: Sequence[str]
) -> Iterator[str]:
    """*words* with one name for another of the same kind that it does not hold."""
    alike = [e for e in gold.entities if e["type"] in kinds]
    present = [e for e in alike if any(form in words for form in _forms(e))]
    absent = [e for e in alike if e not in present and not _related(e, present)]
    if not absent:
        return
    figures = find_quantities(words)
    for entity in present:
        form = next(f for f in _forms(entity) if f in words)
        other = rng.choice(absent)
        if part_of_longer(words, form, gold) or _told_of_too(other, figures, gold):
            continue
        yield words.replace(form, other["name"]) + marks


def _related(entity: dict, others: Sequence[dict]) -> bool:
    return any(a in b or b in a for o in others for a in _forms(o) for b in _forms(entity))


def part_of_longer(words: str, form: str, gold: Gold) -> bool:
    """Whether *form* stands in *words* within a longer name, or cuts a Latin word."""
    longer = [f for e in gold.entities for f in _forms(e) if form in f and f != form]
    at = words.find(form)
    cut = form[0].isascii() and at > 0 and words[at - 1].isascii() and words[at - 1].isalnum()
    end = words[at + len(form) : at + len(form) + 1]
    return (
        any(f in words for f in longer)
        or cut
        or (form[-1].isascii() and end.isascii() and end.isalnum())
    )


def _told_of_too(entity: dict, quantities: Sequence[Quantity], gold: Gold) -> bool:
    """Whether the article tells one of *quantities* of *entity*, too."""
    names = set(_forms(entity))
    told = {f["text"] for f in gold.figures if f["subject"] in names}
    return any(q.text in told for q in quantities)


_SAYS = "表示|认为|指出|强调|预计|预测|称|警告|提醒|写道|坦言|判断|建议|说"


def speaker(case: Case, gold: Gold, rng: random.Random) -> Iterator[str]:
    words, marks = body_of(case)
    for kinds in (["person"], ["institution", "company"]):
        alike = [e for e in gold.entities if e["type"] in kinds]
        present = [e for e in alike if any(f in words for f in _forms(e))]
        absent = [e for e in alike if e not in present and not _related(e, present)]
        for entity in present:
            form = next(f for f in _forms(entity) if f in words)
            said = re.search(
                re.escape(form) + r"(?:[（(][^（）()]*[）)])?[^，。；、]{0,6}?(?:" + _SAYS + ")",
                words,
            )
            if said and absent and not part_of_longer(words, form, gold):
                yield words.replace(form, rng.choice(absent)["name"]) + marks


_PERIODS = [
    (re.compile("第四季度"), "第三季度"),
    (re.compile("第三季度"), "第二季度"),
    (re.compile("第二季度"), "第三季度"),
    (re.compile("第一季度"), "第四季度"),
    (re.compile("(?<![第上前下])一季度"), "三季度"),
    (re.compile("上半年"), "下半年"),
    (re.compile("下半年"), "上半年"),
    (re.compile("年初至今|今年以来"), "上周"),
    (re.compile("(?<![0-9])20(2[0-9])年"), None),
    (re.compile("(?<![0-9])(1[0-2]|[1-9])月(?![0-9]{1,2}日)"), None),
    (re.compile("(?<![0-9])(1[0-2]|[1-9])月([12]?[0-9]|3[01])日"), None),
    (re.compile("上周|本周"), "上月"),
    (re.compile("去年"), "前年"),
]


def period(case: Case, gold: Gold, rng: random.Random) -> Iterator[str]:
    words, marks = body_of(case)
    spans = [p.span for p in find_periods(words)]
    for pattern, new in _PERIODS:
        for found in pattern.finditer(words):
            if not any(s.start <= found.start() and found.end() <= s.end for s in spans):
                continue
            if re.search("[-至到~]$|同比|较$|比$", words[: found.start()][-2:]):
                continue
            text = new or _other_time(found, rng)
            made = words[: found.start()] + text + words[found.end() :]
            if text not in words:
                yield made + marks


def _other_time(found: re.Match[str], rng: random.Random) -> str:
    if found[0].endswith("年"):
        return f"20{int(found[1]) - rng.choice([1, 2, 3]):02d}年"
    month = (int(found[1]) + rng.choice([2, 3, 4, 5])) % 12 + 1
    return f"{month}月{found[2]}日" if found[0].endswith("日") else f"{month}月"


def basis(case: Case, gold: Gold, rng: random.Random) -> Iterator[str]:
    words, marks = body_of(case)
    for old, new in (("同比", "环比"), ("环比", "同比"), ("按年", "按季")):
        if old in words and new not in words:
            yield words.replace(old, new, 1) + marks
