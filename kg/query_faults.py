"""What is wrong with a broken query, in words that fit a line."""

from __future__ import annotations

import re

from kg.errors import QueryError

_PLACE = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)
# Beside tokens and classes of characters (which mislead: the parser names what it tried last)
# the list of what was expected holds what is wrong in words: "Prefix not found".
_SAID = re.compile(r"(?:^one of |^|, )([A-Z]\w*(?: [\w'*-]+)+)(?=, |$)")
_SHOWN = 24


def broken(query: str, message: str) -> QueryError:
    """The error for a query that the store's parser refused with *message*.

    It says the line and column, the text there, and the reason if the parser knows one.
    """
    match = _PLACE.match(message)
    if match is None:
        return QueryError(f"the query is broken: {' '.join(message.split())}")
    line, column = int(match[1]), int(match[2])
    lines = query.split("\n")
    rest = " ".join(lines[line - 1][column - 1 :].split()) if line <= len(lines) else ""
    if rest:
        here = f"at '{rest[:_SHOWN]}{'…' if len(rest) > _SHOWN else ''}'"
    else:
        here = "at its end" if line >= len(lines) else "at the end of the line"
    said = _SAID.search(match[3])
    return QueryError(
        f"the query is broken in line {line}, column {column}, {here}"
        + (f": {said[1]}" if said else ""),
        line=line,
        column=column,
    )
