"""Reference within the document: whom 该公司, 公司, 其, 他, 前者, 两家公司, 这位首席执行官 mean.

A reference goes to the nearest entity of a fitting type, the subject of a sentence before its
other mentions (centering: Grosz, Joshi and Weinstein 1995); a noun that describes an entity
(该协会, 该股东) chooses it before that.  What fits nothing stays open.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.language.clauses import (
    clause_start,
    clauses_before,
    heads_clause,
    subject_of,
    without_parentheses,
)
from ingest.language.discourse import Discourse
from ingest.language.groups import group_of, one_of_pair
from ingest.language.references import THINGS, references_in
from ingest.language.words import CUE, TITLE
from kg.records import Mention

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.language.analysis import Analysis, Unit
    from ingest.language.references import Reference

_NEAR, _SAME_PARAGRAPH, _EARLIER, _TOPIC = 0.9, 0.8, 0.6, 0.6
_FAR = 40  # sentences back; what stands farther off is no longer spoken of

_OBJECT_OF = re.compile(r"[为给对向使让令把与跟]$")
_FRONTED = re.compile(r"(?:对于|至于|关于|针对)[^，,。；]+[，,]")
_ANALYST = re.compile(r"分析师|策略师|经济学家|研究员")
# What a firm or an index has: as the subject of a clause it leaves the firm the topic.
_OF_TOPIC = re.compile(
    r"(?:率|价|额|量|值|润|入|利|数据|公告|年报|季报|财报|报告|业绩|规模|占比|比重|指引|表现|原因|增速|[涨跌降增]幅|"
    r"管理层|股东|市场|消息|资金|业务)$"
)
_REPORTS = re.compile(rf"{CUE.pattern}|发布|公布|宣布|显示|统计|测算|[把将给]|维持|上调|下调")
_SAYS = re.compile(rf"[则也还同时]{{0,3}}(?:{CUE.pattern}|[把将给])")
_GENERAL = re.compile(r"公司|企业|集团|机构|部门|行|平台|巨头|龙头|股|产品")
# Of two indices the noun 指数 tells nothing: the one that is the topic is meant.
_BY_CENTRE = (("index",), ("sector",), ("place",))
# How a noun tells the names that it can stand for, where they do not end with it.
_NAMED_LIKE = {
    "券商": re.compile(r"证券$"),
    "银行": re.compile(r"(?:银行|商行)$"),
    "央行": re.compile(r"(?:央行|中央银行|储备银行|联储|人民银行|英格兰银行)$"),
    "基金": re.compile(r"(?:基金|ETF)$"),
    "指数": re.compile(r"(?:指数|[综成]指|\d)$"),
}


def resolve_references(analysis: Analysis) -> None:
    """Add the mentions by reference; one each for every entity that a plural stands for."""
    discourse = Discourse(analysis)
    for position, unit in enumerate(discourse.units):
        if unit.sentence is None or unit.kind == "table":
            continue
        for reference in references_in(discourse.text, unit):
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
    single = _described(discourse, position, reference, within_block=True)
    single = single or _nearest(discourse, position, reference)
    if reference.kind != "bare":
        single = single or _described(discourse, position, reference, within_block=False)
    return [single] if single is not None else []


def _described(
    discourse: Discourse, position: int, reference: Reference, *, within_block: bool
) -> tuple[str, float] | None:
    """The last entity that the noun of the reference describes, by its name or beside it.

    该协会 is a body called …协会, 该股东 the one that 股东 stands before, 这位分析师 one so titled.
    """
    noun = reference.noun
    if not noun or _GENERAL.fullmatch(noun) or reference.types in _BY_CENTRE:
        return None
    block = discourse.units[position].block
    for back, mentions in discourse.backwards(position, reference.span.start, most=_FAR):
        if within_block and discourse.units[position - back].block != block:
            return None
        for mention in reversed(mentions):
            if _describes(discourse, position - back, noun, mention, reference):
                return mention.entity, _NEAR if within_block else _EARLIER
    return None


def _describes(
    discourse: Discourse, position: int, noun: str, mention: Mention, reference: Reference
) -> bool:
    if reference.types and discourse.types[mention.entity] not in reference.types:
        return False
    if not reference.types and discourse.types[mention.entity] == "place":
        return False
    before = discourse.text[discourse.units[position].span.start : mention.span.start]
    if reference.kind == "holder":
        head = TITLE.search(before[-16:])
        return head is not None and noun.endswith(before[-2:])
    return before.endswith(noun) or _is_called(discourse, noun, mention)


def _is_called(discourse: Discourse, noun: str, mention: Mention) -> bool:
    like = _NAMED_LIKE.get(noun) or re.compile(f"{re.escape(noun)}$")
    return any(like.search(name) for name in discourse.names[mention.entity])


def _nearest(discourse: Discourse, position: int, reference: Reference) -> tuple[str, float] | None:
    """The entity of a fitting type that is spoken of where the reference stands."""
    if not reference.types or (reference.kind == "bare" and reference.noun):
        return None
    unit = discourse.units[position]

    speaks = _SAYS.match(discourse.text, reference.span.end) is not None
    judged = reference.types in (("company",), THINGS) or (
        reference.noun.endswith("行") and not speaks
    )

    def fitting(mentions: Sequence[Mention]) -> list[Mention]:
        fit = [
            m
            for m in mentions
            if discourse.types[m.entity] in reference.types
            and not (judged and _only_judges(discourse.text, m))
        ]
        return [m for m in fit if _is_called(discourse, reference.noun, m)] or fit

    if reference.kind == "pronoun" and _is_of_fronted(discourse.text, unit, reference):
        return None
    asks_house = reference.noun.endswith("机构") or (reference.noun.endswith("行") and speaks)
    if asks_house and (house := _house(discourse, position, reference)):
        return house
    here = fitting(_before(discourse, position, reference))
    found = _last_subject(discourse.text, unit, here)
    if reference.kind == "pronoun":
        if discourse.is_open(position, found.span.end if found else unit.span.start):
            return None  # 该基金…，其…: of what nobody knows
        if found is None and _has_other_subject(discourse, position, reference):
            return None
    if found is not None:
        return found.entity, _NEAR
    for distance in range(1, min(position, _FAR) + 1):
        earlier = discourse.units[position - distance]
        same_paragraph = earlier.block == unit.block
        if not same_paragraph and (
            reference.kind in ("pronoun", "bare") or (reference.kind == "person" and distance > 2)
        ):
            break
        mentions = fitting(discourse.singles(position - distance))
        if reference.kind in ("person", "holder") and mentions:
            return mentions[-1].entity, _SAME_PARAGRAPH
        if (subject := subject_of(discourse.text, earlier, mentions)) is not None:
            return subject.entity, _SAME_PARAGRAPH if same_paragraph else _EARLIER
    if reference.kind == "bare" and (topic := discourse.topic()) is not None:
        return topic, _TOPIC
    return None


def _house(discourse: Discourse, position: int, reference: Reference) -> tuple[str, float] | None:
    """The last body of the paragraph that judges or reports: whom 该机构 means first."""
    block = discourse.units[position].block
    for back, mentions in discourse.backwards(position, reference.span.start, most=_FAR):
        unit = discourse.units[position - back]
        if unit.block != block:
            return None
        houses = [
            m
            for m in mentions
            if discourse.types[m.entity] in reference.types and _speaks(discourse.text, unit, m)
        ]
        if (house := _last_subject(discourse.text, unit, houses)) is not None:
            return house.entity, _NEAR if back == 0 else _SAME_PARAGRAPH
    return None


def _only_judges(text: str, mention: Mention) -> bool:
    """东陆证券分析师认为…该公司: the analyst's house is not the company that is spoken of."""
    title = TITLE.match(text, mention.span.end, mention.span.end + 14)
    return title is not None and _ANALYST.search(title[0]) is not None


def _speaks(text: str, unit: Unit, mention: Mention) -> bool:
    """Whether *mention* is a house that judges: its analyst or a verb of speech comes after."""
    after = without_parentheses(text[mention.span.end : unit.span.end])[:20]
    return TITLE.match(after) is not None or _REPORTS.search(after) is not None


def _is_of_fronted(text: str, unit: Unit, reference: Reference) -> bool:
    """对于近期欧元升值，她表示已将其影响…: 其 takes up what was put in front."""
    start = max(
        (text.rfind(mark, unit.span.start, reference.span.start) for mark in "；;。"), default=-1
    )
    return _FRONTED.match(text, max(start + 1, unit.span.start), reference.span.start) is not None


def _before(discourse: Discourse, position: int, reference: Reference) -> list[Mention]:
    """The single mentions of the sentence that stand before *reference*."""
    limit = reference.span.start
    if reference.kind == "pronoun" and _OBJECT_OF.search(discourse.text[limit - 1 : limit]):
        # 甲的需求为其提供支撑: not the subject of its own clause.
        limit = clause_start(discourse.text, discourse.units[position], limit)
    return [m for m in discourse.singles(position) if m.span.end <= limit]


def _last_subject(text: str, unit: Unit, mentions: Sequence[Mention]) -> Mention | None:
    subjects = [m for m in mentions if heads_clause(text, unit, m)]
    return next(reversed(subjects or mentions), None)


def _has_other_subject(discourse: Discourse, position: int, reference: Reference) -> bool:
    """Whether a clause before the reference is about what is no entity: 轮动尚处于早期,其….

    What a topic has (毛利率, 年报) leaves the topic in place.
    """
    unit = discourse.units[position]
    for start, end in clauses_before(discourse.text, unit, reference.span.start):
        noun = ""
        for token in unit.tokens:
            if not start <= token.span.start < end:
                continue
            if token.tag in ("n", "nz", "vn", "nw", "a", "b", "an"):
                noun = token.span.of(discourse.text)
            elif noun or token.tag in ("v", "r"):
                break
        if noun and not _OF_TOPIC.search(noun):
            return True
    return False
