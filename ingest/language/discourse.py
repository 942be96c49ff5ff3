"""What a document has spoken of so far: its mentions by sentence, as reference needs them."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING

from ingest.records import single

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from ingest.language.analysis import Analysis, Unit
    from ingest.language.references import Kind, Reference
    from kg.records import Mention, Span


_LONGEST_QUOTATION = 2_000  # characters


class Discourse:
    """The units of a document with their mentions, to which references are added one by one."""

    def __init__(self, analysis: Analysis) -> None:
        self.text = analysis.text
        self.units: Sequence[Unit] = analysis.units
        self.types = analysis.types()
        self.names = {e.id: (e.name, *e.aliases) for e in analysis.entities}
        self._namings = {n.other for n in analysis.namings}
        self._title = analysis.document.metadata.title
        self._mentions: list[list[Mention]] = [[] for _ in self.units]
        self._outside: list[Mention] = []
        self._open: dict[tuple[int, Kind], int] = {}
        self._named: Counter[str] = Counter()
        self._first: dict[str, int] = {}
        self._block_start: dict[int, int] = {}
        for unit in self.units:
            self._block_start.setdefault(unit.block, unit.span.start)
        starts = [unit.span.start for unit in self.units]
        for mention in sorted(analysis.mentions, key=lambda m: m.span.start):
            place = bisect_right(starts, mention.span.start) - 1
            inside = place >= 0 and self.units[place].span.contains(mention.span)
            (self._mentions[place] if inside else self._outside).append(mention)
            if self.types[mention.entity] == "company":
                self._named[mention.entity] += 1
                self._first.setdefault(mention.entity, mention.span.start)

    def mentions(self) -> list[Mention]:
        """All mentions, by start; those of a plural in the order of their entities."""
        found = [*self._outside, *(m for unit in self._mentions for m in unit)]
        return sorted(found, key=lambda m: m.span.start)

    def within(self, position: int) -> list[Mention]:
        """The mentions of one unit."""
        return self._mentions[position]

    def singles(self, position: int) -> list[Mention]:
        """The mentions of one unit that mean one entity each."""
        return single(self._mentions[position])

    def overlapping(self, position: int, span: Span) -> list[Mention]:
        """The mentions of a unit that share a character with *span*."""
        return [
            m
            for m in self._mentions[position]
            if m.span.start < span.end and span.start < m.span.end
        ]

    def add(self, position: int, mention: Mention) -> None:
        """Add *mention* to the unit that it stands in."""
        self._mentions[position].append(mention)
        self._mentions[position].sort(key=lambda m: m.span.start)

    def drop(self, position: int, mentions: Sequence[Mention]) -> None:
        """Take *mentions* out again."""
        self._mentions[position] = [m for m in self._mentions[position] if m not in mentions]

    def leave_open(self, position: int, reference: Reference) -> None:
        """Remember that a thing is spoken of in a unit and not known which."""
        self._open[position, reference.kind] = reference.span.start

    def is_open(self, position: int, kind: Kind, *, after: int) -> bool:
        """Whether a reference of *kind* stayed open in a unit from *after* on."""
        return self._open.get((position, kind), -1) >= after

    def backwards(
        self, position: int, before: int, *, most: int
    ) -> Iterator[tuple[int, list[Mention]]]:
        """How many units back, and the single mentions there; in the first those before *before*.

        At most *most* units back.
        """
        yield 0, [m for m in self.singles(position) if m.span.end <= before]
        for back in range(1, min(position, most) + 1):
            yield back, self.singles(position - back)

    def is_declared(self, mention: Mention) -> bool:
        """Whether the text itself says that the words are this entity's: 下称“央行”."""
        said = {span.of(self.text) for span in self._namings}
        return mention.text in said

    def is_quoted(self, position: int, offset: int) -> bool:
        """Whether *offset*, in a unit, stands between quotation marks of its paragraph."""
        start = max(self._block_start[self.units[position].block], offset - _LONGEST_QUOTATION)
        before = self.text[start:offset]
        return before.count("“") + before.count("「") > before.count("”") + before.count("」")

    def topic(self, before: int, *, but: Collection[str] = ()) -> str | None:
        """The company that the document is about: named in its title, else named most often.

        One that the title does not name has to be named before the offset *before*.
        Those of *but* are not meant.
        """
        companies = [entity for entity in self._named if entity not in but]
        named = [e for e in companies if self._first[e] < before]
        in_title = [e for e in companies if any(n in self._title for n in self.names[e])]
        return max(in_title or named, key=lambda e: self._named[e], default=None)
