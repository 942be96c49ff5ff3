"""`ask`, `chat` and `answer`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.errors import InputError
from qa.cli.app import Docs, Home, Json, app, open_home, settings
from qa.cli.terminal import say, say_json, tracked
from qa.interchange import answer_to_record, dump, make_question, read_questions

if TYPE_CHECKING:
    from qa.records import Answer


@app.command()
def ask(
    ctx: typer.Context,
    question: Annotated[str, typer.Argument(metavar="QUESTION", show_default=False)],
    doc: Docs = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Answer one question."""
    here = settings(ctx, home, as_json)
    asked = make_question(question)
    from qa.answering import answer

    found = answer(asked, open_home(here.home, doc), docs=doc)
    if here.as_json:
        say_json(answer_to_record(found))
    else:
        say(with_sources(found))


def with_sources(found: Answer) -> str:
    """An answer as a person reads it: the text, then each reference with its sentence."""
    lines = [found.answer]
    if found.sources:
        lines.append("")
    lines += [f"  {source.ref} {' '.join(source.text.split())}" for source in found.sources]
    return "\n".join(lines)


@app.command()
def chat(ctx: typer.Context, doc: Docs = None, home: Home = None, as_json: Json = False) -> None:
    """Talk: on a terminal with history and /help, from a pipe one question a line."""
    here = settings(ctx, home, as_json)
    kb = open_home(here.home, doc)
    from qa.cli import chat as session

    talk = session.Conversation(kb=kb, docs=doc, kept=here.home / "last_conversation.json")
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
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Answer a question set: `id`, `question` and `history` are read, all else is gold."""
    here = settings(ctx, home, as_json)
    asked = read_questions(questions)
    if not output.parent.is_dir():
        raise InputError(f"{output.parent}: no such folder for the answers")
    kb = open_home(here.home, doc)
    from qa.answering import answer as answer_one

    # Written beside and moved at the end: an interrupted run leaves no half file.
    draft = output.with_name(f".{output.name}.part")
    try:
        with draft.open("w", encoding="utf-8", newline="\n") as sink:
            for question in tracked("answering", asked):
                record = answer_to_record(answer_one(question, kb, docs=doc))
                sink.write(dump(record) + "\n")
        draft.replace(output)
    finally:
        draft.unlink(missing_ok=True)
    if here.as_json:
        say_json({"answers": len(asked), "output": str(output)})
    else:
        say(f"{len(asked)} answers in {output}")
