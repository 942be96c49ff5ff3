"""The server as an ASGI application."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from kg.home import read_home
from kg.http.endpoint import SparqlEndpoint
from kg.http.page import EDITOR, PAGE, QueryPage
from kg.http.pool import WorkerPool
from kg.http.problems import ProblemError
from kg.worker.records import Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerOptions:
    """How a knowledge base is served."""

    limits: Limits = field(default_factory=Limits)
    workers: int = 2
    waiting: int = 16  # queries that may wait for a worker; one more is turned away
    origins: tuple[str, ...] = ()  # whose pages may read the answers (CORS)
    hosts: Collection[str] = ()  # names that requests may call the server by; none: any
    editor: bool = True  # YASGUI, where it is installed


def create_app(home: Path, options: ServerOptions) -> Starlette:
    """The application that serves the knowledge base at *home*."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        pool = WorkerPool(
            home, limits=options.limits, workers=options.workers, waiting=options.waiting
        )
        endpoint.pool = pool
        try:
            await pool.warm()
            yield
        finally:
            await pool.close()

    page = QueryPage(
        base=read_home(home).base,
        editor=options.editor and EDITOR.is_dir(),
        limits=options.limits,
    )
    endpoint = SparqlEndpoint(page=page, limits=options.limits)
    routes: list[BaseRoute] = [
        Route("/", _to_page),
        Route("/sparql", endpoint),
        Route("/sparql/", endpoint),
        Route("/sparql/settings.json", page.settings),
        Route("/sparql/prefixes.json", page.prefixes),
        Mount("/sparql/page", StaticFiles(directory=PAGE)),
    ]
    if page.editor:
        routes.append(Mount("/sparql/editor", StaticFiles(directory=EDITOR)))
    middleware = [Middleware(_KnownHosts, hosts=options.hosts)]
    if options.origins:
        middleware.append(
            Middleware(
                CORSMiddleware,
                allow_origins=options.origins,
                allow_methods=["GET", "HEAD", "POST", "OPTIONS"],
                allow_headers=["Accept", "Content-Type"],
            )
        )
    return Starlette(
        routes=routes,
        middleware=middleware,
        lifespan=lifespan,
        exception_handlers={ProblemError: _problem, HTTPException: _http_error, 500: _fault},
    )


class _KnownHosts:
    """Turns away requests for another host: a page of a stranger may have pointed a name here."""

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self._app = app
        self._hosts = {host.lower() for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._hosts and scope["type"] == "http":
            host = Request(scope).url.hostname or ""
            if host.lower() not in self._hosts:
                problem = ProblemError(
                    HTTPStatus.MISDIRECTED_REQUEST,
                    f"this server does not answer for the host '{host}'; ask for "
                    + ", ".join(sorted(self._hosts)),
                )
                await problem.response()(scope, receive, send)
                return
        await self._app(scope, receive, send)


async def _to_page(request: Request) -> Response:
    return RedirectResponse("/sparql")


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, ProblemError)  # noqa: S101  (told to mypy)
    return error.response()


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  (told to mypy)
    return ProblemError(
        HTTPStatus(error.status_code), f"{request.url.path}: {error.detail}", headers=error.headers
    ).response()


async def _fault(request: Request, error: Exception) -> Response:
    return ProblemError(
        HTTPStatus.INTERNAL_SERVER_ERROR, "a fault of the program; its log has more"
    ).response()
