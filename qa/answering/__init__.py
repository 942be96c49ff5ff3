"""From a question to a cited answer, with no language model.

`understand` reads the question, `matching` judges facts against it, `lookup`,
`compare`, `verify`, `passages` and `summary` plan, `phrase` and `references`
put it in words, `refuse` says no, `engine` runs them in turn.
"""

from qa.answering.engine import answer

__all__ = ["answer"]
