"""Which stretches of a document are read for names, and in what order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.language.analysis import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.records import Document

# A title and a heading name things, though they state no fact; furniture, tags and the list of
# sources speak of the page and of other texts.
_NAMING_LINES = frozenset({"title", "heading", "run_in"})
_SILENT_SENTENCES = frozenset({"title", "meta", "furniture", "references"})


def reading_units(document: Document) -> list[Unit]:
    """The sentences of *document* with its title, headings and run-in leads, by place."""
    return sorted(_units(document), key=lambda unit: unit.span.start)


def _units(document: Document) -> Iterator[Unit]:
    taken = [s.span for s in document.sentences]
    for line in document.lines:
        if line.kind in _NAMING_LINES and not any(t.contains(line.span) for t in taken):
            yield Unit(line.span, line.kind, line.block, None)
    for index, sentence in enumerate(document.sentences):
        if sentence.kind not in _SILENT_SENTENCES:
            yield Unit(sentence.span, sentence.kind, sentence.block, index)
