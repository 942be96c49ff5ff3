"""Scoring against gold: pure functions over records, and the run that feeds them.

::

    score_figures, score_entities, score_citations,
    score_references, score_relations, score_findings,
    score_questions                                      records in, Scorecard out
    read_annotations, run                                files and a knowledge base in
"""

from qa.evaluation.citations import score_citations
from qa.evaluation.entities import score_entities
from qa.evaluation.figures import score_figures
from qa.evaluation.findings import score_findings
from qa.evaluation.gold import Annotations, GoldQuestion, gold_question, read_annotations
from qa.evaluation.questions import score_questions
from qa.evaluation.references import score_references
from qa.evaluation.relations import score_relations
from qa.evaluation.run import run
from qa.evaluation.scorecard import Scorecard, Slip

__all__ = [
    "Annotations",
    "GoldQuestion",
    "Scorecard",
    "Slip",
    "gold_question",
    "read_annotations",
    "run",
    "score_citations",
    "score_entities",
    "score_figures",
    "score_findings",
    "score_questions",
    "score_references",
    "score_relations",
]
