"""Reference within the document: whom 该公司, 公司, 其, 他, 前者, 两家公司, 这位首席执行官 mean.

A reference goes to the nearest entity of a fitting type, the subject of a sentence before its
other mentions (centering: Grosz, Joshi and Weinstein 1995); a noun that describes an entity
(该协会, 该股东) chooses it before that.  What fits nothing stays open.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.language.clauses import clause_start, heads_clause, subject_of
from ingest.language.descriptions import described, is_called
from ingest.language.discourse import Discourse
from ingest.language.groups import group_of, one_of_pair
from ingest.language.references import KINDS, THINGS, references_in
from ingest.language.roles import (
    announces,
    has_other_subject,
    holds_shares,
    is_byline,
    is_called_house,
    is_house,
    is_of_fronted,
    is_source,
    last_subject,
    leads,
    only_judges,
    whose_shares,
)
from ingest.language.words import CUE
from kg.records import Mention

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from ingest.language.analysis import Analysis
    from ingest.language.references import Kind, Reference

_NEAR, _SAME_PARAGRAPH, _EARLIER, _TOPIC = 0.9, 0.8, 0.6, 0.6
_FAR = 40  # sentences back; what stands farther off is no longer spoken of

_OBJECT_OF = re.compile(r"[为给对向使让令把与跟]$")
_ASKS = re.compile(r"(?:要求|责令|敦促|督促|判处|指控|起诉|允许|建议|帮助|授权|购买|收购|受让)$")
_GOES_ON = re.compile(r"[并且还也又将拟]{0,3}(?:同时|计划|已经|继续|据此)?")
_SAYS = re.compile(rf"[则也还同时]{{0,3}}(?:{CUE.pattern}|[把将给])")
_AND_ITS = re.compile(r"以?及$|[和与]$")


def resolve_references(analysis: Analysis, *, kinds: Collection[Kind] = KINDS) -> None:
    """Add the mentions by reference; one each for every entity that a plural stands for.

    Of other *kinds* only the pronouns after a reference that this call has resolved.
    """
    resolved: set[int] = set()
    discourse = Discourse(analysis)
    for position, unit in enumerate(discourse.units):
        if unit.sentence is None or unit.kind == "table":
            continue
        for reference in references_in(discourse.text, unit):
            takes_up = reference.kind == "pronoun" and position in resolved
            if reference.kind not in kinds and not takes_up:
                continue
            there = discourse.overlapping(position, reference.span)
            if there and not _gives_way(discourse, reference, there):
                continue
            targets = _resolve(discourse, position, reference)
            if not targets:
                discourse.leave_open(position, reference)
                continue
            if there:
                if targets[0][0] == there[0].entity:
                    continue
                discourse.drop(position, there)
            resolved.add(position)
            for entity, score in targets:
                mention = Mention(
                    span=reference.span,
                    text=reference.span.of(discourse.text),
                    entity=entity,
                    how="reference",
                    score=score,
                )
                discourse.add(position, mention)
    analysis.mentions = discourse.mentions()


def _gives_way(discourse: Discourse, reference: Reference, there: Sequence[Mention]) -> bool:
    """Whether the names that a reference overlaps with are only its own words.

    银行 in 两家银行 is no sector; 央行 of 印度央行 is a word that many bodies go by, unless the
    text itself gives it to one.
    """
    if reference.kind == "bare":
        same = [m.span for m in there] == [reference.span]
        return bool(reference.noun) and same and not discourse.is_declared(there[0])
    return all(
        reference.span.contains(m.span) and discourse.types[m.entity] in ("sector", "product")
        for m in there
    )


def _resolve(discourse: Discourse, position: int, reference: Reference) -> list[tuple[str, float]]:
    if reference.kind == "plural":
        found = group_of(discourse, position, reference)
        if found or not reference.span.of(discourse.text).startswith(("上述", "前述")):
            return [(entity, _SAME_PARAGRAPH) for entity in found]
    if reference.kind == "ordinal":
        one = one_of_pair(discourse, position, reference)
        return [(one, _SAME_PARAGRAPH)] if one is not None else []
    if (one := described(discourse, position, reference, within_block=True)) is not None:
        return [(one, _NEAR)]
    by_noun_alone = reference.kind == "title" or (reference.kind == "bare" and reference.noun)
    if reference.types and not by_noun_alone:
        single = _Search(discourse, position, reference).run()
        if single is not None:
            return [single]
    if reference.kind != "bare":
        one = described(discourse, position, reference, within_block=False)
        return [(one, _EARLIER)] if one is not None else []
    return []


class _Search:
    """The search for the entity of a fitting type that is spoken of where a reference stands."""

    def __init__(self, discourse: Discourse, position: int, reference: Reference) -> None:
        self.discourse = discourse
        self.position = position
        self.reference = reference
        self.unit = discourse.units[position]
        self.text = discourse.text
        self.kind = reference.kind
        self.speaks = speaks = _SAYS.match(self.text, reference.span.end) is not None
        bank = reference.noun.endswith("行")
        self.of_house = reference.noun.endswith("机构") or (bank and speaks)
        self.of_judged = reference.types in (("company",), THINGS) or (bank and not speaks)
        self.quoted = discourse.is_quoted(position, reference.span.start)

    def run(self) -> tuple[str, float] | None:
        """The entity with how sure it is, or ``None``."""
        if self.of_house and (house := self._house()) is not None:
            return house
        if self.kind == "pronoun":
            return self._of_pronoun()
        here = self._fitting(self.position)
        if self.kind == "bare" and (said := self._said_or_announced(here)) is not None:
            return said, _NEAR
        found = self._chosen(self.position, here)
        after = found.span.start if found is not None else self.unit.span.start
        if self.kind == "bare" and self.discourse.is_open(self.position, "bare", after=after):
            return None  # 甲持有公司股份，占公司总股本…: of the same one
        if found is not None:
            return found.entity, _NEAR
        return self._earlier()

    def _of_pronoun(self) -> tuple[str, float] | None:
        """其 and 它: the subject before them, unless a clause in between is about another thing."""
        text, unit, start = self.text, self.unit, self.reference.span.start
        if is_of_fronted(text, unit, start):
            return None
        here = self._fitting(self.position)
        before = text[max(unit.span.start, start - 2) : start]
        if text[start] == "其" and (joined := _AND_ITS.search(before)) is not None:
            at = start - len(joined[0])
            owner = next((m for m in here if m.span.end == at), None)
            return (owner.entity, _NEAR) if owner is not None else None
        going_on = False
        if _OBJECT_OF.search(before):  # 甲的需求为其提供支撑: not the subject of its own clause
            limit = clause_start(text, unit, start)
            here = [m for m in here if m.span.end <= limit]
            going_on = (
                _GOES_ON.fullmatch(text, limit, start - 1) is not None
            )  # nor the one in force
        heads = [m for m in here if heads_clause(text, unit, m)]
        others = [m for m in here if m not in heads]
        if (going_on or _ASKS.search(before)) and others:
            return others[-1].entity, _NEAR  # 甲对乙提起诉讼，要求其支付: not who asks
        things = [m for m in here if self.discourse.types[m.entity] != "place"]
        saying = [m for m in heads if self.speaks and CUE.match(text, m.span.end)]
        found = next(reversed(saying or heads or things), None)
        after = found.span.end if found is not None else unit.span.start
        if self.discourse.is_open(self.position, "demonstrative", after=after):
            return None  # 该基金…，其…: of what nobody knows
        told = self.speaks and found is not None  # 甲预计，乙…，它提醒: who speaks goes on speaking
        aside = found in things and not heads
        if not told and not aside and has_other_subject(text, unit, start, after=after):
            return None
        return (found.entity, _NEAR) if found is not None else self._earlier()

    def _earlier(self) -> tuple[str, float] | None:
        """The subject of the last sentence that has one; the topic for a bare 公司."""
        for distance in range(1, min(self.position, _FAR) + 1):
            earlier = self.discourse.units[self.position - distance]
            same_paragraph = earlier.block == self.unit.block
            if not same_paragraph and (
                self.kind in ("pronoun", "bare") or (self.kind == "person" and distance > 2)
            ):
                break
            mentions = self._fitting(self.position - distance)
            if self.kind in ("person", "holder"):
                found = self._chosen(self.position - distance, mentions)
            else:
                found = subject_of(self.text, earlier, mentions)
            if found is not None:
                return found.entity, _SAME_PARAGRAPH if same_paragraph else _EARLIER
        if self.kind != "bare":
            return None
        topic = self.discourse.topic(self.reference.span.start, but=self._holders())
        return (topic, _TOPIC) if topic is not None else None

    def _fitting(self, position: int) -> list[Mention]:
        """The mentions of a unit, before the reference, that it can stand for."""
        unit, types = self.discourse.units[position], self.discourse.types
        holders = self._holders() if position == self.position else ()
        fit = [
            m
            for m in self.discourse.singles(position)
            if m.span.end <= self.reference.span.start
            and types[m.entity] in self.reference.types
            and not is_byline(self.text, unit, m)
            and not (self.of_judged and only_judges(self.text, m))
            and not (self.of_judged and is_source(self.text, unit, m))
            and not (self._is_company() and is_called_house(m))
            and m.entity not in holders
        ]
        return [m for m in fit if is_called(self.discourse, self.reference.noun, m)] or fit

    def _holders(self) -> set[str]:
        """Who deals in the shares of the company that is looked for."""
        if not self._is_company():
            return set()
        return {
            m.entity
            for m in self.discourse.singles(self.position)
            if holds_shares(self.text, self.unit, m, self.reference.span)
        }

    def _is_company(self) -> bool:
        return self.kind in ("bare", "demonstrative") and self.reference.types == ("company",)

    def _chosen(self, position: int, mentions: Sequence[Mention]) -> Mention | None:
        """The last subject; of persons the last that leads, one outside quotation marks first."""
        unit = self.discourse.units[position]
        if self.reference.types != ("person",):
            return last_subject(self.text, unit, mentions)
        if not self.quoted:
            outside = [m for m in mentions if not self.discourse.is_quoted(position, m.span.start)]
            mentions = outside or mentions
        leading = [m for m in mentions if leads(self.text, unit, m)]
        return next(reversed(leading or mentions), None)

    def _said_or_announced(self, here: Sequence[Mention]) -> str | None:
        """Whose shares were told of, whom the last 公司 of the sentence meant, or who announces."""
        if (owned := whose_shares(self.text, here, self.reference.span)) is not None:
            return owned.entity
        heads = [m for m in here if m.how == "name" and heads_clause(self.text, self.unit, m)]
        said = [m for m in here if m.how == "reference" and m.text == "公司"]
        if said and not any(m.span.start > said[-1].span.start for m in heads):
            return said[-1].entity
        announcing = [m for m in heads if announces(self.text, self.unit, m)]
        if not announcing:
            return None
        apart = "；" in self.text[announcing[-1].span.end : self.reference.span.start]
        return None if apart else announcing[-1].entity

    def _house(self) -> tuple[str, float] | None:
        """The last body of the paragraph that judges or reports: whom 该机构 means first."""
        before = self.reference.span.start
        for back, mentions in self.discourse.backwards(self.position, before, most=_FAR):
            unit = self.discourse.units[self.position - back]
            if unit.block != self.unit.block:
                return None
            houses = [
                m
                for m in mentions
                if self.discourse.types[m.entity] in self.reference.types
                and is_house(self.text, unit, m)
                and not is_byline(self.text, unit, m)
            ]
            if (house := last_subject(self.text, unit, houses)) is not None:
                return house.entity, _NEAR if back == 0 else _SAME_PARAGRAPH
        return None
