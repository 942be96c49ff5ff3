"""The program and the options that every command shares."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.errors import UnknownDocumentError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.knowledge_base import KnowledgeBase

app = typer.Typer(
    name="yinzheng",
    help="引证: reads Chinese market articles and answers questions with checkable citations.",
    add_completion=False,
    no_args_is_help=False,
    rich_markup_mode=None,  # a wrong call is one line, not a box
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Home = Annotated[
    Path | None,
    typer.Option(
        "--home",
        metavar="DIR",
        help="The knowledge base (or YINZHENG_HOME; else the platform's data folder).",
        show_default=False,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]
Docs = Annotated[
    list[str] | None,
    typer.Option("--doc", metavar="DOC", help="Only this document; may be given again."),
]


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for every command; an option after the command overrides one before it."""

    home: Path
    as_json: bool


def settings(ctx: typer.Context, home: Path | None = None, as_json: bool = False) -> Settings:
    """The settings that hold for a command called with *home* and *as_json*."""
    shared: dict[str, Any] = ctx.obj or {}
    return Settings(
        home=home or shared.get("home") or _default_home(),
        as_json=as_json or shared.get("as_json", False),
    )


def open_home(home: Path, docs: Sequence[str] | None = None) -> KnowledgeBase:
    """The knowledge base at *home*.

    :raises UnknownDocumentError: if one of *docs* is not in it.
    """
    from qa.knowledge_base import KnowledgeBase

    kb = KnowledgeBase.open(home)
    known = {info.doc for info in kb.documents()}
    for doc in docs or ():
        if doc not in known:
            raise UnknownDocumentError(
                f"no document named {doc!r} in {home}; `yinzheng docs` lists what there is"
            )
    return kb


def _default_home() -> Path:
    from platformdirs import user_data_path

    named = os.environ.get("YINZHENG_HOME")
    return Path(named) if named else user_data_path("yinzheng", appauthor=False)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"yinzheng {version('yinzheng')}")
        raise typer.Exit


@app.callback()
def root(
    ctx: typer.Context,
    home: Home = None,
    as_json: Json = False,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """引证: reads Chinese market articles and answers questions with checkable citations."""
    ctx.obj = {"home": home, "as_json": as_json}
