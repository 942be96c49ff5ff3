"""Records that stay within `ingest`: what one step hands to the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kg.records import Entity, Mention, Office, Span, Statement


@dataclass(frozen=True, slots=True)
class Token:
    """One word of the lexical analysis, with its LAC tag (n, v, PER, ORG, TIME, m …)."""

    span: Span
    tag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """What the language pipeline finds in one document.

    *tokens* holds one tuple of words for each sentence of the document, in order.
    """

    tokens: tuple[tuple[Token, ...], ...]
    entities: tuple[Entity, ...]
    mentions: tuple[Mention, ...]  # by start, not overlapping; of a plural one for each it means
    statements: tuple[Statement, ...]
    offices: tuple[Office, ...]


def single(mentions: Iterable[Mention]) -> list[Mention]:
    """Those of *mentions* that mean one entity: without 两家公司, which is a mention of each."""
    mentions = list(mentions)
    at = Counter(mention.span for mention in mentions)
    return [mention for mention in mentions if at[mention.span] == 1]
