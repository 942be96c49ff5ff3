"""`sparql` and `doctor`."""

from __future__ import annotations

import signal
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated

import typer

from kg.errors import InputError
from qa.cli.app import Home, Json, Settings, Store, app, open_graph, open_home, settings
from qa.cli.terminal import columns, emit, say, say_json


@app.command()
def sparql(
    ctx: typer.Context,
    query: Annotated[str | None, typer.Argument(metavar="QUERY|@FILE", show_default=False)] = None,
    saved: Annotated[str | None, typer.Option(metavar="NAME", help="Run a saved query.")] = None,
    param: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=VALUE", help="Tell a saved query something; source=5, say."),
    ] = None,
    format: Annotated[
        str | None,
        typer.Option(
            metavar="FORMAT",
            help="table (default), csv, tsv, json, xml, ttl, nt, nq, trig, jsonld.",
        ),
    ] = None,
    timeout: Annotated[
        float | None,
        typer.Option(
            metavar="SECONDS",
            min=0.01,
            help="Stop the query after so long, or past 1 GB of memory.",
        ),
    ] = None,
    language: Annotated[
        str, typer.Option("--lang", metavar="LANG", help="Labels of tables: zh (default), en.")
    ] = "zh",
    bom: Annotated[
        bool, typer.Option("--bom", help="Open CSV with the byte order mark that Excel wants.")
    ] = False,
    prefixes: Annotated[
        bool, typer.Option("--prefixes", help="Print the prefixes that are known undeclared.")
    ] = False,
    show: Annotated[
        bool, typer.Option("--show", help="Print the saved query, complete, instead of running it.")
    ] = False,
    home: Home = None,
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Run a read-only query; without one, list the saved queries."""
    here = settings(ctx, home, as_json, store)
    if query is not None and saved is not None:
        raise typer.BadParameter("either a query or --saved, not both")
    if (param or show) and saved is None:
        raise typer.BadParameter(f"{'--param' if param else '--show'} goes with --saved")
    if bom and format != "csv":
        raise typer.BadParameter("--bom goes with --format csv")
    if prefixes:
        _print_prefixes(here, as_json=here.as_json)
        return
    if query is None and saved is None:
        _list_saved(as_json=here.as_json)
        return
    text = _saved(saved, param or []) if saved else _query(query or "")
    if show:
        emit(text)
        return
    chosen = format or ("json" if here.as_json else "table")
    if here.store is not None and timeout is not None:
        here = replace(here, store=replace(here.store, seconds=timeout))
    if here.store is not None or timeout is None:
        result = _run(here, text, format=chosen, language=language)
    else:
        result = _run_within(timeout, here.home, text, format=chosen, language=language)
    emit(("\ufeff" if bom else "") + result)


def _run(here: Settings, text: str, *, format: str, language: str) -> str:
    from kg.sparql import run

    # The store hears of no signal while it runs a query: let Ctrl-C end the process.
    handler = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        return run(open_graph(here), text, format=format, language=language)
    finally:
        signal.signal(signal.SIGINT, handler)


def _run_within(seconds: float, home: Path, text: str, *, format: str, language: str) -> str:
    from kg.worker.client import QueryWorker
    from kg.worker.records import Limits, QueryRequest

    request = QueryRequest(query=text, text=format, language=language)
    with QueryWorker(home, limits=Limits(seconds=seconds)) as worker:
        return worker.ask(request).body.decode()


def _print_prefixes(here: Settings, *, as_json: bool) -> None:
    from kg.iris import query_prefixes
    from kg.sparql import prefixes_text

    known = query_prefixes(open_graph(here).base)
    if as_json:
        say_json(known)
    else:
        emit(prefixes_text(known))


def _query(given: str) -> str:
    if not given.startswith("@"):
        return given
    try:
        return Path(given[1:]).read_text("utf-8-sig")
    except OSError as error:
        raise InputError(f"{given[1:]}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{given[1:]}: not UTF-8 (byte {error.start})") from error


def _saved(name: str, params: Sequence[str]) -> str:
    from kg.saved import bind, saved_query

    values: dict[str, str] = {}
    for param in params:
        key, equals, value = param.partition("=")
        if not equals:
            raise typer.BadParameter(f"{param!r} is no parameter; write it like source=5")
        values[key] = value
    return bind(saved_query(name), values)


def _list_saved(*, as_json: bool) -> None:
    from kg.saved import saved_queries

    if as_json:
        for query in saved_queries():
            say_json({key: value for key, value in asdict(query).items() if key != "text"})
    else:
        say(
            columns(
                [
                    [query.name, query.zh, query.en, " ".join(p.name for p in query.parameters)]
                    for query in saved_queries()
                ]
            )
        )


@app.command()
def doctor(
    ctx: typer.Context, home: Home = None, store: Store = None, as_json: Json = False
) -> None:
    """Check models, store, indexes and spans; mend what is derived."""
    here = settings(ctx, home, as_json, store)
    checks = open_home(here).doctor()
    if here.as_json:
        for check in checks:
            say_json(asdict(check))
    else:
        say(columns([["ok" if each.ok else "BAD", each.name, each.message] for each in checks]))
    if not all(check.ok for check in checks):
        raise typer.Exit(1)
