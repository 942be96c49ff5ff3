"""Whether something came out above or below what was expected of it or guided to."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import permutations
from typing import Final

from qa.answering.draft import Draft, Line, Workspace
from qa.answering.facts.amounts import scale
from qa.answering.facts.metrics import asked_metrics, metric_fit
from qa.answering.facts.naming import is_subject
from qa.answering.facts.timing import period_fit
from qa.answering.phrase import sentence_words
from qa.answering.proof import judge
from qa.answering.question import cues
from qa.answering.question.understand import Intent
from qa.answering.references import of_sentence
from qa.answering.text import coverage, fold
from qa.answering.view import Fact, around

_EXPECTED: Final = re.compile(r"预期|预测|预估|预计|共识|指引|展望|目标")
_BY_OTHERS: Final = re.compile(r"市场|分析师|机构|华尔街|外界|一致|普遍|经济学家")
_ASKED: Final = re.compile(
    r"(高|低|超|多|少|强|弱|好|差|不及|符合|达到?).{0,6}还是|还是.{0,4}(高|低|超|多|少|强|弱|好|差|不及|符合|达)"
    r"|够得着|够不着|方向.{0,4}(一致|相同|一样|相反)|比.{1,12}(预期|指引|预测|预估)的?[^,，?？]{0,2}(更?[高低好差强弱多少])"
    r"|(与|和|跟|同).{1,12}(预期|指引|预测|预估|预计)[^,，?？]{0,6}(相比|比较|比起来|谁|哪)"
)
_FRAMING: Final = re.compile(
    r".{0,3}(?:上限|下限|上沿|下沿|方向|市场|分析师|预期|指引|预测|预估|此前|先前)"
)
_NEEDED: Final = 0.6  # of what else a question speaks of
_CLAUSE: Final = re.compile(r"(?<!\d),|,(?!\d)|[，；;。！？!?\n]")
_FEWER: Final = re.compile(r"减少|下降|下滑|下跌|萎缩|回落|缩减")


def asked(intent: Intent) -> bool:
    """Whether a question sets something against what was expected of it."""
    question = intent.question
    return bool(_EXPECTED.search(question) and _ASKED.search(question)) and not (
        intent.quantities or intent.asks_number
    )


def against_expected(workspace: Workspace, intent: Intent) -> Draft | None:
    """The verdict, and the sentence that tells both values."""
    terms = tuple(term for term in intent.terms if not _FRAMING.fullmatch(term))
    plain = replace(intent, terms=terms)
    pairs = [
        (score, one, other)
        for view in workspace.views
        for one, other in permutations(view.facts, 2)
        if one.figure.sentence == other.figure.sentence
        and (score := _fit(one, other, plain)) is not None
    ]
    if not pairs:
        return None
    _, came, thought = max(pairs, key=lambda pair: pair[0])
    view, index = came.view, came.figure.sentence
    words = sentence_words(view.text, view.sentences[index].span)
    evidence = (of_sentence(view, index),)
    line = Line(f"{_verdict(came, thought, intent.question)}：{words}", evidence)
    if judge(line, question=intent.question)[0] != "supported":
        line = Line(words, evidence)  # which compares more than the two
    return Draft(lines=(line,), facts=(came, thought))


def _fit(came: Fact, thought: Fact, intent: Intent) -> float | None:
    """How well *came* and *thought* are what a question sets against each other; None if not."""
    a, b = came.figure, thought.figure
    if scale(a.unit) != scale(b.unit) or a.span.start > b.span.start + 60:
        return None
    if (a.entity or a.subject) != (b.entity or b.subject) and not _of_owner(thought, came, intent):
        return None
    if not any(is_subject(came, name) for name in intent.names):
        return None
    mine, other = _clause(came), _clause(thought)
    if not _EXPECTED.search(other):
        return None
    own_view = not _BY_OTHERS.search(mine) and _BY_OTHERS.search(other)  # 公司预计, 低于市场预期
    if _EXPECTED.search(mine) and not own_view:
        return None
    wants_others = _BY_OTHERS.search(intent.question) is not None
    if wants_others and not _BY_OTHERS.search(other):
        return None
    fit = metric_fit(came, asked_metrics(intent)[0]) if a.metric != "forecast" else 0.4
    period = period_fit(came, intent.periods)
    near = coverage(intent.terms, came.whole)
    if fit < 0 or period < -0.5 or near < _NEEDED:
        return None
    apart = abs(a.span.start - b.span.start) / 100 + (a.span.start > b.span.start)
    return fit + period + near - apart


def _of_owner(thought: Fact, came: Fact, intent: Intent) -> bool:
    """Whether *thought* is told of the house that what *came* belongs to: 微软 of Azure."""
    subject = thought.figure.subject
    named = any(is_subject(thought, name) for name in intent.names)
    return thought.figure.metric == "forecast" and (named or fold(subject) in came.whole)


def _clause(fact: Fact) -> str:
    return around(fact.view, fact.figure, _CLAUSE).of(fact.view.text)


def _verdict(came: Fact, thought: Fact, question: str) -> str:
    word = "指引" if "指引" in _clause(thought) else "预期"
    if ("方向" in question or _FEWER.search(_clause(thought))) and _way(came) != _way(thought):
        return "不一致"
    mine, theirs = _bound(came, question), thought.size
    if mine == theirs:
        return f"与{word}一致"
    return f"高于{word}" if mine > theirs else f"低于{word}"


def _way(fact: Fact) -> int:
    return -1 if fact.size < 0 or cues.DOWN.search(_clause(fact)) else 1


def _bound(fact: Fact, question: str) -> float:
    """The end of a range that a question asks about; else the value."""
    f = fact.figure
    end = f.high if re.search("上限|上沿|最多|最高", question) else None
    end = f.low if re.search("下限|下沿|最少|最低", question) else end
    return float(end) if end is not None else fact.size
