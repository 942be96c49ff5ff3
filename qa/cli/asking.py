"""`ask`, `chat` and `answer`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.errors import InputError
from qa.cli.app import Docs, Home, Json, Store, app, open_home, settings
from qa.cli.modelling import (
    SECONDS,
    Model,
    ModelTimeout,
    ModelUrl,
    ShowPrompt,
    Tell,
    answerer,
)
from qa.cli.terminal import say, say_json, tracked, warn
from qa.interchange import answer_to_record, dump, make_question, read_questions

if TYPE_CHECKING:
    from qa.records import Answer


@app.command()
def ask(
    ctx: typer.Context,
    question: Annotated[str, typer.Argument(metavar="QUESTION", show_default=False)],
    doc: Docs = None,
    model: Model = None,
    model_url: ModelUrl = None,
    model_timeout: ModelTimeout = SECONDS,
    show_prompt: ShowPrompt = False,
    home: Home = None,
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Answer one question."""
    here = settings(ctx, home, as_json, store)
    asked = make_question(question)
    answers = answerer(
        open_home(here, doc),
        doc,
        model=model,
        url=model_url,
        seconds=model_timeout,
        show_prompt=show_prompt,
    )
    if here.as_json:
        found, note = answers.answer(asked)
        if note:
            warn(note)
        say_json(answer_to_record(found))
    else:
        say(in_words(lambda tell: answers.answer(asked, tell=tell), live=sys.stdout.isatty()))


def in_words(
    answer: Callable[[Tell | None], tuple[Answer, str | None]], *, live: bool = False
) -> str:
    """What a person reads of an answer; *live* prints its sentences when they are proved.

    What was printed on the way is not among the words any more.
    """
    told: list[str] = []

    def tell(text: str) -> None:
        told.append(text)
        say(text, end="")

    found, note = answer(tell if live else None)
    if told:
        say()
    return with_sources(found, note=note, told="".join(told) == found.answer)


def with_sources(found: Answer, *, note: str | None = None, told: bool = False) -> str:
    """An answer as a person reads it: the text, *note*, each reference with its sentence.

    Without the text where it was *told* already.
    """
    lines = [] if told else [found.answer]
    if note:
        lines.append(note)
    if found.sources:
        lines.append("")
    lines += [f"  {source.ref} {' '.join(source.text.split())}" for source in found.sources]
    return "\n".join(lines)


@app.command()
def chat(
    ctx: typer.Context,
    doc: Docs = None,
    model: Model = None,
    model_url: ModelUrl = None,
    model_timeout: ModelTimeout = SECONDS,
    show_prompt: ShowPrompt = False,
    home: Home = None,
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Talk: on a terminal with history and /help, from a pipe one question a line."""
    here = settings(ctx, home, as_json, store)
    kb = open_home(here, doc)
    from qa.cli import chat as session

    answers = answerer(
        kb, doc, model=model, url=model_url, seconds=model_timeout, show_prompt=show_prompt
    )
    kept = here.home / "last_conversation.json"
    talk = session.Conversation(kb=kb, docs=doc, answers=answers, kept=kept)
    if sys.stdin.isatty() and sys.stdout.isatty() and not here.as_json:
        session.converse(talk, history=here.home / "chat_history")
    elif not session.read_pipe(talk, sys.stdin, as_json=here.as_json):
        raise typer.Exit(1)


@app.command()
def answer(
    ctx: typer.Context,
    questions: Annotated[Path, typer.Argument(metavar="QUESTIONS.jsonl", show_default=False)],
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="ANSWERS.jsonl", show_default=False)
    ],
    doc: Docs = None,
    model: Model = None,
    model_url: ModelUrl = None,
    model_timeout: ModelTimeout = SECONDS,
    show_prompt: ShowPrompt = False,
    home: Home = None,
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Answer a question set: `id`, `question` and `history` are read, all else is gold."""
    here = settings(ctx, home, as_json, store)
    asked = read_questions(questions)
    if not output.parent.is_dir():
        raise InputError(f"{output.parent}: no such folder for the answers")
    answers = answerer(
        open_home(here, doc),
        doc,
        model=model,
        url=model_url,
        seconds=model_timeout,
        show_prompt=show_prompt,
    )
    # Written beside and moved at the end: an interrupted run leaves no half file.
    draft = output.with_name(f".{output.name}.part")
    try:
        with draft.open("w", encoding="utf-8", newline="\n") as sink:
            for question in tracked("answering", asked):
                record = answer_to_record(answers.answer(question)[0])
                sink.write(dump(record) + "\n")
        draft.replace(output)
    finally:
        draft.unlink(missing_ok=True)
    if here.as_json:
        say_json({"answers": len(asked), "output": str(output)})
    else:
        say(f"{len(asked)} answers in {output}")
