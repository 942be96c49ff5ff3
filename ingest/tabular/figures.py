"""The figure that a row of a table states."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final, get_args

from ingest.attribution.cases import Reading
from ingest.attribution.cues import FALL_NOUN_RE
from ingest.attribution.entities import entity_id, type_of
from ingest.attribution.frames import Frame
from ingest.attribution.metrics import read_metric
from ingest.attribution.rates import BARE
from ingest.attribution.view import Placed
from ingest.lexicon.folding import fold
from ingest.periods import find_periods
from ingest.quantities import find_quantities
from ingest.quantities.cells import UnitHint, read_cell, unit_of_header
from ingest.structure import support_of
from ingest.tabular.cells import BrokenTableError, Row
from ingest.tabular.columns import Role, read_table
from kg.records import (
    Document,
    Entity,
    Extraction,
    Figure,
    Mention,
    Metric,
    Period,
    Quantity,
    Span,
)
from kg.units import CURRENCIES, OWN, QUDT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.records import Recognition

_METRICS: Final = frozenset(get_args(Metric))
_CODES: Final = frozenset(QUDT) | frozenset(OWN) | CURRENCIES | {"multiple", "month", "day"}
_SCALES: Final = {
    "thousand": 10**3,
    "k": 10**3,
    "million": 10**6,
    "mn": 10**6,
    "m": 10**6,
    "billion": 10**9,
    "bn": 10**9,
    "trillion": 10**12,
    "tn": 10**12,
}
_SCALED = re.compile(
    rf"(?:(?P<before>[A-Z]{{3}})\s*)?(?P<scale>{'|'.join(_SCALES)})\.?(?:\s*(?P<behind>[A-Z]{{3}}))?",
    re.IGNORECASE,
)
_EXPECTED = re.compile("预测|预期|预计|目标|指引|forecast|guidance|target|estimate", re.IGNORECASE)
_LOSS = re.compile("亏损|净流出|下降|下跌|减少")
_GROWTH = re.compile("[（(]?(?:同比|环比)(?:增长|增速|增幅|变动|变化|涨跌)?率?[)）]?$")
_ISO_MONTH = re.compile(r"(?P<year>(?:19|20)\d\d)[-/.](?P<month>0?[1-9]|1[0-2])")
_ISO_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFigure:
    """What one row says, before its entity is known. All spans are within the row."""

    entity: Span
    quantity: Quantity
    reading: Reading
    metric: Metric
    period: Period | None


def read_row(text: str, row: Row, roles: Mapping[Role, int]) -> TableFigure:
    """The figure of one *row* of the table *text*.

    :raises BrokenTableError: naming the row, for an empty cell, a value that is no number, or a
        unit that is not known.
    """

    def cell(role: Role) -> Span:
        return row.cells[roles[role]]

    for role in ("entity", "metric", "value"):
        if not cell(role).of(text):
            raise BrokenTableError(f"row {row.number} has no {role}")
    quantity = _quantity(text, row, cell("value"), cell("unit"))
    words = cell("metric").of(text)
    code = fold(words).replace(" ", "_")
    reading = _reading(words, quantity)
    metric: Metric = code if code in _METRICS else reading.metric  # type: ignore[assignment]
    if (FALL_NOUN_RE.search(words) or _LOSS.search(words)) and not quantity.signed:
        quantity = _negative(quantity)
    return TableFigure(
        entity=cell("entity"),
        quantity=quantity,
        reading=replace(
            reading, words=None if code in _METRICS else _GROWTH.sub("", words) or None
        ),
        metric=metric,
        period=_period(text, cell("period")),
    )


def _quantity(text: str, row: Row, value: Span, unit: Span) -> Quantity:
    words, unit_words = value.of(text), unit.of(text)
    hint = _unit(unit_words)
    if unit_words and hint is None:
        raise BrokenTableError(f"row {row.number}: the unit '{unit_words}' is not known")
    found = read_cell(words, hint=hint)
    if hint is not None and (found is None or found.unit == BARE):
        found = _with_unit(words, unit_words) or found
    if found is None:
        raise BrokenTableError(f"row {row.number}: the value '{words}' is no number")
    if found.unit == BARE:
        raise BrokenTableError(f"row {row.number}: the value '{words}' has no unit")
    return replace(
        found,
        span=Span(value.start + found.span.start, value.start + found.span.end),
        text=words[found.span.start : found.span.end],
    )


def _with_unit(words: str, unit: str) -> Quantity | None:
    """A range or an approximate value (约18, 3-5), read with the unit of its column."""
    whole = [q for q in find_quantities(words + unit) if q.text == words + unit]
    return replace(whole[0], span=Span(0, len(words))) if whole else None


def _unit(words: str) -> UnitHint | None:
    """The unit that a cell names: in Chinese (亿元), as a code (USD/barrel), scaled (USD mn)."""
    if not words:
        return None
    parts = words.split("/")
    if len(parts) <= 2 and all(part in _CODES or _is_physical(part) for part in parts):
        return UnitHint(words, Decimal(1))
    named = unit_of_header(f"（{words}）") or unit_of_header(f"（个{words}）")
    if named is not None:
        return named
    scaled = _SCALED.fullmatch(words)
    code = scaled and (scaled["before"] or scaled["behind"] or "").upper()
    if scaled and (not code or code in CURRENCIES):
        return UnitHint(code or "count", Decimal(_SCALES[scaled["scale"].lower()]))
    return None


def _is_physical(word: str) -> bool:
    return (
        word.isascii()
        and word.isalpha()
        and word.islower()
        and unit_of_header(f"（1{word}）") is not None
    )


def _reading(words: str, quantity: Quantity) -> Reading:
    frame = Frame(
        quantity=Placed(0, 0, quantity),
        clause=0,
        before=words,
        lead_in=words,
        after="",
        part="level",
        compared=False,
        listed=None,
    )
    return read_metric(frame, carried=None, foreseen=bool(_EXPECTED.search(words)))


def _negative(quantity: Quantity) -> Quantity:
    low, high = quantity.low, quantity.high
    return replace(
        quantity,
        value=None if quantity.value is None else -abs(quantity.value),
        low=None if high is None else -abs(high),
        high=None if low is None else -abs(low),
    )


def _period(text: str, cell: Span) -> Period | None:
    words = cell.of(text)
    if not words:
        return None
    month = _ISO_MONTH.fullmatch(words)
    if month is not None:
        spelt = f"{month['year']}年{int(month['month'])}月"
    else:
        spelt = f"{words}年" if _ISO_YEAR.fullmatch(words) else words
    found = find_periods(spelt, reference=None)
    if not found:
        return Period(span=cell, text=words, kind="relative", begin=None, end=None)
    return replace(found[-1], span=cell, text=words)


def extract_table(document: Document, recognition: Recognition) -> Extraction:
    """The figures of a table *document*, and its entities.

    *recognition* is what the language pipeline finds in it; of that, the names in the column of
    entities are kept.
    """
    text = document.text
    _, roles, rows = read_table(text)
    read = [read_row(text, row, roles) for row in rows]
    mentions, entities = _entities(text, [one.entity for one in read], recognition)
    by_id = {entity.id: entity for entity in entities}
    figures = tuple(
        _figure(document, index + 1, one, by_id[mention.entity])
        for index, (one, mention) in enumerate(zip(read, mentions, strict=True))
    )
    return Extraction(
        document=document,
        entities=entities,
        mentions=mentions,
        figures=figures,
        statements=(),
        offices=(),
        supports=tuple(support_of(document, sentence.span) for sentence in document.sentences),
    )


def _figure(document: Document, sentence: int, row: TableFigure, entity: Entity) -> Figure:
    quantity, period = row.quantity, row.period
    return Figure(
        span=quantity.span,
        text=quantity.text,
        value=quantity.value,
        low=quantity.low,
        high=quantity.high,
        unit=quantity.unit,
        approximate=quantity.approximate,
        subject=entity.name,
        entity=entity.id,
        metric=row.metric,
        metric_words=row.reading.words,
        basis=row.reading.basis,
        comparator=None,
        modality="forecast" if row.metric == "forecast" else "reported",
        speaker=None,
        negated=False,
        period=period.text if period else None,
        period_begin=period.begin if period else None,
        period_end=period.end if period else None,
        sentence=sentence,
        support=support_of(document, quantity.span),
    )


def _entities(
    text: str, cells: Sequence[Span], recognition: Recognition
) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    """A mention for each of *cells*, and the entities that they name, by first mention.

    A cell that the pipeline reads as a name, with a ticker in brackets or not, is that entity;
    another is an entity of its own.
    """
    known = {entity.id: entity for entity in recognition.entities}
    by_start = {mention.span.start: mention for mention in recognition.mentions}
    found: dict[str, Entity] = {}
    mentions = []
    for cell in cells:
        name = cell.of(text)
        mention = by_start.get(cell.start)
        whole = mention is not None and re.fullmatch(
            r"\s*(?:[（(][^（）()]*[)）])?", text[mention.span.end : cell.end]
        )
        if mention is not None and whole and mention.span.end <= cell.end:
            entity = known[mention.entity]
            cell = mention.span
        else:
            kind = type_of(name)
            kind = "company" if kind == "group" else kind
            entity = Entity(
                id=entity_id(name, kind),
                name=name,
                aliases=(),
                type=kind,
                ticker=None,
                first_start=cell.start,
            )
        found.setdefault(entity.id, replace(entity, first_start=cell.start))
        mentions.append(
            Mention(span=cell, text=cell.of(text), entity=entity.id, how="name", score=1.0)
        )
    return tuple(mentions), tuple(found.values())
