"""Answers with all articles in one knowledge base, against one article at a time.

``python -m benchmarks.together [FOLDER ...] [--errors]`` reads every FOLDER/NAME/article.txt,
asks the questions beside it twice, within the article and within all, and prints the share that is
answered right, and how often a fact was taken from another article. A question that many articles
could answer (哪个板块跌得最多?) is asked all the same. Without arguments the source article and the
public development articles are read, where they are.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.folders import Member, members, read_in
from qa.answering import answer
from qa.evaluation import read_annotations
from qa.evaluation.gold import GoldQuestion
from qa.evaluation.questions import faults
from qa.knowledge_base import KnowledgeBase
from qa.records import Answer


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="*")
    parser.add_argument("--errors", action="store_true", help="print what became wrong")
    arguments = parser.parse_args()
    found = members(arguments.folders)
    with tempfile.TemporaryDirectory() as scratch:
        compare(found, read_in(found, Path(scratch)), errors=arguments.errors)


def compare(found: Sequence[Member], base: KnowledgeBase, *, errors: bool) -> None:
    """Ask each question within its article and within all of *base*."""
    alone = together = elsewhere = wrong_facts = n = refused = refused_alone = unanswerable = 0
    for question in read_annotations([m.questions for m in found]).questions:
        within = answer(question.asked, base, docs=question.docs)
        across = answer(question.asked, base)
        right, right_too = not faults(question, within), not faults(question, across)
        strayed = bool(set(docs_of(across)) - set(question.docs))
        if not question.answerable:
            unanswerable += 1
            refused_alone += right
            refused += right_too
            wrong_facts += strayed
        else:
            n += 1
            alone += right
            together += right_too
            elsewhere += strayed
        if errors and right and not right_too:
            report(question, across)
    print(f"answerable ({n}): alone {alone / n:.3f}, together {together / n:.3f}")
    print(f"  with a passage of another article: {elsewhere}")
    if unanswerable:
        print(
            f"unanswerable ({unanswerable}): refused alone {refused_alone / unanswerable:.3f}, "
            f"together {refused / unanswerable:.3f}"
        )
        print(f"  answered from another article: {wrong_facts}")


def docs_of(given: Answer) -> list[str]:
    """The documents that an answer rests on."""
    return [source.doc for source in given.sources]


def report(question: GoldQuestion, given: Answer) -> None:
    """Print one question that is answered right within its article alone."""
    print(
        f"- {','.join(question.docs)}: {' → '.join((*question.asked.history, question.asked.text))}"
    )
    print(f"  {given.answer[:160]} {docs_of(given)}")


if __name__ == "__main__":
    main()
