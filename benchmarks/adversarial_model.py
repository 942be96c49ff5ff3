"""A chat model that means harm, behind a URL: what of it reaches the reader.

    python -m benchmarks.adversarial_model [--runs 1000] [--seed 7]

Questions of the project's gold are answered with ``openai:scripted``, a server of our own that
reads the prompt and lies: other digits, slots, subjects, directions, units, bases, invented
sentences, references and arithmetic, markup, nonsense, other languages and scripts, drafts cut
off and without end; its repairs lie as well.  Each answer is held against the articles without
a look at the gate.  The bar: no wrong figure and no invented reference.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.adversary import Adversary, Draft, faults
from benchmarks.scripted_model import Reply, Request, serving
from kg.records import Extraction
from qa.answering import answer
from qa.interchange import question_from_record
from qa.knowledge_base import KnowledgeBase
from qa.models.answering import ChatDrafter
from qa.models.loading import load_chat_model
from qa.records import Question

ROOT = Path(__file__).parents[1]
ARTICLES = (ROOT / "corpus" / "articles" / "great-rotation-2026.txt",)
GOLD = ROOT / "corpus" / "gold" / "great-rotation-2026" / "questions.jsonl"
_SECONDS = 5.0


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    lines = GOLD.read_text("utf-8").splitlines()
    questions = [question_from_record(json.loads(line)) for line in lines if line.strip()]
    with tempfile.TemporaryDirectory() as scratch, KnowledgeBase.open(Path(scratch)) as kb:
        kb.ingest(ARTICLES)
        began = time.perf_counter()
        found = attack(kb, questions, runs=options.runs, seed=options.seed)
        seconds = time.perf_counter() - began
    drafts = Counter(kind for kind, _, _ in found)
    print(f"{len(found)} runs in {seconds:.0f} s: {dict(sorted(drafts.items()))}")
    engines = Counter("model" if by_model else "builtin" for _, by_model, _ in found)
    print(
        f"answers with sentences of the model: {engines['model']}; built-in: {engines['builtin']}"
    )
    wrong = [(kind, fault) for kind, _, faulty in found for fault in faulty]
    print(f"wrong figures, invented references, markup: {len(wrong)}")
    for kind, fault in wrong[:40]:
        print(f"  {kind}: {fault}")
    sys.exit(3 if wrong else 0)


def attack(
    kb: KnowledgeBase, questions: Sequence[Question], *, runs: int, seed: int
) -> list[tuple[str, bool, list[str]]]:
    """Each run's kind of draft, whether the answer has sentences of the model, and its faults."""
    rng = random.Random(seed)
    extractions = [kb.extraction(info.doc) for info in kb.documents()]
    builtin = {q: answer(q, kb) for q in questions}
    asked = [q for q in questions if not builtin[q].abstained]
    adversary = Adversary(rng, names_of(extractions))
    drawn: list[Draft] = []

    def script(request: Request) -> Reply:
        prompt = request["messages"][1]["content"]
        draft = adversary.draw(prompt)
        drawn.append(draft)
        if len(request["messages"]) > 2:
            return Reply(text=f"1：{draft.reply.text}\n2：{draft.reply.text}")
        return draft.reply

    found = []
    with serving(script) as server:
        model = load_chat_model("openai:scripted", url=server.url, seconds=_SECONDS)
        drafter = ChatDrafter(model=model, name="openai:scripted", seconds=_SECONDS)
        for _ in range(runs):
            question = rng.choice(asked)
            drawn.clear()
            shown: list[str] = []
            told = None
            for part in drafter.stream(question, kb):
                if isinstance(part, str):
                    shown.append(part)
                else:
                    told = part
            assert told is not None
            lies = [lie for draft in drawn for lie in draft.lies]
            own = builtin[question].answer
            everything = ["".join(shown), told.answer.answer]
            bad = [f for text in everything for f in faults(text, lies, extractions, own)]
            by_model = told.answer.engine != "builtin"
            kind = drawn[0].kind if drawn else "not asked in time"
            found.append((kind, by_model, [f"{question.text}: {f}" for f in bad]))
    return found


def names_of(extractions: Sequence[Extraction]) -> list[list[str]]:
    """The names that the documents use, those of one kind together."""
    groups: dict[str, set[str]] = {}
    for extraction in extractions:
        for entity in extraction.entities:
            groups.setdefault(entity.type, set()).add(entity.name)
    return [sorted(names) for kind, names in sorted(groups.items()) if kind in _SUBJECTS]


_SUBJECTS = ("company", "sector", "index", "person", "institution")

if __name__ == "__main__":
    main()
