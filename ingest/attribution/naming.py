"""From a noun phrase to the name of what a figure is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.attribution.cues import (
    AUTONOMOUS_END_RE,
    MEASURE_END_RE,
    OWNING_END_RE,
    PERSON_END_RE,
)
from ingest.attribution.nouns import (
    BARE_NOUNS,
    CURRENCY_RE,
    FACETS_END_RE,
    GAP_END_RE,
    GRADE_RE,
    LENT_END_RE,
    MACRO_RE,
    OWNED_END_RE,
    PAIR_RE,
    PARTY_INSIDE_RE,
    PRICE_RE,
    QUALIFIERS_RE,
    STANDALONE_RE,
    YIELD_RE,
)
from ingest.attribution.phrases import Phrase
from ingest.attribution.view import MENTION, NOMINAL, Placed, View
from kg.records import Entity, Mention

STRONG, GOODS, COMPOUND, GENERIC, WEAK, MEASURE = 5, 4, 3, 2, 1, 0
"""How sure a phrase is to be a subject: a named party, named goods, a measure that
is a thing of its own, a common noun, a mere place, a measure of something unsaid."""


@dataclass(frozen=True, slots=True)
class Name:
    """What a figure is about: its name in the document, and the entity if it is one already."""

    text: str
    entity: str | None
    strength: int
    type: str | None = None


class Namer:
    """Names phrases of one document by the longest form that the document has for them."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        self._by_id = {entity.id: entity for entity in entities}
        self._by_name: dict[str, Entity] = {}
        for entity in entities:
            for name in (entity.name, *entity.aliases):
                self._by_name.setdefault(_squeezed(name), entity)

    def by_words(self, words: str, *, strength: int = GENERIC) -> Name:
        """The name for *words* as written; the entity that is so called wins."""
        entity = self._by_name.get(words)
        if entity is None:
            return Name(words, None, strength)
        return Name(entity.name, entity.id, STRONG, entity.type)

    def by_mention(self, mention: Mention) -> Name | None:
        """The name of the entity that *mention* speaks of."""
        entity = self._by_id.get(mention.entity)
        if entity is None:
            return None
        strength = {"place": WEAK, "commodity": GOODS}.get(entity.type, STRONG)
        return Name(entity.name, entity.id, strength, entity.type)

    def of_words(self, words: str) -> Name | None:
        """Who or what an item of a list names; none for a bare measure."""
        if words in self._by_name:
            return self.by_words(words)
        held = [
            (words.find(name), len(name), entity)
            for name, entity in self._by_name.items()
            if name in words and entity.type not in ("place", "commodity")
        ]
        if held:
            start, length, entity = min(held, key=lambda item: (item[0], -item[1]))
            rest = _strip_measures(words[start + length :])
            if not rest:
                return Name(entity.name, entity.id, STRONG, entity.type)
        return self._of_nouns(words)

    def of_phrase(self, view: View, phrase: Phrase) -> Name | None:
        """Who or what *phrase* names as a possible subject; none for a bare measure."""
        if coupled := _coupled(view, phrase):
            return self.by_words(coupled, strength=COMPOUND)
        mentions = view.within(phrase.start, phrase.end)
        named = [(m, name) for m in mentions if (name := self.by_mention(m.record))]
        if named:
            return self._of_named(view, phrase, named)
        return self._of_nouns(view.text[phrase.start : phrase.end])

    def _of_named(
        self, view: View, phrase: Phrase, named: Sequence[tuple[Placed[Mention], Name]]
    ) -> Name | None:
        words = _without_facets(view.text[phrase.start : phrase.end])
        end = max(phrase.start + len(words), named[-1][0].end)
        if PERSON_END_RE.search(words[-6:]) and named[-1][0].end < end:
            return None
        mention, name = named[-1]
        parties = [item for item in named if item[1].strength == STRONG]
        if name.strength < STRONG and parties:
            mention, name = parties[-1]
        rest = view.text[mention.end : end]
        before = view.text[phrase.start : mention.start]
        if yields := YIELD_RE.match(rest):
            return self.by_words(_join(before, name.text) + yields.group(), strength=STRONG)
        if name.type == "index" and GRADE_RE.fullmatch(before):
            return self.by_words(before + mention.record.text, strength=STRONG)
        placed = (
            named[0][1].type == "place" and before == view.text[named[0][0].start : named[0][0].end]
        )
        if name.type == "index" and placed and MACRO_RE.search(mention.record.text):
            return self.by_words(before + mention.record.text, strength=STRONG)
        unlisted = (name.entity or "").startswith("x-") and name.text.isascii()
        if (
            (name.type == "product" or unlisted)
            and (own := _strip_measures(rest))
            and OWNING_END_RE.search(own)
        ):
            return self.by_words(mention.record.text + own, strength=STRONG)
        if name.strength == STRONG:
            return name
        if name.strength == GOODS and (not rest or PRICE_RE.match(rest)):
            return name
        if AUTONOMOUS_END_RE.search(rest):
            return self.by_words(words, strength=COMPOUND)
        if OWNING_END_RE.search(rest):
            return self.by_words(words, strength=GENERIC)
        bare = _strip_measures(rest)
        return (
            name
            if not QUALIFIERS_RE.sub("", bare, count=1) or name.strength == GOODS
            else (
                self.by_words(_join(before, name.text) + bare, strength=GENERIC)
                if len(bare) >= 2 and not PERSON_END_RE.search(bare)
                else name
            )
        )

    def _of_nouns(self, words: str) -> Name | None:
        words = _without_facets(words)
        if CURRENCY_RE.fullmatch(words):
            return self.by_words(words, strength=STRONG)
        if pair := PAIR_RE.match(words):
            return self.by_words(pair.group(), strength=STRONG)
        if words in self._by_name:
            return self.by_words(words)
        if words in BARE_NOUNS or PERSON_END_RE.fullmatch(words):
            return None
        stripped = _without_facets(_strip_measures(words))
        modifier = QUALIFIERS_RE.sub("", stripped, count=1)
        if AUTONOMOUS_END_RE.search(words):
            if inside := PARTY_INSIDE_RE.match(words):
                return self.by_words(inside.group(1))
            if stripped != words and modifier and OWNING_END_RE.search(stripped):
                return self.by_words(words if stripped in BARE_NOUNS else stripped)
            if STANDALONE_RE.fullmatch(words):
                return self.by_words(words, strength=COMPOUND)
            if OWNED_END_RE.search(words) and not _own_modifier(words):
                return Name(words, None, MEASURE)
            return self.by_words(words, strength=COMPOUND)
        if not modifier:
            return None
        if LENT_END_RE.search(words):
            return self.by_words(words, strength=COMPOUND)
        if inside := PARTY_INSIDE_RE.match(words):
            return self.by_words(inside.group(1))
        if PERSON_END_RE.search(stripped) and not OWNING_END_RE.search(stripped):
            return None
        if stripped in BARE_NOUNS:
            return None
        return self.by_words(stripped, strength=GENERIC if OWNING_END_RE.search(stripped) else WEAK)


def _own_modifier(words: str) -> bool:
    """Whether an autonomous measure has a modifier of its own: 零售销售额, not 总销售额."""
    head = OWNED_END_RE.search(words)
    if head is None:
        return True
    modifier = words[: head.start()]
    return bool(QUALIFIERS_RE.sub("", modifier, count=1)) or modifier in ("零售", "批发", "新增")


def _strip_measures(words: str) -> str:
    """*words* without the measures at its end: 公用事业板块跌幅 gives 公用事业板块."""
    while (found := MEASURE_END_RE.search(words)) and not LENT_END_RE.search(words):
        words = words[: found.start()]
    return words


def _coupled(view: View, phrase: Phrase) -> str | None:
    """Both terms of a difference: M2与M1剪刀差."""
    words = view.text[phrase.start : phrase.end]
    if not GAP_END_RE.search(words) or GAP_END_RE.fullmatch(words):
        return None
    start = phrase.start - 1
    if start <= 0 or view.text[start] not in "与和":
        return None
    first = re.search(f"[{NOMINAL}{MENTION}]+$", view.classes[:start])
    return view.text[first.start() : phrase.end] if first else None


def _without_facets(words: str) -> str:
    """*words* without what is said of a measure at its end: 实际GDP增速预期 gives 实际GDP."""
    while (found := FACETS_END_RE.search(words)) and not AUTONOMOUS_END_RE.search(words):
        words = words[: found.start()]
    return words


def _squeezed(name: str) -> str:
    """*name* as a view shows it: without blanks and quotation marks."""
    return re.sub(r"[\s“”‘’《》]", "", name)


def _join(before: str, name: str) -> str:
    """A compound's modifier and name, the modifier once."""
    return name if name.startswith(before) else before + name
