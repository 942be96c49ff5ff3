"""What goes wrong, as ``application/problem+json`` (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus

from starlette.responses import Response

from kg.errors import HomeError, LimitError, RefusedQueryError, YinzhengError

_LIMITS = {"time": HTTPStatus.GATEWAY_TIMEOUT, "none": HTTPStatus.SERVICE_UNAVAILABLE}


class ProblemError(Exception):
    """An answer that is an error: a status, one line for a person, and what else is known."""

    def __init__(
        self,
        status: HTTPStatus,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        **members: object,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = dict(headers or {})
        self.members = members

    def response(self) -> Response:
        """The response that tells it."""
        told = {
            "type": "about:blank",
            "title": self.status.phrase,
            "status": self.status.value,
            "detail": self.detail,
            **{name: value for name, value in self.members.items() if value is not None},
        }
        return Response(
            json.dumps(told, ensure_ascii=False),
            status_code=self.status,
            headers={"Cache-Control": "no-store", **self.headers},
            media_type="application/problem+json",
        )


def problem_of(error: YinzhengError) -> ProblemError:
    """The problem that one of our errors is to a client.

    400 broken, 403 asks for more than reading, 422 needs more rows, bytes, memory or nesting
    than there are, 504 needs more time, 503 the knowledge base cannot be read.
    """
    detail = str(error)
    if isinstance(error, LimitError):
        status = _LIMITS.get(error.limit, HTTPStatus.UNPROCESSABLE_ENTITY)
        return ProblemError(status, detail, limit=error.limit)
    if isinstance(error, RefusedQueryError):
        return ProblemError(HTTPStatus.FORBIDDEN, detail)
    if isinstance(error, HomeError):
        return ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, detail)
    line, column = getattr(error, "line", None), getattr(error, "column", None)
    return ProblemError(HTTPStatus.BAD_REQUEST, detail, line=line, column=column)
