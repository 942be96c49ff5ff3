"""Follow-ups in scripted conversations, against their stand-alone forms.

``python -m benchmarks.followups [--errors]`` reads the source article and the test articles
and goes through the conversations of ``benchmarks/data/followups.jsonl``: each turn is asked with
the turns before it as its history (那深证成指呢?), and as the question that it stands for
(深证成指收盘多少点?).  Right is the same answer from the same passages; a turn whose stand-alone
form is refused is counted apart, as two refusals prove nothing.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from benchmarks.folders import CORPUS, OWN, Member, members, read_in
from qa.answering import answer
from qa.knowledge_base import KnowledgeBase
from qa.records import Answer, Question

SCRIPTS = Path(__file__).parent / "data" / "followups.jsonl"


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="print the turns that differ")
    errors = parser.parse_args().errors
    scripts = [json.loads(line) for line in SCRIPTS.read_text("utf-8").splitlines()]
    wanted = {script["doc"] for script in scripts}
    source = [
        Member(text.stem, text, CORPUS / "gold") for text in (CORPUS / "articles").glob("*.txt")
    ]
    found = [m for m in (*source, *members([OWN])) if m.doc in wanted]
    with tempfile.TemporaryDirectory() as scratch:
        run(scripts, read_in(found, Path(scratch)), errors=errors)


def run(scripts: list[dict[str, object]], base: KnowledgeBase, *, errors: bool) -> None:
    """Go through *scripts* and print the share of turns that are understood."""
    same = turns = refused = 0
    for script in scripts:
        doc, history = str(script["doc"]), list[str]()
        for turn in script["turns"]:  # type: ignore[attr-defined]
            if turn["alone"] is not None:
                alone = _ask(base, doc, turn["alone"], [])
                leaning = _ask(base, doc, turn["asked"], history)
                turns += 1
                refused += alone.abstained
                agrees = _same(alone, leaning)
                same += agrees
                if errors and (alone.abstained or not agrees):
                    print(f"- {doc}: {' → '.join((*history, turn['asked']))}")
                    print(f"  {leaning.answer[:120]}\n  {turn['alone']}: {alone.answer[:120]}")
            history.append(turn["asked"])
    print(f"turns ({turns}): as their stand-alone forms {same / turns:.3f}")
    print(f"  stand-alone form refused: {refused}")


def _ask(base: KnowledgeBase, doc: str, text: str, history: list[str]) -> Answer:
    return answer(Question(text=text, history=tuple(history)), base, docs=[doc])


def _same(alone: Answer, leaning: Answer) -> bool:
    """Whether both say the same, from the same passages; a refusal is the same as another."""
    if alone.abstained or leaning.abstained:
        return alone.abstained and leaning.abstained
    passages = {(s.start, s.end) for s in alone.sources}
    return alone.answer == leaning.answer and passages == {
        (s.start, s.end) for s in leaning.sources
    }


if __name__ == "__main__":
    main()
