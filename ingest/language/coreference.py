"""Reference within the document: 该公司, 公司, 其, 它, 前者, 后者, 该指数, 他, 这位首席执行官.

A reference goes to the nearest entity of a fitting type, the subject of a sentence before its
other mentions (centering: Grosz, Joshi and Weinstein 1995); what fits nothing stays open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.language.clauses import clause_start, heads_clause, subject_of
from ingest.language.words import TITLE
from kg.records import Mention, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ingest.language.analysis import Analysis, Unit
    from kg.records import EntityType

_THINGS: tuple[EntityType, ...] = (
    "company", "institution", "group", "index", "sector", "product", "commodity", "policy", "place",
)  # fmt: skip

_AGENTS: tuple[EntityType, ...] = ("person", "company", "institution", "group")

_NOUNS: tuple[tuple[str, tuple[EntityType, ...]], ...] = (
    (
        "公司|企业|集团|厂商|车企|药企|券商|酒企|房企|平台|巨头|制造商|零售商|生产商|开发商|运营商",
        ("company",),
    ),
    ("股(?![份东权市价民指票])", ("company",)),
    ("银行|行", ("company", "institution")),
    ("机构", ("institution", "company")),
    ("组织|联盟", ("institution", "group")),
    ("协会|央行|委员会|部门|局|署|交易所|研究院|研究所|学会|大学", ("institution",)),
    ("指数|股指|指标", ("index",)),
    ("板块|行业|产业", ("sector",)),
    ("国|地区|州|省|市", ("place",)),
    ("基金|产品|车型|药物|芯片|工具|系列|债券", ("product",)),
    ("品种|商品|金属|币种|加密货币|代币", ("commodity",)),
    ("政策|法案|计划|利率", ("policy",)),
)
_DEMONSTRATIVE = re.compile(
    r"(?:该|这家|这一|此)(?P<noun>"
    + "|".join(words for words, _ in _NOUNS)
    + r")(?![\u4e00-\u9fff]*[A-Z])"
)
_FOLLOWS_NOUN = re.compile(r"业(?!务|绩)|债|法(?!国)|家")
_BARE = re.compile(r"公司")
_PRONOUN = re.compile(r"(?<![尤极与何])其(?![中他它实余次间])|(?<!其)它(?!们)")
_PERSON = re.compile(r"(?<![其吉])(?:他|她)(?!们|国|人|乡)")
_HOLDER = re.compile(rf"(?:这位|这名|该|上述)(?P<title>{TITLE.pattern})(?![\u4e00-\u9fff]*会)")
_ORDINAL = re.compile(r"前者|后者")
_OPINION = re.compile(
    r"(?:对[^，。；]{1,20}的)?[^，。；的]{0,6}(?:判断|看法|预期|预测|评级|观点|目标价|立场|指引|预估)"
)
_OBJECT_OF = re.compile(r"[为给对向使让令把与跟]$")
_ANALYST = re.compile(r"分析师|策略师|经济学家|研究员")
_AFTER_COMPANY = re.compile(r"债|法(?!国|律)|制(?!造|定)|化")
# Before a bare 公司 that means the company in hand; after a noun or adjective it is a compound.
_ATTRIBUTIVE = frozenset("的 可比 上市 控股 参股 领先 相关 合资 下属 所属 收购 成立".split())
_STANDALONE_AFTER = frozenset({"w", "c", "p", "v", "d", "TIME", "f", "vd"})


@dataclass(frozen=True, slots=True)
class Reference:
    """An expression that stands for an entity named elsewhere."""

    span: Span
    types: tuple[EntityType, ...]
    kind: str  # demonstrative, bare, pronoun, person, holder, ordinal


def resolve_references(analysis: Analysis) -> None:
    """Add the mentions by reference."""
    types = analysis.types()
    for position, unit in enumerate(analysis.units):
        if unit.sentence is None or unit.kind == "table":
            continue
        taken = [m.span for m in analysis.mentions]
        for reference in sorted(_references(analysis.text, unit), key=lambda r: r.span.start):
            if any(s.start < reference.span.end and reference.span.start < s.end for s in taken):
                continue
            target = _resolve(analysis, position, reference, types)
            if target is not None:
                entity, score = target
                analysis.mentions.append(
                    Mention(
                        span=reference.span,
                        text=reference.span.of(analysis.text),
                        entity=entity,
                        how="reference",
                        score=score,
                    )
                )
        analysis.mentions.sort(key=lambda m: m.span.start)


def _references(text: str, unit: Unit) -> Iterator[Reference]:
    start, end = unit.span.start, unit.span.end
    for match in _HOLDER.finditer(text, start, end):
        yield Reference(Span(*match.span()), ("person",), "holder")
    for match in _DEMONSTRATIVE.finditer(text, start, end):
        if _FOLLOWS_NOUN.match(text, match.end()):
            continue
        noun = match["noun"]
        fitting = next(t for words, t in _NOUNS if re.fullmatch(words, noun))
        yield Reference(Span(*match.span()), fitting, "demonstrative")
    for match in _ORDINAL.finditer(text, start, end):
        yield Reference(Span(*match.span()), _THINGS, "ordinal")
    for match in _PERSON.finditer(text, start, end):
        yield Reference(Span(*match.span()), ("person",), "person")
    for match in _PRONOUN.finditer(text, start, end):
        holds = _OPINION.match(text, match.end(), end) is not None
        yield Reference(Span(*match.span()), _AGENTS if holds else (*_THINGS, "person"), "pronoun")
    tags = {t.span.start: i for i, t in enumerate(unit.tokens)}
    for match in _BARE.finditer(text, start, end):
        index = tags.get(match.start())
        if index is None or _AFTER_COMPANY.match(text, match.end()):
            continue
        before = unit.tokens[index - 1].tag if index else "w"
        word = unit.tokens[index - 1].span.of(text) if index else ""
        if before in _STANDALONE_AFTER and word not in _ATTRIBUTIVE:
            yield Reference(Span(*match.span()), ("company",), "bare")


def _resolve(
    analysis: Analysis, position: int, reference: Reference, types: dict[str, EntityType]
) -> tuple[str, float] | None:
    unit = analysis.units[position]
    if reference.kind == "ordinal":
        return _one_of_pair(analysis, position, reference, types)

    def fitting(mentions: Sequence[Mention]) -> list[Mention]:
        return [m for m in mentions if types[m.entity] in reference.types and _able(m)]

    def _able(mention: Mention) -> bool:
        # 东陆证券分析师认为…该公司: the analyst's house is not the company that is spoken of.
        after = analysis.text[mention.span.end : mention.span.end + 14]
        title = TITLE.match(after)
        return not (
            reference.kind != "pronoun"
            and reference.types == ("company",)
            and title is not None
            and _ANALYST.search(title[0])
        )

    if (found := _of_that_name(analysis, unit, reference)) is not None:
        return found.entity, 0.9
    here = _before(analysis, unit, reference)
    if (found := _nearest_subject(analysis.text, unit, fitting(here))) is not None:
        return found.entity, 0.9
    for distance, earlier in enumerate(reversed(analysis.units[:position]), start=1):
        same_paragraph = earlier.block == unit.block
        if reference.kind in ("pronoun", "person") and not same_paragraph and distance > 2:
            return None
        if reference.kind == "pronoun" and not same_paragraph:
            return None
        if reference.kind == "bare" and not same_paragraph:
            break
        mentions = fitting(analysis.mentions_in(earlier.span))
        if reference.kind in ("person", "holder") and mentions:
            return mentions[-1].entity, 0.8
        if (subject := subject_of(analysis.text, earlier, mentions)) is not None:
            return subject.entity, 0.8 if same_paragraph else 0.6
    if reference.kind == "bare":
        topic = _topic(analysis, types)
        return (topic, 0.6) if topic is not None else None
    return None


def _of_that_name(analysis: Analysis, unit: Unit, reference: Reference) -> Mention | None:
    """The last mention of a body whose name ends with the noun of 该协会, 该研究院, 该银行."""
    if reference.kind != "demonstrative" or "institution" not in reference.types:
        return None
    noun = reference.span.of(analysis.text).lstrip("该这家一此")
    if noun in ("机构", "行", "部门"):
        return None
    names = {e.id: (e.name, *e.aliases) for e in analysis.entities}
    return next(
        (
            m
            for m in reversed(analysis.mentions)
            if m.span.end <= reference.span.start and any(n.endswith(noun) for n in names[m.entity])
        ),
        None,
    )


def _before(analysis: Analysis, unit: Unit, reference: Reference) -> list[Mention]:
    """The mentions of the sentence, with its lead, that stand before *reference*."""
    limit = reference.span.start
    if reference.kind == "pronoun" and _OBJECT_OF.search(analysis.text[:limit][-1:]):
        # 甲的需求为其提供支撑: not the subject of its own clause.
        limit = clause_start(analysis.text, unit, limit)
    return [m for m in analysis.mentions_in(unit.span) if m.span.end <= limit]


def _nearest_subject(text: str, unit: Unit, mentions: Sequence[Mention]) -> Mention | None:
    subjects = [m for m in mentions if heads_clause(text, unit, m)]
    return next(reversed(subjects or mentions), None)


def _one_of_pair(
    analysis: Analysis, position: int, reference: Reference, types: dict[str, EntityType]
) -> tuple[str, float] | None:
    """前者 and 后者: of the last two entities of one type in the paragraph, the first or second."""
    unit = analysis.units[position]
    window: list[Mention] = [
        m for m in analysis.mentions_in(unit.span) if m.span.end <= reference.span.start
    ]
    for back in range(3):
        pair = _pair(window, types)
        if pair is not None:
            first, second = pair
            return (first if reference.span.of(analysis.text) == "前者" else second), 0.8
        earlier = analysis.units[position - 1 - back] if position > back else None
        if earlier is None or earlier.block != unit.block:
            return None
        window = [*analysis.mentions_in(earlier.span), *window]
    return None


def _pair(mentions: Sequence[Mention], types: dict[str, EntityType]) -> tuple[str, str] | None:
    for kind in (
        "company",
        "institution",
        "person",
        "product",
        "commodity",
        "index",
        "sector",
        "group",
        "place",
    ):
        entities = list(
            dict.fromkeys(
                m.entity for m in reversed(mentions) if types[m.entity] == kind and m.how == "name"
            )
        )
        if len(entities) >= 2:
            return entities[1], entities[0]
    return None


def _topic(analysis: Analysis, types: dict[str, EntityType]) -> str | None:
    """The company that the document is about: named in its title, else named most often."""
    counts: dict[str, int] = {}
    title = analysis.document.metadata.title
    names = {e.id: (e.name, *e.aliases) for e in analysis.entities}
    for mention in analysis.mentions:
        if types[mention.entity] == "company" and mention.how == "name":
            counts[mention.entity] = counts.get(mention.entity, 0) + 1
    for entity in counts:
        if any(name in title for name in names[entity]):
            counts[entity] += len(analysis.mentions)
    return max(counts, key=lambda e: counts[e], default=None)
