"""Whether statements agree, where the audit has weighed them already."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.records import Finding
from kg.ties import Tie
from qa.answering.draft import Draft, Line, Workspace
from qa.answering.phrase import sentence_words
from qa.answering.question.understand import Intent
from qa.answering.references import of_sentence
from qa.answering.text import fold
from qa.answering.view import DocumentView
from qa.audit_words import said

_DOUBTS = re.compile(
    "对得?上|对不上|属实|准确|正确|有误|成立|站得住|对吗|对吧|对不对|算是|是吗|吗$"
)
_AGREEMENT = re.compile("一致|矛盾|对得?上|对不上|吻合|相符|加起来|算下来|冲突|出入")
_SUMMED = re.compile("加起来|相加|加总|之和|总和|合计|总计|加在一起")
_DIRECTED = re.compile("上升|下降|上涨|下跌|走高|走低|增长|增加|减少|回升|回落|升|降|涨|跌")
_CALLED = re.compile('[“‘"]([^”’"]{2,6})[”’"]')
_PLANNED = ("difference", "containment")  # `consistency` computes these from the facts
_TWICE = re.compile("两处|前后|两种说法|各处|两次|前文")
_FIRST = re.compile("最|居首|首位|第一|末位|垫底|领涨|领跌")
# What a question that names no figure says of a finding of each kind.
_OF_KIND = {"conflict": _TWICE, "direction": _DIRECTED, "sum": _SUMMED, "rank": _FIRST}
_RECKON = re.compile("给出的|给的|列出的|两个?数|[这那]两个")
_ENOUGH = 2  # signs that a question is about a finding; one if it asks for agreement


def weighed(workspace: Workspace, intent: Intent) -> Draft | None:
    """不一致, and why, if the audit found a fault in what the question asks about."""
    question = intent.question.rstrip("？?")
    agreement = _AGREEMENT.search(question)
    if not agreement and not _DOUBTS.search(question):
        return None
    return _fault(workspace, intent, enough=1 if agreement else _ENOUGH) or _sums(workspace, intent)


def _fault(workspace: Workspace, intent: Intent, *, enough: int) -> Draft | None:
    found = [
        (score, view, finding)
        for view in workspace.views
        for finding in view.findings
        if finding.severity == "error"
        and not (intent.kind == "consistency" and finding.kind in _PLANNED)
        and finding.docs == (view.doc,)
        and (score := _score(view, finding, intent)) >= enough
    ]
    if not found:
        return None
    _, view, finding = max(found, key=lambda item: item[0])
    evidence = tuple(of_sentence(view, index) for index in _sentences(view, finding))
    return Draft(lines=(Line(said(finding), evidence),), confidence=0.9)


def _sums(workspace: Workspace, intent: Intent) -> Draft | None:
    """一致, with the sentence that gives parts and their sum, where the audit let both pass."""
    if not _SUMMED.search(intent.question) or not intent.names or intent.quantities[1:]:
        return None
    for view in workspace.views:
        for tie in view.extraction.ties:
            asked = all(view.speaks_of(tie.sentence, name) for name in intent.names)
            if tie.kind == "sum" and asked and not _doubted(view, tie):
                words = sentence_words(view.text, view.sentences[tie.sentence].span)
                line = Line(f"一致：{words}", (of_sentence(view, tie.sentence),))
                return Draft(lines=(line,), confidence=0.8)
    return None


def _doubted(view: DocumentView, tie: Tie) -> bool:
    """Whether the audit holds anything against a figure of *tie*."""
    spans = {operand.span for operand in tie.operands}
    return any(spans & set(found) for finding in view.findings for found in finding.spans)


def _score(view: DocumentView, finding: Finding, intent: Intent) -> int:
    """How many of the figures, days and words of a finding a question gives."""
    question = fold(intent.question)
    figures = {fold(span.of(view.text)) for span in finding.spans[0]}
    bare = {re.sub(r"^[约近逾超]|[^\d.%]+$", "", figure) for figure in figures}
    given = sum(1 for figure in bare if figure and figure in question)
    amounts = [q for q in intent.quantities if q.unit not in ("count", "number")]
    if finding.kind == "direction" and not amounts and _RECKON.search(intent.question):
        given += 1  # 从给出的两个汇率看成立吗
    days = {p.text for p in intent.periods}
    given += sum(2 for figure in figures if any(fold(day) in figure for day in days))
    called = [fold(word) for word in _CALLED.findall(intent.question)]
    words = fold("".join(finding.sentences))
    given += sum(1 for word in called if word in words)
    named = sum(1 for name in intent.names if fold(name.surface) in words)
    sign = _OF_KIND.get(finding.kind)
    if named and sign is not None and sign.search(intent.question):
        given += 1  # 本周是上升的吗, X的跌幅最大，对得上吗
    return given + min(named, 1) if given else 0


def _sentences(view: DocumentView, finding: Finding) -> Sequence[int]:
    """The sentences that the finding's figures stand in, in order."""
    return sorted(
        {
            index
            for index, sentence in enumerate(view.sentences)
            for span in finding.spans[0]
            if sentence.span.contains(span)
        }
    )
