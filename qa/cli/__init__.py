"""The command line: the only place that reads the environment, prints and picks implementations.

What a command needs is imported when it runs, so that ``yinzheng --help`` loads no model.
"""

from qa.cli import (  # noqa: F401  (they register their commands)
    asking,
    check,
    documents,
    evaluate,
    export,
    graph,
    network,
    serve,
    validate,
)
from qa.cli.program import main

__all__ = ["main"]
