"""SPARQL 1.1 Protocol and Graph Store Protocol from the asking side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import urlencode

import urllib3
from pyoxigraph import (
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    parse,
    parse_query_results,
)
from urllib3.exceptions import HTTPError, ReadTimeoutError

from kg.errors import HomeError, LimitError, QueryError
from kg.remote.endpoints import Endpoints
from kg.storage import QueryResult
from kg.terms import one_line

_CONNECT = 10.0  # seconds
_TOLD = 200  # characters of what a server says of a failure
_GRAPH = "application/n-triples, text/turtle;q=0.8, application/rdf+xml;q=0.5"
_RESULT = (
    f"application/sparql-results+json, application/sparql-results+xml;q=0.9, {_GRAPH}, */*;q=0.1"
)
_FORM = "application/x-www-form-urlencoded"
_READ = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


class Client:
    """Sends requests to the endpoints of one store. Nothing is sent twice, nor anywhere else."""

    def __init__(self, endpoints: Endpoints) -> None:
        self.endpoints = endpoints
        self._pool = urllib3.PoolManager(retries=False)

    def query(self, query: str, dataset: Iterable[tuple[str, str]] = ()) -> QueryResult:
        """The result of a query; *dataset* has parameters of the protocol that name graphs.

        :raises QueryError: if the store refuses it.
        :raises LimitError: if it takes too long.
        :raises HomeError: if the store cannot be reached or used.
        """
        body = urlencode([("query", query), *dataset]).encode()
        headers = {"Content-Type": _FORM, "Accept": _RESULT}
        answer = self._send("POST", self.endpoints.query, body, headers)
        if answer.status in (400, 422):
            raise QueryError(f"{self.endpoints.url} refuses the query{_said(answer)}")
        self._check(answer, self.endpoints.query, "query")
        return self._parsed(answer)

    def update(self, update: str) -> None:
        """Have the store take an update.

        :raises HomeError: if it does not.
        """
        headers = {"Content-Type": "application/sparql-update; charset=utf-8", "Accept": "*/*"}
        answer = self._send("POST", self.endpoints.update, update.encode(), headers)
        self._check(answer, self.endpoints.update, "update")

    def graph(self, name: str) -> QueryTriples:
        """The triples of a graph, none if there is no such graph. Only with `Endpoints.graphs`.

        :raises HomeError: if the store cannot be reached or used.
        """
        url = f"{self.endpoints.graphs}?{urlencode({'graph': name})}"
        answer = self._send("GET", url, None, {"Accept": _GRAPH})
        if answer.status == HTTPStatus.NOT_FOUND:
            return cast(QueryTriples, Store().query(_READ))
        self._check(answer, str(self.endpoints.graphs), "graph store")
        return cast(QueryTriples, self._parsed(answer))

    def _parsed(self, answer: urllib3.BaseHTTPResponse) -> QueryResult:
        """A result as the store in this process would give it."""
        media = _media(answer)
        table, graph = (
            QueryResultsFormat.from_media_type(media),
            RdfFormat.from_media_type(media),
        )
        try:
            if table is not None:
                # A store that stops a query in its midst may end the text with any words.
                found = parse_query_results(answer.data, format=table)
                if isinstance(found, QuerySolutions):
                    for _ in found:
                        pass
                return parse_query_results(answer.data, format=table)
            if graph is not None:
                held = Store()
                held.extend(Quad(*quad.triple) for quad in parse(answer.data, format=graph))
                return held.query(_READ)
        except (SyntaxError, ValueError) as error:
            raise HomeError(
                f"{self.endpoints.url} broke off its answer, or it is damaged ({one_line(error)})"
            ) from None
        raise HomeError(
            f"{self.endpoints.url} answers with {media or 'nothing'}, not with RDF or SPARQL "
            "results; is it the URL of a SPARQL store?"
        )

    def _send(
        self, method: str, url: str, body: bytes | None, headers: Mapping[str, str]
    ) -> urllib3.BaseHTTPResponse:
        sent = {"User-Agent": "yinzheng", **headers}
        if self.endpoints.authorization is not None:
            sent["Authorization"] = self.endpoints.authorization
        timeout = urllib3.Timeout(connect=_CONNECT, read=self.endpoints.seconds)
        try:
            return self._pool.request(
                method, url, body=body, headers=sent, timeout=timeout, redirect=False
            )
        except ReadTimeoutError:
            raise LimitError(
                f"{self.endpoints.url} gave no answer within {self.endpoints.seconds:g} s",
                limit="time",
            ) from None
        except (HTTPError, OSError, ValueError) as error:
            raise HomeError(
                f"{self.endpoints.url} cannot be reached ({_reason(error)}); "
                "is the store running, and is the URL right?"
            ) from None

    def _check(self, answer: urllib3.BaseHTTPResponse, url: str, what: str) -> None:
        """Tell any status but success in a line."""
        status = answer.status
        if status < HTTPStatus.MULTIPLE_CHOICES:
            return
        if status < HTTPStatus.BAD_REQUEST:
            where = answer.headers.get("Location", "nowhere")
            raise HomeError(f"{url} has moved to {where}; give that URL instead")
        if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
            raise HomeError(
                f"{url} refuses access ({status}); set YINZHENG_STORE_USER and "
                "YINZHENG_STORE_PASSWORD, or YINZHENG_STORE_TOKEN"
            )
        if status in (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED):
            raise HomeError(
                f"there is no SPARQL 1.1 {what} endpoint at {url} ({status}); set the store's own "
                "addresses: YINZHENG_STORE_QUERY, YINZHENG_STORE_UPDATE, YINZHENG_STORE_GRAPHS"
            )
        raise HomeError(f"{url} failed ({status}){_said(answer)}")


def _media(answer: urllib3.BaseHTTPResponse) -> str:
    return str(answer.headers.get("Content-Type", "")).partition(";")[0].strip()


def _said(answer: urllib3.BaseHTTPResponse) -> str:
    """What the server says of a failure, on a line."""
    if _media(answer) == "text/html":
        return ""
    text = " ".join(answer.data.decode("utf-8", "replace").split())
    return f": {text[:_TOLD]}{'…' if len(text) > _TOLD else ''}" if text else ""


def _reason(error: Exception) -> str:
    """What lies beneath the errors of a connection: "Connection refused"."""
    beneath: Any = error
    while beneath.__cause__ or beneath.__context__:
        beneath = beneath.__cause__ or beneath.__context__
    return getattr(beneath, "strerror", None) or one_line(beneath) or type(beneath).__name__
