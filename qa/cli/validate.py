"""`validate`: the knowledge base, or anybody's RDF, held against the shapes."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.app import FOUND_WANTING, Home, Json, Store, app, open_graph, settings
from qa.cli.terminal import say, say_json, warn

if TYPE_CHECKING:
    from kg.validation import Engine, Fault


class Engines(StrEnum):
    """Who holds the graph against the shapes."""

    STORE = "store"
    PYSHACL = "pyshacl"
    BOTH = "both"


@app.command()
def validate(
    ctx: typer.Context,
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", show_default=False)] = None,
    engine: Annotated[
        Engines | None,
        typer.Option(
            help="Who checks; both for a file, else the store: pyshacl takes long.",
            show_default=False,
        ),
    ] = None,
    home: Home = None,
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Check the knowledge base, or an RDF file, against the shapes; status 3 if it breaks one."""
    from kg import validation

    here = settings(ctx, home, as_json, store)
    quads = open_graph(here).quads() if file is None else validation.read_graph(file)
    faults = validation.validate(quads, engines=_engines(engine, whole=file is None))
    for fault in faults:
        if here.as_json:
            say_json(asdict(fault))
        else:
            say(_line(fault))
    what = f"{file}" if file else here.name
    if not validation.concerns(quads):
        warn(f"{what}: nothing in it is of a class that the shapes know")
    warn(f"{what}: {len(faults)} fault{'' if len(faults) == 1 else 's'} in {len(quads)} statements")
    if faults:
        raise typer.Exit(FOUND_WANTING)


def _engines(chosen: Engines | None, *, whole: bool) -> tuple[Engine, ...]:
    if chosen is None and not whole:
        if find_spec("pyshacl") is not None:
            return ("store", "pyshacl")
        warn("checked by the store alone; pip install 'yinzheng[shacl]' brings a second opinion")
    if chosen is Engines.BOTH:
        return ("store", "pyshacl")
    return ("pyshacl",) if chosen is Engines.PYSHACL else ("store",)


def _line(fault: Fault) -> str:
    return f"{fault.node}: {fault.message} ({', '.join(fault.engines)})"
