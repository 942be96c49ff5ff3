"""The servers that a knowledge base is on, as ``--store`` and the environment tell of them."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from kg.errors import InputError
from kg.remote.endpoints import Endpoints, basic, bearer, endpoints
from qa.cli.terminal import warn
from qa.index.server import ChromaServer, chroma_server


def named_store(url: str) -> Endpoints:
    """The endpoints of the store at *url*, where the environment puts them.

    ::

        YINZHENG_STORE_QUERY, _UPDATE, _GRAPHS   its endpoints, if not query, update and store
                                                 beneath it; an empty _GRAPHS: it has none
        YINZHENG_STORE_USER, _PASSWORD           who asks (HTTP Basic)
        YINZHENG_STORE_TOKEN                     or with what token (Bearer)

    :raises InputError: if one of them is of no use.
    """
    places = {
        name: os.environ[f"YINZHENG_STORE_{name.upper()}"]
        for name in ("query", "update", "graphs")
        if f"YINZHENG_STORE_{name.upper()}" in os.environ
    }
    found = endpoints(url, authorization=_authorization(), **places)
    if found.is_open:
        warn(f"the credentials go to {found.url} in the clear; use https where it can be had")
    return found


def named_vectors(home: Path, store: Endpoints | None) -> ChromaServer | None:
    """The Chroma server of ``YINZHENG_CHROMA``, with the token of ``YINZHENG_CHROMA_TOKEN``.

    All that use one *store* by URL share a collection there; a home on disk has its own.

    :raises InputError: if one of them is of no use.
    """
    url = os.environ.get("YINZHENG_CHROMA")
    if not url:
        return None
    own = hashlib.sha256(str(home.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    token = os.environ.get("YINZHENG_CHROMA_TOKEN")
    return chroma_server(url, key=own if store is None else store.key, token=token)


def _authorization() -> str | None:
    user, password, token = (
        os.environ.get(f"YINZHENG_STORE_{name}") for name in ("USER", "PASSWORD", "TOKEN")
    )
    if token:
        if user:
            raise InputError("YINZHENG_STORE_TOKEN and YINZHENG_STORE_USER are both set; unset one")
        return bearer(token)
    if not user and password:
        raise InputError("YINZHENG_STORE_PASSWORD is set and YINZHENG_STORE_USER is not; set both")
    return basic(user, password or "") if user else None
