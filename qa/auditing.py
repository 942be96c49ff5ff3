"""The audit of a home: its rules, and the findings that are kept or made anew."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from kg.audit.merging import place_of
from kg.audit.rule import Rule, fingerprint, rules_of

if TYPE_CHECKING:
    from kg.reader import GraphReader
    from kg.records import Finding


def home_rules(home: Path) -> tuple[Rule, ...]:
    """The rules of the program, as the folder ``rules`` of *home* adds to them and tunes them.

    :raises InputError: if a file there is no rule.
    """
    return rules_of([home / "rules"])


def home_findings(
    graph: GraphReader, home: Path, *, docs: Collection[str] | None = None
) -> tuple[Finding, ...]:
    """The findings about *docs* (all, if not told) by the rules of *home*.

    Those that are kept, and of documents that were last audited by other rules (or by none, before
    there were any) those of an audit made now.
    """
    rules = home_rules(home)
    told, current = graph.audited(), fingerprint(rules)
    wanted = {info.doc for info in graph.documents()} if docs is None else set(docs)
    stale = {doc for doc in wanted if told.get(doc) != current}
    kept = graph.findings(docs=wanted - stale) if wanted - stale else ()
    kept = tuple(finding for finding in kept if not stale & set(finding.docs))
    made = graph.audit(rules, docs=stale) if stale else ()
    return tuple(sorted({*kept, *made}, key=place_of))
