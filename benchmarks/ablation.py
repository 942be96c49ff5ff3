"""Answers when their evidence is gone.

``python -m benchmarks.ablation [FOLDER ...] [--errors]`` deletes, for every answerable
question with evidence, the evidence sentences from the article, reads the article again and
asks.  Right is a refusal, or an answer that still holds all that a right answer holds: another
sentence says it too.  An answer that rests on another sentence but in other words than the
annotation wants is right where it was read and found to be so: ``data/ablation_read.jsonl`` lists
the question's id, the answer to the letter, and why.  Any other answer counts as wrong.
Without arguments the source article and the public development articles are read.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.folders import Member, members, read_in
from qa.answering import answer
from qa.evaluation import read_annotations
from qa.evaluation.gold import GoldQuestion
from qa.evaluation.questions import faults

READ = Path(__file__).parent / "data" / "ablation_read.jsonl"


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="*")
    parser.add_argument("--errors", action="store_true", help="print what is answered all the same")
    parser.add_argument("--only", nargs="+", metavar="START", help="articles whose names start so")
    arguments = parser.parse_args()
    outcomes: Counter[tuple[str, str]] = Counter()
    for member in members(arguments.folders):
        if arguments.only and not member.doc.startswith(tuple(arguments.only)):
            continue
        for question, outcome, given in ablated(member):
            outcomes[question.type, outcome] += 1
            if arguments.errors and outcome == "answered":
                print(f"- {member.doc}: {question.asked.text}\n  {given[:160]}", flush=True)
    show(outcomes)


def ablated(member: Member) -> Iterator[tuple[GoldQuestion, str, str]]:
    """Each question with what became of its answer, and the answer."""
    text = member.article.read_bytes().decode("utf-8")
    groups: dict[tuple[str, ...], list[GoldQuestion]] = defaultdict(list)
    for question in read_annotations([member.questions]).questions:
        if question.answerable and question.evidence and question.type != "summary":
            groups[tuple(sorted(question.evidence))].append(question)
    read = read_answers()
    with tempfile.TemporaryDirectory() as scratch:
        # One home for all: what of the article stays is neither embedded nor written again.
        base = read_in([member], Path(scratch))
        article = Path(scratch) / f"{member.doc}.txt"
        for evidence, questions in groups.items():
            article.write_bytes(without(text, evidence).encode("utf-8"))
            for refused in base.ingest([article]).refused:
                print(refused.message)
            for question in questions:
                given = answer(question.asked, base)
                if given.abstained:
                    outcome = "refused"
                elif not faults(question, given):
                    outcome = "told elsewhere"
                else:
                    supported = (question.id, given.answer) in read
                    outcome = "read and supported" if supported else "answered"
                yield question, outcome, given.answer
        base.close()


def read_answers() -> frozenset[tuple[str, str]]:
    """The answers that were read and found to be supported by another sentence, by question."""
    rows = map(json.loads, READ.read_text(encoding="utf-8").splitlines())
    return frozenset((row["id"], row["answer"]) for row in rows)


def without(text: str, sentences: Sequence[str]) -> str:
    """*text* less *sentences*, each with its full stop and the marks after it."""
    for sentence in sentences:
        text = re.sub(re.escape(sentence) + r"[。.]?(?:\s*[\[【［][\d,，\-–]+[\]】］])*", "", text)
    return text


def show(outcomes: Counter[tuple[str, str]]) -> None:
    """Print the share that is right by type of question, and of all."""
    kinds = sorted({kind for kind, _ in outcomes})
    for kind in [*kinds, "all"]:
        counts = {
            outcome: sum(n for (k, o), n in outcomes.items() if o == outcome and kind in (k, "all"))
            for outcome in ("refused", "told elsewhere", "read and supported", "answered")
        }
        total = sum(counts.values())
        right = (total - counts["answered"]) / total if total else 0.0
        print(f"{kind} ({total}): {right:.3f}", counts)


if __name__ == "__main__":
    main()
