"""References as an answer prints them: [5][6], [¶31]; with the document where several are cited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.records import Span, Support
from qa.answering.view import DocumentView, Fact
from qa.records import Source


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """A passage that a sentence of an answer rests on, with the sources behind it."""

    view: DocumentView
    span: Span
    block: int
    support: Support

    @property
    def order(self) -> tuple[int, int]:
        """Fewest references first, but some before none; the earlier on a tie."""
        n = len(self.support.citations)
        return (n or 99, self.span.start)


def of_fact(fact: Fact) -> Evidence:
    """The sentence that states *fact*, with the fact's own sources."""
    sentence = fact.view.sentences[fact.figure.sentence]
    return Evidence(fact.view, sentence.span, sentence.block, fact.figure.support)


def of_sentence(view: DocumentView, index: int) -> Evidence:
    """Sentence *index* of *view*, with its sources."""
    sentence = view.sentences[index]
    return Evidence(view, sentence.span, sentence.block, view.support(index))


def best_mention(facts: Iterable[Fact]) -> Fact:
    """Of several mentions of one fact, the one to cite."""
    return min(facts, key=lambda fact: of_fact(fact).order)


def mark(evidence: Sequence[Evidence], *, several: bool) -> str:
    """The references of *evidence*, each once, ready to stand before a full stop."""
    labels: list[str] = []
    for item in evidence:
        for label in _labels(item, several=several):
            if label not in labels:
                labels.append(label)
    return " " + "".join(sorted(labels, key=_rank)) if labels else ""


def numbers(evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """The source numbers of *evidence*, in order, each once."""
    found = {number for item in evidence for number in item.support.citations}
    return tuple(sorted(found, key=lambda n: (len(n), n)))


def source(item: Evidence, *, several: bool) -> Source:
    """The record of a passage, as the answer's ``sources`` list it."""
    return Source(
        ref="".join(_labels(item, several=several)),
        doc=item.view.doc,
        start=item.span.start,
        end=item.span.end,
        text=item.span.of(item.view.text),
        citations=item.support.citations,
    )


def _labels(item: Evidence, *, several: bool) -> list[str]:
    prefix = f"{item.view.doc}:" if several else ""
    if item.support.citations:
        return [f"[{prefix}{number}]" for number in item.support.citations]
    return [f"[{prefix}¶{item.block}]"]


def _rank(label: str) -> tuple[str, int, int]:
    body = label.strip("[]")
    doc, _, number = body.rpartition(":")
    passage = number.startswith("¶")
    digits = number.lstrip("¶")
    return (doc, int(passage), int(digits) if digits.isdigit() else 0)
