"""Whether a quantity is told as fact, as an expectation or as hearsay, and by whom."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.attribution.cues import DIRECTION_RE, FORESEEING_RE, HEARSAY_RE, NEGATING_RE
from ingest.attribution.frames import Frame
from ingest.attribution.names import Name
from ingest.attribution.naming import Namer
from ingest.attribution.phrases import Clause
from ingest.attribution.view import OTHER, PERIOD, View

_MET = re.compile(
    r"(?:预测|预期|前瞻|预估)(?=市盈率|市净率|PE)|"
    r"(?:好于|低于|高于|大?幅?超出?|超过|不及|符合|逊于|弱于|优于|达到|完成|落在|超越|胜过|击败)[^，]{0,8}?"
    r"(?:预期|目标|指引|预测|预估)(?:区间|中值|上限|下限|范围)?"
)
_AFTER = re.compile(
    r"^的?(?:[^，。；、]{0,8}?)(?:目标|预测|概率|空间|预期|指引|可能性|几率|中值|预估|承诺)"
)
_FUTURE = re.compile("将(?![其该这每两各全])")
_IMMINENT = re.compile("(?:将|或|料|可望)(?:会)?$")
_HEDGE = re.compile("接近|超|逾|近|约|大约|将近|不足|不低于|不少于|至少|达")
_OF_BASE = re.compile("^的?[^，]{0,4}?(?:目标|预期|预测|指引)")
_GUIDING = re.compile("(?<![高低好优弱超符])指引(?!为|是|区间|中值)")
VIEW_OF_RE = re.compile(
    "(?:的|给出的|给予的|维持的|设定的)[^，的]{0,4}?(?:预测|目标价?|预期|判断)(?:值|中值|区间)?(?:分别|也)?(?:为|是)?$"
)
_FIRM = re.compile("预计|预测|预期|估计|料|预告|预估")
_INTENDED = re.compile("力争|计划|承诺|判断|暗示")
_DEPENDENT = re.compile(
    "^(?:[前后]者)?(?:[降增升减涨跌]幅|也?就?意味着|较|比|相较|相当于|对应|即|高于|低于|隐含|大幅|复合年|年均|上下浮动|[上下]浮)"
)
_TO = re.compile("(?:至|到|为|达|突破|超过?|维持在|保持在)(?:约|近|逾)?$")
_SENSITIVITY = re.compile("每(?=上|下|涨|跌|升|降|增|减|提)[^，。]{1,6}\\d")  # 每上涨1%
_OF_SUM = re.compile("其中$")
_SPENT_ON = re.compile("投向|用于|来自|投入")
_MULTIPLE = re.compile("市盈率|市净率|市销率|PE|PB")
_TURNS = re.compile("(?:则|却)")
_PAST = re.compile("已|了|曾|实际|此前|去年|上年|目前|截至|股价|盘后|盘前|一度|收[涨跌报]")


def is_foreseen(view: View, clauses: Sequence[Clause], frame: Frame, *, previous: bool) -> bool:
    """Whether somebody expects, guides to, aims at or prices in the quantity.

    *previous* tells whether the quantity before it in the sentence is foreseen.
    """
    if frame.part == "next":
        return previous
    if _OF_SUM.search(frame.lead_in) and _SPENT_ON.match(frame.after):
        return False  # 其中约七成投向先进制程
    if frame.quantity.record.unit == "multiple" and _MULTIPLE.search(frame.lead_in):
        return False  # 目标价…对应预测市盈率29.5倍
    if frame.part == "baseline":
        tail = frame.before
        if re.search("预期|预测|目标|指引|预估|预计|流传|共识", tail) or _AFTER.match(frame.after):
            return True
        if previous and re.search("概率|可能性|几率|隐含", view.text[: frame.quantity.start]):
            return True  # 高于一周前的78%: odds, too
        return False
    before = _OF_BASE.sub("", frame.before) if frame.compared else frame.lead_in
    before = _MET.sub("", before)
    if _IMMINENT.search(before) and _HEDGE.match(frame.quantity.record.text):
        return True
    behind = _MET.sub("", frame.after)
    if FORESEEING_RE.search(before) or _AFTER.match(behind) or _is_to_come(view, frame):
        return True
    clause = clauses[frame.clause]
    given = clauses[frame.clause - 1] if frame.clause else None
    if given is not None and _SENSITIVITY.search(view.text, given.start, given.end):
        return True
    if clause.opener == ">":
        verb = view.text[max(0, clause.start - 3) : clause.start]
        if _FIRM.search(verb) or _INTENDED.search(verb):
            return True
    if previous and (frame.before != frame.lead_in or _DEPENDENT.match(frame.lead_in)):
        return True
    return _framed(view, clauses, frame) and not _PAST.search(frame.lead_in)


def _is_to_come(view: View, frame: Frame) -> bool:
    """Whether an auxiliary 将 tells that the value is yet to come, not 将 before an object."""
    start = frame.quantity.start - len(frame.before)
    for found in _FUTURE.finditer(view.text, start, frame.quantity.start):
        following = view.classes[found.end()]
        governed = view.text[found.end() : frame.quantity.start]
        if following in (OTHER, PERIOD) and (DIRECTION_RE.search(governed) or _TO.search(governed)):
            return True
    return False


def _framed(view: View, clauses: Sequence[Clause], frame: Frame) -> bool:
    """Whether a verb of expecting opens a run of clauses that reaches the quantity."""
    for at in range(frame.clause, -1, -1):
        clause = clauses[at]
        if clause.opener == ">":
            return bool(_FIRM.search(view.text[max(0, clause.start - 3) : clause.start]))
        if at < frame.clause and _GUIDING.search(view.text, clause.start, clause.end):
            return not _TURNS.search(frame.lead_in)
        if clause.opener not in ("，", ",", "、", "^"):
            return False
    return False


def speaker_of(view: View, clauses: Sequence[Clause], frame: Frame, namer: Namer) -> Name | None:
    """Who says it: the last name before the verb of saying that frames the quantity."""
    if (own := _own_view(view, clauses, frame, namer)) is not None:
        return own
    for at in range(frame.clause, -1, -1):
        if clauses[at].opener != ">" or at == 0:
            if clauses[at].opener in ("；", ";", "。"):
                return None
            continue
        said = clauses[at - 1]
        named = [
            name
            for mention in view.within(said.start, said.end)
            if (name := namer.by_mention(mention.record)) is not None
            and name.type in ("person", "company", "institution", "group")
        ]
        return named[-1] if named else None
    return None


def _own_view(view: View, clauses: Sequence[Clause], frame: Frame, namer: Namer) -> Name | None:
    """Whose value it is where the clause itself says so: 摩根大通给出的目标为4.35%.

    Or the clause before it, where this one goes on: 汇丰更为激进，给出的预测是4.00%.
    """
    at, words = view_words(view, clauses, frame)
    owned = VIEW_OF_RE.search(words)
    if owned is None:
        return None
    start = clauses[at].start
    end = start + owned.start()
    goes_on = owned.start() == 0 and clauses[at].opener in ("，", ",") and at > 0
    if goes_on:
        start, end = clauses[at - 1].start, clauses[at - 1].end
    named = [
        name
        for mention in view.within(start, end)
        if (name := namer.by_mention(mention.record)) is not None
        and name.type in ("person", "company", "institution")
        and (goes_on or mention.end == end)
    ]
    return named[-1] if named else None


def view_words(view: View, clauses: Sequence[Clause], frame: Frame) -> tuple[int, str]:
    """What leads to a value, with the clause that it begins in: 给出的预测|是, cut by its verb."""
    at = frame.clause
    if at and clauses[at].opener == ">":
        return at - 1, view.text[clauses[at - 1].start : clauses[at].start] + frame.lead_in
    return at, frame.lead_in


def is_hearsay(view: View, frame: Frame) -> bool:
    """Whether the sentence up to the quantity names no more than rumour as its source."""
    return bool(HEARSAY_RE.search(view.text, 0, frame.quantity.start))


def is_negated(frame: Frame) -> bool:
    """Whether the clause denies the quantity: 未达到5%."""
    return bool(NEGATING_RE.search(frame.before[-8:]))
