"""The check that every sentence of an answer passes before it is shown.

The gate (`qa.gate`) holds it against the passages that it was made from; and the facts that it
was made from must be in the graph.
"""

from __future__ import annotations

from collections.abc import Sequence
from weakref import WeakKeyDictionary

from qa.answering.draft import Line
from qa.answering.view import DocumentView, Fact
from qa.gate import PreparedDocument, judge_lines
from qa.knowledge_base import KnowledgeBase
from qa.records import Verdict

_prepared: WeakKeyDictionary[DocumentView, PreparedDocument] = WeakKeyDictionary()


def judge(line: Line, *, question: str = "") -> tuple[Verdict, str]:
    """Whether the passages that *line* cites support it as an answer to *question*, and why."""
    passages = [
        passage for item in line.evidence for passage in _document(item.view).lines_in(item.span)
    ]
    return judge_lines(line.text, passages, question=question)


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
