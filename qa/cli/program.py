"""From `sys.argv` to an exit status: every failure is one line on standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import typer
import typer.main

from kg.errors import YinzhengError
from qa.cli.app import app
from qa.cli.terminal import use_utf8, warn
from qa.plain import printable

INTERRUPTED = 130  # 128 + SIGINT, as shells have it


def main() -> None:
    """Run the program and leave with its exit status."""
    use_utf8()
    status = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _hush()
    sys.exit(status)


def run(arguments: Sequence[str]) -> int:
    """Run one command.

    Returns 0 done, 1 could not, 2 wrong call, 3 done with findings, 130 interrupted.
    """
    command = typer.main.get_command(app)
    try:
        status = command.main(args=list(arguments), prog_name="yinzheng", standalone_mode=False)
    except YinzhengError as error:
        return _fail(str(error), error.exit_status)
    except typer.TyperException as error:
        return _fail(f"{error.format_message()} (see yinzheng --help)", error.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        _hush()
        return 0
    except OSError as error:
        name = f"{error.filename}: " if error.filename else ""
        return _fail(f"{name}{error.strerror or error}", 1)
    except Exception as error:
        if "YINZHENG_DEBUG" in os.environ:
            raise
        fault = f"{type(error).__name__}: {error}"
        return _fail(f"a fault of the program: {fault} (YINZHENG_DEBUG=1 shows where)", 1)
    return status if isinstance(status, int) else 0


def _fail(message: str, status: int) -> int:
    try:
        warn(" ".join(printable(message).split()))
    except BrokenPipeError:
        _hush()
    return status


def _hush() -> None:
    """Whoever read the output has gone: let the interpreter flush into nothing."""
    sink = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            os.dup2(sink, stream.fileno())
