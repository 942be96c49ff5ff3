"""A draft held to proof, sentence by sentence; no input, no output, no model.

`Drafting` is told what the model writes and says what may be shown of it.  The order of an
answer is that of the draft, so that nothing behind a sentence that failed is shown before it
is known what becomes of that one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from ingest.quantities import find_quantities
from qa.answering.draft import Draft, Line
from qa.answering.question.kinds import Kind
from qa.answering.references import Evidence
from qa.answering.text import bigrams, fold
from qa.models.evidence import Amount, Sheet, amount_of, spans_of
from qa.models.reading import HEAD, Fault, Said, read
from qa.models.sentences import Sentences, first_of
from qa.records import Verdict

Judge: TypeAlias = Callable[[Line, Sequence[Line]], tuple[Verdict, str]]
"""Whether a line is supported by its evidence, given the lines before it, and why."""

Fate: TypeAlias = Literal["passed", "repaired", "replaced", "added", "dropped"]

ROOM: dict[Kind, int] = {"list": 580, "why": 580, "summary": 880}
"""Characters of an answer, markers aside; longer ones do not answer any more (`formats.md`)."""
_ROOM = 280
_MOST_FAULTS = 12  # sentences; a draft that is wrong more often is not worth repairing
_SAME = 0.6  # of the two-character pieces of a sentence without figures
_REPLY = re.compile(r"\s*[\[（(]?(\d{1,2})[\])）]?\s*[.、:：]\s*(.*)")


@dataclass(slots=True, eq=False)
class Entry:
    """One sentence of the answer to be. Without a *line* it is dropped, or not decided yet."""

    raw: str
    line: Line | None
    fate: Fate
    reason: str  # why it is supported, or what is wrong with it
    mendable: bool = True  # a repair can be asked for


@dataclass(slots=True)
class Drafting:
    """What becomes of a model's draft. *builtin* is what the built-in engine would say."""

    sheet: Sheet
    builtin: Draft
    judge: Judge
    kind: Kind
    entries: list[Entry] = field(default_factory=list)
    _sentences: Sentences = field(default_factory=Sentences)
    _shown: int = 0

    def feed(self, piece: str) -> Iterator[Line]:
        """Take a piece of the draft; the lines that may be shown now."""
        for raw in self._sentences.feed(piece):
            self._take(raw)
        yield from self._showable()

    def end(self) -> Iterator[Line]:
        """Take the draft's end."""
        for raw in self._sentences.end():
            self._take(raw)
        yield from self._showable()

    @property
    def draft(self) -> str:
        """What the model wrote."""
        return self._sentences.draft

    @property
    def is_open(self) -> bool:
        """Whether what came in breaks off within a sentence."""
        return self._sentences.is_open

    def failed(self) -> list[tuple[str, str]]:
        """The sentences that a repair is to be asked for, each with its fault."""
        return [(entry.raw, entry.reason) for entry in self._mendable()]

    def repair(self, reply: str) -> None:
        """Take what the model makes of the sentences that `failed` told, one a line."""
        faulty = self._mendable()
        lines = [line for line in reply.splitlines() if line.strip()]
        numbered = [found for line in lines if (found := _REPLY.fullmatch(line))]
        told = {int(found[1]): found[2] for found in numbered}
        if len(faulty) == 1 and not told and lines:
            told = {1: lines[0]}
        for number, entry in enumerate(faulty, 1):
            judged = self._judged(first_of(told.get(number, "")), before=self._before(entry))
            if judged and judged.line:
                entry.line, entry.fate, entry.reason = judged.line, "repaired", judged.reason

    def finish(self) -> Iterator[Line]:
        """Decide what is open, add what the draft does not tell; the lines not shown yet."""
        missing = self._missing()
        for entry in self._faulty():
            if missing:
                entry.line, entry.fate = missing.pop(0), "replaced"
                entry.reason = "内置引擎的句子，代替未通过核对的一句"
        for line in missing:
            self.entries.append(Entry("", line, "added", "内置引擎的句子，模型没有写到"))
        yield from self._showable(ended=True)

    @property
    def lines(self) -> tuple[Line, ...]:
        """The answer's lines."""
        return tuple(entry.line for entry in self.entries if entry.line)

    # Admission

    def _take(self, raw: str) -> None:
        judged = self._judged(raw, before=self.lines)
        if judged is None:
            return
        if not self.lines and judged.line and not self._opens_well(judged.line):
            first = self.builtin.lines[0]  # a yes or no comes first, in our words if not in theirs
            self.entries.append(Entry("", first, "added", "内置引擎的句子"))
            judged = self._judged(raw, before=self.lines)
            if judged is None:
                return
        self.entries.append(judged)

    def _judged(self, raw: str, *, before: Sequence[Line]) -> Entry | None:
        """*raw* with its line if it may be said after *before*; None if it adds nothing."""
        said = read(raw, self.sheet)
        if said is None:
            return None
        if isinstance(said, Fault):
            return Entry(raw, None, "dropped", said.reason)
        head, own = HEAD.match(said.text), HEAD.match(self.builtin.lines[0].text)
        if head and (own is None or head[1] != own[1]):
            return Entry(raw, None, "dropped", "开头与核实过的结论不符")
        line, reason = self._supported(said, before)
        if line is None:
            return Entry(raw, None, "dropped", reason)
        if covers(before, line, self.sheet):
            return None
        if self._length((*before, line)) > ROOM.get(self.kind, _ROOM):
            return Entry(raw, None, "dropped", "回答太长", mendable=False)
        return Entry(raw, line, "passed", reason)

    def _supported(self, said: Said, before: Sequence[Line]) -> tuple[Line | None, str]:
        """*said* on the least evidence that bears it out, or None and why none does."""
        first = ""
        for evidence in said.supports(self.sheet):
            verdict, reason = self.judge(Line(said.text, evidence), before)
            if verdict == "supported":
                return self._least(said, evidence, before)
            first = first or reason
        return None, first or "没有写证据编号"

    def _least(
        self, said: Said, evidence: tuple[Evidence, ...], before: Sequence[Line]
    ) -> tuple[Line, str]:
        for item in evidence[::-1]:
            fewer = tuple(other for other in evidence if other is not item)
            if not said.is_held(fewer, self.sheet):
                continue
            if self.judge(Line(said.text, fewer), before)[0] == "supported":
                evidence = fewer
        bullet = any(line.bullet for line in self.builtin.lines)
        line = Line(said.text, evidence, bullet)
        return line, self.judge(line, before)[1]

    def _opens_well(self, line: Line) -> bool:
        own = HEAD.match(self.builtin.lines[0].text)
        return own is None or (
            HEAD.match(line.text) is not None and covers([line], self.builtin.lines[0], self.sheet)
        )

    # What is shown, and what is missing

    def _showable(self, *, ended: bool = False) -> Iterator[Line]:
        while self._shown < len(self.entries):
            entry = self.entries[self._shown]
            if entry.line is None and not ended:
                return
            self._shown += 1
            if entry.line:
                yield entry.line

    def _faulty(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.line is None]

    def _mendable(self) -> list[Entry]:
        return [entry for entry in self._faulty() if entry.mendable][:_MOST_FAULTS]

    def _before(self, entry: Entry) -> tuple[Line, ...]:
        place = self.entries.index(entry)
        return tuple(other.line for other in self.entries[:place] if other.line)

    def _missing(self, lines: Sequence[Line] | None = None) -> list[Line]:
        said = self.lines if lines is None else lines
        return [line for line in self.builtin.lines if not covers(said, line, self.sheet)]

    def _length(self, lines: Sequence[Line]) -> int:
        """How long the answer gets that has *lines* and whatever they do not tell."""
        return sum(len(line.text) + 1 for line in (*lines, *self._missing(lines)))


def covers(said: Sequence[Line], line: Line, sheet: Sheet) -> bool:
    """Whether *said* tell all that *line* tells: yes or no, figures, names, words."""
    if not said:
        return False
    words = "".join(fold(other.text) for other in said)
    head = HEAD.match(line.text)
    if head and not words.startswith(fold(head[0])):
        return False
    evidence = {_place(item) for other in said for item in other.evidence}
    if not evidence & {_place(item) for item in line.evidence}:
        return False
    amounts = _amounts(line, sheet)
    if amounts:
        told = set().union(*(_amounts(other, sheet) for other in said))
        return amounts <= told and _entities(line) <= set().union(*map(_entities, said))
    pieces = bigrams(fold(line.text))
    same = sum(piece in words for piece in pieces)
    return same >= _SAME * len(pieces)


def _amounts(line: Line, sheet: Sheet) -> set[Amount]:
    found = find_quantities(line.text, names=spans_of(sheet.names, line.text))
    return {amount_of(quantity) for quantity in found if quantity.unit != "number"}


def _entities(line: Line) -> set[str]:
    text = fold(line.text)
    return {
        entity.id
        for view in {item.view.doc: item.view for item in line.evidence}.values()
        for entity in view.extraction.entities
        if any(len(name) > 1 and fold(name) in text for name in (entity.name, *entity.aliases))
    }


def _place(item: Evidence) -> tuple[str, object]:
    return item.view.doc, item.span
