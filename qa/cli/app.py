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

    from kg.reader import GraphReader
    from kg.remote.endpoints import Endpoints
    from qa.index.server import ChromaServer
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

FOUND_WANTING = 3  # the exit status of a check that was done and found something

Home = Annotated[
    Path | None,
    typer.Option(
        "--home",
        metavar="DIR",
        help="The knowledge base (or YINZHENG_HOME; else the platform's data folder).",
        show_default=False,
    ),
]
Store = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="URL",
        help="The graph is in the SPARQL 1.1 store there (or YINZHENG_STORE), not on this disk.",
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

    home: Path  # with a store by URL: where what is derived from it is kept
    as_json: bool
    store: Endpoints | None = None
    vectors: ChromaServer | None = None

    @property
    def name(self) -> str:
        """What messages call the knowledge base."""
        return str(self.home) if self.store is None else self.store.url


def settings(
    ctx: typer.Context, home: Path | None = None, as_json: bool = False, store: str | None = None
) -> Settings:
    """The settings that hold for a command called with *home*, *as_json* and *store*.

    :raises InputError: if the store is no URL, or its credentials can be none.
    """
    shared: dict[str, Any] = ctx.obj or {}
    folder = home or shared.get("home") or _default_home()
    url = store or shared.get("store") or os.environ.get("YINZHENG_STORE")
    as_json = as_json or shared.get("as_json", False)
    if not url and not os.environ.get("YINZHENG_CHROMA"):
        return Settings(home=folder, as_json=as_json)
    from qa.cli.remote import named_store, named_vectors

    found = named_store(url) if url else None
    return Settings(
        home=folder / "stores" / found.key if found else folder,
        as_json=as_json,
        store=found,
        vectors=named_vectors(folder, found),
    )


def open_graph(here: Settings) -> GraphReader:
    """The graph of the knowledge base.

    :raises HomeError: if it cannot be read or reached.
    """
    from kg.reader import GraphReader

    return GraphReader.open(here.home, remote=here.store)


def open_home(here: Settings, docs: Sequence[str] | None = None) -> KnowledgeBase:
    """The knowledge base.

    :raises UnknownDocumentError: if one of *docs* is not in it.
    """
    from qa.knowledge_base import KnowledgeBase

    kb = KnowledgeBase.open(here.home, remote=here.store, server=here.vectors)
    known = {info.doc for info in kb.documents()}
    for doc in docs or ():
        if doc not in known:
            raise UnknownDocumentError(
                f"no document named {doc!r} in {here.name}; `yinzheng docs` lists what there is"
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
    store: Store = None,
    as_json: Json = False,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """引证: reads Chinese market articles and answers questions with checkable citations."""
    ctx.obj = {"home": home, "store": store, "as_json": as_json}
