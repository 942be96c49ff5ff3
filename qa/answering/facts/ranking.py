"""Which way a question ranks, and facts in that order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from qa.answering.classes import SIGNED
from qa.answering.view import Fact

_NO_MOVE: Final = re.compile(r"涨跌|升降|增减|提到|提及|提供|提出|多少")  # 文中提到的个股里
_UNFALLEN: Final = re.compile(r"抗跌|不跌")
_FALL: Final = r"跌|降|减|流出|净卖|卖得|抛|亏|下滑|下行|缩|收窄|下修|下调|回落|失血"
_RISE: Final = r"涨|增|升|流入|净买|买得|提|扩大|上行|赚|上调|吸金"
_LITTLE: Final = r"小|低|少|慢|弱|差|惨|便宜|短|窄|浅|轻|薄"
_MUCH: Final = r"大|高|多|快|强|好|深|猛|凶|狠|宽|长|重|厚|贵"
_ENDS: Final = rf"(?:{_LITTLE}|{_MUCH})(?:一些|一点|点|些)?[?？]?$"
_DEGREE: Final = rf"最|更|得|较|{_ENDS}"
_SMALL: Final = re.compile(
    rf"(?:最|更|得|较为?|比较)(?:{_LITTLE}|不)|(?:{_LITTLE})(?:一些|一点|点|些)?[?？]?$"
    r"|垫底|倒数|末位|末尾|殿后|拖后腿|领跌"
)
_WORST: Final = re.compile(r"(?:最|更|得)(?:差|惨|弱)|垫底|领跌")
_LAST: Final = re.compile(r"慢|低|差|弱|垫底|倒数|末|殿后")
_FALLING: Final = re.compile(
    rf"(?:{_FALL})[^,，]{{0,6}}?(?:{_DEGREE})|(?:最|更)[^,，]{{0,4}}(?:{_FALL})|领跌"
)
_RISING: Final = re.compile(
    rf"(?:{_RISE})[^,，]{{0,6}}?(?:{_DEGREE})|(?:最|更)[^,，]{{0,4}}(?:{_RISE})|领涨"
)


def best_first(question: str, facts: Sequence[Fact]) -> list[Fact]:
    """*facts* in the order that *question* ranks by, what it asks for first.

    Where it asks what fell or rose, those that did; none where none did.
    """
    words = _UNFALLEN.sub("好", _NO_MOVE.sub(" ", question))
    falling, rising = _FALLING.search(words), _RISING.search(words)
    small = _SMALL.search(words) is not None
    sign = -1 if falling else 1 if rising else 0
    moved = [f for f in facts if f.size * sign > 0]
    if sign and not moved and any(f.figure.metric in SIGNED for f in facts):
        return []
    found, least = list(facts), small
    if falling:
        found = moved or found
        least = small == (not moved)  # 跌得最少 is nearest to zero, if falls are below it
        if _WORST.search(words):
            least = bool(moved)
    elif rising and not (small and _LAST.search(words)):
        found = moved or found
    return sorted(found, key=lambda f: (f.size if least else -f.size, f.figure.span.start))
