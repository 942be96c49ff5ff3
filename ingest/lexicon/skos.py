"""The lexicon as SKOS in Turtle, the stored form.

One concept each::

    e:micron-technology a skos:Concept ; yz:entityType yz:type-company ;
        skos:prefLabel "美光科技"@zh , "Micron Technology"@en ; skos:altLabel "美光"@zh ;
        schema:tickerSymbol "XNAS MU" ; skos:broader e:semiconductors ; yz:country "US" .

A name that is ambiguous is stated a second time, as ``yz:ambiguousLabel``; the members of a group
are its ``yz:member``.  The terms are those of the registry graph.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from ingest.lexicon.records import LexiconEntry, fault, is_entity_type
from kg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pyoxigraph import Literal, NamedNode

    _Described = dict[str, list[NamedNode | Literal]]  # what is said of a subject, by predicate

_YZ = "https://yinzheng.example/ns#"
_ENTITY = "https://yinzheng.example/id/entity/"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_SCHEMA = "https://schema.org/"

_TYPE = _YZ + "entityType"
_PREFERRED = _SKOS + "prefLabel"
_ALTERNATIVE = _SKOS + "altLabel"
_AMBIGUOUS = _YZ + "ambiguousLabel"
_TICKER = _SCHEMA + "tickerSymbol"
_BROADER = _SKOS + "broader"
_MEMBER = _YZ + "member"
_COUNTRY = _YZ + "country"

_PREFIXES = f"""@prefix e: <{_ENTITY}> .
@prefix yz: <{_YZ}> .
@prefix skos: <{_SKOS}> .
@prefix schema: <{_SCHEMA}> .
"""


def read_turtle(path: Path) -> list[LexiconEntry]:
    """The entries of a SKOS file, in the file's order.

    :raises InputError: if the file cannot be read, is no Turtle, or an entry lacks its type or
        its Chinese name.
    """
    import pyoxigraph as ox

    described: dict[str, _Described] = {}
    try:
        # Read in one go: the parser is quicker on bytes than on a file object.
        source = path.read_bytes()
        for triple in ox.parse(source, format=ox.RdfFormat.TURTLE):
            value = triple.object
            if isinstance(value, ox.NamedNode | ox.Literal):
                properties = described.setdefault(str(triple.subject.value), {})
                properties.setdefault(triple.predicate.value, []).append(value)
    except OSError as error:
        raise InputError(f"Cannot read the lexicon {path}: {error.strerror}.") from error
    except (SyntaxError, ValueError) as error:
        raise InputError(f"The lexicon {path} is not valid Turtle: {error}") from error
    return [
        _entry(subject, properties, path, source)
        for subject, properties in described.items()
        if _TYPE in properties or _PREFERRED in properties
    ]


def _entry(subject: str, described: _Described, path: Path, source: bytes) -> LexiconEntry:
    def values(predicate: str) -> tuple[str, ...]:
        found = described.get(predicate)
        return tuple(term.value for term in found) if found else ()

    def ids(predicate: str) -> tuple[str, ...]:
        return tuple(map(_id, values(predicate)))

    labels = {
        language.partition("-")[0]: term.value
        for term in reversed(described.get(_PREFERRED, ()))
        if (language := getattr(term, "language", None)) is not None
    }
    kind = next((v.removeprefix(_YZ + "type-") for v in values(_TYPE)), None)
    zh = labels.get("zh")
    if not is_entity_type(kind) or zh is None:
        lacking = "a skos:prefLabel in @zh" if zh is None else "a yz:entityType of ours"
        line = _line_of(subject, source)
        raise InputError(f"The lexicon {path}, line {line}: <{subject}> lacks {lacking}.")
    entry = LexiconEntry(
        id=_id(subject),
        type=kind,
        zh=zh,
        en=labels.get("en"),
        aliases=values(_ALTERNATIVE),
        ambiguous=values(_AMBIGUOUS),
        tickers=values(_TICKER),
        broader=ids(_BROADER),
        members=ids(_MEMBER),
        country=next(iter(values(_COUNTRY)), None),
    )
    if (wrong := fault(entry)) is not None:
        line = _line_of(subject, source)
        raise InputError(f"The lexicon {path}, line {line}: <{subject}> {wrong}.")
    return entry


def _line_of(subject: str, source: bytes) -> int:
    """The line where *subject* is first written, in full or by its local name."""
    local = re.escape(subject.rpartition("/")[2].rpartition("#")[2])
    written = rf"^\s*(?:<{re.escape(subject)}>|<[^>]*{local}>|[\w-]*:{local}(?![\w-]))"
    found = re.search(written, source.decode("utf-8", "replace"), re.MULTILINE)
    return 1 if found is None else found.string.count("\n", 0, found.end()) + 1


def write_turtle(entries: Iterable[LexiconEntry]) -> str:
    """The SKOS file of *entries*; `read_turtle` gives the same entries back."""
    return _PREFIXES + "".join(f"\n{_concept(entry)}" for entry in entries)


def _concept(entry: LexiconEntry) -> str:
    english = [_literal(entry.en, "en")] if entry.en else []
    lines = [f"{_curie(entry.id)} a skos:Concept ; yz:entityType yz:type-{entry.type}"]
    for term, objects in (
        ("skos:prefLabel", [_literal(entry.zh, "zh"), *english]),
        ("skos:altLabel", [_literal(n, _language(n)) for n in entry.aliases]),
        ("yz:ambiguousLabel", [_literal(n, _language(n)) for n in entry.ambiguous]),
        ("schema:tickerSymbol", [_literal(t) for t in entry.tickers]),
        ("skos:broader", [_curie(i) for i in entry.broader]),
        ("yz:member", [_curie(i) for i in entry.members]),
        ("yz:country", [_literal(entry.country)] if entry.country else []),
    ):
        if objects:
            lines.append(f"  {term} {' , '.join(objects)}")
    return " ;\n".join(lines) + " .\n"


def _literal(value: str, language: str | None = None) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"' + (f"@{language}" if language else "")


def _language(name: str) -> str:
    return "en" if name.isascii() else "zh"


def _id(iri: str) -> str:
    return unquote(iri.rpartition("/")[2])


def _curie(entity: str) -> str:
    # Prefixed names take no '%'-escape-free punctuation: fall back to the full IRI.
    plain = entity.replace("-", "").isalnum() and entity.isascii()
    return f"e:{entity}" if plain else f"<{_ENTITY}{quote(entity, safe='')}>"
