"""The options that plug a language model into `ask`, `chat` and `answer`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from qa.cli.terminal import say, warn

if TYPE_CHECKING:
    from qa.knowledge_base import KnowledgeBase
    from qa.models.answering import ChatDrafter
    from qa.models.prompt import Message
    from qa.records import Answer, Question

Model = Annotated[
    str | None,
    typer.Option(
        "--model",
        metavar="PROVIDER:NAME",
        help="A chat model drafts, what it cannot prove is left out; gguf:FILE for a file.",
        show_default=False,
    ),
]
ModelUrl = Annotated[
    str | None,
    typer.Option(
        "--model-url",
        metavar="URL",
        envvar="YINZHENG_MODEL_URL",
        help="Where the model is served, with openai:NAME for whatever speaks that protocol.",
        show_default=False,
    ),
]
ModelTimeout = Annotated[
    float,
    typer.Option("--model-timeout", metavar="SECONDS", min=0.1, help="Its time for one answer."),
]
ShowPrompt = Annotated[
    bool,
    typer.Option(
        "--show-prompt", help="Show on standard error what a model is, or would be, sent."
    ),
]
SECONDS = 60.0

_PATIENCE = 3  # failures in a row, after which a model is not asked again

Tell: TypeAlias = Callable[[str], object]


@dataclass(slots=True)
class Answerer:
    """How questions are answered: by the built-in engine, with a model's drafts if it has one."""

    kb: KnowledgeBase
    docs: Sequence[str] | None = None
    drafter: ChatDrafter | None = None
    show_prompt: bool = False  # also without a model
    failures: int = 0  # of the model, in a row

    def answer(self, question: Question, *, tell: Tell | None = None) -> tuple[Answer, str | None]:
        """The answer, and in one line what became of the model's draft if not all of it passed.

        *tell* is given the sentences as soon as they are proved.  What was told need not be the
        answer's beginning: a model that fails on the way leaves the built-in answer, and is
        named in one line on standard error.
        """
        if self.drafter is None:
            from qa.answering import answer

            if self.show_prompt:
                from qa.models.answering import first_prompt

                show_messages(first_prompt(question, self.kb, docs=self.docs))
            return answer(question, self.kb, docs=self.docs), None
        from qa.models.answering import ModelAnswer

        for part in self.drafter.stream(question, self.kb, docs=self.docs):
            if isinstance(part, ModelAnswer):
                self._count(part.failure)
                return part.answer, part.note
            if tell:
                tell(part)
        raise AssertionError("a stream ends with the answer")

    def _count(self, failure: str | None) -> None:
        if failure is None:
            self.failures = 0
            return
        self.failures += 1
        warn(failure)
        if self.failures == _PATIENCE:
            warn("the model is not asked again after three failures in a row")
            self.drafter = None


def show_messages(messages: Sequence[Message]) -> None:
    """Show what a model is sent, on standard error."""
    from qa.models.prompt import shown

    say(shown(messages) if messages else "--- nothing: the answer is a refusal ---", err=True)


def answerer(
    kb: KnowledgeBase,
    docs: Sequence[str] | None,
    *,
    model: str | None,
    url: str | None,
    seconds: float,
    show_prompt: bool,
) -> Answerer:
    """The answerer that the options ask for.

    A model that cannot be used here is told in one line, and the built-in answers stand.

    :raises InputError: if *model* has no name, or one of a provider that nobody knows.
    """
    if model is None:
        return Answerer(kb, docs, show_prompt=show_prompt)
    from qa.models.answering import ChatDrafter
    from qa.models.loading import ModelError, load_chat_model

    try:
        drafter = ChatDrafter(
            model=load_chat_model(model, url=url, seconds=seconds),
            name=model,
            seconds=seconds,
            show=show_messages if show_prompt else None,
        )
    except ModelError as error:
        warn(f"{error}; the built-in answers stand")
        return Answerer(kb, docs, show_prompt=show_prompt)
    return Answerer(kb, docs, drafter)
