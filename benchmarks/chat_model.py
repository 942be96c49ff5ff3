"""A chat model behind a URL beside the built-in engine: right answers, and what was stopped.

    python -m benchmarks.chat_model URL [--name NAME] [--limit N] [--seconds S] [--articles DIR]
        [--results FILE] [--home FOLDER]

Whatever speaks OpenAI's protocol will do: llama.cpp, Ollama, vLLM.  N questions of the project's
gold, spread over its types, are answered with ``--model openai:NAME`` and without.  *right* and
the rest are those of `yinzheng eval`; *unsupported figures* are counted in the answers without a
look at the gate (`benchmarks.adversary.faults`); *stopped* is the share of the model's sentences
that were repaired, replaced or left out.  DIR holds NAME/article.txt with questions.jsonl beside
it.

Each answer is printed as it comes and, with ``--results``, kept in FILE: whoever runs the same
again goes on where the last run ended.  Questions are asked in an order drawn by lot, so that a
run that was cut off is a sample of the whole; Ctrl-C reports on what there is.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.adversary import faults
from kg.records import Extraction
from qa.answering import answer
from qa.evaluation.gold import GoldQuestion, read_annotations
from qa.evaluation.questions import faults as slips_of
from qa.evaluation.questions import score_questions
from qa.interchange import answer_from_record, answer_to_record, dump, read_records
from qa.knowledge_base import KnowledgeBase
from qa.models.answering import ChatDrafter
from qa.models.loading import load_chat_model
from qa.records import Answer

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "corpus" / "gold" / "great-rotation-2026" / "questions.jsonl"
_SHOWN = (
    "right",
    "citation_precision",
    "citation_recall",
    "refused_unanswerable",
    "refused_answerable",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one question."""

    question: GoldQuestion
    builtin: Answer
    answer: Answer
    note: str | None
    failure: str | None
    sent: bool  # whether the model was asked at all
    sentences: int
    stopped: int
    unsupported: tuple[str, ...]
    seconds: float

    @property
    def lost(self) -> bool:
        """Whether the model failed or was late: no word on what it can do."""
        return "holds" not in (self.failure or "holds")

    def record(self) -> dict[str, Any]:
        """For one line of the file of results."""
        return {
            "id": self.question.id,
            "builtin": answer_to_record(self.builtin),
            "answer": answer_to_record(self.answer),
            "note": self.note,
            "failure": self.failure,
            "sent": self.sent,
            "sentences": self.sentences,
            "stopped": self.stopped,
            "unsupported": list(self.unsupported),
            "seconds": self.seconds,
        }


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--name", default="model")
    parser.add_argument("--limit", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--articles", type=Path)
    parser.add_argument("--results", type=Path)
    parser.add_argument("--home", type=Path, help="keep the knowledge base there")
    options = parser.parse_args()
    name = f"openai:{options.name}"
    model = load_chat_model(name, url=options.url, seconds=options.seconds)
    with tempfile.TemporaryDirectory() as scratch:
        files, gold = material(options.articles, Path(scratch))
        asked = spread(gold, options.limit)
        with KnowledgeBase.open(options.home or Path(scratch) / "home") as kb:
            if not kb.documents():
                kb.ingest(files)
            sent: list[object] = []
            drafter = ChatDrafter(model=model, name=name, seconds=options.seconds, show=sent.append)
            done: list[Outcome] = []
            try:
                for outcome in _outcomes(asked, kb, drafter, sent, options.results):
                    done.append(outcome)
                    show(outcome, done, of=len(asked))
            except KeyboardInterrupt:
                print("interrupted; of what there is:")
            report(done, name)


def material(folder: Path | None, scratch: Path) -> tuple[list[Path], list[GoldQuestion]]:
    """The articles, and the questions about them."""
    if folder is None:
        return [ROOT / "corpus" / "articles"], questions([GOLD])
    files, gold = [], []
    for article in sorted(folder.glob("*/article.txt")):
        files.append(scratch / f"{article.parent.name}.txt")
        files[-1].write_bytes(article.read_bytes())
        gold.append(article.parent / "questions.jsonl")
    return files, questions([path for path in gold if path.exists()])


def questions(paths: Sequence[Path]) -> list[GoldQuestion]:
    return list(read_annotations(paths).questions)


def spread(gold: Sequence[GoldQuestion], most: int) -> list[GoldQuestion]:
    """*most* of *gold*, every so many of them by type, in an order drawn by lot."""
    ordered = sorted(gold, key=lambda question: question.type)
    step = max(1.0, len(ordered) / most)
    chosen = [ordered[int(i * step)] for i in range(min(most, len(ordered)))]
    random.Random(7).shuffle(chosen)
    return chosen


def _outcomes(
    asked: Sequence[GoldQuestion],
    kb: KnowledgeBase,
    drafter: ChatDrafter,
    sent: list[object],
    results: Path | None,
) -> Iterator[Outcome]:
    """Those of an earlier run first, then the others as they come."""
    known = dict(_kept(results, asked)) if results and results.exists() else {}
    yield from known.values()
    extractions = [kb.extraction(info.doc) for info in kb.documents()]
    for question in asked:
        if question.id not in known:
            sent.clear()
            outcome = _asked(question, kb, drafter, sent, extractions)
            if results and not outcome.lost:
                with results.open("a", encoding="utf-8") as file:
                    file.write(dump(outcome.record()) + "\n")
            yield outcome


def _asked(
    question: GoldQuestion,
    kb: KnowledgeBase,
    drafter: ChatDrafter,
    sent: Sequence[object],
    extractions: Sequence[Extraction],
) -> Outcome:
    builtin = answer(question.asked, kb, docs=question.docs)
    began = time.perf_counter()
    told = drafter.answer(question.asked, kb, docs=question.docs)
    seconds = time.perf_counter() - began
    wrong = faults(told.answer.answer, (), extractions, builtin.answer)
    return Outcome(
        question=question,
        builtin=builtin,
        answer=told.answer,
        note=told.note,
        failure=told.failure,
        sent=bool(sent),
        sentences=told.sentences,
        stopped=told.stopped,
        unsupported=() if told.answer.abstained else tuple(wrong),
        seconds=seconds,
    )


def _kept(results: Path, asked: Sequence[GoldQuestion]) -> Iterator[tuple[str, Outcome]]:
    by_id = {question.id: question for question in asked}
    for _, record in read_records(results):
        if (question := by_id.get(record["id"])) is not None:
            yield (
                question.id,
                Outcome(
                    question=question,
                    builtin=answer_from_record(record["builtin"]),
                    answer=answer_from_record(record["answer"]),
                    note=record["note"],
                    failure=record["failure"],
                    sent=record["sent"],
                    sentences=record["sentences"],
                    stopped=record["stopped"],
                    unsupported=tuple(record["unsupported"]),
                    seconds=record["seconds"],
                ),
            )


def show(outcome: Outcome, done: Sequence[Outcome], *, of: int) -> None:
    """Print one outcome, and how both stand after it."""
    right = [not slips_of(outcome.question, a) for a in (outcome.builtin, outcome.answer)]
    totals = [
        sum(not slips_of(each.question, a) for each, a in zip(done, answers, strict=True))
        for answers in ([e.builtin for e in done], [e.answer for e in done])
    ]
    words = "; ".join(
        f"{name} {'right' if fine else 'wrong'} ({total} of {len(done)})"
        for name, fine, total in zip(("built-in", "with model"), right, totals, strict=True)
    )
    print(f"{len(done)}/{of} {outcome.question.id} {outcome.seconds:.0f} s: {words}")
    print(f"    {outcome.question.asked.text}")
    print(f"    {outcome.answer.engine}: {outcome.answer.answer}")
    for line in filter(None, (outcome.note, outcome.failure, *outcome.unsupported)):
        print(f"    {line}")
    print(end="", flush=True)


def report(done: Sequence[Outcome], name: str) -> None:
    """Print the totals of *done*."""
    asked = [each.question for each in done]
    for who, answers in (
        ("built-in", [each.builtin for each in done]),
        (name, [each.answer for each in done]),
    ):
        scores = score_questions(asked, answers).scores
        print(f"{who}: " + ", ".join(f"{key} {scores[key]}" for key in _SHOWN))
    sent = [each for each in done if each.sent]
    seconds = sum(each.seconds for each in done)
    print(f"{len(done)} questions, {len(sent)} sent to the model, {seconds:.0f} s")
    written = sum(each.answer.engine != "builtin" for each in done)
    failed = sum(each.lost for each in done)
    print(f"answers with sentences of the model: {written}; it failed or was late: {failed}")
    sentences = sum(each.sentences for each in done)
    stopped = sum(each.stopped for each in done)
    print(f"sentences of the model: {sentences}, stopped: {stopped}")
    if sentences:
        print(f"share stopped: {stopped / sentences:.3f}")
    unsupported = sum(len(each.unsupported) for each in done)
    print(f"unsupported figures and invented references shown: {unsupported}")


if __name__ == "__main__":
    main()
