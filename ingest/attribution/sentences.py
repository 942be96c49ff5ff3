"""The figures of one sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.attribution.antecedents import listed_measures, names_of
from ingest.attribution.banks import central_bank
from ingest.attribution.cases import Reading
from ingest.attribution.cues import FALL_NOUN_RE, MEASURE_END_RE
from ingest.attribution.frames import Frame, directions, frames_of
from ingest.attribution.inheritance import Memory
from ingest.attribution.metrics import read_metric
from ingest.attribution.modality import (
    is_foreseen,
    is_hearsay,
    is_negated,
    speaker_of,
)
from ingest.attribution.names import Name
from ingest.attribution.naming import Namer
from ingest.attribution.nouns import CURRENCY_RE, PAIR_RE, PRICE_END_RE
from ingest.attribution.phrases import Clause, clauses_of
from ingest.attribution.signs import is_falling, signed
from ingest.attribution.subjects import (
    topic_of,
)
from ingest.attribution.times import Time, is_backward, last_day, last_time, time_of
from ingest.attribution.view import View
from kg.records import Modality, Quantity

_LASTING_MEASURE = re.compile("(?:天数|库存).*(?:够|由|从|升|降|增|减|延长|缩短|为)")
_BEFORE_THIS = re.compile("此前")
_SUM = re.compile("^[^，]{0,4}(?:金额|规模|数额|总额)")
_LOSS = re.compile("亏损|净亏损|预亏|净流出")
_OF_PRICE = frozenset(("level", "price_change", "price_adjustment"))
_SPENDING = frozenset("投入 动用 出资 斥资 耗资".split())
_PARTS = re.compile("其中")
_SIZE = re.compile("^(?:[前后]者|该基金|其)?(?:的)?(?:总|资产)?规模")
_BEFORE = re.compile("^(?:前一?|上一?个?|此前|去年|上年)[^，]{1,4}为$")
_ODDS = re.compile("概率|可能性|几率")
_BASELINE_OF = re.compile("下修|上修|修正")


_REACHED = re.compile("实现(?=[约近逾超]?[\\d一二三四五六七八九两])")
_BREAKDOWN = re.compile("(?:分|按)[^，。]{1,6}看|其中|具体来?看|细分")


def breaks_down(sentence: str) -> bool:
    """Whether a sentence gives the parts of what was told before it: as 分地区看 opens it."""
    return _BREAKDOWN.match(sentence.strip()) is not None


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
    names = names_of(view, clauses, frames, namer, memory)
    metrics = listed_measures(view, clauses, frames, namer)
    aside = _BEFORE_THIS.match(view.text)
    parts = breaks_down(view.text)
    drafts: list[Draft] = []
    # Of the figure that the next one goes on from: 其中，人身险实现1.86万亿元.
    reading: Reading | None = memory.reading if parts and _REACHED.search(view.text) else None
    amount: Reading | None = None  # of the last sum
    start: Reading | None = None  # of the value that a move sets out from
    time: Time | None = None
    for index, frame in enumerate(frames):
        foreseen = is_foreseen(
            view, clauses, frame, previous=reading is not None and reading.foreseen
        )
        base = drafts[-1].reading.basis if frame.compared else None
        going_on = _goes_on(frame, reading, amount)
        if _PARTS.match(frame.lead_in) and (whole := _whole_of(frame, drafts)) is not None:
            going_on, foreseen = whole, whole.foreseen  # 其中科创板3家
        found = read_metric(
            frame,
            carried=going_on,
            foreseen=foreseen,
            named=metrics.get(index) or _told_of(view, frame) or _glossed(view, clauses, frame),
            base=base,
        )
        if reading is not None and _shares_metric(view, clauses, frame, found, reading):
            found = replace(found, metric=reading.metric)
        if amount is not None and found.words in _SPENDING and _PARTS.match(frame.lead_in):
            found = replace(found, metric=amount.metric)  # 动用5.9万亿日元入市干预，其中…投入
        found = _of_its_kind(found, frame, names[index])
        when = time_of(
            frame,
            view=view,
            clauses=clauses,
            previous=time,
            earlier=memory.time
            if parts
            else None
            if aside
            else _holding(memory.time, found, frame.quantity.record.unit),
            anchor=memory.time,
            day=memory.day,
            stretch=memory.stretch,
            revised=found.metric == "forecast"
            or bool(_BASELINE_OF.search(view.text[frame.quantity.end :][:8])),
            quoted=found.metric in ("level", "valuation", "market_value"),
        )
        if start is not None and _ends_move(frame, frames[index - 1]):
            found = replace(found, metric=start.metric)  # 由2.72%降至2.53%
        start = found if frame.part == "origin" else None
        if frame.part not in ("baseline", "origin") or reading is None:
            reading = found
            amount = found if frame.is_sum else amount
        if frame.part not in ("baseline", "origin") and not (when and is_backward(when.text)):
            time = when
        said_by = speaker_of(view, clauses, frame, namer)
        modality: Modality = "forecast" if found.metric == "forecast" else "reported"
        if is_hearsay(view, frame):
            modality = "hearsay"
        named = names[index] = _priced(names[index], found)
        if found.metric == "price_adjustment" and (named is None or named.type != "company"):
            names[index] = _seller(view, clauses, frame, namer) or named
        drafts.append(
            Draft(
                quantity=signed(frame.quantity.record, falling=_falls(view, frames, frame, found)),
                name=names[index],
                reading=found,
                modality=modality,
                speaker=said_by.text if said_by else None,
                negated=is_negated(frame),
                time=when if found.metric != "duration" or _dated(view, frame) else None,
                main=frame.part not in ("baseline", "origin"),
            )
        )
    return drafts, _remember(view, clauses, namer, memory, drafts)


def _is_currency(name: Name | None) -> bool:
    """Whether *name* is a currency or a pair, whose moves in basis points are of a price."""
    return (
        name is not None and (PAIR_RE.match(name.text) or CURRENCY_RE.match(name.text)) is not None
    )


def _goes_on(frame: Frame, reading: Reading | None, amount: Reading | None) -> Reading | None:
    """The reading that a figure goes on from: a sum's is not that of the share told between."""
    between = reading is not None and reading.measure == "share" and frame.is_sum
    return amount if between and amount is not None else reading


def _priced(name: Name | None, reading: Reading) -> Name | None:
    """The goods themselves where the figure is their price or its move."""
    if name is None or name.entity or reading.metric not in _OF_PRICE:
        return name
    return replace(name, text=PRICE_END_RE.sub("", name.text) or name.text)


def _whole_of(frame: Frame, drafts: Sequence[Draft]) -> Reading | None:
    """The reading of the last figure that counts what a part counts, others between them."""
    part = frame.quantity.record
    told = [d for d in drafts if (d.quantity.unit, d.quantity.noun) == (part.unit, part.noun)]
    return told[-1].reading if told and told[-1] is not drafts[-1] else None


def _told_of(view: View, frame: Frame) -> str | None:
    """What a mere sum is a sum of: 净卖出最多的是…，金额为5亿元."""
    if not _SUM.search(frame.lead_in):
        return None
    told = [q.end for q in view.quantities if q.end <= frame.quantity.start]
    return view.text[max(told, default=0) : frame.quantity.start]


def _ends_move(frame: Frame, origin: Frame) -> bool:
    """Whether *frame* is where the move arrives that sets out from *origin*."""
    same = frame.quantity.record.unit == origin.quantity.record.unit
    return frame.part == "level" and frame.clause == origin.clause and same


def _glossed(view: View, clauses: Sequence[Clause], frame: Frame) -> str | None:
    """The measure before a bracket that holds nothing but its value: 营业收入（6.0亿元）."""
    clause = clauses[frame.clause]
    if clause.opener != "（" or frame.quantity.start != clause.start or not frame.clause:
        return None
    before = clauses[frame.clause - 1]
    words = view.text[before.start : before.end]
    return words if MEASURE_END_RE.search(words) else None


def _shares_metric(
    view: View, clauses: Sequence[Clause], frame: Frame, found: Reading, reading: Reading
) -> bool:
    """Whether a figure measures what the one before it, *reading*, does.

    It is its earlier value (前一周为41%), or another's share in a bracket: 首次超过…（38%）.
    """
    if reading.metric == "share" and _is_gloss(view, clauses, frame):
        return True
    earlier = frame.part == "level" and _BEFORE.search(frame.lead_in)
    glossed = clauses[frame.clause].opener == "（" or _ODDS.search(view.text)
    return bool(earlier and glossed) and found.measure == reading.measure


def _of_its_kind(found: Reading, frame: Frame, name: Name | None) -> Reading:
    """*found* as it is of a commodity, a fund or a currency."""
    kind = name.type if name is not None else None
    if kind == "product" and frame.is_sum and _SIZE.search(frame.before):
        return replace(found, metric="market_value")  # 后者规模降至720亿美元
    if kind == "commodity" and frame.is_sum and found.metric == "other" and not found.measure:
        return replace(found, metric="level", measure="level")  # 一度逼近4,100美元
    if found.metric == "rate_change" and _is_currency(name):
        return replace(found, metric="price_change")
    return found


def _is_gloss(view: View, clauses: Sequence[Clause], frame: Frame) -> bool:
    """Whether a bracket holds nothing but an unsigned percentage."""
    clause, quantity = clauses[frame.clause], frame.quantity
    alone = clause.opener == "（" and (clause.start, clause.end) == (quantity.start, quantity.end)
    return alone and quantity.record.unit == "percent" and quantity.record.text[0] not in "+-−＋－"


def _holding(time: Time | None, reading: Reading, unit: str) -> Time | None:
    """*time* of an earlier sentence, unless the figure is of a kind that it cannot hold for."""
    if time is None or reading.metric in ("investment", "forecast"):
        return None
    quoted = reading.metric == "level" and unit != "percent"
    if quoted or reading.metric in ("price_change", "relative_return", "valuation"):
        return time if time.kind in ("day", "week", "relative") else None
    return None if time.kind == "to_date" and time.text.endswith(("至今", "以来")) else time


def _seller(view: View, clauses: Sequence[Clause], frame: Frame, namer: Namer) -> Name | None:
    """The company of the clause, else of the sentence, which changes the prices of its goods."""
    for clause in reversed(clauses[: frame.clause + 1]):
        end = min(clause.end, frame.quantity.start)
        named = [namer.by_mention(m.record) for m in view.within(clause.start, end)]
        if seller := next((name for name in named if name and name.type == "company"), None):
            return seller
    return None


def _falls(view: View, frames: Sequence[Frame], frame: Frame, reading: Reading) -> bool:
    if reading.metric == "flow" and _SUM.search(frame.lead_in) and not directions(frame.lead_in):
        told = [q.end for q in view.quantities if q.end <= frame.quantity.start]
        since = directions(view.text[max(told, default=0) : frame.quantity.start])
        return bool(since) and FALL_NOUN_RE.fullmatch(since[-1].group()) is not None
    if frame.listed is not None and not directions(frame.before):
        return is_falling(frames[frame.listed])
    if (
        reading.words
        and _LOSS.search(reading.words)
        and frame.part in ("level", "baseline", "origin")
    ):
        return frame.quantity.record.unit.isupper()
    return is_falling(frame) and (reading.metric != "share" or frame.part == "change")


def _dated(view: View, frame: Frame) -> bool:
    """Whether a length of time has a period: it runs up to it, starts with it, or its value does.

    为期约30天 is told of 自4月12日起; 连续四周走弱 has no period of its own.
    """
    start = frame.quantity.start
    if re.search("(?:历时|为期|共|持续)$", frame.before):
        return any(
            p.end <= start and (p.record.kind == "range" or p.record.text.endswith("起"))
            for p in view.periods
        )
    return frame.part in ("origin", "level") and bool(_LASTING_MEASURE.search(frame.lead_in))


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
    told = [
        draft.time
        for draft in drafts
        if draft.time is not None
        and draft.modality == "reported"
        and draft.main
        and not is_backward(draft.time.text)
    ]
    time = memory.time
    if told:
        time = told[-1]
    elif not drafts:
        time = last_time(view, memory.time, memory.day, memory.stretch)
    return Memory(
        topic=topic or memory.topic,
        time=time,
        day=last_day(view) or memory.day,
        stretch=next(
            (t for t in reversed((time, *told)) if t is not None and t.kind != "day"),
            memory.stretch,
        ),
        bank=central_bank(view, len(view.text), namer) or memory.bank,
        reading=drafts[-1].reading if drafts else memory.reading,
    )
