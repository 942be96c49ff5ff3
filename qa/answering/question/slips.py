"""A name that was mistyped by its sound: 台机电 for 台积电.

Who types by pinyin picks a wrong character of the right sound.  Only that is mended, and only in
a question that could not be answered as it stands; the answer says which name it took.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_SHORTEST, _LONGEST = 3, 8  # characters of a name that can be told by its sound

Sounds = Mapping[str, tuple[str, ...]]
"""Names by their sound, syllables without tones."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A question with a name put right."""

    text: str
    typed: str
    meant: str


def sounds_of(names: Iterable[str]) -> Sounds:
    """The Han *names* that a slip is looked for among."""
    found: dict[str, list[str]] = {}
    for name in dict.fromkeys(names):
        if _HAN.fullmatch(name) and _SHORTEST <= len(name) <= _LONGEST:
            for sound in _spelt(name):
                found.setdefault(sound, []).append(name)
    return {sound: tuple(names) for sound, names in found.items()}


def mended(text: str, sounds: Sounds) -> Slip | None:
    """*text* with the longest stretch put right that sounds like one name and is none.

    None where nothing does, or where more names than one sound alike.
    """
    stretches = [
        run[0][start : start + length]
        for length in range(_LONGEST, _SHORTEST - 1, -1)
        for run in _HAN.finditer(text)
        for start in range(len(run[0]) - length + 1)
    ]
    for typed in stretches:
        meant = {name for sound in _spelt(typed) for name in sounds.get(sound, ())}
        if len(meant) == 1 and typed not in meant:
            name = meant.pop()
            return Slip(text.replace(typed, name), typed, name)
    return None


def _spelt(word: str) -> list[str]:
    """The sounds of *word*, more than one where a character has several."""
    from pypinyin import Style, pinyin

    syllables = pinyin(word, style=Style.NORMAL, heteronym=True)
    return [" ".join(one) for one in product(*(options[:3] for options in syllables))][:24]
