"""The gate: each sentence of an answer against the passages that it cites.

It knows nothing of how the answer was made, and asks no language model.
"""

from __future__ import annotations

from collections.abc import Sequence

from qa.audit_words import AGAINST, figure_of, said
from qa.gate.access import Evidence, Passages
from qa.gate.citing import Sentence, sentences_of
from qa.gate.judging import State, judge_parts, names_of, remember
from qa.gate.reading import MARK, is_hedged, read
from qa.records import Claim, Verdict


class Gate:
    """Judges answers against *evidence*."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence

    def check(self, answer: str, *, question: str = "") -> tuple[Claim, ...]:
        """The sentences of *answer* in order, each judged; headings of lists are left out.

        Where *question* asks for what somebody expects, the answer need not say so again.
        """
        sentences = sentences_of(answer)
        if isinstance(self.evidence, Passages):
            cited = {ref.number for s in sentences for ref in s.refs if not ref.block}
            self.evidence.first = 0 if "0" in cited else 1
        uncited = isinstance(self.evidence, Passages) and not any(s.refs for s in sentences)
        state = State(foreseen=is_hedged(question))
        claims = []
        for sentence in sentences:
            claim = self._judge(sentence, state, uncited=uncited)
            if claim is not None:
                claims.append(claim)
        return tuple(claims)

    def judge(self, sentence: str, *, earlier: Sequence[str] = (), question: str = "") -> Claim:
        """One sentence, references included, after the sentences *earlier* of the answer."""
        state = State(foreseen=is_hedged(question))
        for text in earlier:
            for found in sentences_of(text):
                self._judge(found, state)
        made = [c for s in sentences_of(sentence) if (c := self._judge(s, state)) is not None]
        if not made:
            return Claim(
                text=sentence.strip(),
                citations=(),
                verdict="not_enough_info",
                reason="没有可以核对的内容",
            )
        worst = min(made, key=lambda claim: _RANK[claim.verdict])
        numbers = tuple(dict.fromkeys(n for c in made for n in c.citations))
        return Claim(
            text=sentence.strip(), citations=numbers, verdict=worst.verdict, reason=worst.reason
        )

    def _judge(self, sentence: Sentence, state: State, *, uncited: bool = False) -> Claim | None:
        if sentence.heading:
            self._remember_heading(sentence, state)
            return None
        if (computed := self._computed(sentence)) is not None:
            return computed
        refs = sentence.refs
        numbers = tuple(dict.fromkeys(r.number for r in refs if not r.block))
        text = sentence.text.strip()
        if not refs and not uncited:
            self._remember_heading(sentence, state)
            return Claim(
                text=text, citations=(), verdict="not_enough_info", reason="没有引用任何原文"
            )
        verdict, reason = judge_parts(
            sentence.text, [(p, self.evidence.cited(p.refs)) for p in sentence.parts], state
        )
        return Claim(text=text, citations=numbers, verdict=verdict, reason=reason)

    def _computed(self, sentence: Sentence) -> Claim | None:
        """What the audit computed from the document, in the words that answers have for it."""
        words = MARK.sub("", sentence.text).strip("。 ")
        if not words.startswith((AGAINST, "（注意：")):
            return None
        cited = self.evidence.cited(sentence.refs) if sentence.refs else None
        lines = {line.text for line in cited.lines} if cited else set()
        for finding in self.evidence.findings():
            rests = any(
                part in line or line in part for line in lines for part in finding.sentences
            )
            if (words == said(finding) and rests) or figure_of(words, finding):
                return Claim(
                    text=sentence.text.strip(),
                    citations=tuple(dict.fromkeys(r.number for r in sentence.refs if not r.block)),
                    verdict="supported",
                    reason=f"由原文的数字核算得出：{finding.explanation}",
                )
        return None

    def _remember_heading(self, sentence: Sentence, state: State) -> None:
        cited = self.evidence.cited(sentence.refs) if sentence.refs else None
        if cited and cited.lines:
            names = names_of(cited.lines)
            remember(read(sentence.text, names), state)


_RANK: dict[Verdict, int] = {"refuted": 0, "not_enough_info": 1, "supported": 2}
