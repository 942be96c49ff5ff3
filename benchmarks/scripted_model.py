"""A server that speaks OpenAI's protocol and says what a script tells it to.

The tests use it too: whatever is plugged in by ``--model openai:NAME --model-url URL`` is asked
over HTTP, so a scripted model is asked over HTTP.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any, TypeAlias

Request: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What the model does when it is asked.

    ``text`` is streamed in pieces of *piece* characters; *end* is what comes behind it:
    ``stop``, ``length`` (the model was cut), ``nothing`` (the line breaks), ``silence`` (the
    line stays open) or ``endless`` (the text again and again).
    """

    text: str = ""
    status: int = 200
    end: str = "stop"
    piece: int = 7
    wait: float = 0.0  # seconds between pieces


Script: TypeAlias = Callable[[Request], Reply]


@dataclass
class ScriptedModel:
    """The server: where it is, what it was asked."""

    script: Script
    url: str = ""
    asked: list[Request] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    @property
    def prompts(self) -> list[str]:
        """The last message of each request."""
        return [request["messages"][-1]["content"] for request in self.asked]


@contextmanager
def serving(script: Script | str | Reply) -> Iterator[ScriptedModel]:
    """A scripted model at a port of its own; a text or one reply is what it always says."""
    reply = Reply(text=script) if isinstance(script, str) else script
    model = ScriptedModel(reply if callable(reply) else lambda request: reply)

    class Handler(_Handler):
        served = model

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    model.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield model
    finally:
        model.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    served: ScriptedModel

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: standard error is what is tested."""

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        request: Request = json.loads(self.rfile.read(length))
        self.served.asked.append(request)
        reply = self.served.script(request)
        try:
            self._send(reply, streamed=bool(request.get("stream")))
        except (BrokenPipeError, ConnectionResetError):
            pass  # whoever asked has had enough

    def _send(self, reply: Reply, *, streamed: bool) -> None:
        if reply.status != 200:
            body = json.dumps({"error": {"message": reply.text, "type": "scripted"}}).encode()
            self.send_response(reply.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            return
        assert streamed, "answers are asked for as a stream"
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        for _ in count() if reply.end == "endless" else range(1):
            for at in range(0, len(reply.text), reply.piece):
                self._event({"content": reply.text[at : at + reply.piece]})
                time.sleep(reply.wait)
                if self.served.closing.is_set():
                    return
        if reply.end == "silence":
            self.served.closing.wait()
        elif reply.end in ("stop", "length"):
            self._event({}, reason=reply.end)
            self.wfile.write(b"data: [DONE]\n\n")

    def _event(self, delta: dict[str, str], *, reason: str | None = None) -> None:
        chunk = {
            "id": "1",
            "object": "chat.completion.chunk",
            "created": 0,
            "model": "scripted",
            "choices": [{"index": 0, "delta": delta, "finish_reason": reason}],
        }
        self.wfile.write(f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n".encode())
        self.wfile.flush()
