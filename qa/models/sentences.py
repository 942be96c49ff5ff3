"""A draft as it comes in, cut into sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST = 400  # characters of a sentence; whatever has no end by then is none

_END = re.compile(r"[。！？!?]+[”’」』）)]*|\n")
_MARK = re.compile(r"[^\S\n]*[\[［【][^\[\]［］【】\n]{0,40}[\]］】]")
_OPEN_MARK = re.compile(r"[^\S\n]*(?:[\[［【][^\[\]［］【】\n]{0,40})?\Z")
_CLOSED = re.compile(r"[。！？!?….\]］】”’」』）)]\Z")
_THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)
_HALF_TAG = re.compile(r"<[a-z/]{0,9}\Z", re.IGNORECASE)


class Sentences:
    """Takes a draft piece by piece and gives out its sentences, however the pieces are cut.

    Marks behind a full stop belong to the sentence before it. What a model thinks aloud
    between ``<think>`` tags is no part of its draft.
    """

    def __init__(self) -> None:
        self._raw = ""
        self._given = 0  # characters of the draft that are in sentences given out

    def feed(self, piece: str) -> Iterator[str]:
        """The sentences that *piece* completes."""
        self._raw += piece
        yield from self._cut(_drafted(_HALF_TAG.sub("", self._raw)), ended=False)

    def end(self) -> Iterator[str]:
        """The sentences that the end of the draft completes."""
        yield from self._cut(_drafted(self._raw), ended=True)

    @property
    def draft(self) -> str:
        """All that came in, thoughts left out."""
        return _drafted(self._raw)

    @property
    def is_open(self) -> bool:
        """Whether it breaks off within a sentence."""
        rest = self.draft[self._given :].rstrip()
        return bool(rest) and not _CLOSED.search(rest)

    def _cut(self, draft: str, *, ended: bool) -> Iterator[str]:
        while found := self._next(draft, ended=ended):
            self._given += len(found)
            if found.strip():
                yield found.strip()

    def _next(self, draft: str, *, ended: bool) -> str:
        """The next sentence, with the white space around it; empty while it is not complete."""
        rest = draft[self._given :]
        stop = _END.search(rest)
        if stop is None or stop.start() >= LONGEST:
            return rest[:LONGEST] if ended or len(rest) > LONGEST else ""
        end = stop.end()
        if stop[0] == "\n":
            return rest[:end]
        while mark := _MARK.match(rest, end):
            end = mark.end()
        if not ended and _OPEN_MARK.match(rest, end):
            return ""  # a closing bracket, a mark or more of one may follow
        return rest[:end]


def _drafted(raw: str) -> str:
    return _THOUGHT.sub("", raw)


def first_of(text: str) -> str:
    """The first sentence of *text*, its marks included; empty where there is none."""
    cutter = Sentences()
    return next((sentence for part in (cutter.feed(text), cutter.end()) for sentence in part), "")
