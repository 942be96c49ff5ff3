"""A real SPARQL 1.1 store that we did not write: `oxigraph serve`."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OXIGRAPH = Path(sys.executable).with_name("oxigraph")


@contextmanager
def oxigraph(*options: str) -> Iterator[str]:
    """The URL of a store in memory, ended at the end."""
    address = "{}:{}".format(*free_address())
    process = subprocess.Popen(
        [OXIGRAPH, "serve", "--bind", address, *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        await_answer(address)
        yield f"http://{address}"
    finally:
        process.kill()
        process.wait()


def free_address() -> tuple[str, int]:
    """A place on this machine where nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return "127.0.0.1", int(free.getsockname()[1])


def await_answer(address: str) -> None:
    for _ in range(200):
        try:
            send(f"http://{address}", "GET", "/query?query=ASK%7B%7D")
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"nothing answers at {address}")


def send(url: str, method: str, path: str, body: str = "", media: str = "") -> bytes:
    """A request that none of our code takes part in."""
    connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=20)
    try:
        headers = {"Content-Type": media} if media else {}
        connection.request(method, path, body=body.encode(), headers=headers)
        answer = connection.getresponse()
        told = answer.read()
        assert answer.status < 400, told
        return told
    finally:
        connection.close()


def empty_store(url: str) -> None:
    """Make a store hold nothing."""
    send(url, "POST", "/update", "DROP ALL", "application/sparql-update")
