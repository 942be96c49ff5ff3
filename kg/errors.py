"""What can go wrong, as the user is told it.

::

    YinzhengError            one clear line that names the offender and the way out
    ├── InputError           a file, question or option that cannot be used
    ├── HomeError            the knowledge base cannot be opened, read or written
    │   └── HomeLockedError  another process is writing to it
    ├── QueryError           a SPARQL query that cannot be run
    │   ├── RefusedQueryError    it asks for more than reading
    │   └── LimitError           it was stopped: time, rows, bytes, memory or nesting
    ├── ShapeError           a document whose graph breaks a shape; nothing of it is kept
    └── UnknownDocumentError no document of that name is in the knowledge base

The command line prints ``str(error)`` and exits with `exit_status`; nothing else
may reach the user as a traceback.
"""

from __future__ import annotations


class YinzhengError(Exception):
    """One line for the user. Exit status 1: it could not be done."""

    exit_status = 1


class InputError(YinzhengError):
    """A file, question or option that cannot be used."""


class HomeError(YinzhengError):
    """The knowledge base cannot be opened, read or written."""


class HomeLockedError(HomeError):
    """Another process is writing to the knowledge base."""


class QueryError(YinzhengError):
    """A SPARQL query that cannot be run. *line* and *column* count from 1, where they are known."""

    def __init__(self, message: str, *, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class RefusedQueryError(QueryError):
    """A SPARQL query that asks for more than reading this knowledge base."""


class LimitError(QueryError):
    """A SPARQL query that was stopped. *limit* is time, rows, bytes, memory, nesting or none."""

    def __init__(self, message: str, *, limit: str) -> None:
        super().__init__(message)
        self.limit = limit


class ShapeError(YinzhengError):
    """A document whose graph breaks a shape; nothing of it is kept."""


class UnknownDocumentError(YinzhengError):
    """No document of that name is in the knowledge base."""
