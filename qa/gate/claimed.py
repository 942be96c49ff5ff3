"""A sentence of an answer as it is judged, and what may be wrong with it."""

from __future__ import annotations

from dataclasses import dataclass

from kg.records import Period
from qa.gate.names import Names
from qa.gate.reading import Reading


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing in which a claim and a fact differ. *open*: nothing is denied, nor proved."""

    words: str
    open: bool = False
    kind: str = ""  # of figures: whom, way, basis, when, what, denied, modality, place, source


@dataclass(frozen=True, slots=True)
class Claimed:
    """A sentence of an answer with what the sentences before it leave in force."""

    reading: Reading
    names: Names
    subject: frozenset[str] = frozenset()  # ids of who was spoken of last
    periods: tuple[Period, ...] = ()  # of the sentences before
    foreseen: bool = False  # the question asks for what is expected
