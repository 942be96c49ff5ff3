"""Records that stay within `ingest`: what one step hands to the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
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


@dataclass(frozen=True, slots=True)
class Plural:
    """An expression that takes up more than one entity, by their names in order: 两家公司."""

    span: Span
    names: tuple[str, ...]


def plurals_of(mentions: Iterable[Mention], names: Mapping[str, str]) -> list[Plural]:
    """The plurals among *mentions*, which are in order; *names* by entity id."""
    by_span: dict[Span, list[str]] = {}
    for mention in mentions:
        by_span.setdefault(mention.span, []).append(names[mention.entity])
    return [Plural(span, tuple(meant)) for span, meant in by_span.items() if len(meant) > 1]


def single(mentions: Iterable[Mention]) -> list[Mention]:
    """Those of *mentions* that mean one entity: without 两家公司, which is a mention of each."""
    mentions = list(mentions)
    at = Counter(mention.span for mention in mentions)
    return [mention for mention in mentions if at[mention.span] == 1]
