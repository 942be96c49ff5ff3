"""Scores of answers: right by type, citations, and refusals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from qa.evaluation.gold import GoldQuestion
from qa.evaluation.scorecard import Scorecard, Slip, folded, plain, ratio, without_markers
from qa.records import Answer

_LIMITS: Mapping[str, int] = {"list": 600, "why": 600, "summary": 900}
_LIMIT = 300  # characters of an answer of any other type, markers aside


def faults(question: GoldQuestion, answer: Answer) -> list[str]:
    """Why *answer* is not a right answer to *question*; empty if it is.

    An unanswerable question is answered right by a refusal.
    """
    if not question.answerable:
        return [] if answer.abstained else ["answered an unanswerable question"]
    if answer.abstained:
        return ["refused an answerable question"]
    said = without_markers(answer.answer)
    alike = folded(said)
    found: list[str] = [
        f"lacks {' / '.join(group)}"
        for group in question.must_include
        if not any(folded(wanted) in alike for wanted in group)
    ]
    found += [f"holds {banned}" for banned in question.must_not_include if folded(banned) in alike]
    limit = _LIMITS.get(question.type, _LIMIT)
    if len(said) > limit:
        found.append(f"{len(said)} characters, {limit} are the limit")
    return found


def score_questions(gold: Sequence[GoldQuestion], answers: Iterable[Answer]) -> Scorecard:
    """Compare *answers* with *gold* by id; a question without an answer is wrong.

    `right` is the share of the answerable questions answered right, `right_TYPE` that
    of one type. Citation precision and recall are counted over all citations of the
    answerable questions: what a question may cite counts neither way, and in a summary
    a source beyond the required ones costs nothing. `refused_unanswerable` is wanted,
    `refused_answerable` is not.
    """
    by_id = {answer.id: answer for answer in answers}
    total: Counter[str] = Counter()
    right: Counter[str] = Counter()
    refused: Counter[bool] = Counter()
    answered_right = cited_right = cited = wanted = 0
    slips: list[Slip] = []
    for question in gold:
        answer = by_id.get(question.id)
        problems = ["no answer"] if answer is None else faults(question, answer)
        total[question.type] += 1
        right[question.type] += not problems
        answerable = question.answerable
        refused[answerable] += answer is not None and answer.abstained
        if answerable:
            answered_right += not problems
            given = set(answer.citations) if answer else set()
            required = set(question.citations)
            counted = given - (set(question.may_cite) - required)
            if question.type == "summary":
                counted &= required
            cited_right += len(given & required)
            cited += len(counted)
            wanted += len(required)
            problems += [f"does not cite [{number}]" for number in sorted(required - given)]
            problems += [f"cites [{number}]" for number in sorted(counted - required)]
        if problems:
            slips.append(_slip(question, answer, "; ".join(problems)))

    types = sorted(kind for kind in total if kind != "unanswerable")
    answerable_count = sum(question.answerable for question in gold)
    scores = {
        "right": ratio(answered_right, answerable_count),
        "citation_precision": ratio(cited_right, cited),
        "citation_recall": ratio(cited_right, wanted),
        "refused_unanswerable": ratio(refused[False], len(gold) - answerable_count),
        "refused_answerable": ratio(refused[True], answerable_count),
    } | {f"right_{kind}": ratio(right[kind], total[kind]) for kind in types}
    return Scorecard(kind="questions", n=len(gold), scores=scores, errors=tuple(slips))


def _slip(question: GoldQuestion, answer: Answer | None, problem: str) -> Slip:
    return Slip(
        doc=",".join(question.docs),
        problem=problem,
        context=" → ".join([*question.asked.history, question.asked.text]),
        expected={
            "id": question.id,
            "type": question.type,
            "must_include": plain(question.must_include),
            "citations": list(question.citations),
            "evidence": list(question.evidence),
        },
        got=None
        if answer is None
        else {"answer": answer.answer, "citations": list(answer.citations)},
    )
