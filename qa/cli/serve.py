"""`serve`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.errors import InputError
from qa.cli.app import Home, Json, Store, app, settings
from qa.cli.terminal import say_json, warn

if TYPE_CHECKING:
    import socket

    from kg.http.app import ServerOptions

_NAMES = ("localhost", "127.0.0.1", "::1")


@app.command()
def serve(
    ctx: typer.Context,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0: any free.")] = 8765,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds a query may take.")] = 30.0,
    max_rows: Annotated[int, typer.Option(min=1, help="Rows of a result.")] = 1_000_000,
    max_mb: Annotated[int, typer.Option(min=1, help="Megabytes of a result.")] = 64,
    max_memory: Annotated[int, typer.Option(min=128, help="Megabytes a query may use.")] = 1024,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Queries at a time.")] = 2,
    allow_origin: Annotated[
        list[str] | None,
        typer.Option(metavar="ORIGIN", help="A web site that may read the answers, or *."),
    ] = None,
    home: Home = None,
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Serve SPARQL 1.1 Protocol at /sparql, with a query page for browsers."""
    here = settings(ctx, home, as_json, store)
    if here.store is not None:
        raise InputError(
            f"{here.name} serves SPARQL itself, at {here.store.query}; "
            "serve is for a knowledge base on this disk"
        )
    from ipaddress import ip_address

    from kg.http.app import ServerOptions
    from kg.reader import GraphReader
    from kg.worker.records import Limits

    GraphReader.open(here.home)  # what is wrong with it is told before the server starts
    with _listen(host, port) as listening:
        address, bound = listening.getsockname()[:2]
        local = ip_address(address).is_loopback
        options = ServerOptions(
            limits=Limits(
                seconds=timeout, rows=max_rows, bytes=max_mb << 20, memory=max_memory << 20
            ),
            workers=workers,
            origins=tuple(allow_origin or ()),
            hosts={*_NAMES, host, address} if local else (),
        )
        shown = f"[{address}]" if ":" in address else address
        url = f"http://{shown}:{bound}/sparql"
        if not local:
            warn(f"whoever reaches {host} over the network can read this knowledge base")
        if here.as_json:
            say_json({"url": url})
        else:
            typer.echo(f"{here.home} is served at {url} (Ctrl-C ends it)", err=True)
        _run(listening, here.home, options)


def _listen(host: str, port: int) -> socket.socket:
    import socket

    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=256)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(
            f"cannot listen on {host} port {port} ({reason}); choose others with --host, --port"
        ) from None


def _run(listening: socket.socket, home: Path, options: ServerOptions) -> None:
    import sys

    import uvicorn

    from kg.http.app import create_app

    sys.stdout.flush()
    config = uvicorn.Config(
        create_app(home, options),
        http="h11",
        ws="none",
        log_level="warning",
        access_log=False,
        server_header=False,
        h11_max_incomplete_event_size=2 << 20,  # a query may come in the address
        timeout_graceful_shutdown=1,
    )
    uvicorn.Server(config).run(sockets=[listening])
