"""Rules: the ``.rq`` files of ``rules/``, and the user's own of the same form.

A file starts with comments that describe it, as a saved query does::

    # title-zh: 合计
    # title-en: sum of parts
    # zh: 各部分相加等于合计
    # en: the parts add to what they are said to make
    # kind: sum
    # severity: error
    # check: sum
    # parameter: slack decimal 0 | 放宽的百分比 | per cent allowed beyond rounding

The query's rows put figures together.  ``?case`` tells which rows are one case, ``?role`` what a
figure is in it (as the check names it), and ``?span`` or ``?figure`` which figure it is;
``?period`` may tell days, ``?sign`` up or down, ``?detail`` what else the check asks for.  Rows
come in the order of the text.  ``check: always`` makes a fault of each case and says ``?detail``
of it.  A rule with ``scope: across`` is asked over all documents.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast, get_args

from pyoxigraph import Store

from kg.audit.checks import CHECKS
from kg.errors import InputError
from kg.terms import one_line
from kg.vocabulary import PREFIXES

FOLDER = Path(__file__).with_name("rules")
"""The rules that come with the program."""
SETTINGS = "settings.toml"
"""In a folder of rules: which are off, and their parameters."""

KINDS = ("difference", "containment", "conflict", "calendar", "sum", "growth", "rank", "direction")
NOTES = ("unit", "restated", "uncited", "modality")

_HEADER = re.compile(r"# ([\w-]+): (.+)")
_NEEDED = ("title-zh", "title-en", "zh", "en", "kind", "severity", "check")
Severity = Literal["error", "note"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What may be wrong, and how it is found. *settings* are the values of its parameters."""

    name: str
    title_zh: str
    title_en: str
    zh: str
    en: str
    kind: str
    severity: Severity
    check: str
    across: bool  # over all documents, not in each
    query: str
    settings: Mapping[str, Decimal] = field(default_factory=dict)


@cache
def own_rules() -> tuple[Rule, ...]:
    """The rules that come with the program, by name."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.rq")))


def rules_of(folders: Iterable[Path]) -> tuple[Rule, ...]:
    """The program's rules with those of *folders*, which replace, tune and switch off.

    A folder that is not there has no rules.

    :raises InputError: if a file is no rule or its settings are not understood.
    """
    rules = {rule.name: rule for rule in own_rules()}
    for folder in folders:
        if folder.is_dir():
            for path in sorted(folder.glob("*.rq")):
                rules[path.stem] = _read(path)
            rules = _tuned(rules, folder / SETTINGS)
    return tuple(rules[name] for name in sorted(rules))


def tuned(rules: Iterable[Rule], changes: Mapping[str, Mapping[str, Any]]) -> tuple[Rule, ...]:
    """*rules* with *changes*: by name of the rule ``on`` and values of its parameters.

    :raises InputError: if there is no such rule or parameter, or a value is no number.
    """
    known = {rule.name: rule for rule in rules}
    for name, values in changes.items():
        if name not in known:
            raise InputError(f"no audit rule '{name}'; there are: {', '.join(known)}")
        if not isinstance(values, Mapping):
            raise InputError(
                f"audit rule '{name}': settings are a table, such as [{name}] on = false"
            )
        on = values.get("on", True)
        if not isinstance(on, bool):
            raise InputError(f"audit rule '{name}': 'on' is true or false, not {on!r}")
        settings = {key: value for key, value in values.items() if key != "on"}
        known[name] = _set(known[name], settings)
        if not on:
            del known[name]
    return tuple(known.values())


def fingerprint(rules: Iterable[Rule]) -> str:
    """A hash of all that *rules* say, to tell whether findings are of these rules."""
    told = "\n".join(
        f"{r.name} {r.kind} {r.severity} {r.check} {sorted(r.settings.items())} {r.query}"
        for r in rules
    )
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _tuned(rules: dict[str, Rule], path: Path) -> dict[str, Rule]:
    if not path.is_file():
        return rules
    try:
        changes = tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
        return {rule.name: rule for rule in tuned(rules.values(), changes)}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: no TOML: {error}") from None
    except InputError as error:
        raise InputError(f"{path}: {error}") from None


def _set(rule: Rule, values: Mapping[str, Any]) -> Rule:
    settings = dict(rule.settings)
    for name, value in values.items():
        if name not in settings:
            known = ", ".join(settings) or "none"
            raise InputError(f"audit rule '{rule.name}' has no parameter '{name}'; it has: {known}")
        settings[name] = _decimal(value, f"audit rule '{rule.name}': '{name}'")
    return replace(rule, settings=settings)


def _decimal(value: object, what: str) -> Decimal:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        number = Decimal("NaN")
    if isinstance(value, bool) or not number.is_finite():
        raise InputError(f"{what} is {value!r}; it has to be a number")
    return number


def _read(path: Path) -> Rule:
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise InputError(f"{path}: cannot be read as UTF-8 text") from None
    header: dict[str, list[str]] = {}
    for line in text.splitlines():
        match = _HEADER.fullmatch(line.rstrip())
        if match is None:
            break
        header.setdefault(match[1], []).append(match[2].strip())
    missing = [name for name in _NEEDED if name not in header]
    if missing:
        raise InputError(
            f"{path}: the line '# {missing[0]}: …' is missing; `kg/audit/rules` has examples"
        )
    told = {name: values[0] for name, values in header.items()}
    if told["kind"] not in (*KINDS, *NOTES):
        raise InputError(
            f"{path}: no kind '{told['kind']}'; there are: {', '.join((*KINDS, *NOTES))}"
        )
    if told["severity"] not in get_args(Severity):
        raise InputError(f"{path}: the severity is error or note, not '{told['severity']}'")
    if told["check"] not in CHECKS:
        raise InputError(f"{path}: no check '{told['check']}'; there are: {', '.join(CHECKS)}")
    _try(path, text)
    return Rule(
        name=path.stem,
        title_zh=told["title-zh"],
        title_en=told["title-en"],
        zh=told["zh"],
        en=told["en"],
        kind=told["kind"],
        severity=cast(Severity, told["severity"]),
        check=told["check"],
        across=told.get("scope") == "across",
        query=text,
        settings=dict(_parameter(path, line) for line in header.get("parameter", ())),
    )


def _try(path: Path, query: str) -> None:
    """Run a query over nothing: a broken one is told of now, and by its file."""
    try:
        Store().query(query, prefixes=PREFIXES)
    except (SyntaxError, ValueError, RuntimeError) as error:
        raise InputError(f"{path}: the query is broken: {one_line(error)}") from None


def _parameter(path: Path, line: str) -> tuple[str, Decimal]:
    parts = line.partition("|")[0].split()
    if len(parts) != 3 or parts[1] != "decimal":
        raise InputError(f"{path}: a parameter is told as 'NAME decimal VALUE | 中文 | English'")
    return parts[0], _decimal(parts[2], f"{path}: '{parts[0]}'")
