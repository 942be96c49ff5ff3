"""The judge of a model's sentences: the one that ours pass."""

from __future__ import annotations

from collections.abc import Sequence

from qa.answering import proof
from qa.answering.draft import Line
from qa.records import Verdict


def judge(line: Line, before: Sequence[Line]) -> tuple[Verdict, str]:
    """Whether the evidence of *line* supports it, after the lines *before* it, and why."""
    return proof.judge(line)
