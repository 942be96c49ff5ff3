"""What a question demands beyond subject, metric and period, and that a fact must meet.

A fact of the right kind about another tenor (2年期, 10年期), another threshold (低于180美元),
another side (离岸, 在岸) or from another forecaster answers a different question.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from kg.records import AGENTS
from qa.answering.classes import AMOUNTS, GROWTH, MOVES
from qa.answering.facts.amounts import equal
from qa.answering.facts.timing import is_origin
from qa.answering.question.understand import Intent, Name
from qa.answering.text import fold
from qa.answering.view import DocumentView, Fact

_IF: Final = re.compile(r"若(?!干)|如果|假如|假设|倘|一旦|站[上稳]|跌破|守住|突破")
_PER: Final = re.compile(
    r"每(?:上涨|下跌|上升|下降|增加|减少|提高|降低|变动|[涨跌升降增减])(?:$|\d)"
)
_GOODS: Final = re.compile(r"([金银铜铝锌铅镍锡油气煤钢锂])价")
_SIZE: Final = re.compile(
    r"(?<![\d.])\d+(?:\.\d+)?(?:英寸|寸|毫?升|[纳微毫厘]米|nm|[gt]b|kwh|千瓦时?|克拉?|马力)(?=[\u4e00-\u9fff]{2})"
)
_PAIR: Final = re.compile(r"([\u4e00-\u9fff]{2})兑(?:[在离]岸)?([\u4e00-\u9fff]{1,2})")
_FELL_BY: Final = re.compile(r"[涨跌升降增减][了出]?(?:多少|几)[\u4e00-\u9fff]{0,2}[元块]")
_CAME_TO: Final = re.compile(r"[至到]了?$")
_TARGET: Final = re.compile(r"目标[价位点]")
_UNDONE: Final = re.compile(
    r"(上调|下调|调整|上修|下修|涨价|降价|提价|加息|降息)[之以]?前(?!景|瞻)"
)
_TENOR: Final = re.compile(
    r"(?:\d+|[一二三六九十]+)(?:年|个?月|天|日|周)期|隔夜(?=利率|拆借|回购|期|[a-z])"
)
_VIEW: Final = re.compile(r"看|认为|预计|预期|预测|评价|判断|观点|态度|怎么说|如何说|表态")
_SESSION: Final = re.compile(r"盘前|(?<!收)盘后")
_QUOTED: Final = re.compile(
    r"(?:[收现]?报收?|收[于在市])[于在]?(?:每[\u4e00-\u9fff]{1,2}|什么|哪个)?(?:多少|几|价|哪里)"
)
_MOVED: Final = re.compile("[涨跌升降]")
_HOUSES: Final = AGENTS - {"person"}
_NO_PRICES: Final = AMOUNTS | GROWTH | {"margin", "share", "valuation", "count", "duration"}
_JUDGED: Final = frozenset({"verify", "consistency"})
_GUIDED: Final = re.compile(r"指引|目标(?!价)|计划|承诺")
_EXPECTED: Final = re.compile(r"预期|预测|分析师|市场")
_BY_OTHERS: Final = re.compile(r"(市场|分析师|一致|卖方|华尔街)[^，,]{0,8}(预期|预测)")
# Words that tell one side of a pair from the other: a figure of the one is none of the other.
# A slash is between words for one side.
_SIDES: Final = tuple(
    tuple(row.split())
    for row in (
        "离岸 在岸",
        "进口 出口",
        "线上 线下",
        "国内 海外 境外 国际市场",
        "工业级 电池级",
        "多头 空头",
        "最高 最低",
        "买方 卖方",
        "批发 零售",
        "现货 期货",
        "新增 存量",
        "核心 整体",
        "名义 实际",
        "城镇 农村",
        "一线 二线 三线",
        "盘前 盘中 盘后",
        "开盘 收盘/收于/收报/收市/报收",
        "轿车 卡车",
        "活期 定期",
        "上游 中游 下游",
        "首套 二套",
        "新房 二手房",
        "对公 零售",
        "国有 民营",
        "a股 h股 港股 美股",
        "全球 亚洲 欧洲 北美 拉美 非洲",
        "股票 债券",
    )
)


def unmet(fact: Fact, intent: Intent) -> bool:
    """Whether *fact* is of another tenor, threshold, side or forecaster than *intent* asks for."""
    return (
        _other_tenor(fact, intent)
        or _other_threshold(fact, intent)
        or _other_size(fact, intent)
        or _other_side(fact, intent)
        or _of_the_rest(fact, intent)
        or _other_voice(fact, intent)
        or _expected_by_others(fact, intent)
        or _not_the_target(fact, intent)
        or _other_goods(fact, intent)
        or _other_pair(fact, intent)
        or _come_to(fact, intent)
        or _not_undone(fact, intent)
        or _of_the_core(fact, intent)
        or _supposed(fact, intent)
        or _other_session(fact, intent)
        or _not_quoted(fact, intent)
    )


def _other_tenor(fact: Fact, intent: Intent) -> bool:
    asked = set(_TENOR.findall(fold(intent.question)))
    if not asked:
        return False
    own = set(_TENOR.findall(fold(fact.figure.subject))) or set(_TENOR.findall(fact.near))
    return (bool(own) and not own & asked) or (not own and not any(t in fact.whole for t in asked))


def _other_threshold(fact: Fact, intent: Intent) -> bool:
    """高于220美元的概率 answers for no other amount than that."""
    if intent.kind in _JUDGED:
        return False
    asked = [q for q in intent.quantities if q.unit not in ("count", "number")]
    figures = [f for f in fact.view.extraction.figures if f.sentence == fact.figure.sentence]
    return not all(
        fold(q.text) in fact.whole + fact.setting or any(equal(f, q) for f in figures)
        for q in asked
    )


def _other_size(fact: Fact, intent: Intent) -> bool:
    """Whether the part of the sentence is of no good of the size asked for: 55英寸电视面板."""
    told = fact.segment + fact.setting
    return any(size not in told for size in _SIZE.findall(fold(intent.question)))


def _other_side(fact: Fact, intent: Intent) -> bool:
    told = fact.near
    return any(
        not _any(asked, told)
        and any(_any(side, told) for side in sides)
        and not _any(asked, fact.segment)
        for asked, sides in _sides_asked(fold(intent.question))
    )


@lru_cache(maxsize=64)
def _sides_asked(question: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The side that *question* is of, with all sides, wherever it is of one alone."""
    found = []
    for sides in _SIDES:
        asked = [side for side in sides if _any(side, question)]
        if len(asked) == 1:
            found.append((asked[0], sides))
    return tuple(found)


def _any(side: str, text: str) -> bool:
    return any(word in text for word in side.split("/"))


def _of_the_rest(fact: Fact, intent: Intent) -> bool:
    """非金融企业 are not 金融企业."""
    own, question = fold(fact.figure.subject), fold(intent.question)
    at = own.find("非")
    return at >= 0 and "非" not in question and len(own) > at + 2 and own[at + 1 :] in question


def _of_the_core(fact: Fact, intent: Intent) -> bool:
    """Whether the figure is of a core index, and the question of the whole: 核心CPI, CPI."""
    asked = (intent.question, *(name.surface for name in intent.names))
    return fold(fact.figure.subject).startswith("核心") and not any("核心" in a for a in asked)


def _supposed(fact: Fact, intent: Intent) -> bool:
    """Whether the figure is but supposed, and the question asks how it is: 若站上每桶80美元."""
    told = fact.near.split(fold(fact.figure.text))[0]
    return any(cue.search(told) and not cue.search(intent.question) for cue in (_IF, _PER))


def _other_session(fact: Fact, intent: Intent) -> bool:
    """Whether a move before the opening or after the close is asked for, and none is told."""
    return not in_session(fact.view, fact.figure.sentence, intent)


def in_session(view: DocumentView, index: int, intent: Intent) -> bool:
    """Whether a sentence is of the part of a day that is asked about, before or after trading."""
    asked = _SESSION.search(intent.question)
    told = view.resolved[index] + view.setting(index) + view.before(index)
    return asked is None or asked[0] in told


def _not_quoted(fact: Fact, intent: Intent) -> bool:
    """Whether it is asked what something stood at, and the figure is of a sum, move or range."""
    figure = fact.figure
    if not _QUOTED.search(intent.question):
        return False
    paid = "息" in (figure.metric_words or "") and figure.metric == "other"  # 每股股息
    moved = figure.metric == "price_change" and not _MOVED.search(intent.question)
    ranged = figure.metric == "level" and figure.value is None
    aimed = _TARGET.search(fact.segment) is not None and not _TARGET.search(intent.question)
    return paid or moved or ranged or aimed or figure.metric in _NO_PRICES


def _other_voice(fact: Fact, intent: Intent) -> bool:
    """Whether a view is asked of one, and the figure is told by or of another."""
    voice = intent.voice
    if voice is None:
        return False
    return not _voiced(fact, _forms(fact, voice), set(voice.entities))


def _expected_by_others(fact: Fact, intent: Intent) -> bool:
    """Whether guidance is asked for, and the figure is what the market expected."""
    guided = _GUIDED.search(intent.question) and not _EXPECTED.search(intent.question)
    return bool(guided) and _BY_OTHERS.search(fact.near.split("|")[0]) is not None


def _other_goods(fact: Fact, intent: Intent) -> bool:
    """Whether the price of one good is asked for, and the figure is of another: 金价, 油价."""
    goods = {good for good in _GOODS.findall(fold(intent.question))}
    told = fact.segment + fact.setting
    return bool(goods) and intent.kind not in _JUDGED and not any(good in told for good in goods)


def _other_pair(fact: Fact, intent: Intent) -> bool:
    """Whether one currency against another is asked for, and the figure is of two others."""
    asked, told = _PAIR.search(fold(intent.question)), fold(fact.figure.subject)
    return asked is not None and "兑" in told and any(side not in told for side in asked.groups())


def _come_to(fact: Fact, intent: Intent) -> bool:
    """Whether it is asked by how much money a price moved, and the figure is where it came to."""
    if intent.kind != "lookup" or fact.figure.metric != "level":
        return False
    if len(intent.periods) > 1 or not _FELL_BY.search(intent.question):
        return False  # from then to now it is to be computed
    return _CAME_TO.search(fact.view.text[: fact.figure.span.start][-3:]) is not None


def _not_the_target(fact: Fact, intent: Intent) -> bool:
    """Whether a target price is asked for, and the figure is what something trades at."""
    asked = _TARGET.search(intent.question)
    return bool(asked) and not _TARGET.search(fact.segment) and intent.kind not in _JUDGED


def _not_undone(fact: Fact, intent: Intent) -> bool:
    """Whether the value before a change is asked for, and the figure is none: 上调之前的指引."""
    asked = _UNDONE.search(intent.question)
    return bool(asked) and fact.figure.metric not in MOVES - {"other"} and not is_origin(fact)


def _forms(fact: Fact, name: Name) -> set[str]:
    """All names in the document of what *name* stands for, folded."""
    known = [fact.view.entities[e] for e in name.entities if e in fact.view.entities]
    return {fold(name.surface), *(fold(n) for k in known for n in (k.name, *k.aliases))}


def _voiced(fact: Fact, forms: set[str], entities: set[str]) -> bool:
    """Whether *fact* is by or of the one with these names."""
    figure = fact.figure
    if figure.entity in entities or fold(figure.subject) in forms:
        return True
    if figure.speaker is not None:
        speaker = fold(figure.speaker)
        if any(form in speaker or speaker in form for form in forms):
            return True
        if _is_house(fact.view, speaker):
            return False  # which speaks for itself, whoever stands beside it
        told = fact.segment.split("|")[0]
        return any(form in told for form in forms) or _speaks_for(fact, speaker, forms)
    if any(len(form) > 1 and form in fact.segment.split("|")[0] for form in forms):
        return True
    near = fact.whole + _said_before(fact)  # 程以宁认为…。她预计…
    said = any(len(form) > 1 and form in near for form in forms)
    own = bool(entities & {fact.view.main_agent})
    return (said or own) and not _another_voice(fact, entities)


def _is_house(view: DocumentView, speaker: str) -> bool:
    """Whether the folded name is a firm's or body's that the document knows."""
    return any(speaker in view.called[e.id] for e in view.entities.values() if e.type in _HOUSES)


def _said_before(fact: Fact) -> str:
    """The sentences of the paragraph before that of *fact*, folded."""
    view, index = fact.view, fact.figure.sentence
    block = view.sentences[index].block
    return "".join(view.resolved[i] for i in range(index) if view.sentences[i].block == block)


def on_topic(view: DocumentView, index: int, intent: Intent) -> bool:
    """Whether a sentence gives the view of an agent on what is asked about: 高盛怎么看小盘股.

    What its paragraph speaks of is not enough: the agent may have views on all of it, and others
    on the same.
    """
    topics = [name for name in intent.names if not set(name.types) & (AGENTS | {"place"})]
    agents = {e for name in intent.names if set(name.types) & AGENTS for e in name.entities}
    if not topics or not agents or not _VIEW.search(intent.question):
        return True
    setting = view.setting(index)
    if not all(view.speaks_of(index, name) or fold(name.surface) in setting for name in topics):
        return False
    voices = agents | {o.person for o in view.extraction.offices if o.organisation in agents}
    told = {s.speaker for s in view.extraction.statements if s.sentence == index}
    return bool(voices & (told | view.names_in.get(index, frozenset())))


def voiced(fact: Fact, name: Name) -> bool:
    """Whether the figure is a view, and *name* the one whose it is by the words around."""
    if fact.figure.modality != "forecast" and fact.figure.metric != "forecast":
        return False
    return _voiced(fact, _forms(fact, name), set(name.entities))


def tells_for(fact: Fact, name: Name) -> bool:
    """Whether the figure is told by somebody of *name*: 陆知秋, of 嘉禾证券."""
    speaker = fact.figure.speaker
    return speaker is not None and _speaks_for(fact, fold(speaker), _forms(fact, name))


def _speaks_for(fact: Fact, speaker: str, forms: set[str]) -> bool:
    """Whether the document names the speaker with the house: 野村的远藤正树."""
    return any(
        re.search(rf"{re.escape(form)}[^|,，;；。、和与及]{{0,20}}{re.escape(speaker)}", text)
        for text in fact.view.resolved
        if speaker in text
        for form in forms
    )


def _another_voice(fact: Fact, entities: set[str]) -> bool:
    """Whether the segment of *fact* names another agent than its subject."""
    segment = fact.segment.split("|")[0]
    return any(
        e.type in AGENTS
        and e.id not in entities
        and e.id != fact.figure.entity
        and any(len(n) > 1 and fold(n) in segment for n in (e.name, *e.aliases))
        for e in fact.view.entities.values()
    )
