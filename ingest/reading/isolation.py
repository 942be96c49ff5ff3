"""Reading of files that others made, in a process of its own.

Web pages and PDFs can be built to exhaust whoever parses them.  The process has a limit of
memory and of time, may neither open a connection nor start a program, and its end, however it
comes, is one line to the user.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Final

SECONDS: Final = 60
MEMORY: Final = 1_500_000_000  # bytes; ten times what the largest file that is taken needs
MAX_CHARACTERS: Final = 10_000_000

_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from ingest.reading.isolation import serve; serve()"
)
_FORBIDDEN: Final = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
    "os.fork",
    "os.startfile",
    "webbrowser.",
    "urllib.",
)


class ExtractionError(ValueError):
    """Why no text was extracted, to be said after the file's name; behind ``;`` the way out."""


def extract_isolated(kind: str, content: bytes) -> str:
    """The text of a web page (*kind* ``page``: UTF-8 bytes) or a PDF (``pdf``).

    :raises ExtractionError: where there is none, or getting it takes too much.
    """
    root = str(Path(__file__).parents[2])
    command = [sys.executable, "-P", "-c", _START, root, kind]
    try:
        done = subprocess.run(  # noqa: S603
            command, input=content, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise ExtractionError(f"takes more than {SECONDS} seconds to read") from None
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        raise ExtractionError("is broken, or needs too much memory or time to read") from None
    if "refusal" in answer:
        raise ExtractionError(answer["refusal"])
    text: str = answer["text"]
    return text


def serve() -> None:
    """Be the process: read from standard input, answer with one JSON object."""
    _restrict()
    try:
        answer = {"text": _extract(sys.argv[2], sys.stdin.buffer.read())}
    except ExtractionError as refusal:
        answer = {"refusal": str(refusal)}
    except ImportError as missing:
        answer = {"refusal": f"cannot be read by this installation ({missing}); install anew"}
    except (MemoryError, RecursionError):
        answer = {"refusal": "is nested too deep or needs too much memory to read"}
    sys.stdout.buffer.write(json.dumps(answer).encode())
    sys.stdout.flush()


def _extract(kind: str, content: bytes) -> str:
    if kind == "page":
        from ingest.reading.page import EmptyPageError, extract_page

        try:
            text = extract_page(content.decode())
        except EmptyPageError:
            raise ExtractionError(
                "holds no article text that can be read, only markup or scripts"
            ) from None
    else:
        from ingest.reading.pdf import extract_pdf

        text = extract_pdf(content)
    if len(text) > MAX_CHARACTERS:
        raise ExtractionError(
            f"holds more than {MAX_CHARACTERS // 1_000_000} million characters; split it"
        )
    return text


def _restrict() -> None:
    try:
        import resource
    except ImportError:  # a platform without limits of this kind; the parent's clock remains
        pass
    else:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    def refuse(event: str, _: object) -> None:
        if event.startswith(_FORBIDDEN):
            raise ExtractionError(f"tries to reach outside ({event})")

    sys.addaudithook(refuse)
