"""``/sparql``: from a request to its answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from http import HTTPStatus

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from kg.errors import YinzhengError
from kg.http.description import service_description
from kg.http.negotiation import GRAPH_MEDIA, TABLE_MEDIA, acceptable, by_name
from kg.http.page import QueryPage
from kg.http.pool import WorkerPool
from kg.http.problems import ProblemError, problem_of
from kg.http.protocol import ProtocolQuery, read_get, read_post
from kg.worker.records import Limits, QueryReply, QueryRequest, UnfitFormatError

METHODS = "GET, HEAD, POST, OPTIONS"
QUERY_BYTES = 1 << 20
"""The longest request that is read; a query of a person has a few thousand."""

_DRAINED = 64 << 20  # bytes read of a longer one, for a client hears nothing before it has sent all
_PIECE = 1 << 18
_SENDING = 120.0  # seconds that a client may take to read an answer
_HEADERS = {"Vary": "Accept", "Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}


class SparqlEndpoint:
    """Answers queries, describes itself, and shows browsers a page to write queries on."""

    pool: WorkerPool

    def __init__(self, *, page: QueryPage, limits: Limits) -> None:
        self._page = page
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, as an ASGI application."""
        request = Request(scope, receive)
        try:
            match request.method:
                case "OPTIONS":
                    response = Response(status_code=204, headers={"Allow": METHODS})
                    await response(scope, receive, send)
                case "GET" | "HEAD" | "POST":
                    await self._answer(request, send)
                case method:
                    raise ProblemError(
                        HTTPStatus.METHOD_NOT_ALLOWED,
                        f"{method} is not for queries; use GET or POST",
                        headers={"Allow": METHODS},
                    )
        except ProblemError as problem:
            await problem.response()(scope, receive, send)
        except ClientDisconnect:
            pass  # nobody is there to be told

    async def _answer(self, request: Request, send: Send) -> None:
        asked = await _read(request)
        if asked.query is None:
            await self._introduce(request, asked)(request.scope, request.receive, send)
            return
        with self.pool.place():
            media, reply = await self._ask(request, asked, asked.query)
            response = StreamingResponse(
                _pieces(reply.body),
                media_type=media,
                headers={**_HEADERS, "Content-Length": str(len(reply.body))},
            )
            with suppress(TimeoutError):  # the connection is closed on who does not read
                async with asyncio.timeout(_SENDING):
                    await response(request.scope, request.receive, send)

    def _introduce(self, request: Request, asked: ProtocolQuery) -> Response:
        """The page for a browser, the service description for a program."""
        offered = {**GRAPH_MEDIA, "text/html": "html"}
        media = _chosen(request, asked, offered)
        if media is None:
            raise _not_acceptable("a service description", offered)
        if media == "text/html":
            return self._page.response()
        endpoint = str(request.url.replace(query="", fragment=""))
        body = service_description(endpoint, limits=self._limits, format=GRAPH_MEDIA[media])
        return Response(body, media_type=media, headers=_HEADERS)

    async def _ask(
        self, request: Request, asked: ProtocolQuery, query: str
    ) -> tuple[str, QueryReply]:
        """The reply and its media type. A client that goes away takes its query along."""
        table, graph = (_chosen(request, asked, offered) for offered in (TABLE_MEDIA, GRAPH_MEDIA))
        work = asyncio.ensure_future(
            self.pool.ask(
                QueryRequest(
                    query=query,
                    table=TABLE_MEDIA[table] if table else None,
                    graph=GRAPH_MEDIA[graph] if graph else None,
                    dataset=asked.dataset,
                )
            )
        )
        gone = asyncio.ensure_future(_disconnected(request))
        try:
            await asyncio.wait([work, gone], return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                raise ClientDisconnect
            reply = work.result()
        except UnfitFormatError as error:
            offered = TABLE_MEDIA if error.kind == "table" else GRAPH_MEDIA
            raise _not_acceptable(f"a {error.kind}", offered) from None
        except YinzhengError as error:
            raise problem_of(error) from None
        finally:
            gone.cancel()
            work.cancel()
        return (table if reply.kind == "table" else graph) or "", reply


async def _read(request: Request) -> ProtocolQuery:
    address: bytes = request.scope["query_string"]
    if len(address) > QUERY_BYTES:
        raise _too_long(HTTPStatus.REQUEST_URI_TOO_LONG)
    if request.method != "POST":
        return read_get(address)
    body = bytearray()
    length = 0
    async for part in request.stream():
        length += len(part)
        if length <= QUERY_BYTES:
            body += part
        elif length > _DRAINED:
            break
    if length > QUERY_BYTES:
        raise _too_long(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return read_post(address, request.headers.get("content-type"), bytes(body))


def _too_long(status: HTTPStatus) -> ProblemError:
    return ProblemError(
        status,
        f"the request is over {QUERY_BYTES >> 20} MB; send a shorter query",
        headers={"Connection": "close"},
    )


def _chosen(request: Request, asked: ProtocolQuery, offered: dict[str, str]) -> str | None:
    """The media type of *offered* that is wanted: by ``format`` if that names one, else by header.

    ``format`` of no meaning here is left alone: clients send it to servers of other makes.
    """
    for name in asked.formats:
        media = by_name(name, offered)
        if media is not None:
            return media
    accept = request.headers.getlist("accept")
    return acceptable(",".join(accept) if accept else None, offered)


def _not_acceptable(what: str, offered: dict[str, str]) -> ProblemError:
    return ProblemError(
        HTTPStatus.NOT_ACCEPTABLE,
        f"the answer is {what}, which comes as {', '.join(offered)}; accept one of them",
        headers={"Vary": "Accept"},
    )


async def _disconnected(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _pieces(body: bytes) -> AsyncIterator[bytes]:
    view = memoryview(body)
    for start in range(0, len(view), _PIECE):
        yield bytes(view[start : start + _PIECE])
