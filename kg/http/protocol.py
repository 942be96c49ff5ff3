"""A query as the SPARQL 1.1 Protocol sends it, in all its forms.

=======  =====================================  ===================  =======================
method   media type                             the query is         the dataset is
=======  =====================================  ===================  =======================
GET      none                                   ``query=``           in the address
POST     ``application/x-www-form-urlencoded``  ``query=`` in body   in body or address
POST     ``application/sparql-query``           the body             in the address
=======  =====================================  ===================  =======================

Parameters of other names are left alone: SPARQLWrapper sends some.  ``format`` is ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from email.message import Message
from http import HTTPStatus
from urllib.parse import parse_qsl

from pyoxigraph import NamedNode

from kg.http.problems import ProblemError
from kg.query_tokens import Dataset

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
_PARAMETERS = 1000


@dataclass(frozen=True, slots=True)
class ProtocolQuery:
    """What a request asks. *query* is ``None`` where it asks for the service description."""

    query: str | None
    dataset: Dataset | None
    formats: tuple[str, ...]


def read_get(address: bytes) -> ProtocolQuery:
    """What a GET asks, by the query string of its address.

    :raises ProblemError: if that breaks the protocol.
    """
    return _asked(_parameters(address))


def read_post(address: bytes, content_type: str | None, body: bytes) -> ProtocolQuery:
    """What a POST asks, by the query string of its address, its ``Content-Type`` and its body.

    :raises ProblemError: if that breaks the protocol.
    """
    media = _media_type(content_type)
    given = _parameters(address)
    if media == FORM:
        given += _parameters(body)
    elif media == QUERY:
        given.append(("query", _decoded(body, "the query")))
    elif media == UPDATE:
        given.append(("update", ""))
    else:
        raise ProblemError(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            f"a POST holds {FORM} or {QUERY}, in UTF-8; this one is "
            f"{media or 'of no type'}: set Content-Type",
            headers={"Accept-Post": f"{QUERY}, {FORM}"},
        )
    asked = _asked(given)
    if asked.query is None:
        raise ProblemError(HTTPStatus.BAD_REQUEST, "the request has no 'query'; send one")
    return asked


def _media_type(content_type: str | None) -> str:
    header = Message()
    header["Content-Type"] = content_type or "application/octet-stream"
    charset = header.get_param("charset", "utf-8")
    if str(charset).lower() not in ("utf-8", "utf8", "us-ascii"):
        raise ProblemError(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"the charset {charset} is not read; send UTF-8"
        )
    return header.get_content_type() if content_type else ""


def _parameters(text: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            text.decode("ascii" if text.isascii() else "utf-8"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_PARAMETERS,
        )
    except UnicodeDecodeError:
        raise ProblemError(HTTPStatus.BAD_REQUEST, "the parameters are not UTF-8") from None
    except ValueError:
        raise ProblemError(
            HTTPStatus.BAD_REQUEST, f"there are more than {_PARAMETERS} parameters"
        ) from None


def _decoded(body: bytes, what: str) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProblemError(
            HTTPStatus.BAD_REQUEST, f"{what} is not UTF-8 (byte {error.start})"
        ) from None


def _asked(parameters: list[tuple[str, str]]) -> ProtocolQuery:
    given: dict[str, list[str]] = {}
    for name, value in parameters:
        given.setdefault(name, []).append(value)
    if "update" in given:
        raise ProblemError(
            HTTPStatus.FORBIDDEN, "updates are refused: the knowledge base is only read here"
        )
    queries = given.get("query", [])
    if len(queries) > 1:
        raise ProblemError(HTTPStatus.BAD_REQUEST, "the request has more than one 'query'")
    dataset = Dataset(_graphs(given, "default-graph-uri"), _graphs(given, "named-graph-uri"))
    return ProtocolQuery(
        query=queries[0] if queries else None,
        dataset=dataset if dataset.default or dataset.named else None,
        formats=tuple(given.get("format", ())),
    )


def _graphs(given: dict[str, list[str]], parameter: str) -> tuple[str, ...]:
    names = tuple(name for name in given.get(parameter, ()) if name)
    for name in names:
        try:
            NamedNode(name)
        except ValueError:
            raise ProblemError(
                HTTPStatus.BAD_REQUEST, f"{parameter} is no absolute IRI: '{name}'"
            ) from None
    return names
