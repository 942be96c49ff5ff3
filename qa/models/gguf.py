"""A model file served in this process, by llama.cpp.

It listens at a port of this machine's own loopback for as long as the process lives, and is
asked like any other server that speaks OpenAI's protocol.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.errors import InputError

CONTEXT = 8192  # tokens; an answer's evidence takes 1,000 to 2,000
_MAGIC = b"GGUF"


@lru_cache(maxsize=2)
def serve(file: str) -> str:
    """The address of a server of *file*, started if there is none yet.

    :raises InputError: if *file* is none, or llama.cpp is not installed or cannot use it.
    """
    path = Path(file).expanduser()
    try:
        with path.open("rb") as stream:
            magic = stream.read(len(_MAGIC))
    except OSError as error:
        reason = error.strerror or error
        raise InputError(f"{file}: {reason}; give the model as gguf:FILE") from None
    if magic != _MAGIC:
        raise InputError(f"{file}: no GGUF file; give one that begins with {_MAGIC.decode()}")
    try:
        import xllamacpp
    except ImportError:
        raise InputError(
            f"{file}: a model file needs llama.cpp; pip install 'yinzheng[gguf]'"
        ) from None
    return _started(xllamacpp, path)


_running: list[Any] = []  # a server stops when nobody holds it


def _started(llama: Any, path: Path) -> str:  # noqa: ANN401
    options = llama.CommonParams()
    options.model.path = str(path)
    options.n_ctx = CONTEXT
    options.n_parallel = 1
    options.cpuparams.n_threads = os.cpu_count() or 1
    options.port = 0  # any that is free
    options.verbosity = -1
    try:
        server = llama.Server(options)
    except Exception as error:  # whatever the C++ side throws
        raise InputError(f"{path}: llama.cpp cannot use it ({str(error)[:160]})") from None
    _running.append(server)
    return f"{server.listening_address}/v1"
