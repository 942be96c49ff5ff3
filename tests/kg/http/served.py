"""Servers as a user starts them, and a client that tells what came back."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

ROOT = Path(__file__).resolve().parents[3]
W3C = ROOT.parent / "shared" / "devdata" / "w3c_sparql11"


@dataclass(frozen=True)
class Answer:
    """What a server answered. Names of headers are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def media(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]

    def json(self) -> dict[str, object]:
        told: dict[str, object] = json.loads(self.body)
        return told

    @property
    def detail(self) -> str:
        """What a problem says; that it is one, and of this status, is checked."""
        assert self.media == "application/problem+json", self.body[:300]
        told = self.json()
        assert told["status"] == self.status
        assert "\n" not in str(told["detail"])
        return str(told["detail"])


@dataclass(frozen=True)
class Served:
    """A running server."""

    url: str
    process: subprocess.Popen[str]

    def ask(self, query: str | None = None, *, accept: str | None = None, **more: str) -> Answer:
        """GET a query."""
        given = {**({} if query is None else {"query": query}), **more}
        return self.send("GET", urlencode(given), accept=accept)

    def post(
        self, body: bytes | str, media: str | None, *, address: str = "", accept: str | None = None
    ) -> Answer:
        data = body.encode() if isinstance(body, str) else body
        headers = {"Content-Type": media} if media else {}
        return self.send("POST", address, body=data, headers=headers, accept=accept)

    def send(
        self,
        method: str,
        address: str = "",
        *,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        accept: str | None = None,
        path: str = "/sparql",
        timeout: float = 60,
    ) -> Answer:
        parts = urlsplit(self.url)
        connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=timeout)
        try:
            wanted = {} if accept is None else {"Accept": accept}
            target = path + (f"?{address}" if address else "")
            connection.request(method, target, body=body, headers={**wanted, **(headers or {})})
            answer = connection.getresponse()
            told = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, told, answer.read())
        finally:
            connection.close()


@contextmanager
def serving(home: Path, *options: str) -> Iterator[Served]:
    """`yinzheng serve` on a free port, ended at the end."""
    code = "import sys; from qa.cli import main; sys.exit(main())"
    process = subprocess.Popen(
        [sys.executable, "-c", code, f"--home={home}", "serve", "--port=0", "--json", *options],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        text=True,
    )
    try:
        assert process.stdout is not None
        yield Served(json.loads(process.stdout.readline())["url"], process)
    finally:
        process.terminate()
        process.communicate(timeout=20)
