"""The page that a browser gets at ``/sparql``, and the settings that it reads.

With YASGUI installed (``make web``) it is that editor with our views of results; without, a
plain page of ours.  Neither loads anything from another host.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from kg.iris import query_prefixes
from kg.saved import saved_queries
from kg.worker.records import Limits

PAGE = Path(__file__).with_name("page")
EDITOR = Path(__file__).parent / "web" / "node_modules" / "@zazuko" / "yasgui" / "build"

_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'none'; img-src 'self' data:; "
)
_PLAIN_POLICY = _POLICY + "style-src 'self'"
_EDITOR_POLICY = _POLICY + "font-src data:; style-src 'self' 'unsafe-inline'"  # YASGUI's own style


class QueryPage:
    """The page, and what it is told of this knowledge base."""

    def __init__(self, *, base: str, editor: bool, limits: Limits) -> None:
        self.editor = editor
        self._base = base
        self._limits = limits

    def response(self) -> Response:
        """The page itself."""
        return FileResponse(
            PAGE / ("editor.html" if self.editor else "plain.html"),
            media_type="text/html",
            headers={
                "Content-Security-Policy": _EDITOR_POLICY if self.editor else _PLAIN_POLICY,
                "Cache-Control": "no-cache",
                "Referrer-Policy": "no-referrer",
                "Vary": "Accept",
                "X-Content-Type-Options": "nosniff",
            },
        )

    async def settings(self, request: Request) -> Response:
        """The saved queries and the limits, as JSON."""
        queries = [
            {name: getattr(query, name) for name in ("name", "zh", "en", "keywords", "text")}
            for query in saved_queries()
        ]
        return JSONResponse({"queries": queries, "limits": asdict(self._limits)})

    async def prefixes(self, request: Request) -> Response:
        """The prefixes that a query may use undeclared, as one JSON object."""
        return JSONResponse(query_prefixes(self._base))
