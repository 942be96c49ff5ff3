"""Citation marks: where they stand, what they cite, what they cover."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ingest.structure.lines import MARK
from ingest.structure.sentences import trim
from kg.records import CitationMark, Line, Sentence, Span

_SOURCE = re.compile(r"(?P<first>[0-9０-９]+)(?:\s?[-‐‑–—~～]\s?(?P<last>[0-9０-９]+))?")
_BETWEEN = re.compile(r"[\s,，、;；]*")
# A wider range is one of numbers, not of sources.
_MAX_RANGE = 20
_UNCITING = frozenset({"title", "meta", "furniture", "references"})


def sources_of(mark: str) -> tuple[str, ...]:
    """The source numbers of one mark: ``[1,4]`` gives 1 and 4, ``[2-4]`` gives 2, 3 and 4.

    Full-width digits come out as ASCII ones.  Empty for a range that runs backwards or too far.
    """
    found: list[str] = []
    for part in _SOURCE.finditer(mark):
        first = int(part["first"])
        last = int(part["last"] or first)
        if not first <= last < first + _MAX_RANGE:
            return ()
        found += map(str, range(first, last + 1))
    return tuple(dict.fromkeys(found))


def find_marks(
    text: str,
    lines: Sequence[Line],
    sentences: Sequence[Sentence],
    references: Mapping[str, str],
) -> tuple[CitationMark, ...]:
    """Read the citation marks of the article's lines, page furniture and source list left out.

    Marks that stand side by side cover the same text.  Those inside a sentence cover what runs
    from the mark before them, or from the sentence's start; those that close it cover also the
    stop behind them.  In a row of a table each covers the row, in a heading the heading.  Marks
    on a line of their own cover the sentence above them in the block.
    """
    found: list[CitationMark] = []

    def keep(group: Sequence[Span], covers: Span) -> None:
        found.extend(
            CitationMark(
                span=span,
                text=span.of(text),
                source=source,
                covers=covers,
                reference=references.get(source),
            )
            for span in group
            for source in sources_of(span.of(text))
        )

    position = 0
    for line in lines:
        if line.kind in _UNCITING:
            continue
        rest = line.span.start
        while position < len(sentences) and sentences[position].span.start < line.span.end:
            sentence = sentences[position]
            groups = _groups(text, sentence.span)
            for group, covers in zip(groups, _covers(text, sentence, groups), strict=True):
                keep(group, covers)
            rest = sentence.span.end
            position += 1
        above = sentences[position - 1] if position else None
        for group in _groups(text, Span(rest, line.span.end)):
            same_block = above is not None and above.block == line.block
            covered = (
                above.span
                if above is not None and same_block and line.kind == "paragraph"
                else line.span
            )
            keep(group, covered)
    return tuple(found)


def _groups(text: str, span: Span) -> list[list[Span]]:
    """Marks within *span*, those side by side together."""
    groups: list[list[Span]] = []
    for match in MARK.finditer(text, span.start, span.end):
        if not sources_of(match[0]):
            continue
        mark = Span(match.start(), match.end())
        if groups and _BETWEEN.fullmatch(text, groups[-1][-1].end, mark.start):
            groups[-1].append(mark)
        else:
            groups.append([mark])
    return groups


def _covers(text: str, sentence: Sentence, groups: Sequence[Sequence[Span]]) -> list[Span]:
    covers = []
    start = sentence.span.start
    for group in groups:
        end = group[0].start
        closing = group is groups[-1] and not re.search(
            r"\w", text[group[-1].end : sentence.span.end]
        )
        if sentence.kind == "table":
            covered = sentence.span
        elif closing:
            covered = Span(start, sentence.span.end)
        else:
            # a mark that opens its sentence speaks for all of it
            covered = Span(start, end) if start < end else sentence.span
        covers.append(trim(text, covered) or sentence.span)
        start = group[-1].end
    return covers
