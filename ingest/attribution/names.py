"""Names of what figures are about, and what the words of a name tell."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.attribution.cues import AUTONOMOUS_END_RE, MEASURE_END_RE, MEASURE_OF
from ingest.attribution.nouns import (
    FACETS_END_RE,
    GAP_END_RE,
    GOODS_END_RE,
    LENT_END_RE,
    OWNED_END_RE,
    QUALIFIERS_RE,
    SUFFIXED_MEASURE_RE,
)
from ingest.attribution.phrases import Phrase
from ingest.attribution.view import MENTION, NOMINAL, View
from kg.records import Entity, EntityType

_GRADED = re.compile(".+[级型]")  # 碳酸锂 is not its grade 电池级碳酸锂
STRONG, GOODS, COMPOUND, GENERIC, WEAK, MEASURE = 5, 4, 3, 2, 1, 0
"""How sure a phrase is to be a subject: a named party, named goods, a measure that
is a thing of its own, a common noun, a mere place, a measure of something unsaid."""


@dataclass(frozen=True, slots=True)
class Name:
    """What a figure is about: its name in the document, and the entity if it is one already."""

    text: str
    entity: str | None
    strength: int
    type: EntityType | None = None


def is_measured(entity: str, name: str) -> bool:
    """Whether an unlisted *name* is of a measure rather than of a thing: 铜精矿现货加工费."""
    return entity.startswith("x-") and MEASURE_END_RE.search(name) is not None


def is_hub(name: Name) -> bool:
    """Whether *name* is a place that only trade knows: 亨利港 of 亨利港天然气."""
    return name.type == "place" and (name.entity or "").startswith("x-")


def takes_modifiers(entity: Entity) -> bool:
    """Whether words before a name of *entity* make another thing of it: 服务器DRAM, 62%铁矿石指数.

    They do so of goods, and of what no lexicon lists, whose extent the phrase knows best.
    """
    if entity.type == "product":
        return True
    unlisted = entity.id.startswith("x-")
    return unlisted and (entity.name.isascii() or entity.type not in ("company", "institution"))


def is_kind_of(name: str, goods: str) -> bool:
    """Whether *name* is a grade of *goods* or its futures rather than another name for it."""
    grade, found, rest = name.partition(goods)
    return bool(found) and (_GRADED.fullmatch(grade) is not None or rest == "期货")


def sold_by(goods: Name, words: str) -> bool:
    """Whether *words* behind the name of *goods* tell how much of them a firm sells or makes."""
    class_of_goods = goods.type in ("sector", "commodity") or (
        (goods.entity or "x-").startswith("x-")
        and not goods.text.isascii()
        and GOODS_END_RE.search(goods.text) is not None
    )
    measure = MEASURE_END_RE.search(words)
    return (
        class_of_goods
        and measure is not None
        and MEASURE_OF[measure.group()] in ("volume", "revenue", "profit", "share", "investment")
        and not QUALIFIERS_RE.sub("", words[: measure.start()], count=1)
    )


def is_suffixed(words: str, head: str) -> bool:
    """Whether *head* of *words* is a measure by its ending only, not one that is listed."""
    listed = MEASURE_END_RE.search(words) or AUTONOMOUS_END_RE.search(head)
    return listed is None and SUFFIXED_MEASURE_RE.search(head) is not None


def own_modifier(words: str) -> bool:
    """Whether an autonomous measure has a modifier of its own: 零售销售额, not 总销售额.

    A deed of the owner is none: 回购价格; nor is what all banks lend: 贷款余额.
    """
    head = OWNED_END_RE.search(words)
    if head is None:
        return True
    modifier = words[: head.start()]
    if LENT_END_RE.fullmatch(modifier):
        return False
    if head.group() == "价格" and modifier in MEASURE_OF:
        return AUTONOMOUS_END_RE.fullmatch(modifier) is not None
    return bool(QUALIFIERS_RE.sub("", modifier, count=1)) or modifier in ("零售", "批发", "新增")


def strip_measures(words: str) -> str:
    """*words* without the measures at its end: 公用事业板块跌幅 gives 公用事业板块."""
    while (found := MEASURE_END_RE.search(words)) and not LENT_END_RE.search(words):
        words = words[: found.start()]
    return words


def coupled(view: View, phrase: Phrase) -> str | None:
    """Both terms of a difference: M2与M1剪刀差."""
    words = view.text[phrase.start : phrase.end]
    if not GAP_END_RE.search(words) or GAP_END_RE.fullmatch(words):
        return None
    start = phrase.start - 1
    if start <= 0 or view.text[start] not in "与和":
        return None
    first = re.search(f"[{NOMINAL}{MENTION}]+$", view.classes[:start])
    return view.text[first.start() : phrase.end] if first else None


def without_facets(words: str) -> str:
    """*words* without what is said of a measure at its end: 实际GDP增速预期 gives 实际GDP."""
    while (found := FACETS_END_RE.search(words)) and not AUTONOMOUS_END_RE.search(words):
        words = words[: found.start()]
    return words


def squeezed(name: str) -> str:
    """*name* as a view shows it: without blanks and quotation marks."""
    return re.sub(r"[\s“”‘’《》]", "", name)


def join(before: str, name: str) -> str:
    """A compound's modifier and name, the modifier once."""
    return name if name.startswith(before) else before + name
