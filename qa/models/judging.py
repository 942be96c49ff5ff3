"""The judge of a model's sentences: the gate, twice, and an eye on what they bring in.

A sentence must be borne out by the very passages that are shown as its evidence, and by what
its printed references lead to, as whoever checks the answer later will hold it against.
"""

from __future__ import annotations

from collections.abc import Sequence

from qa.answering.draft import Line, in_print
from qa.gate import Gate, evidence, judge_lines
from qa.gate.evidence import Line as Passage
from qa.knowledge_base import KnowledgeBase
from qa.models.wording import misnamed, strange_name, strange_nouns, strange_time, turned
from qa.records import Verdict


class GateJudge:
    """Judges the lines of one answer to *question*; its evidence is of *docs*."""

    def __init__(self, kb: KnowledgeBase, docs: frozenset[str], *, question: str = "") -> None:
        self._question = question
        self._several = len(docs) > 1
        self._evidence = evidence(kb, doc=None if self._several else next(iter(docs), None))
        self._gate = Gate(self._evidence)

    def __call__(self, line: Line, before: Sequence[Line]) -> tuple[Verdict, str]:
        """Whether its evidence supports *line* after the lines *before* it, and why."""
        passages = self._passages(line)
        verdict, reason = judge_lines(line.text, passages, question=self._question)
        if verdict != "supported":
            return verdict, reason
        if fault := _brought_in(line):
            return fault
        earlier = [self._printed(other) for other in before]
        claim = self._gate.judge(self._printed(line), earlier=earlier, question=self._question)
        return claim.verdict, claim.reason

    def _passages(self, line: Line) -> list[Passage]:
        found: list[Passage] = []
        for item in line.evidence:
            document = self._evidence.document(item.view.doc)
            found += document.lines_in(item.span) if document else ()
        return list(dict.fromkeys(found))

    def _printed(self, line: Line) -> str:
        return in_print(line, several=self._several)


def _brought_in(line: Line) -> tuple[Verdict, str] | None:
    """What *line* says beyond its passages, or otherwise than they do."""
    for strange in (strange_name, strange_time):
        if words := strange(line.text, line.evidence):
            return "not_enough_info", f"所引原文没有提到“{words}”"
    if nouns := strange_nouns(line.text, line.evidence):
        return "not_enough_info", f"所引原文没有说到“{nouns[0]}”"
    if word := turned(line.text, line.evidence):
        return "refuted", f"所引原文没有“{word}”的意思"
    if (figure := misnamed(line)) is not None:
        return "refuted", f"所引原文中“{figure}”不是这样说的"
    return None
