"""The subject of every figure of a sentence: its clause's own, or the one in force."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.attribution.banks import central_bank, sets_a_rate
from ingest.attribution.constructions import summed
from ingest.attribution.cues import ISSUE_PRICE_RE, MEASURE_END_RE
from ingest.attribution.frames import LENGTHS, Frame
from ingest.attribution.inheritance import OWN_ACT, Memory, firm_of_speaker, inherited
from ingest.attribution.lists import listed_names
from ingest.attribution.measures import is_measure, measure_in
from ingest.attribution.modality import VIEW_OF_RE, view_words
from ingest.attribution.names import COMPOUND, GENERIC, GOODS, WEAK, Name
from ingest.attribution.naming import Namer
from ingest.attribution.nouns import PAIR_RE
from ingest.attribution.openings import opening_pair, opening_sector, opening_topic
from ingest.attribution.phrases import Clause, phrases_of
from ingest.attribution.raters import is_rater, rated_company
from ingest.attribution.subjects import (
    bare_measure,
    subject_in,
    topic_of,
)
from ingest.attribution.view import View

_COLLECTIVE = re.compile("均|皆|全部|一律|同步")
_AIM = re.compile("[产销]量?目标|指引|发货目标|交付目标")
_PERSONAL = re.compile("持有|持股|增持|减持|买入|卖出|套现|身家|财富|年薪|薪酬|捐赠|反对票|主张")
_MOVED_CURRENCY = re.compile("([^兑对]{2,5})[兑对][^兑对]{2,5}$")
_WITHIN = re.compile("[里内中间]|之[内中间]|时间[里内]?")
_OF_LISTING = re.compile("A股(?:的?总?市值|股价|收盘价|溢价)")
_RATE = frozenset(("汇价", "汇率", "中间价"))
_OF_DEAL = frozenset("操作 中标 发行 票面 招标".split())


def names_of(
    view: View,
    clauses: Sequence[Clause],
    frames: Sequence[Frame],
    namer: Namer,
    memory: Memory,
) -> list[Name | None]:
    """The subject of every frame."""
    names: list[Name | None] = []
    listed: dict[int, str] = {}
    last_list: tuple[str, ...] = ()
    for index, frame in enumerate(frames):
        if index in listed:
            names.append(_of_item(listed[index], namer))
            continue
        if frame.listed is not None:
            names.append(names[frame.listed])
            continue
        count = 1 + sum(1 for other in frames if other.listed == index)
        if count > 1:
            items = listed_names(view, clauses, frame, count, namer)
            if items and all(_of_item(item, namer) is None for item in items):
                items = ()
            elif not items and len(last_list) == count:
                items = last_list
            elif not items and "分别" in frame.lead_in:
                items = _told_before(names, count)
            if items:
                last_list = items
                listed.update({index + step: item for step, item in enumerate(items)})
                names.append(_of_item(items[0], namer))
                continue
        names.append(_name(view, clauses, frames[: index + 1], names, namer, memory))
    return names


def _told_before(names: Sequence[Name | None], count: int) -> tuple[str, ...]:
    """The last *count* subjects of a sentence, where it told one figure of each before."""
    told = list(dict.fromkeys(name.text for name in names if name is not None))
    return tuple(told) if len(told) == count else ()


def _of_item(item: str, namer: Namer) -> Name | None:
    return namer.of_words(item)


def listed_measures(
    view: View, clauses: Sequence[Clause], frames: Sequence[Frame], namer: Namer
) -> dict[int, str]:
    """The measure of each figure where the list is of measures: 营收和净利润分别为…."""
    found: dict[int, str] = {}
    for index, frame in enumerate(frames):
        count = 1 + sum(1 for other in frames if other.listed == index)
        if frame.listed is None and count > 1:
            items = listed_names(view, clauses, frame, count, namer)
            if items and all(is_measure(item) for item in items):
                found.update({index + step: item for step, item in enumerate(items)})
    return found


def _name(
    view: View,
    clauses: Sequence[Clause],
    frames: Sequence[Frame],
    names: Sequence[Name | None],
    namer: Namer,
    memory: Memory,
) -> Name | None:
    """The subject of the last of *frames*; *names* are those of the frames before it."""
    frame = frames[-1]
    clause = clauses[frame.clause]
    previous = [
        name
        for name, other in zip(names, frames, strict=False)
        if name is not None and other.part != "baseline"
    ]
    if pair := opening_pair(view, clause, frame, namer):
        return pair
    own = subject_in(
        view,
        clause,
        frame,
        namer,
        has_topic=bool(previous or memory.topic) or _told_by_firm(view, clause, namer),
    )
    rated = opening_topic(view, clauses, namer) or (previous[-1] if previous else memory.topic)
    viewer = own is not None and own.type in ("person", "company", "institution", "group")
    if viewer and rated is not None and VIEW_OF_RE.search(frame.lead_in):
        return rated
    if sets_a_rate(view, clause, frame):
        if own is not None and (own.type in ("person", "institution")):
            return own
        bank = central_bank(view, frame.quantity.start, namer) or memory.bank
        if bank is not None:
            return bank
    aimed = _AIM.search(frame.lead_in) is not None
    vague = own is not None and own.entity is None and own.strength <= (GENERIC if aimed else WEAK)
    if vague and clause.opener == ">":
        if firm := firm_of_speaker(view, clauses[frame.clause - 1], namer):
            return firm  # 全年汽车交付目标 is the speaker's company's
    if own is not None and (moved := _MOVED_CURRENCY.match(own.text)):
        if re.search("[升贬]值", frame.before):
            return namer.by_words(moved.group(1))
    if ISSUE_PRICE_RE.search(frame.lead_in) and (own is None or own.type == "person"):
        if (rated := rated_company(view, frame, namer)) is not None:
            return rated
    if own is not None and is_rater(view, clause, frame, own, namer):
        return rated_company(view, frame, namer) or inherited(
            view, clauses, frames, names, namer, memory
        )
    if own is not None and own.type == "person" and not _PERSONAL.search(frame.lead_in):
        if (employer := namer.employer(own)) is not None:
            return employer
        own = None
    if own is not None and own.text == "A股" and rated is not None and rated.type == "company":
        if _OF_LISTING.search(frame.lead_in):
            return rated  # 其A股总市值
    if own is not None and own.entity is None and _same_measure(view, frame, own, previous):
        return previous[-1]  # 沃尔玛同店销售额…，电商销售额
    if own is not None and own.text in _RATE and rated and PAIR_RE.match(rated.text):
        return rated
    if own is not None and own.text.endswith("裁员") and rated and rated.type == "company":
        return rated
    if own is not None and (part := _repeated(view, frame, own, namer)) is not None:
        return part
    if own is not None and clause.opener == ">" and _is_told_by_maker(own, frame):
        doer = topic_of(view, clauses[frame.clause - 1], namer)
        if (
            doer is not None
            and doer.type == "company"
            and (_AIM.search(frame.lead_in) or OWN_ACT.search(view.text[: clause.start]))
        ):
            return doer
    if own is not None:
        return own
    if (bracketed := _bracketed(view, clauses, frame, namer)) is not None:
        return bracketed
    if rated is not None and VIEW_OF_RE.fullmatch(view_words(view, clauses, frame)[1]):
        return rated  # 汇丰更为激进，给出的年末预测是4.00%
    if (whole := summed(view, frames, previous, namer)) is not None:
        return whole
    if _COLLECTIVE.search(frame.lead_in):
        for at in range(frame.clause, 0, -1):
            if clauses[at].opener in (":", "：") and (
                whole := _last_name(view, clauses[at - 1], namer)
            ):
                return whole
    if beside := opening_sector(view, clause, frame, namer, previous):
        return beside
    if within := _setting_of(view, clauses, frame, namer):
        return within
    return inherited(view, clauses, frames, names, namer, memory) or bare_measure(
        view, clause, frame, namer
    )


def _same_measure(view: View, frame: Frame, own: Name, previous: Sequence[Name]) -> bool:
    """Whether *own* is a part of the measure that the sentence tells of a firm."""
    measured = MEASURE_END_RE.search(own.text)
    if measured is None or not previous or previous[-1].type != "company":
        return False
    told = view.text[: frame.quantity.start - len(frame.before)]
    return own.strength == COMPOUND and measured.group() in told


def _told_by_firm(view: View, clause: Clause, namer: Namer) -> bool:
    """Whether a firm tells what the clause says: 比亚迪披露，5月销售新能源汽车."""
    told = [namer.by_mention(m.record) for m in view.within(0, clause.start)]
    return clause.opener == ">" and any(name and name.type == "company" for name in told)


def _setting_of(view: View, clauses: Sequence[Clause], frame: Frame, namer: Namer) -> Name | None:
    """Who is spoken of behind a length of time that only sets the scene: 在17个交易日里，小盘股."""
    quantity = frame.quantity
    if quantity.record.unit not in LENGTHS or not frame.lead_in.startswith("在"):
        return None
    last = frame.clause + 1 == len(clauses)
    if last or not _WITHIN.fullmatch(view.text, quantity.end, clauses[frame.clause].end):
        return None
    return topic_of(view, clauses[frame.clause + 1], namer)


def _is_told_by_maker(own: Name, frame: Frame) -> bool:
    """Whether a firm can speak of *own* as of its own: 产量目标, 电解铝产量目标."""
    if own.entity is None and is_measure(own.text):
        return True
    return own.strength in (GENERIC, GOODS) and _AIM.search(frame.lead_in) is not None


def _repeated(view: View, frame: Frame, own: Name, namer: Namer) -> Name | None:
    """What the modifier of a measure takes up: 操作利率 after 7天期逆回购操作."""
    found = measure_in(own.text)
    if own.entity is not None or found is None or not own.text.endswith(found[1]):
        return None
    modifier = own.text.removesuffix(found[1])
    if len(modifier) < 2:
        return None
    dealt = [q.end for q in view.quantities if q.end < frame.quantity.start]
    for phrase in phrases_of(view) if modifier in _OF_DEAL and dealt else ():
        if phrase.start == dealt[-1]:  # 开展500亿元1年期MLF操作，中标利率…
            return namer.by_words(view.written(phrase.start, phrase.end))
    for phrase in reversed(phrases_of(view)):
        words = view.written(phrase.start, phrase.end)
        if phrase.end < frame.quantity.start and words.endswith(modifier) and words != modifier:
            return namer.by_words(words)
    return None


def _bracketed(view: View, clauses: Sequence[Clause], frame: Frame, namer: Namer) -> Name | None:
    """What a bracket stands behind that holds only its figure: 煤炭（-2.85%）."""
    clause = clauses[frame.clause]
    if clause.opener != "（" or frame.quantity.start != clause.start or not frame.clause:
        return None
    before = clauses[frame.clause - 1]
    last = before.phrases[-1] if before.phrases else None
    if last is None or last.end != before.end:
        return None
    words = view.written(last.start, last.end)
    return None if MEASURE_END_RE.search(words) else namer.of_words(words)


def _last_name(view: View, clause: Clause, namer: Namer) -> Name | None:
    for phrase in reversed(clause.phrases):
        if (name := namer.of_phrase(view, phrase)) is not None:
            return name
    return None
