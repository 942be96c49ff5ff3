"""The check that every sentence of an answer passes before it is shown.

The gate (`qa.gate`) holds it against the passages that it was made from; what is told of the
document itself against its metadata, a list of members against the memberships that the passages
claim, an inconsistency against what the audit computed.  And the facts that it was made from
must be in the graph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product
from weakref import WeakKeyDictionary

from kg.records import Argument, Span
from qa.answering.draft import Line
from qa.answering.text import fold
from qa.answering.view import DocumentView, Fact
from qa.audit_words import AGAINST, said
from qa.gate import PreparedDocument, judge_lines
from qa.knowledge_base import KnowledgeBase
from qa.records import Verdict

_MEMBERS = re.compile("(?P<group>.+?)(?:包括|旗下有)(?P<members>.+)")
_COUNTED = re.compile("文中提到(?P<number>[0-9]+)[家个只种类项位款支]：(?P<listed>.+)")
_MEMBER = re.compile("(?P<members>[^、]+?)属于(?P<group>.+)")

_prepared: WeakKeyDictionary[DocumentView, PreparedDocument] = WeakKeyDictionary()


def judge(line: Line, *, question: str = "") -> tuple[Verdict, str]:
    """Whether the passages that *line* cites support it as an answer to *question*, and why."""
    told = _of_document(line) or _of_memberships(line) or _of_audit(line) or _of_count(line)
    if told is not None:
        return "supported", told
    passages = [
        passage for item in line.evidence for passage in _document(item.view).lines_in(item.span)
    ]
    return judge_lines(line.text, passages, question=question)


def _of_document(line: Line) -> str | None:
    """Why *line* holds, if it tells no more than a document's title, day, publisher and author."""
    if len(line.evidence) != 1:
        return None
    data = line.evidence[0].view.extraction.document.metadata
    told = [f"《{data.title}》", data.publisher, data.author]
    if data.published:
        told.append(f"{data.published:%Y}年{data.published.month}月{data.published.day}日")
    rest = line.text
    for words in sorted(filter(None, told), key=len, reverse=True):
        rest = rest.replace(words, "", 1)
    return None if rest.strip("，") else "与文章的标题和署名相符"


def _of_memberships(line: Line) -> str | None:
    """Why *line* holds, if it only says who is of a group as its passages claim."""
    found = _MEMBERS.fullmatch(line.text) or _MEMBER.fullmatch(line.text)
    if found is None:
        return None
    claimed = set(_memberships(line))
    said = set(product([found["group"]], found["members"].split("、")))
    return "与原文所述的成员相符" if said <= claimed else None


def _of_count(line: Line) -> str | None:
    """Why *line* holds, if it only counts what it lists, and its passages name each."""
    found = _COUNTED.fullmatch(line.text)
    if found is None:
        return None
    listed = found["listed"].split("、")
    if len(set(listed)) != int(found["number"]):
        return None
    named = "".join(fold(item.span.of(item.view.text)) for item in line.evidence)
    return "与所列的数目相符" if all(fold(name) in named for name in listed) else None


def _of_audit(line: Line) -> str | None:
    """Why *line* holds, if it says what the audit computed from its passages."""
    if not line.text.startswith(AGAINST):
        return None  # nothing of it is read for what says nothing of it
    found = any(
        said(finding) == line.text and all(_within(line, view, s) for s in finding.spans[0])
        for view in {id(item.view): item.view for item in line.evidence}.values()
        for finding in view.findings
    )
    return "由原文的数字核算得出" if found else None


def _within(line: Line, view: DocumentView, span: Span) -> bool:
    return any(item.view is view and item.span.contains(span) for item in line.evidence)


def _memberships(line: Line) -> Iterator[tuple[str, str]]:
    """The groups and members that the passages of *line* claim, by each of their names."""
    for item in line.evidence:
        view = item.view
        for relation in view.extraction.relations:
            if relation.kind != "membership" or relation.negated:
                continue
            if item.span.contains(view.sentences[relation.sentence].span):
                sides = (relation.object, relation.subject)
                yield from product(*(_names(view, side) for side in sides))


def _names(view: DocumentView, side: Argument) -> set[str]:
    entity = view.entities.get(side.entity or "")
    return {side.text, *((entity.name, *entity.aliases) if entity else ())}


def in_graph(facts: Sequence[Fact], query: str, kb: KnowledgeBase) -> bool:
    """Whether *query* gives back every one of *facts*, from the graph."""
    rows = {(row["doc"], row["start"], row["end"]) for row in kb.select(query)}
    return all((f.doc, f.figure.span.start, f.figure.span.end) in rows for f in facts)


def _document(view: DocumentView) -> PreparedDocument:
    """*view* as the gate reads it; kept as long as the view is.

    What the engine writes are the document's own names: the lexicon need not be loaded.
    """
    if view not in _prepared:
        _prepared[view] = PreparedDocument(view.extraction, lexicon=False)
    return _prepared[view]
