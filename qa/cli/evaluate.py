"""`eval`: scores against gold, every error in context."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.errors import InputError
from qa.cli.app import FOUND_WANTING, Home, Json, Store, app, open_home, settings
from qa.cli.terminal import columns, say, say_json, tracked, warn

if TYPE_CHECKING:
    from qa.evaluation import Scorecard, Slip


@app.command("eval")
def evaluate(
    ctx: typer.Context,
    gold: Annotated[list[Path], typer.Argument(metavar="GOLD.jsonl...", show_default=False)],
    system: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Score these records, not the knowledge base."),
    ] = None,
    threshold: Annotated[
        list[str] | None,
        typer.Option(
            metavar="SCORE=SHARE",
            help="Exit 3 if a score is lower, e.g. span_f1=0.97 or questions.right=0.9.",
        ),
    ] = None,
    home: Home = None,
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Score figures, entities, citation marks, references, answers; the fields tell the kind."""
    here = settings(ctx, home, as_json, store)
    wanted = _thresholds(threshold or [])
    from qa.evaluation import read_annotations, run

    records = read_annotations(gold)
    given = read_annotations([system]) if system else None
    cards = []
    for card in run(records, kb=open_home(here), system=given, track=tracked):
        cards.append(card)
        if here.as_json:
            say_json(asdict(card))
        else:
            say(report(card))
    missed = list(_missed(cards, wanted))
    for line in missed:
        warn(line)
    if missed:
        raise typer.Exit(FOUND_WANTING)


def report(card: Scorecard) -> str:
    """A card as a person reads it: the scores as a table, then each error in context."""
    rows = [[name, "—" if score is None else f"{score:.4f}"] for name, score in card.scores.items()]
    lines = [f"{card.kind}: {card.n} in gold, {len(card.errors)} with errors"]
    lines += [f"  {line}" for line in columns(rows, right=[1]).splitlines()]
    for error in card.errors:
        lines += ["", f"{error.doc}: {error.problem}", f"  {_one_line(error.context)}"]
        lines += [f"  {name}: {_plain(side)}" for name, side in _sides(error) if side is not None]
    return "\n".join(lines) + "\n"


def _sides(error: Slip) -> tuple[tuple[str, Mapping[str, Any] | None], ...]:
    return (("gold", error.expected), ("got ", error.got))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _plain(record: Mapping[str, Any]) -> str:
    return _one_line("  ".join(f"{field}={value}" for field, value in record.items()))


def _thresholds(options: Sequence[str]) -> dict[str, float]:
    wanted: dict[str, float] = {}
    for option in options:
        name, _, share = option.partition("=")
        try:
            wanted[name] = float(share)
        except ValueError:
            raise typer.BadParameter(
                f"{option!r} is no threshold; write it like span_f1=0.97"
            ) from None
    return wanted


def _missed(cards: Sequence[Scorecard], wanted: Mapping[str, float]) -> list[str]:
    """One line for each score below its threshold.

    :raises InputError: if a threshold names a score that no card has.
    """
    scores = {f"{card.kind}.{name}": s for card in cards for name, s in card.scores.items()}
    missed = []
    for name, least in wanted.items():
        named = {key: s for key, s in scores.items() if name in (key, key.partition(".")[2])}
        if not named:
            raise InputError(f"no score named {name!r}; there are {', '.join(sorted(scores))}")
        missed += [
            f"{key} is {score:.4f}, below {least:g}"
            for key, score in named.items()
            if score is not None and score < least
        ]
    return missed
