"""A Chroma server by URL, for vectors that one machine cannot hold or that several share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kg.errors import InputError

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.config import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class ChromaServer:
    """Where a server answers, and the collection there that is one knowledge base's.

    *token*, sent as a Bearer token, is in no message and no `repr`.
    """

    url: str
    collection: str
    token: str | None = field(default=None, repr=False)

    def connect(self, settings: Settings) -> ClientAPI:
        """A client of the server.

        :raises ValueError: if it cannot be reached.
        """
        import chromadb

        parts = urlsplit(self.url)
        ssl = parts.scheme == "https"
        return chromadb.HttpClient(
            host=parts.hostname or "",
            port=parts.port or (443 if ssl else 80),
            ssl=ssl,
            headers={} if self.token is None else {"Authorization": f"Bearer {self.token}"},
            settings=settings,
        )


def chroma_server(url: str, *, key: str, token: str | None = None) -> ChromaServer:
    """The server at *url* with the collection of the knowledge base that *key* tells from others.

    :raises InputError: if that is no URL, or the token none.
    """
    try:
        parts = urlsplit(url)
        valid = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        raise InputError("YINZHENG_CHROMA is no URL; give one like http://localhost:8000") from None
    if "@" in parts.netloc:
        raise InputError("YINZHENG_CHROMA holds a password; give a token as YINZHENG_CHROMA_TOKEN")
    if not valid or parts.path.strip("/") or parts.query or parts.fragment:
        raise InputError(
            f"'{url}' is no URL of a Chroma server; give one like http://localhost:8000"
        )
    if token is not None and not (token.isascii() and token.isprintable()):
        raise InputError("YINZHENG_CHROMA_TOKEN holds a character that no header can")
    return ChromaServer(url=url, collection=f"passages-{key}", token=token or None)
