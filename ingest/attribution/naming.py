"""From a noun phrase to the name of what a figure is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.attribution.cues import AUTONOMOUS_END_RE, MEASURE_OF, OWNING_END_RE, PERSON_END_RE
from ingest.attribution.names import (
    COMPOUND,
    GENERIC,
    GOODS,
    MEASURE,
    STRONG,
    WEAK,
    Name,
    coupled,
    is_hub,
    is_kind_of,
    is_measured,
    is_suffixed,
    join,
    own_modifier,
    sold_by,
    squeezed,
    strip_measures,
    takes_modifiers,
    without_facets,
)
from ingest.attribution.nouns import (
    APPOSITION_RE,
    AT_HOME_RE,
    BARE_NOUNS,
    BUSINESS_RE,
    COLLECTIVE_RE,
    CURRENCY_RE,
    GOODS_END_RE,
    GRADE_RE,
    HOME_RE,
    LENT_END_RE,
    MACRO_RE,
    NATIONAL_RE,
    OF_GOODS_RE,
    OF_MAKING_RE,
    OWNED_END_RE,
    OWNING_INSIDE_RE,
    PAIR_RE,
    PARTY_END_RE,
    PARTY_INSIDE_RE,
    PRICE_RE,
    QUALIFIERS_RE,
    SIDE_RE,
    SITE_RE,
    SOLD_GOODS_RE,
    SPENT_END_RE,
    STANDALONE_RE,
    STOCK_RE,
    SUFFIXED_MEASURE_RE,
    TENOR_RE,
    TRADED_RE,
    TRAILING_RE,
    YIELD_RE,
)
from ingest.attribution.phrases import Phrase
from ingest.attribution.view import Placed, View
from kg.records import Entity, Mention, Office

_OBSERVING_RE = re.compile("分析师|策略师|经济学家|研究|顾问|交易员|基金经理|评论")
_MARKET = re.compile("市场|[股债汇楼]市")
# 智能手机市场|出货量
_MARKET_INSIDE = re.compile(
    f"((?!国债|[股债汇楼]市).{{2,}}市场)(?:{OF_MAKING_RE.pattern}|规模$|[零总]?销售额$)"
)
_ARM = re.compile("部门|事业部|分部")  # 半导体部门 of a firm is not the sector
_LATIN = re.compile("[0-9A-Za-z]")
_SPAN_END = re.compile("(?<=..)(?:单季|单月|全年|年|月)$")  # 三大航年利润
_BODY_END_RE = re.compile("(?:董事会|股东大会|股东会|管理层)$")


def _trader(
    view: View, phrase: Phrase, named: Sequence[tuple[Placed[Mention], Name]]
) -> Name | None:
    """The country that trades the goods: 中国进口大豆."""
    if len(named) != 2 or named[-1][0].end != phrase.end:
        return None
    (place, country), (goods, traded) = named
    verb = view.text[place.end : goods.start]
    known = country.type == "place" and traded.type in ("commodity", "product")
    return country if known and TRADED_RE.fullmatch(verb) else None


class Namer:
    """Names phrases of one document by the longest form that the document has for them."""

    def __init__(self, entities: Sequence[Entity], offices: Sequence[Office] = ()) -> None:
        self._employers = {
            office.person: office.organisation
            for office in offices
            if office.organisation and not _OBSERVING_RE.search(office.title)
        }
        self._by_id = {entity.id: entity for entity in entities}
        self._by_name: dict[str, Entity] = {}
        for entity in entities:
            for name in (entity.name, *entity.aliases):
                if not is_measured(entity.id, name):
                    self._by_name.setdefault(squeezed(name), entity)

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
        if entity.type == "commodity" and is_kind_of(entity.name, mention.text):
            return Name(mention.text, entity.id, GOODS, entity.type)
        strength = {"place": WEAK, "event": WEAK, "commodity": GOODS}.get(entity.type, STRONG)
        return Name(entity.name, entity.id, strength, entity.type)

    def employer(self, name: Name) -> Name | None:
        """The company that the person called *name* runs; none for analysts and officials."""
        entity = self._by_id.get(self._employers.get(name.entity or "") or "")
        if entity is None or entity.type != "company":
            return None
        return Name(entity.name, entity.id, STRONG, entity.type)

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
            rest = self._owner(words[start + length :], head=words[start + length :])
            lead = QUALIFIERS_RE.sub("", words[:start], count=1)
            classed = entity.type in ("policy", "commodity") or (
                entity.type == "sector" and not SIDE_RE.fullmatch(lead)  # 模拟芯片
            )
            if not rest and lead and (takes_modifiers(entity) or classed):
                return self.by_words(lead + words[start : start + length], strength=STRONG)
            if not rest:
                return Name(entity.name, entity.id, STRONG, entity.type)
        return self._of_nouns(words)

    def of_phrase(self, view: View, phrase: Phrase) -> Name | None:
        """Who or what *phrase* names as a possible subject; none for a bare measure."""
        if terms := coupled(view, phrase):
            return self.by_words(terms, strength=COMPOUND)
        mentions = view.within(phrase.start, phrase.end)
        named = [(m, name) for m in mentions if (name := self.by_mention(m.record))]
        if named:
            return self._of_named(view, phrase, named)
        return self._of_nouns(
            view.written(phrase.start, phrase.end), head=view.last_word(phrase.start, phrase.end)
        )

    def _of_named(
        self, view: View, phrase: Phrase, named: Sequence[tuple[Placed[Mention], Name]]
    ) -> Name | None:
        if (part := self._of_owner(view, phrase, named)) is not None:
            return part
        words = without_facets(view.text[phrase.start : phrase.end])
        end = max(phrase.start + len(words), named[-1][0].end)
        if _BODY_END_RE.search(words) and named[-1][1].type == "company":
            return named[-1][1]
        if named[-1][1].type == "place" and view.text[named[-1][0].end : end] == "投资者":
            return self.by_words(words, strength=COMPOUND)  # 日本投资者
        if PERSON_END_RE.search(words[-6:]) and named[-1][0].end < end:
            return None
        if (branch := self._branch(view, phrase, named)) is not None:
            return branch
        mention, name = named[-1]
        if (trader := _trader(view, phrase, named)) is not None:
            return trader
        parties = [item for item in named if item[1].strength == STRONG]
        if name.strength < STRONG and parties:
            mention, name = parties[-1]
        rest = view.written(mention.end, end)
        before = view.written(phrase.start, mention.start)
        if yields := YIELD_RE.match(rest):
            return self.by_words(join(before, name.text) + yields.group(), strength=STRONG)
        if TENOR_RE.fullmatch(before) and name.type in ("policy", "index", "product"):
            return self.by_words(before + mention.record.text, strength=STRONG)
        if name.type == "index" and GRADE_RE.fullmatch(before):
            return self.by_words(before + mention.record.text, strength=STRONG)
        if name.type == "group" and COLLECTIVE_RE.fullmatch(before):
            return self.by_words(join(before, name.text), strength=STRONG)
        placed = (
            named[0][1].type == "place" and before == view.text[named[0][0].start : named[0][0].end]
        )
        if name.type == "index" and placed and MACRO_RE.search(mention.record.text):
            return self.by_words(before + mention.record.text, strength=STRONG)
        if name.type == "institution" and rest.endswith("库存") and len(rest) > 2:
            return self.by_words(words, strength=COMPOUND)
        own = self._owner(rest, head=view.last_word(mention.end, end))
        first = named[0][0] is mention
        hub = len(named) > 1 and is_hub(named[-2][1]) and before == named[-2][0].record.text
        if name.strength == GOODS and not own and (hub or (first and _LATIN.search(before))):
            return self.by_words(before + mention.record.text, strength=STRONG)
        if name.type == "company" and (told := APPOSITION_RE.match(rest)):
            own = TRAILING_RE.sub("", self._owner(rest[told.end() :]))
            if len(own) >= 2 and QUALIFIERS_RE.sub("", own, count=1):
                return self.by_words(own)
        if len(named) > 1 and (seller := named[-2][1]).type == "company" and sold_by(name, rest):
            return seller
        if compound := self._compound(mention, name, before, rest, own, first=first):
            return compound
        if name.strength == STRONG:
            return name
        if name.strength == GOODS:
            measured = OF_GOODS_RE.search(rest)
            if not rest or PRICE_RE.match(rest):
                return name
            if measured and QUALIFIERS_RE.fullmatch(rest[: measured.start()]):
                return name
        if name.strength == GOODS and STOCK_RE.fullmatch(rest) and not before:
            of_exchange = _LATIN.match(mention.record.text)  # LME镍库存 lies with the exchange
            return self.by_words(words, strength=COMPOUND) if of_exchange else name
        if name.type in ("place", "sector") and rest in ("出口", "进口", "进出口"):
            return self.by_words(before + mention.record.text + rest, strength=COMPOUND)
        if name.type == "place" and OF_MAKING_RE.fullmatch(rest):
            return name  # 马来西亚产量 is what the country makes
        if name.type == "place" and (inside := _MARKET_INSIDE.match(rest)):
            words = before + mention.record.text + inside[1]
            return replace(self.by_words(words), type="sector")
        market = _MARKET.match(rest) if name.type == "place" else None
        if market and not self._owner(rest[market.end() :]):
            return self.by_words(before + mention.record.text + market[0])
        if AUTONOMOUS_END_RE.search(rest):
            return self.by_words(words, strength=COMPOUND)
        if OWNING_END_RE.search(rest):
            return self.by_words(words, strength=GENERIC)
        if not QUALIFIERS_RE.sub("", own, count=1) or name.strength == GOODS:
            return name
        if len(own) >= 2 and not PERSON_END_RE.search(own):
            return self.by_words(join(before, name.text) + own, strength=GENERIC)
        return name

    def _of_owner(
        self, view: View, phrase: Phrase, named: Sequence[tuple[Placed[Mention], Name]]
    ) -> Name | None:
        """What a party owns that is told of by 其: 其海南门店, 其投行业务."""
        owner = named[0][0]
        if owner.record.how != "reference" or owner.start != phrase.start:
            return None
        whole = view.text[owner.end : phrase.end]
        for words in (strip_measures(whole), whole):  # 门店 may be a measure, too
            if BUSINESS_RE.fullmatch(words) or SITE_RE.fullmatch(words):
                return self.by_words(words)
        return None

    def _branch(
        self, view: View, phrase: Phrase, named: Sequence[tuple[Placed[Mention], Name]]
    ) -> Name | None:
        """A firm's arm in a country, called by both names and nothing more: 特斯拉中国."""
        if len(named) < 2 or named[-1][0].end != phrase.end:
            return None
        (firm, owner), (place, where) = named[-2:]
        if owner.type != "company" or where.type != "place" or firm.end != place.start:
            return None
        return self.by_words(owner.text + place.record.text, strength=STRONG)

    def _compound(
        self,
        mention: Placed[Mention],
        name: Name,
        before: str,
        rest: str,
        own: str,
        *,
        first: bool,
    ) -> Name | None:
        """The longer noun that a name is part of: N型TOPCon电池片, A股非金融企业."""
        named = mention.record.text
        entity = self._by_id.get(name.entity or "")
        if entity is not None and takes_modifiers(entity):
            tail = own if OWNING_END_RE.search(own) or GOODS_END_RE.search(own) else ""
            lead = "" if entity.type == "person" else QUALIFIERS_RE.sub("", before, count=1)
            return self.by_words(lead + named + tail, strength=STRONG) if lead or tail else None
        if name.type == "sector" and _ARM.fullmatch(own):
            return self.by_words((before if first else "") + named + own, strength=STRONG)
        if name.type == "sector" and SIDE_RE.fullmatch(before):
            return self.by_words(before + named, strength=STRONG)
        if (
            name.type in ("index", "sector", "place", "commodity")
            and PARTY_END_RE.search(own)
            and not rest.endswith("库存")
        ):
            return self.by_words((before if first else "") + named + own, strength=STRONG)
        if name.type == "commodity" and len(own) >= 2 and GOODS_END_RE.search(own):
            return self.by_words((before if first else "") + named + own, strength=STRONG)
        if name.type in ("sector", "place", "group") and GOODS_END_RE.search(own):
            lead = before if name.type == "group" else ""
            return self.by_words(lead + named + own, strength=STRONG)
        return None

    def _owner(self, words: str, *, head: str | None = None) -> str:
        """*words* without the measures and their qualifiers at the end."""
        own = strip_measures(words)
        if own == words and head and words.endswith(head) and SUFFIXED_MEASURE_RE.search(head):
            own = words[: -len(head)]
        return own

    def _of_nouns(self, words: str, *, head: str = "") -> Name | None:
        words = without_facets(words)
        if words.startswith(("我国", "两市融", "沪深两市融")) or not (
            AUTONOMOUS_END_RE.search(words) or AT_HOME_RE.search(words)
        ):
            words = HOME_RE.sub("", words, count=1)
        if CURRENCY_RE.fullmatch(words):
            return Name(words, None, STRONG)
        if pair := PAIR_RE.match(words):
            return self.by_words(pair.group(), strength=STRONG)
        if words in self._by_name:
            return self.by_words(words)
        if words in BARE_NOUNS or PERSON_END_RE.fullmatch(words):
            return None
        if head and words.endswith(head) and is_suffixed(words, head):
            return self._of_measured(words, words[: -len(head)])
        stripped = without_facets(strip_measures(words))
        if stripped != words:
            stripped = TRAILING_RE.sub("", _SPAN_END.sub("", stripped))
        if BUSINESS_RE.fullmatch(stripped):
            return self.by_words(stripped)
        modifier = QUALIFIERS_RE.sub("", stripped, count=1)
        if (stock := STOCK_RE.search(words)) and len(stock.group()) > 2 and stock.start() > 1:
            return self.by_words(words[: stock.start()])
        if modifier and (words.endswith(("库存", "收益率")) or YIELD_RE.fullmatch(words)):
            return self.by_words(words, strength=COMPOUND)
        if (made := OF_MAKING_RE.search(words)) and modifier:
            goods = TRAILING_RE.sub("", words[: made.start()])
            if maker := PARTY_INSIDE_RE.match(goods):
                return self.by_words(maker.group(1))  # 规模以上企业白酒产量
            if len(goods) >= 2 and QUALIFIERS_RE.sub("", goods, count=1):
                return self.by_words(goods)
        if sold := SOLD_GOODS_RE.search(words):
            goods = words[: sold.start()]
            if GOODS_END_RE.search(QUALIFIERS_RE.sub("", goods, count=1)):
                return self.by_words(goods)
        if AUTONOMOUS_END_RE.search(words):
            if inside := PARTY_INSIDE_RE.match(words):
                return self.by_words(inside.group(1))
            if stripped != words and modifier and OWNING_END_RE.search(stripped):
                return self.by_words(words if stripped in BARE_NOUNS else stripped)
            if STANDALONE_RE.fullmatch(words):
                return self.by_words(words, strength=COMPOUND)
            raised = MEASURE_OF.get(words) == "investment"
            if raised or (OWNED_END_RE.search(words) and not own_modifier(words)):
                return Name(words, None, MEASURE)
            return self.by_words(words, strength=COMPOUND)
        if not modifier:
            return None
        if LENT_END_RE.search(words) or SPENT_END_RE.fullmatch(words):
            return self.by_words(words, strength=COMPOUND)
        inside = PARTY_INSIDE_RE.match(words)
        if inside is not None and PARTY_END_RE.search(stripped) is None:
            return self.by_words(inside.group(1))
        if PERSON_END_RE.search(stripped) and not OWNING_END_RE.search(stripped):
            return None
        if stripped in BARE_NOUNS or len(stripped) < 2:
            return None
        thing = OWNING_END_RE.search(stripped) or GOODS_END_RE.search(stripped)
        return self.by_words(stripped, strength=GENERIC if thing else WEAK)

    def _of_measured(self, words: str, owner: str) -> Name | None:
        """The owner of an unlisted measure, as far as it can be told: 组件厂成品库存 of 天数."""
        owner = TRAILING_RE.sub("", owner)
        name = self._of_nouns(owner) if len(owner) >= 2 else None
        if name is not None and name.strength > WEAK:
            return name
        if (inside := OWNING_INSIDE_RE.match(owner)) and inside.group(1) not in BARE_NOUNS:
            return self.by_words(inside.group(1))
        if NATIONAL_RE.match(words):
            return self.by_words(words, strength=COMPOUND)
        return Name(words, None, MEASURE)
