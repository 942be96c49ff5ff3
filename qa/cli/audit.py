"""`audit`: what the documents say that arithmetic, each other or the calendar contradict."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.errors import InputError
from qa.cli.app import FOUND_WANTING, Home, Json, Store, app, open_home, settings
from qa.cli.terminal import columns, emit, lit_up, say, say_json, warn

if TYPE_CHECKING:
    from kg.audit.rule import Rule
    from kg.records import Finding
    from qa.knowledge_base import KnowledgeBase


class Formats(StrEnum):
    """What a report is written in."""

    TEXT = "text"
    MARKDOWN = "md"
    HTML = "html"


@app.command()
def audit(
    ctx: typer.Context,
    docs: Annotated[
        list[str] | None, typer.Argument(metavar="[DOC]...", show_default=False)
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Notes too: units, restatements, missing sources.")
    ] = False,
    format: Annotated[Formats, typer.Option(help="How the report is written.")] = Formats.TEXT,
    output: Annotated[
        Path | None, typer.Option("-o", metavar="FILE", help="Write the report there.")
    ] = None,
    rules: Annotated[
        list[Path] | None,
        typer.Option(metavar="DIR", help="A folder of further rules; may be given again."),
    ] = None,
    off: Annotated[
        list[str] | None, typer.Option(metavar="RULE", help="Without this rule; again for more.")
    ] = None,
    tune: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="RULE.NAME=NUMBER", help="Another value of a parameter."),
    ] = None,
    show: Annotated[
        bool, typer.Option("--list", help="List the rules, and audit nothing.")
    ] = False,
    home: Home = None,
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Find what arithmetic, other documents or the calendar contradict; status 3 if errors."""
    here = settings(ctx, home, as_json, store)
    chosen = _rules(here.home, rules or [], off or [], tune or [])
    if show:
        _list(chosen, as_json=here.as_json)
        return
    kb = open_home(here, docs)
    findings = _findings(kb, chosen, docs, changed=bool(rules or off or tune))
    errors = [finding for finding in findings if finding.severity == "error"]
    shown = findings if every else errors
    if here.as_json:
        from kg.audit.rows import finding_row
        from kg.interchange import to_json

        for finding in shown:
            say_json(to_json(finding_row(finding)))
    else:
        _write(kb, shown, chosen, format=format, output=output)
    if errors:
        raise typer.Exit(FOUND_WANTING)


def _findings(
    kb: KnowledgeBase, rules: Sequence[Rule], docs: Sequence[str] | None, *, changed: bool
) -> tuple[Finding, ...]:
    if not changed:
        return kb.findings(docs or None)
    return kb.graph.audit(rules, docs=docs or None)


def _write(
    kb: KnowledgeBase,
    findings: Sequence[Finding],
    rules: Sequence[Rule],
    *,
    format: Formats,
    output: Path | None,
) -> None:
    from qa.audit_report import Report, as_html, as_lines, as_markdown, summary

    texts = {doc: kb.text(doc) for finding in findings for doc in finding.docs}
    report = Report(findings, texts, {rule.name: rule for rule in rules})
    if format is Formats.TEXT and output is None:
        say("\n".join([*as_lines(report, lit_up), summary(findings)]))
        return
    written = {
        Formats.TEXT: lambda: "\n".join(as_lines(report, lambda words: f"⟦{words}⟧")) + "\n",
        Formats.MARKDOWN: lambda: as_markdown(report),
        Formats.HTML: lambda: as_html(report),
    }[format]()
    if output is None:
        emit(written)
    else:
        output.write_text(written, "utf-8")


def _rules(
    home: Path, folders: Sequence[Path], off: Sequence[str], tune: Sequence[str]
) -> tuple[Rule, ...]:
    from kg.audit.rule import rules_of, tuned

    for folder in folders:
        if not folder.is_dir():
            raise InputError(f"{folder} is no folder; --rules names one with .rq files")
    changes: dict[str, dict[str, Any]] = {name: {"on": False} for name in off}
    for option in tune:
        where, _, value = option.partition("=")
        name, _, parameter = where.partition(".")
        if not (parameter and value):
            raise typer.BadParameter(f"{option!r} sets nothing; write it like stated-gap.slack=1")
        changes.setdefault(name, {})[parameter] = value
    return tuned(rules_of([home / "rules", *folders]), changes)


def _list(rules: Sequence[Rule], *, as_json: bool) -> None:
    if as_json:
        for rule in rules:
            say_json(
                {
                    "name": rule.name,
                    "kind": rule.kind,
                    "severity": rule.severity,
                    "zh": rule.zh,
                    "en": rule.en,
                    "parameters": {name: float(value) for name, value in rule.settings.items()},
                }
            )
        return
    say(columns([[rule.name, rule.kind, rule.severity, rule.zh] for rule in rules]))
    warn(f"{len(rules)} rules; files in the folder 'rules' of the home add to them and tune them")
