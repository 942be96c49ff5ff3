"""The grounding gate on public data: UHGEval (whole continuations) and Fin-Eva (choices).

``python -m benchmarks.gate_public [--data FOLDER]``.  UHGEval: the evidence of a record is what
the news says, as a passage without references; its real continuation must be supported, its
invented one must not.  The curve is of the share of words that a clause's passage must hold.
Fin-Eva: of options that differ in a number the gate must choose the right one.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from ingest.quantities import find_quantities
from qa.gate import Gate, prose
from qa.gate.passages import passages
from qa.records import Claim

DATA = Path(__file__).parents[1].parent / "shared" / "devdata"
_CURVE = (0.0, 0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7)
_TASKS = ("doc_extraction", "event_reading", "insurance_clause", "product_analysis", "opinion")


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--show", action="store_true", help="print what slips")
    options = parser.parse_args()
    uhgeval(options.data / "uhgeval" / "xinhua.jsonl", show=options.show)
    fin_eva(options.data / "fin_eva", show=options.show)


def uhgeval(path: Path, *, show: bool) -> None:
    """Real and invented continuations of news, by the kind of invention."""
    records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    print(f"UHGEval, {len(records)} records: caught (false alarms) by the share of words covered")
    kept = prose.COVERED
    for share in _CURVE:
        prose.COVERED = share
        cells = []
        for numeric in (True, False):
            chosen = [r for r in records if (r["type"] == "num") == numeric]
            caught = [_stopped(r, "hallucinatedContinuation") for r in chosen]
            alarms = [_stopped(r, "realContinuation") for r in chosen]
            cells.append(
                f"{'numeric' if numeric else 'others'} {_mean(caught):.3f} ({_mean(alarms):.3f})"
            )
            if show and share == kept:
                _show(chosen, caught, alarms)
        print(f"  {share:.2f}{' *' if share == kept else '  '} {'   '.join(cells)}", flush=True)
    prose.COVERED = kept


def _show(records: Sequence[dict], caught: Sequence[bool], alarms: Sequence[bool]) -> None:
    for record, was_caught, was_alarm in zip(records, caught, alarms, strict=True):
        if was_alarm:
            print("ALARM", record["realContinuation"].strip())
            for claim in _judged(record, "realContinuation"):
                print("    ", claim.verdict, claim.reason)
        if not was_caught:
            print("MISSED", record["hallucinatedContinuation"].strip())
            print("    ", record["annotations"])


def _stopped(record: dict, field: str) -> bool:
    """Whether the continuation in *field* comes out as not fully supported."""
    return any(claim.verdict != "supported" for claim in _judged(record, field))


def _judged(record: dict, field: str) -> tuple[Claim, ...]:
    gate = Gate(passages([record["newsBeginning"] + "\n" + record["newsRemainder"]]))
    return gate.check(record[field].strip())


def fin_eva(folder: Path, *, show: bool) -> None:
    """Of options that differ in a number, the one that the gate supports."""
    total = right = alone = 0
    for record in _choices(folder):
        gate = Gate(passages([record["context"]]))
        scores = {o: _score(gate, record, record[o]) for o in "ABCD"}
        best = max(scores, key=lambda o: scores[o])
        total += 1
        right += best == record["answer"]
        alone += [o for o in "ABCD" if scores[o] == scores[best]] == [record["answer"]]
        if best != record["answer"] and show:
            print(record["question"], {o: (record[o], scores[o]) for o in "ABCD"}, record["answer"])
    print(
        f"Fin-Eva, {total} choices between numbers: right {right / total:.3f}, alone {alone / total:.3f}"
    )


def _choices(folder: Path) -> Iterator[dict]:
    for task in _TASKS:
        path = folder / f"{task}.jsonl"
        for line in path.read_text("utf-8").splitlines() if path.exists() else ():
            record = json.loads(line)
            texts = [re.sub(r"[\d.,%％]+", "#", record[o]) for o in "ABCD"]
            if "context" in record and len(set(texts)) < 4 and find_quantities(record["A"]):
                yield record


def _score(gate: Gate, record: dict, option: str) -> float:
    """How well the gate likes *option* as an answer to the record's question."""
    text = option if len(option) > 12 else _statement(record["question"], option)
    rank = {"supported": 1.0, "not_enough_info": 0.5, "refuted": 0.0}
    claims = gate.check(text, question=record["question"])
    return sum(rank[c.verdict] for c in claims) / len(claims) if claims else 0.0


def _statement(question: str, option: str) -> str:
    """*question* with *option* in the place of its question word."""
    bare = question.strip("？?。 ")
    made = re.sub("多少[^，。？的]{0,2}|什么|几[^，。？]?|哪[^，。？]{0,3}", option, bare, count=1)
    return made if made != bare else f"{bare}{option}"


def _mean(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 0.0


if __name__ == "__main__":
    main()
