"""A chat model behind a URL beside the built-in engine: right answers, and what was stopped.

    python -m benchmarks.chat_model URL [--name NAME] [--questions N] [--seconds S] [--articles DIR]

Whatever speaks OpenAI's protocol will do: llama.cpp, Ollama, vLLM.  N questions of the project's
gold, spread over its types, are answered with ``--model openai:NAME`` and without.  *right* and
the rest are those of `yinzheng eval`; *unsupported figures* are counted in the answers without a
look at the gate (`benchmarks.adversary.faults`); *stopped* is the share of the model's sentences
that were repaired, replaced or left out.  DIR holds NAME/article.txt with questions.jsonl beside
it.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.adversary import faults
from qa.answering import answer
from qa.evaluation.gold import GoldQuestion, read_annotations
from qa.evaluation.questions import score_questions
from qa.knowledge_base import KnowledgeBase
from qa.models.answering import ChatDrafter, ModelAnswer
from qa.models.loading import load_chat_model
from qa.records import Answer

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "corpus" / "gold" / "great-rotation-2026" / "questions.jsonl"
_SHOWN = ("right", "citation_precision", "citation_recall", "refused_unanswerable")


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--name", default="model")
    parser.add_argument("--questions", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--articles", type=Path)
    options = parser.parse_args()
    name = f"openai:{options.name}"
    model = load_chat_model(name, url=options.url, seconds=options.seconds)
    with tempfile.TemporaryDirectory() as scratch:
        files, gold = material(options.articles, Path(scratch))
        asked = spread(gold, options.questions)
        with KnowledgeBase.open(Path(scratch) / "home") as kb:
            kb.ingest(files)
            drafter = ChatDrafter(model=model, name=name, seconds=options.seconds)
            measure(asked, kb, drafter)


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
    """*most* of *gold*, every so many, in the order of their types."""
    ordered = sorted(gold, key=lambda question: question.type)
    step = max(1.0, len(ordered) / most)
    return [ordered[int(i * step)] for i in range(min(most, len(ordered)))]


def measure(asked: Sequence[GoldQuestion], kb: KnowledgeBase, drafter: ChatDrafter) -> None:
    extractions = [kb.extraction(info.doc) for info in kb.documents()]
    builtin: list[Answer] = []
    drafted: list[ModelAnswer] = []
    unsupported = 0
    seconds = 0.0
    for number, question in enumerate(asked, 1):
        builtin.append(answer(question.asked, kb, docs=question.docs))
        began = time.perf_counter()
        told = drafter.answer(question.asked, kb, docs=question.docs)
        seconds += time.perf_counter() - began
        drafted.append(told)
        wrong = faults(told.answer.answer, (), extractions, builtin[-1].answer)
        unsupported += 0 if told.answer.abstained else len(wrong)
        print(f"{number}/{len(asked)} {told.answer.engine}: {told.answer.answer}", flush=True)
        for line in filter(None, (told.note, told.failure, *wrong)):
            print(f"    {line}", flush=True)
    for name, answers in (("built-in", builtin), (drafter.name, [d.answer for d in drafted])):
        scores = score_questions(asked, answers).scores
        print(f"{name}: " + ", ".join(f"{key} {scores[key]}" for key in _SHOWN))
    sentences = sum(each.sentences for each in drafted)
    stopped = sum(each.stopped for each in drafted)
    sent = [each for each in drafted if not each.answer.abstained]
    engines = sum(each.answer.engine != "builtin" for each in drafted)
    failed = sum("holds" not in (each.failure or "holds") for each in drafted)
    print(f"{len(asked)} questions, {len(sent)} sent to the model, {seconds:.0f} s")
    print(f"answers with sentences of the model: {engines}; it failed or was late: {failed}")
    print(f"sentences of the model: {sentences}, stopped: {stopped}")
    if sentences:
        print(f"share stopped: {stopped / sentences:.3f}")
    print(f"unsupported figures and invented references shown: {unsupported}")


if __name__ == "__main__":
    main()
