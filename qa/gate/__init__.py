"""The grounding gate: whether what an answer says stands in what it cites.

::

    claims = check("公用事业板块跌幅约3.64% [0]", kb=kb, doc="great-rotation-2026")
    gate = Gate(evidence(kb, doc="great-rotation-2026"))
    claim = gate.judge("台积电利润达160亿美元 [6]", earlier=[…])   # one sentence at a time

Answer text is cut into sentences; figures, times, names, directions, bases, negations and
modality are read with the recognisers of `ingest`, on both sides alike; each sentence is held
against the facts and passages that it cites.  No language model, no network.
"""

from qa.gate.access import Evidence, Passages
from qa.gate.check import check, checked, evidence
from qa.gate.citing import Ref, Sentence, refs_of, sentences_of
from qa.gate.evidence import Line, PreparedDocument
from qa.gate.gate import Gate
from qa.gate.judging import judge_lines
from qa.gate.records import Sample, read_samples, sample_from_record

__all__ = [
    "Evidence",
    "Gate",
    "Line",
    "Passages",
    "PreparedDocument",
    "Ref",
    "Sample",
    "Sentence",
    "check",
    "checked",
    "evidence",
    "judge_lines",
    "read_samples",
    "refs_of",
    "sample_from_record",
    "sentences_of",
]
