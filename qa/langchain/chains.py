"""Grounded answers and the gate as Runnables."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from langchain_core.language_models import BaseChatModel
from langchain_core.runnables import RunnableConfig, RunnableSerializable
from langchain_core.runnables.utils import AddableDict
from pydantic import ConfigDict

from kg.errors import InputError
from qa.answering import answer
from qa.gate import Sample, checked, sample_from_record
from qa.interchange import answer_from_record, answer_to_record, question_from_record
from qa.langchain.access import Base, reading
from qa.models.answering import ChatDrafter, ModelAnswer
from qa.models.loading import SECONDS
from qa.records import Answer, Question

Asked: TypeAlias = str | Mapping[str, Any]
Record: TypeAlias = dict[str, Any]


class GroundedAnswer(RunnableSerializable[Asked, Record]):
    """Questions to `Answer` records, in which every sentence is proved.

    It takes a question, or a `Question` record (``question``, ``history``, ``id``).  *model*, a
    chat model, drafts; what it cannot prove is repaired, replaced or left out, and without one
    the built-in engine answers alone.

    A stream gives ``{"answer": sentence}`` as soon as a sentence is proved, then the rest of
    the record; added up the pieces are the record.  Only where a model fails on the way the
    built-in answer follows what it had proved until then, on a line of its own.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    kb: Base
    docs: Sequence[str] | None = None
    model: BaseChatModel | None = None
    seconds: float = SECONDS

    def invoke(self, input: Asked, config: RunnableConfig | None = None, **kwargs: Any) -> Record:  # noqa: ANN401
        """The record of the answer to *input*."""
        return self._call_with_config(self._answer, input, config)

    async def ainvoke(
        self,
        input: Asked,
        config: RunnableConfig | None = None,
        **kwargs: Any,  # noqa: ANN401
    ) -> Record:
        """`invoke` for programs that run in an event loop."""
        if self.model is None:
            return await super().ainvoke(input, config, **kwargs)
        return await self._acall_with_config(self._aanswer, input, config)

    def stream(
        self,
        input: Asked,
        config: RunnableConfig | None = None,
        **kwargs: Any,  # noqa: ANN401
    ) -> Iterator[Record]:
        """The record in pieces, as they are proved."""
        yield from self._transform_stream_with_config(iter([input]), self._pieces, config)

    async def astream(
        self,
        input: Asked,
        config: RunnableConfig | None = None,
        **kwargs: Any,  # noqa: ANN401
    ) -> AsyncIterator[Record]:
        """`stream` for programs that run in an event loop."""

        async def one() -> AsyncIterator[Asked]:
            yield input

        async for piece in self._atransform_stream_with_config(one(), self._apieces, config):
            yield piece

    def _answer(self, asked: Asked) -> Record:
        question = _question(asked)
        if self.model is None:
            with reading(self.kb) as kb:
                return answer_to_record(answer(question, kb, docs=self.docs))
        return answer_to_record(self._drafter.answer(question, self.kb, docs=self.docs).answer)

    async def _aanswer(self, asked: Asked) -> Record:
        found = await self._drafter.aanswer(_question(asked), self.kb, docs=self.docs)
        return answer_to_record(found.answer)

    @property
    def _drafter(self) -> ChatDrafter:
        assert self.model is not None  # noqa: S101
        return ChatDrafter(model=self.model, name=_name(self.model), seconds=self.seconds)

    def _pieces(self, asked: Iterator[Asked]) -> Iterator[Record]:
        for each in asked:
            if self.model is None:
                yield from _record_pieces(self._answer(each), told="")
                continue
            told = ""
            for part in self._drafter.stream(_question(each), self.kb, docs=self.docs):
                if isinstance(part, ModelAnswer):
                    yield from _record_pieces(answer_to_record(part.answer), told=told)
                else:
                    told += part
                    yield AddableDict(answer=part)

    async def _apieces(self, asked: AsyncIterator[Asked]) -> AsyncIterator[Record]:
        async for each in asked:
            if self.model is None:
                for piece in _record_pieces(await self.ainvoke(each), told=""):
                    yield piece
                continue
            told = ""
            async for part in self._drafter.astream(_question(each), self.kb, docs=self.docs):
                if isinstance(part, ModelAnswer):
                    for piece in _record_pieces(answer_to_record(part.answer), told=told):
                        yield piece
                else:
                    told += part
                    yield AddableDict(answer=part)


def _question(asked: Asked) -> Question:
    return question_from_record({"question": asked} if isinstance(asked, str) else asked)


def _record_pieces(record: Record, *, told: str) -> Iterator[Record]:
    """The pieces of *record* after those that *told* its answer, or part of another one."""
    text = record.pop("answer")
    if text != told:
        yield AddableDict(answer=f"\n{text}" if told else text)
    yield AddableDict(record)


def _name(model: BaseChatModel) -> str:
    """What an answer names as its engine: the model's own name, or its class."""
    for field in ("model_name", "model"):
        if isinstance(named := getattr(model, field, None), str) and named:
            return named
    return type(model).__name__


class Gate(RunnableSerializable[Asked, list[Record]]):
    """Answers of any system to their claims: each sentence judged by what it cites.

    It takes the text of an answer, an `Answer` record, or a record in the form of RAGAS
    (``response`` with ``retrieved_contexts``, which are the evidence then).  Each claim has
    ``text``, ``citations``, ``verdict`` (supported, refuted, not_enough_info) and ``reason``.
    *doc* is the document that bare numbers belong to.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    kb: Base | None = None
    doc: str | None = None

    def invoke(
        self,
        input: Asked,
        config: RunnableConfig | None = None,
        **kwargs: Any,  # noqa: ANN401
    ) -> list[Record]:
        """The claims of *input*.

        :raises InputError: if it is none of the three.
        """
        return self._call_with_config(self._claims, input, config)

    def _claims(self, asked: Asked) -> list[Record]:
        if isinstance(asked, str):
            sample = Sample(_bare(asked, doc=self.doc), None)
        else:
            sample = sample_from_record({"question": "", **asked})
        if self.kb is None:
            if sample.passages is None:
                raise InputError("the gate needs a knowledge base, or passages in the record")
            return _records(checked(sample, None))
        with reading(self.kb) as kb:
            return _records(checked(sample, kb))


def _bare(text: str, *, doc: str | None) -> Answer:
    return answer_from_record({"question": "", "answer": text, "doc": doc})


def _records(found: Answer) -> list[Record]:
    claims: list[Record] = answer_to_record(found)["claims"]
    return claims
