"""Ties: which figures of a document its words put into relation, for the audit to check.

Each module reads one kind of words; none does arithmetic.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.ties.days import lengths
from ingest.ties.extremes import extremes
from ingest.ties.gaps import gaps
from ingest.ties.moves import moves
from ingest.ties.quarters import quarters
from ingest.ties.ranges import ranges
from ingest.ties.ranks import ranks
from ingest.ties.skeleton import skeletons
from ingest.ties.table_ranks import table_ranks
from ingest.ties.table_totals import table_totals
from ingest.ties.wholes import wholes
from ingest.ties.wording import wordings
from kg.records import Document, Entity, Figure, Mention, Period
from kg.ties import Tie


def ties_of(
    document: Document,
    *,
    entities: Sequence[Entity],
    figures: Sequence[Figure],
    mentions: Sequence[Mention],
    periods: Sequence[Sequence[Period]],
) -> tuple[Tie, ...]:
    """The ties of *document*, by their words; each set of figures once for a kind.

    *periods* are those of each sentence.
    """
    read = skeletons(document, figures)
    found: list[Tie] = []
    for number, skeleton in enumerate(read):
        if skeleton.figures:
            found += moves(skeleton)
            found += gaps(read, number, mentions=mentions)
            found += wholes(read, number)
            found += ranges(read, number)
            found += extremes(read, number)
            found += wordings(read, number)
            found += table_totals(read, number)
        found += ranks(read, number, mentions=mentions)
        found += table_ranks(read, number)
        found += lengths(document, read, number, periods[number])
    found += quarters(document, read, entities=entities, mentions=mentions, periods=periods)
    distinct = {(tie.kind, tie.operands): tie for tie in reversed(found)}
    return tuple(sorted(distinct.values(), key=lambda tie: (tie.cue.start, tie.cue.end, tie.kind)))
