"""Whether a model brings in what its evidence does not speak of.

The gate holds figures, names, directions and clauses against the passages; a cause put into the
clause of a true figure (由于利率上升, 跌幅约3.64%) has nothing there that contradicts it.  But it
has a noun that none of the passages uses.

What the gate can ask of everybody it asks (`qa.gate.unsaid`, `.roles`, `.contradiction`).  What is
left here stops too many true claims of careful writers to be a verdict on them; of a model it
costs a sentence, for which the built-in one stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ingest.language.lexical import tagger
from ingest.periods import find_periods
from ingest.quantities import find_quantities
from kg.records import Metric
from qa.answering.draft import Line
from qa.answering.facts.metrics import same_metric
from qa.answering.question.cues import METRIC_WORDS
from qa.answering.references import Evidence
from qa.answering.text import fold, term_coverage
from qa.answering.view import Fact
from qa.models.evidence import amount_of

_DENIAL = re.compile(
    "没有|没能|没|未|并非|并不|不[会能是再曾]|无法|从不|不(?=上涨|下跌|增长|涨|跌)|否认"
)
_HEDGE = re.compile(
    "预计|预期|预测|预估|估计|可能|有望|或将|恐将|料将|将|拟|计划|目标|据传|传闻|指引|若|如果"
)
_CLAUSE = re.compile(r"[，,；;：:。、（(]")
_NOUNS = frozenset({"n", "nz", "nw", "nt", "vn", "an", "PER", "ORG", "LOC"})
_KNOWN = 0.5  # of a noun's pairs of characters
_TELLING = frozenset(
    "文章 文中 原文 报道 数据 数值 数字 信息 内容 资料 情况 方面 时间 期间 时期 阶段 同时 结果 "
    "原因 因素 影响 作用 程度 水平 幅度 比例 金额 规模 总额 数量 变化 趋势 走势 涨幅 跌幅 增幅 "
    "降幅 增速 表现 差距 差额 差异 区间 范围 部分 整体 总体 其中 双方 两者 前者 后者 公司 企业 "
    "机构 市场 行业 板块 指数 股票 个股 业绩 交易日 投资者 分析师 人士 观点 看法 预期 问题 "
    "答案 结论".split()
)
"""Nouns that a sentence is told with; none of them says what happened to whom."""


def strange_nouns(text: str, evidence: Iterable[Evidence]) -> tuple[str, ...]:
    """The nouns of *text* that the passages of *evidence*, and what stands above them, lack."""
    around = "|".join(_around(item) for item in evidence)
    return tuple(
        word
        for word, tag in tagger().words([text])[0]
        if tag in _NOUNS
        and len(word) > 1
        and word not in _TELLING
        and term_coverage(fold(word), around) < _KNOWN
    )


def strange_name(text: str, evidence: Sequence[Evidence]) -> str | None:
    """The first name in *text* of one that the passages of *evidence* do not speak of."""
    around = "|".join(_around(item) for item in evidence)
    names = {
        name
        for item in evidence
        for entity in item.view.extraction.entities
        for name in (entity.name, *entity.aliases)
        if len(name) > 1
    }
    rest = fold(text)
    for name in sorted(map(fold, names), key=len, reverse=True):
        if name in rest:
            if name not in around:
                return name
            rest = rest.replace(name, "|")
    return None


def strange_time(text: str, evidence: Sequence[Evidence]) -> str | None:
    """The first time in *text* that the passages of *evidence* do not tell of."""
    figures = [
        figure
        for item in evidence
        for figure in item.view.extraction.figures
        if item.span.contains(figure.span)
    ]
    words = "|".join([*map(_around, evidence), *(fold(f.period or "") for f in figures)])
    days = {(f.period_begin, f.period_end) for f in figures if f.period_begin}
    reference = evidence[0].view.published if evidence else None
    for item in evidence:
        told = find_periods(item.span.of(item.view.text), reference=item.view.published)
        days |= {(period.begin, period.end) for period in told if period.begin}
    for period in find_periods(text, reference=reference):
        if fold(period.text) not in words and (period.begin, period.end) not in days:
            return period.text
    return None


def turned(text: str, evidence: Iterable[Evidence]) -> str | None:
    """The word of denial or doubt in *text* where no passage of *evidence* has one of its kind."""
    passages = "".join(item.span.of(item.view.text) for item in evidence)
    for words in (_DENIAL, _HEDGE):
        if (found := words.search(text)) and not words.search(passages):
            return found[0]
    return None


def misnamed(line: Line) -> str | None:
    """The first figure of *line* that its passage tells as something else.

    涨幅 of what the passage tells as 投资 is not its figure, though value and subject agree, and
    what the passage expects has not happened.  Nor is a figure of one its of another, though the
    passage speaks of both.
    """
    facts = [
        fact
        for item in line.evidence
        for fact in item.view.facts
        if item.span.contains(fact.figure.span)
    ]
    for quantity in find_quantities(line.text):
        same = [fact for fact in facts if amount_of(fact.figure) == amount_of(quantity)]
        clause = fold(_CLAUSE.split(line.text[: quantity.span.start])[-1])
        named = _metric_in(clause)
        if same and named and not any(_is_called(fact, named) for fact in same):
            return quantity.text
        if same and not any(_is_of(fact, clause) for fact in same):
            return quantity.text
        if same and not any(_is_as_sure(fact, clause, line.text) for fact in same):
            return quantity.text
    return None


def _metric_in(clause: str) -> tuple[str, tuple[Metric, ...]] | None:
    """The last word of *clause* that names a metric, with its classes."""
    found = [(clause.rfind(word), word, classes) for word, classes in METRIC_WORDS]
    at, word, classes = max(found, key=lambda each: (each[0], len(each[1])))
    return (word, classes) if at >= 0 else None


def _is_called(fact: Fact, named: tuple[str, tuple[Metric, ...]]) -> bool:
    word, classes = named
    return fact.figure.metric in classes or any(w in fact.near for w in same_metric(word))


def _is_of(fact: Fact, clause: str) -> bool:
    """Whether *clause*, folded, names whom *fact* is told of, or nobody."""
    if fact.figure.entity is None:
        return True
    named: set[str] = set()
    names = [
        (fold(name), entity.id)
        for entity in fact.view.extraction.entities
        for name in (entity.name, *entity.aliases)
        if len(name) > 1
    ]
    for name, _ in sorted(names, key=lambda pair: -len(pair[0])):
        if name in clause:
            named |= {id_ for other, id_ in names if other == name}
            clause = clause.replace(name, "|")
    return not named or fact.figure.entity in named


def _is_as_sure(fact: Fact, clause: str, text: str) -> bool:
    """Whether *clause*, of *text*, tells *fact* as done or expected like its passage does."""
    if fact.figure.modality == "forecast":
        return bool(_HEDGE.search(text))
    return not _HEDGE.search(clause) or bool(_HEDGE.search(fact.near))


def _around(item: Evidence) -> str:
    """The passage with references resolved, its headings, and the title, folded."""
    view = item.view
    found = [i for i, s in enumerate(view.sentences) if item.span.contains(s.span)]
    return "|".join(f"{view.resolved[i]}|{view.setting(i)}" for i in found) or fold(
        item.span.of(view.text)
    )
