"""What a model may draw on: numbered pieces of evidence, their figures as slots."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.quantities import find_quantities
from kg.records import Figure, Quantity, Span
from qa.answering.draft import Line
from qa.answering.engine import Planned
from qa.answering.references import Evidence, of_sentence
from qa.answering.text import fold
from qa.plain import printable

Amount = tuple[object, ...]

PASSAGES = 4  # further sentences, beside those that the built-in answer rests on
_SEARCHED = 30
_IN = r"[^\[\]［］【】〔〕{}｛｝]{0,40}"
_FORGED = re.compile(rf"[\[［【〔{{｛]{_IN}\d{_IN}[\]］】〕}}｝]|[\[\]［］【】〔〕{{}}｛｝<>]")


@dataclass(frozen=True, slots=True)
class Slot:
    """A figure that the model places by name."""

    name: str  # F1
    text: str  # as the source, or the built-in answer, prints it
    amount: Amount


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One numbered piece of evidence.

    *shown* is what the model reads: one line, no mark of the article, slots for figures.
    """

    number: int
    shown: str
    printed: str  # the same with its figures
    known: str  # folded: whatever words a sentence that rests on it may take digits from
    evidence: tuple[Evidence, ...]
    slots: tuple[str, ...]  # names, in the order of the text
    proved: bool  # a sentence of the built-in answer, not of an article


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """The evidence for one question."""

    items: tuple[Item, ...]
    slots: Mapping[str, Slot]  # by name
    names: frozenset[str]  # that hold digits, in the documents of the evidence

    def item(self, number: int) -> Item | None:
        """The piece numbered *number*, from 1."""
        return self.items[number - 1] if 1 <= number <= len(self.items) else None


def gather(question: str, planned: Planned, *, passages: int = PASSAGES) -> Sheet:
    """The evidence for *question*, whose built-in answer is *planned*.

    First the sentences of that answer, then what they rest on, then up to *passages* further
    sentences of the same documents that a search finds. Empty for a refusal.
    """
    if planned.draft is None:
        return Sheet((), {}, frozenset())
    lines = planned.draft.lines
    sources = list({_place(e): e for line in lines for e in line.evidence}.values())
    sources += _found(question, planned, known={_place(e) for e in sources}, most=passages)
    slots: dict[tuple[str, Amount], Slot] = {}
    items = [_of_line(n, line, slots) for n, line in enumerate(lines, 1)]
    items += [_of_source(n, e, slots) for n, e in enumerate(sources, len(items) + 1)]
    return Sheet(
        items=tuple(items),
        slots={slot.name: slot for slot in slots.values()},
        names=_names_with_digits(sources),
    )


def amount_of(figure: Quantity | Figure) -> Amount:
    """What two prints of one figure have in common: size and unit; a sign is told by words."""
    bounds = (figure.value, figure.low, figure.high)
    return (figure.unit, *sorted(abs(bound) for bound in bounds if bound is not None))


def spans_of(names: Collection[str], text: str) -> list[Span]:
    """Where *names* stand in *text*."""
    return sorted(
        {Span(*m.span()) for name in names for m in re.finditer(re.escape(name), text)},
        key=lambda span: (span.start, -span.end),
    )


def _names_with_digits(evidence: Iterable[Evidence]) -> frozenset[str]:
    """罗素2000 and the like in the documents of *evidence*: their digits are no figures."""
    views = {e.view.doc: e.view for e in evidence}.values()
    return frozenset(
        name
        for view in views
        for entity in view.extraction.entities
        for name in (entity.name, *entity.aliases)
        if any(char.isdigit() for char in name)
    )


def _found(
    question: str, planned: Planned, *, known: set[tuple[str, Span]], most: int
) -> Iterator[Evidence]:
    views = {view.doc: view for view in planned.workspace.views}
    told = (
        {e.view.doc for line in planned.draft.lines for e in line.evidence} if planned.draft else ()
    )
    names = " ".join(name.surface for name in planned.intent.names if name.surface not in question)
    taken = 0
    for doc, sentence, _ in planned.workspace.search(f"{question} {names}".strip(), _SEARCHED):
        if doc not in told or taken >= most:
            continue
        found = of_sentence(views[doc], sentence)
        if _place(found) not in known:
            known.add(_place(found))
            taken += 1
            yield found


def _place(evidence: Evidence) -> tuple[str, Span]:
    return evidence.view.doc, evidence.span


def _of_line(number: int, line: Line, slots: dict[tuple[str, Amount], Slot]) -> Item:
    text = " ".join(line.text.split())
    found = find_quantities(text, names=spans_of(_names_with_digits(line.evidence), text))
    return _item(
        number, text, [(q.span, amount_of(q)) for q in found], line.evidence, slots, proved=True
    )


def _of_source(number: int, source: Evidence, slots: dict[tuple[str, Amount], Slot]) -> Item:
    view, span = source.view, source.span
    marks = [m.span for m in view.extraction.document.marks if span.contains(m.span)]
    figures = [f for f in view.extraction.figures if span.contains(f.span)]
    text = span.of(view.text)
    cut = "".join(" " if any(m.start <= span.start + i < m.end for m in marks) else char
                  for i, char in enumerate(text))  # fmt: skip
    at = [(Span(f.span.start - span.start, f.span.end - span.start), amount_of(f)) for f in figures]
    sentence = next((s for s in view.sentences if s.span == span), None)
    above = [sentence.lead or sentence.table] if sentence else []
    lead = "".join(s.of(view.text) for s in above if s and s != span)
    return _item(number, cut, at, (source,), slots, proved=False, lead=lead)


def _item(
    number: int,
    text: str,
    figures: Sequence[tuple[Span, Amount]],
    evidence: tuple[Evidence, ...],
    slots: dict[tuple[str, Amount], Slot],
    *,
    proved: bool,
    lead: str = "",
) -> Item:
    shown, printed, names, at = [_plain(lead)], [_plain(lead)], [], 0
    for span, amount in sorted(figures, key=lambda pair: pair[0].start):
        if span.start < at:
            continue
        words = _plain(span.of(text))
        slot = slots.setdefault((fold(words), amount), Slot(f"F{len(slots) + 1}", words, amount))
        between = _plain(text[at : span.start])
        shown += [between, f"{{{slot.name}}}"]
        printed += [between, words]
        names.append(slot.name)
        at = span.end
    rest = _plain(text[at:])
    return Item(
        number=number,
        shown=_line([*shown, rest]),
        printed=_line([*printed, rest]),
        known="\n".join(map(fold, (_line([*printed, rest]), *_words_around(evidence)))),
        evidence=evidence,
        slots=tuple(dict.fromkeys(names)),
        proved=proved,
    )


def _words_around(evidence: Iterable[Evidence]) -> Iterator[str]:
    """Headings, names with digits, and the times that figures are told for."""
    for item in evidence:
        view = item.view
        yield from sorted(_names_with_digits([item]))
        for sentence in view.sentences:
            if sentence.span == item.span:
                yield sentence.section or ""
        for figure in view.extraction.figures:
            if item.span.contains(figure.span):
                yield figure.period or ""


def _plain(text: str) -> str:
    """*text* of an article without what could pass for a number or a slot of ours."""
    return _FORGED.sub(" ", printable(text))


def _line(parts: Sequence[str]) -> str:
    return " ".join("".join(parts).split())
