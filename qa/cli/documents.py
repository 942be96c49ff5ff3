"""`ingest`, `docs`, `remove` and `show`."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.errors import InputError
from qa.cli.app import Home, Json, Store, app, open_home, settings
from qa.cli.terminal import columns, lit, say, say_json, warn

if TYPE_CHECKING:
    from qa.knowledge_base import FileReport

_SPANNED = re.compile(r"(?P<doc>.+):(?P<start>\d+)-(?P<end>\d+)")


@app.command()
def ingest(
    ctx: typer.Context,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", show_default=False)],
    lexicon: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            show_default=False,
            help="Your own names, .ttl or .csv (repeatable); kept until others are given.",
        ),
    ] = None,
    relations_model: Annotated[
        str | None,
        typer.Option(
            metavar="PROVIDER:NAME",
            help="Have a chat model propose relations too; the sentences are sent to it.",
            show_default=False,
        ),
    ] = None,
    home: Home = None,
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Read files (.txt, .md, .html, .pdf, .csv) and folders of them; unchanged ones are skipped.

    A file that was read with another lexicon counts as changed.
    """
    here = settings(ctx, home, as_json, store)
    proposer = None
    if relations_model is not None:
        from qa.relations_model import load_proposer

        proposer = load_proposer(relations_model)

    def tell(report: FileReport) -> None:
        if report.status == "refused":
            warn(report.message)
        elif report.message:
            warn(f"{report.doc}: {report.message}")
        if here.as_json:
            say_json(asdict(report))
        elif report.status != "refused":
            say(f"{report.doc}: {report.status}")

    report = open_home(here).ingest(paths, lexicon=lexicon or (), relations=proposer, progress=tell)
    if report.outdated:
        held = "、".join(report.outdated[:5]) + (" …" if len(report.outdated) > 5 else "")
        warn(
            f"{len(report.outdated)} more documents were read with another lexicon: {held}; "
            "ingest them again to read them with this one"
        )
    if report.refused:
        raise typer.Exit(1)


@app.command()
def docs(ctx: typer.Context, home: Home = None, store: Store = None, as_json: Json = False) -> None:
    """List the documents."""
    here = settings(ctx, home, as_json, store)
    known = open_home(here).documents()
    if here.as_json:
        for info in known:
            say_json(asdict(info) | {"published": info.published and info.published.isoformat()})
    elif known:
        say(columns([[info.doc, str(info.published or "—"), info.title] for info in known]))
    else:
        warn(f"no documents in {here.name} yet; read some with `yinzheng ingest PATH`")


@app.command()
def remove(
    ctx: typer.Context,
    doc: Annotated[list[str], typer.Argument(metavar="DOC...", show_default=False)],
    home: Home = None,
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Remove documents; if one is unknown, none is removed."""
    here = settings(ctx, home, as_json, store)
    gone = list(dict.fromkeys(doc))
    open_home(here).remove(gone)
    for name in gone:
        if here.as_json:
            say_json({"doc": name, "status": "removed"})
        else:
            say(f"{name}: removed")


@app.command()
def show(
    ctx: typer.Context,
    place: Annotated[str, typer.Argument(metavar="DOC[:START-END]", show_default=False)],
    home: Home = None,
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Print the text of a document, a passage lit up."""
    here = settings(ctx, home, as_json, store)
    kb = open_home(here)
    known = {info.doc for info in kb.documents()}
    spanned = None if place in known else _SPANNED.fullmatch(place)
    doc = spanned["doc"] if spanned else place
    text = kb.text(doc)
    start, end = (int(spanned["start"]), int(spanned["end"])) if spanned else (0, 0)
    if spanned and not start < end <= len(text):
        raise InputError(f"{doc} has no passage {start}-{end}; it has {len(text)} characters")
    if here.as_json:
        span = (start, end) if spanned else (0, len(text))
        say_json({"doc": doc, "start": span[0], "end": span[1], "text": text[slice(*span)]})
    elif spanned:
        say(lit(text, start, end))
    else:
        say(text)
