"""What a SPARQL query asks for, found by its tokens.

The store federates ``SERVICE`` without a switch, and its parser knows no word boundaries
(``trueSERVICEx:a{}`` is a federated query to it).  So every bare word is searched, and a
word that could hold the keyword is refused, even as a prefix; strings, IRIs, comments,
variables and local names are free to say ``service``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urljoin

from kg.errors import QueryError, RefusedQueryError

# No two kinds open with the same character, so their order is that of how often they come.
_TOKEN = re.compile(
    r"""
    (?P<space> \s+ )
  | (?P<word> [^\W\d][\w\-]* )
  | (?P<local> :(?:[\w.\-:] | %[0-9A-Fa-f]{2} | \\[^uU])* )
  | (?P<variable> [?$]\w+ )
  | (?P<comment> \#[^\r\n]* )
  | (?P<string> \"{3} (?: [^"\\] | \\. | \"{1,2}(?!\") )* \"{3}
              | '{3} (?: [^'\\] | \\. | '{1,2}(?!') )* '{3}
              | \" (?: [^"\\\r\n] | \\. )* \"
              | ' (?: [^'\\\r\n] | \\. )* ' )
  | (?P<iri> <[^<>"{}|^`\x00-\x20]*> )
  | (?P<tag> @[A-Za-z]+(?:-[A-Za-z0-9]+)* )
  | (?P<escape> \\ )
  | (?P<other> \d+ | . )
    """,
    re.VERBOSE | re.DOTALL,
)
_FROM = re.compile("(?:ask|construct)?from(named)?", re.IGNORECASE)  # no word boundaries either
_FORMS = ("select", "ask", "construct", "describe")
_UPDATES = frozenset("insert delete load clear drop create copy move add with".split())


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a query names: the IRIs of ``FROM`` and of ``FROM NAMED``."""

    default: tuple[str, ...]
    named: tuple[str, ...]


class _Token(NamedTuple):
    kind: str
    text: str


def inspect_query(query: str, *, prefixes: Mapping[str, str], base: str = "") -> Dataset | None:
    """The dataset that *query* names, or ``None`` where it names none.

    *prefixes* and *base* hold where the query declares no others.

    :raises RefusedQueryError: if the query changes data or calls another server.
    :raises QueryError: if it is empty or no query.
    """
    tokens = list(_tokens(query))
    for token in tokens:
        if token.kind == "word" and "service" in token.text.casefold():
            raise RefusedQueryError(
                f"'{token.text}' is refused: a query reads this knowledge base alone, "
                "no other server (a prefix of that name can be given another)"
            )
        if token.kind == "escape":
            raise RefusedQueryError(
                "a backslash outside strings, IRIs and names is refused; spell it out"
            )
    declared, body = _prologue(tokens, base)
    form = body[0].text if body else ""
    if form.casefold() in _UPDATES:
        raise RefusedQueryError(
            f"'{form.upper()}' is refused: the knowledge base is only read here; "
            "use SELECT, ASK, CONSTRUCT or DESCRIBE"
        )
    if not form.casefold().startswith(_FORMS):
        raise QueryError("the query has no SELECT, ASK, CONSTRUCT or DESCRIBE; start with one")
    return _dataset(body, {**prefixes, **declared})


def _tokens(query: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(query):
        kind = match.lastgroup or "other"
        if kind not in ("space", "comment"):
            yield _Token(kind, match.group())


def _prologue(tokens: list[_Token], base: str) -> tuple[dict[str, str], list[_Token]]:
    """The prefixes and the base (under the name ``<base>``) declared, and what follows."""
    declared = {"<base>": base}
    place = 0
    while place < len(tokens):
        keyword = tokens[place].text.casefold()
        if keyword == "base" and tokens[place + 1 : place + 2]:
            declared["<base>"] = urljoin(declared["<base>"], tokens[place + 1].text[1:-1])
            place += 2
        elif keyword == "prefix":
            name, place = _prefixed_name(tokens, place + 1)
            if place < len(tokens):
                declared[name[0]] = urljoin(declared["<base>"], tokens[place].text[1:-1])
            place += 1
        else:
            break
    return declared, tokens[place:]


def _prefixed_name(tokens: list[_Token], place: int) -> tuple[tuple[str, str], int]:
    """A prefix and local name at *place*, and the place after them."""
    prefix = ""
    if place < len(tokens) and tokens[place].kind == "word":
        prefix = tokens[place].text
        place += 1
    local = ""
    if place < len(tokens) and tokens[place].kind == "local":
        local = tokens[place].text[1:]
        place += 1
    return (prefix, local), place


def _dataset(body: list[_Token], prefixes: Mapping[str, str]) -> Dataset | None:
    default: list[str] = []
    named: list[str] = []
    place = 0
    while place < len(body):
        token = body[place]
        place += 1
        match = _FROM.fullmatch(token.text) if token.kind == "word" else None
        if match is None:
            continue
        found = named if match[1] else default
        if not match[1] and place < len(body) and body[place].text.casefold() == "named":
            found = named
            place += 1
        if place < len(body) and body[place].kind == "iri":
            found.append(urljoin(prefixes["<base>"], body[place].text[1:-1]))
            place += 1
            continue
        (prefix, local), place = _prefixed_name(body, place)
        if prefix not in prefixes:
            raise QueryError(f"FROM names no graph that can be read: '{prefix}:{local}'")
        found.append(prefixes[prefix] + local)
    return Dataset(tuple(default), tuple(named)) if default or named else None
