"""An answer that a model drafts and the gate holds to proof, or the built-in one."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from qa.answering import engine
from qa.answering.draft import Draft, Line, in_print
from qa.answering.engine import Planned
from qa.knowledge_base import KnowledgeBase
from qa.models import calling, prompt
from qa.models.calling import ModelFailure, Piece
from qa.models.drafting import Drafting, Entry, Fate
from qa.models.evidence import gather
from qa.models.judging import GateJudge
from qa.models.loading import SECONDS
from qa.models.prompt import Message
from qa.records import Answer, Claim, Question

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

Show: TypeAlias = Callable[[Sequence[Message]], object]

_WORDS: dict[Fate, str] = {
    "repaired": "改写{}句",
    "replaced": "以内置句代替{}句",
    "dropped": "略去{}句",
    "added": "补上内置句{}句",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelAnswer:
    """An answer, and how it came about."""

    answer: Answer
    note: str | None = None  # one line: what became of the draft, where not all of it passed
    failure: str | None = None  # one line: why the model was of no use
    sentences: int = 0  # of the draft
    stopped: int = 0  # of them, by the gate, the repaired ones included


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatDrafter:
    """A chat model that drafts answers.

    *name* is what answers name as their engine.  *seconds* bounds the whole of its part in one
    answer.  *show* is told all that is sent.
    """

    model: BaseChatModel
    name: str
    seconds: float = SECONDS
    show: Show | None = None

    def answer(
        self, question: Question, kb: KnowledgeBase, *, docs: Sequence[str] | None = None
    ) -> ModelAnswer:
        """Answer *question*; a model's failure is told. Raises what `qa.answering.answer` does."""
        for part in self.stream(question, kb, docs=docs):
            if isinstance(part, ModelAnswer):
                return part
        raise AssertionError("a stream ends with the answer")

    def stream(
        self, question: Question, kb: KnowledgeBase, *, docs: Sequence[str] | None = None
    ) -> Iterator[str | ModelAnswer]:
        """The proved sentences as they come, in print; then the answer, which they make up.

        Where the model fails on the way, the answer is the built-in one, whatever was given
        out before it; that is proved as well.
        """
        turn = _Turn(question, kb, docs, self)
        try:
            while messages := turn.next():
                for piece in calling.stream(self.model, messages, until=turn.until):
                    yield from turn.take(piece)
                yield from turn.done()
        except ModelFailure as failure:
            turn.fail(failure)
        yield from turn.finish()

    async def aanswer(
        self, question: Question, kb: KnowledgeBase, *, docs: Sequence[str] | None = None
    ) -> ModelAnswer:
        """`answer` for programs that run in an event loop."""
        async for part in self.astream(question, kb, docs=docs):
            if isinstance(part, ModelAnswer):
                return part
        raise AssertionError("a stream ends with the answer")

    async def astream(
        self, question: Question, kb: KnowledgeBase, *, docs: Sequence[str] | None = None
    ) -> AsyncIterator[str | ModelAnswer]:
        """`stream` for programs that run in an event loop."""
        turn = _Turn(question, kb, docs, self)
        try:
            while messages := turn.next():
                replies = calling.astream(self.model, messages, until=turn.until)
                async for piece in replies:
                    for text in turn.take(piece):
                        yield text
                for text in turn.done():
                    yield text
        except ModelFailure as failure:
            turn.fail(failure)
        for part in turn.finish():
            yield part


def first_prompt(
    question: Question, kb: KnowledgeBase, *, docs: Sequence[str] | None = None
) -> tuple[Message, ...]:
    """What a model would be sent to answer *question*; nothing where the answer is a refusal."""
    planned = engine.plan(question, kb, docs=docs)
    question = planned.put_right(question)
    sheet = gather(question.text, planned)
    return prompt.ask(question, sheet) if sheet.items else ()


class _Turn:
    """One question to one model: what to send next, what came of it."""

    def __init__(
        self,
        question: Question,
        kb: KnowledgeBase,
        docs: Sequence[str] | None,
        drafter: ChatDrafter,
    ) -> None:
        self._began = time.perf_counter()
        self._question = question
        self._drafter = drafter
        self._planned: Planned = engine.plan(question, kb, docs=docs)
        self._several = False
        self._drafting: Drafting | None = None
        self._asked: tuple[Message, ...] = ()
        self._repairing: str | None = None
        self._ended: str | None = None
        self._bullets = False
        self._printed_any = False
        self._failure: ModelFailure | None = None
        self.until = 0.0  # by the monotonic clock; from the first request on
        self._asked_of = self._planned.put_right(question)
        draft = self._planned.draft
        if draft is not None:
            sheet = gather(self._asked_of.text, self._planned)
            told = frozenset(e.view.doc for line in draft.lines for e in line.evidence)
            self._several = len(told) > 1
            self._bullets = any(line.bullet for line in draft.lines)
            self._drafting = Drafting(
                sheet,
                draft,
                GateJudge(kb, told, question=self._asked_of.text),
                self._planned.intent.kind,
            )

    def next(self) -> tuple[Message, ...]:
        """What is to be sent now; nothing when the model has done its part."""
        if self._drafting is None:
            return ()
        if not self._asked:
            self.until = time.monotonic() + self._drafter.seconds
            messages = self._asked = prompt.ask(self._asked_of, self._drafting.sheet)
        elif self._repairing is None and (failed := self._drafting.failed()):
            messages = prompt.repair(self._asked, self._drafting.draft, failed)
            self._repairing = ""
        else:
            return ()
        if self._drafter.show:
            self._drafter.show(messages)
        return messages

    def take(self, piece: Piece) -> Iterator[str]:
        """A piece of the reply; what may be shown now."""
        if self._drafting is None:
            return
        self._ended = piece.reason or self._ended
        if piece.cut:
            raise ModelFailure("was cut off")
        if self._repairing is not None:
            self._repairing += piece.text
            return
        yield from map(self._printed, self._drafting.feed(piece.text))

    def done(self) -> Iterator[str]:
        """The reply has ended."""
        if self._drafting is None:
            return
        if self._repairing is not None:
            self._drafting.repair(self._repairing)
            return
        if self._ended is None and self._drafting.is_open:
            raise ModelFailure("was cut off")
        yield from map(self._printed, self._drafting.end())

    def fail(self, failure: ModelFailure) -> None:
        """The model failed. One that fails at the repair has drafted all the same."""
        if self._repairing is None:
            self._failure = failure

    def finish(self) -> Iterator[str | ModelAnswer]:
        """What has not been shown yet, and the answer."""
        drafting, planned = self._drafting, self._planned
        builtin = engine.tell(self._question, planned, began=self._began)
        name = f"the model {self._drafter.name!r}"
        if drafting is None or planned.draft is None:
            yield ModelAnswer(answer=builtin)
            return
        if self._failure:
            failure = f"{name} {self._failure}; the built-in answer stands"
            yield ModelAnswer(answer=builtin, failure=failure)
            return
        sentences = sum(1 for entry in drafting.entries if entry.raw)
        stopped = sum(
            1 for entry in drafting.entries if entry.line is None or entry.fate == "repaired"
        )
        rest = [self._printed(line) for line in drafting.finish()]
        entries = [entry for entry in drafting.entries if entry.line]
        if not any(entry.fate in ("passed", "repaired") for entry in entries):
            failure = f"{name} wrote nothing that holds; the built-in answer stands"
            yield ModelAnswer(answer=builtin, failure=failure, sentences=sentences, stopped=stopped)
            return
        yield from rest
        answer = self._answer(planned.draft, drafting, entries)
        if planned.closing:
            yield planned.closing
        yield ModelAnswer(
            answer=answer,
            note=_note(drafting.entries),
            sentences=sentences,
            stopped=stopped,
        )

    def _answer(self, draft: Draft, drafting: Drafting, entries: Sequence[Entry]) -> Answer:
        told = engine.answered(
            self._question, self._planned, replace(draft, lines=drafting.lines), began=self._began
        )
        claims = [_judged(claim, entry) for claim, entry in zip(told.claims, entries, strict=True)]
        return replace(told, claims=tuple(claims), engine=self._drafter.name)

    def _printed(self, line: Line) -> str:
        between = "\n" if self._bullets and self._printed_any else ""
        if not self._printed_any:
            between = self._planned.opening
        self._printed_any = True
        return between + in_print(line, several=self._several)


def _judged(claim: Claim, entry: Entry) -> Claim:
    """*claim* as it was judged when it was let in, and whose it is."""
    if entry.fate in ("passed", "repaired"):
        how = "模型改写后" if entry.fate == "repaired" else "模型所写，"
        return replace(claim, verdict="supported", reason=f"{how}{entry.reason}")
    return replace(claim, reason=f"{entry.reason}；{claim.reason}")


def _note(entries: Sequence[Entry]) -> str | None:
    counts = {fate: sum(1 for entry in entries if _fate(entry) == fate) for fate in _WORDS}
    parts = [words.format(counts[fate]) for fate, words in _WORDS.items() if counts[fate]]
    return f"（模型稿未全部通过核对：{'，'.join(parts)}。）" if parts else None


def _fate(entry: Entry) -> Fate:
    return "dropped" if entry.line is None else entry.fate
