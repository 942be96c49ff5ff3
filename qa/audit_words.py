"""What answers say of the audit's findings; the gate knows these words, too."""

from __future__ import annotations

from kg.records import Finding

AGAINST = "不一致："
"""Opens the answer to whether statements agree."""

_WHAT = {
    "difference": "与文中两数之差不符",
    "containment": "与文中所说的区间不符",
    "conflict": "与别处的说法不一",
    "calendar": "与日历不符",
    "sum": "与文中各部分之和不符",
    "growth": "与文中的水平值不符",
    "rank": "与文中的排名不符",
    "direction": "与文中的用词方向不符",
}


def said(finding: Finding) -> str:
    """A finding as the answer to whether it is so."""
    return f"{AGAINST}{finding.explanation.partition('；')[0].rstrip('。')}"


def contradicts(finding: Finding, figure: str) -> bool:
    """Whether *finding* holds the printed *figure* to be wrong, not only computes with it.

    What arithmetic contradicts stands in the explanation's last clause: 而文中写为约400个基点.
    """
    return figure in finding.explanation.rpartition("而")[2].partition("；")[0]


def note(finding: Finding, figure: str) -> str:
    """Half a sentence behind an answer that gives the printed *figure*."""
    return f"（注意：{figure}{_WHAT.get(finding.kind, '存疑')}）"


def figure_of(words: str, finding: Finding) -> str | None:
    """The figure that *words* call contradicted if they are a `note` on *finding*."""
    head, tail = "（注意：", f"{_WHAT.get(finding.kind, '存疑')}）"
    told = words.startswith(head) and words.endswith(tail)
    figure = words[len(head) : -len(tail)] if told else ""
    return figure if figure and contradicts(finding, figure) else None
