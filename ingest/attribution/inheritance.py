"""The subject in force where a clause names none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.attribution.cases import Reading
from ingest.attribution.frames import Frame
from ingest.attribution.metrics import read_metric
from ingest.attribution.names import COMPOUND, Name
from ingest.attribution.naming import Namer
from ingest.attribution.phrases import Clause
from ingest.attribution.subjects import topic_of
from ingest.attribution.times import Time
from ingest.attribution.view import View

OWN_ACT = re.compile("(?:宣布|公布|披露|公告|决定|承诺|力争|计划|确认|预告)[称说]?[，：]?$")
_PART_OF = re.compile("其中")  # what is said of a part ends with its half of the sentence
_SOURCE = re.compile("(?:显示|表明|统计|测算|估算|报道|数据|报告)$")
_OWN_REPORT = re.compile(
    "(?:业绩|财报|[年季半中]报|快报|预告|公告|招股书)[^，。]{0,2}(?:显示|表明)$"
)
_ADDRESSED = re.compile("[向对]$")  # 向35名特定对象
_OF_FIRMS = frozenset(("profit", "margin"))
_OF_COMPANIES = frozenset(
    "revenue profit margin volume investment other share count market_value".split()
)
_OFFICIAL = frozenset(("person", "institution", "place"))
_OPERATION = re.compile("干预|投放|回笼|逆回购")


@dataclass(frozen=True, slots=True)
class Memory:
    """What a sentence leaves for those after it in its paragraph."""

    topic: Name | None = None
    time: Time | None = None
    day: Time | None = None
    stretch: Time | None = None  # the last that is longer than a day
    bank: Name | None = None
    reading: Reading | None = None  # of the last figure told


def inherited(
    view: View,
    clauses: Sequence[Clause],
    frames: Sequence[Frame],
    names: Sequence[Name | None],
    namer: Namer,
    memory: Memory,
) -> Name | None:
    """The subject in force where the clause names none."""
    frame = frames[-1]
    reading = read_metric(frame, carried=None, foreseen=False)
    measured, of_firm = reading.measure in _OF_COMPANIES, reading.measure in _OF_FIRMS
    reporter = None
    parted = False
    for at in range(frame.clause, -1, -1):
        said = [
            (name, other)
            for name, other in zip(names, frames[:-1], strict=True)
            if other.clause == at and other.part != "baseline" and name is not None
        ]
        told = [
            name
            for name, other in said
            if not _ADDRESSED.search(other.before) and not (of_firm and _is_quoted(name))
        ]
        parted = parted or (at < frame.clause and clauses[at + 1].opener in ("；", ";"))
        if told and not (parted and _PART_OF.match(view.text, clauses[at].start)):
            return told[-1]
        if told or at == frame.clause or (said and of_firm):
            continue
        if clauses[at + 1].opener == "：" and (announced := _announced(view, clauses[at], namer)):
            return announced
        topic = topic_of(view, clauses[at], namer)
        if clauses[at + 1].opener == ">" and (firm := firm_of_speaker(view, clauses[at], namer)):
            return firm
        if topic is None:
            continue
        if clauses[at + 1].opener != ">":
            return topic
        told_by = view.text[clauses[at].start : clauses[at].end]
        reporter = topic if topic.type == "company" else reporter
        own_report = topic.type == "company" and _OWN_REPORT.search(told_by)
        if own_report or (topic.type not in _OFFICIAL and OWN_ACT.search(told_by)):
            return topic
        if topic.type == "institution" and _OPERATION.search(frame.lead_in):
            return topic
        if measured and topic.type in ("company", "group") and not _SOURCE.search(told_by):
            return topic
    if of_firm and (memory.topic is None or memory.topic.type != "company"):
        return reporter or memory.topic
    return memory.topic


def firm_of_speaker(view: View, clause: Clause, namer: Namer) -> Name | None:
    """The company of an officer who speaks of it: 公司 in what a chief executive says."""
    for mention in reversed(view.within(clause.start, clause.end)):
        name = namer.by_mention(mention.record)
        if name is not None and name.type == "person":
            return namer.employer(name)
    return None


def _announced(view: View, clause: Clause, namer: Namer) -> Name | None:
    """What the words before a colon end with: 导火索是10月CPI：同比上涨3.1%."""
    last = clause.phrases[-1] if clause.phrases else None
    if last is None or last.end != clause.end:
        return None
    name = namer.of_phrase(view, last)
    return name if name is not None and name.type == "index" else None


def _is_quoted(name: Name) -> bool:
    """Whether *name* is of what has a price and cannot have a profit: 航油价格每上涨10%."""
    return name.strength == COMPOUND or name.type in ("commodity", "policy")
