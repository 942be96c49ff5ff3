"""Where a SPARQL 1.1 store answers, and what it is told of who asks."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urljoin, urlsplit

from kg.errors import InputError

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoints:
    """The addresses of one store; *authorization*, a header, is in no message and no `repr`.

    *graphs* is that of the Graph Store Protocol; without one graphs are read by queries.
    """

    url: str  # what errors call the store
    query: str
    update: str
    graphs: str | None
    authorization: str | None = field(default=None, repr=False)
    seconds: float = 120.0  # that the store may be silent

    @property
    def key(self) -> str:
        """A name for the store that a folder can have."""
        return hashlib.sha256(self.query.encode()).hexdigest()[:16]

    @property
    def is_open(self) -> bool:
        """Whether credentials would cross a network that others can read."""
        addresses = (self.query, self.update, self.graphs or self.query)
        return self.authorization is not None and any(
            parts.scheme == "http" and parts.hostname not in _LOOPBACK
            for parts in map(urlsplit, addresses)
        )


def endpoints(
    url: str,
    *,
    query: str = "query",
    update: str = "update",
    graphs: str = "store",
    authorization: str | None = None,
) -> Endpoints:
    """The endpoints of the store at *url*; the others are beneath it, or URLs of their own.

    An empty *graphs* says that there is no Graph Store Protocol.

    :raises InputError: if one is no URL, or holds a password.
    """
    root = _checked(url).geturl()
    beneath = root if root.endswith("/") else f"{root}/"
    return Endpoints(
        url=root,
        query=_checked(urljoin(beneath, query)).geturl(),
        update=_checked(urljoin(beneath, update)).geturl(),
        graphs=_checked(urljoin(beneath, graphs)).geturl() if graphs else None,
        authorization=authorization,
    )


def basic(user: str, password: str) -> str:
    """The header of a name and a password (RFC 7617, in UTF-8).

    :raises InputError: if the name holds a colon, or either a control character.
    """
    if ":" in user or not (user + password).isprintable():
        raise InputError("the user or the password of the store holds a character that none can")
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def bearer(token: str) -> str:
    """The header of a token (RFC 6750).

    :raises InputError: if it holds a character that no header can.
    """
    if not (token.isascii() and token.isprintable()) or " " in token:
        raise InputError("the token of the store holds a character that no header can")
    return f"Bearer {token}"


def _checked(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if "@" in parts.netloc:
        # Told without the URL: it has what nobody should see.
        raise InputError(
            "the URL of the store holds a user or a password; "
            "give them as YINZHENG_STORE_USER and YINZHENG_STORE_PASSWORD"
        )
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise InputError(f"'{url}' is no URL of a store; give one like http://localhost:7878")
    if parts.fragment or not url.isprintable() or " " in url:
        raise InputError(f"'{url}' is no URL of a store: it holds what no endpoint's URL can")
    return parts
