"""Why-questions: the sentence that tells the cause, with the next where the cause stands there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from qa.answering.classes import MOVES
from qa.answering.draft import Draft, Workspace
from qa.answering.facts.naming import is_subject
from qa.answering.facts.sentences import Passage, best_passages, overlap
from qa.answering.plans.causes import CAUSING, claimed, explained, explains_another
from qa.answering.plans.passages import said
from qa.answering.question.understand import Intent
from qa.answering.text import coverage, fold
from qa.answering.view import DocumentView

_CLAIMED: Final = 0.6  # what a claimed cause adds to the score of its sentence,
_EXPLAINS_ALL: Final = 0.75  # once more where it explains just what is asked
_SUPPOSED: Final = re.compile(r"若(?!干)|如果|一旦|假如|倘")
_MAY_BE: Final = re.compile(_SUPPOSED.pattern + r"|可能|[会将](?!议|计)|预[计期测]|有望|未来")
_EXPLAINS_SOME: Final = 0.2
_HALF: Final = 0.5  # of what a question speaks of
_NEARLY: Final = 0.6  # of a score, below the best
_ALIKE: Final = 0.1  # of a share of the question, below the best,
_LESS_ALIKE: Final = 0.3  # in another paragraph, which need not say again what moved
_CAUSE: Final = re.compile(
    r"因(?!此)|形成|而成|累积|由于|原因|主因|受.{1,20}(影响|拖累|推动|提振|制约|冲击|带动)|得益于|受益于|推动|拖累|源于|来自|归因"
    r"|促使|导致|使得?|带来|驱动|担忧|为了?.{2,16}(以|而)|以维持|以应对|支撑|吸引|催化|依赖|通过|由此"
    r"|(?<!有)理由|导火索|诱因|推手|推力|根源|底气|缘于|担心|借机|趁|在于|靠(?![前后近])|逻辑|等不及|叠加|随着|伴随|面对|鉴于|把.{2,12}[前后]移"
    r"|若(?!干)|如果|一旦|从而|以致|有赖|归功|所赐|有关|压力|限制|受限|不足|透支"
    r"|所致|功不可没|居功|贡献突出|抱有?期待|寄予厚望|憧憬|竞争加剧"
)
_CAUSE_NEXT: Final = re.compile(
    r"^(这|此举|原因|主要原因|主因|其原因|背后|理由|后者|前者|该(?!组织|机构|公司|集团|行|局|会|所|部))"
)
_CAUSE_TOLD: Final = re.compile(
    r"^[^，,]{0,10}(催化|原因|导火索|诱因|背后|理由|主因|推手)|是(主要)?(拖累|原因|主因|推手|动因)"
    r"|得益于|受益于|源于|归因于|因为|由于"
)
_BECAUSE: Final = re.compile(
    r"因(?!素|子|此)|由于|原因|主因|源于|得益于|受益于|归因|缘于|(?<!有)理由|导火索|诱因|推手|根源|催化|所致|与.{2,30}有关"
)
_GIVEN: Final = re.compile(r"(?<=.{4})(?:理由|原因|主因)(?:是|在于)|(?<=.{4})(?:源于|缘于|归因于)")
_EXPLAINS: Final = re.compile(r"这种|这一|这些|该.{1,8}是|原因")
_NEWS: Final = re.compile(r"报道称?|传闻|据传|消息|宣布|公布|发布|担心|担忧|预期|政策|限制|制裁")
_VAGUE: Final = re.compile(
    r"(多个|若干|一系列|多重|以下|几个)[^，。,]{0,8}(因素|催化剂|原因|理由|动因)"
)
# The words of a question that ask for a cause, which no answer needs to hold.
_ASKING: Final = re.compile(
    r"为什么|为何|为啥|怎么(?:会|就|比|反|还|突然|这么|那么|回事)?|咋|凭什么|靠(?:的是)?什么|原因|缘由|缘故|理由|依据|根据"
    r"|逻辑|底气|道理|考量|背景|直接|主要|最大|核心|催化剂?|导火索|诱因|起因|成因|动因|动力|推手|推力|根源|主因|因素|驱动"
    r"|引起|引发|触发|造成|导致|带来|促使|刺激|何在|何以|哪来|什么|啥|是|的|了|在|呢|吗|[?？。]"
)
_GROUNDS: Final = re.compile(r"(为什么|为何|凭什么|怎么)[能会]?(说|认为|称)")
_OF_A_VIEW: Final = re.compile(
    r"(?:预[计期测]|目标价|评级|[上下]调).*(?:理由|依据)(?:是|为|在于)"
)  # 预计均价…，他的理由是…
_ON_VIEWS: Final = re.compile(
    r"预[计期测判]|[预会]估|看|认为|建议|评级|目标|[上下]调|维持|推荐|判断|观点|展望|理由|依据|押注|担[心忧]|提醒|乐观|悲观|谨慎"
)
_SORT: Final = re.compile(r"[股板块概念]+$")  # 芯片股走弱 is told of 芯片
_SO_MANY: Final = re.compile(r"[两二三四五六七八九十几数\d](?:[家只个类支款种座位名]|大)大?$")


def why(workspace: Workspace, intent: Intent) -> Draft | None:
    """The sentence that gives the cause, and the next where the cause stands there.

    A sentence that claims a cause of what is asked goes before others as likely.
    """
    asked = _of_effect(intent)
    found = _found(workspace, asked, intent) or _found(workspace, _without_sets(asked), intent)
    if not found and asked.names and asked.hints:  # A客运量为何下滑, of A的下滑与B有关
        bare = replace(asked, metrics=())
        found = [p for p in _found(workspace, bare, intent) if _says_why(p, asked)]
    if not _GROUNDS.search(intent.question):
        found = [p for p in found if _says_why(p, asked) or not _of_another(p, asked)]
    found = [p for p in found if not _of_a_view(p, asked)]
    if not found:
        return None
    top = _telling(found, asked)
    chosen = [top.index, *_below(top, asked)]
    view = top.view
    if not any(_CAUSE.search(view.sentence_text(i)) for i in chosen[:1]) and len(chosen) < 2:
        others = [p.index for p in found[1:3] if p.view is view and p.score > top.score - 0.25]
        told = [i for i in others if _CAUSE.search(view.sentence_text(i))]
        chosen = [*chosen, *told[:1]] if told else _elsewhere(workspace, asked, top)
        if not chosen and (_in_own_words(top, asked) or _GROUNDS.search(intent.question)):
            chosen = [top.index]
    causes = [cause for i in chosen for cause in claimed(view, i)]
    grounds = _GROUNDS.search(intent.question)
    sure = grounds or _says_why(top, asked)
    if not chosen or (not sure and explains_another(view, causes, asked)):
        return None
    if not grounds and not _gives_cause(top, chosen, asked):
        return None
    return said(top, chosen, limit=420)


def _of_a_view(passage: Passage, intent: Intent) -> bool:
    """Whether a sentence gives the reason of a forecast, and it is asked why something happened."""
    if _ON_VIEWS.search(intent.question) or _in_own_words(passage, intent):
        return False
    return _OF_A_VIEW.search(passage.view.sentence_text(passage.index)) is not None


def _of_another(passage: Passage, intent: Intent) -> bool:
    """Whether all the causes that a sentence claims are of something else."""
    return explains_another(passage.view, claimed(passage.view, passage.index), intent)


def _says_why(passage: Passage, intent: Intent) -> bool:
    """Whether the part of a sentence that names what is asked says because: A因…；B得益于…."""
    for part in re.split("[;；]", fold(passage.view.sentence_text(passage.index))):
        given = _GIVEN.search(part)
        effect = part[: given.start()] if given else part  # 目标价下调，理由是日元升值
        named = any(fold(name.surface) in effect for name in intent.names)
        if named and all(hint in effect for hint in intent.hints) and _BECAUSE.search(part):
            return True
    return False


def _gives_cause(top: Passage, chosen: Sequence[int], intent: Intent) -> bool:
    """Whether sentences that do not say because, or of something else, give a cause all the same.

    They do where they speak of most of what is asked, and of what happened to it or of causing.
    """
    view = top.view
    explains = explained(view, [c for i in chosen for c in claimed(view, i)], intent)
    because = any(_BECAUSE.search(view.sentence_text(i)) for i in chosen)
    if explains > _EXPLAINS_SOME:
        return True
    told = "|".join(view.resolved[i] for i in chosen)
    content = (*intent.terms, *(word for word, _ in intent.metrics))
    spoken = coverage(content, told)
    named = not intent.names or any(view.speaks_of(i, n) for n in intent.names for i in chosen)
    if because:
        return named or not content or spoken > 0
    happened = coverage(intent.hints, told) if intent.hints else 0.0
    if not named and not happened and not (intent.terms and coverage(intent.terms, told) == 1.0):
        return False
    if top.share <= _HALF and spoken <= _HALF:
        return False
    if _SUPPOSED.search(view.sentence_text(top.index)) and not _MAY_BE.search(intent.question):
        return False  # what would happen is no cause of what did
    causing = _CAUSE.search(view.sentence_text(top.index)) is not None
    return causing or not intent.hints or happened > 0


def _in_own_words(top: Passage, intent: Intent) -> bool:
    """Whether a passage tells what one whom the question names says, which is reason enough."""
    said_here = (s for s in top.view.extraction.statements if s.sentence == top.index)
    return any(s.speaker in intent.entities for s in said_here)


def _of_effect(intent: Intent) -> Intent:
    """*intent* without the words that only ask for a cause, and for which way a price went."""
    own = any(set(name.types) != {"place"} for name in intent.names)
    terms = (
        _SORT.sub("", _ASKING.sub("", term)) for term in intent.terms if not CAUSING.fullmatch(term)
    )
    return replace(
        intent,
        terms=tuple(term for term in terms if term),
        metrics=tuple(
            pair for pair in intent.metrics if not (own and set(pair[1]) <= MOVES | {"other"})
        ),
        hints=tuple(
            hint for hint in intent.hints if _ASKING.sub("", hint) and not CAUSING.fullmatch(hint)
        ),
    )


def _without_sets(intent: Intent) -> Intent:
    """*intent* without the kinds of which it says how many: 两家大银行."""
    return replace(
        intent,
        names=tuple(
            n for n in intent.names if not _SO_MANY.search(intent.question[: n.span.start])
        ),
    )


def _found(workspace: Workspace, intent: Intent, whole: Intent) -> list[Passage]:
    """The sentences that speak of the effect, those that explain it first."""
    found = best_passages(workspace, intent, needed=0.5, cue=_CAUSE)
    focus = _focus(intent.question)
    return sorted(
        (
            replace(p, score=p.score + _lift(p, whole, focus))
            for p in found
            if not _denies(p, whole)
        ),
        key=lambda p: (-p.score, p.view.doc, p.index),
    )


def _denies(passage: Passage, intent: Intent) -> bool:
    """Whether all that the document tells of a price is that it went the other way."""
    if "price_change" not in intent.metric_classes or "抗跌" in intent.question:
        return False
    told = [
        fact.size * intent.direction
        for fact in passage.view.facts
        if fact.figure.metric == "price_change"
        and any(is_subject(fact, name) for name in intent.names)
    ]
    return bool(told) and max(told) < 0


def _lift(passage: Passage, intent: Intent, focus: str) -> float:
    """What counts for a sentence beside what it speaks of: that it explains just that."""
    view, index = passage.view, passage.index
    text = view.sentence_text(index)
    causes = claimed(view, index)
    share = explained(view, causes, intent)
    lift = _CLAIMED * (share + (share >= _EXPLAINS_ALL))
    told = [fold(cause.subject.text) for cause in causes]
    moved = [fold(n.surface) for n in intent.names] if intent.hints else []
    if any(term in words for words in told for term in intent.terms) or any(
        all(word in words for word in (*moved, *intent.hints)) for words in told if moved
    ):
        lift -= _CLAIMED * (share < _CLAIMED)  # 芯片股 weighs on another; 日元升值 does
    lift += 0.2 if _BECAUSE.search(text) else 0.0
    lift += 0.3 if _EXPLAINS.match(text) else 0.0
    return lift + 0.4 * overlap(focus, view.resolved[index])


def _focus(question: str) -> str:
    """What is to be explained: 高开低走 where it is asked 业绩平稳，股价却高开低走，原因何在."""
    clauses = [_ASKING.sub("", part) for part in re.split("[,，]", question)]
    told = [part for part in clauses if len(part) > 1]
    return re.sub(".*[却反但]", "", told[-1]) if told else question


def _telling(found: Sequence[Passage], intent: Intent) -> Passage:
    """The best passage, or one nearly as good that says because where it does not."""
    top = found[0]
    if _CAUSE.search(top.view.sentence_text(top.index)) or _below(top, intent):
        return top
    because = (
        p
        for p in found[1:6]
        if p.score > top.score - _NEARLY
        and p.share > top.share - _ALIKE
        and _BECAUSE.search(p.view.sentence_text(p.index))
    )
    return next(because, top)


def _below(top: Passage, intent: Intent) -> list[int]:
    """The next sentences of the paragraph, where they tell the cause: 直接的催化来自…."""
    view, text = top.view, top.view.sentence_text(top.index)
    rest = _rest_of_block(view, top.index)
    after = [i for i in rest if not _of_others(view, i, intent)]
    if _VAGUE.search(text):  # 多个因素: the next sentences say which
        return rest[:2]
    caused = _CAUSE.search(text) is not None
    if rest and _CAUSE_NEXT.match(view.sentence_text(rest[0])):
        return rest[:1]
    if caused:
        return []
    if after and _CAUSE.search(view.sentence_text(after[0])):
        return after[:1]
    for cue in (_CAUSE_TOLD, _NEWS):
        told = [i for i in after[:3] if cue.search(view.sentence_text(i))]
        if told:
            return told[:1]
    return []


def _of_others(view: DocumentView, index: int, intent: Intent) -> bool:
    """Whether sentence *index* names others of the kind that the question names, and not it."""
    if any(view.speaks_of(index, name) for name in intent.names):
        return False
    types = {kind for name in intent.names for kind in name.types}
    named = view.names_in.get(index, frozenset())
    return any(view.entities[i].type in types for i in named if i in view.entities)


def _rest_of_block(view: DocumentView, index: int) -> list[int]:
    block = view.sentences[index].block
    return [i for i in range(index + 1, len(view.sentences)) if view.sentences[i].block == block]


def _elsewhere(workspace: Workspace, intent: Intent, top: Passage) -> list[int]:
    """The sentence of another paragraph that says because, where that of the fall does not."""
    loose = best_passages(workspace, intent, needed=0.3, cue=_CAUSE)
    return [
        p.index
        for p in loose
        if p.view is top.view
        and p.share > top.share - _LESS_ALIKE
        and not _of_others(p.view, p.index, intent)
        and not _of_a_view(p, intent)
        and _BECAUSE.search(fold(p.view.sentence_text(p.index)))
    ][:1]
