"""`check`: the grounding gate on anybody's answers."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.app import FOUND_WANTING, Home, Json, Store, app, open_home, settings
from qa.cli.terminal import say, say_json, tracked
from qa.interchange import answer_to_record

if TYPE_CHECKING:
    from qa.records import Answer

_VERDICTS = {"supported": "有据", "refuted": "不符", "not_enough_info": "无据"}


@app.command()
def check(
    ctx: typer.Context,
    answers: Annotated[Path, typer.Argument(metavar="ANSWERS.jsonl", show_default=False)],
    home: Home = None,
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Check whether answers are grounded in what they cite; exit 3 if a claim is not.

    Reads Answer records, or samples with user_input, response and retrieved_contexts.
    """
    here = settings(ctx, home, as_json, store)
    from qa.gate import checked, read_samples

    samples = list(read_samples(answers))
    kb = open_home(here) if any(s.passages is None for s in samples) else None
    verdicts: Counter[str] = Counter()
    for sample in tracked("checking", samples):
        answer = checked(sample, kb)
        verdicts.update(claim.verdict for claim in answer.claims)
        if here.as_json:
            say_json(answer_to_record(answer))
        else:
            say(report(answer))
    if not here.as_json:
        say("；".join(f"{words} {verdicts[name]}" for name, words in _VERDICTS.items()))
    if verdicts["refuted"] or verdicts["not_enough_info"]:
        raise typer.Exit(FOUND_WANTING)


def report(answer: Answer) -> str:
    """The claims of an answer as a person reads them, each with its verdict and reason."""
    lines = [f"{answer.id}: {answer.question}" if answer.id else answer.question]
    lines += [f"  {_VERDICTS[c.verdict]}  {c.text}\n        {c.reason}" for c in answer.claims]
    if answer.abstained:
        lines.append("  （没有作答）")
    return "\n".join(lines) + "\n"
