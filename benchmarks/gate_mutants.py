"""False claims, made from true ones by one change each.

A change is kept only where it makes the claim false: a name is not put in for another of whom the
same figure is told, a digit not changed into a figure that the article has too.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from benchmarks import gate_mutants_figures as figures
from benchmarks import gate_mutants_names as names
from benchmarks import gate_mutants_words as words
from benchmarks.gate_cases import Case, Gold

Mutator = Callable[[Case, Gold, random.Random], Iterator[str]]


MUTATORS: dict[str, Mutator] = {
    "digit": figures.digit,
    "scale": figures.scale,
    "unit": figures.unit,
    "verb": words.verb,
    "company": names.company,
    "period": names.period,
    "basis": names.basis,
    "speaker": names.speaker,
    "reference": words.reference,
    "negation": words.negation,
    "modality": words.modality,
    "moved": figures.moved,
}


def mutants(case: Case, gold: Gold, rng: random.Random) -> Iterator[Case]:
    """One false claim of each kind that *case* allows."""
    for kind, make in MUTATORS.items():
        made = list(dict.fromkeys(make(case, gold, rng)))
        if made:
            text = rng.choice(made)
            if text != case.text:
                yield Case(case.doc, text, kind, case.text, question=case.question)
