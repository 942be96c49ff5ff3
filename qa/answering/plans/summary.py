"""Extractive summaries, and what the documents say of themselves and of one source."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

from kg.records import AGENTS, Support
from qa.answering.draft import Draft, Line, Workspace
from qa.answering.phrase import sentence_words
from qa.answering.question.sections import asked_section
from qa.answering.question.understand import Intent, Name
from qa.answering.references import Evidence, of_sentence
from qa.answering.text import bigrams, coverage, fold
from qa.answering.view import DocumentView

LIMIT: Final = 640  # characters, references apart; 900 is the format's limit
_MOST_TELLING: Final = 3.0  # about what the best sentence on a topic weighs
_DIGEST: Final = re.compile(r"小结|总结|结论|摘要|综述|核心信息|总体而言|综合来看|总的来看|要点")
_MOST_OF_SOURCE: Final = 6  # sentences that are told of one source, or of several together
_RISK: Final = re.compile(r"风险|不确定|挑战|隐忧|担忧")
_EACH: Final = re.compile(r"各|每|逐一|分别|[几两三四五六]\s?[家个只大]")
_KIND: Final = re.compile(r"业务|板块|行业|分部|产品|公司|企业|银行|车企|品种|指数|机构")
_FAR: Final = 0.3  # of the topic: what a sentence must speak of that search does not find
_OF_FIRM: Final = re.compile(
    r".{0,4}(?:业绩|年报|季报|中报|财报|经营|成绩|成绩单|收入|利润|指引|目标|动态|公告|动作|表态|口头)"
)
_TITLED: Final = 0.75  # of what is asked about: what a title says that names it
_MAIN: Final = 0.5  # of the sentences of a document: what speaks of its subject
_FEW: Final = 2  # sentences that tell of a firm: what is less is no summary
_DOCUMENT: Final = re.compile(
    r"文章|全文|本文|这篇|该文|报告|[周月季年日]报|周评|周记|简报|点评|快讯|综述的|这份|本期"
)
_GENERIC: Final = frozenset(
    (
        "概括 总结 概述 归纳 摘要 简述 综述 要点 主要内容 内容 核心观点 主要观点 观点 判断 结论"
        " 反应 表现 背景 决定 全文"
    ).split()
)


def summary(workspace: Workspace, intent: Intent) -> Draft | None:
    """The most telling sentences on what is asked, in the order of the text."""
    words = (
        *_topic(intent),
        *(w for w, _ in intent.metrics),
        *(fold(n.surface) for n in intent.names),
        *(fold(p.text) for p in intent.periods),
    )
    question = fold(intent.question)
    kinds = tuple(_KIND.findall(question)) if _EACH.search(question) else ()
    searched = {(d, i): s for d, i, s in workspace.search(intent.question, 30)}
    ranked: list[tuple[float, DocumentView, int]] = []
    for view in workspace.views:
        part = asked_section(intent.question, view)
        on_topic = part is None and words and not _of_all(view, words, intent)
        if on_topic and coverage(words, view.whole) < 0.25:
            continue
        weights = _weights(view)
        for index, sentence in enumerate(view.sentences):
            if sentence.kind in ("table", "caption") or part not in (None, sentence.section):
                continue
            score = weights[index]
            if on_topic:
                told = _relevance(view, index, words, kinds) * _nearness(view, index, intent)
                headed = any(t in view.setting(index) for t in _GENERIC if t in question)
                search = searched.get((view.doc, index), 0.0)
                each = 0.5 * bool(kinds) * _tells_of(view, index, intent)
                score = 0.4 * score + 1.6 * told + 0.5 * search + 0.4 * headed + each
                if told < _FAR and (view.doc, index) not in searched:
                    continue
            ranked.append((score, view, index))
    ranked.sort(key=lambda item: (-item[0], item[1].doc, item[2]))
    chosen = _within_limit(_on_agents(ranked, intent))
    if not chosen:
        return None
    chosen.sort(key=lambda item: (item[0].doc, item[1]))
    lines = tuple(Line(_words(view, index), (of_sentence(view, index),)) for view, index in chosen)
    telling = sorted((score for score, _, _ in ranked), reverse=True)[:3]
    return Draft(lines=lines, confidence=min(1.0, sum(telling) / (3 * _MOST_TELLING)))


def names_document(text: str) -> bool:
    """Whether *text* calls a document so: 这篇文章, 全文."""
    return _DOCUMENT.search(text) is not None


def asks_whole(intent: Intent) -> bool:
    """Whether a summary is asked for of what no word narrows: 这篇文章主要讲了什么."""
    return not (intent.names or intent.metrics or intent.periods or _topic(intent))


def of_each(workspace: Workspace, intent: Intent) -> Draft | None:
    """The most telling sentence of each document."""
    lines = []
    for view in workspace.views:
        weights = _weights(view)
        told = [i for i, s in enumerate(view.sentences) if s.kind not in ("table", "caption")]
        if told:
            best = max(told, key=lambda i: (weights[i], -i))
            lines.append(Line(_words(view, best), (of_sentence(view, best),), bullet=True))
    return Draft(lines=tuple(lines)) if lines else None


def _topic(intent: Intent) -> tuple[str, ...]:
    """The nouns of a question, without the words that only ask for a summary."""
    generic = "|".join(sorted(_GENERIC, key=len, reverse=True))
    terms = (re.sub(generic, "", term) for term in intent.terms)
    return tuple(term for term in terms if len(term) > 1)


def _of_all(view: DocumentView, words: Sequence[str], intent: Intent) -> bool:
    """Whether all of a document is asked for: its title says it, and most is of who is named."""
    if coverage(words, view.title) < _TITLED:
        return False
    named = [n for n in intent.names if not set(n.types) & {"place", "event"}]
    if not named:
        return names_document(intent.question)
    return all(_share_of(view, name) >= _MAIN for name in named)


def _share_of(view: DocumentView, name: Name) -> float:
    """The share of the sentences that speak of *name*."""
    entities, surface = set(name.entities), fold(name.surface)
    told = sum(
        bool(entities & view.names_in.get(index, frozenset())) or surface in words
        for index, words in enumerate(view.resolved)
    )
    return told / len(view.resolved) if view.resolved else 0.0


def _on_agents(
    ranked: Sequence[tuple[float, DocumentView, int]], intent: Intent
) -> Sequence[tuple[float, DocumentView, int]]:
    """Those of *ranked* that speak of the firms or people named, and not of others alone."""
    agents = [name for name in intent.names if set(name.types) & AGENTS]
    if any(not _OF_FIRM.fullmatch(term) for term in _topic(intent)):
        return ranked  # what others say of it is asked for, too
    wanted = {entity for name in agents for entity in name.entities}
    if not wanted:
        return ranked
    for view in {id(view): view for _, view, _ in ranked}.values():
        if view.protagonist in wanted:
            return ranked  # most of it is of them, whether it says so or not
        wanted |= {o.person for o in view.extraction.offices if o.organisation in wanted}
    own = [
        (score, view, index)
        for score, view, index in ranked
        if wanted & view.names_in.get(index, frozenset()) or _stays_with(view, index, wanted)
    ]
    return own if len(own) >= _FEW else ranked


def _stays_with(view: DocumentView, index: int, wanted: set[str]) -> bool:
    """Whether sentence *index* names no other agent, and the last one before it is of *wanted*."""
    block = view.sentences[index].block
    for at in range(index, -1, -1):
        if view.sentences[at].block != block:
            break
        present = view.names_in.get(at, frozenset())
        if any(i in view.entities and view.entities[i].type in AGENTS for i in present):
            return bool(present & wanted)
    return False


def _relevance(view: DocumentView, index: int, words: Sequence[str], kinds: Sequence[str]) -> float:
    """How far sentence *index*, its heading or its paragraph speaks of *words*, 0 to 1."""
    sentence = view.sentences[index]
    heading = fold(sentence.section or "")
    beside = 0.7 * coverage(words, view.block_text[sentence.block])
    headed = 0.9 * coverage(words, heading) if words else 0.0
    headed = max(headed, 0.8 * any(kind in heading for kind in kinds))
    return max(coverage(words, view.resolved[index]), headed, beside)


def _nearness(view: DocumentView, index: int, intent: Intent) -> float:
    """1 where sentence *index* or its paragraph names a firm or person that is asked about."""
    agents = [
        n for n in intent.names if set(n.types) & AGENTS and fold(n.surface) not in view.title
    ]
    entities = {i for name in agents for i in name.entities}
    if not agents or entities & view.names_in.get(index, frozenset()):
        return 1.0
    block = view.sentences[index].block
    return 0.7 if entities & view.names_in_block.get(block, frozenset()) else 0.4


def _tells_of(view: DocumentView, index: int, intent: Intent) -> bool:
    """Whether sentence *index* has a figure of one of the kind that is asked about."""
    return any(
        fact.figure.sentence == index
        and fact.subject is not None
        and fact.subject.type in intent.group
        and fact.subject.id not in intent.entities
        for fact in view.facts
    )


def about(workspace: Workspace, intent: Intent) -> Draft | None:
    """Title, date, publisher and author, as the documents give them."""
    lines = []
    for view in workspace.views:
        data = view.extraction.document.metadata
        parts = [f"《{data.title}》"]
        if data.published:
            parts.append(f"{data.published:%Y}年{data.published.month}月{data.published.day}日")
        parts += [x for x in (data.publisher, data.author) if x]
        first = view.extraction.document.lines[0]
        evidence = Evidence(view, first.span, first.block, Support(citations=(), scope="none"))
        lines.append(Line("，".join(parts), (evidence,), bullet=len(workspace.views) > 1))
    return Draft(lines=tuple(lines)) if lines else None


def by_source(workspace: Workspace, intent: Intent) -> Draft | None:
    """The sentences that carry a source's number, of each document that has it."""
    told = [found for view in workspace.views if (found := _of_source(view, intent.sources))]
    each = max(1, _MOST_OF_SOURCE // len(told)) if told else 0
    lines = tuple(line for found in told for line in found[:each])
    return Draft(lines=lines) if lines else None


def _of_source(view: DocumentView, numbers: Sequence[str]) -> list[Line]:
    return [
        Line(_words(view, index), (of_sentence(view, index),), bullet=True)
        for index, sentence in enumerate(view.sentences)
        if sentence.kind != "caption"
        and view.support(index).scope == "direct"
        and set(view.support(index).citations) & set(numbers)
    ]


def _words(view: DocumentView, index: int) -> str:
    sentence = view.sentences[index]
    words = sentence_words(view.text, sentence.span)
    return f"{sentence.lead.of(view.text)}{words}" if sentence.lead else words


def _weights(view: DocumentView) -> list[float]:
    """How telling each sentence is: central words, figures, sources, and its place."""
    grams = [set(bigrams(text)) for text in view.resolved]
    spread = Counter(g for pieces in grams for g in pieces)
    facts: dict[int, int] = defaultdict(int)
    for figure in view.extraction.figures:
        facts[figure.sentence] += 1
    sections: set[str | None] = set()
    weights = []
    for index, sentence in enumerate(view.sentences):
        pieces = grams[index]
        central = sum(min(spread[g], 6) for g in pieces) / (6 * len(pieces)) if pieces else 0.0
        score = 0.8 * central + 0.25 * min(facts[index], 3)
        score += 0.25 if view.support(index).scope == "direct" else 0.0
        if sentence.section not in sections:
            sections.add(sentence.section)
            score += 0.2
        digest = f"{sentence.section or ''}{view.sentence_text(index)[:8]}"
        if _DIGEST.search(digest):
            score += 0.9
        if _RISK.search(sentence.section or ""):
            score += 0.15
        weights.append(score)
    return weights


def _within_limit(
    ranked: Sequence[tuple[float, DocumentView, int]],
) -> list[tuple[DocumentView, int]]:
    chosen: list[tuple[DocumentView, int]] = []
    said: set[str] = set()
    spent = 0
    floor = 0.3 * ranked[0][0] if ranked else 0.0
    for score, view, index in ranked:
        words = _words(view, index)
        pieces = set(bigrams(fold(words)))
        repeated = len(pieces & said) / len(pieces) if pieces else 1.0
        if score < floor or repeated > 0.75 or spent + len(words) > LIMIT:
            continue
        chosen.append((view, index))
        said |= pieces
        spent += len(words)
        if len(chosen) >= 8:
            break
    return chosen
