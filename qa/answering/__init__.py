"""From a question to a cited answer, with no language model.

`question` reads what is asked, `facts` judges what documents tell against it, `plans` answers each
kind of question from what fits. Beside them: `view` and `workspace`, the documents as planning sees
them; `phrase` and `references`, an answer in words; `proof` and `refuse`; `engine`, which runs all.
"""

from qa.answering.engine import answer

__all__ = ["answer"]
