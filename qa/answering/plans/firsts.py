"""Whether the first of the facts that were found is the first of all that a question ranges over.

What the text itself calls the first is; and so is the first of a group that is told whole: of as
many as the question says, of a table's rows, of every option of A、B和C哪个, of what one paragraph
sets side by side or one section lists, or of whatever is mentioned, where that is what is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from qa.answering.facts.cohorts import wanted_number
from qa.answering.facts.naming import is_subject
from qa.answering.plans.options import options_of
from qa.answering.question.understand import Intent
from qa.answering.text import fold, term_coverage
from qa.answering.view import Fact

_TOLD: Final = re.compile(
    r"最|居首|首位|领涨|领跌|第一(?![季财阶次批])|榜首|之[冠首]|垫底|唯一|领先"
)
_LISTED: Final = 3  # members in one section, each with a sentence of its own
_MENTIONED: Final = re.compile(
    r"[文表]中|文[章里内]|[本全]文|[提谈]到|提及|列[出举示]|点名|给出|披露|公布|样本|[几数各][个家只类种项大]"
)


def first_of_all(chosen: Fact, found: Sequence[Fact], intent: Intent) -> bool:
    """Whether *chosen* is the first of the whole group.

    *found* is what is told of the group.
    """
    wanted, told = wanted_number(intent), len(_subjects(found))
    of_kind = [f for f in found if f.subject is not None and f.subject.type in intent.group]
    if chosen in of_kind and len(_subjects(of_kind)) == wanted:
        return True
    if wanted is not None and wanted != told:
        if told < wanted or len(intent.names) < wanted:
            return False  # of some of them, or of others too
    options = options_of(intent)
    if len(options) > 1:
        if not any(_is_of(f, option, intent) for option in options for f in found):
            return False
        alike = sum(_alike(chosen, fact) for fact in chosen.view.facts)  # one under another name
        return max(told, alike) >= len(options) or intent.kind == "comparison"
    if wanted is not None or chosen.in_table or _TOLD.search(chosen.segment):
        return True
    if len(_subjects(found)) < 2:
        return False
    beside = {f.key for f in found if _place(f) == _place(chosen)}
    listed = {f.key for f in found if _section(f) == _section(chosen)}
    told_whole = len(beside) > 1 or len(listed) >= _LISTED
    return told_whole or _MENTIONED.search(intent.question) is not None


def _place(fact: Fact) -> tuple[str, int]:
    """The paragraph of *fact*."""
    return fact.doc, fact.view.sentences[fact.figure.sentence].block


def _section(fact: Fact) -> tuple[str, str | None]:
    return fact.doc, fact.view.sentences[fact.figure.sentence].section


def _is_of(fact: Fact, option: str, intent: Intent) -> bool:
    named = (name for name in intent.names if fold(name.surface) == option)
    return term_coverage(option, fact.whole) == 1.0 or any(is_subject(fact, n) for n in named)


def _alike(one: Fact, other: Fact) -> bool:
    """Whether both are told in one paragraph, of one metric, unit and time."""
    a, b, at = one.figure, other.figure, one.view.sentences
    same = at[a.sentence].block == at[b.sentence].block
    return same and (a.metric, a.unit, a.period) == (b.metric, b.unit, b.period)


def _subjects(found: Sequence[Fact]) -> set[str]:
    return {f.figure.entity or f.figure.subject for f in found}
