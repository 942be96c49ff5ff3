"""What is to come: the data, results and meetings that documents say are still ahead."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final

from ingest.periods import find_periods
from qa.answering.draft import Draft, Line, Workspace
from qa.answering.plans.passages import with_lead
from qa.answering.question.understand import Intent
from qa.answering.references import of_sentence
from qa.answering.view import DocumentView

_AHEAD: Final = (
    r"下一?周|下个?月|下季度?|接下来|后续|未来|今后|往后|后市|即将|近期|还(?:有|会|将|要)"
)
_EVENT: Final = (
    r"数据|会议|财报|业绩会|季报|年报|事件|日程|看点|议程|活动|时间点|节点|发布会|指标"
    r"|关注|留意|值得|盯"
)
_ASKED: Final = re.compile(
    rf"(?:{_AHEAD}).*(?:哪|什么|有何).*(?:{_EVENT})|(?:哪|什么|有何).*(?:{_EVENT}).*(?:{_AHEAD})"
    rf"|(?:{_AHEAD}).*(?:{_EVENT}).*(?:哪|什么|有何)"
)
_HELD: Final = r"公布|发布|召开|举行|披露|出炉|揭晓|议息|会议|季报|年报|财报|业绩"
_TOLD: Final = re.compile(
    rf"(?:将|拟|计划|定于)[^。；]{{0,12}}(?:{_HELD})|(?:关注|留意|聚焦|等待)[^。]*(?:{_HELD}|数据)"
    rf"|(?:{_HELD})[^。]*将"
)
_HEADED: Final = re.compile(r"日程|[下后]周|看点|前瞻|后续|关注|展望")
_LATER: Final = re.compile(r"下一?周|下个?月|次[日周月]|后续|接下来|未来|届时")
_FORTNIGHT: Final = timedelta(days=14)
_TWO_MONTHS: Final = timedelta(days=62)
_MOST: Final = 4  # sentences


def asked(intent: Intent) -> bool:
    """Whether a question asks what is still to come."""
    return (
        intent.kind in ("list", "lookup", "when", "how")
        and not intent.units
        and _ASKED.search(intent.question) is not None
    )


def upcoming(workspace: Workspace, intent: Intent) -> Draft | None:
    """The sentences that tell what is ahead of their document's day, in the order of the text."""
    lines = [
        Line(with_lead(view, index), (of_sentence(view, index),), bullet=True)
        for view in workspace.views
        for index in range(len(view.sentences))
        if _is_ahead(view, index, _days(intent)) and _names_all(view, index, intent)
    ]
    return Draft(lines=tuple(lines[:_MOST]), confidence=0.6) if lines else None


def _days(intent: Intent) -> timedelta:
    """How far ahead *intent* asks for."""
    return _FORTNIGHT if "周" in intent.question else _TWO_MONTHS


def _is_ahead(view: DocumentView, index: int, within: timedelta) -> bool:
    sentence = view.sentences[index]
    words = view.sentence_text(index)
    if sentence.kind in ("table", "caption") or not _TOLD.search(words):
        return False
    if view.published is None:
        return bool(_HEADED.search(sentence.section or "") or _LATER.search(words))
    days = (p.begin for p in find_periods(words, reference=view.published) if p.kind == "day")
    dated = any(day and view.published < day <= view.published + within for day in days)
    return dated or bool(_HEADED.search(sentence.section or "") and _LATER.search(words))


def _names_all(view: DocumentView, index: int, intent: Intent) -> bool:
    return all(view.speaks_of(index, name) for name in intent.names)
