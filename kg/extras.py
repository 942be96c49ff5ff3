"""Libraries that only some installations have."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from kg.errors import InputError


def extra(module: str, name: str, purpose: str) -> Any:  # noqa: ANN401 (its types are not ours)
    """The *module* that *purpose* needs; the optional dependencies called *name* bring it.

    :raises InputError: if it is not installed, telling how to install it.
    """
    try:
        return import_module(module)
    except ImportError:
        library = module.partition(".")[0]
        raise InputError(
            f"{purpose} needs {library}, which is not installed; "
            f"install it with: pip install 'yinzheng[{name}]'"
        ) from None
