"""Whether a fact is about what a question names: its subject, its speaker, or what is around."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from kg.records import AGENTS
from qa.answering.classes import AMOUNTS, MOVES
from qa.answering.facts.constraints import tells_for, voiced
from qa.answering.question.understand import Intent, Name
from qa.answering.text import fold, stands, term_coverage
from qa.answering.view import Fact

_ACTORS: Final = AGENTS | {"place"}
_MARKET: Final = re.compile(r"[abh美港日欧韩台]股|中概股|股市|债市|汇市")
_FROM_WHOM: Final = re.compile(r"(来自于?|源于|卖给|供应给|投资了?|收购|购自|付给)$")
# Names that a sentence need not repeat; of a whole that a question ranges over, more.
_SOFT: Final = frozenset({"place", "event"})
_SOFT_OF_MANY: Final = _SOFT | {"group", "sector"}
_DESCRIBED: Final = frozenset({"policy", "product", "group", "sector"})
_RIVALS: Final = frozenset({"commodity", "index"})
_PARTS: Final = frozenset({"product", "group", "sector"})
_MEASURES: Final = frozenset({"index", "quantity", "policy"})


def is_subject(fact: Fact, name: Name) -> bool:
    """Whether *fact* is about *name*."""
    if fact.figure.entity in name.entities:
        return True
    subject = fold(fact.figure.subject)
    names = {fold(name.surface)}.union(*(fact.view.called.get(e, ()) for e in name.entities))
    return subject in names or any(_property(subject, n) for n in names)


@lru_cache(maxsize=65536)
def _property(subject: str, name: str) -> bool:
    """Whether *subject* is a quantity of *name*: 10年期美国国债收益率 of 10年期美国国债."""
    tenor = re.match(r"\d+年期", name)
    rest = name[tenor.end() :] if tenor else name  # 30年期国债 of 30年期日本国债
    whole = re.escape(tenor[0]) + r"[\u4e00-\u9fff]{0,3}" if tenor else ""
    return len(name) > 1 and bool(
        re.fullmatch(
            rf"{whole}{re.escape(rest)}的?(收益率|价格|股价|利率|指数|期货|均价|报价|库存|产量|销量"
            r"|利差|主力(?:合约|连续)?|渠道|业务|板块|市场)",
            subject,
        )
    )


def naming(fact: Fact, intent: Intent) -> tuple[float, float] | None:
    """How surely the subject is named, and how well all names are met, 0 to 1; None: one is not."""
    met = []
    for name in intent.names:
        if _partner(name, intent) and not _beside(fact, name):
            return None
        near = _met(fact, name, intent)
        if near < 0:
            return None
        met.append(near)
    return subject_named(fact, intent), sum(met) / len(met) if met else 0.5


def _partner(name: Name, intent: Intent) -> bool:
    """Whether *name* is the other side of what is asked: 来自OpenAI的收入."""
    return bool(_FROM_WHOM.search(intent.question[: name.span.start]))


def _beside(fact: Fact, name: Name) -> bool:
    present = fact.view.names_in.get(fact.figure.sentence, frozenset())
    return bool(present & set(name.entities)) or fold(name.surface) in fact.whole


def subject_named(fact: Fact, intent: Intent) -> float:
    """How surely the question is about the fact's subject, 0 to 1."""
    if len(intent.names) > 1 and any(n.compared and is_subject(fact, n) for n in intent.names):
        return 1.0 if any(is_subject(fact, n) for n in intent.names if not n.compared) else 0.1
    topics = [name for name in intent.names if not name.compared] or list(intent.names)
    if any(is_subject(fact, name) for name in topics):
        return 1.0
    question, own = fold(intent.question), _own_names(fact)
    elsewhere = question
    for topic in topics:
        if _but_a_word_of(fact, topic):  # 医药板块 is not what 恒瑞医药 asks about
            elsewhere = elsewhere.replace(fold(topic.surface), " ")
    if any(len(name) > 1 and name in elsewhere for name in own):
        return 0.9
    for topic in topics:
        surface = fold(topic.surface)
        part = any(surface in name for name in own) and set(topic.types) != {"place"}
        within = not _but_a_word_of(fact, topic) and any(
            len(name) > 1 and name in surface for name in own
        )
        if part or within:
            return 0.7
    if _covered_by_terms(fact, intent):
        return 0.7
    if not intent.names and _says_all(fact, intent):
        return 0.6
    if not intent.names and fact.figure.entity == fact.view.protagonist and intent.metrics:
        return 0.5  # of whom the article is, where the question names nobody
    spoken = any(set(n.entities) and _speaks(fact, n) for n in topics)
    alike = 0.6 * max(term_coverage(name, elsewhere) for name in own)
    return max(alike, 0.5) if spoken or any(_holds(fact, name) for name in topics) else alike


def _but_a_word_of(fact: Fact, name: Name) -> bool:
    """Whether *name* is a firm's or body's, and the subject known to be no such thing."""
    agent = bool(name.types) and set(name.types) <= AGENTS
    return agent and fact.subject is not None and fact.subject.type not in AGENTS


def _speaks(fact: Fact, name: Name) -> bool:
    """Whether *name* is the one who tells the figure: 何小鹏 of what he expects to deliver."""
    return bool(fact.figure.speaker) and fold(fact.figure.speaker or "") == fold(name.surface)


def _says_all(fact: Fact, intent: Intent) -> bool:
    """Whether the words of a question without names stand in the fact's clause: 降息概率."""
    clause = fact.segment.split("|")[0]
    words = (*intent.terms, *(word for word, classes in intent.metrics if not _moves(classes)))
    acts = any("rate_change" in classes or w == "利率" for w, classes in intent.metrics)
    own = "|".join(_own_names(fact))
    if fact.subject is not None and fact.subject.type == "group" and words and not acts:
        return False  # 北向资金成交… is not what is traded in all
    if not words and any(hint in own for hint in intent.hints):
        return True  # 跌停 of 跌停个股
    return (acts and "利率" in own) or (
        len(words) > 1 and all(stands(word, clause) for word in words)
    )


def _moves(classes: Iterable[str]) -> bool:
    return set(classes) <= MOVES - {"rate_change"}


def _met(fact: Fact, name: Name, intent: Intent) -> float:
    """How near to the fact *name* stands, 0 to 1; -1 where the fact is not of it."""
    view, surface = fact.view, fold(name.surface)
    sentence = view.sentences[fact.figure.sentence]
    entities = set(name.entities)
    if is_subject(fact, name):
        return 1.0
    if fact.figure.speaker and fold(fact.figure.speaker) == surface:
        return 0.9
    if _rival(fact, name, intent) or _other_number(fact, surface):
        return -1.0
    if surface in fact.segment:
        return 0.7
    if intent.voice is name and (tells_for(fact, name) or voiced(fact, name)):
        return 0.6
    if entities & set(view.entities) and not _but_a_word_of(fact, name):
        if any(len(n) > 1 and n in surface for n in _own_names(fact)):
            return 0.5
    if entities & view.names_in.get(fact.figure.sentence, frozenset()) or surface in fact.whole:
        return 0.5
    if surface in fact.setting and not view.of_another(fact.figure.sentence, name):
        return 0.4
    if entities & view.names_in_block.get(sentence.block, frozenset()) and (
        intent.kind == "list" or _belongs(fact, name, intent)
    ):
        return 0.3
    known = surface in view.whole or bool(entities & set(view.entities))
    if not known and _described(fact, name):
        return 0.5
    if known and _on_topic(fact, name, intent):
        return 0.2
    if known and _in_row(fact, name, intent):
        return 0.3
    soft = _SOFT_OF_MANY if intent.kind in ("superlative", "list", "comparison") else _SOFT
    if set(name.types) == {"place"} and not _there(fact, entities, intent):
        return -1.0
    if _MARKET.fullmatch(surface) or (set(name.types) <= soft and known):
        return 0.1
    return -1.0


def _rival(fact: Fact, name: Name, intent: Intent) -> bool:
    """Whether a figure of one good or index is asked for, and the fact is of another's."""
    told = intent.kind in ("lookup", "verify")
    if not told or fact.subject is None or fact.subject.type not in _RIVALS:
        return False
    alike = [n for n in intent.names if fact.subject.type in n.types]
    return alike == [name] and fact.subject.type in name.types


def _other_number(fact: Fact, name: str) -> bool:
    """Whether another of a numbered row is told of: 大基金二期, asked of 大基金三期."""
    told = fact.segment
    return name not in told and any(row.search(told) is not None for row in _numbered(name))


@lru_cache(maxsize=4096)
def _numbered(name: str) -> Sequence[re.Pattern[str]]:
    parts = re.split(r"[一二三四五六七八九十](?=[期代号季])", name)
    if len(parts) != 2 or len(parts[0]) < 2:
        return ()
    head, tail = map(re.escape, parts)
    return (re.compile(f"{head}[一二三四五六七八九十]{tail}"),)


def _on_topic(fact: Fact, name: Name, intent: Intent) -> bool:
    """Whether *name* is what the section measures, and another name the subject: 德国GDP."""
    if not set(name.types) <= _MEASURES or not any(is_subject(fact, n) for n in intent.names):
        return False
    view, index = fact.view, fact.figure.sentence
    section = view.sentences[index].section
    near = (i for i, s in enumerate(view.sentences) if s.section == section and i <= index)
    return any(fold(name.surface) in view.resolved[i] for i in near)


def _described(fact: Fact, name: Name) -> bool:
    """Whether *name*, which the document has not, is but a description: 7天期逆回购利率."""
    if "兑" in name.surface:
        return False  # a pair is another pair
    return set(name.types) <= _DESCRIBED and term_coverage(fold(name.surface), fact.whole) >= 0.65


def _there(fact: Fact, places: set[str], intent: Intent) -> bool:
    """Whether what is told without a place is of *places*, which the document speaks of most."""
    if intent.kind in ("verify", "consistency"):
        return True  # another place is what makes a claim false
    view, block = fact.view, fact.view.sentences[fact.figure.sentence].block
    beside = {i for i in view.names_in_block.get(block, frozenset()) if view.is_place(i)}
    beside |= {i for i in view.places if fold(view.entities[i].name) in fact.whole}  # 中国人民银行
    return not beside - places and bool(places & view.main_places)


def _belongs(fact: Fact, name: Name, intent: Intent) -> bool:
    """Whether *name* is the whole that the subject is a part of: 台积电 of 智能手机客户."""
    if not _covered_by_terms(fact, intent) and not any(
        is_subject(fact, other) for other in intent.names
    ):
        return False
    if set(name.types) & _ACTORS and fact.view.told_of(fact.figure) not in (None, *name.entities):
        return False
    shares = any("share" in classes for _, classes in intent.metrics)
    return shares or bool(set(name.types) & (_ACTORS | {"group"}))


def _covered_by_terms(fact: Fact, intent: Intent) -> bool:
    """Whether a noun of the question is short for the subject: AI客户, AI和高性能计算客户."""
    own = _own_names(fact)
    return any(len(t) > 2 and term_coverage(t, name) >= 0.9 for t in intent.terms for name in own)


def _in_row(fact: Fact, name: Name, intent: Intent) -> bool:
    """Whether *name* is but another choice beside the subject: A、B和C中哪个."""
    row: list[Name] = []
    for one, other in pairwise(intent.names):
        between = intent.question[one.span.end : other.span.start]
        if re.fullmatch(r"\s*[和与及、跟同,，/]{1,2}\s*", between):
            row += [one, other]
    return name in row and any(is_subject(fact, other) for other in row)


def _own_names(fact: Fact) -> Sequence[str]:
    entity = fact.subject
    known = (entity.name, *entity.aliases) if entity else ()
    return _of_whole((fact.figure.subject, *known))


@lru_cache(maxsize=65536)
def _of_whole(names: tuple[str, ...]) -> tuple[str, ...]:
    """*names*, folded, without the word for all of it: 全体银行."""
    return tuple(fold(re.sub(r"^(?:全部|全体|整体|所有)(?=..)", "", name)) for name in names)


def _holds(fact: Fact, name: Name) -> bool:
    """Whether *name* is the one whose doing or property the fact is: 美联储 of a target rate.

    One of the subject's own kind is another's: ASML's rise is not 台积电's.
    """
    if fact.subject is None or fact.subject.type in _ACTORS or not set(name.types) & _ACTORS:
        return False
    if fact.subject.type in _PARTS and fact.figure.metric in AMOUNTS:
        return False  # what a business takes in is not what its house does
    return fold(name.surface) in fact.segment.split(fold(fact.figure.text))[0]
