"""The figures of one sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.attribution.frames import Frame, directions, frames_of
from ingest.attribution.measures import is_measure
from ingest.attribution.metrics import Reading, read_metric
from ingest.attribution.modality import is_foreseen, is_hearsay, is_negated, speaker_of
from ingest.attribution.naming import Name, Namer
from ingest.attribution.phrases import Clause, clauses_of
from ingest.attribution.signs import is_falling, signed
from ingest.attribution.subjects import (
    bare_measure,
    central_bank,
    listed_names,
    sets_a_rate,
    subject_in,
    topic_of,
)
from ingest.attribution.times import Time, last_day, last_time, time_of
from ingest.attribution.view import View
from kg.records import Modality, Quantity

_COLLECTIVE = re.compile("均|皆|全部|一律|同步")
_VIEW_OF = re.compile(
    r"(?:的|给出的|给予的|维持的|设定的)[^，的]{0,4}?(?:预测|目标价?|预期|判断)(?:值|中值|区间)?(?:分别|也)?(?:为|是)?$"
)
_BEFORE_THIS = re.compile("此前")
_SOURCE = re.compile("(?:显示|表明|统计|测算|估算|报道|数据|报告)$")
_OWN_ACT = re.compile("(?:宣布|公布|披露|公告|决定|承诺|力争|计划|确认|预告)$")
_LOSS = re.compile("亏损|净亏损|预亏|净流出")
_REVISED = re.compile("下修|上修|修正|上调|下调|调高|调低|调降")
_OF_COMPANIES = frozenset(
    "revenue profit margin volume investment other share count market_value".split()
)


@dataclass(frozen=True, slots=True)
class Memory:
    """What a sentence leaves for those after it in its paragraph."""

    topic: Name | None = None
    time: Time | None = None
    day: Time | None = None
    bank: Name | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A figure before its support is looked up."""

    quantity: Quantity
    name: Name | None
    reading: Reading
    modality: Modality
    speaker: str | None
    negated: bool
    time: Time | None
    main: bool = True  # not a value that another is compared with


def read_sentence(view: View, namer: Namer, memory: Memory) -> tuple[list[Draft], Memory]:
    """The figures of a sentence, and what holds after it."""
    clauses = clauses_of(view)
    frames = frames_of(view, clauses)
    names = _names(view, clauses, frames, namer, memory)
    metrics = _listed_measures(view, clauses, frames, namer)
    aside = _BEFORE_THIS.match(view.text)
    drafts: list[Draft] = []
    reading: Reading | None = None  # of the figure that the next one goes on from
    time: Time | None = None
    for index, frame in enumerate(frames):
        foreseen = is_foreseen(
            view, clauses, frame, previous=reading is not None and reading.foreseen
        )
        base = drafts[-1].reading.basis if frame.compared else None
        found = read_metric(
            frame, carried=reading, foreseen=foreseen, named=metrics.get(index), base=base
        )
        when = time_of(
            frame,
            view=view,
            clauses=clauses,
            previous=time,
            earlier=None if aside else _holding(memory.time, found, frame.quantity.record.unit),
            anchor=memory.time,
            day=memory.day,
            revised=bool(_REVISED.search(view.text[frame.quantity.end :][:8])),
        )
        if frame.part not in ("baseline", "origin") or reading is None:
            reading = found
        if frame.part not in ("baseline", "origin"):
            time = when
        said_by = speaker_of(view, clauses, frame, namer)
        modality: Modality = "forecast" if found.metric == "forecast" else "reported"
        if is_hearsay(view, frame):
            modality = "hearsay"
        named = names[index]
        if found.metric == "price_adjustment" and (named is None or named.type != "company"):
            names[index] = _seller(view, clauses, frame, namer) or named
        drafts.append(
            Draft(
                quantity=signed(frame.quantity.record, falling=_falls(frames, frame, found)),
                name=names[index],
                reading=found,
                modality=modality,
                speaker=said_by.text if said_by else None,
                negated=is_negated(frame),
                time=_lasting_time(view, frame, when) if found.metric == "duration" else when,
                main=frame.part not in ("baseline", "origin"),
            )
        )
    return drafts, _remember(view, clauses, namer, memory, drafts)


def _holding(time: Time | None, reading: Reading, unit: str) -> Time | None:
    """*time* of an earlier sentence, unless the figure is of a kind that it cannot hold for."""
    if time is None or reading.metric in ("investment", "forecast"):
        return None
    quoted = reading.metric == "level" and unit != "percent"
    if quoted or reading.metric in ("price_change", "relative_return", "valuation"):
        return time if time.kind in ("day", "week", "relative") else None
    return None if time.kind == "to_date" and time.text.endswith(("至今", "以来")) else time


def _seller(view: View, clauses: Sequence[Clause], frame: Frame, namer: Namer) -> Name | None:
    """The company of the clause, which changes the prices of its goods."""
    named = [
        namer.by_mention(m.record)
        for m in view.within(clauses[frame.clause].start, frame.quantity.start)
    ]
    return next((name for name in named if name and name.type == "company"), None)


def _falls(frames: Sequence[Frame], frame: Frame, reading: Reading) -> bool:
    if frame.listed is not None and not directions(frame.before):
        return is_falling(frames[frame.listed])
    if (
        reading.words
        and _LOSS.search(reading.words)
        and frame.part in ("level", "baseline", "origin")
    ):
        return frame.quantity.record.unit.isupper()
    return is_falling(frame) and (reading.metric != "share" or frame.part == "change")


def _lasting_time(view: View, frame: Frame, when: Time | None) -> Time | None:
    """A length of time has a period only where its first and last day are told."""
    stands_by = re.search("(?:、|，|,)?(?:历时|为期|共|持续)$", frame.before)
    ranged = [p for p in view.periods if p.record.kind == "range" and p.end <= frame.quantity.start]
    return when if stands_by and ranged else None


def _remember(
    view: View,
    clauses: Sequence[Clause],
    namer: Namer,
    memory: Memory,
    drafts: Sequence[Draft],
) -> Memory:
    topic = next((name for c in clauses if (name := topic_of(view, c, namer))), None)
    if topic is None or topic.entity is None:
        topic = next((draft.name for draft in drafts if draft.name is not None), topic)
    told = [d.time for d in drafts if d.time is not None and d.modality == "reported" and d.main]
    time = memory.time
    if told:
        time = told[-1]
    elif not drafts:
        time = last_time(view, memory.time, memory.day)
    return Memory(
        topic=topic or memory.topic,
        time=time,
        day=last_day(view) or memory.day,
        bank=central_bank(view, len(view.text), namer) or memory.bank,
    )


def _names(
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
            if items:
                last_list = items
                listed.update({index + step: item for step, item in enumerate(items)})
                names.append(_of_item(items[0], namer))
                continue
        names.append(_name(view, clauses, frames[: index + 1], names, namer, memory))
    return names


def _of_item(item: str, namer: Namer) -> Name | None:
    return namer.of_words(item)


def _listed_measures(
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
    own = subject_in(view, clause, frame, namer, has_topic=bool(previous or memory.topic))
    if own is not None and previous and _VIEW_OF.search(frame.lead_in):
        return previous[-1]
    if sets_a_rate(view, clause, frame):
        if own is not None and (own.type in ("person", "institution")):
            return own
        bank = central_bank(view, frame.quantity.start, namer) or memory.bank
        if bank is not None:
            return bank
    if own is not None and is_measure(own.text) and own.entity is None and clause.opener == ">":
        doer = topic_of(view, clauses[frame.clause - 1], namer)
        if (
            doer is not None
            and doer.type == "company"
            and _OWN_ACT.search(view.text[: clause.start])
        ):
            return doer
    if own is not None:
        return own
    if _COLLECTIVE.search(frame.lead_in):
        for at in range(frame.clause, 0, -1):
            if clauses[at].opener in (":", "：") and (
                whole := _last_name(view, clauses[at - 1], namer)
            ):
                return whole
    return _inherited(view, clauses, frames, names, namer, memory) or bare_measure(
        view, clause, frame, namer
    )


def _last_name(view: View, clause: Clause, namer: Namer) -> Name | None:
    for phrase in reversed(clause.phrases):
        if (name := namer.of_phrase(view, phrase)) is not None:
            return name
    return None


def _inherited(
    view: View,
    clauses: Sequence[Clause],
    frames: Sequence[Frame],
    names: Sequence[Name | None],
    namer: Namer,
    memory: Memory,
) -> Name | None:
    """The subject in force where the clause names none."""
    frame = frames[-1]
    measured = bool(read_metric(frame, carried=None, foreseen=False).measure in _OF_COMPANIES)
    for at in range(frame.clause, -1, -1):
        told = [
            name
            for name, other in zip(names, frames[:-1], strict=True)
            if other.clause == at and other.part != "baseline" and name is not None
        ]
        if told:
            return told[-1]
        if at == frame.clause:
            continue
        topic = topic_of(view, clauses[at], namer)
        if topic is None:
            continue
        if clauses[at + 1].opener != ">":
            return topic
        told_by = view.text[clauses[at].start : clauses[at].end]
        if topic.type == "company" and _OWN_ACT.search(told_by):
            return topic
        if measured and topic.type in ("company", "group") and not _SOURCE.search(told_by):
            return topic
    return memory.topic
